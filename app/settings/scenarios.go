package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// scenarioSection is the section of the follow-up scenarios: their list, and the chosen one on a line of days.
type scenarioSection struct {
	c         *screen.Context
	m         *Scenarios
	onChanged func()

	list         *kit.Lines
	pick         *kit.Choice // in the place of the list in a narrow window
	facts        *kit.Label  // those of the scenario that the list would say
	title, usual *kit.Label
	tools        []*kit.DayTool // in the order of stepChannels
	chip         *kit.Chip
	more         *kit.IconButton
	name, least  *kit.Field
	calendar     *kit.Choice
	country      *kit.Choice
	line         *kit.DayLine
	problem      *kit.Label // about the steps as a whole
	due          *kit.DateEntry
	steps        *kit.Lines
	form         *stepForm
	object       fyne.CanvasObject
	updating     bool
}

// channelIcons tell channels apart at a glance.
var channelIcons = map[ledger.Channel]look.Icon{
	ledger.ChannelEmail: look.IconSend, ledger.ChannelLetter: look.IconLetter, ledger.ChannelPhone: look.IconPhone,
	ledger.ChannelRegistered: look.IconAttach, ledger.ChannelVisit: look.IconAccount, ledger.ChannelTask: look.IconTick,
}

// stepChannels are the channels in the order in which the palette offers them.
var stepChannels = []ledger.Channel{ledger.ChannelEmail, ledger.ChannelPhone, ledger.ChannelLetter, ledger.ChannelRegistered, ledger.ChannelVisit, ledger.ChannelTask}

func newScenarios(c *screen.Context, onChanged func()) *scenarioSection {
	s := &scenarioSection{c: c, m: NewScenarios(c.Words, c.Desk.State()), onChanged: onChanged}
	s.list = kit.NewLines(nil).Choosing()
	s.list.OnSelect = s.chooseRow
	take := kit.NewButton(kit.Secondary, look.IconOpen, c.T("scenario.import"), s.take)
	copyIt := kit.NewButton(kit.Secondary, look.IconCopy, c.T("scenario.duplicate"), s.duplicate)
	left := kit.Stack(look.Gap3, s.list.Card(false), kit.NewWrapRow(copyIt, take))
	s.pick = kit.NewChoice("", "", s.choose).Low()
	s.facts = kit.NewNote("")
	bar := kit.Row(look.Gap2, kit.Fixed(204, 0, s.pick), s.facts, layout.NewSpacer(),
		kit.NewButton(kit.Secondary, look.IconCopy, c.T("scenario.duplicate"), s.duplicate).Low(),
		kit.NewButton(kit.Secondary, look.IconOpen, c.T("scenario.import"), s.take).Low())
	s.form = newStepForm(s)
	right := newDuo(kit.NewBareCard(kit.Inset(1, 1, 1, 1, s.buildSteps())), s.form.card)
	s.object = newScenarioLayout(left, bar, kit.Stack(look.Gap4, kit.NewCard(s.buildHead()), right.box), right)
	s.show()
	return s
}

// buildHead builds what concerns the whole scenario, and its line of days.
func (s *scenarioSection) buildHead() fyne.CanvasObject {
	c := s.c
	s.title, s.chip, s.usual = kit.NewSection(""), kit.NewChip(look.None, ""), kit.NewNote("").Wrapped()
	s.more = kit.NewIconButton(look.IconMore, s.menu)
	s.name = kit.NewField(c.T("scenario.name"), "")
	s.name.Check = func(string) string { return s.m.Check("name") }
	s.name.OnChanged = func(text string) { s.change(func() { s.m.Now.Name = strings.TrimSpace(text) }) }
	s.least = kit.NewField(c.T("scenario.least"), "")
	s.least.Check = func(string) string { return s.m.CheckLeast() }
	s.least.OnChanged = func(text string) { s.change(func() { s.m.SetLeast(text) }) }
	s.calendar = kit.NewChoice(c.T("scenario.calendar"), "", func(id string) { s.change(func() { s.m.Now.Calendar = ledger.Calendar(id) }) },
		kit.Option{ID: string(ledger.BusinessDays), Word: c.T("scenario.calendar.business_days")},
		kit.Option{ID: string(ledger.AllDays), Word: c.T("scenario.calendar.all_days")})
	s.country = kit.NewChoice(c.T("scenario.country"), "", func(id string) { s.change(func() { s.m.Now.Country = id }) })
	s.line = kit.NewDayLine(c.T("scenario.due"), c.Words.DayWord)
	s.line.OnSelect = s.selectStep
	s.line.OnMove = func(i, day int) { s.changeAll(func() { s.m.Move(i, day) }) }
	s.line.OnRemove = s.removeStep
	s.problem = kit.NewNote("").Ink(look.Danger).Wrapped()
	var tools []fyne.CanvasObject
	for _, channel := range stepChannels {
		word := c.Words.Channel(channel)
		if channel == ledger.ChannelRegistered {
			word = c.T("scenario.tool.registered_letter")
		}
		tool := kit.NewDayTool(s.line, channelIcons[channel], word, func() { s.add(channel, s.m.FreeDay()) }, func(day int) { s.add(channel, day) })
		s.tools, tools = append(s.tools, tool), append(tools, tool)
	}
	return kit.Stack(look.Gap3,
		kit.Row(look.Gap3, s.title, s.chip, layout.NewSpacer(), s.more),
		s.usual, s.name, kit.Shares(look.Gap3, s.least, s.calendar, s.country),
		s.line, s.problem, kit.Stack(look.Gap1, kit.NewNote(c.T("scenario.add")), kit.NewWrapRow(tools...)))
}

