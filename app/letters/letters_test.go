package letters

import (
	"os"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
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

func TestTickingCounts(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := open(t, b, shot.Setup{}, screen.Place{})
	s.Has("12 lettres choisies sur 12", "Imprimer 12 lettres")
	s.At(48, 208) // the first box
	s.Has("11 lettres choisies sur 12", "Imprimer 11 lettres")
}

func TestPrintingKeepsAndMarkingSends(t *testing.T) {
	b := screentest.New(t, words.FR)
	before := b.Desk.State().Book.Letters.Len()
	s := open(t, b, shot.Setup{}, screen.Place{})
	s.Tap("Imprimer 12 lettres")
	if len(b.Errors) > 0 || len(b.Opened) != 1 {
		t.Fatalf("errors %v, opened %v", b.Errors, b.Opened)
	}
	book := b.Desk.State().Book
	if n := book.Letters.Len(); n != before+12 {
		t.Fatalf("%d letters kept", n-before)
	}
	for l := range book.Letters.All() {
		if l.On == screentest.Day && l.Sent != 0 {
			t.Errorf("%s is marked as sent by printing", l.Reference)
		}
		if _, err := b.Desk.Document(l.Hash); err != nil {
			t.Errorf("%s: %v", l.Reference, err)
		}
	}
	s.Golden("printed_fr")
	s.Tap("Marquer comme envoyées")
	book = b.Desk.State().Book
	if n := book.Letters.Len(); n != before+12 {
		t.Errorf("marking made %d more letters", n-before-12)
	}
	for l := range book.Letters.All() {
		if l.On == screentest.Day && l.Sent != screentest.Day {
			t.Errorf("%s is not marked as sent", l.Reference)
		}
	}
}

// TestWhatHasLeftIsNotProposedAgain marks letters as sent and looks again: nothing of them stays ticked.
func TestWhatHasLeftIsNotProposedAgain(t *testing.T) {
	b := screentest.New(t, words.FR)
	before := NewModel(b.Words, b.Desk.State(), nil, nil)
	s := open(t, b, shot.Setup{}, screen.Place{})
	s.Tap("Marquer comme envoyées")
	after := NewModel(b.Words, b.Desk.State(), nil, before)
	for _, c := range after.Cases {
		if c.Ticked && c.Hold != "" {
			t.Errorf("%s is still ticked: %s", c.Customer.Name, c.Hold)
		}
	}
	if n := len(after.of(Reminders)); n != 0 {
		t.Errorf("%d reminders are proposed again", n)
	}
}

func TestSavingWritesOneFileALetter(t *testing.T) {
	b := screentest.New(t, words.FR)
	b.Chosen = t.TempDir()
	s := open(t, b, shot.Setup{}, screen.Place{})
	s.Tap("Enregistrer les PDF…")
	files, err := os.ReadDir(b.Chosen)
	if err != nil || len(files) != 12 {
		t.Errorf("%d files, %v, %v", len(files), err, b.Errors)
	}
}

func TestChosenCustomers(t *testing.T) {
	b := screentest.New(t, words.FR)
	book := b.Desk.State().Book
	promised, fine := book.CustomersByName("Clinique vétérinaire Bazelot")[0], book.CustomersByName("Immobilière Corvisy")[0]
	s := open(t, b, shot.Setup{}, screen.Place{Customers: []ledger.CustomerID{promised, fine}})
	s.Has("promesse ou litige en cours", "aucune facture en retard", "0 lettre choisie sur 2")
}

func TestAnotherModelMovesTheLetter(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := NewModel(b.Words, b.Desk.State(), nil, nil)
	c := m.current()
	c.Model = letters.FormalNotice
	again := NewModel(b.Words, b.Desk.State(), nil, m)
	if len(again.of(Notices)) != len(m.of(Notices)) || again.of(Notices)[0].Customer != c.Customer {
		t.Errorf("the owner's choice of model is forgotten")
	}
}
