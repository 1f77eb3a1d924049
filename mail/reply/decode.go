package reply

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message/charset"
	"golang.org/x/text/encoding/charmap"
)

// decode undoes the transfer encoding of a part, up to a number of bytes of what comes out. What is broken in it is passed over; ok is
// false then.
func decode(body []byte, encoding string, limit int) (out []byte, ok bool) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return decodeBase64(body, limit)
	case "quoted-printable":
		return decodeQuoted(body, limit)
	case "", "7bit", "8bit", "binary":
		return body[:min(len(body), limit)], true
	}
	return body[:min(len(body), limit)], false
}

var sixBits = func() (t [256]byte) {
	for i := range t {
		t[i] = 0xFF
	}
	for i, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
		t[c] = byte(i)
	}
	return t
}()

func decodeBase64(body []byte, limit int) (out []byte, ok bool) {
	ok = true
	out = make([]byte, 0, min(len(body)/4*3+3, limit))
	var bits uint32
	n := 0 // characters of the group so far
	end := func() {
		if n == 1 {
			ok = false
		}
		for i := 1; i < n; i++ {
			out = append(out, byte(bits>>(6*n-8*i)))
		}
		bits, n = 0, 0
	}
	for _, c := range body {
		switch v := sixBits[c]; {
		case v != 0xFF:
			if bits, n = bits<<6|uint32(v), n+1; n == 4 {
				end()
			}
		case c == '=':
			if n > 0 {
				end()
			}
		case c != '\r' && c != '\n' && c != ' ' && c != '\t':
			ok = false
		}
		if len(out) >= limit {
			return out[:limit], ok
		}
	}
	if n > 0 {
		ok = false
		end()
	}
	return out, ok
}

func decodeQuoted(body []byte, limit int) (out []byte, ok bool) {
	ok = true
	out = make([]byte, 0, min(len(body), limit))
	for i := 0; i < len(body) && len(out) < limit; i++ {
		if body[i] != '=' {
			out = append(out, body[i])
			continue
		}
		if i+2 < len(body) {
			if hi, lo := hex(body[i+1]), hex(body[i+2]); hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		if next := skipBlank(body, i+1); next == len(body) || body[next] == '\n' { // a line goes on
			i = next
			continue
		}
		out, ok = append(out, '='), false
	}
	return out, ok
}

// skipBlank gives where blanks from i on end, at most a line's worth of them.
func skipBlank(b []byte, i int) int {
	for end := i + 100; i < len(b) && i < end && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r'); i++ {
	}
	return i
}

func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

// toUTF8 decodes a text. Latin 1 is read as windows-1252, which mail programs mean by it. A charset that is unknown, or dangerous as UTF-7
// is, is not decoded: what is UTF-8 stays, all else is read as windows-1252. ok is false where the text may be wrong.
func toUTF8(b []byte, name string) (s string, ok bool) {
	ok = true
	switch name = strings.ToLower(strings.Trim(name, ` "'`)); name {
	case "", "us-ascii", "ascii", "ansi_x3.4-1968":
	case "utf-8", "utf8":
		ok = utf8.Valid(b)
	case "iso-8859-1", "latin1", "iso8859-1", "iso_8859-1", "windows-1252", "cp1252":
		return western(b), true
	default:
		if r, err := charset.Reader(name, bytes.NewReader(b)); err == nil && !strings.Contains(name, "utf-7") {
			if out, err := io.ReadAll(io.LimitReader(r, int64(4*len(b)+16))); err == nil {
				return strings.ToValidUTF8(string(out), "\uFFFD"), true
			}
		}
		ok = false
	}
	if utf8.Valid(b) {
		return strings.TrimPrefix(string(b), "\uFEFF"), ok
	}
	return western(b), ok
}

func western(b []byte) string {
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}
