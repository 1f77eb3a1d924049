package guide

import (
	"slices"
	"strings"
	"unicode"

	"quitus/ledger"
)

// ByKey gives the objection of a function key, "F1" to "F9"; nil where there is none.
func (f *Filled) ByKey(key string) *Objection {
	i := slices.IndexFunc(f.Objections, func(o Objection) bool { return o.Key == key && key != "" })
	if i < 0 {
		return nil
	}
	return &f.Objections[i]
}

// Search finds the objections whose words begin with every word asked for, without regard to accents and
// capitals: first those with all of them in their title or in what the customer says. Nothing asked
// for gives all.
func (f *Filled) Search(q string) []Objection {
	asked := split(ledger.Fold(q))
	var first, second []Objection
	for _, o := range f.Objections {
		switch said := split(o.folded[0]); {
		case hasAll(said, asked):
			first = append(first, o)
		case hasAll(append(said, split(o.folded[1])...), asked):
			second = append(second, o)
		}
	}
	return append(first, second...)
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func hasAll(words, asked []string) bool {
	for _, a := range asked {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, a) }) {
			return false
		}
	}
	return true
}
