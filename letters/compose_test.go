package letters

import (
	"slices"
	"strings"
	"testing"

	"quitus/assets/rates"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

func codes(list []Warning) []string {
	var out []string
	for _, w := range list {
		out = append(out, w.Code)
	}
	slices.Sort(out)
	return out
}

// bodyText writes all that a letter says in its body.
func bodyText(l *Letter) string {
	var b strings.Builder
	for _, x := range l.Body {
		for _, r := range x.Paragraph {
			b.WriteString(r.Text)
		}
		if x.Table != nil {
			for _, row := range append(x.Table.Rows, x.Table.Total) {
				b.WriteString(strings.Join(row, " "))
				b.WriteString("\n")
			}
		}
		if x.Sums != nil {
			for _, s := range x.Sums.Lines {
				b.WriteString(s[0] + " " + s[1] + "\n")
			}
		}
		b.WriteString("\n")
	}
	return flat(b.String())
}

func contains(t *testing.T, text string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			t.Errorf("no %q in: %s", w, text)
		}
	}
}

func TestOnlyWhatIsOverdue(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	s.invoice(c, "LATE", 10000, 3)
	s.invoice(c, "TODAY", 20000, 0)
	s.invoice(c, "LATER", 30000, -10)
	paid := s.invoice(c, "PAID", 40000, 20)
	s.pay(c, paid, 40000, 5)
	s.invoice(c, "CREDIT", -2500, 9)
	l, warnings := s.compose(Request{Customer: c})
	if l.Amount != ledger.Euros(7500) || len(l.Lines) != 2 || l.Lines[1].Open != -2500 {
		t.Errorf("%s %+v", l.Amount, l.Lines)
	}
	contains(t, bodyText(l), "LATE", "Avoir CREDIT", "–25,00 €", "Total à régler 75,00 €")
	if strings.Contains(bodyText(l), "TODAY") || strings.Contains(bodyText(l), "PAID") || len(warnings) > 0 {
		t.Errorf("%v %s", warnings, bodyText(l))
	}
}

func TestFormalNoticeHasItsElements(t *testing.T) {
	s := newSample(t)
	c := s.customer(ledger.Customer{Ref: "C1", Name: "SCI Trois-Ormeaux", Address: "3 impasse du Four", Postcode: "38100", Town: "Grenoble"})
	// The worked example: due on 31 May 2026, asked for on 31 July.
	inv := &ledger.Invoice{Customer: c, Number: "FA-118", Issued: ledger.Day(2026, 5, 1), Due: ledger.Day(2026, 5, 31), Total: ledger.Euros(500000)}
	s.d.Put(inv)
	l, warnings := s.compose(Request{Customer: c, Model: FormalNotice, On: ledger.Day(2026, 7, 31)})
	if l.Amount != ledger.Euros(514259) {
		t.Errorf("%s", l.Amount)
	}
	if l.Delivery != "Lettre recommandée avec avis de réception" || !strings.Contains(flat(l.Subject), "mise en demeure") {
		t.Errorf("%q %q", l.Delivery, l.Subject)
	}
	contains(t, bodyText(l), "FA-118 01/05/2026 31/05/2026 5 000,00 € 0,00 € 5 000,00 €", "mettons en demeure", "L441-10 II et D441-5", "12,15 % au 1er semestre 2026, 12,40 % au 2e semestre 2026",
		"Pénalités de retard arrêtées au 31/07/2026 102,59 €", "Indemnité forfaitaire (1 facture × 40,00 €) 40,00 €", "Total à régler 5 142,59 €",
		"au plus tard le lundi 17 août 2026", "nous nous réservons", "article 1344 du code civil")
	if !slices.Equal(codes(warnings), []string{"level_skipped", "rate_unconfirmed"}) {
		t.Errorf("%v", warnings)
	}
	if l.Statement == nil || len(l.Statement.Table.Rows) != 2 || flat(strings.Join(l.Statement.Table.Rows[1], " ")) != "FA-118 01/07/2026 31/07/2026 31 5 000,00 € 12,40 % 52,66 €" {
		t.Errorf("%+v", l.Statement)
	}
}

