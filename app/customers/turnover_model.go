package customers

import (
	"slices"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// turnover is what a customer was invoiced in the last twelve months, in the first currency.
type turnover struct {
	Total  string
	Months []month
	Note   string // other currencies, and since when the customer is one
}

// month is one month: its share of the highest, its short name, and its amount in words.
type month struct {
	Part        float64
	Name, Words string
}

func readTurnover(w *words.Words, s *desk.State, id ledger.CustomerID) turnover {
	list := s.Book.Turnover(id, s.On)
	first := ledger.ByMonth{Currency: ledger.EUR, First: s.On.MonthStart().AddMonths(1 - ledger.MonthCount)}
	if len(list) > 0 {
		first = list[0]
	}
	out := turnover{Total: w.Money(first.Total())}
	most := slices.Max(append(first.Amounts[:], 1))
	for k, v := range first.Amounts {
		out.Months = append(out.Months, month{
			Part: float64(v) / float64(most), Name: w.MonthShort(first.Month(k)),
			Words: w.T("customers.turnover.month", "month", w.Month(first.Month(k)), "amount", ledger.Money{Minor: v, Currency: first.Currency}),
		})
	}
	for _, other := range list[min(len(list), 1):] {
		out.Note += "+ " + w.Money(other.Total()) + " · "
	}
	if d := since(s.Book, id); d != 0 {
		out.Note += w.T("customers.turnover.since", "day", d)
	} else {
		out.Note += w.T("customers.turnover.none")
	}
	return out
}

// since is the day of the first invoice.
func since(b *ledger.Book, id ledger.CustomerID) ledger.Date {
	first := ledger.Date(0)
	for _, i := range b.InvoicesOf(id) {
		if d := b.Invoice(i).Issued; d != 0 && (first == 0 || d < first) {
			first = d
		}
	}
	return first
}
