package settings

import (
	"errors"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters/guide"
)

// Guides are the call guides as edited so far: all files in both languages, of which one part is shown.
type Guides struct {
	Parts []guide.Part // of the chosen file
	Part  int          // the chosen one

	w      *words.Words
	files  []*guideFile
	chosen *guideFile
}

// guideFile is one file as it is kept, as it is edited, and what is wrong with that.
type guideFile struct {
	saved desk.GuideText
	now   string
	wrong *ledger.Error
}

func (f *guideFile) edited() bool { return f.now != f.saved.Body }

// guideOrder is the order in which files are offered: what the owner edits most comes first.
var guideOrder = []string{string(guide.Late), string(guide.Preventive), "common"}

// NewGuides begins with the texts as they count, on the first step of the late calls in the language of the window.
func NewGuides(w *words.Words, s *desk.State) *Guides {
	m := &Guides{w: w}
	for _, lang := range words.Langs {
		for _, g := range s.Guides(lang) {
			m.files = append(m.files, &guideFile{saved: g, now: g.Body})
		}
	}
	m.Checked(m.Checker()()) // a later version of the program may refuse what an earlier one took
	m.Open(guideOrder[0], w.Lang())
	return m
}

// Again is the same as recorded now, with the same file and part chosen.
func (m *Guides) Again(s *desk.State) *Guides {
	n := NewGuides(m.w, s)
	n.Open(m.chosen.saved.Name, m.chosen.saved.Lang)
	n.Part = min(m.Part, len(n.Parts)-1)
	return n
}

// Name and Lang say which file is chosen; Own that the owner's text is recorded for it.
func (m *Guides) Name() string     { return m.chosen.saved.Name }
func (m *Guides) Lang() words.Lang { return m.chosen.saved.Lang }
func (m *Guides) Own() bool        { return m.chosen.saved.Own }

// Open chooses a file. What was edited in another stays.
func (m *Guides) Open(name string, lang words.Lang) {
	for _, f := range m.files {
		if f.saved.Name == name && f.saved.Lang == lang {
			m.chosen, m.Parts, m.Part = f, guide.Parts(f.now), 0
		}
	}
	if i := slices.IndexFunc(m.Parts, func(p guide.Part) bool { return p.Word != "" && p.Word != "title" }); i > 0 {
		m.Part = i // the remarks before are long, and for those who look for them
	}
}

// Choose chooses a part of the file, as counted before the text was cut anew: a part that was typed into another is one of its own
// from then on, and one that was emptied is gone.
func (m *Guides) Choose(i int) {
	was := len(m.Parts)
	m.Parts = guide.Parts(m.chosen.now)
	if i > m.Part {
		i += len(m.Parts) - was
	}
	m.Part = max(0, min(i, len(m.Parts)-1))
}

// Text is that of the chosen part.
func (m *Guides) Text() string {
	if len(m.Parts) == 0 {
		return ""
	}
	return m.Parts[m.Part].Text
}

// Set takes what was typed into the chosen part.
func (m *Guides) Set(text string) {
	if len(m.Parts) == 0 {
		m.Parts, m.Part = []guide.Part{{Line: 1}}, 0
	}
	p := &m.Parts[m.Part]
	if p.Text = text; text != "" && p.Blank == "" && m.Part < len(m.Parts)-1 {
		p.Blank = "\n"
	}
	m.chosen.now = guide.JoinParts(m.Parts)
	line := 1
	for i := range m.Parts {
		m.Parts[i].Line = line
		line += strings.Count(m.Parts[i].Text+m.Parts[i].Blank, "\n")
	}
}

// GuideCheck is what is wrong with files, by their number.
type GuideCheck map[int]*ledger.Error

