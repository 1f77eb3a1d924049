package delimited

import (
	"bytes"
	"io"
)

// habits is how a text sets its records and cells apart.
type habits struct {
	separator byte // 0 if none
	width     int  // cells of most records
	softCR    bool // a carriage return alone does not end a record
	softLF    bool // nor does a line feed alone, in a record that lacks cells

	bytes, records, cells, text int // of the sample: to foresee the size of the whole
}

// scanner cuts a text in UTF-8 into records and cells.
type scanner struct {
	r    io.Reader
	h    habits
	cell func(line, col int, text []byte) error

	buf   []byte // from the record's first byte on
	start int    // in buf, of the record
	err   error  // of r
	line  int    // records read
	extra int    // lines of the file that the record read last has beyond one

	inner   bool // it reads a record within a record
	scratch []byte
	wasted  int // bytes looked at for the ends of quotes that had none
	special [256]bool
}

// mostWasted is how many bytes may be looked at in vain for the ends of quotes before quotes are read as any other character.
const mostWasted = 16 << 20

func newScanner(r io.Reader, h habits, cell func(line, col int, text []byte) error) *scanner {
	s := &scanner{r: r, h: h, cell: cell, buf: make([]byte, 0, 128<<10)}
	s.special['\n'], s.special['\r'] = true, true
	if h.separator != 0 {
		s.special[h.separator] = true
	}
	return s
}

// fill reads more of the record. It says false at the end of the text.
func (s *scanner) fill() (bool, error) {
	if s.err != nil {
		if s.err == io.EOF {
			return false, nil
		}
		return false, s.err
	}
	if s.start > 0 {
		s.buf = s.buf[:copy(s.buf, s.buf[s.start:])]
		s.start = 0
	}
	if len(s.buf) == cap(s.buf) {
		if len(s.buf) >= maxRecord {
			return false, tooLarge("record", maxRecord, s.line)
		}
		s.buf = append(make([]byte, 0, 2*cap(s.buf)), s.buf...)
	}
	n, err := s.r.Read(s.buf[len(s.buf):cap(s.buf)])
	s.buf = s.buf[:len(s.buf)+n]
	s.err = err
	return true, nil
}

// at gives the i-th byte of the record; false at the end of the text.
func (s *scanner) at(i int) (byte, bool, error) {
	for s.start+i >= len(s.buf) {
		if more, err := s.fill(); !more {
			return 0, false, err
		}
	}
	return s.buf[s.start+i], true, nil
}

// record reads one record and gives its cells. It says false if the text ends with it.
func (s *scanner) record() (more bool, err error) {
	s.line++
	s.extra = 0
	i := 0
	for col := 0; ; col++ {
		if col >= maxFields {
			return false, tooLarge("columns", maxFields, s.line)
		}
		from, to, next, err := s.field(i, col)
		if err != nil {
			return false, err
		}
		c, ok, err := s.at(next)
		if err != nil {
			return false, err
		}
		text := s.scratch
		if from >= 0 {
			text = s.buf[s.start+from : s.start+to]
		}
		if col == 0 && from != i && !s.inner && (!ok || c != s.h.separator) && s.wrapped(text) {
			err = s.unwrap(text)
		} else {
			err = s.cell(s.line, col, text)
		}
		if err != nil {
			return false, err
		}
		if !ok {
			s.start += next
			return false, nil
		}
		i = next + 1
		if c == '\n' || c == '\r' {
			break
		}
	}
	if s.buf[s.start+i-1] == '\r' {
		if c, ok, err := s.at(i); err != nil {
			return false, err
		} else if ok && c == '\n' {
			i++
		}
	}
	s.start += i
	_, more, err = s.at(0)
	return more, err
}

// wrapped says whether the only cell of a record, which stood in quotes, is a whole record: a text that was opened in one column
// and saved again.
func (s *scanner) wrapped(text []byte) bool {
	return s.h.separator != 0 && bytes.Count(text, []byte{s.h.separator}) >= 2
}

// unwrap reads the cells of a record that stood in quotes as a whole.
func (s *scanner) unwrap(text []byte) error {
	var cells [][]byte
	in := &scanner{h: s.h, buf: bytes.Clone(text), err: io.EOF, inner: true, special: s.special, cell: func(_, _ int, text []byte) error {
		cells = append(cells, bytes.Clone(text))
		return nil
	}}
	more, err := in.record()
	if err != nil || more { // it is no record, or more than one
		return s.cell(s.line, 0, text)
	}
	for col, text := range cells {
		if err := s.cell(s.line, col, text); err != nil {
			return err
		}
	}
	return nil
}

