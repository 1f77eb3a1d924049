package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
)

type view struct {
	c        *screen.Context
	model    *Model
	hand     string          // name of the task that the owner took in hand; empty for the first
	unfolded map[string]bool // sections of the list
	heading  *kit.Heading
	figures  [4]*kit.KeyFigure
	verbs    []*kit.Button // of the task in hand
	list     *kit.Lines
	items    []item // of the list
	body     *fyne.Container
	object   fyne.CanvasObject
}

// New makes the screen.
func New(c *screen.Context) screen.Screen {
	v := &view{c: c, body: container.NewStack(), unfolded: map[string]bool{}}
	v.heading = kit.NewHeading(c.T("today.title"), "", kit.NewButton(kit.Secondary, look.NoIcon, c.T("today.key.open"), v.showKeyFigures))
	row := make([]fyne.CanvasObject, len(v.figures))
	for i := range v.figures {
		v.figures[i] = kit.NewKeyFigure("", "", "", func() { v.open(i) })
		row[i] = v.figures[i]
	}
	v.list = kit.NewLines(nil)
	v.list.OnOpen = func(i int) { v.items[i].open() }
	v.list.OnMove = v.move
	v.object = kit.Page(v.heading, []fyne.CanvasObject{kit.Shares(look.Gap4, row...)}, kit.Inset(4, 0, 0, 0, v.body))
	return v
}

// open shows the invoices behind a figure.
func (v *view) open(i int) {
	if f := v.model.Figures[i].Filter; f != "" {
		v.c.Go(screen.Place{Screen: screen.Invoices, Filter: f})
	}
}

// Object implements [screen.Screen].
func (v *view) Object() fyne.CanvasObject { return v.object }

// Show implements [screen.Screen].
func (v *view) Show(screen.Place) { v.Refresh() }

// Refresh implements [screen.Screen].
func (v *view) Refresh() {
	screen.Load(v.c, "today", func(s *desk.State) *Model { return NewModel(v.c.Words, s) }, v.show)
}

func (v *view) show(m *Model) {
	if m.Empty {
		v.c.Go(screen.Place{Screen: screen.Welcome})
		return
	}
	v.model = m
	v.heading.Set(v.c.T("today.title"), m.Facts)
	for i, f := range m.Figures {
		v.figures[i].SetLabel(f.Label)
		v.figures[i].Set(f.Value, f.Small)
	}
	had := v.verbWithKeyboard()
	v.body.Objects = []fyne.CanvasObject{kit.NewColumns(v.main(m), v.side(m), 340, kit.WideContent)}
	v.body.Refresh()
	if had >= 0 && len(v.verbs) > 0 {
		v.c.Canvas().Focus(v.verbs[min(had, len(v.verbs)-1)])
	}
}

// verbWithKeyboard gives which button of the task in hand has the keyboard, -1 for none: it passes to the next task's.
func (v *view) verbWithKeyboard() int {
	for i, b := range v.verbs {
		if v.c.Canvas().Focused() == fyne.Focusable(b) {
			return i
		}
	}
	return -1
}

// main is the task in hand and the others below; at the end of the day what it brought.
func (v *view) main(m *Model) fyne.CanvasObject {
	top := kit.Stack(look.Gap3)
	if m.Bank != "" {
		top.Add(kit.NewBanner(look.Soon, look.IconBank, m.Bank, v.c.T("today.bank_see"), v.toBank))
	}
	v.verbs = nil
	row := m.Find(v.hand)
	if row == nil {
		v.hand = ""
		top.Add(v.done(m))
	} else {
		v.hand = row.Tasks[0].Name
		if len(m.Rows) > 0 && row.Is(m.Rows[0].Tasks[0].Name) {
			v.hand = "" // what comes first tomorrow, or after the next change, is then in hand again
		}
		top.Add(v.card(m.Card(row)))
	}
	v.fill(m, row)
	if len(v.items) == 0 {
		return scrolling(top)
	}
	if len(m.Rows) > 0 {
		top.Add(v.listHead())
	}
	list := kit.NewBareCard(kit.Padded(1, v.list.Joined()))
	head := kit.Inset(0, 0, look.Gap2, 0, top)
	// The keyboard goes through objects in the order in which they are given.
	return scrolling(container.New(layout.NewBorderLayout(head, nil, nil, nil), head, container.New(upTo{v.list}, list)))
}

// listHead is the title of the list, and how it is ordered.
func (v *view) listHead() fyne.CanvasObject {
	title := kit.Inset(0, look.Gap2, 0, 0, kit.NewTitle(v.c.T("today.next")))
	return kit.Inset(look.Gap1, 0, 0, 0, container.NewBorder(nil, nil, title, nil, kit.Inset(2, 0, 0, 0, kit.Fixed(40, 0, kit.NewNote(v.c.T("today.next.note"))))))
}

