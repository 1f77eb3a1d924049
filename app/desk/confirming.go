package desk

import (
	"context"
	"slices"

	"quitus/ledger"
	"quitus/ledger/reconcile"
)

// FileOf gives the name of the file that brought an entry, and the day on which it was imported.
func FileOf(b *ledger.Book, e *ledger.BankEntry) (string, ledger.Date) {
	if st := b.BankStatements.Get(uint32(e.Statement)); st != nil {
		if i := b.Imports.Get(uint32(st.Import)); i != nil {
			return i.File, i.On
		}
	}
	return "", 0
}

// EntryNamed finds a bank entry by its file and its place in it, from 1; of several imports of one name the latest.
// Error: entry_unknown.
func (d *Desk) EntryNamed(file string, rank int) (*ledger.BankEntry, error) {
	b := d.store.Book()
	var found *ledger.BankEntry
	for e := range b.BankEntries.All() {
		if name, _ := FileOf(b, e); e.Rank == rank && name == file {
			found = e
		}
	}
	if found == nil {
		return nil, ledger.Errorf("entry_unknown", "file", file, "entry", rank)
	}
	return found, nil
}

// Confirm settles an entry by one of its answers: 0 is the proposal, then its alternatives; it teaches how the payer is
// known. Errors: entry_settled, answer_unknown, and those of recording.
func (d *Desk) Confirm(ctx context.Context, id ledger.BankEntryID, n int) (reconcile.Answer, ledger.Entry, error) {
	lines, err := d.State().Decide(ctx)
	if err != nil {
		return reconcile.Answer{}, ledger.Entry{}, err
	}
	for _, l := range lines {
		if l.ID != id {
			continue
		}
		answers := l.Answers()
		if n < 0 || n >= len(answers) {
			return reconcile.Answer{}, ledger.Entry{}, ledger.Errorf("answer_unknown", "n", n, "count", len(answers))
		}
		e, err := d.Settle(ctx, id, answers[n], "")
		return answers[n], e, err
	}
	return reconcile.Answer{}, ledger.Entry{}, ledger.Errorf("entry_settled")
}

// Answers gives what can be chosen for a line: its proposal, where it has one, and the alternatives.
func (l *BankLine) Answers() []reconcile.Answer {
	var out []reconcile.Answer
	if len(l.Allocations) > 0 || l.Left != 0 && l.Customer != 0 {
		out = append(out, l.Answer)
	}
	return append(out, l.Alternatives...)
}

// Settle records what an entry settles, as the owner chose it, and learns from it how the payer is known. Where a reason
// is given, the small differences that the answer proposes to give up are written off for it. The answer that the entry is
// a payment entered by hand before joins the two. Errors: entry_unknown,
// payment_unknown where that payment is gone, payment_too_high where an invoice has been settled since the answer was found, and those of recording.
func (d *Desk) Settle(ctx context.Context, id ledger.BankEntryID, a reconcile.Answer, giveUp string) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActConfirm, nil, func(x *ledger.Draft) error {
		e := x.Book().BankEntries.Get(uint32(id))
		if e == nil {
			return ledger.Errorf("entry_unknown")
		}
		if line, ok := (&State{Book: x.Book()}).notedAs(e, a); ok {
			tie(x, &line)
			return nil
		}
		if saysNoted(a) {
			return ledger.Errorf("payment_unknown")
		}
		if err := settleEntry(x, e, a); err != nil {
			return err
		}
		if err := notTooMuch(x, a); err != nil {
			return err
		}
		d.learn(x, e, a, giveUp != "")
		for _, w := range a.WriteOffs {
			if giveUp != "" {
				x.Put(&ledger.WriteOff{Invoice: w.Item, On: e.Booked, Amount: ledger.Money{Minor: w.Amount, Currency: e.Amount.Currency}, Reason: giveUp})
			}
		}
		return nil
	})
}

// notTooMuch refuses an answer that takes more of an invoice than was open of it.
func notTooMuch(x *ledger.Draft, a reconcile.Answer) error {
	st := x.Next().Standings(ledger.EndOfTime)
	for _, al := range a.Allocations {
		i := x.Invoice(al.Item)
		if open := st.Of(al.Item).Open; open < 0 && al.Amount > 0 && !i.CreditNote {
			return ledger.Errorf("payment_too_high", "invoice", i.Number, "amount", ledger.Money{Minor: al.Amount, Currency: i.Total.Currency},
				"open", ledger.Money{Minor: al.Amount + open, Currency: i.Total.Currency})
		}
	}
	return nil
}

