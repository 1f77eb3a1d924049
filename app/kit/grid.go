package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// grid is a table without the type of its rows: it draws, follows pointer and keyboard, and asks its
// owner for everything else.
type grid struct {
	widget.BaseWidget
	owner gridOwner
	cols  []gridColumn
	multi bool

	spans    []span
	sortCol  int
	sortDown bool
	cursor   int
	anchor   int
	focused  bool
	lastTap  time.Time
	lastRow  int

	head  *tableHead
	list  *list
	foot  *tableFoot
	empty fyne.CanvasObject
	bare  bool
	plain bool
}

// gridColumn is what the grid knows of a column.
type gridColumn struct {
	title    string
	width    float32 // before look.Px
	align    Align
	flex     bool
	optional bool
	sorts    bool
}

// span is where a column's words stand; a width of 0 hides it.
type span struct{ x, w float32 }

// gridOwner is the typed table behind a grid. Rows are counted as shown.
type gridOwner interface {
	count() int
	fillRow(i int, into []cell)
	ticked(i int) bool
	tick(i int, on bool)
	tickCount() int
	ticksChanged()
	moved(i int)
	open(i int)
	sorted(col int, down bool)
	widened(col int)
	copyRows()
}

func (t *grid) build(self fyne.Widget, owner gridOwner, cols []gridColumn) {
	t.owner, t.cols = owner, cols
	t.sortCol, t.cursor, t.lastRow = -1, 0, -1
	t.spans = make([]span, len(cols))
	t.head = newTableHead(t)
	t.foot = newTableFoot(t)
	t.list = newList(t.rowHeight, owner.count, func() fyne.CanvasObject {
		r := newTableRow(t)
		r.values = make([]cell, len(t.cols))
		return r
	}, func(i int, o fyne.CanvasObject) { o.(*tableRow).show(i) })
	t.ExtendBaseWidget(self)
}

func (t *grid) rowHeight() float32 { return look.Px(look.RowHeight) }
func (t *grid) boxWidth() float32 {
	if t.multi {
		return look.Px(32)
	}
	return 0
}

func (t *grid) topRadius() float32 {
	if t.bare {
		return 0
	}
	return look.Px(look.InnerRadius)
}

func (t *grid) cells(i int, into []cell) {
	if i < t.owner.count() {
		t.owner.fillRow(i, into)
	}
}

func (t *grid) isTicked(i int) bool { return t.multi && t.owner.ticked(i) }

// isChosen says whether a row has the tint of the selection.
func (t *grid) isChosen(i int) bool {
	if t.multi {
		return t.owner.ticked(i)
	}
	return i == t.cursor && !t.plain
}

func (t *grid) tickedSome() bool { return t.owner.tickCount() > 0 }
func (t *grid) tickedAll() bool {
	n := t.owner.count()
	if n == 0 || t.owner.tickCount() < n {
		return false
	}
	for i := range n {
		if !t.owner.ticked(i) {
			return false
		}
	}
	return true
}

func (t *grid) lastShown() int {
	last := -1
	for i, s := range t.spans {
		if s.w > 0 {
			last = i
		}
	}
	return last
}

// spread gives the columns their places: the flexible one takes what is left, or the last one. Where there
// is too little room, optional columns go, the last ones first, and then others after the first: words
// never run into each other.
func (t *grid) spread(total float32) {
	pad := look.Px(look.Gap3)
	least := look.Px(96)
	flex := len(t.cols) - 1
	for i, c := range t.cols {
		if c.flex {
			flex = i
		}
	}
	shown := make([]bool, len(t.cols))
	need := t.boxWidth() + pad
	for i, c := range t.cols {
		shown[i] = true
		need += pad + t.least(i, c, flex, least)
	}
	hide := func(i int) {
		if shown[i] && i != flex && need > total {
			shown[i] = false
			need -= pad + t.least(i, t.cols[i], flex, least)
		}
	}
	for i := len(t.cols) - 1; i >= 0; i-- {
		if t.cols[i].optional {
			hide(i)
		}
	}
	for i := 1; i < len(t.cols)-1; i++ {
		hide(i)
	}
	spare := max(0, total-need)
	x := t.boxWidth()
	for i, c := range t.cols {
		if !shown[i] {
			t.spans[i] = span{}
			continue
		}
		w := t.least(i, c, flex, least)
		if i == flex {
			w += spare
		}
		t.spans[i] = span{x + pad, round(w)}
		x += pad + round(w)
	}
}

func (t *grid) least(i int, c gridColumn, flex int, least float32) float32 {
	w := look.Px(c.width) - look.Px(look.Gap3)
	if i == flex && c.flex {
		return min(w, least)
	}
	return w
}

// widen changes a column's width by dx on the screen.
func (t *grid) widen(col int, dx float32) {
	c := &t.cols[col]
	shown := t.spans[col].w + look.Px(look.Gap3)
	scale := look.Px(1000) / 1000
	c.width = max(40, (shown+dx)/scale)
	c.flex = false
	t.relayout()
}

func (t *grid) keepWidth(col int) { t.owner.widened(col) }

func (t *grid) relayout() {
	t.spread(t.Size().Width - 2)
	t.head.Refresh()
	t.list.Refresh()
}

// refreshAll shows new rows, ticks or words.
func (t *grid) refreshAll() {
	t.cursor = max(0, min(t.cursor, t.owner.count()-1))
	t.head.Refresh()
	t.list.Refresh()
	t.foot.Refresh()
	if t.empty != nil {
		none := t.owner.count() == 0
		if none != t.empty.Visible() {
			if none {
				t.empty.Show()
			} else {
				t.empty.Hide()
			}
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (t *grid) CreateRenderer() fyne.WidgetRenderer {
	card := canvas.NewRectangle(nil)
	self := t.owner.(fyne.CanvasObject)
	p := &parts{self: self, objects: []fyne.CanvasObject{card, t.list, t.head, t.foot}}
	p.paint = func() {
		card.FillColor = look.Color(look.Surface)
		card.CornerRadius = look.Px(look.CardRadius)
		setStroke(card, 1, look.Line)
		if t.bare {
			card.CornerRadius = 0
			card.BottomLeftCornerRadius, card.BottomRightCornerRadius = look.Px(look.CardRadius), look.Px(look.CardRadius)
			setStroke(card, 0, look.Line)
		}
		p.objects = []fyne.CanvasObject{card, t.list, t.head, t.foot}
		if t.empty != nil {
			p.objects = append(p.objects, t.empty)
		}
	}
	p.min = func() fyne.Size {
		h := t.head.MinSize().Height + 3*t.rowHeight() + t.foot.MinSize().Height + 2
		return fyne.NewSize(look.Px(320), h)
	}
	p.layout = func(s fyne.Size) {
		card.Resize(s)
		t.spread(s.Width - 2)
		hh, fh := t.head.MinSize().Height, t.foot.MinSize().Height
		bounds(t.head, 1, 1, s.Width-2, hh)
		bounds(t.foot, 1, s.Height-1-fh, s.Width-2, fh)
		body := s.Height - 2 - hh - fh
		if fh == 0 {
			body -= look.Px(4) // the card's own corners
		}
		bounds(t.list, 1, 1+hh, s.Width-2, max(0, body))
		t.head.Refresh()
		t.list.update(true)
		if t.empty != nil {
			bounds(t.empty, 1, 1+hh, s.Width-2, max(0, body))
		}
	}
	return render(p)
}
