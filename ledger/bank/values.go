package bank

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quitus/ledger"
)

// flat gives a text with single blanks and without characters that nobody sees.
func flat(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError || r == '\ufeff'
	}), " ")
}

// label joins texts, each line of them on a line of its own, none twice, in MaxText bytes.
func label(texts ...string) string {
	var out []string
	size := 0
	for _, t := range texts {
		for line := range strings.Lines(t) {
			line = flat(line)
			if line == "" || slices.Contains(out, line) {
				continue
			}
			if line = cut(line, MaxText-size); line == "" {
				return strings.Join(out, "\n")
			}
			out = append(out, line)
			size += len(line) + 1
		}
	}
	return strings.Join(out, "\n")
}

// firstOf gives the first text that is not empty.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// maxShort is the bytes kept of a name, a reference or a number.
const maxShort = 140

// cut cuts a text to so many bytes, between characters.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return strings.TrimSpace(s[:max(most, 0)])
}

// given gives a payer's reference, and nothing for the words that say there is none.
func given(ref string) string {
	if ref = cut(flat(ref), maxShort); len(ref) < 2 {
		return ""
	}
	switch strings.ToUpper(strings.Join(strings.Fields(ref), "")) {
	case "NOTPROVIDED", "NOT-PROVIDED", "NOT_PROVIDED", "NOTAVAILABLE", "NOTSPECIFIED", "NONREF", "NOREF", "NOTGIVEN", "NONE", "KREF+", "EREF+":
		return ""
	}
	return ref
}

// tight takes the blanks out.
func tight(s string) string { return strings.Join(strings.Fields(s), "") }

// asIBAN gives what has the form of an IBAN without blanks and in capitals, and nothing for the rest. The check digits
// are the bank's affair.
func asIBAN(s string) string {
	s = strings.ToUpper(tight(s))
	if len(s) < 15 || len(s) > 34 || !isLetter(s[0]) || !isLetter(s[1]) || !isDigit(s[2]) || !isDigit(s[3]) || !alphanumeric(s) {
		return ""
	}
	return s
}

// asBIC gives what has the form of a BIC, in capitals.
func asBIC(s string) string {
	s = strings.ToUpper(tight(s))
	if len(s) != 8 && len(s) != 11 || !alphanumeric(s) {
		return ""
	}
	for i := range 6 {
		if !isLetter(s[i]) {
			return ""
		}
	}
	return s
}

// nationalIBAN makes the IBAN of a national account number, digits and capitals only.
func nationalIBAN(country, number string) string {
	check := 98 - ledger.Mod97(number+country+"00")
	return country + string(rune('0'+check/10)) + string(rune('0'+check%10)) + number
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' }

// alphanumeric says whether a text is digits and capitals only.
func alphanumeric(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) && !isLetter(s[i]) {
			return false
		}
	}
	return s != ""
}

// mostReferences is how many references of one payment are kept.
const mostReferences = 1_000

// addReference keeps a structured reference as written, without blanks; its marks are taken off where it is of a known kind.
func addReference(refs []string, s string) []string {
	value := cut(tight(flat(s)), maxShort)
	if r, ok := ledger.StructuredReference(s); ok {
		value = r.Value
	}
	if value == "" || len(refs) >= mostReferences || slices.Contains(refs, value) {
		return refs
	}
	return append(refs, value)
}

// sameName says whether two names are written alike but for case, accents and blanks.
func sameName(a, b string) bool { return a != "" && ledger.Fold(a) == ledger.Fold(b) }
