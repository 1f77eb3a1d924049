package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Steps shows where one is in a course of steps: those passed have a tick, the current one is filled. It is one stop for Tab; the
// arrows go along it. Where there is no room for all the words, only the current step has its word.
type Steps struct {
	control
	// OnChosen is told to which step the owner goes, from 0.
	OnChosen func(i int)

	words   []string
	current int
}

// NewSteps makes the steps, the first one current.
func NewSteps(onChosen func(int), words ...string) *Steps {
	s := &Steps{OnChosen: onChosen, words: words}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the words and the current step.
func (s *Steps) Set(current int, words ...string) {
	s.words, s.current = words, current
	s.Refresh()
}

func (s *Steps) goTo(i int) {
	if i = max(0, min(i, len(s.words)-1)); i != s.current {
		s.current = i
		s.Refresh()
		if s.OnChosen != nil {
			s.OnChosen(i)
		}
	}
}

// TypedKey goes along the steps.
func (s *Steps) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft:
		s.goTo(s.current - 1)
	case fyne.KeyRight:
		s.goTo(s.current + 1)
	case fyne.KeyHome:
		s.goTo(0)
	case fyne.KeyEnd:
		s.goTo(len(s.words) - 1)
	default:
		passKey(s, ev)
	}
}

// Tapped goes to the step that is pressed.
func (s *Steps) Tapped(ev *fyne.PointEvent) {
	for i, b := range s.boxes(s.Size().Width) {
		if ev.Position.X >= b.x && ev.Position.X <= b.x+b.w {
			s.goTo(i)
			return
		}
	}
}

const (
	stepPad  = 8
	stepTick = 14
	stepGap  = 4
)

// wants is how wide a step is with its word, or with its number only.
func (s *Steps) wants(i int, short bool) float32 {
	w := float32(2 * look.Px(stepPad))
	if i < s.current {
		w += look.Px(stepTick)
		if short {
			return w
		}
		w += look.Px(4)
	}
	return w + width(s.word(i, short), look.Fine, i == s.current)
}

func (s *Steps) word(i int, short bool) string {
	switch {
	case !short || i == s.current:
		return s.words[i]
	case i < s.current:
		return ""
	}
	return strconv.Itoa(i + 1)
}

// short says whether there is no room for all the words.
func (s *Steps) short(wide float32) bool {
	need := float32(len(s.words)-1) * look.Px(stepGap)
	for i := range s.words {
		need += s.wants(i, false)
	}
	return need > wide
}

// boxes gives each step its share of a width.
func (s *Steps) boxes(wide float32) []span {
	short, need := s.short(wide), float32(len(s.words)-1)*look.Px(stepGap)
	for i := range s.words {
		need += s.wants(i, short)
	}
	extra := max(0, wide-need) / float32(max(1, len(s.words)))
	out, x := make([]span, len(s.words)), float32(0)
	for i := range s.words {
		w := s.wants(i, short) + extra
		out[i] = span{round(x), round(x+w) - round(x)}
		x += w + look.Px(stepGap)
	}
	return out
}

