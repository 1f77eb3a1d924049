package kit

import (
	"slices"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/run"
)

// Column is a column of a table as data: how wide it is and what a row shows in it.
type Column[T any] struct {
	// ID names the column for the program; widths and order are kept under it.
	ID string
	// Title is the header's word.
	Title string
	// Width is in units at the normal size, with the space of 12 before the words.
	Width float32
	// Align is Left or Right; figures stand right.
	Align Align
	// Flex marks the column that takes the width that is left; without one the last does.
	Flex bool
	// Optional columns go when there is too little room, the last ones first.
	Optional bool
	// Text is what the cell says.
	Text func(*T) string
	// Bold, Ink and Icon may be nil: regular, ink, no icon.
	Bold func(*T) bool
	Ink  func(*T) fyne.ThemeColorName
	Icon func(*T) look.Icon
	// Chip shows a status instead of Text.
	Chip func(*T) (look.Status, string)
	// Less sorts by the column; without it the column does not sort.
	Less func(a, b *T) bool
}

// Table shows rows that were prepared once, of which it draws only those in view: 100,000 rows cost as
// much as 20. Sorting and filtering make a new order of indexes in the background; the rows stay as they
// are. Arrows, PgUp, PgDn, Home and End move, Space ticks, Enter or two presses open, Ctrl+A ticks all,
// Ctrl+C copies.
//
//	t := kit.NewTable(runner, columns...).Multi()
//	t.OnOpen = func(r *Row) { … }
//	t.SetRows(rows)
//	t.SetFilter(func(r *Row) bool { return strings.Contains(r.Search, typed) })
type Table[T any] struct {
	grid
	// OnOpen is told which row was opened, OnSelect on which row the cursor is.
	OnOpen   func(*T)
	OnSelect func(*T)
	// OnTick is told that ticks have changed.
	OnTick func()
	// OnShown is told that other rows are shown, or in another order; not for a new cursor or tick.
	OnShown func()
	// OnSort and OnWidth are told what to keep: the order and the widths that the owner chose.
	OnSort  func(id string, down bool)
	OnWidth func(id string, width float32)
	// OnCopy is given the copied rows as lines with tabs; nil puts them on the clipboard.
	OnCopy func(text string)
	// Key names a row beyond SetRows: with it, ticks and cursor stay on their rows.
	Key func(*T) string

	columns []Column[T]
	runner  run.Runner
	given   []T // the rows of the last SetRows
	rows    []T // the rows shown: given, once their order is known
	view    []int32
	ticks   map[int32]bool
	filter  func(*T) bool
}

// NewTable makes a table; a nil runner does everything at once. Two columns of one ID are a mistake of
// the program and panic.
func NewTable[T any](runner run.Runner, columns ...Column[T]) *Table[T] {
	t := &Table[T]{columns: columns, runner: runner, ticks: map[int32]bool{}}
	cols := make([]gridColumn, len(columns))
	seen := map[string]bool{}
	for i, c := range columns {
		if seen[c.ID] {
			panic("kit: two columns named " + c.ID)
		}
		seen[c.ID] = true
		cols[i] = gridColumn{c.Title, c.Width, c.Align, c.Flex, c.Optional, c.Less != nil}
	}
	t.build(t, t, cols)
	return t
}

// Multi gives each row a box to tick.
func (t *Table[T]) Multi() *Table[T] { t.multi = true; return t }

// Bare leaves stroke and corners to the card that the table stands in.
func (t *Table[T]) Bare() *Table[T] { t.bare = true; return t }

// Plain leaves the row with the cursor untinted, where choosing a row means nothing: only the bar of the
// keyboard shows it.
func (t *Table[T]) Plain() *Table[T] { t.plain = true; return t }

// WithBelow puts an object (a low Choice) below each title, one a column, and makes the header 76 high.
func (t *Table[T]) WithBelow(objects ...fyne.CanvasObject) *Table[T] {
	t.head.below = objects
	return t
}

// WithEmpty is what the table shows when it has no rows.
func (t *Table[T]) WithEmpty(o fyne.CanvasObject) *Table[T] {
	t.empty = o
	return t
}

// WithBar gives the bar that takes the place of the status line while rows are ticked.
func (t *Table[T]) WithBar(b *SelectionBar) *Table[T] { t.foot.bar = b; return t }

// SetEmpty changes what the table shows when it has no rows.
func (t *Table[T]) SetEmpty(o fyne.CanvasObject) {
	t.empty = o
	t.refreshAll()
	t.Refresh()
}

// SetStatus writes the status line: a sentence at the left and totals at the right.
func (t *Table[T]) SetStatus(sentence string, totals ...Total) {
	t.foot.status, t.foot.totals = sentence, totals
	t.refreshFoot()
}

// SetLink puts a quiet button at the right of the status line; nil takes it away.
func (t *Table[T]) SetLink(b *Button) {
	t.foot.link = b
	t.refreshFoot()
}

func (t *Table[T]) refreshFoot() {
	t.foot.Refresh()
	t.Refresh()
}

