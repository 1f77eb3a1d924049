package desk

import (
	"context"
	"slices"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters/guide"
)

// GuideText is one file of the call guides in one language, as it counts now.
type GuideText struct {
	Name string // as [guide.Names] has it
	Lang words.Lang
	Body string
	Own  bool // the owner edited it
}

// Guides lists the files of the call guides in a language, in the order of [guide.Names].
func (s *State) Guides(lang words.Lang) []GuideText {
	var out []GuideText
	for _, name := range guide.Names() {
		g := GuideText{Name: name, Lang: lang}
		if t := s.Book.Text(guideName(name, lang)); t != nil {
			g.Body, g.Own = t.Body, true
		} else if source, err := guide.Source(name, string(lang)); err == nil {
			g.Body = source
		}
		out = append(out, g)
	}
	return out
}

// guideName is the name of a guide's file in the ledger.
func guideName(name string, lang words.Lang) string { return "guide/" + name + "." + string(lang) }

// SaveTexts keeps the owner's texts of files of the call guides, in one act. One that is as it comes with the program is not kept: what an
// update brings then counts. Errors: guide_unknown, and those of [guide.Check], with the line.
func (d *Desk) SaveTexts(ctx context.Context, texts ...GuideText) (ledger.Entry, error) {
	var list []ownText
	for _, g := range texts {
		body := oneLineFeed(g.Body)
		if err := guide.Check(g.Name, string(g.Lang), body); err != nil {
			return ledger.Entry{}, err
		}
		source, err := guide.Source(g.Name, string(g.Lang))
		if err != nil {
			return ledger.Entry{}, err
		}
		list = append(list, ownText{guideName(g.Name, g.Lang), source, body})
	}
	return d.saveTexts(ctx, list)
}

// ownText is a text that the owner may edit: its name in the ledger, what comes with the program, and what it is to be.
type ownText struct{ name, source, body string }

// oneLineFeed ends lines as the program does.
func oneLineFeed(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// saveTexts keeps texts that were checked, in one act; one that is as it comes with the program is taken out. Of two of one name the
// last counts.
func (d *Desk) saveTexts(ctx context.Context, list []ownText) (ledger.Entry, error) {
	var names []string
	var texts []ownText
	for i, t := range list {
		if slices.ContainsFunc(list[i+1:], func(later ownText) bool { return later.name == t.name }) {
			continue
		}
		texts, names = append(texts, t), append(names, t.name)
	}
	return d.change(ctx, ledger.ActText, map[string]string{"text": strings.Join(names, ", ")}, func(x *ledger.Draft) error {
		for _, t := range texts {
			have := x.Book().Text(t.name)
			if t.body == t.source {
				if have != nil {
					x.Delete(ledger.KindText, have.Key())
				}
				continue
			}
			own := &ledger.Text{Name: t.name, Body: t.body}
			if have != nil {
				own.ID = have.ID
			}
			x.Put(own)
		}
		return nil
	})
}

// ResetText makes a file of the call guides what it is as it comes with the program. The error's code is guide_unknown.
func (d *Desk) ResetText(ctx context.Context, name string, lang words.Lang) (ledger.Entry, error) {
	source, err := guide.Source(name, string(lang))
	if err != nil {
		return ledger.Entry{}, err
	}
	return d.SaveTexts(ctx, GuideText{Name: name, Lang: lang, Body: source})
}

// Guide gives the guide for a kind of call with the owner's texts. A text that this version of the program cannot read any more is left
// out for the one that comes with it: a call goes on whatever became of a text.
func (s *State) Guide(kind guide.Kind, lang words.Lang) (*guide.Guide, error) {
	own := map[string]string{}
	for _, g := range s.Guides(lang) {
		if g.Own && guide.Check(g.Name, string(lang), g.Body) == nil {
			own[g.Name] = g.Body
		}
	}
	return guide.For(kind, string(lang), own)
}
