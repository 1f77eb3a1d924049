package settings

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"quitus/app/desk"
	"quitus/assets/scenarios"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// ScenarioRow is a scenario in the list.
type ScenarioRow struct {
	Name    string
	Own     bool // the owner's own, under no name that comes with the program
	Changed bool // comes with the program, and was changed by the owner
	Company bool // the company's
	Facts   string
	Usual   string // for whom it is by default, in a sentence
}

// Scenarios are the follow-up scenarios, and one of them as it is being changed.
type Scenarios struct {
	Rows []ScenarioRow
	// Now is the scenario being changed. Its steps are in the order of their days.
	Now  *ledger.Scenario
	Step int // that is chosen, from 0; -1 for none
	// Due is the due date for which the days of the steps are shown.
	Due ledger.Date

	w      *words.Words
	state  *desk.State
	was    string // the name under which it is kept
	saved  *ledger.Scenario
	unread map[string]string // sentences about figures that cannot be read, by step and field
}

// NewScenarios begins with the company's scenario, or the usual one.
func NewScenarios(w *words.Words, s *desk.State) *Scenarios {
	m := &Scenarios{w: w, Due: s.On.MonthEnd().Add(1)}
	m.Read(s)
	m.Choose(cmp.Or(s.CompanyScenario(), scenarios.Usual[ledger.CompanyCustomer]))
	return m
}

// Read takes the list over anew. What is being changed stays.
func (m *Scenarios) Read(s *desk.State) {
	m.state, m.Rows = s, nil
	use, company := s.Followings(), s.CompanyScenario()
	for _, x := range s.Scenarios() {
		came := desk.BuiltInScenario(x.Name)
		r := ScenarioRow{Name: x.Name, Own: !came, Changed: came && x.ID != 0, Company: x.Name == company}
		f := use[x.Name]
		parts := []string{m.w.N("scenario.followers", f.Customers)}
		if f.Invoices > 0 {
			parts = append(parts, m.w.N("scenario.invoices", f.Invoices))
		}
		switch kinds := desk.UsualKinds(x.Name); {
		case r.Company:
			parts = append(parts, m.w.T("scenario.of_company"))
			r.Usual = m.w.T("scenario.company_text")
		case company == "" && len(kinds) > 0:
			parts = append(parts, m.w.T("scenario.by_default"))
			r.Usual = m.w.T("scenario.usual_for", "kinds", m.w.Kinds(kinds))
		}
		if r.Changed {
			parts = append(parts, m.w.T("scenario.changed"))
		}
		r.Facts = strings.Join(parts, " · ")
		m.Rows = append(m.Rows, r)
	}
}

// Choose shows a scenario as it is kept; the first one where there is none of the name.
func (m *Scenarios) Choose(name string) {
	list := m.state.Scenarios()
	i := max(0, slices.IndexFunc(list, func(x *ledger.Scenario) bool { return ledger.Fold(x.Name) == ledger.Fold(name) }))
	m.was, m.saved = list[i].Name, copyOf(list[i])
	m.reset()
}

func (m *Scenarios) reset() {
	m.Now, m.Step, m.unread = copyOf(m.saved), 0, map[string]string{}
}

// copyOf gives a scenario that can be changed.
func copyOf(x *ledger.Scenario) *ledger.Scenario {
	out := ledger.Clone(x)
	out.Steps = slices.Clone(x.Steps)
	for i := range out.Steps {
		out.Steps[i].Kinds = slices.Clone(x.Steps[i].Kinds)
	}
	return out
}

// Name is that under which the scenario is kept.
func (m *Scenarios) Name() string { return m.was }

// Row is the kept scenario's row.
func (m *Scenarios) Row() ScenarioRow {
	for _, r := range m.Rows {
		if r.Name == m.was {
			return r
		}
	}
	return ScenarioRow{}
}

// Changed says whether something is to be saved.
func (m *Scenarios) Changed() bool { return len(m.unread) > 0 || !reflect.DeepEqual(m.Now, m.saved) }

// Cancel puts back what is kept.
func (m *Scenarios) Cancel() { m.reset() }

// Problems are all that keeps the scenario from being saved.
func (m *Scenarios) Problems() []*ledger.Error {
	list := desk.CheckScenario(m.Now)
	if e := m.state.ScenarioNameTaken(m.was, m.Now.Name); e != nil {
		list = append(list, e)
	}
	return list
}

// Wrong counts them.
func (m *Scenarios) Wrong() int { return len(m.Problems()) + len(m.unread) }

