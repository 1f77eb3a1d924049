// Package delimited reads texts whose columns are set apart by a semicolon, a comma, a tab or a bar (RFC 4180 and what
// programs make of it) into grids, as a stream.
//
// Encoding, separator and line ends are told by the content. Every cell is text, but for the errors of spreadsheets: what it means is for others to say. Lines are
// counted as records, so that a cell of several lines does not shift those below it; [grid.Grid.Physical] gives the line of
// the file. Limits are checked while reading and before memory is spent. Errors are *ledger.Error with code damaged
// or too_large, or the error of the context.
package delimited

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"quitus/ledger"
	"quitus/ledger/imports/charset"
	"quitus/ledger/imports/grid"
)

// Limits bound what a text may cost. A zero field takes its value from [DefaultLimits].
type Limits struct {
	Records int // lines that hold something or not
	Cells   int // cells that hold something
	Text    int // bytes of text kept
	Columns int // columns kept; those further right are left out
}

// DefaultLimits let through a register of two million lines of twelve cells; a hostile text costs less than a gigabyte before it is refused.
var DefaultLimits = Limits{Records: 2_000_000, Cells: 24_000_000, Text: 384 << 20, Columns: 256}

// Bounds of a register that no program exceeds.
const (
	maxFields = 16_384  // of one record, as columns of a spreadsheet
	maxCell   = 131_068 // bytes of one cell: as many characters as a cell of a spreadsheet holds, in the longest encoding
	maxRecord = 4 << 20 // bytes of one record
)

// Text is a text in columns. It is not safe for use by several goroutines.
type Text struct {
	Encoding  charset.Text
	Separator byte // 0 if the text has one column
	r         io.ReaderAt
	size      int64
	limits    Limits
	habits    habits
	progress  func(done, total int64)
}

// Open reads the text once to tell its encoding, and its beginning to tell how its columns are set apart.
func Open(ctx context.Context, r io.ReaderAt, size int64, limits Limits) (*Text, error) {
	t := &Text{r: r, size: size, limits: limits.orDefault()}
	var err error
	if t.Encoding, err = charset.Detect(ctx, r, size, charset.Unknown); err != nil {
		return nil, readError(ctx, err)
	}
	sample := make([]byte, min(size*3, sampleBytes))
	n, err := io.ReadFull(t.Encoding.NewReader(io.NewSectionReader(r, 0, size)), sample)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, readError(ctx, err)
	}
	t.habits = guess(sample[:n], err != nil)
	t.Separator = t.habits.separator
	return t, nil
}

// OnProgress has Read tell how many bytes of the file are done, every megabyte or so.
func (t *Text) OnProgress(f func(done, total int64)) { t.progress = f }

// Tables gives the one table of a text, which has no name.
func (t *Text) Tables() []grid.Table { return []grid.Table{{}} }

// Read reads the text into a grid. With rows above 0 it stops after that many records that hold something. The table is always
// the first.
func (t *Text) Read(ctx context.Context, _, rows int) (*grid.Grid, error) {
	src := &source{ctx: ctx, r: io.NewSectionReader(t.r, 0, t.size), t: t}
	if rows > 0 {
		src.t = nil
	}
	f := filler{g: grid.New(nil), limits: t.limits}
	if rows == 0 {
		f.reserve(t.habits.records, t.habits.cells, t.habits.text, int64(t.habits.bytes), t.size)
	}
	s := newScanner(t.Encoding.NewReader(src), t.habits, f.cell)
	for full := 0; ; {
		if s.line >= t.limits.Records {
			return nil, tooLarge("rows", t.limits.Records, s.line)
		}
		f.g.StartRow(s.line+1, false)
		before := f.cells
		more, err := s.record()
		if err != nil {
			return nil, readError(ctx, err)
		}
		if f.cells == before {
			f.g.DropRow()
		} else if full++; full == rows {
			more = false
		}
		if rows == 0 && f.cells > f.room {
			f.reserve(s.line, f.cells, f.text, src.done, t.size)
		}
		if s.extra > 0 {
			f.g.AddBreak(s.line, s.extra)
		}
		if !more {
			break
		}
	}
	f.g.Finish()
	return f.g, nil
}

