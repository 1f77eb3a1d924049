package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"quitus/app/look"
	"quitus/app/shot"
)

func barBoard() fyne.CanvasObject {
	week := func(promised, habit float64, top, foot string, bold bool) BarColumn {
		return BarColumn{Parts: []BarPart{{habit, look.Accent}, {promised, look.Promised.Solid()}}, Top: top, Foot: foot, Bold: bold}
	}
	weeks := NewBars(58, week(0.36, 0.64, "12\u202f640", "23 nov.", true), week(0.2, 0.5, "8\u202f730", "30 nov.", false),
		week(0, 0.56, "7\u202f105", "7 déc.", false), week(0.001, 0.78, "9\u202f950", "14 déc.", false), week(0, 0, "0", "21 déc.", false))
	var months []BarColumn
	for i, m := range []string{"déc.", "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov."} {
		months = append(months, BarColumn{Parts: []BarPart{{float64(i*37%12) / 11, look.Accent}}, Foot: m, Bold: i == 11})
	}
	pointed := NewBars(58, months...)
	pointed.OnPoint = func(int) {}
	pointed.focused = true
	pointed.point(4)
	legend := Row(look.Gap3, NewLegend(look.Promised.Solid(), "promis"), NewLegend(look.Accent, "habitude"))
	return container.NewStack(Ground(look.Ground), Padded(24, Stack(16,
		NewTitledCard("Attendu, par semaine", legend, weeks),
		NewTitledCard("Facturé en 12 mois", nil, NewBars(58, months...)),
		NewTitledCard("Un mois choisi", nil, pointed))))
}

func TestBarsLook(t *testing.T) {
	shot.Shot(t, "bars_light", shot.Setup{Width: 388, Height: 520}, barBoard)
	shot.Shot(t, "bars_dark", shot.Setup{Width: 388, Height: 520, Appearance: look.Dark}, barBoard)
}

func TestBarsPoint(t *testing.T) {
	var b *Bars
	var said []int
	w := shot.Open(t, shot.Setup{Width: 400, Height: 100}, func() fyne.CanvasObject {
		b = NewBars(40, BarColumn{Foot: "a"}, BarColumn{Foot: "b"}, BarColumn{Foot: "c"}, BarColumn{Foot: "d"})
		return b
	})
	if !b.Disabled() {
		t.Error("bars that say nothing take the keyboard")
	}
	b.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(150, 10)}}) // nobody listens
	b.OnPoint = func(i int) { said = append(said, i) }
	b.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(150, 10)}})
	b.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(160, 10)}})
	b.MouseOut()
	w.Canvas.Focus(b)
	w.Key(fyne.KeyLeft, fyne.KeyLeft, fyne.KeyHome, fyne.KeyLeft, fyne.KeyRight, fyne.KeyEnd, fyne.KeyRight)
	w.Canvas.Unfocus()
	b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(399, 10)})
	if want := []int{1, -1, 3, 2, 0, 1, 3, -1, 3}; !slices.Equal(said, want) {
		t.Errorf("pointed at %v, want %v", said, want)
	}
}
