package customers

import (
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// plan is a payment plan that runs or was proposed, as the page shows it.
type plan struct {
	Record *ledger.Plan
	Title  string
	Second string
	Parts  []planPart
	Missed bool
}

// planPart is an instalment with what came in for it.
type planPart struct {
	Day, Amount string
	Situation   ledger.Situation
	Word        string
}

// readPlans lists the plans that run and those that wait for the customer's answer, the oldest first.
func readPlans(w *words.Words, s *desk.State, id ledger.CustomerID) []plan {
	var out []plan
	for _, p := range s.Book.PlansOf(id) {
		state := s.Book.JudgePlan(p, s.On)
		if waits := p.Proposed && p.End == ledger.PlanRunning; !state.Running && !waits {
			continue
		}
		out = append(out, planOf(w, s, p, state))
	}
	return out
}

func planOf(w *words.Words, s *desk.State, p *ledger.Plan, state ledger.PlanState) plan {
	key := "plans.card.running"
	if p.Proposed {
		key = "plans.card.proposed"
	}
	x := plan{Record: p, Title: w.T(key, "total", p.Total(), "day", p.Made), Missed: state.Running && state.Missed != 0}
	var numbers []string
	for _, id := range p.Invoices {
		if i := s.Book.Invoice(id); i != nil {
			numbers = append(numbers, i.Number)
		}
	}
	x.Second = strings.Join(numbers, ", ")
	if !p.Proposed {
		paid := ledger.Money{Minor: state.Paid, Currency: p.Currency}
		x.Second = w.T("plans.card.paid", "paid", paid, "total", p.Total(), "numbers", x.Second)
	}
	for _, i := range s.Book.PlanParts(p, s.On) {
		x.Parts = append(x.Parts, partOf(w, s.On, p, i))
	}
	return x
}

// partOf says of an instalment whether it came, is late, or is to come.
func partOf(w *words.Words, on ledger.Date, p *ledger.Plan, i ledger.PlanPart) planPart {
	paid := ledger.Money{Minor: i.Paid, Currency: p.Currency}
	x := planPart{Day: w.Date(i.Due), Amount: w.Money(ledger.Money{Minor: i.Amount, Currency: p.Currency}), Situation: ledger.NotDue, Word: w.T("plans.part.coming")}
	days := int(on - i.Due)
	switch {
	case p.Proposed:
		x.Word = w.T("plans.part.proposed")
	case i.Left() == 0:
		x.Situation, x.Word = ledger.Settled, w.T("plans.part.paid")
	case days > 0 && i.Paid > 0:
		x.Situation, x.Word = ledger.Late, w.T("plans.part.late_some", "paid", paid, "days", days)
	case days > 0:
		x.Situation, x.Word = ledger.Late, w.N("plans.part.late", days)
	case i.Paid > 0:
		x.Situation, x.Word = ledger.DueSoon, w.T("plans.part.some", "paid", paid)
	case -days <= ledger.DueSoonDays:
		x.Situation, x.Word = ledger.DueSoon, w.T("plans.part.coming")
	}
	return x
}
