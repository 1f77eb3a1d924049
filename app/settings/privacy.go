package settings

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// privacySection is "Données personnelles": about whom something is kept and since when nothing was added, how long is usual, and one
// person's data erased.
type privacySection struct {
	c      *screen.Context
	filter *kit.FilterRow
	search *kit.Field
	table  *kit.Table[PersonRow]
	rows   []PersonRow
	erase  *kit.Button
	years  *kit.Choice
	law    *kit.Label
	object fyne.CanvasObject
}

// Filters of the list.
const (
	peopleOld = "old"
	peopleAll = "all"
)

// keepYears are the keeping times that are offered.
var keepYears = []int{1, 2, 3, 5, 7, 10, 15, 20, 30}

func newPrivacy(c *screen.Context) *privacySection {
	s := &privacySection{c: c}
	s.table = kit.NewTable(c.Run,
		kit.Column[PersonRow]{ID: "name", Title: c.T("common.customer"), Width: 200, Flex: true, Text: func(r *PersonRow) string { return r.Name },
			Less: func(a, b *PersonRow) bool { return ledger.Fold(a.Name) < ledger.Fold(b.Name) }},
		kit.Column[PersonRow]{ID: "code", Title: c.T("privacy.code"), Width: 90, Text: func(r *PersonRow) string { return r.Code },
			Less: func(a, b *PersonRow) bool { return a.Code < b.Code }},
		kit.Column[PersonRow]{ID: "town", Title: c.T("common.town"), Width: 120, Optional: true, Text: func(r *PersonRow) string { return r.Town },
			Less: func(a, b *PersonRow) bool { return a.Town < b.Town }},
		kit.Column[PersonRow]{ID: "last", Title: c.T("privacy.last"), Width: 130, Text: func(r *PersonRow) string { return r.Last },
			Less: func(a, b *PersonRow) bool { return a.LastDay < b.LastDay }})
	s.table.Key = func(r *PersonRow) string { return strconv.Itoa(int(r.ID)) }
	s.table.OnSelect = func(*PersonRow) { s.chosen() }
	s.table.OnShown = s.chosen
	s.table.OnOpen = func(*PersonRow) { s.ask() }
	s.filter = kit.NewFilterRow(peopleAll, func(string) { s.narrow() }, kit.FilterOption{ID: peopleAll, Word: c.T("privacy.all")}, kit.FilterOption{ID: peopleOld, Word: c.T("privacy.old")})
	s.filter.Format = c.Words.Number
	s.search = kit.NewListSearch(c.T("privacy.search"), s.narrow, s.table)
	s.erase = kit.NewButton(kit.Secondary, look.IconDelete, c.T("privacy.erase"), s.ask).Off(true)
	top := kit.Stack(look.Gap2, container.NewBorder(nil, nil, kit.Inset(8, 0, 0, 0, kit.NewSection(c.T("privacy.title"))), s.erase),
		container.NewBorder(nil, nil, nil, kit.Inset(0, 0, 0, look.Gap3, kit.Fixed(240, 0, s.search)), s.filter))
	left := container.NewBorder(kit.Inset(0, 0, look.Gap2, 0, top), nil, nil, nil, s.table)
	var options []kit.Option
	for _, n := range keepYears {
		options = append(options, kit.Option{ID: strconv.Itoa(n), Word: c.Words.N("privacy.years", n)})
	}
	s.years = kit.NewChoice(c.T("privacy.keep"), "", s.keep, options...)
	s.law = kit.NewNote("").Wrapped()
	kept := kit.NewTitledCard(c.T("privacy.kept"), nil, kit.Stack(look.Gap3, s.law, kit.NewNote(c.T("privacy.law.claims")).Wrapped(), s.years, kit.NewNote(c.T("privacy.keep_note")).Wrapped()))
	what := kit.NewTitledCard(c.T("privacy.what"), nil, kit.NewNote(c.T("privacy.what_text")).Wrapped())
	s.object = kit.NewColumns(left, kit.NewScroll(kit.Stack(look.Gap4, kept, what)), sideWidth, kit.WideContent)
	return s
}

