package ledger

import "slices"

// Kept is a record that an undo left as it is, and why: the kind of what rests on it ("letter",
// "payment", …), or "changed" when it was changed since.
type Kept struct {
	Kind Kind
	Key  uint32
	Why  string
}

// Undone is what an undo did.
type Undone struct {
	Records int // taken back or put back as they were, invoices and credit notes
	All     int // all kinds of records
	Kept    []Kept
}

// Earlier gives a record as it was before an entry changed it, and whether later entries changed it
// again. For a record that the entry created, the first is nil.
type Earlier func(k Kind, key uint32) (before Record, changedSince bool, err error)

// Undo stages the taking back of one journal entry, also after others: what the entry created goes,
// what it changed or removed is as before. What other records rest on stays, and so does what was
// changed since; these are listed. Nothing is erased: the journal keeps both.
func Undo(d *Draft, e *Entry, earlier Earlier) (Undone, error) {
	u := undoing{d: d, e: e, rests: restsOn(d.Book(), e), earlier: earlier}
	spans := slices.Clone(e.Spans)
	slices.Reverse(spans) // what refers to others goes before them
	for _, s := range spans {
		for key := s.To; key >= s.From && key > 0; key-- {
			if err := u.one(s, key); err != nil {
				return Undone{}, err
			}
		}
	}
	return u.done, nil
}

type ref struct {
	kind Kind
	key  uint32
}

type undoing struct {
	d       *Draft
	e       *Entry
	rests   map[ref]string
	earlier Earlier
	done    Undone
}

func (u *undoing) one(s Span, key uint32) error {
	before, changed, err := u.earlier(s.Kind, key)
	if err != nil {
		return err
	}
	now := u.d.Record(s.Kind, key)
	if s.Op == Created && now == nil {
		return nil // taken back already
	}
	why := u.rests[ref{s.Kind, key}]
	switch {
	case changed:
		why = "changed"
	case s.Op != Created:
		why = ""
	}
	if why != "" {
		u.keep(s, key, why, now)
		return nil
	}
	if s.Op == Created {
		u.d.Delete(s.Kind, key)
	} else {
		u.d.Put(before)
	}
	u.done.All++
	if s.Kind == KindInvoice {
		u.done.Records++
	}
	return nil
}

// keep notes what stays, and lets what it refers to stay with it.
func (u *undoing) keep(s Span, key uint32, why string, now Record) {
	u.done.Kept = append(u.done.Kept, Kept{s.Kind, key, why})
	if now != nil {
		references(now, func(k Kind, key uint32) { u.rests[ref{k, key}] = s.Kind.String() })
	}
}

// restsOn finds what records refer to, but for those that the entry created itself.
func restsOn(b *Book, e *Entry) map[ref]string {
	out := map[ref]string{}
	for _, k := range Kinds {
		for key := uint32(1); key <= b.Last(k); key++ {
			r := b.Record(k, key)
			if r == nil || e.Made(k, key) {
				continue
			}
			references(r, func(to Kind, key uint32) { out[ref{to, key}] = k.String() })
		}
	}
	return out
}

// references names the records that a record rests on.
func references(r Record, to func(Kind, uint32)) {
	switch r := r.(type) {
	case *Contact:
		to(KindCustomer, uint32(r.Customer))
	case *Invoice:
		to(KindCustomer, uint32(r.Customer))
	case *Payment:
		to(KindCustomer, uint32(r.Customer))
		for _, a := range r.Allocations {
			to(KindInvoice, uint32(a.Invoice))
		}
	case *WriteOff:
		to(KindInvoice, uint32(r.Invoice))
	case *Promise:
		to(KindCustomer, uint32(r.Customer))
		for _, i := range r.Invoices {
			to(KindInvoice, uint32(i))
		}
	case *Dispute:
		to(KindInvoice, uint32(r.Invoice))
	case *Note:
		to(KindCustomer, uint32(r.Customer))
	case *Document:
		to(KindCustomer, uint32(r.Customer))
		if r.Invoice != 0 {
			to(KindInvoice, uint32(r.Invoice))
		}
	case *Letter:
		to(KindCustomer, uint32(r.Customer))
		for _, l := range r.Lines {
			to(KindInvoice, uint32(l.Invoice))
		}
	}
}
