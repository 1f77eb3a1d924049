package letters

import (
	"context"
	"os"
	"slices"
	"strings"
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
	open(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark}, screen.Place{}).Golden("sample_dark")
	open(t, screentest.New(t, words.FR), shot.Setup{Width: 824, Height: 544}, screen.Place{}).Golden("sample_narrow")
	open(t, screentest.Empty(t, words.FR), shot.Setup{}, screen.Place{}).Golden("empty_fr")
	b := screentest.New(t, words.EN)
	open(t, b, shot.Setup{}, screen.Place{Customers: []ledger.CustomerID{named(b, "Maison Orsenval")}, Filter: letters.FormalNotice}).Golden("notice_en")
	b = screentest.New(t, words.FR)
	s := open(t, b, shot.Setup{Appearance: look.Dark}, screen.Place{})
	s.Tap("Tout en lettres")
	s.Golden("paper_dark")
	s.Tap("Faites")
	s.Golden("made_dark")
}

func named(b *screentest.Bench, name string) ledger.CustomerID {
	return b.Desk.State().Book.CustomersByName(name)[0]
}

func TestTickingCounts(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := open(t, b, shot.Setup{}, screen.Place{})
	s.Has("8 lettres choisies sur 15", "Approuver 8 e-mails")
	s.At(48, 296) // the first box
	s.Has("7 lettres choisies sur 15", "Approuver 7 e-mails")
	s.Tap("Tout en lettres")
	s.Has("7 lettres choisies sur 15", "Imprimer 7 lettres")
	s.HasNot("Tout en lettres")
}

// Printing records the letters as sent and does their tasks, as one batch; the agenda asks for nothing of it any more.
func TestPrintingDoesTheTasks(t *testing.T) {
	b := screentest.New(t, words.FR)
	before := b.Desk.State()
	s := open(t, b, shot.Setup{}, screen.Place{})
	s.Tap("Tout en lettres")
	s.Tap("Imprimer 8 lettres")
	if len(b.Opened) != 0 || b.Desk.State() != before {
		t.Fatal("printed before the batch was looked at")
	}
	s.Tap("Imprimer le lot")
	if len(b.Errors) > 0 || len(b.Opened) != 1 || len(b.Dones) != 1 {
		t.Fatalf("errors %v, opened %v, said %v", b.Errors, b.Opened, b.Dones)
	}
	after := b.Desk.State()
	if n, m := after.Book.Letters.Len()-before.Book.Letters.Len(), after.Book.Actions.Len()-before.Book.Actions.Len(); n != 8 || m != 8 {
		t.Errorf("%d letters, %d actions", n, m)
	}
	for l := range after.Book.Letters.All() {
		if _, err := b.Desk.Document(l.Hash); l.Sent == 0 || err != nil {
			t.Errorf("%s: sent %s, %v", l.Reference, l.Sent, err)
		}
	}
	m := NewModel(b.Words, after, nil, "", nil)
	for _, c := range m.Cases {
		for _, w := range NewModel(b.Words, before, nil, "", nil).Cases {
			if w.Ticked && w.Customer.ID == c.Customer.ID && c.Hold == "" {
				t.Errorf("%s is to be written to again: %s", c.Customer.Name, c.Model)
			}
		}
	}
}

// Approved e-mails wait in the outbox, where each can be read and taken back.
func TestApprovingFillsTheOutbox(t *testing.T) {
	b := screentest.New(t, words.FR)
	due := b.Desk.State().LettersDue()
	s := open(t, b, shot.Setup{}, screen.Place{})
	s.Tap("Approuver 8 e-mails")
	if len(b.Errors) > 0 || len(b.Opened) != 0 {
		t.Fatalf("errors %v, opened %v", b.Errors, b.Opened)
	}
	if n := len(b.Desk.State().Outbox()); n != 8 {
		t.Fatalf("%d wait", n)
	}
	s = open(t, b, shot.Setup{}, screen.Place{Filter: string(Outbox)})
	s.Has("À envoyer", "Cet e-mail", "Ne pas envoyer", "8 e-mails en attente d’envoi")
	s.Golden("outbox_fr")
	s.Tap("Ne pas envoyer")
	if n, now := len(b.Desk.State().Outbox()), b.Desk.State().LettersDue(); n != 7 || now != due-7 {
		t.Errorf("%d wait, %d are due", n, now)
	}
}

func TestSavingWritesOneFileALetter(t *testing.T) {
	b := screentest.New(t, words.FR)
	b.Chosen = t.TempDir()
	s := open(t, b, shot.Setup{}, screen.Place{})
	s.Tap("Tout en lettres")
	s.Tap("Enregistrer les PDF…")
	files, err := os.ReadDir(b.Chosen)
	if err != nil || len(files) != 8 {
		t.Errorf("%d files, %v, %v", len(files), err, b.Errors)
	}
}

func TestChosenCustomers(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := open(t, b, shot.Setup{}, screen.Place{Customers: []ledger.CustomerID{named(b, "Clinique vétérinaire Bazelot"), named(b, "Maison Orsenval")}})
	s.Has("Promise pour le 27/11/2026.", "À faire d’abord", "0 lettre choisie sur 2", "Pour 2 clients seulement")
}

