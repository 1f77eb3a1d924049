package dialogs

import (
	"cmp"
	"context"
	"slices"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// payDesk is what noting a payment needs of the desk.
type payDesk interface {
	State() *desk.State
	Today() ledger.Date
	PayTogether(ctx context.Context, parts []desk.Part, on ledger.Date, means ledger.Means, reference string) (ledger.Entry, error)
}

// payLine is one open invoice that the payment may settle.
type payLine struct {
	ID     ledger.InvoiceID
	Number string
	Fact   string // when it falls or fell due, and what is open
	Open   ledger.Money
	Amount ledger.Money // proposed; nothing where the owner is to say
}

// payModel is a payment that is being noted.
type payModel struct {
	desk  payDesk
	w     *words.Words
	Name  string // the customer's
	Lines []payLine
}

// newPayModel lists a customer's open invoices, the oldest first but the chosen one before all. What is
// open of the chosen one is proposed, and of the only one, or its next part where it is payable in parts;
// among several the owner says which was paid.
func newPayModel(d payDesk, w *words.Words, customer ledger.CustomerID, chosen ledger.InvoiceID) *payModel {
	s := d.State()
	m := &payModel{desk: d, w: w}
	if c := s.Book.Customer(customer); c != nil {
		m.Name = c.Name
	}
	var open []*ledger.Invoice
	for _, id := range s.Book.InvoicesOf(customer) {
		if i := s.Book.Invoice(id); !i.CreditNote && s.Open(i).Positive() {
			open = append(open, i)
		}
	}
	slices.SortStableFunc(open, func(a, b *ledger.Invoice) int {
		if (a.ID == chosen) != (b.ID == chosen) {
			if a.ID == chosen {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(s.Standings.Of(a.ID).Due, s.Standings.Of(b.ID).Due), cmp.Compare(a.ID, b.ID))
	})
	for _, i := range open {
		l := payLine{ID: i.ID, Number: i.Number, Open: s.Open(i)}
		part := nextPart(s, i)
		l.Fact = dueFact(w, s, i, part)
		if i.ID == chosen || len(open) == 1 {
			l.Amount = part
		}
		m.Lines = append(m.Lines, l)
	}
	return m
}

// nextPart is what is left of the earliest part of an invoice that is not settled.
func nextPart(s *desk.State, i *ledger.Invoice) ledger.Money {
	for _, left := range i.Parts(s.Open(i).Minor) {
		if left != 0 {
			return ledger.Money{Minor: left, Currency: i.Total.Currency}
		}
	}
	return ledger.Money{Currency: i.Total.Currency}
}

// dueFact says when an invoice, or its next part, falls or fell due, and what is open.
func dueFact(w *words.Words, s *desk.State, i *ledger.Invoice, part ledger.Money) string {
	due, open := s.Standings.Of(i.ID).Due, s.Open(i)
	switch {
	case due == 0:
		return w.T("dialogs.pay.open", "amount", open)
	case part != open:
		return w.T("dialogs.pay.part", "day", due, "part", part, "amount", open)
	case due < s.On:
		return w.T("dialogs.pay.was_due", "day", due, "amount", open)
	}
	return w.T("dialogs.pay.due", "day", due, "amount", open)
}

// checkAmount gives the sentence for an amount that a line cannot take.
func (m *payModel) checkAmount(line int, v ledger.Money) string {
	l := m.Lines[line]
	switch {
	case !v.Positive():
		return m.w.T("dialogs.pay.not_positive")
	case v.Minor > l.Open.Minor:
		return m.w.T("dialogs.pay.too_high", "open", l.Open)
	}
	return ""
}

// checkDay gives the sentence for a day that has not come yet.
func (m *payModel) checkDay(on ledger.Date) string {
	if on > m.desk.Today() {
		return m.w.Error(ledger.Errorf("payment_in_future", "date", on))
	}
	return ""
}

// set takes the amount typed for a line; the zero Money takes it back.
func (m *payModel) set(line int, v ledger.Money) { m.Lines[line].Amount = v }

// sum adds up the amounts that can be recorded, and counts them.
func (m *payModel) sum() (ledger.Sums, int) {
	sums, n := ledger.Sums{}, 0
	for _, l := range m.Lines {
		if l.Amount.Positive() && l.Amount.Minor <= l.Open.Minor {
			sums.Add(l.Amount)
			n++
		}
	}
	return sums, n
}

// total says what the amounts come to, nothing while there are none.
func (m *payModel) total() string {
	sums, n := m.sum()
	if n == 0 {
		return ""
	}
	return m.w.N("dialogs.pay.total", n, "amount", sums)
}

// save records the payment.
func (m *payModel) save(ctx context.Context, on ledger.Date, means ledger.Means, reference string) (ledger.Entry, error) {
	var parts []desk.Part
	for _, l := range m.Lines {
		if l.Amount.Positive() {
			parts = append(parts, desk.Part{Invoice: l.ID, Amount: l.Amount})
		}
	}
	return m.desk.PayTogether(ctx, parts, on, means, reference)
}

// done says what was recorded.
func (m *payModel) done() string {
	sums, _ := m.sum()
	return m.w.T("dialogs.pay.done", "amount", sums, "name", m.Name)
}
