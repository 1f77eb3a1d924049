package desk

import (
	"context"

	"quitus/ledger"
	"quitus/ledger/claim"
)

// AddRate adds a reference rate that the owner read to a table, for the half-year or year of a day, in the place of one that the
// owner added before. Errors are those of [claim.RecordRate].
func (d *Desk) AddRate(ctx context.Context, r ledger.RateRow) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActRate, map[string]string{"table": r.Table, "percent": r.Percent}, func(x *ledger.Draft) error {
		row, start := r, claim.TableName(r.Table).Start(r.Day)
		for old := range x.Book().RateRows.All() {
			if old.Table == r.Table && old.Day == start {
				row.ID = old.ID
			}
		}
		row.On = d.Today()
		return claim.RecordRate(x, &row, d.Today())
	})
}

// RemoveRate takes back a rate that the owner added: the program's own counts again, where there is one. Error: right_gone.
func (d *Desk) RemoveRate(ctx context.Context, id ledger.RateRowID) (ledger.Entry, error) {
	return d.remove(ctx, ledger.ActRate, ledger.KindRateRow, uint32(id))
}

// SetPrincipalFirst chooses what part payments settle first, the principal or the interest (C. civ. 1343-1). It counts for all
// claims, also on payments of before.
func (d *Desk) SetPrincipalFirst(ctx context.Context, principal bool) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActCompany, nil, func(x *ledger.Draft) error {
		c := x.Book().Company()
		c.PrincipalFirst = principal
		x.Put(&c)
		return nil
	})
}

// Waive records that the owner gives up interest and indemnity of invoices, in whole or in part, from today on, as one act. Errors
// are those of [ledger.RecordWaiver].
func (d *Desk) Waive(ctx context.Context, list ...ledger.Waiver) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActWaiver, nil, func(x *ledger.Draft) error {
		for _, w := range list {
			w.On = d.Today()
			if err := ledger.RecordWaiver(x, &w); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveWaiver takes a waiver back: interest and indemnity are claimed again. Error: right_gone.
func (d *Desk) RemoveWaiver(ctx context.Context, id ledger.WaiverID) (ledger.Entry, error) {
	return d.remove(ctx, ledger.ActWaiver, ledger.KindWaiver, uint32(id))
}

// Interrupt records an event that may interrupt the time to claim the invoices given, or the event's own where none is;
// confirmed says that the owner holds that it does. Errors are those of [ledger.RecordInterruption].
func (d *Desk) Interrupt(ctx context.Context, i ledger.Interruption, confirmed bool, invoices ...ledger.InvoiceID) (ledger.Entry, error) {
	if len(invoices) == 0 {
		invoices = []ledger.InvoiceID{i.Invoice}
	}
	return d.change(ctx, ledger.ActInterruption, nil, func(x *ledger.Draft) error {
		for _, id := range invoices {
			one := i
			one.Invoice, one.Confirmed = id, 0
			if confirmed {
				one.Confirmed = d.Today()
			}
			if err := ledger.RecordInterruption(x, &one, d.Today()); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveInterruption takes an event back that was recorded as interrupting. Error: right_gone.
func (d *Desk) RemoveInterruption(ctx context.Context, id ledger.InterruptionID) (ledger.Entry, error) {
	return d.remove(ctx, ledger.ActInterruption, ledger.KindInterruption, uint32(id))
}

// remove deletes a record that nothing rests on. Error: right_gone, where it is no longer there.
func (d *Desk) remove(ctx context.Context, act ledger.Act, k ledger.Kind, key uint32) (ledger.Entry, error) {
	return d.change(ctx, act, nil, func(x *ledger.Draft) error {
		if x.Record(k, key) == nil {
			return ledger.Errorf("right_gone")
		}
		x.Delete(k, key)
		return nil
	})
}
