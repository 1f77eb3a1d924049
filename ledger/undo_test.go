package ledger

import (
	"slices"
	"testing"
)

// imported stages two customers with two invoices each.
func imported(d *Draft) {
	for _, ref := range []string{"A", "B"} {
		c := &Customer{Ref: ref, Name: ref}
		d.Put(c)
		for _, n := range []string{"1", "2"} {
			d.Put(&Invoice{Customer: c.ID, Number: ref + n, Total: Euros(100)})
		}
	}
}

func (h *history) do(t *testing.T, fn func(d *Draft)) int {
	t.Helper()
	d := NewDraft(h.book)
	fn(d)
	h.write(t, d)
	return len(h.entries) - 1
}

func (h *history) changeInvoice(t *testing.T, id InvoiceID, total int64) int {
	return h.do(t, func(d *Draft) {
		i := Clone(h.book.Invoice(id))
		i.Total = Euros(total)
		d.Put(i)
	})
}

func (h *history) pay(t *testing.T, id InvoiceID, amount int64) int {
	return h.do(t, func(d *Draft) {
		d.Put(&Payment{Customer: h.book.Invoice(id).Customer, Amount: Euros(amount), Allocations: []Allocation{{Invoice: id, Amount: amount}}})
	})
}

func TestUndo(t *testing.T) {
	for name, c := range map[string]struct {
		story func(t *testing.T, h *history) int // gives the entry to undo
		kept  []Kept
		count int // of all records taken back or put back
	}{
		"whole":     {func(t *testing.T, h *history) int { return 0 }, nil, 6},
		"two times": {func(t *testing.T, h *history) int { _, d := h.undo(t, 0); h.write(t, d); return 0 }, nil, 0},
		"the undo":  {func(t *testing.T, h *history) int { _, d := h.undo(t, 0); h.write(t, d); return 1 }, nil, 6},
		"a payment rests on an invoice, which rests on a customer": {
			func(t *testing.T, h *history) int { h.pay(t, 2, 60); return 0 },
			[]Kept{{KindInvoice, 2, "payment"}, {KindCustomer, 1, "invoice"}}, 4,
		},
		"what was changed to rest on what is new": {
			func(t *testing.T, h *history) int {
				h.do(t, func(d *Draft) { d.Put(&Call{Customer: 1, Running: true}) })
				return h.do(t, func(d *Draft) {
					p := &Promise{Customer: 1, Amount: Euros(10)}
					d.Put(p)
					c := Clone(h.book.Calls.Get(1))
					c.Running, c.Promises = false, []PromiseID{p.ID}
					d.Put(c)
				})
			}, nil, 2,
		},
		"the same, changed again since": {
			func(t *testing.T, h *history) int {
				h.do(t, func(d *Draft) { d.Put(&Call{Customer: 1, Running: true}) })
				at := h.do(t, func(d *Draft) {
					d.Put(&Promise{Customer: 1, Amount: Euros(10)})
					d.Put(&Call{ID: 1, Customer: 1, Promises: []PromiseID{1}})
				})
				h.do(t, func(d *Draft) { d.Put(&Call{ID: 1, Customer: 1, Promises: []PromiseID{1}, Seconds: 9}) })
				return at
			}, []Kept{{KindCall, 1, "changed"}, {KindPromise, 1, "call"}}, 0,
		},
		"a payment taken back": {
			func(t *testing.T, h *history) int {
				h.pay(t, 2, 60)
				h.do(t, func(d *Draft) { d.Delete(KindPayment, 1) })
				return 0
			}, nil, 6,
		},
		"an invoice changed since": {
			func(t *testing.T, h *history) int { h.changeInvoice(t, 3, 120); return 0 },
			[]Kept{{KindInvoice, 3, "changed"}, {KindCustomer, 2, "invoice"}}, 4,
		},
		"a total on which more was paid since": {
			func(t *testing.T, h *history) int { at := h.changeInvoice(t, 3, 120); h.pay(t, 3, 110); return at },
			[]Kept{{KindInvoice, 3, "invoice_exceeded"}}, 0,
		},
		"a total on which less was paid since": {
			func(t *testing.T, h *history) int { at := h.changeInvoice(t, 3, 120); h.pay(t, 3, 90); return at }, nil, 1,
		},
		"a payment that would be too much again": {
			func(t *testing.T, h *history) int {
				h.pay(t, 1, 60)
				at := h.do(t, func(d *Draft) { d.Delete(KindPayment, 1) })
				h.pay(t, 1, 70)
				return at
			},
			[]Kept{{KindPayment, 1, "invoice_exceeded"}}, 0,
		},
		"a note about a customer who is gone": {
			func(t *testing.T, h *history) int {
				h.do(t, func(d *Draft) { d.Put(&Note{Customer: 1, Text: "x"}) })
				at := h.do(t, func(d *Draft) { d.Delete(KindNote, 1) })
				_, d := h.undo(t, 0)
				h.write(t, d)
				return at
			},
			[]Kept{{KindNote, 1, "reference_missing"}}, 0,
		},
		"what was erased": {
			func(t *testing.T, h *history) int {
				h.entries = append(h.entries, Entry{Seq: 2, Spans: []Span{{KindCustomer, Erased, 1, 1}}})
				h.before = append(h.before, nil)
				return 1
			}, nil, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHistory()
			h.do(t, imported)
			at := c.story(t, h)
			done, d := h.undo(t, at)
			if !slices.Equal(done.Kept, c.kept) || done.All != c.count {
				t.Errorf("kept %v, want %v; %d records, want %d", done.Kept, c.kept, done.All, c.count)
			}
			h.write(t, d)
		})
	}
}

func TestFaults(t *testing.T) {
	book := func() *Book {
		d := NewDraft(&Book{})
		imported(d)
		return d.Next()
	}()
	for code, fn := range map[string]func(d *Draft){
		"": func(d *Draft) {
			d.Put(&Payment{Customer: 1, Amount: Euros(100), Allocations: []Allocation{{Invoice: 1, Amount: 100}}})
		},
		"reference_missing": func(d *Draft) { d.Delete(KindCustomer, 1) },
		"payment_exceeded": func(d *Draft) {
			d.Put(&Payment{Customer: 1, Amount: Euros(50), Allocations: []Allocation{{Invoice: 1, Amount: 51}}})
		},
		"invoice_exceeded": func(d *Draft) { d.Put(&WriteOff{Invoice: 1, Amount: Euros(101)}) },
		"currency_differs": func(d *Draft) { d.Put(&WriteOff{Invoice: 1, Amount: Money{1, CHF}}) },
	} {
		d := NewDraft(book)
		fn(d)
		if got := CodeOf(d.Check()); got != code {
			t.Errorf("%q, want %q", got, code)
		}
	}
	d := NewDraft(book) // a credit note used up, and a payment returned
	d.Put(&Invoice{Customer: 1, Number: "AV", CreditNote: true, Total: Euros(-40)})
	d.Put(&Payment{Customer: 1, Amount: Euros(60), Allocations: []Allocation{{Invoice: 1, Amount: 100}, {Invoice: 5, Amount: -40}}})
	d.Put(&Payment{Customer: 1, Amount: Euros(-60), Allocations: []Allocation{{Invoice: 1, Amount: -60}}})
	if err := d.Check(); err != nil {
		t.Error(err)
	}
	bad := NewDraft(book)
	bad.Delete(KindCustomer, 1)
	after := NewDraft(bad.Next()) // what was wrong before does not stop others
	after.Put(&Customer{Ref: "C"})
	if err := after.Check(); err != nil {
		t.Error(err)
	}
}
