package guide

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

var update = flag.Bool("update", false, "write the golden files anew")

// one is a company with one invoice, everything known.
func one() Facts {
	return Facts{On: ledger.Day(2026, 11, 24), Company: "Menuiserie Valdoré", Owner: "Claire Valdoré", Phone: "01 99 00 27 60", Country: "FR",
		Customer: "Garage Tessonnier", Kind: ledger.CompanyCustomer, Contact: "Mme Lepage", Role: "comptabilité", Terms: "30 jours nets",
		Invoices: []Invoice{{Number: "F-2026-0311", Issued: ledger.Day(2026, 9, 8), Due: ledger.Day(2026, 10, 8), DaysLate: 47, Open: ledger.Euros(412000),
			Subject: "portail coulissant 4 m", Order: "BC-771", Delivered: ledger.Day(2026, 9, 5), Proof: "bon 1182 signé le 5 septembre", Sent: ledger.Day(2026, 9, 8)}},
		Total: ledger.Euros(412000), Interest: ledger.Euros(6502), Indemnity: ledger.Euros(4000),
		Bank: ledger.Day(2026, 11, 23), Reminded: ledger.Day(2026, 11, 6)}
}

// five is the same company with five invoices, one paid in part.
func five() Facts {
	f := one()
	for i := range 4 {
		f.Invoices = append(f.Invoices, Invoice{Number: fmt.Sprintf("F-2026-04%02d", i), Due: ledger.Day(2026, 10, 20+i), DaysLate: 35 - i, Open: ledger.Euros(10000)})
	}
	f.Invoices[0].Open = ledger.Euros(372000)
	f.Invoices[0].Proof, f.Invoices[0].Sent = "", 0
	f.Paid = ledger.Euros(40000)
	f.Dispute = &Contest{Number: "F-2026-0290", Words: "rayure au portillon", On: ledger.Day(2026, 10, 2)}
	return f
}

func cases() map[string]Facts {
	broken := five()
	broken.Invoices = slices.Clone(broken.Invoices[:2])
	broken.Invoices[1].Open = ledger.Euros(40000)
	broken.Promise = &Promise{Made: ledger.Day(2026, 11, 13), Due: ledger.Day(2026, 11, 20), Amount: ledger.Euros(412000), By: "Mme Lepage", Broken: true}
	broken.Last = &Contact{On: ledger.Day(2026, 11, 13), With: "Mme Lepage", Said: "virement vendredi"}
	inPart := one()
	inPart.Promise = &Promise{Made: ledger.Day(2025, 12, 13), Due: ledger.Day(2025, 12, 20), Broken: true, InPart: true}
	running := one()
	running.Agreed = []Agreement{{ledger.Euros(300000), ledger.Day(2026, 11, 26), "par virement"}, {ledger.Euros(112000), ledger.Day(2027, 1, 4), ""}}
	running.Promise = &Promise{Made: ledger.Day(2026, 11, 20), Due: ledger.Day(2026, 11, 30), Amount: ledger.Euros(412000)}
	consumer := one()
	consumer.Kind, consumer.Customer, consumer.Contact, consumer.Role, consumer.Terms = ledger.Consumer, "Mme Odile Rastignac", "", "", ""
	consumer.Interest, consumer.Indemnity = ledger.Money{}, ledger.Money{}
	consumer.Invoices = []Invoice{{Number: "F-2026-0352", Issued: ledger.Day(2026, 10, 1), Due: ledger.Day(2026, 11, 23), DaysLate: 1, Open: ledger.Euros(48000), Subject: "volet roulant"}}
	consumer.Total = ledger.Euros(48000)
	public := one()
	public.Kind, public.Customer, public.Contact = ledger.PublicBody, "Mairie de Valbonne-sur-Orge", "M. Hérault"
	bare := Facts{On: ledger.Day(2026, 11, 24), Company: "Menuiserie Valdoré", Owner: "Claire Valdoré", Phone: "01 99 00 27 60", Country: "BE", Customer: "Tessonnier SA",
		Invoices: []Invoice{{Number: "17", Due: ledger.Day(2026, 10, 8), DaysLate: 47}}, Total: ledger.Euros(412000)}
	contested := one()
	contested.Total, contested.Dispute = ledger.Money{}, &Contest{Number: "F-2026-0311", Words: "rayure", On: ledger.Day(2026, 10, 12)}
	return map[string]Facts{"contested": contested, "one": one(), "five": five(), "broken": broken, "broken_in_part": inPart, "running": running,
		"consumer": consumer, "public": public, "bare": bare}
}

