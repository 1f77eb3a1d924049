package settings

import (
	"errors"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// Models are the texts of letter models as edited so far: all models in all languages of letters, of which one is shown.
type Models struct {
	w      *words.Words
	files  []*modelFile
	chosen *modelFile
}

// modelFile is one text as it is kept, as it is edited, and what there is to say about that.
type modelFile struct {
	saved desk.ModelText
	now   string
	found ModelFound
}

func (f *modelFile) edited() bool { return f.now != f.saved.Body }

// families are the models as they are listed.
var families = []struct {
	name   string
	models []string
}{
	{"remind", []string{letters.PreDue, letters.FirstReminder, letters.BelgianReminder, letters.SecondReminder, letters.LastReminder, letters.FormalNotice}},
	{"talk", []string{letters.CallSummary, letters.PromiseConfirmation, letters.PlanProposal, letters.PlanAgreement, letters.PlanLapse, letters.DisputeReply, letters.VisitNotice}},
	{"account", []string{letters.StatementOfAccount, letters.Receipt, letters.Quitus}},
	{"court", []string{letters.HandoverNotice, letters.InsolvencyClaim}},
}

// listed gives the models in the order of their families, with the family of each.
func listed() (models, family []string) {
	for _, f := range families {
		for _, m := range f.models {
			models, family = append(models, m), append(family, f.name)
		}
	}
	return models, family
}

// NewModels begins with the texts as they count, on the first reminder in the language of the window.
func NewModels(w *words.Words, s *desk.State) *Models {
	m := &Models{w: w}
	for _, lang := range words.LetterLangs {
		for _, t := range s.Models(lang) {
			m.files = append(m.files, &modelFile{saved: t, now: t.Body})
		}
	}
	m.Checked(m.Checker()()) // a later version of the program may refuse what an earlier one took
	m.Open(letters.FirstReminder, w.Lang())
	return m
}

// Again is the same as recorded now, with the same text chosen.
func (m *Models) Again(s *desk.State) *Models {
	n := NewModels(m.w, s)
	n.Open(m.Name(), m.Lang())
	return n
}

// Name and Lang say which text is chosen; Own that the owner's is recorded for it.
func (m *Models) Name() string     { return m.chosen.saved.Name }
func (m *Models) Lang() words.Lang { return m.chosen.saved.Lang }
func (m *Models) Own() bool        { return m.chosen.saved.Own }

// Open chooses a text. What was edited in another stays.
func (m *Models) Open(name string, lang words.Lang) {
	if f := m.file(name, lang); f != nil {
		m.chosen = f
	}
}

func (m *Models) file(name string, lang words.Lang) *modelFile {
	for _, f := range m.files {
		if f.saved.Name == name && f.saved.Lang == lang {
			return f
		}
	}
	return nil
}

// Text is the chosen text, Title names its model.
func (m *Models) Text() string  { return m.chosen.now }
func (m *Models) Title() string { return m.w.Letter(m.Name()) }

// Set takes what was typed into the chosen text.
func (m *Models) Set(text string) { m.chosen.now = text }

// ModelFound is what there is to say about a text: what is wrong with it, or what to look at.
type ModelFound struct {
	wrong              *ledger.Error
	lacks              []letters.Need
	elsewhere, unbound []string
}

func (f ModelFound) doubtful() bool { return len(f.lacks)+len(f.elsewhere)+len(f.unbound) > 0 }

// Checker gives what looks at the owner's texts, recorded or edited; it may run beside the window.
func (m *Models) Checker() func() map[int]ModelFound {
	texts := map[int]desk.ModelText{}
	for i, f := range m.files {
		if f.edited() || f.saved.Own {
			t := f.saved
			t.Body = f.now
			texts[i] = t
		}
	}
	return func() map[int]ModelFound {
		out := map[int]ModelFound{}
		for i, t := range texts {
			x := ModelFound{lacks: letters.Lacks(t.Name, t.Lang, t.Body), elsewhere: letters.Elsewhere(t.Name, t.Lang, t.Body), unbound: letters.Unbound(t.Name, t.Lang, t.Body)}
			errors.As(letters.CheckText(t.Name, t.Lang, t.Body), &x.wrong)
			out[i] = x
		}
		return out
	}
}

// Checked takes over what a check found.
func (m *Models) Checked(found map[int]ModelFound) {
	for i, f := range m.files {
		f.found = found[i]
	}
}

// Wrong counts the texts to correct before saving. One that is recorded and not edited keeps nobody from that.
func (m *Models) Wrong() int {
	n := 0
	for _, f := range m.files {
		if f.found.wrong != nil && f.edited() {
			n++
		}
	}
	return n
}

// EditedNames names the texts that are edited and not saved.
func (m *Models) EditedNames() []string {
	var out []string
	for i, f := range m.files {
		if f.edited() {
			out = append(out, m.named(i))
		}
	}
	return out
}

// named names a text with its language.
func (m *Models) named(i int) string {
	t := m.files[i].saved
	return m.w.T("models.in_language", "model", m.w.Letter(t.Name), "lang", m.w.T("common.lang."+string(t.Lang)))
}

// WrongIn names the first text to correct before saving; nothing where there is none.
func (m *Models) WrongIn() string {
	for i, f := range m.files {
		if f.found.wrong != nil && f.edited() {
			return m.named(i)
		}
	}
	return ""
}

// Check gives the sentence about what is wrong with the chosen text, with its line; nothing where it can be read.
func (m *Models) Check() string {
	e := m.chosen.found.wrong
	if e == nil {
		return ""
	}
	said := *e
	said.Args = map[string]any{"model": m.w.T("guides.quoted", "title", m.Title())}
	for k, v := range e.Args {
		if k != "model" {
			said.Args[k] = v
		}
	}
	return m.w.Error(&said)
}

// Doubt gives the sentences about what to look at in the chosen text; nothing where there is nothing.
func (m *Models) Doubt() string {
	f, w := m.chosen.found, m.w
	var out []string
	say := func(key string, names []string) {
		if len(names) > 0 {
			out = append(out, w.T("models."+key, "what", strings.Join(names, ", ")))
		}
	}
	fields := func(list []string) (names []string) {
		for _, x := range list {
			names = append(names, letters.Need("{"+x+"}").Text(w))
		}
		return names
	}
	var lacks []string
	for _, n := range f.lacks {
		lacks = append(lacks, n.Text(w))
	}
	say("lacks", lacks)
	say("unbound", fields(f.unbound))
	say("elsewhere", fields(f.elsewhere))
	return strings.Join(out, "\n")
}

// Changed says whether something is to be saved.
func (m *Models) Changed() bool { return len(m.Edited()) > 0 }

// Edited lists the texts to save.
func (m *Models) Edited() []desk.ModelText {
	var out []desk.ModelText
	for _, f := range m.files {
		if f.edited() {
			t := f.saved
			t.Body = f.now
			out = append(out, t)
		}
	}
	return out
}

// ModelState says how a text stands.
type ModelState int

// The states, the one that matters most last.
const (
	ModelAsItCame ModelState = iota
	ModelOwn
	ModelDoubtful
	ModelEdited
	ModelWrong
)

// State says how a model in the chosen language stands.
func (m *Models) State(name string) ModelState {
	switch f := m.file(name, m.Lang()); {
	case f.found.wrong != nil:
		return ModelWrong
	case f.edited():
		return ModelEdited
	case f.saved.Own && f.found.doubtful():
		return ModelDoubtful
	case f.saved.Own:
		return ModelOwn
	}
	return ModelAsItCame
}

// Forget takes a text as it is recorded now, without what was edited in it; what was edited in others stays.
func (m *Models) Forget(name string, lang words.Lang, s *desk.State) {
	for _, t := range s.Models(lang) {
		if f := m.file(t.Name, lang); t.Name == name && f != nil {
			*f = modelFile{saved: t, now: t.Body}
		}
	}
}

// FieldWord words a field for the menu: what it is, and what it stands for in the case that is shown.
func (m *Models) FieldWord(field, value string) string {
	name := letters.Need("{" + field + "}").Text(m.w)
	if value == "" {
		return m.w.T("models.field_empty", "name", name)
	}
	if r := []rune(value); len(r) > mostOfValue {
		value = string(r[:mostOfValue]) + "…"
	}
	return m.w.T("models.field_line", "name", name, "value", value)
}

// mostOfValue is how many characters of a value the menu shows.
const mostOfValue = 40
