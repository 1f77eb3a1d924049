package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quitus/app/shot"
)

// TestTheWheelOverAField turns the wheel with the pointer over a field of a long form, and over a list that
// is wholly in view: the form moves.
func TestTheWheelOverAField(t *testing.T) {
	clear(scrollers) // the test driver takes those of closed windows for its own
	var page *scroller
	s := shot.Open(t, shot.Setup{Width: 400, Height: 300}, func() fyne.CanvasObject {
		list := NewLines([]Line{{Title: "Garage Tessonnier"}})
		form := Stack(8, NewField("Nom", ""), Fixed(0, 120, list), NewField("Ville", ""), NewField("IBAN", ""), NewField("BIC", ""))
		page = newScroller(form)
		return page
	})
	for _, y := range []float32{40, 120} {
		page.ScrollToTop()
		s.Settle()
		test.Scroll(s.Canvas, fyne.NewPos(100, y), 0, -40)
		if page.Offset.Y == 0 {
			t.Errorf("the wheel at %v does not move the page", y)
		}
	}
}
