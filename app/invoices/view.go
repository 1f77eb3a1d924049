package invoices

import (
	"cmp"
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

// tableName is under what the widths of columns are kept.
const tableName = "invoices"

type view struct {
	c       *screen.Context
	m       *Model
	filter  string
	reveal  ledger.InvoiceID // to put the cursor on, once its row is shown
	arrived bool             // nothing is shown yet since coming here
	heading *kit.Heading
	export  *kit.Button
	filters *kit.FilterRow
	search  *kit.Field
	tools   *fyne.Container
	table   *kit.Table[Row]
	bar     *kit.SelectionBar
	pay     *kit.Button
	steps   *kit.Button
	write   *kit.Button
	asking  bool // where the imported cases stand
	ask     *fyne.Container
	choice  Choice
	object  fyne.CanvasObject
}

// New makes the screen.
func New(c *screen.Context) screen.Screen {
	v := &view{c: c, filter: Open}
	v.export = kit.NewButton(kit.Secondary, look.IconSave, c.T("invoices.export"), func() { dialogs.Export(c) })
	add := kit.NewButton(kit.Secondary, look.IconAdd, c.T("invoices.add"), v.add)
	v.heading = kit.NewHeading(c.T("invoices.title"), "", v.export, add)
	v.filters = kit.NewFilterRow(v.filter, v.choose)
	v.filters.Format = c.Words.Number
	v.build()
	v.search = kit.NewListSearch(c.T("invoices.search"), v.narrow, v.table)
	v.tools = container.NewBorder(nil, nil, nil, container.NewVBox(kit.Fixed(208, look.FilterHeight, v.search)), v.filters)
	v.ask = container.NewStack()
	v.ask.Hide()
	v.object = kit.Page(v.heading, []fyne.CanvasObject{v.ask, v.tools}, v.table)
	return v
}

// build makes the table with its bar.
func (v *view) build() {
	c := v.c
	v.pay = kit.NewButton(kit.Secondary, look.NoIcon, c.T("dialogs.pay.title"), func() {
		dialogs.Pay(c, v.choice.Payer, v.choice.Invoice, v.untick)
	}).OnTint()
	v.write = kit.NewButton(kit.Primary, look.IconLetter, "", func() {
		c.Go(screen.Place{Screen: screen.Letters, Customers: v.choice.Writes})
	})
	v.steps = kit.NewButton(kit.Secondary, look.NoIcon, c.T("invoices.steps"), func() { dialogs.Steps(c, v.choice.Owing, v.untick) }).OnTint()
	v.bar = kit.NewSelectionBar(v.steps, v.pay, v.write)
	v.table = kit.NewTable(c.Run, v.columns()...).Multi().WithBar(v.bar)
	v.table.Key = func(r *Row) string { return strconv.Itoa(int(r.ID)) }
	v.table.OnOpen = func(r *Row) { dialogs.ShowInvoice(c, r.ID, v.Refresh) }
	v.table.OnTick = v.ticked
	v.table.OnShown = v.shown
	v.table.OnWidth = func(id string, width float32) { c.KeepWidth(tableName, id, width) }
	v.table.SetWidths(c.Prefs.Widths[tableName])
	v.table.Sort("due", false)
}

// columns are those of the look. Words are made only for the rows in view.
func (v *view) columns() []kit.Column[Row] {
	t := v.c.T
	second := func(*Row) fyne.ThemeColorName { return look.Ink2 }
	return []kit.Column[Row]{
		{ID: "number", Title: t("common.invoice"), Width: 104, Text: func(r *Row) string { return r.Number },
			Less: func(a, b *Row) bool { return a.Number < b.Number }},
		{ID: "customer", Title: t("common.customer"), Width: 200, Flex: true, Text: func(r *Row) string { return v.m.Name(r) },
			Less: func(a, b *Row) bool { return a.who < b.who }},
		{ID: "issued", Title: t("common.date"), Width: 90, Optional: true, Ink: second, Text: func(r *Row) string { return v.m.Date(r.Issued) },
			Less: func(a, b *Row) bool { return a.Issued < b.Issued }},
		{ID: "due", Title: t("common.due_date"), Width: 92, Text: func(r *Row) string { return v.m.Date(r.Due) },
			Less: func(a, b *Row) bool { return dueLess(a, b) < 0 }},
		{ID: "total", Title: t("common.amount"), Width: 100, Align: kit.Right, Text: func(r *Row) string { return v.m.Money(r, r.Total.Minor) },
			Less: func(a, b *Row) bool { return a.Total.Minor < b.Total.Minor }},
		{ID: "paid", Title: t("invoices.paid"), Width: 96, Align: kit.Right, Optional: true, Ink: second, Text: func(r *Row) string { return v.m.Money(r, r.Paid) },
			Less: func(a, b *Row) bool { return a.Paid < b.Paid }},
		{ID: "open", Title: t("invoices.left"), Width: 100, Align: kit.Right, Text: func(r *Row) string { return v.m.Money(r, r.Open) },
			Bold: func(r *Row) bool { return r.Open != 0 }, Ink: func(r *Row) fyne.ThemeColorName {
				if r.Open == 0 {
					return look.Ink2
				}
				return look.Ink
			}, Less: func(a, b *Row) bool { return a.Open < b.Open }},
		{ID: "situation", Title: t("invoices.situation"), Width: 184, Chip: func(r *Row) (look.Status, string) {
			return look.StatusOf(r.sit), v.c.Words.Standing(r.Invoice, v.m.Standing(r), v.m.state.On)
		}, Less: func(a, b *Row) bool {
			return cmp.Or(cmp.Compare(a.sit, b.sit), cmp.Compare(a.days, b.days)) < 0
		}},
	}
}

// dueLess orders by due date, then by amount, the largest first; what has no due date comes last.
func dueLess(a, b *Row) int {
	if (a.Due == 0) != (b.Due == 0) {
		return cmp.Compare(b.Due, a.Due)
	}
	return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(b.Open, a.Open))
}