// filler puts cells into a grid, under the limits.
type filler struct {
	g      *grid.Grid
	limits Limits
	cells  int
	text   int
	room   int // cells after which there is to be more room
}

// reserve makes room for the rest of a text, of which the first bytes held that many records, cells and bytes of text: growing
// by and by would take room for the old and the new again and again.
func (f *filler) reserve(records, cells, text int, bytes, size int64) {
	if bytes == 0 {
		return
	}
	whole := func(n, most int) int { return min(int(float64(n)*float64(size)/float64(bytes)*1.05)+4096, most+1) }
	f.room = whole(cells, f.limits.Cells) - 1024
	f.g.Reserve(max(whole(records, f.limits.Records)-f.g.Len(), 0), max(whole(cells, f.limits.Cells)-f.cells, 0), max(whole(text, f.limits.Text)-f.text, 0))
}

// cell keeps a cell that holds something.
func (f *filler) cell(line, col int, text []byte) error {
	text = unguarded(text)
	if len(text) == 0 || blank(text) {
		return nil
	}
	if len(text) > maxCell {
		return tooLarge("cell", maxCell/4, line)
	}
	if col >= f.limits.Columns {
		return nil
	}
	if f.cells++; f.cells > f.limits.Cells {
		return tooLarge("cells", f.limits.Cells, line)
	}
	kind := grid.Text
	if grid.IsError(text) {
		kind = grid.Error
	}
	if f.text += len(text); f.text > f.limits.Text || !f.g.Add(col, kind, 0, text) {
		return tooLarge("text", f.limits.Text, line)
	}
	return nil
}

// unguarded takes away the apostrophe that stands before a text so that spreadsheets do not take it for a
// formula, as this program writes it too: the first one before = + - @, a tab or a line end, and their wide forms.
func unguarded(b []byte) []byte {
	rest := bytes.TrimLeft(b, "'")
	if len(rest) == len(b) || len(rest) == 0 {
		return b
	}
	if r, _ := utf8.DecodeRune(rest); strings.ContainsRune("=+-@\t\r\n＝＋－＠", r) {
		return b[1:]
	}
	return b
}

// blank says whether a text is made of spaces only, no-break ones included.
func blank(b []byte) bool {
	for i, c := range b {
		switch {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0 || c == 0x1a:
		case c == 0xc2 && i+1 < len(b) && b[i+1] == 0xa0:
		case c == 0xa0 && i > 0 && b[i-1] == 0xc2:
		default:
			return false
		}
	}
	return true
}

// source stops at the context's end and tells progress.
type source struct {
	ctx        context.Context
	r          io.Reader
	t          *Text // nil if nobody is told
	done, told int64
}

func (s *source) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.r.Read(b)
	s.done += int64(n)
	if s.t != nil && s.t.progress != nil && s.done-s.told > 1<<20 {
		s.told = s.done
		s.t.progress(s.done, s.t.size)
	}
	return n, err
}

func (l Limits) orDefault() Limits {
	set := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	set(&l.Records, DefaultLimits.Records)
	set(&l.Cells, DefaultLimits.Cells)
	set(&l.Text, DefaultLimits.Text)
	set(&l.Columns, DefaultLimits.Columns)
	return l
}

func tooLarge(what string, limit, line int) error {
	return ledger.Errorf("too_large", "what", what, "limit", int64(limit), "line", line)
}

// readError tells errors of reading the file from those that are told already.
func readError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if known := (*ledger.Error)(nil); errors.As(err, &known) {
		return err
	}
	return ledger.Errorf("damaged", "cause", err)
}
