package imports

import (
	"context"
	"io"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// Glimpse is the beginning of a table as it stands in a file, for a person to show where its titles are.
type Glimpse struct {
	Sheet string
	Lines []GlimpsedLine // those that hold something
}

// GlimpsedLine is one line: its number in the table, and its cells from the first column on.
type GlimpsedLine struct {
	Line  int
	Cells []string
}

// How much of a table is shown to find its titles.
const (
	glimpseLines   = 60
	glimpseColumns = 30
)

// Peek shows the beginning of each table of a file, whatever it holds. Errors are those of [Read] that are about the
// file as a whole; a table that cannot be read is left out.
func Peek(ctx context.Context, r io.ReaderAt, size int64, opts Options) ([]Glimpse, error) {
	book, _, err := OpenTables(ctx, r, size, opts)
	if err != nil {
		return nil, err
	}
	var out []Glimpse
	for i, info := range book.Tables() {
		g, err := book.Read(ctx, i, glimpseLines)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil && g.Len() > 0 {
			out = append(out, glimpse(info.Name, g))
		}
	}
	if len(out) == 0 {
		return nil, ledger.Errorf("empty")
	}
	return out, nil
}

func glimpse(name string, g *grid.Grid) Glimpse {
	out := Glimpse{Sheet: name}
	s := &Sheet{grid: g}
	for i := range min(g.Len(), glimpseLines) {
		r := g.Row(i)
		line := GlimpsedLine{Line: int(r.Line)}
		for _, c := range g.Cells(r) {
			if int(c.Col) >= glimpseColumns {
				break
			}
			for len(line.Cells) <= int(c.Col) {
				line.Cells = append(line.Cells, "")
			}
			v := s.Value(line.Line, int(c.Col))
			if line.Cells[c.Col] = v.Text; v.Date != 0 {
				line.Cells[c.Col] = v.Date.String()
			}
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}

// Letters names a column from 0 as spreadsheets do: A, B, … Z, AA.
func Letters(col int) string { return grid.Letters(col) }
