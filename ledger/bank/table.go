package bank

import (
	"context"
	"io"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports"
	"quitus/ledger/imports/grid"
)

// readTable reads a statement from a text in columns, a workbook or a web page. Every table whose columns are those of a
// statement is read, one after the other; hidden ones only where no other is.
func readTable(ctx context.Context, r io.ReaderAt, size int64, opts Options) (*File, error) {
	src, format, err := imports.OpenTables(ctx, r, size, imports.Options{Progress: opts.Progress})
	if err != nil {
		return nil, err
	}
	found, err := findStatements(ctx, src, opts.Today)
	if err != nil {
		return nil, err
	}
	if opts.Progress != nil {
		src.OnProgress(opts.Progress)
	}
	f := &File{Format: format}
	for _, at := range found {
		g, err := src.Read(ctx, at.table, 0)
		if err != nil {
			return nil, err
		}
		if err := newTableReader(f, g, at.layout, opts).read(ctx, tellsPending(src.Tables()[at.table].Name)); err != nil {
			return nil, err
		}
	}
	if len(f.Statements)+len(f.Problems) == 0 {
		return nil, ledger.Errorf("empty")
	}
	return f, nil
}

// likelyStatement says whether a file of tables is a statement rather than a register of invoices or a list: one of its
// tables has a day, a sum and a label, and no number or due date of an invoice, no customer, no lettering.
func likelyStatement(ctx context.Context, src imports.Source, today ledger.Date) bool {
	_, err := findStatements(ctx, src, today)
	return err == nil
}

// foundTable is a table that is a statement.
type foundTable struct {
	table  int
	layout *tableLayout
}

// findStatements finds the tables that are statements. Where there is none, the error says why.
func findStatements(ctx context.Context, src imports.Source, today ledger.Date) ([]foundTable, error) {
	var open, hidden []foundTable
	var refusal error
	blank := true
	for i, info := range src.Tables() {
		g, err := src.Read(ctx, i, peekLines)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			refusal = err
			continue
		}
		blank = blank && g.Len() == 0
		switch l := findLayout(g, today); {
		case l == nil:
		case info.Hidden:
			hidden = append(hidden, foundTable{i, l})
		default:
			open = append(open, foundTable{i, l})
		}
	}
	switch {
	case len(open) > 0:
		return open, nil
	case len(hidden) > 0:
		return hidden, nil
	case refusal != nil:
		return nil, refusal
	case blank:
		return nil, ledger.Errorf("empty")
	}
	return nil, ledger.Errorf("not_a_statement")
}

// tableReader reads one table of a file.
type tableReader struct {
	file   *File
	opts   Options
	grid   *grid.Grid
	layout *tableLayout
	cells  *imports.Cells
	days   []int // the columns of days, the surest first

	debitsSigned bool // debits are written as negative sums
	sided        bool // a column has the signs
	pending      bool // the lines are of operations that are still to come
	begun        bool // an entry was read since the titles

	row        grid.Row
	line       []grid.Cell // of the row, by column
	aside      []grid.Row  // lines that are no entries, since the last one
	notes      tableNotes  // what those above the entries told
	rank       int         // of the entry read last
	last       *Entry      // that entry, for lines that go on with it
	statements []*tableStatement
	byAccount  map[string]*tableStatement
}

// tableStatement is a statement in the making.
type tableStatement struct {
	*Statement
	balances []tableBalance // by entry
	notes    tableNotes
}

func newTableReader(f *File, g *grid.Grid, l *tableLayout, opts Options) *tableReader {
	t := &tableReader{file: f, opts: opts, grid: g, layout: l, cells: imports.NewCells(g, l.header, l.days(), l.sums(), opts.Today), days: l.days(), byAccount: map[string]*tableStatement{}}
	for _, s := range f.Statements {
		t.rank += len(s.Entries)
	}
	t.learnSigns()
	return t
}

// read reads the lines of the table into the file.
func (t *tableReader) read(ctx context.Context, pending bool) error {
	t.pending = pending
	for i := range t.grid.Len() {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t.load(t.grid.Row(i))
		switch {
		case int(t.row.Line) < t.layout.header:
			t.sectionBegins()
			t.setAside()
		case int(t.row.Line) == t.layout.header, repeats(t.grid, t.row, t.layout.header):
			t.takeNotes()
		default:
			if t.readLine(); t.rank+len(t.file.Problems) > MaxEntries {
				return ledger.Errorf("too_large", "what", "entries", "limit", int64(MaxEntries))
			}
		}
	}
	below := t.readNotes(t.aside)
	for _, s := range t.statements {
		if s == t.statements[len(t.statements)-1] {
			s.notes.fill(below)
		}
		t.settle(s, len(t.statements) > 1 && t.layout.has(accountRole))
	}
	return nil
}

// load spreads a row over its columns.
func (t *tableReader) load(row grid.Row) {
	t.row = row
	clear(t.line)
	for _, c := range t.grid.Cells(row) {
		for len(t.line) <= int(c.Col) {
			t.line = append(t.line, grid.Cell{})
		}
		t.line[c.Col] = c
	}
}

// cell gives the cell of the row in a column.
func (t *tableReader) cell(col int) grid.Cell {
	if col < len(t.line) {
		return t.line[col]
	}
	return grid.Cell{Col: uint16(col)}
}

// cellOf gives the cell of the row in the column that has a role.
func (t *tableReader) cellOf(r tableRole) (grid.Cell, bool) {
	col, ok := t.layout.columns[r]
	if !ok {
		return grid.Cell{}, false
	}
	return t.cell(col), true
}

// text gives what the cell of a role shows, on one line.
func (t *tableReader) text(r tableRole) string {
	if c, ok := t.cellOf(r); ok && c.Kind != grid.Empty {
		return strings.Join(cleanLines(t.cells.Text(c)), " ")
	}
	return ""
}

// takeNotes reads the lines above the titles: those of another account begin anew.
func (t *tableReader) takeNotes() {
	if n := t.readNotes(t.aside); n.account != (Account{}) {
		t.notes = n
	} else {
		t.notes.fill(n)
	}
	t.aside, t.last, t.begun = nil, nil, false
}

// physical is the line of the file where the row begins.
func (t *tableReader) physical() int { return t.grid.Physical(int(t.row.Line)) }

// problem says something about the row.
func (t *tableReader) problem(p Problem) {
	p.Line = t.physical()
	t.file.Problems = append(t.file.Problems, p)
}
