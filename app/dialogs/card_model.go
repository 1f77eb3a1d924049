package dialogs

import (
	"cmp"
	"context"
	"slices"

	"quitus/assets/words"
	"quitus/ledger"
)

// cardDesk is what the card of an invoice needs of the desk.
type cardDesk interface {
	rightsDesk
	TakeBackPayment(ctx context.Context, id ledger.PaymentID) (ledger.Entry, error)
	WriteOff(ctx context.Context, id ledger.InvoiceID, amount ledger.Money, reason string) (ledger.Entry, error)
}

// fact is a line of a card: what it is and what it says.
type fact struct {
	Label, Text string
	Bold        bool
}

// cardPayment is a payment, what the register gave as paid, or a write-off, as a line. Only payments
// have an ID.
type cardPayment struct {
	ID            ledger.PaymentID
	Amount, Words string
	Question      string // what follows from taking it back
}

// cardFile is a document kept with the invoice, or a letter about it.
type cardFile struct {
	Name, Words string
	Hash        ledger.Hash
}

// card is an invoice with all that is known of it, on one day.
type card struct {
	ID        ledger.InvoiceID
	Customer  ledger.CustomerID
	Title     string
	Name      string // the customer's
	Situation ledger.Situation
	Word      string
	Facts     []fact
	Payments  []cardPayment
	Files     []cardFile
	Open      ledger.Money
	CanPay    bool
	Rights    *rights // nil of a credit note
}

// newCard gathers an invoice's card; nil when the invoice is no longer there.
func newCard(d cardDesk, w *words.Words, id ledger.InvoiceID) *card {
	s := d.State()
	i := s.Book.Invoice(id)
	if i == nil {
		return nil
	}
	st := s.Standings.Of(id)
	key := "dialogs.card.invoice"
	if i.CreditNote {
		key = "dialogs.card.credit_note"
	}
	c := &card{
		ID: id, Customer: i.Customer, Title: w.T(key, "number", i.Number), Situation: st.Situation,
		Word: w.Standing(i, st, s.On), Open: s.Open(i), CanPay: !i.CreditNote && st.Open > 0,
	}
	if k := s.Book.Customer(i.Customer); k != nil {
		c.Name = k.Name
	}
	c.Facts = cardFacts(w, i, st)
	c.Payments = cardPayments(w, s.Book, i)
	c.Files = cardFiles(w, s.Book, i)
	c.Rights = newRights(d, w, i)
	return c
}

func cardFacts(w *words.Words, i *ledger.Invoice, st ledger.Standing) []fact {
	cur := i.Total.Currency
	var out []fact
	add := func(label, text string, bold bool) {
		if text != "" {
			out = append(out, fact{label, text, bold})
		}
	}
	add(w.T("common.issue_date"), w.Date(i.Issued), false)
	if label, due := cardDue(w, i, st); !i.CreditNote || i.Due != 0 {
		add(label, due, false)
	}
	add(w.T("dialogs.invoice.total"), w.Money(i.Total), false)
	add(w.T("common.paid"), w.Money(ledger.Money{Minor: st.Paid, Currency: cur}), false)
	if st.WrittenOff != 0 {
		add(w.T("dialogs.card.written_off"), w.Money(ledger.Money{Minor: st.WrittenOff, Currency: cur}), false)
	}
	add(w.T("common.open_amount"), w.Money(ledger.Money{Minor: st.Open, Currency: cur}), st.Open != 0)
	if st.Overdue != 0 && st.Overdue != st.Open {
		add(w.T("dialogs.card.overdue"), w.Money(ledger.Money{Minor: st.Overdue, Currency: cur}), true)
	}
	if st.Contested != 0 {
		add(w.T("dialogs.card.contested"), w.Money(ledger.Money{Minor: st.Contested, Currency: cur}), false)
	}
	add(w.T("dialogs.customer.terms"), w.Terms(i.Terms), false)
	add(w.T("dialogs.invoice.order"), i.OrderRef, false)
	day := func(d ledger.Date) string {
		if d == 0 {
			return ""
		}
		return w.Date(d)
	}
	add(w.T("dialogs.card.completed"), day(i.Completed), false)
	add(w.T("dialogs.card.demanded"), day(i.Demanded), false)
	add(w.T("dialogs.invoice.service"), i.Service, false)
	add(w.T("dialogs.invoice.commitment"), i.Commitment, false)
	add(w.T("dialogs.invoice.subject"), i.Subject, false)
	return out
}

