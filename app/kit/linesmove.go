package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"quitus/app/look"
)

// move is a line on its way to another place.
type move struct {
	on       bool
	from, to int
	way      float32 // that the pointer went down since the drag began
	offset   float32 // how far the list was scrolled then
}

// marks says whether a line shows where the dragged one would go.
func (m *move) marks(i int) bool { return m.on && m.to != m.from && m.to == i }

// Movable lets the first n lines be moved among themselves, by dragging or with Alt and an arrow; OnMove is told.
func (l *Lines) Movable(n int) *Lines { l.movable = n; return l }

// shift moves the line with the cursor by one place, and says whether the shortcut asked for it.
func (l *Lines) shift(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier != fyne.KeyModifierAlt {
		return false
	}
	step := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[c.KeyName]
	if step == 0 {
		return false
	}
	l.moved(l.cursor, l.cursor+step)
	return true
}

// moved tells a move if it is one, and lets the cursor go along.
func (l *Lines) moved(from, to int) {
	to = max(0, min(to, l.movable-1))
	if l.OnMove == nil || from < 0 || from >= l.movable || from == to {
		return
	}
	l.Select(to)
	l.OnMove(from, to)
}

// Dragged takes the line along with the pointer.
func (r *lineRow) Dragged(ev *fyne.DragEvent) {
	l := r.lines
	if !l.move.on {
		if r.index < 0 || r.index >= l.movable || l.OnMove == nil {
			return
		}
		l.move = move{on: true, from: r.index, to: r.index, offset: l.list.scroll.Offset.Y}
	}
	h := look.Px(look.TwoLineHeight)
	l.move.way += ev.Dragged.DY
	at := (float32(l.move.from)+0.5)*h + l.move.way + l.list.scroll.Offset.Y - l.move.offset
	l.move.to = max(0, min(int(at/h), l.movable-1))
	l.list.reveal(l.move.to)
	l.list.Refresh()
}

// DragEnd puts the line down.
func (r *lineRow) DragEnd() {
	l := r.lines
	if !l.move.on {
		return
	}
	m := l.move
	l.move = move{}
	l.list.Refresh()
	l.moved(m.from, m.to)
}
