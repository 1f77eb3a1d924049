package imports

import (
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	registers "quitus/ledger/imports"
)

// Part is one way to look at a register that was imported before.
type Part uint8

// Parts of the screen: the columns and lines of the file, or what is new in it, changed, or gone from it.
const (
	PartLines Part = iota
	PartNew
	PartChanged
	PartGone
)

// partKeys name the parts for their words.
var partKeys = [...]string{"lines", "new", "changed", "gone"}

// Difference is an invoice that the file brings, changes, or no longer lists.
type Difference struct {
	Number, Customer string
	Issued, Due      string
	What             string // of a changed one: each field, before and after
	Total            string
	Was, Is          string // what is open, before and after
	Word             string // what becomes of it
	State            State
	Taken            bool // ticked
	Sheet, Line      int  // of what the file lists
	Invoice          ledger.InvoiceID
}

// Differences counts what the parts list.
func (s *Session) Differences() [4]int {
	n := [4]int{PartGone: len(s.Preview.Gone)}
	for _, p := range s.Sheets {
		for i := range p.Plan.Items {
			switch item := &p.Plan.Items[i]; {
			case item.Invoice == 0:
				n[PartNew]++
			case len(item.Changes) > 0:
				n[PartChanged]++
			}
		}
	}
	return n
}

// again says whether the register was imported before, as far as one can tell.
func (s *Session) again() bool {
	for _, p := range s.Sheets {
		if p.Plan.Same+p.Plan.Changed > 0 {
			return true
		}
	}
	return len(s.Preview.Gone) > 0 || s.Differences()[PartChanged] > 0
}

// Begin chooses what to show first: what a known register changes, before its lines.
func (s *Session) Begin() *Session {
	n := s.Differences()
	for _, p := range []Part{PartChanged, PartGone} {
		if n[p] > 0 && len(s.Missing()) == 0 {
			return s.Turn(p)
		}
	}
	return s
}

// Turn shows another part.
func (s *Session) Turn(p Part) *Session {
	next := *s
	next.Part, next.Line = p, 0
	return &next
}

// Tick takes the listed differences that take says, and leaves the others.
func (s *Session) Tick(d Desk, taken func(*Difference) bool, list []Difference) *Session {
	p := *s.Preview
	if s.Part == PartGone {
		p.Paid = map[ledger.InvoiceID]bool{}
		for i := range list {
			p.Paid[list[i].Invoice] = taken(&list[i])
		}
		next := *s
		next.Preview = &p
		return &next
	}
	said := make([]registers.Decisions, len(p.Sheets))
	for i := range list {
		x := &list[i]
		if said[x.Sheet] == nil {
			said[x.Sheet] = registers.Decisions{}
			for line, take := range p.Sheets[x.Sheet].Decided {
				said[x.Sheet][line] = take
			}
		}
		said[x.Sheet][x.Line] = taken(x)
	}
	return s.change(d, func(i int, sheet *desk.SheetPreview) bool {
		if said[i] == nil {
			return false
		}
		sheet.Decided = said[i]
		return true
	})
}

// NewDifferences words what a part lists.
func NewDifferences(w *words.Words, b *ledger.Book, s *Session) []Difference {
	var out []Difference
	if s.Part == PartGone {
		for _, id := range s.Preview.Gone {
			if i := b.Invoice(id); i != nil {
				out = append(out, goneFrom(w, b, i, s.Paid[id]))
			}
		}
		return out
	}
	for n, p := range s.Sheets {
		for i := range p.Plan.Items {
			item := &p.Plan.Items[i]
			switch {
			case s.Part == PartNew && item.Invoice == 0:
				out = append(out, freshLine(w, n, item))
			case s.Part == PartChanged && item.Invoice != 0 && len(item.Changes) > 0:
				out = append(out, changedLine(w, b.Invoice(item.Invoice), n, item))
			}
		}
	}
	return out
}

