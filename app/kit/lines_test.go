package kit

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"quitus/app/look"
	"quitus/app/shot"
)

// A dragged line shows where it would go; only the lines that can be moved are, and only among themselves.
func TestLinesMove(t *testing.T) {
	var lines []Line
	for i := range 5 {
		lines = append(lines, Line{Icon: look.IconPhone, Title: fmt.Sprintf("Ligne %d", i+1), Second: "seconde ligne", Right: "120,00\u00a0€", Arrow: true})
	}
	l := NewLines(lines).Movable(4)
	var moves [][2]int
	l.OnMove = func(from, to int) { moves = append(moves, [2]int{from, to}) }
	s := shot.Open(t, shot.Setup{Width: 500, Height: 322}, func() fyne.CanvasObject { return Padded(20, l.Card(true)) })
	drag := func(i int, way float32) *lineRow {
		r := l.list.rows[i%len(l.list.rows)].(*lineRow)
		for range 4 {
			r.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DY: way / 4}})
		}
		return r
	}
	r := drag(0, 2*look.TwoLineHeight)
	s.Golden("lines_dragged")
	r.DragEnd()
	drag(1, 20).DragEnd() // not as far as the next line
	drag(3, -1000).DragEnd()
	drag(2, 1000).DragEnd()
	drag(4, -100).DragEnd()
	s.Canvas.Focus(l)
	alt := func(k fyne.KeyName) { s.Shortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt}) }
	l.Select(3)
	alt(fyne.KeyDown) // below are lines that stay
	alt(fyne.KeyUp)
	if want := "[[0 2] [3 0] [2 3] [3 2]]"; fmt.Sprint(moves) != want || l.Selected() != 2 {
		t.Errorf("moved %v, not %s; the cursor is on %d", moves, want, l.Selected())
	}
}
