// Package grid holds the cells of one table as its file gave them, before anybody says what they mean.
//
// Every reader of a file format fills a [Grid]; recognition and mapping read it. A grid of a million
// cells must stay small, so cells are sixteen bytes each and their text lies in one byte arena.
package grid

import (
	"math"
	"slices"
	"sort"
)

// Kind says what a cell holds.
type Kind uint8

// The kinds of cells. Cells that hold nothing are not kept.
const (
	Empty    Kind = iota
	Text          // characters, even if they look like a number or a formula
	Number        // a number in decimal or scientific notation with a dot; a day too, if its format says so
	ISODate       // a day written YYYY-MM-DD, with or without a time
	Bool          // "1" or "0"
	Error         // an error such as #REF!
	Uncached      // a formula that was never computed; the text is the formula without its equals sign
)

// IsError says whether a text is how spreadsheets show an error, in English, French, German or Dutch.
func IsError(text []byte) bool {
	if len(text) < 3 || len(text) > 12 || text[0] != '#' {
		return false
	}
	switch string(text) {
	case "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!",
		"#BEZUG!", "#WERT!", "#ZAHL!", "#NV", "#VERW!", "#WAARDE!", "#DEEL/0!", "#NAAM?", "#GETAL!", "#LEEG!", "#N/B":
		return true
	}
	return false
}

// Cell is one cell: where it stands and what kind it is. Its text is asked from its [Grid].
type Cell struct {
	off, n uint32
	Col    uint16 // from 0
	Format uint16 // index into Grid.Formats
	Kind   Kind
	shared bool
}

// Row is a line of the table.
type Row struct {
	Line        int32 // from 1, as a spreadsheet shows it
	first, last uint32
	Hidden      bool
}

// Table names a table of a file.
type Table struct {
	Name   string // empty if the file does not name it
	Hidden bool
}

// Range is a rectangle of merged cells, bounds included; columns from 0, lines from 1.
type Range struct{ FirstLine, LastLine, FirstCol, LastCol int }

// Strings is a list of texts that cells refer to by number.
type Strings struct {
	text []byte
	ends []uint32
}

// Add appends a text to the list. It says false when the list is full (4 GiB).
func (s *Strings) Add(text []byte) bool {
	if len(s.text)+len(text) > math.MaxUint32 {
		return false
	}
	s.text = append(s.text, text...)
	s.ends = append(s.ends, uint32(len(s.text)))
	return true
}

// Len is the number of texts.
func (s *Strings) Len() int { return len(s.ends) }

// Size is the number of bytes that the texts take.
func (s *Strings) Size() int { return len(s.text) }

func (s *Strings) span(i int) (off, n uint32) {
	if i > 0 {
		off = s.ends[i-1]
	}
	return off, s.ends[i] - off
}

// Grid is one table. It is filled row by row with StartRow and the Add functions, closed with Finish,
// and does not change afterwards.
type Grid struct {
	Date1904 bool     // days count from 1904-01-01 instead of 1899-12-30
	Formats  []Format // what Cell.Format points to; the first is the general format
	Merged   []Range
	breaks   []lineBreak
	strings  *Strings
	text     []byte
	cells    []Cell
	rows     []Row
}

// New gives an empty grid whose shared texts are those of s, which may be nil.
func New(s *Strings) *Grid {
	if s == nil {
		s = &Strings{}
	}
	return &Grid{strings: s, Formats: []Format{{}}}
}

// Reserve makes room for that many rows and cells and bytes of text.
func (g *Grid) Reserve(rows, cells, text int) {
	g.rows, g.cells, g.text = slices.Grow(g.rows, rows), slices.Grow(g.cells, cells), slices.Grow(g.text, text)
}

// StartRow begins a line; the cells added next belong to it.
func (g *Grid) StartRow(line int, hidden bool) {
	n := uint32(len(g.cells))
	g.rows = append(g.rows, Row{Line: int32(line), first: n, last: n, Hidden: hidden})
}

// DropRow takes back the row begun last, which must hold nothing.
func (g *Grid) DropRow() { g.rows = g.rows[:len(g.rows)-1] }

// Add appends a cell to the row begun last. It says false when the grid's arena is full (4 GiB).
func (g *Grid) Add(col int, kind Kind, format int, text []byte) bool {
	if len(g.text)+len(text) > math.MaxUint32 || len(g.cells) == math.MaxUint32 {
		return false
	}
	g.cells = append(g.cells, Cell{off: uint32(len(g.text)), n: uint32(len(text)), Col: uint16(col), Format: uint16(format), Kind: kind})
	g.text = append(g.text, text...)
	g.rows[len(g.rows)-1].last++
	return true
}

// AddShared appends a text cell that holds the grid's i-th shared text. It says false when there is no such text.
func (g *Grid) AddShared(col, format, i int) bool {
	if i < 0 || i >= g.strings.Len() {
		return false
	}
	off, n := g.strings.span(i)
	if n == 0 {
		return true
	}
	g.cells = append(g.cells, Cell{off: off, n: n, Col: uint16(col), Format: uint16(format), Kind: Text, shared: true})
	g.rows[len(g.rows)-1].last++
	return true
}

// lineBreak says that the lines below one lie that many lines further down in the file than they are counted.
type lineBreak struct{ line, extra int32 }

