package bank

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"quitus/ledger"
	"quitus/ledger/imports"
)

// format is a format of statements that is told by the beginning of a file.
type format struct {
	name   string
	likely func(head []byte) bool
	read   func(ctx context.Context, data []byte, opts Options) (*File, error)
}

// formats are tried in this order; tables, which any text may be, come behind them.
var formats = []format{
	{"camt", likelyCAMT, readCAMT},
	{"cfonb120", likelyCFONB, readCFONB},
	{"coda", likelyCODA, readCODA},
	{"mt940", likelyMT940, readMT940},
	{"ofx", likelyOFX, readOFX},
}

// headBytes is how much of a file tells what it is.
const headBytes = 64 << 10

// Likely says whether a file is a statement, by its beginning, of which a few kilobytes will do. A workbook does not tell
// by its beginning: [Read] says of it, with code not_a_statement, that it is none.
func Likely(head []byte) bool {
	for _, f := range formats {
		if f.likely(head) {
			return true
		}
	}
	ctx := context.Background()
	src, _, err := imports.OpenTables(ctx, bytes.NewReader(head), int64(len(head)), imports.Options{})
	return err == nil && likelyStatement(ctx, src, 0)
}

// Read recognises the format of a file of that name and size in bytes by its content, and gives what it holds. It does not
// keep r.
func Read(ctx context.Context, name string, r io.ReaderAt, size int64, opts Options) (*File, error) {
	if opts.Currency == "" {
		opts.Currency = ledger.EUR
	}
	f, err := read(ctx, r, size, opts)
	if err == nil {
		err = f.limit()
	}
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
	head := make([]byte, min(size, headBytes))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, ledger.Errorf("damaged", "cause", err)
	}
	var data []byte
	for _, f := range formats {
		if !f.likely(head) {
			continue
		}
		if data == nil {
			var err error
			if data, err = readAll(ctx, r, size, opts.Progress); err != nil {
				return nil, err
			}
		}
		found, err := f.read(ctx, data, opts)
		if ledger.CodeOf(err) == "not_a_statement" {
			continue // it only began like one
		}
		if err == nil && found.Format == "" {
			found.Format = f.name
		}
		return found, err
	}
	return readTable(ctx, r, size, opts)
}

// readAll reads a file whole.
func readAll(ctx context.Context, r io.ReaderAt, size int64, progress func(done, total int64)) ([]byte, error) {
	const step = 1 << 20
	data := make([]byte, size)
	for at := int64(0); at < size; at += step {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		end := min(at+step, size)
		if n, err := r.ReadAt(data[at:end], at); n < int(end-at) {
			return nil, ledger.Errorf("damaged", "cause", err)
		}
		if progress != nil {
			progress(end, size)
		}
	}
	return data, nil
}

// limit refuses a file of too many entries, and cuts texts that are too long.
func (f *File) limit() error {
	for i := range f.Problems {
		clip(&f.Problems[i].Value)
	}
	n := 0
	for _, s := range f.Statements {
		for i := range s.Entries {
			e := &s.Entries[i]
			if n += 1 + len(e.Batch); n > MaxEntries {
				return ledger.Errorf("too_large", "what", "entries", "limit", int64(MaxEntries))
			}
			clip(&e.Party.Name, &e.Party.IBAN, &e.Party.BIC, &e.Party.ID, &e.EndToEnd, &e.Mandate, &e.BankRef, &e.Code, &e.Reason, &e.Label)
			for k := range e.Batch {
				d := &e.Batch[k]
				clip(&d.Party.Name, &d.Party.IBAN, &d.Party.BIC, &d.Party.ID, &d.EndToEnd, &d.Mandate, &d.Reason, &d.Label)
			}
		}
	}
	return nil
}

// clip cuts texts so that together they have at most [MaxText] bytes; the last, which is the longest in honest files, has
// what the others leave, but half of it at least.
func clip(texts ...*string) {
	left := MaxText / 2
	for i, s := range texts {
		if i == len(texts)-1 {
			left += MaxText / 2
		}
		if len(*s) > left {
			cut := left
			for range utf8.UTFMax - 1 {
				if cut > 0 && !utf8.RuneStart((*s)[cut]) {
					cut--
				}
			}
			*s = strings.TrimSpace((*s)[:cut])
		}
		left -= len(*s)
	}
}