// Object implements [screen.Screen].
func (v *view) Object() fyne.CanvasObject { return v.object }

// Show implements [screen.Screen].
func (v *view) Show(p screen.Place) {
	if Known(p.Filter) {
		v.filter = p.Filter
		v.search.SetText("")
	}
	v.reveal, v.arrived, v.asking = p.Invoice, true, p.Imported
	v.Refresh()
	if cv := v.c.Canvas(); cv != nil {
		cv.Focus(v.table)
	}
}

// Refresh implements [screen.Screen].
func (v *view) Refresh() {
	screen.Load(v.c, "invoices.rows", func(s *desk.State) *Model { return NewModel(v.c.Words, s) }, v.show)
}

func (v *view) show(m *Model) {
	v.m = m
	if v.asking && m.Counts[v.filter] == 0 {
		v.filter = Open
	}
	if v.arrived && v.filter == Open && m.Counts[Open] == 0 {
		v.filter = All
	}
	v.arrived = false
	if v.reveal != 0 {
		v.search.SetText("")
		if !m.Shows(v.filter, v.reveal) {
			v.filter = All
		}
	}
	v.heading.Set(v.c.T("invoices.title"), m.Facts)
	v.table.SetEmpty(v.empty())
	if len(m.Rows) == 0 {
		v.heading.Set(v.c.T("invoices.title"), "")
		v.tools.Hide()
		v.export.Hide()
	} else {
		v.tools.Show()
		v.export.Show()
	}
	v.offer()
	v.showAsk()
	v.table.SetFilter(m.Keep(v.filter, v.search.Text()))
	v.table.SetRows(m.Rows)
	v.ticked()
	v.object.Refresh()
}

// showAsk asks, after a first import, what was already done about what is late.
func (v *view) showAsk() {
	late := v.m.Counts[Overdue]
	if v.asking = v.asking && late > 0; !v.asking {
		v.ask.Hide()
		return
	}
	v.ask.Objects = []fyne.CanvasObject{kit.NewBanner(look.Soon, look.NoIcon, v.c.Words.N("invoices.standing", late), v.c.T("invoices.standing_done"), func() {
		v.asking = false
		v.showAsk()
		v.object.Refresh()
	})}
	v.ask.Show()
}

