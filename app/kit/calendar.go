package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
	"quitus/assets/words"
	"quitus/ledger"
)

// calendar shows one month, weeks from Monday, to choose a day from. It has the keyboard while it is
// open: arrows go by days and weeks, PgUp and PgDn by months, Enter chooses, Escape closes.
type calendar struct {
	control
	words      *words.Words
	today, day ledger.Date
	pop        *widget.PopUp
	chosen     func(ledger.Date)
}

const calendarCell = 32

func showCalendar(w *words.Words, today, day ledger.Date, under fyne.CanvasObject, chosen func(ledger.Date)) {
	c := canvasOf(under)
	if c == nil {
		return
	}
	cal := &calendar{words: w, today: today, day: day, chosen: chosen}
	cal.ExtendBaseWidget(cal)
	cal.pop = widget.NewPopUp(cal, c)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(under)
	at.Y += under.Size().Height + look.Px(4)
	size := cal.MinSize()
	at.X = max(0, min(at.X, c.Size().Width-size.Width-look.Px(8)))
	at.Y = max(0, min(at.Y, c.Size().Height-size.Height-look.Px(8)))
	cal.pop.Resize(size)
	cal.pop.ShowAtPosition(at)
	c.Focus(cal)
}

// first is the Monday on or before the first of the month shown.
func (c *calendar) first() ledger.Date {
	d := c.day.MonthStart()
	return d.Add(-(int(d.Weekday()) + 6) % 7)
}

func (c *calendar) choose(d ledger.Date) {
	c.pop.Hide()
	c.chosen(d)
}

func (c *calendar) move(d ledger.Date) {
	c.day = d
	c.Refresh()
}

// TypedKey moves and chooses.
func (c *calendar) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft:
		c.move(c.day.Add(-1))
	case fyne.KeyRight:
		c.move(c.day.Add(1))
	case fyne.KeyUp:
		c.move(c.day.Add(-7))
	case fyne.KeyDown:
		c.move(c.day.Add(7))
	case fyne.KeyPageUp:
		c.move(c.day.AddMonths(-1))
	case fyne.KeyPageDown:
		c.move(c.day.AddMonths(1))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.choose(c.day)
	case fyne.KeyEscape:
		c.pop.Hide()
	}
}

// Tapped chooses a day or turns to another month.
func (c *calendar) Tapped(ev *fyne.PointEvent) {
	px := look.Px(calendarCell)
	pad := look.Px(look.Gap2)
	col, row := int((ev.Position.X-pad)/px), int((ev.Position.Y-pad)/px)
	switch {
	case row == 0 && col == 0:
		c.move(c.day.AddMonths(-1))
	case row == 0 && col == 6:
		c.move(c.day.AddMonths(1))
	case row >= 2 && row < 8 && col >= 0 && col < 7:
		c.choose(c.first().Add((row-2)*7 + col))
	}
}

// CreateRenderer implements fyne.Widget.
func (c *calendar) CreateRenderer() fyne.WidgetRenderer {
	title, mark := newText(look.Body, true), canvas.NewRectangle(nil)
	back, next := newGlyph(), newGlyph()
	p := &parts{self: c, objects: []fyne.CanvasObject{mark, title, back.object(), next.object()}}
	names, days := make([]*canvas.Text, 7), make([]*canvas.Text, 42)
	for i := range names {
		names[i] = newText(look.Fine, true)
		p.objects = append(p.objects, names[i])
	}
	for i := range days {
		days[i] = newText(look.Body, false)
		p.objects = append(p.objects, days[i])
	}
	p.paint = func() {
		title.Text, title.Color = c.words.Month(c.day), look.Color(look.Ink)
		back.set(look.IconBack, look.Ink2)
		next.set(look.IconNext, look.Ink2)
		mark.FillColor, mark.CornerRadius = look.Color(look.Accent), look.Px(look.Radius)
		for i, t := range names {
			t.Text = c.words.T("common.weekday_short." + strconv.Itoa((i+1)%7))
			t.Color = look.Color(look.Ink2)
		}
		month := c.day.MonthStart()
		for i, t := range days {
			d := c.first().Add(i)
			_, _, n := d.Civil()
			ink := look.Ink
			switch {
			case d == c.day:
				ink = look.OnAccent
			case d.MonthStart() != month:
				ink = look.Ink3
			case d == c.today:
				ink = look.Accent
			}
			t.Text, t.Color, t.TextStyle.Bold = strconv.Itoa(n), look.Color(ink), d == c.today || d == c.day
		}
	}
	p.min = func() fyne.Size {
		px, pad := look.Px(calendarCell), look.Px(look.Gap2)
		return fyne.NewSize(7*px+2*pad, 8*px+2*pad)
	}
	p.layout = func(fyne.Size) {
		px, pad := look.Px(calendarCell), look.Px(look.Gap2)
		centre := func(t *canvas.Text, col, row int) {
			w := t.MinSize().Width
			placeMid(t, pad+float32(col)*px+round((px-w)/2), pad+float32(row)*px, px)
		}
		placeMid(title, pad+round((7*px-title.MinSize().Width)/2), pad, px)
		icon := look.Px(18)
		bounds(back.object(), pad+round((px-icon)/2), pad+round((px-icon)/2), icon, icon)
		bounds(next.object(), pad+6*px+round((px-icon)/2), pad+round((px-icon)/2), icon, icon)
		for i, t := range names {
			centre(t, i, 1)
		}
		at := int(c.day - c.first())
		bounds(mark, pad+float32(at%7)*px+1, pad+float32(2+at/7)*px+1, px-2, px-2)
		for i, t := range days {
			centre(t, i%7, 2+i/7)
		}
	}
	return render(p)
}