// field reads the cell that begins at i. Its text is from..to of the record, or scratch where from is negative; next is the
// separator or line end behind it.
func (s *scanner) field(i, col int) (from, to, next int, err error) {
	first, ok, err := s.at(i)
	if err != nil || !ok {
		return i, i, i, err
	}
	j := i
	for ok && first == ' ' && !s.special[' '] {
		j++
		if first, ok, err = s.at(j); err != nil {
			return i, i, i, err
		}
	}
	if first == '=' && ok { // ="0201" keeps a spreadsheet from making a number of it
		if second, _, err := s.at(j + 1); err != nil {
			return i, i, i, err
		} else if second == '"' {
			j++
			first = '"'
		}
	}
	if ok && first == '"' && s.wasted < mostWasted {
		from, to, next, closed, err := s.quoted(j + 1)
		if err != nil || closed {
			return from, to, next, err
		}
	}
	return s.plain(i, col)
}

// plain reads a cell without quotes.
func (s *scanner) plain(i, col int) (from, to, next int, err error) {
	for k := i; ; k++ {
		for s.start+k < len(s.buf) && !s.special[s.buf[s.start+k]] {
			k++
		}
		c, ok, err := s.at(k)
		if err != nil || !ok {
			return i, k, k, err
		}
		if !s.special[c] {
			continue
		}
		switch c {
		case '\r':
			if s.h.softCR {
				after, ok, err := s.at(k + 1)
				if err != nil {
					return i, k, k, err
				}
				if ok && after != '\n' {
					s.extra++
					continue
				}
			}
		case '\n':
			if s.h.softLF && col > 0 && col+1 < s.h.width {
				s.extra++
				continue
			}
		}
		return i, k, k, nil
	}
}

// quoted reads a cell from behind its opening quote. It says that it is not closed where the quote only looked like
// an opening one.
func (s *scanner) quoted(i int) (from, to, next int, closed bool, err error) {
	s.scratch = s.scratch[:0]
	copied := false // what is before `from` lies in scratch
	from = i
	k := i
	for k-i <= 2*maxCell {
		for s.start+k >= len(s.buf) {
			if more, err := s.fill(); !more {
				s.wasted += k - i
				return i, i, i, false, err
			}
		}
		n := bytes.IndexByte(s.buf[s.start+k:], '"')
		if n < 0 {
			k = len(s.buf) - s.start
			continue
		}
		k += n
		after, ok, err := s.at(k + 1)
		if err != nil {
			return i, i, i, false, err
		}
		if ok && after == '"' {
			s.scratch = append(s.scratch, s.buf[s.start+from:s.start+k+1]...)
			copied = true
			from = k + 2
			k += 2
			continue
		}
		end := k + 1
		for ok && after == ' ' && !s.special[' '] {
			end++
			if after, ok, err = s.at(end); err != nil {
				return i, i, i, false, err
			}
		}
		if !ok || s.special[after] {
			s.extra += lineEnds(s.buf[s.start+i : s.start+k])
			if copied {
				s.scratch = unformula(append(s.scratch, s.buf[s.start+from:s.start+k]...))
				return -1, -1, end, true, nil
			}
			return from, k, end, true, nil
		}
		if before := s.buf[s.start+k-1]; k > i && s.special[before] {
			break // this one opens the next cell
		}
		k++ // a quote within the cell that should have been doubled
	}
	s.wasted += k - i
	return i, i, i, false, nil
}

// unformula takes the wrapping off a cell that was written as "=""0201""".
func unformula(b []byte) []byte {
	if len(b) > 3 && b[0] == '=' && b[1] == '"' && b[len(b)-1] == '"' && bytes.Count(b, []byte(`"`)) == 2 {
		return b[2 : len(b)-1]
	}
	return b
}

// lineEnds counts the line ends in a cell.
func lineEnds(b []byte) int {
	n := bytes.Count(b, []byte("\n"))
	for i, c := range b {
		if c == '\r' && (i+1 == len(b) || b[i+1] != '\n') {
			n++
		}
	}
	return n
}
