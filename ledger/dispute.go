package ledger

import "slices"

// DisputeReasons lists the reasons in the order in which forms offer them.
var DisputeReasons = []DisputeReason{LateDelivery, FaultyGoods, WrongAmount, WrongAddressee, MissingOrder, MissingProof, NotOrdered, OtherDispute}

// OpenDispute gives the dispute about an invoice that is not closed on a day, or nil.
func (b *Book) OpenDispute(i InvoiceID, on Date) *Dispute {
	for _, x := range b.DisputesOf(i) {
		if x.Opened <= on && (x.Closed == 0 || x.Closed > on) {
			return x
		}
	}
	return nil
}

// CheckDispute finds what is wrong with a dispute, new or changed: invoice_unknown, invoice_is_credit, invoice_settled,
// dispute_running (the invoice has another one open), dispute_reason (none, or not one of [DisputeReasons]),
// dispute_amount (less than nothing), dispute_above (with the fact "open": more than is open; 0 is all of it) and
// dispute_past (it was to be settled before the day it came up). The fields are invoice, reason, amount and by.
func CheckDispute(b *Book, x *Dispute, st *Standings) []*Error {
	var out []*Error
	i := b.Invoice(x.Invoice)
	switch {
	case x.Invoice == 0:
		out = append(out, fieldError("invoice", "field_required"))
	case i == nil:
		out = append(out, fieldError("invoice", "invoice_unknown", "invoice", refName(KindInvoice, uint32(x.Invoice))))
	case i.CreditNote:
		out = append(out, fieldError("invoice", "invoice_is_credit", "invoice", i.Number))
	case st.Of(i.ID).Open == 0:
		out = append(out, fieldError("invoice", "invoice_settled", "invoice", i.Number))
	default:
		if o := b.OpenDispute(i.ID, st.On); o != nil && o.ID != x.ID {
			out = append(out, fieldError("invoice", "dispute_running", "invoice", i.Number, "day", o.Opened))
		}
		if open := st.Of(i.ID).Open; x.Amount > open {
			out = append(out, fieldError("amount", "dispute_above", "amount", Money{x.Amount, i.Total.Currency}, "open", Money{open, i.Total.Currency}))
		}
	}
	if x.Amount < 0 {
		out = append(out, fieldError("amount", "dispute_amount"))
	}
	switch {
	case x.Reason == "":
		out = append(out, fieldError("reason", "field_required"))
	case !slices.Contains(DisputeReasons, x.Reason):
		out = append(out, fieldError("reason", "dispute_reason", "value", string(x.Reason)))
	}
	if x.By != 0 && x.By < x.Opened {
		out = append(out, fieldError("by", "dispute_past", "date", x.By))
	}
	return out
}

// RecordDispute stages a new dispute or a changed one, checked against what is open on a day. Errors are those of
// [CheckDispute].
func RecordDispute(d *Draft, x *Dispute, on Date) []*Error {
	b := d.Next()
	if list := CheckDispute(b, x, b.Standings(on)); len(list) > 0 {
		return list
	}
	d.Put(x)
	return nil
}

// CloseDispute stages the end of a dispute on a day, and how it ended, for the next time. Errors: dispute_unknown,
// dispute_closed (with the day).
func CloseDispute(d *Draft, id DisputeID, on Date, ended string) error {
	x, ok := d.Record(KindDispute, uint32(id)).(*Dispute)
	switch {
	case !ok:
		return Errorf("dispute_unknown")
	case x.Closed != 0:
		return Errorf("dispute_closed", "day", x.Closed)
	}
	x = Clone(x)
	x.Closed, x.Ended = max(on, x.Opened), ended
	d.Put(x)
	return nil
}