// SetTitle changes a column's title.
func (t *Table[T]) SetTitle(id, title string) {
	if i := t.column(id); i >= 0 {
		t.cols[i].title = title
		t.head.Refresh()
	}
}

// SetWidths applies kept widths by column ID.
func (t *Table[T]) SetWidths(widths map[string]float32) {
	for id, w := range widths {
		if i := t.column(id); i >= 0 && w >= 40 {
			t.cols[i].width, t.cols[i].flex = w, false
		}
	}
	t.relayout()
}

func (t *Table[T]) column(id string) int {
	return slices.IndexFunc(t.columns, func(c Column[T]) bool { return c.ID == id })
}

// SetRows shows other rows. The table keeps the slice and the caller leaves it alone from then on.
func (t *Table[T]) SetRows(rows []T) {
	t.given = rows
	t.compute()
}

// SetFilter shows only the rows that keep holds true for; nil shows all. It is called in the
// background and reads nothing but the row.
func (t *Table[T]) SetFilter(keep func(*T) bool) {
	t.filter = keep
	t.compute()
}

// Sort orders by a column; an unknown one gives the order of SetRows.
func (t *Table[T]) Sort(id string, down bool) {
	t.sortCol, t.sortDown = t.column(id), down
	t.compute()
}

// Sorted gives the column and direction of the order.
func (t *Table[T]) Sorted() (id string, down bool) {
	if t.sortCol < 0 {
		return "", false
	}
	return t.columns[t.sortCol].ID, t.sortDown
}

// Shown calls f with each row shown, in order.
func (t *Table[T]) Shown(f func(*T)) {
	for _, i := range t.view {
		f(&t.rows[i])
	}
}

// Count is how many rows are shown.
func (t *Table[T]) Count() int { return len(t.view) }

// Selected gives the row with the cursor, or nil.
func (t *Table[T]) Selected() *T {
	if t.cursor >= len(t.view) {
		return nil
	}
	return &t.rows[t.view[t.cursor]]
}

// Select puts the cursor on the first shown row that is holds true for.
func (t *Table[T]) Select(is func(*T) bool) {
	for i, k := range t.view {
		if is(&t.rows[k]) {
			t.moveTo(i, true)
			return
		}
	}
}

// Scrolled is how far the table is scrolled, in units; ScrollTo brings it back there.
func (t *Table[T]) Scrolled() float32 { return t.list.scroll.Offset.Y }

// ScrollTo scrolls to what Scrolled gave.
func (t *Table[T]) ScrollTo(offset float32) { t.list.scrollTo(offset) }

// Ticked gives the ticked rows in the order of SetRows, those that the filter hides too.
func (t *Table[T]) Ticked() []*T {
	var out []*T
	for i := range t.rows {
		if t.ticks[int32(i)] {
			out = append(out, &t.rows[i])
		}
	}
	return out
}

// TickWhere ticks exactly the rows that is holds true for; nil ticks none.
func (t *Table[T]) TickWhere(is func(*T) bool) {
	clear(t.ticks)
	for i := range t.rows {
		if is != nil && is(&t.rows[i]) {
			t.ticks[int32(i)] = true
		}
	}
	t.ticksDone()
	t.Refresh()
}

func (t *Table[T]) count() int        { return len(t.view) }
func (t *Table[T]) ticked(i int) bool { return i < len(t.view) && t.ticks[t.view[i]] }
func (t *Table[T]) tickCount() int    { return len(t.ticks) }

func (t *Table[T]) tick(i int, on bool) {
	if on {
		t.ticks[t.view[i]] = true
	} else {
		delete(t.ticks, t.view[i])
	}
}

func (t *Table[T]) ticksChanged() {
	if t.OnTick != nil {
		t.OnTick()
	}
	t.Refresh()
}

func (t *Table[T]) moved(int) {
	if t.OnSelect != nil {
		t.OnSelect(t.Selected())
	}
}

func (t *Table[T]) open(i int) {
	if t.OnOpen != nil && i < len(t.view) {
		t.OnOpen(&t.rows[t.view[i]])
	}
}

func (t *Table[T]) sorted(col int, down bool) {
	t.compute()
	if t.OnSort != nil {
		t.OnSort(t.columns[col].ID, down)
	}
}

func (t *Table[T]) widened(col int) {
	if t.OnWidth != nil {
		t.OnWidth(t.columns[col].ID, t.cols[col].width)
	}
}

func (t *Table[T]) fillRow(i int, into []cell) {
	row := &t.rows[t.view[i]]
	for k := range t.columns {
		c := &t.columns[k]
		v := cell{ink: look.Ink}
		if c.Ink != nil {
			v.ink = c.Ink(row)
		}
		if c.Bold != nil {
			v.bold = c.Bold(row)
		}
		if c.Icon != nil {
			v.icon = c.Icon(row)
		}
		if c.Chip != nil {
			v.chip = true
			v.status, v.text = c.Chip(row)
		} else if c.Text != nil {
			v.text = c.Text(row)
		}
		into[k] = v
	}
}
