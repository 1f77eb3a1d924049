package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/letters"
)

type view struct {
	c       *screen.Context
	model   *Model
	heading *kit.Heading
	figures [4]*kit.KeyFigure
	body    *fyne.Container
	object  fyne.CanvasObject
}

// New makes the screen.
func New(c *screen.Context) screen.Screen {
	v := &view{c: c, body: container.NewStack()}
	v.heading = kit.NewHeading(c.T("today.title"), "", kit.NewButton(kit.Secondary, look.NoIcon, c.T("today.key.open"), v.showKeyFigures))
	row := make([]fyne.CanvasObject, len(v.figures))
	for i := range v.figures {
		v.figures[i] = kit.NewKeyFigure("", "", "", func() { v.list(i) })
		row[i] = v.figures[i]
	}
	v.object = kit.Page(v.heading, []fyne.CanvasObject{kit.Shares(look.Gap4, row...)}, kit.Inset(4, 0, 0, 0, v.body))
	return v
}

// list opens the invoices behind a figure.
func (v *view) list(i int) {
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
	columns := kit.NewColumns(v.main(m), v.side(m), 340)
	v.body.Objects = []fyne.CanvasObject{columns}
	if m.Bank != "" {
		banner := kit.NewBanner(look.Late, look.NoIcon, m.Bank, v.c.T("today.bank_see"), func() { v.c.Go(screen.Place{Screen: screen.Bank}) })
		v.body.Objects = []fyne.CanvasObject{container.NewBorder(kit.Inset(0, 0, look.Gap4, 0, banner), nil, nil, nil, columns)}
	}
	v.body.Refresh()
}

// main is the letter to begin with and all who are late as well.
func (v *view) main(m *Model) fyne.CanvasObject {
	if m.Done {
		button := kit.NewButton(kit.Primary, look.IconInvoice, v.c.T("today.done.button"), func() {
			v.c.Go(screen.Place{Screen: screen.Invoices, Filter: "open"})
		})
		return kit.NewCard(container.NewCenter(kit.NewEmpty(look.IconTick, v.c.T("today.done.title"), v.c.T("today.done.text"), button)))
	}
	rest := v.others(m)
	if m.First == nil {
		return rest
	}
	return container.NewBorder(kit.Inset(0, 0, look.Gap4, 0, v.first(m.First)), nil, nil, nil, rest)
}

// first is the card of the letter to begin with.
func (v *view) first(r *Row) fyne.CanvasObject {
	c := v.c
	icon := look.IconLetter
	if r.Letter == letters.FormalNotice {
		icon = look.IconVery
	}
	write := kit.NewButton(kit.Primary, look.IconLetter, c.T("today.write."+r.Letter), func() {
		c.Go(screen.Place{Screen: screen.Letters, Customers: []ledger.CustomerID{r.Customer}, Filter: r.Letter})
	})
	see := kit.NewButton(kit.Secondary, look.NoIcon, c.T("today.see"), func() { v.open(r.Customer) })
	left := kit.Stack(0,
		kit.NewSection(c.T("today.first."+r.Letter, "name", r.Name)),
		kit.NewLabel(r.Who).Ink(look.Ink2),
	)
	right := kit.Stack(0,
		kit.NewLabel(r.Amount).Role(look.Title).Bold().Aligned(kit.Right),
		kit.NewNote(r.Count).Aligned(kit.Right),
	)
	why := container.NewBorder(nil, nil, kit.Inset(0, look.Gap2, 0, 0, kit.NewChip(look.StatusOf(r.Situation), r.Chip)), nil,
		kit.Inset(2, 0, 0, 0, kit.NewLabel(r.Why).Wrapped()))
	text := kit.Stack(look.Gap3,
		container.NewBorder(nil, nil, nil, right, left),
		why,
		kit.Row(look.Gap2, write, see),
	)
	dot := kit.Stack(0, kit.NewDot(icon, look.AccentSoft, look.AccentInk, 36))
	return kit.NewCard(container.NewBorder(nil, nil, kit.Inset(0, look.Gap3, 0, 0, dot), nil, text))
}

// others lists who is late as well.
func (v *view) others(m *Model) fyne.CanvasObject {
	c := v.c
	lines := make([]kit.Line, len(m.Late))
	for i, r := range m.Late {
		lines[i] = kit.Line{
			Icon: icon(r), Title: r.Name, Second: r.Why, Status: look.StatusOf(r.Situation), ChipWord: r.Chip, Right: r.Amount, Arrow: true,
		}
	}
	list := kit.NewLines(lines)
	list.OnOpen = func(i int) { v.open(m.Late[i].Customer) }
	head := kit.Row(look.Gap2, kit.NewTitle(c.T("today.others")), kit.Inset(2, 0, 0, 0, kit.NewNote(c.T("today.others.note"))))
	return container.NewBorder(kit.Inset(0, 0, look.Gap2, 0, head), nil, nil, nil, kit.NewBareCard(list))
}

func icon(r Row) look.Icon {
	switch {
	case r.Letter != "":
		return look.IconLetter
	case r.Situation == ledger.Disputed:
		return look.IconFlag
	case r.Situation == ledger.Promised:
		return look.IconPromise
	}
	return look.IconWait
}

func (v *view) open(id ledger.CustomerID) {
	v.c.Go(screen.Place{Screen: screen.Customer, Customer: id})
}

// side is the age of what is owed.
func (v *view) side(m *Model) fyne.CanvasObject {
	bars := kit.NewAgeing(ageingRows(m.Ageing), v.c.T("today.total"), m.Total, func(i int) { v.bucket(m.Ageing[i].Bucket) })
	side := kit.Stack(look.Gap4, kit.NewTitledCard(v.c.T("today.ageing"), nil, bars), v.weeks(m))
	if len(m.News) > 0 {
		side.Add(v.news(m))
	}
	return container.New(tall{side}, kit.NewScroll(side))
}

func ageingRows(bars []Bar) []kit.AgeingRow {
	rows := make([]kit.AgeingRow, len(bars))
	for i, b := range bars {
		rows[i] = kit.AgeingRow{Word: b.Word, Amount: b.Amount, Part: b.Part, Token: token(b.Bucket)}
	}
	return rows
}

// news is what came in lately.
func (v *view) news(m *Model) fyne.CanvasObject {
	box := kit.Stack(look.Gap3)
	for _, n := range m.News {
		tick := kit.Inset(1, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(look.IconTick, look.Paid.Text(), 16)))
		text := kit.Stack(0, kit.NewLabel(n.Name), kit.NewNote(n.Second))
		box.Add(container.NewBorder(nil, nil, tick, kit.Stack(0, kit.NewLabel(n.Amount)), text))
	}
	return kit.NewTitledCard(v.c.T("today.news"), nil, box)
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