// Check gives the sentence about a field of the scenario, or nothing.
func (m *Scenarios) Check(field string) string { return m.sentence(field, 0) }

// CheckStep gives the sentence about a field of a step, from 0, or nothing.
func (m *Scenarios) CheckStep(i int, field string) string {
	if s := m.unread[unreadKey(i, field)]; s != "" {
		return s
	}
	return m.sentence(field, i+1)
}

func (m *Scenarios) sentence(field string, step int) string {
	for _, e := range m.Problems() {
		if concerns(e, step) && e.Args["field"] == field {
			return m.w.Error(e)
		}
	}
	return ""
}

// concerns says whether a sentence is about a step, from 1; both steps of one day are concerned. 0 stands for the scenario as a whole.
func concerns(e *ledger.Error, step int) bool {
	at, _ := e.Args["step"].(int)
	other, _ := e.Args["other"].(int)
	return at == step || other == step && step > 0
}

// WrongStep says whether something about a step, from 0, is to be corrected.
func (m *Scenarios) WrongStep(i int) bool {
	for _, e := range m.Problems() {
		if concerns(e, i+1) {
			return true
		}
	}
	for key := range m.unread {
		if strings.HasPrefix(key, unreadKey(i, "")) {
			return true
		}
	}
	return false
}

func unreadKey(i int, field string) string { return strconv.Itoa(i) + "/" + field }

// Chosen is the step that is chosen, or nil.
func (m *Scenarios) Chosen() *ledger.ScenarioStep {
	if m.Step < 0 || m.Step >= len(m.Now.Steps) {
		return nil
	}
	return &m.Now.Steps[m.Step]
}

// SetNumber reads a figure of the chosen step as typed; an empty text is 0. What cannot be read is told by [Scenarios.CheckStep].
func (m *Scenarios) SetNumber(field, typed string, set func(*ledger.ScenarioStep, int)) {
	t := m.Chosen()
	if t == nil {
		return
	}
	key, text := unreadKey(m.Step, field), strings.Join(strings.Fields(typed), "")
	delete(m.unread, key)
	n, err := 0, error(nil)
	if text != "" {
		n, err = strconv.Atoi(text)
	}
	if err != nil || n < 0 {
		m.unread[key] = m.w.Error(ledger.Errorf("scenario_number", "value", strings.TrimSpace(typed)))
		return
	}
	set(t, n)
}

// SetAmount reads the least amount of the chosen step as typed.
func (m *Scenarios) SetAmount(typed string) {
	t := m.Chosen()
	if t == nil {
		return
	}
	key := unreadKey(m.Step, "least_amount")
	delete(m.unread, key)
	if t.LeastAmount = ""; strings.TrimSpace(typed) == "" {
		return
	}
	v, err := m.w.ParseMoney(typed, ledger.EUR)
	if err != nil || v.Negative() {
		m.unread[key] = m.w.Error(ledger.Errorf("amount_invalid", "value", strings.TrimSpace(typed)))
		return
	}
	t.LeastAmount = v.Decimal()
}

// Amount writes the least amount of the chosen step for its field.
func (m *Scenarios) Amount() string {
	if t := m.Chosen(); t != nil && t.LeastAmount != "" {
		if v, err := t.LeastMoney(ledger.EUR); err == nil {
			return m.w.Amount(v)
		}
	}
	return ""
}

// When is how the days of a step are said in its form.
type When string

// The ways to say when a step is due.
const (
	Before     When = "before"
	After      When = "after"
	EndOfMonth When = "end_of_month"
	Previous   When = "previous"
)

// Whens are the ways in the order of the form.
var Whens = []When{Before, After, EndOfMonth, Previous}

// When tells how the chosen step's day is said, and its number of days.
func (m *Scenarios) When() (When, int) {
	t := m.Chosen()
	switch {
	case t == nil:
		return After, 0
	case t.After == ledger.AfterDueEndOfMonth:
		return EndOfMonth, t.Days
	case t.After == ledger.AfterPrevious:
		return Previous, t.Days
	case t.Days < 0:
		return Before, -t.Days
	}
	return After, t.Days
}

// SetWhen changes the chosen step's day; the step takes its place among the others.
func (m *Scenarios) SetWhen(when When, days int) {
	t := m.Chosen()
	if t == nil {
		return
	}
	switch when {
	case Before:
		t.After, t.Days = ledger.AfterDue, -days
	case After:
		t.After, t.Days = ledger.AfterDue, days
	case EndOfMonth:
		t.After, t.Days = ledger.AfterDueEndOfMonth, days
	case Previous:
		t.After, t.Days = ledger.AfterPrevious, days
	}
	m.place()
}

