package letters

import (
	"slices"
	"strings"

	"quitus/assets/models"
	"quitus/assets/words"
	"quitus/ledger"
)

// TextName is the name under which the ledger keeps the owner's text of a model in a language ([ledger.Text]).
func TextName(model string, lang words.Lang) string {
	return "model/" + model + "." + string(lang.Base())
}

// Source gives the text with which a model comes in a language of letters. The error's code is letter_model_unknown.
func Source(model string, lang words.Lang) (string, error) {
	if text, ok := models.Text(model, string(lang.Base())); ok {
		return text, nil
	}
	return "", ledger.Errorf("letter_model_unknown", "model", model)
}

// mostText is how long a model's text may be, in bytes: twenty times the longest that comes with the program.
const mostText = 100_000

// CheckText says whether a text can be read as a model. Errors: letter_model_unknown, letter_model_long, letter_model_subject where
// there is no @subject, and with the line those of a field that does not exist (letter_model_field), of what cannot be
// read (letter_model_line) and of an @if that is not ended (letter_model_open).
func CheckText(model string, lang words.Lang, text string) error {
	_, err := readText(model, lang, text)
	return err
}

func readText(name string, lang words.Lang, text string) (*model, error) {
	if _, known := kinds[name]; !known {
		return nil, ledger.Errorf("letter_model_unknown", "model", name)
	}
	if len(text) > mostText {
		return nil, ledger.Errorf("letter_model_long", "model", name)
	}
	m, err := parseModel(name, string(lang), lang.Spelt(text))
	if err == nil && len(m.subject) == 0 {
		return nil, ledger.Errorf("letter_model_subject", "model", name)
	}
	return m, err
}

// model gives the model of a letter: of the text to try, of the owner's or, where this cannot be read any more, of the one
// that comes with the program. Warnings are about the owner's.
func (r Request) model() (*model, []Warning, error) {
	came, err := modelFor(r.Model, string(r.Lang))
	if err != nil {
		return nil, nil, err
	}
	if r.Text != "" {
		m, err := readText(r.Model, r.Lang, r.Text)
		return m, nil, err
	}
	own := r.Book.Text(TextName(r.Model, r.Lang))
	if own == nil {
		return came, nil, nil
	}
	m, err := readText(r.Model, r.Lang, own.Body)
	if err != nil {
		return came, []Warning{{"model_unreadable", []any{"reason", err}}}, nil
	}
	if lacks := m.lacks(r.Model, r.Lang); len(lacks) > 0 {
		return m, []Warning{{"model_lacks", []any{"what", lacks}}}, nil
	}
	return m, nil, nil
}

// Need is what a model of letter must have, written as in its text: a field "{total}", a part "@table", a case that is treated apart
// "@if secured", or words, told by what they say: "~notice".
type Need string

// Text names it for people.
func (n Need) Text(w *words.Words) string {
	switch s := string(n); {
	case strings.HasPrefix(s, "{"):
		return w.T("models.field." + strings.Trim(s, "{}"))
	case strings.HasPrefix(s, "@if "):
		return w.T("models.case." + s[len("@if "):])
	case strings.HasPrefix(s, "@"):
		return w.T("models.part." + s[1:])
	default:
		return w.T("models.words." + strings.TrimPrefix(s, "~"))
	}
}

// needs are what single models must have, besides what [needsOf] adds: what the law asks for, what reserves rights that a letter
// could give away, and what keeps others from hearing of claims that do not hold for them (LEGAL: C. com. L441-10, C. civ. 1344,
// 1344-1 and 1376, C. com. L622-25 and R622-23, CDE book XIX).
var needs = map[string][]Need{
	LastReminder:        {"@if fr_company"},
	FormalNotice:        {"~notice", "@claim", "{rates}", "@statement", "@if claim", "@if other_rules", "@if fr_person", "@if fr_public"},
	BelgianReminder:     {"{company}", "{company_number}", "@products", "{be_indemnity}", "~free"},
	CallSummary:         {"@agreed", "~reserved"},
	PromiseConfirmation: {"{promised}", "{promise_day}", "~reserved"},
	PlanProposal:        {"@plan", "{plan_total}", "~reserved"},
	PlanAgreement:       {"{company}", "{debtor}", "{plan_total}", "{plan_words}", "@plan", "@accept", "~reserved"},
	PlanLapse:           {"@plan", "{plan_total}", "~reserved"},
	VisitNotice:         {"{visit}", "~consent"},
	InsolvencyClaim:     {"{company}", "{debtor}", "{judgment}", "@claim", "{words}", "@statement", "@if secured", "@if litigation", "@if coming"},
	Receipt:             {"{received}", "{received_on}", "@if cheque"},
	Quitus:              {"{words}", "@if waived", "~reserved"},
}