// TestWithoutNoticeThePrincipalOnly: no figure of interest before the notice that it waits for, or where no rules are known.
func TestWithoutNoticeThePrincipalOnly(t *testing.T) {
	for name, c := range map[string]ledger.Customer{
		"consumer": {Type: ledger.Consumer}, "association": {Type: ledger.NonProfessional}, "Belgian": {Country: "BE"},
	} {
		s := newSample(t)
		c.Ref, c.Name, c.Address, c.Town = "C1", "Client", "1 rue", "Ville"
		id := s.customer(c)
		inv := s.invoice(id, "F-1", 100000, 60)
		l, warnings := s.compose(Request{Customer: id, Model: FormalNotice})
		if l.Amount != ledger.Euros(100000) || l.Statement != nil || slices.Contains(codes(warnings), "claim_left_out") != (name == "Belgian") {
			t.Errorf("%s: %s %v", name, l.Amount, warnings)
		}
		text := bodyText(l)
		for _, w := range []string{"énalités", "ndemnité", "L441", "40,00"} {
			if strings.Contains(text, w) {
				t.Errorf("%s: says %q: %s", name, w, text)
			}
		}
		if french := strings.Contains(text, "1344"); french != (name != "Belgian") {
			t.Errorf("%s: cites the French civil code: %v", name, french)
		}
		if name == "Belgian" {
			continue
		}
		s.d.Put(&ledger.Letter{Customer: id, Model: FormalNotice, On: today.Add(-30), Sent: today.Add(-30), Lines: []ledger.LetterLine{{Invoice: inv}}})
		l, _ = s.compose(Request{Customer: id, Model: FormalNotice})
		text = flat(bodyText(l))
		if l.Amount != ledger.Euros(100226) || l.Statement == nil { // 1 000 € × 30 days × 2.75 %
			t.Errorf("%s: %s after a notice", name, l.Amount)
		}
		contains(t, text, "depuis notre mise en demeure, les intérêts au taux légal", "2,75 % au 2e semestre 2026", "Intérêts de retard arrêtés au", "2,26 €")
		if strings.Contains(text, "ndemnité") || strings.Contains(text, "fait courir") {
			t.Error(text)
		}
	}
}

// TestPublicBody: the interest of public bodies, with their own rules and never those between companies.
func TestPublicBody(t *testing.T) {
	s := newSample(t)
	id := s.customer(ledger.Customer{Ref: "C1", Name: "Commune", Type: ledger.PublicBody, Address: "1 rue", Town: "Ville"})
	s.invoice(id, "F-1", 100000, 60)
	l, _ := s.compose(Request{Customer: id, Model: FormalNotice})
	if l.Amount != ledger.Euros(1057_10) {
		t.Error(l.Amount)
	}
	text := bodyText(l)
	contains(t, text, "intérêts moratoires", "R2192-31", "demande de paiement")
	for _, w := range []string{"énalités", "L441", "que nous réservons", "un professionnel"} {
		if strings.Contains(text, w) {
			t.Errorf("says %q: %s", w, text)
		}
	}
}

