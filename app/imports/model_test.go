package imports

import (
	"context"
	"strings"
	"testing"

	"quitus/app/desk"
	"quitus/app/screentest"
	"quitus/assets/words"
	"quitus/ledger"
	registers "quitus/ledger/imports"
)

func look2(t *testing.T, b *screentest.Bench, file string) *Session {
	t.Helper()
	p, err := b.Desk.Look(context.Background(), file, desk.Hints{}, nil)
	check(t, err)
	return NewSession(p)
}

// spaced writes every kind of space as a plain one.
func spaced(s string) string { return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s) }

func TestGood(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	m := NewModel(b.Words, b.Desk.State().Book, look2(t, b, good(t)))
	if spaced(m.Facts) != "Feuille « Clients 2026 » · titres trouvés ligne 4 · 2 lignes lues" {
		t.Error(m.Facts)
	}
	want := [4]Figure{
		{"Factures prêtes", "2", b.Words.Money(ledger.Euros(210850)), false},
		{"Clients", "2", "dont 2 nouveaux", false},
		{"Déjà connues", "0", "aucune pour l’instant", false},
		{"À corriger", "0", "Toutes les lignes sont lisibles", false},
	}
	if m.Figures != want {
		t.Errorf("figures %+v", m.Figures)
	}
	if m.Verb != TakeIn || m.VerbText != "Importer 2 factures" || len(m.Fixes) != 0 || m.Banner.Kind != NoBanner {
		t.Errorf("%v %q, %d fixes, %v", m.Verb, m.VerbText, len(m.Fixes), m.Banner)
	}
	// The column without a title and without content is not shown.
	if len(m.Columns) != 6 || spaced(m.Columns[2].Title) != "D · « Date fact. »" {
		t.Errorf("columns %+v", m.Columns)
	}
	if r := m.Rows[1]; r.Line != 6 || r.Cells[1].Text != "Hôtel Belloré" || r.Cells[2].Text != "03/09/2026" || r.Cells[4].Text != b.Words.Money(ledger.Euros(86450)) {
		t.Errorf("row %+v", r)
	}
}

func TestWhatIsWrong(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	m := NewModel(b.Words, b.Desk.State().Book, look2(t, b, mixed(t)))
	if m.FixTitle != "3 lignes à corriger" || len(m.Fixes) != 3 || m.VerbText != "Importer 52 factures" {
		t.Fatalf("%q, %d, %q", m.FixTitle, len(m.Fixes), m.VerbText)
	}
	for i, want := range []struct {
		where, sentence, second, text string
	}{
		{"Ligne 41", "« 31/09/2026 » n’existe pas", "sans doute 26/09/2026", "26/09/2026"},
		{"Ligne 58", "2 150,00 € ou 21 500,00 €", "F-2026-0354 · Atelier Nordeau", ""},
		{"Ligne 59", "Le numéro de facture est vide.", "Sans numéro, impossible de savoir", ""},
	} {
		f := m.Fixes[i]
		if f.Where != want.where || !strings.Contains(spaced(f.Sentence), want.sentence) || !strings.Contains(spaced(f.Second), want.second) || f.Text != want.text || !f.CanType {
			t.Errorf("%+v", f)
		}
	}
	var bad []string
	for _, r := range m.Rows {
		for _, c := range r.Cells {
			if c.Bad {
				bad = append(bad, c.Text)
			}
		}
	}
	if got := strings.Join(bad, ", "); got != "31/09/2026, 2 1500,00, vide" {
		t.Error("refused cells: ", got)
	}
}

func TestCorrecting(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := look2(t, b, mixed(t))
	m := NewModel(b.Words, b.Desk.State().Book, s)
	before := m.Fixes[0]
	for i, text := range []string{"26/09/2026", "2 150,00", "F-2026-0355"} {
		s = s.Correct(b.Desk, m.Fixes[i].Cell, text)
	}
	m = NewModel(b.Words, b.Desk.State().Book, s)
	if m.VerbText != "Importer 55 factures" || len(m.Fixes) != 0 || len(m.Corrected) != 3 {
		t.Fatalf("%q, fixes %+v, corrected %+v", m.VerbText, m.Fixes, m.Corrected)
	}
	if got := spaced(m.Corrected[0].Text); got != "Ligne 41, Date : 26/09/2026 (dans le fichier : 31/09/2026)" {
		t.Error(got)
	}
	if m = NewModel(b.Words, b.Desk.State().Book, s.TakeBack(b.Desk, before.Cell)); len(m.Fixes) != 1 || m.Fixes[0].Line != 41 || len(m.Corrected) != 2 {
		t.Errorf("taken back: %+v", m.Fixes)
	}
	// A correction that is wrong too keeps the line, with what was typed.
	if m = NewModel(b.Words, b.Desk.State().Book, s.Correct(b.Desk, before.Cell, "bientôt")); len(m.Fixes) != 1 || m.Fixes[0].Text != "bientôt" || !strings.Contains(m.Fixes[0].Sentence, "bientôt") {
		t.Errorf("wrong correction: %+v", m.Fixes)
	}
}

