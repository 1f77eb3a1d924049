package followup

import (
	"slices"

	"quitus/ledger"
)

// coming is the next level of an invoice, and the day on which it is to be done.
type coming struct {
	step *ledger.ScenarioStep
	day  ledger.Date
}

// next gives what comes next of an invoice in its scenario; no step at its end.
//
// A step that does not concern the customer is passed over, an optional one when the next one's day has come, one before
// the due date when that is past. At most one level a day is done; what follows a formal notice waits for its deadline.
func (p *planner) next(s *ledger.Scenario, c *ledger.Customer, due ledger.Date, done progress) coming {
	cal := p.calendar(s)
	var optional *coming
	for k := range s.Steps {
		t := &s.Steps[k]
		if t.Level <= done.level || !p.concerns(t, c) || beforeDue(t) && p.on > due {
			continue
		}
		n := coming{t, cal.Next(p.dayOf(s, t, due, done))}
		switch {
		case optional != nil && n.day > p.on:
			return *optional
		case t.Optional:
			if optional == nil {
				optional = &n
			}
		default:
			return n
		}
	}
	if optional != nil {
		return *optional
	}
	return coming{}
}

func beforeDue(t *ledger.ScenarioStep) bool { return t.After == ledger.AfterDue && t.Days < 0 }

// dayOf gives the day of a step, before week-ends and holidays.
func (p *planner) dayOf(s *ledger.Scenario, t *ledger.ScenarioStep, due ledger.Date, done progress) ledger.Date {
	day := due.Add(t.Days)
	switch t.After {
	case ledger.AfterDueEndOfMonth:
		day = day.MonthEnd()
	case ledger.AfterPrevious:
		if done.on != 0 {
			day = done.on.Add(t.Days)
		}
	}
	day = max(day, due.Add(t.LeastAge))
	if t.LeastAge == 0 && beforeDue(t) {
		day = due.Add(t.Days)
	}
	if done.on != 0 {
		day = max(day, done.on+1)
	}
	if s.HouseRules() && done.notice != 0 {
		day = max(day, done.notice+1)
	}
	return day
}

// concerns says whether a step is meant for a customer. Nobody is sent to a consumer's home (C. conso. L121-6, C. pén.
// 226-4: the program does without).
func (p *planner) concerns(t *ledger.ScenarioStep, c *ledger.Customer) bool {
	kind := c.Type
	if kind == "" {
		kind = ledger.CompanyCustomer
	}
	switch {
	case len(t.Kinds) > 0 && !slices.Contains(t.Kinds, kind):
		return false
	case t.Channel == ledger.ChannelVisit && kind == ledger.Consumer:
		return false
	case t.Habit == ledger.HabitLate:
		return p.summaries[c.ID].HabitLate()
	}
	return true
}
