package dialogs

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// withCase gives the sample company with a customer of late invoices, a formal notice, documents and calls.
func withCase(t *testing.T, lang words.Lang) (*screentest.Bench, ledger.CustomerID) {
	t.Helper()
	b, ctx := screentest.New(t, lang), context.Background()
	id, invoice := owing(t, b)
	dir := t.TempDir()
	for _, x := range []struct {
		name string
		of   ledger.InvoiceID
	}{{"Facture et bon de livraison signé par le chef de chantier, exemplaire client.pdf", invoice}, {"Conditions générales.pdf", 0}} {
		path := filepath.Join(dir, x.name)
		if err := os.WriteFile(path, []byte("%PDF- "+x.name), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Desk.Attach(ctx, path, id, x.of); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.Desk.Fill(ctx, func(d *ledger.Draft) error {
		d.Put(&ledger.Call{Customer: id, On: screentest.Day.Add(-9), Reach: ledger.Reached, Notes: "Secret du dirigeant"})
		d.Put(&ledger.Call{Customer: id, On: screentest.Day.Add(-3), Reach: ledger.Voicemail})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	w, err := b.Desk.Writer().Write(desk.LetterRequest{Customer: id, Model: letters.FormalNotice})
	if err == nil {
		_, err = b.Desk.KeepLetters(ctx, []*desk.Written{w})
	}
	if err != nil {
		t.Fatal(err)
	}
	return b, id
}

// notice is the newest letter.
func notice(b *screentest.Bench) *ledger.Letter {
	s := b.Desk.State()
	return s.Book.Letters.Get(s.Book.Last(ledger.KindLetter))
}

func TestHandoverLooks(t *testing.T) {
	for name, setup := range map[string]shot.Setup{"handover_fr": {}, "handover_dark": {Appearance: look.Dark}, "handover_narrow": {Width: 1024, Height: 600}} {
		b, id := withCase(t, words.FR)
		s := stage(t, setup)
		Handover(b.Context, id, nil)
		s.Golden(name)
	}
	b, id := withCase(t, words.EN)
	s := stage(t, shot.Setup{Width: 1280, Height: 1500})
	Handover(b.Context, id, nil)
	s.Tap("Show")
	s.Tap("Show")
	s.Golden("handover_steps_en")
}

// The files are written where the owner says, hold what is ticked and nothing else, and the case is recorded.
func TestHandoverRecords(t *testing.T) {
	b, id := withCase(t, words.FR)
	dir := filepath.Join(t.TempDir(), "pour l’avocat")
	b.Chosen = dir
	s := stage(t, shot.Setup{})
	told := 0
	Handover(b.Context, id, func() { told++ })
	s.Type("Me Martin")
	s.Tap("Conditions générales.pdf · client")
	s.Tap("Aperçu du dossier")
	if len(b.Opened) != 1 || len(b.Desk.State().HandedOver()) != 0 {
		t.Fatalf("the preview was recorded, or not shown: %v %v", b.Opened, b.Errors)
	}
	s.Tap("Constituer et transmettre…")
	if len(b.Errors) > 0 || told != 1 || len(b.Dones) != 1 || b.Desk.State().HandedOver()[id] != screentest.Day {
		t.Fatalf("%v, told %d times, %v", b.Errors, told, b.Dones)
	}
	found, _ := filepath.Glob(filepath.Join(dir, "*.zip"))
	if len(found) != 1 {
		t.Fatal(found)
	}
	data, _ := os.ReadFile(found[0])
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	all := strings.Join(names, " ")
	if !strings.Contains(all, "Facture-et-bon") || !strings.Contains(all, "Mise-en-demeure") || strings.Contains(all, "Conditions") || strings.Contains(all, "Notes-d-appel") {
		t.Error(all)
	}
	for _, a := range b.Desk.State().Book.ActionsOf(id) {
		if a.Step == ledger.StepOfHandover && a.To != "un avocat (Me Martin)" {
			t.Errorf("%q", a.To)
		}
	}
}

// A case of which nothing is late is no case.
func TestHandoverRefuses(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := b.Desk.State()
	for c := range s.Book.Customers.All() {
		if s.Book.Summary(c.ID, s.Standings).OverdueCount == 0 {
			stage(t, shot.Setup{})
			Handover(b.Context, c.ID, nil)
			break
		}
	}
	if len(b.Errors) != 1 || ledger.CodeOf(b.Errors[0]) != "handover_nothing_late" {
		t.Error(b.Errors)
	}
}

func TestRegisteredLooks(t *testing.T) {
	for name, setup := range map[string]shot.Setup{"registered_fr": {}, "registered_dark": {Appearance: look.Dark}} {
		b, _ := withCase(t, words.FR)
		s := stage(t, setup)
		Registered(b.Context, notice(b).ID, nil)
		s.Type("RB123456785GB")
		s.Tap("Non réclamée")
		s.Golden(name)
	}
	b, _ := withCase(t, words.EN)
	s := stage(t, shot.Setup{Width: 1024, Height: 600})
	Registered(b.Context, notice(b).ID, nil)
	s.Type("RB123456786US")
	s.Tap("Delivered")
	s.Tap("Save")
	s.Has("the check digit does not fit")
	s.Golden("registered_wrong_en_narrow")
	if !notice(b).Registered.IsZero() {
		t.Error("something was recorded")
	}
}

func TestRegisteredRecords(t *testing.T) {
	b, _ := withCase(t, words.FR)
	scan := filepath.Join(t.TempDir(), "preuve de dépôt.pdf")
	if err := os.WriteFile(scan, []byte("%PDF-"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Chosen = scan
	s := stage(t, shot.Setup{})
	told := 0
	Registered(b.Context, notice(b).ID, func() { told++ })
	s.Type("rb 123 456 785 gb")
	s.Tap("Joindre le scan…")
	s.Has("preuve de dépôt.pdf")
	s.Tap("Liste pour la poste…")
	s.Tap("Enregistrer")
	r := notice(b).Registered
	if len(b.Errors) > 0 || told != 1 || r.Number != "RB123456785GB" || r.Posted != screentest.Day || r.Proof == 0 || r.Outcome != ledger.MailNotYetBack || len(b.Opened) != 1 {
		t.Errorf("%v %+v %v", b.Errors, r, b.Opened)
	}
}

// What speaks against handing over now is told beside what the file lacks: a promise that still runs.
func TestHandoverTellsOfPromises(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := garage(t, b)
	if _, _, err := b.Desk.Promise(t.Context(), ledger.Promise{Customer: id, Due: screentest.Day + 5, Amount: ledger.Euros(100000)}); err != nil {
		t.Fatal(err)
	}
	m := newHandoverModel(b.Desk, b.Words, id)
	c, err := m.gathering()()
	if err != nil {
		t.Fatal(err)
	}
	m.Case = c
	told := false
	for _, l := range m.lacks() {
		told = told || l.Check && strings.Contains(l.Text, "promis pour le")
	}
	if !told {
		t.Errorf("%+v", m.lacks())
	}
}
