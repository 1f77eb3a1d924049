package followup

import (
	"slices"

	"quitus/ledger"
)

// planDays is how many days after a missed instalment the written reminder follows the call.
const planDays = 4

// planReminder is the letter that reminds in writing of what is missing of a plan, as the clause of its agreement has it before
// the whole is due again; nil where none is to leave yet. It follows the call about what is missing.
func (p *planner) planReminder(c *ledger.Customer, f *file, list []held) *Task {
	if c.DoNotContact || p.insolvent(c) || p.broken(c, f, list) != nil {
		return nil
	}
	for _, x := range p.Book.PlansOf(c.ID) {
		s := p.Book.JudgePlan(x, p.on)
		if !s.Running || s.Missed == 0 || p.on < s.Missed.Add(planDays) || f.remindedOf(s.Missed) != 0 {
			continue
		}
		t := &Task{
			Name: c.Ref + "/plan_lapse", Customer: c.ID, Step: StepPlanLapse, Channel: ledger.ChannelLetter, Model: modelPlanLapse,
			Due: s.Missed.Add(planDays), Record: x, Why: []Reason{because("plan_missed", "day", s.Missed)},
		}
		t.about(&appointment{invoices: x.Invoices, most: s.Late}, list)
		if len(t.Lines) > 0 && !f.skipped(StepPlanLapse, s.Missed) {
			return t
		}
	}
	return nil
}

// remindedOf gives the day until which the written reminder of an instalment of a plan asks for it; 0 where none was sent.
func (f *file) remindedOf(missed ledger.Date) ledger.Date {
	until := ledger.Date(0)
	for _, l := range f.letters {
		if l.Model == modelPlanLapse && l.Sent > missed {
			until = max(until, l.Deadline, l.Sent)
		}
	}
	for _, m := range f.messages {
		if m.Model == modelPlanLapse && m.On > missed {
			until = max(until, m.Deadline, m.On)
		}
	}
	for _, a := range f.actions {
		if a.Step == StepPlanLapse && !a.Skipped && a.On > missed {
			until = max(until, a.Deadline, a.On)
		}
	}
	return until
}

func (f *file) skipped(step string, since ledger.Date) bool {
	return slices.ContainsFunc(f.actions, func(a *ledger.Action) bool { return a.Step == step && a.Skipped && a.On > since })
}

// planEnds adds the task of ending a plan whose written reminder ran out: until then no other step is taken.
func (p *planner) planEnds(c *ledger.Customer, f *file, list []held) {
	for _, x := range p.Book.PlansOf(c.ID) {
		s := p.Book.JudgePlan(x, p.on)
		if !s.Running || s.Missed == 0 || p.insolvent(c) {
			continue
		}
		until := f.remindedOf(s.Missed)
		if until == 0 || until >= p.on || f.did(StepPlanEnd, until) {
			continue
		}
		t := Task{
			Name: c.Ref + "/plan_end", Customer: c.ID, Step: StepPlanEnd, Channel: ledger.ChannelTask, Due: until + 1, Record: x,
			Why: []Reason{because("plan_end", "day", until)}, urgent: urgentTask,
		}
		t.about(&appointment{invoices: x.Invoices, most: s.Late}, list)
		if len(t.Lines) > 0 {
			p.ready = append(p.ready, t)
			return // the next plan's after this one is ended
		}
	}
}

// PlanReminded gives the day until which a customer was asked in writing for the earliest missing instalment of a plan; 0 where it
// was not, or nothing is missing.
func PlanReminded(w *World, x *ledger.Plan) ledger.Date {
	p := newPlanner(w)
	s, c := w.Book.JudgePlan(x, p.on), w.Book.Customer(x.Customer)
	if s.Missed == 0 || c == nil {
		return 0
	}
	return p.fileOf(c).remindedOf(s.Missed)
}
