package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// RailItem is a place in the rail; Count is written at its right unless empty.
type RailItem struct {
	ID    string
	Icon  look.Icon
	Word  string
	Count string
}

// Rail is the navigation at the left, 200 wide: the sign, the company, the places, at the foot how far
// the bank is read and the last place (settings). It is one Tab stop; arrows go along inside.
//
//	rail := kit.NewRail("Quitus", company, places, settings, go)
//	rail.SetCurrent("invoices")
type Rail struct {
	widget.BaseWidget
	// OnGo is told the ID of the place to go to.
	OnGo func(id string)
	// OnCompany is called when the company's name is pressed.
	OnCompany func()

	name    string
	company *railCompany
	places  []*railPlace
	note    string
	status  look.Status
	current int
	focused bool
}

// NewRail makes a rail. The last of the items stands at the foot.
func NewRail(name, company string, onGo func(id string), items ...RailItem) *Rail {
	r := &Rail{OnGo: onGo, name: name}
	r.company = &railCompany{name: company, tapped: func() {
		if r.OnCompany != nil {
			r.OnCompany()
		}
	}}
	r.company.ExtendBaseWidget(r.company)
	for i, it := range items {
		p := &railPlace{item: it, rail: r, index: i}
		p.ExtendBaseWidget(p)
		r.places = append(r.places, p)
	}
	r.ExtendBaseWidget(r)
	return r
}

// SetCompany changes the company's name.
func (r *Rail) SetCompany(name string) {
	r.company.name = name
	r.company.Refresh()
}

// SetCurrent marks a place as the one shown; an unknown one marks none.
func (r *Rail) SetCurrent(id string) {
	r.current = -1
	for i, p := range r.places {
		if p.item.ID == id {
			r.current = i
		}
	}
	r.refreshPlaces()
}

// SetCount changes what is written at the right of a place.
func (r *Rail) SetCount(id, count string) {
	for _, p := range r.places {
		if p.item.ID == id && p.item.Count != count {
			p.item.Count = count
			p.Refresh()
		}
	}
}

// SetBank writes at the foot how far the bank is read: Paid when it is up to date, Late when not; an
// empty note shows nothing.
func (r *Rail) SetBank(s look.Status, note string) {
	r.status, r.note = s, note
	r.Refresh()
}

func (r *Rail) refreshPlaces() {
	for _, p := range r.places {
		p.Refresh()
	}
}

func (r *Rail) goTo(i int) {
	if i < 0 || i >= len(r.places) {
		return
	}
	r.current = i
	r.refreshPlaces()
	if r.OnGo != nil {
		r.OnGo(r.places[i].item.ID)
	}
}

// Step goes to the place n further, for Ctrl+PgDn and Ctrl+PgUp.
func (r *Rail) Step(n int) { r.goTo(max(0, min(len(r.places)-1, r.current+n))) }

// FocusGained shows where the keyboard is.
func (r *Rail) FocusGained() { r.focused = true; r.refreshPlaces() }

// FocusLost no longer does.
func (r *Rail) FocusLost() { r.focused = false; r.refreshPlaces() }

// TypedRune has nothing to do.
func (r *Rail) TypedRune(rune) {}

// TypedKey goes along the places.
func (r *Rail) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDown:
		r.Step(1)
	case fyne.KeyUp:
		r.Step(-1)
	case fyne.KeyHome:
		r.goTo(0)
	case fyne.KeyEnd:
		r.goTo(len(r.places) - 1)
	default:
		passKey(r, ev)
	}
}

// CreateRenderer implements fyne.Widget.
func (r *Rail) CreateRenderer() fyne.WidgetRenderer {
	ground, line, sign := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	tick, name, mark, note := newGlyph(), newText(look.Speech, true), newGlyph(), newText(look.Fine, false)
	p := &parts{self: r, objects: []fyne.CanvasObject{ground, line, sign, tick.object(), name, mark.object(), note, r.company}}
	for _, place := range r.places {
		p.objects = append(p.objects, place)
	}
	p.paint = func() {
		ground.FillColor, line.FillColor = look.Color(look.RailGround), look.Color(look.Line)
		sign.FillColor, sign.CornerRadius = look.Color(look.Accent), look.Px(7)
		tick.set(look.IconTick, look.OnAccent)
		name.Text, name.Color, name.TextSize = r.name, look.Color(look.Ink), look.TextSize(look.Speech)
		icon, ink := look.NoIcon, look.Ink2
		if r.note != "" {
			icon = r.status.Icon()
			if r.status != look.Paid {
				ink = r.status.Text()
			}
		}
		mark.set(icon, r.status.Text())
		note.Color, note.TextSize = look.Color(ink), look.TextSize(look.Fine)
	}
	p.min = func() fyne.Size {
		return fyne.NewSize(look.Px(look.RailWidth), look.Px(160)+float32(len(r.places))*look.Px(44))
	}
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		bounds(line, s.Width-1, 0, 1, s.Height)
		bounds(sign, look.Px(16), look.Px(14), look.Px(28), look.Px(28))
		px := look.Px(20)
		bounds(tick.object(), look.Px(20), look.Px(18), px, px)
		placeMid(name, look.Px(52), look.Px(14), look.Px(28))
		bounds(r.company, look.Px(10), look.Px(46), s.Width-look.Px(22), look.Px(24))
		w, h := s.Width-look.Px(25), look.Px(look.RailItemHeight)
		for i, place := range r.places {
			y := look.Px(84) + float32(i)*(h+look.Px(4))
			if i == len(r.places)-1 {
				y = s.Height - h - look.Px(look.Gap3)
			}
			bounds(place, look.Px(12), y, w, h)
		}
		y := s.Height - h - look.Px(look.Gap3) - look.Px(32)
		px = look.Px(16)
		bounds(mark.object(), look.Px(23), y+look.Px(5), px, px)
		note.Text = fit(r.note, look.Fine, false, s.Width-look.Px(46+8))
		placeMid(note, look.Px(46), y, look.Px(26))
	}
	return render(p)
}

