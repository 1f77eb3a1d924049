package bank

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/ledger/reconcile"
)

// Keys of what the screen does in the background.
const (
	loading = "bank_load"
	acting  = "bank_act"
)

type view struct {
	c       *screen.Context
	m       *Model
	filter  string
	heading *kit.Heading
	record  *kit.Button
	filters *kit.FilterRow
	account *kit.Label
	table   *kit.Table[Row]
	panel   *fyne.Container // what is proposed for the chosen entry
	body    *fyne.Container
	object  fyne.CanvasObject
}

// New makes the screen.
func New(c *screen.Context) screen.Screen {
	v := &view{c: c, filter: ToCheck, panel: kit.Stack(look.Gap4), body: container.NewStack(), account: kit.NewLabel("").Ink(look.Ink2)}
	open := kit.NewButton(kit.Secondary, look.IconImport, c.T("bank.import"), v.choose)
	v.record = kit.NewButton(kit.Primary, look.IconTick, "", v.recordSure)
	v.record.Hide()
	v.heading = kit.NewHeading(c.T("bank.title"), "", open, v.record)
	v.filters = kit.NewFilterRow(v.filter, v.turn)
	v.filters.Format = c.Words.Number
	v.build()
	tools := container.NewBorder(nil, nil, nil, v.account, v.filters)
	v.object = kit.Page(v.heading, []fyne.CanvasObject{tools}, v.body)
	return v
}

func (v *view) build() {
	c := v.c
	v.table = kit.NewTable(c.Run,
		kit.Column[Row]{ID: "on", Title: c.T("common.date"), Width: 96, Text: func(r *Row) string { return r.Day }, Less: func(a, b *Row) bool { return a.On < b.On }},
		kit.Column[Row]{ID: "label", Title: c.T("bank.label"), Width: 200, Flex: true, Text: func(r *Row) string { return r.Label }},
		kit.Column[Row]{ID: "amount", Title: c.T("common.amount"), Width: 108, Align: kit.Right, Text: func(r *Row) string { return r.Amount },
			Bold: func(*Row) bool { return true }, Less: func(a, b *Row) bool { return a.Minor < b.Minor }},
		kit.Column[Row]{ID: "state", Title: c.T("bank.proposal"), Width: 176, Chip: func(r *Row) (look.Status, string) { return statusOf(r.State), r.Word }})
	v.table.Key = func(r *Row) string { return strconv.Itoa(int(r.ID)) }
	v.table.OnSelect = v.explain
	v.table.OnOpen = func(r *Row) {
		if len(r.Answers) > 0 && (r.State == Proposed || r.State == Sure) {
			v.settle(r, r.Answers[0].Answer, "") // of two possibilities none is taken for granted
		}
	}
	v.table.OnShown = v.shown
}

func statusOf(s State) look.Status {
	switch s {
	case Proposed:
		return look.Soon
	case Sure:
		return look.Paid
	case Ambiguous:
		return look.Late
	case Settled:
		return look.Paid
	}
	return look.None
}

// Object implements [screen.Screen].
func (v *view) Object() fyne.CanvasObject { return v.object }

// Show implements [screen.Screen].
func (v *view) Show(screen.Place) { v.Refresh() }

// Refresh decides anew about what is not settled.
func (v *view) Refresh() {
	var m *Model
	v.c.Run.Go(loading, func(ctx context.Context, p *run.Progress) (err error) {
		p.Start(v.c.T("bank.deciding"), 0)
		m, err = NewModel(ctx, v.c.Words, v.c.Desk.State())
		return err
	}, func(err error) {
		if err != nil {
			v.c.Error(err)
			return
		}
		v.show(m)
	})
}

