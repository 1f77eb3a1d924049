package followup

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"quitus/assets/scenarios"
	"quitus/ledger"
)

// year is a year of a company with 300 customers, who pay, promise, contest and forget as they like, and of its owner, who does
// what the agenda says on most days.
type year struct {
	t     *testing.T
	r     *rand.Rand
	book  *ledger.Book
	draft *ledger.Draft
	on    ledger.Date
	last  map[ledger.CustomerID]ledger.Date // of the last contact that counts
	level map[ledger.InvoiceID]int
	done  int
}

func newYear(t *testing.T, seed uint64) *year {
	y := &year{t: t, r: rand.New(rand.NewPCG(seed, 1)), book: &ledger.Book{}, last: map[ledger.CustomerID]ledger.Date{}, level: map[ledger.InvoiceID]int{}}
	y.write(func(d *ledger.Draft) {
		for k := range 300 {
			c := &ledger.Customer{Ref: fmt.Sprintf("C%03d", k+1), Name: fmt.Sprint("Client ", k), Type: ledger.CustomerKinds[y.r.IntN(10)/7*y.r.IntN(4)], Country: "FR"}
			if k%29 == 0 {
				c.Scenario = []string{"Préventif", "Grand compte", ledger.NoScenario}[y.r.IntN(3)]
			}
			if k%50 > 40 {
				c.Manager = ledger.CustomerID(k/50*50 + 1)
			}
			d.Put(c)
		}
	})
	return y
}

func (y *year) write(f func(*ledger.Draft)) {
	d := ledger.NewDraft(y.book)
	f(d)
	y.book = d.Next()
}

// live lets a day's business happen: new invoices, payments, promises, disputes, credit notes, an insolvency now and then.
func (y *year) live() {
	y.write(func(d *ledger.Draft) {
		for range 3 + y.r.IntN(4) {
			c := ledger.CustomerID(1 + y.r.IntN(300))
			n := y.book.Invoices.Cap() + 1
			i := &ledger.Invoice{Customer: c, Number: fmt.Sprintf("F%d-%d", n, y.r.IntN(1e6)), Issued: y.on, Due: y.on + ledger.Date(10+y.r.IntN(50)), Total: ledger.Euros(int64(100 + y.r.IntN(500000)))}
			switch y.r.IntN(40) {
			case 0:
				i.CreditNote, i.Total.Minor = true, -i.Total.Minor/3-1
			case 1:
				i.Due = 0
			case 2:
				i.Instalments = []ledger.Instalment{{Due: i.Due, Amount: i.Total.Minor / 2}, {Due: i.Due + 90, Amount: i.Total.Minor - i.Total.Minor/2}}
			}
			d.Put(i)
		}
	})
	st := y.book.Standings(y.on)
	y.write(func(d *ledger.Draft) {
		for i := range y.book.Invoices.All() {
			s := st.Of(i.ID)
			if s.Open <= 0 || i.CreditNote {
				continue
			}
			switch y.r.IntN(400) {
			case 0, 1, 2, 3, 4, 5, 6, 7:
				d.Put(&ledger.Payment{Customer: i.Customer, On: y.on, Amount: ledger.Euros(s.Open), Allocations: []ledger.Allocation{{Invoice: i.ID, Amount: s.Open}}})
			case 8:
				part := s.Open/2 + 1
				d.Put(&ledger.Payment{Customer: i.Customer, On: y.on, Amount: ledger.Euros(part), Allocations: []ledger.Allocation{{Invoice: i.ID, Amount: part}}})
			case 9, 10, 11:
				d.Put(&ledger.Promise{Customer: i.Customer, Made: y.on, Due: y.on + ledger.Date(y.r.IntN(20)), Amount: ledger.Euros(s.Open), Invoices: []ledger.InvoiceID{i.ID}})
			case 12:
				d.Put(&ledger.Dispute{Invoice: i.ID, Opened: y.on, Reason: ledger.FaultyGoods, Amount: int64(y.r.IntN(2)) * (s.Open / 3)})
			case 13:
				if y.r.IntN(20) == 0 {
					c := ledger.Clone(y.book.Customer(i.Customer))
					c.Insolvent = y.on
					d.Put(c)
				}
			case 14:
				d.Put(&ledger.Plan{Customer: i.Customer, Made: y.on, Currency: ledger.EUR, Invoices: []ledger.InvoiceID{i.ID}, Instalments: []ledger.Instalment{{Due: y.on + 15, Amount: s.Open - s.Open/2}, {Due: y.on + 45, Amount: s.Open / 2}}})
			}
		}
		for x := range y.book.Disputes.All() {
			if x.Closed == 0 && y.r.IntN(30) == 0 {
				x = ledger.Clone(x)
				x.Closed = y.on
				d.Put(x)
			}
		}
	})
}