func TestMapping(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := look2(t, b, untitled(t))
	m := NewModel(b.Words, b.Desk.State().Book, s)
	if m.Verb != Off || m.Banner.Kind != Incomplete || !strings.Contains(m.Banner.Text, "N° de facture") || m.Figures[0].Value != "–" {
		t.Fatalf("%+v %+v", m.Banner, m.Figures)
	}
	if len(m.Rows) != 2 || m.Rows[0].Cells[0].Text != "tiroir du haut" {
		t.Errorf("rows %+v", m.Rows)
	}
	s = s.Map(b.Desk, 0, registers.Number)
	if m = NewModel(b.Words, b.Desk.State().Book, s); m.VerbText != "Importer 2 factures" || m.Banner.Kind != NoBanner {
		t.Errorf("%q %+v", m.VerbText, m.Banner)
	}
	// A field that another column had moves; giving it up leaves the mapping without it.
	if m = NewModel(b.Words, b.Desk.State().Book, s.Map(b.Desk, 6, registers.Customer)); m.Columns[1].Field != registers.None {
		t.Errorf("columns %+v", m.Columns)
	}
	if m = NewModel(b.Words, b.Desk.State().Book, s.Map(b.Desk, 5, registers.None)); m.Verb != Off || !strings.Contains(m.Banner.Text, "Montant TTC") {
		t.Errorf("%+v", m.Banner)
	}
}

func TestSecondImport(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	file := good(t)
	e, did, err := look2(t, b, file).TakeIn(context.Background(), b.Desk)
	if err != nil || did.New != 2 || e.Seq == 0 {
		t.Fatal(e, did, err)
	}
	s := look2(t, b, file)
	if m := NewModel(b.Words, b.Desk.State().Book, s); m.Verb != See || m.Banner.Kind != NothingNew || m.Figures[2].Value != "2" {
		t.Errorf("%v %+v %+v", m.Verb, m.Banner, m.Figures)
	}
	changed := register(t, "registre.xlsx", titles,
		[]any{"F-1", "Garage Tessonnier", nil, day(2026, 9, 2), day(2026, 10, 2), 1300, nil},
		[]any{"F-2", "Hôtel Belloré", nil, day(2026, 9, 3), day(2026, 10, 3), 864.5, nil})
	if m := NewModel(b.Words, b.Desk.State().Book, look2(t, b, changed)); m.VerbText != "Mettre à jour 1 facture" || m.Figures[2].Small != "1 sera mise à jour" {
		t.Errorf("%q %+v", m.VerbText, m.Figures[2])
	}
	// The ledger changes while the file is looked at.
	if _, _, err := b.Desk.Undo(context.Background(), e.Seq); err != nil {
		t.Fatal(err)
	}
	if m := NewModel(b.Words, b.Desk.State().Book, s.Again(b.Desk)); m.VerbText != "Importer 2 factures" {
		t.Error(m.VerbText)
	}
}

func TestSheetsAndNotes(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := look2(t, b, yearly(t))
	m := NewModel(b.Words, b.Desk.State().Book, s)
	if len(m.Tabs) != 2 || m.Tabs[0] != (Tab{"2025", 4}) || m.VerbText != "Importer 4 factures" || m.Figures[1].Value != "3" {
		t.Errorf("%+v %q %+v", m.Tabs, m.VerbText, m.Figures)
	}
	if len(m.Notes) != 2 || m.Notes[0].Code != "due_computed" || !m.Notes[0].Doubt || spaced(m.Notes[0].Title) != "2 factures sans échéance : elle est comptée à 30 jours." ||
		m.Notes[1].Code != "draft" || m.Notes[1].Doubt {
		t.Errorf("%+v", m.Notes)
	}
	if len(m.Aside) != 1 || !strings.Contains(m.Aside[0], "Congés") {
		t.Error(m.Aside)
	}
	if m = NewModel(b.Words, b.Desk.State().Book, s.Around(8)); m.Around != "Lignes 6 à 8 du fichier" || !m.Rows[2].Focus {
		t.Errorf("%q %+v", m.Around, m.Rows)
	}
	if m = NewModel(b.Words, b.Desk.State().Book, s.Look(1)); len(m.Rows) != 1 || m.Rows[0].Cells[0].Text != "F-26-1" {
		t.Errorf("%+v", m.Rows)
	}
	// What one sheet's column is taken for counts for the other's too.
	if m = NewModel(b.Words, b.Desk.State().Book, s.Map(b.Desk, 3, registers.None).Look(1)); m.Columns[3].Field != registers.None {
		t.Errorf("%+v", m.Columns)
	}
}

