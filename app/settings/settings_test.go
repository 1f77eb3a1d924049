package settings

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/letters"
)

func open(t *testing.T, b *screentest.Bench, s shot.Setup) *shot.Screen {
	t.Helper()
	if s.Width == 0 {
		s.Width, s.Height = 1080, 744
	}
	return shot.Open(t, s, func() fyne.CanvasObject {
		v := New(b.Context)
		v.Show(screen.Place{Screen: screen.Settings})
		return v.Object()
	})
}

// section chooses a section in the list, or in the menu that takes its place in a narrow window.
func section(s *shot.Screen, word string) {
	if _, listed := s.Find(word); !listed {
		s.Tap("Société et affichage")
	}
	s.Tap(word)
}

// A place names a section, in a wide window and in a narrow one, and each section has its word once in list and menu.
func TestPlaceNamesASection(t *testing.T) {
	for width, listed := range map[float32]bool{1080: true, 824: false} {
		b := screentest.New(t, words.FR)
		var v *view
		s := shot.Open(t, shot.Setup{Width: width, Height: 744}, func() fyne.CanvasObject {
			v = New(b.Context).(*view)
			return v.Object()
		})
		seen := map[string]bool{}
		for _, o := range sectionList(b.Context) {
			v.Show(screen.Place{Screen: screen.Settings, Filter: o.ID})
			s.Settle()
			if string(v.section) != o.ID || v.part(v.section) != v.body.Objects[0] || seen[o.Word] {
				t.Errorf("%s shows %s", o.ID, v.section)
			}
			seen[o.Word] = true
			s.Has(o.Word)
			if _, other := s.Find("Ce que Quitus a appris"); !other && (listed || o.ID == string(LearntSection)) {
				t.Errorf("at %g, %s: the list of sections is not there", width, o.ID)
			} else if other && !listed && o.ID != string(LearntSection) {
				t.Errorf("at %g, %s: the list of sections is there", width, o.ID)
			}
		}
		v.Show(screen.Place{Screen: screen.Settings, Filter: "unknown"})
		if len(seen) != 11 || v.section != SafetySection {
			t.Errorf("%d sections, %s shown", len(seen), v.section)
		}
	}
}

func TestPictures(t *testing.T) {
	open(t, screentest.New(t, words.FR), shot.Setup{}).Golden("company_fr")
	open(t, screentest.New(t, words.EN), shot.Setup{}).Golden("company_en")
	open(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark}).Golden("company_dark")
	open(t, screentest.Empty(t, words.FR), shot.Setup{}).Golden("empty_fr")
	open(t, screentest.New(t, words.FR), shot.Setup{Scale: look.Large, Width: 1050, Height: 736}).Golden("company_large")
	s := open(t, screentest.New(t, words.FR), shot.Setup{})
	s.Tap("Sauvegarde et journal")
	s.Golden("safety_fr")
	s = open(t, screentest.New(t, words.FR), shot.Setup{Width: 824, Height: 544})
	section(s, "Sauvegarde et journal")
	s.Golden("safety_narrow")
}

// The usual envelope follows the country; another that was chosen stays.
func TestEnvelopeFollowsTheCountry(t *testing.T) {
	m := NewModel(screentest.New(t, words.FR).Words, screentest.New(t, words.FR).Desk.State())
	m.SetEnvelope("fr_dl_right")
	if m.Changed() {
		t.Error("the usual envelope is a change")
	}
	m.SetCountry("CH")
	if got := letters.EnvelopeOf(m.Now); got != "ch_c5_right" {
		t.Errorf("in Switzerland: %s", got)
	}
	m.SetEnvelope("ch_c5_left")
	m.SetCountry("FR")
	if m.Now.Envelope != "ch_c5_left" || m.Wrong() != 0 {
		t.Errorf("chosen: %q, wrong %d", m.Now.Envelope, m.Wrong())
	}
}

