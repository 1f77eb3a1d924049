package desk

import (
	"context"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// ModelText is the text of a model of letter in one language, as it counts now.
type ModelText struct {
	Name string // as [letters.Models] has it
	Lang words.Lang
	Body string
	Own  bool // the owner edited it
}

// Models lists the texts of the models in a language of letters, in the order of [letters.Models].
func (s *State) Models(lang words.Lang) []ModelText {
	var out []ModelText
	for _, name := range letters.Models() {
		m := ModelText{Name: name, Lang: lang}
		if t := s.Book.Text(letters.TextName(name, lang)); t != nil {
			m.Body, m.Own = t.Body, true
		} else if source, err := letters.Source(name, lang); err == nil {
			m.Body = source
		}
		out = append(out, m)
	}
	return out
}

// SaveModels keeps the owner's texts of models, in one act. One that is as it comes with the program is not kept: what an update
// brings then counts. Errors are those of [letters.CheckText], with the line.
func (d *Desk) SaveModels(ctx context.Context, texts ...ModelText) (ledger.Entry, error) {
	var list []ownText
	for _, m := range texts {
		body := oneLineFeed(m.Body)
		source, err := letters.Source(m.Name, m.Lang)
		if err == nil {
			err = letters.CheckText(m.Name, m.Lang, body)
		}
		if err != nil {
			return ledger.Entry{}, err
		}
		list = append(list, ownText{letters.TextName(m.Name, m.Lang), source, body})
	}
	return d.saveTexts(ctx, list)
}

// mostModel is how many bytes of a file with a model's text are read; longer ones are none.
const mostModel = 1 << 20

// ReadModel reads a file with the text of a model, in UTF-8. Errors: those of [ReadFile], model_not_text.
func ReadModel(path string) (string, error) {
	content, err := ReadFile(path, mostModel)
	if err != nil {
		return "", err
	}
	text := strings.TrimPrefix(string(content), "\ufeff")
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return "", ledger.Errorf("model_not_text", "file", filepath.Base(path))
	}
	return text, nil
}

// ResetModel makes a model in a language what it is as it comes with the program. The error's code is letter_model_unknown.
func (d *Desk) ResetModel(ctx context.Context, name string, lang words.Lang) (ledger.Entry, error) {
	source, err := letters.Source(name, lang)
	if err != nil {
		return ledger.Entry{}, err
	}
	return d.saveTexts(ctx, []ownText{{letters.TextName(name, lang), source, source}})
}
