package kit

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/shot"
	"quitus/assets/words"
)

func TestPreview(t *testing.T) {
	var p *Preview
	turned := 0
	s := shot.Open(t, shot.Setup{Width: 500, Height: 500}, func() fyne.CanvasObject {
		p = NewPreview(words.New(words.FR), func(page int) { turned = page })
		return p
	})
	p.Say("Choisissez un client.")
	s.Has("Choisissez un client.")
	s.HasNot("Page entière")
	page := image.NewGray(image.Rect(0, 0, 1240, 1754))
	p.SetPage(page, 1, 3)
	s.Settle()
	s.Has("Page entière")
	s.HasNot("Choisissez un client.")
	if size := p.image.Size(); size.Height > p.scroll.Size().Height || size.Height < p.scroll.Size().Height-20 {
		t.Errorf("the whole page is %v in %v", size, p.scroll.Size())
	}
	p.prev.Tapped(nil)
	if turned != 0 {
		t.Error("turned back before the first page")
	}
	p.next.Tapped(nil)
	if turned != 2 {
		t.Errorf("turned to %d", turned)
	}
	p.choice.choose(1)
	s.Settle()
	if size := p.image.Size(); size.Width < 460 || size.Width > 500 {
		t.Errorf("the page is %v wide in %v", size.Width, p.scroll.Size().Width)
	}
	p.choice.choose(2)
	s.Settle()
	if size := p.image.Size(); size.Width != 794 || size.Height != 1123 {
		t.Errorf("the page in its true size is %v", size)
	}
}

// Every size of the owner's choice must hold the same board without words running into each other.
func TestSizes(t *testing.T) {
	shot.Shot(t, "board_small", shot.Setup{Scale: look.Small}, board)
	shot.Shot(t, "frame_small", shot.Setup{Scale: look.Small}, invoiceFrame)
	shot.Shot(t, "frame_double", shot.Setup{Width: 640, Height: 400, Pixels: 2}, func() fyne.CanvasObject {
		table := invoiceTable()
		table.SetStatus("9 factures", Total{"Reste", "27\u202f000,00\u00a0€"})
		table.SetRows(invoiceRows())
		return Padded(16, table)
	})
}

func TestScaleChange(t *testing.T) {
	s := shot.Open(t, shot.Setup{}, board)
	_ = s.Picture()
	fyne.CurrentApp().Settings().SetTheme(look.New(look.Light, look.Small))
	refreshAll(s.Canvas.Content())
	s.Golden("board_small")
}