// CreateRenderer implements fyne.Widget.
func (s *Steps) CreateRenderer() fyne.WidgetRenderer {
	type item struct {
		ground *canvas.Rectangle
		tick   *glyph
		text   *canvas.Text
	}
	var items []item
	p := &parts{self: s}
	p.paint = func() {
		for len(items) < len(s.words) {
			items = append(items, item{canvas.NewRectangle(nil), newGlyph(), newText(look.Fine, false)})
		}
		p.objects = p.objects[:0]
		for i := range s.words {
			it := items[i]
			fill, ink := look.Surface, look.Ink2
			if i == s.current {
				fill, ink = look.Accent, look.OnAccent
			}
			it.ground.FillColor, it.ground.CornerRadius = look.Color(fill), look.Px(look.Radius)
			setStroke(it.ground, 1, look.Line)
			if i == s.current {
				setStroke(it.ground, 0, look.Line)
				if s.focused {
					setStroke(it.ground, 2, look.Ink)
				}
			}
			icon := look.NoIcon
			if i < s.current {
				icon = look.IconTick
			}
			it.tick.set(icon, ink)
			it.text.Color, it.text.TextStyle.Bold, it.text.TextSize = look.Color(ink), i == s.current, look.TextSize(look.Fine)
			p.objects = append(p.objects, it.ground, it.tick.object(), it.text)
		}
	}
	p.min = func() fyne.Size { return fyne.NewSize(look.Px(200), look.Px(look.ButtonHeight)) }
	p.layout = func(size fyne.Size) {
		short := s.short(size.Width)
		for i, b := range s.boxes(size.Width) {
			it := items[i]
			bounds(it.ground, b.x, 0, b.w, size.Height)
			it.text.Text = s.word(i, short)
			x := b.x + round((b.w-s.wants(i, short))/2) + look.Px(stepPad)
			if i < s.current {
				px := look.Px(stepTick)
				bounds(it.tick.object(), x, round((size.Height-px)/2), px, px)
				x += px + look.Px(4)
			}
			placeMid(it.text, x, 0, size.Height)
		}
	}
	return render(p)
}

// KeyButton is a button with a key before its words, such as an objection in a call, 32 high; the one that is open stands out.
type KeyButton struct {
	control
	// OnTapped is what pressing does.
	OnTapped func()

	key, text string
	open      bool
	small     bool
}

// NewKeyButton makes the button; the key may be empty.
func NewKeyButton(key, text string, tapped func()) *KeyButton {
	b := &KeyButton{OnTapped: tapped, key: key, text: text}
	b.ExtendBaseWidget(b)
	return b
}

// Small makes it 28 high, with small words.
func (b *KeyButton) Small() *KeyButton { b.small = true; return b }

func (b *KeyButton) role() look.Role {
	if b.small {
		return look.Fine
	}
	return look.Body
}

// SetOpen makes it stand out.
func (b *KeyButton) SetOpen(open bool) {
	if b.open != open {
		b.open = open
		b.Refresh()
	}
}

// Tapped presses the button.
func (b *KeyButton) Tapped(*fyne.PointEvent) {
	if b.OnTapped != nil {
		b.OnTapped()
	}
}

// TypedKey presses the button with Space or Enter.
func (b *KeyButton) TypedKey(ev *fyne.KeyEvent) {
	if pressed(ev) {
		b.Tapped(nil)
		return
	}
	passKey(b, ev)
}

// CreateRenderer implements fyne.Widget.
func (b *KeyButton) CreateRenderer() fyne.WidgetRenderer {
	ground, key, text := canvas.NewRectangle(nil), newText(look.Fine, true), newText(look.Body, false)
	p := &parts{self: b, objects: []fyne.CanvasObject{ground, key, text}}
	p.paint = func() {
		fill, ink := look.Surface, look.Ink
		switch {
		case b.open:
			fill, ink = look.AccentSoft, look.AccentInk
		case b.hovered:
			fill = look.RowHover
		}
		ground.FillColor, ground.CornerRadius = look.Color(fill), look.Px(look.Radius)
		switch {
		case b.focused:
			setStroke(ground, 2, look.Accent)
		case b.open:
			setStroke(ground, 1, look.Accent)
		default:
			setStroke(ground, 1, look.Line)
		}
		keyInk := look.Ink2
		if b.open {
			keyInk = look.AccentInk
		}
		key.Text, key.Color, key.TextSize = b.key, look.Color(keyInk), look.TextSize(look.Fine)
		text.Color, text.TextSize, text.TextStyle.Bold = look.Color(ink), look.TextSize(b.role()), b.open
	}
	pad := float32(10)
	p.min = func() fyne.Size {
		w := 2*look.Px(pad) + width(b.text, b.role(), false)
		if b.key != "" {
			w += width(b.key, look.Fine, true) + look.Px(look.Gap2)
		}
		if b.small {
			return fyne.NewSize(w, look.Px(28))
		}
		return fyne.NewSize(w, look.Px(look.FilterHeight))
	}
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		x := look.Px(pad)
		if b.key != "" {
			x = placeOn(key, text.TextSize, x, 0, s.Height) + look.Px(look.Gap2)
		}
		text.Text = fit(b.text, b.role(), b.open, s.Width-x-look.Px(6))
		placeMid(text, x, 0, s.Height)
	}
	return render(p)
}

