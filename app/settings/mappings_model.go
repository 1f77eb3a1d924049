package settings

import (
	"cmp"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

// Mapping is a saved mapping in words.
type Mapping struct {
	*ledger.Mapping
	Taken  string // how many columns it takes
	Fields string // which column is what, a line each
}

// Mappings words the saved mappings.
func Mappings(w *words.Words, all []*ledger.Mapping) []Mapping {
	out := make([]Mapping, len(all))
	for i, m := range all {
		var lines []string
		for n, c := range m.Columns {
			if c.Field != "" {
				title := cmp.Or(c.Title, w.T("settings.mappings.column", "n", n+1))
				lines = append(lines, w.T("settings.mappings.field", "title", title, "field", w.T("imports.field."+c.Field)))
			}
		}
		out[i] = Mapping{m, w.N("settings.mappings.taken_columns", len(lines)), strings.Join(lines, "\n")}
	}
	return out
}
