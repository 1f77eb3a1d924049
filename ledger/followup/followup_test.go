package followup

import (
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
)

// world builds books for tests: one customer C1, unless more are put.
type world struct {
	t         *testing.T
	book      *ledger.Book
	scenarios []*ledger.Scenario
}

func step(level int, name string, days int, channel ledger.Channel) ledger.ScenarioStep {
	s := ledger.ScenarioStep{Level: level, Step: name, After: ledger.AfterDue, Days: days, Channel: channel}
	if strings.HasSuffix(name, "reminder") || name == "formal_notice" {
		s.Model = name
	}
	return s
}

// plain has no house rules: each level is due on its day.
func plain() *ledger.Scenario {
	return &ledger.Scenario{Name: "Essai", Calendar: ledger.AllDays, Country: "FR", Steps: []ledger.ScenarioStep{
		step(1, "first_reminder", 3, ledger.ChannelEmail), step(2, "call", 8, ledger.ChannelPhone),
		step(3, "second_reminder", 15, ledger.ChannelLetter), step(4, "formal_notice", 30, ledger.ChannelRegistered),
		step(5, "handover", 45, ledger.ChannelTask),
	}}
}

func newWorld(t *testing.T, s *ledger.Scenario) *world {
	w := &world{t: t, book: &ledger.Book{}, scenarios: []*ledger.Scenario{s}}
	w.put(&ledger.Customer{Ref: "C1", Name: "Dupont", Type: ledger.CompanyCustomer, Country: "FR"})
	return w
}

func (w *world) put(records ...ledger.Record) {
	w.t.Helper()
	d := ledger.NewDraft(w.book)
	for _, r := range records {
		d.Put(r)
	}
	if err := d.Check(); err != nil {
		w.t.Fatal(err)
	}
	w.book = d.Next()
}

var due = ledger.Day(2026, 6, 1) // a Monday

func (w *world) invoice(number string, due ledger.Date, cents int64) ledger.InvoiceID {
	i := &ledger.Invoice{Customer: 1, Number: number, Issued: due - 30, Due: due, Total: ledger.Euros(cents), CreditNote: cents < 0}
	w.put(i)
	return i.ID
}

func (w *world) plan(on ledger.Date) *Agenda {
	return Plan(&World{Book: w.book, Standings: w.book.Standings(on), Scenarios: w.scenarios, Usual: map[ledger.CustomerKind]string{ledger.CompanyCustomer: w.scenarios[0].Name}})
}

// do records a task as done.
func (w *world) do(t Task, on ledger.Date) {
	a := &ledger.Action{Customer: t.Customer, On: on, Step: t.Step, Channel: t.Channel, Agreed: t.Agreed}
	for _, l := range t.Lines {
		a.Lines = append(a.Lines, ledger.ActionLine{Invoice: l.Invoice, Level: l.Level})
	}
	if t.Model == "formal_notice" {
		a.Deadline = on + 10
	}
	w.put(a)
}

