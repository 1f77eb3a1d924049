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

// Before a formal notice, the card counts what to look at and shows it; before a reminder it does not.
func TestFindingsBeforeANotice(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := NewModel(b.Words, b.Desk.State())
	seen := 0
	for i := range m.Rows {
		task := m.Rows[i].Tasks[0]
		if m.Rows[i].Group() || len(task.Lines) == 0 {
			continue
		}
		for _, model := range []string{"second_reminder", modelNotice} {
			m.Rows[i].Tasks[0].Model = model
			n := 0
			for _, x := range m.Card(&m.Rows[i]).Notes {
				if x.Leads == toFindings {
					n++
				}
			}
			if (n == 1) != (model == modelNotice) {
				t.Errorf("%s before %s: %d notes", task.Name, model, n)
			}
			seen++
		}
	}
	if seen == 0 {
		t.Fatal("no task to look at")
	}
	var v *view
	v, s := show(t, b, shot.Setup{})
	v.model.Rows[0].Tasks[0].Model = modelNotice
	v.show(v.model)
	s.Golden("findings_card_fr")
	s.Has("à regarder avant de mettre en demeure")
	s.Tap("Voir")
	s.Has("vous décidez")
	s.Golden("findings_fr")
}
