package desk

import (
	"context"

	"quitus/ledger"
)

// RecordSteps notes what was done about invoices before, or outside of, this program, the last time on a day; times
// counts reminders and calls. Errors are those of [ledger.RecordSteps], and step_in_future.
func (d *Desk) RecordSteps(ctx context.Context, invoices []ledger.InvoiceID, done ledger.StepKind, times int, on ledger.Date, words string) (ledger.Entry, error) {
	if on > d.Today() {
		return ledger.Entry{}, ledger.Errorf("step_in_future", "field", "on", "date", on)
	}
	return d.change(ctx, ledger.ActSteps, nil, func(x *ledger.Draft) error {
		return ledger.RecordSteps(x, invoices, done, times, on, words)
	})
}
