package settings

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// learnt is the section of what confirmations and lettering taught about who pays and how, each to be removed.
type learnt struct {
	c      *screen.Context
	search *kit.Field
	table  *kit.Table[Learnt]
	count  int
	text   *kit.Label // of the chosen one
	remove *kit.Button
	object fyne.CanvasObject
}

func newLearnt(c *screen.Context) *learnt {
	s := &learnt{c: c, text: kit.NewLabel("").Wrapped()}
	s.table = kit.NewTable(c.Run,
		kit.Column[Learnt]{ID: "what", Title: c.T("learnt.what"), Width: 220, Flex: true, Text: func(l *Learnt) string { return l.Text }},
		kit.Column[Learnt]{ID: "customer", Title: c.T("learnt.customer"), Width: 160, Text: func(l *Learnt) string { return l.Customer },
			Less: func(a, b *Learnt) bool { return a.name < b.name }},
		kit.Column[Learnt]{ID: "source", Title: c.T("learnt.source"), Width: 120, Optional: true, Text: func(l *Learnt) string { return l.Source }},
		kit.Column[Learnt]{ID: "since", Title: c.T("learnt.since"), Width: 92, Text: func(l *Learnt) string { return l.Day },
			Less: func(a, b *Learnt) bool { return a.Since < b.Since }})
	s.table.Key = func(l *Learnt) string { return fmt.Sprint(l.What) }
	s.table.OnSelect = func(*Learnt) { s.chosen() }
	s.table.OnShown = s.chosen
	s.search = kit.NewListSearch(c.T("learnt.search"), s.narrow, s.table)
	top := container.NewBorder(nil, nil, kit.Inset(8, 0, 0, 0, kit.NewSection(c.T("learnt.title"))), kit.Fixed(260, 0, s.search))
	left := container.NewBorder(kit.Inset(0, 0, look.Gap2, 0, top), nil, nil, nil, s.table)
	s.remove = kit.NewButton(kit.Secondary, look.NoIcon, c.T("learnt.remove"), s.forget)
	card := kit.NewTitledCard(c.T("learnt.chosen"), nil, kit.Stack(look.Gap3, s.text, kit.Row(0, s.remove)))
	about := kit.NewTitledCard(c.T("learnt.about"), nil, kit.NewNote(c.T("learnt.about_text")).Wrapped())
	s.object = kit.NewColumns(left, kit.NewScroll(kit.Stack(look.Gap4, card, about)), sideWidth, kit.SectionBody)
	return s
}

func (s *learnt) refresh() {
	list := LearntList(s.c.Words, s.c.Desk.State().Book)
	s.count = len(list)
	s.table.SetRows(list)
	s.narrow()
	s.chosen()
}

func (s *learnt) narrow() {
	typed := s.search.Text()
	empty := kit.NewEmpty(look.IconBank, s.c.T("learnt.none"), s.c.T("learnt.none_text"), nil)
	status := ""
	if s.count > 0 {
		empty = kit.NewEmpty(look.IconSearch, s.c.T("learnt.not_found"), "", nil)
		status = s.c.Words.N("learnt.count", s.count)
	}
	s.table.SetEmpty(empty)
	s.table.SetStatus(status)
	if strings.TrimSpace(typed) == "" {
		s.table.SetFilter(nil)
		return
	}
	s.table.SetFilter(func(l *Learnt) bool { return l.Has(typed) })
}

// chosen tells what the chosen line says.
func (s *learnt) chosen() {
	l := s.table.Selected()
	text := s.c.T("learnt.choose")
	if l != nil {
		text = l.Text + "\n" + l.Customer
	}
	s.text.SetText(text)
	s.remove.Off(l == nil)
}

// forget removes the chosen line; the message offers to undo it.
func (s *learnt) forget() {
	l := s.table.Selected()
	if l == nil {
		return
	}
	what := l.What
	s.c.Act("settings.learnt", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return s.c.Desk.Forget(ctx, what)
	}, func() string {
		s.refresh()
		return s.c.T("learnt.removed")
	})
}
