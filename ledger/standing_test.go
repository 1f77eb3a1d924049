package ledger

import (
	"math/rand/v2"
	"slices"
	"testing"
)

var day = Day(2026, 11, 21)

// bookWith makes a book of one customer with an invoice of 1 000,00 € due ten days ago.
func bookWith(t *testing.T, more func(d *Draft, i *Invoice)) *Book {
	t.Helper()
	d := NewDraft(&Book{})
	c := &Customer{Ref: "C001", Name: "Garage Tessonnier", Type: CompanyCustomer, Country: "FR"}
	d.Put(c)
	i := &Invoice{Customer: c.ID, Number: "FA-1", Issued: day.Add(-40), Due: day.Add(-10), Total: Euros(100000)}
	d.Put(i)
	if more != nil {
		more(d, i)
	}
	return d.Next()
}

func TestOpenFollowsTheRegisterRule(t *testing.T) {
	pay := func(d *Draft, i *Invoice, on Date, cents int64, above ImportID) {
		d.Put(&Payment{Customer: i.Customer, On: on, Amount: Euros(cents), Allocations: []Allocation{{i.ID, cents, above}}})
	}
	for name, c := range map[string]struct {
		more func(d *Draft, i *Invoice)
		open int64
	}{
		"nothing paid":   {nil, 100000},
		"paid in part":   {func(d *Draft, i *Invoice) { pay(d, i, day, 40000, 0) }, 60000},
		"register alone": {func(d *Draft, i *Invoice) { i.RegisterPaid, i.RegisterDay = 30000, day.Add(-5) }, 70000},
		"register includes the receipt": {func(d *Draft, i *Invoice) {
			i.RegisterPaid, i.RegisterDay = 30000, day
			pay(d, i, day.Add(-3), 30000, 0)
		}, 70000},
		"receipt after the register": {func(d *Draft, i *Invoice) {
			i.RegisterPaid, i.RegisterDay = 30000, day.Add(-5)
			pay(d, i, day, 20000, 0)
		}, 50000},
		"entered above the register": {func(d *Draft, i *Invoice) {
			i.RegisterPaid, i.RegisterDay, i.RegisterImport = 30000, day, 3
			pay(d, i, day, 20000, 3)
		}, 50000},
		"a newer register includes it": {func(d *Draft, i *Invoice) {
			i.RegisterPaid, i.RegisterDay, i.RegisterImport = 50000, day, 4
			pay(d, i, day, 20000, 3)
		}, 50000},
		"the bank knows more": {func(d *Draft, i *Invoice) {
			i.RegisterPaid, i.RegisterDay = 10000, day
			pay(d, i, day.Add(-1), 60000, 0)
		}, 40000},
		"a payment of tomorrow": {func(d *Draft, i *Invoice) { pay(d, i, day.Add(1), 40000, 0) }, 100000},
		"written off in part":   {func(d *Draft, i *Invoice) { d.Put(&WriteOff{Invoice: i.ID, On: day, Amount: Euros(500)}) }, 99500},
	} {
		b := bookWith(t, c.more)
		if got := b.Standings(day).Of(1).Open; got != c.open {
			t.Errorf("%s: %d open, want %d", name, got, c.open)
		}
	}
}

