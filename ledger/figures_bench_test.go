package ledger

import "testing"

// largeBook has 100,000 invoices of 2,000 customers, 20,000 of them open, and what one is paid, promised and told.
func largeBook() *Book {
	d := NewDraft(&Book{})
	for range 2000 {
		d.Put(&Customer{Ref: "C", Name: "Client"})
	}
	for k := range 100_000 {
		c := CustomerID(k%2000 + 1)
		i := &Invoice{Customer: c, Number: "F", Issued: day.Add(-(100_000 - k) / 70), Total: Euros(int64(k*7919)%900000 + 1000)}
		i.Due = i.Issued.Add(30)
		d.Put(i)
		if k < 80_000 {
			d.Put(&Payment{Customer: c, On: i.Due.Add(k % 40), Amount: i.Total, Allocations: []Allocation{{Invoice: i.ID, Amount: i.Total.Minor}}})
		}
		if k%50 == 0 {
			d.Put(&Promise{Customer: c, Made: i.Due, Due: i.Due.Add(20), Amount: i.Total, Invoices: []InvoiceID{i.ID}})
			d.Put(&Call{Customer: c, On: i.Due, Reason: DelayCash})
		}
	}
	return d.Next()
}

// All figures of a day anew, the standings that they rest on included and not.
func BenchmarkFigures(b *testing.B) {
	book := largeBook()
	b.Run("standings", func(b *testing.B) {
		for b.Loop() {
			book.Standings(day)
		}
	})
	s := book.Standings(day)
	sums := book.Summaries(s)
	for name, f := range map[string]func(){
		"figures":   func() { book.Figures(s) },
		"ageings":   func() { book.Ageings(s) },
		"summaries": func() { book.Summaries(s) },
		"dso":       func() { book.DSO(day) },
		"expected":  func() { book.Expected(s, sums) },
		"received":  func() { book.ReceivedByMonth(day) },
		"customer":  func() { book.Turnover(7, day); book.Behaviour(7, s) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
		})
	}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			s := book.Standings(day)
			book.Figures(s)
			book.Ageings(s)
			book.Expected(s, book.Summaries(s))
			book.DSO(day)
			book.ReceivedByMonth(day)
		}
	})
}