// Checker gives what looks at the owner's files, recorded or edited; it may run beside the window.
func (m *Guides) Checker() func() GuideCheck {
	texts := map[int]desk.GuideText{}
	for i, f := range m.files {
		if f.edited() || f.saved.Own {
			g := f.saved
			g.Body = f.now
			texts[i] = g
		}
	}
	return func() GuideCheck {
		out := GuideCheck{}
		for i, g := range texts {
			var e *ledger.Error
			if err := guide.Check(g.Name, string(g.Lang), g.Body); errors.As(err, &e) {
				out[i] = e
			}
		}
		return out
	}
}

// Checked takes over what a check found.
func (m *Guides) Checked(found GuideCheck) {
	for i, f := range m.files {
		f.wrong = found[i]
	}
}

// Wrong counts the files to correct before saving. One that is recorded and not edited keeps nobody from that.
func (m *Guides) Wrong() int {
	n := 0
	for _, f := range m.files {
		if f.wrong != nil && f.edited() {
			n++
		}
	}
	return n
}

// WrongIn gives the first file to correct before saving, in words; nothing where there is none.
func (m *Guides) WrongIn() string {
	for _, f := range m.files {
		if f.wrong != nil && f.edited() {
			return m.FileTitle(f.saved.Name) + " (" + m.w.T("settings.language."+string(f.saved.Lang)) + ")"
		}
	}
	return ""
}

// WrongPart gives the part of the chosen file that is to be corrected; -1 where there is none.
func (m *Guides) WrongPart() int {
	e := m.chosen.wrong
	if e == nil {
		return -1
	}
	line, _ := e.Args["line"].(int)
	if e.Args["value"] == "@if" {
		line-- // told where the next part begins, or the file ends, for want of an @end before
	}
	at := 0
	for i, p := range m.Parts {
		if p.Line <= line {
			at = i
		}
	}
	return at
}

// Check gives the sentence about the chosen part, with the line as counted in it; nothing where it is right.
func (m *Guides) Check() string {
	if m.WrongPart() != m.Part {
		return ""
	}
	e := *m.chosen.wrong
	args := map[string]any{}
	for k, v := range e.Args {
		args[k] = v
	}
	line, _ := e.Args["line"].(int)
	p := m.Parts[m.Part]
	args["guide"], args["line"] = m.w.T("guides.quoted", "title", m.PartTitle(m.Part)), max(1, min(line-p.Line, strings.Count(p.Text, "\n"))+1)
	e.Args = args
	return m.w.Error(&e)
}

// Changed says whether something is to be saved.
func (m *Guides) Changed() bool { return len(m.Edited()) > 0 }

// Edited lists the files to save.
func (m *Guides) Edited() []desk.GuideText {
	var out []desk.GuideText
	for _, f := range m.files {
		if f.edited() {
			g := f.saved
			g.Body = f.now
			out = append(out, g)
		}
	}
	return out
}

// FileTitle names a file.
func (m *Guides) FileTitle(name string) string { return m.w.T("guides.file." + name) }

// PartTitle names a part: a step or an objection by its own title.
func (m *Guides) PartTitle(i int) string {
	if i >= len(m.Parts) {
		return ""
	}
	p := m.Parts[i]
	switch {
	case p.Title != "":
		return p.Title
	case p.Word == "":
		return m.w.T("guides.part.head")
	}
	return m.w.T("guides.part." + p.Word)
}

// PartKind says what a part is, where its title does not.
func (m *Guides) PartKind(i int) string {
	if p := m.Parts[i]; p.Title != "" {
		return m.w.T("guides.part." + p.Word)
	}
	return ""
}

// Forget takes a file as it is recorded now, without what was edited in it; what was edited in others stays.
func (m *Guides) Forget(name string, lang words.Lang, s *desk.State) {
	for _, g := range s.Guides(lang) {
		for _, f := range m.files {
			if g.Name == name && f.saved.Name == name && f.saved.Lang == lang {
				*f = guideFile{saved: g, now: g.Body}
			}
		}
	}
	part := m.Part
	m.Open(m.chosen.saved.Name, m.chosen.saved.Lang)
	m.Part = max(0, min(part, len(m.Parts)-1))
}