func TestSituations(t *testing.T) {
	for name, c := range map[string]struct {
		more func(d *Draft, i *Invoice)
		want Situation
	}{
		"late":           {nil, Late},
		"61 days late":   {func(d *Draft, i *Invoice) { i.Due = day.Add(-61) }, VeryLate},
		"60 days late":   {func(d *Draft, i *Invoice) { i.Due = day.Add(-60) }, Late},
		"due today":      {func(d *Draft, i *Invoice) { i.Due = day }, DueSoon},
		"due in 7 days":  {func(d *Draft, i *Invoice) { i.Due = day.Add(7) }, DueSoon},
		"due in 8 days":  {func(d *Draft, i *Invoice) { i.Due = day.Add(8) }, NotDue},
		"no due date":    {func(d *Draft, i *Invoice) { i.Due = 0 }, NoDueDate},
		"disputed":       {func(d *Draft, i *Invoice) { d.Put(&Dispute{Invoice: i.ID, Opened: day}) }, Disputed},
		"dispute closed": {func(d *Draft, i *Invoice) { d.Put(&Dispute{Invoice: i.ID, Opened: day.Add(-9), Closed: day}) }, Late},
		"promised": {func(d *Draft, i *Invoice) {
			d.Put(&Promise{Customer: 1, Made: day.Add(-1), Due: day, Amount: Euros(100)})
		}, Promised},
		"promise broken": {func(d *Draft, i *Invoice) {
			d.Put(&Promise{Customer: 1, Made: day.Add(-9), Due: day.Add(-1), Amount: Euros(100)})
		}, PromiseBroken},
		"promise kept in part": {func(d *Draft, i *Invoice) {
			d.Put(&Promise{Customer: 1, Made: day.Add(-9), Due: day.Add(-1), Amount: Euros(1000)})
			d.Put(&Payment{Customer: 1, On: day.Add(-5), Amount: Euros(100), Allocations: []Allocation{{Invoice: i.ID, Amount: 100}}})
		}, Late},
		"given up": {func(d *Draft, i *Invoice) { d.Put(&WriteOff{Invoice: i.ID, On: day, Amount: Euros(100000)}) }, WrittenOff},
		"settled": {func(d *Draft, i *Invoice) {
			d.Put(&Payment{Customer: 1, On: day.Add(-5), Amount: Euros(100000), Allocations: []Allocation{{Invoice: i.ID, Amount: 100000}}})
		}, Settled},
		"credit note": {func(d *Draft, i *Invoice) { i.CreditNote, i.Total = true, Euros(-5000) }, CreditToUse},
	} {
		if got := bookWith(t, c.more).Standings(day).Of(1).Situation; got != c.want {
			t.Errorf("%s: situation %d, want %d", name, got, c.want)
		}
	}
}

