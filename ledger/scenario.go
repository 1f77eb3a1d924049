package ledger

import (
	"slices"
	"strings"
)

// Channel is how a customer is reached. The values are written in ledger files and scenario files.
type Channel string

// Channels.
const (
	ChannelEmail      Channel = "email"
	ChannelLetter     Channel = "letter"
	ChannelPhone      Channel = "phone"
	ChannelRegistered Channel = "registered_letter"
	ChannelVisit      Channel = "visit"
	ChannelTask       Channel = "task" // something to do that does not reach the customer
)

// Channels lists the channels by strength: what a weaker one says, a stronger one can carry. A task carries nothing.
var Channels = []Channel{ChannelEmail, ChannelLetter, ChannelPhone, ChannelVisit, ChannelRegistered, ChannelTask}

// Reaches says whether the customer is contacted.
func (c Channel) Reaches() bool { return c != ChannelTask }

// After is what the days of a step count from. The values are written in scenario files.
type After string

// What days count from.
const (
	AfterDue           After = "due"              // the due date; days may be negative
	AfterDueEndOfMonth After = "due_end_of_month" // the last day of the month in which due date + days falls
	AfterPrevious      After = "previous"         // the day on which the level before was done
)

// Calendar says on which days a scenario's steps fall. The values are written in scenario files.
type Calendar string

// Calendars.
const (
	BusinessDays Calendar = "business_days" // a step on a Saturday, Sunday or public holiday moves to the next business day
	AllDays      Calendar = "all_days"
)

// Habit of paying that a step is meant for. The values are written in scenario files.
type PayingHabit string

// Habits.
const (
	HabitAny  PayingHabit = "any"
	HabitLate PayingHabit = "late" // customers who are known to pay late, or asked to be called before due
)

// Scenario says what is done about an invoice around its due date. Its form in JSON is that of a scenario file.
type Scenario struct {
	ID       ScenarioID `json:"-"`
	Name     string     `json:"name"` // unique without regard to case
	Calendar Calendar   `json:"calendar"`
	Country  string     `json:"country"` // whose public holidays count, two capitals
	// LeastDays is the house rule against pestering: so many days lie between two contacts over all channels. With 0
	// and all days the house rules are off.
	LeastDays int            `json:"least_days_between_contacts"`
	Steps     []ScenarioStep `json:"steps"`
}

// ScenarioStep is one level of a scenario.
type ScenarioStep struct {
	Level    int     `json:"level"` // from 1, each once, rising
	Step     string  `json:"step"`  // "first_reminder"
	After    After   `json:"after"`
	Days     int     `json:"days"` // -365 to 730; from 0 but for [AfterDue]
	Channel  Channel `json:"channel"`
	Model    string  `json:"model,omitempty"`         // of the letter, e-mail or call guide
	Deadline int     `json:"deadline_days,omitempty"` // days given to pay, 0 to 90; the model's own where 0
	// LeastAmount is what a customer's late invoices must come to, in units of their currency ("0.10"); empty for any.
	LeastAmount string         `json:"least_amount,omitempty"`
	Optional    bool           `json:"optional,omitempty"`      // passed over when the next level's day has come
	Kinds       []CustomerKind `json:"customer_kind,omitempty"` // that it is for; empty for all
	LeastAge    int            `json:"least_age,omitempty"`     // days after the due date before which it waits
	Habit       PayingHabit    `json:"habit,omitempty"`         // any where empty
}

// NoScenario is the name by which follow-up of a customer or an invoice is stopped.
const NoScenario = "none"

// Bounds of scenarios.
const (
	MostSteps      = 30
	MostLeastDays  = 60
	leastStepDays  = -365
	mostStepDays   = 730
	mostDeadline   = 90
	mostNameLength = 60
)

func (r *Scenario) Kind() Kind          { return KindScenario }
func (r *Scenario) Key() uint32         { return uint32(r.ID) }
func (r *Scenario) setKey(k uint32)     { r.ID = ScenarioID(k) }
func (r *Scenario) Personal() []*string { return nil }

// HouseRules says whether the rules against pestering hold.
func (r *Scenario) HouseRules() bool { return r.LeastDays > 0 || r.Calendar != AllDays }

// StepAt gives the step of a level, or nil.
func (r *Scenario) StepAt(level int) *ScenarioStep {
	for i := range r.Steps {
		if r.Steps[i].Level == level {
			return &r.Steps[i]
		}
	}
	return nil
}

