package settings

import (
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

func TestPictures(t *testing.T) {
	open(t, screentest.New(t, words.FR), shot.Setup{}).Golden("company_fr")
	open(t, screentest.New(t, words.EN), shot.Setup{}).Golden("company_en")
	open(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark}).Golden("company_dark")
	open(t, screentest.Empty(t, words.FR), shot.Setup{}).Golden("empty_fr")
	open(t, screentest.New(t, words.FR), shot.Setup{Scale: look.Large, Width: 1050, Height: 736}).Golden("company_large")
	s := open(t, screentest.New(t, words.FR), shot.Setup{})
	s.Tap("Sauvegarde et journal")
	s.Golden("safety_fr")
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
	s.Tap("Colonnes des fichiers")
	s.Golden("mappings_empty_fr")
	b.Chosen = shared
	s.Tap("Reprendre d’un fichier ou d’un autre dossier…")
	s = open(t, b, shot.Setup{})
	s.Tap("Colonnes des fichiers")
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
	s.Tap("Colonnes des fichiers")
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
