package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// sortBy sorts by a column, or the other way round when it is already sorted by it.
func (t *grid) sortBy(col int) {
	if !t.cols[col].sorts {
		return
	}
	t.sortDown = t.sortCol == col && !t.sortDown
	t.sortCol = col
	t.owner.sorted(col, t.sortDown)
	t.head.Refresh()
}

// stepSort goes through the orders: each sortable column up, then down, then the next.
func (t *grid) stepSort(step int) {
	col, down := t.sortCol, t.sortDown
	if col >= 0 && down != (step > 0) {
		t.sortBy(col)
		return
	}
	for i := col + step; i >= 0 && i < len(t.cols); i += step {
		if t.cols[i].sorts && t.spans[i].w > 0 {
			t.sortCol, t.sortDown = i, step > 0 // sortBy turns it round
			t.sortBy(i)
			return
		}
	}
}

// tapped handles a press on a row: on its box it ticks; with Shift it ticks up to here, with Ctrl it
// ticks this one too; twice in half a second it opens.
func (t *grid) tapped(i int, x float32, mods fyne.KeyModifier) {
	t.takeFocus()
	// The modifiers and the time between presses are the pointer's, not facts of the ledger.
	now := time.Now()
	twice := i == t.lastRow && now.Sub(t.lastTap) < 500*time.Millisecond
	t.lastTap, t.lastRow = now, i
	switch {
	case t.multi && mods&fyne.KeyModifierShift != 0:
		t.tickRange(t.anchor, i)
		t.moveTo(i, false)
	case t.multi && (x < t.boxWidth() || mods&fyne.KeyModifierShortcutDefault != 0):
		t.anchor = i
		t.moveTo(i, false)
		t.toggle(i)
	default:
		t.anchor = i
		t.moveTo(i, false)
		if twice {
			t.lastRow = -1
			t.owner.open(i)
		}
	}
}

func (t *grid) takeFocus() {
	if c := canvasOf(t.list); c != nil && !t.focused {
		c.Focus(t.self())
	}
}

// self gives the typed table that embeds the grid.
func (t *grid) self() fyne.Focusable { return t.owner.(fyne.Focusable) }

// moveTo puts the cursor on a row.
func (t *grid) moveTo(i int, show bool) {
	n := t.owner.count()
	if n == 0 {
		return
	}
	i = max(0, min(i, n-1))
	old := t.cursor
	t.cursor = i
	if show {
		t.list.reveal(i)
	}
	t.list.refreshRow(old)
	t.list.refreshRow(i)
	t.owner.moved(i)
}

func (t *grid) toggle(i int) {
	t.owner.tick(i, !t.owner.ticked(i))
	t.ticksDone()
}

func (t *grid) tickRange(from, to int) {
	if from > to {
		from, to = to, from
	}
	for i := from; i <= to && i < t.owner.count(); i++ {
		t.owner.tick(i, true)
	}
	t.ticksDone()
}

// tickAll ticks every row shown, or none when all are.
func (t *grid) tickAll() {
	on := !t.tickedAll()
	for i := range t.owner.count() {
		t.owner.tick(i, on)
	}
	t.ticksDone()
}

func (t *grid) ticksDone() {
	t.owner.ticksChanged()
	t.refreshAll()
}

// FocusGained shows the cursor.
func (t *grid) FocusGained() { t.focused = true; t.list.refreshRow(t.cursor) }

// FocusLost hides it.
func (t *grid) FocusLost() { t.focused = false; t.list.refreshRow(t.cursor) }

// TypedRune has nothing to do.
func (t *grid) TypedRune(rune) {}

// TypedKey moves the cursor with arrows, PgUp, PgDn, Home and End, ticks with Space, opens with Enter, and
// goes through the orders with Left and Right.
func (t *grid) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDown:
		t.moveTo(t.cursor+1, true)
	case fyne.KeyUp:
		t.moveTo(t.cursor-1, true)
	case fyne.KeyPageDown:
		t.moveTo(t.cursor+t.list.page()-1, true)
	case fyne.KeyPageUp:
		t.moveTo(t.cursor-t.list.page()+1, true)
	case fyne.KeyRight:
		t.stepSort(1)
	case fyne.KeyLeft:
		t.stepSort(-1)
	case fyne.KeyHome:
		t.moveTo(0, true)
	case fyne.KeyEnd:
		t.moveTo(t.owner.count()-1, true)
	case fyne.KeySpace:
		if t.multi && t.owner.count() > 0 {
			t.anchor = t.cursor
			t.toggle(t.cursor)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if t.owner.count() > 0 {
			t.owner.open(t.cursor)
		}
	default:
		passKey(t.list, ev)
	}
}

// TypedShortcut ticks all with Ctrl+A, copies with Ctrl+C, extends the ticks with Shift and an arrow.
func (t *grid) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		if t.multi {
			t.tickAll()
		}
		return
	case *fyne.ShortcutCopy:
		t.owner.copyRows()
		return
	case *desktop.CustomShortcut:
		step := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1}[s.KeyName]
		if t.multi && step != 0 && s.Modifier == fyne.KeyModifierShift {
			t.owner.tick(t.cursor, true)
			t.moveTo(t.cursor+step, true)
			t.owner.tick(t.cursor, true)
			t.ticksDone()
			return
		}
	}
	passShortcut(t.list, s)
}