// railPlace is one place of the rail.
type railPlace struct {
	widget.BaseWidget
	item  RailItem
	rail  *Rail
	index int
	over  bool
}

// MouseIn shows the pointer over the place.
func (p *railPlace) MouseIn(*desktop.MouseEvent) { p.over = true; p.Refresh() }

// MouseMoved has nothing to do.
func (p *railPlace) MouseMoved(*desktop.MouseEvent) {}

// MouseOut shows that the pointer has left.
func (p *railPlace) MouseOut() { p.over = false; p.Refresh() }

// Tapped goes to the place.
func (p *railPlace) Tapped(*fyne.PointEvent) { p.rail.goTo(p.index) }

// CreateRenderer implements fyne.Widget.
func (p *railPlace) CreateRenderer() fyne.WidgetRenderer {
	ground, icon, word, count := canvas.NewRectangle(nil), newGlyph(), newText(look.Body, false), newText(look.Fine, true)
	r := &parts{self: p, objects: []fyne.CanvasObject{ground, icon.object(), word, count}}
	r.paint = func() {
		fill, ink := look.Clear, look.Ink2
		current := p.rail.current == p.index
		switch {
		case current:
			fill, ink = look.AccentSoft, look.AccentInk
		case p.over:
			fill = look.RowHover
		}
		ground.FillColor, ground.CornerRadius = look.Color(fill), look.Px(look.Radius)
		setStroke(ground, 0, look.Accent)
		if current && p.rail.focused {
			setStroke(ground, 2, look.Accent)
		}
		icon.set(p.item.Icon, ink)
		word.Color, word.TextSize, word.TextStyle.Bold = look.Color(ink), look.TextSize(look.Body), current
		count.Text, count.Color, count.TextSize = p.item.Count, look.Color(ink), look.TextSize(look.Fine)
	}
	r.min = func() fyne.Size { return fyne.NewSize(look.Px(120), look.Px(look.RailItemHeight)) }
	r.layout = func(s fyne.Size) {
		ground.Resize(s)
		px := look.Px(20)
		bounds(icon.object(), look.Px(12), round((s.Height-px)/2), px, px)
		cw := width(p.item.Count, look.Fine, true)
		word.Text = fit(p.item.Word, look.Body, word.TextStyle.Bold, s.Width-look.Px(44+12+6)-cw)
		placeMid(word, look.Px(44), 0, s.Height)
		placeOn(count, word.TextSize, s.Width-look.Px(12)-cw, 0, s.Height)
	}
	return render(r)
}

// railCompany is the company's name under the sign.
type railCompany struct {
	control
	name   string
	tapped func()
}

// Tapped opens what is behind the company's name.
func (c *railCompany) Tapped(*fyne.PointEvent) { c.tapped() }

// TypedKey opens it with Space or Enter.
func (c *railCompany) TypedKey(ev *fyne.KeyEvent) {
	if pressed(ev) {
		c.tapped()
		return
	}
	passKey(c, ev)
}

// CreateRenderer implements fyne.Widget.
func (c *railCompany) CreateRenderer() fyne.WidgetRenderer {
	ground, text, arrow := canvas.NewRectangle(nil), newText(look.Fine, false), newGlyph()
	p := &parts{self: c, objects: []fyne.CanvasObject{ground, text, arrow.object()}}
	p.paint = func() {
		ground.FillColor = look.Color(look.Clear)
		if c.hovered && c.name != "" {
			ground.FillColor = look.Color(look.RowHover)
		}
		ground.CornerRadius = look.Px(6)
		setStroke(ground, 0, look.Accent)
		if c.focused {
			setStroke(ground, 2, look.Accent)
		}
		text.Color, text.TextSize = look.Color(look.Ink2), look.TextSize(look.Fine)
		icon := look.NoIcon
		if c.name != "" {
			icon = look.IconDown
		}
		arrow.set(icon, look.Ink2)
	}
	p.min = func() fyne.Size { return fyne.NewSize(look.Px(80), look.Px(24)) }
	p.layout = func(s fyne.Size) {
		text.Text = fit(c.name, look.Fine, false, s.Width-look.Px(6+18+4))
		end := placeMid(text, look.Px(6), 0, s.Height)
		px := look.Px(16)
		bounds(arrow.object(), end+look.Px(2), round((s.Height-px)/2), px, px)
		bounds(ground, 0, 0, end+px+look.Px(8), s.Height)
	}
	return render(p)
}
