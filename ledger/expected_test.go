package ledger

import "testing"

// Each cent that is open is placed once, whatever was promised, planned, contested, or is payable in parts.
func TestExpectedCountsEachCentOnce(t *testing.T) {
	for seed := range uint64(300) {
		b := randomBook(seed)
		s := b.Standings(day)
		want := Sums{}
		for i := range b.Invoices.All() {
			if !i.CreditNote {
				want[i.Total.Currency] += s.Of(i.ID).Open
			}
		}
		word := Sums{}
		for _, w := range b.words(day) {
			word.Add(w.amount)
		}
		for _, e := range b.Expected(s, b.Summaries(s)) {
			in := e.Within()
			if got := in.Sum() + e.Later.Sum() + e.Contested + e.Undated; got != want[e.Currency] {
				t.Fatalf("book %d: %d %s placed of %d open: %+v", seed, got, e.Currency, want[e.Currency], e)
			}
			if got := in.Promised + e.Later.Promised; got > word[e.Currency] {
				t.Fatalf("book %d: %d %s promised, the words are for %d", seed, got, e.Currency, word[e.Currency])
			}
			want[e.Currency] = 0
		}
		for c, v := range want {
			if v != 0 {
				t.Fatalf("book %d: %d %s are nowhere", seed, v, c)
			}
		}
	}
}

// day is Saturday 21 November 2026; its week began on the 16th.
func TestExpectedWeeks(t *testing.T) {
	habit := func(d *Draft, days ...int) { // invoices settled so many days late
		for _, n := range days {
			i := &Invoice{Customer: 1, Number: "H", Issued: day.Add(-200), Due: day.Add(-150), Total: Euros(100)}
			d.Put(i)
			d.Put(&Payment{Customer: 1, On: i.Due.Add(n), Amount: Euros(100), Allocations: []Allocation{{Invoice: i.ID, Amount: 100}}})
		}
	}
	promise := func(d *Draft, cents int64, due int, invoices ...InvoiceID) {
		d.Put(&Promise{Customer: 1, Made: day.Add(-2), Due: day.Add(due), Amount: Euros(cents), Invoices: invoices})
	}
	type week = ExpectedAmount
	for name, c := range map[string]struct {
		more func(d *Draft, i *Invoice) // 1 000,00 €, due ten days ago
		want Expected
	}{
		"late, no habit":           {nil, Expected{Undated: 100000}},
		"late, by habit in a week": {func(d *Draft, i *Invoice) { habit(d, 17) }, Expected{Weeks: [5]week{1: {0, 100000}}}},
		"later than its habit":     {func(d *Draft, i *Invoice) { habit(d, 2, 4, 12) }, Expected{Weeks: [5]week{0: {0, 100000}}}},
		"later than ever":          {func(d *Draft, i *Invoice) { habit(d, 2, 4, 9) }, Expected{Undated: 100000}},
		"not due, no habit":        {func(d *Draft, i *Invoice) { i.Due = day.Add(1) }, Expected{Weeks: [5]week{0: {0, 100000}}}},
		"due on Monday":            {func(d *Draft, i *Invoice) { i.Due = day.Add(2) }, Expected{Weeks: [5]week{1: {0, 100000}}}},
		"pays early":               {func(d *Draft, i *Invoice) { habit(d, -20); i.Due = day.Add(2) }, Expected{Weeks: [5]week{0: {0, 100000}}}},
		"last day of the weeks":    {func(d *Draft, i *Invoice) { i.Due = day.Add(29) }, Expected{Weeks: [5]week{4: {0, 100000}}}},
		"the day after":            {func(d *Draft, i *Invoice) { i.Due = day.Add(30) }, Expected{Later: week{0, 100000}}},
		"no due date":              {func(d *Draft, i *Invoice) { habit(d, 3); i.Due = 0 }, Expected{Undated: 100000}},
		"insolvent": {func(d *Draft, i *Invoice) {
			k := Clone(d.Customer(1))
			k.Insolvent = day
			d.Put(k)
			i.Due = day.Add(1)
			promise(d, 40000, 3)
		}, Expected{Undated: 100000}},
		"contested in part": {func(d *Draft, i *Invoice) {
			i.Due = day
			d.Put(&Dispute{Invoice: i.ID, Opened: day, Amount: 30000})
		}, Expected{Weeks: [5]week{0: {0, 70000}}, Contested: 30000}},
		"promised in part": {func(d *Draft, i *Invoice) { habit(d, 17); promise(d, 40000, 3, i.ID) },
			Expected{Weeks: [5]week{1: {40000, 60000}}}},
		"promised twice": {func(d *Draft, i *Invoice) { promise(d, 80000, 3, i.ID); promise(d, 80000, 10, i.ID) },
			Expected{Weeks: [5]week{1: {80000, 0}, 2: {20000, 0}}}},
		"promise paid in part": {func(d *Draft, i *Invoice) {
			promise(d, 80000, 3, i.ID)
			d.Put(&Payment{Customer: 1, On: day, Amount: Euros(50000), Allocations: []Allocation{{Invoice: i.ID, Amount: 50000}}})
		}, Expected{Weeks: [5]week{1: {30000, 0}}, Undated: 20000}},
		"promise not kept": {func(d *Draft, i *Invoice) { promise(d, 80000, -1, i.ID) }, Expected{Undated: 100000}},
		"plan": {func(d *Draft, i *Invoice) {
			d.Put(&Plan{Customer: 1, Made: day.Add(-5), Currency: EUR, Invoices: []InvoiceID{i.ID},
				Instalments: []Instalment{{day.Add(-4), 30000}, {day.Add(2), 30000}, {day.Add(60), 40000}}})
			d.Put(&Payment{Customer: 1, On: day.Add(-4), Amount: Euros(35000), Allocations: []Allocation{{Invoice: i.ID, Amount: 35000}}})
		}, Expected{Weeks: [5]week{1: {25000, 0}}, Later: week{40000, 0}}},
		"plan missed": {func(d *Draft, i *Invoice) {
			d.Put(&Plan{Customer: 1, Made: day.Add(-5), Currency: EUR, Invoices: []InvoiceID{i.ID},
				Instalments: []Instalment{{day.Add(-4), 30000}, {day.Add(2), 70000}}})
		}, Expected{Undated: 100000}},
		"in parts": {func(d *Draft, i *Invoice) {
			i.Due = day
			i.Instalments = []Instalment{{day, 40000}, {day.Add(16), 60000}}
			promise(d, 10000, 2, i.ID)
		}, Expected{Weeks: [5]week{0: {0, 30000}, 1: {10000, 0}, 3: {0, 60000}}}},
	} {
		b := bookWith(t, c.more)
		s := b.Standings(day)
		list := b.Expected(s, b.Summaries(s))
		if len(list) != 1 {
			t.Fatalf("%s: %+v", name, list)
		}
		c.want.Currency, c.want.Monday = EUR, Day(2026, 11, 16)
		if list[0] != c.want {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, list[0], c.want)
		}
	}
}

func TestMondayOf(t *testing.T) {
	for d, want := range map[Date]Date{Day(2026, 11, 16): Day(2026, 11, 16), Day(2026, 11, 21): Day(2026, 11, 16), Day(2026, 11, 22): Day(2026, 11, 16), Day(2026, 11, 23): Day(2026, 11, 23)} {
		if got := MondayOf(d); got != want {
			t.Errorf("%s is of the week of %s, not %s", d, want, got)
		}
	}
}
