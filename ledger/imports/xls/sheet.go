package xls

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"
	"unicode/utf8"

	"quitus/ledger/imports/grid"
)

// Read reads the i-th sheet into a grid. With rows above 0 it stops after that many rows that hold something; such a grid knows
// no merged cells.
func (w *Workbook) Read(ctx context.Context, i, rows int) (*grid.Grid, error) {
	if _, err := w.stream.Seek(w.sheets[i].at, io.SeekStart); err != nil {
		return nil, told(ctx, err)
	}
	g := grid.New(w.strings)
	g.Date1904 = w.date1904
	if len(w.formats) > 0 {
		g.Formats = w.formats
	}
	s := &sheetReader{w: w, g: g, s: newRecords(ctx, w.stream), c: &cursor{}, most: rows, row: -1, hidden: map[int]bool{}}
	if err := s.read(); err != nil && err != errEnough {
		return nil, told(ctx, err)
	}
	g.Hide(s.hidden)
	g.Finish()
	return g, nil
}

var errEnough = errors.New("enough rows")

type sheetReader struct {
	w      *Workbook
	g      *grid.Grid
	s      *records
	c      *cursor
	most   int
	row    int // that cells are added to
	full   int // rows that hold something
	text   int // bytes kept
	kept   int // cells
	buf    []byte
	hidden map[int]bool // by line
	told   int64

	awaited *waiting // the formula whose text comes in a record of its own
}

type waiting struct{ row, col, style int }

func (s *sheetReader) read() error {
	if err := s.s.next(); err != nil {
		return noEnd(err)
	}
	if s.s.kind != recBOF {
		return errors.New("no sheet where one should begin")
	}
	for depth := 0; ; {
		if err := s.s.next(); err != nil {
			return noEnd(err)
		}
		switch {
		case s.s.kind == recBOF: // a chart within the sheet
			depth++
		case s.s.kind == recEOF && depth == 0:
			return nil
		case s.s.kind == recEOF:
			depth--
		case depth == 0:
			if err := s.record(); err != nil {
				return err
			}
		}
		if s.most > 0 && s.s.done > peekBytes {
			return errEnough
		}
		if s.most == 0 && s.w.progress != nil && s.s.done-s.told > 1<<20 {
			s.told = s.s.done
			s.w.progress(s.told, max(s.told, s.w.size))
		}
	}
}

// record reads one record, if it is about cells.
func (s *sheetReader) record() error {
	data := s.s.data
	switch s.s.kind {
	case recRow:
		if len(data) >= 14 && data[12]&0x20 != 0 {
			s.hidden[int(binary.LittleEndian.Uint16(data))+1] = true
		}
		return nil
	case recMergedCells:
		s.merged(data)
		return nil
	case recString:
		return s.formulaText()
	case recNumber, recRK, recMulRK, recLabelSST, recLabel, recRString, recBoolErr, recFormula:
	default:
		return nil
	}
	if len(data) < 8 {
		return errShort
	}
	row, col, style := int(binary.LittleEndian.Uint16(data)), int(binary.LittleEndian.Uint16(data[2:])), int(binary.LittleEndian.Uint16(data[4:]))
	if err := s.startRow(row); err != nil {
		return err
	}
	switch s.s.kind {
	case recMulRK:
		for at := 4; at+6 <= len(data)-2; at += 6 {
			if err := s.number(col, int(binary.LittleEndian.Uint16(data[at:])), rk(binary.LittleEndian.Uint32(data[at+2:]))); err != nil {
				return err
			}
			col++
		}
		return nil
	case recBoolErr:
		if data[7] != 0 {
			return s.add(col, grid.Error, style, []byte(errorName(data[6])))
		}
		return s.add(col, grid.Bool, style, strconv.AppendInt(nil, int64(data[6]), 10))
	case recLabel, recRString:
		return s.label(col, style)
	}
	if len(data) < 10 {
		return errShort
	}
	switch s.s.kind {
	case recRK:
		return s.number(col, style, rk(binary.LittleEndian.Uint32(data[6:])))
	case recLabelSST:
		return s.shared(col, style, int(binary.LittleEndian.Uint32(data[6:])))
	}
	if len(data) < 14 {
		return errShort
	}
	if s.s.kind == recNumber {
		return s.number(col, style, math.Float64frombits(binary.LittleEndian.Uint64(data[6:])))
	}
	return s.formula(row, col, style)
}

// startRow begins a row if the last cell was in another.
func (s *sheetReader) startRow(row int) error {
	if row == s.row {
		return nil
	}
	if n, _ := s.g.Size(); n > s.full {
		s.full = n
		if s.most > 0 && s.g.Len() >= s.most {
			return errEnough
		}
	}
	s.row = row
	s.g.StartRow(row+1, false)
	return nil
}