// A public body is told the service, the commitment and the day of the demand, what several invoices share once; nobody else is.
func TestPublicReferences(t *testing.T) {
	for _, kind := range []ledger.CustomerKind{ledger.PublicBody, ledger.CompanyCustomer} {
		s := newSample(t)
		id := s.customer(ledger.Customer{Ref: "C1", Name: "Commune", Type: kind, Address: "1 rue", Town: "Ville"})
		for k, number := range []string{"F-1", "F-2", "F-3", "F-4"} {
			i := &ledger.Invoice{Customer: id, Number: number, Issued: today.Add(-90), Due: today.Add(-60 + k), Total: ledger.Euros(10000)}
			switch k {
			case 0, 1:
				i.Service, i.Commitment = "SRV 12", "EJ-77"
			case 2:
				i.Demanded = today.Add(-80)
			}
			s.d.Put(i)
		}
		l, _ := s.compose(Request{Customer: id, Model: SecondReminder})
		var lists []string
		for _, x := range l.Body {
			lists = append(lists, x.List...)
		}
		for name, text := range map[string]string{"letter": strings.Join(lists, "\n"), "mail": l.text()} {
			for _, want := range []string{"Factures F-1, F-2 : code service SRV 12, engagement EJ-77", "Facture F-3 : demande de paiement reçue le"} {
				if strings.Contains(flat(text), want) != (kind == ledger.PublicBody) {
					t.Errorf("%s %s, %q: %s", name, kind, want, text)
				}
			}
			if strings.Contains(flat(text), "Facture F-4 :") {
				t.Error(text)
			}
		}
	}
}

func TestBeyondTheRatesOnlyThePrincipal(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	s.invoice(c, "F-1", 100000, 60)
	l, warnings := s.compose(Request{Customer: c, Model: FormalNotice, On: ledger.Day(2027, 1, 5)})
	if l.Amount != ledger.Euros(100000) || !slices.Contains(codes(warnings), "claim_left_out") {
		t.Errorf("%s %v", l.Amount, warnings)
	}
}

// TestAmountIsTheSumOfTheClaims, whatever was paid and credited.
func TestAmountIsTheSumOfTheClaims(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	a := s.invoice(c, "F-1", 520000, 160)
	b := s.invoice(c, "F-2", 89950, 80)
	s.pay(c, a, 150000, 60)
	s.pay(c, a, 10001, 20)
	note := s.invoice(c, "A-1", -30000, 50)
	l, _ := s.compose(Request{Customer: c, Model: FormalNotice})
	book := s.d.Next()
	cases, err := claim.CasesOf(book, book.Standings(today), []ledger.InvoiceID{a, b}, []ledger.InvoiceID{note})
	if err != nil {
		t.Fatal(err)
	}
	sum := ledger.Euros(0)
	for _, k := range cases {
		one, err := claim.Compute(k, rates.BuiltIn(), today)
		if err != nil {
			t.Fatal(err)
		}
		sum = sum.Add(one.Total)
	}
	if l.Amount != sum {
		t.Errorf("the letter asks for %s, the claims are %s", l.Amount, sum)
	}
	contains(t, flat(strings.Join(l.Statement.Notes, " ")), "1343-1")
}

func TestWarnings(t *testing.T) {
	s := newSample(t)
	bare := s.customer(ledger.Customer{Ref: "C1", Name: "Sans adresse"})
	inv := s.invoice(bare, "F-1", 10000, 3)
	s.d.Put(&ledger.Dispute{Invoice: inv, Opened: today.Add(-1), Reason: ledger.OtherDispute})
	if _, w := s.compose(Request{Customer: bare}); !slices.Equal(codes(w), []string{"disputed", "missing_address"}) {
		t.Errorf("%v", w)
	}
	c := s.dervaux()
	late := s.invoice(c, "F-2", 10000, 30)
	swiss := &ledger.Invoice{Customer: c, Number: "CH-1", Issued: today.Add(-60), Due: today.Add(-30), Total: ledger.Money{Minor: 700, Currency: ledger.CHF}}
	s.d.Put(swiss)
	s.d.Put(&ledger.Promise{Customer: c, Made: today.Add(-1), Due: today.Add(3), Amount: ledger.Euros(10000)})
	s.d.Put(&ledger.Letter{Customer: c, Model: FormalNotice, On: today.Add(-2), Sent: today.Add(-2), Lines: []ledger.LetterLine{{Invoice: late}}})
	s.d.Put(&ledger.Letter{Customer: c, Model: FirstReminder, On: today.Add(-9), Sent: today.Add(-9), Lines: []ledger.LetterLine{{Invoice: late}}})
	_, w := s.compose(Request{Customer: c, Deadline: today})
	if !slices.Equal(codes(w), []string{"deadline_past", "level_lower", "other_currency", "promised", "sent_before"}) {
		t.Errorf("%v", w)
	}
	l, _ := s.compose(Request{Customer: c, Currency: ledger.CHF})
	if l.Amount != swiss.Total {
		t.Errorf("%s", l.Amount)
	}
	for _, x := range w {
		for _, lang := range words.Langs {
			if text := WarningText(words.New(lang), x); strings.Contains(text, "[") {
				t.Error(text)
			}
		}
	}
}

