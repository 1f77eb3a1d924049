package call

import (
	"slices"
	"strings"
	"testing"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters/guide"
)

// modelOf gives the model of a call to a customer of the sample.
func modelOf(t *testing.T, lang words.Lang, name string) *model {
	t.Helper()
	b, _ := office(t, lang)
	m := &model{desk: b.Desk, w: b.Words}
	l, err := m.load(customer(t, b, name), "")
	if err != nil {
		t.Fatal(err)
	}
	m.take(l)
	return m
}

func begin(t *testing.T, m *model) {
	t.Helper()
	c, err := m.start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m.started(c)
}

func says(m *model, id string) string {
	for _, s := range m.Guide.Steps {
		if s.ID == id {
			return s.Say.String()
		}
	}
	return ""
}

// What is said follows from the ledger: amounts, days, the promise that was not kept; and from what this call obtained.
func TestFactsAreSaid(t *testing.T) {
	m := modelOf(t, words.FR, garage)
	f := m.File.Facts(m.w, m.Contact, nil)
	if f.Total != ledger.Euros(648000) || f.Interest != ledger.Euros(8502) || f.Indemnity != ledger.Euros(8000) || len(f.Invoices) != 2 ||
		f.Invoices[0].DaysLate != 47 || f.Promise == nil || !f.Promise.Broken || f.Reminded.IsZero() {
		t.Errorf("the facts are %+v", f)
	}
	for step, want := range map[string]string{"open": "Mme Lepage", "situation": "47" + nb + "jours", "agreed": "13" + nb + "novembre", "engage": "26" + nb + "novembre"} {
		if got := says(m, step); !strings.Contains(strings.ReplaceAll(got, nb, " "), strings.ReplaceAll(want, nb, " ")) {
			t.Errorf("%s says %q", step, got)
		}
	}
	begin(t, m)
	if err := m.promise(ledger.Promise{Amount: ledger.Euros(412000), Due: ledger.Day(2026, 12, 3), Means: ledger.Transfer}); err != nil {
		t.Fatal(err)
	}
	if got := says(m, "recap"); !strings.Contains(got, "120,00") || !strings.Contains(got, "3 décembre") || !strings.Contains(got, "par virement") {
		t.Errorf("after the promise, the recap says %q", got)
	}
	if m.left() != ledger.Euros(236000) {
		t.Errorf("left is %v", m.left())
	}
	if wrong := m.checkPromise(ledger.Promise{Amount: ledger.Euros(900000), Due: ledger.Day(2026, 12, 3)}); len(wrong) != 1 || wrong[0].Code != "promise_above" {
		t.Errorf("more than is open is %v", wrong)
	}
}

// Whatever is said to others says nothing of the debt, for every customer.
func TestOthersHearNothing(t *testing.T) {
	b, _ := office(t, words.FR)
	for c := range b.Desk.State().Book.Customers.All() {
		m := &model{desk: b.Desk, w: b.Words}
		l, err := m.load(c.ID, "")
		if err != nil {
			t.Fatal(c.Name, err)
		}
		m.take(l)
		for _, text := range []guide.Text{m.Guide.Voicemail, m.Guide.Switchboard} {
			for _, bad := range []string{"factur", "€", "règl", "dû", "retard", "impay"} {
				if strings.Contains(text.String(), bad) {
					t.Errorf("%s: %q says %q", c.Name, text, bad)
				}
			}
		}
		if len(m.Guide.Steps) != 7 || m.heading().Amount == "" || m.file() == nil {
			t.Errorf("%s: something is missing", c.Name)
		}
		if consumer := c.Type == ledger.Consumer; consumer && strings.Contains(m.heading().Note, "indemnités") {
			t.Errorf("%s: indemnities are shown for a consumer", c.Name)
		}
	}
}

