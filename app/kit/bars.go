package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// BarColumn is one upright bar: what it is made of from the bottom up, its figure above and its name below. Bold marks the
// one that is now. Figures that do not all have room are left out together, and so are names, the last one kept.
type BarColumn struct {
	Parts []BarPart
	Top   string
	Foot  string
	Bold  bool
}

// BarPart is a part of a column: its share of the tallest column (0 to 1, nothing where below), and its colour.
type BarPart struct {
	Part  float64
	Token fyne.ThemeColorName
}

// Bars are upright bars side by side over a line, such as amounts by month or by week.
//
//	bars := kit.NewBars(78, columns...)
//	bars.OnPoint = func(i int) { note.SetText(m.Months[i].Words) } // -1 for none
type Bars struct {
	control
	// OnPoint is told over which column the pointer is, or which one was pressed or reached with the arrow keys; -1 for none.
	// Without it the bars are a mere picture, which Tab passes by.
	OnPoint func(i int)

	height  float32
	columns []BarColumn
	at      int
}

// NewBars makes bars of which the tallest has a height, in units before scaling.
func NewBars(height float32, columns ...BarColumn) *Bars {
	b := &Bars{height: height, columns: columns, at: -1}
	b.ExtendBaseWidget(b)
	return b
}

// Disabled is true of a mere picture.
func (b *Bars) Disabled() bool { return b.OnPoint == nil || len(b.columns) == 0 }

// MouseMoved points at the column under the pointer.
func (b *Bars) MouseMoved(ev *desktop.MouseEvent) { b.point(b.columnAt(ev.Position.X)) }

// MouseOut points at none.
func (b *Bars) MouseOut() {
	b.hovered = false
	b.point(-1)
}

// Tapped points at the column that was pressed.
func (b *Bars) Tapped(ev *fyne.PointEvent) { b.point(b.columnAt(ev.Position.X)) }

// FocusLost points at none.
func (b *Bars) FocusLost() {
	b.control.FocusLost()
	b.point(-1)
}

// TypedKey goes from column to column.
func (b *Bars) TypedKey(ev *fyne.KeyEvent) {
	last := len(b.columns) - 1
	switch {
	case ev.Name == fyne.KeyLeft && b.at < 0, ev.Name == fyne.KeyEnd:
		b.point(last)
	case ev.Name == fyne.KeyLeft:
		b.point(max(b.at-1, 0))
	case ev.Name == fyne.KeyRight:
		b.point(min(b.at+1, last))
	case ev.Name == fyne.KeyHome:
		b.point(0)
	default:
		passKey(b, ev)
	}
}

func (b *Bars) point(i int) {
	if i == b.at || b.Disabled() {
		return
	}
	b.at = i
	b.OnPoint(i)
	b.Refresh()
}

// columnAt gives the column at an x, half of the gaps included.
func (b *Bars) columnAt(x float32) int {
	n := len(b.columns)
	if n == 0 || x < 0 || x >= b.Size().Width {
		return -1
	}
	return min(int(x*float32(n)/b.Size().Width), n-1)
}

// CreateRenderer implements fyne.Widget.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	ground, over, base := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	p := &parts{self: b, objects: []fyne.CanvasObject{ground, over, base}}
	drawn := make([]barDrawing, len(b.columns))
	for i, c := range b.columns {
		drawn[i] = newBarDrawing(c)
		p.objects = append(p.objects, drawn[i].objects()...)
	}
	p.paint = func() {
		setStroke(ground, 0, look.Accent)
		if b.focused && !b.Disabled() {
			setStroke(ground, 2, look.Accent)
		}
		ground.CornerRadius, over.CornerRadius = look.Px(6), look.Px(look.BarRadius)
		over.FillColor, base.FillColor = look.Color(look.Sunken), look.Color(look.Line)
		over.Hidden = b.at < 0
		for i := range drawn {
			drawn[i].paint(b.columns[i])
		}
	}
	p.min = func() fyne.Size {
		return fyne.NewSize(look.Px(12)*float32(len(b.columns)), b.above()+look.Px(b.height)+b.below())
	}
	p.layout = func(s fyne.Size) { b.arrange(s, ground, over, base, drawn) }
	return render(p)
}

// above and below are the rooms for figures and names.
func (b *Bars) above() float32 {
	for _, c := range b.columns {
		if c.Top != "" {
			return lineHeight(look.Fine) + 2
		}
	}
	return 0
}

func (b *Bars) below() float32 { return lineHeight(look.Fine) + 2 }

