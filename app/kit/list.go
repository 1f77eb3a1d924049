package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// list shows rows of one height of which only those in view exist. Row i is always drawn by widget
// i modulo their number, so that scrolling by one row fills one widget anew. Heights are whole numbers:
// a float32 holds the place of the last of 100,000 rows exactly.
//
// It is our own because the toolkit's list keeps a gap between rows unless a theme override takes it
// away, and makes a new template at each refresh.
type list struct {
	widget.BaseWidget
	height func() float32
	count  func() int
	make   func() fyne.CanvasObject
	fill   func(i int, row fyne.CanvasObject)

	scroll  *scroller
	content *fyne.Container
	rows    []fyne.CanvasObject
	shown   []int // which row each widget shows, -1 for none
}

func newList(height func() float32, count func() int, create func() fyne.CanvasObject, fill func(int, fyne.CanvasObject)) *list {
	l := &list{height: height, count: count, make: create, fill: fill}
	l.content = container.New(listLayout{l})
	l.scroll = newScroller(l.content)
	l.scroll.OnScrolled = func(fyne.Position) { l.update(false) }
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *list) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(l.scroll)
}

// MinSize is small: a list scrolls.
func (l *list) MinSize() fyne.Size { return fyne.NewSize(32, l.height()) }

// Resize shows the rows that fit.
func (l *list) Resize(s fyne.Size) {
	l.BaseWidget.Resize(s)
	l.update(false)
}

// Refresh fills all rows in view anew.
func (l *list) Refresh() {
	l.scroll.Refresh()
	l.update(true)
}

// refreshRow fills one row anew if it is in view.
func (l *list) refreshRow(i int) {
	if n := len(l.rows); n > 0 && i >= 0 && l.shown[i%n] == i {
		l.fill(i, l.rows[i%n])
	}
}

// update brings the row widgets to the rows in view.
func (l *list) update(all bool) {
	h, size := l.height(), l.scroll.Size()
	if size.Height <= 0 || h <= 0 {
		return
	}
	l.grow(int(size.Height/h) + 2)
	n, pool := l.count(), len(l.rows)
	first := max(0, int(l.scroll.Offset.Y/h))
	for i := first; i < first+pool; i++ {
		k := i % pool
		row := l.rows[k]
		if i >= n {
			l.shown[k] = -1
			row.Hide()
			continue
		}
		if l.shown[k] != i || all {
			l.shown[k] = i
			l.fill(i, row)
		}
		bounds(row, 0, float32(i)*h, size.Width, h)
		if !row.Visible() {
			row.Show()
		}
	}
}

// grow makes sure that there are enough widgets for a page.
func (l *list) grow(need int) {
	if len(l.rows) >= need {
		return
	}
	for len(l.rows) < need {
		l.rows = append(l.rows, l.make())
		l.shown = append(l.shown, -1)
	}
	for k := range l.shown {
		l.shown[k] = -1
	}
	l.content.Objects = l.rows
	l.content.Refresh()
}

// reveal scrolls as little as needed to show a whole row.
func (l *list) reveal(i int) {
	h, page := l.height(), l.scroll.Size().Height
	if page < h {
		return // not laid out yet
	}
	top := float32(i) * h
	switch off := l.scroll.Offset.Y; {
	case top < off:
		l.scrollTo(top)
	case top+h > off+page:
		l.scrollTo(top + h - page)
	}
}

func (l *list) scrollTo(y float32) {
	y = min(y, float32(l.count())*l.height()-l.scroll.Size().Height)
	l.scroll.ScrollToOffset(fyne.NewPos(0, max(0, y)))
	l.update(false)
}

// page is how many whole rows are in view.
func (l *list) page() int { return max(1, int(l.scroll.Size().Height/l.height())) }

// listLayout only says how tall all rows would be; update moves those in view.
type listLayout struct{ l *list }

func (y listLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(1, float32(y.l.count())*y.l.height())
}

func (y listLayout) Layout([]fyne.CanvasObject, fyne.Size) {}