func TestPay(t *testing.T) {
	b := bookWith(t, nil)
	for _, c := range []struct {
		amount Money
		code   string
	}{
		{Euros(0), "payment_amount"}, {Euros(-1), "payment_amount"}, {Euros(100001), "payment_too_high"},
		{Money{100, CHF}, "currency_differs"}, {Euros(100000), ""}, {Euros(1), ""},
	} {
		d := NewDraft(b)
		if _, err := Pay(d, 1, day, c.amount, Cheque, ""); CodeOf(err) != c.code {
			t.Errorf("paying %s: %v, want %q", c.amount, err, c.code)
		}
	}
	d := NewDraft(b)
	if _, err := Pay(d, 1, day, Euros(60000), Cheque, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := Pay(d, 1, day, Euros(50000), Cheque, ""); CodeOf(err) != "payment_too_high" {
		t.Errorf("the second payment of one draft sees the first: %v", err)
	}
}

// TestSumsNeverDrift pays, writes off and takes back at random: what is open always lies between
// nothing and the total, and the buckets always make the balance.
func TestSumsNeverDrift(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	d := NewDraft(&Book{})
	for c := range 5 {
		d.Put(&Customer{Ref: string(rune('A' + c)), Name: "x", Country: "FR"})
	}
	for n := range 60 {
		m := Euros(int64(r.IntN(500000) + 1))
		i := &Invoice{Customer: CustomerID(n%5 + 1), Number: "F", Issued: day.Add(-r.IntN(300)), Total: m, Due: day.Add(60 - r.IntN(200))}
		if n%10 == 0 {
			i.CreditNote, i.Total = true, m.Neg()
		}
		if n%7 == 0 {
			i.Total.Currency = CHF
		}
		if n%3 == 0 && !i.CreditNote && m.Minor > 2 {
			i.Instalments = []Instalment{{i.Due, m.Minor / 3}, {i.Due.Add(30), m.Minor - m.Minor/3}}
		}
		d.Put(i)
	}
	b := d.Next()
	for range 600 {
		d := NewDraft(b)
		id := InvoiceID(r.IntN(60) + 1)
		amount := Money{int64(r.IntN(200000)), b.Invoice(id).Total.Currency}
		switch r.IntN(3) {
		case 0:
			Pay(d, id, day.Add(-r.IntN(50)), amount, Transfer, "")
		case 1:
			GiveUp(d, id, day, amount, "")
		case 2:
			if k := uint32(r.IntN(int(b.Last(KindPayment)) + 1)); b.Record(KindPayment, k) != nil {
				d.Delete(KindPayment, k)
			}
		}
		b = d.Next()
		check(t, b)
	}
}

func check(t *testing.T, b *Book) {
	t.Helper()
	s := b.Standings(day)
	owed := Sums{}
	for i := range b.Invoices.All() {
		st := s.Of(i.ID)
		if !i.CreditNote && (st.Open < 0 || st.Open > i.Total.Minor) {
			t.Fatalf("invoice %d of %s has %d open", i.ID, i.Total, st.Open)
		}
		owed.Add(Money{st.Open, i.Total.Currency})
	}
	buckets, customers := Sums{}, Sums{}
	for _, a := range b.Ageings(s) {
		buckets.Add(a.Total())
	}
	for _, c := range b.Summaries(s) {
		for _, m := range c.Owed.List() {
			customers.Add(m)
		}
	}
	for _, m := range owed.List() {
		if buckets[m.Currency] != m.Minor || customers[m.Currency] != m.Minor {
			t.Fatalf("owed %s, buckets %d, customers %d", m, buckets[m.Currency], customers[m.Currency])
		}
	}
}

// A payment that comes back keeps no promise, be it after the day promised; what was paid and stayed does.
func TestReturnedPaymentKeepsNoPromise(t *testing.T) {
	pay := func(on Date, cents int64, invoices ...InvoiceID) *Payment {
		p := &Payment{Customer: 1, On: on, Amount: Euros(cents)}
		for _, i := range invoices {
			p.Allocations = append(p.Allocations, Allocation{Invoice: i, Amount: cents})
		}
		return p
	}
	for name, c := range map[string]struct {
		payments []*Payment
		want     PromiseState
		open     int64
	}{
		"it stayed":             {[]*Payment{pay(day-6, 100000, 1)}, PromiseKept, 0},
		"it came back":          {[]*Payment{pay(day-6, 100000, 1), pay(day-2, -100000, 1)}, PromiseNotKept, 100000},
		"it came back in time":  {[]*Payment{pay(day-7, 100000, 1), pay(day-6, -100000, 1)}, PromiseNotKept, 100000},
		"it comes back later":   {[]*Payment{pay(day-6, 100000, 1), pay(day+1, -100000, 1)}, PromiseKept, 0},
		"paid again, too late":  {[]*Payment{pay(day-6, 100000, 1), pay(day-2, -100000, 1), pay(day-1, 100000, 1)}, PromiseNotKept, 0},
		"the second came back":  {[]*Payment{pay(day-6, 100000, 1), pay(day-2, 100000, 1), pay(day-1, -100000, 1)}, PromiseKept, 0},
		"a part came back":      {[]*Payment{pay(day-7, 40000, 1), pay(day-6, 60000, 1), pay(day-2, -60000, 1)}, PromiseKeptInPart, 60000},
		"an advance came back":  {[]*Payment{pay(day-6, 100000), pay(day-2, -100000)}, PromiseNotKept, 100000},
		"a refund of something": {[]*Payment{pay(day-6, 100000, 1), pay(day-2, -30000, 2)}, PromiseKept, 0},
	} {
		b := bookWith(t, func(d *Draft, i *Invoice) {
			d.Put(&Invoice{Customer: 1, Number: "AV-2", CreditNote: true, Issued: day - 30, Total: Euros(-30000)})
			d.Put(&Promise{Customer: 1, Made: day - 9, Due: day - 5, Amount: Euros(100000), Invoices: []InvoiceID{1}})
			for _, p := range c.payments {
				d.Put(p)
			}
		})
		if got := b.Judge(b.Promises.Get(1), day); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		s := b.Standings(day)
		st := s.Of(1)
		if st.Open != c.open {
			t.Errorf("%s: %d open, want %d", name, st.Open, c.open)
		}
		if broken := st.Situation == PromiseBroken; broken != (c.want == PromiseNotKept && c.open > 0) {
			t.Errorf("%s: the invoice's situation is %v", name, st.Situation)
		}
		told := slices.ContainsFunc(b.Events(1, s), func(e Event) bool { return e.Kind == EventPromiseBroken && e.On == day-4 })
		if told != (c.want == PromiseNotKept) {
			t.Errorf("%s: the broken promise is told: %v", name, told)
		}
	}
}
