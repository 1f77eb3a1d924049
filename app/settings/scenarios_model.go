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