// rk unpacks a number of 30 bits, [MS-XLS] §2.5.217.
func rk(v uint32) float64 {
	var f float64
	if v&2 != 0 {
		f = float64(int32(v) >> 2)
	} else {
		f = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}

func (s *sheetReader) number(col, style int, f float64) error {
	switch a := math.Abs(f); {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return s.add(col, grid.Error, style, []byte("#NUM!"))
	case f == 0 || a >= 1e-7 && a < 1e17:
		s.buf = strconv.AppendFloat(s.buf[:0], f, 'f', -1, 64)
	default:
		s.buf = strconv.AppendFloat(s.buf[:0], f, 'E', -1, 64)
	}
	return s.add(col, grid.Number, style, s.buf)
}

func (s *sheetReader) shared(col, style, i int) error {
	before, _ := s.g.Size()
	if col >= maxColumns {
		return nil
	}
	if !s.g.AddShared(col, style, i) {
		return s.add(col, grid.Error, style, []byte("#REF!"))
	}
	after, _ := s.g.Size()
	return s.count(after-before, 0)
}

// label reads a text that stands in the cell itself.
func (s *sheetReader) label(col, style int) error {
	*s.c = cursor{s: s.s, pos: 6}
	s.buf = s.w.text(s.c, s.buf[:0], true)
	if s.c.err != nil {
		return s.c.err
	}
	return s.add(col, grid.Text, style, s.buf)
}

// formula reads a formula with its stored result, [MS-XLS] §2.4.127. Programs that do not compute leave zero or nothing there.
func (s *sheetReader) formula(row, col, style int) error {
	data := s.s.data
	if len(data) < 20 {
		return errShort
	}
	result := binary.LittleEndian.Uint64(data[6:])
	again := data[14]&2 != 0 // to be computed when the file is opened
	text, words, ok := decompile(data[20:], s.w.biff8)
	s.awaited = nil
	switch kind := data[6]; {
	case result>>48 != 0xffff:
		if result == 0 && again {
			return s.add(col, grid.Uncached, style, []byte(text))
		}
		return s.number(col, style, math.Float64frombits(result))
	case kind == 0:
		s.awaited = &waiting{row, col, style}
	case kind == 1:
		return s.add(col, grid.Bool, style, strconv.AppendInt(nil, int64(data[8]), 10))
	case kind == 2:
		return s.add(col, grid.Error, style, []byte(errorName(data[8])))
	case !words || !ok:
		return s.add(col, grid.Uncached, style, []byte(text))
	}
	return nil
}

// formulaText reads the text that the formula before gave.
func (s *sheetReader) formulaText() error {
	at := s.awaited
	s.awaited = nil
	if at == nil {
		return nil
	}
	*s.c = cursor{s: s.s}
	s.buf = s.w.text(s.c, s.buf[:0], true)
	if s.c.err != nil {
		return s.c.err
	}
	if err := s.startRow(at.row); err != nil {
		return err
	}
	return s.add(at.col, grid.Text, at.style, s.buf)
}

func (s *sheetReader) add(col int, kind grid.Kind, style int, text []byte) error {
	if col >= maxColumns || len(text) == 0 && kind == grid.Text {
		return nil
	}
	if len(text) > maxChars && utf8.RuneCount(text) > maxChars {
		return tooLarge("cell", maxChars)
	}
	if !s.g.Add(col, kind, style, text) {
		return tooLarge("text", int64(s.w.limits.Text))
	}
	return s.count(1, len(text))
}

func (s *sheetReader) count(cells, text int) error {
	if s.most == 0 {
		s.w.cells += cells
	}
	if s.kept += cells; max(s.kept, s.w.cells) > s.w.limits.Cells {
		return tooLarge("cells", int64(s.w.limits.Cells))
	}
	if s.text += text; s.text > s.w.limits.Text {
		return tooLarge("text", int64(s.w.limits.Text))
	}
	return nil
}

func (s *sheetReader) merged(data []byte) {
	if len(data) < 2 {
		return
	}
	for at := 2; at+8 <= len(data) && len(s.g.Merged) < maxMerged; at += 8 {
		v := func(i int) int { return int(binary.LittleEndian.Uint16(data[at+2*i:])) }
		if v(0) <= v(1) && v(2) <= v(3) {
			s.g.Merged = append(s.g.Merged, grid.Range{FirstLine: v(0) + 1, LastLine: v(1) + 1, FirstCol: v(2), LastCol: v(3)})
		}
	}
}

// errorName writes an error value, [MS-XLS] §2.5.10.
func errorName(code byte) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0f:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1d:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	}
	return "#N/A"
}
