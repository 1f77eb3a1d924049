package ledger

import "testing"

func amiable() *Scenario {
	return &Scenario{Name: "Essai", Calendar: BusinessDays, Country: "FR", LeastDays: 5, Steps: []ScenarioStep{
		{Level: 1, Step: "first_reminder", After: AfterDue, Days: 3, Channel: ChannelEmail, Model: "first_reminder"},
		{Level: 2, Step: "call", After: AfterDue, Days: 8, Channel: ChannelPhone},
		{Level: 3, Step: "formal_notice", After: AfterPrevious, Days: 15, Channel: ChannelRegistered, Model: "formal_notice"},
	}}
}

func TestCheckScenario(t *testing.T) {
	models := []string{"first_reminder", "formal_notice"}
	cases := map[string]func(*Scenario){
		"":                    func(*Scenario) {},
		"field_required":      func(s *Scenario) { s.Name = " " },
		"scenario_name":       func(s *Scenario) { s.Name = "None" },
		"scenario_calendar":   func(s *Scenario) { s.Calendar = "weekdays" },
		"country_invalid":     func(s *Scenario) { s.Country = "fr" },
		"scenario_least_days": func(s *Scenario) { s.LeastDays = 61 },
		"scenario_empty":      func(s *Scenario) { s.Steps = nil },
		"scenario_level":      func(s *Scenario) { s.Steps[1].Level = 1 },
		"scenario_step":       func(s *Scenario) { s.Steps[0].Step = "" },
		"scenario_channel":    func(s *Scenario) { s.Steps[0].Channel = "fax" },
		"scenario_model":      func(s *Scenario) { s.Steps[0].Model = "threat" },
		"scenario_deadline":   func(s *Scenario) { s.Steps[0].Deadline = -1 },
		"scenario_amount":     func(s *Scenario) { s.Steps[0].LeastAmount = "-1" },
		"scenario_kind":       func(s *Scenario) { s.Steps[0].Kinds = []CustomerKind{"friend"} },
		"scenario_habit":      func(s *Scenario) { s.Steps[0].Habit = "early" },
		"scenario_days":       func(s *Scenario) { s.Steps[2].Days = 800 },
		"scenario_previous":   func(s *Scenario) { s.Steps[0].After = AfterPrevious },
		"scenario_after":      func(s *Scenario) { s.Steps[0].After = "issue" },
		"scenario_same_day":   func(s *Scenario) { s.Steps[1].Days = 3 },
		"scenario_order":      func(s *Scenario) { s.Steps[1].Days = 2 },
	}
	for want, change := range cases {
		s := amiable()
		change(s)
		list := CheckScenario(s, models)
		switch {
		case want == "" && len(list) != 0:
			t.Errorf("a sound scenario: %v", list)
		case want != "" && (len(list) != 1 || list[0].Code != want):
			t.Errorf("%s: %v", want, list)
		}
	}
}
