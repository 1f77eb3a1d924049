package dialogs

import (
	"context"
	"testing"

	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// withParts adds a customer with an invoice of 1 000,00 € in three parts: the first settled, the second
// late and paid in part, the last to come.
func withParts(t *testing.T) (*screentest.Bench, ledger.InvoiceID) {
	t.Helper()
	b := screentest.Empty(t, words.FR)
	on := screentest.Day
	if _, err := b.Desk.Fill(context.Background(), func(d *ledger.Draft) error {
		d.Put(&ledger.Company{Name: "Valdoré", Country: "FR"})
		d.Put(&ledger.Customer{Ref: "C1", Name: "Dervaux", Type: ledger.CompanyCustomer, Country: "FR"})
		d.Put(&ledger.Invoice{
			Customer: 1, Number: "F-1", Issued: on.Add(-70), Due: on.Add(-40), Total: ledger.Euros(100000), RegisterPaid: 60000, RegisterDay: on,
			Instalments: []ledger.Instalment{{Due: on.Add(-40), Amount: 50000}, {Due: on.Add(-9), Amount: 30000}, {Due: on.Add(21), Amount: 20000}},
		})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b, 1
}

func TestCardOfParts(t *testing.T) {
	b, id := withParts(t)
	facts := map[string]string{}
	m := newCard(b.Desk, fr, id)
	for _, f := range m.Facts {
		facts[f.Label] = plain(f.Text)
	}
	for label, want := range map[string]string{
		"3 échéances": "15/10/2026 500,00 € (réglée) · 15/11/2026 300,00 € (reste 200,00 €) · 15/12/2026 200,00 €", "Reste dû": "400,00 €", "Dont échu": "200,00 €",
	} {
		if facts[label] != want {
			t.Errorf("%s: %q, want %q", label, facts[label], want)
		}
	}
	if plain(m.Word) != "9 j de retard" {
		t.Errorf("%q", m.Word)
	}
	s := stage(t, shot.Setup{})
	ShowInvoice(b.Context, id, nil)
	s.Golden("card_parts_fr")
}

// The next part is proposed; all can be entered.
func TestPayProposesThePart(t *testing.T) {
	b, id := withParts(t)
	m := newPayModel(b.Desk, fr, 1, id)
	l := m.Lines[0]
	if l.Amount != ledger.Euros(20000) || l.Open != ledger.Euros(40000) || plain(l.Fact) != "échéance 15/11/2026 : 200,00 € · reste 400,00 €" {
		t.Errorf("%+v", l)
	}
	if text := m.checkAmount(0, ledger.Euros(40000)); text != "" {
		t.Error(text)
	}
}

// The form changes the first due date and the total, and the parts follow; the first cannot come after
// the second.
func TestFormOfParts(t *testing.T) {
	b, id := withParts(t)
	on := screentest.Day
	m := newInvoiceModel(b.Desk, fr, id, 0)
	if text := m.check("due", func(i *ledger.Invoice) { i.Due = on.Add(-9) }); text == "" {
		t.Error("the first part may fall due with the second")
	}
	if text := m.check("due", func(i *ledger.Invoice) { i.Due = on.Add(-30) }); text != "" {
		t.Error(text)
	}
	if text := m.checkTotal(ledger.Euros(90000)); text != "" {
		t.Error(text)
	}
	m.Now.Due, m.Now.Total = on.Add(-30), ledger.Euros(90000)
	if _, _, err := m.save(context.Background()); err != nil {
		t.Fatal(err)
	}
	i := b.Desk.State().Book.Invoice(id)
	want := []ledger.Instalment{{Due: on.Add(-30), Amount: 50000}, {Due: on.Add(-9), Amount: 30000}, {Due: on.Add(21), Amount: 10000}}
	for k, p := range i.Instalments {
		if len(i.Instalments) != len(want) || p != want[k] {
			t.Fatalf("%+v", i.Instalments)
		}
	}
}
