package letters

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Signs of French typography.
const (
	nbsp   = "\u00a0"
	narrow = "\u202f"
)

var (
	frenchSpaces = strings.NewReplacer("'", "’", " ;", narrow+";", " !", narrow+"!", " ?", narrow+"?",
		" :", nbsp+":", " »", nbsp+"»", "« ", "«"+nbsp, " %", nbsp+"%", " €", nbsp+"€", "-10 II", "-10"+nbsp+"II")
	englishSigns = strings.NewReplacer("'", "’", "-10 II", "-10"+nbsp+"II")
)

// typeset gives a model's text the spaces and apostrophes of its language; Dutch and German need the apostrophes only.
func typeset(lang, s string) string {
	if lang == "fr" {
		return frenchSpaces.Replace(s)
	}
	return englishSigns.Replace(s)
}

// substitute stands for a character that the typeface does not have.
const substitute = '?'

// plain are characters that the typeface lacks, or that would show, and what to print for them.
var plain = map[rune]string{
	'\u00ad': "",                             // soft hyphen: would be printed
	'\u2011': "-",                            // non-breaking hyphen
	'\u200b': "", '\u200c': "", '\u200d': "", // zero width
	'\u2060': "", '\ufeff': "", '\ufe0e': "", '\ufe0f': "",
	'\t': " ", '\n': " ", '\r': " ", '\u2028': " ", '\u2029': " ",
	'\u2007': nbsp, '\u2008': " ", '\u2009': narrow, '\u200a': "",
}

// clean makes a text printable with the typeface: composed characters, no soft hyphens or control
// characters, and a substitute for what the typeface lacks; replaced says whether there was any such.
func clean(s string) (text string, replaced bool) {
	if isPrintable(s) {
		return s, false
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, string(substitute)))
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if t, ok := plain[r]; ok {
			b.WriteString(t)
			continue
		}
		switch {
		case r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0):
		case r >= 0x1f3fb && r <= 0x1f3ff: // skin tones belong to the sign before them
		case typeface().has(r):
			b.WriteRune(r)
		default:
			b.WriteRune(substitute)
			replaced = true
		}
	}
	return b.String(), replaced
}

// isPrintable lets the common case, characters of Western Europe, through without work.
func isPrintable(s string) bool {
	for _, r := range s {
		if r < ' ' || (r > '~' && r < 0xa0) || r == 0xad || (r > 0xff && !strings.ContainsRune("’–€\u202f œŒ", r)) {
			return false
		}
	}
	return true
}

// printed is clean for texts whose substitutes were already reported.
func printed(s string) string {
	s, _ = clean(s)
	return s
}
