package xlsx

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// appendText appends characters with their entities replaced and their line ends made \n.
func appendText(dst, raw []byte) []byte {
	if bytes.IndexByte(raw, '&') < 0 && bytes.IndexByte(raw, '\r') < 0 {
		return append(dst, raw...)
	}
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; c {
		case '\r':
			dst = append(dst, '\n')
			if i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
		case '&':
			end := bytes.IndexByte(raw[i:min(len(raw), i+12)], ';')
			if r, ok := entity(raw[i+1 : i+max(end, 1)]); ok {
				dst = utf8.AppendRune(dst, r)
				i += end
				continue
			}
			dst = append(dst, c)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	v, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || v == 0 || v > utf8.MaxRune || !utf8.ValidRune(rune(v)) {
		return 0, false
	}
	return rune(v), true
}

// unescape replaces the escapes _xHHHH_ by which cells hold characters that XML cannot (ECMA-376 part 1,
// §22.9.2.19), and bytes that are no UTF-8, in place.
func unescape(b []byte) []byte {
	if i := bytes.Index(b, []byte("_x")); i >= 0 {
		out := b[:i]
		for j := i; j < len(b); j++ {
			if b[j] == '_' && j+6 < len(b) && (b[j+1] == 'x' || b[j+1] == 'X') && b[j+6] == '_' {
				if v, err := strconv.ParseUint(string(b[j+2:j+6]), 16, 16); err == nil {
					if r := rune(v); utf8.ValidRune(r) {
						out = utf8.AppendRune(out, r)
						j += 6
						continue
					}
				}
			}
			out = append(out, b[j])
		}
		b = out
	}
	if !utf8.Valid(b) {
		b = bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	return b
}
