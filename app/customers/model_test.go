package customers

import (
	"slices"
	"strings"
	"testing"

	"quitus/app/screentest"
	"quitus/assets/words"
	"quitus/ledger"
)

var fr = words.New(words.FR)

func plain(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)
}

func TestListOfTheSample(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := readList(fr, b.Desk.State())
	if got := plain(m.facts()); got != "18 clients en retard sur 42" {
		t.Errorf("facts: %q", got)
	}
	if m.Counts[0] != 42 || m.Counts[1]+m.Counts[6] != 42 {
		t.Errorf("late and up to date are not all: %v", m.Counts)
	}
	for name, want := range map[string]string{
		"Garage Tessonnier":            "Promesse non tenue",
		"Transports Quillivic":         "Promesse tenue en partie",
		"Pépinières du Val d’Armoise":  "Contesté : livraison",
		"Clinique vétérinaire Bazelot": "Promis pour le 27 nov.",
		"Atelier Nordeau (Belgique)":   "Promis pour le 27 nov.",
		"Commune de Saint-Orvain":      "En retard",
		"Boulangerie Aumaret":          "Relance à envoyer",
	} {
		k := slices.IndexFunc(m.Rows, func(r row) bool { return r.Name == name })
		if k < 0 {
			t.Errorf("no %s", name)
		} else if got := plain(m.Rows[k].Word); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestMatcher(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := readList(fr, b.Desk.State())
	count := func(filter, typed string) int {
		keep, n := m.matcher(filter, typed), 0
		for i := range m.Rows {
			if keep == nil || keep(&m.Rows[i]) {
				n++
			}
		}
		return n
	}
	for k, f := range filters {
		if got := count(f, ""); got != m.Counts[k] {
			t.Errorf("%s shows %d and counts %d", f, got, m.Counts[k])
		}
	}
	for typed, want := range map[string]int{
		"pepinieres": 1, "ARMOISE val": 1, "c001": 1, "brasserie lunéval": 1, "luneval restauration": 1, "nobody at all": 0,
	} {
		if got := count(filterAll, typed); got != want {
			t.Errorf("%q finds %d, want %d", typed, got, want)
		}
	}
	if count(filterUpToDate, "tessonnier") != 0 {
		t.Error("the filter does not hold while typing")
	}
}

// A customer with nothing recorded, one with a credit note only, one in two currencies.
func TestListOfOddOnes(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	_, err := b.Desk.Fill(t.Context(), func(d *ledger.Draft) error {
		for _, name := range []string{"Rien", "Avoir seul", "Deux devises"} {
			d.Put(&ledger.Customer{Ref: name, Name: name, Country: "FR", Type: ledger.CompanyCustomer})
		}
		on := screentest.Day
		d.Put(&ledger.Invoice{Customer: 2, Number: "A1", CreditNote: true, Issued: on.Add(-3), Total: ledger.Euros(-5000)})
		d.Put(&ledger.Invoice{Customer: 3, Number: "F1", Issued: on.Add(-50), Due: on.Add(-20), Total: ledger.Euros(10000)})
		d.Put(&ledger.Invoice{Customer: 3, Number: "F2", Issued: on.Add(-50), Due: on.Add(-10), Total: ledger.Money{Minor: 20000, Currency: "CHF"}})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	m := readList(fr, b.Desk.State())
	want := []struct{ owed, word, late string }{
		{"0,00 €", "À jour", "–"}, {"–50,00 €", "Avoir à déduire", "–"}, {"100,00 € + 200,00 CHF", "Relance à envoyer", "20 j"},
	}
	for i, x := range want {
		r := &m.Rows[i]
		if plain(m.owedText(r)) != x.owed || plain(r.Word) != x.word || plain(m.lateText(r)) != x.late {
			t.Errorf("%s: %q %q %q", r.Name, m.owedText(r), r.Word, m.lateText(r))
		}
	}
	if m.Rows[2].owed != 30000 {
		t.Errorf("two currencies weigh %d", m.Rows[2].owed)
	}
	p := readPage(fr, b.Desk.State(), 3)
	if plain(p.Owed.Value) != "100,00 €" || plain(p.Owed.Small) != "+ 200,00 CHF · 2 factures ouvertes" {
		t.Errorf("the second currency is overlooked: %+v", p.Owed)
	}
	if readPage(fr, b.Desk.State(), 99) != nil {
		t.Error("a page of nobody")
	}
}

func TestWeight(t *testing.T) {
	for _, x := range []struct {
		s    ledger.Sums
		want int64
	}{
		{nil, 0}, {ledger.Sums{ledger.EUR: 150}, 150}, {ledger.Sums{"JPY": 15}, 1500}, {ledger.Sums{"TND": 1500}, 150},
	} {
		if got := weight(x.s); got != x.want {
			t.Errorf("%v weighs %d, want %d", x.s, got, x.want)
		}
	}
}

func TestPageOfTheSample(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := b.Desk.State()
	p := readPage(fr, s, s.Book.CustomersByName("Garage Tessonnier")[0])
	if plain(p.Facts) != "C001 · Saint-Orvain (38) · 30 jours nets · relances : Amiable" {
		t.Errorf("facts: %q", p.Facts)
	}
	if plain(p.Owed.Value) != "7 630,00 €" || plain(p.Overdue.Small) != "2 factures, 47 jours au plus" {
		t.Errorf("%+v %+v", p.Owed, p.Overdue)
	}
	for i := 1; i < len(p.Invoices); i++ {
		if p.Invoices[i].Issued > p.Invoices[i-1].Issued {
			t.Error("invoices are not the newest first")
		}
	}
	if len(p.Contacts) < 2 || len(p.Notes) < 2 || p.Notes[0].On < p.Notes[1].On {
		t.Errorf("contacts %v, notes %v", p.Contacts, p.Notes)
	}
	swiss := slices.IndexFunc(slices.Collect(s.Book.Customers.All()), func(c *ledger.Customer) bool { return c.Country == "CH" })
	if q := readPage(fr, s, ledger.CustomerID(swiss+1)); !strings.Contains(q.Facts, "Suisse") {
		t.Errorf("the country is not said: %q", q.Facts)
	}
}

func TestDepartment(t *testing.T) {
	for postcode, want := range map[string]string{"38000": "38", "97400": "974", "20200": "20", "1000": "", "": ""} {
		if got := department(&ledger.Customer{Country: "FR", Postcode: postcode}); got != want {
			t.Errorf("%s: %q, want %q", postcode, got, want)
		}
	}
	if got := department(&ledger.Customer{Country: "DE", Postcode: "10115"}); got != "" {
		t.Errorf("a German department: %q", got)
	}
}

func TestHabits(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	for mean, sum := range map[string]ledger.CustomerSummary{
		"pas encore connu":         {},
		"à 21 jours de retard":     {HabitDays: 21, HabitCount: 4, WorstDays: 47},
		"à l’échéance":             {HabitCount: 2},
		"3 jours avant l’échéance": {HabitDays: -3, HabitCount: 2},
	} {
		if got := habits(fr, b.Desk.State(), 1, sum)[0].Text; plain(got) != mean {
			t.Errorf("%q, want %q", got, mean)
		}
	}
}

// Each kind of event has its words, and none shows a fact that is missing.
func TestEvents(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := b.Desk.State()
	seen := map[ledger.EventKind]bool{}
	for c := range s.Book.Customers.All() {
		for _, e := range readEvents(fr, s, c.ID) {
			seen[e.Kind] = true
			if e.Title == "" || e.Day == "" || strings.Contains(e.Title+e.Second, "[") || !slices.Contains(eventFilters, e.Group) {
				t.Errorf("%s: %+v", c.Name, e)
			}
			if e.Kind == ledger.EventLetter && (e.Hash == "" || !e.opens()) {
				t.Errorf("%s: a letter that cannot be opened: %+v", c.Name, e)
			}
		}
	}
	for k := ledger.EventIssued; k <= ledger.EventLetter; k++ {
		if !seen[k] && k != ledger.EventDocument && k != ledger.EventPayment {
			t.Errorf("the sample has no event of kind %d", k)
		}
	}
}

// A payment that settles an invoice at once is told once.
func TestSettlementIsToldOnce(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	on := screentest.Day
	_, err := b.Desk.Fill(t.Context(), func(d *ledger.Draft) error {
		d.Put(&ledger.Customer{Ref: "C", Name: "Client", Country: "FR"})
		d.Put(&ledger.Invoice{Customer: 1, Number: "F1", Issued: on.Add(-50), Due: on.Add(-20), Total: ledger.Euros(10000)})
		_, err := ledger.Pay(d, 1, on.Add(-2), ledger.Euros(10000), ledger.Transfer, "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var kinds []ledger.EventKind
	for _, e := range readEvents(fr, b.Desk.State(), 1) {
		kinds = append(kinds, e.Kind)
	}
	if !slices.Equal(kinds, []ledger.EventKind{ledger.EventSettled, ledger.EventIssued}) {
		t.Errorf("told: %v", kinds)
	}
}

func TestHugeList(t *testing.T) {
	b := screentest.Huge(t, words.FR, 20_000)
	m := readList(fr, b.Desk.State())
	if len(m.Rows) != 5000 || m.Counts[1] == 0 {
		t.Errorf("%d rows, counts %v", len(m.Rows), m.Counts)
	}
}

func BenchmarkReadList(b *testing.B) {
	bench := screentest.Huge(b, words.FR, 100_000)
	bench.Desk.State().Summaries()
	for b.Loop() {
		readList(fr, bench.Desk.State())
	}
}

func BenchmarkReadPage(b *testing.B) {
	bench := screentest.Huge(b, words.FR, 100_000)
	for b.Loop() {
		readPage(fr, bench.Desk.State(), 7)
	}
}
