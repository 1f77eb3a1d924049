package letters

import (
	"slices"
	"strings"
	"sync"

	"quitus/assets/models"
	"quitus/assets/words"
	"quitus/ledger"
)

// A model is text for people to edit. Blank lines part its paragraphs; a line "# …" is a remark.
//
//	{total}            a field: see fieldNames
//	{invoice|invoices} the left text for one invoice, the right one for several
//	**by Thursday**    bold
//	@subject …         the object line; @delivery … how the letter is sent
//	@table @claim @bank …   a part that the program draws, on a line of its own: see drawnParts
//	@if claim … @else … @end   lines that depend on a condition: see conditionNames; also @if not claim
//
// French spaces and apostrophes need not be typed: they are set when the model is read.

// fieldNames are the fields that a model may use.
var fieldNames = []string{"salutation", "customer", "company", "numbers", "due", "date", "deadline", "days", "total", "principal",
	"interest", "indemnity", "flat", "rates", "basis", "phone", "email", "reference", "signatory", "letter", "words",
	"call", "promised", "promise_day", "promise_made", "quote", "plan_total", "plan_words", "plan_extra", "plan_agreed",
	"objection", "raised", "contested", "uncontested", "settles", "answer", "overdue", "visit", "visitor", "handler",
	"proceedings", "judgment", "published", "court", "debtor", "security", "litigation", "eve",
	"received", "received_on", "received_by", "left", "unallocated", "given_up", "be_indemnity", "company_number"}

// conditionNames are the conditions of @if.
var conditionNames = []string{"claim", "contract", "other_rules", "iban", "phone", "reminded", "french", "credits", "mail",
	"company", "fr_company", "fr_public", "fr_person", "be_consumer",
	"listed", "uncontested", "quote", "waived", "extra", "agreed_on",
	"answered", "settles", "part", "owed", "overdue", "coming", "visitor", "published", "court", "secured", "litigation",
	"left", "unallocated", "cheque", "given_up", "noticed", "be_indemnity", "company_number", "products"}

// drawnParts are the parts that the program draws.
var drawnParts = []string{"table", "claim", "bank", "agreed", "plan", "products", "accept", "signature", "statement"}

// model is a text cut into pieces.
type model struct {
	subject, delivery []piece
	parts             []part
}

// part is a paragraph or, where drawn is set, a part that the program draws.
type part struct {
	conds  Conditions // all must hold
	drawn  string
	pieces []piece
}

// piece is literal text, a field, a toggle of bold, or one text for one invoice and one for several.
type piece struct {
	text, field string
	bold        bool
	one, many   []piece
}

type modelKey struct{ name, lang string }

var builtIn = sync.OnceValues(func() (map[modelKey]*model, error) {
	all := map[modelKey]*model{}
	for _, name := range models.Names {
		for _, lang := range append(slices.Clone(words.LetterLangs), words.SwissDE) {
			text, ok := models.Text(name, string(lang.Base()))
			if !ok {
				continue
			}
			m, err := parseModel(name, string(lang), lang.Spelt(text))
			if err != nil {
				return nil, err
			}
			all[modelKey{name, string(lang)}] = m
		}
	}
	return all, nil
})

// Models lists the models' names, mildest first.
func Models() []string { return slices.Clone(models.Names) }

// modelFor gives a model that comes with the program. The error's code is "letter_model_unknown".
func modelFor(name, lang string) (*model, error) {
	all, err := builtIn()
	if err != nil {
		return nil, err
	}
	if m, ok := all[modelKey{name, lang}]; ok {
		return m, nil
	}
	return nil, ledger.Errorf("letter_model_unknown", "model", name)
}

// parseModel reads a model. Errors name its line: letter_model_field (fact field), letter_model_line, letter_model_open for
// an @if without its @end.
func parseModel(name, lang, text string) (*model, error) {
	p := modelParser{name: name, lang: lang, fields: fieldNames, m: &model{}}
	for _, line := range strings.Split(text, "\n") {
		p.line++
		if err := p.take(strings.TrimSpace(line)); err != nil {
			return nil, err
		}
	}
	if err := p.endParagraph(); err != nil {
		return nil, err
	}
	if n := len(p.opened); n > 0 {
		return nil, ledger.Errorf("letter_model_open", "model", p.name, "line", p.opened[n-1])
	}
	return p.m, nil
}

type modelParser struct {
	name, lang string
	fields     []string // that the text may use
	line       int
	m          *model
	branches   Branches
	opened     []int // lines of the @if that have no @end yet
	paragraph  []string
	lines      []int // of the paragraph's, in the file: remarks may lie between
	length     int   // of the text that is being cut, in bytes
	ends       []int // of the paragraph's lines in it
}

// mostQuoted is how many characters of a line that cannot be read are told.
const mostQuoted = 40

func (p *modelParser) bad(what string) error {
	if r := []rune(what); len(r) > mostQuoted {
		what = string(r[:mostQuoted]) + "…"
	}
	return ledger.Errorf("letter_model_line", "model", p.name, "line", p.line, "value", what)
}

// at turns to the line on which the rest of a paragraph begins.
func (p *modelParser) at(rest string) {
	at := p.length - len(rest)
	for n := range p.ends {
		if at < p.ends[n] {
			p.line = p.lines[n]
			return
		}
	}
}