// SettleByHand records that an entry settles these invoices; what is left of it stays the customer's credit. Errors:
// entry_split_above where they come to more than the entry, and those of recording.
func (d *Desk) SettleByHand(ctx context.Context, id ledger.BankEntryID, allocations []reconcile.Allocation) (ledger.Entry, error) {
	b := d.store.Book()
	e := b.BankEntries.Get(uint32(id))
	if e == nil {
		return ledger.Entry{}, ledger.Errorf("entry_unknown")
	}
	a := reconcile.Answer{Allocations: allocations, Left: e.Amount.Minor, Counted: d.State().counted(e, allocations)}
	for _, x := range allocations {
		a.Left -= x.Amount
		if i := b.Invoice(x.Item); i != nil && a.Customer == 0 {
			a.Customer = i.Customer
		}
	}
	if a.Left != 0 && (a.Left < 0) != (e.Amount.Minor < 0) {
		over := ledger.Money{Minor: -a.Left, Currency: e.Amount.Currency}
		return ledger.Entry{}, ledger.Errorf("entry_split_above", "amount", e.Amount, "over", over.Abs())
	}
	return d.Settle(ctx, id, a, "")
}

// counted says whether the registers' figures count an entry already: its invoices are settled, by payments that the registers
// tell and nothing recorded accounts for.
func (s *State) counted(e *ledger.BankEntry, allocations []reconcile.Allocation) bool {
	return !slices.ContainsFunc(allocations, func(x reconcile.Allocation) bool {
		i := s.Book.Invoice(x.Item)
		return i == nil || i.CreditNote || e.Booked > i.RegisterDay || x.Amount <= 0 || s.Standings.Of(x.Item).Open != 0 || s.Book.OnlyInRegister(i) < x.Amount
	})
}

// LeaveAside says that entries are no customers' payments, or takes that back.
func (d *Desk) LeaveAside(ctx context.Context, ids []ledger.BankEntryID, aside bool) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActAside, nil, func(x *ledger.Draft) error {
		for _, id := range ids {
			e := x.Book().BankEntries.Get(uint32(id))
			if e == nil {
				return ledger.Errorf("entry_unknown")
			}
			if len(x.Book().PaymentsOfEntry(id)) > 0 {
				return ledger.Errorf("entry_settled")
			}
			e = ledger.Clone(e)
			if e.Aside = ""; aside {
				e.Aside = ledger.AsideOwner
			}
			x.Put(e)
		}
		return nil
	})
}

// learn stages what an owner's choice teaches: the label and the account by which the payer is known from now on and, where
// the owner gave up the difference, that the customer keeps such a one back.
func (d *Desk) learn(x *ledger.Draft, e *ledger.BankEntry, a reconcile.Answer, gaveUp bool) {
	known := map[ledger.Alias]bool{}
	for k := range x.Book().Aliases.All() {
		known[ledger.Alias{Customer: k.Customer, Label: k.Label, IBAN: k.IBAN}] = true
	}
	entry := entryOf(e)
	for _, l := range reconcile.Learn(&entry, &a) {
		for _, alias := range []ledger.Alias{{Customer: l.Customer, Label: l.Label}, {Customer: l.Customer, IBAN: l.IBAN}} {
			if alias.Label+alias.IBAN == "" || known[alias] {
				continue
			}
			alias.Source, alias.Since = ledger.AliasOwner, d.Today()
			x.Put(&alias)
		}
		if c := x.Customer(l.Customer); c != nil && gaveUp && l.Habit != (reconcile.Habit{}) {
			c = ledger.Clone(c)
			if l.Habit.Discount > 0 {
				c.Habit.Discount = l.Habit.Discount
			}
			if l.Habit.Fee.Positive() {
				c.Habit.Fee = l.Habit.Fee
			}
			c.Habit.Since = d.Today()
			x.Put(c)
		}
	}
}

// Unsettle takes back the payments that an entry brought: it is undecided again, and what they settled is open.
func (d *Desk) Unsettle(ctx context.Context, id ledger.BankEntryID) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActPaymentTaken, nil, func(x *ledger.Draft) error {
		payments := x.Book().PaymentsOfEntry(id)
		if len(payments) == 0 {
			return ledger.Errorf("entry_unknown")
		}
		for _, p := range payments {
			if p.Noted { // the payment stays, as the owner entered it
				p = ledger.Clone(p)
				p.Entry, p.Noted = 0, false
				x.Put(p)
				continue
			}
			x.Delete(ledger.KindPayment, uint32(p.ID))
		}
		return nil
	})
}
