package shot

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

func picture(t *testing.T, text string) image.Image {
	return Open(t, Setup{Width: 300, Height: 100}, func() fyne.CanvasObject { return widget.NewLabel(text) }).Picture()
}

func TestOneLetterIsADifference(t *testing.T) {
	a, b := picture(t, "1 234,56 €"), picture(t, "1 234,58 €")
	if d := differ(paletted(a), b); d == "" {
		t.Error("a changed digit is not seen")
	}
	if d := differ(paletted(a), a); d != "" {
		t.Error("a picture " + d + " from itself")
	}
}

func TestPaletteKeepsColours(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 100, 100))
	for i := range 10000 {
		img.Set(i%100, i/100, color.NRGBA{uint8(i / 40), uint8(i / 50), 200, 255})
	}
	img.Set(50, 50, color.NRGBA{255, 0, 0, 255})
	p := paletted(img)
	if got := opaque(p.At(50, 50)); got != (color.NRGBA{255, 0, 0, 255}) {
		t.Errorf("one red pixel became %v", got)
	}
	if d := differ(p, img); d != "" {
		t.Error(d)
	}
	path := filepath.Join(t.TempDir(), "a", "p.png")
	if err := Write(path, img); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(path); err != nil || st.Size() > 6000 {
		t.Errorf("%v, %v", st, err)
	}
}

func TestWindowIsDriven(t *testing.T) {
	pressed := 0
	s := Open(t, Setup{Width: 300, Height: 200}, func() fyne.CanvasObject {
		return container.NewVBox(widget.NewLabel("Ouvrir la lettre"), widget.NewButton("Ouvrir", func() { pressed++ }), widget.NewEntry())
	})
	s.Tap("Ouvrir")
	if pressed != 1 {
		t.Errorf("pressed %d times", pressed)
	}
	s.Key(fyne.KeyTab)
	for range 3 {
		if _, ok := s.Canvas.Focused().(*widget.Entry); !ok {
			s.Key(fyne.KeyTab)
		}
	}
	s.Type("Échéance 1 234,56 €")
	s.Has("Échéance 1 234,56 €", "Ouvrir la lettre")
	s.HasNot("Fermer")
}
