package xls

import (
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// text8 reads a text of BIFF8 whose length in characters was read already: a byte of flags, characters of one or two bytes, then
// runs of formats and phonetics, which are passed over, [MS-XLS] §2.5.293. Where the text goes on in another record, a new byte
// of flags stands there.
func (c *cursor) text8(dst []byte, chars int, eight *[256]rune) []byte {
	const wide, phonetic, rich = 1, 4, 8
	flags := c.byte()
	runs, extra := 0, 0
	if flags&rich != 0 {
		runs = c.uint16()
	}
	if flags&phonetic != 0 {
		extra = c.uint32()
	}
	var lead rune
	for chars > 0 && c.err == nil {
		if c.pos >= len(c.s.data) {
			if !c.more() {
				break
			}
			flags = c.byte()
			continue
		}
		if flags&wide == 0 {
			n := min(chars, len(c.s.data)-c.pos)
			dst = append8(dst, c.s.data[c.pos:c.pos+n], eight)
			c.pos += n
			chars -= n
			continue
		}
		dst, lead = appendUnit(dst, lead, rune(c.uint16()))
		chars--
	}
	c.skip(4*runs + extra)
	return dst
}

// append8 appends characters of one byte each.
func append8(dst, b []byte, eight *[256]rune) []byte {
	for _, c := range b {
		if c < utf8.RuneSelf {
			dst = append(dst, c)
		} else {
			dst = utf8.AppendRune(dst, eight[c])
		}
	}
	return dst
}

// appendUnit appends a unit of UTF-16; lead is the first half of a pair that came before.
func appendUnit(dst []byte, lead, unit rune) ([]byte, rune) {
	switch {
	case lead != 0:
		if r := utf16.DecodeRune(lead, unit); r != utf8.RuneError {
			return utf8.AppendRune(dst[:len(dst)-3], r), 0
		}
		return utf8.AppendRune(dst, unit), 0
	case unit >= 0xd800 && unit < 0xdc00:
		return utf8.AppendRune(dst, utf8.RuneError), unit // three bytes, replaced if the other half comes
	}
	return utf8.AppendRune(dst, unit), 0
}

// text reads a text whose length stands before it, in one byte or two.
func (w *Workbook) text(c *cursor, dst []byte, wideLength bool) []byte {
	n := 0
	if wideLength {
		n = c.uint16()
	} else {
		n = int(c.byte())
	}
	if w.biff8 {
		return c.text8(dst, n, w.eight)
	}
	for ; n > 0 && c.more(); n-- {
		dst = append8(dst, c.s.data[c.pos:c.pos+1], w.eight)
		c.pos++
	}
	return dst
}

// codePages are the encodings of 8-bit texts, [MS-XLS] §2.4.52. Excel 97 and later write the code page 1200 (UTF-16) and their
// 8-bit texts in Latin-1; what is no character there, other programs mean as Windows-1252.
var codePages = map[int]*charmap.Charmap{
	437: charmap.CodePage437, 850: charmap.CodePage858, 852: charmap.CodePage852, 858: charmap.CodePage858, 860: charmap.CodePage860,
	863: charmap.CodePage863, 865: charmap.CodePage865, 866: charmap.CodePage866, 1250: charmap.Windows1250, 1251: charmap.Windows1251,
	1253: charmap.Windows1253, 1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257,
	1258: charmap.Windows1258, 10000: charmap.Macintosh, 0x8000: charmap.Macintosh,
}

// tableOf gives the characters of 8-bit texts under a code page.
func tableOf(page int, biff8 bool) *[256]rune {
	m := codePages[page]
	if m == nil || biff8 {
		m = charmap.Windows1252
	}
	t := new([256]rune)
	for b := range t {
		if t[b] = m.DecodeByte(byte(b)); t[b] == utf8.RuneError {
			t[b] = rune(b)
		}
	}
	return t
}
