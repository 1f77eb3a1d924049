package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// rateSection is the section of the reference rates that interest is computed with, and of what part payments settle first.
type rateSection struct {
	c        *screen.Context
	name     claim.TableName
	m        RateTable
	tables   *kit.FilterRow
	table    *kit.Table[RateLine]
	title    *kit.Label // of the table
	use      *kit.Label
	coverage *kit.Label
	gaps     *kit.Label
	warning  *fyne.Container
	chosen   *kit.Label // the period of the line with the cursor
	source   *kit.Label
	read     *kit.Button // enters the rate of that period
	remove   *kit.Button
	order    *kit.FilterRow
	object   fyne.CanvasObject
}

// What part payments settle first.
const (
	interestFirst  = "interest"
	principalFirst = "principal"
)

func newRates(c *screen.Context) *rateSection {
	s := &rateSection{c: c, name: claim.TableMRO, warning: container.NewStack()}
	var options []kit.FilterOption
	for _, n := range claim.TableNames {
		options = append(options, kit.FilterOption{ID: string(n), Word: c.T("rates.table." + string(n)), Count: -1})
	}
	s.tables = kit.NewFilterRow(string(s.name), func(id string) {
		s.name = claim.TableName(id)
		s.refresh()
	}, options...)
	s.table = kit.NewTable(c.Run,
		kit.Column[RateLine]{ID: "period", Title: c.T("rates.period"), Width: 142, Text: func(l *RateLine) string { return l.Period }},
		kit.Column[RateLine]{ID: "rate", Title: c.T("rates.rate"), Width: 78, Align: kit.Right, Text: func(l *RateLine) string { return l.Rate }},
		kit.Column[RateLine]{ID: "state", Title: c.T("rates.state"), Width: 138, Chip: func(l *RateLine) (look.Status, string) { return rateStatus[l.State], l.Word }},
		kit.Column[RateLine]{ID: "source", Title: c.T("rates.source"), Width: 160, Flex: true, Optional: true, Text: func(l *RateLine) string { return l.Source },
			Ink: func(*RateLine) fyne.ThemeColorName { return look.Ink2 }})
	s.table.Key = func(l *RateLine) string { return string(s.name) + l.Day.String() }
	s.table.OnSelect = func(*RateLine) { s.show() }
	s.table.OnShown = s.show
	s.table.OnOpen = func(l *RateLine) { s.enter(l.Day) }
	left := container.NewBorder(kit.Inset(0, 0, look.Gap3, 0, kit.Stack(look.Gap3, s.tables, s.warning)), nil, nil, nil, s.table)
	s.object = kit.NewColumns(left, kit.NewScroll(kit.Stack(look.Gap4, s.about(), s.line(), s.payments())), sideWidth, kit.SectionBody)
	s.refresh()
	return s
}

var rateStatus = [...]look.Status{look.Paid, look.Late, look.Soon, look.VeryLate}

// about says what the table serves for and up to which day, and offers its next rate.
func (s *rateSection) about() fyne.CanvasObject {
	c := s.c
	s.title = kit.NewTitle("").Wrapped()
	s.use, s.coverage, s.gaps = kit.NewNote("").Wrapped(), kit.NewLabel("").Wrapped(), kit.NewNote("").Wrapped()
	add := kit.NewButton(kit.Secondary, look.IconAdd, c.T("rates.add"), func() { s.enter(s.m.Next) })
	return kit.NewCard(kit.Stack(look.Gap3, s.title, s.coverage, s.gaps, s.use, kit.Row(0, add)))
}

// line shows the line with the cursor.
func (s *rateSection) line() fyne.CanvasObject {
	c := s.c
	s.chosen, s.source = kit.NewLabel("").Wrapped(), kit.NewNote("").Wrapped()
	s.read = kit.NewButton(kit.Secondary, look.NoIcon, "", func() {
		if l := s.table.Selected(); l != nil {
			s.enter(l.Day)
		}
	})
	s.remove = kit.NewButton(kit.Quiet, look.NoIcon, c.T("rates.remove"), s.takeBack)
	return kit.NewTitledCard(c.T("rates.line"), nil, kit.Stack(look.Gap3, s.chosen, s.source, kit.Row(look.Gap2, s.read, s.remove)))
}

// payments is the choice of what part payments settle first; it counts at once.
func (s *rateSection) payments() fyne.CanvasObject {
	c := s.c
	s.order = kit.NewFilterChoice(interestFirst, s.choose,
		kit.FilterOption{ID: interestFirst, Word: c.T("rates.order.interest")}, kit.FilterOption{ID: principalFirst, Word: c.T("rates.order.principal")})
	return kit.NewTitledCard(c.T("rates.order"), nil, kit.Stack(look.Gap3, s.order,
		kit.NewNote(c.T("rates.order.note")).Wrapped(), kit.NewNote(c.T("rates.order.counts")).Wrapped()))
}

func (s *rateSection) refresh() {
	st := s.c.Desk.State()
	s.m = NewRateTable(s.c.Words, st, s.name)
	s.table.SetRows(s.m.Lines)
	s.title.SetText(s.c.T("rates.title." + string(s.name)))
	s.use.SetText(s.c.T("rates.use." + string(s.name)))
	s.coverage.SetText(s.m.Coverage)
	s.gaps.SetText(s.m.Gaps)
	s.gaps.Hidden = s.m.Gaps == ""
	s.warning.Objects = nil
	if s.m.Ended {
		s.warning.Objects = []fyne.CanvasObject{kit.NewBanner(look.Late, look.IconLate, s.m.Short, s.c.T("rates.add"), func() { s.enter(s.m.Next) })}
	}
	s.warning.Hidden = !s.m.Ended
	order := interestFirst
	if st.Book.Company().PrincipalFirst {
		order = principalFirst
	}
	s.order.Choose(order)
	s.show()
	if s.object != nil {
		s.object.Refresh()
	}
}

// show tells about the line with the cursor.
func (s *rateSection) show() {
	l := s.table.Selected()
	s.read.Hidden, s.remove.Hidden, s.source.Hidden = l == nil, l == nil || l.Own == 0, l == nil || l.Source == ""
	if l == nil {
		s.chosen.SetText(s.c.T("rates.choose"))
		s.source.SetText("")
		return
	}
	s.chosen.SetText(s.c.T("rates.chosen", "period", l.Period, "rate", l.Rate, "state", l.Word))
	s.source.SetText(s.c.T("rates.read_at", "source", l.Source))
	s.read.SetText(s.c.T("rates.enter." + stateKeys[l.State]))
}

// enter opens the form of a rate for the period that begins on a day.
func (s *rateSection) enter(day ledger.Date) { dialogs.AddRate(s.c, s.name, day, s.refresh) }

// takeBack removes the owner's own rate of the line with the cursor; the message offers to undo it.
func (s *rateSection) takeBack() {
	l := s.table.Selected()
	if l == nil || l.Own == 0 {
		return
	}
	id := l.Own
	s.c.Act("settings.rates", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return s.c.Desk.RemoveRate(ctx, id)
	}, func() string {
		s.refresh()
		return s.c.T("rates.removed")
	})
}

func (s *rateSection) choose(id string) {
	if s.c.Desk.State().Book.Company().PrincipalFirst == (id == principalFirst) {
		return
	}
	s.c.Act("settings.order", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return s.c.Desk.SetPrincipalFirst(ctx, id == principalFirst)
	}, func() string {
		s.refresh()
		return s.c.T("rates.order.saved." + id)
	})
}