// buildSteps builds the list of the steps with the days on which they will fall.
func (s *scenarioSection) buildSteps() fyne.CanvasObject {
	c := s.c
	s.due = kit.NewDateEntry(c.Words, c.T("scenario.effect"), c.Desk.Today())
	s.due.OnDate = func(d ledger.Date) {
		if !s.updating && d != s.m.Due {
			s.m.Due = d
			s.showSteps()
		}
	}
	s.steps = kit.NewLines(nil).Choosing()
	s.steps.OnSelect = s.selectStep
	s.steps.OnOpen = func(int) { s.form.focus() }
	head := kit.Stack(look.Gap2, kit.NewTitle(c.T("scenario.steps")), s.due, kit.NewNote(c.T("scenario.effect_note")).Wrapped())
	return kit.Stack(0, kit.Padded(look.Gap4, head), kit.Separator(), s.closedSteps())
}

// closedSteps gives the list the height of its lines.
func (s *scenarioSection) closedSteps() fyne.CanvasObject {
	return container.New(linesLayout{s.steps}, s.steps)
}

// change makes a change that was typed: what is typed in stays as it is.
func (s *scenarioSection) change(do func()) {
	if s.updating {
		return
	}
	do()
	s.showSteps()
	s.onChanged()
}

// changeAll makes a change after which the fields say something else.
func (s *scenarioSection) changeAll(do func()) {
	if s.updating {
		return
	}
	do()
	s.show()
	s.onChanged()
}

func (s *scenarioSection) add(channel ledger.Channel, day int) {
	s.changeAll(func() { s.m.Add(channel, day) })
}

func (s *scenarioSection) removeStep(i int) { s.changeAll(func() { s.m.Remove(i) }) }

func (s *scenarioSection) selectStep(i int) {
	if s.updating || i == s.m.Step {
		return
	}
	s.m.Step = i
	s.show()
}

// refresh takes the ledger over as it is now. What was changed and not saved stays.
func (s *scenarioSection) refresh() {
	s.m.Read(s.c.Desk.State())
	if !s.m.Changed() {
		step := s.m.Step
		s.m.Choose(s.m.Name())
		s.m.Step = min(step, len(s.m.Now.Steps)-1)
	}
	s.show()
}

// show copies the model into the widgets.
func (s *scenarioSection) show() {
	s.updating = true
	m := s.m
	rows, options, at := make([]kit.Line, len(m.Rows)), make([]kit.Option, len(m.Rows)), 0
	for i, r := range m.Rows {
		rows[i], options[i] = kit.Line{Title: r.Name, Second: r.Facts}, kit.Option{ID: r.Name, Word: r.Name}
		if r.Name == m.Name() {
			at = i
		}
	}
	s.list.Set(rows)
	s.list.Select(at)
	row := m.Row()
	s.pick.SetOptions(m.Name(), options...)
	s.facts.SetText(row.Facts)
	s.title.SetText(row.Name)
	switch {
	case row.Changed:
		s.chip.Set(look.Soon, s.c.T("scenario.changed"))
	case row.Own:
		s.chip.Set(look.None, s.c.T("scenario.own"))
	default:
		s.chip.Set(look.None, "")
	}
	s.chip.SetIcon(look.IconEdit)
	s.usual.SetText(row.Usual)
	s.usual.Hidden = row.Usual == ""
	s.name.SetText(m.Now.Name)
	s.name.Hidden = !row.Own // a copy is what gets another name
	s.least.SetText(m.Least())
	s.calendar.Choose(string(m.Now.Calendar))
	s.country.SetOptions(m.Now.Country, s.holidays()...)
	s.name.SetMessage(m.Check("name"))
	s.least.SetMessage(m.CheckLeast())
	s.due.SetDate(m.Due)
	s.updating = false
	s.showSteps()
	s.form.show()
}

