package dialogs

import (
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// scenarioChoices are the scenarios that may be followed, after what stands for no choice of one's own; one that is gone is offered where it
// is the choice now.
func scenarioChoices(w *words.Words, s *desk.State, now, usual string) []choice {
	out := []choice{{"", usual}}
	known := now == "" || now == ledger.NoScenario
	for _, x := range s.Scenarios() {
		out = append(out, choice{x.Name, x.Name})
		known = known || x.Name == now
	}
	if !known {
		out = append(out, choice{now, now})
	}
	return append(out, choice{ledger.NoScenario, w.T("scenario.follow_none")})
}

// scenarioWord names a scenario as one is followed.
func scenarioWord(w *words.Words, name string) string {
	if strings.EqualFold(name, ledger.NoScenario) {
		return w.T("scenario.follow_none")
	}
	return name
}

// follow gives the scenarios for the form of a customer.
func (m *customerModel) follow() []choice {
	usual := m.Now
	usual.Scenario = ""
	s := m.desk.State()
	return scenarioChoices(m.w, s, m.scenario(), m.w.T("scenario.follow_usual", "name", scenarioWord(m.w, s.ScenarioOf(&usual))))
}

// scenario is the customer's own, as it is written everywhere.
func (m *customerModel) scenario() string {
	if name, err := m.desk.State().ScenarioName(m.Now.Scenario); err == nil {
		return name
	}
	return m.Now.Scenario
}

// manager finds the customer who manages this one, by its name, its code or what is found of it alone; false where there is none or
// several.
func (m *customerModel) manager(typed string) (ledger.CustomerID, bool) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0, true
	}
	if c := m.book.CustomerByRef(typed); c != nil {
		return c.ID, true
	}
	if ids := m.book.CustomersByName(typed); len(ids) > 0 {
		return ids[0], len(ids) == 1
	}
	var found []ledger.CustomerID
	for _, f := range m.book.Search(typed, m.desk.State().Standings, 3) {
		if f.Invoice == nil {
			found = append(found, f.Customer.ID)
		}
	}
	if len(found) == 1 {
		return found[0], true
	}
	return 0, false
}

// managerName writes who manages a customer.
func (m *customerModel) managerName(id ledger.CustomerID) string {
	c := m.book.Customer(id)
	switch {
	case c == nil:
		return ""
	case len(m.book.CustomersByName(c.Name)) > 1:
		return c.Ref
	}
	return c.Name
}

// checkManager gives the sentence about who manages the customer, as typed.
func (m *customerModel) checkManager(typed string) string {
	id, ok := m.manager(typed)
	if !ok {
		return m.w.T("scenario.manager_unknown", "typed", strings.TrimSpace(typed))
	}
	return m.check("manager", func(c *ledger.Customer) { c.Manager = id })
}

// follow gives the scenarios for the form of an invoice.
func (m *invoiceModel) follow() []choice {
	usual := m.w.T("scenario.follow_back")
	if c := m.state.Book.Customer(m.Now.Customer); c != nil {
		usual = m.w.T("scenario.follow_customer", "name", scenarioWord(m.w, m.state.ScenarioOf(c)))
	}
	return scenarioChoices(m.w, m.state, m.scenario(), usual)
}

// scenario is the invoice's own, as it is written everywhere.
func (m *invoiceModel) scenario() string {
	if name, err := m.state.ScenarioName(m.Now.Scenario); err == nil {
		return name
	}
	return m.Now.Scenario
}
