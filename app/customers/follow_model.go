package customers

import (
	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// followFacts tell how a customer is followed up, for the line below its name.
func followFacts(w *words.Words, s *desk.State, c *ledger.Customer) []string {
	name := s.ScenarioOf(c)
	out := []string{w.T("scenario.page", "name", name)}
	if name == ledger.NoScenario {
		out[0] = w.T("scenario.page_none")
	}
	if c.DoNotContact {
		out = append(out, w.T("scenario.page_no_contact"))
	}
	if m := s.Book.Customer(c.Manager); m != nil {
		out = append(out, w.T("scenario.page_managed", "name", m.Name))
	}
	return out
}

// preventive is the scenario that is proposed for those who usually pay late.
const preventive = "Préventif"

// preventiveFor names the scenario to propose for a customer; nothing where none is. It is for companies and non-professionals who pay late as a
// habit, and for whom the owner has chosen none: other kinds have scenarios of their own rhythm.
func preventiveFor(s *desk.State, c *ledger.Customer, sum ledger.CustomerSummary) string {
	switch {
	case !sum.HabitLate(), handedOver(s, c.ID), c.Scenario != "", c.DoNotContact, c.Type == ledger.PublicBody, c.Type == ledger.Consumer, s.ScenarioOf(c) == ledger.NoScenario:
		return ""
	}
	if name, err := s.ScenarioName(preventive); err == nil && name != s.ScenarioOf(c) {
		return name
	}
	return ""
}

// handedOver says whether an open invoice of a customer is with a lawyer, a bailiff or an agency.
func handedOver(s *desk.State, id ledger.CustomerID) bool {
	for _, w := range s.Waiting(id) {
		if w.Reason.Code == "handed_over" {
			return true
		}
	}
	return false
}
