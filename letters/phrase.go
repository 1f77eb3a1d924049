package letters

import (
	"slices"
	"strings"
)

// Phrase is a text in the language of models for what is not a letter: fields, one text for one invoice
// and another for several, bold.
type Phrase struct{ pieces []piece }

// ParsePhrase reads a phrase that may use some fields; name and line are for its errors, which are those
// of models: letter_model_field (fact field), letter_model_line.
func ParsePhrase(name, lang string, line int, text string, fields []string) (Phrase, error) {
	p := modelParser{name: name, lang: lang, line: line, fields: fields}
	pieces, err := p.cut(text)
	return Phrase{pieces}, err
}

// Fill gives the phrase with the values of its fields. A value is never read as a phrase.
func (p Phrase) Fill(fields map[string]string, several bool) []Run {
	return filling{fields: fields, several: several}.runs(p.pieces)
}

// Fields lists the fields that the phrase uses for one invoice or for several.
func (p Phrase) Fields(several bool) []string { return fieldsOf(p.pieces, several) }

func fieldsOf(pieces []piece, several bool) []string {
	var out []string
	for _, x := range pieces {
		switch {
		case x.field != "":
			out = append(out, x.field)
		case several:
			out = append(out, fieldsOf(x.many, several)...)
		default:
			out = append(out, fieldsOf(x.one, several)...)
		}
	}
	return out
}

// Conditions all hold, or what they guard is left out.
type Conditions []condition

type condition struct {
	name   string
	negate bool
}

// Hold says whether the conditions hold, given those that are true.
func (c Conditions) Hold(facts map[string]bool) bool {
	for _, one := range c {
		if facts[one.name] == one.negate {
			return false
		}
	}
	return true
}

// Branches follows "@if name", "@if not name", "@else" and "@end" through a text.
type Branches struct {
	conds Conditions
	elses []bool // which of them have had their @else
}

// maxBranches is how many conditions may lie within each other.
const maxBranches = 6

// Take follows a line's first word and the rest of it. It is false where that is no branch, opens one on
// an unknown condition or too deep, or goes on with one that is not open.
func (b *Branches) Take(word, rest string, names []string) bool {
	last := len(b.conds) - 1
	switch {
	case word == "if" && len(b.conds) < maxBranches:
		name, negate := strings.CutPrefix(rest, "not ")
		if !slices.Contains(names, name) {
			return false
		}
		b.conds, b.elses = append(slices.Clip(b.conds), condition{name, negate}), append(b.elses, false)
	case word == "else" && rest == "" && last >= 0 && !b.elses[last]:
		was := b.conds[last]
		b.conds = append(slices.Clone(b.conds[:last]), condition{was.name, !was.negate})
		b.elses[last] = true
	case word == "end" && rest == "" && last >= 0:
		b.conds, b.elses = b.conds[:last:last], b.elses[:last]
	default:
		return false
	}
	return true
}

// Now gives the conditions at this point of the text.
func (b *Branches) Now() Conditions { return b.conds }
