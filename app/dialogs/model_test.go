package dialogs

import (
	"context"
	"slices"
	"strings"
	"testing"

	"quitus/app/screentest"
	"quitus/assets/words"
	"quitus/ledger"
)

var fr = words.New(words.FR)

// plain writes the spaces of French typography as ordinary ones, for comparing.
func plain(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)
}

func TestInvoiceWord(t *testing.T) {
	on := screentest.Day
	due := func(days int) *ledger.Invoice { return &ledger.Invoice{Due: on.Add(days)} }
	for name, x := range map[string]struct {
		i    *ledger.Invoice
		st   ledger.Standing
		want string
	}{
		"not due":               {due(20), ledger.Standing{Open: 1, Situation: ledger.NotDue}, "À échoir"},
		"due today":             {due(0), ledger.Standing{Open: 1, Situation: ledger.DueSoon}, "Échoit aujourd’hui"},
		"due tomorrow":          {due(1), ledger.Standing{Open: 1, Situation: ledger.DueSoon}, "Échoit demain"},
		"due soon":              {due(6), ledger.Standing{Open: 1, Situation: ledger.DueSoon}, "Dans 6 jours"},
		"late":                  {due(-24), ledger.Standing{Open: 1, DaysLate: 24, Situation: ledger.Late}, "24 j de retard"},
		"very late":             {due(-94), ledger.Standing{Open: 1, DaysLate: 94, Situation: ledger.VeryLate}, "94 j de retard"},
		"promised":              {due(-5), ledger.Standing{Open: 1, PromisedBy: on.Add(3), Situation: ledger.Promised}, "Promise pour le 27 nov."},
		"broken":                {due(-5), ledger.Standing{Open: 1, Broken: on.Add(-3), Situation: ledger.PromiseBroken}, "Promesse non tenue"},
		"disputed":              {due(-5), ledger.Standing{Open: 5, Contested: 5, Situation: ledger.Disputed}, "Contestée"},
		"disputed in part":      {due(-5), ledger.Standing{Open: 5, Contested: 2, Situation: ledger.Disputed}, "Contestée en partie"},
		"settled this year":     {due(-5), ledger.Standing{SettledOn: ledger.Day(2026, 7, 21)}, "Réglée le 21/07"},
		"settled in another":    {due(-5), ledger.Standing{SettledOn: ledger.Day(2025, 7, 21)}, "Réglée le 21/07/2025"},
		"settled, day unknown":  {due(-5), ledger.Standing{}, "Réglée"},
		"credit note used":      {&ledger.Invoice{CreditNote: true}, ledger.Standing{}, "Avoir déduit"},
		"credit note to use":    {&ledger.Invoice{CreditNote: true}, ledger.Standing{Open: -1, Situation: ledger.CreditToUse}, "Avoir à déduire"},
		"written off":           {due(-5), ledger.Standing{WrittenOff: 5, Situation: ledger.WrittenOff}, "Abandonnée"},
		"without a due date":    {&ledger.Invoice{}, ledger.Standing{Open: 1, Situation: ledger.NoDueDate}, "Sans échéance"},
		"late, promise in part": {due(-9), ledger.Standing{Open: 1, DaysLate: 9, Broken: on.Add(-3), BrokenPart: true, Situation: ledger.Late}, "9 j de retard"},
	} {
		x.st.Due = x.i.Due
		if got := fr.Standing(x.i, x.st, on); plain(got) != x.want {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}

func TestCustomerWord(t *testing.T) {
	for want, s := range map[string]ledger.CustomerSummary{
		"À jour":                 {},
		"Avoir à déduire":        {Owed: ledger.Sums{ledger.EUR: -100}},
		"À échoir":               {OpenCount: 1, Situation: ledger.NotDue, Owed: ledger.Sums{ledger.EUR: 100}},
		"Très en retard":         {OpenCount: 2, Situation: ledger.VeryLate, Owed: ledger.Sums{ledger.EUR: -100}},
		"Promis pour le 27 nov.": {OpenCount: 1, Situation: ledger.Promised, PromisedBy: screentest.Day.Add(3)},
	} {
		if got := fr.CustomerStanding(s); plain(got) != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestTerms(t *testing.T) {
	en := words.New(words.EN)
	for _, x := range []struct {
		t            ledger.Terms
		code, fr, en string
	}{
		{ledger.Terms{}, "", "", ""},
		{ledger.Terms{Given: true}, "0", "comptant", "on receipt"},
		{ledger.Terms{Given: true, Days: 30}, "30", "30 jours nets", "30 days net"},
		{ledger.Terms{Given: true, EndOfMonth: true}, "0e", "fin de mois", "end of month"},
		{ledger.Terms{Given: true, Days: 45, EndOfMonth: true}, "45e", "45 jours fin de mois", "45 days end of month"},
		{ledger.Terms{Given: true, Days: 30, EndOfMonth: true, Day: 10}, "30e10", "30 jours fin de mois, le 10", "30 days end of month, on day 10"},
		{ledger.Terms{Given: true, Days: 15, Day: 5}, "15n5", "15 jours nets, le 5", "15 days net, on day 5"},
	} {
		if got := fr.Terms(x.t); plain(got) != x.fr {
			t.Errorf("%+v: %q, want %q", x.t, got, x.fr)
		}
		if got := en.Terms(x.t); got != x.en {
			t.Errorf("%+v: %q, want %q", x.t, got, x.en)
		}
		if code := termsCode(x.t); code != x.code || termsOf(code) != x.t {
			t.Errorf("%+v: code %q, read back as %+v", x.t, code, termsOf(code))
		}
	}
	odd := ledger.Terms{Given: true, Days: 90, EndOfMonth: true}
	list := termsChoices(fr, odd)
	if last := list[len(list)-1]; last.ID != "90e" || len(list) != len(usualTerms)+1 {
		t.Errorf("terms in force are not offered: %v", list)
	}
	if n := len(termsChoices(fr, ledger.Terms{Given: true, Days: 30})); n != len(usualTerms) {
		t.Errorf("usual terms are offered twice: %d", n)
	}
}

func TestRateOf(t *testing.T) {
	for typed, want := range map[string]string{"": "", "12,5": "12.5", " 12.5 % ": "12.5", "10\u00a0%": "10", "8,125 %": "8.125"} {
		if got, err := rateOf(typed); err != nil || got != want {
			t.Errorf("%q: %q %v, want %q", typed, got, err, want)
		}
	}
	for _, typed := range []string{"douze", "-3", "12,3456", "2000", "1,2,3"} {
		if got, err := rateOf(typed); err == nil {
			t.Errorf("%q was read as %q", typed, got)
		}
	}
}

// What is proposed: all of the chosen invoice, or of the only one; nothing where the owner is to say.
func TestPayProposes(t *testing.T) {
	b := screentest.New(t, words.FR)
	customer, invoice := owing(t, b)
	m := newPayModel(b.Desk, fr, customer, invoice)
	if len(m.Lines) < 2 || m.Lines[0].ID != invoice || m.Lines[0].Amount != m.Lines[0].Open {
		t.Fatalf("the chosen invoice is not proposed first: %+v", m.Lines)
	}
	for _, l := range m.Lines[1:] {
		if !l.Amount.IsZero() {
			t.Errorf("%s is proposed too", l.Number)
		}
	}
	m = newPayModel(b.Desk, fr, customer, 0)
	for _, l := range m.Lines {
		if !l.Amount.IsZero() {
			t.Errorf("%s is proposed although several are open", l.Number)
		}
	}
	if m.total() != "" {
		t.Errorf("a total of nothing: %q", m.total())
	}
}

func TestPayTogether(t *testing.T) {
	b := screentest.New(t, words.FR)
	customer, invoice := owing(t, b)
	m := newPayModel(b.Desk, fr, customer, invoice)
	second := m.Lines[1]
	m.set(1, ledger.Money{Minor: 100, Currency: second.Open.Currency})
	if !strings.Contains(plain(m.total()), "pour 2 factures") {
		t.Errorf("total: %q", m.total())
	}
	if _, err := m.save(context.Background(), screentest.Day, ledger.Cheque, "1234567"); err != nil {
		t.Fatal(err)
	}
	s := b.Desk.State()
	if st := s.Standings.Of(invoice); st.Open != 0 {
		t.Errorf("%d of the first invoice is still open", st.Open)
	}
	if got := s.Standings.Of(second.ID).Open; got != second.Open.Minor-100 {
		t.Errorf("%d of the second invoice is open, want %d", got, second.Open.Minor-100)
	}
	entries, err := b.Desk.Journal(1)
	if err != nil || entries[0].Count(ledger.KindPayment, ledger.Created) != 1 {
		t.Errorf("what one cheque paid is not one payment: %+v %v", entries, err)
	}
}

func TestPayChecks(t *testing.T) {
	b := screentest.New(t, words.FR)
	customer, invoice := owing(t, b)
	m := newPayModel(b.Desk, fr, customer, invoice)
	open := m.Lines[0].Open
	for _, v := range []ledger.Money{{Currency: open.Currency}, open.Neg(), {Minor: open.Minor + 1, Currency: open.Currency}} {
		if m.checkAmount(0, v) == "" {
			t.Errorf("%v is accepted of %v", v, open)
		}
	}
	if s := m.checkAmount(0, open); s != "" {
		t.Errorf("all of it is refused: %s", s)
	}
	if m.checkDay(screentest.Day.Add(1)) == "" || m.checkDay(screentest.Day) != "" {
		t.Error("tomorrow is accepted, or today refused")
	}
}

func TestInvoiceFormProposes(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := newInvoiceModel(b.Desk, fr, 0, 0)
	if m.Now.Customer = 1; m.currency(1) != ledger.EUR {
		t.Errorf("currency %s for a customer invoiced in euros", m.currency(1))
	}
	m = newInvoiceModel(b.Desk, fr, 0, 0)
	m.pick("garage tessonnier")
	if m.customerName() != "Garage Tessonnier" {
		t.Errorf("chosen by name: %q", m.customerName())
	}
	if m.pick("garage"); m.Now.Customer != 0 {
		t.Error("half a name chose a customer")
	}
	if m.pick("c002"); m.customerName() != "Brasserie Lunéval" {
		t.Errorf("chosen by code: %q", m.customerName())
	}
	if due := m.due(ledger.Day(2026, 11, 1)); due != ledger.Day(2026, 12, 1) {
		t.Errorf("due %v", due)
	}
	if m.check("number", func(i *ledger.Invoice) { i.Number = "" }) == "" {
		t.Error("an empty number is accepted")
	}
	m.Now.CreditNote = true
	if s := m.checkTotal(ledger.Euros(100)); s != "" {
		t.Errorf("a credit note without sign is refused: %s", s)
	}
}

func TestCustomerModelKeepsLines(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	m := newCustomerModel(b.Desk, fr, 0)
	m.Now.Name = "Essai"
	m.setStreet(" 4 rue du Relais ", "Bâtiment B, Porte 3")
	m.setNames("ESSAI SARL, Chez Essai ;; ")
	if m.Now.Address != "4 rue du Relais\nBâtiment B\nPorte 3" || m.Now.Names != "ESSAI SARL\nChez Essai" {
		t.Errorf("%q %q", m.Now.Address, m.Now.Names)
	}
	if first, more := m.street(); first != "4 rue du Relais" || more != "Bâtiment B, Porte 3" {
		t.Errorf("%q %q", first, more)
	}
	id, _, err := m.save(context.Background())
	if err != nil || b.Desk.State().Book.Customer(id).Ref == "" {
		t.Errorf("saved without a code: %v", err)
	}
	again := newCustomerModel(b.Desk, fr, 0)
	if again.check("ref", func(c *ledger.Customer) { c.Ref = b.Desk.State().Book.Customer(id).Ref }) == "" {
		t.Error("a code may be given twice")
	}
}

func TestClaimSum(t *testing.T) {
	b := screentest.New(t, words.FR)
	for name, want := range map[string][2]string{
		"Garage Tessonnier":       {"165,02 €", "à part : 85,02 € + 2 × 40,00 €"},
		"Commune de Saint-Orvain": {"100,29 €", "à part : 20,29 € + 2 × 40,00 €"},
		"Atelier Nordeau":         {"Non calculés", "client d’un autre pays"},
	} {
		id := b.Desk.State().Book.CustomersByName(name)[0]
		claims, err := b.Desk.Claims(id)
		got := SumClaims(fr, claims, err)
		if plain(got.Figure) != want[0] || plain(got.Small) != want[1] {
			t.Errorf("%s: %q %q", name, got.Figure, got.Small)
		}
		for _, l := range slices.Concat(got.Lines, got.Rules, []string{got.Refused}) {
			if strings.Contains(l, "[") {
				t.Errorf("%s: a fact is missing in %q", name, l)
			}
		}
	}
}

// Every refusal of the claim has its few words and its sentence.
func TestClaimRefusals(t *testing.T) {
	for _, code := range []string{"rate_not_covered", "rate_unknown", "claim_currency_unsupported", "claim_due_date_missing", "claim_rate_invalid", "claim_amount_too_large"} {
		got := SumClaims(fr, nil, ledger.Errorf(code, "invoice", "F-1", "first", screentest.Day, "last", screentest.Day, "value", "x", "currency", "CHF", "day", screentest.Day, "table", "x"))
		if got.Small == "" || got.Refused == "" || strings.Contains(got.Small+got.Refused, "[") {
			t.Errorf("%s: %+v", code, got)
		}
	}
}
