package dialogs

import (
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// A customer's form says which scenario it follows, who manages it, and that it is not to be contacted.
func TestCustomerIsFollowedUp(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := b.Desk.State().Book.CustomersByName("Transports Quillivic")[0]
	manager := b.Desk.State().Book.Customer(2)
	s := stage(t, shot.Setup{})
	EditCustomer(b.Context, id, nil)
	s.Has("Habituelles (Amiable)")
	s.Tap("Habituelles (Amiable)")
	s.Tap("Grand compte")
	s.Tap("Géré par")
	s.Type("personne de ce nom")
	s.Key(fyne.KeyTab)
	s.Has("Aucun client, ou plusieurs")
	s.Golden("customer_follow_wrong_fr")
	s.Tap("Enregistrer")
	if c := b.Desk.State().Book.Customer(id); c.Scenario != "" {
		t.Errorf("saved half: %+v", c)
	}
	s.Tap("Géré par")
	for range len("personne de ce nom") {
		s.Key(fyne.KeyBackspace)
	}
	s.Key(fyne.KeyEnd)
	for range 30 {
		s.Key(fyne.KeyBackspace)
	}
	s.Type(manager.Ref)
	s.Tap("Ne pas contacter")
	s.Tap("Enregistrer")
	if c := b.Desk.State().Book.Customer(id); c.Scenario != "Grand compte" || c.Manager != 2 || !c.DoNotContact || len(b.Errors) > 0 {
		t.Errorf("%+v, errors %v\n%s", c, b.Errors, s.Texts())
	}
	m := newCustomerModel(b.Desk, b.Words, 2)
	for typed, wrong := range map[string]bool{"": false, manager.Ref: true, b.Desk.State().Book.Customer(id).Ref: true, b.Desk.State().Book.Customer(3).Name: false, "xyz": true} {
		if got := m.checkManager(typed); (got != "") != wrong {
			t.Errorf("managed by %q: %q", typed, got)
		}
	}
}

// An invoice follows its customer's scenario unless it has its own.
func TestInvoiceHasItsOwnScenario(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := stage(t, shot.Setup{})
	EditInvoice(b.Context, 1, nil)
	s.Tap("Comme le client (")
	s.Tap("Aucune relance")
	s.Tap("Enregistrer")
	if i := b.Desk.State().Book.Invoice(1); i.Scenario != ledger.NoScenario || len(b.Errors) > 0 {
		t.Errorf("%+v, errors %v", i, b.Errors)
	}
	EditInvoice(b.Context, 1, nil)
	s.Tap("Aucune relance")
	s.Tap("Préventif")
	s.Tap("Enregistrer")
	if n := b.Desk.State().Followings()["Préventif"].Invoices; n != 1 {
		t.Errorf("%d invoices follow it", n)
	}
}
