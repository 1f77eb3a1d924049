package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"quitus/app/look"
)

// Kind is the weight of a button.
type Kind int

// The kinds. A screen has one Primary; Danger is for what cannot be undone.
const (
	Secondary Kind = iota
	Primary
	Quiet
	Danger
)

// Button is a verb to press: 36 high, with an optional icon before it and a key hint after it.
//
//	send := kit.NewButton(kit.Primary, look.IconSend, "Envoyer", v.send).WithHint("Ctrl+R")
type Button struct {
	control
	// OnTapped is what pressing does.
	OnTapped func()

	kind   Kind
	icon   look.Icon
	text   string
	hint   string
	height float32
	tinted bool
	bare   bool
}

// NewButton makes a button; icon may be look.NoIcon.
func NewButton(kind Kind, icon look.Icon, text string, tapped func()) *Button {
	b := &Button{OnTapped: tapped, kind: kind, icon: icon, text: text, height: look.ButtonHeight}
	b.ExtendBaseWidget(b)
	return b
}

// NewLink makes a verb without a ground, as low as a line of text, for the corner of a card or the end of
// a line.
func NewLink(icon look.Icon, text string, tapped func()) *Button {
	b := NewButton(Quiet, icon, text, tapped)
	b.height, b.bare = 24, true
	return b
}

// WithHint shows the key that does the same.
func (b *Button) WithHint(key string) *Button { b.hint = key; return b }

// Big makes it 44 high, for the one big action of a place.
func (b *Button) Big() *Button { b.height = look.BigButtonHeight; return b }

// Low makes it 32 high, to stand in a row.
func (b *Button) Low() *Button { b.height = look.FilterHeight; return b }

// OnTint makes a secondary button stand out on a sunken or tinted ground.
func (b *Button) OnTint() *Button { b.tinted = true; return b }

// Off puts it out of use if off is true, and gives the button back.
func (b *Button) Off(off bool) *Button { b.setOff(off); return b }

// SetText changes the verb.
func (b *Button) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// SetIcon changes the icon.
func (b *Button) SetIcon(icon look.Icon) { b.icon = icon; b.Refresh() }

// SetKind changes the weight.
func (b *Button) SetKind(k Kind) { b.kind = k; b.Refresh() }

// Text gives the verb.
func (b *Button) Text() string { return b.text }

// Tapped presses the button.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.off && b.OnTapped != nil {
		b.OnTapped()
	}
}

// TypedKey presses the button with Space or Enter.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	if pressed(ev) {
		b.Tapped(nil)
		return
	}
	passKey(b, ev)
}

