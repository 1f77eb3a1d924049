package letters

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// plainPenalty counts what ISO/IEC 18004, 7.8.3, lists, point by point.
func plainPenalty(m *modules) int {
	sum, dark := 0, 0
	for y := range m.size {
		for x := range m.size {
			b := m.at(x, y)
			if b {
				dark++
			}
			if x+1 < m.size && y+1 < m.size && m.at(x+1, y) == b && m.at(x, y+1) == b && m.at(x+1, y+1) == b {
				sum += 3
			}
		}
		row, col := make([]byte, m.size), make([]byte, m.size)
		for i := range m.size {
			row[i], col[i] = ".#"[weight(m.at(i, y))], ".#"[weight(m.at(y, i))]
		}
		sum += plainLine(string(row)) + plainLine(string(col))
	}
	return sum + abs(dark*100/(m.size*m.size)-50)/5*10
}

func plainLine(s string) int {
	sum, run := 0, 0
	for i := range s {
		if run++; i > 0 && s[i] != s[i-1] {
			run = 1
		}
		if run == 5 {
			sum += 3
		} else if run > 5 {
			sum++
		}
		for _, finder := range []string{"....#.###.#", "#.###.#...."} {
			if strings.HasPrefix(s[i:], finder) {
				sum += 40
			}
		}
	}
	return sum
}

// TestPenalty: counting a line at a time finds what counting point by point does, and rows and columns hold the same points.
func TestPenalty(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, n := range []int{1, 20, 60, 107, 213, 331, 600, 997} {
		for range 20 {
			text := make([]byte, n)
			for i := range text {
				text[i] = byte(' ' + r.IntN(95))
			}
			m := newCode(string(text))
			for i := range m.size * m.size {
				if x, y := i%m.size, i/m.size; m.rows[y].at(x) != m.cols[x].at(y) {
					t.Fatalf("%d bytes: row %d and column %d differ", n, y, x)
				}
			}
			if got, want := m.penalty(), plainPenalty(m); got != want {
				t.Fatalf("%d bytes: %d, want %d", n, got, want)
			}
			for _, mask := range mustBlank(t, m.size).masks {
				if other := m.xor(mask); other.penalty() != plainPenalty(other) {
					t.Fatalf("%d bytes: %d, want %d", n, other.penalty(), plainPenalty(other))
				}
			}
		}
	}
}

func mustBlank(t *testing.T, size int) *blank {
	t.Helper()
	for v := largestCode; v > 0; v-- {
		if b, err := blankOf(v); err == nil && b.masks[0].size == size {
			return b
		}
	}
	t.Fatalf("no version of %d points", size)
	return nil
}
