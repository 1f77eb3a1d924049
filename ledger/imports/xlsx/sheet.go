package xlsx

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"

	"quitus/ledger/imports/grid"
)

// Read reads the i-th sheet into a grid. With rows above 0 it stops after that many rows that hold something;
// such a grid knows no merged cells.
func (w *Workbook) Read(ctx context.Context, i, rows int) (*grid.Grid, error) {
	f := w.Sheets[i].part
	r, err := w.open(ctx, f)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	g := grid.New(w.strings)
	g.Date1904 = w.Date1904
	if len(w.formats) > 0 {
		g.Formats = w.formats
	}
	s := &sheetScanner{w: w, g: g, part: r, most: rows}
	if rows == 0 {
		s.reserve(int64(f.UncompressedSize64), int64(f.CompressedSize64))
	}
	if s.t, err = newTokenizer(r); err == nil {
		err = s.scan()
	}
	if err != nil && err != errEnough {
		return nil, partError(f.Name, err)
	}
	g.Finish()
	return g, nil
}

// peekBytes is how much of a sheet is looked at, at most, when only its first rows are asked for.
const peekBytes = 4 << 20

var errEnough = errors.New("enough rows")

type sheetScanner struct {
	t       *tokenizer
	w       *Workbook
	g       *grid.Grid
	part    *partReader
	most    int
	line    int // of the row being read
	col     int // of the cell read last
	kept    int // cells
	text    int // bytes
	seen    int // rows
	full    int // rows that hold something
	value   []byte
	formula []byte
	told    int64
}

// reserve makes room for what a sheet of that many bytes usually holds. The size comes from the archive's
// directory, so it is believed only as far as the compressed bytes make it likely.
func (s *sheetScanner) reserve(size, packed int64) {
	size = min(size, 40*packed, 256<<20)
	s.g.Reserve(int(size/600), int(size/50), int(size/8))
}

func (s *sheetScanner) scan() error {
	for {
		k, err := s.t.next()
		if err != nil {
			return err
		}
		switch k {
		case tokenEnd:
			return nil
		case tokenOpen:
			switch string(s.t.name) {
			case "row":
				err = s.row()
			case "mergeCell":
				s.merged(attr(s.t.attrs, "ref"))
			}
		}
		if err != nil {
			return err
		}
	}
}

func (s *sheetScanner) row() error {
	line, hidden := s.line+1, false
	for rest := s.t.attrs; len(rest) > 0; {
		var name, value []byte
		if name, value, rest = nextAttr(rest); name == nil {
			break
		}
		switch string(name) {
		case "r":
			n, err := strconv.Atoi(string(value))
			if err != nil || n < 1 {
				return errors.New("row number " + strconv.Quote(string(value)))
			}
			line = n
		case "hidden":
			hidden = isTrue(value)
		}
	}
	if line > maxRows {
		return tooLarge(s.part.f.Name, "rows", maxRows)
	}
	if s.seen++; s.seen > maxRows {
		return tooLarge(s.part.f.Name, "rows", maxRows)
	}
	if s.most > 0 && s.part.done > peekBytes {
		return errEnough
	}
	s.line, s.col = line, -1
	before := s.kept
	s.g.StartRow(line, hidden)
	s.tell()
	for {
		k, err := s.t.next()
		if err != nil {
			return err
		}
		switch k {
		case tokenOpen:
			if string(s.t.name) == "c" {
				err = s.cell()
			} else {
				err = s.t.skip()
			}
			if err != nil {
				return err
			}
		case tokenClose:
			if s.kept > before {
				if s.full++; s.full == s.most {
					return errEnough
				}
			} else {
				s.g.DropRow()
			}
			return nil
		case tokenEnd:
			return io.ErrUnexpectedEOF
		}
	}
}

// tell reports progress every few hundred rows or so.
func (s *sheetScanner) tell() {
	if s.w.progress != nil && s.part.done-s.told > 1<<20 {
		s.told = s.part.done
		s.w.progress(s.part.done, max(s.part.done, int64(s.part.f.UncompressedSize64)))
	}
}

// cellType is the attribute t of a cell, ECMA-376 part 1, §18.18.11.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeString
	typeInline
	typeBool
	typeError
	typeDate
)

func cellTypeOf(v []byte) cellType {
	switch string(v) {
	case "s":
		return typeShared
	case "str":
		return typeString
	case "inlineStr":
		return typeInline
	case "b":
		return typeBool
	case "e":
		return typeError
	case "d":
		return typeDate
	}
	return typeNumber
}

func (s *sheetScanner) cell() error {
	col, style, kind := s.col+1, 0, typeNumber
	for rest := s.t.attrs; len(rest) > 0; {
		var name, value []byte
		if name, value, rest = nextAttr(rest); name == nil {
			break
		}
		if len(name) != 1 {
			continue
		}
		switch name[0] {
		case 'r':
			c, _, ok := reference(value)
			if !ok {
				return errors.New("cell reference " + strconv.Quote(string(value)))
			}
			col = c
		case 's':
			n, err := strconv.Atoi(string(value))
			if err == nil && n > 0 && n < len(s.g.Formats) {
				style = n
			}
		case 't':
			kind = cellTypeOf(value)
		}
	}
	if col >= maxColumns {
		return tooLarge(s.part.f.Name, "columns", maxColumns)
	}
	s.col = col
	hasFormula, err := s.content()
	if err != nil || col >= s.w.limits.Columns {
		return err
	}
	return s.keep(col, style, kind, hasFormula)
}

