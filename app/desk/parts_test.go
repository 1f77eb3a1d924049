package desk

import (
	"context"
	"testing"
	"time"

	"quitus/ledger"
	"quitus/letters"
)

// stateWith gives the state on a day of a ledger with one customer, to whom put adds what else there is.
func stateWith(t *testing.T, on ledger.Date, put func(d *ledger.Draft)) *State {
	t.Helper()
	d, err := Open(t.TempDir()+"/test.quitus", func() time.Time {
		y, m, day := on.Civil()
		return time.Date(y, time.Month(m), day, 9, 0, 0, 0, time.UTC)
	}, "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if _, err := d.Fill(context.Background(), func(x *ledger.Draft) error {
		x.Put(&ledger.Company{Name: "Valdoré", Country: "FR"})
		x.Put(&ledger.Customer{Ref: "C1", Name: "Dervaux", Type: ledger.CompanyCustomer, Country: "FR"})
		put(x)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return d.State()
}

// A part that falls due after a reminder begins with a reminder again; what is contested or not due is not asked for.
func TestLetterCasesOfParts(t *testing.T) {
	first, second := ledger.Day(2026, 9, 30), ledger.Day(2026, 10, 31)
	invoice := func(d *ledger.Draft) {
		d.Put(&ledger.Invoice{Customer: 1, Number: "F-1", Issued: ledger.Day(2026, 9, 1), Due: first, Total: ledger.Euros(100000),
			Instalments: []ledger.Instalment{{Due: first, Amount: 40000}, {Due: second, Amount: 60000}}})
		d.Put(&ledger.Scenario{Name: "Par lettre", Calendar: ledger.AllDays, LeastDays: 5, Steps: []ledger.ScenarioStep{
			{Level: 1, Step: "first_reminder", After: ledger.AfterDue, Days: 1, Channel: ledger.ChannelLetter, Model: letters.FirstReminder},
			{Level: 2, Step: "formal_notice", After: ledger.AfterDue, Days: 20, Channel: ledger.ChannelRegistered, Model: letters.FormalNotice},
		}})
		c := ledger.Clone(d.Customer(1))
		c.Scenario = "Par lettre"
		d.Put(c)
	}
	reminded := func(d *ledger.Draft) {
		invoice(d)
		d.Put(&ledger.Letter{Customer: 1, Model: letters.FirstReminder, On: first.Add(5), Sent: first.Add(5), Deadline: first.Add(13),
			Amount: ledger.Euros(40000), Lines: []ledger.LetterLine{{Invoice: 1, Open: 40000}}})
	}
	contested := func(amount int64) func(d *ledger.Draft) {
		return func(d *ledger.Draft) {
			invoice(d)
			d.Put(&ledger.Dispute{Invoice: 1, Opened: first, Amount: amount})
		}
	}
	promised := func(d *ledger.Draft) {
		invoice(d)
		d.Put(&ledger.Promise{Customer: 1, Made: first, Due: first.Add(10), Amount: ledger.Euros(40000), Invoices: []ledger.InvoiceID{1}})
	}
	for name, c := range map[string]struct {
		put    func(d *ledger.Draft)
		on     ledger.Date
		model  string // nothing for no case
		amount int64
		days   int
		hold   string
	}{
		"nothing due":                         {invoice, first, "", 0, 0, ""},
		"the first late":                      {invoice, first.Add(3), letters.FirstReminder, 40000, 3, ""},
		"reminded of the first":               {reminded, first.Add(20), letters.FormalNotice, 40000, 20, ""},
		"reminded just now":                   {reminded, first.Add(7), letters.FormalNotice, 40000, 7, "not_yet"},
		"on the second due date":              {reminded, second, letters.FormalNotice, 40000, 31, ""},
		"the first contested in part":         {contested(10000), first.Add(3), letters.FirstReminder, 30000, 3, ""},
		"as much contested as is late":        {contested(40000), first.Add(3), letters.FirstReminder, 40000, 3, "disputed"},
		"more late than contested since then": {contested(40000), second.Add(1), letters.FirstReminder, 60000, 32, ""},
		"promised":                            {promised, first.Add(3), letters.FirstReminder, 40000, 3, "promised"},
	} {
		s := stateWith(t, c.on, c.put)
		cases := s.LetterCases()
		if len(cases) == 0 {
			if c.model != "" {
				t.Errorf("%s: no letter", name)
			}
			continue
		}
		k := cases[0]
		if k.Model != c.model || k.Amount != ledger.Euros(c.amount) || k.DaysLate != c.days || k.Hold != c.hold {
			t.Errorf("%s: %s about %s, %d days late, held by %q", name, k.Model, k.Amount, k.DaysLate, k.Hold)
		}
		if k.Proposed() != (c.hold == "") {
			t.Errorf("%s: proposed: %v", name, k.Proposed())
		}
		if n := s.LettersDue(); n != 1 && c.hold == "" || n != 0 && c.hold != "" {
			t.Errorf("%s: %d letters due", name, n)
		}
	}
}
