package call

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// openCall shows the call to a customer, with the window's keys.
func openCall(t *testing.T, b *screentest.Bench, s shot.Setup, name string) (*shot.Screen, *view) {
	t.Helper()
	ids := b.Desk.State().Book.CustomersByName(name)
	if len(ids) != 1 {
		t.Fatalf("there are %d customers named %s", len(ids), name)
	}
	var v *view
	w := shot.Open(t, s, func() fyne.CanvasObject {
		v = New(b.Context).(*view)
		return v.Object()
	})
	w.Canvas.SetOnTypedKey(func(ev *fyne.KeyEvent) { v.Key(ev.Name, false) })
	for _, key := range []fyne.KeyName{fyne.KeyO, fyne.KeyP, fyne.KeyR, fyne.KeyM, fyne.KeyReturn} {
		kit.AddShortcut(w.Canvas, &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func() { v.Key(key, true) })
	}
	v.Show(screen.Place{Screen: screen.Call, Customer: ids[0]})
	w.Settle()
	if len(b.Errors) > 0 {
		t.Fatal(b.Errors)
	}
	return w, v
}

var (
	narrow = shot.Setup{Width: 1024, Height: 600}
	dark   = shot.Setup{Appearance: look.Dark}
)

const garage = "Garage Tessonnier"

func TestBefore(t *testing.T) {
	w, _ := openCall(t, screentest.New(t, words.FR), shot.Setup{}, garage)
	w.Golden("before_fr")
}

var _ = ledger.Reached
