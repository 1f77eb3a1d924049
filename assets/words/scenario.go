package words

import (
	"strings"

	"quitus/ledger"
)

// StepSentence tells a step of a scenario in a sentence: "J+3 : 1re relance, par e-mail, 8 jours pour payer".
func (w *Words) StepSentence(t ledger.ScenarioStep) string {
	return w.T("scenario.sentence", "when", w.When(t), "step", strings.Join(append([]string{w.FollowUpStep(t.Step)}, w.StepManner(t)...), ", "))
}

// StepManner tells how a step is done and whom it concerns: "par e-mail", "8 jours pour payer", "facultative".
func (w *Words) StepManner(t ledger.ScenarioStep) []string {
	out := []string{w.T("scenario.by." + string(t.Channel))}
	if t.Deadline > 0 {
		out = append(out, w.N("scenario.deadline", t.Deadline))
	}
	if least, err := t.LeastMoney(ledger.EUR); err == nil && least.Positive() {
		out = append(out, w.T("scenario.if_amount", "amount", w.Amount(least)))
	}
	if t.LeastAge > 0 {
		out = append(out, w.N("scenario.if_age", t.LeastAge))
	}
	if len(t.Kinds) > 0 {
		out = append(out, w.T("scenario.if_kinds", "kinds", w.Kinds(t.Kinds)))
	}
	if t.Habit == ledger.HabitLate {
		out = append(out, w.T("scenario.if_late"))
	}
	if t.Optional {
		out = append(out, w.T("scenario.if_optional"))
	}
	return out
}

// Kinds names kinds of customers.
func (w *Words) Kinds(list []ledger.CustomerKind) string {
	out := make([]string, len(list))
	for i, k := range list {
		out[i] = strings.ToLower(w.CustomerKind(k))
	}
	return strings.Join(out, ", ")
}

// DayShort writes a day near today with its weekday: "lun. 23 nov.".
func (w *Words) DayShort(d ledger.Date) string { return w.days[d.Weekday()] + " " + w.DateShort(d) }

// DayWord writes a day counted from the due date: "J+3", "J–10".
func (w *Words) DayWord(day int) string {
	return w.When(ledger.ScenarioStep{After: ledger.AfterDue, Days: day})
}
