package ledger

import "testing"

func TestRecordSteps(t *testing.T) {
	d := NewDraft(&Book{})
	for _, name := range []string{"A", "B"} {
		d.Put(&Customer{Ref: name, Name: name})
	}
	for n, i := range []*Invoice{
		{Customer: 1, Number: "F1", Total: Euros(100)}, {Customer: 2, Number: "F2", Total: Euros(100)}, {Customer: 1, Number: "F3", Total: Euros(100)},
		{Customer: 1, Number: "F4", Total: Euros(100), RegisterPaid: 100}, {Customer: 2, Number: "AV1", CreditNote: true, Total: Euros(-10)},
	} {
		i.Issued = Day(2026, 1, 1+n)
		d.Put(i)
	}
	b := d.Next()
	on := Day(2026, 3, 1)
	x := NewDraft(b)
	if err := RecordSteps(x, []InvoiceID{1, 2, 3, 4, 5}, StepReminder, 2, on, "par téléphone"); err != nil {
		t.Fatal(err)
	}
	next := x.Next()
	if next.Steps.Len() != 2 || len(next.StepsOf(1)) != 1 || len(next.StepsOf(1)[0].Invoices) != 2 || len(next.StepsOf(2)[0].Invoices) != 1 {
		t.Errorf("%+v", next.StepsOf(1))
	}
	if err := x.Check(); err != nil {
		t.Error(err)
	}
	found := false
	for _, e := range next.Events(1, next.Standings(on)) {
		found = found || e.Kind == EventStep && e.On == on && e.Text == "par téléphone"
	}
	if !found {
		t.Error("the step is not among the events")
	}
	for code, err := range map[string]error{
		"step_nothing_open": RecordSteps(NewDraft(b), []InvoiceID{4, 5}, StepCall, 0, on, ""),
		"invoice_unknown":   RecordSteps(NewDraft(b), []InvoiceID{9}, StepCall, 0, on, ""),
		"step_unknown":      RecordSteps(NewDraft(b), []InvoiceID{1}, "visit", 0, on, ""),
		"step_times":        RecordSteps(NewDraft(b), []InvoiceID{1}, StepCall, 21, on, ""),
	} {
		if CodeOf(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
}
