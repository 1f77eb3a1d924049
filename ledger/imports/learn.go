package imports

import (
	"bytes"
	"slices"

	"quitus/ledger/imports/grid"
)

// learned is what only the whole of a sheet can tell under a mapping: the order of dates, the decimal sign of each column,
// the shapes of invoice numbers.
type learned struct {
	mapping Mapping // under which it was learned
	order   orders
	decimal [fieldCount]byte
	shapes  map[string]bool
}

// learn gives what the lines show under a mapping. Under the one proposed that is known since the sheet was recognised.
func (s *Sheet) learn(m Mapping) *learned {
	if s.learned != nil && slices.Equal(s.learned.mapping, m) {
		return s.learned
	}
	l := &learned{mapping: slices.Clone(m), shapes: map[string]bool{}}
	var votes orderVotes
	var styles [fieldCount]amountStyle
	number, issued := m.Column(Number), m.Column(Issued)
	for i := range s.grid.Len() {
		row := s.grid.Row(i)
		if int(row.Line) <= s.HeaderLine {
			continue
		}
		var numberCell grid.Cell
		dated := false
		for _, c := range s.grid.Cells(row) {
			if int(c.Col) >= len(m) {
				continue
			}
			switch f := m[c.Col]; {
			case int(c.Col) == number:
				numberCell = c
			case f.IsDate():
				if c.Kind == grid.Text {
					votes.add(trim(s.grid.Bytes(c)))
				}
				dated = dated || int(c.Col) == issued
			case f.IsAmount() && c.Kind == grid.Text:
				styles[f].add(s.grid.Bytes(c))
			}
		}
		if dated && numberCell.Kind != grid.Empty && len(l.shapes) < 50 {
			l.shapes[shape(s.grid.Bytes(numberCell))] = true
		}
	}
	l.order = votes.order()
	l.decimals(styles)
	return l
}

// decimals decides the decimal sign of each column: a column that does not tell takes what the others do.
func (l *learned) decimals(styles [fieldCount]amountStyle) {
	var all amountStyle
	for _, s := range styles {
		all.comma += s.comma
		all.dot += s.dot
	}
	for f := range styles {
		if l.decimal[f] = styles[f].decimal(); l.decimal[f] == 0 {
			l.decimal[f] = all.decimal()
		}
	}
}

// shape tells numbers of one kind from others: letters and digits in the order of their runs.
func shape(b []byte) string {
	var out [24]byte
	n := 0
	for _, c := range bytes.TrimSpace(b) {
		k := c
		switch {
		case c >= '0' && c <= '9':
			k = '9'
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= 0x80:
			k = 'A'
		}
		if (n == 0 || out[n-1] != k) && n < len(out) {
			out[n] = k
			n++
		}
	}
	return string(out[:n])
}