func TestRefusedKinds(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	for kind, code := range map[string]string{
		"planning": "no_header", "empty": "empty", "customers": "not_a_register", "truncated": "damaged",
		"picture": "unsupported_format", "missing": "file_unreadable",
	} {
		_, err := b.Desk.Look(context.Background(), refused(t, kind), desk.Hints{Kind: desk.Register}, nil)
		if got := ledger.CodeOf(err); got != code {
			t.Errorf("%s: %s, want %s", kind, got, code)
		}
		if s := b.Words.Error(err); strings.HasPrefix(s, "[") {
			t.Errorf("%s: no sentence: %s", kind, s)
		}
	}
}

func TestManyProblems(t *testing.T) {
	var lines [][]any
	for range 60 {
		lines = append(lines, []any{nil, "Garage Tessonnier", nil, day(2026, 9, 2), nil, 100, nil})
	}
	b := screentest.Empty(t, words.FR)
	m := NewModel(b.Words, b.Desk.State().Book, look2(t, b, register(t, "x.xlsx", titles, append(lines, []any{"F-1", "Garage Tessonnier", nil, day(2026, 9, 2), nil, 100, nil})...)))
	if len(m.Fixes) != mostFixes || !strings.Contains(m.MoreFixes, "40 autres lignes") || len(m.Rows) > firstLines+badLines {
		t.Errorf("%d fixes, %q, %d rows", len(m.Fixes), m.MoreFixes, len(m.Rows))
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string][2]string{
		"Le numéro est vide. Sans numéro, rien.": {"Le numéro est vide.", "Sans numéro, rien."},
		"« 12. 03 » n’est pas une date. Écrivez": {"« 12. 03 » n’est pas une date.", "Écrivez"},
		"Facture annulée.":                       {"Facture annulée.", ""},
	} {
		if a, b := sentences(text); a != want[0] || b != want[1] {
			t.Errorf("%q: %q, %q", text, a, b)
		}
	}
}

// Of many columns those that make an invoice come first; choosing what one holds moves none.
func TestManyColumns(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	head := []any{"Commercial", "Statut", "Adresse", "Ville", "Zone", "Montant TTC", "Échéance", "Date", "Client", "N° facture"}
	line := []any{"Paul", "envoyée", "1 rue Basse", "Rennes", "Ouest", 1244, day(2026, 10, 2), day(2026, 9, 2), "Garage Tessonnier", "F-1"}
	s := look2(t, b, register(t, "large.xlsx", head, line, line))
	order := func(s *Session) string {
		var out []string
		for _, c := range NewModel(b.Words, b.Desk.State().Book, s).Columns {
			out = append(out, c.Title[:1])
		}
		return strings.Join(out, "")
	}
	got := order(s)
	if !strings.HasPrefix(got, "JIHGF") {
		t.Error(got)
	}
	if after := order(s.Map(b.Desk, 0, registers.Number)); after != got {
		t.Errorf("%s after %s", after, got)
	}
}

func TestCustomersAboveTheirInvoices(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	m := NewModel(b.Words, b.Desk.State().Book, look2(t, b, register(t, "balance.xlsx", []any{"N° facture", "Date", "Échéance", "Montant TTC"},
		[]any{"Garage Tessonnier"},
		[]any{"F-1", day(2026, 9, 2), day(2026, 10, 2), 100},
		[]any{"F-2", day(2026, 9, 3), day(2026, 10, 3), 200},
		[]any{"Hôtel Belloré"},
		[]any{"F-3", day(2026, 9, 4), day(2026, 10, 4), 300},
		[]any{"F-4", day(2026, 9, 4), day(2026, 10, 4), 400})))
	if c := m.Columns[0]; !c.Above || m.Rows[2].Cells[0].Text != "Hôtel Belloré" {
		t.Errorf("%+v %+v", m.Columns, m.Rows)
	}
}