func (p *modelParser) take(line string) error {
	switch {
	case strings.HasPrefix(line, "#"):
		return nil
	case line == "":
		return p.endParagraph()
	case !strings.HasPrefix(line, "@"):
		p.paragraph, p.lines = append(p.paragraph, line), append(p.lines, p.line)
		return nil
	}
	if err := p.endParagraph(); err != nil {
		return err
	}
	return p.directive(line)
}

func (p *modelParser) directive(line string) error {
	word, rest, _ := strings.Cut(line[1:], " ")
	switch {
	case word == "subject" || word == "delivery":
		pieces, err := p.cut(rest)
		if word == "subject" {
			p.m.subject = pieces
		} else {
			p.m.delivery = pieces
		}
		return err
	case p.branches.Take(word, rest, conditionNames):
		switch word {
		case "if":
			p.opened = append(p.opened, p.line)
		case "end":
			p.opened = p.opened[:len(p.opened)-1]
		}
	case slices.Contains(drawnParts, word) && rest == "":
		p.m.parts = append(p.m.parts, part{conds: p.branches.Now(), drawn: word})
	default:
		return p.bad(line)
	}
	return nil
}

func (p *modelParser) endParagraph() error {
	if len(p.paragraph) == 0 {
		return nil
	}
	end := p.line
	at := 0
	for _, line := range p.paragraph {
		at += len(typeset(p.lang, line)) + 1
		p.ends = append(p.ends, at)
	}
	pieces, err := p.cut(strings.Join(p.paragraph, " "))
	p.line, p.lines, p.ends = end, nil, nil
	p.m.parts = append(p.m.parts, part{conds: p.branches.Now(), pieces: pieces})
	p.paragraph = nil
	return err
}

func (p *modelParser) cut(s string) ([]piece, error) {
	s = typeset(p.lang, s)
	p.length = len(s)
	if last := strings.LastIndex(s, "**"); p.m != nil && strings.Count(s, "**")%2 == 1 {
		p.at(s[last:])
		return nil, p.bad(s[last:])
	}
	pieces, rest, err := p.pieces(s, 0)
	if err == nil && rest != "" {
		p.at(rest)
		err = p.bad(rest)
	}
	return pieces, err
}

// pieces reads text up to its end or, inside braces, up to a bar or the closing brace, which stays.
func (p *modelParser) pieces(s string, depth int) ([]piece, string, error) {
	var out []piece
	for s != "" {
		i := strings.IndexAny(s, "{|}*")
		if i < 0 {
			return append(out, piece{text: s}), "", nil
		}
		if i > 0 {
			out = append(out, piece{text: s[:i]})
		}
		switch s = s[i:]; {
		case s[0] == '*' && strings.HasPrefix(s, "**"):
			out, s = append(out, piece{bold: true}), s[2:]
		case s[0] == '*':
			out, s = append(out, piece{text: "*"}), s[1:]
		case s[0] == '{':
			x, rest, err := p.braces(s, depth)
			if err != nil {
				return nil, "", err
			}
			out, s = append(out, x), rest
		case depth > 0:
			return out, s, nil
		default:
			p.at(s)
			return nil, "", p.bad(s)
		}
	}
	return out, "", nil
}

// braces reads "{field}" or "{one|several}".
func (p *modelParser) braces(s string, depth int) (piece, string, error) {
	p.at(s)
	if depth > 3 {
		return piece{}, "", p.bad(s)
	}
	if end := strings.IndexAny(s[1:], "{|}") + 1; end > 0 && s[end] == '}' {
		name := s[1:end]
		if !slices.Contains(p.fields, name) {
			return piece{}, "", ledger.Errorf("letter_model_field", "model", p.name, "line", p.line, "field", name)
		}
		return piece{field: name}, s[end+1:], nil
	}
	one, rest, err := p.pieces(s[1:], depth+1)
	if err != nil {
		return piece{}, "", err
	}
	p.at(s)
	if !strings.HasPrefix(rest, "|") {
		return piece{}, "", p.bad(s)
	}
	many, rest, err := p.pieces(rest[1:], depth+1)
	if err != nil {
		return piece{}, "", err
	}
	p.at(s)
	if !strings.HasPrefix(rest, "}") {
		return piece{}, "", p.bad(s)
	}
	return piece{one: one, many: many}, rest[1:], nil
}

// filling is what fields and conditions stand for in one letter.
type filling struct {
	fields     map[string]string
	conditions map[string]bool
	several    bool
}

func (f filling) holds(conds Conditions) bool { return conds.Hold(f.conditions) }

// runs fills pieces; the result's texts are not empty.
func (f filling) runs(pieces []piece) []Run {
	var out []Run
	f.fill(pieces, &out, new(bool))
	return out
}

func (f filling) fill(pieces []piece, out *[]Run, bold *bool) {
	for _, p := range pieces {
		text := p.text
		switch {
		case p.bold:
			*bold = !*bold
		case p.field != "":
			text = f.fields[p.field]
		case f.several:
			f.fill(p.many, out, bold)
		default:
			f.fill(p.one, out, bold)
		}
		if text == "" {
			continue
		}
		if n := len(*out); n > 0 && (*out)[n-1].Bold == *bold {
			(*out)[n-1].Text += text
		} else {
			*out = append(*out, Run{text, *bold})
		}
	}
}

// line fills pieces into one text without weights.
func (f filling) line(pieces []piece) string {
	var b strings.Builder
	for _, r := range f.runs(pieces) {
		b.WriteString(r.Text)
	}
	return b.String()
}
