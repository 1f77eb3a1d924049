package desk

import (
	"cmp"
	"slices"
	"strings"

	"quitus/ledger"
)

// agree stages what was agreed in a call, each part by its own rules.
func (e *ending) agree(r *ledger.Call) {
	if e.has(ledger.OutcomePromise) {
		e.promise(r)
	}
	if e.has(ledger.OutcomeDispute) {
		e.dispute(r)
	}
	if e.has(ledger.OutcomePlan) {
		e.plan(r)
	}
	if e.has(ledger.OutcomeDocument) {
		if r.Document = strings.TrimSpace(e.Document); r.Document == "" {
			e.bad("document", "field_required")
		}
	}
	if e.has(ledger.OutcomeTerms) {
		e.terms(r)
	}
	if e.Insolvent != 0 || e.Published != 0 {
		e.wrong = append(e.wrong, ledger.SetInsolvency(e.x, e.Customer, e.Insolvent, e.Published, e.today)...)
	}
}

func (e *ending) promise(r *ledger.Call) {
	if len(e.Promises) == 0 {
		e.bad("promise", "field_required")
	}
	list := make([]*ledger.Promise, len(e.Promises))
	for k := range e.Promises {
		p := e.Promises[k]
		p.ID, p.Customer, p.Made = 0, e.Customer, e.On
		list[k] = &p
	}
	fine := true
	for k, wrong := range ledger.CheckPromises(e.x.Book(), list, e.x.Book().Standings(e.today)) {
		e.take("promise", k, wrong)
		fine = fine && len(wrong) == 0
	}
	for _, p := range list {
		if fine {
			e.x.Put(p)
			r.Promises = append(r.Promises, p.ID)
		}
	}
}

func (e *ending) dispute(r *ledger.Call) {
	if len(e.Disputes) == 0 {
		e.bad("dispute", "field_required")
	}
	for k := range e.Disputes {
		x := e.Disputes[k]
		x.ID, x.Opened, x.Closed = 0, e.On, 0
		if i := e.x.Invoice(x.Invoice); i != nil && i.Customer != e.Customer {
			e.take("dispute", k, []*ledger.Error{ledger.Errorf("invoice_other_customer", "field", "invoice", "invoice", i.Number)})
			continue
		}
		wrong := ledger.RecordDispute(e.x, &x, e.today)
		e.take("dispute", k, wrong)
		if len(wrong) == 0 {
			r.Disputes = append(r.Disputes, x.ID)
		}
	}
}

func (e *ending) plan(r *ledger.Call) {
	if e.Plan == nil {
		e.bad("plan", "field_required")
		return
	}
	p := *e.Plan
	p.ID, p.Customer, p.Made, p.End, p.Ended = 0, e.Customer, e.On, ledger.PlanRunning, 0
	wrong := ledger.RecordPlan(e.x, &p, e.today)
	e.take("plan", 0, wrong)
	if len(wrong) == 0 {
		r.Plan = p.ID
	}
}

// terms notes the new terms, and makes them the customer's where they are for coming orders.
func (e *ending) terms(r *ledger.Call) {
	if r.Terms = strings.TrimSpace(e.Terms); r.Terms == "" {
		e.bad("terms", "field_required")
	}
	if e.Coming.Given {
		c := ledger.Clone(e.x.Customer(e.Customer))
		c.Terms = e.Coming
		e.x.Put(c)
	}
}

// summarise stages the summary that the owner approved.
func (e *ending) summarise(r *ledger.Call) {
	s := e.Summary
	if s == nil {
		return
	}
	if s.To != "" && !ledger.ValidEmail(s.To) {
		e.bad("summary.to", "email_invalid", "value", s.To)
	}
	if strings.TrimSpace(s.Subject) == "" {
		e.bad("summary.subject", "field_required")
	}
	if strings.TrimSpace(s.Body) == "" {
		e.bad("summary.body", "field_required")
	}
	m := &ledger.Message{
		Customer: e.Customer, Contact: e.Contact, On: e.today, Model: callSummaryModel, State: ledger.MessageWaiting, Next: e.mail,
		To: s.To, Subject: s.Subject, Body: s.Body, Amount: e.agreed(), Lines: e.lines(r),
	}
	e.x.Put(m)
	r.Message = m.ID
}

// lines are the invoices that the summary is about, as they stand today: those that were promised or, where none is named, those that the call
// was about.
func (e *ending) lines(r *ledger.Call) []ledger.LetterLine {
	var about []ledger.InvoiceID
	if e.has(ledger.OutcomePromise) {
		for _, p := range e.Promises {
			about = append(about, p.Invoices...)
		}
	}
	if len(about) == 0 {
		about = r.Invoices
	}
	standings := e.x.Book().Standings(e.today)
	var out []ledger.LetterLine
	for _, id := range about {
		known := slices.ContainsFunc(out, func(l ledger.LetterLine) bool { return l.Invoice == id })
		if e.x.Invoice(id) != nil && !known {
			out = append(out, ledger.LetterLine{Invoice: id, Open: standings.Of(id).Open})
		}
	}
	return out
}

// agreed is what the customer undertook to pay; of several currencies, in the first.
func (e *ending) agreed() ledger.Money {
	switch {
	case e.has(ledger.OutcomePlan) && e.Plan != nil:
		return e.Plan.Total()
	case !e.has(ledger.OutcomePromise) || len(e.Promises) == 0:
		return ledger.Money{Currency: ledger.EUR}
	}
	sum := ledger.Money{Currency: e.Promises[0].Amount.Currency}
	for _, p := range e.Promises {
		if p.Amount.Currency == sum.Currency {
			sum = sum.Add(p.Amount)
		}
	}
	return sum
}

// callStep is the step of a call that is none of a scenario's.
const callStep = "call"

// act stages the task that the call was, so that follow-up goes on from it. The customer's own call is no pestering.
func (e *ending) act(r *ledger.Call) {
	e.x.Put(&ledger.Action{
		Customer: e.Customer, On: e.On, Step: cmp.Or(e.Step, callStep), Channel: ledger.ChannelPhone, Lines: slices.Clone(e.Lines),
		Message: r.Message, Call: r.ID, Agreed: e.Agreed || e.Incoming, Why: e.Why,
	})
}