// A call is not ended without whom it reached, a reason, an outcome and a next step; a promise has to fit.
func TestEndingNeeds(t *testing.T) {
	m := modelOf(t, words.FR, garage)
	begin(t, m)
	e := m.end()
	missing := func() []string {
		list, err := e.check()
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, x := range list {
			out = append(out, x.Args["field"].(string))
		}
		return out
	}
	want := func(when string, fields ...string) {
		t.Helper()
		if got := missing(); !slices.Equal(got, fields) {
			t.Errorf("%s: wrong are %v", when, got)
		}
	}
	want("nothing answered", "reach")
	e.End.Reach = ledger.Reached
	want("reached", "reason", "outcomes")
	e.End.Reason = ledger.DelayUnknown
	e.tick(ledger.OutcomeNothing)
	want("nothing obtained", "next")
	e.Next = nextCallBack
	want("to be called back", "next")
	e.End.CallBack = ledger.Day(2026, 11, 27)
	want("on a day")
	e.tick(ledger.OutcomePromise)
	if slices.Contains(e.End.Outcomes, ledger.OutcomeNothing) {
		t.Error("a promise leaves Nothing ticked")
	}
	want("a promise without a day", "promise.due")
	e.End.Promises[0].Due, e.End.Promises[0].Amount = ledger.Day(2026, 11, 26), ledger.Euros(999999)
	want("more than is open", "promise.amount")
	if f := e.fit(); f.Mark != markWarn {
		t.Errorf("too much is shown as %+v", f)
	}
	e.End.Promises[0].Amount = ledger.Euros(648000)
	want("all that is due")
	if f := e.fit(); f.Mark != markGood {
		t.Errorf("all that is due is shown as %+v", f)
	}
	e.End.Reach, e.Next = ledger.WrongNumber, ""
	want("a wrong number", "next")
	e.Next = nextGoesOn
	want("reminders go on")
	if c := e.final(); c.Reason != "" || len(c.Outcomes) > 0 || len(c.Lines) == 0 {
		t.Errorf("a wrong number is recorded as %+v", c)
	}
}

// The summary says all that was agreed, asks for an answer, and takes silence for nothing.
func TestSummary(t *testing.T) {
	m := modelOf(t, words.FR, garage)
	begin(t, m)
	e := m.end()
	e.End.Reach, e.End.Reason, e.End.Undisputed = ledger.Reached, ledger.DelayCash, true
	for _, o := range []ledger.Outcome{ledger.OutcomePromise, ledger.OutcomeDocument, ledger.OutcomeCallBack, ledger.OutcomeTerms} {
		e.tick(o)
	}
	e.End.Promises = []ledger.Promise{{Amount: ledger.Euros(412000), Due: ledger.Day(2026, 11, 26), Means: ledger.Transfer, Invoices: m.File.AskedIDs()[:1]}}
	e.End.Document, e.End.Terms, e.End.CallBack, e.End.BackAt = "facture F-2026-0306", "acompte de 30 %", ledger.Day(2026, 11, 27), "14:30"
	s, err := m.desk.Summary(e.final())
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(s.Body), " ")
	for _, want := range []string{"la trésorerie", "4 120,00 € au plus tard le jeudi 26 novembre 2026", "pour la facture F-2026-0306", "Nous vous envoyons de nouveau : facture F-2026-0306",
		"acompte de 30 %", "vendredi 27 novembre 2026", "14 h 30", "ne contestez ni le travail", "renonciation ni aux pénalités", "de nous confirmer ces points"} {
		if !strings.Contains(text, want) {
			t.Errorf("the summary does not say %q:\n%s", want, text)
		}
	}
	for _, bad := range []string{"sans réponse", "silence", "réputé", "tacite"} {
		if strings.Contains(strings.ToLower(text), bad) {
			t.Errorf("the summary says %q", bad)
		}
	}
	e.End.Reason = ledger.DelayRefusal
	if s, _ = m.desk.Summary(e.final()); strings.Contains(s.Body, "Raison du retard") {
		t.Error("a refusal is written to the customer")
	}
	e.compose(s, nil)
	if c := e.recorded(true); c.Summary == nil || c.Summary.To == "" {
		t.Error("an approved summary does not leave")
	}
	if c := e.recorded(false); c.Summary != nil {
		t.Error("a summary leaves without approval")
	}
	e.Edited = true
	e.compose(desk.CallSummary{Body: "autre"}, nil)
	if e.Summary.Body == "autre" {
		t.Error("a text that the owner wrote is overwritten")
	}
}

// An e-mail is shown as it reads: texts wrap anew, tables are told from them.
func TestParagraphs(t *testing.T) {
	got := paragraphs("Madame,\n\nUne phrase qui est rompue à la fin de la ligne parce que la ligne est trop\nlongue.\n\n– un\n  suite\n– deux\n\n  Facture   Reste\n  F-1       4,00 €\n\n  IBAN : FR76\n  BIC : X\n\nClaire\nMenuiserie\n")
	want := []string{"Madame,", "Une phrase qui est rompue à la fin de la ligne parce que la ligne est trop longue.", "– un suite\n– deux", "", "IBAN : FR76\nBIC : X", "Claire\nMenuiserie"}
	if len(got) != len(want) {
		t.Fatalf("%d parts: %+v", len(got), got)
	}
	for n, p := range got {
		if p.Text != want[n] {
			t.Errorf("part %d is %q", n, p.Text)
		}
	}
	if c := got[3].Cells; len(c) != 2 || c[1][1] != "4,00 €" {
		t.Errorf("the table is %v", c)
	}
}
