package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// tableHead is the header of a table: pressing a title sorts, dragging the edge between two titles
// changes a width.
type tableHead struct {
	widget.BaseWidget
	table  *grid
	below  []fyne.CanvasObject // one below each title, or none
	edge   int                 // column whose right edge is dragged, -1 for none
	onEdge bool
}

func newTableHead(t *grid) *tableHead {
	h := &tableHead{table: t, edge: -1}
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer implements fyne.Widget.
func (h *tableHead) CreateRenderer() fyne.WidgetRenderer {
	t := h.table
	ground, line, box, arrow := canvas.NewRectangle(nil), canvas.NewRectangle(nil), newGlyph(), newGlyph()
	p := &parts{self: h, objects: []fyne.CanvasObject{ground, line, box.object(), arrow.object()}}
	titles := make([]*canvas.Text, len(t.cols))
	for i := range titles {
		titles[i] = newText(look.Fine, true)
		p.objects = append(p.objects, titles[i])
	}
	p.objects = append(p.objects, h.below...)
	p.paint = func() {
		ground.FillColor = look.Color(look.Sunken)
		ground.TopLeftCornerRadius, ground.TopRightCornerRadius = t.topRadius(), t.topRadius()
		line.FillColor = look.Color(look.Line)
		switch {
		case !t.multi:
			box.set(look.NoIcon, look.Ink)
		case t.tickedAll():
			box.set(look.IconBoxOn, look.Accent)
		case t.tickedSome():
			box.set(look.IconBoxSome, look.Accent)
		default:
			box.set(look.IconBox, look.Ink2)
		}
		arrow.set(look.NoIcon, look.Ink)
		for i, title := range titles {
			ink := look.Ink2
			if i == t.sortCol {
				ink = look.Ink
				icon := look.IconUp
				if t.sortDown {
					icon = look.IconDown
				}
				arrow.set(icon, look.Ink)
			}
			title.Color, title.TextSize = look.Color(ink), look.TextSize(look.Fine)
		}
	}
	p.min = func() fyne.Size { return fyne.NewSize(32, h.height()+1) }
	p.layout = func(s fyne.Size) { h.arrange(s, ground, line, box, arrow, titles) }
	return render(p)
}

// height is without the line below.
func (h *tableHead) height() float32 {
	if len(h.below) > 0 {
		return look.Px(76)
	}
	return look.Px(look.HeadHeight)
}

func (h *tableHead) arrange(s fyne.Size, ground, line *canvas.Rectangle, box, arrow *glyph, titles []*canvas.Text) {
	t := h.table
	ground.Resize(fyne.NewSize(s.Width, s.Height-1))
	bounds(line, 0, s.Height-1, s.Width, 1)
	px := look.Px(18)
	bounds(box.object(), look.Px(12), round((s.Height-1-px)/2), px, px)
	for i, title := range titles {
		x, w := t.spans[i].x, t.spans[i].w
		title.Hidden = w <= 0
		if i < len(h.below) {
			setShown(h.below[i], w > 0)
		}
		if w <= 0 {
			continue
		}
		sorted := i == t.sortCol
		if sorted && t.cols[i].align == Right {
			w -= look.Px(12) // the arrow stands where the figures end
		}
		title.Text = fit(t.cols[i].title, look.Fine, true, w)
		left := x
		if t.cols[i].align == Right {
			left = x + w - title.MinSize().Width
		}
		end := placeMid(title, left, 0, s.Height-1)
		if i < len(h.below) {
			end = place(title, left, look.Px(11))
			bounds(h.below[i], x, look.Px(33), w-look.Px(4), look.Px(look.FilterHeight))
		}
		if sorted {
			m := look.Px(16)
			bounds(arrow.object(), end, round((s.Height-1-m)/2), m, m)
		}
	}
}

// edgeAt gives the column whose right edge is within 5 of x, or -1.
func (h *tableHead) edgeAt(x float32) int {
	for i, s := range h.table.spans {
		if s.w <= 0 || i == h.table.lastShown() {
			continue
		}
		if d := x - (s.x + s.w + look.Px(6)); d > -6 && d < 6 {
			return i
		}
	}
	return -1
}

// MouseIn follows the pointer.
func (h *tableHead) MouseIn(ev *desktop.MouseEvent) { h.MouseMoved(ev) }

// MouseMoved notices an edge under the pointer.
func (h *tableHead) MouseMoved(ev *desktop.MouseEvent) { h.onEdge = h.edgeAt(ev.Position.X) >= 0 }

// MouseOut forgets the edge.
func (h *tableHead) MouseOut() { h.onEdge = false }

// Cursor shows that an edge can be dragged.
func (h *tableHead) Cursor() desktop.Cursor {
	if h.onEdge || h.edge >= 0 {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// Dragged changes the width of the column left of the edge.
func (h *tableHead) Dragged(ev *fyne.DragEvent) {
	if h.edge < 0 {
		if h.edge = h.edgeAt(ev.Position.X - ev.Dragged.DX); h.edge < 0 {
			return
		}
	}
	h.table.widen(h.edge, ev.Dragged.DX)
}

// DragEnd has the new width kept.
func (h *tableHead) DragEnd() {
	if h.edge >= 0 {
		h.table.keepWidth(h.edge)
	}
	h.edge = -1
}

// Tapped sorts by the title, or ticks all or none.
func (h *tableHead) Tapped(ev *fyne.PointEvent) {
	t := h.table
	if t.multi && ev.Position.X < t.boxWidth() {
		t.tickAll()
		return
	}
	if h.edgeAt(ev.Position.X) >= 0 {
		return
	}
	for i, s := range t.spans {
		if s.w > 0 && ev.Position.X >= s.x-look.Px(look.Gap3) && ev.Position.X < s.x+s.w {
			t.sortBy(i)
			return
		}
	}
}

func setShown(o fyne.CanvasObject, shown bool) {
	switch {
	case shown && !o.Visible():
		o.Show()
	case !shown && o.Visible():
		o.Hide()
	}
}
