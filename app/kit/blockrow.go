package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// blockRow is a row of [Blocks]: its part of the card, the bar of the cursor, and what was built for it.
type blockRow struct {
	widget.BaseWidget
	list    *Blocks
	index   int
	content fyne.CanvasObject
	over    bool
}

func newBlockRow(b *Blocks, i int, content fyne.CanvasObject) *blockRow {
	r := &blockRow{list: b, index: i, content: content}
	r.ExtendBaseWidget(r)
	return r
}

// held lets the list find what has the keyboard.
func (r *blockRow) held() []fyne.CanvasObject { return []fyne.CanvasObject{r.content} }

// Tapped puts the cursor on the row.
func (r *blockRow) Tapped(*fyne.PointEvent) { r.list.tapped(r.index) }

// MouseIn shows the pointer over the row.
func (r *blockRow) MouseIn(*desktop.MouseEvent) { r.over = true; r.Refresh() }

// MouseMoved has nothing to do.
func (r *blockRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut shows that the pointer has left.
func (r *blockRow) MouseOut() { r.over = false; r.Refresh() }

// CreateRenderer implements fyne.Widget.
func (r *blockRow) CreateRenderer() fyne.WidgetRenderer {
	// A line around corners of their own is drawn as two grounds, one in the other: the toolkit moves a stroked one.
	line, ground, bar := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	p := &parts{self: r, objects: []fyne.CanvasObject{line, ground, bar, r.content}}
	p.paint = func() {
		b := r.list.blocks[min(r.index, len(r.list.blocks)-1)]
		current := r.index == r.list.cursor
		ground.Hidden, line.Hidden = b.Plain, b.Plain
		fill := look.Surface
		switch {
		case b.Head:
			fill = look.Sunken
		case r.over && !current:
			fill = look.RowHover
		}
		line.FillColor, ground.FillColor = look.Color(look.Line), look.Color(fill)
		top, bottom := float32(0), float32(0)
		if b.First {
			top = look.Px(look.CardRadius)
		}
		if b.Last {
			bottom = look.Px(look.CardRadius)
		}
		line.TopLeftCornerRadius, line.TopRightCornerRadius = top, top
		line.BottomLeftCornerRadius, line.BottomRightCornerRadius = bottom, bottom
		ground.TopLeftCornerRadius, ground.TopRightCornerRadius = max(0, top-1), max(0, top-1)
		ground.BottomLeftCornerRadius, ground.BottomRightCornerRadius = max(0, bottom-1), max(0, bottom-1)
		bar.Hidden = !current
		ink := look.Border
		if r.list.focused {
			ink = look.Accent
		}
		bar.FillColor = look.Color(ink)
		bar.TopLeftCornerRadius, bar.BottomLeftCornerRadius = max(0, top-1), max(0, bottom-1)
	}
	p.min = func() fyne.Size { return fyne.NewSize(32, look.Px(look.RowHeight)) }
	p.layout = func(s fyne.Size) {
		line.Resize(s)
		bounds(ground, 1, 1, s.Width-2, s.Height-2)
		bounds(bar, 0, 1, 4, s.Height-2)
		y := float32(0)
		if b := r.list.blocks[min(r.index, len(r.list.blocks)-1)]; !b.Plain && !b.First {
			y = 1
		}
		bounds(r.content, 0, y, s.Width, s.Height-y)
	}
	return render(p)
}
