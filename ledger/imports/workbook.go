package imports

import (
	"context"

	"quitus/ledger"
)

// peekRows is how many lines that hold something are looked at to find the titles of a sheet.
const peekRows = 120

// candidate is a sheet in which titles were found.
type candidate struct {
	index  int
	header header
	weight int // or, of a list of customers, its place among the sheets left aside
}

// readTables finds the registers among the tables of a file, and reads them.
func readTables(ctx context.Context, book Source, opts Options) (*File, error) {
	f := &File{}
	titles, err := savedTitles(ctx, book, opts)
	if err != nil {
		return nil, err
	}
	var found, lists []candidate
	var refusal error
	blank := true
	for i, info := range book.Tables() {
		line, pointed := 0, opts.Sheet == "" || info.Name == opts.Sheet
		if pointed {
			line = opts.Header
		}
		g, err := book.Read(ctx, i, max(peekRows, line))
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
		h := findHeader(g, line, titles)
		switch {
		case !pointed && !h.known:
			f.leave(info.Name, "other_register")
		case h.register(), line == NoTitles, line > 0 && h.last > 0:
			found = append(found, candidate{i, h, h.weight(info.Hidden, g)})
		default:
			f.leave(info.Name, h.why())
			if h.why() == "customers" {
				lists = append(lists, candidate{i, h, len(f.Aside) - 1})
			}
		}
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
	if err := f.take(ctx, book, found, opts); err != nil {
		return nil, err
	}
	return f, f.lookUp(ctx, book, lists, opts)
}

// savedTitles gives the titles by which registers are known for certain: those of saved mappings or, where a person
// pointed to a sheet, its own, so that sheets of the same columns come along.
func savedTitles(ctx context.Context, book Source, opts Options) ([]string, error) {
	var out []string
	if opts.Sheet == "" {
		for _, m := range opts.Saved {
			out = append(out, savedKey(m))
		}
	}
	for i, info := range book.Tables() {
		if info.Name != opts.Sheet || opts.Sheet == "" {
			continue
		}
		g, err := book.Read(ctx, i, max(peekRows, opts.Header))
		if err != nil {
			return nil, err
		}
		out = append(out, titlesKey(findHeader(g, opts.Header, nil).titles))
	}
	return out, nil
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
func (f *File) take(ctx context.Context, book Source, found []candidate, opts Options) error {
	best := found[0]
	for _, c := range found[1:] {
		if c.weight > best.weight {
			best = c
		}
	}
	for _, c := range found {
		info := book.Tables()[c.index]
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
	if opts.Header == 0 && !best.header.known && !f.holdsLines() {
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