// soon makes the invoices of a case fall due after the call.
func soon(f Facts) Facts {
	f.Invoices = slices.Clone(f.Invoices)
	for i := range f.Invoices {
		f.Invoices[i].Due, f.Invoices[i].DaysLate = f.On.Add(10+i), 0
		if f.Kind != "" {
			f.Invoices[i].Issued = f.On.Add(-20)
		}
	}
	f.Interest, f.Indemnity, f.Reminded, f.Promise = ledger.Money{}, ledger.Money{}, 0, nil
	return f
}

func fill(t *testing.T, kind Kind, lang string, f Facts) *Filled {
	t.Helper()
	g, err := For(kind, lang, nil)
	if err != nil {
		t.Fatal(err)
	}
	return g.Fill(f)
}

// each calls f for every filled guide of the cases.
func each(t *testing.T, f func(t *testing.T, kind Kind, lang, name string, facts Facts, out *Filled)) {
	for _, kind := range []Kind{Late, Preventive} {
		for _, lang := range []string{"fr", "en"} {
			for name, facts := range cases() {
				if kind == Preventive {
					facts = soon(facts)
				}
				t.Run(string(kind)+" "+lang+" "+name, func(t *testing.T) { f(t, kind, lang, name, facts, fill(t, kind, lang, facts)) })
			}
		}
	}
}

// TestEveryCase holds what is said in the cases; the other cases show only what they say otherwise than
// the first.
func TestEveryCase(t *testing.T) {
	first := map[string]map[string]bool{}
	for _, kind := range []Kind{Late, Preventive} {
		for _, lang := range []string{"fr", "en"} {
			key := string(kind) + "." + lang
			first[key] = map[string]bool{}
			facts := cases()["one"]
			if kind == Preventive {
				facts = soon(facts)
			}
			for _, b := range blocks(fill(t, kind, lang, facts)) {
				first[key][b] = true
			}
		}
	}
	each(t, func(t *testing.T, kind Kind, lang, name string, _ Facts, out *Filled) {
		if kind == Preventive && (strings.HasPrefix(name, "broken") || name == "running" || name == "contested") {
			return // nothing of the kind is known before the due date
		}
		var b strings.Builder
		key := string(kind) + "." + lang
		for _, block := range blocks(out) {
			if name == "one" || !first[key][block] {
				b.WriteString(block + "\n")
			}
		}
		golden(t, fmt.Sprintf("%s.%s.%s.txt", kind, name, lang), b.String())
	})
}

// blocks writes a filled guide for reading.
func blocks(f *Filled) []string {
	out := []string{"= " + f.Title + "\n"}
	add := func(head string, parts ...any) {
		b := "- " + head + "\n"
		for i := 0; i+1 < len(parts); i += 2 {
			if s := marked(parts[i+1]); s != "" {
				b += fmt.Sprintf("  %-8s %s\n", parts[i], s)
			}
		}
		out = append(out, b)
	}
	for _, s := range f.Steps {
		add(s.ID+": "+s.Title, "say", s.Say, "ask", s.Ask, "avoid", s.Avoid, "hint", s.Hint)
	}
	for _, o := range f.Objections {
		add(strings.TrimSpace(o.Key+" "+o.ID+": "+o.Title), "says", o.Says, "where", o.Where, "due", o.Due, "propose", o.Propose,
			"ask", o.Ask, "avoid", o.Avoid, "hint", o.Hint, "reason", fmt.Sprint(o.Reason, " ", o.Outcomes))
	}
	for i, list := range [][]Text{f.Questions, f.Back, f.Reminders} {
		for _, t := range list {
			add([]string{"question", "back", "reminder"}[i], "", t)
		}
	}
	add("others", "voicemail", f.Voicemail, "switchboard", f.Switchboard, "foot", f.Foot)
	for _, r := range f.MustNot {
		add("must not", "", r.Text, "source", r.Source)
	}
	for _, p := range f.Phrases {
		add("phrase "+p.Code+": "+p.Label, "", p.Text)
	}
	for _, n := range f.Notes {
		add("note "+n.ID+": "+n.Title, "", strings.ReplaceAll(n.Text, "\n", " / "))
	}
	return out
}

