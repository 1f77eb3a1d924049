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
)

// guideScreen opens the section.
func guideScreen(t *testing.T, b *screentest.Bench, s shot.Setup) (*shot.Screen, *view) {
	t.Helper()
	return openSection(t, b, s, GuideSection, 744)
}

func TestGuidesLook(t *testing.T) {
	s, _ := guideScreen(t, screentest.New(t, words.FR), shot.Setup{})
	s.Golden("guides_fr")
	s, _ = guideScreen(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark})
	s.Tap("Appels en retard")
	s.Tap("Commun\u00a0: répondeur, phrases, règles")
	s.Golden("guides_dark")
	s, _ = guideScreen(t, screentest.New(t, words.EN), shot.Setup{Width: 776, Height: 520})
	s.Golden("guides_narrow_en")
}

// Another part is shown from its first line, wherever the cursor was.
func TestGuidePartBeginsAtItsTop(t *testing.T) {
	s, v := guideScreen(t, screentest.New(t, words.FR), shot.Setup{})
	part := v.guides.m.Part
	v.guides.text.Focus()
	for range 40 {
		s.Key(fyne.KeyDown)
	}
	v.guides.list.Select(part + 1)
	v.guides.list.Select(part)
	s.Canvas.Unfocus()
	s.Golden("guides_fr")
}

// A text is edited, refused with its line, corrected, saved, and put back.
func TestGuideIsEdited(t *testing.T) {
	b := screentest.New(t, words.FR)
	s, v := guideScreen(t, b, shot.Setup{})
	before := b.Desk.State().Book
	g := v.guides
	came := g.text.Text()
	g.text.SetText(strings.Replace(came, "{company}.", "{societe}.", 1))
	s.Has("Guide «\u00a0Ouvrir\u00a0», ligne 3", "le champ «\u00a0societe\u00a0»", "à corriger", "À corriger avant d’enregistrer\u00a0: Appels en retard (Français)")
	s.Golden("guides_wrong_fr")
	s.Tap("Enregistrer")
	if b.Desk.State().Book != before {
		t.Error("a wrong text was saved")
	}
	g.text.SetText(strings.Replace(came, "Bonjour, {owner}", "Ici {owner}", 1))
	s.HasNot("à corriger")
	s.Tap("Enregistrer")
	if x := b.Desk.State().Book.Text("guide/late.fr"); x == nil || !strings.Contains(x.Body, "Ici {owner}, {company}.") || len(b.Errors) > 0 {
		t.Fatalf("%v, errors %v", x, b.Errors)
	}
	if g.m.Changed() || !g.m.Own() || g.m.PartTitle(g.m.Part) != "Ouvrir" {
		t.Errorf("changed %v, own %v, part %q", g.m.Changed(), g.m.Own(), g.m.PartTitle(g.m.Part))
	}
	s.Tap("Revenir à l’original…")
	s.Tap("Revenir à l’original")
	if b.Desk.State().Book.Texts.Len() != 0 || g.text.Text() != came || len(b.Errors) > 0 {
		t.Errorf("not as it came: errors %v, %q", b.Errors, g.text.Text())
	}
}

// What is edited in two files is saved in one act; Cancel puts both back.
func TestGuidesModel(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := NewGuides(b.Words, b.Desk.State())
	if m.Name() != "late" || m.Lang() != words.FR || m.PartTitle(m.Part) != "Ouvrir" || m.PartKind(m.Part) != "Étape" || m.Changed() {
		t.Fatalf("%s %s %q", m.Name(), m.Lang(), m.PartTitle(m.Part))
	}
	n := len(m.Parts)
	check := func() string { m.Checked(m.Checker()()); return m.Check() }

	// An @if that is not ended is told at the part it stands in, though the file is wrong only where the next one begins.
	m.Set(strings.TrimSuffix(m.Text(), "\n@hint") + "\n@if due\nOui.")
	if got := check(); m.WrongPart() != m.Part || !strings.Contains(got, "«\u00a0@if\u00a0»") {
		t.Errorf("part %d, %q", m.WrongPart(), got)
	}
	m.Choose(m.Part + 1)
	if check() != "" || m.Wrong() != 1 {
		t.Errorf("the next part: %q, wrong %d", m.Check(), m.Wrong())
	}
	m.Choose(m.Part - 1)

	// A part typed into another is one of its own; one that is emptied is gone.
	m.Set("@step open Ouvrir\n@say\nBonjour.\n\n@step greet Saluer\n@say\nVous allez bien ?")
	if check() != "" || m.Wrong() != 0 || !m.Changed() {
		t.Errorf("%q", m.Check())
	}
	m.Choose(m.Part + 1)
	if len(m.Parts) != n+1 || m.PartTitle(m.Part) != "Situer" || m.PartTitle(m.Part-1) != "Saluer" {
		t.Errorf("%d parts, chosen %q", len(m.Parts), m.PartTitle(m.Part))
	}
	m.Choose(m.Part - 1)
	m.Set("")
	m.Choose(m.Part + 1)
	if len(m.Parts) != n || m.PartTitle(m.Part) != "Situer" {
		t.Errorf("%d parts, chosen %q", len(m.Parts), m.PartTitle(m.Part))
	}

	m.Open("common", words.EN)
	m.Set(m.Text() + "\n\nAn invoice is late.")
	if m.PartTitle(m.Part) != "Répondeur" || !strings.Contains(check(), "argent") || m.WrongIn() != "Commun\u00a0: répondeur, phrases, règles (English)" {
		t.Errorf("%q %q %q", m.PartTitle(m.Part), m.Check(), m.WrongIn())
	}
	m.Set("@voicemail\nPlease call back.\n\nThank you.")
	m.Checked(m.Checker()())
	if len(m.Edited()) != 2 || m.Wrong() != 0 {
		t.Fatalf("%d edited, wrong %d", len(m.Edited()), m.Wrong())
	}
	e, err := b.Desk.SaveTexts(t.Context(), m.Edited()...)
	if err != nil || e.Count(ledger.KindText, ledger.Created) != 2 {
		t.Fatalf("%+v %v", e, err)
	}
	if _, err := b.Desk.Fill(t.Context(), func(x *ledger.Draft) error {
		x.Put(&ledger.Text{Name: "guide/preventive.fr", Body: "@title Avant\n@dance"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	old := NewGuides(b.Words, b.Desk.State())
	if old.Open("preventive", words.FR); old.WrongPart() != 0 || old.Wrong() != 0 || old.Check() == "" {
		t.Errorf("what cannot be read any more: part %d, wrong %d, %q", old.WrongPart(), old.Wrong(), old.Check())
	}
	m.Set("@voicemail\nNothing.")
	if again := m.Again(b.Desk.State()); again.Changed() || again.Name() != "common" || again.Part != m.Part || !strings.Contains(again.Text(), "Thank you.") {
		t.Errorf("%q", again.Text())
	}
}
