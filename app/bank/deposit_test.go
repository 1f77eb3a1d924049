package bank

import (
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
)

// The slip of cheques is reached from the screen, with or without statements.
func TestLeadsToTheDeposit(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := shot.Open(t, shot.Setup{}, func() fyne.CanvasObject {
		v := New(b.Context)
		v.Show(screen.Place{Screen: screen.Bank})
		return v.Object()
	})
	s.Tap("Remise de chèques…")
	s.Has("Aucun chèque à remettre")
}
