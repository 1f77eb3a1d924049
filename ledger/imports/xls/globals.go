package xls

import (
	"context"
	"encoding/binary"
	"errors"
	"io"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// Versions and kinds in the record that begins a part of the stream, [MS-XLS] §2.4.21.
const (
	versionBIFF8 = 0x0600
	versionBIFF5 = 0x0500
	partGlobals  = 0x0005
	partSheet    = 0x0010
)

// readGlobals reads the part of the stream before the sheets.
func (w *Workbook) readGlobals(ctx context.Context) error {
	if _, err := w.stream.Seek(0, io.SeekStart); err != nil {
		return err
	}
	s := newRecords(ctx, w.stream)
	if err := s.next(); err != nil {
		return err
	}
	if s.kind != recBOF || len(s.data) < 4 {
		return ledger.Errorf("unsupported_format", "format", "biff")
	}
	switch binary.LittleEndian.Uint16(s.data) {
	case versionBIFF8:
		w.biff8 = true
	case versionBIFF5:
	default:
		return ledger.Errorf("unsupported_format", "format", "biff")
	}
	w.eight = tableOf(1252, w.biff8)
	g := &globals{w: w, codes: map[int]grid.Format{}}
	if binary.LittleEndian.Uint16(s.data[2:]) == partSheet { // a file of one sheet, without globals
		w.sheets = []sheet{{}}
		return nil
	}
	for {
		if err := s.next(); err != nil {
			return noEnd(err)
		}
		if s.kind == recEOF {
			break
		}
		if err := g.record(s); err != nil {
			return err
		}
	}
	for _, id := range g.styles {
		f, ok := g.codes[id]
		if !ok {
			f = grid.Builtin(id)
		}
		w.formats = append(w.formats, f)
	}
	if len(w.sheets) == 0 {
		return errors.New("no sheet")
	}
	return nil
}

// noEnd makes the end of the stream an error where a part has not ended.
func noEnd(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// globals gathers what is put together at the end.
type globals struct {
	w      *Workbook
	codes  map[int]grid.Format // by format number
	styles []int               // format numbers by style
}

func (g *globals) record(s *records) error {
	w := g.w
	c := &cursor{s: s}
	switch s.kind {
	case recFilePass:
		return ledger.Errorf("encrypted")
	case recCodePage:
		w.eight = tableOf(c.uint16(), w.biff8)
	case recDateMode:
		w.date1904 = c.uint16() == 1
	case recFormat:
		id := c.uint16()
		code := w.text(c, nil, w.biff8)
		if len(g.codes) < 1<<16 {
			g.codes[id] = grid.ParseFormat(string(code))
		}
		return c.err
	case recXF:
		c.skip(2)
		if len(g.styles) < 1<<16 {
			g.styles = append(g.styles, c.uint16())
		}
	case recBoundSheet:
		return g.sheet(c)
	case recSST:
		return g.shared(c)
	}
	return c.err
}

func (g *globals) sheet(c *cursor) error {
	w := g.w
	at, state, kind := c.uint32(), c.byte(), c.byte()
	name := w.text(c, nil, false)
	if c.err != nil || kind != 0 {
		return c.err // charts and macros hold no cells
	}
	if len(w.sheets) >= w.limits.Sheets {
		return tooLarge("sheets", int64(w.limits.Sheets))
	}
	for _, other := range w.sheets {
		if other.at == int64(at) {
			return errors.New("two sheets in one place")
		}
	}
	w.sheets = append(w.sheets, sheet{grid.Table{Name: string(name), Hidden: state&3 != 0}, int64(at)})
	return nil
}

// shared reads the table of shared strings.
func (g *globals) shared(c *cursor) error {
	w := g.w
	c.skip(4)
	n := c.uint32()
	if n > w.limits.Strings {
		return tooLarge("strings", int64(w.limits.Strings))
	}
	var text []byte
	for range n {
		if c.pos >= len(c.s.data) {
			if more, err := c.s.continued(); err != nil || !more {
				return err // fewer strings than said: cells that want them say so
			}
			c.pos = 0
		}
		text = c.text8(text[:0], c.uint16(), w.eight)
		if c.err != nil {
			return c.err
		}
		if w.strings.Size()+len(text) > w.limits.Text || !w.strings.Add(text) {
			return tooLarge("text", int64(w.limits.Text))
		}
	}
	return nil
}
