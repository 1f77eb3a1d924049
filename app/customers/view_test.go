package customers

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// frame puts a screen where the window shows it: right of the rail and below the top bar.
func frame(s screen.Screen) fyne.CanvasObject {
	rail := container.New(place{}, kit.Ground(look.RailGround), kit.Ground(look.Surface), s.Object())
	return container.NewStack(kit.Ground(look.Ground), rail)
}

type place struct{}

func (place) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 400) }
func (place) Layout(o []fyne.CanvasObject, s fyne.Size) {
	rail, bar := look.Px(look.RailWidth), look.Px(look.TopBarHeight)
	put(o[0], 0, 0, rail, s.Height)
	put(o[1], rail, 0, s.Width-rail, bar)
	put(o[2], rail, bar, s.Width-rail, s.Height-bar)
}

// openList shows the list of customers.
func openList(t *testing.T, b *screentest.Bench, s shot.Setup) *shot.Screen {
	t.Helper()
	var v screen.Screen
	w := shot.Open(t, s, func() fyne.CanvasObject {
		v = New(b.Context)
		return frame(v)
	})
	v.Show(screen.Place{Screen: screen.Customers})
	w.Settle()
	return w
}

// openPage shows the page of the customer with a code.
func openPage(t *testing.T, b *screentest.Bench, s shot.Setup, name string) (*shot.Screen, screen.Screen) {
	t.Helper()
	ids := b.Desk.State().Book.CustomersByName(name)
	if len(ids) != 1 {
		t.Fatalf("the sample has %d customers named %s", len(ids), name)
	}
	var v screen.Screen
	w := shot.Open(t, s, func() fyne.CanvasObject {
		v = NewPage(b.Context)
		return frame(v)
	})
	v.Show(screen.Place{Screen: screen.Customer, Customer: ids[0]})
	w.Settle()
	return w, v
}

func TestListLooks(t *testing.T) {
	openList(t, screentest.New(t, words.FR), shot.Setup{}).Golden("list_fr")
	openList(t, screentest.New(t, words.EN), shot.Setup{Width: 1024, Height: 600}).Golden("list_en_small")
	openList(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark}).Golden("list_dark")
	openList(t, screentest.Empty(t, words.FR), shot.Setup{}).Golden("list_empty")
}

func TestPageLooks(t *testing.T) {
	w, _ := openPage(t, screentest.New(t, words.FR), shot.Setup{}, "Garage Tessonnier")
	w.Golden("page_fr")
	w, _ = openPage(t, screentest.New(t, words.EN), shot.Setup{Width: 1024, Height: 600}, "Garage Tessonnier")
	w.Golden("page_en_small")
	w, _ = openPage(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark}, "Commune de Saint-Orvain")
	w.Golden("page_dark")
}

var _ = ledger.EUR