// holidays are the countries whose public holidays are known, and the scenario's own.
func (s *scenarioSection) holidays() []kit.Option {
	codes := []string{"FR", "BE", "LU", "CH"}
	known := false
	for _, code := range codes {
		known = known || code == s.m.Now.Country
	}
	if !known {
		codes = append(codes, s.m.Now.Country)
	}
	out := make([]kit.Option, len(codes))
	for i, code := range codes {
		out[i] = kit.Option{ID: code, Word: s.c.Words.Country(code)}
	}
	return out
}

// showSteps brings line and list up to date; the form stays as it is.
func (s *scenarioSection) showSteps() {
	s.updating = true
	m := s.m
	var marks []kit.DayMark
	for i, k := range m.Marks() {
		marks = append(marks, kit.DayMark{Day: k.Day, Icon: channelIcons[m.Now.Steps[i].Channel], Word: k.Word, Tied: k.Tied, Wrong: m.WrongStep(i)})
	}
	s.line.Set(marks, m.Step)
	s.problem.SetText(m.Check("steps"))
	s.problem.Hidden = m.Check("steps") == ""
	var lines []kit.Line
	for i, l := range m.Lines() {
		line := kit.Line{Icon: channelIcons[m.Now.Steps[i].Channel], Title: l.Title, Second: l.Second, Right: l.Day}
		if l.Wrong {
			line.Warn, line.Right = look.VeryLate, ""
		}
		lines = append(lines, line)
	}
	s.steps.Set(lines)
	s.steps.Select(m.Step)
	s.updating = false
	if s.object != nil {
		s.object.Refresh()
	}
}

// chooseRow shows another scenario; what was changed and not saved is asked about.
func (s *scenarioSection) chooseRow(i int) {
	if i < len(s.m.Rows) {
		s.choose(s.m.Rows[i].Name)
	}
}

func (s *scenarioSection) choose(name string) {
	if s.updating || name == s.m.Name() {
		return
	}
	s.leave(func() { s.m.Choose(name) })
	s.show()
}

// leave does what loses the changes that are not saved, once the owner agrees.
func (s *scenarioSection) leave(do func()) {
	if !s.m.Changed() {
		s.changeAll(do)
		return
	}
	kit.Ask(s.c.Canvas(), kit.Question{Title: s.c.T("scenario.leave_title", "name", s.m.Name()), Text: s.c.T("scenario.leave_text"),
		Keep: s.c.T("scenario.leave_keep"), Act: s.c.T("scenario.leave_act")}, func() { s.changeAll(do) })
}

func (s *scenarioSection) changed() bool { return s.m.Changed() }
func (s *scenarioSection) wrong() int    { return s.m.Wrong() }
func (s *scenarioSection) words() string { return s.c.Words.N("scenario.wrong", s.m.Wrong()) }
func (s *scenarioSection) reset()        { s.changeAll(s.m.Cancel) }

// act saves the scenario.
func (s *scenarioSection) act() {
	was, x, own := s.m.Name(), copyOf(s.m.Now), s.m.Row().Own
	s.do(x.Name, s.c.T("scenario.saved", "name", x.Name), func(ctx context.Context) (ledger.Entry, error) {
		if own {
			return s.c.Desk.RenameScenario(ctx, was, x)
		}
		return s.c.Desk.SaveScenario(ctx, x)
	})
}

// do acts on the ledger, then shows the scenario of a name.
func (s *scenarioSection) do(name, said string, act func(context.Context) (ledger.Entry, error)) {
	s.c.Act("settings.scenario", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) { return act(ctx) }, func() string {
		s.changeAll(func() {
			s.m.Read(s.c.Desk.State())
			s.m.Choose(name)
		})
		return said
	})
}