// empty says what to do where no row is shown.
func (v *view) empty() fyne.CanvasObject {
	c := v.c
	if len(v.m.Rows) == 0 {
		return kit.NewEmpty(look.IconInvoice, c.T("invoices.empty"), c.T("invoices.empty_text"),
			kit.NewButton(kit.Primary, look.IconImport, c.T("common.import_file"), v.importFile))
	}
	return kit.NewEmpty(look.IconSearch, c.T("invoices.none_found"), c.T("invoices.none_found_text"),
		kit.NewButton(kit.Secondary, look.NoIcon, c.T("invoices.show_all"), v.showAll))
}

func (v *view) importFile() {
	v.c.OpenFile(v.c.T("common.import_file"), screen.Registers, func(path string) {
		v.c.Go(screen.Place{Screen: screen.Import, File: path})
	})
}

// offer brings the row of filters up to date; an age is one more, which pressing takes away.
func (v *view) offer() {
	var options []kit.FilterOption
	for _, f := range v.m.Filters(v.filter) {
		options = append(options, kit.FilterOption{ID: f.ID, Word: f.Word, Count: f.Count})
	}
	v.filters.Choose(v.filter)
	v.filters.SetOptions(options...)
	v.tools.Refresh()
}

func (v *view) choose(id string) {
	if _, age := bucketOf(id); age {
		id = Open
	}
	v.filter = id
	v.offer()
	v.narrow()
}

func (v *view) narrow() {
	if v.m != nil {
		v.table.SetFilter(v.m.Keep(v.filter, v.search.Text()))
	}
}

func (v *view) showAll() {
	v.search.SetText("")
	v.choose(All)
}

// shown adds up the rows that are shown, and puts the cursor where it was asked for.
func (v *view) shown() {
	if v.m == nil {
		return
	}
	if id := v.reveal; id != 0 && v.table.Count() > 0 {
		v.reveal = 0
		v.table.Select(func(r *Row) bool { return r.ID == id })
	}
	if len(v.m.Rows) == 0 {
		v.table.SetStatus("")
		return
	}
	var sum Sum
	v.table.Shown(sum.Add)
	count, total, open := sum.Words(v.c.Words)
	v.table.SetStatus(count, kit.Total{Word: v.c.T("common.amount"), Figure: total}, kit.Total{Word: v.c.T("invoices.left"), Figure: open})
}

// ticked says what is chosen and what can be done with it.
func (v *view) ticked() {
	rows := v.table.Ticked()
	if v.m == nil || len(rows) == 0 {
		return
	}
	v.choice = v.m.Chosen(rows)
	v.bar.SetText(v.choice.Bold, v.choice.Rest)
	v.write.SetText(v.choice.WriteText)
	visible(v.write, len(v.choice.Writes) > 0)
	visible(v.pay, v.choice.Payer != 0)
	visible(v.steps, len(v.choice.Owing) > 0)
	v.bar.Refresh()
}

func visible(o fyne.CanvasObject, yes bool) {
	if yes {
		o.Show()
	} else {
		o.Hide()
	}
}

// untick ends a choice that was acted on.
func (v *view) untick() {
	v.table.TickWhere(nil)
	v.Refresh()
}

func (v *view) add() {
	dialogs.NewInvoice(v.c, 0, func(id ledger.InvoiceID) {
		v.reveal = id
		v.Refresh()
	})
}

// Drop keeps files dropped on a row with its invoice.
func (v *view) Drop(at fyne.Position, paths []string) bool {
	r := v.table.RowAt(at)
	if r == nil {
		return false
	}
	v.table.Select(func(x *Row) bool { return x.ID == r.ID })
	dialogs.Attach(v.c, paths, r.Customer, r.ID, v.Refresh)
	return true
}

var (
	_ screen.Screen  = (*view)(nil)
	_ screen.Dropper = (*view)(nil)
)
