package markup

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/net/html"

	"quitus/ledger/imports/grid"
)

// page reads the tables of an HTML page.
type page struct {
	*builder
	open   []*table // from the outermost
	last   *table   // the table that ended last, which one like it may continue
	begun  int      // tables so far
	closed bool     // the page's own end was seen
	mute   string   // the element that is not shown and whose end is awaited
	muted  int      // how many of that name are open
}

// table is a table that is being read.
type table struct {
	g       *grid.Grid
	line    int
	width   int
	depth   int
	name    []byte
	naming  bool // within the caption
	inRow   bool
	hidden  bool
	inCell  bool
	col     int
	colSpan int
	rowSpan int
	spans   [maxColumns]uint16 // lines still covered by a cell further up, for each column
	text    []byte
	stored  []byte // the number that spreadsheets write beside the text of a cell
}

// nestedText is how much of a table within a cell is taken for the text of that cell, in bytes.
const nestedText = 1000

func (p *page) read() error {
	for {
		switch p.z.Next() {
		case html.ErrorToken:
			if err := p.z.Err(); err != io.EOF {
				return err
			}
			return p.end()
		case html.TextToken:
			if t := p.table(); t != nil && p.mute == "" && (t.inCell || t.naming) {
				if err := p.characters(t, p.z.Text()); err != nil {
					return err
				}
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := p.z.TagName()
			if err := p.startTag(name, more); err != nil {
				return err
			}
		case html.EndTagToken:
			name, _ := p.z.TagName()
			if err := p.endTag(name); err != nil {
				return err
			}
		}
	}
}

// end closes what is still open. A page that breaks off within a cell was not loaded to its end.
func (p *page) end() error {
	t := p.table()
	if t != nil && t.inCell && !p.closed {
		return errors.New("the page breaks off in a table")
	}
	for p.table() != nil {
		if err := p.endTable(); err != nil {
			return err
		}
	}
	return nil
}

func (p *page) table() *table {
	if len(p.open) == 0 {
		return nil
	}
	return p.open[len(p.open)-1]
}

// characters adds text to the cell, with runs of white space as one. No-break spaces stay.
func (p *page) characters(t *table, text []byte) error {
	dst := &t.text
	if t.naming {
		dst = &t.name
	}
	for _, c := range text {
		switch c {
		case ' ', '\t', '\n', '\r', '\f':
			if n := len(*dst); n > 0 && (*dst)[n-1] != ' ' && (*dst)[n-1] != '\n' {
				*dst = append(*dst, ' ')
			}
		default:
			*dst = append(*dst, c)
		}
	}
	if len(*dst) > 4*maxChars {
		return p.tooLarge("cell", maxChars)
	}
	return nil
}

func (p *page) startTag(name []byte, more bool) error {
	if p.mute != "" && !structural(name) {
		if string(name) == p.mute {
			p.muted++
		}
		return nil
	}
	p.mute = ""
	t := p.table()
	switch string(name) {
	case "table":
		return p.startTable()
	case "script", "style":
		p.mute, p.muted = string(name), 1
	case "caption":
		if t != nil {
			t.naming = true
		}
	case "tr":
		if t != nil {
			return p.startRow(t, more)
		}
	case "td", "th":
		if t != nil {
			return p.startCell(t, more)
		}
	case "thead", "tbody", "tfoot":
		if t != nil {
			return p.endRow(t)
		}
	case "br":
		if t != nil && t.inCell {
			t.text = append(bytes.TrimRight(t.text, " "), '\n')
		}
	case "input", "img", "hr", "col", "meta", "link", "area", "base", "embed", "source", "wbr":
	case "p", "div", "li":
		if t != nil && t.inCell {
			p.block(t)
		}
		fallthrough
	default:
		if t != nil && t.inCell && p.invisible(more) {
			p.mute, p.muted = string(name), 1
		}
	}
	return nil
}

// block sets what follows apart from the text before.
func (p *page) block(t *table) {
	if n := len(t.text); n > 0 && t.text[n-1] != '\n' {
		t.text = append(bytes.TrimRight(t.text, " "), '\n')
	}
}

// invisible says whether the element just opened is not shown, as the keys by which some programs sort their tables.
func (p *page) invisible(more bool) bool {
	hidden := false
	p.attrs(more, func(name string, value []byte) {
		hidden = hidden || name == "hidden" || name == "style" && noDisplay(value)
	})
	return hidden
}

// structural says whether a tag is a table's own: what is not shown ends there, even if its end was forgotten.
func structural(name []byte) bool {
	switch string(name) {
	case "table", "tr", "td", "th", "thead", "tbody", "tfoot":
		return true
	}
	return false
}

func noDisplay(style []byte) bool {
	s := bytes.ToLower(bytes.Join(bytes.Fields(style), nil))
	return bytes.Contains(s, []byte("display:none"))
}

func (p *page) endTag(name []byte) error {
	if p.mute != "" && !structural(name) {
		if string(name) == p.mute {
			if p.muted--; p.muted == 0 {
				p.mute = ""
			}
		}
		return nil
	}
	p.mute = ""
	t := p.table()
	switch string(name) {
	case "body", "html":
		p.closed = true
	case "caption":
		if t != nil {
			t.naming = false
		}
	case "table":
		if t != nil {
			return p.endTable()
		}
	case "tr", "thead", "tbody", "tfoot":
		if t != nil {
			return p.endRow(t)
		}
	case "td", "th":
		if t != nil {
			return p.endCell(t)
		}
	case "p", "div", "li":
		if t != nil && t.inCell {
			p.block(t)
		}
	}
	return nil
}

func (p *page) startTable() error {
	if len(p.open) >= maxDepth {
		return p.tooLarge("depth", maxDepth)
	}
	if p.begun++; p.begun > maxBegun {
		return p.tooLarge("tables", maxBegun)
	}
	p.open = append(p.open, &table{g: grid.New(nil), depth: len(p.open)})
	return nil
}

func (p *page) startRow(t *table, more bool) error {
	if err := p.endRow(t); err != nil {
		return err
	}
	t.hidden = p.invisible(more)
	return p.openRow(t)
}

func (p *page) openRow(t *table) error {
	t.line++
	t.inRow, t.col, t.naming = true, 0, false
	if err := p.row(t.line); err != nil {
		return err
	}
	t.g.StartRow(t.line, t.hidden)
	return nil
}

func (p *page) startCell(t *table, more bool) error {
	if err := p.endCell(t); err != nil {
		return err
	}
	if !t.inRow {
		t.hidden = false
		if err := p.openRow(t); err != nil {
			return err
		}
	}
	for t.col < maxColumns && t.spans[t.col] > 0 {
		t.col++
	}
	t.inCell, t.colSpan, t.rowSpan, t.text, t.stored = true, 1, 1, t.text[:0], t.stored[:0]
	p.attrs(more, func(name string, value []byte) {
		switch name {
		case "colspan":
			t.colSpan = max(1, number(value, 1000))
		case "rowspan":
			t.rowSpan = max(1, number(value, maxSpan))
		case "num", "sdval":
			t.stored = append(t.stored, value...)
		}
	})
	return nil
}

func (p *page) endCell(t *table) error {
	if !t.inCell {
		return nil
	}
	t.inCell = false
	text := bytes.TrimRight(t.text, " \n")
	kind := grid.Text
	if blank(text) && isNumber(t.stored) {
		text, kind = t.stored, grid.Number
	}
	if !blank(text) {
		if grid.IsError(text) {
			kind = grid.Error
		}
		if err := p.add(t.g, t.col, kind, 0, text); err != nil {
			return err
		}
		t.width = max(t.width, min(t.col+t.colSpan, maxColumns))
	}
	if t.col < maxColumns {
		last := min(t.col+t.colSpan, maxColumns)
		merge(t.g, t.line, t.col, t.rowSpan, last-t.col)
		for c := t.col; c < last && t.rowSpan > 1; c++ {
			t.spans[c] = uint16(t.rowSpan)
		}
	}
	t.col = min(t.col+t.colSpan, maxColumns)
	return nil
}

// blank says whether a text is made of spaces only, no-break ones included.
func blank(b []byte) bool {
	return len(bytes.Trim(b, " \n\u00a0\u202f")) == 0
}

func (p *page) endRow(t *table) error {
	if !t.inRow {
		return nil
	}
	if err := p.endCell(t); err != nil {
		return err
	}
	t.inRow = false
	for c := range t.spans {
		if t.spans[c] > 0 {
			t.spans[c]--
		}
	}
	return nil
}

// endTable closes the innermost table, and joins it to the one before if both are of one width.
func (p *page) endTable() error {
	t := p.table()
	if err := p.endRow(t); err != nil {
		return err
	}
	p.open = p.open[:len(p.open)-1]
	if outer := p.table(); outer != nil && outer.inCell {
		if _, n := t.g.Size(); n <= nestedText {
			if err := p.inline(outer, t.g); err != nil {
				return err
			}
		}
	}
	if n, _ := t.g.Size(); n == 0 {
		return nil
	}
	if p.last != nil && p.last.width == t.width && p.last.depth == t.depth && len(t.name) == 0 {
		p.last.g.Append(t.g, p.last.line)
		p.last.line += t.line
		return nil
	}
	p.last = t
	return p.keep(grid.Table{Name: string(bytes.TrimSpace(t.name))}, t.g)
}

// inline makes a small table within a cell part of the cell's text.
func (p *page) inline(outer *table, g *grid.Grid) error {
	for i := range g.Len() {
		for _, c := range g.Cells(g.Row(i)) {
			p.block(outer)
			if err := p.characters(outer, g.Bytes(c)); err != nil {
				return err
			}
		}
	}
	return nil
}