// content reads what the cell just opened holds into s.value and s.formula.
func (s *sheetScanner) content() (hasFormula bool, err error) {
	s.value, s.formula = s.value[:0], s.formula[:0]
	for {
		k, err := s.t.next()
		if err != nil {
			return hasFormula, err
		}
		switch k {
		case tokenClose:
			return hasFormula, nil
		case tokenEnd:
			return hasFormula, io.ErrUnexpectedEOF
		case tokenOpen:
			switch string(s.t.name) {
			case "v":
				s.value, err = s.plain(s.value)
			case "f":
				hasFormula = true
				s.formula, err = s.plain(s.formula)
			case "is":
				s.value, err = richText(s.t, s.value)
			default:
				err = s.t.skip()
			}
			if err != nil {
				return hasFormula, err
			}
		}
	}
}

// plain appends the characters up to the end of the element just opened.
func (s *sheetScanner) plain(dst []byte) ([]byte, error) {
	for depth := s.t.depth; ; {
		k, err := s.t.next()
		if err != nil {
			return dst, err
		}
		switch k {
		case tokenText:
			dst = appendText(dst, s.t.text)
		case tokenCData:
			dst = append(dst, s.t.text...)
		case tokenClose:
			if s.t.depth < depth {
				return dst, nil
			}
		case tokenEnd:
			return dst, io.ErrUnexpectedEOF
		}
		if len(dst) > maxToken {
			return dst, errToken
		}
	}
}

func (s *sheetScanner) keep(col, style int, kind cellType, hasFormula bool) error {
	text := s.value
	if hasFormula && kind != typeString && len(bytes.TrimSpace(text)) == 0 {
		return s.add(col, grid.Uncached, style, unescape(s.formula))
	}
	if len(text) == 0 {
		return nil
	}
	switch kind {
	case typeShared:
		n, err := strconv.Atoi(string(bytes.TrimSpace(text)))
		before, _ := s.g.Size()
		if err != nil || !s.g.AddShared(col, style, n) {
			return s.add(col, grid.Error, style, []byte("#REF!"))
		}
		after, _ := s.g.Size()
		return s.count(after-before, 0)
	case typeString, typeInline:
		return s.add(col, grid.Text, style, unescape(text))
	case typeBool:
		return s.add(col, grid.Bool, style, bytes.TrimSpace(text))
	case typeError:
		return s.add(col, grid.Error, style, text)
	case typeDate:
		return s.add(col, grid.ISODate, style, bytes.TrimSpace(text))
	}
	text = bytes.TrimSpace(text)
	if len(text) == 0 {
		return nil
	}
	if c := text[len(text)-1]; c < '0' && c != '.' || c > '9' {
		return s.add(col, grid.Text, style, unescape(text))
	}
	return s.add(col, grid.Number, style, text)
}

func (s *sheetScanner) add(col int, kind grid.Kind, style int, text []byte) error {
	if len(text) == 0 && kind == grid.Text {
		return nil
	}
	if tooLong(text) {
		return tooLarge(s.part.f.Name, "cell", maxCellChars)
	}
	if !s.g.Add(col, kind, style, text) {
		return tooLarge(s.part.f.Name, "text", int64(s.w.limits.Text))
	}
	return s.count(1, len(text))
}

func (s *sheetScanner) count(cells, text int) error {
	if s.kept += cells; s.kept > s.w.limits.Cells {
		return tooLarge(s.part.f.Name, "cells", int64(s.w.limits.Cells))
	}
	if s.text += text; s.text > s.w.limits.Text {
		return tooLarge(s.part.f.Name, "text", int64(s.w.limits.Text))
	}
	return nil
}

// merged keeps a range of merged cells; beyond a hundred thousand of them they are no register's.
func (s *sheetScanner) merged(ref []byte) {
	if len(s.g.Merged) >= 100_000 {
		return
	}
	from, to, ok := bytes.Cut(ref, []byte(":"))
	if !ok {
		return
	}
	c1, l1, ok1 := reference(from)
	c2, l2, ok2 := reference(to)
	if ok1 && ok2 && c1 <= c2 && l1 <= l2 {
		s.g.Merged = append(s.g.Merged, grid.Range{FirstLine: l1, LastLine: l2, FirstCol: c1, LastCol: c2})
	}
}

// reference reads "B12" into column 1 and line 12.
func reference(b []byte) (col, line int, ok bool) {
	i := 0
	for ; i < len(b); i++ {
		c := b[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		if col = col*26 + int(c-'A') + 1; col > 1<<20 {
			return 0, 0, false
		}
	}
	if i == 0 {
		return 0, 0, false
	}
	for ; i < len(b); i++ {
		if b[i] < '0' || b[i] > '9' || line > 1<<24 {
			return 0, 0, false
		}
		line = line*10 + int(b[i]-'0')
	}
	return col - 1, line, true
}
