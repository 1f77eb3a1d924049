package letters

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

func mailOf(t *testing.T, r ready) string {
	t.Helper()
	m := r.message(t, words.FR)
	return flat(m.Subject + "\n" + m.Text)
}

func lacks(t *testing.T, text string, unwanted ...string) {
	t.Helper()
	for _, w := range unwanted {
		if strings.Contains(text, w) {
			t.Errorf("%q in: %s", w, text)
		}
	}
}

// TestFactsMissing: without its facts a letter is refused, and the error names what is missing.
func TestFactsMissing(t *testing.T) {
	for model, missing := range map[string]string{
		CallSummary: "call", PromiseConfirmation: "promise", PlanProposal: "plan", PlanAgreement: "plan", PlanLapse: "plan",
		DisputeReply: "dispute", VisitNotice: "visit", InsolvencyClaim: "judgment", Receipt: "payment",
	} {
		r := Request(everyModel(t, ledger.CompanyCustomer, 1)[FirstReminder])
		r.Model = model
		_, _, err := Compose(r)
		e, ok := err.(*ledger.Error)
		if !ok || e.Code != "letter_facts_missing" || e.Args["missing"] != ledger.Term("letters.missing."+missing) {
			t.Errorf("%s: %v", model, err)
			continue
		}
		for _, lang := range words.Langs {
			if text := words.New(lang).Error(err); strings.Contains(text, "[") {
				t.Error(text)
			}
		}
	}
	for name, k := range map[string]struct {
		model string
		facts Facts
		want  string
	}{
		"nothing agreed":          {CallSummary, Facts{Call: &Call{On: today}}, "agreed"},
		"promise without a day":   {CallSummary, Facts{Call: &Call{On: today, Promises: []Promise{{Amount: ledger.Euros(1)}}}}, "promise"},
		"instalment without sum":  {PlanProposal, Facts{Plan: &Plan{Instalments: []Instalment{{Due: today}}}}, "instalment"},
		"no instalments":          {PlanProposal, Facts{Plan: &Plan{}}, "plan"},
		"nothing missed":          {PlanLapse, Facts{Plan: &Plan{Instalments: []Instalment{{Due: today, Amount: ledger.Euros(100)}}}}, "missed"},
		"nobody to declare to":    {InsolvencyClaim, Facts{Insolvency: &Insolvency{Opened: today, Proceedings: Liquidation}}, "trustee"},
		"dispute without its day": {DisputeReply, Facts{Dispute: &Dispute{Invoice: 1}}, "dispute"},
	} {
		r := Request(everyModel(t, ledger.CompanyCustomer, 1)[FirstReminder])
		r.Model, r.Facts = k.model, k.facts
		if _, _, err := Compose(r); ledger.CodeOf(err) != "letter_facts_missing" || !strings.Contains(err.Error(), k.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFactsOfTheLedger: promises, disputes and payments that the ledger holds need not be given.
func TestFactsOfTheLedger(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	a, b := s.invoice(c, "F-1", 100000, 30), s.invoice(c, "F-2", 50000, 20)
	s.d.Put(&ledger.Promise{Customer: c, Made: today.Add(-2), Due: today.Add(5), Amount: ledger.Euros(40000), Invoices: []ledger.InvoiceID{b}, Words: "dit que son comptable est un incapable"})
	s.d.Put(&ledger.Dispute{Invoice: a, Opened: today.Add(-3), Reason: ledger.LateDelivery, Words: "à vérifier"})
	s.pay(c, a, 20000, 4)
	l, _ := s.compose(Request{Customer: c, Model: PromiseConfirmation})
	contains(t, bodyText(l), "Le 22 novembre 2026", "400,00 €", "dimanche 29 novembre 2026", "F-2")
	lacks(t, bodyText(l), "F-1", "comptable")
	if l.Deadline != today.Add(5) {
		t.Errorf("%s", l.Deadline)
	}
	l, w := s.compose(Request{Customer: c, Model: DisputeReply})
	contains(t, bodyText(l), "facture F-1 (livraison en retard)", "nous ne vous demandons pas le règlement de cette facture", "Reste dû 800,00 €")
	lacks(t, bodyText(l), "Total à régler", "vérifier")
	if l.Amount != ledger.Euros(0) || len(w) > 0 {
		t.Errorf("%s %v", l.Amount, w)
	}
	l, _ = s.compose(Request{Customer: c, Model: Receipt})
	contains(t, bodyText(l), "le 20 novembre 2026, votre règlement de 200,00 € (deux cents euros), sur notre compte", "F-1 25/09/2026 1 000,00 € 200,00 € 800,00 €", "Il reste 800,00 €")
	if l.Lines[0].Open != 80000 || l.Principal != ledger.Euros(20000) {
		t.Errorf("%+v", l)
	}
}

func TestDisputeAnswered(t *testing.T) {
	r := everyModel(t, ledger.CompanyCustomer, 1)[DisputeReply]
	r.Facts.Dispute.Answer = "Les deux lames seront remplacées le 2 décembre ; le montant reste donc dû"
	text := mailOf(t, r)
	contains(t, text, "Voici notre réponse", "le montant reste donc dû.", "régler 1 640,20 € au plus tard le mercredi 9 décembre 2026")
	lacks(t, text, "Part contestée", "Nous l’examinons")
}

func TestCallSummary(t *testing.T) {
	r := everyModel(t, ledger.CompanyCustomer, 1)[CallSummary]
	r.Facts.Call = &Call{On: today, Disputed: "deux lames rayées", Settles: "leur remplacement", SettledBy: "M. Renaud", Uncontested: true}
	text := mailOf(t, r)
	contains(t, text, "Point contesté : deux lames rayées.", "S’en charge : M. Renaud.", "de nous confirmer ces points par écrit", "n’emportent renonciation ni aux pénalités")
	lacks(t, text, "vous ne contestez", "échéances")
	r = everyModel(t, ledger.Consumer, 1)[CallSummary]
	lacks(t, mailOf(t, r), "renonciation", "pénalités")
}

func TestPlans(t *testing.T) {
	all := everyModel(t, ledger.CompanyCustomer, 1)
	r := all[PlanAgreement]
	r.Facts.Plan.Extra, r.Facts.Plan.Waived = ledger.Euros(5000), true
	if _, _, err := Compose(Request(r)); ledger.CodeOf(err) != "letter_plan_differs" {
		t.Errorf("%v", err)
	}
	r.Facts.Plan.Instalments[0].Amount = ledger.Euros(69020)
	text := mailOf(t, r)
	contains(t, text, "la somme de 1 690,20 € (mille six cent quatre-vingt-dix euros et vingt centimes), dont 50,00 € de pénalités de retard et d’indemnité",
		"nous renonçons aux pénalités", "n’opère pas novation", "immédiatement exigible", "1 04/12/2026 1 000,00 € 2 03/01/2027 690,20 €", "en toutes lettres", "Cabinet Dervaux-Pellin (SIREN 999 000 224), débiteur")
	if l := r.letter(t, words.FR); l.Amount != ledger.Euros(169020) || l.Principal != ledger.Euros(164020) {
		t.Errorf("%s %s", l.Amount, l.Principal)
	}
	r.Facts.Plan.Instalments[1].Amount.Currency = ledger.CHF
	if _, _, err := Compose(Request(r)); ledger.CodeOf(err) != "letter_facts_currency" {
		t.Errorf("%v", err)
	}
	r = all[PlanLapse]
	r.Facts.Plan.Agreed = 0
	contains(t, mailOf(t, r), "Nous avions convenu avec vous d’un règlement échelonné", "régler 800,00 €", "soit 1 640,20 €, sera exigible")
	if _, w, _ := Compose(Request(r)); !slices.Contains(codes(w), "plan_day_unknown") {
		t.Errorf("%v", w)
	}
}

func TestComing(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	s.invoice(c, "LATE", 10000, 3)
	s.invoice(c, "TODAY", 20000, 0)
	s.inParts(c, "PARTS", [2]int64{-10, 30000}, [2]int64{-40, 50000})
	s.invoice(c, "FAR", 40000, -60)
	l, w := s.compose(Request{Customer: c, Model: PreDue})
	if l.Amount != ledger.Euros(50000) || l.Deadline != today || len(w) > 0 {
		t.Errorf("%s %s %v", l.Amount, l.Deadline, w)
	}
	contains(t, bodyText(l), "TODAY", "PARTS, échéance 1 sur 2", "la première étant le mardi 24 novembre 2026")
	lacks(t, bodyText(l), "LATE", "FAR", "échéance 2")
	far := s.customer(ledger.Customer{Ref: "C2", Name: "Lointain", Address: "1 rue", Town: "Ville"})
	s.invoice(far, "NEXT", 40000, -60)
	s.invoice(far, "AFTER", 40000, -61)
	if l, _ = s.compose(Request{Customer: far, Model: PreDue}); len(l.Lines) != 1 || l.Deadline != today.Add(60) {
		t.Errorf("%+v", l.Lines)
	}
}

func TestStatementOfAccount(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	late := s.invoice(c, "LATE", 100000, 3)
	s.invoice(c, "SOON", 50000, -10)
	s.invoice(c, "NOTE", -3000, 9)
	s.d.Put(&ledger.Payment{Customer: c, On: today.Add(-2), Amount: ledger.Euros(12000), Allocations: []ledger.Allocation{{Invoice: late, Amount: 10000}}})
	l, _ := s.compose(Request{Customer: c, Model: StatementOfAccount})
	contains(t, bodyText(l), "Versements non imputés –20,00 €", "Solde du compte 1 350,00 €", "Échu 900,00 €", "À échoir 500,00 €", "Avoirs et versements non imputés –50,00 €", "la part échue, soit 850,00 €")
	if l.Amount != ledger.Euros(135000) {
		t.Errorf("%s", l.Amount)
	}
	none := s.customer(ledger.Customer{Ref: "C2", Name: "Rien"})
	if _, _, err := Compose(Request{Book: s.d.Next(), Customer: none, Model: StatementOfAccount, On: today}); ledger.CodeOf(err) != "letter_nothing_open" {
		t.Errorf("%v", err)
	}
}

func TestQuitus(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	for _, number := range []string{"OLD", "ASKED"} {
		id := s.invoice(c, number, 10000, 40)
		s.pay(c, id, 10000, 2)
	}
	if l, _ := s.compose(Request{Customer: c, Model: Quitus}); len(l.Lines) != 2 || l.Amount != ledger.Euros(20000) {
		t.Errorf("%+v", l.Lines)
	}
	s.d.Put(&ledger.Letter{Customer: c, Model: FirstReminder, On: today.Add(-20), Sent: today.Add(-20), Lines: []ledger.LetterLine{{Invoice: 2}}})
	l, w := s.compose(Request{Customer: c, Model: Quitus})
	contains(t, bodyText(l), "ASKED", "100,00 € (cent euros)", "s’y attachent restent réservées")
	lacks(t, bodyText(l), "OLD", "renonçons")
	if len(w) > 0 {
		t.Errorf("%v", w)
	}
	l, _ = s.compose(Request{Customer: c, Model: Quitus, Facts: Facts{Discharge: &Discharge{Waived: true}}})
	contains(t, bodyText(l), "Nous renonçons aux pénalités de retard et à l’indemnité forfaitaire")
	lacks(t, bodyText(l), "réservées")

	half := s.invoice(c, "HALF", 10000, 40)
	if _, _, err := Compose(Request{Book: s.d.Next(), Customer: c, Model: Quitus, On: today}); ledger.CodeOf(err) != "letter_not_settled" {
		t.Errorf("%v", err)
	}
	s.pay(c, half, 8000, 2)
	s.d.Put(&ledger.WriteOff{Invoice: half, On: today, Amount: ledger.Euros(2000)})
	l, w = s.compose(Request{Customer: c, Model: Quitus, Invoices: []ledger.InvoiceID{half}})
	contains(t, bodyText(l), "100,00 € 80,00 € 20,00 €", "abandonnée, soit 20,00 €", "pour la somme de 80,00 €")
	if !slices.Equal(codes(w), []string{"given_up"}) {
		t.Errorf("%v", w)
	}
	if l, _ = s.compose(Request{Customer: c, Model: Quitus}); strings.Contains(bodyText(l), "HALF") {
		t.Error("what was written off is discharged without the owner's choice")
	}
	nobody := s.customer(ledger.Customer{Ref: "C2", Name: "Rien"})
	if _, _, err := Compose(Request{Book: s.d.Next(), Customer: nobody, Model: Quitus, On: today}); ledger.CodeOf(err) != "letter_nothing_settled" {
		t.Errorf("%v", err)
	}
}

func TestQuitusOfPrivatePersons(t *testing.T) {
	s := newSample(t)
	c := s.customer(ledger.Customer{Ref: "C1", Name: "Mme Corbassier", Type: ledger.Consumer, Address: "1 rue", Town: "Ville"})
	s.pay(c, s.invoice(c, "F-1", 10000, 40), 10000, 2)
	l, _ := s.compose(Request{Customer: c, Model: Quitus})
	lacks(t, bodyText(l), "ntérêts")
	s.d.Put(&ledger.Letter{Customer: c, Model: FormalNotice, On: today.Add(-20), Sent: today.Add(-20), Lines: []ledger.LetterLine{{Invoice: 1}}})
	l, _ = s.compose(Request{Customer: c, Model: Quitus})
	contains(t, bodyText(l), "Les intérêts courus depuis notre mise en demeure restent réservés.")
}

func TestInsolvencyClaim(t *testing.T) {
	r := everyModel(t, ledger.CompanyCustomer, 1)[InsolvencyClaim]
	f := r.Facts.Insolvency
	f.Security, f.Litigation, f.Court, f.Published = "gage inscrit le 3 mars 2026", "tribunal judiciaire de Grenoble", "", 0
	l, w, err := Compose(Request(r))
	if err != nil {
		t.Fatal(err)
	}
	contains(t, bodyText(l), "une procédure de redressement judiciaire a été ouverte", "à titre privilégié : gage inscrit le 3 mars 2026.", "devant la juridiction suivante : tribunal judiciaire de Grenoble.",
		"Principal échu au jugement du 04/11/2026 1 640,20 €", "Principal à échoir 800,00 €", "Pénalités de retard arrêtées au 03/11/2026 21,73 €", "(1 facture × 40,00 €) 40,00 €", "Total déclaré 2 501,93 €")
	lacks(t, bodyText(l), "chirographaire", "BODACC")
	if !slices.Equal(codes(w), []string{"publication_unknown", "rate_unconfirmed"}) {
		t.Errorf("%v", codes(w))
	}
	if l.Recipient[0] != "MAÎTRE JEANNE AUBRAC" || l.Amount != ledger.Euros(250193) || l.Principal != ledger.Euros(244020) || l.Enclosures == "" {
		t.Errorf("%q %s %s", l.Recipient, l.Amount, l.Principal)
	}
	f.Published = today.AddMonths(-2).Add(-1)
	f.Opened = today.AddMonths(-3)
	if _, w, err = Compose(Request(r)); ledger.CodeOf(err) != "letter_nothing_open" {
		t.Errorf("all was invoiced later: %v %v", w, err)
	}
	f.Opened = today.Add(-60)
	if _, w, _ = Compose(Request(r)); !slices.Contains(codes(w), "declared_late") || !slices.Contains(codes(w), "after_judgment") {
		t.Errorf("%v", w)
	}
}

func TestBelgianReminder(t *testing.T) {
	for cents, most := range map[int64]int64{1: 2000, 15000: 2000, 15001: 3000, 50000: 6500, 50001: 6500, 150000: 11500, 9_000_000: 200000} {
		if got := claim.BelgianCap(ledger.Euros(cents)); got != ledger.Euros(most) {
			t.Errorf("%d: %s", cents, got)
		}
	}
	// Posted on Wednesday 23 December 2026: third working day 29 December at the latest, 14 days from then.
	if d := belgianDeadline(ledger.Day(2026, 12, 23)); d < ledger.Day(2027, 1, 12) || d.Weekday() == 0 || d.Weekday() == 6 {
		t.Errorf("%s", d)
	}
	r := everyModel(t, ledger.CompanyCustomer, 1)[BelgianReminder]
	r.Facts.Belgian.Indemnity = ledger.Euros(20000)
	if _, _, err := Compose(Request(r)); ledger.CodeOf(err) != "letter_be_indemnity" {
		t.Errorf("%v", err)
	}
	r.Facts.Belgian, r.Deadline = nil, today.Add(15)
	l, w, err := Compose(Request(r))
	if err != nil || !slices.Equal(codes(w), []string{"be_deadline", "be_no_indemnity"}) {
		t.Errorf("%v %v", w, err)
	}
	lacks(t, bodyText(l), "ndemnité")
	if _, w, _ = Mail(Request(r)); slices.Contains(codes(w), "be_deadline") {
		t.Errorf("an e-mail's days run from the day after: %v", w)
	}
	r.Model = FirstReminder
	if _, w, _ = Compose(Request(r)); !slices.Contains(codes(w), "be_consumer") {
		t.Errorf("%v", w)
	}
	french := everyModel(t, ledger.Consumer, 1)[FirstReminder]
	french.Model = BelgianReminder
	if _, w, _ = Compose(Request(french)); !slices.Contains(codes(w), "be_elsewhere") {
		t.Errorf("%v", w)
	}
}

// TestLevels: letters go up one step after the other; what is no reminder counts for nothing.
func TestLevels(t *testing.T) {
	sent := func(models ...string) func(model string) []string {
		return func(model string) []string {
			s := newSample(t)
			c := s.dervaux()
			id := s.invoice(c, "F-1", 10000, 40)
			for n, m := range models {
				day := today.Add(-30 + n)
				s.d.Put(&ledger.Letter{Customer: c, Model: m, On: day, Sent: day, Lines: []ledger.LetterLine{{Invoice: id}}})
			}
			_, w := s.compose(Request{Customer: c, Model: model})
			return slices.DeleteFunc(codes(w), func(c string) bool { return c == "rate_unconfirmed" })
		}
	}
	for _, k := range []struct {
		before []string
		model  string
		want   []string
	}{
		{nil, FirstReminder, nil},
		{nil, SecondReminder, []string{"level_skipped"}},
		{nil, FormalNotice, []string{"level_skipped"}},
		{nil, HandoverNotice, []string{"level_skipped"}},
		{[]string{PreDue, StatementOfAccount, Receipt}, LastReminder, []string{"level_skipped"}},
		{[]string{PreDue}, FirstReminder, nil},
		{[]string{FirstReminder}, SecondReminder, nil},
		{[]string{FirstReminder}, FormalNotice, nil},
		{[]string{FirstReminder, SecondReminder}, FirstReminder, []string{"level_lower", "sent_before"}},
		{[]string{LastReminder}, SecondReminder, []string{"level_lower"}},
		{[]string{FormalNotice}, LastReminder, []string{"level_lower"}},
		{[]string{FormalNotice}, StatementOfAccount, nil},
	} {
		if got := sent(k.before...)(k.model); !slices.Equal(got, k.want) {
			t.Errorf("%s after %v: %v, want %v", k.model, k.before, got, k.want)
		}
	}
}

// A payment that settles nothing yet has a receipt all the same.
func TestReceiptOfCredit(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	s.invoice(c, "F-1", 10000, 3)
	s.d.Put(&ledger.Payment{Customer: c, On: today, Amount: ledger.Euros(5000), Means: ledger.Cheque})
	l, _ := s.compose(Request{Customer: c, Model: Receipt})
	contains(t, bodyText(l), "de 50,00 € (cinquante euros), par chèque, sous réserve de son encaissement", "soit 50,00 €, est portée au crédit")
	lacks(t, bodyText(l), "F-1", "soldée", "imputé comme suit")
	if l.Amount != ledger.Euros(5000) || len(l.Lines) != 0 {
		t.Errorf("%s %v", l.Amount, l.Lines)
	}
	s.pdf(l)
}

// TestAnyFacts: no text that the owner types breaks a letter or an e-mail.
func TestAnyFacts(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	alphabet := []rune("aÉ 0-\u00ad\u0301\u200b\t\n\\()<>{}%*«»’\u202f\u00a0Ж漢🙂.!\x00\ufffd")
	text := func() string {
		var b strings.Builder
		for range r.IntN(160) {
			b.WriteRune(alphabet[r.IntN(len(alphabet))])
		}
		return b.String()
	}
	for range 60 {
		all := everyModel(t, ledger.CompanyCustomer, 1)
		k := all[CallSummary].Facts.Call
		k.With, k.Reason, k.Documents, k.Disputed, k.Settles, k.SettledBy, k.At = text(), text(), []string{text(), text()}, text(), text(), text(), text()
		k.Others, k.Promises[0].Words = []string{text(), text()}, text()
		d := all[DisputeReply].Facts.Dispute
		d.Settles, d.Answer = text(), text()
		i := all[InsolvencyClaim].Facts.Insolvency
		i.Court, i.Trustee, i.Address, i.Town, i.Security, i.Litigation = text(), "M"+text(), text(), text(), text(), text()
		for _, model := range []string{CallSummary, DisputeReply, InsolvencyClaim} {
			mustPDF(t, all[model].letter(t, words.FR))
			all[model].message(t, words.EN)
		}
	}
}

func TestMailWraps(t *testing.T) {
	for _, k := range []struct{ in, want string }{
		{strings.Repeat("mot ", 30), strings.TrimRight(strings.Repeat("mot ", 18), " ") + "\n  " + strings.TrimRight(strings.Repeat("mot ", 12), " ")},
		{strings.Repeat("x", 90) + " y", strings.Repeat("x", 90) + "\n  y"},
		{"", ""},
	} {
		if got := strings.Join(wrapText(k.in, "", "  "), "\n"); got != k.want {
			t.Errorf("%q", got)
		}
	}
	s := newSample(t)
	c := s.customer(ledger.Customer{Ref: "C1", Name: "Client", Address: "1 rue", Town: "Ville"})
	s.invoice(c, strings.Repeat("F-2026 ", 14), 10000, 5)
	m, _, err := Mail(Request{Book: s.d.Next(), Customer: c, Model: FirstReminder, On: today})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(m.Text, "\n") {
		if len([]rune(line)) > mailWidth {
			t.Errorf("%q", line)
		}
	}
}
