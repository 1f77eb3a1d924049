package customers

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
)

// listView is the list of customers.
type listView struct {
	c      *screen.Context
	m      *listModel
	table  *kit.Table[row]
	head   *kit.Heading
	filter *kit.FilterRow
	search *kit.Field
	write  *kit.Button
	bar    *kit.SelectionBar
	tools  *fyne.Container
	object fyne.CanvasObject
	begun  bool
}

// New makes the list of customers.
func New(c *screen.Context) screen.Screen {
	v := &listView{c: c, m: &listModel{w: c.Words, Counts: make([]int, len(filters))}}
	add := kit.NewButton(kit.Secondary, look.IconAdd, c.T("dialogs.customer.new"), v.add)
	v.write = kit.NewButton(kit.Primary, look.IconLetter, c.T("customers.write"), v.letter).Off(true)
	v.head = kit.NewHeading(c.T("common.customers"), "", add, v.write)
	v.filter = kit.NewFilterRow(filterAll, func(string) { v.narrow() }, v.options()...)
	v.filter.Format = c.Words.Number
	v.build()
	v.search = kit.NewListSearch(c.T("customers.search"), v.narrow, v.table)
	v.tools = container.NewBorder(nil, nil, nil, container.NewVBox(kit.Fixed(196, look.FilterHeight, v.search)), v.filter)
	v.object = kit.Page(v.head, []fyne.CanvasObject{v.tools}, v.table)
	return v
}

func (v *listView) build() {
	c := v.c
	v.bar = kit.NewSelectionBar(kit.NewButton(kit.Secondary, look.NoIcon, c.T("scenario.assign"), v.follow).OnTint())
	v.table = kit.NewTable(c.Run, v.columns()...).Multi().WithBar(v.bar)
	v.table.OnTick = v.ticked
	v.table.Key = func(r *row) string { return strconv.Itoa(int(r.ID)) }
	v.table.OnOpen = func(r *row) { c.Go(screen.Place{Screen: screen.Customer, Customer: r.ID}) }
	v.table.OnShown = v.sum
	v.table.OnSelect = func(*row) { v.offer() }
	v.table.OnWidth = func(id string, width float32) { c.KeepWidth("customers", id, width) }
	v.table.SetWidths(c.Prefs.Widths["customers"])
	v.table.Sort("overdue", true)
}

func (v *listView) columns() []kit.Column[row] {
	t := v.c.T
	dim := func(zero func(*row) bool) func(*row) fyne.ThemeColorName {
		return func(r *row) fyne.ThemeColorName {
			if zero(r) {
				return look.Ink2
			}
			return look.Ink
		}
	}
	return []kit.Column[row]{
		{ID: "name", Title: t("common.customer"), Width: 216, Flex: true, Text: func(r *row) string { return r.Name },
			Less: func(a, b *row) bool { return ledger.Fold(a.Name) < ledger.Fold(b.Name) }},
		{ID: "owed", Title: t("customers.owed"), Width: 116, Align: kit.Right, Text: func(r *row) string { return v.m.owedText(r) },
			Ink: dim(func(r *row) bool { return r.owed == 0 }), Less: func(a, b *row) bool { return a.owed < b.owed }},
		{ID: "overdue", Title: t("customers.overdue"), Width: 120, Align: kit.Right, Text: func(r *row) string { return v.m.overdueText(r) },
			Bold: func(r *row) bool { return r.overdue != 0 }, Ink: dim(func(r *row) bool { return r.overdue == 0 }),
			Less: func(a, b *row) bool { return a.overdue < b.overdue }},
		{ID: "days", Title: t("customers.delay"), Width: 80, Align: kit.Right, Text: func(r *row) string { return v.m.lateText(r) },
			Ink: dim(func(r *row) bool { return r.DaysLate == 0 }), Less: func(a, b *row) bool { return a.DaysLate < b.DaysLate }},
		{ID: "habit", Title: t("customers.habit"), Width: 120, Align: kit.Right, Optional: true, Text: func(r *row) string { return v.m.habitText(r) },
			Ink: dim(func(*row) bool { return true }), Less: func(a, b *row) bool { return habit(a) < habit(b) }},
		{ID: "space", Width: 16}, // between figures at the right of their column and words at the left of theirs
		{ID: "contact", Title: t("customers.contact"), Width: 132, Optional: true, Text: func(r *row) string { return v.m.contactText(r) },
			Ink: dim(func(*row) bool { return true }), Less: func(a, b *row) bool { return a.Contact < b.Contact }},
		{ID: "situation", Title: t("customers.situation"), Width: 200, Chip: func(r *row) (look.Status, string) { return look.StatusOf(r.Situation), r.Word },
			Less: func(a, b *row) bool { return a.Situation < b.Situation }},
	}
}

