// Package xlsx reads the sheets of Office Open XML workbooks (ECMA-376) into grids, as a stream.
//
// It is a scanner, not a spreadsheet: it gives each cell's stored value, kind and number format, and
// knows nothing of what they mean. Files come from outside, so every limit is checked while reading and
// before memory is spent. Errors are *ledger.Error with code damaged, too_large or unsupported_format,
// or the error of the context.
package xlsx

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/flate"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// Limits bound what a workbook may cost. A zero field takes its value from [DefaultLimits].
type Limits struct {
	Entries   int   // parts in the archive
	Part      int64 // inflated bytes of one part
	Total     int64 // inflated bytes of all parts read
	Ratio     int64 // inflated bytes per compressed byte of a part, above RatioFrom
	RatioFrom int64 // inflated bytes below which any ratio is fine
	Cells     int   // cells of a sheet that hold something
	Strings   int   // shared strings
	Text      int   // bytes of text kept, for the shared strings and for each sheet
	Columns   int   // columns kept of each sheet; those further right are left out
	Sheets    int   // sheets of a workbook
}

// DefaultLimits are far above any register of an owner: a full sheet of a million rows and ten columns
// is read, in about half a gigabyte.
var DefaultLimits = Limits{
	Entries: 10_000, Part: 1 << 30, Total: 3 << 29, Ratio: 200, RatioFrom: 8 << 20,
	Cells: 16_000_000, Strings: 4_000_000, Text: 512 << 20, Columns: 256, Sheets: 1024,
}

// Bounds of the format itself, ECMA-376 and Microsoft's published limits of spreadsheets.
const (
	maxRows      = 1_048_576
	maxColumns   = 16_384
	maxCellChars = 32_767
	maxDepth     = 128
	maxToken     = 1 << 20 // bytes of one tag or one run of text; a full cell of six-byte entities fits
)

// SheetInfo names a sheet of a workbook.
type SheetInfo struct {
	Name   string
	Hidden bool
	part   *zip.File
}

// Workbook is an open workbook. It is not safe for use by several goroutines.
type Workbook struct {
	Sheets   []SheetInfo
	Date1904 bool
	limits   Limits
	parts    map[string]*zip.File
	inflated int64
	formats  []grid.Format
	strings  *grid.Strings
	progress func(done, total int64)
}

// Open reads a workbook's directory, styles and shared strings. It does not read any sheet yet.
func Open(ctx context.Context, r io.ReaderAt, size int64, limits Limits) (*Workbook, error) {
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return nil, damaged("", err)
	}
	w := &Workbook{limits: limits.orDefault(), parts: map[string]*zip.File{}}
	if len(zr.File) > w.limits.Entries {
		return nil, tooLarge("", "parts", int64(w.limits.Entries))
	}
	zr.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser { return flate.NewReader(r) })
	for _, f := range zr.File {
		name := partName(f.Name)
		if _, twice := w.parts[name]; !twice {
			w.parts[name] = f
		}
	}
	if err := w.readDirectory(ctx); err != nil {
		return nil, err
	}
	return w, nil
}

// Tables names the sheets.
func (w *Workbook) Tables() []grid.Table {
	out := make([]grid.Table, len(w.Sheets))
	for i, s := range w.Sheets {
		out[i] = grid.Table{Name: s.Name, Hidden: s.Hidden}
	}
	return out
}

// OnProgress has Read tell how many inflated bytes of the sheet are done.
func (w *Workbook) OnProgress(f func(done, total int64)) { w.progress = f }

// partName makes the names of parts comparable: packages compare them without regard to case, and some
// writers use backslashes.
func partName(s string) string {
	s = strings.ToLower(strings.ReplaceAll(s, `\`, "/"))
	return strings.TrimPrefix(path.Clean("/"+s), "/")
}

func (l Limits) orDefault() Limits {
	set := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	set64 := func(v *int64, d int64) {
		if *v == 0 {
			*v = d
		}
	}
	d := DefaultLimits
	set(&l.Entries, d.Entries)
	set64(&l.Part, d.Part)
	set64(&l.Total, d.Total)
	set64(&l.Ratio, d.Ratio)
	set64(&l.RatioFrom, d.RatioFrom)
	set(&l.Cells, d.Cells)
	set(&l.Strings, d.Strings)
	set(&l.Text, d.Text)
	set(&l.Columns, d.Columns)
	set(&l.Sheets, d.Sheets)
	return l
}

// open starts reading a part, under the limits.
func (w *Workbook) open(ctx context.Context, f *zip.File) (*partReader, error) {
	if f.UncompressedSize64 > uint64(w.limits.Part) {
		return nil, tooLarge(f.Name, "inflated", w.limits.Part)
	}
	rc, err := f.Open()
	if err != nil {
		if errors.Is(err, zip.ErrAlgorithm) {
			return nil, ledger.Errorf("unsupported_format", "format", "zip", "part", f.Name)
		}
		return nil, damaged(f.Name, err)
	}
	return &partReader{ctx: ctx, w: w, rc: rc, f: f}, nil
}

// partReader counts what a part inflates to and stops it at the limits.
type partReader struct {
	ctx  context.Context
	w    *Workbook
	rc   io.ReadCloser
	f    *zip.File
	done int64
}

func (p *partReader) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.rc.Read(b)
	p.done += int64(n)
	p.w.inflated += int64(n)
	l := &p.w.limits
	switch {
	case p.done > l.Part:
		return 0, tooLarge(p.f.Name, "inflated", l.Part)
	case p.w.inflated > l.Total:
		return 0, tooLarge(p.f.Name, "inflated", l.Total)
	case p.done > l.RatioFrom && p.done > l.Ratio*int64(p.f.CompressedSize64):
		return 0, tooLarge(p.f.Name, "ratio", l.Ratio)
	}
	if err != nil && err != io.EOF {
		err = damaged(p.f.Name, err)
	}
	return n, err
}

func (p *partReader) Close() error { return p.rc.Close() }

func damaged(part string, cause error) error {
	return ledger.Errorf("damaged", "part", part, "cause", cause)
}

func tooLarge(part, what string, limit int64) error {
	return ledger.Errorf("too_large", "part", part, "what", what, "limit", limit)
}