func (v *view) show(m *Model) {
	v.m = m
	v.heading.Set(v.c.T("bank.title"), m.Facts)
	v.account.SetText(m.Account)
	if m.Sure > 0 {
		v.record.SetText(v.c.Words.N("bank.record", m.Sure))
		v.record.Show()
	} else {
		v.record.Hide()
	}
	v.heading.Refresh()
	var options []kit.FilterOption
	for _, f := range filters {
		options = append(options, kit.FilterOption{ID: f, Word: v.c.T("bank.filter." + f), Count: m.Counts[f]})
	}
	v.filters.SetOptions(options...)
	if len(m.Rows) == 0 {
		empty := kit.NewEmpty(look.IconBank, v.c.T("bank.empty"), v.c.T("bank.empty_text"),
			kit.NewButton(kit.Primary, look.IconImport, v.c.T("bank.import"), v.choose))
		v.body.Objects = []fyne.CanvasObject{kit.NewCard(container.NewCenter(kit.Stack(look.Gap3, empty, container.NewCenter(kit.Row(look.Gap4, v.checked(), v.cheques())))))}
		v.body.Refresh()
		return
	}
	v.narrow()
	v.table.SetRows(m.Rows)
	v.table.SetEmpty(kit.NewEmpty(look.IconTick, v.c.T("bank.none_left"), v.c.T("bank.none_left_text"), nil))
	side := container.NewBorder(nil, kit.Inset(look.Gap2, 0, 0, 0, kit.Row(look.Gap4, v.checked(), v.cheques())), nil, nil, kit.NewScroll(v.panel))
	content := fyne.CanvasObject(kit.NewColumns(v.table, side, panelWidth))
	if m.Old != "" {
		content = container.NewBorder(kit.Inset(0, 0, look.Gap3, 0, kit.NewBanner(look.Late, look.NoIcon, m.Old, v.c.T("bank.import"), v.choose)), nil, nil, nil, content)
	}
	v.body.Objects = []fyne.CanvasObject{content}
	v.body.Refresh()
	v.explain(v.table.Selected())
}

// panelWidth is the width of the proposal.
const panelWidth = 400

func (v *view) turn(id string) {
	v.filter = id
	v.explain(nil)
	v.narrow()
}

func (v *view) narrow() {
	v.table.SetFilter(func(r *Row) bool { return r.Filter == v.filter })
}

// shown puts the cursor on the first entry, so that Enter can go on.
func (v *view) shown() {
	if v.table.Selected() == nil && v.table.Count() > 0 {
		first := true
		v.table.Select(func(*Row) bool {
			was := first
			first = false
			return was
		})
	}
	v.explain(v.table.Selected())
}

// act does something to an entry and shows what is left.
func (v *view) act(done string, do func(context.Context) (ledger.Entry, error)) {
	v.c.Act(acting, func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) { return do(ctx) }, func() string {
		v.Refresh()
		return done
	})
}

// settle records an answer; where a reason is given, what it leaves of an invoice is given up for it.
func (v *view) settle(r *Row, a reconcile.Answer, giveUp string) {
	v.act(v.c.T("bank.settled", "amount", r.Amount), func(ctx context.Context) (ledger.Entry, error) {
		return v.c.Desk.Settle(ctx, r.ID, a, giveUp)
	})
}

func (v *view) recordSure() {
	n := v.m.Sure
	v.act(v.c.Words.N("bank.recorded", n), func(ctx context.Context) (ledger.Entry, error) {
		e, _, err := v.c.Desk.Reconcile(ctx, false)
		return e, err
	})
}

func (v *view) choose() {
	v.c.OpenFile(v.c.T("bank.import"), screen.Statements, func(path string) {
		v.c.Go(screen.Place{Screen: screen.Import, File: path})
	})
}

// checked is for owners whose bank gives no file.
func (v *view) checked() fyne.CanvasObject {
	return kit.NewLink(look.NoIcon, v.c.T("bank.checked"), v.askChecked)
}

// askChecked asks up to which day the owner checked the bank by hand.
func (v *view) askChecked() {
	c := v.c
	day := kit.NewDateEntry(c.Words, c.T("bank.checked_day"), c.Desk.Today())
	day.Needed = c.Words.Error(ledger.Errorf("field_required"))
	day.Limit = func(on ledger.Date) string {
		if on > c.Desk.Today() {
			return c.Words.Error(ledger.Errorf("bank_checked_in_future"))
		}
		return ""
	}
	day.SetDate(c.Desk.Today())
	form := kit.NewForm(c.Canvas(), c.Words, c.T("bank.checked_title"), c.T("common.save"), kit.NewLabel(c.T("bank.checked_text")).Wrapped().Ink(look.Ink2), day)
	form.OnAct = func() {
		on, _ := day.Date()
		form.Close()
		v.act(c.T("bank.checked_done", "day", on), func(ctx context.Context) (ledger.Entry, error) { return c.Desk.BankChecked(ctx, on) })
	}
	form.Show()
}
