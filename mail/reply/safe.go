package reply

import (
	"strings"
	"unicode"
)

// foldAt is the number of characters after which a line is folded.
const foldAt = 400

// Safe makes a text fit for display: what a person would see and nothing else. Controls, characters that turn the direction of writing,
// that have no width or are not characters at all are taken out, piled-up accents bounded, very long lines folded. Lines end with "\n".
func Safe(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var l []rune // the line under way
	marks := 0   // on the last character
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		switch r {
		case '\r', '\u2028', '\u2029', '\v', '\f', '\u0085':
			r = '\n'
		case '\t':
			r = ' '
		}
		if r == '\n' {
			b.WriteString(string(l))
			b.WriteByte('\n')
			l, marks = l[:0], 0
			continue
		}
		if unseen(r) {
			continue
		}
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) {
			if marks++; marks > 3 {
				continue
			}
		} else if marks = 0; len(l) >= foldAt {
			l = foldRow(&b, l)
		}
		l = append(l, r)
	}
	b.WriteString(string(l))
	return b.String()
}

// foldRow writes the first part of a long line, up to a blank where there is one near its end, and gives the rest.
func foldRow(b *strings.Builder, l []rune) []rune {
	at, next := len(l), len(l)
	for i := len(l) - 1; i > len(l)/2; i-- {
		if l[i] == ' ' {
			at, next = i, i+1
			break
		}
	}
	b.WriteString(string(l[:at]))
	b.WriteByte('\n')
	return append(l[:0], l[next:]...)
}

// unseen says whether a character shows nothing, or changes how others are shown.
func unseen(r rune) bool {
	switch {
	case unicode.IsControl(r):
		return true
	case unicode.Is(unicode.Cf, r): // directions, zero widths, soft hyphens, tags
		return true
	case unicode.Is(unicode.Co, r), unicode.Is(unicode.Cs, r):
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE0FFF, r == 0x034F, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, r == 0x2800:
		return true
	}
	return false
}
