package cli

import (
	"path/filepath"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

type modelsDoc struct {
	Models []modelDoc `json:"models"`
}

type modelDoc struct {
	Model    string      `json:"model"`
	Language string      `json:"language"`
	Own      bool        `json:"own"` // the owner's text counts
	Warnings []errorBody `json:"warnings"`
}

// runModels lists the letter models in all languages, and what there is to say about the owner's texts.
func runModels(c *call) (*reply, error) {
	doc := modelsDoc{Models: []modelDoc{}}
	for _, lang := range words.LetterLangs {
		for _, m := range c.desk.State().Models(lang) {
			doc.Models = append(doc.Models, modelDoc{m.Name, string(lang), m.Own, c.modelWarnings(m)})
		}
	}
	return &reply{doc: doc, text: func(p *page) {
		for _, name := range letters.Models() {
			var langs, own []string
			for _, m := range doc.Models {
				if m.Model != name {
					continue
				}
				if langs = append(langs, m.Language); m.Own {
					own = append(own, m.Language)
				}
			}
			p.say("cli.model.line", "model", name, "name", p.w.Letter(name), "langs", strings.Join(langs, " "))
			if len(own) > 0 {
				p.line("  " + p.w.T("cli.model.own", "langs", strings.Join(own, " ")))
			}
		}
		doc.tellWarnings(p)
	}}, nil
}

// modelWarnings are about a text of the owner's: that it cannot be read any more, or lacks what the law asks for.
func (c *call) modelWarnings(m desk.ModelText) []errorBody {
	out := []errorBody{}
	if !m.Own {
		return out
	}
	if err := letters.CheckText(m.Name, m.Lang, m.Body); err != nil {
		return append(out, errorBody{code(err), c.w.Error(err)})
	}
	if lacks := letters.Lacks(m.Name, m.Lang, m.Body); len(lacks) > 0 {
		x := letters.Warning{Code: "model_lacks", Args: []any{"what", lacks}}
		out = append(out, errorBody{x.Code, letters.WarningText(c.w, x)})
	}
	return out
}

func (d *modelsDoc) tellWarnings(p *page) {
	for _, m := range d.Models {
		for _, w := range m.Warnings {
			p.say("cli.model.warning", "model", m.Model+"."+m.Language, "text", w.Message)
		}
	}
}

type modelsTakenDoc struct {
	Batch *string `json:"batch"` // null where all was so already
	modelsDoc
}

// modelOf reads the name of a model's text: "first_reminder.nl", of a file "first_reminder.nl.txt".
func (c *call) modelOf(name string) (desk.ModelText, error) {
	model, lang, _ := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".txt"), ".")
	if known := letters.Models(); !slices.Contains(known, model) {
		return desk.ModelText{}, ledger.Errorf("model_unknown", "model", model, "models", known)
	}
	if !slices.Contains(words.LetterLangs, words.Lang(lang)) {
		return desk.ModelText{}, ledger.Errorf("model_language", "value", name, "model", model)
	}
	texts := c.desk.State().Models(words.Lang(lang))
	return texts[slices.IndexFunc(texts, func(m desk.ModelText) bool { return m.Name == model })], nil
}

// runModelImport takes texts of models in from files named by model and language, all or none.
func runModelImport(c *call) (*reply, error) {
	var texts []desk.ModelText
	for _, file := range c.args {
		m, err := c.modelOf(file)
		if err != nil {
			return nil, err
		}
		if m.Body, err = desk.ReadModel(file); err != nil {
			return nil, err
		}
		texts = append(texts, m)
	}
	e, err := c.desk.SaveModels(c.ctx, texts...)
	if err != nil {
		return nil, err
	}
	return c.modelsTaken(texts, e, "cli.model.taken"), nil
}

// runModelReset makes texts of models what they are as they come with the program.
func runModelReset(c *call) (*reply, error) {
	var texts []desk.ModelText
	for _, name := range c.args {
		m, err := c.modelOf(name)
		if err == nil {
			m.Body, err = letters.Source(m.Name, m.Lang)
		}
		if err != nil {
			return nil, err
		}
		texts = append(texts, m)
	}
	e, err := c.desk.SaveModels(c.ctx, texts...)
	if err != nil {
		return nil, err
	}
	return c.modelsTaken(texts, e, "cli.model.reset"), nil
}

func (c *call) modelsTaken(texts []desk.ModelText, e ledger.Entry, key string) *reply {
	doc := modelsTakenDoc{modelsDoc: modelsDoc{Models: []modelDoc{}}}
	if b := desk.Batch(e); b != "" {
		doc.Batch = &b
	}
	for _, t := range texts {
		m, _ := c.modelOf(t.Name + "." + string(t.Lang))
		doc.Models = append(doc.Models, modelDoc{m.Name, string(m.Lang), m.Own, c.modelWarnings(m)})
	}
	return &reply{doc: doc, text: func(p *page) {
		if doc.Batch == nil {
			p.say("cli.model.unchanged")
			return
		}
		p.line(p.w.N(key, len(doc.Models), "batch", *doc.Batch))
		doc.tellWarnings(p)
	}}
}

// runModelExport writes a model's text, as it counts now, to a file.
func runModelExport(c *call) (*reply, error) {
	m, err := c.modelOf(c.args[0])
	if err != nil {
		return nil, err
	}
	if err := desk.WriteFile(c.args[1], []byte(m.Body)); err != nil {
		return nil, err
	}
	return &reply{doc: fileDoc{c.args[1]}, text: func(p *page) {
		p.say("cli.model.exported", "model", m.Name+"."+string(m.Lang), "file", c.args[1])
	}}, nil
}
