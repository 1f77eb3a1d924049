// Package charset tells in which encoding a text file is written, and decodes it to UTF-8 as a stream.
//
// Files do not say it, and programs of the last forty years wrote them in many: the bytes themselves tell. A byte order
// mark comes first, then zero bytes (UTF-16 without a mark), then whether the bytes are UTF-8 at all; else the accented
// letters of French decide between Windows, DOS and Macintosh, since each puts them in other places. UTF-8 that was
// encoded twice ("Ã©") is repaired.
package charset

import (
	"context"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Encoding is one of the encodings that are told apart.
type Encoding uint8

// The encodings.
const (
	Unknown Encoding = iota
	UTF8
	UTF16LE
	UTF16BE
	Windows1252 // and what of ISO 8859-1 is in use
	ISO885915
	CP850 // DOS in western Europe, with the euro of code page 858
	MacRoman
)

var names = [...]string{"", "utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15", "cp850", "macroman"}

// String gives the encoding's usual name; empty for Unknown.
func (e Encoding) String() string { return names[e] }

// Parse understands the names that files give their encodings ("ISO-8859-1", "cp1252", "macintosh"); Unknown for others.
func Parse(name string) Encoding {
	switch strings.ToLower(strings.Trim(name, " \"'\t")) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return UTF8
	case "utf-16", "utf-16le", "utf16", "unicode":
		return UTF16LE
	case "utf-16be":
		return UTF16BE
	case "windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "ansi":
		return Windows1252
	case "iso-8859-15", "iso8859-15", "latin9", "latin-9":
		return ISO885915
	case "cp850", "ibm850", "cp858", "ibm858", "ibm00858":
		return CP850
	case "macintosh", "macroman", "mac", "x-mac-roman":
		return MacRoman
	}
	return Unknown
}

// Text is what was found out about a text.
type Text struct {
	Encoding Encoding
	Repaired bool // it is UTF-8 that was encoded twice
	mark     int  // bytes of the byte order mark
	dirty    bool // UTF-8 in which bytes of Windows-1252 stand
}

// Rune decodes one byte of a single-byte encoding; bytes of the others are taken as Windows-1252.
func (e Encoding) Rune(b byte) rune {
	if t := tables[e]; t != nil {
		return t[b]
	}
	return tables[Windows1252][b]
}

// tables are the single-byte encodings.
var tables = func() (t [len(names)]*[256]rune) {
	for e, m := range map[Encoding]*charmap.Charmap{Windows1252: charmap.Windows1252, ISO885915: charmap.ISO8859_15, CP850: charmap.CodePage858, MacRoman: charmap.Macintosh} {
		t[e] = new([256]rune)
		for b := range 256 {
			if t[e][b] = m.DecodeByte(byte(b)); t[e][b] == utf8.RuneError {
				t[e][b] = rune(b)
			}
		}
	}
	return t
}()

// single are the single-byte encodings, the likeliest first.
var single = [...]Encoding{Windows1252, ISO885915, CP850, MacRoman}

const (
	chunk       = 256 << 10
	mostScored  = 200_000 // bytes above 127 after which the score stands
	sampleUTF16 = 64 << 10
)

// Detect reads a text once, in bounded memory, and tells its encoding. hint, if not Unknown, is what the file says of itself: it
// decides where the bytes do not. The error is that of the reader or the context.
func Detect(ctx context.Context, r io.ReaderAt, size int64, hint Encoding) (Text, error) {
	head := make([]byte, min(size, sampleUTF16))
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return Text{}, err
	}
	head = head[:n]
	switch {
	case strings.HasPrefix(string(head[:min(n, 2)]), "\xff\xfe"):
		return Text{Encoding: UTF16LE, mark: 2}, nil
	case strings.HasPrefix(string(head[:min(n, 2)]), "\xfe\xff"):
		return Text{Encoding: UTF16BE, mark: 2}, nil
	}
	if e := zeros(head); e != Unknown {
		return Text{Encoding: e}, nil
	}
	c := census{}
	if err := c.take(ctx, r, size); err != nil {
		return Text{}, err
	}
	t := c.verdict(hint)
	if t.Encoding == UTF8 && strings.HasPrefix(string(head[:min(n, 3)]), "\xef\xbb\xbf") {
		t.mark = 3
	}
	return t, nil
}

// zeros tells UTF-16 without a mark by where its zero bytes are: every other byte of a text in Latin letters.
func zeros(b []byte) Encoding {
	var even, odd int
	for i, c := range b {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	switch half := len(b) / 2; {
	case half == 0:
	case odd*10 > half*7 && even*10 < half:
		return UTF16LE
	case even*10 > half*7 && odd*10 < half:
		return UTF16BE
	}
	return Unknown
}

// census counts what the bytes above 127 say.
type census struct {
	high    int // bytes above 127
	good    int // sequences of UTF-8 of two bytes and more
	bad     int // bytes that are none
	doubled int // sequences of UTF-8 encoded twice
	scores  [len(names)]int
}

func (c *census) take(ctx context.Context, r io.ReaderAt, size int64) error {
	const behind = 16 // bytes kept back, so that no sequence is cut
	buf := make([]byte, chunk+behind+1)
	buf[0] = '\n'
	have := 1 // buf[0] is the byte before
	for at := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.ReadAt(buf[have:have+int(min(chunk-behind, size-at))], at)
		if err != nil && err != io.EOF {
			return err
		}
		at += int64(n)
		have += n
		last := at >= size || n == 0
		upTo := have - behind
		if last {
			upTo = have
		}
		next := c.count(buf[:have], upTo)
		if last {
			return nil
		}
		have = copy(buf, buf[next-1:have])
	}
}

