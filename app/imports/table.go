package imports

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"quitus/app/kit"
	"quitus/app/look"
	registers "quitus/ledger/imports"
)

// Measures of the mapping table, in units.
const (
	mapHeadHeight = 76
	lineColumn    = 60 // the column of line numbers, with its spaces
	columnGap     = 16
	leastColumn   = 108
	mostColumn    = 236
	// Columns of words may become so narrow before the table moves sideways; days, figures and what a
	// column is taken for are never cut.
	wordColumn = 84
	nameColumn = 124
	// choiceFrame is what a choice has around its word.
	choiceFrame = 46
)

// mapTable shows lines of a file below a choice of field for each column. It is wider than its place
// where the file has many columns, and then moves sideways.
type mapTable struct {
	widget.BaseWidget
	// OnMap is told that a column is to hold another field.
	OnMap func(col int, f registers.Field)

	lineWord string
	options  []kit.Option // of each choice; the first one takes nothing
	columns  []Column
	rows     []Row
	choices  map[int]*kit.Choice // by column of the file
	titles   []*kit.Label
	above    *kit.Label // in the place of a choice, for the customer who stands in a line above
	lines    []*kit.Label
	cells    [][]cellView
	body     *fyne.Container
	scroll   *sideways
	widths   []float32 // that the words of each column want
	floors   []float32 // that they can do with
}

// cellView is one cell as drawn.
type cellView struct {
	icon *kit.Icon // nil unless refused
	text *kit.Label
}

// newMapTable makes a table; outer is what scrolls the page up and down.
func newMapTable(lineWord string, options []kit.Option) *mapTable {
	t := &mapTable{lineWord: lineWord, options: options, choices: map[int]*kit.Choice{}}
	t.body = container.New(mapLayout{t})
	t.scroll = newSideways(t.body)
	t.ExtendBaseWidget(t)
	return t
}

// Set shows other columns or rows; the choices of columns that stay keep the keyboard.
func (t *mapTable) Set(columns []Column, rows []Row) {
	t.columns, t.rows = columns, rows
	t.titles, t.lines, t.cells = nil, nil, nil
	objects := []fyne.CanvasObject{}
	add := func(l *kit.Label) *kit.Label { objects = append(objects, l); return l }
	t.titles = append(t.titles, add(kit.NewNote(t.lineWord).Bold()))
	for _, c := range columns {
		t.titles = append(t.titles, add(kit.NewNote(c.Title)))
		if c.Above {
			t.above = add(kit.NewLabel(t.word(c.Field)))
		} else {
			objects = append(objects, t.choice(c))
		}
	}
	for _, r := range rows {
		number := kit.NewLabel(r.Number).Ink(look.Ink3)
		if r.Focus {
			number.Bold().Ink(look.Ink)
		}
		t.lines = append(t.lines, add(number))
		views := make([]cellView, len(r.Cells))
		for i, c := range r.Cells {
			views[i] = newCellView(c, columns[i].Right)
			objects = append(objects, views[i].text)
			if views[i].icon != nil {
				objects = append(objects, views[i].icon)
			}
		}
		t.cells = append(t.cells, views)
	}
	t.body.Objects = objects
	t.measure()
	t.body.Refresh()
	t.Refresh()
}

func newCellView(c Cell, right bool) cellView {
	v := cellView{text: kit.NewLabel(c.Text)}
	switch {
	case c.Bad:
		v.text.Bold().Ink(look.VeryLate.Text())
		v.icon = kit.NewIcon(look.IconVery, look.VeryLate.Text(), 16)
	case c.New:
		v.text.Bold()
	case c.Dim:
		v.text.Ink(look.Ink2)
	}
	if right {
		v.text.Aligned(kit.Right)
	}
	return v
}