// CheckScenario finds what is wrong with a scenario, field by field; the fact "step" is the number of the step
// concerned, from 1. models are the names of letters that there are.
func CheckScenario(r *Scenario, models []string) []*Error {
	var out []*Error
	switch name := strings.TrimSpace(r.Name); {
	case name == "":
		out = append(out, fieldError("name", "field_required"))
	case len([]rune(name)) > mostNameLength || strings.EqualFold(name, NoScenario):
		out = append(out, fieldError("name", "scenario_name", "most", mostNameLength))
	}
	if r.Calendar != BusinessDays && r.Calendar != AllDays {
		out = append(out, fieldError("calendar", "scenario_calendar", "value", string(r.Calendar)))
	}
	if !countryShape.MatchString(r.Country) {
		out = append(out, fieldError("country", "country_invalid", "value", r.Country))
	}
	if r.LeastDays < 0 || r.LeastDays > MostLeastDays {
		out = append(out, fieldError("least_days_between_contacts", "scenario_least_days", "most", MostLeastDays))
	}
	switch {
	case len(r.Steps) == 0:
		out = append(out, fieldError("steps", "scenario_empty"))
	case len(r.Steps) > MostSteps:
		out = append(out, fieldError("steps", "scenario_steps", "most", MostSteps))
	}
	for i := range r.Steps {
		out = append(out, r.checkStep(i, models)...)
	}
	return out
}

func (r *Scenario) checkStep(i int, models []string) []*Error {
	var out []*Error
	s := &r.Steps[i]
	bad := func(field, code string, pairs ...any) {
		out = append(out, fieldError(field, code, append([]any{"step", i + 1}, pairs...)...))
	}
	if s.Level < 1 || i > 0 && s.Level <= r.Steps[i-1].Level {
		bad("level", "scenario_level", "value", s.Level)
	}
	if strings.TrimSpace(s.Step) == "" || len(s.Step) > mostNameLength {
		bad("step", "scenario_step", "value", s.Step)
	}
	if !slices.Contains(Channels, s.Channel) {
		bad("channel", "scenario_channel", "value", string(s.Channel))
	}
	if s.Model != "" && !slices.Contains(models, s.Model) {
		bad("model", "scenario_model", "value", s.Model)
	}
	if s.Deadline < 0 || s.Deadline > mostDeadline {
		bad("deadline_days", "scenario_deadline", "most", mostDeadline)
	}
	if _, err := s.LeastMoney(EUR); err != nil {
		bad("least_amount", "scenario_amount", "value", s.LeastAmount)
	}
	for _, k := range s.Kinds {
		if !slices.Contains(CustomerKinds, k) {
			bad("customer_kind", "scenario_kind", "value", string(k))
		}
	}
	if s.LeastAge < 0 || s.LeastAge > mostStepDays {
		bad("least_age", "scenario_days", "least", 0, "most", mostStepDays)
	}
	if s.Habit != "" && s.Habit != HabitAny && s.Habit != HabitLate {
		bad("habit", "scenario_habit", "value", string(s.Habit))
	}
	return append(out, r.checkDays(i)...)
}

// checkDays finds steps that count from nothing, fall before the one above, or on the same day.
func (r *Scenario) checkDays(i int) []*Error {
	s := &r.Steps[i]
	bad := func(code string, pairs ...any) []*Error {
		return []*Error{fieldError("days", code, append([]any{"step", i + 1}, pairs...)...)}
	}
	least := 0
	switch s.After {
	case AfterDue:
		least = leastStepDays
	case AfterDueEndOfMonth:
	case AfterPrevious:
		if i == 0 {
			return []*Error{fieldError("after", "scenario_previous", "step", i+1)}
		}
	default:
		return []*Error{fieldError("after", "scenario_after", "step", i+1, "value", string(s.After))}
	}
	if s.Days < least || s.Days > mostStepDays {
		return bad("scenario_days", "least", least, "most", mostStepDays)
	}
	if s.After == AfterPrevious && s.Days == 0 {
		return bad("scenario_same_day", "other", i)
	}
	for j := range r.Steps[:i] {
		switch o := &r.Steps[j]; {
		case o.After != s.After || s.After == AfterPrevious:
		case o.Days == s.Days:
			return bad("scenario_same_day", "other", j+1)
		case o.Days > s.Days:
			return bad("scenario_order", "other", j+1)
		}
	}
	return nil
}

// LeastMoney gives the least amount in a currency; nothing where there is none. The error's code is amount_invalid.
func (s *ScenarioStep) LeastMoney(c Currency) (Money, error) {
	if s.LeastAmount == "" {
		return Money{Currency: c}, nil
	}
	m, err := ParseDecimal(s.LeastAmount, c)
	if err == nil && m.Negative() {
		err = Errorf("amount_invalid", "value", s.LeastAmount)
	}
	return m, err
}