func (s *privacySection) refresh() {
	country, years := "", 0
	screen.Load(s.c, "settings.people", func(st *desk.State) []PersonRow {
		country, years = st.Book.Company().Country, st.KeepYears()
		return PeopleRows(s.c.Words, st)
	}, func(rows []PersonRow) {
		s.rows = rows
		s.years.Choose(strconv.Itoa(years))
		s.law.SetText(s.c.T(KeptLaw(country)))
		s.table.SetRows(rows)
		old := 0
		for i := range rows {
			if rows[i].Old {
				old++
			}
		}
		s.filter.SetOptions(kit.FilterOption{ID: peopleAll, Word: s.c.T("privacy.all"), Count: len(rows)},
			kit.FilterOption{ID: peopleOld, Word: s.c.Words.N("privacy.old", years), Count: old})
		s.narrow()
	})
}

// narrow shows those that are searched for.
func (s *privacySection) narrow() {
	typed, old := s.search.Text(), s.filter.Chosen() == peopleOld
	empty := kit.NewEmpty(look.IconAccount, s.c.T("privacy.none"), s.c.T("privacy.none_text"), nil)
	if strings.TrimSpace(typed) != "" {
		empty = kit.NewEmpty(look.IconSearch, s.c.T("privacy.not_found"), "", nil)
	} else if old {
		empty = kit.NewEmpty(look.IconTick, s.c.T("privacy.none_old"), "", nil)
	}
	s.table.SetEmpty(empty)
	if strings.TrimSpace(typed) == "" && !old {
		s.table.SetFilter(nil)
		return
	}
	s.table.SetFilter(func(r *PersonRow) bool { return (!old || r.Old) && r.Has(typed) })
}

func (s *privacySection) chosen() { s.erase.Off(s.table.Selected() == nil) }

// keep records another keeping time.
func (s *privacySection) keep(id string) {
	years, _ := strconv.Atoi(id)
	s.c.Act("settings.keep", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return s.c.Desk.SetKeepYears(ctx, years)
	},
		func() string {
			s.refresh()
			return s.c.Words.N("privacy.keep_done", years)
		})
}

// ask shows what erasing the chosen person takes away and leaves, and asks for the name to be typed; what is open about the person keeps
// it from being erased.
func (s *privacySection) ask() {
	r := s.table.Selected()
	if r == nil {
		return
	}
	c, w := s.c, s.c.Words
	p := c.Desk.State().ErasePlan(r.ID)
	if p == nil {
		return
	}
	if p.Against != "" {
		kit.Ask(c.Canvas(), kit.Question{Title: c.T("privacy.not_now", "name", r.Name), Text: c.T("privacy.against."+p.Against) + " " + c.T("privacy.against_next"), Act: c.T("common.ok")}, nil)
		return
	}
	list := func(title string, lines []string) fyne.CanvasObject {
		box := kit.Stack(look.Gap1, kit.NewTitle(c.T(title)))
		for _, l := range lines {
			box.Add(kit.NewLabel("– " + l).Wrapped())
		}
		return box
	}
	name := kit.NewField(c.T("privacy.confirm", "name", p.Customer.Name), "")
	name.Check = func(text string) string {
		if Confirms(text, p.Customer) {
			return ""
		}
		return c.T("privacy.confirm_wrong", "name", p.Customer.Name)
	}
	form := kit.NewWideForm(c.Canvas(), w, 560, c.T("privacy.ask", "name", r.Name), c.T("privacy.act"),
		list("privacy.erased", ErasedLines(w, p)), list("privacy.stays", StaysLines(w, p)),
		kit.NewBareCard(kit.Padded(look.Gap3, kit.NewLabel(c.T("privacy.final")).Ink(look.VeryLate.Text()).Wrapped())).Tinted(look.VeryLate), name)
	form.OnAct = func() {
		dialogs.Save(c, "settings.erase", form, nil, func(ctx context.Context) (ledger.Entry, error) {
			_, err := c.Desk.ErasePerson(ctx, p.Customer.ID)
			return ledger.Entry{}, err // what is erased cannot be brought back
		}, func(ledger.Entry) {
			s.refresh()
			kit.Ask(c.Canvas(), kit.Question{Title: c.T("privacy.done", "code", p.Customer.Ref), Text: c.T("privacy.done_text"), Act: c.T("common.ok")}, nil)
		})
	}
	form.Show()
}
