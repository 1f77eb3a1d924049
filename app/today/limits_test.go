package today

import (
	"testing"

	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// ending adds to the sample invoices that were due on the days given, each of 1 000,00 €, of a French company.
func ending(t *testing.T, lang words.Lang, due ...ledger.Date) *screentest.Bench {
	t.Helper()
	b := screentest.New(t, lang)
	var company ledger.CustomerID
	for c := range b.Desk.State().Book.Customers.All() {
		if company == 0 && c.Type == ledger.CompanyCustomer && c.Country == "FR" {
			company = c.ID
		}
	}
	if _, err := b.Desk.Fill(t.Context(), func(d *ledger.Draft) error {
		for k, day := range due {
			d.Put(&ledger.Invoice{Customer: company, Number: "V-" + string(rune('1'+k)), Issued: day.Add(-30), Due: day, Total: ledger.Euros(100000)})
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b
}

func numbered(b *screentest.Bench, number string) ledger.InvoiceID {
	return b.Desk.State().Book.InvoicesByNumber(number)[0]
}

func TestLimits(t *testing.T) {
	in, on := func(months, days int) ledger.Date { return screentest.Day.AddMonths(months - 60).Add(days) }, screentest.Day
	b := ending(t, words.FR, in(6, 1), in(6, 0), in(0, 0), in(0, -1), in(-12, 0))
	m := NewModel(b.Words, b.Desk.State())
	if len(m.Limits.Lines) != 3 {
		t.Fatalf("%+v", m.Limits)
	}
	for i, want := range []ledger.InvoiceID{numbered(b, "V-3"), numbered(b, "V-2"), 0} {
		if m.Limits.Lines[i].Invoice != want {
			t.Errorf("line %d: %+v", i, m.Limits.Lines[i])
		}
	}
	if n := len(b.Desk.State().Limits()); n != 4 {
		t.Errorf("%d limits", n)
	}
	// An acknowledgement that the owner confirms makes the time begin anew, and the warning goes.
	id := numbered(b, "V-3")
	if _, err := b.Desk.Interrupt(t.Context(), ledger.Interruption{Invoice: id, On: on, What: ledger.Acknowledged}, true); err != nil {
		t.Fatal(err)
	}
	if m := NewModel(b.Words, b.Desk.State()); len(m.Limits.Lines) != 2 {
		t.Errorf("%+v", m.Limits)
	}
	if m := NewModel(words.New(words.FR), screentest.New(t, words.FR).Desk.State()); len(m.Limits.Lines) != 0 {
		t.Errorf("%+v", m.Limits)
	}
}

func TestLimitsLead(t *testing.T) {
	due := func(months int) ledger.Date { return screentest.Day.AddMonths(months - 60) }
	for name, setup := range map[string]shot.Setup{"limits_fr": {}, "limits_dark": {Appearance: look.Dark}} {
		b := ending(t, words.FR, due(2), due(5), due(-3))
		s := open(t, b, setup)
		s.Golden(name)
		s.Tap("Voir")
		if len(b.Went) != 1 || b.Went[0].Screen != screen.Invoices || b.Went[0].Filter != "limit" {
			t.Errorf("went to %+v", b.Went)
		}
	}
}
