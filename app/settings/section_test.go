package settings

import (
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
)

// openSection opens the screen at a section: 1080 wide and of a height where the set-up names no size.
func openSection(t *testing.T, b *screentest.Bench, s shot.Setup, section Section, height float32) (*shot.Screen, *view) {
	t.Helper()
	if s.Width == 0 {
		s.Width, s.Height = 1080, height
	}
	var v *view
	w := shot.Open(t, s, func() fyne.CanvasObject {
		v = New(b.Context).(*view)
		v.Show(screen.Place{Screen: screen.Settings})
		return v.Object()
	})
	v.sections.Choose(string(section))
	v.choose(section)
	w.Settle()
	return w, v
}
