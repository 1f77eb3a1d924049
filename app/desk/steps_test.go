package desk

import (
	"context"
	"testing"

	"quitus/ledger"
	"quitus/letters"
)

// byLetter has the company follow a scenario of three letters.
func byLetter(t *testing.T, d *Desk) {
	t.Helper()
	if _, err := d.Fill(context.Background(), func(x *ledger.Draft) error {
		x.Put(&ledger.Scenario{Name: "Par lettre", Calendar: ledger.AllDays, LeastDays: 5, Steps: []ledger.ScenarioStep{
			{Level: 1, Step: "first_reminder", After: ledger.AfterDue, Days: 1, Channel: ledger.ChannelLetter, Model: letters.FirstReminder},
			{Level: 2, Step: "call", After: ledger.AfterDue, Days: 2, Channel: ledger.ChannelPhone, Optional: true},
			{Level: 3, Step: "second_reminder", After: ledger.AfterDue, Days: 3, Channel: ledger.ChannelLetter, Model: letters.SecondReminder},
			{Level: 4, Step: "formal_notice", After: ledger.AfterDue, Days: 30, Channel: ledger.ChannelRegistered, Model: letters.FormalNotice},
		}})
		company := x.Book().Company()
		company.Scenario = "Par lettre"
		x.Put(&company)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// The letters go on from what was done before this program was there.
func TestLettersGoOnFromEarlierSteps(t *testing.T) {
	ctx := context.Background()
	head := "N° facture;Client;Date;Échéance;Montant TTC"
	lines := []string{head, "F1;DUPONT;01/08/2026;31/08/2026;100,00", "F2;DUPONT;01/09/2026;01/10/2026;50,00"}
	on := ledger.Day(2026, 11, 24)
	type step struct {
		kind     ledger.StepKind
		on       ledger.Date
		invoices []ledger.InvoiceID
	}
	for name, c := range map[string]struct {
		steps       []step
		model, hold string
	}{
		"nothing done":            {nil, letters.FirstReminder, ""},
		"reminded of both":        {[]step{{ledger.StepReminder, on.Add(-20), []ledger.InvoiceID{1, 2}}}, letters.SecondReminder, ""},
		"reminded of one":         {[]step{{ledger.StepReminder, on.Add(-20), []ledger.InvoiceID{1}}}, letters.SecondReminder, ""},
		"called yesterday":        {[]step{{ledger.StepCall, on.Add(-1), []ledger.InvoiceID{1, 2}}}, letters.SecondReminder, "too_soon"},
		"under formal notice":     {[]step{{ledger.StepFormalNotice, on.Add(-20), []ledger.InvoiceID{1, 2}}}, letters.FirstReminder, "scenario_done"},
		"one under formal notice": {[]step{{ledger.StepFormalNotice, on.Add(-20), []ledger.InvoiceID{1}}}, letters.FirstReminder, ""},
		"handed over":             {[]step{{ledger.StepHandover, on.Add(-20), []ledger.InvoiceID{1, 2}}}, letters.FirstReminder, "handed_over"},
	} {
		d := opened(t)
		takeIn(t, d, look(t, d, write(t, "f.csv", lines...), Hints{}))
		byLetter(t, d)
		for _, s := range c.steps {
			if _, err := d.RecordSteps(ctx, s.invoices, s.kind, 1, s.on, ""); err != nil {
				t.Fatal(err)
			}
		}
		if cases := d.State().LetterCases(); len(cases) != 1 || cases[0].Model != c.model || cases[0].Hold != c.hold {
			t.Errorf("%s: %+v", name, cases)
		}
	}
	d := opened(t)
	takeIn(t, d, look(t, d, write(t, "f.csv", lines...), Hints{}))
	if _, err := d.RecordSteps(ctx, []ledger.InvoiceID{1}, ledger.StepCall, 1, on.Add(1), ""); ledger.CodeOf(err) != "step_in_future" {
		t.Error(err)
	}
	e, err := d.RecordSteps(ctx, []ledger.InvoiceID{1}, ledger.StepCall, 1, on, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, u, err := d.Undo(ctx, 1); ledger.CodeOf(err) == "internal" || len(u.Kept) == 0 {
		t.Errorf("the import is taken back below a step: %+v, %v", u, err)
	}
	if _, _, err := d.Undo(ctx, e.Seq); err != nil || d.State().Book.Steps.Len() != 0 {
		t.Error(err)
	}
}
