package dialogs

import (
	"cmp"
	"slices"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// OpenItem is an invoice or credit note that a payment may settle.
type OpenItem struct {
	ID       ledger.InvoiceID
	Payer    ledger.CustomerID
	Customer string
	Number   string
	Due      string
	Open     int64 // minor units; negative for a credit note
	Money    string
	Search   string // folded, to be searched in
}

// OpenItems lists what is open, the oldest due first; of all currencies where none is given. Credit notes are left out
// unless asked for.
func OpenItems(w *words.Words, s *desk.State, currency ledger.Currency, credits bool) []OpenItem {
	st := s.Book.Standings(ledger.EndOfTime)
	var list []*ledger.Invoice
	for i := range s.Book.Invoices.All() {
		if open := st.Of(i.ID).Open; open != 0 && (credits || open > 0) && (currency == "" || i.Total.Currency == currency) {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b *ledger.Invoice) int { return cmp.Compare(a.Due, b.Due) })
	out := make([]OpenItem, len(list))
	for n, i := range list {
		out[n] = itemOf(w, s, i, st.Of(i.ID).Open, st.Of(i.ID).Due)
	}
	return out
}

// PaidItems lists the invoices of a currency of which something was paid, the newest first: what a payment that comes back
// opens again. Open is what was paid.
func PaidItems(w *words.Words, s *desk.State, currency ledger.Currency) []OpenItem {
	st := s.Book.Standings(ledger.EndOfTime)
	var list []*ledger.Invoice
	for i := range s.Book.Invoices.All() {
		if st.Of(i.ID).Paid > 0 && !i.CreditNote && i.Total.Currency == currency {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b *ledger.Invoice) int { return cmp.Compare(b.Issued, a.Issued) })
	out := make([]OpenItem, len(list))
	for n, i := range list {
		out[n] = itemOf(w, s, i, st.Of(i.ID).Paid, i.Due)
	}
	return out
}

func itemOf(w *words.Words, s *desk.State, i *ledger.Invoice, open int64, due ledger.Date) OpenItem {
	x := OpenItem{ID: i.ID, Payer: i.Customer, Number: i.Number, Open: open}
	if due != 0 {
		x.Due = w.Date(due)
	}
	if c := s.Book.Customer(i.Customer); c != nil {
		x.Customer = c.Name
	}
	x.Money = w.Money(ledger.Money{Minor: open, Currency: i.Total.Currency})
	x.Search = ledger.Fold(x.Customer + " " + x.Number + " " + x.Money)
	return x
}