// TestContested: the uncontested part of an invoice is asked for, without interest on the rest; invoices
// contested as a whole, or promised, are left out where there are others.
func TestContested(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	part := s.invoice(c, "PART", 100000, 60)
	s.d.Put(&ledger.Dispute{Invoice: part, Opened: today.Add(-5), Reason: ledger.WrongAmount, Amount: 30000})
	whole := s.invoice(c, "WHOLE", 50000, 40)
	s.d.Put(&ledger.Dispute{Invoice: whole, Opened: today.Add(-5), Reason: ledger.FaultyGoods})
	word := s.invoice(c, "WORD", 20000, 40)
	s.d.Put(&ledger.Promise{Customer: c, Made: today.Add(-1), Due: today.Add(3), Amount: ledger.Euros(20000), Invoices: []ledger.InvoiceID{word}})
	l, w := s.compose(Request{Customer: c})
	if l.Amount != ledger.Euros(70000) || len(l.Lines) != 1 || !slices.Equal(codes(w), []string{"disputed", "left_out"}) {
		t.Errorf("%s %+v %v", l.Amount, l.Lines, w)
	}
	contains(t, bodyText(l), "PART 26/08/2026 25/09/2026 1 000,00 €", "Part contestée de PART, à l’examen –300,00 €", "Total à régler 700,00 €")
	l, _ = s.compose(Request{Customer: c, Model: FormalNotice})
	if base := l.Statement.Table.Rows[0][4]; flat(base) != "700,00 €" {
		t.Errorf("interest on %s", base)
	}
	contains(t, bodyText(l), "Principal 700,00 €")
	if l, w = s.compose(Request{Customer: c, Invoices: []ledger.InvoiceID{whole, word}}); l.Amount != ledger.Euros(70000) || !slices.Equal(codes(w), []string{"disputed", "promised"}) {
		t.Errorf("the owner chose them: %s %v", l.Amount, w)
	}
}

func TestSalutation(t *testing.T) {
	for _, k := range []struct{ customer, contact, want string }{
		{"Mme Hélène Corbassier", "", "Madame,"}, {"M. Bastien Quérouval", "", "Monsieur,"}, {"M. et Mme Sorbière-Lant", "", "Madame, Monsieur,"},
		{"Dupont", "Mme X", "Madame,"}, {"Dupont", "Monsieur Y", "Monsieur,"}, {"Dupont", "Camille Z", "Madame, Monsieur,"}, {"Dupont", "", "Madame, Monsieur,"},
	} {
		s := newSample(t)
		c := s.customer(ledger.Customer{Ref: "C1", Name: k.customer, Type: ledger.Consumer, Address: "1 rue", Town: "Ville"})
		if k.contact != "" {
			s.d.Put(&ledger.Contact{Customer: c, Name: k.contact})
		}
		s.invoice(c, "F-1", 1000, 5)
		l, _ := s.compose(Request{Customer: c})
		if got := l.Body[0].Paragraph[0].Text; got != k.want {
			t.Errorf("%s, %s: %s", k.customer, k.contact, got)
		}
	}
}