func (y *year) plan() *Agenda {
	return Plan(&World{Book: y.book, Standings: y.book.Standings(y.on), Scenarios: scenarios.BuiltIn(), Usual: scenarios.Usual})
}

// check holds the day's agenda against what must never be wrong.
func (y *year) check(a *Agenda) {
	st := y.book.Standings(y.on)
	accounted := map[ledger.InvoiceID]string{}
	for _, w := range a.Waiting {
		accounted[w.Invoice] = w.Reason.Code
	}
	names := map[string]bool{}
	for _, list := range [][]Task{a.Tasks, a.Later, a.Put} {
		for k := range list {
			t := &list[k]
			if names[t.Name] {
				y.t.Errorf("%v: two tasks %s", y.on, t.Name)
			}
			names[t.Name] = true
			y.checkTask(t, st)
			for _, l := range t.Lines {
				accounted[l.Invoice] = "task"
			}
		}
	}
	for i := range y.book.Invoices.All() {
		if s := st.Of(i.ID); s.Open > 0 && !i.CreditNote && s.DaysLate > 0 && accounted[i.ID] == "" {
			y.t.Errorf("%v: %s is late and forgotten: %+v", y.on, i.Number, s)
		}
	}
	ready := 0
	for k := range a.Tasks {
		if t := &a.Tasks[k]; t.ruled && t.urgent == 0 && t.Due < y.on {
			ready++
		}
	}
	if ready > 10 {
		y.t.Errorf("%v: %d tasks that were missed, all today", y.on, ready)
	}
}

func (y *year) checkTask(t *Task, st *ledger.Standings) {
	bad := func(what string) { y.t.Errorf("%v: %s %s: %s", y.on, t.Name, t.Step, what) }
	if t.Due > y.on {
		bad("before its day")
	}
	if len(t.Why) == 0 {
		bad("no reason")
	}
	own := t.Step == StepDispute || t.Step == StepDocument || t.Step == StepInsolvency
	c := y.book.Customer(t.Customer)
	if c.Insolvent != 0 && !own && c.Manager == 0 && t.Lines[0].Level > 0 && y.book.Invoice(t.Lines[0].Invoice).Customer == t.Customer {
		bad("in insolvency proceedings")
	}
	if last := y.last[t.Customer]; t.Channel.Reaches() && !t.Agreed && last != 0 && y.on-last < 4 {
		bad(fmt.Sprint("too soon after ", last))
	}
	for _, l := range t.Lines {
		s := st.Of(l.Invoice)
		switch {
		case s.Open <= 0:
			bad("nothing is open")
		case own:
		case l.Open <= 0 || l.Open > s.Open-s.Contested:
			bad(fmt.Sprint("asks for ", l.Open, " of ", s.Open, ", contested ", s.Contested))
		case s.PromisedBy != 0:
			bad("promised or planned")
		}
		if l.Level == 0 {
			continue
		}
		i := y.book.Invoice(l.Invoice)
		if before := y.level[l.Invoice]; len(i.Instalments) == 0 && l.Level <= before {
			bad(fmt.Sprintf("level %d after %d", l.Level, before))
		}
		for k := range 30 { // a level is passed over only where it does not concern the customer, is optional, or comes before the due date
			skipped := y.level[l.Invoice] + 1 + k
			if skipped >= l.Level || len(i.Instalments) > 0 {
				break
			}
			if sc := y.scenario(i, l.Step); sc != nil {
				if x := sc.StepAt(skipped); x != nil && !x.Optional && x.Days >= 0 && x.Habit != ledger.HabitLate && len(x.Kinds) == 0 {
					bad(fmt.Sprintf("%s: level %d is skipped for %d", i.Number, skipped, l.Level))
				}
			}
		}
	}
}

