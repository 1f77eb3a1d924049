package markup

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/net/html"

	"quitus/ledger/imports/grid"
)

// workbook reads the sheets of a workbook of SpreadsheetML.
type workbook struct {
	*builder
	styles  map[string]style
	formats []grid.Format
	used    map[string]int // of formats, by style
	styleID string         // of the style being defined

	sheet    grid.Table
	g        *grid.Grid
	is1904   bool
	path     []string // of the elements that matter and are open
	line     int
	col      int
	cell     cell
	text     []byte
	finished bool
}

// style is a style's number format, or that of its parent.
type style struct {
	format grid.Format
	own    bool
	parent string
}

// cell is what the attributes of the cell being read say.
type cell struct {
	style      string
	formula    []byte
	hasFormula bool
	kind       string
	across     int
	down       int
	data       int // how many data elements it had
}

// namedFormats are the number formats that have a name instead of a code.
var namedFormats = map[string]grid.Format{
	"General Date": {Date: true}, "Long Date": {Date: true}, "Medium Date": {Date: true}, "Short Date": {Date: true},
	"Long Time": {Time: true}, "Medium Time": {Time: true}, "Short Time": {Time: true}, "Euro Currency": {Currency: "€"},
	"General": {}, "General Number": {}, "Currency": {}, "Fixed": {}, "Standard": {}, "Percent": {}, "Scientific": {}, "Yes/No": {}, "True/False": {}, "On/Off": {},
}

