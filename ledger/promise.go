package ledger

import "slices"

// CheckPromises finds what is wrong with promises that a customer makes together, each as the errors of its own:
// field_required (customer, due), promise_past (due before the day it is made), promise_amount (nothing or less),
// promise_above (with the fact "open": more than is open of the invoices named, or of all the customer's where none is),
// promise_settled (nothing of the customer's is open in that currency), and for an invoice named invoice_unknown,
// invoice_other_customer, invoice_is_credit, invoice_settled and currency_differs. Promises about the same invoices count
// together. The fields are due, amount and invoices.
func CheckPromises(b *Book, promises []*Promise, st *Standings) [][]*Error {
	out := make([][]*Error, len(promises))
	for k, p := range promises {
		out[k] = checkPromise(b, p, st)
		if slices.ContainsFunc(out[k], func(e *Error) bool { return e.Args["field"] != "due" }) {
			continue // what is open cannot be said
		}
		open := openOf(b, p.Customer, p.Invoices, p.Amount.Currency, st)
		sum := Money{Currency: p.Amount.Currency}
		for _, q := range promises[:k+1] {
			if q.Amount.Currency == p.Amount.Currency && about(q.Invoices, p.Invoices) {
				sum = sum.Add(q.Amount)
			}
		}
		switch {
		case open.IsZero():
			out[k] = append(out[k], fieldError("amount", "promise_settled"))
		case sum.Minor > open.Minor:
			out[k] = append(out[k], fieldError("amount", "promise_above", "amount", sum, "open", open))
		}
	}
	return out
}

// about says whether a promise about some invoices falls within what another is about; naming none is about all.
func about(some, within []InvoiceID) bool {
	if len(within) == 0 {
		return true
	}
	return len(some) > 0 && !slices.ContainsFunc(some, func(i InvoiceID) bool { return !slices.Contains(within, i) })
}

// CheckPromise is [CheckPromises] for one.
func CheckPromise(b *Book, p *Promise, st *Standings) []*Error {
	return CheckPromises(b, []*Promise{p}, st)[0]
}

func checkPromise(b *Book, p *Promise, st *Standings) []*Error {
	var out []*Error
	if b.Customer(p.Customer) == nil {
		out = append(out, fieldError("customer", "field_required"))
	}
	switch {
	case p.Due == 0:
		out = append(out, fieldError("due", "field_required"))
	case p.Due < p.Made:
		out = append(out, fieldError("due", "promise_past", "date", p.Due))
	}
	if !p.Amount.Positive() {
		out = append(out, fieldError("amount", "promise_amount"))
	}
	return append(out, checkOwed(b, p.Customer, p.Invoices, p.Amount.Currency, st)...)
}

// checkOwed finds what keeps invoices from being something that a customer can agree to pay in a currency.
func checkOwed(b *Book, c CustomerID, invoices []InvoiceID, currency Currency, st *Standings) []*Error {
	var out []*Error
	for _, id := range invoices {
		i := b.Invoice(id)
		switch {
		case i == nil:
			out = append(out, fieldError("invoices", "invoice_unknown", "invoice", refName(KindInvoice, uint32(id))))
		case i.Customer != c:
			out = append(out, fieldError("invoices", "invoice_other_customer", "invoice", i.Number))
		case i.CreditNote:
			out = append(out, fieldError("invoices", "invoice_is_credit", "invoice", i.Number))
		case st.Of(id).Open == 0:
			out = append(out, fieldError("invoices", "invoice_settled", "invoice", i.Number))
		case i.Total.Currency != currency:
			out = append(out, fieldError("amount", "currency_differs", "invoice", i.Number, "currency", string(i.Total.Currency)))
		}
	}
	return out
}

// openOf is what is open in a currency of the invoices named, or of all a customer's where none is; credit notes are left
// out: whoever promises the whole of an invoice promises no more than is open.
func openOf(b *Book, c CustomerID, invoices []InvoiceID, currency Currency, st *Standings) Money {
	if len(invoices) == 0 {
		invoices = b.InvoicesOf(c)
	}
	open := Money{Currency: currency}
	for _, id := range invoices {
		if i := b.Invoice(id); i != nil && !i.CreditNote && i.Total.Currency == currency {
			open.Minor += st.Of(id).Open
		}
	}
	return open
}

// RecordPromise stages a promise, checked against what is open on a day. Errors are those of [CheckPromises].
func RecordPromise(d *Draft, p *Promise, on Date) []*Error {
	b := d.Next()
	if list := CheckPromise(b, p, b.Standings(on)); len(list) > 0 {
		return list
	}
	d.Put(p)
	return nil
}
