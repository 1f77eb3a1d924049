package ledger

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold prepares a text for comparing and searching: lower case, without accents, one kind of
// apostrophe, single blanks.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := true
	for _, r := range decomposed(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case unicode.IsSpace(r):
			if !blank {
				b.WriteByte(' ')
				blank = true
			}
			continue
		case r == '’' || r == 'ʼ' || r == '`' || r == '´':
			r = '\''
		case r == 'œ' || r == 'Œ':
			b.WriteString("oe")
			blank = false
			continue
		case r == 'æ' || r == 'Æ':
			b.WriteString("ae")
			blank = false
			continue
		}
		b.WriteRune(unicode.ToLower(r))
		blank = false
	}
	return strings.TrimSuffix(b.String(), " ")
}

// isFolded lets the common case, small plain letters and digits, through without work.
func isFolded(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 || (c >= 'A' && c <= 'Z') || c < ' ' || c == '`' {
			return false
		}
		if c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

func decomposed(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return norm.NFD.String(s)
		}
	}
	return s
}
