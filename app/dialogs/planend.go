package dialogs

import (
	"context"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/letters"
)

// endModel is a plan that is to be ended.
type endModel struct {
	Plan     *ledger.Plan
	Missed   ledger.Date
	Late     ledger.Money // what is missing
	Open     ledger.Money // what is open of its invoices
	Reminded ledger.Date  // until which the customer was asked in writing
	On       ledger.Date
}

func newEndModel(s *desk.State, p *ledger.Plan) endModel {
	state := s.Book.JudgePlan(p, s.On)
	m := endModel{Plan: p, Missed: state.Missed, Late: ledger.Money{Minor: state.Late, Currency: p.Currency}, Open: ledger.Money{Currency: p.Currency}, On: s.On}
	for _, id := range p.Invoices {
		m.Open.Minor += s.Standings.Of(id).Open
	}
	m.Reminded = s.PlanReminded(p)
	return m
}

// code says where the plan's clause stands: a written reminder comes first, then the days that it leaves.
func (m endModel) code() string {
	switch {
	case m.Missed == 0:
		return "kept"
	case m.Reminded == 0:
		return "unasked"
	case m.Reminded >= m.On:
		return "running"
	}
	return "over"
}

// EndPlan opens "Mettre fin à l'échéancier": it lapses by its clause, so that the whole is due again, or ends by agreement. Where the
// clause asks for a written reminder first, the dialog says so and leads to it. changed, which may be nil, is called after it was
// recorded.
func EndPlan(c *screen.Context, p *ledger.Plan, changed func()) {
	m, w := newEndModel(c.Desk.State(), p), c.Words
	chosen := ledger.PlanTaken
	if m.code() == "over" {
		chosen = ledger.PlanLapsed
	}
	var form *kit.Form
	says := kit.NewLabel("").Wrapped()
	show := func() { says.SetText(w.T("plans.end.text."+string(chosen), "open", m.Open)) }
	show()
	ways := []ledger.PlanEnd{ledger.PlanTaken}
	if m.Missed != 0 {
		ways = []ledger.PlanEnd{ledger.PlanLapsed, ledger.PlanTaken}
	}
	how := kit.NewFilterChoice(string(chosen), func(id string) {
		chosen = ledger.PlanEnd(id)
		show()
		form.Refresh()
	}, chips(ways, func(e ledger.PlanEnd) string { return w.T("plans.end." + string(e)) })...)
	facts := kit.NewLabel(w.T("plans.end.clause."+m.code(), "day", m.Missed, "late", m.Late, "until", m.Reminded)).Wrapped()
	body := kit.Stack(look.Gap3, facts)
	if m.code() == "unasked" {
		body.Add(kit.Row(0, kit.NewButton(kit.Secondary, look.IconLetter, w.T("plans.end.remind"), func() {
			form.Close()
			c.Go(screen.Place{Screen: screen.Letters, Customer: p.Customer, Customers: []ledger.CustomerID{p.Customer}, Filter: letters.PlanLapse})
		})))
	}
	body.Add(how)
	body.Add(says)
	form = kit.NewWideForm(c.Canvas(), w, 560, w.T("plans.end.title"), w.T("plans.end.act"), body)
	form.OnAct = func() {
		Save(c, "dialogs.plan.end", form, nil, func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.EndPlan(ctx, p.ID, chosen)
		}, func(e ledger.Entry) {
			c.Done(w.T("plans.end.done."+string(chosen), "open", m.Open), e)
			call(changed)
		})
	}
	form.Show()
}

// WithdrawPlan asks whether a proposal is to be withdrawn.
func WithdrawPlan(c *screen.Context, p *ledger.Plan, changed func()) {
	form := kit.NewForm(c.Canvas(), c.Words, c.T("plans.withdraw.title"), c.T("plans.withdraw.act"), kit.NewLabel(c.T("plans.withdraw.text")).Wrapped())
	form.OnAct = func() {
		Save(c, "dialogs.plan.end", form, nil, func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.EndPlan(ctx, p.ID, ledger.PlanTaken)
		}, func(e ledger.Entry) {
			c.Done(c.T("plans.withdraw.done"), e)
			call(changed)
		})
	}
	form.Show()
}
