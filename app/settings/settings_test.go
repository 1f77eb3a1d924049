package settings

import (
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
)

func open(t *testing.T, b *screentest.Bench, s shot.Setup) *shot.Screen {
	t.Helper()
	if s.Width == 0 {
		s.Width, s.Height = 1080, 744
	}
	return shot.Open(t, s, func() fyne.CanvasObject {
		v := New(b.Context)
		v.Show(screen.Place{Screen: screen.Settings})
		return v.Object()
	})
}

func TestPictures(t *testing.T) {
	open(t, screentest.New(t, words.FR), shot.Setup{}).Golden("company_fr")
	open(t, screentest.New(t, words.EN), shot.Setup{}).Golden("company_en")
	open(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark}).Golden("company_dark")
	open(t, screentest.Empty(t, words.FR), shot.Setup{}).Golden("empty_fr")
	s := open(t, screentest.New(t, words.FR), shot.Setup{})
	s.Tap("Sauvegarde et journal")
	s.Golden("safety_fr")
}
