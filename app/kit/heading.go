package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Heading is the top of a screen, 72 high: title, one line of facts, actions at the right with the
// primary one last; on a page inside, a back arrow before and a chip after the title.
//
//	kit.NewHeading(customer.Name, facts, pay, write).WithBack(c.Back).WithChip(kit.NewChip(status, word))
type Heading struct {
	widget.BaseWidget
	title, facts string
	back         *IconButton
	chip         *Chip
	actions      []fyne.CanvasObject
}

// NewHeading makes a heading; actions are buttons, the primary one last.
func NewHeading(title, facts string, actions ...fyne.CanvasObject) *Heading {
	h := &Heading{title: title, facts: facts, actions: actions}
	h.ExtendBaseWidget(h)
	return h
}

// WithBack puts a back arrow before the title.
func (h *Heading) WithBack(back func()) *Heading {
	h.back = NewIconButton(look.IconBack, back)
	return h
}

// WithChip puts a chip after the title.
func (h *Heading) WithChip(c *Chip) *Heading { h.chip = c; return h }

// Set changes title and facts.
func (h *Heading) Set(title, facts string) {
	h.title, h.facts = title, facts
	h.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (h *Heading) CreateRenderer() fyne.WidgetRenderer {
	title, facts := newText(look.Title, true), newText(look.Body, false)
	p := &parts{self: h}
	p.paint = func() {
		title.Color, title.TextSize = look.Color(look.Ink), look.TextSize(look.Title)
		facts.Color, facts.TextSize = look.Color(look.Ink2), look.TextSize(look.Body)
		p.objects = append(p.objects[:0], title, facts)
		if h.back != nil {
			p.objects = append(p.objects, h.back)
		}
		if h.chip != nil {
			p.objects = append(p.objects, h.chip)
		}
		p.objects = append(p.objects, h.actions...)
	}
	p.min = func() fyne.Size {
		w := look.Px(200)
		for _, a := range h.actions {
			if a.Visible() {
				w += a.MinSize().Width + look.Px(look.Gap2)
			}
		}
		return fyne.NewSize(w, look.Px(look.HeadingHeight))
	}
	p.layout = func(s fyne.Size) { h.arrange(s, title, facts) }
	return render(p)
}

func (h *Heading) arrange(s fyne.Size, title, facts *canvas.Text) {
	right := s.Width
	for i := len(h.actions) - 1; i >= 0; i-- {
		a := h.actions[i]
		if !a.Visible() {
			continue
		}
		m := a.MinSize()
		bounds(a, right-m.Width, round((s.Height-m.Height)/2), m.Width, m.Height)
		right -= m.Width + look.Px(look.Gap2)
	}
	x := float32(0)
	if h.back != nil {
		m := h.back.MinSize()
		bounds(h.back, -look.Px(8), look.Px(9), m.Width, m.Height)
		x = look.Px(32)
	}
	room := right - x
	if h.chip != nil && h.chip.Visible() {
		room -= h.chip.MinSize().Width + look.Px(look.Gap3)
	}
	title.Text = fit(h.title, look.Title, true, room)
	facts.Text = fit(h.facts, look.Body, false, right-x)
	end := place(title, x, look.Px(13))
	place(facts, x, look.Px(42))
	if h.chip != nil {
		m := h.chip.MinSize()
		bounds(h.chip, end+look.Px(look.Gap3), look.Px(15), m.Width, m.Height)
	}
}

// KeyFigure is a card of 88 with a label, a figure and one small line; pressing it opens the list behind
// the figure.
//
//	kit.NewKeyFigure(w.T("…owed"), w.Sums(owed), w.N("…invoices", n), func() { c.Go(invoices) })
type KeyFigure struct {
	control
	// OnTapped opens the list; nil makes the card a mere figure.
	OnTapped func()

	label, figure, small string
	ink                  fyne.ThemeColorName
}

// NewKeyFigure makes a key figure.
func NewKeyFigure(label, figure, small string, tapped func()) *KeyFigure {
	k := &KeyFigure{OnTapped: tapped, label: label, figure: figure, small: small, ink: look.Ink}
	k.ExtendBaseWidget(k)
	return k
}

// SetLabel changes what the figure is.
func (k *KeyFigure) SetLabel(label string) {
	k.label = label
	k.Refresh()
}

// Set changes the figure and the small line.
func (k *KeyFigure) Set(figure, small string) {
	k.figure, k.small = figure, small
	k.Refresh()
}

// SetInk changes the colour of the figure.
func (k *KeyFigure) SetInk(token fyne.ThemeColorName) { k.ink = token; k.Refresh() }

// Disabled is true of a mere figure, so that Tab passes it by.
func (k *KeyFigure) Disabled() bool { return k.off || k.OnTapped == nil }

// Tapped opens the list behind the figure.
func (k *KeyFigure) Tapped(*fyne.PointEvent) {
	if k.OnTapped != nil && !k.off {
		k.OnTapped()
	}
}

// TypedKey opens it with Space or Enter.
func (k *KeyFigure) TypedKey(ev *fyne.KeyEvent) {
	if pressed(ev) {
		k.Tapped(nil)
		return
	}
	passKey(k, ev)
}

// CreateRenderer implements fyne.Widget.
func (k *KeyFigure) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	label, figure, small := newText(look.Body, false), newText(look.Title, true), newText(look.Fine, false)
	p := &parts{self: k, objects: []fyne.CanvasObject{ground, label, figure, small}}
	p.paint = func() {
		fill := look.Surface
		if k.hovered && k.OnTapped != nil {
			fill = look.RowHover
		}
		ground.FillColor = look.Color(fill)
		ground.CornerRadius = look.Px(look.CardRadius)
		setStroke(ground, 1, look.Line)
		if k.focused {
			setStroke(ground, 2, look.Accent)
		}
		label.Color, label.TextSize = look.Color(look.Ink2), look.TextSize(look.Body)
		figure.Color, figure.TextSize = look.Color(k.ink), look.TextSize(look.Title)
		small.Color, small.TextSize = look.Color(look.Ink2), look.TextSize(look.Fine)
	}
	p.min = func() fyne.Size {
		w := max(width(k.figure, look.Title, true), look.Px(96))
		return fyne.NewSize(w+2*look.Px(look.Gap4), look.Px(look.KeyFigureHeight))
	}
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		x := look.Px(look.Gap4) + 1
		room := s.Width - 2*x
		label.Text = fit(k.label, look.Body, false, room)
		role := look.Title
		for _, lower := range []look.Role{look.Speech, look.Body} { // an amount is never cut
			if width(k.figure, role, true) > room {
				role = lower
			}
		}
		figure.Text, figure.TextSize = fit(k.figure, role, true, room), look.TextSize(role)
		small.Text = fit(k.small, look.Fine, false, room)
		place(label, x, look.Px(13))
		place(figure, x, look.Px(33)+round((lineHeight(look.Title)-lineHeight(role))/2))
		place(small, x, look.Px(62))
	}
	return render(p)
}
