// Package markup reads tables written as markup into grids: those of HTML pages, and workbooks of SpreadsheetML 2003. Many
// programs write either and name it .xls.
//
// A page's tables are taken as a person sees them: tables of one width that follow each other are one (printed pages, a head
// apart from its body), a table within a table is one of its own. The whole file is read at once, as a stream of tags without a
// tree, so that depth costs nothing; limits hold while reading. Errors are *ledger.Error with code damaged or too_large, or the
// error of the context.
package markup

import (
	"bytes"
	"context"
	"errors"
	"io"
	"regexp"
	"strconv"
	"unicode/utf8"

	"golang.org/x/net/html"

	"quitus/ledger"
	"quitus/ledger/imports/charset"
	"quitus/ledger/imports/grid"
)

// Limits bound what a document may cost. A zero field takes its value from [DefaultLimits].
type Limits struct {
	Cells  int // cells that hold something, of all tables
	Text   int // bytes of text kept, of all tables
	Rows   int // of all tables
	Tables int
}

// DefaultLimits are those of a full sheet.
var DefaultLimits = Limits{Cells: 16_000_000, Text: 256 << 20, Rows: 1_048_576, Tables: 1024}

const (
	maxColumns = 256     // kept; those further right are left out
	maxSpan    = 65_534  // rows or columns of one cell, as in HTML
	maxChars   = 32_767  // of one cell
	maxToken   = 8 << 20 // bytes of one tag or one run of text: a picture may stand in an attribute
	maxDepth   = 64      // tables within tables
	maxBegun   = 100_000 // tables of a page, those included that hold nothing or are joined
	maxMerged  = 100_000
	headBytes  = 4096
)

// Document is a document whose tables were read.
type Document struct {
	tables []grid.Table
	grids  []*grid.Grid
}

// Tables names the tables that hold something.
func (d *Document) Tables() []grid.Table { return d.tables }

// Read gives the i-th table, whole.
func (d *Document) Read(_ context.Context, i, _ int) (*grid.Grid, error) { return d.grids[i], nil }

// OnProgress does nothing: everything is read when the document is opened.
func (d *Document) OnProgress(func(done, total int64)) {}

// HTML reads the tables of a page. progress, if not nil, is told the bytes of the file that are done, every megabyte or so.
func HTML(ctx context.Context, r io.ReaderAt, size int64, limits Limits, progress func(done, total int64)) (*Document, error) {
	b, err := start(ctx, r, size, limits, progress)
	if err != nil {
		return nil, err
	}
	p := &page{builder: b}
	if err := p.read(); err != nil {
		return nil, b.told(err)
	}
	return b.document(), nil
}

// SpreadsheetML reads the sheets of a workbook of Excel 2003 as XML, "XML Spreadsheet Reference".
func SpreadsheetML(ctx context.Context, r io.ReaderAt, size int64, limits Limits, progress func(done, total int64)) (*Document, error) {
	b, err := start(ctx, r, size, limits, progress)
	if err != nil {
		return nil, err
	}
	w := &workbook{builder: b, styles: map[string]style{}, used: map[string]int{}}
	if err := w.read(); err != nil {
		return nil, b.told(err)
	}
	return b.document(), nil
}

// builder is what both kinds of documents have in common: the stream of tags, the limits, and the tables made.
type builder struct {
	ctx    context.Context
	z      *html.Tokenizer
	limits Limits
	cells  int
	text   int
	rows   int
	tables []grid.Table
	grids  []*grid.Grid
}

func start(ctx context.Context, r io.ReaderAt, size int64, limits Limits, progress func(done, total int64)) (*builder, error) {
	hint, err := declared(r, size)
	if err != nil {
		return nil, damaged(err)
	}
	text, err := charset.Detect(ctx, r, size, hint)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, damaged(err)
	}
	src := &source{ctx: ctx, r: io.NewSectionReader(r, 0, size), size: size, progress: progress}
	b := &builder{ctx: ctx, z: html.NewTokenizer(text.NewReader(src)), limits: limits.orDefault()}
	b.z.SetMaxBuf(maxToken)
	return b, nil
}