// count counts from b[1] on, up to upTo, and says where the next byte to count is.
func (c *census) count(b []byte, upTo int) int {
	i := 1
	for i < upTo {
		for i+8 <= upTo && binary.LittleEndian.Uint64(b[i:])&0x8080808080808080 == 0 {
			i += 8
		}
		if i >= upTo {
			break
		}
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		c.high++
		if c.high < mostScored {
			c.score(b, i)
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			c.bad++
			i++
			continue
		}
		c.good++
		if r == 'Ã' || r == 'â' {
			if _, m := undouble(b[i:]); m > 0 {
				c.doubled++
			}
		}
		for k := 1; k < n && c.high < mostScored; k++ {
			c.score(b, i+k)
		}
		i += n
	}
	return i
}

// score lets a byte above 127 speak for the encodings in which it makes sense between its neighbours.
func (c *census) score(b []byte, i int) {
	next := byte('\n')
	if i+1 < len(b) {
		next = b[i+1]
	}
	for _, e := range single {
		t := tables[e]
		c.scores[e] += likely(t[b[i-1]], t[b[i]], t[next])
	}
}

const (
	small = "àâçèéêëîïôùûüÿœæ"
	large = "ÀÂÇÈÉÊËÎÏÔÙÛÜŸŒÆ"
	other = "áãäåìíñòóõöøúßýÁÃÄÅÌÍÑÒÓÕÖØÚÝšŠžŽ"
)

// likely says how well a character stands between two others in a French business text.
func likely(before, r, after rune) int {
	isSmall := func(r rune) bool { return r >= 'a' && r <= 'z' || strings.ContainsRune(small, r) }
	isLarge := func(r rune) bool { return r >= 'A' && r <= 'Z' || strings.ContainsRune(large, r) }
	isDigit := func(r rune) bool { return r >= '0' && r <= '9' }
	switch {
	case strings.ContainsRune(small, r):
		switch {
		case isSmall(before) || isSmall(after):
			return 3
		case isLarge(before) && isLarge(after):
			return -2
		case isLarge(before), r == 'à':
			return 2
		}
		return -1
	case strings.ContainsRune(large, r):
		switch {
		case isSmall(before):
			return -3
		case isLarge(before) || isLarge(after) || isSmall(after):
			return 3
		}
		return -1
	case strings.ContainsRune(other, r):
		if isSmall(r) == isSmall(after) && (isSmall(before) || isLarge(before) || isSmall(after) || isLarge(after)) {
			return 1
		}
		return -1
	case r == '°' || r == 'º':
		if before == 'n' || before == 'N' {
			return 4
		}
		return -1
	case r == '€':
		switch {
		case isDigit(before) || isDigit(after) || before == ' ' || before == '\u00a0' || before == '(':
			return 3
		case !isSmall(before) && !isLarge(before) && !isSmall(after) && !isLarge(after):
			return 2
		}
		return 0
	case r == '\u00a0':
		if isDigit(before) && (isDigit(after) || after == '€') || strings.ContainsRune(":;!?«", before) || strings.ContainsRune(":;!?»€%", after) {
			return 3
		}
		return 0
	case r == '’' || r == '‘':
		if (isSmall(before) || isLarge(before)) && (isSmall(after) || isLarge(after)) {
			return 3
		}
		return -1
	case strings.ContainsRune("«»–—…“”•²§²£", r):
		if isSmall(before) && isSmall(after) {
			return -2
		}
		return 1
	}
	return -3
}

func (c *census) verdict(hint Encoding) Text {
	if c.high == 0 {
		return Text{Encoding: UTF8}
	}
	if c.good > 0 && c.bad == 0 || c.good > 2*c.bad {
		return Text{Encoding: UTF8, Repaired: c.doubled > 0, dirty: c.bad > 0}
	}
	best := Windows1252
	for _, e := range single {
		if c.scores[e] > c.scores[best] {
			best = e
		}
	}
	if tables[hint] != nil && c.scores[hint] >= c.scores[best]*3/4 {
		best = hint
	}
	return Text{Encoding: best}
}

// undouble reads a character that was encoded to UTF-8 twice, by way of Windows-1252, at the start of b. It gives how many
// bytes that took, or 0 if none stands there. Only characters that such files hold are believed.
func undouble(b []byte) (rune, int) {
	var raw [4]byte
	read := 0
	for n := range raw {
		r, size := utf8.DecodeRune(b[read:])
		c, ok := byte1252(r)
		if !ok || c < 0x80 {
			return 0, 0
		}
		raw[n] = c
		read += size
		if n == 0 {
			continue
		}
		switch r, _ := utf8.DecodeRune(raw[:n+1]); {
		case r == utf8.RuneError:
		case r >= 0xa0 && r <= 0xff, r == 'Œ', r == 'œ', r == 'Ÿ', r == '€', r >= 0x2010 && r <= 0x203a, r == 0xfeff:
			return r, read
		default:
			return 0, 0
		}
	}
	return 0, 0
}

// byte1252 encodes a character in Windows-1252; the five bytes that it leaves free stand for themselves.
func byte1252(r rune) (byte, bool) {
	if r < 0x80 || r >= 0xa0 && r <= 0xff || r == 0x81 || r == 0x8d || r == 0x8f || r == 0x90 || r == 0x9d {
		return byte(r), true
	}
	c, ok := charmap.Windows1252.EncodeRune(r)
	return c, ok && c >= 0x80
}
