// Package xls reads the sheets of legacy Excel workbooks (BIFF8 and BIFF5, [MS-XLS]) into grids, as a stream.
//
// Like its neighbours it gives each cell's stored value, kind and number format, and knows nothing of what they mean. Records
// that say nothing of cells are passed over. Files come from outside, so every length is checked and limits hold before
// memory is spent. Errors are *ledger.Error with code damaged, encrypted, too_large or unsupported_format, or the
// error of the context.
package xls

import (
	"context"
	"errors"
	"io"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// Limits bound what a workbook may cost. A zero field takes its value from [DefaultLimits].
type Limits struct {
	Size    int64 // bytes of the file
	Cells   int   // cells that hold something, of all sheets read whole
	Strings int   // shared strings
	Text    int   // bytes of text kept, for the shared strings and for each sheet
	Sheets  int   // sheets of a workbook
}

// DefaultLimits let through any workbook that a spreadsheet can write of a register: sheets have 65,536 rows and 256 columns.
var DefaultLimits = Limits{Size: 128 << 20, Cells: 16_000_000, Strings: 4_000_000, Text: 256 << 20, Sheets: 1024}

// Bounds of the format itself, and what a register's sheet never exceeds.
const (
	maxColumns = 256
	maxMerged  = 100_000
	peekBytes  = 4 << 20 // of a sheet, where only its first rows are asked for
	maxChars   = 32_767
)

// Workbook is an open workbook. It is not safe for use by several goroutines.
type Workbook struct {
	stream   io.ReadSeeker
	size     int64 // of the stream
	limits   Limits
	biff8    bool
	date1904 bool
	eight    *[256]rune // the characters of 8-bit texts
	sheets   []sheet
	formats  []grid.Format // by index of the cell's style
	strings  *grid.Strings
	cells    int
	progress func(done, total int64)
}

// sheet is where a sheet begins in the stream.
type sheet struct {
	grid.Table
	at int64
}

// Open reads the directory, formats and shared strings of a workbook. It does not read any sheet yet.
func Open(ctx context.Context, r io.ReaderAt, size int64, limits Limits) (*Workbook, error) {
	w := &Workbook{limits: limits.orDefault(), strings: &grid.Strings{}}
	if size > w.limits.Size {
		return nil, tooLarge("file", w.limits.Size)
	}
	stream, n, err := openStream(ctx, r, size)
	if err != nil {
		return nil, err
	}
	w.stream, w.size = stream, n
	if err := w.readGlobals(ctx); err != nil {
		return nil, told(ctx, err)
	}
	return w, nil
}

// Tables names the sheets.
func (w *Workbook) Tables() []grid.Table {
	out := make([]grid.Table, len(w.sheets))
	for i, s := range w.sheets {
		out[i] = s.Table
	}
	return out
}

// OnProgress has Read tell how many bytes of the workbook are done, every megabyte or so.
func (w *Workbook) OnProgress(f func(done, total int64)) { w.progress = f }

func (l Limits) orDefault() Limits {
	set := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	if l.Size == 0 {
		l.Size = DefaultLimits.Size
	}
	set(&l.Cells, DefaultLimits.Cells)
	set(&l.Strings, DefaultLimits.Strings)
	set(&l.Text, DefaultLimits.Text)
	set(&l.Sheets, DefaultLimits.Sheets)
	return l
}

func damaged(cause error) error { return ledger.Errorf("damaged", "cause", cause) }

func tooLarge(what string, limit int64) error {
	return ledger.Errorf("too_large", "what", what, "limit", limit)
}

// told makes an error of reading one for people, if it is not one yet.
func told(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if known := (*ledger.Error)(nil); errors.As(err, &known) {
		return err
	}
	return damaged(err)
}
