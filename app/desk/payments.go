package desk

import (
	"context"

	"quitus/ledger"
)

// Pay records a payment for an invoice, whole or in part. Errors are those of [ledger.Pay], and
// payment_in_future when it is dated after today.
func (d *Desk) Pay(ctx context.Context, id ledger.InvoiceID, on ledger.Date, amount ledger.Money, means ledger.Means, reference string) (*ledger.Payment, ledger.Entry, error) {
	if on > d.Today() {
		return nil, ledger.Entry{}, ledger.Errorf("payment_in_future", "field", "on", "date", on)
	}
	var p *ledger.Payment
	e, err := d.change(ctx, ledger.ActPayment, d.about(id), func(x *ledger.Draft) (err error) {
		p, err = ledger.Pay(x, id, on, amount, means, reference)
		return err
	})
	return p, e, err
}

// Part is what a payment settles of one invoice.
type Part = ledger.Share

// PayTogether records what one customer paid on a day for several invoices, as one payment. Errors are those of
// [ledger.PayTogether], and payment_in_future.
func (d *Desk) PayTogether(ctx context.Context, parts []Part, on ledger.Date, means ledger.Means, reference string) (ledger.Entry, error) {
	if on > d.Today() {
		return ledger.Entry{}, ledger.Errorf("payment_in_future", "field", "on", "date", on)
	}
	var facts map[string]string
	if len(parts) == 1 {
		facts = d.about(parts[0].Invoice)
	}
	return d.change(ctx, ledger.ActPayment, facts, func(x *ledger.Draft) error {
		_, err := ledger.PayTogether(x, parts, on, means, reference)
		return err
	})
}

// TakeBackPayment takes a payment back. It stays in the journal. Errors: payment_unknown, payment_deposited.
func (d *Desk) TakeBackPayment(ctx context.Context, id ledger.PaymentID) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActPaymentTaken, nil, func(x *ledger.Draft) error {
		p, _ := x.Record(ledger.KindPayment, uint32(id)).(*ledger.Payment)
		if p == nil {
			return ledger.Errorf("payment_unknown")
		}
		if slip := x.Book().DepositOf(id); slip != nil {
			return ledger.Errorf("payment_deposited", "amount", p.Amount, "date", p.On, "deposit", int(slip.ID))
		}
		x.Delete(ledger.KindPayment, uint32(id))
		return nil
	})
}

// WriteOff gives up what is open of an invoice, or a part of it when amount is not zero. Errors are
// those of [ledger.GiveUp].
func (d *Desk) WriteOff(ctx context.Context, id ledger.InvoiceID, amount ledger.Money, reason string) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActWriteOff, d.about(id), func(x *ledger.Draft) error {
		if i := x.Invoice(id); i != nil && amount.IsZero() {
			amount = ledger.Money{Minor: x.Book().Standings(ledger.EndOfTime).Of(id).Open, Currency: i.Total.Currency}
		}
		_, err := ledger.GiveUp(x, id, d.Today(), amount, reason)
		return err
	})
}

// about names an invoice in the journal.
func (d *Desk) about(id ledger.InvoiceID) map[string]string {
	if i := d.store.Book().Invoice(id); i != nil {
		return map[string]string{"invoice": i.Number}
	}
	return nil
}
