package ledger

import "slices"

// Kept is a record that an undo left as it is, and why: the kind of what rests on it ("letter",
// "payment", …), "changed" when it was changed since, or the code of the [Fault] that putting it back
// would bring.
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
// changed since, and what would break the book's rules if it came back; these are listed. Nothing is
// erased: the journal keeps both. What an entry erased stays erased. The draft must be a fresh one.
func Undo(d *Draft, e *Entry, earlier Earlier) (Undone, error) {
	stays := map[ref]string{}
	for {
		*d = *NewDraft(d.book)
		u := undoing{d: d, rests: restsOn(d.book, e), stays: stays, earlier: earlier}
		if err := u.all(e); err != nil {
			return Undone{}, err
		}
		before := len(stays)
		for _, f := range d.newFaults() {
			for _, r := range f.of {
				if u.staged[r] && stays[r] == "" {
					stays[r] = f.Err.Code
				}
			}
		}
		if len(stays) == before {
			return u.done, nil
		}
	}
}

type undoing struct {
	d       *Draft
	rests   map[ref]string
	stays   map[ref]string // what cannot be put back, and why
	staged  map[ref]bool
	earlier Earlier
	done    Undone
}

func (u *undoing) all(e *Entry) error {
	u.staged = map[ref]bool{}
	spans := slices.Clone(e.Spans)
	slices.Reverse(spans) // what refers to others goes before them
	for _, s := range spans {
		if s.Op == Erased {
			continue
		}
		for key := s.To; key >= s.From && key > 0; key-- {
			if err := u.one(s, key); err != nil {
				return err
			}
		}
	}
	return nil
}

func (u *undoing) one(s Span, key uint32) error {
	before, changed, err := u.earlier(s.Kind, key)
	if err != nil {
		return err
	}
	r := ref{s.Kind, key}
	now := u.d.Record(s.Kind, key)
	if s.Op == Created && now == nil {
		return nil // taken back already
	}
	why := u.stays[r]
	if why == "" && s.Op == Created {
		why = u.rests[r]
	}
	if changed {
		why = "changed"
	}
	if why != "" {
		u.keep(s, key, why, now)
		return nil
	}
	if s.Op == Created {
		u.d.Delete(s.Kind, key)
	} else {
		u.d.Put(before)
		u.restingOn(s.Kind, before)
	}
	u.staged[r] = true
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
		u.restingOn(s.Kind, now)
	}
}

// restingOn lets what a record refers to stay with it.
func (u *undoing) restingOn(kind Kind, r Record) {
	references(r, func(k Kind, key uint32) { u.rests[ref{k, key}] = kind.String() })
}

// restsOn finds what records refer to, but for those that the entry created or changed itself: of these it counts what they
// are once it is taken back.
func restsOn(b *Book, e *Entry) map[ref]string {
	out := map[ref]string{}
	for _, k := range Kinds {
		for key := uint32(1); key <= b.Last(k); key++ {
			r := b.Record(k, key)
			if r == nil || e.did(k, key, Created, Changed) {
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
	case *Customer:
		if r.Manager != 0 {
			to(KindCustomer, uint32(r.Manager))
		}
	case *Contact:
		to(KindCustomer, uint32(r.Customer))
	case *Invoice:
		to(KindCustomer, uint32(r.Customer))
	case *Payment:
		to(KindCustomer, uint32(r.Customer))
		for _, a := range r.Allocations {
			to(KindInvoice, uint32(a.Invoice))
		}
		if r.Entry != 0 {
			to(KindBankEntry, uint32(r.Entry))
		}
	case *BankStatement:
		to(KindBankAccount, uint32(r.Account))
	case *BankEntry:
		to(KindBankAccount, uint32(r.Account))
		to(KindBankStatement, uint32(r.Statement))
	case *Deposit:
		for _, p := range r.Payments {
			to(KindPayment, uint32(p))
		}
	case *WriteOff:
		to(KindInvoice, uint32(r.Invoice))
	case *Waiver:
		to(KindInvoice, uint32(r.Invoice))
	case *Interruption:
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
		for _, x := range []DocumentID{r.Registered.Proof, r.Registered.Receipt} {
			if x != 0 {
				to(KindDocument, uint32(x))
			}
		}
	case *Alias:
		to(KindCustomer, uint32(r.Customer))
	case *Plan:
		to(KindCustomer, uint32(r.Customer))
		for _, i := range r.Invoices {
			to(KindInvoice, uint32(i))
		}
	case *Message:
		to(KindCustomer, uint32(r.Customer))
		for _, l := range r.Lines {
			to(KindInvoice, uint32(l.Invoice))
		}
		for _, x := range r.Attachments {
			to(KindDocument, uint32(x))
		}
	case *Reply:
		to(KindCustomer, uint32(r.Customer))
		if r.Message != 0 {
			to(KindMessage, uint32(r.Message))
		}
	case *Call:
		r.references(to)
	case *Action:
		r.references(to)
	case *TaskMark:
		to(KindCustomer, uint32(r.Customer))
	case *Step:
		to(KindCustomer, uint32(r.Customer))
		for _, i := range r.Invoices {
			to(KindInvoice, uint32(i))
		}
	}
}