// A signature shows below the head of the letters, and can be taken away.
func TestSignatureLooks(t *testing.T) {
	b := screentest.New(t, words.FR)
	p := image.NewGray(image.Rect(0, 0, 300, 88))
	for i := range p.Pix {
		p.Pix[i] = uint8(i * 7)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, p); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Desk.SaveSignature(t.Context(), picture.Bytes()); err != nil {
		t.Fatal(err)
	}
	s := open(t, b, shot.Setup{})
	s.Golden("signature_fr")
	s.Tap("Retirer")
	if b.Desk.State().Book.Company().SignedBy != "" {
		t.Error("the signature is still there")
	}
}

func TestWrongIBANKeepsSaveOff(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := NewModel(b.Words, b.Desk.State())
	if m.Changed() || m.Wrong() != 0 {
		t.Fatalf("fresh: changed %v, wrong %d", m.Changed(), m.Wrong())
	}
	m.Set("iban", "FR76 9999 9999 0100 0447 1000 922")
	if m.Check("iban") == "" || m.Wrong() != 1 || !m.Changed() {
		t.Errorf("a wrong IBAN: %q, wrong %d", m.Check("iban"), m.Wrong())
	}
	m.Set("iban", "FR76 9999 9999 0100 0447 1000 022")
	if m.Check("iban") != "" || m.Changed() {
		t.Errorf("the right IBAN again: %q, changed %v", m.Check("iban"), m.Changed())
	}
	m.Set("capital", "20 000")
	if m.Now.Capital != "20000.00 EUR" {
		t.Errorf("capital: %q", m.Now.Capital)
	}
}

// The country decides how numbers are read; a VAT number of another company is doubted, and may be saved.
func TestNumbersOfTheCompany(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := NewModel(b.Words, b.Desk.State())
	for _, x := range []struct{ country, siren, vat, shownSIREN, shownVAT, wrong, doubt string }{
		{"FR", "732829320 00074", "44 732 829 320", "732 829 320", "FR44732829320", "", ""},
		{"FR", "732829321", "FR44732829321", "732 829 321", "FR44732829321", "siren vat", ""},
		{"FR", "732829320", "FR40303265045", "732 829 320", "FR40303265045", "", "vat"},
		{"BE", "428759497", "BE 0428.759.497", "0428.759.497", "BE0428759497", "", ""},
		{"BE", "428759498", "BE 0403.170.701", "428 759 498", "BE0403170701", "siren", ""},
		{"CH", "107787577", "CHE-107.787.577 TVA", "CHE-107.787.577", "CHE-107.787.577", "", ""},
		{"LU", "B 12345", "15027442", "B 12345", "LU15027442", "", ""},
		{"MC", "99 S 04567", "", "99 S 04567", "", "", ""},
	} {
		m.SetCountry(x.country)
		m.Set("siren", x.siren)
		m.Set("vat", x.vat)
		wrong, doubt := "", ""
		for _, name := range []string{"siren", "vat"} {
			if m.Check(name) != "" {
				wrong += " " + name
			}
			if m.Doubt(name) != "" {
				doubt += " " + name
			}
		}
		if m.Text("siren") != x.shownSIREN || m.Text("vat") != x.shownVAT || strings.TrimSpace(wrong) != x.wrong || strings.TrimSpace(doubt) != x.doubt {
			t.Errorf("%+v: %q %q, wrong%s, doubtful%s", x, m.Text("siren"), m.Text("vat"), wrong, doubt)
		}
	}
	m.SetCountry("BE")
	m.Set("siren", "732 829 320 00074")
	if m.SetCountry("FR"); m.Text("siren") != "732 829 320" {
		t.Errorf("typed before the country was chosen: %q", m.Text("siren"))
	}
}

func TestNumbersLook(t *testing.T) {
	for _, x := range []struct {
		name        string
		appearance  look.Appearance
		siren, vat  string
		saved, says string
	}{
		{"numbers_fr", look.Light, "732829321", "FR41303265045", "", "2 champs à corriger"},
		{"numbers_dark", look.Dark, "732 829 320 00074", "40 303 265 045", "732829320", "lequel"},
	} {
		b := screentest.Empty(t, words.FR)
		s := open(t, b, shot.Setup{Appearance: x.appearance, Width: 1080, Height: 880}) // high enough for the form not to scroll to the next field
		s.Tap("Nom")
		s.Type("Plomberie Durand")
		s.Tap("SIREN")
		s.Type(x.siren)
		s.Tap("N° de TVA")
		s.Type(x.vat)
		s.Key(fyne.KeyTab)
		s.Has(x.says)
		s.Golden(x.name)
		s.Tap("Enregistrer")
		if c := b.Desk.State().Book.Company(); c.SIREN != x.saved {
			t.Errorf("%s: %+v saved, errors %v", x.name, c, b.Errors)
		}
	}
}

