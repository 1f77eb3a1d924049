// Package guide helps through a telephone call: what to say step by step, and what to answer to what
// the customer says, filled with the facts of the case.
//
//	g, err := guide.For(guide.Late, "fr", nil)   // or with the owner's own texts
//	f := g.Fill(facts)                           // pure: the same facts give the same words
//	f.Steps, f.Objections, f.Search("pas reçu"), f.ByKey("F1")
//
// A guide is text for people to edit, in the language of letter models. A line "@word" begins a part,
// whose text stands below it; a line "# …" is a remark.
//
//	@title Retard de paiement
//	@step open Ouvrir              a step: its name for the program, its title; the texts @say (needed) @avoid @ask @hint
//	@say
//	Bonjour, {owner}, {company}.
//	@objection lost Facture égarée  what the customer may say: @says in the customer's words, @search more words to find it,
//	                               @key F1 … F9, @except consumer public (conditions under which nobody says it), @reason and
//	                               @outcomes for the form after the call, then the texts
//	                               @where @due @propose (all three needed) @ask @avoid @hint
//	@question @back @reminder @foot @voicemail @switchboard   one text each; the first three may come several times
//	@must_not … @source            what must not be done, and who says so
//	@phrase pf Pas de facture      a quick phrase for notes: its code, its label
//	@note reached Joint            a form for notes, line by line
//
// In texts:
//
//	{total}   a field: see [Fields]. A paragraph with a field that the facts do not have is left out.
//	{cette facture|ces factures}   for one invoice, for several
//	**bold**
//	@if promise_broken … @else … @end, @if not public …   lines that depend on a condition: see [Conditions];
//	          the name of a field is the condition that it is known
//
// Messages left with others never speak of the debt: @voicemail and @switchboard may use few fields, and
// a text there with a word for money or invoices is refused.
package guide

import (
	"quitus/assets/guides"
	"quitus/ledger"
)

// Kind is a kind of call: the name of its file.
type Kind string

// Kinds of calls.
const (
	Late       Kind = "late"       // invoices past due
	Preventive Kind = "preventive" // before the due date
)

// common is the file of what every call has.
const common = "common"

// Reason is why a payment is late, as an objection suggests it for the form after the call.
type Reason string

// Reasons of delay.
const (
	Dispute    Reason = "dispute"
	Cash       Reason = "cash"
	Negligence Reason = "negligence"
	Waiting    Reason = "waiting"
	Refusal    Reason = "refusal"
	Unknown    Reason = "unknown"
)

// Reasons lists them.
var Reasons = []Reason{Dispute, Cash, Negligence, Waiting, Refusal, Unknown}

// Outcome is what a call may obtain.
type Outcome string

// Outcomes of a call.
const (
	Promised   Outcome = "promise"
	Plan       Outcome = "plan"
	Contested  Outcome = "dispute"
	Document   Outcome = "document" // something is to be sent
	Terms      Outcome = "terms"    // new terms
	CallBack   Outcome = "call_back"
	Refused    Outcome = "refused"
	NoProgress Outcome = "nothing"
)

// Outcomes lists them.
var Outcomes = []Outcome{Promised, Plan, Contested, Document, Terms, CallBack, Refused, NoProgress}

// Guide is a guide as written, ready to be filled. It never changes.
type Guide struct {
	kind    Kind
	lang    string
	entries []*entry
}

// Names lists the files that make guides: "common", then the kinds of calls.
func Names() []string { return guides.Names }

// Source gives a file as it comes with the program, for the owner to edit. The error's code is
// "guide_unknown".
func Source(name, lang string) (string, error) {
	text, ok := guides.Text(name, lang)
	if !ok {
		return "", ledger.Errorf("guide_unknown", "guide", name)
	}
	return text, nil
}

// For gives the guide for a kind of call in a language ("fr", "en"): the common texts and those of the
// kind. own holds the owner's texts by file name; what it lacks comes with the program. Errors:
// guide_unknown, and those of [Check].
func For(kind Kind, lang string, own map[string]string) (*Guide, error) {
	g := &Guide{kind: kind, lang: lang}
	for _, name := range []string{common, string(kind)} {
		text, edited := own[name]
		if !edited {
			var err error
			if text, err = Source(name, lang); err != nil {
				return nil, err
			}
		}
		entries, err := parse(name, lang, text)
		if err != nil {
			return nil, err
		}
		g.entries = append(g.entries, entries...)
	}
	return g, nil
}

// Check reads a text that the owner edited, without keeping it. Errors name the file (guide) and the line:
//
//	guide_line     a line that cannot be read (fact value)
//	guide_field    an unknown field (fact field), or one that a message left with others must not have
//	guide_twice    a name, key or code used twice (fact value)
//	guide_missing  a part that lacks a text (fact part)
//	guide_private  a message left with others that speaks of money (fact value)
//	guide_long     too long a text, or too many (without line for the whole file)
func Check(name, lang, text string) error {
	_, err := parse(name, lang, text)
	return err
}