func TestEmptyCompany(t *testing.T) {
	d := ledger.NewDraft(&ledger.Book{})
	s := &sample{t, d}
	c := s.customer(ledger.Customer{Ref: "C1", Name: "Client", Address: "1 rue", Town: "Ville"})
	s.invoice(c, "F-1", 10000, 3)
	l, w := s.compose(Request{Customer: c})
	if !slices.Equal(codes(w), []string{"no_bank_details", "no_signatory", "no_siren", "sender_incomplete"}) {
		t.Errorf("%v", w)
	}
	s.pdf(l)
}

func TestNoLetterToMake(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	s.invoice(c, "F-1", 10000, -5)
	covered := s.customer(ledger.Customer{Ref: "C2", Name: "Couvert"})
	s.invoice(covered, "F-2", 10000, 5)
	s.invoice(covered, "A-2", -10000, 5)
	book := s.d.Next()
	for _, k := range []struct {
		r    Request
		code string
	}{
		{Request{Customer: c, Model: FirstReminder}, "letter_nothing_due"},
		{Request{Customer: covered, Model: FirstReminder}, "letter_nothing_owed"},
		{Request{Customer: 99, Model: FirstReminder}, "letter_customer_unknown"},
		{Request{Customer: c, Model: "x"}, "letter_model_unknown"},
	} {
		k.r.Book, k.r.On = book, today
		if _, _, err := Compose(k.r); ledger.CodeOf(err) != k.code {
			t.Errorf("%v, want %s", err, k.code)
		}
	}
	l, w := s.compose(Request{Customer: c, Invoices: []ledger.InvoiceID{1}})
	if l.Amount != ledger.Euros(10000) || !slices.Equal(codes(w), []string{"not_overdue"}) {
		t.Errorf("the owner chose it: %s %v", l.Amount, w)
	}
}

func TestDefaults(t *testing.T) {
	if d := DefaultDeadline(FirstReminder, today); d != ledger.Day(2026, 12, 2) {
		t.Errorf("%s", d)
	}
	if d := DefaultDeadline(FormalNotice, ledger.Day(2026, 11, 21)); d != ledger.Day(2026, 12, 7) { // 6 December is a Sunday
		t.Errorf("%s", d)
	}
	if r := DefaultReference(FormalNotice, today, "C-0117"); r != "MD-20261124-C-0117" {
		t.Errorf("%s", r)
	}
}

func TestLegalLine(t *testing.T) {
	full := newSample(t).d.Next().Company()
	for name, k := range map[string]struct {
		change func(*ledger.Company)
		want   string
	}{
		"company": {func(*ledger.Company) {}, "Menuiserie Valdoré, SARL au capital de 20 000 €, siège 14 chemin des Tanneurs, 38999 Saint-Orvain/SIREN 999 000 117 · RCS Grenoble · TVA FR32999000117"},
		"sole trader": {func(c *ledger.Company) { c.LegalForm, c.Capital, c.RegisterTown, c.VAT = "EI", "", "", "" },
			"Menuiserie Valdoré EI, siège 14 chemin des Tanneurs, 38999 Saint-Orvain/SIREN 999 000 117"},
		"Belgian": {func(c *ledger.Company) {
			c.Country, c.LegalForm, c.Capital, c.SIREN, c.RegisterTown, c.VAT = "BE", "SRL", "", "BE 0999.000.117", "Bruxelles", ""
		}, "Menuiserie Valdoré, SRL, siège 14 chemin des Tanneurs, 38999 Saint-Orvain/N° d’entreprise BE 0999.000.117 · RPM Bruxelles"},
		"capital in words": {func(c *ledger.Company) { c.Capital, c.SIREN, c.RegisterTown, c.VAT = "variable", "", "", "" },
			"Menuiserie Valdoré, SARL au capital de variable, siège 14 chemin des Tanneurs, 38999 Saint-Orvain"},
		"nothing": {func(c *ledger.Company) { *c = ledger.Company{} }, ""},
	} {
		c := full
		k.change(&c)
		if got := flat(strings.Join(legalLine(words.New(words.FR), c), "/")); got != k.want {
			t.Errorf("%s:\n%s\n%s", name, got, k.want)
		}
	}
}

