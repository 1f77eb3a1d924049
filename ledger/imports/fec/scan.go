package fec

import (
	"bytes"
	"io"
)

// scanner cuts decoded text into lines. Programs end them with CR LF, LF, or CR alone; where any LF is found,
// a CR by itself is part of a text.
type scanner struct {
	r          io.Reader
	buf        []byte
	start, end int
	number     int  // of the line given last, from 1
	end1       byte // what ends a line; 0 before the first
	eof        bool
	long       bool // the line given last was cut, being too long
	err        error
}

const scanSize = 256 << 10

func newScanner(r io.Reader) *scanner { return &scanner{r: r, buf: make([]byte, scanSize)} }

// fill reads more, and gives false where there is no more or no room.
func (s *scanner) fill() bool {
	if s.eof {
		return false
	}
	if s.start > 0 {
		copy(s.buf, s.buf[s.start:s.end])
		s.end -= s.start
		s.start = 0
	}
	if s.end == len(s.buf) {
		return false
	}
	n, err := s.r.Read(s.buf[s.end:])
	s.end += n
	if err != nil {
		s.eof = true
		if err != io.EOF {
			s.err = err
		}
	}
	return true
}

// next gives the next line without its end, valid until the one after.
func (s *scanner) next() ([]byte, bool) {
	if s.end1 == 0 {
		for s.end < len(s.buf) && s.fill() {
		}
		s.end1 = '\n'
		if bytes.IndexByte(s.buf[:s.end], '\n') < 0 {
			s.end1 = '\r'
		}
	}
	s.long = false
	searched := 0
	for {
		if i := bytes.IndexByte(s.buf[s.start+searched:s.end], s.end1); i >= 0 {
			line := s.buf[s.start : s.start+searched+i]
			s.start += searched + i + 1
			s.long = len(line) > maxLine
			return s.line(line), true
		}
		searched = s.end - s.start
		if searched >= maxLine {
			s.long = true
			line := append([]byte(nil), s.buf[s.start:s.start+256]...)
			s.skip()
			return s.line(line), true
		}
		if !s.fill() {
			break
		}
	}
	if s.start == s.end {
		return nil, false
	}
	line := s.buf[s.start:s.end]
	s.start = s.end
	return s.line(line), true
}

// skip drops all up to the line's end.
func (s *scanner) skip() {
	for {
		if i := bytes.IndexByte(s.buf[s.start:s.end], s.end1); i >= 0 {
			s.start += i + 1
			return
		}
		s.start = s.end
		if !s.fill() {
			return
		}
	}
}

// line cuts what ends a line in another way off, and makes other line ends and zero bytes blanks.
func (s *scanner) line(b []byte) []byte {
	s.number++
	if n := len(b); n > 0 && b[n-1] == '\r' {
		b = b[:n-1]
	}
	for _, c := range [...]byte{'\r', '\n', 0} {
		for i := bytes.IndexByte(b, c); i >= 0; i = bytes.IndexByte(b, c) {
			b[i] = ' '
		}
	}
	return b
}
