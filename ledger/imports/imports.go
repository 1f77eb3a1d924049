// Package imports turns the files that owners and accountants have into drafts of invoices and problems
// to look at. It recognises a file by its content, finds the register in it, understands its columns and
// reads each line; it decides nothing about the ledger, writes nothing and knows no screen.
//
// [Read] recognises one file and gives its [Sheet]s with a proposed [Mapping]. [Sheet.Drafts] reads the lines under a
// mapping, as often as the owner changes it, without reading the file again. A reader of another format
// fills a [grid.Grid] and hands it to the same recognition.
//
// Errors are *ledger.Error with code encrypted, damaged, empty, no_header, too_large, not_a_register,
// no_invoice_lines or unsupported_format, or the context's own error. Their facts are in the translations.
package imports

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
	"quitus/ledger/imports/xlsx"
)

// MaxFileSize is the size in bytes above which a file is refused unread.
const MaxFileSize = 256 << 20

// Options say how to read a file. The zero value will do, but for Today.
type Options struct {
	Today    ledger.Date             // to judge whether a date is believable
	Currency ledger.Currency         // where the file names none; the euro if empty
	Progress func(done, total int64) // inflated bytes read so far, told every megabyte or so; may be nil
	Sheet    string                  // take this sheet only, when the owner knows better
	Header   int                     // the line of the column titles in it (the last one if several); 0 finds it, NoTitles says there is none
	Saved    []*ledger.Mapping       // by whose titles files of a known shape are recognised
	Limits   xlsx.Limits             // zero fields take their defaults
}

// File is what was recognised in a file.
type File struct {
	Name   string
	Format string   // "xlsx", "xls", "csv", "html" or "spreadsheetml"
	Sheets []*Sheet // the registers, in the file's order; several if they have the same columns, as one for each month
	Aside  []LeftAside
}

// LeftAside is a sheet that was not taken, and why.
type LeftAside struct {
	Sheet string
	Why   string // empty, not_a_register, customers, customers_used, other_register, too_large, damaged
}

// Read recognises the content of one file, of that name and size in bytes, and gives what it found, or a refusal.
// It does not keep r.
func Read(ctx context.Context, name string, r io.ReaderAt, size int64, opts Options) (*File, error) {
	if opts.Currency == "" {
		opts.Currency = ledger.EUR
	}
	f, err := read(ctx, r, size, opts)
	if err != nil {
		if known := (*ledger.Error)(nil); errors.As(err, &known) {
			known.Args["file"] = name
			if known.Args["sheet"] == "" {
				// Spreadsheets name the only sheet of a text after its file.
				known.Args["sheet"] = strings.TrimSuffix(name, filepath.Ext(name))
			}
		}
		return nil, err
	}
	f.Name = name
	return f, nil
}

func read(ctx context.Context, r io.ReaderAt, size int64, opts Options) (*File, error) {
	src, format, err := OpenTables(ctx, r, size, opts)
	if err != nil {
		return nil, err
	}
	f, err := readTables(ctx, src, opts)
	if err != nil {
		return nil, err
	}
	f.Format = format
	return f, nil
}

// Physical gives the line of the file where a line of the sheet begins: in texts they differ below cells of several lines.
func (s *Sheet) Physical(line int) int { return s.grid.Physical(line) }

// Value is what a cell shows, for a preview.
type Value struct {
	Text  string
	Date  ledger.Date // set if the cell holds a day by its format
	Error bool        // an error such as #REF!
}

// Value gives the cell of a line (from 1) and column (from 0) of the file as it is, without corrections.
func (s *Sheet) Value(line, col int) Value {
	return shown(s.grid, s.grid.At(line, col))
}

func shown(g *grid.Grid, c grid.Cell) Value {
	v := Value{Text: g.String(c), Error: c.Kind == grid.Error}
	switch f := g.FormatOf(c); {
	case c.Kind == grid.Number && f.Date:
		if n, ok := grid.Whole(g.Bytes(c)); ok {
			v.Date, _ = grid.Serial(n, g.Date1904)
		}
	case c.Kind == grid.Number:
		v.Text = shownNumber(g.Bytes(c), f)
	case c.Kind == grid.Uncached:
		v.Text = "=" + v.Text
	}
	return v
}

// CustomerAbove gives the name of the customer whose line stands above a line, where customers have lines of their own.
func (s *Sheet) CustomerAbove(line int) string {
	i, _ := s.grid.Index(line)
	for i--; i >= 0 && int(s.grid.Row(i).Line) > s.HeaderLine; i-- {
		if _, name, ok := s.groupLine(s.grid.Row(i)); ok {
			return name
		}
	}
	return ""
}
