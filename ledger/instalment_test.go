package ledger

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// inParts makes the invoice of 1 000,00 € payable 200 ten days ago, 300 in twenty days and 500 in fifty.
func inParts(i *Invoice) {
	i.Instalments = []Instalment{{day.Add(-10), 20000}, {day.Add(20), 30000}, {day.Add(50), 50000}}
}

func TestStandingOfParts(t *testing.T) {
	paid := func(cents int64) func(d *Draft, i *Invoice) {
		return func(d *Draft, i *Invoice) { i.RegisterPaid, i.RegisterDay = cents, day.Add(-20) }
	}
	for name, c := range map[string]struct {
		more     func(d *Draft, i *Invoice)
		after    int // days after day
		overdue  int64
		due      int // days after day
		daysLate int
		want     Situation
	}{
		"on the first due date":              {nil, -10, 0, -10, 0, DueSoon},
		"the day after":                      {nil, -9, 20000, -10, 1, Late},
		"between two parts":                  {nil, 0, 20000, -10, 10, Late},
		"the first paid":                     {paid(20000), 0, 0, 20, 0, NotDue},
		"the first paid in part":             {paid(5000), 0, 15000, -10, 10, Late},
		"the first and some more paid":       {paid(30000), 0, 0, 20, 0, NotDue},
		"the second soon":                    {paid(20000), 14, 0, 20, 0, DueSoon},
		"the second late":                    {paid(30000), 21, 20000, 20, 1, Late},
		"two late":                           {nil, 21, 50000, -10, 31, Late},
		"all late":                           {nil, 51, 100000, -10, 61, VeryLate},
		"only the last late":                 {paid(60000), 51, 40000, 50, 1, Late},
		"all paid":                           {paid(100000), 60, 0, 50, 0, Settled},
		"what is given up counts like money": {func(d *Draft, i *Invoice) { d.Put(&WriteOff{Invoice: i.ID, On: day, Amount: Euros(20000)}) }, 0, 0, 20, 0, NotDue},
		"a payment that comes later": {func(d *Draft, i *Invoice) {
			d.Put(&Payment{Customer: 1, On: day.Add(1), Amount: Euros(20000), Allocations: []Allocation{{Invoice: i.ID, Amount: 20000}}})
		}, 0, 20000, -10, 10, Late},
	} {
		b := bookWith(t, func(d *Draft, i *Invoice) {
			inParts(i)
			if c.more != nil {
				c.more(d, i)
			}
		})
		st := b.Standings(day.Add(c.after)).Of(1)
		if st.Overdue != c.overdue || st.Due != day.Add(c.due) || st.DaysLate != c.daysLate || st.Situation != c.want {
			t.Errorf("%s: %d overdue, due %s, %d days late, situation %d", name, st.Overdue, st.Due, st.DaysLate, st.Situation)
		}
	}
}

// What is due is late, due soon and of an age part by part.
func TestFiguresOfParts(t *testing.T) {
	b := bookWith(t, func(d *Draft, i *Invoice) { inParts(i) })
	s := b.Standings(day.Add(14))
	f, sum := b.Figures(s), b.Summary(1, s)
	if f.Owed[EUR] != 100000 || f.Overdue[EUR] != 20000 || f.OverdueCount != 1 || f.DueSoon[EUR] != 30000 || f.DueSoonCount != 1 {
		t.Errorf("%+v", f)
	}
	if sum.Owed[EUR] != 100000 || sum.Overdue[EUR] != 20000 || sum.MaxDaysLate != 24 || sum.Situation != Late {
		t.Errorf("%+v", sum)
	}
	if a := b.Ageings(b.Standings(day.Add(100)))[0]; a.Amounts != [bucketCount]int64{Bucket60: 50000, Bucket90: 30000, BucketOlder: 20000} {
		t.Errorf("%+v", a)
	}
	if a := b.Ageings(s)[0]; a.Amounts != [bucketCount]int64{BucketNotDue: 80000, Bucket30: 20000} {
		t.Errorf("%+v", a)
	}
	fell := []Event{}
	for _, e := range b.Events(1, b.Standings(day.Add(30))) {
		if e.Kind == EventFellDue {
			fell = append(fell, e)
		}
	}
	if len(fell) != 2 || fell[0].On != day.Add(21) || fell[0].Amount != Euros(30000) || fell[1].On != day.Add(-9) || fell[1].Amount != Euros(20000) {
		t.Errorf("%+v", fell)
	}
}

// Who pays each part on its day pays on time.
func TestHabitOfParts(t *testing.T) {
	b := bookWith(t, func(d *Draft, i *Invoice) {
		inParts(i)
		for _, p := range i.Instalments {
			d.Put(&Payment{Customer: 1, On: p.Due, Amount: Euros(p.Amount), Allocations: []Allocation{{Invoice: i.ID, Amount: p.Amount}}})
		}
	})
	if sum := b.Summary(1, b.Standings(day.Add(60))); sum.HabitCount != 1 || sum.HabitDays != 0 || sum.WorstDays != 0 {
		t.Errorf("%+v", sum)
	}
}

