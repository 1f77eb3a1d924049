package imports

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// month is a register as it was, and as it is a month later: two invoices settled, one below what the bank settled,
// one with another due date, two gone, two new.
func month(t testing.TB, later bool) string {
	titles := []any{"N° pièce", "Raison sociale", "Date fact.", "Échéance", "TTC", "Reste dû"}
	names := []string{"Garage Tessonnier", "Hôtel Belloré", "Maison Orsenval", "Brasserie Lunéval"}
	var lines [][]any
	for i := range 9 {
		on := day(2026, 9, 2).AddDate(0, 0, 3*i)
		amount := 1244.5 + 310*float64(i)
		lines = append(lines, []any{fmt.Sprintf("F-2026-%04d", 301+i), names[i%len(names)], on, on.AddDate(0, 1, 0), amount, amount})
	}
	lines[2][5] = 1564.5
	name := "suivi-octobre.xlsx"
	if later {
		name = "suivi-novembre.xlsx"
		lines[0][5], lines[1][5] = 0, 0
		lines[2][5] = 1000.0
		lines[3][3] = day(2026, 11, 30)
		for i := range 2 {
			on := day(2026, 11, 10+i)
			lines = append(lines, []any{fmt.Sprintf("F-2026-%04d", 310+i), "Cabinet Dervaux-Pellin", on, on.AddDate(0, 1, 0), 890.0, 890.0})
		}
		lines = append(lines[:5], lines[7:]...)
	}
	return register(t, name, titles, lines...)
}

// again imports the first register, notes a payment above it and gives the path of the second.
func again(t testing.TB, b *screentest.Bench) string {
	t.Helper()
	p, err := b.Desk.Look(context.Background(), month(t, false), desk.Hints{}, nil)
	check(t, err)
	_, err = b.Desk.TakeIn(context.Background(), p)
	check(t, err)
	id := b.Desk.State().Book.InvoicesByNumber("F-2026-0303")[0]
	_, _, err = b.Desk.Pay(context.Background(), id, b.Desk.Today(), ledger.Euros(156450), ledger.Transfer, "")
	check(t, err)
	return month(t, true)
}

func TestPicturesOfDifferences(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	file := again(t, b)
	s := open(t, b, file, shot.Setup{})
	s.Has("Changées", "Importer 2 factures")
	s.Golden("changed_fr")
	s.Tap("Plus dans la liste")
	s.Golden("gone_fr")
	open(t, b, file, shot.Setup{Appearance: look.Dark}).Golden("changed_dark")
	open(t, b, file, shot.Setup{Width: 824, Height: 544}).Golden("changed_narrow")
}

func TestDecidingAboutDifferences(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := NewSession(mustLook(t, b, again(t, b))).Begin()
	list := NewDifferences(b.Words, b.Desk.State().Book, s)
	if n := s.Differences(); n != [4]int{0, 2, 4, 2} || s.Part != PartChanged || len(list) != 4 {
		t.Fatalf("%v, part %d, %+v", n, s.Part, list)
	}
	if x := list[2]; x.Taken || x.State != ToDecide || x.Was != b.Words.Money(ledger.Euros(0)) {
		t.Errorf("%+v", x)
	}
	if x := list[3]; spaced(x.What) != "Échéance : 11/10/2026 devient 30/11/2026" || !x.Taken {
		t.Errorf("%+v", x)
	}
	// Leave the first, take the one that reopens.
	s = s.Tick(b.Desk, func(x *Difference) bool { return x.Line != list[0].Line }, list)
	if c := count(s.Preview); c.Changed != 3 || c.New != 2 {
		t.Errorf("%+v", c)
	}
	s = s.Turn(PartGone)
	gone := NewDifferences(b.Words, b.Desk.State().Book, s)
	s = s.Tick(b.Desk, func(x *Difference) bool { return x.Number == "F-2026-0306" }, gone)
	if c := count(s.Preview); c.Held != 1 || len(gone) != 2 {
		t.Errorf("%+v, %+v", c, gone)
	}
	s = s.Turn(PartNew)
	s = s.Tick(b.Desk, func(x *Difference) bool { return x.Number == "F-2026-0311" }, NewDifferences(b.Words, b.Desk.State().Book, s))
	_, did, err := s.TakeIn(context.Background(), b.Desk)
	check(t, err)
	if did.New != 1 || did.Changed != 3 || did.Held != 1 {
		t.Errorf("%+v", did)
	}
	open := map[string]int64{"F-2026-0301": 124450, "F-2026-0302": 0, "F-2026-0306": 0, "F-2026-0307": 310450}
	st := b.Desk.State()
	for number, want := range open {
		id := st.Book.InvoicesByNumber(number)
		if len(id) != 1 || st.Standings.Of(id[0]).Open != want {
			t.Errorf("%s: %v, %d open", number, id, st.Standings.Of(id[0]).Open)
		}
	}
	if len(st.Book.InvoicesByNumber("F-2026-0310")) != 0 {
		t.Error("what was left aside is there")
	}
}

func mustLook(t *testing.T, b *screentest.Bench, file string) *desk.Preview {
	t.Helper()
	p, err := b.Desk.Look(context.Background(), file, desk.Hints{}, nil)
	check(t, err)
	return p
}

// zigzag is a text whose titles say nothing.
func zigzag(t testing.TB) string {
	path := filepath.Join(t.TempDir(), "export.csv")
	check(t, os.WriteFile(path, []byte("Garage Tessonnier;;;\nZeg;Zig;Zag;Zug\nF1;DUPONT;01/09/2026;100,00\nF2;MARTIN;02/09/2026;50,00\n"), 0o600))
	return path
}

func TestPointingToTheTitles(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := open(t, b, zigzag(t), shot.Setup{})
	s.Has("Montrer où sont les titres…")
	s.Golden("refused_point_fr")
	s.Tap("Montrer où sont les titres…")
	s.Tap("Zig")
	s.Has("Titres à la ligne 2")
	s.Golden("pointing_fr")
	s.Tap("Titres à la ligne 2")
	s.Has("Titres trouvés ligne 2")
	for _, f := range []string{"N° de facture", "Client", "Date", "Montant TTC"} {
		s.Tap("Ne pas importer")
		s.Tap(f)
	}
	s.Has("Importer 2 factures", "Colonnes choisies par vous")
	s.Tap("Importer 2 factures")
	if all := b.Desk.Mappings(); len(b.Errors) > 0 || len(all) != 1 || all[0].Name != "export" {
		t.Errorf("errors %v, mappings %+v", b.Errors, all)
	}
}

func TestSavingRefusedLines(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	b.Chosen = filepath.Join(t.TempDir(), "refus.xlsx")
	s := open(t, b, mixed(t), shot.Setup{})
	s.Tap("Enregistrer ces lignes à part…")
	p := mustLook(t, b, b.Chosen)
	if len(b.Errors) > 0 || p.Refused() != 3 || len(b.Dones) != 1 {
		t.Errorf("errors %v, %d refused, %v", b.Errors, p.Refused(), b.Dones)
	}
}

func TestNamingTheMapping(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := open(t, b, good(t), shot.Setup{})
	s.Tap("Nommer…")
	s.Type("Logiciel du garage")
	s.Golden("naming_fr")
	s.Tap("Enregistrer")
	s.Has("Colonnes retenues sous le nom")
	s.Tap("Importer 2 factures")
	if b.Desk.MappingNamed("logiciel du garage") == nil {
		t.Errorf("%+v", b.Desk.Mappings())
	}
}