// choice gives the choice above a column, made once.
func (t *mapTable) choice(c Column) *kit.Choice {
	k := t.choices[c.Index]
	if k == nil {
		k = kit.NewChoice("", "", func(id string) {
			var f registers.Field
			if id != t.options[0].ID && f.UnmarshalText([]byte(id)) != nil {
				return
			}
			t.OnMap(c.Index, f)
		}, t.options...).Placeholder(t.options[0].Word).Low()
		t.choices[c.Index] = k
	}
	chosen := c.Field.String() // of no field it is none of the options, and the placeholder shows
	if k.Chosen() != chosen {
		k.Choose(chosen)
	}
	return k
}

// word is what a field is called; nothing for none.
func (t *mapTable) word(f registers.Field) string {
	for _, o := range t.options {
		if o.ID == f.String() {
			return o.Word
		}
	}
	return ""
}

// measure gives each column the width of its words, within limits.
func (t *mapTable) measure() {
	size := func(s string, role look.Role, bold bool) float32 {
		return float32(math.Ceil(float64(fyne.MeasureText(s, look.TextSize(role), fyne.TextStyle{Bold: bold}).Width)))
	}
	t.widths, t.floors = make([]float32, len(t.columns)), make([]float32, len(t.columns))
	for i, c := range t.columns {
		cells := float32(0)
		for _, r := range t.rows {
			w := size(r.Cells[i].Text, look.Body, r.Cells[i].Bad || r.Cells[i].New)
			if r.Cells[i].Bad {
				w += look.Px(22)
			}
			cells = max(cells, w)
		}
		floor := look.Px(wordColumn)
		switch {
		case c.Right || c.Field.IsDate() || c.Field == registers.Number:
			floor = max(floor, cells)
		case c.Field == registers.Customer:
			floor = look.Px(nameColumn)
		}
		word := size(t.options[0].Word, look.Body, false) + look.Px(choiceFrame)
		if c.Field != registers.None {
			word = size(t.word(c.Field), look.Body, false) + look.Px(choiceFrame)
			floor = max(floor, word)
		}
		t.floors[i] = min(floor, look.Px(mostColumn))
		t.widths[i] = min(max(look.Px(leastColumn), word, cells, size(c.Title, look.Fine, false)), look.Px(mostColumn))
	}
}

// total is the width of the table with columns of the given widths.
func total(widths []float32) float32 {
	w := look.Px(lineColumn) + look.Px(12)
	for _, c := range widths {
		w += c + look.Px(columnGap)
	}
	return w
}

// spread fits the columns into a width: all a little wider, or narrower as far as that goes.
func (t *mapTable) spread(width float32) []float32 {
	out := make([]float32, len(t.widths))
	spare := width - total(t.widths)
	give := total(t.widths) - total(t.floors)
	for i, w := range t.widths {
		switch {
		case spare >= 0:
			w += spare / float32(len(out))
		case give > 0:
			w -= (w - t.floors[i]) * min(1, -spare/give)
		}
		out[i] = float32(math.Floor(float64(w)))
	}
	return out
}

func (t *mapTable) height() float32 {
	return look.Px(mapHeadHeight) + float32(len(t.rows))*look.Px(look.RowHeight)
}

// mapLayout puts titles, choices and cells in their columns.
type mapLayout struct{ t *mapTable }

func (l mapLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(total(l.t.floors), l.t.height())
}

func (l mapLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	t := l.t
	head, row := look.Px(mapHeadHeight), look.Px(look.RowHeight)
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	left := look.Px(12)
	put(t.titles[0], left, 0, look.Px(lineColumn)-left, head)
	for n, line := range t.lines {
		put(line, left, head+float32(n)*row, look.Px(lineColumn)-left, row)
	}
	if len(t.columns) == 0 {
		return
	}
	widths := t.spread(s.Width)
	x := look.Px(lineColumn) + look.Px(12)
	for i, c := range t.columns {
		w := widths[i]
		put(t.titles[i+1], x, look.Px(12), w, look.Px(18))
		var what fyne.CanvasObject = t.choices[c.Index]
		if c.Above {
			what = t.above
		}
		put(what, x, look.Px(33), w, look.Px(look.FilterHeight))
		for n, r := range t.cells {
			y := head + float32(n)*row
			indent := float32(0)
			if icon := r[i].icon; icon != nil {
				px := look.Px(16)
				at := x
				if c.Right {
					at = x + w - px - look.Px(6) - min(w, r[i].text.MinSize().Width)
				} else {
					indent = px + look.Px(6)
				}
				put(icon, at, y+(row-px)/2, px, px)
			}
			put(r[i].text, x+indent, y, w-indent, row)
		}
		x += w + look.Px(columnGap)
	}
}

