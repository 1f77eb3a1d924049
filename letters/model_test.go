package letters

import (
	"strings"
	"testing"

	"quitus/assets/models"
	"quitus/ledger"
)

func TestModelsRead(t *testing.T) {
	for _, name := range Models() {
		for _, lang := range []string{"fr", "en", "nl", "de", "de-CH"} {
			m, err := modelFor(name, lang)
			if err != nil {
				t.Fatal(err)
			}
			if len(m.subject) == 0 {
				t.Errorf("%s %s has no subject", name, lang)
			}
			has := map[string]bool{}
			for _, p := range m.parts {
				has[p.drawn] = true
			}
			for _, d := range []string{"table", "bank", "signature"} {
				if !has[d] && !(name == Quitus && d == "bank") {
					t.Errorf("%s %s has no @%s", name, lang, d)
				}
			}
		}
	}
	if _, err := modelFor("love_letter", "fr"); ledger.CodeOf(err) != "letter_model_unknown" {
		t.Errorf("%v", err)
	}
}

// forbidden are words of courts and bailiffs, threats, words about third persons, silence taken for acceptance, and
// deadlines that run from a letter whose delivery day nobody knows.
var forbidden = map[string][]string{
	"fr": {"sommation", "huissier", "commissaire de justice", "saisir vos", "saisie", "tribunal", "dernier avis", "commandement", "assignation", "à compter de la présente", "à réception",
		"sous huitaine", "plainte", "pénal ", "pénale", "escroquerie", "police", "prison", "famille", "proches", "voisin", "employeur", "vos clients", "presse", "publier", "réseaux sociaux",
		"silence", "sans réponse de votre part", "accord tacite", "tacitement", "réputé accept", "réputée accept", "mauvais payeur", "fichier", "honte", "immédiatement !"},
	"en": {"summons", "bailiff", "seizure", "writ ", "final warning", "from receipt", "within 8 days", "criminal", "police", "prison", "fraud", "relatives", "neighbour", "employer", "the press",
		"publish", "silence", "tacit", "deemed", "unless we hear", "blacklist", "shame"},
	"nl": {"dagvaard", "deurwaarder", "beslag", "rechtbank", "laatste waarschuwing", "bevelschrift", "na ontvangst", "binnen 8 dagen", "binnen acht dagen", "strafbaar", "strafklacht", "oplichting", "politie",
		"gevangenis", "familie", "buren", "werkgever", "de pers", "stilzwijg", "stilte", "zonder tegenbericht", "zwarte lijst", "schaamte", "wanbetaler"},
	"de": {"gerichtsvollzieher", "betreibung", "pfändung", "vollstreck", "mahnbescheid", "zahlungsbefehl", "letzte warnung", "nach erhalt", "innerhalb von 8 tagen", "strafanzeige", "strafbar", "betrug", "polizei",
		"gefängnis", "familie", "nachbar", "arbeitgeber", "presse", "stillschweig", "schweigen", "ohne ihren widerspruch", "schufa", "schwarze liste", "schande"},
}

func TestModelsSayNothingForbidden(t *testing.T) {
	for _, name := range Models() {
		for lang, words := range forbidden {
			text, ok := models.Text(name, lang)
			if !ok {
				t.Fatalf("no %s in %s", name, lang)
			}
			var said []string
			for _, line := range strings.Split(text, "\n") {
				if !strings.HasPrefix(line, "#") {
					said = append(said, line)
				}
			}
			text = strings.ToLower(strings.Join(said, "\n"))
			for _, w := range words {
				if name == InsolvencyClaim && w == "publish" { // the judgment is
					continue
				}
				if strings.Contains(text, w) {
					t.Errorf("%s %s says %q", name, lang, w)
				}
			}
			if kinds[name].days > 0 && !strings.Contains(text, "{deadline}") {
				t.Errorf("%s %s has no deadline", name, lang)
			}
		}
	}
}

// TestReminders: each asks to call back, repeats the means of payment and gives an amount and a date.
func TestReminders(t *testing.T) {
	for _, name := range Models() {
		for _, lang := range []string{"fr", "en", "nl", "de"} {
			text, _ := models.Text(name, lang)
			for _, want := range []string{"{phone}", "@bank", "{total}", "{deadline}", "{letter}"} {
				if want == "{letter}" && (name == PreDue || name == LastReminder || name == FormalNotice || name == HandoverNotice) {
					continue
				}
				if Level(name) > 0 && !strings.Contains(text, want) {
					t.Errorf("%s %s has no %s", name, lang, want)
				}
			}
		}
	}
}

// TestEveryKind: what comes with the program and what the program treats in a way of its own are the same.
func TestEveryKind(t *testing.T) {
	codes := map[string]string{}
	for _, name := range Models() {
		k, ok := kinds[name]
		if !ok || codes[k.code] != "" {
			t.Errorf("%s: %+v, %s", name, k, codes[k.code])
		}
		codes[k.code] = name
	}
	if len(kinds) != len(Models()) {
		t.Errorf("%d kinds, %d models", len(kinds), len(Models()))
	}
	order := []string{Quitus, PreDue, FirstReminder, SecondReminder, LastReminder, FormalNotice, HandoverNotice}
	for i, name := range order {
		if Level(name) != i {
			t.Errorf("%s has level %d", name, Level(name))
		}
	}
}

