package settings

import (
	"strings"

	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/letters"
)

// Effect is what a step will do about an invoice that nobody pays.
type Effect struct {
	Day   ledger.Date // on which it falls
	Moved string      // why it is not the day that the step says, or empty
}

// Effects gives the days of the steps for an invoice due on m.Due, week-ends, holidays and house rules included, each done on its day.
func (m *Scenarios) Effects() []Effect {
	x := m.Now
	cal := followup.NewCalendar(x.Calendar, x.Country)
	var done, contact, notice ledger.Date
	out := make([]Effect, len(x.Steps))
	for i := range x.Steps {
		t := &x.Steps[i]
		day, moved := dayOf(t, m.Due, done), ""
		later := func(from ledger.Date, why string) {
			if day < from {
				day, moved = from, why
			}
		}
		if done != 0 {
			later(done+1, m.w.T("scenario.moved.one_a_day"))
		}
		if x.HouseRules() && notice != 0 {
			later(notice+1, m.w.T("scenario.moved.notice", "day", m.w.DayShort(notice)))
		}
		if contact != 0 && t.Channel.Reaches() {
			later(contact.Add(x.LeastDays), m.w.N("scenario.moved.least", x.LeastDays))
		}
		if next := cal.Next(day); next != day {
			if moved == "" {
				moved = m.w.T("scenario.moved.closed", "day", m.w.DayShort(day))
			}
			day = next
		}
		if t.After == ledger.AfterDue && t.Days < 0 && day > m.Due {
			out[i] = Effect{Moved: m.w.T("scenario.moved.past")}
			continue
		}
		out[i] = Effect{day, moved}
		done = day
		if t.Channel.Reaches() {
			contact = day
		}
		if t.Model == letters.FormalNotice {
			notice = letters.DefaultDeadline(t.Model, day)
			if t.Deadline > 0 {
				notice = letters.Workday(day.Add(t.Deadline))
			}
		}
	}
	return out
}

// dayOf is the day that a step says, the one before done on a day; zero where there is none.
func dayOf(t *ledger.ScenarioStep, due, done ledger.Date) ledger.Date {
	day := due.Add(t.Days)
	switch {
	case t.After == ledger.AfterDueEndOfMonth:
		day = day.MonthEnd()
	case t.After == ledger.AfterPrevious && done != 0:
		day = done.Add(t.Days)
	}
	if t.LeastAge > 0 {
		day = max(day, due.Add(t.LeastAge))
	}
	return day
}

// StepLine is a step in the list below the line of days.
type StepLine struct {
	Title, Second, Day string
	Wrong              bool // Second says what is to be corrected
}

// Lines tells the steps in sentences, with the days on which they fall.
func (m *Scenarios) Lines() []StepLine {
	effects := m.Effects()
	out := make([]StepLine, len(m.Now.Steps))
	for i, t := range m.Now.Steps {
		parts := m.w.StepManner(t)
		if e := effects[i]; e.Moved != "" {
			parts = append(parts, e.Moved)
		}
		out[i] = StepLine{Title: m.w.T("scenario.sentence", "when", m.w.When(t), "step", m.w.FollowUpStep(t.Step)), Second: strings.Join(parts, ", ")}
		if effects[i].Day != 0 {
			out[i].Day = m.w.DayShort(effects[i].Day)
		}
		if m.WrongStep(i) {
			out[i].Wrong, out[i].Second = true, m.stepProblem(i)
		}
	}
	return out
}

// stepProblem is the first sentence about a step.
func (m *Scenarios) stepProblem(i int) string {
	for _, e := range m.Problems() {
		if concerns(e, i+1) {
			return m.w.Error(e)
		}
	}
	for key, s := range m.unread {
		if strings.HasPrefix(key, unreadKey(i, "")) {
			return s
		}
	}
	return ""
}

// Mark is a step on the line of days.
type Mark struct {
	Day  int // from the due date
	Word string
	Tied bool // its day follows from another's
}

// Marks gives the steps for the line of days.
func (m *Scenarios) Marks() []Mark {
	effects := m.Effects()
	out := make([]Mark, len(m.Now.Steps))
	for i, t := range m.Now.Steps {
		out[i] = Mark{Day: t.Days, Word: m.w.When(t)}
		if t.After != ledger.AfterDue {
			day := int(effects[i].Day - m.Due)
			out[i] = Mark{day, m.w.DayWord(day), true}
		}
	}
	return out
}