// CreateRenderer implements fyne.Widget.
func (t *mapTable) CreateRenderer() fyne.WidgetRenderer {
	r := &mapRenderer{t: t, card: canvas.NewRectangle(nil), head: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

// mapRenderer draws the card, the ground of the titles and the lines between rows; what moves sideways
// lies above.
type mapRenderer struct {
	t          *mapTable
	card, head *canvas.Rectangle
	rules      []fyne.CanvasObject
	focus      *canvas.Rectangle
}

func (r *mapRenderer) Destroy() {}

// MinSize leaves room for the bar that moves the columns where there are more than fit.
func (r *mapRenderer) MinSize() fyne.Size {
	h := r.t.height() + 2
	if w := r.t.Size().Width; w > 0 && total(r.t.floors) > w-2 {
		h += look.Px(10)
	}
	return fyne.NewSize(look.Px(320), h)
}

func (r *mapRenderer) Objects() []fyne.CanvasObject {
	return append(append([]fyne.CanvasObject{r.card, r.head}, r.rules...), r.t.scroll)
}

// Refresh takes colours and rows anew.
func (r *mapRenderer) Refresh() {
	r.card.FillColor, r.card.CornerRadius = look.Color(look.Surface), look.Px(look.CardRadius)
	r.card.StrokeColor, r.card.StrokeWidth = look.Color(look.Line), 1
	r.head.FillColor = look.Color(look.Sunken)
	r.head.TopLeftCornerRadius, r.head.TopRightCornerRadius = look.Px(look.InnerRadius), look.Px(look.InnerRadius)
	r.rules = nil
	for i := range r.t.rows {
		rule := canvas.NewRectangle(look.Color(look.Line))
		r.rules = append(r.rules, rule)
		if r.t.rows[i].Focus {
			rule.FillColor = look.Color(look.AccentSoft)
		}
	}
	r.Layout(r.t.Size())
	canvas.Refresh(r.t)
}

// Layout implements fyne.WidgetRenderer.
func (r *mapRenderer) Layout(s fyne.Size) {
	r.card.Resize(s)
	head, row := look.Px(mapHeadHeight), look.Px(look.RowHeight)
	r.head.Move(fyne.NewPos(1, 1))
	r.head.Resize(fyne.NewSize(s.Width-2, head))
	for i, rule := range r.rules {
		h := float32(1)
		if r.t.rows[i].Focus {
			h = row
		}
		rule.Move(fyne.NewPos(1, 1+head+float32(i)*row))
		rule.Resize(fyne.NewSize(s.Width-2, h))
	}
	r.t.scroll.Move(fyne.NewPos(1, 1))
	r.t.scroll.Resize(fyne.NewSize(s.Width-2, s.Height-2))
}

// sideways moves its content left and right, and leaves up and down to the page.
type sideways struct {
	container.Scroll
	page moving // nil where the page does not move
}

func newSideways(content fyne.CanvasObject) *sideways {
	s := &sideways{}
	s.Direction = container.ScrollHorizontalOnly
	s.Content = content
	s.ExtendBaseWidget(s)
	return s
}

// Scrolled hands an upright turn of the wheel to the page.
func (s *sideways) Scrolled(ev *fyne.ScrollEvent) {
	if s.page != nil && ev.Scrolled.DX == 0 {
		s.page.Scrolled(ev)
		return
	}
	s.Scroll.Scrolled(ev)
}
