// Package words holds the French and English texts of the program, those of letters in Dutch and German too, and how
// money, dates and numbers are written for people and read back from what they type.
//
// The texts are message files "<area>.<language>.json" in the form of go-i18n: flat keys, and for
// plurals an object with "one" and "other". Facts are written {{.name}}; there is no other logic in a
// text. A [Words] never changes once made and may be used from any goroutine.
package words

import (
	"errors"
	"fmt"
	"strings"

	"quitus/ledger"
)

// Words speaks one language.
type Words struct {
	lang     Lang
	messages map[string]message
	months   [13]string // full names, from 1
	short    [13]string // abbreviated months, from 1
	weekdays [7]string  // full names, Sunday first
	days     [7]string  // abbreviated weekdays, Sunday first
	log      string
}

// New gives the words of a language; all calls for one language share one value.
func New(l Lang) *Words {
	all := loaded()
	if w, ok := all[l]; ok {
		return w
	}
	return all[FR]
}

// WithLog gives the same words, knowing where the log is: the sentence of an unexpected error names it.
func (w *Words) WithLog(path string) *Words {
	c := *w
	c.log = path
	return &c
}

// Lang is the language spoken.
func (w *Words) Lang() Lang { return w.lang }

// T gives the text of a key with its facts, given as pairs of name and value. Amounts, sums, dates and
// ints are written for people, anything else as fmt does; so a year, which takes no thousands
// separator, is given as a string. A missing key shows as the key in square brackets.
func (w *Words) T(key string, pairs ...any) string {
	m, ok := w.messages[key]
	if !ok {
		return "[" + key + "]"
	}
	return w.fill(m.other, func(name string) (any, bool) { return find(pairs, name) })
}

// N is [Words.T] for a text that depends on a count; the fact N is the count written for people.
func (w *Words) N(key string, n int, pairs ...any) string {
	m, ok := w.messages[key]
	if !ok {
		return "[" + key + "]"
	}
	parts := m.other
	if m.one != nil && w.lang.singular(n) {
		parts = m.one
	}
	return w.fill(parts, func(name string) (any, bool) {
		if name == "N" {
			return n, true
		}
		return find(pairs, name)
	})
}

// Has says whether there is a text for the key.
func (w *Words) Has(key string) bool {
	_, ok := w.messages[key]
	return ok
}

// Error gives the sentence for an error: that of the first [ledger.Error] in its chain, or a general
// one that says where the log is. It is empty for nil.
func (w *Words) Error(err error) string {
	if err == nil {
		return ""
	}
	var e *ledger.Error
	if !errors.As(err, &e) || e.Code == "internal" {
		log := w.log
		if log == "" {
			log = w.T("common.log_file")
		}
		return w.T("error.internal", "log", log)
	}
	m, ok := w.messages["error."+e.Code]
	if !ok {
		return "[error." + e.Code + "]"
	}
	return w.fill(m.other, func(name string) (any, bool) { v, ok := e.Args[name]; return v, ok })
}

// fill puts a text together; a fact that was not given shows as its name in square brackets.
func (w *Words) fill(parts []part, fact func(string) (any, bool)) string {
	if len(parts) == 1 && parts[0].fact == "" {
		return parts[0].text
	}
	var b strings.Builder
	for _, p := range parts {
		if p.fact == "" {
			b.WriteString(p.text)
		} else if v, ok := fact(p.fact); ok {
			b.WriteString(w.value(v))
		} else {
			b.WriteString("[" + p.fact + "]")
		}
	}
	return b.String()
}

func find(pairs []any, name string) (any, bool) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1], true
		}
	}
	return nil, false
}

func (w *Words) value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case ledger.Term:
		if !w.Has(string(v)) { // a name that the owner gave
			return string(v[strings.LastIndexByte(string(v), '.')+1:])
		}
		return w.T(string(v))
	case error:
		return w.Error(v)
	case ledger.Money:
		return w.Money(v)
	case ledger.Sums:
		return w.Sums(v)
	case ledger.Date:
		return w.Date(v)
	case int:
		return w.Number(v)
	case []string:
		return strings.Join(v, ", ")
	}
	return fmt.Sprint(v)
}
