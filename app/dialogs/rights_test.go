package dialogs

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// dated gives a bench with a customer of a kind in a country, and two invoices of 5 000,00 €, due some days ago.
func dated(t *testing.T, country string, kind ledger.CustomerKind, days ...int) *screentest.Bench {
	t.Helper()
	b := screentest.Empty(t, words.FR)
	on := screentest.Day
	if _, err := b.Desk.Fill(t.Context(), func(d *ledger.Draft) error {
		d.Put(&ledger.Company{Name: "Valdoré", Country: country})
		d.Put(&ledger.Customer{Ref: "C1", Name: "Dervaux", Type: kind, Country: country})
		for k, n := range days {
			d.Put(&ledger.Invoice{Customer: 1, Number: "F-" + string(rune('1'+k)), Issued: on.Add(-n - 30), Due: on.Add(-n), Total: ledger.Euros(500000)})
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRights(t *testing.T) {
	b := dated(t, "FR", ledger.CompanyCustomer, 61, -10)
	state := b.Desk.State()
	r := newRights(b.Desk, fr, state.Book.Invoice(1))
	if plain(r.Sum) != "À ce jour, 103,62 € d’intérêts et 40,00 € d’indemnité, en plus du principal." || !r.CanWaive || r.Near || r.Past {
		t.Errorf("%+v", r)
	}
	if !strings.Contains(r.Rule, "L441-10") || plain(r.Last) != "Dernier jour, compté au plus court : 24/09/2031 (à vérifier)" || !strings.Contains(r.Reason, "L110-4") {
		t.Errorf("%q %q %q", r.Rule, r.Last, r.Reason)
	}
	if r := newRights(b.Desk, fr, state.Book.Invoice(2)); r.CanWaive || r.Sum != fr.T("rights.none") || r.Last == "" {
		t.Errorf("not due: %+v", r)
	}
	abroad := dated(t, "DE", ledger.CompanyCustomer, 61)
	if r := newRights(abroad.Desk, fr, abroad.Desk.State().Book.Invoice(1)); r.CanWaive || r.Rule != "" || r.Last != "" || r.Sum == "" {
		t.Errorf("unknown law: %+v", r)
	}
}

func TestWaiveModel(t *testing.T) {
	b := dated(t, "FR", ledger.CompanyCustomer, 61, 31, -10)
	m := newWaiveModel(b.Desk, fr, []ledger.InvoiceID{1, 2, 3})
	if len(m.List) != 2 || len(m.kinds()) != 3 {
		t.Fatalf("%+v", m.List)
	}
	part := ledger.Euros(1000)
	for kind, want := range map[string]ledger.Waiver{
		waiveWhole: {Invoice: 2, Whole: true, Why: "geste"}, waiveInterest: {Invoice: 2, Interest: m.List[1].Interest.Minor, Why: "geste"},
		waiveIndemnity: {Invoice: 2, Indemnity: 4000, Why: "geste"}, waivePart: {Invoice: 2, Interest: 1000, Indemnity: 1000, Why: "geste"},
	} {
		if got := m.waivers(kind, []string{"2"}, part, part, "geste"); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %+v", kind, got)
		}
	}
	if got := m.waivers(waivePart, []string{"1"}, ledger.Money{}, ledger.Money{}, ""); len(got) != 0 {
		t.Errorf("nothing: %+v", got)
	}
}

// A part is given up on the card, is listed, and is claimed again once removed.
func TestCardWaives(t *testing.T) {
	b := dated(t, "FR", ledger.CompanyCustomer, 61)
	s := stage(t, shot.Setup{})
	ShowInvoice(b.Context, 1, nil)
	s.Tap("Renoncer…")
	s.Tap("Une partie")
	s.Golden("waive_fr")
	s.Tap("Sur les intérêts")
	s.Type("900")
	s.Tap("Renoncer")
	s.Has("Au plus 103,62")
	s.Golden("waive_wrong_fr")
	s.Tap("L’indemnité") // what was typed wrong no longer counts
	s.Key(fyne.KeyReturn)
	k, err := b.Desk.Claim(1)
	if err != nil || !k.Indemnity.IsZero() || k.Interest != ledger.Euros(10362) || len(b.Dones) != 1 {
		t.Fatalf("%+v %v %v", k, err, b.Errors)
	}
}

func TestCardListsWaivers(t *testing.T) {
	b := dated(t, "FR", ledger.CompanyCustomer, 61)
	if _, err := b.Desk.Waive(t.Context(), ledger.Waiver{Invoice: 1, Indemnity: 4000, Why: "geste commercial"}); err != nil {
		t.Fatal(err)
	}
	s := stage(t, shot.Setup{})
	ShowInvoice(b.Context, 1, nil)
	s.Has("Renoncé le 24/11/2026", "geste commercial")
	s.Tap("Retirer")
	if k, _ := b.Desk.Claim(1); k.Indemnity != ledger.Euros(4000) || len(b.Dones) != 1 {
		t.Errorf("%+v %v", k, b.Errors)
	}
}

func TestInterruptKinds(t *testing.T) {
	for _, x := range []struct {
		country      string
		kind         ledger.CustomerKind
		demand, law  bool
		registeredIs string
	}{
		{"FR", ledger.CompanyCustomer, false, false, "rights.registered.none"}, {"FR", ledger.PublicBody, true, false, "rights.registered.public"},
		{"BE", ledger.CompanyCustomer, false, true, ""}, {"CH", ledger.Consumer, false, false, ""},
	} {
		b := dated(t, x.country, x.kind, 61)
		m := newInterruptModel(b.Desk, fr, 1)
		demand, lawyer := false, false
		for _, k := range m.kinds() {
			demand, lawyer = demand || k.ID == string(ledger.DemandedPublic), lawyer || k.ID == string(ledger.NoticeByLawyer)
			if m.law(k.ID) == "" {
				t.Errorf("%s %s: nothing said", x.country, k.ID)
			}
		}
		want := ""
		if x.registeredIs != "" {
			want = fr.T(x.registeredIs)
		}
		if demand != x.demand || lawyer != x.law || m.registered() != want {
			t.Errorf("%s %s: %+v %q", x.country, x.kind, m.kinds(), m.registered())
		}
	}
	b := dated(t, "FR", ledger.CompanyCustomer, 4*365)
	m := newInterruptModel(b.Desk, fr, 1)
	if got := plain(m.effect(string(ledger.Acknowledged), screentest.Day)); got != "F-1 : le dernier jour passerait du 25/11/2027 au 24/11/2031." {
		t.Error(got)
	}
	if m.effect(string(ledger.Acknowledged), screentest.Day+1) != "" {
		t.Error("an effect of tomorrow")
	}
}

// An event is noted without counting, then confirmed on the card: the last day moves; removed, it moves back.
func TestCardInterrupts(t *testing.T) {
	b := dated(t, "FR", ledger.CompanyCustomer, 4*365+200, 61)
	s := stage(t, shot.Setup{})
	ShowInvoice(b.Context, 1, nil)
	s.Golden("card_limit_fr")
	s.Tap("Ajouter un acte…")
	s.Tap("Enregistrer")
	s.Golden("interrupt_wrong_fr")
	s.Tap("Date")
	s.Type("20/11/2026")
	s.Key(fyne.KeyTab)
	s.Golden("interrupt_fr")
	s.Tap("Enregistrer")
	last := func() ledger.Date {
		c, err := claim.CaseOf(b.Desk.State().Book, 1)
		if err != nil {
			t.Fatal(err)
		}
		return c.Limit(screentest.Day).Last
	}
	before := last()
	if x := b.Desk.State().Book.InterruptionsOf(1); len(x) != 1 || !x[0].Confirmed.IsZero() || len(b.Desk.State().Book.InterruptionsOf(2)) != 0 {
		t.Fatalf("%+v %v", x, b.Errors)
	}
	s.Tap("Confirmer")
	s.Key(fyne.KeyReturn)
	if last() != ledger.Day(2031, 11, 20) {
		t.Errorf("%s, was %s; %v", last(), before, b.Errors)
	}
	s.Has("20/11/2031", "à partir de l’acte du 20/11/2026")
	s.Tap("Retirer")
	if last() != before {
		t.Errorf("%s, was %s", last(), before)
	}
}

func TestRightsLook(t *testing.T) {
	b := dated(t, "FR", ledger.PublicBody, 3*365+320)
	if _, err := b.Desk.Interrupt(t.Context(), ledger.Interruption{Invoice: 1, On: screentest.Day.Add(-300), What: ledger.DemandedPublic, Words: "recommandé 1A 123"}, false); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Desk.Waive(t.Context(), ledger.Waiver{Invoice: 1, Indemnity: 4000, Why: "geste commercial"}); err != nil {
		t.Fatal(err)
	}
	s := stage(t, shot.Setup{Width: 1024, Height: 700, Appearance: look.Dark})
	ShowInvoice(b.Context, 1, nil)
	s.Golden("card_rights_dark")
	s = stage(t, shot.Setup{Width: 1024, Height: 600})
	Interrupt(b.Context, 1, nil)
	s.Golden("interrupt_public_small")
}

// What the law counts from is entered with the invoice; what only public bodies have is asked for theirs alone.
func TestInvoiceFormAsksForTheDaysOfTheLaw(t *testing.T) {
	b := dated(t, "FR", ledger.CompanyCustomer, 61)
	s := stage(t, shot.Setup{})
	EditInvoice(b.Context, 1, nil)
	s.HasNot("N° d’engagement")
	s.Has("Livraison, fin des travaux")
	b = dated(t, "FR", ledger.PublicBody, 61)
	s = stage(t, shot.Setup{Width: 1024, Height: 600})
	EditInvoice(b.Context, 1, nil)
	s.Tap("Livraison, fin des travaux")
	s.Type("20/08/2026")
	s.Tap("Reçue (Chorus Pro)")
	s.Type("25/11/2026")
	s.Key(fyne.KeyReturn)
	s.Golden("invoice_public_wrong_small")
	for range 10 {
		s.Key(fyne.KeyBackspace)
	}
	s.Type("01/09/2026")
	s.Tap("Code service")
	s.Type("SRV 12")
	s.Tap("N° d’engagement")
	s.Type("EJ-77")
	s.Key(fyne.KeyReturn)
	i := b.Desk.State().Book.Invoice(1)
	if i.Completed != ledger.Day(2026, 8, 20) || i.Demanded != ledger.Day(2026, 9, 1) || i.Service != "SRV 12" || i.Commitment != "EJ-77" {
		t.Fatalf("%+v %v", i, b.Errors)
	}
	s = stage(t, shot.Setup{})
	ShowInvoice(b.Context, 1, nil)
	s.Has("20/08/2026", "SRV 12", "EJ-77", "01/09/2026")
	s.Golden("card_public_fr")
}

// Country and kind decide the rules, which the form names at once; an agreed indemnity is asked for where only a clause gives one.
func TestCustomerFormNamesTheRules(t *testing.T) {
	b := dated(t, "BE", ledger.Consumer, 61)
	s := stage(t, shot.Setup{Width: 1024, Height: 700, Appearance: look.Dark})
	EditCustomer(b.Context, 1, nil)
	s.Has("Particulier en Belgique")
	s.Tap("Indemnité convenue")
	s.Type("3000")
	s.Key(fyne.KeyReturn)
	s.Golden("customer_rules_wrong_dark")
	for range 4 {
		s.Key(fyne.KeyBackspace)
	}
	s.Type("40")
	s.Key(fyne.KeyReturn)
	if c := b.Desk.State().Book.Customer(1); c.Indemnity != 4000 {
		t.Fatalf("%+v %v", c, b.Errors)
	}
	m := newCustomerModel(b.Desk, fr, 1)
	for kind, want := range map[ledger.CustomerKind]bool{ledger.Consumer: true, ledger.CompanyCustomer: false, ledger.PublicBody: false, ledger.NonProfessional: false} {
		if m.Now.Type = kind; m.byClause() != want || m.rules() == "" {
			t.Errorf("%s: %v %q", kind, m.byClause(), m.rules())
		}
	}
	if m.Now.Country = "DE"; !strings.Contains(m.rules(), "ni intérêts ni indemnité") {
		t.Error(m.rules())
	}
	for text, want := range map[string]int64{"": 0, "40": 4000, "2 000": 200000, "2000,01": -1, "abc": -1, "-5": -1, "40 CHF": -1} {
		if got, err := m.indemnity(text); (err != nil) != (want < 0) || err == nil && got != want {
			t.Errorf("%q: %d %v", text, got, err)
		}
	}
}
