package cli

import (
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/ledger"
)

type scenariosDoc struct {
	Scenarios []scenarioDoc `json:"scenarios"`
}

// scenarioDoc is a scenario as a file has it, and how it is used.
type scenarioDoc struct {
	*ledger.Scenario
	Own       bool                  `json:"own"`       // made or changed by the owner
	Default   bool                  `json:"default"`   // of customers without one of their own: the company's, or that of companies where it has none
	UsualFor  []ledger.CustomerKind `json:"usual_for"` // kinds of customers who follow it where neither they nor the company chose
	Customers int                   `json:"customers"`
}

// runScenarios lists the follow-up scenarios and how many customers follow each.
func runScenarios(c *call) (*reply, error) {
	s := c.desk.State()
	follow, own := s.Followings(), s.CompanyScenario()
	doc := scenariosDoc{Scenarios: []scenarioDoc{}}
	for _, x := range s.Scenarios() {
		d := scenarioDoc{x, x.ID != 0, x.Name == own, []ledger.CustomerKind{}, follow[x.Name].Customers}
		if own == "" {
			d.UsualFor = append(d.UsualFor, desk.UsualKinds(x.Name)...)
			d.Default = slices.Contains(d.UsualFor, ledger.CompanyCustomer)
		}
		doc.Scenarios = append(doc.Scenarios, d)
	}
	return &reply{doc: doc, text: func(p *page) {
		for _, x := range doc.Scenarios {
			p.line(p.w.N("cli.scenario.line", x.Customers, "name", x.Name, "steps", p.w.N("cli.scenario.steps", len(x.Steps))))
			switch {
			case len(x.UsualFor) > 0:
				p.line("  " + p.w.T("cli.scenario.for", "kinds", p.w.Kinds(x.UsualFor)))
			case x.Default:
				p.line("  " + p.w.T("cli.scenario.is_default"))
			}
			for i, t := range x.Steps {
				p.say("cli.scenario.step", "n", i+1, "sentence", p.w.StepSentence(t))
			}
		}
	}}, nil
}

type scenarioDone struct {
	Batch     *string  `json:"batch"` // null where all was so already
	Scenario  string   `json:"scenario"`
	Default   bool     `json:"default"`
	Customers []string `json:"customers"`
}

// runScenarioImport takes a scenario file in; one of the same name is replaced.
func runScenarioImport(c *call) (*reply, error) {
	x, err := desk.ReadScenario(c.args[0])
	if err != nil {
		return nil, err
	}
	done := scenarioDone{Default: c.given("default"), Customers: []string{}}
	e, err := c.desk.TakeScenario(c.ctx, x, done.Default)
	if err != nil {
		return nil, err
	}
	if done.Scenario, err = c.desk.State().ScenarioName(strings.TrimSpace(x.Name)); err != nil {
		return nil, err
	}
	return c.scenarioDone(done, e), nil
}

// runScenarioAssign has customers follow a scenario, or makes it the company's.
func runScenarioAssign(c *call) (*reply, error) {
	to, err := c.addressees(c.args[1:])
	if err != nil {
		return nil, err
	}
	name, err := c.desk.State().ScenarioName(c.args[0])
	if err != nil {
		return nil, err
	}
	done := scenarioDone{Scenario: name, Default: c.given("default"), Customers: []string{}}
	if len(to) == 0 && !done.Default {
		return nil, ledger.Errorf("usage_scenario")
	}
	var ids []ledger.CustomerID
	for _, k := range to {
		ids, done.Customers = append(ids, k.ID), append(done.Customers, k.Ref)
	}
	e, err := c.desk.FollowScenario(c.ctx, name, ids, done.Default)
	if err != nil {
		return nil, err
	}
	return c.scenarioDone(done, e), nil
}

// scenarioDone tells what an entry of the journal did about a scenario.
func (c *call) scenarioDone(done scenarioDone, e ledger.Entry) *reply {
	if batch := desk.Batch(e); batch != "" {
		done.Batch = &batch
	}
	return &reply{doc: done, text: func(p *page) {
		n, stop := len(done.Customers), done.Scenario == ledger.NoScenario
		switch {
		case done.Batch == nil:
			p.say("cli.scenario.unchanged")
			return
		case n > 0 && stop:
			p.line(p.w.N("cli.scenario.stopped", n, "batch", *done.Batch))
		case n > 0:
			p.line(p.w.N("cli.scenario.assigned", n, "name", done.Scenario, "batch", *done.Batch))
		case !stop:
			p.say("cli.scenario.done", "name", done.Scenario, "batch", *done.Batch)
		}
		switch {
		case done.Default && stop:
			p.say("cli.scenario.company_stopped")
		case done.Default:
			p.say("cli.scenario.company", "name", done.Scenario)
		}
	}}
}