// upTo lets a card be as high as its list is long, or as its place is; a few lines are always in view.
type upTo struct{ list *kit.Lines }

// leastLines is how many lines are in view at least; half a line tells that there are more.
const leastLines = 3.5

func (u upTo) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, min(u.list.TotalHeight(), leastLines*look.Px(look.TwoLineHeight))+2)
}

func (u upTo) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, min(s.Height, u.list.TotalHeight()+2)))
}

func (v *view) toBank() { v.c.Go(screen.Place{Screen: screen.Bank}) }

func (v *view) customer(id ledger.CustomerID) {
	v.c.Go(screen.Place{Screen: screen.Customer, Customer: id})
}

// side is the age of what is owed, what is expected, and what happened.
func (v *view) side(m *Model) fyne.CanvasObject {
	bars := kit.NewAgeing(ageingRows(m.Ageing), v.c.T("today.total"), m.Total, func(i int) { v.bucket(m.Ageing[i].Bucket) })
	side := kit.Stack(look.Gap4)
	if len(m.Limits.Lines) > 0 {
		see := kit.NewLink(look.NoIcon, v.c.T("today.limits.see"), func() { v.limited(0) })
		side.Add(kit.NewTitledCard(v.c.T("today.limits.title"), see, kit.Stack(look.Gap3, kit.NewLabel(m.Limits.Title).Wrapped(), v.news(m.Limits.Lines))))
	}
	side.Add(kit.NewTitledCard(v.c.T("today.ageing"), nil, bars))
	side.Add(v.weeks(m))
	for _, n := range []News{m.Since, m.Ended} {
		if len(n.Lines) > 0 {
			side.Add(kit.NewTitledCard(n.Title, nil, v.news(n.Lines)))
		}
	}
	return scrolling(side)
}

// scrolling lets a column scroll where the window is too low for it.
func scrolling(column fyne.CanvasObject) fyne.CanvasObject {
	return container.New(tall{column}, kit.NewScroll(column))
}

func ageingRows(bars []Bar) []kit.AgeingRow {
	rows := make([]kit.AgeingRow, len(bars))
	for i, b := range bars {
		rows[i] = kit.AgeingRow{Word: b.Word, Amount: b.Amount, Part: b.Part, Token: token(b.Bucket)}
	}
	return rows
}

// limited shows the invoices that can soon no longer be claimed, with the cursor on one of them.
func (v *view) limited(id ledger.InvoiceID) {
	v.c.Go(screen.Place{Screen: screen.Invoices, Filter: "limit", Invoice: id})
}

// news lists what happened; a customer's name leads to the customer, or to the invoice that it is about.
func (v *view) news(lines []NewsLine) fyne.CanvasObject {
	box := kit.Stack(look.Gap2)
	for _, n := range lines {
		status, top := look.StatusOf(n.Situation), float32(0)
		if n.Customer != 0 {
			top = 2 // a link is a little higher than a line
		}
		icon := kit.Inset(top+2, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(status.Icon(), status.Text(), 16)))
		name := kit.Fixed(40, 0, kit.NewLabel(n.Name))
		if n.Customer != 0 {
			name = container.New(atLeft{}, kit.NewLink(look.NoIcon, n.Name, func() { v.newsOf(n) }))
		}
		text := kit.Stack(0, name)
		if n.Second != "" {
			text.Add(kit.Fixed(40, 0, kit.NewNote(n.Second)))
		}
		amount := kit.Inset(top, 0, 0, look.Gap2, kit.Stack(0, kit.NewLabel(n.Amount)))
		box.Add(container.NewBorder(nil, nil, icon, amount, text))
	}
	return box
}

func (v *view) newsOf(n NewsLine) {
	if n.Invoice != 0 {
		v.limited(n.Invoice)
		return
	}
	v.customer(n.Customer)
}

// atLeft keeps a link at the left at its own width, or less where there is no room.
type atLeft struct{}

func (atLeft) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(40), o[0].MinSize().Height)
}

func (atLeft) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(-look.Px(2), 0))
	o[0].Resize(fyne.NewSize(min(s.Width, o[0].MinSize().Width), s.Height))
}

func token(b ledger.Bucket) fyne.ThemeColorName {
	switch b {
	case ledger.BucketNoDate:
		return look.Ink3
	case ledger.BucketCredit:
		return look.Paid.Solid()
	}
	return look.AgeSolid(int(b))
}