// scenario finds the scenario that a step belongs to.
func (y *year) scenario(_ *ledger.Invoice, step *ledger.ScenarioStep) *ledger.Scenario {
	for _, s := range scenarios.BuiltIn() {
		if s.StepAt(step.Level) == step {
			return s
		}
	}
	return nil
}

// work does the day's tasks, but for those that the owner has no time for.
func (y *year) work(a *Agenda) {
	y.write(func(d *ledger.Draft) {
		for _, t := range a.Tasks {
			if y.r.IntN(8) == 0 {
				continue
			}
			x := &ledger.Action{Customer: t.Customer, On: y.on, Step: t.Step, Channel: t.Channel, Agreed: t.Agreed}
			if t.Model == "formal_notice" {
				x.Deadline = y.on + 10
			}
			for _, l := range t.Lines {
				x.Lines = append(x.Lines, ledger.ActionLine{Invoice: l.Invoice, Level: l.Level})
				y.level[l.Invoice] = max(y.level[l.Invoice], l.Level)
			}
			d.Put(x)
			y.done++
			if t.Channel.Reaches() && !t.Agreed {
				y.last[t.Customer] = y.on
			}
		}
	})
}

func TestYear(t *testing.T) {
	seeds := 2
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		y := newYear(t, uint64(seed))
		reached := map[string]int{}
		for day := range 365 {
			y.on = ledger.Day(2026, 1, 1).Add(day)
			y.live()
			if y.r.IntN(9) == 0 {
				continue // a day off: nobody looks
			}
			a := y.plan()
			y.check(a)
			for _, x := range a.Tasks {
				reached[x.Step]++
			}
			y.work(a)
			if t.Failed() {
				t.FailNow()
			}
			for _, x := range y.plan().Tasks { // nothing that was done comes back on the same day
				for _, o := range a.Tasks {
					if x.Name == o.Name && len(x.Lines) > 0 && len(o.Lines) > 0 && x.Step == o.Step && x.Level < o.Level {
						t.Fatalf("%v: %s went back", y.on, x.Name)
					}
				}
			}
		}
		for _, step := range []string{"check_invoice", "first_reminder", "call", "second_reminder", "second_call", "formal_notice", "handover", StepPromiseBroken, StepPlanMissed, StepPlanLapse, StepPlanEnd, StepDispute, StepInsolvency} {
			if reached[step] == 0 {
				t.Errorf("seed %d: no %s in a year: %v", seed, step, reached)
			}
		}
		t.Logf("seed %d: %d tasks done, %v", seed, y.done, reached)
	}
}

// BenchmarkAgenda is the agenda of 20,000 open invoices of 4,000 customers, with as many letters and promises as they bring.
func BenchmarkAgenda(b *testing.B) {
	d := ledger.NewDraft(&ledger.Book{})
	r := rand.New(rand.NewPCG(1, 2))
	on := ledger.Day(2026, 6, 1)
	for k := range 4000 {
		d.Put(&ledger.Customer{Ref: fmt.Sprint("C", k+1), Name: fmt.Sprint("Client ", k), Country: "FR"})
	}
	for k := range 20000 {
		due := on + ledger.Date(r.IntN(120)-100)
		d.Put(&ledger.Invoice{Customer: ledger.CustomerID(1 + r.IntN(4000)), Number: fmt.Sprint("F", k), Issued: due - 30, Due: due, Total: ledger.Euros(int64(1000 + r.IntN(1e6)))})
	}
	for i := range d.Next().Invoices.All() {
		switch r.IntN(4) {
		case 0:
			d.Put(&ledger.Action{Customer: i.Customer, On: min(i.Due+3, on-10), Step: "first_reminder", Channel: ledger.ChannelEmail, Lines: []ledger.ActionLine{{Invoice: i.ID, Level: 2}}})
		case 1:
			if r.IntN(5) == 0 {
				d.Put(&ledger.Promise{Customer: i.Customer, Made: on - 5, Due: on + ledger.Date(r.IntN(10)-5), Amount: i.Total, Invoices: []ledger.InvoiceID{i.ID}})
			}
		}
	}
	book := d.Next()
	b.ReportAllocs()
	for b.Loop() {
		a := Plan(&World{Book: book, Standings: book.Standings(on), Scenarios: scenarios.BuiltIn(), Usual: scenarios.Usual})
		if len(a.Tasks)+len(a.Later) < 500 {
			b.Fatal(len(a.Tasks), len(a.Later))
		}
	}
}
