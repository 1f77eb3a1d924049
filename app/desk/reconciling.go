package desk

import (
	"cmp"
	"context"
	"slices"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/bank"
	"quitus/ledger/reconcile"
)

// BankLine is a bank entry that nothing settles yet, and what is to become of it.
type BankLine struct {
	*ledger.BankEntry
	reconcile.Decision
	Batch string             // the batch that recorded it just now; empty otherwise
	noted []ledger.PaymentID // the payments that were entered by hand before, if any
}

// Because joins the facts behind a decision into one sentence.
func Because(w *words.Words, list []reconcile.Reason) string {
	facts := make([]words.Fact, len(list))
	for i, r := range list {
		facts[i] = words.Fact(r)
	}
	return w.Facts(reasonKeys, facts)
}

// reasonKeys begin the keys of the sentences of reasons.
const reasonKeys = "reconcile.reason."

// ReasonText is the sentence of one fact behind a decision.
func ReasonText(w *words.Words, r reconcile.Reason) string { return w.Fact(reasonKeys, words.Fact(r)) }

// Undecided gives the bank entries that no payment rests on and that were not left aside, in the order of their days.
func (s *State) Undecided() []*ledger.BankEntry {
	var out []*ledger.BankEntry
	for e := range s.Book.BankEntries.All() {
		if e.Aside == "" && len(s.Book.PaymentsOfEntry(e.ID)) == 0 {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b *ledger.BankEntry) int {
		return cmp.Or(cmp.Compare(a.Booked, b.Booked), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Decide works out what becomes of the undecided entries. Nothing is recorded. Ten thousand entries against fifty
// thousand invoices take some seconds.
func (s *State) Decide(ctx context.Context) ([]BankLine, error) {
	undecided := s.Undecided()
	if len(undecided) == 0 || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	noted := s.noted(undecided)
	var entries []reconcile.Entry
	for _, e := range undecided {
		if noted[e.ID] == nil {
			entries = append(entries, entryOf(e))
		}
	}
	decisions := reconcile.Decide(reconcile.WorldOf(s.Book, ledger.EndOfTime), entries)
	out := make([]BankLine, 0, len(undecided))
	for _, e := range undecided {
		if p := noted[e.ID]; p != nil {
			out = append(out, notedLine(e, p))
			continue
		}
		out = append(out, BankLine{BankEntry: e, Decision: decisions[0]})
		decisions = decisions[1:]
	}
	return out, ctx.Err()
}

// Reconcile records the bank entries that are sure, as one batch, and gives all that were undecided, with what became of
// them. In a dry run nothing is recorded.
func (d *Desk) Reconcile(ctx context.Context, dry bool) (ledger.Entry, []BankLine, error) {
	lines, err := d.State().Decide(ctx)
	if err != nil || dry || !slices.ContainsFunc(lines, func(l BankLine) bool { return sure(l) || l.Outcome == reconcile.NotAReceipt }) {
		return ledger.Entry{}, lines, err
	}
	e, err := d.change(ctx, ledger.ActReconcile, nil, func(x *ledger.Draft) error {
		return settle(x, lines)
	})
	if err != nil {
		return ledger.Entry{}, nil, err
	}
	rest, err := d.State().Decide(ctx) // as a confirmation will see them
	for i := range lines {
		if sure(lines[i]) || lines[i].Outcome == reconcile.NotAReceipt {
			lines[i].Batch = Batch(e)
			continue
		}
		for _, r := range rest {
			if r.ID == lines[i].ID && r.Outcome != reconcile.NotAReceipt {
				lines[i].Decision = r.Decision
				if r.Outcome == reconcile.Recorded { // it would be now, and was not
					lines[i].Outcome = reconcile.ToConfirm
				}
			}
		}
	}
	return e, lines, err
}

// ReconcileAfter records what is sure after an import, and gives the entry to take back first: the reconciliation's, or else the
// import's; and how many bank entries were recorded.
func (d *Desk) ReconcileAfter(ctx context.Context, imported ledger.Entry) (ledger.Entry, int, error) {
	e, lines, err := d.Reconcile(ctx, false)
	if err != nil || e.Seq == 0 {
		return imported, 0, err
	}
	n := 0
	for i := range lines {
		if sure(lines[i]) {
			n++
		}
	}
	return e, n, nil
}

func sure(l BankLine) bool { return l.Outcome == reconcile.Recorded }

// settle stages the payments of the lines that are sure, and puts aside what is no receipt.
func settle(x *ledger.Draft, lines []BankLine) error {
	for i := range lines {
		if lines[i].Outcome == reconcile.NotAReceipt {
			e := ledger.Clone(lines[i].BankEntry)
			e.Aside = ledger.AsideNoReceipt
			x.Put(e)
		} else if len(lines[i].noted) > 0 {
			tie(x, &lines[i])
		} else if sure(lines[i]) {
			if err := settleEntry(x, lines[i].BankEntry, lines[i].Answer); err != nil {
				return err
			}
		}
	}
	return nil
}

// tie stages that payments entered by hand are what an entry booked.
func tie(x *ledger.Draft, l *BankLine) {
	for _, id := range l.noted {
		if p, ok := x.Record(ledger.KindPayment, uint32(id)).(*ledger.Payment); ok {
			p = ledger.Clone(p)
			p.Entry, p.Noted = l.ID, true
			x.Put(p)
		}
	}
}

// settleEntry stages the payments that an answer to an entry makes: one a customer. Errors: entry_settled,
// entry_answer_empty.
func settleEntry(x *ledger.Draft, e *ledger.BankEntry, a reconcile.Answer) error {
	if len(x.Book().PaymentsOfEntry(e.ID)) > 0 {
		return ledger.Errorf("entry_settled")
	}
	byCustomer := map[ledger.CustomerID]*ledger.Payment{}
	var order []*ledger.Payment
	payment := func(c ledger.CustomerID) *ledger.Payment {
		p := byCustomer[c]
		if p == nil {
			p = &ledger.Payment{Customer: c, On: e.Booked, Amount: ledger.Money{Currency: e.Amount.Currency}, Means: meansOf(e.Type), Entry: e.ID}
			byCustomer[c] = p
			order = append(order, p)
		}
		return p
	}
	for _, al := range a.Allocations {
		i := x.Invoice(al.Item)
		if i == nil {
			return ledger.Errorf("invoice_unknown", "invoice", uint32(al.Item))
		}
		p := payment(i.Customer)
		allocation := ledger.Allocation{Invoice: al.Item, Amount: al.Amount}
		if e.Booked <= i.RegisterDay && !a.Counted {
			allocation.Above = i.RegisterImport // it settles what the register's own figure left open
		}
		p.Allocations = append(p.Allocations, allocation)
		p.Amount.Minor += al.Amount
	}
	if a.Left != 0 {
		c := a.Customer
		if c == 0 && len(order) == 1 {
			c = order[0].Customer
		}
		if x.Customer(c) == nil {
			return ledger.Errorf("entry_answer_empty")
		}
		payment(c).Amount.Minor += a.Left
	}
	if len(order) == 0 {
		return ledger.Errorf("entry_answer_empty")
	}
	for _, p := range order {
		x.Put(p)
	}
	return nil
}

func meansOf(t ledger.EntryType) ledger.Means {
	switch t {
	case ledger.EntryTransfer, ledger.EntryDirectDebit:
		return ledger.Transfer
	case ledger.EntryCheques:
		return ledger.Cheque
	case ledger.EntryCards:
		return ledger.Card
	case ledger.EntryCash:
		return ledger.Cash
	}
	return ledger.OtherMeans
}

// entryOf gives what the engine is to know of an entry.
func entryOf(e *ledger.BankEntry) reconcile.Entry {
	out := reconcile.Entry{
		Rank: e.Rank, On: e.Booked, Amount: e.Amount, Type: e.Type, Returned: e.Returned, Label: e.Label, Payer: e.PartyName, IBAN: e.PartyIBAN,
		EndToEnd: e.EndToEnd, Mandate: e.Mandate, References: e.References, BatchSize: e.BatchSize,
	}
	details := bank.DetailsOf(e)
	out.Documents = documents(details.Documents)
	for _, x := range details.Batch {
		out.Batch = append(out.Batch, reconcile.Entry{
			On: e.Booked, Amount: x.Amount, Type: e.Type, Returned: x.Returned, Label: x.Label, Payer: x.Party.Name, IBAN: x.Party.IBAN,
			EndToEnd: x.EndToEnd, Mandate: x.Mandate, References: x.References, Documents: documents(x.Documents),
		})
	}
	return out
}

func documents(list []bank.Document) []reconcile.Document {
	var out []reconcile.Document
	for _, x := range list {
		out = append(out, reconcile.Document{Number: x.Number, Amount: x.Amount})
	}
	return out
}