func (w *workbook) read() error {
	w.formats = []grid.Format{{}}
	w.z.AllowCDATA(true)
	for {
		switch k := w.z.Next(); k {
		case html.ErrorToken:
			if err := w.z.Err(); err != io.EOF {
				return err
			}
			if !w.finished {
				return io.ErrUnexpectedEOF
			}
			for _, g := range w.grids {
				g.Formats, g.Date1904 = w.formats, w.is1904
			}
			return nil
		case html.TextToken:
			if p := w.inside(); p == "data" || p == "visible" || p == "date1904" {
				w.text = append(w.text, w.z.Text()...)
				if len(w.text) > 4*maxChars {
					return w.tooLarge("cell", maxChars)
				}
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tag, more := w.z.TagName()
			w.z.NextIsNotRawText()
			name := string(local(tag))
			if err := w.startTag(name, more); err != nil {
				return err
			}
			if k == html.SelfClosingTagToken {
				if err := w.endTag(name); err != nil {
					return err
				}
			}
		case html.EndTagToken:
			tag, _ := w.z.TagName()
			if err := w.endTag(string(local(tag))); err != nil {
				return err
			}
		}
	}
}

// inside is the innermost open element that matters.
func (w *workbook) inside() string {
	if len(w.path) == 0 {
		return ""
	}
	return w.path[len(w.path)-1]
}

// parents says where an element that matters may stand; elsewhere it is passed over.
var parents = map[string]string{
	"workbook": "", "style": "workbook", "numberformat": "style", "worksheet": "workbook", "table": "worksheet", "row": "table", "cell": "row",
	"data": "cell", "comment": "cell", "visible": "worksheet", "date1904": "workbook",
}

func (w *workbook) startTag(name string, more bool) error {
	parent, matters := parents[name]
	if !matters || parent != w.inside() {
		return nil
	}
	w.path = append(w.path, name)
	switch name {
	case "style":
		s := style{}
		w.attrs(more, func(name string, v []byte) {
			switch name {
			case "id":
				w.styleID = string(v)
			case "parent":
				s.parent = string(v)
			}
		})
		if len(w.styles) < 1<<16 && len(w.styleID) < 100 {
			w.styles[w.styleID] = s
		}
	case "numberformat":
		w.attrs(more, w.numberFormat)
	case "worksheet":
		w.sheet, w.g, w.line = grid.Table{}, grid.New(nil), 0
		w.attrs(more, func(name string, v []byte) {
			if name == "name" {
				w.sheet.Name = string(v)
			}
		})
	case "row":
		return w.startRow(more)
	case "cell":
		w.startCell(more)
	case "data":
		w.text = w.text[:0]
		w.cell.data++
		w.attrs(more, func(name string, v []byte) {
			if name == "type" {
				w.cell.kind = string(v)
			}
		})
	case "visible", "date1904":
		w.text = w.text[:0]
	}
	return nil
}

func (w *workbook) numberFormat(name string, v []byte) {
	s, known := w.styles[w.styleID]
	if name != "format" || !known || len(v) > 1000 {
		return
	}
	var named bool
	if s.format, named = namedFormats[string(v)]; !named {
		s.format = grid.ParseFormat(string(v))
	}
	s.own = true
	w.styles[w.styleID] = s
}

// format gives the index of a style's number format.
func (w *workbook) format(id string) int {
	if i, ok := w.used[id]; ok {
		return i
	}
	s := w.styles[id]
	for up := 0; !s.own && s.parent != "" && up < 8; up++ {
		s = w.styles[s.parent]
	}
	i := 0
	if s.format != (grid.Format{}) && len(w.formats) < 1<<16 {
		i = len(w.formats)
		w.formats = append(w.formats, s.format)
	}
	if len(w.used) < 1<<16 {
		w.used[id] = i
	}
	return i
}

func (w *workbook) startRow(more bool) error {
	line, span, hidden := w.line+1, 0, false
	w.attrs(more, func(name string, v []byte) {
		switch name {
		case "index":
			line = number(v, w.limits.Rows+1)
		case "span":
			span = number(v, w.limits.Rows+1)
		case "hidden":
			hidden = string(v) == "1"
		}
	})
	if line < 1 || line <= w.line {
		return errors.New("rows out of order")
	}
	w.line, w.col = line+span, -1
	if err := w.row(w.line); err != nil {
		return err
	}
	w.g.StartRow(line, hidden)
	return nil
}

func (w *workbook) startCell(more bool) {
	w.cell = cell{formula: w.cell.formula[:0]}
	w.col++
	w.attrs(more, func(name string, v []byte) {
		switch name {
		case "index":
			if n := number(v, 1<<20); n > w.col {
				w.col = n - 1
			}
		case "styleid":
			w.cell.style = string(v)
		case "mergeacross":
			w.cell.across = number(v, maxSpan)
		case "mergedown":
			w.cell.down = number(v, maxSpan)
		case "formula":
			w.cell.hasFormula = true
			w.cell.formula = append(w.cell.formula, bytes.TrimPrefix(v, []byte("="))...)
		}
	})
}

func (w *workbook) endTag(name string) error {
	if len(w.path) == 0 || name != w.inside() {
		return nil
	}
	w.path = w.path[:len(w.path)-1]
	switch name {
	case "workbook":
		w.finished = true
	case "worksheet":
		return w.keep(w.sheet, w.g)
	case "visible":
		w.sheet.Hidden = bytes.Contains(bytes.ToLower(w.text), []byte("hidden"))
	case "date1904":
		w.is1904 = !bytes.EqualFold(bytes.TrimSpace(w.text), []byte("false"))
	case "data":
		return w.endData()
	case "cell":
		return w.endCell()
	}
	return nil
}

// endData keeps the value of the cell.
func (w *workbook) endData() error {
	if w.cell.data > 1 {
		return nil
	}
	trimmed := bytes.TrimSpace(w.text)
	kind := grid.Text
	text := w.text
	switch w.cell.kind {
	case "Number":
		if isNumber(trimmed) {
			kind, text = grid.Number, trimmed
		}
	case "DateTime":
		kind, text = grid.ISODate, trimmed
	case "Boolean":
		kind, text = grid.Bool, trimmed
	case "Error":
		kind, text = grid.Error, trimmed
	}
	if kind == grid.Text && blank(text) {
		return nil
	}
	return w.add(w.g, w.col, kind, w.format(w.cell.style), text)
}

func (w *workbook) endCell() error {
	if w.cell.hasFormula && w.cell.data == 0 {
		if err := w.add(w.g, w.col, grid.Uncached, w.format(w.cell.style), w.cell.formula); err != nil {
			return err
		}
	}
	if w.col < maxColumns {
		merge(w.g, w.line, w.col, w.cell.down+1, min(w.cell.across+1, maxColumns-w.col))
	}
	w.col = min(w.col+w.cell.across, 1<<20)
	return nil
}
