package welcome

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
	return shot.Open(t, s, func() fyne.CanvasObject { return New(b.Context).Object() })
}

func TestPictures(t *testing.T) {
	open(t, screentest.Empty(t, words.FR), shot.Setup{}).Golden("welcome_fr")
	open(t, screentest.Empty(t, words.EN), shot.Setup{}).Golden("welcome_en")
	open(t, screentest.Empty(t, words.FR), shot.Setup{Appearance: look.Dark, Width: 824, Height: 544}).Golden("welcome_dark_small")
}

func TestTheTwoDoors(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	b.Chosen = "factures.xlsx"
	s := open(t, b, shot.Setup{})
	s.Tap("Choisir un fichier…")
	if len(b.Went) != 1 || b.Went[0].Screen != screen.Import || b.Went[0].File != "factures.xlsx" {
		t.Errorf("went to %+v", b.Went)
	}
	s.Tap("Ouvrir l’exemple")
	if len(b.Opened) != 1 {
		t.Errorf("opened %v", b.Opened)
	}
}
