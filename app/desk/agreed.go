package desk

import (
	"context"

	"quitus/ledger"
)

// Promise records what a customer promised to pay; an empty Made is today. The error is FieldErrors where fields are
// wrong, by the rules of [ledger.CheckPromises]; said_in_future (field made).
func (d *Desk) Promise(ctx context.Context, p ledger.Promise) (ledger.PromiseID, ledger.Entry, error) {
	if err := d.made(&p.Made, "made"); err != nil {
		return 0, ledger.Entry{}, err
	}
	e, err := d.change(ctx, ledger.ActPromise, nil, func(x *ledger.Draft) error {
		return FieldErrors(ledger.RecordPromise(x, &p, d.Today())).err()
	})
	return p.ID, e, err
}

// Dispute records that an invoice is contested, or what changed of a dispute that has a number already; an empty Opened is
// today. The error is FieldErrors where fields are wrong, by the rules of [ledger.CheckDispute]; said_in_future (field opened).
func (d *Desk) Dispute(ctx context.Context, r ledger.Dispute) (ledger.DisputeID, ledger.Entry, error) {
	if err := d.made(&r.Opened, "opened"); err != nil {
		return 0, ledger.Entry{}, err
	}
	e, err := d.change(ctx, ledger.ActDispute, d.about(r.Invoice), func(x *ledger.Draft) error {
		return FieldErrors(ledger.RecordDispute(x, &r, d.Today())).err()
	})
	return r.ID, e, err
}

// CloseDispute ends a dispute today; ended says how, for the next time. Errors are those of [ledger.CloseDispute].
func (d *Desk) CloseDispute(ctx context.Context, id ledger.DisputeID, ended string) (ledger.Entry, error) {
	var facts map[string]string
	if r := d.store.Book().Disputes.Get(uint32(id)); r != nil {
		facts = d.about(r.Invoice)
	}
	return d.change(ctx, ledger.ActDispute, facts, func(x *ledger.Draft) error {
		return ledger.CloseDispute(x, id, d.Today(), ended)
	})
}

// SetInsolvency records that insolvency proceedings were opened against a customer, and when the judgment was published;
// two zero days take it back. officer is to whom claims are declared, as far as it is known. The error is FieldErrors where days are wrong, by the rules of [ledger.SetInsolvency].
func (d *Desk) SetInsolvency(ctx context.Context, id ledger.CustomerID, judgment, published ledger.Date, officer ledger.Officer) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActCustomer, nil, func(x *ledger.Draft) error {
		if list := ledger.SetInsolvency(x, id, judgment, published, d.Today()); len(list) > 0 {
			return FieldErrors(list).err()
		}
		c := ledger.Clone(x.Customer(id))
		c.Officer = officer
		x.Put(c)
		return nil
	})
}

// made takes today for no day, and refuses one to come.
func (d *Desk) made(on *ledger.Date, field string) error {
	if *on == 0 {
		*on = d.Today()
	}
	if *on > d.Today() {
		return FieldErrors{ledger.Errorf("said_in_future", "field", field, "date", *on)}
	}
	return nil
}