func marked(v any) string {
	t, ok := v.(Text)
	if !ok {
		return v.(string)
	}
	var b strings.Builder
	for _, r := range t {
		if r.Bold {
			b.WriteString("**" + r.Text + "**")
		} else {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s differs; look at it, then run with -update:\n%s", path, got)
	}
}

// TestComplete: both languages have the same parts, and every part has its texts whatever is known.
func TestComplete(t *testing.T) {
	steps := []string{"open", "situation", "agreed", "listen", "propose", "engage", "recap"}
	outline := map[Kind]map[string][]string{Late: {}, Preventive: {}}
	each(t, func(t *testing.T, kind Kind, lang, name string, _ Facts, out *Filled) {
		var got []string
		for i, s := range out.Steps {
			if i >= len(steps) || s.ID != steps[i] {
				t.Fatalf("step %d is %s", i+1, s.ID)
			}
			if s.Say == nil || s.Avoid == nil || s.Hint == nil || s.Title == "" {
				t.Errorf("step %s lacks a text", s.ID)
			}
		}
		keys := ""
		for _, o := range out.Objections {
			keys += o.Key
			got = append(got, fmt.Sprint(o.ID, o.Key, o.Reason, o.Outcomes))
			if o.Where == nil || o.Due == nil || o.Propose == nil || o.Ask == nil || o.Avoid == nil || o.Hint == nil ||
				o.Title == "" || o.Says == "" || o.Reason == "" || len(o.Outcomes) == 0 {
				t.Errorf("objection %s lacks something", o.ID)
			}
			if !strings.Contains(o.Propose.String(), "?") || !slices.ContainsFunc(o.Propose, func(r letters.Run) bool { return r.Bold }) {
				t.Errorf("the answer to %s asks for no commitment", o.ID)
			}
			if o.Key != "" && out.ByKey(o.Key).ID != o.ID {
				t.Errorf("%s opens another objection", o.Key)
			}
		}
		if name == "contested" { // nothing is asked for: an answer that would ask is left out
			return
		}
		if keys != "F1F2F3F4F5F6F7F8F9" {
			t.Errorf("keys are %s", keys)
		}
		if n := len(out.Objections); n < 10 || kind == Late && n < 20 {
			t.Errorf("only %d objections", n)
		}
		if out.Title == "" || out.Voicemail == nil || out.Switchboard == nil || out.Foot == nil || len(out.Back) < 2 || len(out.Reminders) < 4 ||
			len(out.Questions) < 4 || len(out.MustNot) < 6 || len(out.Notes) < 3 {
			t.Error("something common is missing")
		}
		if len(out.Phrases) < 15 {
			t.Errorf("only %d phrases", len(out.Phrases))
		}
		if other, ok := outline[kind][name]; ok && !slices.Equal(other, got) {
			t.Errorf("the languages differ: %v, %v", other, got)
		}
		outline[kind][name] = got
	})
}

// TestSources: every rule names its source where the owner's company is French.
func TestSources(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		for _, r := range fill(t, Late, lang, cases()["consumer"]).MustNot {
			if r.Source == "" {
				t.Errorf("%s: no source for %q", lang, r.Text)
			}
		}
		for _, r := range fill(t, Late, lang, cases()["bare"]).MustNot {
			if strings.Contains(r.Source, "art.") {
				t.Errorf("%s: French law for a Belgian company: %q", lang, r.Source)
			}
		}
	}
}

