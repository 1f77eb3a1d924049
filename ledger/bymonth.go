package ledger

import (
	"maps"
	"slices"
	"strings"
)

// MonthCount is how many months figures go back, the month of the day included.
const MonthCount = 12

// ByMonth is a sum of each of the last twelve months, in minor units of one currency.
type ByMonth struct {
	Currency Currency
	First    Date              // first day of the first month
	Amounts  [MonthCount]int64 // the last one is the month of the day asked for, up to that day
}

// Month gives the first day of a month, 0 to MonthCount-1.
func (m ByMonth) Month(k int) Date { return m.First.AddMonths(k) }

// Total is the sum of all months.
func (m ByMonth) Total() Money {
	t := int64(0)
	for _, v := range m.Amounts {
		t += v
	}
	return Money{t, m.Currency}
}

// Turnover is what a customer was invoiced in each of the last twelve months up to a day, including VAT: invoices less
// credit notes, by the day of issue. One per currency in which there is something, the euro first.
func (b *Book) Turnover(c CustomerID, on Date) []ByMonth {
	months := newMonths(on)
	for _, id := range b.InvoicesOf(c) {
		i := b.Invoice(id)
		months.add(i.Issued, i.Total)
	}
	return months.list()
}

// ReceivedByMonth is what came in during each of the last twelve months up to a day; what went back is taken off. One per
// currency in which there is something, the euro first.
func (b *Book) ReceivedByMonth(on Date) []ByMonth {
	months := newMonths(on)
	for p := range b.Payments.All() {
		months.add(p.On, p.Amount)
	}
	return months.list()
}

// months gathers amounts by month and currency.
type months struct {
	first, on Date
	base      int // number of the first month
	by        map[Currency]*ByMonth
}

func newMonths(on Date) *months {
	first := on.MonthStart().AddMonths(1 - MonthCount)
	return &months{first: first, on: on, base: monthOf(first), by: map[Currency]*ByMonth{}}
}

func (m *months) add(d Date, amount Money) {
	if d < m.first || d > m.on || amount.IsZero() {
		return
	}
	x := m.by[amount.Currency]
	if x == nil {
		x = &ByMonth{Currency: amount.Currency, First: m.first}
		m.by[amount.Currency] = x
	}
	x.Amounts[monthOf(d)-m.base] += amount.Minor
}

func (m *months) list() []ByMonth {
	var out []ByMonth
	for _, c := range inOrder(m.by) {
		out = append(out, *m.by[c])
	}
	return out
}

// monthOf numbers the months, so that the one after has the next number.
func monthOf(d Date) int {
	y, m, _ := d.Civil()
	return y*12 + m - 1
}

// inOrder gives the currencies of a map, the euro first and the others by code, as [Sums.List] does.
func inOrder[V any](by map[Currency]V) []Currency {
	return slices.SortedFunc(maps.Keys(by), compareCurrencies)
}

func compareCurrencies(a, b Currency) int {
	switch {
	case a == b:
		return 0
	case a == EUR:
		return -1
	case b == EUR:
		return 1
	}
	return strings.Compare(string(a), string(b))
}
