package ledger

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// history is a journal in memory: what the store keeps in a file.
type history struct {
	book    *Book
	entries []Entry
	before  []map[ref]Record     // of each entry, what it changed or removed, as it was
	model   map[ref]Record       // every record, kept the simple way
	written map[ref]map[int]bool // which entries wrote a record
}

func newHistory() *history {
	return &history{book: &Book{}, model: map[ref]Record{}, written: map[ref]map[int]bool{}}
}

// write does what the store does with a draft.
func (h *history) write(t *testing.T, d *Draft) *Entry {
	t.Helper()
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	before := map[ref]Record{}
	at := len(h.entries)
	for c := range d.Changes() {
		r := ref{c.Kind, c.Key}
		if !reflect.DeepEqual(c.Before, h.model[r]) {
			t.Fatalf("%v: before %+v, was %+v", r, c.Before, h.model[r])
		}
		if c.Before != nil {
			before[r] = c.Before
		}
		delete(h.model, r)
		if c.After != nil {
			h.model[r] = c.After
		}
		if h.written[r] == nil {
			h.written[r] = map[int]bool{}
		}
		h.written[r][at] = true
	}
	h.entries = append(h.entries, Entry{Seq: uint64(at + 1), Spans: SpansOf(d.Changes())})
	h.before = append(h.before, before)
	h.book = d.Next()
	h.compare(t)
	return &h.entries[at]
}

func (h *history) compare(t *testing.T) {
	t.Helper()
	n := 0
	for _, k := range Kinds {
		live := 0
		for key := uint32(1); key <= h.book.Last(k); key++ {
			r := h.book.Record(k, key)
			if want := h.model[ref{k, key}]; !reflect.DeepEqual(r, want) {
				t.Fatalf("%s %d: %+v, want %+v", k, key, r, want)
			}
			if r != nil {
				live++
			}
		}
		n += live
	}
	if n != len(h.model) {
		t.Fatalf("%d records, want %d", n, len(h.model))
	}
	if f := h.book.Faults(); len(f) > 0 {
		t.Fatal(f[0].Err)
	}
}

func (h *history) undo(t *testing.T, at int) (Undone, *Draft) {
	t.Helper()
	d := NewDraft(h.book)
	done, err := Undo(d, &h.entries[at], func(k Kind, key uint32) (Record, bool, error) {
		since := false
		for e := range h.written[ref{k, key}] {
			since = since || e > at
		}
		return h.before[at][ref{k, key}], since, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return done, d
}

// randomDraft stages a few changes that the rules allow.
func randomDraft(r *rand.Rand, b *Book) *Draft {
	d := NewDraft(b)
	for range 1 + r.IntN(6) {
		randomChange(r, d)
		if d.Check() != nil { // for instance a customer removed whose invoices are there
			return NewDraft(b)
		}
	}
	return d
}

func randomChange(r *rand.Rand, d *Draft) {
	b := d.Next()
	switch r.IntN(9) {
	case 0:
		d.Put(&Customer{Ref: fmt.Sprint(r.Uint32()), Name: "Client"})
	case 1, 2:
		if c := pick(r, &b.Customers); c != 0 {
			d.Put(&Invoice{Customer: CustomerID(c), Number: fmt.Sprint(r.Uint32()), Total: Euros(int64(1 + r.IntN(1000)))})
		}
	case 3:
		if i := b.Invoice(InvoiceID(pick(r, &b.Invoices))); i != nil {
			a := int64(r.IntN(500))
			d.Put(&Payment{Customer: i.Customer, Amount: Euros(a), Allocations: []Allocation{{Invoice: i.ID, Amount: a}}})
		}
	case 4:
		if i := b.Invoice(InvoiceID(pick(r, &b.Invoices))); i != nil {
			d.Put(&WriteOff{Invoice: i.ID, Amount: Euros(int64(r.IntN(300)))})
		}
	case 5:
		if i := b.Invoice(InvoiceID(pick(r, &b.Invoices))); i != nil {
			c := Clone(i)
			c.Total.Minor = int64(1 + r.IntN(1500))
			d.Put(c)
		}
	case 6:
		if p := b.Payments.Get(pick(r, &b.Payments)); p != nil {
			d.Delete(KindPayment, uint32(p.ID))
		}
	case 7:
		if c := b.Customer(CustomerID(pick(r, &b.Customers))); c != nil {
			n := Clone(c)
			n.Name = fmt.Sprint("Client ", r.IntN(9))
			d.Put(n)
		}
	case 8:
		k := []Kind{KindCustomer, KindInvoice, KindWriteOff}[r.IntN(3)]
		if last := b.Last(k); last > 0 {
			d.Delete(k, 1+r.Uint32N(last))
		}
	}
}

// pick gives the number of a record that is there; 0 where none was found.
func pick(r *rand.Rand, t anyTable) uint32 {
	for range 10 {
		if n := t.Cap(); n > 0 {
			if key := 1 + r.Uint32N(uint32(n)); t.has(key) {
				return key
			}
		}
	}
	return 0
}

// Drafts and undos in any order: the book is always what a simple model says, and within its rules; an
// undo of the newest entry puts everything back.
func TestDraftsAndUndos(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 7))
		h := newHistory()
		for range 60 {
			if n := len(h.entries); n > 0 && r.IntN(4) == 0 {
				at := r.IntN(n)
				done, d := h.undo(t, at)
				if staged := len(slices.Collect(d.Changes())); staged > done.All {
					t.Fatalf("%d staged, %d told", staged, done.All)
				}
				if !d.Empty() {
					h.write(t, d)
				}
				continue
			}
			d := randomDraft(r, h.book)
			if d.Empty() {
				continue
			}
			was := map[ref]Record{}
			for k, v := range h.model {
				was[k] = v
			}
			h.write(t, d)
			if r.IntN(3) == 0 {
				done, back := h.undo(t, len(h.entries)-1)
				if len(done.Kept) > 0 {
					t.Fatalf("kept %v", done.Kept)
				}
				h.write(t, back)
				if !reflect.DeepEqual(h.model, was) {
					t.Fatal("an undo at once does not put everything back")
				}
			}
		}
	}
}

// Numbers are never given twice, even when the record that had one is gone.
func TestNumbersAreNotGivenAgain(t *testing.T) {
	d := NewDraft(&Book{})
	a, b := &Customer{Ref: "A"}, &Customer{Ref: "B"}
	d.Put(a)
	d.Put(b)
	d.Delete(KindCustomer, uint32(b.ID))
	if d.Record(KindCustomer, 2) != nil || d.Record(KindCustomer, 1) == nil {
		t.Error("records of the draft")
	}
	n := NewDraft(d.Next())
	c := &Customer{Ref: "C"}
	n.Put(c)
	if c.ID != 3 {
		t.Errorf("number %d", c.ID)
	}
	records := map[Kind][]Record{KindCustomer: {a, nil, c}}
	if l := LoadBook(records); l.Last(KindCustomer) != 3 || l.Customers.Len() != 2 || l.Customer(2) != nil || l.Customer(3) != c {
		t.Error("loaded book")
	}
}