// AddBreak notes that the cells of a line take that many lines of the file beyond one. Lines must come in order.
func (g *Grid) AddBreak(line, extra int) {
	sum := int32(extra)
	if n := len(g.breaks); n > 0 {
		sum += g.breaks[n-1].extra
	}
	g.breaks = append(g.breaks, lineBreak{int32(line), sum})
}

// Physical gives the line of the file where a line begins. It differs from the line where cells above hold several lines of text.
func (g *Grid) Physical(line int) int {
	i := sort.Search(len(g.breaks), func(i int) bool { return int(g.breaks[i].line) >= line })
	if i == 0 {
		return line
	}
	return line + int(g.breaks[i-1].extra)
}

// Append adds the rows of another grid below, its lines counted on from a line. Its shared texts must be none, its formats those of g.
func (g *Grid) Append(o *Grid, line int) {
	for _, r := range o.rows {
		g.StartRow(int(r.Line)+line, r.Hidden)
		for _, c := range o.Cells(r) {
			if !g.Add(int(c.Col), c.Kind, int(c.Format), o.Bytes(c)) {
				return
			}
		}
	}
	for _, m := range o.Merged {
		g.Merged = append(g.Merged, Range{m.FirstLine + line, m.LastLine + line, m.FirstCol, m.LastCol})
	}
}

// Hide marks lines as hidden, where the file says so apart from their cells.
func (g *Grid) Hide(lines map[int]bool) {
	for i := range g.rows {
		g.rows[i].Hidden = g.rows[i].Hidden || lines[int(g.rows[i].Line)]
	}
}

// Finish closes the grid: rows without cells are dropped, the others put in the order of their lines, and those of one line
// joined.
func (g *Grid) Finish() {
	g.rows = slices.DeleteFunc(g.rows, func(r Row) bool { return r.first == r.last })
	if g.inOrder() {
		return
	}
	slices.SortStableFunc(g.rows, func(a, b Row) int { return int(a.Line) - int(b.Line) })
	cells := make([]Cell, 0, len(g.cells))
	rows := g.rows[:0]
	var joined []int
	for _, r := range g.rows {
		own := g.cells[r.first:r.last]
		r.first, r.last = uint32(len(cells)), uint32(len(cells)+len(own))
		cells = append(cells, own...)
		if n := len(rows); n > 0 && rows[n-1].Line == r.Line {
			rows[n-1].last = r.last
			rows[n-1].Hidden = rows[n-1].Hidden || r.Hidden
			if len(joined) == 0 || joined[len(joined)-1] != n-1 {
				joined = append(joined, n-1)
			}
		} else {
			rows = append(rows, r)
		}
	}
	g.rows, g.cells = rows, cells
	for _, i := range joined {
		slices.SortStableFunc(g.Cells(rows[i]), func(a, b Cell) int { return int(a.Col) - int(b.Col) })
	}
}

// inOrder says whether every row lies on a line below the one before.
func (g *Grid) inOrder() bool {
	for i := 1; i < len(g.rows); i++ {
		if g.rows[i].Line <= g.rows[i-1].Line {
			return false
		}
	}
	return true
}

// Len is the number of rows that hold something.
func (g *Grid) Len() int { return len(g.rows) }

// Size is the number of cells and of bytes of text kept.
func (g *Grid) Size() (cells, text int) { return len(g.cells), len(g.text) }

// Row gives the i-th row that holds something.
func (g *Grid) Row(i int) Row { return g.rows[i] }

// Cells gives the cells of a row in the order of the file, usually by column. They must not be changed.
func (g *Grid) Cells(r Row) []Cell { return g.cells[r.first:r.last] }

// Bytes gives the text of a cell. It must not be changed.
func (g *Grid) Bytes(c Cell) []byte {
	if c.shared {
		return g.strings.text[c.off : c.off+c.n : c.off+c.n]
	}
	return g.text[c.off : c.off+c.n : c.off+c.n]
}

// String gives the text of a cell.
func (g *Grid) String(c Cell) string { return string(g.Bytes(c)) }

// FormatOf gives the number format of a cell.
func (g *Grid) FormatOf(c Cell) *Format {
	if int(c.Format) < len(g.Formats) {
		return &g.Formats[c.Format]
	}
	return &g.Formats[0]
}

// Index gives the index of the row with that line, or of the next one, and whether it is that line.
func (g *Grid) Index(line int) (int, bool) {
	i := sort.Search(len(g.rows), func(i int) bool { return int(g.rows[i].Line) >= line })
	return i, i < len(g.rows) && int(g.rows[i].Line) == line
}

// At gives the cell of a line (from 1) and column (from 0); an Empty one where there is none.
func (g *Grid) At(line, col int) Cell {
	i, ok := g.Index(line)
	if !ok {
		return Cell{}
	}
	return g.InRow(g.rows[i], col)
}

// InRow gives the cell of a row and column (from 0); an Empty one where there is none.
func (g *Grid) InRow(r Row, col int) Cell {
	for _, c := range g.Cells(r) {
		if int(c.Col) == col {
			return c
		}
	}
	return Cell{}
}

// Letters names a column (from 0) as spreadsheets do: A, B, …, Z, AA.
func Letters(col int) string {
	var b []byte
	for col++; col > 0; col = (col - 1) / 26 {
		b = append(b, byte('A'+(col-1)%26))
	}
	slices.Reverse(b)
	return string(b)
}
