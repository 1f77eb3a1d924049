package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// cell is what one cell of a row shows.
type cell struct {
	text   string
	bold   bool
	ink    fyne.ThemeColorName
	icon   look.Icon
	status look.Status
	chip   bool
}

// tableRow draws one row with primitives: no widget per cell, no clipping, no measuring of what fits.
type tableRow struct {
	widget.BaseWidget
	table *grid
	index int
	over  bool
	mods  fyne.KeyModifier

	ground, line, bar *canvas.Rectangle
	box               *glyph
	cells             []*cellDrawing
	objects           []fyne.CanvasObject
	values            []cell
}

// cellDrawing is one cell as primitives; icon and chip are made when first used.
type cellDrawing struct {
	text *canvas.Text
	icon *glyph
	chip *chipDrawing
}

func newTableRow(t *grid) *tableRow {
	r := &tableRow{table: t, index: -1}
	r.ground, r.line, r.bar = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	r.objects = []fyne.CanvasObject{r.ground, r.line, r.bar}
	if t.multi {
		r.box = newGlyph()
		r.objects = append(r.objects, r.box.object())
	}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *tableRow) CreateRenderer() fyne.WidgetRenderer { return &rowRenderer{r} }

type rowRenderer struct{ r *tableRow }

func (x *rowRenderer) Layout(fyne.Size)             { x.r.arrange() }
func (x *rowRenderer) MinSize() fyne.Size           { return fyne.NewSize(32, x.r.table.rowHeight()) }
func (x *rowRenderer) Objects() []fyne.CanvasObject { return x.r.objects }
func (x *rowRenderer) Destroy()                     {}
func (x *rowRenderer) Refresh()                     { x.r.paint() }

// show fills the row with row i.
func (r *tableRow) show(i int) {
	if r.index != i {
		r.over = false
	}
	r.index = i
	r.table.cells(i, r.values)
	r.paint()
}

// paint brings colours and words up to date.
func (r *tableRow) paint() {
	if r.index < 0 {
		return
	}
	t := r.table
	chosen := t.isChosen(r.index)
	fill := look.Surface
	switch {
	case chosen:
		fill = look.AccentSoft
	case r.over:
		fill = look.RowHover
	}
	r.ground.FillColor = look.Color(fill)
	r.line.FillColor = look.Color(look.Line)
	r.line.Hidden = r.index == 0
	r.bar.FillColor = look.Color(look.Accent)
	r.bar.Hidden = !(t.focused && t.cursor == r.index)
	if r.box != nil {
		if t.isTicked(r.index) {
			r.box.set(look.IconBoxOn, look.Accent)
		} else {
			r.box.set(look.IconBox, look.Ink2)
		}
	}
	for len(r.cells) < len(r.values) {
		d := &cellDrawing{text: newText(look.Body, false)}
		r.cells = append(r.cells, d)
		r.objects = append(r.objects, d.text)
	}
	for i := range r.values {
		r.paintCell(r.cells[i], r.values[i], chosen)
	}
	r.arrange()
	canvas.Refresh(r)
}

func (r *tableRow) paintCell(d *cellDrawing, v cell, chosen bool) {
	if v.chip && d.chip == nil {
		d.chip = newChipDrawing()
		r.objects = append(r.objects, d.chip.objects()...)
	}
	if v.icon != look.NoIcon && d.icon == nil {
		d.icon = newGlyph()
		r.objects = append(r.objects, d.icon.object())
	}
	if d.chip != nil {
		shown := v.chip && v.text != ""
		d.chip.hide(!shown)
		if shown {
			d.chip.set(v.status, v.icon, v.text, chosen)
		}
	}
	d.text.Hidden = v.chip
	if d.icon != nil {
		icon := v.icon
		if v.chip {
			icon = look.NoIcon
		}
		d.icon.set(icon, v.ink)
	}
	d.text.Color, d.text.TextSize, d.text.TextStyle.Bold = look.Color(v.ink), look.TextSize(look.Body), v.bold
}

// arrange puts everything in its place.
func (r *tableRow) arrange() {
	t, s := r.table, r.Size()
	if s.Width <= 0 || r.index < 0 {
		return
	}
	r.ground.Resize(s)
	bounds(r.line, 0, 0, s.Width, 1)
	bounds(r.bar, 0, 1, 2, s.Height-1)
	if r.box != nil {
		px := look.Px(18)
		bounds(r.box.object(), look.Px(12), round((s.Height-px)/2), px, px)
	}
	for i, d := range r.cells {
		x, w := t.spans[i].x, t.spans[i].w
		hidden := w <= 0
		if hidden {
			d.text.Hidden = true
			if d.chip != nil {
				d.chip.hide(true)
			}
			continue
		}
		r.arrangeCell(d, r.values[i], t.cols[i].align, x, w, s.Height)
	}
}

func (r *tableRow) arrangeCell(d *cellDrawing, v cell, align Align, x, w, height float32) {
	if v.chip {
		if v.text != "" {
			d.chip.text.Text = fit(v.text, look.Fine, false, w-look.Px(34))
			d.chip.layout(x, 0, height)
		}
		return
	}
	if v.icon != look.NoIcon && d.icon != nil {
		px := look.Px(16)
		left := x
		if align == Right {
			left = max(x, x+w-width(v.text, look.Body, v.bold)-px-look.Px(4))
		}
		bounds(d.icon.object(), left, round((height-px)/2), px, px)
		if align != Right {
			x, w = x+px+look.Px(4), w-px-look.Px(4)
		}
	}
	d.text.Text = fit(v.text, look.Body, v.bold, w)
	d.text.Alignment = align
	h := lineHeight(look.Body)
	bounds(d.text, x, round((height-h)/2), w, h)
}

// MouseIn shows the pointer over the row.
func (r *tableRow) MouseIn(*desktop.MouseEvent) { r.over = true; r.paint() }

// MouseMoved has nothing to do.
func (r *tableRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut shows that the pointer has left.
func (r *tableRow) MouseOut() { r.over = false; r.paint() }

// MouseDown keeps the keys that are held, for Tapped.
func (r *tableRow) MouseDown(ev *desktop.MouseEvent) { r.mods = ev.Modifier }

// MouseUp has nothing to do.
func (r *tableRow) MouseUp(*desktop.MouseEvent) {}

// Tapped chooses or opens the row.
func (r *tableRow) Tapped(ev *fyne.PointEvent) {
	mods := r.mods
	r.mods = 0
	if r.index >= 0 {
		r.table.tapped(r.index, ev.Position.X, mods)
	}
}
