package ledger

import (
	"slices"
	"testing"
)

// Notes are read back as they were written: who spoke, when, and what.
func TestCallNotes(t *testing.T) {
	list := []NoteLine{
		{At: "10:40", Who: "Moi", Own: true, Text: "Appel, 4\u202f120,00\u00a0€ · rappelé"},
		{At: "10:41", Who: "Mme Lepage", Text: "Pas de facture."},
		{Text: "Une ligne d’ailleurs"},
	}
	text := WriteNotes(list)
	if want := "10:40 · – Moi · Appel, 4\u202f120,00\u00a0€ · rappelé\n10:41 · Mme Lepage · Pas de facture.\nUne ligne d’ailleurs"; text != want {
		t.Errorf("written as %q", text)
	}
	if got := ReadNotes("\n" + text + "\n \n"); !slices.Equal(got, list) {
		t.Errorf("read as %+v", got)
	}
	if got := (NoteLine{At: "10:42", Who: "A · B", Text: "deux\nlignes"}).String(); got != "10:42 · A B · deux lignes" {
		t.Errorf("written as %q", got)
	}
}
