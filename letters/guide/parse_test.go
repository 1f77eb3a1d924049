package guide

import (
	"fmt"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
)

const objection = "@objection a A\n@where\nx\n@due\ny\n@propose\nz ?\n"

// TestErrorsNameTheLine: an owner who edits a guide is told where it cannot be read.
func TestErrorsNameTheLine(t *testing.T) {
	for _, k := range []struct {
		text, code string
		line       int
	}{
		{"bonjour", "guide_line", 1},
		{"@title A\nbonjour", "guide_line", 2},
		{"# rien\n@step a", "guide_line", 2},
		{"@step A Ouvrir", "guide_line", 1},
		{"@step", "guide_line", 1},
		{"@title", "guide_line", 1},
		{"@question Pourquoi ?", "guide_line", 1},
		{"@dance", "guide_line", 1},
		{"@say\nx", "guide_line", 1},
		{"@question\n@if rain\nx\n@end", "guide_line", 2},
		{"@question\n@else", "guide_line", 2},
		{"@question\n@if due\nx\n@else\ny\n@else\nz\n@end", "guide_line", 6},
		{"@question\nx\n@end", "guide_line", 3},
		{"@question\n@if due\nx", "guide_line", 3},
		{"@question\n@if due\nx\n@question\ny", "guide_line", 4},
		{"@step a A\n@say\n@if due\nx\n@avoid\ny\n@end", "guide_line", 5},
		{"@question\n" + strings.Repeat("@if due\n", 7), "guide_line", 8},
		{"@question\n\n{due", "guide_line", 3},
		{"@question\n\nx } y", "guide_line", 3},
		{"@question\nx\n\n{x|y", "guide_line", 4},
		{"@question\n{a|{b|{c|{d|{e|f}}}}}", "guide_line", 2},
		{"@question\n\nx {totall}", "guide_field", 3},
		{"@step a A {due}\n@say\nx", "guide_field", 1},
		{"@voicemail\nbonjour {total}", "guide_field", 2},
		{"@switchboard\n\nbonjour {numbers}", "guide_field", 3},
		{"@voicemail\nbonjour, une facture", "guide_private", 2},
		{"@voicemail\nce qui est dû", "guide_private", 2},
		{"@switchboard\nIt is about a payment", "guide_private", 2},
		{"@switchboard\nil s'agit de 40 €", "guide_private", 2},
		{"@step a A\n@say\nx\n@say\ny", "guide_twice", 4},
		{"@step a A\n@say\nx\n@step a B\n@say\ny", "guide_twice", 4},
		{"@title A\n@title B", "guide_twice", 2},
		{objection + "@key F1\n@key F2", "guide_twice", 9},
		{objection + "@key F1\n" + strings.Replace(objection, "a A", "b B", 1) + "@key F1", "guide_twice", 16},
		{"@phrase a A\nx\n@phrase a B\ny", "guide_twice", 3},
		{objection + "@key F0", "guide_line", 8},
		{objection + "@key F12", "guide_line", 8},
		{objection + "@reason laziness", "guide_line", 8},
		{objection + "@outcomes promise fame", "guide_line", 8},
		{objection + "@except public rain", "guide_line", 8},
		{objection + "@says", "guide_line", 8},
		{objection + "@says x\ny", "guide_line", 9},
		{"\n@step a A\n@avoid\nx", "guide_missing", 2},
		{"@question", "guide_missing", 1},
		{"\n@question\nx", "guide_missing", 1}, // no step
		{"@objection a A\n@where\nx\n@due\ny\n\n@question\nx", "guide_missing", 1},
		{"@question\n" + strings.Repeat("a", maxText+1), "guide_long", 2},
		{strings.Repeat("@question\nx\n", maxEntries+1), "guide_long", 2*maxEntries + 1},
		{strings.Repeat("x", maxFile+1), "guide_long", 0},
	} {
		err := Check("late", "fr", k.text)
		e, ok := err.(*ledger.Error)
		if !ok || e.Code != k.code || e.Args["line"] != k.line || e.Args["guide"] != "late" {
			t.Errorf("%.80q: %v, want %s at line %d", k.text, err, k.code, k.line)
		}
	}
}

// TestErrorsHaveSentences: each code is explained in both languages, with its line.
func TestErrorsHaveSentences(t *testing.T) {
	for _, text := range []string{"bonjour", "@question\n{x}", "@title A\n@title B", "@question", "@voicemail\nune facture", "@question\n" + strings.Repeat("a", maxText+1)} {
		for _, lang := range []words.Lang{words.FR, words.EN} {
			if s := words.New(lang).Error(Check("late", string(lang), text)); strings.Contains(s, "[") || strings.Contains(s, "{") || !strings.ContainsAny(s, "12") {
				t.Errorf("%q", s)
			}
		}
	}
	if s := words.New(words.FR).Error(ledger.Errorf("guide_unknown", "guide", "x")); strings.Contains(s, "[") {
		t.Error(s)
	}
}

