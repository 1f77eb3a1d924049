package letters

import (
	"math/bits"
	"sync"

	"rsc.io/qr/coding"
)

// This file is the only one that knows the library of QR codes. The library lays a code out for a mask that it is told; which
// of the eight reads best is found here.

// Versions of codes: a Swiss one has at most 25, that of a transfer at most 13. A line of the largest has 117 points.
const largestCode coding.Version = 25

// modules are a code's points by rows and by columns: a set bit is black.
type modules struct {
	size       int
	rows, cols [117]line
}

// line is a row or a column of points, the first in the lowest bit.
type line struct{ low, high uint64 }

func (l line) at(i int) bool {
	if i < 64 {
		return l.low>>i&1 == 1
	}
	return l.high>>(i-64)&1 == 1
}

func (l *line) set(i int) {
	if i < 64 {
		l.low |= 1 << i
	} else {
		l.high |= 1 << (i - 64)
	}
}

func (l line) xor(o line) line { return line{l.low ^ o.low, l.high ^ o.high} }

func (l line) and(o line) line { return line{l.low & o.low, l.high & o.high} }

func (l line) not() line { return line{^l.low, ^l.high} }

// later has the point n places on at each place, n from 1 to 63.
func (l line) later(n int) line { return line{l.low>>n | l.high<<(64-n), l.high >> n} }

// before has the point of the place before at each place.
func (l line) before() line { return line{l.low << 1, l.high<<1 | l.low>>63} }

func (l line) count() int { return bits.OnesCount64(l.low) + bits.OnesCount64(l.high) }

// first has the first n places set, n from 1 to 128.
func first(n int) line {
	if n <= 64 {
		return line{^uint64(0) >> (64 - n), 0}
	}
	return line{^uint64(0), ^uint64(0) >> (128 - n)}
}

func (m *modules) at(x, y int) bool { return m.rows[y].at(x) }

func (m *modules) set(x, y int) {
	m.rows[y].set(x)
	m.cols[x].set(y)
}

// xor gives the points that are black in one of two codes of a size only.
func (m *modules) xor(o *modules) *modules {
	out := &modules{size: m.size}
	for i := range m.size {
		out.rows[i], out.cols[i] = m.rows[i].xor(o.rows[i]), m.cols[i].xor(o.cols[i])
	}
	return out
}

// blank is a version's layout, and for each of the eight masks its points without any content.
type blank struct {
	plan  *coding.Plan // of the first mask
	masks [8]*modules
}

// blanks keeps the layout of each version, which takes longer to make than a code.
var blanks sync.Map // of coding.Version to *blank

func blankOf(v coding.Version) (*blank, error) {
	if b, ok := blanks.Load(v); ok {
		return b.(*blank), nil
	}
	b := &blank{}
	for mask := range b.masks {
		p, err := coding.NewPlan(v, coding.M, coding.Mask(mask))
		if err != nil {
			return nil, err
		}
		if mask == 0 {
			b.plan = p
		}
		b.masks[mask] = &modules{size: len(p.Pixel)}
		for y, row := range p.Pixel {
			for x, pixel := range row {
				if pixel&coding.Black != 0 {
					b.masks[mask].set(x, y)
				}
			}
		}
	}
	blanks.Store(v, b)
	return b, nil
}

// newCode encodes a text as UTF-8 with error correction M, as both payment standards ask for, in the smallest version that
// holds it. Nil where it is too long for any.
func newCode(text string) *modules {
	content := coding.String(text)
	v := coding.Version(coding.MinVersion)
	for content.Bits(v) > v.DataBytes(coding.M)*8 {
		if v++; v > largestCode {
			return nil
		}
	}
	b, err := blankOf(v)
	if err != nil {
		return nil
	}
	c, err := b.plan.Encode(content)
	if err != nil {
		return nil
	}
	filled := &modules{size: c.Size}
	for y := range c.Size {
		for x := range c.Size {
			if c.Black(x, y) {
				filled.set(x, y)
			}
		}
	}
	bare := filled.xor(b.masks[0]) // the content without a mask
	var best *modules
	least := 0
	for _, mask := range b.masks {
		m := bare.xor(mask)
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
	pairs := first(n - 1)
	var above line // where the row above has two of a colour side by side
	for i := range n {
		row := m.rows[i]
		sum += row.penalty(n) + m.cols[i].penalty(n)
		dark += row.count()
		same := row.xor(row.later(1)).not().and(pairs)
		if i > 0 {
			sum += 3 * same.and(above).and(row.xor(m.rows[i-1]).not()).count()
		}
		above = same
	}
	return sum + abs(dark*100/(n*n)-50)/5*10
}

// penalty is that of the runs of five and more and of the finder patterns among a line's n points: dark, light, three dark, light,
// dark, with four light before or after.
func (l line) penalty(n int) int {
	five := l.xor(l.later(1)).not().and(first(n - 1)) // as the next
	five = five.and(five.later(1))
	five = five.and(five.later(2)) // where five of a colour begin
	runs := five.and(five.before().not())
	light := l.not()
	core := l.and(light.later(1)).and(l.later(2)).and(l.later(3)).and(l.later(4)).and(light.later(5)).and(l.later(6))
	four := light.and(light.later(1))
	four = four.and(four.later(2))
	windows := first(n - 10)
	before := four.and(core.later(4)).and(windows).count()
	after := core.and(four.later(7)).and(windows).count()
	return five.count() + 2*runs.count() + 40*(before+after)
}

func abs(n int) int { return max(n, -n) }

// code draws a text as a QR code whose points are rectangles, so that it is sharp in any size.
func (s *sheet) code(text string, x, y, size float64) {
	m := newCode(text)
	if m == nil {
		return
	}
	s.points(m, x, y, size)
}
