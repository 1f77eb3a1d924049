package ledger

import (
	"math/rand/v2"
	"testing"
)

// sales makes a book in which some amounts were invoiced, and one payment takes the balance down to what is owed.
func sales(t *testing.T, owed int64, paidOn Date, months map[Date]int64) *Book {
	t.Helper()
	d := NewDraft(&Book{})
	d.Put(&Customer{Ref: "C", Name: "Client"})
	pay := &Payment{Customer: 1, On: paidOn, Amount: Euros(0)}
	sum := int64(0)
	for on, cents := range months {
		i := &Invoice{Customer: 1, Number: on.String(), Issued: on, Due: on.Add(30), Total: Euros(cents), CreditNote: cents < 0}
		d.Put(i)
		sum += cents
	}
	for id := range InvoiceID(len(months)) {
		i := d.Invoice(id + 1)
		if part := min(sum-owed, i.Total.Minor); part > 0 {
			pay.Allocations = append(pay.Allocations, Allocation{Invoice: i.ID, Amount: part})
			pay.Amount.Minor += part
			sum -= part
		}
	}
	if pay.Amount.Minor > 0 {
		d.Put(pay)
	}
	return d.Next()
}

func TestDSOCountsBack(t *testing.T) {
	nov := Day(2026, 11, 30)
	for name, c := range map[string]struct {
		on     Date
		owed   int64
		months map[Date]int64
		tenths int
		known  bool
	}{
		// Divalto, « Calcul du DSO », method by count-back: 2 500 € owed on 30 November.
		"the manual's example": {nov, 250000, map[Date]int64{Day(2026, 11, 10): 120000, Day(2026, 10, 10): 80000, Day(2026, 9, 10): 70000, Day(2026, 8, 1): 10000}, 824, true},
		"part of one month":    {nov, 60000, map[Date]int64{Day(2026, 11, 10): 120000, Day(2026, 10, 10): 80000}, 150, true},
		"exactly one month":    {nov, 120000, map[Date]int64{Day(2026, 11, 10): 120000, Day(2026, 10, 10): 80000}, 300, true},
		"in the month":         {Day(2026, 11, 15), 60000, map[Date]int64{Day(2026, 11, 10): 120000, Day(2026, 10, 10): 80000}, 75, true},
		"a month without":      {nov, 40000, map[Date]int64{Day(2026, 10, 10): 80000, Day(2026, 9, 1): 1}, 455, true},
		"more credited than invoiced": {nov, 40000, map[Date]int64{
			Day(2026, 11, 10): -1, Day(2026, 10, 10): 80001, Day(2026, 9, 1): 1}, 455, true},
		"nothing owed":       {nov, 0, map[Date]int64{Day(2026, 10, 10): 80000}, 0, true},
		"nothing ever paid":  {nov, 80000, map[Date]int64{Day(2026, 10, 10): 80000}, 0, false},
		"invoiced tomorrow":  {nov, 1, map[Date]int64{Day(2026, 12, 1): 80000}, 0, false},
		"a hundred years":    {nov, 40000, map[Date]int64{Day(1926, 11, 1): 80000}, 365400, true},
		"leap year February": {Day(2028, 2, 29), 40000, map[Date]int64{Day(2028, 2, 3): 80000}, 145, true},
	} {
		list := sales(t, c.owed, c.on, c.months).DSO(c.on)
		if !c.known && len(list) == 0 {
			continue // nothing was invoiced
		}
		if len(list) != 1 {
			t.Fatalf("%s: %+v", name, list)
		}
		now := list[0].Now()
		if c.known != now.Known || now.Tenths != c.tenths || (c.known && now.Balance != c.owed) {
			t.Errorf("%s: %+v", name, now)
		}
	}
}

func TestDSOCurve(t *testing.T) {
	on := Day(2026, 11, 21)
	b := sales(t, 0, Day(2026, 6, 15), map[Date]int64{Day(2026, 5, 4): 31000})
	p := b.DSO(on)[0].Points
	if p[0].On != Day(2025, 11, 30) || p[11].On != Day(2026, 10, 31) || p[12].On != on {
		t.Errorf("days %v, %v, %v", p[0].On, p[11].On, p[12].On)
	}
	if p[5].Known || p[6].On != Day(2026, 5, 31) || p[6].Known || p[6].Balance != 31000 || !p[7].Known || p[7].Balance != 0 {
		t.Errorf("April %+v, May %+v, June %+v", p[5], p[6], p[7])
	}
}

