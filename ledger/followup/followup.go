// Package followup decides what is to be done today about unpaid invoices: scenario x state x day -> tasks, each with its
// reasons. It is pure: the same world gives the same agenda.
//
// # How it decides
//
// Each open invoice stands at a level of the scenario that is nearest to it (its own, its customer's, the company's), as
// far as letters, e-mails, calls and tasks were done about it (progress.go). Its next level falls on a day (steps.go);
// what is promised, planned, contested, covered by a credit or otherwise held waits, with the reason (holds.go). What has
// come is put together: one task for each customer and channel or, where the house rules hold, one for each customer
// (group.go). What does not follow from a scenario stands beside: a broken promise, an agreed call-back, a dispute, a
// document to send, a claim to declare (special.go), a reply to read or an e-mail that came back (mail.go). Last, the day's order and the spreading of a backlog (order.go).
//
// Every late invoice is in a task, waits for a reason, or has come to the end of its scenario: [Agenda.Waiting] and
// [Agenda.Tasks] together hold them all.
package followup

import (
	"cmp"
	"strings"

	"quitus/ledger"
)

// World is what follow-up decides on. It is read only.
type World struct {
	Book      *ledger.Book
	Standings *ledger.Standings  // of the day
	Scenarios []*ledger.Scenario // by name; the first of a name counts
	// Usual names the scenario of customers of each kind where neither they nor the company have one; that of companies stands
	// for kinds without. What has none is not followed up.
	Usual map[ledger.CustomerKind]string
}

// Task is something to do: for one customer, by one channel, on one day.
type Task struct {
	Name     string // what the task is called on the command line: "C042/phone"; the same until it is done
	Customer ledger.CustomerID
	Step     string // of a scenario, or one of the steps below
	Channel  ledger.Channel
	Due      ledger.Date // when it was to be done; not after today
	Lines    []Line
	Amount   ledger.Money // what the lines come to less credits; what is contested is not in it
	Level    int          // the highest of the lines; 0 for a task of its own
	Model    string       // of the letter, e-mail or call guide that goes with it
	Deadline int          // days given to pay; 0 for the model's own
	DaysLate int          // of the oldest line
	Agreed   bool         // with the customer: no house rule holds it
	Why      []Reason     // the most telling first
	Warnings []Reason
	Record   ledger.Record // what it is about: the promise broken, the call, the dispute; nil for a scenario's step
	Mark     *ledger.TaskMark
	ruled    bool // the house rules hold for it
	worth    float64
	urgent   int
}

// Steps that follow from no scenario.
const (
	StepPromiseBroken = "promise_broken"
	StepPlanMissed    = "plan_missed"
	StepPlanLapse     = "plan_lapse" // the written reminder of what is missing of a plan, as its clause has it
	StepPlanEnd       = "plan_end"   // that reminder was of no avail: the plan is to be ended
	StepCallBack      = "call_back"
	StepDispute       = "dispute"
	StepDocument      = "send_document"
	StepInsolvency    = "insolvency_claim"
	StepHandover      = "handover"
	StepReply         = "reply"        // somebody answered an e-mail
	StepMailRefused   = "mail_refused" // an e-mail did not arrive
	StepMailUnknown   = "mail_unknown" // nobody knows whether an e-mail left
)

// Models that the engine knows by name.
const (
	modelFormalNotice = "formal_notice"
	modelInsolvency   = "insolvency_claim"
	modelPlanLapse    = "plan_lapse"
)

// Line is an invoice in a task.
type Line struct {
	Invoice ledger.InvoiceID
	Level   int // that the task brings it to; 0 where the task is no level
	Open    int64
	Step    *ledger.ScenarioStep // nil where the task is no level
}

// Reason is a fact behind a task or a wait; its sentence is in the translations under followup.reason.<code>.
type Reason struct {
	Code string
	Args map[string]any
}

func because(code string, pairs ...any) Reason {
	r := Reason{Code: code}
	for i := 0; i+1 < len(pairs); i += 2 {
		if r.Args == nil {
			r.Args = map[string]any{}
		}
		r.Args[pairs[i].(string)] = pairs[i+1]
	}
	return r
}

