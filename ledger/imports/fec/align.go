package fec

import "bytes"

// badField is the cost of a field whose value cannot be its column's.
const badField = 1000

// Limits of putting lines right, which takes time.
const (
	maxExtra  = 16 // fields too many
	maxMended = 200_000
)

// cost says how ill a value fits a column.
func cost(c column, b []byte) int {
	b = trim(b)
	switch c {
	case entryDate:
		if d, ok := parseDay(b); !ok || d == 0 {
			return badField
		}
	case pieceDate, letteringDate, validDate:
		if _, ok := parseDay(b); !ok {
			return badField
		}
		if len(b) == 0 {
			return 1
		}
	case debit, credit, amount, foreignAmount:
		if _, ok := parseAmount(b, 2); !ok {
			return badField
		}
		if len(b) == 0 && c != foreignAmount {
			return 2
		}
	case side:
		if sideOf(b) == 0 {
			return badField
		}
	case accountNum:
		if len(b) < 3 || b[0] < '1' || b[0] > '9' || bytes.IndexByte(b, ' ') >= 0 {
			return badField
		}
	case foreignCurrency:
		if len(b) != 0 && (b[0] < 'A' || len(b) > 10) {
			return badField
		}
	case lettering:
		if len(b) > 10 {
			return 5
		}
	}
	return 0
}

// perExtra is what it costs to take that a separator stands within a column's text.
func perExtra(c column) int {
	switch c {
	case entryLib:
		return 1
	case journalLib, accountLib, auxLib:
		return 3
	case pieceRef, noColumn:
		return 5
	case debit, credit, amount, foreignAmount:
		return 4 // a decimal comma in a file that separates by commas
	}
	return 0
}

// mend puts a line with too many fields right, be there separators at its end besides or not.
func (h *header) mend(fields [][]byte) ([][]byte, bool) {
	best, least := h.realign(fields)
	for len(fields) > len(h.columns)+1 && allBlank(fields[len(fields)-1:]) {
		fields = fields[:len(fields)-1]
		if other, cost := h.realign(fields); cost < least {
			best, least = other, cost
		}
	}
	return best, best != nil
}

// realign puts a line with too many fields right: of all ways to take neighbours together in columns of text, the one in which
// days, amounts and accounts are where they belong. It gives what that costs, or nothing where there is none.
func (h *header) realign(fields [][]byte) ([][]byte, int) {
	n, extra := len(h.columns), len(fields)-len(h.columns)
	if extra <= 0 || extra > maxExtra {
		return nil, badField
	}
	const never = 1 << 30
	// best[c][e] is the least cost of the columns from c on when e extra fields were used up before.
	best := make([][]int, n+1)
	take := make([][]int, n)
	for c := range best {
		best[c] = make([]int, extra+1)
		for e := range best[c] {
			best[c][e] = never
		}
	}
	best[n][extra] = 0
	for c := n - 1; c >= 0; c-- {
		take[c] = make([]int, extra+1)
		each := perExtra(h.columns[c])
		for e := 0; e <= extra; e++ {
			for k := 0; e+k <= extra && (k == 0 || each > 0); k++ {
				rest := best[c+1][e+k]
				if rest >= badField {
					continue
				}
				if v := together(h.columns[c], fields[c+e:c+e+k+1], h) + k*each + rest; v < best[c][e] {
					best[c][e], take[c][e] = v, k
				}
			}
		}
	}
	if best[0][0] >= badField {
		return nil, badField
	}
	out := make([][]byte, n)
	e := 0
	for c := range out {
		k := take[c][e]
		out[c] = h.join(fields[c+e : c+e+k+1])
		e += k
	}
	return out, best[0][0]
}

// together says what it costs to take neighbours together in a column. An amount is cut at its decimal comma only, before two digits.
func together(c column, fields [][]byte, h *header) int {
	switch c {
	case debit, credit, amount, foreignAmount:
		if whole := trim(fields[0]); len(fields) == 1 {
			if h.sep == ',' && digits(whole) {
				return 6 + cost(c, whole)
			}
		} else if len(fields) > 2 || h.sep != ',' || len(trim(fields[1])) != 2 {
			return badField
		}
	}
	return cost(c, h.join(fields))
}

func (h *header) join(fields [][]byte) []byte {
	if len(fields) == 1 {
		return fields[0]
	}
	return bytes.Join(fields, []byte{h.sep})
}
