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
	var names []string
	texts = slices.Clone(texts)
	for i, g := range texts {
		texts[i].Body = strings.ReplaceAll(g.Body, "\r\n", "\n")
		if err := guide.Check(g.Name, string(g.Lang), texts[i].Body); err != nil {
			return ledger.Entry{}, err
		}
		if _, err := guide.Source(g.Name, string(g.Lang)); err != nil {
			return ledger.Entry{}, err
		}
		names = append(names, guideName(g.Name, g.Lang))
	}
	return d.change(ctx, ledger.ActText, map[string]string{"text": strings.Join(names, ", ")}, func(x *ledger.Draft) error {
		for _, g := range texts {
			saveText(x, g)
		}
		return nil
	})
}

// saveText stages one text; none where it is as it comes with the program.
func saveText(x *ledger.Draft, g GuideText) {
	name := guideName(g.Name, g.Lang)
	have := x.Book().Text(name)
	if source, _ := guide.Source(g.Name, string(g.Lang)); source == g.Body {
		if have != nil {
			x.Delete(ledger.KindText, have.Key())
		}
		return
	}
	t := &ledger.Text{Name: name, Body: g.Body}
	if have != nil {
		t.ID = have.ID
	}
	x.Put(t)
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