func goneFrom(w *words.Words, b *ledger.Book, i *ledger.Invoice, paid bool) Difference {
	open := b.Standings(ledger.EndOfTime).Of(i.ID).Open
	d := Difference{
		Number: i.Number, Issued: w.Date(i.Issued), Due: w.Date(i.Due), Total: w.Money(i.Total), Taken: paid, Invoice: i.ID,
		Was: w.Money(ledger.Money{Minor: open, Currency: i.Total.Currency}), Word: w.T("preview.diff.stays"), State: Unchanged,
	}
	if c := b.Customer(i.Customer); c != nil {
		d.Customer = c.Name
	}
	if paid {
		d.Word, d.State = w.T("preview.diff.held_paid"), Anew
	}
	return d
}

func freshLine(w *words.Words, sheet int, item *registers.Item) Difference {
	x := item.Draft
	d := Difference{
		Number: x.Number, Customer: x.CustomerName, Issued: w.Date(x.Issued), Due: w.Date(x.Due), Total: w.Money(x.Total),
		Is: w.Money(x.Open), Taken: !item.Left, Sheet: sheet, Line: x.Line, Word: w.T("preview.listing.fresh"), State: Fresh,
	}
	if item.Left {
		d.Word, d.State = w.T("preview.diff.left"), Unchanged
	}
	return d
}

func changedLine(w *words.Words, i *ledger.Invoice, sheet int, item *registers.Item) Difference {
	x, c := item.Draft, i.Total.Currency
	d := Difference{
		Number: i.Number, Customer: x.CustomerName, Total: w.Money(x.Total), What: changedFields(w, i, item), Taken: !item.Left,
		Was: w.Money(ledger.Money{Minor: item.Was, Currency: c}), Is: w.Money(ledger.Money{Minor: item.Is, Currency: x.Total.Currency}),
		Sheet: sheet, Line: x.Line, Word: w.T("preview.listing.anew"), State: Anew,
	}
	switch {
	case item.Reopens && item.Left:
		d.Word, d.State = w.T("preview.diff.reopens"), ToDecide
	case item.Left:
		d.Word, d.State = w.T("preview.diff.left"), Unchanged
	case item.Is == 0 && item.Was != 0:
		d.Word = w.T("preview.diff.settled")
	}
	return d
}

// changedFields tells each field that changes, before and after.
func changedFields(w *words.Words, i *ledger.Invoice, item *registers.Item) string {
	x := item.Draft
	var out []string
	for _, f := range item.Changes {
		was, is := "", ""
		switch f {
		case registers.Issued:
			was, is = w.Date(i.Issued), w.Date(x.Issued)
		case registers.Due:
			was, is = w.Date(i.Due), w.Date(x.Due)
		case registers.Total:
			was, is = w.Money(i.Total), w.Money(x.Total)
		case registers.Net:
			net, _ := ledger.SplitTotal(x.Total, x.Net, x.VAT)
			was, is = money(w, ledger.Money{Minor: i.Net, Currency: i.Total.Currency}), money(w, ledger.Money{Minor: net, Currency: x.Total.Currency})
		case registers.Paid:
			paid := x.Total
			paid.Minor -= x.Open.Minor
			was, is = w.Money(ledger.Money{Minor: i.RegisterPaid, Currency: i.Total.Currency}), w.Money(paid)
		case registers.Subject:
			was, is = i.Subject, x.Subject
		case registers.OrderRef:
			was, is = i.OrderRef, x.OrderRef
		case registers.Completed:
			was, is = dayOrNone(w, i.Completed), w.Date(x.Completed)
		case registers.Demanded:
			was, is = dayOrNone(w, i.Demanded), w.Date(x.Demanded)
		case registers.Service:
			was, is = i.Service, x.Service
		case registers.Commitment:
			was, is = i.Commitment, x.Commitment
		}
		if was == "" {
			was = w.T("preview.empty")
		}
		out = append(out, w.T("preview.diff.field", "field", w.T("imports.field."+f.String()), "was", was, "is", is))
	}
	return strings.Join(out, " ; ")
}