// A customer who was contacted of late is written to for a reason, which the owner gives.
func TestGoingPastARuleAsksWhy(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := named(b, "Cabinet Dervaux-Pellin")
	invoices := []ledger.InvoiceID{}
	for _, i := range b.Desk.State().Book.InvoicesOf(id) {
		if b.Desk.State().Standings.Of(i).DaysLate > 0 {
			invoices = append(invoices, i)
		}
	}
	if _, err := b.Desk.RecordSteps(context.Background(), invoices, ledger.StepCall, 1, screentest.Day.Add(-1), ""); err != nil {
		t.Fatal(err)
	}
	s := open(t, b, shot.Setup{}, screen.Place{Customers: []ledger.CustomerID{id}, Filter: letters.FirstReminder})
	s.At(48, 288)
	s.Has("Écrire quand même à Cabinet Dervaux-Pellin\u202f?", "Votre raison")
	s.Golden("why_fr")
	s.Type("il l’a demandé")
	s.Tap("Écrire quand même")
	s.Has("1 lettre choisie sur 1")
	s.Tap("Imprimer 1 lettre")
	s.Tap("Imprimer le lot")
	for a := range b.Desk.State().Book.Actions.All() {
		if a.Why == "il l’a demandé" && a.Letter != 0 {
			return
		}
	}
	t.Errorf("the reason is not kept: %v, %v", b.Errors, b.Dones)
}

// What has left is no longer ticked, also where it does not change what is due.
func TestWhatHasLeftIsNotTickedAgain(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := named(b, "Maison Orsenval")
	m := NewModel(b.Words, b.Desk.State(), []ledger.CustomerID{id}, letters.StatementOfAccount, nil)
	m.Cases[0].Ticked = true
	if again := NewModel(b.Words, b.Desk.State(), []ledger.CustomerID{id}, "", m); !again.Cases[0].Ticked || again.Cases[0].Model != letters.StatementOfAccount {
		t.Error("what was ticked is forgotten")
	}
	if _, err := b.Desk.DoLetters(context.Background(), b.Desk.PrepareLetters(context.Background(), m.orders(m.Cases), nil)); err != nil {
		t.Fatal(err)
	}
	if again := NewModel(b.Words, b.Desk.State(), []ledger.CustomerID{id}, "", m); again.Cases[0].Ticked {
		t.Error("a letter that has left is still ticked")
	}
}

// Every model can be chosen for a customer; what the ledger does not hold is said in the letter's place.
func TestAnyModel(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := named(b, "Maison Orsenval")
	c := NewModel(b.Words, b.Desk.State(), []ledger.CustomerID{id}, "", nil).Cases[0]
	if len(c.models()) < 16 {
		t.Errorf("%v", c.models())
	}
	wrong := map[string]string{}
	for _, model := range c.models() {
		m := NewModel(b.Words, b.Desk.State(), []ledger.CustomerID{id}, model, nil)
		if k := m.Cases[0]; k.Model != model || m.current() != k {
			t.Errorf("%s is not shown", model)
		}
		for _, x := range b.Desk.PrepareLetters(context.Background(), m.orders(m.Cases), nil) {
			if x.Err != nil {
				wrong[model] = ledger.CodeOf(x.Err)
			}
		}
	}
	for _, model := range []string{letters.FirstReminder, letters.SecondReminder, letters.LastReminder, letters.FormalNotice, letters.StatementOfAccount, letters.HandoverNotice} {
		if wrong[model] != "" {
			t.Errorf("%s: %s", model, wrong[model])
		}
	}
	for _, model := range []string{letters.VisitNotice, letters.PlanAgreement} {
		if wrong[model] != "letter_facts_missing" {
			t.Errorf("%s: %q", model, wrong[model])
		}
	}
	m := NewModel(b.Words, b.Desk.State(), []ledger.CustomerID{id}, letters.VisitNotice, nil)
	m.Cases[0].Deadline = screentest.Day.Add(3)
	if x := b.Desk.PrepareLetters(context.Background(), m.orders(m.Cases), nil)[0]; x.Err != nil {
		t.Error(x.Err)
	}
}

func TestAnotherModelMovesTheLetter(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := NewModel(b.Words, b.Desk.State(), nil, "", nil)
	c := m.current()
	c.Model = letters.FormalNotice
	again := NewModel(b.Words, b.Desk.State(), nil, "", m)
	if len(again.of(Notices)) != len(m.of(Notices)) || again.of(Notices)[0].Customer != c.Customer {
		t.Errorf("the owner's choice of model is forgotten")
	}
}

// What an e-mail's lines were broken for is put together again to be read; tables and lists keep their lines.
func TestParagraphs(t *testing.T) {
	long := strings.Repeat("mot ", 17) + "fin"
	got := paragraphs(long + "\nsuite.\n\n  F-1   10,00 €\n  F-2   20,00 €\n\nCourte\nligne\n\n– " + long + "\n  et " + long + "\n  fin.\n– suite.\n")
	want := [][]string{{long + " suite."}, {"  F-1   10,00 €", "  F-2   20,00 €"}, {"Courte", "ligne"}, {"– " + long + " et " + long + " fin.", "– suite."}}
	if c := cellsOf("  F-2026-0359   01/12/2026   3 950,00 €"); len(c) != 3 || c[2] != "3 950,00 €" {
		t.Errorf("%q", c)
	}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q", got)
	}
}

// A list that is narrowed to customers says so, and leads back to all.
func TestBackToAllCustomers(t *testing.T) {
	b := screentest.New(t, words.FR)
	v := New(b.Context).(*view)
	s := shot.Open(t, shot.Setup{Width: 1080, Height: 744}, func() fyne.CanvasObject {
		v.Show(screen.Place{Screen: screen.Letters, Customers: []ledger.CustomerID{named(b, "Maison Orsenval")}})
		return v.Object()
	})
	s.Has("Seulement Maison Orsenval")
	s.Golden("chosen_fr")
	v.chosen.Objects[0].(*fyne.Container).Objects[0].(*fyne.Container).Objects[1].(fyne.Tappable).Tapped(nil)
	s.HasNot("Seulement Maison Orsenval")
	if len(v.model.Chosen) != 0 || len(v.model.Cases) < 10 {
		t.Errorf("%d cases", len(v.model.Cases))
	}
}