// TestSaidWell: what is said is whole, says no soft word and no threat.
func TestSaidWell(t *testing.T) {
	forbidden := map[string][]string{
		"fr": {"petit", "éventuel", "permets", "souci", "essay", "si possible", "peut-être", "juste", "désolé", "excus", "merci d'avance", "malheureusement",
			"sanction", "huissier", "tribunal", "avocat", "plainte", "poursuite", "saisie", "contentieux", "dernier délai", "sinon nous", "je vous préviens", "mise en demeure",
			"je pense que", "il faudrait", "pourriez", "voudrais"},
		"en": {"little", "just wondering", "possibly", "maybe", "perhaps", "hopefully", "sorry", "try ", "unfortunately", "if you don't", "if possible", "afraid",
			"court", "lawyer", "bailiff", "sue ", "legal action", "final", "or else", "i warn", "formal notice", "might"},
	}
	allowed := strings.NewReplacer("justement", "", "justes", "", "est juste", "")
	each(t, func(t *testing.T, kind Kind, lang, name string, _ Facts, out *Filled) {
		for _, s := range said(out) {
			for _, w := range forbidden[lang] {
				if strings.Contains(strings.ReplaceAll(allowed.Replace(strings.ToLower(s)), "’", "'"), w) {
					t.Errorf("says %q in %q", w, s)
				}
			}
		}
		for _, b := range blocks(out) {
			for _, bad := range []string{"{", "}", "|", "@", " ,", " .", "..", "([", "\u00a0\u00a0", " None", "–", "()", "“”"} {
				if strings.Contains(b, bad) {
					t.Errorf("%q in %s", bad, b)
				}
			}
			if m := contracted.FindString(b); m != "" {
				t.Errorf("%q in %s", m, b)
			}
			for _, line := range strings.Split(b, "\n") {
				if strings.Contains(strings.TrimLeft(line[min(len(line), 11):], " "), "  ") {
					t.Errorf("two blanks in %q", line)
				}
			}
		}
	})
}

// contracted finds articles that French joins with the word before.
var contracted = regexp.MustCompile(` (de|à) les? (\d|factures?|lundi|mardi|mercredi|jeudi|vendredi)`)

// said lists what the owner says aloud.
func said(f *Filled) []string {
	var out []string
	for _, s := range f.Steps {
		out = append(out, s.Say.String(), s.Ask.String())
	}
	for _, o := range f.Objections {
		out = append(out, o.Where.String(), o.Due.String(), o.Propose.String(), o.Ask.String())
	}
	for _, t := range slices.Concat(f.Questions, f.Back, []Text{f.Voicemail, f.Switchboard}) {
		out = append(out, t.String())
	}
	return out
}

// TestSpokenSentencesAreShort: nobody says forty words in one breath.
func TestSpokenSentencesAreShort(t *testing.T) {
	each(t, func(t *testing.T, kind Kind, lang, name string, _ Facts, out *Filled) {
		for _, s := range said(out) {
			for _, sentence := range strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == '?' || r == ';' }) {
				if n := len(strings.Fields(sentence)); n > 26 {
					t.Errorf("%d words: %q", n, sentence)
				}
			}
		}
	})
}

// TestOthersHearNothing: voicemail and switchboard never speak of the debt, whatever the facts are.
func TestOthersHearNothing(t *testing.T) {
	each(t, func(t *testing.T, kind Kind, lang, name string, f Facts, out *Filled) {
		for _, text := range []Text{out.Voicemail, out.Switchboard} {
			s := text.String()
			secrets := []string{words.New(words.Lang(lang)).Money(f.Total), f.Terms, "€"}
			for _, i := range f.Invoices {
				secrets = append(secrets, i.Number, i.Subject, i.Order)
			}
			for _, secret := range secrets {
				if secret != "" && strings.Contains(s, secret) {
					t.Errorf("%q tells %q", s, secret)
				}
			}
			if w := speaksOfMoney(s); w != "" {
				t.Errorf("%q says %q", s, w)
			}
		}
	})
}

