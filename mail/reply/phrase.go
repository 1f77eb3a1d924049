package reply

import (
	"fmt"
	"maps"
	"slices"
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
//	(a|b c|d*)      one of these; with ? after it, one of these or nothing
//	..              up to six words, whatever they are
//	@date           a date, to come or past
type phrase struct {
	weight   int
	elements []elem
}

type elem struct {
	words    [][]string // any of these, word after word; a "*" at the end stands for any ending
	optional bool
	gap      bool
	date     bool
}

// maxGap is how many words ".." passes over.
const maxGap = 6

// meanings is what the phrases of one language mean. The sections are those of [ledger.Meaning], "paid" for payments already made, and
// "other" for what only looks like one of them; "negation" and "condition" take the weight from what stands beside them, "aside" is passed over
// as if it were not there, and "common" are words by which the language is known.
type meanings struct {
	phrases   map[string][]phrase
	negations []elem
	asides    []phrase
	sections  []string // of phrases, in a fixed order
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
				case "aside":
					m.asides = append(m.asides, phrase{elements: mustElements(l)})
				case "negation":
					m.negations = append(m.negations, mustElements(l)...)
				default:
					m.phrases[section] = append(m.phrases[section], mustPhrase(section, l))
				}
			}
		}
		m.sections = slices.Sorted(maps.Keys(m.phrases))
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
	return phrase{w, mustElements(rest)}
}

func mustElements(s string) []elem {
	var out []elem
	for rest := strings.TrimSpace(s); rest != ""; rest = strings.TrimSpace(rest) {
		end := strings.IndexByte(rest, ' ')
		if strings.HasPrefix(rest, "(") {
			if end = strings.IndexByte(rest, ')') + 1; strings.HasPrefix(rest[end:], "?") {
				end++
			}
		}
		if end <= 0 {
			end = len(rest)
		}
		out = append(out, mustElement(rest[:end]))
		rest = rest[end:]
	}
	return out
}

func mustElement(s string) elem {
	e := elem{gap: s == "..", date: s == "@date"}
	if e.gap || e.date {
		return e
	}
	s, e.optional = strings.CutSuffix(s, "?")
	if inner, ok := strings.CutPrefix(s, "("); ok {
		s = strings.TrimSuffix(inner, ")")
	}
	for alt := range strings.SplitSeq(s, "|") {
		if alt == "" || strings.ContainsAny(alt, "()'-?@.") || ledger.Fold(alt) != alt {
			panic(fmt.Sprintf("reply: %q is not written as phrases are", s))
		}
		e.words = append(e.words, strings.Fields(alt))
	}
	return e
}

// begins says whether one of an element's alternatives may begin with a word.
func (e *elem) begins(w string) bool {
	for _, alt := range e.words {
		if same(alt[0], w) {
			return true
		}
	}
	return false
}

// same says whether a word is what a phrase names.
func same(pattern, w string) bool {
	if p, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(w, p)
	}
	return w == pattern
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
	if i < len(s.words) {
		n := 0
		if w := &s.words[i]; e.date && w.date != nil {
			n = w.dateLen
		}
		if n > 0 {
			kept := len(*literal)
			for j := range n {
				*literal = append(*literal, i+j)
			}
			if to, ok := s.match(rest, i+n, literal); ok {
				return to, true
			}
			*literal = (*literal)[:kept]
		}
		for _, alt := range e.words {
			if to, ok := s.matchWords(alt, rest, i, literal); ok {
				return to, true
			}
		}
	}
	if e.optional {
		return s.match(rest, i, literal)
	}
	return 0, false
}

// matchWords matches one alternative of an element, and then the rest of its phrase.
func (s *sentence) matchWords(alt []string, rest []elem, i int, literal *[]int) (int, bool) {
	if i+len(alt) > len(s.words) {
		return 0, false
	}
	kept := len(*literal)
	for j, w := range alt {
		if !same(w, s.words[i+j].folded) {
			return 0, false
		}
	}
	for j := range alt {
		*literal = append(*literal, i+j)
	}
	if to, ok := s.match(rest, i+len(alt), literal); ok {
		return to, true
	}
	*literal = (*literal)[:kept]
	return 0, false
}

// leaveOut takes the words out of a sentence that say nothing, as "sauf erreur".
func (m *meanings) leaveOut(s *sentence) {
	for i := 0; i < len(s.words); i++ {
		for _, p := range m.asides {
			var literal []int
			if to, ok := s.match(p.elements, i, &literal); ok && to > i {
				s.words = slices.Delete(s.words, i, to)
				i--
				break
			}
		}
	}
}

// maxHits bounds the phrases that are looked for in one sentence: people's sentences hold a few.
const maxHits = 60

// hits finds all phrases of a sentence that are not part of a longer one.
func (m *meanings) hits(s *sentence) []hit {
	var all []hit
	for _, section := range m.sections {
		for _, p := range m.phrases[section] {
			for i := range s.words {
				if first := &p.elements[0]; !first.optional && first.words != nil && !first.begins(s.words[i].folded) {
					continue
				}
				var literal []int
				to, ok := s.match(p.elements, i, &literal)
				if !ok || to == i || len(all) == maxHits {
					continue
				}
				h := hit{section, p.weight, i, to, map[int]bool{}}
				for _, l := range literal {
					h.literal[l] = true
				}
				all = append(all, h)
			}
		}
	}
	var out []hit
	for i := range all {
		named := slices.ContainsFunc(all, func(o hit) bool { return all[i].within(&o) })
		twice := slices.ContainsFunc(all[:i], func(o hit) bool { return o.section == all[i].section && maps.Equal(o.literal, all[i].literal) })
		if !named && !twice && !m.negated(s, all[i]) {
			out = append(out, all[i])
		}
	}
	return out
}

// within says whether another phrase names all the words of this one and more: it says what these words mean there. Of two that name the same
// words for the same thing, the weightier counts.
func (h *hit) within(o *hit) bool {
	for i := range h.literal {
		if !o.literal[i] {
			return false
		}
	}
	return len(o.literal) > len(h.literal) || o.section == h.section && o.weight > h.weight
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
			if m.negations[n].begins(w.folded) {
				return true
			}
		}
	}
	return false
}