// habit sorts those of whom nothing is known before all others.
func habit(r *row) int {
	if r.HabitCount == 0 {
		return -1 << 31
	}
	return r.Habit
}

// Object implements screen.Screen.
func (v *listView) Object() fyne.CanvasObject { return v.object }

// Show implements screen.Screen.
func (v *listView) Show(p screen.Place) {
	if slices.Contains(filters, p.Filter) {
		v.filter.Choose(p.Filter)
		v.begun = true
	}
	v.Refresh()
	if cv := v.c.Canvas(); cv != nil {
		cv.Focus(v.table)
	}
}

// Refresh implements screen.Screen.
func (v *listView) Refresh() {
	screen.Load(v.c, "customers.list", func(s *desk.State) *listModel { return readList(v.c.Words, s) }, v.show)
}

func (v *listView) show(m *listModel) {
	v.m = m
	if !v.begun {
		v.begun = true
		if m.Counts[1] > 0 {
			v.filter.Choose(filterLate)
		}
	}
	v.head.Set(v.c.T("common.customers"), m.facts())
	v.filter.SetOptions(v.options()...)
	if len(m.Rows) == 0 {
		v.tools.Hide()
		v.write.Hide()
		v.table.SetEmpty(kit.NewEmpty(look.IconAccount, v.c.T("customers.empty"), v.c.T("customers.empty.next"),
			kit.NewButton(kit.Primary, look.IconImport, v.c.T("common.import_file"), func() { v.c.Go(screen.Place{Screen: screen.Import}) })))
	} else {
		v.tools.Show()
		v.write.Show()
		v.table.SetEmpty(kit.NewEmpty(look.IconSearch, v.c.T("customers.none_found"), v.c.T("customers.none_found.next"),
			kit.NewButton(kit.Secondary, look.NoIcon, v.c.T("customers.show_all"), v.showAll)))
	}
	v.table.SetFilter(m.matcher(v.filter.Chosen(), v.search.Text()))
	v.table.SetRows(m.Rows)
}

func (v *listView) options() []kit.FilterOption {
	out := make([]kit.FilterOption, len(filters))
	for k, f := range filters {
		out[k] = kit.FilterOption{ID: f, Word: v.c.T("customers.filter." + f), Count: v.m.Counts[k]}
	}
	return out
}

func (v *listView) narrow() {
	v.table.SetFilter(v.m.matcher(v.filter.Chosen(), v.search.Text()))
}

func (v *listView) showAll() {
	v.filter.Choose(filterAll)
	v.search.SetText("")
	v.narrow()
}

// sum writes the status line for the customers shown.
func (v *listView) sum() {
	owed, overdue := ledger.Sums{}, ledger.Sums{}
	v.table.Shown(func(r *row) {
		for cur, minor := range r.Owed {
			owed.Add(ledger.Money{Minor: minor, Currency: cur})
		}
		for cur, minor := range r.Overdue {
			overdue.Add(ledger.Money{Minor: minor, Currency: cur})
		}
	})
	v.offer()
	if len(v.m.Rows) == 0 {
		v.table.SetStatus("")
		return
	}
	v.table.SetStatus(v.c.Words.N("common.n_customers", v.table.Count()),
		kit.Total{Word: v.c.T("customers.owed"), Figure: v.m.sums(owed)},
		kit.Total{Word: v.c.T("customers.overdue"), Figure: v.m.sums(overdue)})
}

// ticked says how many customers are chosen, and what of theirs is late.
func (v *listView) ticked() {
	rows := v.table.Ticked()
	if len(rows) == 0 {
		return
	}
	overdue := ledger.Sums{}
	for _, r := range rows {
		for cur, minor := range r.Overdue {
			overdue.Add(ledger.Money{Minor: minor, Currency: cur})
		}
	}
	v.bar.SetText(v.c.Words.N("common.n_customers", len(rows)), v.c.T("customers.overdue")+" "+v.m.sums(overdue))
	v.bar.Refresh()
}

// follow asks which scenario the ticked customers are to follow.
func (v *listView) follow() {
	var ids []ledger.CustomerID
	for _, r := range v.table.Ticked() {
		ids = append(ids, r.ID)
	}
	dialogs.Follow(v.c, ids, func() {
		v.table.TickWhere(nil)
		v.Refresh()
	})
}

// offer lets a letter begin where the customer with the cursor has something late.
func (v *listView) offer() {
	r := v.table.Selected()
	v.write.Off(r == nil || r.DaysLate == 0)
}

func (v *listView) add() {
	dialogs.NewCustomer(v.c, func(id ledger.CustomerID) { v.c.Go(screen.Place{Screen: screen.Customer, Customer: id}) })
}

// letter begins a letter to the customer with the cursor.
func (v *listView) letter() {
	if r := v.table.Selected(); r != nil {
		v.c.Go(screen.Place{Screen: screen.Letters, Customers: []ledger.CustomerID{r.ID}})
	}
}