// A register tells what was paid by its day and not when: before that day nothing is claimed, from it on it counts.
func TestDSOOfARegister(t *testing.T) {
	on := Day(2026, 11, 30)
	d := NewDraft(&Book{})
	d.Put(&Customer{Ref: "C", Name: "Client"})
	d.Put(&Invoice{Customer: 1, Number: "1", Issued: Day(2026, 9, 1), Total: Euros(30000), RegisterPaid: 30000, RegisterDay: Day(2026, 10, 20)})
	d.Put(&Invoice{Customer: 1, Number: "2", Issued: Day(2026, 9, 1), Total: Euros(30000)})
	p := d.Next().DSO(on)[0].Points
	if p[10].On != Day(2026, 9, 30) || p[10].Known || !p[11].Known || p[11].Balance != 30000 || p[11].Tenths != 310+150 || !p[12].Known {
		t.Errorf("%+v", p[10:])
	}
}

// On the day itself the balance is what the standings say, whatever was paid, written off, credited or only in a register.
func TestDSOBalanceIsWhatIsOpen(t *testing.T) {
	for seed := range uint64(60) {
		b := randomBook(seed)
		on := day
		want := Sums{}
		s := b.Standings(on)
		for i := range b.Invoices.All() {
			if i.Issued <= on {
				want.Add(Money{s.Of(i.ID).Open, i.Total.Currency})
			}
		}
		for _, d := range b.DSO(on) {
			if d.Now().Balance != want[d.Currency] {
				t.Fatalf("book %d: %s owed %d, standings %d", seed, d.Currency, d.Now().Balance, want[d.Currency])
			}
			for _, p := range d.Points {
				if p.Tenths < 0 || !p.Known && p.Tenths != 0 {
					t.Fatalf("book %d: %+v", seed, p)
				}
			}
		}
	}
}

// randomBook makes a small book of all sorts around day.
func randomBook(seed uint64) *Book {
	r := rand.New(rand.NewPCG(seed, 7))
	d := NewDraft(&Book{})
	cur := func() Currency { return []Currency{EUR, EUR, CHF}[r.IntN(3)] }
	for range 4 {
		c := &Customer{Ref: "C", Name: "Client"}
		if r.IntN(8) == 0 {
			c.Insolvent = day.Add(r.IntN(20) - 10)
		}
		d.Put(c)
	}
	for range 30 {
		i := &Invoice{Customer: CustomerID(1 + r.IntN(4)), Issued: day.Add(-r.IntN(500) + 5), Total: Money{int64(1 + r.IntN(9000)), cur()}}
		if r.IntN(6) > 0 {
			i.Due = i.Issued.Add(r.IntN(60))
		}
		switch r.IntN(6) {
		case 0:
			i.CreditNote, i.Total.Minor = true, -i.Total.Minor
		case 1:
			i.RegisterPaid, i.RegisterDay, i.RegisterImport = i.Total.Minor/int64(1+r.IntN(3)), day.Add(-r.IntN(300)+3), 3
		case 2:
			if i.Due != 0 && i.Total.Minor > 3 {
				i.Instalments = []Instalment{{i.Due, i.Total.Minor / 3}, {i.Due.Add(30), i.Total.Minor - i.Total.Minor/3}}
			}
		}
		d.Put(i)
	}
	for range 25 {
		i := d.Invoice(InvoiceID(1 + r.IntN(30)))
		amount := i.Total.Minor / int64(1+r.IntN(4))
		d.Put(&Payment{Customer: i.Customer, On: day.Add(-r.IntN(200) + 5), Amount: Money{amount, i.Total.Currency},
			Allocations: []Allocation{{i.ID, amount, ImportID(r.IntN(2) * 3)}}})
	}
	for range 3 {
		i := d.Invoice(InvoiceID(1 + r.IntN(30)))
		d.Put(&WriteOff{Invoice: i.ID, On: day.Add(-r.IntN(50) + 5), Amount: Money{i.Total.Minor / 5, i.Total.Currency}})
		i = d.Invoice(InvoiceID(1 + r.IntN(30)))
		d.Put(&Dispute{Invoice: i.ID, Opened: day.Add(-r.IntN(50) + 5), Amount: int64(r.IntN(3000))})
	}
	for range 8 {
		p := &Promise{Customer: CustomerID(1 + r.IntN(4)), Made: day.Add(-r.IntN(30) + 2), Amount: Money{int64(1 + r.IntN(9000)), cur()}}
		p.Due = p.Made.Add(r.IntN(60))
		for range r.IntN(3) {
			p.Invoices = append(p.Invoices, InvoiceID(1+r.IntN(30)))
		}
		d.Put(p)
	}
	for range 3 {
		p := &Plan{Customer: CustomerID(1 + r.IntN(4)), Made: day.Add(-r.IntN(30)), Currency: cur(), Invoices: []InvoiceID{InvoiceID(1 + r.IntN(30)), InvoiceID(1 + r.IntN(30))}}
		for k := range 3 {
			p.Instalments = append(p.Instalments, Instalment{p.Made.Add(20 * (k + 1)), int64(1 + r.IntN(3000))})
		}
		d.Put(p)
	}
	return d.Next()
}
