package letters

import (
	"strings"
	"testing"

	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// What speaks against a formal notice is listed beside it, and beside no other letter.
func TestReadyBesideANotice(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := named(b, "Maison Orsenval")
	for _, model := range []string{letters.FormalNotice, letters.SecondReminder} {
		m := NewModel(b.Words, b.Desk.State(), []ledger.CustomerID{id}, model, nil)
		list := m.ready(m.current())
		if (len(list) > 0) != (model == letters.FormalNotice) {
			t.Errorf("%s: %q", model, list)
		}
		if len(list) > 0 && !strings.Contains(strings.Join(list, "\n"), "aucune pièce n’est jointe") {
			t.Errorf("%q", list)
		}
	}
	p := screen.Place{Customers: []ledger.CustomerID{id}, Filter: letters.FormalNotice}
	s := open(t, b, shot.Setup{}, p)
	s.Has("À regarder avant de", "vous décidez")
	s.Golden("notice_fr")
	open(t, screentest.New(t, words.FR), shot.Setup{Width: 824, Height: 544, Appearance: look.Dark}, p).Golden("notice_narrow_dark")
}
