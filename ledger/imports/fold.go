package imports

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quitus/ledger"
)

// fold makes texts comparable, as the ledger does.
func fold(s string) string { return ledger.Fold(s) }

// trim cuts white space of any width and invisible characters off both ends, and makes runs of white space one space.
func trim(b []byte) string {
	plain := true
	for i, c := range b {
		if c >= utf8.RuneSelf || c < ' ' || c == ' ' && (i == 0 || i == len(b)-1 || b[i-1] == ' ') {
			plain = false
			break
		}
	}
	if plain {
		return string(b)
	}
	return strings.Join(strings.FieldsFunc(string(b), func(r rune) bool {
		return unicode.IsSpace(r) || r < ' ' || unicode.Is(unicode.Cf, r) && r != '\u00ad'
	}), " ")
}

var numberSigns = strings.NewReplacer("n°", " no ", "N°", " no ", "nº", " no ", "Nº", " no ", "№", " no ", "#", " no ", "€", " euro ")

// words cuts a text into its folded words of letters and digits; letters and digits part. Abbreviations written with
// dots (T.T.C.) become one word, and the signs ° and º make the n before them "no".
func words(s string) []string {
	s = numberSigns.Replace(s)
	s = fold(s)
	var out []string
	start := -1
	class := func(r rune) int {
		switch {
		case unicode.IsLetter(r):
			return 1
		case unicode.IsDigit(r):
			return 2
		}
		return 0
	}
	last := 0
	for i, r := range s {
		k := class(r)
		if k != last || k == 0 {
			if start >= 0 {
				out = append(out, s[start:i])
			}
			start = -1
			if k != 0 {
				start = i
			}
		}
		last = k
	}
	if start >= 0 {
		out = append(out, s[start:])
	}
	return joinInitials(out)
}

// joinInitials makes t, t, c one word.
func joinInitials(in []string) []string {
	out := in[:0]
	run := 0
	for _, w := range in {
		single := len(w) == 1 && w[0] >= 'a' && w[0] <= 'z'
		if single && run > 0 {
			out[len(out)-1] += w
		} else {
			out = append(out, w)
		}
		if run++; !single {
			run = 0
		}
	}
	return out
}
