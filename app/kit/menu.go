package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// ShowMenu opens a menu at a place of the window, moved so that all of it is in view.
func ShowMenu(c fyne.Canvas, at fyne.Position, items []*fyne.MenuItem) { showMenu(c, at, 0, items) }

func showMenu(c fyne.Canvas, at fyne.Position, least float32, items []*fyne.MenuItem) {
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	size := menu.MinSize()
	size.Width = max(size.Width, least)
	edge := look.Px(8)
	size.Height = min(size.Height, c.Size().Height-2*edge) // a longer menu scrolls
	at.X = max(0, min(at.X, c.Size().Width-size.Width-edge))
	at.Y = max(0, min(at.Y, c.Size().Height-size.Height-edge))
	menu.Resize(size)
	menu.ShowAtPosition(at)
}
