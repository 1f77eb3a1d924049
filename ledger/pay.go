package ledger

// EndOfTime is the last day there is: standings on it count everything recorded.
var EndOfTime = Day(9999, 12, 31)

// Pay records a payment received on a day for one invoice, whole or in part. Errors: payment_amount
// (nothing or less), payment_too_high (more than is open; facts open and amount), currency_differs,
// payment_on_credit_note, invoice_unknown.
func Pay(d *Draft, id InvoiceID, on Date, amount Money, means Means, reference string) (*Payment, error) {
	i, err := d.payable(id, amount)
	if err != nil {
		return nil, err
	}
	p := &Payment{
		Customer: i.Customer, On: on, Amount: amount, Means: means, Reference: reference,
		Allocations: []Allocation{{Invoice: id, Amount: amount.Minor, Above: i.RegisterImport}},
	}
	d.Put(p)
	return p, nil
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