// Wait says why nothing is done today about an open invoice.
type Wait struct {
	Invoice  ledger.InvoiceID
	Customer ledger.CustomerID
	Reason   Reason
	Until    ledger.Date // the day from which something is to be done, where it is known
	Next     string      // the scenario's step that comes next; empty at its end
}

// Agenda is what is to be done on a day.
type Agenda struct {
	On      ledger.Date
	Tasks   []Task // in the order in which to do them
	Later   []Task // what the house rules spread over the days to come
	Put     []Task // what the owner put off
	Waiting []Wait
}

// Plan gives the agenda of the standings' day.
func Plan(w *World) *Agenda {
	p := newPlanner(w)
	for c := range w.Book.Customers.All() {
		p.customer(c)
	}
	p.managers()
	p.order()
	return &p.out
}

// planner gathers an agenda.
type planner struct {
	*World
	on        ledger.Date
	scenarios map[string]*ledger.Scenario // by folded name
	calendars map[string]*Calendar
	credits   map[ledger.CustomerID]ledger.Sums // open credit notes and payments that settle nothing, above zero
	marks     map[string]*ledger.TaskMark
	summaries []ledger.CustomerSummary
	house     ledger.House
	managing  map[ledger.CustomerID]bool // made when first asked for
	ready     []Task
	out       Agenda
}

func newPlanner(w *World) *planner {
	p := &planner{
		World: w, on: w.Standings.On, scenarios: map[string]*ledger.Scenario{}, calendars: map[string]*Calendar{},
		marks: map[string]*ledger.TaskMark{}, summaries: w.Book.Summaries(w.Standings), house: w.Book.Company().House.Usual(),
		out: Agenda{On: w.Standings.On},
	}
	for _, s := range w.Scenarios {
		if key := ledger.Fold(s.Name); p.scenarios[key] == nil {
			p.scenarios[key] = s
		}
	}
	for m := range w.Book.TaskMarks.All() {
		if m.On <= p.on {
			p.marks[m.Task] = m
		}
	}
	p.credits = p.findCredits()
	return p
}

// findCredits gathers what customers have to their credit: credit notes not used up and payments that settle nothing yet.
func (p *planner) findCredits() map[ledger.CustomerID]ledger.Sums {
	out := map[ledger.CustomerID]ledger.Sums{}
	add := func(c ledger.CustomerID, m ledger.Money) {
		if m.Minor <= 0 {
			return
		}
		if out[c] == nil {
			out[c] = ledger.Sums{}
		}
		out[c].Add(m)
	}
	for i := range p.Book.Invoices.All() {
		if i.CreditNote {
			add(i.Customer, ledger.Money{Minor: -p.Standings.Of(i.ID).Open, Currency: i.Total.Currency})
		}
	}
	for y := range p.Book.Payments.All() {
		if y.On > p.on {
			continue
		}
		left := y.Amount
		for _, a := range y.Allocations {
			left.Minor -= a.Amount
		}
		add(y.Customer, left)
	}
	return out
}

// scenarioOf gives the scenario that an invoice follows, the nearest first; nil for none.
func (p *planner) scenarioOf(c *ledger.Customer, i *ledger.Invoice) *ledger.Scenario {
	for _, name := range []string{i.Scenario, p.ScenarioName(c)} {
		if strings.EqualFold(name, ledger.NoScenario) {
			return nil
		}
		if s := p.scenarios[ledger.Fold(name)]; s != nil {
			return s
		}
	}
	return p.scenarios[ledger.Fold(p.usual(c))] // a scenario that is gone does not stop follow-up
}

// ScenarioName names the scenario that a customer follows: its own, the company's, or the usual one of its kind.
func (w *World) ScenarioName(c *ledger.Customer) string {
	return cmp.Or(c.Scenario, w.Book.Company().Scenario, w.usual(c))
}

func (w *World) usual(c *ledger.Customer) string {
	return cmp.Or(w.Usual[c.Type], w.Usual[ledger.CompanyCustomer])
}

func (p *planner) calendar(s *ledger.Scenario) *Calendar {
	key := string(s.Calendar) + s.Country
	c := p.calendars[key]
	if c == nil {
		c = NewCalendar(s.Calendar, s.Country)
		p.calendars[key] = c
	}
	return c
}
