package imports

import (
	"context"
	"maps"
	"slices"

	"quitus/app/desk"
	"quitus/ledger"
	registers "quitus/ledger/imports"
)

// Desk is what the screen needs of the owner's desk.
type Desk interface {
	Replan(*desk.SheetPreview)
	Compare(*desk.Preview)
	TakeIn(context.Context, *desk.Preview) (ledger.Entry, error)
}

// Session is one file that is being looked at, with the mapping and the corrections so far. Its commands
// give a new session and leave this one as it is, so that they can run beside the window while the window
// shows the old one.
type Session struct {
	*desk.Preview
	Sheet int // the one shown
	Line  int // the table shows the surroundings of this line; 0 for the beginning
	Part  Part
}

// NewSession begins with a file just read, at its first sheet.
func NewSession(p *desk.Preview) *Session { return &Session{Preview: p} }

// Shown is the sheet shown.
func (s *Session) Shown() *desk.SheetPreview { return s.Sheets[s.Sheet] }

// Look shows another sheet from its beginning.
func (s *Session) Look(sheet int) *Session {
	next := *s
	next.Sheet, next.Line = sheet, 0
	return &next
}

// Around shows the surroundings of a line; 0 shows the beginning.
func (s *Session) Around(line int) *Session {
	next := *s
	next.Part, next.Line = PartLines, line
	return &next
}

// Map says which field a column holds. Sheets taken together have the same columns, so it counts for all
// in which the column has the same title.
func (s *Session) Map(d Desk, col int, f registers.Field) *Session {
	title := s.Shown().Columns[col].Title
	return s.change(d, func(i int, p *desk.SheetPreview) bool {
		if i != s.Sheet && (col >= len(p.Columns) || p.Columns[col].Title != title) {
			return false
		}
		p.Mapping = p.Mapping.With(col, f)
		return true
	})
}

// Correct reads a cell of the sheet shown as the given text.
func (s *Session) Correct(d Desk, at registers.Cell, text string) *Session {
	return s.change(d, func(i int, p *desk.SheetPreview) bool {
		if i != s.Sheet {
			return false
		}
		p.Corrections = maps.Clone(p.Corrections)
		if p.Corrections == nil {
			p.Corrections = map[registers.Cell]string{}
		}
		p.Corrections[at] = text
		return true
	})
}

// TakeBack reads a cell of the sheet shown as the file has it again.
func (s *Session) TakeBack(d Desk, at registers.Cell) *Session {
	return s.change(d, func(i int, p *desk.SheetPreview) bool {
		p.Corrections = maps.Clone(p.Corrections)
		delete(p.Corrections, at)
		return i == s.Sheet
	})
}

// Again compares the file with a ledger that has changed since.
func (s *Session) Again(d Desk) *Session {
	return s.change(d, func(int, *desk.SheetPreview) bool { return true })
}

// change makes a session in which the sheets that edit says it changed are planned anew.
func (s *Session) change(d Desk, edit func(int, *desk.SheetPreview) bool) *Session {
	p := *s.Preview
	p.Sheets = slices.Clone(p.Sheets)
	for i, old := range p.Sheets {
		sheet := *old
		if edit(i, &sheet) {
			d.Replan(&sheet)
			p.Sheets[i] = &sheet
		}
	}
	d.Compare(&p)
	next := *s
	next.Preview = &p
	return &next
}

// Name saves the mapping under a name when the file is taken in. Sheets taken together have the same columns, so the
// first one's counts.
func (s *Session) Name(d Desk, name string) *Session {
	return s.change(d, func(i int, p *desk.SheetPreview) bool {
		if i == 0 {
			p.SaveAs = name
		}
		return i == 0
	})
}

// TakeIn writes the file into the ledger and says what it did.
func (s *Session) TakeIn(ctx context.Context, d Desk) (ledger.Entry, Counts, error) {
	p := *s.Preview
	p.Sheets = slices.Clone(p.Sheets)
	for i, old := range p.Sheets {
		sheet := *old // the desk plans it anew where the ledger moved on
		p.Sheets[i] = &sheet
	}
	e, err := d.TakeIn(ctx, &p)
	return e, count(&p), err
}

// Missing lists what the mappings of the sheets lack; while it is not empty, nothing can be taken in.
func (s *Session) Missing() []registers.Field {
	for _, p := range s.Sheets {
		if m := p.Mapping.Missing(p.Grouped); len(m) > 0 {
			return m
		}
	}
	return nil
}

// Counts is what taking a file in does, over all its sheets.
type Counts struct {
	New, Changed, Same      int
	Customers, NewCustomers int
	Rejected, Skipped, Read int
	Held                    int         // gone from the list and held to be paid
	Totals                  ledger.Sums // of the new ones
	Total, Open             ledger.Sums // of all that the file lists
}

func count(p *desk.Preview) Counts {
	c := Counts{Totals: ledger.Sums{}, Total: ledger.Sums{}, Open: ledger.Sums{}}
	for _, id := range p.Gone {
		if p.Paid[id] {
			c.Held++
		}
	}
	known, fresh := map[ledger.CustomerID]bool{}, map[string]bool{}
	for _, s := range p.Sheets {
		c.New += s.Plan.New
		c.Changed += s.Plan.Changed
		c.Same += s.Plan.Same
		c.Rejected += len(s.Result.Rejected)
		c.Skipped += len(s.Result.Skipped)
		c.Read += s.Result.Read
		total, open := s.Result.Totals()
		for to, from := range map[*ledger.Sums]ledger.Sums{&c.Totals: s.Plan.Totals, &c.Total: total, &c.Open: open} {
			for cur, v := range from {
				(*to)[cur] += v
			}
		}
		for _, n := range s.Plan.NewCustomers {
			fresh[ledger.Fold(n.Ref)+"\n"+ledger.Fold(n.Name)] = true
		}
		for i := range s.Plan.Items {
			if id := s.Plan.Items[i].Customer; id != 0 {
				known[id] = true
			}
		}
	}
	c.NewCustomers, c.Customers = len(fresh), len(known)+len(fresh)
	return c
}
