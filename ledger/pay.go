package ledger

// EndOfTime is the last day there is: standings on it count everything recorded.
var EndOfTime = Day(9999, 12, 31)

// Pay records a payment received on a day for one invoice, whole or in part. Errors: payment_amount
// (nothing or less), payment_too_high (more than is open; facts open and amount), currency_differs,
// payment_on_credit_note, invoice_unknown.
func Pay(d *Draft, id InvoiceID, on Date, amount Money, means Means, reference string) (*Payment, error) {
	p := &Payment{On: on, Amount: Money{Currency: amount.Currency}, Means: means, Reference: reference}
	if err := d.payMore(p, id, amount); err != nil {
		return nil, err
	}
	return p, nil
}

// Share is what a payment settles of one invoice.
type Share struct {
	Invoice InvoiceID
	Amount  Money
}

// PayTogether records what one customer paid on a day for several invoices: one payment, as it was one cheque or one
// transfer. Errors are those of [Pay], payment_empty and payment_customers.
func PayTogether(d *Draft, shares []Share, on Date, means Means, reference string) (*Payment, error) {
	if len(shares) == 0 {
		return nil, Errorf("payment_empty")
	}
	p := &Payment{On: on, Amount: Money{Currency: shares[0].Amount.Currency}, Means: means, Reference: reference}
	for _, s := range shares {
		if err := d.payMore(p, s.Invoice, s.Amount); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// payMore adds to a payment what it settles of one more invoice, and stages it.
func (d *Draft) payMore(p *Payment, id InvoiceID, amount Money) error {
	i, err := d.payable(id, amount)
	switch {
	case err != nil:
		return err
	case amount.Currency != p.Amount.Currency:
		return Errorf("currency_differs", "invoice", i.Number, "currency", string(i.Total.Currency))
	case p.Customer != 0 && p.Customer != i.Customer:
		return Errorf("payment_customers")
	}
	p.Customer = i.Customer
	p.Amount.Minor += amount.Minor
	p.Allocations = append(p.Allocations, Allocation{Invoice: id, Amount: amount.Minor, Above: i.RegisterImport})
	d.Put(p)
	return nil
}

// GiveUp writes off a part of an invoice, under the conditions of [Pay].
func GiveUp(d *Draft, id InvoiceID, on Date, amount Money, reason string) (*WriteOff, error) {
	if _, err := d.payable(id, amount); err != nil {
		return nil, err
	}
	w := &WriteOff{Invoice: id, On: on, Amount: amount, Reason: reason}
	d.Put(w)
	return w, nil
}

// payable checks that an amount can be taken off what is open of an invoice, whatever the day.
func (d *Draft) payable(id InvoiceID, amount Money) (*Invoice, error) {
	i := d.Invoice(id)
	switch {
	case i == nil:
		return nil, Errorf("invoice_unknown", "invoice", uint32(id))
	case i.CreditNote:
		return nil, Errorf("payment_on_credit_note", "invoice", i.Number)
	case amount.Currency != i.Total.Currency:
		return nil, Errorf("currency_differs", "invoice", i.Number, "currency", string(i.Total.Currency))
	case !amount.Positive():
		return nil, Errorf("payment_amount", "invoice", i.Number)
	}
	open := d.Next().Standings(EndOfTime).Of(id).Open
	if amount.Minor > open {
		return nil, Errorf("payment_too_high", "invoice", i.Number, "amount", amount, "open", Money{open, i.Total.Currency})
	}
	return i, nil
}

// Invoice gives an invoice as the draft has it, or nil.
func (d *Draft) Invoice(id InvoiceID) *Invoice {
	if r, ok := d.Record(KindInvoice, uint32(id)).(*Invoice); ok {
		return r
	}
	return nil
}

// Customer gives a customer as the draft has it, or nil.
func (d *Draft) Customer(id CustomerID) *Customer {
	if r, ok := d.Record(KindCustomer, uint32(id)).(*Customer); ok {
		return r
	}
	return nil
}
