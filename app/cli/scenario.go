package cli

import (
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
	Own       bool `json:"own"`     // made or changed by the owner
	Default   bool `json:"default"` // the company's
	Customers int  `json:"customers"`
}

// runScenarios lists the follow-up scenarios and how many customers follow each.
func runScenarios(c *call) (*reply, error) {
	s := c.desk.State()
	follow := map[string]int{}
	for k := range s.Book.Customers.All() {
		follow[s.ScenarioOf(k)]++
	}
	doc := scenariosDoc{Scenarios: []scenarioDoc{}}
	for _, x := range s.Scenarios() {
		doc.Scenarios = append(doc.Scenarios, scenarioDoc{x, x.ID != 0, strings.EqualFold(x.Name, s.Book.Company().Scenario), follow[x.Name]})
	}
	return &reply{doc: doc, text: func(p *page) {
		for _, x := range doc.Scenarios {
			p.line(p.w.N("cli.scenario.line", x.Customers, "name", x.Name, "steps", p.w.N("cli.scenario.steps", len(x.Steps))))
			for _, t := range x.Steps {
				p.say("cli.scenario.step", "level", t.Level, "step", p.w.FollowUpStep(t.Step), "channel", p.w.Channel(t.Channel), "when", p.w.When(t))
			}
		}
	}}, nil
}

type scenarioDone struct {
	Batch     string   `json:"batch"`
	Scenario  string   `json:"scenario"`
	Default   bool     `json:"default"`
	Customers []string `json:"customers"`
}

// runScenarioImport takes scenario files in; one of the same name is replaced.
func runScenarioImport(c *call) (*reply, error) {
	x, err := desk.ReadScenario(c.args[0])
	if err != nil {
		return nil, err
	}
	e, err := c.desk.SaveScenario(c.ctx, x)
	if err != nil {
		return nil, err
	}
	done := scenarioDone{Batch: desk.Batch(e), Scenario: x.Name, Customers: []string{}}
	if done.Default = c.given("default"); done.Default {
		if _, err := c.desk.UsualScenario(c.ctx, x.Name); err != nil {
			return nil, err
		}
	}
	return c.scenarioDone(done), nil
}

// runScenarioAssign has customers follow a scenario, or makes it the company's.
func runScenarioAssign(c *call) (*reply, error) {
	to, err := c.addressees(c.args[1:])
	if err != nil {
		return nil, err
	}
	done := scenarioDone{Scenario: c.args[0], Default: c.given("default"), Customers: []string{}}
	if len(to) == 0 && !done.Default {
		return nil, ledger.Errorf("usage_scenario")
	}
	var ids []ledger.CustomerID
	for _, k := range to {
		ids, done.Customers = append(ids, k.ID), append(done.Customers, k.Ref)
	}
	var e ledger.Entry
	if len(ids) > 0 {
		if e, err = c.desk.AssignScenario(c.ctx, c.args[0], ids); err != nil {
			return nil, err
		}
	}
	if done.Default {
		if e, err = c.desk.UsualScenario(c.ctx, c.args[0]); err != nil {
			return nil, err
		}
	}
	done.Batch = desk.Batch(e)
	return c.scenarioDone(done), nil
}

func (c *call) scenarioDone(done scenarioDone) *reply {
	return &reply{doc: done, text: func(p *page) { p.say("cli.scenario.done", "name", done.Scenario, "batch", done.Batch) }}
}
