package settings

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/ledger"
)

// stepForm is the form of the chosen step.
type stepForm struct {
	s *scenarioSection

	name, days, deadline, amount, age *kit.Field
	when, channel, model              *kit.Choice
	kinds, also                       *kit.FilterRow
	visit                             *kit.Label
	none                              *kit.Label
	letter, body                      *fyne.Container // what is written; all fields
	card                              fyne.CanvasObject
}

func newStepForm(s *scenarioSection) *stepForm {
	f := &stepForm{s: s}
	c := s.c
	f.name = f.field("step", c.T("scenario.step.name"), func(text string) { s.m.SetStepName(text) })
	f.buildWhen()
	f.buildLetter()
	f.amount = f.field("least_amount", c.T("scenario.step.least_amount"), func(text string) { s.m.SetAmount(text) }).Placeholder(c.T("scenario.step.any"))
	f.amount.Tidy = func(string) string { return s.m.Amount() }
	f.age = f.number("least_age", c.T("scenario.step.least_age"), func(t *ledger.ScenarioStep, n int) { t.LeastAge = n }).Placeholder(c.T("scenario.step.any"))
	var kinds []kit.FilterOption
	for _, k := range ledger.CustomerKinds {
		kinds = append(kinds, kit.FilterOption{ID: string(k), Word: c.Words.CustomerKind(k)})
	}
	f.kinds = kit.NewFilterTicks(func(id string) { s.change(func() { s.m.ToggleKind(ledger.CustomerKind(id)) }) }, kinds...)
	f.also = kit.NewFilterTicks(f.toggle, kit.FilterOption{ID: "habit", Word: c.T("scenario.step.habit")},
		kit.FilterOption{ID: "optional", Word: c.T("scenario.step.optional")})
	f.visit = kit.NewNote(c.T("scenario.no_visit")).Wrapped()
	f.none = kit.NewLabel(c.T("scenario.no_step")).Ink(look.Ink2).Wrapped()
	label := func(key string) fyne.CanvasObject {
		return kit.NewLabel(c.T(key)).Role(look.Fine).Bold().Ink(look.Ink2)
	}
	remove := kit.NewButton(kit.Secondary, look.IconDelete, c.T("scenario.step.remove"), func() { s.removeStep(s.m.Step) })
	f.letter = kit.Shares(look.Gap3, f.model, f.deadline)
	f.body = kit.Stack(look.Gap3, f.name, kit.Shares(look.Gap3, f.days, f.channel), f.when,
		f.letter, f.visit, kit.Shares(look.Gap3, f.amount, f.age),
		kit.Stack(look.Gap1, label("scenario.step.kinds"), f.kinds),
		kit.Stack(look.Gap1, label("scenario.step.conditions"), f.also),
		kit.Row(0, remove, layout.NewSpacer()))
	f.card = kit.NewTitledCard(c.T("scenario.step"), nil, kit.Stack(0, f.none, f.body))
	return f
}

// field makes a field of the chosen step.
func (f *stepForm) field(name, label string, set func(text string)) *kit.Field {
	e := kit.NewField(label, "")
	e.Check = func(string) string { return f.s.m.CheckStep(f.s.m.Step, name) }
	e.OnChanged = func(text string) { f.s.change(func() { set(text) }) }
	e.OnLeft = f.say
	return e
}

// number makes a field for a number of days.
func (f *stepForm) number(name, label string, set func(*ledger.ScenarioStep, int)) *kit.Field {
	return f.field(name, label, func(text string) { f.s.m.SetNumber(name, text, set) })
}

// buildWhen makes what says on which day the step is due.
func (f *stepForm) buildWhen() {
	c, m := f.s.c, f.s.m
	f.days = f.field("days", c.T("scenario.step.days"), func(text string) {
		when, now := m.When()
		days := now
		m.SetNumber("days", text, func(_ *ledger.ScenarioStep, n int) { days = n })
		if days != now {
			m.SetWhen(when, days)
		}
	})
	var whens []kit.Option
	for _, w := range Whens {
		whens = append(whens, kit.Option{ID: string(w), Word: c.T("scenario.when." + string(w))})
	}
	f.when = kit.NewChoice(c.T("scenario.step.when"), "", func(id string) {
		f.s.changeAll(func() {
			_, days := m.When()
			m.SetWhen(When(id), days)
		})
	}, whens...)
}

// buildLetter makes what says how it is done, and what is written.
func (f *stepForm) buildLetter() {
	c, s := f.s.c, f.s
	var channels []kit.Option
	for _, x := range stepChannels {
		channels = append(channels, kit.Option{ID: string(x), Word: c.Words.Channel(x)})
	}
	f.channel = kit.NewChoice(c.T("scenario.step.channel"), "", func(id string) { s.changeAll(func() { s.m.SetChannel(ledger.Channel(id)) }) }, channels...)
	f.model = kit.NewChoice(c.T("scenario.step.model"), "", func(id string) {
		s.changeAll(func() {
			if t := s.m.Chosen(); t != nil {
				t.Model = id
			}
		})
	})
	f.deadline = f.number("deadline_days", c.T("scenario.step.deadline"), func(t *ledger.ScenarioStep, n int) { t.Deadline = n }).
		Placeholder(c.T("scenario.step.deadline_hint"))
}

// toggle switches one of the conditions that are said in a word.
func (f *stepForm) toggle(id string) {
	f.s.change(func() {
		switch t := f.s.m.Chosen(); {
		case t == nil:
		case id == "optional":
			t.Optional = !t.Optional
		case t.Habit == ledger.HabitLate:
			t.Habit = ""
		default:
			t.Habit = ledger.HabitLate
		}
	})
}

func (f *stepForm) focus() { f.name.Focus() }

// show copies the chosen step into the form.
func (f *stepForm) show() {
	s, t := f.s, f.s.m.Chosen()
	f.none.Hidden, f.body.Hidden = t != nil, t == nil
	if t == nil {
		return
	}
	s.updating = true
	when, days := s.m.When()
	f.name.SetText(s.c.Words.FollowUpStep(t.Step))
	f.days.SetText(strconv.Itoa(days))
	f.when.Choose(string(when))
	f.channel.Choose(string(t.Channel))
	var models []kit.Option
	for _, name := range s.m.Models() {
		models = append(models, kit.Option{ID: name, Word: s.c.Words.Letter(name)})
	}
	f.model.SetOptions(t.Model, models...)
	f.deadline.SetText(figure(t.Deadline))
	f.amount.SetText(s.m.Amount())
	f.age.SetText(figure(t.LeastAge))
	f.letter.Hidden = !written(t.Channel)
	f.visit.Hidden = t.Channel != ledger.ChannelVisit
	mark := func(row *kit.FilterRow, id string, on bool) {
		if slices.Contains(row.Ticked(), id) != on {
			row.Choose(id)
		}
	}
	for _, k := range ledger.CustomerKinds {
		mark(f.kinds, string(k), slices.Contains(t.Kinds, k))
	}
	mark(f.also, "habit", t.Habit == ledger.HabitLate)
	mark(f.also, "optional", t.Optional)
	f.say()
	s.updating = false
	f.body.Refresh()
}

// figure writes a number for a field that is empty where it is not set.
func figure(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// say shows at each field what is wrong with it.
func (f *stepForm) say() {
	m := f.s.m
	for name, field := range map[string]interface{ SetMessage(string) }{
		"step": f.name, "days": f.days, "after": f.when, "channel": f.channel, "model": f.model, "deadline_days": f.deadline, "least_amount": f.amount, "least_age": f.age,
	} {
		field.SetMessage(m.CheckStep(m.Step, name))
	}
}