// Putting back what is recorded puts the country back too.
func TestCountryIsPutBack(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := open(t, b, shot.Setup{})
	s.Tap("France")
	s.Tap("Belgique")
	s.Has("(BCE)", "entreprise belge")
	s.Tap("Annuler")
	s.Has("France", "SIREN")
	s.HasNot("(BCE)", "n’est pas un numéro")
}

func TestSavingTheCompany(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := open(t, b, shot.Setup{})
	s.Tap("Nom")
	s.Type("Plomberie Durand")
	s.Tap("Enregistrer")
	if n := b.Desk.State().Book.Company().Name; n != "Plomberie Durand" || len(b.Errors) > 0 {
		t.Errorf("saved %q, errors %v", n, b.Errors)
	}
}

func TestUndoFromTheJournal(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := open(t, b, shot.Setup{})
	s.Tap("Sauvegarde et journal")
	s.Tap("Annuler cet acte")
	s.Has("Garder")
}

func TestBackupAndVerify(t *testing.T) {
	b := screentest.New(t, words.FR)
	b.Chosen = filepath.Join(t.TempDir(), "copie.quitus")
	s := open(t, b, shot.Setup{})
	s.Tap("Sauvegarde et journal")
	s.Tap("Faire une copie…")
	s.Tap("Vérifier le dossier")
	if len(b.Errors) > 0 || len(b.Dones) != 2 {
		t.Errorf("done %q, errors %v", b.Dones, b.Errors)
	}
	if d, err := desk.Open(b.Chosen, screentest.Clock, "test"); err != nil || d.State().Book.Invoices.Len() != 250 {
		t.Errorf("the copy: %v", err)
	} else {
		d.Close()
	}
}

func TestMappings(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	shared := filepath.Join(t.TempDir(), "partage.json")
	content := `{"quitus": "mapping", "name": "Logiciel du garage", "columns": [{"title": "N° pièce", "field": "number"}, {"title": "Raison sociale", "field": "customer"}, {"title": "Obs."}, {"title": "", "field": "total"}]}`
	if err := os.WriteFile(shared, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, b, shot.Setup{})
	s.Tap("Titres de colonnes")
	s.Golden("mappings_empty_fr")
	b.Chosen = shared
	s.Tap("Reprendre d’un fichier ou d’un autre dossier…")
	s = open(t, b, shot.Setup{})
	s.Tap("Titres de colonnes")
	s.Tap("Logiciel du garage")
	s.Golden("mappings_fr")
	s.Tap("Renommer…")
	s.Key(fyne.KeyEnd)
	s.Type(" 2026")
	s.Tap("Enregistrer")
	if b.Desk.MappingNamed("Logiciel du garage 2026") == nil || len(b.Errors) > 0 {
		t.Errorf("%+v, errors %v\n%s", *b.Desk.Mappings()[0], b.Errors, s.Texts())
	}
	b.Chosen = filepath.Join(t.TempDir(), "copie.json")
	s = open(t, b, shot.Setup{Appearance: look.Dark})
	s.Tap("Titres de colonnes")
	s.Tap("Logiciel du garage 2026")
	s.Golden("mappings_dark")
	s.Tap("Partager dans un fichier…")
	if text, err := os.ReadFile(b.Chosen); err != nil || !strings.Contains(string(text), "Logiciel du garage 2026") {
		t.Errorf("%s %v", text, err)
	}
	s.Tap("Oublier")
	s.Has("Oublier la correspondance")
	s.Tap("L’oublier")
	if len(b.Desk.Mappings()) != 0 {
		t.Errorf("%+v", b.Desk.Mappings())
	}
}