// Move brings a step, from 0, to a day from the due date.
func (m *Scenarios) Move(i, day int) {
	m.Step = i
	if t := m.Chosen(); t != nil && t.After == ledger.AfterDue {
		t.Days = day
		delete(m.unread, unreadKey(i, "days"))
		m.place()
	}
}

// place brings the chosen step among those that count from the due date to where its day belongs. Levels stay where they are: they say how far
// an invoice has come.
func (m *Scenarios) place() {
	steps, i := m.Now.Steps, m.Step
	if steps[i].After != ledger.AfterDue {
		return
	}
	swap := func(j int) {
		steps[i], steps[j] = steps[j], steps[i]
		steps[i].Level, steps[j].Level = steps[j].Level, steps[i].Level
		m.swapUnread(i, j)
		i = j
	}
	due := func(j int) bool { return j >= 0 && j < len(steps) && steps[j].After == ledger.AfterDue }
	for due(i-1) && steps[i-1].Days > steps[i].Days {
		swap(i - 1)
	}
	for due(i+1) && steps[i+1].Days < steps[i].Days {
		swap(i + 1)
	}
	m.Step = i
}

// swapUnread lets the sentences about figures go with their steps.
func (m *Scenarios) swapUnread(i, j int) {
	out := map[string]string{}
	for key, s := range m.unread {
		at, field, _ := strings.Cut(key, "/")
		switch at {
		case strconv.Itoa(i):
			key = unreadKey(j, field)
		case strconv.Itoa(j):
			key = unreadKey(i, field)
		}
		out[key] = s
	}
	m.unread = out
}

// usualSteps are what a new step of each channel is called and says, the first that the scenario does not have yet.
var usualSteps = map[ledger.Channel][]string{
	ledger.ChannelEmail:      {letters.FirstReminder, letters.SecondReminder, letters.LastReminder},
	ledger.ChannelLetter:     {letters.FirstReminder, letters.SecondReminder, letters.LastReminder},
	ledger.ChannelPhone:      {"call", "second_call"},
	ledger.ChannelRegistered: {letters.FormalNotice},
	ledger.ChannelVisit:      {"visit"},
	ledger.ChannelTask:       {"handover"},
}

// Add puts a new step by a channel on a day from the due date, and chooses it.
func (m *Scenarios) Add(channel ledger.Channel, day int) {
	t := ledger.ScenarioStep{Step: m.newName(channel), Channel: channel, After: ledger.AfterDue, Days: day}
	if written(channel) {
		t.Model = t.Step
	}
	at := len(m.Now.Steps)
	for i, x := range m.Now.Steps {
		if x.After == ledger.AfterDue && x.Days > day {
			at = i
			break
		}
	}
	m.insert(at, t)
}

// insert puts a step before the one at a place. The levels after it rise only as far as they must.
func (m *Scenarios) insert(at int, t ledger.ScenarioStep) {
	t.Level = 1
	if at > 0 {
		t.Level = m.Now.Steps[at-1].Level + 1
	}
	unread := map[string]string{}
	for key, s := range m.unread {
		step, field, _ := strings.Cut(key, "/")
		if n, err := strconv.Atoi(step); err == nil && n >= at {
			key = unreadKey(n+1, field)
		}
		unread[key] = s
	}
	m.unread = unread
	m.Now.Steps = slices.Insert(m.Now.Steps, at, t)
	for i := at + 1; i < len(m.Now.Steps) && m.Now.Steps[i].Level <= m.Now.Steps[i-1].Level; i++ {
		m.Now.Steps[i].Level = m.Now.Steps[i-1].Level + 1
	}
	m.Step = at
}

func (m *Scenarios) newName(channel ledger.Channel) string {
	names := usualSteps[channel]
	for _, name := range names {
		if !slices.ContainsFunc(m.Now.Steps, func(t ledger.ScenarioStep) bool { return t.Step == name }) {
			return name
		}
	}
	return names[len(names)-1]
}

// FreeDay is a day for a new step that is not dropped on one: a week after the last that counts from the due date.
func (m *Scenarios) FreeDay() int {
	day := -4
	for _, t := range m.Now.Steps {
		if t.After == ledger.AfterDue {
			day = max(day, t.Days)
		}
	}
	return day + 7
}

