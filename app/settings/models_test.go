package settings

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// modelScreen opens the section.
func modelScreen(t *testing.T, b *screentest.Bench, s shot.Setup) (*shot.Screen, *view) {
	t.Helper()
	return openSection(t, b, s, ModelSection, 744)
}

func TestModelsLook(t *testing.T) {
	s, _ := modelScreen(t, screentest.New(t, words.FR), shot.Setup{})
	s.Golden("models_fr")
	s, _ = modelScreen(t, screentest.New(t, words.FR), shot.Setup{Width: 1400, Height: 844})
	s.Golden("models_wide")
	s, v := modelScreen(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark})
	v.models.open(letters.FormalNotice, words.DE)
	s.Golden("models_dark")
	s, _ = modelScreen(t, screentest.Empty(t, words.EN), shot.Setup{Width: 776, Height: 520})
	s.Golden("models_narrow_empty_en")
}

// A text is edited with the page beside it, refused with its line, corrected, saved, and put back.
func TestModelIsEdited(t *testing.T) {
	b := screentest.New(t, words.FR)
	s, v := modelScreen(t, b, shot.Setup{})
	before := b.Desk.State().Book
	g := v.models
	came := g.text.Text()
	page := g.shown
	if page == nil || g.found.Sample {
		t.Fatalf("no page of a customer: %+v", g.found)
	}
	g.text.SetText(strings.Replace(came, "{total}", "{totale}", 1))
	s.Has("Modèle «\u00a01re relance\u00a0», ligne 11", "le champ «\u00a0totale\u00a0»", "à corriger", "À corriger avant d’enregistrer\u00a0: 1re relance (Français)", "L’aperçu revient")
	if g.shown != page {
		t.Error("the page before is gone")
	}
	s.Golden("models_wrong_fr")
	s.Tap("Enregistrer")
	if b.Desk.State().Book != before {
		t.Error("a wrong text was saved")
	}
	g.text.SetText(strings.ReplaceAll(strings.Replace(came, "Sans doute", "Peut-être", 1), "{deadline}", "bientôt"))
	s.Has("Ce texte n’a plus\u00a0: Date limite.", "modifié, pas enregistré")
	if g.shown == page || len(b.Errors) > 0 {
		t.Errorf("the page is not drawn anew; errors %v", b.Errors)
	}
	s.Golden("models_lacks_fr")
	s.Tap("Enregistrer")
	if x := b.Desk.State().Book.Text("model/first_reminder.fr"); x == nil || !strings.Contains(x.Body, "au plus tard le **bientôt**") || len(b.Errors) > 0 {
		t.Fatalf("%v, errors %v", x, b.Errors)
	}
	if g.m.Changed() || !g.m.Own() || g.m.State(letters.FirstReminder) != ModelDoubtful {
		t.Errorf("changed %v, own %v, state %v", g.m.Changed(), g.m.Own(), g.m.State(letters.FirstReminder))
	}
	g.text.SetText(came)
	s.Tap("Annuler")
	s.Has("Abandonner vos modifications", "1re relance (Français)")
	s.Tap("Continuer à écrire")
	if !g.m.Changed() || !v.Unsaved() {
		t.Error("lost without being asked")
	}
	s.Tap("Annuler")
	s.Tap("Abandonner")
	if g.m.Changed() || v.Unsaved() || !strings.Contains(g.text.Text(), "bientôt") {
		t.Error("not given up")
	}
	s.Tap("Revenir au texte d’origine…")
	s.Tap("Revenir au texte d’origine")
	if b.Desk.State().Book.Texts.Len() != 0 || g.text.Text() != came || len(b.Errors) > 0 {
		t.Errorf("not as it came: errors %v, %q", b.Errors, g.text.Text())
	}
}

// A field is chosen from the menu, with its value in the case shown, and stands at the cursor; it can be undone.
func TestFieldIsOffered(t *testing.T) {
	b := screentest.New(t, words.FR)
	s, v := modelScreen(t, b, shot.Setup{})
	g := v.models
	came := g.text.Text()
	g.text.Focus()
	s.Tap("Insérer un champ…")
	s.Golden("models_fields_fr")
	s.Tap("Votre e-mail\u00a0: claire@valdore.example")
	if got := g.text.Text(); !strings.HasPrefix(got, "{email}"+came[:10]) || got != g.m.Text() {
		t.Errorf("%.60q", got)
	}
	g.text.Entry().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutUndo{})
	if g.text.Text() != came || g.m.Changed() {
		t.Errorf("not undone: %.60q", g.text.Text())
	}
}

// What is edited in two languages is saved in one act; Cancel puts all back once the owner agrees.
func TestModelsModel(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := NewModels(b.Words, b.Desk.State())
	if m.Name() != letters.FirstReminder || m.Lang() != words.FR || m.Changed() || len(m.files) != 4*len(letters.Models()) {
		t.Fatalf("%s %s", m.Name(), m.Lang())
	}
	names, _ := listed()
	if len(names) != len(letters.Models()) {
		t.Errorf("%d models are listed", len(names))
	}
	check := func() { m.Checked(m.Checker()()) }
	m.Set(m.Text() + "\n\n@if claim\nOui.\n")
	check()
	if got := m.Check(); m.Wrong() != 1 || !strings.Contains(got, "n’est pas refermé") || !strings.Contains(got, "1re relance") {
		t.Errorf("%d %q", m.Wrong(), got)
	}
	m.Set(m.Text() + "\n@end\n\nS'y ajoutent {flat}. Vous aviez promis {promised}.")
	check()
	if got := m.Doubt(); m.Wrong() != 0 || !strings.Contains(got, "Indemnité par facture") || !strings.Contains(got, "Montant promis") {
		t.Errorf("%d %q", m.Wrong(), got)
	}
	m.Open(letters.Quitus, words.NL)
	m.Set("@subject kwijting\n\n{total}\n\n@table\n\n@signature")
	check()
	if got := m.Doubt(); !strings.Contains(got, "Total en toutes lettres") || len(m.Edited()) != 2 || m.State(letters.Quitus) != ModelEdited || m.State(letters.FirstReminder) != ModelAsItCame {
		t.Errorf("%q, %d edited", got, len(m.Edited()))
	}
	e, err := b.Desk.SaveModels(t.Context(), m.Edited()...)
	if err != nil || e.Count(ledger.KindText, ledger.Created) != 2 {
		t.Fatalf("%+v %v", e, err)
	}
	if _, err := b.Desk.Fill(t.Context(), func(x *ledger.Draft) error {
		x.Put(&ledger.Text{Name: "model/pre_due.fr", Body: "@subject a\n@dance"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	old := NewModels(b.Words, b.Desk.State())
	if old.Open(letters.PreDue, words.FR); old.Wrong() != 0 || old.State(letters.PreDue) != ModelWrong || !strings.Contains(old.Check(), "ligne 2") {
		t.Errorf("what cannot be read any more: %d %q", old.Wrong(), old.Check())
	}
	if got := old.FieldWord("total", strings.Repeat("x", 90)); got != "Total à régler\u00a0: "+strings.Repeat("x", mostOfValue)+"…" {
		t.Error(got)
	}
}
