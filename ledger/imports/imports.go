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
	Header   int                     // the line of the column titles in it (the last one if several); 0 finds it
	Limits   xlsx.Limits             // zero fields take their defaults
}

// File is what was recognised in a file.
type File struct {
	Name   string
	Format string   // "xlsx"
	Sheets []*Sheet // the registers, in the file's order; several if they have the same columns, as one for each month
	Aside  []LeftAside
}

// LeftAside is a sheet that was not taken, and why.
type LeftAside struct {
	Sheet string
	Why   string // empty, not_a_register, customers, other_register, too_large, damaged
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
		}
		return nil, err
	}
	f.Name = name
	return f, nil
}

func read(ctx context.Context, r io.ReaderAt, size int64, opts Options) (*File, error) {
	if size > MaxFileSize {
		return nil, ledger.Errorf("too_large", "what", "file", "limit", int64(MaxFileSize))
	}
	format, err := sniff(ctx, r, size)
	if err != nil {
		return nil, err
	}
	if format != "xlsx" {
		return nil, ledger.Errorf("unsupported_format", "format", format)
	}
	return readWorkbook(ctx, r, size, opts)
}

// peekRows is how many lines that hold something are looked at to find the titles of a sheet.
const peekRows = 120

// candidate is a sheet in which titles were found.
type candidate struct {
	index  int
	header header
	weight int
}

func readWorkbook(ctx context.Context, r io.ReaderAt, size int64, opts Options) (*File, error) {
	book, err := xlsx.Open(ctx, r, size, opts.Limits)
	if err != nil {
		return nil, err
	}
	f := &File{Format: "xlsx"}
	var found []candidate
	var refusal error
	blank := true
	for i, info := range book.Sheets {
		if opts.Sheet != "" && info.Name != opts.Sheet {
			f.leave(info.Name, "other_register")
			continue
		}
		g, err := book.Read(ctx, i, max(peekRows, opts.Header))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			refusal = err
			f.leave(info.Name, ledger.CodeOf(err))
			continue
		}
		if g.Len() == 0 {
			f.leave(info.Name, "empty")
			continue
		}
		blank = false
		h := findHeader(g, opts.Header)
		if !h.register() && (opts.Header == 0 || h.last == 0) {
			f.leave(info.Name, h.why())
			continue
		}
		found = append(found, candidate{i, h, h.weight(info.Hidden, g)})
	}
	switch {
	case len(found) == 0 && refusal != nil:
		return nil, refusal
	case len(found) == 0 && blank:
		return nil, ledger.Errorf("empty")
	case len(found) == 0:
		return nil, f.noRegister()
	}
	if opts.Progress != nil {
		book.OnProgress(opts.Progress)
	}
	return f, f.take(ctx, book, found, opts)
}

func (f *File) leave(sheet, why string) { f.Aside = append(f.Aside, LeftAside{sheet, why}) }

// noRegister tells a list of customers from something in which nothing was recognised.
func (f *File) noRegister() error {
	for _, a := range f.Aside {
		if a.Why == "customers" {
			return ledger.Errorf("not_a_register", "sheet", a.Sheet)
		}
	}
	sheet := ""
	for _, a := range f.Aside {
		if a.Why == "not_a_register" && sheet == "" {
			sheet = a.Sheet
		}
	}
	return ledger.Errorf("no_header", "sheet", sheet)
}

// take reads the best sheet whole, and those of the very same columns.
func (f *File) take(ctx context.Context, book *xlsx.Workbook, found []candidate, opts Options) error {
	best := found[0]
	for _, c := range found[1:] {
		if c.weight > best.weight {
			best = c
		}
	}
	for _, c := range found {
		info := book.Sheets[c.index]
		if c.index != best.index && (info.Hidden || !c.header.same(best.header)) {
			f.leave(info.Name, "other_register")
			continue
		}
		g, err := book.Read(ctx, c.index, 0)
		if err != nil {
			return err
		}
		f.Sheets = append(f.Sheets, recognise(g, c.header, info.Name, opts))
	}
	if !f.holdsLines() {
		return ledger.Errorf("no_invoice_lines", "sheet", f.Sheets[0].Name, "line", f.Sheets[0].HeaderLine)
	}
	return nil
}

func (f *File) holdsLines() bool {
	for _, s := range f.Sheets {
		if s.holdsLines() {
			return true
		}
	}
	return false
}

// Value is what a cell shows, for a preview.
type Value struct {
	Text  string
	Date  ledger.Date // set if the cell holds a day by its format
	Error bool        // an error such as #REF!
}

// Value gives the cell of a line (from 1) and column (from 0) of the file as it is, without corrections.
func (s *Sheet) Value(line, col int) Value {
	c := s.grid.At(line, col)
	v := Value{Text: s.grid.String(c), Error: c.Kind == grid.Error}
	switch f := s.grid.FormatOf(c); {
	case c.Kind == grid.Number && f.Date:
		if n, ok := grid.Whole(s.grid.Bytes(c)); ok {
			v.Date, _ = grid.Serial(n, s.grid.Date1904)
		}
	case c.Kind == grid.Number:
		v.Text = shownNumber(s.grid.Bytes(c), f)
	case c.Kind == grid.Uncached:
		v.Text = "=" + v.Text
	}
	return v
}
