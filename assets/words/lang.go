package words

import (
	"os"
	"strings"
	"unicode"
)

// Lang is a language of the program.
type Lang string

// The languages of the program.
const (
	FR Lang = "fr"
	EN Lang = "en"
)

// Langs lists the languages, French first.
var Langs = []Lang{FR, EN}

// ParseLang reads a language name such as "fr", "en-GB", "fr_CH.UTF-8" or "English"; false when it is
// neither French nor English.
func ParseLang(s string) (Lang, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end >= 0 {
		s = s[:end]
	}
	switch s {
	case "fr", "fra", "fre", "french", "français", "francais":
		return FR, true
	case "en", "eng", "english", "anglais":
		return EN, true
	}
	return "", false
}

// Detect gives the language that the owner's system is set to, French where it is neither French nor
// English. LC_ALL, LC_MESSAGES and LANG come first on every system, in this order; the first one set
// decides, as in POSIX.
func Detect() Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return orFrench(v)
		}
	}
	return orFrench(systemLanguage())
}

func orFrench(s string) Lang {
	if l, ok := ParseLang(s); ok {
		return l
	}
	return FR
}

// singular says whether a count takes the singular: 0 and 1 in French, 1 in English, minus signs aside.
func (l Lang) singular(n int) bool {
	return n == 1 || n == -1 || (n == 0 && l == FR)
}
