package desk

import (
	"context"
	"slices"

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

// earlier is what steps say of a letter case: which invoices were reminded of, the last contact, and since when the
// case is with someone else or under formal notice.
type earlier struct {
	reminded           map[ledger.InvoiceID]bool
	last, notice, over ledger.Date
}

// earlierSteps gathers what was done up to today about a case's late invoices. A case is under formal notice, or handed over,
// when all of them are.
func (s *State) earlierSteps(c *LetterCase) earlier {
	e := earlier{reminded: map[ledger.InvoiceID]bool{}}
	notice, over := map[ledger.InvoiceID]bool{}, map[ledger.InvoiceID]bool{}
	for _, x := range s.Book.StepsOf(c.Customer.ID) {
		if x.On > s.On {
			continue
		}
		for _, id := range x.Invoices {
			if !slices.Contains(c.Invoices, id) {
				continue
			}
			e.last = max(e.last, x.On)
			switch x.Done {
			case ledger.StepReminder:
				e.reminded[id] = true
			case ledger.StepFormalNotice:
				e.reminded[id], notice[id] = true, true
				e.notice = max(e.notice, x.On)
			case ledger.StepHandover:
				e.reminded[id], over[id] = true, true
				e.over = max(e.over, x.On)
			}
		}
	}
	if len(notice) < len(c.Invoices) {
		e.notice = 0
	}
	if len(over) < len(c.Invoices) {
		e.over = 0
	}
	return e
}
