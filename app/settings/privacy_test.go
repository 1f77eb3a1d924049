package settings

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// withOld gives the sample company with a customer of long ago who owes nothing.
func withOld(t *testing.T, lang words.Lang) (*screentest.Bench, ledger.CustomerID) {
	t.Helper()
	b := screentest.New(t, lang)
	c := &ledger.Customer{Ref: "C900", Name: "Célestine Vraidoux", Type: ledger.Consumer, Country: "FR", Address: "3 impasse des Tilleuls", Postcode: "38999", Town: "Saint-Orvain", Phone: "01 99 00 12 34"}
	if _, err := b.Desk.Fill(context.Background(), func(d *ledger.Draft) error {
		d.Put(c)
		day := screentest.Day.AddMonths(-125)
		d.Put(&ledger.Note{Customer: c.ID, On: day, Text: "Paie toujours en mains propres"})
		i := &ledger.Invoice{Customer: c.ID, Number: "F-2016-0007", Issued: day, Due: day.Add(30), Total: ledger.Euros(12000)}
		d.Put(i)
		d.Put(&ledger.Payment{Customer: c.ID, On: day.Add(20), Amount: ledger.Euros(12000), Allocations: []ledger.Allocation{{Invoice: i.ID, Amount: 12000}}})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b, c.ID
}

func TestPrivacyLooks(t *testing.T) {
	for name, setup := range map[string]shot.Setup{"privacy_fr": {}, "privacy_dark": {Appearance: look.Dark}, "privacy_narrow": {Width: 824, Height: 544}} {
		b, _ := withOld(t, words.FR)
		s := open(t, b, setup)
		section(s, "Données personnelles")
		s.Golden(name)
	}
	s := open(t, screentest.Empty(t, words.FR), shot.Setup{})
	s.Tap("Données personnelles")
	s.Golden("privacy_empty_fr")
}

// The name must be typed; then the texts are gone and the amounts stay.
func TestPrivacyErases(t *testing.T) {
	b, id := withOld(t, words.FR)
	s := open(t, b, shot.Setup{})
	s.Tap("Données personnelles")
	s.Tap("Rien depuis 10 ans")
	s.At(340, 206) // the only row
	s.Tap("Effacer une personne…")
	s.Type("Celestine")
	s.Tap("Effacer pour toujours")
	s.Golden("privacy_ask_fr")
	if b.Desk.State().Book.Customer(id).Address == "" {
		t.Fatal("erased without the name")
	}
	s.Type(" Vraidoux")
	s.Tap("Effacer pour toujours")
	s.Has("Les données de C900 sont effacées")
	s.Golden("privacy_done_fr")
	book := b.Desk.State().Book
	if c := book.Customer(id); c.Name != "C900" || c.Address != "" || book.Invoice(book.InvoicesOf(id)[0]).Total != ledger.Euros(12000) {
		t.Errorf("%+v %v", c, b.Errors)
	}
}

// Who owes something is not erased, and the window says why.
func TestPrivacyRefuses(t *testing.T) {
	b, _ := withOld(t, words.FR)
	var v *view
	s := shot.Open(t, shot.Setup{Width: 1080, Height: 744}, func() fyne.CanvasObject {
		v = New(b.Context).(*view)
		v.Show(screen.Place{})
		v.choose(PrivacySection)
		return v.Object()
	})
	v.privacy.search.SetText("Tessonnier")
	v.privacy.narrow()
	s.At(340, 206)
	s.Tap("Effacer une personne…")
	s.Has("Garage Tessonnier ne peut pas encore être")
	s.Golden("privacy_refused_fr")
	for c := range b.Desk.State().Book.Customers.All() {
		if b.Desk.State().ErasePlan(c.ID).Against == desk.EraseOwed {
			_, err := b.Desk.ErasePerson(context.Background(), c.ID)
			if ledger.CodeOf(err) != "erase_open" || b.Desk.State().Book.Customer(c.ID).Name == c.Ref {
				t.Error(err)
			}
			return
		}
	}
	t.Error("nobody owes anything")
}