// TestOwnTexts: the owner's text stands for the file of its name, and the others come with the program.
func TestOwnTexts(t *testing.T) {
	g, err := For(Late, "fr", map[string]string{"late": "\ufeff@title À moi\r\n@step open Ouvrir\r\n@say\r\n{owner}, d'abord.\r\n\r\nIl reste {total}.\r\n\r\n@if not public\r\nC'est **{commit}** !\r\n@end\r\n"})
	if err != nil {
		t.Fatal(err)
	}
	f := g.Fill(one())
	if got := marked(f.Steps[0].Say); f.Title != "À moi" || got != "Claire Valdoré, d’abord. Il reste 4\u202f120,00\u00a0€. C’est **jeudi 26 novembre**\u202f!" {
		t.Errorf("%q, %q", f.Title, got)
	}
	if f.Voicemail == nil || len(f.Objections) != 0 {
		t.Error("the common texts are not the program's")
	}
	facts := one()
	facts.Kind, facts.Total = ledger.PublicBody, ledger.Money{}
	if got := marked(g.Fill(facts).Steps[0].Say); got != "Claire Valdoré, d’abord." { // nothing is said of what is not known
		t.Errorf("%q", got)
	}
	if _, err := For(Late, "fr", map[string]string{"late": "x"}); ledger.CodeOf(err) != "guide_line" {
		t.Errorf("%v", err)
	}
	if _, err := For("love", "fr", nil); ledger.CodeOf(err) != "guide_unknown" {
		t.Errorf("%v", err)
	}
	if _, err := For(Late, "de", nil); ledger.CodeOf(err) != "guide_unknown" {
		t.Errorf("%v", err)
	}
	for _, name := range Names() {
		if text, err := Source(name, "en"); err != nil || Check(name, "en", text) != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFactsAreNotText: what a customer's data hold is never read as a guide, and is kept to one short line.
func TestFactsAreNotText(t *testing.T) {
	f := one()
	f.Owner = "{total} **x** @if |"
	f.Invoices[0].Subject = strings.Repeat("porte\n", 100)
	for i := range 9 {
		f.Agreed = append(f.Agreed, Agreement{ledger.Euros(1000), f.On.Add(i), "par virement"})
	}
	out := fill(t, Late, "fr", f)
	if s := out.Steps[6].Say.String(); strings.Count(s, "10,00") != 9 {
		t.Errorf("%q", s)
	}
	if s := out.Steps[0].Say.String(); !strings.Contains(s, f.Owner) {
		t.Errorf("%q", s)
	}
	for _, s := range out.Steps {
		if text := s.Say.String(); len([]rune(text)) > 800 || strings.Contains(text, "\n") {
			t.Errorf("%q", text)
		}
	}
}

// TestRemarksListEverything: the remarks at the head of the common guide name every field and condition.
func TestRemarksListEverything(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		text, err := Source(common, lang)
		if err != nil {
			t.Fatal(err)
		}
		remarks := map[string]bool{}
		for line := range strings.Lines(text) {
			if rest, ok := strings.CutPrefix(line, "#"); ok {
				for _, w := range strings.Fields(rest) {
					remarks[w] = true
				}
			}
		}
		for _, name := range Conditions() {
			if !remarks[name] {
				t.Errorf("%s does not explain %s", lang, name)
			}
		}
	}
}

func TestSpeaksOfMoney(t *testing.T) {
	for text, want := range map[string]string{
		"Rappelez-moi lundi, du côté de midi": "", "Nous sommes là, vous pouvez avoir un message": "", "Could you transfer me to Bill's office": "Bill",
		"votre Facture": "Facture", "une RELANCE": "RELANCE", "it is overdue": "overdue", "5 € ": "€ ", "les sommes": "", "I owe you a call": "owe",
	} {
		if got := speaksOfMoney(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, name := range Names() {
		for _, lang := range []string{"fr", "en"} {
			text, err := Source(name, lang)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text[:min(len(text), 3000)])
		}
	}
	f.Add(objection + "@key F1\n@if due\n{due|**x**}\n@else\n@end")
	known := []string{"guide_line", "guide_field", "guide_twice", "guide_missing", "guide_private", "guide_long"}
	f.Fuzz(func(t *testing.T, text string) {
		g, err := For(Late, "fr", map[string]string{"late": text})
		if err != nil {
			if code := ledger.CodeOf(err); !strings.Contains(strings.Join(known, " "), code) {
				t.Fatal(err)
			}
			if line := err.(*ledger.Error).Args["line"].(int); line < 0 || line > 1+strings.Count(text, "\n") {
				t.Fatalf("line %d of %q", line, text)
			}
			return
		}
		out := g.Fill(one())
		out.Search(text)
		for _, o := range out.Objections {
			if o.Key != "" && out.ByKey(o.Key).ID != o.ID {
				t.Fatal(o.Key)
			}
		}
		_ = fmt.Sprint(blocks(out))
	})
}

func BenchmarkFill(b *testing.B) {
	g, err := For(Late, "fr", nil)
	if err != nil {
		b.Fatal(err)
	}
	f := one()
	for b.Loop() {
		g.Fill(f)
	}
}

func BenchmarkFor(b *testing.B) {
	for b.Loop() {
		if _, err := For(Late, "fr", nil); err != nil {
			b.Fatal(err)
		}
	}
}
