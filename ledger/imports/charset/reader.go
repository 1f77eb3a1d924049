package charset

import (
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// NewReader decodes a text to UTF-8, without its byte order mark. r starts at the text's first byte.
func (t Text) NewReader(r io.Reader) io.Reader {
	d := &reader{r: r, t: t, in: make([]byte, 0, readSize), skip: t.mark}
	switch {
	case t.Encoding == UTF16LE || t.Encoding == UTF16BE:
		d.decode = d.utf16
	case tables[t.Encoding] != nil:
		d.decode = d.single
		d.table()
	case t.Repaired || t.dirty:
		d.decode = d.mend
	default:
		d.decode = d.plain
	}
	return d
}

const readSize = 64 << 10

// reader decodes piece by piece: what decode leaves of in is kept for the next piece.
type reader struct {
	r      io.Reader
	t      Text
	in     []byte
	out    []byte
	pos    int // in out, of what is not given yet
	skip   int
	err    error
	decode func(last bool) (taken int)
	wide   [256][]byte // of a single-byte encoding, in UTF-8
}

func (d *reader) Read(p []byte) (int, error) {
	for d.pos == len(d.out) {
		if d.err != nil {
			return 0, d.err
		}
		n, err := d.r.Read(d.in[len(d.in):cap(d.in)])
		d.in = d.in[:len(d.in)+n]
		d.err = err
		if d.skip > 0 {
			if len(d.in) < d.skip && err == nil {
				continue
			}
			cut := min(d.skip, len(d.in))
			d.in = d.in[:copy(d.in, d.in[cut:])]
			d.skip = 0
		}
		d.out, d.pos = d.out[:0], 0
		taken := d.decode(err != nil)
		d.in = d.in[:copy(d.in, d.in[taken:])]
	}
	n := copy(p, d.out[d.pos:])
	d.pos += n
	return n, nil
}

func (d *reader) plain(bool) int {
	d.out = append(d.out, d.in...)
	return len(d.in)
}

func (d *reader) table() {
	for b, r := range tables[d.t.Encoding] {
		d.wide[b] = utf8.AppendRune(nil, r)
	}
}

func (d *reader) single(bool) int {
	in := d.in
	for i := 0; i < len(in); {
		start := i
		for i < len(in) && in[i] < utf8.RuneSelf {
			i++
		}
		d.out = append(d.out, in[start:i]...)
		for i < len(in) && in[i] >= utf8.RuneSelf {
			d.out = append(d.out, d.wide[in[i]]...)
			i++
		}
	}
	return len(in)
}

func (d *reader) utf16(last bool) int {
	lo, hi := 0, 1
	if d.t.Encoding == UTF16BE {
		lo, hi = 1, 0
	}
	unit := func(i int) rune { return rune(d.in[i+lo]) | rune(d.in[i+hi])<<8 }
	i := 0
	for ; i+2 <= len(d.in); i += 2 {
		r := unit(i)
		if utf16.IsSurrogate(r) {
			if i+4 > len(d.in) && !last {
				break
			}
			if i+4 <= len(d.in) {
				if pair := utf16.DecodeRune(r, unit(i+2)); pair != utf8.RuneError {
					r = pair
					i += 2
				}
			}
		}
		d.out = utf8.AppendRune(d.out, r)
	}
	if last && i < len(d.in) {
		d.out = utf8.AppendRune(d.out, utf8.RuneError) // half a character at the end
		i = len(d.in)
	}
	return i
}

// mend passes UTF-8 on, with bytes that are none taken as Windows-1252, and what was encoded twice put right.
func (d *reader) mend(last bool) int {
	const longest = 12 // bytes of one character encoded twice
	in := d.in
	i := 0
	for i < len(in) {
		if in[i] < utf8.RuneSelf {
			d.out = append(d.out, in[i])
			i++
			continue
		}
		if len(in)-i < longest && !last {
			return i
		}
		r, n := utf8.DecodeRune(in[i:])
		if r == utf8.RuneError && n == 1 {
			r = tables[Windows1252][in[i]]
		} else if d.t.Repaired {
			if right, taken := undouble(in[i:]); taken > 0 {
				r, n = right, taken
				if r == 0xfeff {
					i += n
					continue
				}
			}
		}
		d.out = utf8.AppendRune(d.out, r)
		i += n
	}
	return i
}
