package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// houseSection is the section of the owner's own rules against pestering and for the day's work.
type houseSection struct {
	c         *screen.Context
	m         *House
	onChanged func()
	fields    map[string]*kit.Field
	object    fyne.CanvasObject
}

func newHouse(c *screen.Context, onChanged func()) *houseSection {
	s := &houseSection{c: c, onChanged: onChanged, fields: map[string]*kit.Field{}}
	s.m = NewHouse(c.Words, c.Desk.State().Book.Company().House)
	for _, name := range houseFields {
		f := kit.NewField(c.T("house."+name), s.m.Text(name)).Placeholder(c.T("house.usual", "figure", s.m.Usual(name)))
		f.Check = func(string) string { return s.m.Check(name) }
		f.OnChanged = func(text string) {
			s.m.Set(name, text)
			s.onChanged()
		}
		if name == "call_from" || name == "call_to" {
			f.Tidy = func(string) string { return s.m.Text(name) }
		}
		s.fields[name] = f
	}
	s.fields["call_from"].OnLeft = func() { s.fields["call_to"].Validate() } // the one comes before the other
	gap := look.Gap4
	form := kit.Stack(gap, kit.NewSection(c.T("house.section")),
		kit.NewBanner(look.Soon, look.NoIcon, c.T("house.own"), "", nil),
		kit.NewTitle(c.T("house.pester")),
		kit.Shares(gap, s.fields["calls_a_week"], s.fields["call_from"], s.fields["call_to"]),
		kit.NewNote(c.T("house.least")).Wrapped(),
		kit.NewTitle(c.T("house.day")),
		kit.Shares(gap, s.fields["actions_a_day"], kit.NewLabel(""), kit.NewLabel("")),
		kit.NewNote(c.T("house.day_text")).Wrapped())
	about := kit.NewTitledCard(c.T("house.about"), nil, kit.Stack(look.Gap3,
		kit.NewNote(c.T("house.override")).Wrapped(), kit.NewNote(c.T("house.no_contact")).Wrapped(), kit.NewNote(c.T("house.no_visit")).Wrapped()))
	s.object = kit.NewScrollingColumns(kit.NewCard(kit.Padded(4, form)), about, sideWidth, kit.WideContent)
	return s
}

func (s *houseSection) refresh() {
	if !s.m.Changed() {
		s.reset()
	}
}

func (s *houseSection) changed() bool { return s.m.Changed() }
func (s *houseSection) wrong() int    { return s.m.Wrong() }
func (s *houseSection) words() string { return s.c.Words.N("settings.wrong", s.m.Wrong()) }

// reset puts back what is recorded.
func (s *houseSection) reset() {
	s.m = NewHouse(s.c.Words, s.c.Desk.State().Book.Company().House)
	for name, f := range s.fields {
		f.SetText(s.m.Text(name))
		f.SetMessage("")
	}
	s.onChanged()
}

func (s *houseSection) act() {
	h, _ := s.m.Now()
	s.c.Act("settings.house", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return s.c.Desk.SetHouse(ctx, h)
	}, func() string {
		s.reset()
		return s.c.T("house.saved")
	})
}
