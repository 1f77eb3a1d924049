package reply

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"quitus/assets/replies"
	"quitus/ledger"
)

// A phrase is a line of a section of "meaning.<language>": a weight from 1 to 9, then what must stand in a sentence, word after word:
//
//	paierons        this word; words are folded, and apostrophes and hyphens part them
//	regl*           words that begin so
//	(a|b|c*)        one of these; with ? after it, one of these or nothing
//	..              up to six words, whatever they are
//	@date @amount   a date to come or past; an amount of money
type phrase struct {
	weight   int
	elements []elem
	source   string // for tests
}

type elem struct {
	words    []string // any of these; a "*" at the end stands for any ending
	optional bool
	gap      bool
	date     bool
	amount   bool
}

// maxGap is how many words ".." passes over.
const maxGap = 6

// meanings is what the phrases of one language mean. The sections are those of [ledger.Meaning], "paid" for payments already made, and
// "other" for what only looks like one of them; "negation" and "condition" take the weight from what stands beside them, and "common"
// are words by which the language is known.
type meanings struct {
	phrases   map[string][]phrase
	negations []elem
	common    map[string]bool
}

var languages = sync.OnceValue(func() map[string]*meanings {
	out := map[string]*meanings{}
	for _, lang := range replies.Langs {
		m := &meanings{phrases: map[string][]phrase{}, common: map[string]bool{}}
		for section, lines := range sections("meaning." + lang) {
			for _, l := range lines {
				switch section {
				case "common":
					for w := range strings.FieldsSeq(l) {
						m.common[w] = true
					}
				case "negation":
					m.negations = append(m.negations, mustElements(l)...)
				default:
					m.phrases[section] = append(m.phrases[section], mustPhrase(section, l))
				}
			}
		}
		out[lang] = m
	}
	return out
})

func mustPhrase(section, l string) phrase {
	weight, rest, _ := strings.Cut(l, " ")
	w, err := strconv.Atoi(weight)
	if err != nil || w < 1 || w > 9 || rest == "" {
		panic(fmt.Sprintf("reply: [%s] %q has no weight or no words", section, l))
	}
	return phrase{w, mustElements(rest), l}
}

func mustElements(s string) []elem {
	var out []elem
	for w := range strings.FieldsSeq(s) {
		e := elem{gap: w == "..", date: w == "@date", amount: w == "@amount"}
		if rest, ok := strings.CutSuffix(w, "?"); ok {
			e.optional, w = true, rest
		}
		if !e.gap && !e.date && !e.amount {
			e.words = strings.Split(strings.Trim(w, "()"), "|")
			for _, alt := range e.words {
				if alt == "" || strings.ContainsAny(alt, "()'-") || ledger.Fold(alt) != alt {
					panic(fmt.Sprintf("reply: %q is not written as phrases are", s))
				}
			}
		}
		out = append(out, e)
	}
	return out
}

// fits says whether a word is one of an element's.
func (e *elem) fits(w string) bool {
	for _, x := range e.words {
		if p, ok := strings.CutSuffix(x, "*"); ok && strings.HasPrefix(w, p) || w == x {
			return true
		}
	}
	return false
}

// hit is a phrase found in a sentence.
type hit struct {
	section  string
	weight   int
	from, to int          // words
	literal  map[int]bool // words that the phrase itself names
}

// match finds where a phrase that begins at a word ends; false where it does not fit.
func (s *sentence) match(elements []elem, i int, literal *[]int) (int, bool) {
	if len(elements) == 0 {
		return i, true
	}
	e, rest := &elements[0], elements[1:]
	if e.gap {
		for n := 0; n <= maxGap && i+n <= len(s.words); n++ {
			if to, ok := s.match(rest, i+n, literal); ok {
				return to, true
			}
		}
		return 0, false
	}
	kept := len(*literal)
	n := 0 // words that the element takes
	if i < len(s.words) {
		switch w := &s.words[i]; {
		case e.date && w.date != nil:
			n = w.dateLen
		case e.amount:
			n = s.amountAt(i)
		case !e.date && e.fits(w.folded):
			n = 1
			*literal = append(*literal, i)
		}
	}
	if n > 0 {
		if to, ok := s.match(rest, i+n, literal); ok {
			return to, true
		}
		*literal = (*literal)[:kept]
	}
	if e.optional {
		return s.match(rest, i, literal)
	}
	return 0, false
}

// hits finds all phrases of a sentence that are not part of a longer one.
func (m *meanings) hits(s *sentence) []hit {
	var all []hit
	for section, phrases := range m.phrases {
		for _, p := range phrases {
			for i := range s.words {
				if first := &p.elements[0]; !first.optional && first.words != nil && !first.fits(s.words[i].folded) {
					continue
				}
				var literal []int
				if to, ok := s.match(p.elements, i, &literal); ok && to > i {
					h := hit{section, p.weight, i, to, map[int]bool{}}
					for _, l := range literal {
						h.literal[l] = true
					}
					all = append(all, h)
				}
			}
		}
	}
	var out []hit
	for i, h := range all {
		covered := false
		for j, o := range all {
			longer := o.to-o.from > h.to-h.from || o.to-o.from == h.to-h.from && o.weight > h.weight && o.section == h.section
			covered = covered || i != j && o.from <= h.from && o.to >= h.to && longer
		}
		if !covered && !m.negated(s, h) {
			out = append(out, h)
		}
	}
	return out
}

// negated says whether a negation that a phrase does not name itself stands in it or close to it, in the same clause.
func (m *meanings) negated(s *sentence, h hit) bool {
	if h.section == "other" || h.section == "condition" {
		return false
	}
	for i := max(0, h.from-3); i < min(len(s.words), h.to+2); i++ {
		w := &s.words[i]
		if h.literal[i] || i < h.from && w.clause != s.words[h.from].clause || i >= h.to && w.clause != s.words[h.to-1].clause {
			continue
		}
		for n := range m.negations {
			if m.negations[n].fits(w.folded) {
				return true
			}
		}
	}
	return false
}