// Tiles puts objects of one height into as many equal columns as there is room for, at most some.
type Tiles struct {
	widget.BaseWidget
	items []fyne.CanvasObject
	most  int
	least float32
	wide  float32
}

// NewTiles makes the tiles: at most most columns, each at least least wide (before [look.Px]), 8 apart.
func NewTiles(most int, least float32, items ...fyne.CanvasObject) *Tiles {
	t := &Tiles{items: items, most: most, least: least}
	t.ExtendBaseWidget(t)
	return t
}

// Set replaces the tiles.
func (t *Tiles) Set(items ...fyne.CanvasObject) {
	t.items = items
	t.Refresh()
}

func (t *Tiles) held() []fyne.CanvasObject { return t.items }

// Resize keeps the width, on which the number of columns depends.
func (t *Tiles) Resize(s fyne.Size) {
	t.wide = s.Width
	t.BaseWidget.Resize(s)
}

func (t *Tiles) columns(wide float32) int {
	gap := look.Px(look.Gap2)
	n := int((wide + gap) / (look.Px(t.least) + gap))
	return max(1, min(n, t.most))
}

// CreateRenderer implements fyne.Widget.
func (t *Tiles) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{self: t}
	gap := look.Px(look.Gap2)
	p.paint = func() { p.objects = t.items }
	p.min = func() fyne.Size {
		if len(t.items) == 0 {
			return fyne.NewSize(look.Px(t.least), 0)
		}
		n := t.columns(t.wide)
		rows := float32((len(t.items) + n - 1) / n)
		return fyne.NewSize(look.Px(t.least), rows*t.items[0].MinSize().Height+(rows-1)*gap)
	}
	p.layout = func(s fyne.Size) {
		n := t.columns(s.Width)
		w := (s.Width - float32(n-1)*gap) / float32(n)
		for i, o := range t.items {
			h := o.MinSize().Height
			x := round(float32(i%n) * (w + gap))
			bounds(o, x, float32(i/n)*(h+gap), round(float32(i%n)*(w+gap)+w)-x, h)
		}
	}
	return render(p)
}

// NewNumber makes a number in a dot of 24, before one of several things in their order.
func NewNumber(text string) *Number {
	n := &Number{text: text}
	n.ExtendBaseWidget(n)
	return n
}

// Number is a number in a dot.
type Number struct {
	widget.BaseWidget
	text string
}

// Set changes the number.
func (n *Number) Set(text string) { n.text = text; n.Refresh() }

// CreateRenderer implements fyne.Widget.
func (n *Number) CreateRenderer() fyne.WidgetRenderer {
	ground, text := canvas.NewRectangle(nil), newText(look.Fine, true)
	p := &parts{self: n, objects: []fyne.CanvasObject{ground, text}}
	p.paint = func() {
		ground.FillColor, ground.CornerRadius = look.Color(look.AccentSoft), look.Px(24)/2
		text.Text, text.Color, text.TextSize = n.text, look.Color(look.AccentInk), look.TextSize(look.Fine)
	}
	p.min = func() fyne.Size { return fyne.NewSquareSize(look.Px(24)) }
	p.layout = func(fyne.Size) {
		d := look.Px(24)
		bounds(ground, 0, 0, d, d)
		placeMid(text, round((d-width(n.text, look.Fine, true))/2), 0, d)
	}
	return render(p)
}