// colours gives ground and text.
func (b *Button) colours() (fill, ink fyne.ThemeColorName) {
	over := b.hovered && !b.off
	pick := func(plain, hover fyne.ThemeColorName) fyne.ThemeColorName {
		if over {
			return hover
		}
		return plain
	}
	switch {
	case b.off && b.kind == Quiet:
		return look.Clear, look.Off
	case b.off:
		return look.Sunken, look.Off
	case b.kind == Primary:
		return pick(look.Accent, look.AccentHover), look.OnAccent
	case b.kind == Danger:
		return pick(look.Danger, look.DangerHover), look.OnDanger
	case b.bare:
		return look.Clear, pick(look.Accent, look.AccentHover)
	case b.kind == Quiet:
		return pick(look.Clear, look.RowHover), look.Accent
	case b.tinted:
		return pick(look.Surface, look.RowHover), look.Ink
	}
	return pick(look.ButtonFill, look.ButtonOver), look.Ink
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	ground, ring := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	g, text, hint := newGlyph(), newText(look.Body, true), newText(look.Fine, false)
	p := &parts{self: b, objects: []fyne.CanvasObject{ground, g.object(), text, hint, ring}}
	p.paint = func() {
		fill, ink := b.colours()
		ground.FillColor = look.Color(fill)
		ground.CornerRadius = look.Px(look.Radius)
		ring.FillColor = nil
		ring.CornerRadius = ground.CornerRadius
		ring.Hidden = !b.focused
		stroke := look.Accent
		if b.kind == Primary || b.kind == Danger {
			stroke = look.Ink
		}
		setStroke(ring, 2, stroke)
		g.set(b.icon, ink)
		text.Text, text.Color, text.TextSize = b.text, look.Color(ink), look.TextSize(look.Body)
		hint.Text, hint.Color, hint.TextSize = b.hint, look.Color(hintInk(ink)), look.TextSize(look.Fine)
	}
	pad, gap := float32(14), float32(8)
	if b.bare {
		pad = 2
	}
	p.min = func() fyne.Size {
		w := 2*look.Px(pad) + width(b.text, look.Body, true)
		if b.icon != look.NoIcon {
			w += look.Px(18)
			if b.text != "" {
				w += look.Px(gap)
			}
		}
		if b.hint != "" {
			w += look.Px(12) + width(b.hint, look.Fine, false)
		}
		return fyne.NewSize(w, look.Px(b.height))
	}
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		ring.Resize(s)
		x := round((s.Width-p.min().Width)/2) + look.Px(pad)
		if b.icon != look.NoIcon {
			px := look.Px(18)
			bounds(g.object(), x, round((s.Height-px)/2), px, px)
			x += px + look.Px(gap)
		}
		x = placeMid(text, x, 0, s.Height)
		placeOn(hint, text.TextSize, x+look.Px(12), 0, s.Height)
	}
	return render(p)
}

// hintInk is the colour of a key hint beside a verb of the given colour.
func hintInk(ink fyne.ThemeColorName) fyne.ThemeColorName {
	if ink == look.Ink {
		return look.Ink2
	}
	return ink
}

// IconButton is an icon alone, for what everybody knows: copy, close, back, help.
type IconButton struct {
	control
	// OnTapped is what pressing does.
	OnTapped func()

	icon look.Icon
	ink  fyne.ThemeColorName
	size float32
}

// NewIconButton makes a square of 36 with an icon of 20 in it.
func NewIconButton(icon look.Icon, tapped func()) *IconButton {
	b := &IconButton{OnTapped: tapped, icon: icon, ink: look.Ink2, size: look.ButtonHeight}
	b.ExtendBaseWidget(b)
	return b
}

// Low makes it 28, with an icon of 16.
func (b *IconButton) Low() *IconButton { b.size = 28; return b }

// SetIcon changes the icon.
func (b *IconButton) SetIcon(i look.Icon) { b.icon = i; b.Refresh() }

// Tapped presses the button.
func (b *IconButton) Tapped(*fyne.PointEvent) {
	if !b.off && b.OnTapped != nil {
		b.OnTapped()
	}
}

// TypedKey presses the button with Space or Enter.
func (b *IconButton) TypedKey(ev *fyne.KeyEvent) {
	if pressed(ev) {
		b.Tapped(nil)
		return
	}
	passKey(b, ev)
}

// CreateRenderer implements fyne.Widget.
func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	g := newGlyph()
	p := &parts{self: b, objects: []fyne.CanvasObject{ground, g.object()}}
	p.paint = func() {
		ground.FillColor = look.Color(look.Clear)
		ink := b.ink
		if b.off {
			ink = look.Off
		} else if b.hovered {
			ground.FillColor = look.Color(look.ButtonFill)
		}
		ground.CornerRadius = look.Px(look.Radius)
		setStroke(ground, 0, look.Accent)
		if b.focused {
			setStroke(ground, 2, look.Accent)
		}
		g.set(b.icon, ink)
	}
	p.min = func() fyne.Size { return fyne.NewSquareSize(look.Px(b.size)) }
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		px := look.Px(20)
		if b.size < look.ButtonHeight {
			px = look.Px(16)
		}
		bounds(g.object(), round((s.Width-px)/2), round((s.Height-px)/2), px, px)
	}
	return render(p)
}
