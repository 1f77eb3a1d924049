package bank

import (
	"context"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/reconcile"
)

// openItem is an invoice or credit note that an entry may settle.
type openItem struct {
	ID       ledger.InvoiceID
	Customer string
	Number   string
	Due      string
	Open     int64
	Money    string
	search   string
}

// openItems lists what is open in a currency, the oldest due first.
func openItems(w *words.Words, s *desk.State, currency ledger.Currency) []openItem {
	st := s.Book.Standings(ledger.EndOfTime)
	var list []*ledger.Invoice
	for i := range s.Book.Invoices.All() {
		if st.Of(i.ID).Open != 0 && i.Total.Currency == currency {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b *ledger.Invoice) int { return int(a.Due - b.Due) })
	out := make([]openItem, len(list))
	for n, i := range list {
		x := openItem{ID: i.ID, Number: i.Number, Due: w.Date(st.Of(i.ID).Due), Open: st.Of(i.ID).Open}
		if c := s.Book.Customer(i.Customer); c != nil {
			x.Customer = c.Name
		}
		x.Money = w.Money(ledger.Money{Minor: x.Open, Currency: currency})
		x.search = ledger.Fold(x.Customer + " " + x.Number + " " + x.Money)
		out[n] = x
	}
	return out
}

// share gives what an amount settles of the chosen items, in their order: credit notes first, since they make room, then each
// as far as it goes; and what is left of it.
func share(amount int64, chosen []openItem) ([]reconcile.Allocation, int64) {
	left := amount
	var out []reconcile.Allocation
	for _, credits := range []bool{true, false} {
		for _, x := range chosen {
			if (x.Open < 0) != credits || !credits && left <= 0 {
				continue
			}
			part := x.Open
			if !credits {
				part = min(part, left)
			}
			left -= part
			out = append(out, reconcile.Allocation{Item: x.ID, Amount: part})
		}
	}
	return out, left
}

// split lets the owner tick the invoices that an entry settles; what is left of it is always shown.
func (v *view) split(r *Row) {
	c, currency := v.c, r.entry.Amount.Currency
	items := openItems(c.Words, c.Desk.State(), currency)
	table := kit.NewTable(c.Run,
		kit.Column[openItem]{ID: "number", Title: c.T("common.invoice"), Width: 120, Text: func(x *openItem) string { return x.Number }},
		kit.Column[openItem]{ID: "customer", Title: c.T("common.customer"), Width: 180, Flex: true, Text: func(x *openItem) string { return x.Customer }},
		kit.Column[openItem]{ID: "due", Title: c.T("common.due_date"), Width: 96, Text: func(x *openItem) string { return x.Due }},
		kit.Column[openItem]{ID: "open", Title: c.T("preview.diff.was"), Width: 108, Align: kit.Right, Text: func(x *openItem) string { return x.Money }}).Multi()
	table.Key = func(x *openItem) string { return x.Number + "\n" + x.Customer }
	table.SetRows(items)
	left := kit.NewLabel("")
	tell := func() ([]reconcile.Allocation, int64) {
		var chosen []openItem
		for _, x := range table.Ticked() {
			chosen = append(chosen, *x)
		}
		allocations, rest := share(r.Minor, chosen)
		left.SetText(c.T("bank.split_left", "amount", r.Amount, "left", ledger.Money{Minor: rest, Currency: currency}))
		return allocations, rest
	}
	table.OnTick = func() { tell() }
	var search *kit.Field
	search = kit.NewListSearch(c.T("bank.split_search"), func() {
		q := ledger.Fold(search.Text())
		table.SetFilter(func(x *openItem) bool { return strings.Contains(x.search, q) })
	}, table)
	tell()
	form := kit.NewWideForm(c.Canvas(), c.Words, splitWidth, c.T("bank.split_title"), c.T("bank.split_act"),
		kit.NewLabel(r.Label).Wrapped().Ink(look.Ink2), search, kit.Fixed(0, splitHeight, table), left)
	form.OnAct = func() {
		allocations, _ := tell()
		if len(allocations) == 0 {
			return // nothing is chosen yet
		}
		form.Close()
		v.act(c.T("bank.settled", "amount", r.Amount), func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.SettleByHand(ctx, r.ID, allocations)
		})
	}
	form.Show()
}

// Measures of the form, in units.
const (
	splitWidth  = 680
	splitHeight = 280
)
