package ledger

import "fmt"

// Fault is something that a book's rules exclude. The codes of errors are reference_missing,
// currency_differs, payment_exceeded, invoice_exceeded, deposit_twice, instalments_order and instalments_sum.
type Fault struct {
	Err *Error
	of  []ref // the records concerned
}

// ref names a record.
type ref struct {
	kind Kind
	key  uint32
}

// Faults gives everything in the book that breaks its rules: every record that another refers to is
// there; payments settle invoices of their own currency; what a payment settles is at most its amount;
// what payments and write-offs take off an invoice is at most its total; a cheque is on one slip only; the instalments of an invoice
// follow each other and make its total. No change may bring in a new one.
func (b *Book) Faults() []Fault {
	f := faults{book: b}
	f.references()
	f.sums()
	f.deposits()
	return f.found
}

type faults struct {
	book  *Book
	found []Fault
}

func (f *faults) add(of []ref, code string, pairs ...any) {
	f.found = append(f.found, Fault{Errorf(code, pairs...), of})
}

func (f *faults) references() {
	for _, k := range Kinds {
		t := f.book.table(k)
		for key := uint32(1); int(key) <= t.Cap(); key++ {
			r := t.record(key)
			if r == nil {
				continue
			}
			references(r, func(to Kind, toKey uint32) {
				if !f.book.table(to).has(toKey) {
					f.add([]ref{{k, key}, {to, toKey}}, "reference_missing",
						"record", refName(k, key), "missing", refName(to, toKey))
				}
			})
		}
	}
}

// taken is what payments and write-offs take off one invoice, and which they are.
type taken struct {
	sum int64
	by  []ref
}

func (f *faults) sums() {
	off := make(map[InvoiceID]*taken, f.book.Payments.Len())
	take := func(id InvoiceID, amount Money, by ref) {
		i := f.book.Invoice(id)
		if i == nil {
			return
		}
		if amount.Currency != i.Total.Currency {
			f.add([]ref{by, {KindInvoice, uint32(id)}}, "currency_differs",
				"invoice", i.Number, "currency", string(i.Total.Currency), "other", string(amount.Currency))
			return
		}
		t := off[id]
		if t == nil {
			t = &taken{}
			off[id] = t
		}
		t.sum += amount.Minor
		t.by = append(t.by, by)
	}
	for p := range f.book.Payments.All() {
		by := ref{KindPayment, uint32(p.ID)}
		sum := int64(0)
		for _, a := range p.Allocations {
			take(a.Invoice, Money{a.Amount, p.Amount.Currency}, by)
			sum += a.Amount
		}
		if exceeds(sum, p.Amount.Minor) {
			f.add([]ref{by}, "payment_exceeded", "payment", refName(KindPayment, by.key),
				"amount", p.Amount, "settled", Money{sum, p.Amount.Currency})
		}
	}
	for w := range f.book.WriteOffs.All() {
		take(w.Invoice, w.Amount, ref{KindWriteOff, uint32(w.ID)})
	}
	for i := range f.book.Invoices.All() {
		if e := i.checkInstalments(); e != nil {
			f.found = append(f.found, Fault{e, []ref{{KindInvoice, uint32(i.ID)}}})
		}
		if t := off[i.ID]; t != nil && exceeds(t.sum, i.Total.Minor) {
			f.add(append(t.by, ref{KindInvoice, uint32(i.ID)}), "invoice_exceeded", "invoice", i.Number,
				"amount", i.Total, "settled", Money{t.sum, i.Total.Currency})
		}
	}
}

// deposits finds cheques on more than one slip.
func (f *faults) deposits() {
	on := map[PaymentID]DepositID{}
	for d := range f.book.Deposits.All() {
		for _, p := range d.Payments {
			if other := on[p]; other != 0 {
				f.add([]ref{{KindDeposit, uint32(d.ID)}, {KindDeposit, uint32(other)}}, "deposit_twice",
					"payment", refName(KindPayment, uint32(p)), "deposit", int(other), "other", int(d.ID))
			}
			on[p] = d.ID
		}
	}
}

// exceeds says whether a sum goes further from nothing than the whole it is part of. What is returned
// counts against: it exceeds nothing.
func exceeds(sum, whole int64) bool {
	if whole < 0 {
		return sum < whole
	}
	return sum > whole
}

func refName(k Kind, key uint32) string { return fmt.Sprintf("%s %d", k, key) }

// Check says whether the draft may be written: it gives the first fault that the book did not have.
func (d *Draft) Check() error {
	if f := d.newFaults(); len(f) > 0 {
		return f[0].Err
	}
	return nil
}

func (d *Draft) newFaults() []Fault {
	next := d.Next().Faults()
	if len(next) == 0 {
		return nil
	}
	had := map[string]bool{}
	for _, f := range d.book.Faults() {
		had[f.Err.Error()] = true
	}
	out := next[:0]
	for _, f := range next {
		if !had[f.Err.Error()] {
			out = append(out, f)
		}
	}
	return out
}
