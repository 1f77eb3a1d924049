package kit

import "fyne.io/fyne/v2"

// RowAt gives the row that is drawn at a place of the window, or nil: the one that a file was dropped on.
func (t *Table[T]) RowAt(at fyne.Position) *T {
	if canvasOf(t.list) == nil || !t.list.Visible() {
		return nil
	}
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(t.list)
	size := t.list.Size()
	x, y := at.X-top.X, at.Y-top.Y
	if x < 0 || y < 0 || x >= size.Width || y >= size.Height {
		return nil
	}
	i := int((y + t.list.scroll.Offset.Y) / t.list.height())
	if i >= len(t.view) {
		return nil
	}
	return &t.rows[t.view[i]]
}
