package letters

import (
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/letters"
)

func open(t *testing.T, b *screentest.Bench, s shot.Setup, p screen.Place) *shot.Screen {
	t.Helper()
	if s.Width == 0 {
		s.Width, s.Height = 1080, 744
	}
	p.Screen = screen.Letters
	return shot.Open(t, s, func() fyne.CanvasObject {
		v := New(b.Context)
		v.Show(p)
		return v.Object()
	})
}

func TestPictures(t *testing.T) {
	open(t, screentest.New(t, words.FR), shot.Setup{}, screen.Place{}).Golden("sample_fr")
	open(t, screentest.New(t, words.EN), shot.Setup{}, screen.Place{Filter: letters.FormalNotice}).Golden("notice_en")
	open(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark}, screen.Place{}).Golden("sample_dark")
	open(t, screentest.New(t, words.FR), shot.Setup{Width: 824, Height: 544}, screen.Place{}).Golden("sample_narrow")
	open(t, screentest.Empty(t, words.FR), shot.Setup{}, screen.Place{}).Golden("empty_fr")
}