// say writes an agenda shortly: "phone/call 2: F1@2 F2@1".
func (w *world) say(tasks []Task) string {
	var out []string
	for _, t := range tasks {
		s := string(t.Channel) + "/" + t.Step
		for _, l := range t.Lines {
			s += " " + w.book.Invoice(l.Invoice).Number
			if l.Level > 0 {
				s += "@" + string('0'+rune(l.Level))
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func (w *world) want(on ledger.Date, want string) *Agenda {
	w.t.Helper()
	a := w.plan(on)
	if got := w.say(a.Tasks); got != want {
		w.t.Errorf("%v: %q, want %q (waiting %v)", on, got, want, a.Waiting)
	}
	return a
}

// waits checks why nothing is done about the first invoice.
func (w *world) waits(on ledger.Date, code string) {
	w.t.Helper()
	a := w.want(on, "")
	if len(a.Waiting) == 0 || a.Waiting[0].Reason.Code != code {
		w.t.Errorf("%v: waits for %v, want %s", on, a.Waiting, code)
	}
}

func TestLevelsGoUpOneAtATime(t *testing.T) {
	w := newWorld(t, plain())
	w.invoice("F1", due, 10000)
	w.waits(due+2, "not_yet")
	w.want(due+3, "email/first_reminder F1@1")
	a := w.want(due+50, "email/first_reminder F1@1") // the computer was off: still one level at a time
	if a.Tasks[0].Due != due+3 || a.Tasks[0].Amount != ledger.Euros(10000) || a.Tasks[0].DaysLate != 50 {
		t.Errorf("%+v", a.Tasks[0])
	}
	w.do(a.Tasks[0], due+50)
	w.waits(due+50, "not_yet") // not two levels on one day
	a = w.want(due+51, "phone/call F1@2")
	w.do(a.Tasks[0], due+51)
	a = w.want(due+52, "letter/second_reminder F1@3")
	w.do(a.Tasks[0], due+52)
	a = w.want(due+53, "registered_letter/formal_notice F1@4")
	w.do(a.Tasks[0], due+53)
	a = w.want(due+54, "task/handover F1@5") // the house rules are off: the notice's deadline does not hold it
	w.do(a.Tasks[0], due+54)
	w.waits(due+55, "handed_over")
}

func TestLetterMadeByHandIsALevel(t *testing.T) {
	w := newWorld(t, plain())
	id := w.invoice("F1", due, 10000)
	w.put(&ledger.Letter{Customer: 1, Model: "second_reminder", On: due + 4, Sent: due + 4, Amount: ledger.Euros(10000), Lines: []ledger.LetterLine{{Invoice: id, Open: 10000}}})
	w.want(due+31, "registered_letter/formal_notice F1@4")
}

func TestStepsBefore(t *testing.T) {
	w := newWorld(t, plain())
	id := w.invoice("F1", due, 10000)
	w.put(&ledger.Step{Customer: 1, Invoices: []ledger.InvoiceID{id}, Done: ledger.StepReminder, Times: 2, On: due + 20})
	w.want(due+31, "registered_letter/formal_notice F1@4")
	w.put(&ledger.Step{Customer: 1, Invoices: []ledger.InvoiceID{id}, Done: ledger.StepHandover, On: due + 32})
	w.waits(due+40, "handed_over")
}

func TestWhatIsNotRemindedOf(t *testing.T) {
	on := due + 10
	for code, change := range map[string]func(*world, ledger.InvoiceID){
		"disputed": func(w *world, id ledger.InvoiceID) {
			w.put(&ledger.Dispute{Invoice: id, Opened: due + 5, Reason: ledger.FaultyGoods})
		},
		"promised": func(w *world, id ledger.InvoiceID) {
			w.put(&ledger.Promise{Customer: 1, Made: due + 5, Due: due + 12, Amount: ledger.Euros(10000), Invoices: []ledger.InvoiceID{id}})
		},
		"planned": func(w *world, id ledger.InvoiceID) {
			w.put(&ledger.Plan{Customer: 1, Made: due + 5, Currency: ledger.EUR, Invoices: []ledger.InvoiceID{id}, Instalments: []ledger.Instalment{{Due: due + 20, Amount: 5000}, {Due: due + 50, Amount: 5000}}})
		},
		"no_scenario": func(w *world, id ledger.InvoiceID) {
			i := ledger.Clone(w.book.Invoice(id))
			i.Scenario = ledger.NoScenario
			w.put(i)
		},
		"do_not_contact": func(w *world, id ledger.InvoiceID) {
			c := ledger.Clone(w.book.Customer(1))
			c.DoNotContact = true
			w.put(c)
		},
		"credit_covers": func(w *world, id ledger.InvoiceID) { w.invoice("AV1", due, -10000) },
	} {
		w := newWorld(t, plain())
		id := w.invoice("F1", due, 10000)
		change(w, id)
		w.waits(on, code)
	}
	w := newWorld(t, plain())
	id := w.invoice("F1", due, 10000)
	w.put(&ledger.Payment{Customer: 1, On: due + 5, Amount: ledger.Euros(10000), Allocations: []ledger.Allocation{{Invoice: id, Amount: 10000}}})
	if a := w.want(on, ""); len(a.Waiting) != 0 {
		t.Error("a settled invoice waits for nothing")
	}
}

func TestUncontestedPartIsFollowed(t *testing.T) {
	w := newWorld(t, plain())
	id := w.invoice("F1", due, 10000)
	w.put(&ledger.Dispute{Invoice: id, Opened: due + 5, Reason: ledger.WrongAmount, Amount: 2500, By: due + 40})
	w.put(&ledger.Payment{Customer: 1, On: due + 5, Amount: ledger.Euros(1000), Allocations: []ledger.Allocation{{Invoice: id, Amount: 1000}}})
	a := w.want(due+10, "email/first_reminder F1@1")
	if a.Tasks[0].Amount != ledger.Euros(6500) {
		t.Error(a.Tasks[0].Amount)
	}
}

func TestCreditsAreNetted(t *testing.T) {
	w := newWorld(t, plain())
	w.invoice("F1", due, 10000)
	w.invoice("AV1", due, -3000)
	w.put(&ledger.Payment{Customer: 1, On: due + 1, Amount: ledger.Euros(1000)})
	a := w.want(due+3, "email/first_reminder F1@1")
	if a.Tasks[0].Amount != ledger.Euros(6000) || a.Tasks[0].Warnings[0].Code != "credit_deducted" {
		t.Errorf("%+v", a.Tasks[0])
	}
}

func TestOneMessageACustomer(t *testing.T) {
	s := plain()
	w := newWorld(t, s)
	w.invoice("F1", due, 10000)
	w.invoice("F2", due-1, 5000)
	w.invoice("F3", due-20, 2000)
	w.put(&ledger.Action{Customer: 1, On: due - 17, Step: "first_reminder", Channel: ledger.ChannelEmail, Lines: []ledger.ActionLine{{Invoice: 3, Level: 1}}})
	w.want(due+3, "email/first_reminder F1@1 F2@1; phone/call F3@2")
	s.LeastDays = 5 // with house rules one contact carries all
	a := w.want(due+3, "phone/call F3@2 F1@1 F2@1")
	if a.Tasks[0].Amount != ledger.Euros(17000) || a.Tasks[0].Level != 2 {
		t.Errorf("%+v", a.Tasks[0])
	}
	w.do(a.Tasks[0], due+3)
	w.invoice("F4", due, 900)
	w.waits(due+7, "not_yet")
	if a := w.plan(due + 7); a.Waiting[3].Reason.Code != "too_soon" {
		t.Error(a.Waiting)
	}
	w.want(due+8, "phone/call F1@2 F2@2 F3@3 F4@1")
}

func TestPromiseBroken(t *testing.T) {
	s := plain()
	w := newWorld(t, s)
	id := w.invoice("F1", due, 10000)
	w.do(w.plan(due + 3).Tasks[0], due+3)
	w.put(&ledger.Promise{Customer: 1, Made: due + 4, Due: due + 10, Amount: ledger.Euros(10000), Invoices: []ledger.InvoiceID{id}})
	w.waits(due+10, "promised")
	a := w.want(due+11, "phone/promise_broken F1; phone/call F1@2") // follow-up resumes where it was, beside the call
	if a.Tasks[0].Why[0].Code != "promise_broken" {
		t.Error(a.Tasks[0].Why)
	}
	s.LeastDays = 5
	a = w.want(due+11, "phone/promise_broken F1@2") // one call for both
	w.do(a.Tasks[0], due+11)
	w.want(due+16, "letter/second_reminder F1@3")
}

func TestPromiseKeptInPartStaysIn(t *testing.T) {
	w := newWorld(t, plain())
	id := w.invoice("F1", due, 10000)
	w.put(&ledger.Promise{Customer: 1, Made: due + 4, Due: due + 10, Amount: ledger.Euros(10000), Invoices: []ledger.InvoiceID{id}})
	w.put(&ledger.Payment{Customer: 1, On: due + 9, Amount: ledger.Euros(4000), Allocations: []ledger.Allocation{{Invoice: id, Amount: 4000}}})
	a := w.want(due+11, "phone/promise_broken F1; email/first_reminder F1@1")
	if a.Tasks[0].Why[0].Code != "promise_kept_in_part" || a.Tasks[0].Amount != ledger.Euros(6000) {
		t.Errorf("%+v", a.Tasks[0])
	}
}

func TestPlanMissed(t *testing.T) {
	w := newWorld(t, plain())
	id := w.invoice("F1", due, 10000)
	w.put(&ledger.Plan{Customer: 1, Made: due + 5, Currency: ledger.EUR, Invoices: []ledger.InvoiceID{id}, Instalments: []ledger.Instalment{{Due: due + 20, Amount: 5000}, {Due: due + 50, Amount: 5000}}})
	w.waits(due+20, "planned")
	a := w.want(due+21, "phone/plan_missed F1") // no reminder of the whole: it is not due while the plan runs
	if a.Tasks[0].Amount != ledger.Euros(5000) {
		t.Errorf("the call asks for %v", a.Tasks[0].Amount)
	}
	w.do(a.Tasks[0], due+21)
	w.waits(due+23, "plan_missed")
	a = w.want(due+24, "letter/plan_lapse F1")
	if a.Tasks[0].Amount != ledger.Euros(5000) || a.Tasks[0].Model != "plan_lapse" {
		t.Errorf("%+v", a.Tasks[0])
	}
	w.put(&ledger.Letter{Customer: 1, Model: "plan_lapse", Reference: "EC", On: due + 24, Sent: due + 24, Deadline: due + 34, Hash: "x", Amount: ledger.Euros(5000)})
	w.want(due+34, "")
	a = w.want(due+35, "task/plan_end F1")
	x := ledger.Clone(a.Tasks[0].Record.(*ledger.Plan))
	x.End, x.Ended = ledger.PlanLapsed, due+35
	w.put(x)
	if a = w.plan(due + 60); len(a.Tasks) == 0 || a.Tasks[0].Amount != ledger.Euros(10000) {
		t.Errorf("the whole is not followed after the end: %s", w.say(a.Tasks))
	}
}

// What came in for a plan is counted once, whether it was allocated or not.
func TestPlanInPart(t *testing.T) {
	w := newWorld(t, plain())
	id := w.invoice("F1", due, 10000)
	w.put(&ledger.Plan{Customer: 1, Made: due + 5, Currency: ledger.EUR, Invoices: []ledger.InvoiceID{id}, Instalments: []ledger.Instalment{{Due: due + 20, Amount: 5000}, {Due: due + 50, Amount: 5000}}})
	w.put(&ledger.Payment{Customer: 1, On: due + 12, Amount: ledger.Euros(2000)})
	if a := w.want(due+21, "phone/plan_missed F1"); a.Tasks[0].Amount != ledger.Euros(3000) {
		t.Errorf("the call asks for %v", a.Tasks[0].Amount)
	}
}

func TestCallBack(t *testing.T) {
	s := plain()
	s.LeastDays = 5
	w := newWorld(t, s)
	id := w.invoice("F1", due, 10000)
	w.put(&ledger.Call{Customer: 1, On: due + 1, Reach: ledger.Reached, Reason: ledger.DelayWaiting, Outcomes: []ledger.Outcome{ledger.OutcomeCallBack}, CallBack: due + 4, BackAt: "11:30", Invoices: []ledger.InvoiceID{id}})
	w.waits(due+3, "call_back_waits")
	a := w.want(due+4, "phone/call_back F1@1") // too soon after the last call by the house rules, but agreed
	if a.Tasks[0].Why[0].Code != "call_back_at" {
		t.Error(a.Tasks[0].Why)
	}
	w.put(&ledger.Call{Customer: 1, On: due + 4, Reach: ledger.Reached, Agreed: true})
	w.waits(due+4, "too_soon")
}

func TestDocumentDisputeInsolvency(t *testing.T) {
	w := newWorld(t, plain())
	id := w.invoice("F1", due, 10000)
	w.put(&ledger.Call{Customer: 1, On: due + 1, Reach: ledger.Reached, Outcomes: []ledger.Outcome{ledger.OutcomeDocument}, Document: "facture F1"})
	a := w.want(due+1, "task/send_document")
	w.do(a.Tasks[0], due+1)
	w.waits(due+1, "not_yet")
	w.put(&ledger.Dispute{Invoice: id, Opened: due + 2, Reason: ledger.FaultyGoods, By: due + 6})
	w.waits(due+5, "disputed")
	a = w.want(due+6, "task/dispute F1")
	w.do(a.Tasks[0], due+6)
	w.waits(due+12, "disputed")
	w.want(due+13, "task/dispute F1")
	c := ledger.Clone(w.book.Customer(1))
	c.Insolvent, c.Published = due+20, due+24
	w.put(c)
	a = w.plan(due + 25)
	k := slices.IndexFunc(a.Tasks, func(t Task) bool { return t.Step == StepInsolvency })
	if k < 0 || a.Tasks[k].Warnings[0].Args["day"] != ledger.Day(2026, 8, 25) || a.Waiting[0].Reason.Code != "insolvent" {
		t.Errorf("%+v", a)
	}
	w.do(a.Tasks[k], due+26)
	if slices.ContainsFunc(w.plan(due+27).Tasks, func(t Task) bool { return t.Step == StepInsolvency }) {
		t.Error("declared twice")
	}
}

func TestStepConditions(t *testing.T) {
	s := plain()
	s.Steps = []ledger.ScenarioStep{
		step(1, "check_invoice", -10, ledger.ChannelEmail), step(2, "preventive_call", -3, ledger.ChannelPhone), step(3, "first_reminder", 3, ledger.ChannelEmail),
		step(4, "visit", 5, ledger.ChannelVisit), step(5, "letter", 10, ledger.ChannelLetter),
	}
	s.Steps[1].Habit = ledger.HabitLate
	s.Steps[2].LeastAmount = "50.00"
	s.Steps[3].Optional = true
	w := newWorld(t, s)
	w.invoice("F1", due, 4000)
	w.waits(due-11, "not_yet")
	w.want(due-10, "email/check_invoice F1@1")
	w.want(due, "email/check_invoice F1@1") // until it is due
	w.waits(due+1, "not_yet")               // then it makes no sense any more; not a habitual late payer: no call before
	w.waits(due+3, "too_little")
	w.invoice("F2", due, 2000)
	a := w.want(due+3, "email/first_reminder F1@3 F2@3") // together they are enough
	w.do(a.Tasks[0], due+3)
	w.want(due+5, "visit/visit F1@4 F2@4")
	w.want(due+10, "letter/letter F1@5 F2@5") // the visit was optional
	c := ledger.Clone(w.book.Customer(1))
	c.Type = ledger.Consumer
	w.put(c)
	w.waits(due+5, "not_yet") // no visits to consumers
}

func TestCountedFrom(t *testing.T) {
	s := plain()
	s.Steps = []ledger.ScenarioStep{step(1, "first_reminder", 3, ledger.ChannelEmail), step(2, "second_reminder", 7, ledger.ChannelEmail), step(3, "last_reminder", 20, ledger.ChannelEmail)}
	s.Steps[1].After = ledger.AfterPrevious
	s.Steps[2].After = ledger.AfterDueEndOfMonth
	w := newWorld(t, s)
	w.invoice("F1", due, 4000)
	w.do(w.plan(due + 5).Tasks[0], due+5)
	w.waits(due+11, "not_yet")
	w.do(w.want(due+12, "email/second_reminder F1@2").Tasks[0], due+12)
	w.waits(ledger.Day(2026, 6, 29), "not_yet")
	w.want(ledger.Day(2026, 6, 30), "email/last_reminder F1@3")
}

func TestBusinessDays(t *testing.T) {
	s := plain()
	s.Calendar = ledger.BusinessDays
	w := newWorld(t, s)
	w.invoice("F1", ledger.Day(2026, 7, 10), 4000) // J+3 is Monday 13 July
	w.want(ledger.Day(2026, 7, 13), "email/first_reminder F1@1")
	w = newWorld(t, s)
	w.invoice("F1", ledger.Day(2026, 7, 11), 4000) // J+3 is 14 July
	w.waits(ledger.Day(2026, 7, 14), "not_yet")
	a := w.want(ledger.Day(2026, 7, 15), "email/first_reminder F1@1")
	if a.Tasks[0].Due != ledger.Day(2026, 7, 15) {
		t.Error(a.Tasks[0].Due)
	}
}

func TestNoticeDeadlineHoldsHandover(t *testing.T) {
	s := plain()
	s.LeastDays = 1
	w := newWorld(t, s)
	id := w.invoice("F1", due, 4000)
	w.put(&ledger.Letter{Customer: 1, Model: "formal_notice", On: due + 44, Sent: due + 44, Deadline: due + 54, Amount: ledger.Euros(4000), Lines: []ledger.LetterLine{{Invoice: id, Open: 4000}}})
	w.waits(due+54, "not_yet")
	w.want(due+55, "task/handover F1@5")
}

func TestInstalmentsBeginAnew(t *testing.T) {
	w := newWorld(t, plain())
	i := &ledger.Invoice{Customer: 1, Number: "F1", Issued: due - 30, Due: due, Total: ledger.Euros(9000), Instalments: []ledger.Instalment{{Due: due, Amount: 4000}, {Due: due + 60, Amount: 5000}}}
	w.put(i)
	a := w.want(due+3, "email/first_reminder F1@1")
	if a.Tasks[0].Amount != ledger.Euros(4000) {
		t.Error("only what is late is asked for")
	}
	w.do(a.Tasks[0], due+3)
	w.do(w.want(due+8, "phone/call F1@2").Tasks[0], due+8)
	w.put(&ledger.Payment{Customer: 1, On: due + 9, Amount: ledger.Euros(4000), Allocations: []ledger.Allocation{{Invoice: 1, Amount: 4000}}})
	w.waits(due+61, "not_yet")
	w.want(due+63, "email/first_reminder F1@1") // the retention fell due: its own follow-up
}

func TestScenarioNearestWins(t *testing.T) {
	w := newWorld(t, plain())
	quick := &ledger.Scenario{Name: "Vite", Calendar: ledger.AllDays, Country: "FR", Steps: []ledger.ScenarioStep{step(1, "first_reminder", 1, ledger.ChannelEmail)}}
	w.scenarios = append(w.scenarios, quick)
	id := w.invoice("F1", due, 4000)
	w.waits(due+1, "not_yet")
	w.put(&ledger.Company{Name: "A", Country: "FR", Scenario: "vite"})
	w.want(due+1, "email/first_reminder F1@1")
	c := ledger.Clone(w.book.Customer(1))
	c.Scenario = "Essai"
	w.put(c)
	w.waits(due+1, "not_yet")
	i := ledger.Clone(w.book.Invoice(id))
	i.Scenario = "Vite"
	w.put(i)
	w.want(due+1, "email/first_reminder F1@1")
	i = ledger.Clone(i)
	i.Scenario = "effacé"
	w.put(i)
	w.want(due+3, "email/first_reminder F1@1") // a scenario that is gone stops nothing
}

func TestManagerIsCalledOnce(t *testing.T) {
	s := plain()
	s.LeastDays = 5
	w := newWorld(t, s)
	w.put(&ledger.Customer{Ref: "SYN", Name: "Syndic", Country: "FR"}, &ledger.Customer{Ref: "R2", Name: "Résidence 2", Country: "FR", Manager: 2})
	c := ledger.Clone(w.book.Customer(1))
	c.Manager = 2
	w.put(c)
	w.invoice("F1", due, 4000)
	w.put(&ledger.Invoice{Customer: 3, Number: "F2", Issued: due - 30, Due: due, Total: ledger.Euros(1000)})
	for _, x := range w.plan(due + 3).Tasks {
		w.do(x, due+3)
	}
	a := w.want(due+8, "phone/call F1@2 F2@2")
	if x := a.Tasks[0]; x.Customer != 2 || x.Name != "SYN/phone" || x.Amount != ledger.Euros(5000) {
		t.Errorf("%+v", x)
	}
	w.do(a.Tasks[0], due+8)
	w.want(due+9, "")
}

func TestBacklogIsSpread(t *testing.T) {
	s := plain()
	s.LeastDays = 5
	w := newWorld(t, s)
	for k := 2; k <= 41; k++ {
		w.put(&ledger.Customer{Ref: "C" + string(rune('0'+k/10)) + string(rune('0'+k%10)), Name: "N", Country: "FR"})
		w.put(&ledger.Invoice{Customer: ledger.CustomerID(k), Number: "F", Issued: due - 30, Due: due, Total: ledger.Euros(int64(1000 * k))})
	}
	on := due + 20
	a := w.plan(on)
	if len(a.Tasks) != 10 || len(a.Later) != 30 || a.Tasks[0].Amount != ledger.Euros(41000) {
		t.Fatalf("%d today, %d later", len(a.Tasks), len(a.Later))
	}
	for _, x := range a.Tasks {
		w.do(x, on)
	}
	if a := w.plan(on); len(a.Tasks) != 0 || len(a.Later) != 30 {
		t.Errorf("the day never ends: %d more", len(a.Tasks))
	}
	if a := w.plan(on + 1); len(a.Tasks) != 10 {
		t.Errorf("%d on the next day", len(a.Tasks))
	}
}

func TestMarks(t *testing.T) {
	w := newWorld(t, plain())
	w.invoice("F1", due, 4000)
	w.put(&ledger.Customer{Ref: "C2", Name: "B", Country: "FR"})
	w.put(&ledger.Invoice{Customer: 2, Number: "F2", Issued: due - 30, Due: due, Total: ledger.Euros(9000)})
	on := due + 3
	w.want(on, "email/first_reminder F2@1; email/first_reminder F1@1")
	w.put(&ledger.TaskMark{Customer: 1, Task: "C1/email", On: on, Place: 1})
	w.want(on, "email/first_reminder F1@1; email/first_reminder F2@1")
	w.put(&ledger.TaskMark{Customer: 1, Task: "C1/email", On: on, Until: on + 2, Why: "attendre la livraison"})
	if a := w.want(on, "email/first_reminder F2@1"); len(a.Put) != 1 {
		t.Error(a.Put)
	}
	w.want(on+2, "email/first_reminder F2@1; email/first_reminder F1@1")
	w.put(&ledger.Action{Customer: 1, On: on + 2, Step: "first_reminder", Channel: ledger.ChannelEmail, Skipped: true, Lines: []ledger.ActionLine{{Invoice: 1, Level: 1}}})
	w.want(on+2, "email/first_reminder F2@1")
	w.want(due+8, "email/first_reminder F2@1; phone/call F1@2")
}

func TestCallsAWeek(t *testing.T) {
	s := plain()
	s.LeastDays = 1
	w := newWorld(t, s)
	w.invoice("F1", due, 4000)
	w.do(w.plan(due + 3).Tasks[0], due+3)
	w.put(&ledger.Call{Customer: 1, On: due + 4, Reach: ledger.Voicemail}, &ledger.Call{Customer: 1, On: due + 6, Reach: ledger.Voicemail})
	w.waits(due+8, "calls_a_week")
	w.want(due+11, "phone/call F1@2")
}

func TestHolidays(t *testing.T) {
	for year, want := range map[int]ledger.Date{2024: ledger.Day(2024, 3, 31), 2025: ledger.Day(2025, 4, 20), 2026: ledger.Day(2026, 4, 5), 2038: ledger.Day(2038, 4, 25)} {
		if got := Easter(year); got != want {
			t.Errorf("%d: %v", year, got)
		}
	}
	for country, days := range map[string][]string{
		"FR": {"2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25"},
		"BE": {"2026-01-01", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25", "2026-07-21", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25"},
		"LU": {"2026-01-01", "2026-04-06", "2026-05-01", "2026-05-09", "2026-05-14", "2026-05-25", "2026-06-23", "2026-08-15", "2026-11-01", "2026-12-25", "2026-12-26"},
		"CH": {"2026-01-01", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25", "2026-08-01", "2026-12-25", "2026-12-26"},
		"DE": nil,
	} {
		var got []string
		for d := range Holidays(country, 2026) {
			got = append(got, d.String())
		}
		slices.Sort(got)
		if !slices.Equal(got, days) {
			t.Errorf("%s: %v", country, got)
		}
	}
}

// A scenario that is changed while it is in use does not repeat or skip what was done: a level is found by its step's name.
func TestScenarioChanged(t *testing.T) {
	s := plain()
	w := newWorld(t, s)
	id := w.invoice("F1", due, 4000)
	w.put(&ledger.Action{Customer: 1, On: due + 3, Step: "first_reminder", Channel: ledger.ChannelEmail, Lines: []ledger.ActionLine{{Invoice: id, Level: 1, Step: "first_reminder"}}})
	s.Steps = append([]ledger.ScenarioStep{step(1, "check_invoice", -10, ledger.ChannelEmail)}, s.Steps...)
	for k := range s.Steps {
		s.Steps[k].Level = k + 1
	}
	w.want(due+8, "phone/call F1@3")
}

// A reply stops reminders until the owner decided about it, and so does an e-mail that may have reached nobody.
func TestReplyStopsReminders(t *testing.T) {
	w := newWorld(t, plain())
	w.invoice("F1", due, 100_00)
	m := &ledger.Message{Customer: 1, On: due + 3, Sent: due + 3, State: ledger.MessageSent, Model: "first_reminder", To: "compta@dupont.fr",
		Amount: ledger.Euros(100_00), Lines: []ledger.LetterLine{{Invoice: 1, Open: 100_00}}}
	w.put(m)
	day := due + 10
	if got := w.say(w.plan(day).Tasks); got != "phone/call F1@2" {
		t.Fatal(got)
	}
	r := &ledger.Reply{Customer: 1, Message: m.ID, Sort: ledger.ReplyPerson, On: due + 9, Subject: "Re: relance"}
	w.put(r)
	a := w.plan(day)
	if got := w.say(a.Tasks); got != "task/reply" || a.Tasks[0].Name != "C1/reply" || a.Waiting[0].Reason.Code != "reply" {
		t.Errorf("%s, waiting %v", got, a.Waiting)
	}
	if got := w.say(w.plan(due + 8).Tasks); got != "phone/call F1@2" {
		t.Errorf("before the reply: %s", got)
	}
	decided := ledger.Clone(r)
	decided.Meant, decided.Decided = ledger.MeansOther, day
	w.put(decided)
	if got := w.say(w.plan(day).Tasks); got != "phone/call F1@2" {
		t.Errorf("decided: %s", got)
	}
	for state, step := range map[ledger.MessageState]string{ledger.MessageRefused: "mail_refused", ledger.MessageUnknown: "mail_unknown"} {
		lost := ledger.Clone(m)
		lost.State = state
		w.put(lost)
		a := w.plan(day)
		if got := w.say(a.Tasks); got != "task/"+step || a.Tasks[0].Name != "C1/mail" || a.Waiting[0].Reason.Code != step {
			t.Errorf("%s, waiting %v", got, a.Waiting)
		}
	}
}

// Documents that a reply asks for are a task until they are sent; each request of a day is answered by itself.
func TestReplyAsksForDocuments(t *testing.T) {
	w := newWorld(t, plain())
	w.invoice("F1", due+60, 10000)
	text := "Bonjour. Merci de nous renvoyer la facture et le bon de livraison signé."
	ask := func(on ledger.Date) {
		w.put(&ledger.Reply{Customer: 1, Sort: ledger.ReplyPerson, On: on, Decided: on, Meant: ledger.MeansDocuments, Subject: "Re: relance",
			Text: text, PassageFrom: 9, PassageTo: len(text)})
	}
	w.put(&ledger.Call{Customer: 1, On: due + 1, Reach: ledger.Reached, Outcomes: []ledger.Outcome{ledger.OutcomeDocument}, Document: "devis"})
	ask(due + 2)
	a := w.want(due+2, "task/send_document")
	if why := a.Tasks[0].Why[0]; why.Code != "document" {
		t.Errorf("%+v", why)
	}
	w.do(a.Tasks[0], due+2) // answers the call
	a = w.want(due+2, "task/send_document")
	if why := a.Tasks[0].Why[0]; why.Code != "document_reply" || why.Args["what"] != text[9:] {
		t.Errorf("%+v", why)
	}
	w.do(a.Tasks[0], due+2)
	w.want(due+2, "")
	ask(due + 3)
	ask(due + 3)
	w.do(w.want(due+3, "task/send_document").Tasks[0], due+3)
	w.do(w.want(due+4, "task/send_document").Tasks[0], due+4)
	if a := w.plan(due + 4); len(a.Tasks) != 0 {
		t.Errorf("%+v", a.Tasks)
	}
}
