package letters

import (
	"slices"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
)

// TestOriginalsLackNothing: what comes with the program has all that the law asks of it, in every language, tells of interest only
// where it is owed, and uses fields that have a value.
func TestOriginalsLackNothing(t *testing.T) {
	for _, name := range Models() {
		for _, lang := range letterLangs {
			text, err := Source(name, lang)
			if err == nil {
				err = CheckText(name, lang, text)
			}
			if err != nil {
				t.Fatal(err)
			}
			if l := Lacks(name, lang, text); len(l) > 0 {
				t.Errorf("%s %s lacks %v", name, lang, l)
			}
			if e, u := Elsewhere(name, lang, text), Unbound(name, lang, text); len(e)+len(u) > 0 {
				t.Errorf("%s %s: elsewhere %v, unbound %v", name, lang, e, u)
			}
		}
		for _, w := range []*words.Words{words.New(words.FR), words.New(words.EN)} {
			for _, f := range Fields(name) {
				if !slices.Contains(fieldNames, f) || strings.HasPrefix(Need("{"+f+"}").Text(w), "[") {
					t.Errorf("%s: field %s", name, f)
				}
			}
			for _, n := range needsOf(name) {
				if strings.HasPrefix(n.Text(w), "[") {
					t.Errorf("%s: %s has no name", name, n)
				}
			}
		}
	}
}

// TestLacks: what is taken out is told, each by its kind.
func TestLacks(t *testing.T) {
	for _, k := range []struct {
		model, without, put string
		want                []Need
	}{
		{BelgianReminder, "\n@products\n", "\n", []Need{"@products"}},
		{BelgianReminder, "Ce premier rappel est gratuit.", "", []Need{"~free"}},
		{BelgianReminder, "de **{be_indemnity}**", "forfaitaire", []Need{"{be_indemnity}"}},
		{FormalNotice, "@statement", "", []Need{"@statement"}},
		{FormalNotice, "@if fr_person", "@if not iban", []Need{"@if fr_person"}},
		{PromiseConfirmation, "La date convenue n'emporte renonciation ni aux pénalités de retard ni à l'indemnité forfaitaire pour frais de recouvrement.", "Merci.", []Need{"~reserved"}},
		{FirstReminder, "{deadline}", "bientôt", []Need{"{deadline}"}},
		{SecondReminder, "{phone}", "notre numéro", nil},
	} {
		text, _ := Source(k.model, words.FR)
		if !strings.Contains(text, k.without) {
			t.Fatalf("%s has no %q", k.model, k.without)
		}
		if got := Lacks(k.model, words.FR, strings.ReplaceAll(text, k.without, k.put)); !slices.Equal(got, k.want) {
			t.Errorf("%s without %q lacks %v, want %v", k.model, k.without, got, k.want)
		}
	}
	first, _ := Source(FirstReminder, words.FR)
	if got := Unbound(FirstReminder, words.FR, first+"\n\nS'y ajoutent {flat}.\n"); !slices.Equal(got, []string{"flat"}) {
		t.Errorf("unbound %v", got)
	}
	if got := Unbound(FirstReminder, words.FR, first+"\n\n@if fr_company\nS'y ajouteront {flat}.\n@end\n"); len(got) > 0 {
		t.Errorf("unbound %v", got)
	}
	if got := Elsewhere(FirstReminder, words.FR, first+"\n\nVous avez promis {promised}.\n"); !slices.Equal(got, []string{"promised"}) {
		t.Errorf("elsewhere %v", got)
	}
}

func TestCheckText(t *testing.T) {
	for _, k := range []struct{ model, text, code string }{
		{"love_letter", "@subject a", "letter_model_unknown"},
		{FirstReminder, "", "letter_model_subject"},
		{FirstReminder, "Bonjour", "letter_model_subject"},
		{FirstReminder, "@subject a\n" + strings.Repeat("x", mostText), "letter_model_long"},
		{FirstReminder, "@subject a\n\n{totale}", "letter_model_field"},
		{FirstReminder, "@subject a\n\n@if claim", "letter_model_open"},
		{FirstReminder, "@subject a", ""},
	} {
		if err := CheckText(k.model, words.FR, k.text); ledger.CodeOf(err) != k.code {
			t.Errorf("%.40q: %v, want %s", k.text, err, k.code)
		}
	}
}

// TestOwnerText: letters and e-mails are in the owner's words, in each language its own; a text that cannot be read any more gives way
// to the one that comes with the program, and one that lacks what the law asks for is told.
func TestOwnerText(t *testing.T) {
	s := newSample(t)
	c := s.customer(ledger.Customer{Ref: "C-1", Name: "Dervaux", Address: "8 rue du Pressoir", Postcode: "38998", Town: "Valbrie", Language: "de", Country: "CH"})
	s.invoice(c, "F-1", 12345, 20)
	text := &ledger.Text{Name: TextName(FirstReminder, words.DE), Body: "@subject Gruß\n\nGrüße: {total} bis {deadline}.\n\n@table\n\n@signature"}
	s.d.Put(text)
	l, warnings := s.compose(Request{Customer: c})
	if contains(t, bodyText(l), "Grüsse: "); l.Lang != "de-CH" || l.title != "Gruss" || len(codes(warnings)) > 0 {
		t.Errorf("%s %q %v", l.Lang, l.title, codes(warnings))
	}
	if l.Value("total") == "" || l.Value("quote") != "" {
		t.Errorf("values: %q", l.Value("total"))
	}
	m, _, err := Mail(Request{Book: s.d.Next(), Customer: c, Model: FirstReminder, On: today})
	if err != nil || m.Subject != "Gruss" || !strings.Contains(m.Text, "Grüsse") {
		t.Errorf("%v %v", m, err)
	}
	fr, _ := s.compose(Request{Customer: c, Lang: words.FR})
	contains(t, bodyText(fr), "Sauf erreur de notre part")

	text.Body = "@subject Gruß\n\nGrüße\n\n@table\n\n@signature"
	s.d.Put(text)
	_, warnings = s.compose(Request{Customer: c})
	if !slices.Equal(codes(warnings), []string{"model_lacks"}) {
		t.Fatal(codes(warnings))
	}
	if got := WarningText(words.New(words.FR), warnings[0]); !strings.Contains(got, "Total à régler, Date limite") {
		t.Error(got)
	}
	text.Body = "@subject a\n\n{dance}"
	s.d.Put(text)
	l, warnings = s.compose(Request{Customer: c})
	if contains(t, bodyText(l), "sofern kein Irrtum"); !slices.Equal(codes(warnings), []string{"model_unreadable"}) {
		t.Fatal(codes(warnings))
	}
	if got := WarningText(words.New(words.FR), warnings[0]); !strings.Contains(got, "ligne 3") {
		t.Error(got)
	}
}
