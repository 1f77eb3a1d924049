package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// lineRow draws one line.
type lineRow struct {
	widget.BaseWidget
	lines *Lines
	index int
	over  bool

	ground, rule, bar    *canvas.Rectangle
	target               *canvas.Rectangle // where a dragged line would go
	dot                  *canvas.Rectangle
	icon, box, warn, end *glyph
	title, second, right *canvas.Text
	chip                 *chipDrawing
}

func newLineRow(l *Lines) *lineRow {
	r := &lineRow{lines: l, index: -1,
		ground: canvas.NewRectangle(nil), rule: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil), dot: canvas.NewRectangle(nil), target: canvas.NewRectangle(nil),
		icon: newGlyph(), box: newGlyph(), warn: newGlyph(), end: newGlyph(), chip: newChipDrawing(),
		title: newText(look.Body, true), second: newText(look.Fine, false), right: newText(look.Body, true)}
	r.ExtendBaseWidget(r)
	return r
}

func (r *lineRow) show(i int) {
	if i != r.index {
		r.over = false
	}
	r.index = i
	r.Refresh()
}

// MouseIn shows the pointer over the line.
func (r *lineRow) MouseIn(*desktop.MouseEvent) { r.over = true; r.Refresh() }

// MouseMoved has nothing to do.
func (r *lineRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut shows that the pointer has left.
func (r *lineRow) MouseOut() { r.over = false; r.Refresh() }

// Tapped ticks or opens.
func (r *lineRow) Tapped(ev *fyne.PointEvent) {
	l := r.lines
	if !l.float {
		if c := canvasOf(l); c != nil {
			c.Focus(l)
		}
	}
	if l.ticks && ev.Position.X < look.Px(40) {
		l.tick(r.index)
		return
	}
	l.Select(r.index)
	if !l.choose {
		l.open(r.index)
	}
}

func (r *lineRow) line() Line {
	if r.index < 0 || r.index >= len(r.lines.lines) {
		return Line{}
	}
	return r.lines.lines[r.index]
}

func (r *lineRow) chosen() bool {
	return r.index == r.lines.cursor && (r.lines.choose || r.lines.float)
}

// CreateRenderer implements fyne.Widget.
func (r *lineRow) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{self: r, objects: append([]fyne.CanvasObject{r.ground, r.rule, r.bar, r.dot, r.icon.object(), r.box.object(),
		r.title, r.second, r.warn.object(), r.right, r.end.object(), r.target}, r.chip.objects()...)}
	p.paint = r.paint
	p.min = func() fyne.Size { return fyne.NewSize(32, look.Px(look.TwoLineHeight)) }
	p.layout = r.arrange
	return render(p)
}

func (r *lineRow) paint() {
	v, l := r.line(), r.lines
	fill := look.Clear
	switch {
	case r.chosen(), l.move.on && l.move.from == r.index:
		fill = look.AccentSoft
	case r.over:
		fill = look.RowHover
	}
	r.ground.FillColor = look.Color(fill)
	top, bottom := float32(0), float32(0)
	if r.index == 0 && (l.carded || l.float) {
		top = look.Px(look.InnerRadius)
	}
	if r.index == len(l.lines)-1 && (l.closed || l.carded) {
		bottom = look.Px(look.InnerRadius)
	}
	r.ground.TopLeftCornerRadius, r.ground.TopRightCornerRadius = top, top
	r.ground.BottomLeftCornerRadius, r.ground.BottomRightCornerRadius = bottom, bottom
	r.rule.FillColor = look.Color(look.Line)
	r.rule.Hidden = r.index == 0 || l.float
	r.bar.FillColor = look.Color(look.Accent)
	r.bar.Hidden = !(l.focused && l.cursor == r.index)
	r.target.FillColor = look.Color(look.Accent)
	r.target.Hidden = !l.move.marks(r.index)
	r.dot.FillColor = look.Color(look.Sunken)
	r.dot.Hidden = v.Icon == look.NoIcon
	r.icon.set(v.Icon, look.Ink2)
	box := look.NoIcon
	if l.ticks {
		box = look.IconBox
		if v.Ticked {
			box = look.IconBoxOn
		}
	}
	token := look.Ink2
	if v.Ticked {
		token = look.Accent
	}
	r.box.set(box, token)
	set := func(t *canvas.Text, ink fyne.ThemeColorName, role look.Role) {
		t.Color, t.TextSize = look.Color(ink), look.TextSize(role)
	}
	set(r.title, look.Ink, look.Body)
	r.title.TextStyle.Bold = !v.Plain
	second, warn := look.Ink2, look.NoIcon
	if v.Warn != look.None {
		second, warn = v.Warn.Text(), v.Warn.Icon()
	}
	set(r.second, second, look.Fine)
	r.warn.set(warn, v.Warn.Text())
	ink := look.Ink
	r.right.TextStyle.Bold = true
	if l.ticks && !v.Ticked {
		ink, r.right.TextStyle.Bold = look.Ink2, false
	}
	set(r.right, ink, look.Body)
	r.chip.hide(v.ChipWord == "")
	if v.ChipWord != "" {
		r.chip.set(v.Status, look.NoIcon, v.ChipWord, r.chosen())
	}
	end := v.End
	if v.Arrow && end == look.NoIcon {
		end = look.IconRow
	}
	r.end.set(end, look.Ink3)
}