// cardDue names an invoice's due date or, where it is payable in parts, each with its amount and what was
// paid of it.
func cardDue(w *words.Words, i *ledger.Invoice, st ledger.Standing) (label, text string) {
	switch {
	case i.Due == 0:
		return w.T("common.due_date"), "–"
	case len(i.Instalments) == 0 && i.DueEstimated:
		return w.T("common.due_date"), w.T("dialogs.card.due_estimated", "day", i.Due)
	case len(i.Instalments) == 0:
		return w.T("common.due_date"), w.Date(i.Due)
	}
	var parts []string
	for p, left := range i.Parts(st.Open) {
		key := "dialogs.card.part"
		switch left {
		case 0:
			key = "dialogs.card.part_settled"
		case p.Amount:
		default:
			key = "dialogs.card.part_open"
		}
		cur := i.Total.Currency
		parts = append(parts, w.T(key, "day", p.Due, "amount", ledger.Money{Minor: p.Amount, Currency: cur}, "open", ledger.Money{Minor: left, Currency: cur}))
	}
	return w.N("dialogs.card.parts", len(parts)), Joined(parts...)
}

// cardPayments lists what reduced an invoice, the newest first.
func cardPayments(w *words.Words, b *ledger.Book, i *ledger.Invoice) []cardPayment {
	type dated struct {
		on ledger.Date
		cardPayment
	}
	var list []dated
	for _, p := range b.PaymentsOf(i.Customer) {
		for _, a := range p.Allocations {
			if a.Invoice == i.ID {
				list = append(list, dated{p.On, paymentLine(w, b, p, a)})
			}
		}
	}
	for x := range b.WriteOffs.All() {
		if x.Invoice == i.ID {
			list = append(list, dated{x.On, cardPayment{
				Amount: w.Money(x.Amount), Words: Joined(w.T("dialogs.card.given_up", "day", x.On), x.Reason),
			}})
		}
	}
	if rest := (ledger.Money{Minor: b.OnlyInRegister(i), Currency: i.Total.Currency}); rest.Positive() || (i.CreditNote && rest.Negative()) {
		list = append(list, dated{i.RegisterDay, cardPayment{Amount: w.Money(rest), Words: w.T("dialogs.card.register", "day", i.RegisterDay)}})
	}
	slices.SortStableFunc(list, func(x, y dated) int { return cmp.Compare(y.on, x.on) })
	out := make([]cardPayment, len(list))
	for k, x := range list {
		out[k] = x.cardPayment
	}
	return out
}

func paymentLine(w *words.Words, b *ledger.Book, p *ledger.Payment, a ledger.Allocation) cardPayment {
	line := cardPayment{
		ID: p.ID, Amount: w.Money(ledger.Money{Minor: a.Amount, Currency: p.Amount.Currency}),
		Words:    Joined(w.Date(p.On), meansWord(w, p.Means), p.Reference),
		Question: w.T("dialogs.take_back.text", "amount", p.Amount, "day", p.On),
	}
	if d := b.DepositOf(p.ID); d != nil {
		line.Words = Joined(line.Words, w.T("deposit.on_slip", "number", int(d.ID), "day", d.On))
	}
	if n := len(p.Allocations); n > 1 {
		line.Words = Joined(line.Words, w.T("dialogs.card.part_of", "amount", p.Amount))
		line.Question = w.N("dialogs.take_back.several", n, "amount", p.Amount, "day", p.On)
	}
	return line
}

// meansWord names a means, nothing where it is not known.
func meansWord(w *words.Words, m ledger.Means) string {
	if m == ledger.OtherMeans {
		return ""
	}
	return w.Means(m)
}

// cardFiles lists the documents kept with an invoice and the letters about it, the newest first.
func cardFiles(w *words.Words, b *ledger.Book, i *ledger.Invoice) []cardFile {
	type dated struct {
		on ledger.Date
		cardFile
	}
	var list []dated
	for x := range b.Documents.All() {
		if x.Invoice == i.ID {
			list = append(list, dated{x.On, cardFile{x.Name, Joined(w.Date(x.On), FileSize(w, x.Size)), x.Hash}})
		}
	}
	for _, l := range b.LettersOf(i.Customer) {
		if slices.ContainsFunc(l.Lines, func(n ledger.LetterLine) bool { return n.Invoice == i.ID }) {
			day := w.T("dialogs.card.letter_made", "day", l.On)
			if l.Sent != 0 {
				day = w.T("dialogs.card.letter_sent", "day", l.Sent)
			}
			list = append(list, dated{l.On, cardFile{w.T("letters.model." + l.Model), day, l.Hash}})
		}
	}
	slices.SortStableFunc(list, func(x, y dated) int { return cmp.Compare(y.on, x.on) })
	out := make([]cardFile, len(list))
	for k, x := range list {
		out[k] = x.cardFile
	}
	return out
}

// FileSize writes a number of bytes in kB or MB of a thousand, at least 1.
func FileSize(w *words.Words, bytes int64) string {
	if bytes < 1_000_000 {
		return w.T("dialogs.size.kb", "n", int(max(1, (bytes+500)/1000)))
	}
	return w.T("dialogs.size.mb", "n", int((bytes+500_000)/1_000_000))
}

// Joined puts what is not empty together, with a middle dot between.
func Joined(parts ...string) string {
	out := ""
	for _, p := range parts {
		switch {
		case p == "":
		case out == "":
			out = p
		default:
			out += " · " + p
		}
	}
	return out
}
