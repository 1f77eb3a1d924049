package desk

import (
	"context"
	"testing"

	"quitus/ledger"
	"quitus/letters"
)

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
		"nothing done":                  {nil, letters.FirstReminder, ""},
		"reminded of both":              {[]step{{ledger.StepReminder, on.Add(-20), []ledger.InvoiceID{1, 2}}}, letters.FormalNotice, ""},
		"reminded of one":               {[]step{{ledger.StepReminder, on.Add(-20), []ledger.InvoiceID{1}}}, letters.FirstReminder, ""},
		"called only":                   {[]step{{ledger.StepCall, on.Add(-20), []ledger.InvoiceID{1, 2}}}, letters.FirstReminder, ""},
		"called yesterday":              {[]step{{ledger.StepCall, on.Add(-1), []ledger.InvoiceID{1, 2}}}, letters.FirstReminder, "recent_letter"},
		"under formal notice":           {[]step{{ledger.StepFormalNotice, on.Add(-20), []ledger.InvoiceID{1, 2}}}, letters.FormalNotice, "notice_sent"},
		"one under formal notice":       {[]step{{ledger.StepFormalNotice, on.Add(-20), []ledger.InvoiceID{1}}}, letters.FirstReminder, ""},
		"handed over":                   {[]step{{ledger.StepHandover, on.Add(-20), []ledger.InvoiceID{1, 2}}}, letters.FormalNotice, "handed_over"},
		"notice, then a call long past": {[]step{{ledger.StepFormalNotice, on.Add(-30), []ledger.InvoiceID{1, 2}}, {ledger.StepCall, on.Add(-20), []ledger.InvoiceID{1}}}, letters.FormalNotice, "notice_sent"},
	} {
		d := opened(t)
		takeIn(t, d, look(t, d, write(t, "f.csv", lines...), Hints{}))
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