func (b *Bars) arrange(s fyne.Size, ground, over, base *canvas.Rectangle, drawn []barDrawing) {
	n := float32(max(1, len(b.columns)))
	share := s.Width / n
	gap := min(look.Px(10), round(share*0.24))
	out := look.Px(6)
	bounds(ground, -out, -look.Px(2), s.Width+2*out, s.Height+look.Px(4))
	foot := s.Height - b.below()
	bounds(base, 0, foot, s.Width, 1)
	bounds(over, round(share*float32(b.at)), 0, round(share), s.Height)
	tops, stride := b.fitting(share)
	for i := range drawn {
		left, right := round(share*float32(i)+gap/2), round(share*float32(i+1)-gap/2)
		drawn[i].arrange(b.columns[i], left, right-left, foot, foot-b.above(), s.Width, tops, (len(drawn)-1-i)%stride == 0)
	}
}

// fitting says whether the figures have room, and which of the names: one in so many.
func (b *Bars) fitting(share float32) (tops bool, stride int) {
	widestTop, widestFoot := float32(0), float32(0)
	for _, c := range b.columns {
		widestTop = max(widestTop, width(c.Top, look.Fine, c.Bold))
		widestFoot = max(widestFoot, width(c.Foot, look.Fine, c.Bold))
	}
	stride = 1
	for stride < len(b.columns) && widestFoot+look.Px(4) > share*float32(stride) {
		stride++
	}
	return widestTop+look.Px(2) <= share, stride
}

// barDrawing is what one column is drawn with.
type barDrawing struct {
	parts     []*canvas.Rectangle
	top, foot *canvas.Text
}

func newBarDrawing(c BarColumn) barDrawing {
	d := barDrawing{top: newText(look.Fine, c.Bold), foot: newText(look.Fine, c.Bold)}
	for range c.Parts {
		d.parts = append(d.parts, canvas.NewRectangle(nil))
	}
	return d
}

func (d *barDrawing) objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{d.top, d.foot}
	for _, r := range d.parts {
		out = append(out, r)
	}
	return out
}

func (d *barDrawing) paint(c BarColumn) {
	ink := look.Ink2
	if c.Bold {
		ink = look.Ink
	}
	for _, t := range []*canvas.Text{d.top, d.foot} {
		t.Color, t.TextSize = look.Color(ink), look.TextSize(look.Fine)
	}
	for k, r := range d.parts {
		r.FillColor, r.CornerRadius = look.Color(c.Parts[k].Token), look.Px(2)
	}
}

// arrange puts the column at x with a width, standing on base, the tallest as high as most; words stay left of end.
func (d *barDrawing) arrange(c BarColumn, x, w, base, most, end float32, top, foot bool) {
	y := base
	for k, r := range d.parts {
		share := min(1, c.Parts[k].Part)
		r.Hidden = share <= 0
		if r.Hidden {
			continue
		}
		if y < base {
			y-- // a line between two parts
		}
		h := max(2, round(most*float32(share)))
		y -= h
		bounds(r, x, y, w, h)
	}
	d.top.Text, d.foot.Text = "", ""
	if top {
		d.top.Text = c.Top
	}
	if foot {
		d.foot.Text = c.Foot
	}
	at := func(t *canvas.Text) float32 {
		wide := width(t.Text, look.Fine, c.Bold)
		return max(0, min(round(x+(w-wide)/2), end-wide))
	}
	place(d.top, at(d.top), y-lineHeight(look.Fine)-1)
	place(d.foot, at(d.foot), base+2)
}

// NewLegend says what a colour stands for: a small square and a word.
func NewLegend(token fyne.ThemeColorName, word string) fyne.CanvasObject {
	s := &swatch{token: token}
	s.ExtendBaseWidget(s)
	return Row(look.Gap1, s, NewNote(word))
}

// swatch is a small square of a colour.
type swatch struct {
	widget.BaseWidget
	token fyne.ThemeColorName
}

// CreateRenderer implements fyne.Widget.
func (q *swatch) CreateRenderer() fyne.WidgetRenderer {
	r := canvas.NewRectangle(nil)
	p := &parts{self: q, objects: []fyne.CanvasObject{r}}
	p.paint = func() { r.FillColor, r.CornerRadius = look.Color(q.token), look.Px(2) }
	p.min = func() fyne.Size { return fyne.NewSize(look.Px(10), look.Px(10)) }
	p.layout = func(s fyne.Size) { r.Resize(s) }
	return render(p)
}
