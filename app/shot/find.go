package shot

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// Find gives the middle of the first visible text that is text or, failing that, contains it; a text in
// something that can be pressed goes before others.
func (s *Screen) Find(text string) (fyne.Position, bool) {
	var best fyne.Position
	rank := 0
	see := func(t string, at fyne.Position, size fyne.Size, pressable bool) {
		r := 0
		switch {
		case t == text:
			r = 2
		case strings.Contains(t, text):
			r = 1
		}
		if r > 0 && pressable {
			r += 2
		}
		if r > rank {
			rank, best = r, at.AddXY(size.Width/2, size.Height/2)
		}
	}
	root := s.Canvas.Content()
	if top := s.Canvas.Overlays().Top(); top != nil {
		root = top
	}
	walk(root, fyne.NewPos(0, 0), false, see)
	return best, rank > 0
}

func walk(o fyne.CanvasObject, at fyne.Position, pressable bool, see func(string, fyne.Position, fyne.Size, bool)) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	if _, ok := o.(fyne.Tappable); ok {
		pressable = true
	}
	switch c := o.(type) {
	case *canvas.Text:
		see(c.Text, at, c.Size(), pressable)
	case *fyne.Container:
		for _, child := range c.Objects {
			walk(child, at, pressable, see)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(c).Objects() {
			walk(child, at, pressable, see)
		}
	}
}
