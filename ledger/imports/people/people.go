// Package people reads lists of customers and their contacts, as accounting programs export them and owners keep
// them in spreadsheets: who they are, where they live, under which numbers they are registered, and what was
// agreed with them.
//
// [Read] finds such a list among the tables of a file and proposes a [Mapping] of its columns. [List.Drafts] reads
// its lines under a mapping, as often as the owner changes it. [NewPlan] compares them with a book: a code that is
// known is an update, whatever else looks like a known customer is a proposal that the owner decides. [Plan.Stage]
// takes the rest in.
package people

import (
	"context"
	"slices"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// Options say how to read. The zero value will do.
type Options struct {
	Sheet   string // take this table only, when the owner knows better
	Header  int    // the line of the column titles in it (the last one if several); 0 finds it
	Country string // of customers of whom none is told, ISO 3166-1; FR if empty
	// Scenarios are the names of the follow-up scenarios that there are: another is warned of, and not taken.
	Scenarios []string
}

// Tables is an open file of any format: tables that are read one by one.
type Tables interface {
	Tables() []grid.Table
	// Read reads the i-th table; with rows above 0 it may stop after that many rows that hold something.
	Read(ctx context.Context, i, rows int) (*grid.Grid, error)
}

// List is a table of customers.
type List struct {
	Name       string // of its sheet
	FirstTitle int    // the first line of the titles
	HeaderLine int    // the last line of the titles
	Columns    []Column
	Mapping    Mapping // as proposed; a saved one may be better
	Confidence int     // percent: how surely the titles and contents say what the mapping says

	grid      *grid.Grid
	country   string
	scenarios []string
	padded    bool // postcodes are of five digits, so that shorter numbers lost a zero
}

// Column is a column of a list.
type Column struct {
	Letter string
	Title  string
	Sample []string // the first few different values
}

// MaxLines is how many customers a list may have.
const MaxLines = 200_000

// Read finds the list of customers in a file: the table whose titles say most. Errors are *ledger.Error with code
// empty, people_no_header (no titles of a list of customers; fact sheet), people_register (it is a register of
// invoices; fact sheet), too_large, those of the reader, or the context's own error.
func Read(ctx context.Context, src Tables, opts Options) (*List, error) {
	var best *List
	var refusal error
	at, blank := 0, true
	for i, info := range src.Tables() {
		if opts.Sheet != "" && info.Name != opts.Sheet {
			continue
		}
		g, err := src.Read(ctx, i, max(peekRows, opts.Header))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil && g.Len() == 0 {
			continue
		}
		blank = false
		var l *List
		if err == nil {
			l, err = Recognise(g, info.Name, opts)
		}
		if err != nil {
			if refusal == nil || ledger.CodeOf(err) == "people_register" {
				refusal = err
			}
			continue
		}
		if best == nil || l.weight(info.Hidden) > best.weight(src.Tables()[at].Hidden) {
			best, at = l, i
		}
	}
	switch {
	case best != nil:
		g, err := src.Read(ctx, at, 0)
		if err != nil {
			return nil, err
		}
		if g.Len() > MaxLines {
			return nil, ledger.Errorf("too_large", "what", "lines", "limit", MaxLines)
		}
		return Recognise(g, src.Tables()[at].Name, opts)
	case refusal != nil:
		return nil, refusal
	case blank:
		return nil, ledger.Errorf("empty")
	}
	return nil, ledger.Errorf("people_no_header", "sheet", opts.Sheet)
}

// Recognise understands the columns of one table. Errors: people_no_header, people_register.
func Recognise(g *grid.Grid, sheet string, opts Options) (*List, error) {
	h, ok := findHeader(g, opts.Header)
	if !ok {
		return nil, ledger.Errorf("people_no_header", "sheet", sheet)
	}
	l := &List{Name: sheet, FirstTitle: h.first, HeaderLine: h.last, grid: g, country: opts.Country, scenarios: opts.Scenarios}
	if l.country == "" {
		l.country = "FR"
	}
	profiles := l.profile(len(h.titles))
	for len(h.titles) < len(profiles) {
		h.titles = append(h.titles, "")
	}
	l.Mapping, l.Confidence = propose(h.titles, profiles)
	for col, title := range h.titles {
		l.Columns = append(l.Columns, Column{grid.Letters(col), title, profiles[col].samples})
	}
	if l.isRegister(h.titles, profiles) {
		return nil, ledger.Errorf("people_register", "sheet", sheet)
	}
	if opts.Header == 0 && (len(l.Missing()) > 0 || l.details() == 0) {
		return nil, ledger.Errorf("people_no_header", "sheet", sheet)
	}
	if c := l.Mapping.Column(Postcode); c >= 0 {
		l.padded = profiles[c].fives > 0 && profiles[c].fives >= profiles[c].fours
	}
	return l, nil
}

// Missing lists what the proposed mapping lacks.
func (l *List) Missing() []Field { return l.Mapping.Missing() }

// weight compares the lists of one file.
func (l *List) weight(hidden bool) int {
	w := l.Confidence
	for _, f := range l.Mapping {
		if f != None {
			w += 50
		}
	}
	if hidden {
		w -= 500
	}
	return w
}

// isRegister tells a register of invoices from a list of customers: it has amounts, and numbers of invoices or
// days at which something fell due; and its customers come again.
func (l *List) isRegister(titles []string, profiles []profile) bool {
	amounts, documents := 0, 0
	for col, t := range titles {
		w := words(t)
		p := profiles[col]
		switch {
		case slices.ContainsFunc(w, isDocumentWord) && p.filled*2 > p.rows:
			documents++
		case slices.ContainsFunc(w, isAmountWord) && p.numbers*2 > p.filled && p.filled > 0:
			amounts++
		}
	}
	again := false
	for _, f := range []Field{Name, Ref} {
		if c := l.Mapping.Column(f); c >= 0 && profiles[c].filled > 3 {
			again = again || profiles[c].distinct*10 < profiles[c].filled*8
		}
	}
	return amounts > 0 && documents > 0 && (again || documents > 1 || l.details() < 4)
}

// details is how many columns tell more of a customer than who they are; registers tell terms too.
func (l *List) details() int {
	n := 0
	for _, f := range l.Mapping {
		if f != None && f != Name && f != FirstName && f != Ref && f != Terms {
			n++
		}
	}
	return n
}
