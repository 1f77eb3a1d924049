package guide

import (
	"slices"
	"strings"

	"quitus/ledger"
	"quitus/letters"
)

// Bounds of a file, since its owner edits it.
const (
	maxFile    = 256 << 10 // bytes
	maxEntries = 200
	maxText    = 2000 // bytes of one paragraph
)

// entry is a part of a guide with what stands under it.
type entry struct {
	kind, id, title string
	line            int
	values          map[string]string
	texts           map[string][]paragraph // by word; "" for what stands right under the entry
}

// paragraph is said where its conditions hold and the facts have its fields.
type paragraph struct {
	conds  letters.Conditions
	phrase letters.Phrase
}

// section says what an entry is made of.
type section struct {
	named bool     // "@word id title"
	once  bool     // at most one of it
	own   bool     // has a text right under it
	open  bool     // may be heard by others
	texts []string // words of texts
	needs []string // of these, those that must be there
}

var sections = map[string]section{
	"title": {once: true},
	"step":  {named: true, texts: []string{"say", "avoid", "ask", "hint"}, needs: []string{"say"}},
	"objection": {named: true, texts: []string{"where", "due", "propose", "ask", "avoid", "hint"},
		needs: []string{"where", "due", "propose"}},
	"question":    {own: true},
	"back":        {own: true},
	"reminder":    {own: true},
	"foot":        {own: true, once: true},
	"voicemail":   {own: true, once: true, open: true},
	"switchboard": {own: true, once: true, open: true},
	"must_not":    {own: true, texts: []string{"source"}},
	"phrase":      {own: true, named: true},
	"note":        {own: true, named: true},
}

// values are the words of an objection that stand on one line.
var values = []string{"key", "says", "search", "except", "reason", "outcomes"}

type parser struct {
	name, lang string
	line       int
	entries    []*entry
	seen       map[string]bool
	word       string // of the text being read
	reading    bool   // there is a place for text
	branches   letters.Branches
	paragraph  []string
	started    int // line on which the paragraph began
}

// parse reads a file; see [Check] for its errors.
func parse(name, lang, text string) ([]*entry, error) {
	p := &parser{name: name, lang: lang, seen: map[string]bool{}}
	if len(text) > maxFile {
		return nil, ledger.Errorf("guide_long", "guide", name, "line", 0)
	}
	for _, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		p.line++
		if err := p.take(strings.TrimSpace(line)); err != nil {
			return nil, err
		}
	}
	if err := p.endEntry(); err != nil {
		return nil, err
	}
	isStep := func(e *entry) bool { return e.kind == "step" }
	if name != common && !slices.ContainsFunc(p.entries, isStep) {
		p.line = 1
		return nil, p.fail("guide_missing", "part", name, "value", "@step")
	}
	return p.entries, nil
}

func (p *parser) fail(code string, pairs ...any) error {
	return ledger.Errorf(code, append([]any{"guide", p.name, "line", p.line}, pairs...)...)
}

func (p *parser) bad(what string) error { return p.fail("guide_line", "value", shortened(what, 60)) }

func (p *parser) last() *entry {
	if len(p.entries) == 0 {
		return nil
	}
	return p.entries[len(p.entries)-1]
}

func (p *parser) take(line string) error {
	switch {
	case strings.HasPrefix(line, "#"):
		return nil
	case line == "":
		return p.endParagraph()
	case strings.HasPrefix(line, "@"):
		if err := p.endParagraph(); err != nil {
			return err
		}
		word, rest, _ := strings.Cut(line[1:], " ")
		return p.directive(line, word, strings.TrimSpace(rest))
	case !p.reading:
		return p.bad(line)
	}
	if len(p.paragraph) == 0 {
		p.started = p.line
	}
	p.paragraph = append(p.paragraph, line)
	return nil
}

func (p *parser) directive(line, word, rest string) error {
	if p.reading && p.branches.Take(word, rest, Conditions()) {
		return nil
	}
	if s, ok := sections[word]; ok {
		if err := p.endEntry(); err != nil {
			return err
		}
		return p.begin(line, word, rest, s)
	}
	e := p.last()
	switch {
	case e == nil || len(p.branches.Now()) > 0:
		return p.bad(line)
	case slices.Contains(sections[e.kind].texts, word) && rest == "":
		if _, twice := e.texts[word]; twice {
			return p.fail("guide_twice", "value", "@"+word)
		}
		e.texts[word] = nil
		p.word, p.reading = word, true
		return nil
	case e.kind == "objection" && slices.Contains(values, word) && rest != "":
		p.reading = false
		return p.value(e, line, word, rest)
	}
	return p.bad(line)
}