// TestPartsMakeTheWhole pays invoices in parts at random. On any day what is left of the parts makes what
// is open, nothing is left of a part while an earlier one is open in full, and what is overdue is what
// has fallen due less all that came in.
func TestPartsMakeTheWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	for range 3000 {
		i := randomParts(r)
		open := r.Int64N(i.Total.Minor + 1)
		on := day.Add(r.IntN(200) - 100)
		st := Standing{Open: open}
		st.settle(i, on)
		sum, fallen := int64(0), int64(0)
		for p, left := range i.Parts(open) {
			if left < 0 || left > p.Amount || (sum > 0 && left < p.Amount) {
				t.Fatalf("%+v with %d open: %d left of %+v", i.Instalments, open, left, p)
			}
			sum += left
			if p.Due < on {
				fallen += p.Amount
			}
		}
		if want := max(0, fallen-(i.Total.Minor-open)); sum != open || st.Overdue != want || (st.DaysLate > 0) != (want > 0) || st.Asked() > open {
			t.Fatalf("%+v with %d open on %s: %d left, %+v", i.Instalments, open, on, sum, st)
		}
	}
}

func randomParts(r *rand.Rand) *Invoice {
	i := &Invoice{Number: "F", Issued: day.Add(-200)}
	due := day.Add(-r.IntN(100))
	for range 2 + r.IntN(4) {
		p := Instalment{due, 1 + r.Int64N(100000)}
		i.Instalments = append(i.Instalments, p)
		i.Total = i.Total.Add(Euros(p.Amount))
		due = due.Add(1 + r.IntN(40))
	}
	i.Due = i.Instalments[0].Due
	return i
}

func TestFitInstalments(t *testing.T) {
	for name, c := range map[string]struct {
		change func(i *Invoice)
		want   []Instalment
	}{
		"nothing changed":      {func(i *Invoice) {}, []Instalment{{day.Add(-10), 20000}, {day.Add(20), 30000}, {day.Add(50), 50000}}},
		"another due date":     {func(i *Invoice) { i.Due = day }, []Instalment{{day, 20000}, {day.Add(20), 30000}, {day.Add(50), 50000}}},
		"more":                 {func(i *Invoice) { i.Total = Euros(110000) }, []Instalment{{day.Add(-10), 20000}, {day.Add(20), 30000}, {day.Add(50), 60000}}},
		"less":                 {func(i *Invoice) { i.Total = Euros(90000) }, []Instalment{{day.Add(-10), 20000}, {day.Add(20), 30000}, {day.Add(50), 40000}}},
		"less by a part":       {func(i *Invoice) { i.Total = Euros(50000) }, []Instalment{{day.Add(-10), 20000}, {day.Add(20), 30000}}},
		"less by some more":    {func(i *Invoice) { i.Total = Euros(40000) }, []Instalment{{day.Add(-10), 20000}, {day.Add(20), 20000}}},
		"no more than one":     {func(i *Invoice) { i.Total = Euros(20000) }, nil},
		"without due date":     {func(i *Invoice) { i.Due = 0 }, nil},
		"now a credit note":    {func(i *Invoice) { i.CreditNote, i.Total = true, Euros(-100000) }, nil},
		"never had any":        {func(i *Invoice) { i.Instalments = nil }, nil},
		"parts made of no sum": {func(i *Invoice) { i.Total = Euros(0) }, nil},
	} {
		was := &Invoice{Due: day.Add(-10), Total: Euros(100000)}
		inParts(was)
		i := Clone(was)
		c.change(i)
		i.FitInstalments()
		if !slices.Equal(i.Instalments, c.want) {
			t.Errorf("%s: %+v", name, i.Instalments)
		}
		if e := i.checkInstalments(); e != nil {
			t.Errorf("%s: %v", name, e)
		}
		if was.Instalments[0] != (Instalment{day.Add(-10), 20000}) || was.Instalments[2].Amount != 50000 {
			t.Fatalf("%s: the record itself was changed", name)
		}
	}
}

func TestWrongInstalments(t *testing.T) {
	for name, c := range map[string]struct {
		change func(i *Invoice)
		code   string
	}{
		"right":                    {func(i *Invoice) {}, ""},
		"another sum":              {func(i *Invoice) { i.Instalments[1].Amount++ }, "instalments_sum"},
		"one alone":                {func(i *Invoice) { i.Instalments = []Instalment{{i.Due, 100000}} }, "instalments_sum"},
		"a part of nothing":        {func(i *Invoice) { i.Instalments[0].Amount, i.Instalments[1].Amount = 0, 50000 }, "instalments_sum"},
		"a part of the other sign": {func(i *Invoice) { i.Instalments[0].Amount, i.Instalments[1].Amount = -1, 50001 }, "instalments_sum"},
		"not in order":             {func(i *Invoice) { i.Instalments[1].Due = day.Add(51) }, "instalments_order"},
		"two of one day":           {func(i *Invoice) { i.Instalments[1].Due = day.Add(50) }, "instalments_order"},
		"not from the due date":    {func(i *Invoice) { i.Due = day.Add(-11) }, "instalments_order"},
		"without due date":         {func(i *Invoice) { i.Due, i.Instalments[0].Due = 0, 0 }, "instalments_order"},
		"of a credit note":         {func(i *Invoice) { i.CreditNote, i.Total = true, Euros(-100000) }, "instalments_sum"},
	} {
		d := NewDraft(bookWith(t, nil))
		i := Clone(d.Invoice(1))
		inParts(i)
		c.change(i)
		d.Put(i)
		if got := CodeOf(d.Check()); got != c.code {
			t.Errorf("%s: %q, want %q", name, got, c.code)
		}
		found := ""
		for _, e := range CheckInvoice(d, i) {
			if e.Args["field"] == "due" {
				found = e.Code
			}
		}
		if found != c.code {
			t.Errorf("%s: the form says %q, want %q", name, found, c.code)
		}
	}
}
