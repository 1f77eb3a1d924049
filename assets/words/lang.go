package words

import (
	"os"
	"strings"
	"unicode"
)

// Lang is a language of the program, or one in which it writes to customers only.
type Lang string

// The languages of the program.
const (
	FR Lang = "fr"
	EN Lang = "en"
)

// The languages of letters only: they have the texts of the keys that letters use, and no others. Dutch is that of
// Belgium. German for Switzerland and Liechtenstein is German with ss for ß and with their way to write figures.
const (
	NL      Lang = "nl"
	DE      Lang = "de"
	SwissDE Lang = "de-CH"
)

// Langs lists the languages of the program, French first.
var Langs = []Lang{FR, EN}

// LetterLangs lists the languages in which customers can be written to.
var LetterLangs = []Lang{FR, EN, NL, DE}

// LetterLang gives the language of letters to a customer: by its own, as the ledger has it ("nl"), and the country
// where it lives. Where the language is none of letters it is French.
func LetterLang(language, country string) Lang {
	for _, l := range LetterLangs {
		if string(l) != language {
			continue
		}
		if l == DE && (country == "CH" || country == "LI") {
			return SwissDE
		}
		return l
	}
	if l, ok := ParseLang(language); ok {
		return l
	}
	return FR
}

// Base gives the language in which the texts are kept: German for that of Switzerland.
func (l Lang) Base() Lang {
	if l == SwissDE {
		return DE
	}
	return l
}

// Spelt writes a text as its country does: ss for ß in the German of Switzerland.
func (l Lang) Spelt(s string) string {
	if l == SwissDE {
		return strings.ReplaceAll(s, "ß", "ss")
	}
	return s
}

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