// begin opens an entry.
func (p *parser) begin(line, word, rest string, s section) error {
	if len(p.entries) >= maxEntries {
		return p.fail("guide_long")
	}
	e := &entry{kind: word, line: p.line, values: map[string]string{}, texts: map[string][]paragraph{}}
	switch {
	case s.named:
		id, title, _ := strings.Cut(rest, " ")
		if !isName(id) || strings.TrimSpace(title) == "" {
			return p.bad(line)
		}
		e.id = id
		if err := p.unique(word + " " + id); err != nil {
			return err
		}
		rest = title
	case (rest == "") != s.own:
		return p.bad(line)
	}
	if s.once {
		if err := p.unique("@" + word); err != nil {
			return err
		}
	}
	var err error
	e.title, err = p.plain(rest)
	p.entries = append(p.entries, e)
	p.word, p.reading = "", s.own
	return err
}

// value reads a line of an objection that holds no text to say.
func (p *parser) value(e *entry, line, word, rest string) error {
	if _, twice := e.values[word]; twice {
		return p.fail("guide_twice", "value", "@"+word)
	}
	known := true
	switch word {
	case "key":
		known = len(rest) == 2 && rest[0] == 'F' && rest[1] >= '1' && rest[1] <= '9'
		if known {
			if err := p.unique(rest); err != nil {
				return err
			}
		}
	case "except":
		for _, c := range strings.Fields(rest) {
			known = known && slices.Contains(Conditions(), c)
		}
	case "reason":
		known = slices.Contains(Reasons, Reason(rest))
	case "outcomes":
		for _, o := range strings.Fields(rest) {
			known = known && slices.Contains(Outcomes, Outcome(o))
		}
	}
	if !known {
		return p.bad(line)
	}
	var err error
	e.values[word], err = p.plain(rest)
	return err
}

func (p *parser) unique(what string) error {
	if p.seen[what] {
		return p.fail("guide_twice", "value", what)
	}
	p.seen[what] = true
	return nil
}

// isName says whether a word serves as a name for the program.
func isName(s string) bool {
	return s != "" && len(s) <= 40 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

// plain gives a text without fields the spaces and apostrophes of its language.
func (p *parser) plain(s string) (string, error) {
	phrase, err := p.phrase(s, nil)
	return Text(phrase.Fill(nil, false)).String(), err
}

func (p *parser) phrase(s string, fields []string) (letters.Phrase, error) {
	if len(s) > maxText {
		return letters.Phrase{}, p.fail("guide_long")
	}
	phrase, err := letters.ParsePhrase(p.name, p.lang, p.line, strings.TrimSpace(s), fields)
	switch e, _ := err.(*ledger.Error); {
	case e == nil:
		return phrase, nil
	case e.Code == "letter_model_field":
		return phrase, p.fail("guide_field", "field", e.Args["field"])
	}
	return phrase, p.bad(s)
}

func (p *parser) endParagraph() error {
	if len(p.paragraph) == 0 {
		return nil
	}
	end := p.line
	p.line = p.started
	defer func() { p.line = end }()
	e, text := p.last(), strings.Join(p.paragraph, " ")
	p.paragraph = nil
	fields := Fields
	if sections[e.kind].open {
		fields = openFields
		if w := speaksOfMoney(text); w != "" {
			return p.fail("guide_private", "value", w)
		}
	}
	phrase, err := p.phrase(text, fields)
	e.texts[p.word] = append(e.texts[p.word], paragraph{p.branches.Now(), phrase})
	return err
}

// endEntry looks whether the last entry is complete.
func (p *parser) endEntry() error {
	if err := p.endParagraph(); err != nil {
		return err
	}
	if len(p.branches.Now()) > 0 {
		return p.bad("@if")
	}
	e := p.last()
	if e == nil {
		return nil
	}
	s := sections[e.kind]
	needs := s.needs
	if s.own {
		needs = []string{""}
	}
	for _, word := range needs {
		if len(e.texts[word]) == 0 {
			p.line = e.line
			return p.fail("guide_missing", "part", strings.TrimSpace("@"+e.kind+" "+e.id), "value", "@"+word)
		}
	}
	return nil
}