var charsetAttr = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?([-\w]+)`)

// declared gives the encoding that a document says it has.
func declared(r io.ReaderAt, size int64) (charset.Encoding, error) {
	head := make([]byte, min(size, headBytes))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return charset.Unknown, err
	}
	if m := charsetAttr.FindSubmatch(head); m != nil {
		return charset.Parse(string(m[1])), nil
	}
	return charset.Unknown, nil
}

// source stops at the context's end and tells progress.
type source struct {
	ctx        context.Context
	r          io.Reader
	size       int64
	progress   func(done, total int64)
	done, told int64
}

func (s *source) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.r.Read(b)
	s.done += int64(n)
	if s.progress != nil && s.done-s.told > 1<<20 {
		s.told = s.done
		s.progress(s.done, s.size)
	}
	return n, err
}

// add keeps a cell that holds something.
func (b *builder) add(g *grid.Grid, col int, kind grid.Kind, format int, text []byte) error {
	if col >= maxColumns || len(text) == 0 && kind != grid.Uncached {
		return nil
	}
	if len(text) > maxChars && utf8.RuneCount(text) > maxChars {
		return b.tooLarge("cell", maxChars)
	}
	if b.cells++; b.cells > b.limits.Cells {
		return b.tooLarge("cells", b.limits.Cells)
	}
	if b.text += len(text); b.text > b.limits.Text || !g.Add(col, kind, format, text) {
		return b.tooLarge("text", b.limits.Text)
	}
	return nil
}

// row counts a row.
func (b *builder) row(line int) error {
	if b.rows++; b.rows > b.limits.Rows || line > b.limits.Rows {
		return b.tooLarge("rows", b.limits.Rows)
	}
	return nil
}

// keep adds a finished table to the document.
func (b *builder) keep(t grid.Table, g *grid.Grid) error {
	if len(b.grids) >= b.limits.Tables {
		return b.tooLarge("sheets", b.limits.Tables)
	}
	b.tables, b.grids = append(b.tables, t), append(b.grids, g)
	return nil
}

func (b *builder) document() *Document {
	for i, g := range b.grids {
		g.Finish()
		if len(b.grids) > 1 && b.tables[i].Name == "" {
			b.tables[i].Name = strconv.Itoa(i + 1)
		}
	}
	return &Document{b.tables, b.grids}
}

// attrs gives each attribute of the tag just read by its local name.
func (b *builder) attrs(more bool, each func(name string, value []byte)) {
	for more {
		var name, value []byte
		name, value, more = b.z.TagAttr()
		each(string(local(name)), value)
	}
}

// local takes the prefix off a name.
func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// isNumber says whether a text is a number as programs store it.
func isNumber(b []byte) bool {
	if len(b) == 0 || len(b) > 40 || len(bytes.Trim(b, "0123456789.eE+-")) > 0 {
		return false
	}
	_, err := strconv.ParseFloat(string(b), 64)
	return err == nil
}

// number reads a small number of an attribute.
func number(v []byte, most int) int {
	n := 0
	for _, c := range bytes.TrimSpace(v) {
		if c < '0' || c > '9' {
			break
		}
		if n = n*10 + int(c-'0'); n > most {
			return most
		}
	}
	return n
}

func merge(g *grid.Grid, line, col, lines, cols int) {
	if (lines > 1 || cols > 1) && len(g.Merged) < maxMerged {
		g.Merged = append(g.Merged, grid.Range{FirstLine: line, LastLine: line + lines - 1, FirstCol: col, LastCol: col + cols - 1})
	}
}

func damaged(cause error) error { return ledger.Errorf("damaged", "cause", cause) }

func (b *builder) tooLarge(what string, limit int) error {
	return ledger.Errorf("too_large", "what", what, "limit", int64(limit), "line", b.rows)
}

// told makes an error of reading one for people, if it is not one yet.
func (b *builder) told(err error) error {
	if b.ctx.Err() != nil {
		return b.ctx.Err()
	}
	if known := (*ledger.Error)(nil); errors.As(err, &known) {
		return err
	}
	if errors.Is(err, html.ErrBufferExceeded) {
		return b.tooLarge("token", maxToken)
	}
	return damaged(err)
}

func (l Limits) orDefault() Limits {
	set := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	set(&l.Cells, DefaultLimits.Cells)
	set(&l.Text, DefaultLimits.Text)
	set(&l.Rows, DefaultLimits.Rows)
	set(&l.Tables, DefaultLimits.Tables)
	return l
}