func fillText(t *testing.T, text string, f filling) string {
	t.Helper()
	m, err := parseModel("m", "fr", text)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range m.parts {
		if !f.holds(p.conds) {
			continue
		}
		var b strings.Builder
		if p.drawn != "" {
			b.WriteString("@" + p.drawn)
		}
		for _, r := range f.runs(p.pieces) {
			if r.Bold {
				b.WriteString("<" + r.Text + ">")
			} else {
				b.WriteString(r.Text)
			}
		}
		out = append(out, b.String())
	}
	return strings.Join(out, "/")
}

func TestFilling(t *testing.T) {
	one := filling{fields: map[string]string{"total": "5 €", "numbers": "F-1", "company": "{total}"}, conditions: map[string]bool{"claim": true}}
	several := filling{fields: one.fields, several: true}
	for _, k := range []struct {
		text, want string
		f          filling
	}{
		{"Payez **{total}** vite", "Payez <5 €> vite", one},
		{"{la facture {numbers}|les factures}", "la facture F-1", one},
		{"{la facture {numbers}|les **deux** factures}", "les <deux> factures", several},
		{"a\nb\n\nc", "a b/c", one},
		{"# rien\na", "a", one},
		{"@if claim\na\n@else\nb\n@end\nc", "a/c", one},
		{"@if claim\na\n@else\nb\n@end\nc", "b/c", several},
		{"@if claim\n@if iban\na\n@else\nb\n@end\n@table\n@end", "b/@table", one},
		{"@if claim\n@if iban\na\n@end\n@else\nc\n@end", "c", several},
		{"Il a dit : « oui » ! l'an", "Il a dit\u00a0: «\u00a0oui\u00a0»\u202f! l’an", one},
		{"{company}", "{total}", one}, // a field's text is never read as a model
		{"2 * 3", "2 * 3", one},
		{"{|s}", "s", several},
	} {
		if got := fillText(t, k.text, k.f); got != k.want {
			t.Errorf("%q: %q, want %q", k.text, got, k.want)
		}
	}
}

func TestBrokenModels(t *testing.T) {
	for _, k := range []struct {
		text, code string
		line       int
	}{
		{"a\n\nb {totall} c", "letter_model_field", 3},
		{"@subject {nummer}", "letter_model_field", 1},
		{"a\n{total", "letter_model_line", 2},
		{"a\n\nb\nc } d", "letter_model_line", 4},
		{"a\n\n{x|y", "letter_model_line", 3},
		{"{a|{b|{c|{d|{e|f}}}}}", "letter_model_line", 1},
		{"@if rain\n@end", "letter_model_line", 1},
		{"@if claim\na", "letter_model_open", 1},
		{"a\n@if claim\n@if iban\nb\n@end\n\nc", "letter_model_open", 2},
		{"@if iban\n@if claim\na\n@else\nb", "letter_model_open", 2},
		{"a\nb {total}\nc {totall}", "letter_model_field", 3},
		{"a\n# remark\nc {totall}", "letter_model_field", 3},
		{"a\n\nb **c**\nd **e", "letter_model_line", 4},
		{"@subject **a", "letter_model_line", 1},
		{"a « b » ;\nb {total|\nc d", "letter_model_line", 2},
		{"a\nb {x|{totall}}\nc", "letter_model_field", 2},
		{"a\n@end", "letter_model_line", 2},
		{"@else", "letter_model_line", 1},
		{"@if claim\n@else\n@else\n@end", "letter_model_line", 3},
		{"\n@drawing", "letter_model_line", 2},
		{"@table now", "letter_model_line", 1},
		{"a\n\n{first_reminder}", "letter_model_field", 3}, // a model cannot take in a model, nor itself
		{"@include first_reminder", "letter_model_line", 1},
		{strings.Repeat("@if claim\n", 9999), "letter_model_line", 7},
	} {
		_, err := parseModel("m", "fr", k.text)
		e, ok := err.(*ledger.Error)
		if !ok || e.Code != k.code || e.Args["line"] != k.line || e.Args["model"] != "m" {
			t.Errorf("%q: %v, want %s at line %d", k.text, err, k.code, k.line)
		}
	}
}

func FuzzParseModel(f *testing.F) {
	f.Add("@subject {facture {numbers}|x}\n\n@if claim\n**a** {total}\n@else\nb\n@end\n@table")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := parseModel("m", "fr", text)
		if err != nil {
			if code := ledger.CodeOf(err); code != "letter_model_field" && code != "letter_model_line" && code != "letter_model_open" {
				t.Fatal(err)
			}
			return
		}
		for _, p := range m.parts {
			filling{fields: map[string]string{}, conditions: map[string]bool{}}.runs(p.pieces)
		}
	})
}