// Remove takes a step, from 0, out.
func (m *Scenarios) Remove(i int) {
	if i < 0 || i >= len(m.Now.Steps) {
		return
	}
	unread := map[string]string{}
	for key, s := range m.unread {
		step, field, _ := strings.Cut(key, "/")
		switch n, err := strconv.Atoi(step); {
		case err != nil || n < i:
			unread[key] = s
		case n > i:
			unread[unreadKey(n-1, field)] = s
		}
	}
	m.unread = unread
	m.Now.Steps = slices.Delete(m.Now.Steps, i, i+1)
	m.Step = min(i, len(m.Now.Steps)-1)
}

// written says whether a channel carries a text.
func written(c ledger.Channel) bool {
	return c == ledger.ChannelEmail || c == ledger.ChannelLetter || c == ledger.ChannelRegistered
}

// SetChannel changes how the chosen step is done; what it says follows.
func (m *Scenarios) SetChannel(c ledger.Channel) {
	t := m.Chosen()
	if t == nil {
		return
	}
	t.Channel = c
	switch {
	case !written(c):
		t.Model, t.Deadline = "", 0
	case t.Model == "" && slices.Contains(letters.Models(), t.Step):
		t.Model = t.Step
	case t.Model == "":
		t.Model = usualSteps[c][0]
	}
}

// Models are the letters that a step may send, mildest first; the step's own is among them.
func (m *Scenarios) Models() []string {
	var out []string
	for _, name := range letters.Models() {
		if t := m.Chosen(); letters.Level(name) > 0 || name == letters.StatementOfAccount || name == letters.VisitNotice || t != nil && t.Model == name {
			out = append(out, name)
		}
	}
	return out
}

// stepNames are the names of steps that the program words.
var stepNames = []string{"check_invoice", "preventive_call", "first_reminder", "call", "second_reminder", "second_call", "visit", "last_reminder", "formal_notice", "handover"}

// SetStepName names the chosen step as typed.
func (m *Scenarios) SetStepName(typed string) {
	t := m.Chosen()
	if t == nil {
		return
	}
	t.Step = strings.TrimSpace(typed)
	for _, name := range stepNames {
		if ledger.Fold(m.w.FollowUpStep(name)) == ledger.Fold(t.Step) {
			t.Step = name
		}
	}
}

// ToggleKind adds a kind of customer to those that the chosen step is for, or takes it out.
func (m *Scenarios) ToggleKind(k ledger.CustomerKind) {
	t := m.Chosen()
	if t == nil {
		return
	}
	var now []ledger.CustomerKind
	for _, kind := range ledger.CustomerKinds {
		if slices.Contains(t.Kinds, kind) != (kind == k) {
			now = append(now, kind)
		}
	}
	if t.Kinds = now; len(now) == len(ledger.CustomerKinds) {
		t.Kinds = nil // all is no condition
	}
}

// SetLeast reads the least days between contacts as typed.
func (m *Scenarios) SetLeast(typed string) {
	text := strings.Join(strings.Fields(typed), "")
	delete(m.unread, leastKey)
	n, err := 0, error(nil)
	if text != "" {
		n, err = strconv.Atoi(text)
	}
	if err != nil {
		m.unread[leastKey] = m.w.Error(ledger.Errorf("scenario_number", "value", strings.TrimSpace(typed)))
		return
	}
	m.Now.LeastDays = n
}

const leastKey = "least"

// Least writes them for their field.
func (m *Scenarios) Least() string { return strconv.Itoa(m.Now.LeastDays) }

// CheckLeast gives the sentence about them, or nothing.
func (m *Scenarios) CheckLeast() string {
	return cmp.Or(m.unread[leastKey], m.Check("least_days_between_contacts"))
}

// Saved is the scenario as it is kept.
func (m *Scenarios) Saved() *ledger.Scenario { return copyOf(m.saved) }

// CopyName proposes a name for a copy.
func (m *Scenarios) CopyName() string {
	name := m.w.T("scenario.copy_of", "name", m.was)
	for n := 2; m.state.ScenarioNameTaken("", name) != nil; n++ {
		name = m.w.T("scenario.copy_of", "name", m.was) + " " + strconv.Itoa(n)
	}
	return name
}

// CheckCopy gives the sentence about a name for a copy, or nothing.
func (m *Scenarios) CheckCopy(name string) string {
	if e := m.state.ScenarioNameTaken("", name); e != nil {
		return m.w.Error(e)
	}
	x := copyOf(m.Now)
	x.Name = name
	if list := desk.CheckScenario(x); len(list) > 0 {
		return m.w.Error(list[0]) // of a scenario that is wrong itself, the first sentence says so
	}
	return ""
}