// told are the beginnings of words of which a text has one where it says something: that it is a formal notice, that the reminder is
// free, that rights are reserved, that a visit takes place by agreement only.
var told = map[Need]map[words.Lang][]string{
	"~notice":   {words.FR: {"mise en demeure", "mettons en demeure"}, words.EN: {"formal notice"}, words.NL: {"ingebrekestelling", "in gebreke"}, words.DE: {"mahn", "verzug"}},
	"~free":     {words.FR: {"gratuit"}, words.EN: {"free of charge"}, words.NL: {"kosteloos", "gratis"}, words.DE: {"kostenlos", "kostenfrei", "unentgeltlich"}},
	"~reserved": {words.FR: {"réserv", "renonciation"}, words.EN: {"reserve", "waive", "waiver"}, words.NL: {"voorbehoud", "afstand"}, words.DE: {"vorbehalt", "verzicht"}},
	"~consent":  {words.FR: {"accord"}, words.EN: {"agree", "consent"}, words.NL: {"instemming", "toestemming", "akkoord"}, words.DE: {"einverst", "zustimm"}},
}

// needsOf lists what a model must have.
func needsOf(name string) []Need {
	list := []Need{"@table", "@signature"}
	if Level(name) > 0 || name == PlanLapse || name == InsolvencyClaim || name == Quitus {
		list = append(list, "{total}")
	}
	if kinds[name].days > 0 || Level(name) > 0 {
		list = append(list, "{deadline}")
	}
	return append(list, needs[name]...)
}

// Lacks lists what a text that can be read as a model must have and does not; nothing for one that cannot be read.
func Lacks(model string, lang words.Lang, text string) []Need {
	m, err := readText(model, lang, text)
	if err != nil {
		return nil
	}
	return m.lacks(model, lang)
}

func (m *model) lacks(name string, lang words.Lang) []Need {
	has := m.used()
	var out []Need
	for _, n := range needsOf(name) {
		of, inWords := told[n]
		if inWords && !m.tells(of[lang.Base()]) || !inWords && !has[string(n)] {
			out = append(out, n)
		}
	}
	return out
}

// tells says whether one of the beginnings of words is in the text.
func (m *model) tells(beginnings []string) bool {
	for _, p := range m.parts {
		text := strings.ToLower(literal(p.pieces))
		if slices.ContainsFunc(beginnings, func(s string) bool { return strings.Contains(text, s) }) {
			return true
		}
	}
	return false
}

// literal joins what a text says itself, for one invoice and for several.
func literal(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.text)
		b.WriteString(literal(p.one))
		b.WriteString(literal(p.many))
	}
	return b.String()
}

// used gives the fields, parts and conditions of a model, written as in its text.
func (m *model) used() map[string]bool {
	has := map[string]bool{}
	m.each(func(field string, _ Conditions) { has["{"+field+"}"] = true })
	for _, p := range m.parts {
		if p.drawn != "" {
			has["@"+p.drawn] = true
		}
		for _, c := range p.conds {
			has["@if "+c.name] = true
		}
	}
	return has
}

// each calls a function for each field of a model, with what it depends on.
func (m *model) each(do func(field string, conds Conditions)) {
	tell := func(pieces []piece, conds Conditions) {
		for _, several := range []bool{false, true} {
			for _, f := range fieldsOf(pieces, several) {
				do(f, conds)
			}
		}
	}
	tell(m.subject, nil)
	tell(m.delivery, nil)
	for _, p := range m.parts {
		tell(p.pieces, p.conds)
	}
}

// anywhere are the fields that have a value in every letter.
var anywhere = []string{"salutation", "customer", "company", "numbers", "due", "days", "date", "deadline", "total", "words", "principal",
	"phone", "email", "reference", "signatory", "company_number", "letter"}

// claiming are the fields about interest and indemnity: they have a value where interest is claimed.
var claiming = []string{"interest", "indemnity", "flat", "rates", "basis"}

// Fields lists the fields that have a value in letters of a model, those of the model itself first.
func Fields(model string) []string {
	m, err := modelFor(model, string(words.FR))
	if err != nil {
		return nil
	}
	var out []string
	add := func(f string) {
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	m.each(func(f string, _ Conditions) { add(f) })
	if model == FormalNotice || model == InsolvencyClaim {
		for _, f := range claiming {
			add(f)
		}
	}
	for _, f := range anywhere {
		add(f)
	}
	return out
}

// Parts lists the parts that the program draws, as they stand after an @.
func Parts() []string { return slices.Clone(drawnParts) }

// Elsewhere lists the fields of a text that have no value in letters of its model: nothing would be printed there.
func Elsewhere(model string, lang words.Lang, text string) []string {
	m, err := readText(model, lang, text)
	if err != nil {
		return nil
	}
	known := Fields(model)
	var out []string
	m.each(func(f string, _ Conditions) {
		if !slices.Contains(known, f) && !slices.Contains(out, f) {
			out = append(out, f)
		}
	})
	return out
}

// Unbound lists the fields of a text that tell of interest or indemnity to whoever is written to: they belong under
// @if claim, @if fr_company, @if fr_public or @if company.
func Unbound(model string, lang words.Lang, text string) []string {
	m, err := readText(model, lang, text)
	if err != nil {
		return nil
	}
	var out []string
	m.each(func(f string, conds Conditions) {
		bound := slices.ContainsFunc(conds, func(c condition) bool {
			return !c.negate && slices.Contains([]string{"claim", "fr_company", "fr_public", "company"}, c.name)
		})
		if slices.Contains(claiming, f) && !bound && !slices.Contains(out, f) {
			out = append(out, f)
		}
	})
	return out
}
