package desk

import (
	"cmp"
	"context"
	"slices"

	"quitus/ledger"
)

// StartCall begins a call to a customer, at the clock's time: from then on it is kept, with its notes, until [Desk.EndCall] ends
// it or [Desk.DropCall] drops it, so that it is found again after a crash. A call with the customer that was begun today and
// not ended is gone on with, and nothing is written. with and contact say who is called, invoices what it is about; all three may
// be empty. Error: customer_unknown.
func (d *Desk) StartCall(ctx context.Context, customer ledger.CustomerID, contact ledger.ContactID, with string, invoices []ledger.InvoiceID) (*ledger.Call, ledger.Entry, error) {
	book := d.store.Book()
	if book.Customer(customer) == nil {
		return nil, ledger.Entry{}, ledger.Errorf("customer_unknown", "customer", uint32(customer))
	}
	for _, c := range book.CallsOf(customer) {
		if c.Running && c.On == d.Today() {
			return c, ledger.Entry{}, nil
		}
	}
	r := &ledger.Call{Customer: customer, On: d.Today(), At: d.now(), Running: true, Contact: contact, With: with, Invoices: slices.Clone(invoices)}
	e, err := d.change(ctx, ledger.ActCallNotes, nil, func(x *ledger.Draft) error {
		x.Put(r)
		return nil
	})
	return r, e, err
}

// now is the time of the day, "10:40".
func (d *Desk) now() string { return d.clock().Format("15:04") }

// SaveCallNotes keeps the notes of a running call, while they are written. Notes that are kept already write nothing.
// Errors: call_unknown, call_ended.
func (d *Desk) SaveCallNotes(ctx context.Context, id ledger.CallID, notes string) error {
	r, err := running(d.store.Book().Calls.Get(uint32(id)))
	if err != nil || r.Notes == notes {
		return err
	}
	_, err = d.change(ctx, ledger.ActCallNotes, nil, func(x *ledger.Draft) error {
		now, _ := x.Record(ledger.KindCall, uint32(id)).(*ledger.Call)
		now, err := running(now)
		if err != nil {
			return err
		}
		now = ledger.Clone(now)
		now.Notes = notes
		x.Put(now)
		return nil
	})
	return err
}

// running says whether a call can be gone on with.
func running(r *ledger.Call) (*ledger.Call, error) {
	switch {
	case r == nil:
		return nil, ledger.Errorf("call_unknown")
	case !r.Running:
		return nil, ledger.Errorf("call_ended", "day", r.On)
	}
	return r, nil
}

// RunningCalls gives the calls that were begun and neither ended nor dropped, the newest first: after a crash, what the owner can
// go on with.
func (s *State) RunningCalls() []*ledger.Call {
	var out []*ledger.Call
	for r := range s.Book.Calls.All() {
		if r.Running {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b *ledger.Call) int {
		return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(b.At, a.At), cmp.Compare(b.ID, a.ID))
	})
	return out
}

// DropCall takes back a running call, with its notes: nobody was called. Errors: call_unknown, call_ended.
func (d *Desk) DropCall(ctx context.Context, id ledger.CallID) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActCallNotes, nil, func(x *ledger.Draft) error {
		r, _ := x.Record(ledger.KindCall, uint32(id)).(*ledger.Call)
		if _, err := running(r); err != nil {
			return err
		}
		x.Delete(ledger.KindCall, uint32(id))
		return nil
	})
}
