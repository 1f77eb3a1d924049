package letters

import (
	"sync"

	"rsc.io/qr/coding"
)

// This file is the only one that knows the library of QR codes. The library lays a code out for a mask that it is told; which
// of the eight reads best is found here.

// modules are a code's points: true is black.
type modules struct {
	size  int
	black []bool
}

func (m *modules) at(x, y int) bool { return m.black[y*m.size+x] }

// plans keeps the layout of each version and mask, which takes longer to make than a code.
var plans sync.Map // of [2]int to *coding.Plan

func planOf(v coding.Version, mask int) (*coding.Plan, error) {
	key := [2]int{int(v), mask}
	if p, ok := plans.Load(key); ok {
		return p.(*coding.Plan), nil
	}
	p, err := coding.NewPlan(v, coding.M, coding.Mask(mask))
	if err == nil {
		plans.Store(key, p)
	}
	return p, err
}

// newCode encodes a text as UTF-8 with error correction M, as both payment standards ask for, in the smallest version that
// holds it. Nil where it is too long for any.
func newCode(text string) *modules {
	content := coding.String(text)
	v := coding.Version(coding.MinVersion)
	for content.Bits(v) > v.DataBytes(coding.M)*8 {
		if v++; v > coding.MaxVersion {
			return nil
		}
	}
	var best *modules
	least := 0
	for mask := range 8 {
		p, err := planOf(v, mask)
		if err != nil {
			return nil
		}
		c, err := p.Encode(content)
		if err != nil {
			return nil
		}
		m := &modules{size: c.Size, black: make([]bool, c.Size*c.Size)}
		for y := range c.Size {
			for x := range c.Size {
				m.black[y*c.Size+x] = c.Black(x, y)
			}
		}
		if n := m.penalty(); best == nil || n < least {
			best, least = m, n
		}
	}
	return best
}

// penalty is how hard a code is to read (ISO/IEC 18004, 7.8.3): runs of one colour, blocks of four, what looks like a finder
// pattern, and more of one colour than of the other.
func (m *modules) penalty() int {
	n, sum, dark := m.size, 0, 0
	for i := range n {
		sum += linePenalty(m.black[i*n:], n, 1) + linePenalty(m.black[i:], n, n)
	}
	for y := range n {
		for x := range n {
			b := m.at(x, y)
			if b {
				dark++
			}
			if x+1 < n && y+1 < n && m.at(x+1, y) == b && m.at(x, y+1) == b && m.at(x+1, y+1) == b {
				sum += 3
			}
		}
	}
	return sum + abs(dark*100/(n*n)-50)/5*10
}

// linePenalty is that of one row or column: n points, each step after the other.
func linePenalty(line []bool, n, step int) int {
	const finder, mask = 0b00001011101, 0b11111111111 // four white before, and turned round four after
	sum, run, window := 0, 0, 0
	for i := range n {
		b := line[i*step]
		if i > 0 && line[(i-1)*step] == b {
			run++
		} else {
			run = 1
		}
		switch {
		case run == 5:
			sum += 3
		case run > 5:
			sum++
		}
		window = window << 1 & mask
		if b {
			window |= 1
		}
		if i >= 10 && (window == finder || window == 0b10111010000) {
			sum += 40
		}
	}
	return sum
}

func abs(n int) int { return max(n, -n) }

// code draws a text as a QR code whose points are rectangles, so that it is sharp in any size.
func (s *sheet) code(text string, x, y, size float64) {
	m := newCode(text)
	if m == nil {
		return
	}
	unit := size / float64(m.size)
	var runs []area
	for row := range m.size {
		for col := 0; col < m.size; col++ {
			from := col
			for col < m.size && m.at(col, row) {
				col++
			}
			if col > from {
				runs = append(runs, area{x + float64(from)*unit, y + float64(row)*unit, float64(col-from) * unit, unit})
			}
		}
	}
	s.fillAll(runs, 0)
}
