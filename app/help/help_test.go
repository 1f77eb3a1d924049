package help

import (
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/help"
	"quitus/assets/words"
)

func TestPictures(t *testing.T) {
	for _, lang := range words.Langs {
		b := screentest.Empty(t, lang)
		shot.Open(t, shot.Setup{Width: 1080, Height: 744}, func() fyne.CanvasObject { return New(b.Context).Object() }).Golden("help_" + string(lang))
	}
}

func TestBothLanguagesHelpAlike(t *testing.T) {
	fr, en := sections(help.Text("fr")), sections(help.Text("en"))
	if len(fr) != len(en) || len(fr) == 0 {
		t.Fatalf("%d sections in French, %d in English", len(fr), len(en))
	}
	for i := range fr {
		if len(fr[i].lines) != len(en[i].lines) {
			t.Errorf("%q has %d lines, %q has %d", fr[i].title, len(fr[i].lines), en[i].title, len(en[i].lines))
		}
	}
}
