package bank

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// ofxTag is the beginning of an element with the text that follows up to the next tag, or the end of one.
type ofxTag struct {
	name string // in capitals
	end  bool
	text string // without the blanks around it
	line int
}

// ofxTags cuts a text into tags, whether SGML or XML. It keeps no more than the place where it is.
type ofxTags struct {
	text string
	pos  int // of the first byte not read
	line int // at counted
	// counted is up to where line ends are counted.
	counted int
}

// next gives the next tag; false at the end.
func (t *ofxTags) next() (ofxTag, bool) {
	for {
		i := strings.IndexByte(t.text[t.pos:], '<')
		if i < 0 {
			t.pos = len(t.text)
			return ofxTag{}, false
		}
		t.pos += i
		if n := notElement(t.text[t.pos:]); n > 0 {
			t.pos += n
			continue
		}
		name, n := tagAt(t.text[t.pos:])
		if n == 0 {
			t.pos++
			continue
		}
		t.line += strings.Count(t.text[t.counted:t.pos], "\n")
		t.counted = t.pos
		tag := ofxTag{line: t.line}
		if t.pos += n; name[0] == '/' {
			tag.name, tag.end = strings.ToUpper(name[1:]), true
			return tag, true
		}
		tag.name, tag.text = strings.ToUpper(name), t.value()
		return tag, true
	}
}

// value reads the text up to the next tag.
func (t *ofxTags) value() string {
	var b strings.Builder
	add := func(s string) {
		if room := MaxText - b.Len(); room > 0 {
			b.WriteString(s[:min(room, len(s))])
		}
	}
	start := t.pos
	for t.pos < len(t.text) {
		i := strings.IndexByte(t.text[t.pos:], '<')
		if i < 0 {
			t.pos = len(t.text)
			break
		}
		t.pos += i
		rest := t.text[t.pos:]
		if data, ok := strings.CutPrefix(rest, "<![CDATA["); ok {
			add(unescape(t.text[start:t.pos]))
			data, after, _ := strings.Cut(data, "]]>")
			add(data)
			t.pos = len(t.text) - len(after)
			start = t.pos
			continue
		}
		if _, n := tagAt(rest); n > 0 || notElement(rest) > 0 {
			break
		}
		t.pos++ // a plain "<" in a text
	}
	add(unescape(t.text[start:t.pos]))
	return strings.ToValidUTF8(strings.TrimSpace(b.String()), "")
}

// notElement gives the length of a comment, an instruction or a declaration at the start of s; 0 where there is none.
func notElement(s string) int {
	for _, p := range [...][2]string{{"<!--", "-->"}, {"<?", ">"}, {"<!", ">"}} {
		if !strings.HasPrefix(s, p[0]) {
			continue
		}
		if i := strings.Index(s, p[1]); i >= 0 {
			return i + len(p[1])
		}
		return len(s)
	}
	return 0
}

// longestTag is the most bytes a tag has; what is longer is a text with a "<" in it.
const longestTag = 200

// tagAt gives the name of the tag at the start of s, with a slash before it at an element's end, and the length of the
// tag; 0 where no tag starts there. A prefix of the name and attributes are passed over.
func tagAt(s string) (name string, length int) {
	end := strings.IndexAny(s[1:min(len(s), longestTag)], "<>\n") + 1
	if end == 0 || s[end] != '>' {
		return "", 0
	}
	name, _, _ = strings.Cut(s[1:end], " ")
	name = strings.TrimRight(name, "/\t\r")
	slash := ""
	if rest, ok := strings.CutPrefix(name, "/"); ok {
		slash, name = "/", rest
	}
	if _, local, ok := strings.Cut(name, ":"); ok {
		name = local
	}
	if name == "" {
		return "", 0
	}
	for i := range len(name) {
		c := name[i] | 0x20
		if !(c >= 'a' && c <= 'z') && (i == 0 || !(c >= '0' && c <= '9') && c != '.' && c != '-' && name[i] != '_') {
			return "", 0
		}
	}
	return slash + name, end + 1
}

// unescape reads entities. Banks write a plain "&" as well, so that only what ends in a semicolon is one.
func unescape(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "&")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if end := strings.IndexByte(rest[:min(len(rest), 10)], ';'); end > 0 {
			if r, ok := entity(rest[:end]); ok {
				b.WriteRune(r)
				s = rest[end+1:]
				continue
			}
		}
		b.WriteByte('&')
		s = rest
	}
}

func entity(name string) (rune, bool) {
	switch strings.ToLower(name) {
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
	case "nbsp":
		return ' ', true
	}
	digits, base := strings.TrimPrefix(name, "#"), 10
	if digits == name {
		return 0, false
	}
	if digits[:min(1, len(digits))] == "x" {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), err == nil && n > 0 && n <= utf8.MaxRune && utf8.ValidRune(rune(n))
}