func TestClaimTexts(t *testing.T) {
	for _, lang := range words.Langs {
		w := words.New(lang)
		for _, code := range claim.RuleCodes {
			if text := RuleText(w, claim.Rule{Code: code, Day: today, Reference: 2150}); strings.Contains(text, "[") {
				t.Error(text)
			}
		}
		for _, n := range []claim.Note{
			{Code: "not_yet_due", Args: []any{"due", today}}, {Code: "nothing_claimable"}, {Code: "stopped_by_insolvency", Args: []any{"day", today}},
			{Code: "rate_unconfirmed", Args: []any{"days", []ledger.Date{today}}}, {Code: "payment_day_unknown", Args: []any{"amount", ledger.Euros(5)}},
			{Code: "payments_on_interest_first"}, {Code: "principal_settled", Args: []any{"day", today}},
			{Code: "contract_rate_below_floor", Args: []any{"rate", claim.Rate(5000)}}, {Code: "rates_covered_to", Args: []any{"day", today}},
			{Code: "notice_needed"}, {Code: "be_reminder_needed"}, {Code: "runs_from", Args: []any{"day", today}}, {Code: "lu_conditions"}, {Code: "ch_conditions"},
			{Code: "be_indemnity_needs_clause", Args: []any{"most", ledger.Euros(5)}}, {Code: "be_indemnity_capped", Args: []any{"agreed", ledger.Euros(9), "most", ledger.Euros(5)}},
			{Code: "stopped_by_insolvency_abroad", Args: []any{"day", today}}, {Code: "payments_on_interest_first_abroad"}, {Code: "payments_on_principal_first"},
			{Code: "contract_rate_above_cap", Args: []any{"rate", claim.Rate(5000)}}, {Code: "contract_rate_aside", Args: []any{"rate", claim.Rate(5000)}},
			{Code: "waived", Args: []any{"amount", ledger.Euros(5)}},
			{Code: "limit", Args: []any{"day", today, "period", ledger.Term("claim.limit.fr_trader")}},
			{Code: "limit_near", Args: []any{"day", today, "period", ledger.Term("claim.limit.fr_trader")}},
			{Code: "limit_past", Args: []any{"day", today, "period", ledger.Term("claim.limit.fr_trader")}},
			{Code: "interruption_unconfirmed", Args: []any{"day", today}}, {Code: "interruption_late", Args: []any{"day", today}},
			{Code: "demand_no_effect", Args: []any{"day", today}}, {Code: "lawyer_no_effect", Args: []any{"day", today}},
			{Code: "demand_to_confirm", Args: []any{"day", today}}, {Code: "letter_no_effect", Args: []any{"day", today}},
		} {
			if text := NoteText(w, n); strings.Contains(text, "[") {
				t.Error(text)
			}
		}
		for _, code := range claim.ReadyCodes {
			f := claim.Finding{Code: code, Args: []any{"number", "F-1", "day", today, "amount", ledger.Euros(5), "name", "x", "value", "x", "reason", ledger.Errorf("waiver_amount")}}
			if text := FindingText(w, f); strings.Contains(text, "[") {
				t.Error(text)
			}
		}
		for _, code := range claim.LimitCodes {
			if !w.Has("claim.limit." + code) {
				t.Errorf("no claim.limit.%s", code)
			}
		}
		for _, name := range claim.TableNames {
			if !w.Has("claim.table." + string(name)) {
				t.Errorf("no claim.table.%s", name)
			}
		}
		for _, r := range claim.Regimes() {
			for _, of := range []string{"regime.", "about.", "barred.", "source.", "basis."} {
				if key := "claim." + of + string(r); (of == "regime." || r.Supported() && (of != "basis." || r != claim.FrB2B)) && !w.Has(key) {
					t.Errorf("no %s", key)
				}
			}
		}
	}
}
