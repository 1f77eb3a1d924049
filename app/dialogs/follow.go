package dialogs

import (
	"context"

	"quitus/app/kit"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// Follow asks which scenario customers are to follow. done is called after it was recorded.
func Follow(c *screen.Context, customers []ledger.CustomerID, done func()) {
	s := c.Desk.State()
	now := ""
	for i, id := range customers {
		if k := s.Book.Customer(id); k != nil && i == 0 {
			now, _ = s.ScenarioName(k.Scenario)
		}
	}
	choices := scenarioChoices(c.Words, s, now, c.T("scenario.follow_back"))
	to := kit.NewChoice(c.T("scenario.follow"), now, nil, options(choices)...)
	form := kit.NewForm(c.Canvas(), c.Words, c.Words.N("scenario.assign_title", len(customers)), c.T("scenario.assign_act"), to)
	form.OnAct = func() {
		form.Close()
		name, word := to.Chosen(), ""
		for _, x := range choices {
			if x.ID == name {
				word = x.Word
			}
		}
		c.Act("dialogs.follow", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
			return c.Desk.AssignScenario(ctx, name, customers)
		}, func() string {
			done()
			return c.Words.N("scenario.assigned", len(customers), "name", word)
		})
	}
	form.Show()
	to.Focus()
}