// menu offers what is done with the whole scenario.
func (s *scenarioSection) menu() {
	c, row := s.c, s.m.Row()
	items := []*fyne.MenuItem{}
	if row.Company {
		items = append(items, fyne.NewMenuItem(c.T("scenario.by_kind"), func() { s.makeCompany("") }))
	} else {
		items = append(items, fyne.NewMenuItem(c.T("scenario.make_company"), func() { s.makeCompany(row.Name) }))
	}
	items = append(items, fyne.NewMenuItem(c.T("scenario.duplicate"), s.duplicate), fyne.NewMenuItem(c.T("scenario.export"), s.export))
	switch {
	case row.Changed:
		items = append(items, fyne.NewMenuItem(c.T("scenario.original"), s.askOriginal))
	case row.Own:
		items = append(items, fyne.NewMenuItem(c.T("scenario.remove"), s.askRemove))
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.more)
	at.Y += s.more.Size().Height
	kit.ShowMenu(c.Canvas(), at, items)
}

func (s *scenarioSection) makeCompany(name string) {
	said := s.c.T("scenario.made_company", "name", name)
	if name == "" {
		said = s.c.T("scenario.by_kind_done")
	}
	s.leave(func() {
		s.do(s.m.Name(), said, func(ctx context.Context) (ledger.Entry, error) { return s.c.Desk.UsualScenario(ctx, name) })
	})
}

// duplicate asks for a name, under which it keeps what is shown.
func (s *scenarioSection) duplicate() {
	c, m := s.c, s.m
	field := kit.NewField(c.T("scenario.name"), m.CopyName())
	x := copyOf(m.Now)
	field.Check = func(text string) string { return m.CheckCopy(text) }
	form := kit.NewForm(c.Canvas(), c.Words, c.T("scenario.duplicate_title", "name", m.Name()), c.T("scenario.create"), field)
	form.OnAct = func() {
		form.Close()
		x.Name = strings.TrimSpace(field.Text())
		s.do(x.Name, c.T("scenario.saved", "name", x.Name), func(ctx context.Context) (ledger.Entry, error) { return c.Desk.SaveScenario(ctx, x) })
	}
	form.Show()
}

func (s *scenarioSection) askOriginal() {
	c, name := s.c, s.m.Name()
	kit.Ask(c.Canvas(), kit.Question{Title: c.T("scenario.original_title", "name", name), Text: c.T("scenario.original_text"),
		Keep: c.T("scenario.keep"), Act: c.T("scenario.original_act")}, func() {
		s.do(name, c.T("scenario.original_done", "name", name), func(ctx context.Context) (ledger.Entry, error) { return c.Desk.RemoveScenario(ctx, name) })
	})
}

func (s *scenarioSection) askRemove() {
	c, name := s.c, s.m.Name()
	text := c.T("scenario.remove_text")
	if n := c.Desk.State().Followings()[name].Customers; n > 0 {
		text = c.Words.N("scenario.remove_followed", n)
	}
	kit.Ask(c.Canvas(), kit.Question{Title: c.T("scenario.remove_title", "name", name), Text: text,
		Keep: c.T("scenario.keep"), Act: c.T("scenario.remove_act"), Danger: true}, func() {
		s.do("", c.T("scenario.removed", "name", name), func(ctx context.Context) (ledger.Entry, error) { return c.Desk.RemoveScenario(ctx, name) })
	})
}

// export writes the scenario, as it is kept, to a file.
func (s *scenarioSection) export() {
	c, x := s.c, s.m.Saved()
	c.SaveFile(c.T("scenario.export"), c.T("scenario.file_name", "name", x.Name)+".json", func(path string) {
		c.Act("settings.scenario", func(context.Context, *run.Progress) (ledger.Entry, error) {
			return ledger.Entry{}, desk.ShareScenario(path, x)
		}, func() string { return c.T("scenario.exported", "name", x.Name) })
	})
}

// take takes a scenario over from a file.
func (s *scenarioSection) take() {
	c := s.c
	c.OpenFile(c.T("scenario.import"), []string{".json"}, func(path string) {
		x, err := desk.ReadScenario(path)
		if err != nil {
			c.Error(err)
			return
		}
		said := "scenario.imported"
		if name, err := c.Desk.State().ScenarioName(x.Name); err == nil {
			said, x.Name = "scenario.replaced", name
		}
		s.leave(func() {
			s.do(x.Name, c.T(said, "name", x.Name), func(ctx context.Context) (ledger.Entry, error) { return c.Desk.SaveScenario(ctx, x) })
		})
	})
}
