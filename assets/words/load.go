package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

//go:embed *.json
var files embed.FS

// message is a text cut at its facts, once, so that showing it costs little.
type message struct{ one, other []part }

// part is a piece of literal text, or the name of a fact.
type part struct{ text, fact string }

var loaded = sync.OnceValue(func() map[Lang]*Words {
	all := map[Lang]*Words{}
	for _, l := range LetterLangs {
		all[l] = load(l)
	}
	all[SwissDE] = all[DE].as(SwissDE)
	return all
})

// as gives the same words in the spelling of a country.
func (w *Words) as(l Lang) *Words {
	c := *w
	c.lang, c.messages = l, map[string]message{}
	spelt := func(parts []part) []part {
		parts = slices.Clone(parts)
		for i := range parts {
			parts[i].text = l.Spelt(parts[i].text)
		}
		return parts
	}
	for key, m := range w.messages {
		c.messages[key] = message{spelt(m.one), spelt(m.other)}
	}
	return &c
}

// load reads every area of one language. The files are part of the program, so a mistake in one of
// them panics; the tests find it first.
func load(l Lang) *Words {
	w := &Words{lang: l, messages: map[string]message{}}
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), "."+string(l)+".json") {
			continue
		}
		if err := w.loadFile(e.Name()); err != nil {
			panic(fmt.Sprintf("words: %s: %v", e.Name(), err))
		}
	}
	for i := 1; i <= 12; i++ {
		w.months[i] = w.T(fmt.Sprintf("common.month.%d", i))
		w.short[i] = w.T(fmt.Sprintf("common.month_short.%d", i))
	}
	for i := range 7 {
		w.weekdays[i] = w.T(fmt.Sprintf("common.weekday.%d", i))
		w.days[i] = w.T(fmt.Sprintf("common.weekday_short.%d", i))
	}
	return w
}

func (w *Words) loadFile(name string) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	f, err := i18n.ParseMessageFileBytes(data, name, map[string]i18n.UnmarshalFunc{"json": json.Unmarshal})
	if err != nil {
		return err
	}
	for _, m := range f.Messages {
		other, err := cut(m.Other)
		if err != nil {
			return fmt.Errorf("key %s: %w", m.ID, err)
		}
		var one []part
		if m.One != "" {
			if one, err = cut(m.One); err != nil {
				return fmt.Errorf("key %s: %w", m.ID, err)
			}
		}
		w.messages[m.ID] = message{one, other}
	}
	return nil
}

// cut splits a text at {{.name}}; it always gives at least one part.
func cut(s string) ([]part, error) {
	var parts []part
	for {
		text, rest, found := strings.Cut(s, "{{")
		if text != "" || (!found && len(parts) == 0) {
			parts = append(parts, part{text: text})
		}
		if !found {
			return parts, nil
		}
		name, after, closed := strings.Cut(rest, "}}")
		name = strings.TrimSpace(name)
		if !closed || len(name) < 2 || name[0] != '.' || strings.ContainsAny(name[1:], ". ({|") {
			return nil, fmt.Errorf("%q: a fact is written {{.name}}", s)
		}
		parts = append(parts, part{fact: name[1:]})
		s = after
	}
}
