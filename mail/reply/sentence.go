package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quitus/ledger"
)

// word is a word of a sentence, folded, with its place in the text.
type word struct {
	folded   string
	from, to int  // bytes in the text
	clause   int  // which clause of the sentence it stands in
	date     *day // a date that begins here, or nil
	dateLen  int  // its words
}

// sentence is a sentence of a text.
type sentence struct {
	from, to int // bytes in the text
	text     string
	words    []word
	question bool
	open     bool // it asks, or sets a condition
}

const (
	maxSentences = 300
	maxWords     = 200 // in one sentence
	wrapped      = 55  // characters from which on a line may have been broken for its width
)

// sentences parts a text. A line's end is one of a sentence too, unless the line is so long that a program may have broken it.
func sentences(text string) []sentence {
	var out []sentence
	from := 0
	end := func(to int) {
		s := strings.TrimSpace(text[from:to])
		if s != "" && len(out) < maxSentences {
			at := from + strings.Index(text[from:to], s)
			out = append(out, sentence{from: at, to: at + len(s), text: s, question: strings.HasSuffix(s, "?"), words: wordsOf(s, at)})
		}
		from = to
	}
	lineFrom := 0
	for i, r := range text {
		next := i + utf8.RuneLen(r)
		if r == utf8.RuneError {
			next = i + 1
		}
		switch r {
		case '\n':
			l := text[lineFrom:i]
			if utf8.RuneCountInString(l) < wrapped || strings.HasPrefix(text[next:], "\n") || beginsItem(text[next:]) {
				end(i)
			}
			lineFrom = next
		case '!', '?', ';', '…':
			end(next)
		case '.':
			if endsSentence(text, i) {
				end(next)
			}
		}
	}
	end(len(text))
	return out
}

// beginsItem says whether a line is one of a list.
func beginsItem(s string) bool {
	s = strings.TrimLeft(s, " ")
	return strings.HasPrefix(s, "- ") || strings.HasPrefix(s, "* ") || strings.HasPrefix(s, "• ")
}

// endsSentence tells the full stop of a sentence from those of numbers, dates and short forms.
func endsSentence(text string, i int) bool {
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[i+1:], " "))
	direct, _ := utf8.DecodeRuneInString(text[i+1:])
	if unicode.IsDigit(direct) || unicode.IsLower(after) || unicode.IsLetter(direct) && unicode.IsLower(direct) {
		return false
	}
	before := strings.TrimRightFunc(text[max(0, i-12):i], func(r rune) bool { return unicode.IsLetter(r) })
	n := utf8.RuneCountInString(text[max(0, i-12):i]) - utf8.RuneCountInString(before)
	if n == 1 && i >= 1 && unicode.IsUpper(rune(text[i-1])) { // "M. Durand"
		return false
	}
	if n == 0 && i > 0 && text[i-1] >= '0' && text[i-1] <= '9' { // "am 15. Dezember": a month follows
		name, _, _ := strings.Cut(strings.TrimLeft(text[i+1:], " "), " ")
		return monthOf(ledger.Fold(strings.TrimRight(clip(name, 20), ".,"))) == 0
	}
	return true
}

// wordsOf gives the words of a sentence that begins at a place of its text.
func wordsOf(s string, at int) []word {
	var out []word
	clause, start := 0, -1
	end := func(i int) {
		if start >= 0 && len(out) < maxWords {
			out = append(out, word{folded: ledger.Fold(clip(s[start:i], 60)), from: at + start, to: at + i, clause: clause})
		}
		start = -1
	}
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			if start >= 0 && digitBefore(s, i) != unicode.IsDigit(r) && !ordinal(s[start:]) { // "15h", "500EUR"
				end(i)
			}
			if start < 0 {
				start = i
			}
		case r == '€':
			end(i)
			start = i
			end(i + len("€"))
		default:
			end(i)
			if r == ',' || r == ':' || r == '(' || r == ')' {
				clause++
			}
		}
	}
	end(len(s))
	return out
}

func digitBefore(s string, i int) bool { return i > 0 && s[i-1] >= '0' && s[i-1] <= '9' }

// ordinal says whether a word is a number with its ending: "1er", "15th", "15e".
func ordinal(s string) bool {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits == 0 || digits > 2 {
		return false
	}
	for _, end := range []string{"er", "st", "nd", "rd", "th", "e", "ste", "de"} {
		if rest := s[digits:]; strings.HasPrefix(strings.ToLower(rest), end) {
			next, _ := utf8.DecodeRuneInString(rest[len(end):])
			if !unicode.IsLetter(next) && !unicode.IsDigit(next) {
				return true
			}
		}
	}
	return false
}