func (r *lineRow) arrange(s fyne.Size) {
	v := r.line()
	r.ground.Resize(s)
	bounds(r.rule, 0, 0, s.Width, 1)
	bounds(r.bar, 0, 1, 2, s.Height-1)
	y := float32(0)
	if r.lines.move.to > r.lines.move.from {
		y = s.Height - 2
	}
	bounds(r.target, 0, y, s.Width, 2)
	x := look.Px(14)
	if r.lines.ticks {
		px := look.Px(18)
		bounds(r.box.object(), x+1, round((s.Height-px)/2), px, px)
		x += look.Px(32)
	}
	if v.Icon != look.NoIcon {
		d, in := look.Px(36), look.Px(20)
		r.dot.CornerRadius = d / 2
		bounds(r.dot, x, round((s.Height-d)/2), d, d)
		bounds(r.icon.object(), x+(d-in)/2, round((s.Height-in)/2), in, in)
		x += look.Px(48)
	}
	right := s.Width - look.Px(14)
	if v.Arrow || v.End != look.NoIcon {
		px := look.Px(18)
		bounds(r.end.object(), right-px, round((s.Height-px)/2), px, px)
		right -= px + look.Px(10)
	}
	titleEnd := right
	if v.Right != "" {
		r.right.Text = v.Right
		w := width(v.Right, look.Body, r.right.TextStyle.Bold)
		if v.ChipWord == "" && !v.Arrow && v.End == look.NoIcon {
			place(r.right, right-w, look.Px(10)) // on the title's line, beside a long second line
		} else {
			placeMid(r.right, right-w, 0, s.Height)
			right -= max(w, look.Px(84)) + look.Px(look.Gap4)
		}
		titleEnd = min(right, titleEnd-w-look.Px(look.Gap3))
	} else {
		r.right.Text = ""
	}
	if v.ChipWord != "" {
		w := chipWidth(v.ChipWord)
		r.chip.layout(right-w, 0, s.Height)
		right -= w + look.Px(look.Gap3)
		titleEnd = min(titleEnd, right)
	}
	if v.Second == "" {
		r.title.Text = fit(v.Title, look.Body, !v.Plain, titleEnd-x)
		placeMid(r.title, x, 0, s.Height)
		r.second.Text = ""
		return
	}
	r.title.Text = fit(v.Title, look.Body, !v.Plain, titleEnd-x)
	place(r.title, x, look.Px(10))
	if v.Warn != look.None {
		px := look.Px(14)
		bounds(r.warn.object(), x, look.Px(31), px, px)
		x += px + look.Px(5)
	}
	r.second.Text = fit(v.Second, look.Fine, false, right-x)
	place(r.second, x, look.Px(30))
}
