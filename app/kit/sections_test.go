package kit

import (
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/shot"
)

func sectionsOf(t *testing.T, width, height float32, chosen *[]string) (*shot.Screen, *Sections) {
	var v *Sections
	s := shot.Open(t, shot.Setup{Width: width, Height: height}, func() fyne.CanvasObject {
		v = NewSections("b", func(id string) { *chosen = append(*chosen, id) }, NewButton(Secondary, look.NoIcon, "Le corps", nil),
			Option{"a", "Société"}, Option{"b", "E-mail"}, Option{"c", "Règles de la maison"}, Option{"d", "Sauvegarde et journal"})
		return Padded(8, v)
	})
	return s, v
}

// Arrows go along without choosing, Enter chooses; the list is one stop before the body.
func TestSectionsByKeyboard(t *testing.T) {
	var chosen []string
	s, v := sectionsOf(t, 1048, 416, &chosen)
	s.Key(fyne.KeyTab)
	if s.Canvas.Focused() != fyne.Focusable(v.list) {
		t.Fatalf("%T has the keyboard", s.Canvas.Focused())
	}
	s.Key(fyne.KeyDown, fyne.KeyDown)
	if len(chosen) != 0 || v.list.at != 3 {
		t.Errorf("chosen %q, at %d", chosen, v.list.at)
	}
	s.Golden("sections")
	s.Key(fyne.KeyDown, fyne.KeyReturn)
	s.Key(fyne.KeyHome, fyne.KeySpace)
	s.Tap("Règles de la maison")
	if len(chosen) != 3 || chosen[0] != "d" || chosen[1] != "a" || chosen[2] != "c" || v.menu.Chosen() != "c" {
		t.Errorf("chosen %q, in the menu %q", chosen, v.menu.Chosen())
	}
}

// Where the window is narrow a menu says the section and leaves all the width to the body; where it is low the list scrolls.
func TestSectionsForms(t *testing.T) {
	var chosen []string
	s, v := sectionsOf(t, 792, 416, &chosen)
	s.HasNot("Société")
	if v.body.Size().Width != 776 {
		t.Errorf("the body is %g wide", v.body.Size().Width)
	}
	s.Tap("E-mail")
	s.Tap("Société")
	s.Resize(1048, 116)
	s.Has("Règles de la maison")
	if len(chosen) != 1 || v.list.rows[v.list.chosen].option.ID != "a" || v.body.Size().Width != 812 {
		t.Errorf("chosen %q, marked %d, body %g wide", chosen, v.list.chosen, v.body.Size().Width)
	}
	v.Choose("d")
	if off := scrollerOf(v.scroll).Offset.Y; off < 56 {
		t.Errorf("scrolled by %g", off)
	}
}
