package letters

import (
	"os"
	"strings"
	"testing"

	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
)

func TestBatchLooks(t *testing.T) {
	for name, setup := range map[string]shot.Setup{"batch_fr": {}, "batch_dark": {Appearance: look.Dark}, "batch_narrow": {Width: 1024, Height: 600}} {
		s := open(t, screentest.New(t, words.FR), setup, screen.Place{})
		s.Tap("Tout en lettres")
		s.Tap("Imprimer 8 lettres")
		s.Golden(name)
	}
}

// A file for each letter, named by its place, after the list; unticked, nothing is noted.
func TestBatchApart(t *testing.T) {
	b := screentest.New(t, words.FR)
	b.Chosen = t.TempDir()
	before := b.Desk.State()
	s := open(t, b, shot.Setup{}, screen.Place{})
	s.Tap("Tout en lettres")
	s.Tap("Imprimer 8 lettres")
	s.Tap("Un PDF par lettre")
	s.Tap("Noter comme envoyées aujourd’hui")
	s.Tap("Imprimer le lot")
	files, err := os.ReadDir(b.Chosen)
	if err != nil || len(files) != 9 || files[0].Name() != "000-liste.pdf" || !strings.HasPrefix(files[8].Name(), "008-") {
		t.Errorf("%v, %v, %v", files, err, b.Errors)
	}
	if b.Desk.State() != before || len(b.Dones) != 1 {
		t.Errorf("something was noted: %v", b.Dones)
	}
}

// Without its list, a batch has a page less, and undoing it brings all letters back.
func TestBatchIsTakenBack(t *testing.T) {
	b := screentest.New(t, words.FR)
	due := b.Desk.State().LettersDue()
	s := open(t, b, shot.Setup{}, screen.Place{})
	s.Tap("Tout en lettres")
	s.Tap("Imprimer 8 lettres")
	s.Has("sur 9")
	s.Tap("Liste du lot en tête")
	s.Has("sur 8")
	s.Tap("Imprimer le lot")
	list, err := b.Desk.Journal(1)
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	if _, _, err := b.Desk.Undo(t.Context(), list[0].Seq); err != nil || b.Desk.State().LettersDue() != due || b.Desk.State().Book.Letters.Len() != 7 {
		t.Errorf("%v: %d due, %d letters", err, b.Desk.State().LettersDue(), b.Desk.State().Book.Letters.Len())
	}
}
