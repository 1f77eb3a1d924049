package letters

import "github.com/boombuler/barcode/qr"

// This file is the only one that knows the library of QR codes.

// modules are a code's points: true is black.
type modules struct {
	size  int
	black []bool
}

func (m *modules) at(x, y int) bool { return m.black[y*m.size+x] }

// newCode encodes a text as UTF-8 with error correction M, as both payment standards ask for. Nil where it is too long
// for any code.
func newCode(text string) *modules {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return nil
	}
	m := &modules{size: code.Bounds().Dx()}
	m.black = make([]bool, m.size*m.size)
	for y := range m.size {
		for x := range m.size {
			r, _, _, _ := code.At(x, y).RGBA()
			m.black[y*m.size+x] = r < 0x8000
		}
	}
	return m
}

// code draws a text as a QR code whose points are rectangles, so that it is sharp in any size.
func (s *sheet) code(text string, x, y, size float64) {
	m := newCode(text)
	if m == nil {
		return
	}
	unit := size / float64(m.size)
	for row := range m.size {
		for col := 0; col < m.size; col++ {
			from := col
			for col < m.size && m.at(col, row) {
				col++
			}
			if col > from {
				s.fill(x+float64(from)*unit, y+float64(row)*unit, float64(col-from)*unit, unit, 0)
			}
		}
	}
}
