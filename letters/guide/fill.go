package guide

import (
	"slices"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// Text is words to say or to show, some in bold; nothing where the facts give none. Sentences to say
// have no quotation marks around them.
type Text []letters.Run

// String is the text without weights.
func (t Text) String() string {
	var b strings.Builder
	for _, r := range t {
		b.WriteString(r.Text)
	}
	return b.String()
}

// Filled is a guide with the facts of a case. What has no text for these facts is not in it: no
// objection lacks one of its three movements.
type Filled struct {
	Title      string
	Steps      []Step
	Objections []Objection
	Questions  []Text // open ones, to listen
	Back       []Text // to bring the talk back
	Reminders  []Text // for the owner: speak slowly, wait
	// Voicemail and Switchboard are what to say to a machine or to somebody else; they never speak of a debt.
	Voicemail, Switchboard Text
	Foot                   Text // what must not be done, in one line that stays in sight
	MustNot                []Rule
	Phrases                []Phrase
	Notes                  []Note
}

// Step is a step of the call.
type Step struct {
	ID, Title string // "open", "situation", "agreed", "listen", "propose", "engage", "recap"
	Say       Text
	Avoid     Text // what not to say instead
	Ask       Text // an open question
	Hint      Text // for the owner: what to note or to look at
}

// Objection is something that the customer says, with the answer in three movements.
type Objection struct {
	ID, Title string
	Says      string // in the customer's words
	Key       string // "F1" … "F9", or nothing
	// Where we are, what is due, and the proposal with the customer's commitment.
	Where, Due, Propose Text
	Ask, Avoid, Hint    Text
	Reason              Reason    // suggested for the form after the call; nothing for none
	Outcomes            []Outcome // suggested, the main one first

	folded [2]string // for searching: title and words of the customer, all the rest
}

// Rule says what must not be done.
type Rule struct {
	Text   Text
	Source string // of the rule, where it is known for the owner's country
}

// Phrase is a quick phrase for notes; one that ends in "…" is to be completed.
type Phrase struct {
	Code, Label, Text string
}

// Note is a form for notes; its lines end with "\n".
type Note struct {
	ID, Title, Text string
}

// Fill gives the guide with the facts of a case.
func (g *Guide) Fill(facts Facts) *Filled {
	f := fillingOf(facts, g.kind, words.New(words.Lang(g.lang)))
	out := &Filled{}
	for _, e := range g.entries {
		own := f.text(e, "")
		switch e.kind {
		case "title":
			out.Title = e.title
		case "step":
			s := Step{ID: e.id, Title: e.title, Say: f.text(e, "say"), Avoid: f.text(e, "avoid"), Ask: f.text(e, "ask"), Hint: f.text(e, "hint")}
			out.Steps = append(out.Steps, s)
		case "objection":
			o := f.objection(e)
			if o.Where != nil && o.Due != nil && o.Propose != nil && !f.excepted(e) {
				out.Objections = append(out.Objections, o)
			}
		case "question":
			out.Questions = appendText(out.Questions, own)
		case "back":
			out.Back = appendText(out.Back, own)
		case "reminder":
			out.Reminders = appendText(out.Reminders, own)
		case "voicemail":
			out.Voicemail = own
		case "switchboard":
			out.Switchboard = own
		case "foot":
			out.Foot = own
		case "must_not":
			if own != nil {
				out.MustNot = append(out.MustNot, Rule{own, f.text(e, "source").String()})
			}
		case "phrase":
			if own != nil {
				out.Phrases = append(out.Phrases, Phrase{e.id, e.title, own.String()})
			}
		case "note":
			out.Notes = append(out.Notes, Note{e.id, e.title, f.lines(e)})
		}
	}
	return out
}

func appendText(list []Text, t Text) []Text {
	if t == nil {
		return list
	}
	return append(list, t)
}

// excepted says whether an objection is not made in this case.
func (f filling) excepted(e *entry) bool {
	return slices.ContainsFunc(strings.Fields(e.values["except"]), func(c string) bool { return f.conditions[c] })
}

func (f filling) objection(e *entry) Objection {
	o := Objection{ID: e.id, Title: e.title, Says: e.values["says"], Key: e.values["key"], Reason: Reason(e.values["reason"]),
		Where: f.text(e, "where"), Due: f.text(e, "due"), Propose: f.text(e, "propose"),
		Ask: f.text(e, "ask"), Avoid: f.text(e, "avoid"), Hint: f.text(e, "hint")}
	for _, w := range strings.Fields(e.values["outcomes"]) {
		o.Outcomes = append(o.Outcomes, Outcome(w))
	}
	o.folded = [2]string{ledger.Fold(o.Title + " " + o.Says), ledger.Fold(e.values["search"])}
	return o
}

// paragraphs gives those that are said: their conditions hold, and the facts have their fields.
func (f filling) paragraphs(e *entry, word string) []Text {
	var out []Text
	for _, p := range e.texts[word] {
		unknown := func(field string) bool { return f.fields[field] == "" }
		if p.conds.Hold(f.conditions) && !slices.ContainsFunc(p.phrase.Fields(f.several), unknown) {
			out = appendText(out, p.phrase.Fill(f.fields, f.several))
		}
	}
	return out
}

// text gives the paragraphs as one text.
func (f filling) text(e *entry, word string) Text {
	var out Text
	for i, t := range f.paragraphs(e, word) {
		if i > 0 {
			out = append(out, letters.Run{Text: " "})
		}
		out = append(out, t...)
	}
	return out
}

// lines gives each paragraph a line of its own.
func (f filling) lines(e *entry) string {
	var b strings.Builder
	for _, t := range f.paragraphs(e, "") {
		b.WriteString(t.String() + "\n")
	}
	return b.String()
}