// TestAnythingMayBeUnknown: without a fact at all nothing fails, and nothing is made up.
func TestAnythingMayBeUnknown(t *testing.T) {
	for _, kind := range []Kind{Late, Preventive} {
		for _, lang := range []string{"fr", "en"} {
			for _, b := range blocks(fill(t, kind, lang, Facts{})) {
				if strings.ContainsAny(b, "{}@") || strings.Contains(b, "  .") {
					t.Error(b)
				}
			}
		}
	}
}

func TestFactsDecide(t *testing.T) {
	c := cases()
	for _, k := range []struct{ name, objection, want, not string }{
		{"broken", "not_received", "Le 13 novembre, nous avons fixé ensemble", "parvenue"},
		{"one", "not_received", "La facture F-2026-0311 vous a été envoyée le 8 septembre.", "13 novembre"},
		{"bare", "not_received", "Vous me dites ne pas l’avoir reçue.", "envoyée"},
		{"broken_in_part", "more_time", "Le 13 décembre 2025", ""},
		{"public", "not_received", "mise en paiement", "à régler 4"},
		{"consumer", "more_time", "480,00", "indemnités"},
		{"one", "more_time", "105,02", ""},
		{"consumer", "colleague", "en personne", "480,00"},
	} {
		f := fill(t, Late, "fr", c[k.name])
		i := slices.IndexFunc(f.Objections, func(o Objection) bool { return o.ID == k.objection })
		got := f.Objections[i].Where.String() + " " + f.Objections[i].Due.String() + " " + f.Objections[i].Propose.String()
		if !strings.Contains(got, k.want) || k.not != "" && strings.Contains(got, k.not) {
			t.Errorf("%s, %s: %s", k.name, k.objection, got)
		}
	}
}

// TestExcept: nobody is offered what such a customer does not say.
func TestExcept(t *testing.T) {
	for _, k := range []struct{ name, objection string }{{"consumer", "takeover"}, {"public", "insolvency"}, {"public", "own_customer"}} {
		for name, facts := range cases() {
			offered := slices.Contains(ids(fill(t, Late, "fr", facts).Objections), k.objection)
			if name == k.name && offered || name == "one" && !offered {
				t.Errorf("%s, %s: %v", name, k.objection, offered)
			}
		}
	}
}

func TestCommitDay(t *testing.T) {
	for _, k := range []struct{ on, want ledger.Date }{
		{ledger.Day(2026, 11, 24), ledger.Day(2026, 11, 26)}, // Tuesday
		{ledger.Day(2026, 11, 26), ledger.Day(2026, 11, 30)}, // Thursday
		{ledger.Day(2026, 11, 28), ledger.Day(2026, 12, 1)},  // Saturday
	} {
		if got := CommitDay(k.on); got != k.want {
			t.Errorf("%v: %v, want %v", k.on, got, k.want)
		}
	}
}

func TestSearch(t *testing.T) {
	f := fill(t, Late, "fr", one())
	for _, k := range []struct{ q, first string }{
		{"pas reçu", "not_received"}, {"RECU", "not_received"}, {"liquidation", "insolvency"}, {"assurance", "third_party"}, {"rabais", "discount"},
		{"cheque", "in_the_post"}, {"facture égarée", "lost"}, {"comptable", "accountant"}, {"l'assurance", "third_party"},
	} {
		got := f.Search(k.q)
		if len(got) == 0 || got[0].ID != k.first {
			t.Errorf("%q finds %v", k.q, ids(got))
		}
	}
	if n := len(f.Search(" ")); n != len(f.Objections) {
		t.Errorf("nothing asked for finds %d", n)
	}
	if got := f.Search("zzz"); len(got) != 0 {
		t.Errorf("zzz finds %v", ids(got))
	}
	if f.ByKey("F10") != nil || f.ByKey("") != nil {
		t.Error("a key that is none opens something")
	}
}

func ids(list []Objection) []string {
	var out []string
	for _, o := range list {
		out = append(out, o.ID)
	}
	return out
}
