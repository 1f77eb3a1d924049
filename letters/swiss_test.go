package letters

import (
	"strings"
	"testing"

	"quitus/ledger"
)

// swissSample is a company in Geneva with an account of its own, in francs.
func swissSample(t testing.TB, iban string) *sample {
	s := newSample(t)
	company := s.d.Next().Company()
	company.Name, company.Address, company.Postcode, company.Town, company.Country = "Ébénisterie du Léman Sàrl", []string{"Rue du Rhône 12a"}, "1204", "Genève", "CH"
	company.IBAN, company.SIREN, company.VAT = iban, "", ""
	s.d.Put(&company)
	return s
}

const (
	swissIBAN = "CH9300762011623852957"
	qrIBAN    = "CH4431999123000889012" // of the guidelines' examples
)

func (s *sample) francs(c ledger.CustomerID, number string, rappen int64, late int) {
	s.d.Put(&ledger.Invoice{Customer: c, Number: number, Issued: today.Add(-late - 30), Due: today.Add(-late), Total: ledger.Money{Minor: rappen, Currency: "CHF"}})
}

func TestSwissBillIsRead(t *testing.T) {
	s := swissSample(t, swissIBAN)
	c := s.customer(ledger.Customer{Ref: "C-7", Name: "Hôtel du Lac SA", Address: "Quai Gustave-Ador 3", Postcode: "1207", Town: "Genève", Country: "CH"})
	s.francs(c, "F-2026-77", 194975, 12)
	l, warnings := s.compose(Request{Customer: c})
	if len(warnings) > 1 || l.PayCode != nil || l.SwissBill == nil {
		t.Fatalf("%+v, %v, %v", warnings, l.PayCode, l.SwissBill)
	}
	pdf := s.pdf(l)
	want := "SPC\n0200\n1\nCH9300762011623852957\nS\nÉbénisterie du Léman Sàrl\nRue du Rhône\n12a\n1204\nGenève\nCH\n\n\n\n\n\n\n\n1949.75\nCHF\n" +
		"S\nHôtel du Lac SA\nQuai Gustave-Ador\n3\n1207\nGenève\nCH\nNON\n\nF-2026-77\nEPD"
	pages := len(placesOf(t, pdf).Pages)
	if got := scan(t, pdf, pages); got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
	text := flat(textOf(t, pdf))
	for _, printed := range []string{"Récépissé", "Section paiement", "1 949.75", "CH93 0076 2011 6238 5295 7", "Rue du Rhône 12a", "1207 Genève", "Informations supplémentaires", "Point de dépôt"} {
		if !strings.Contains(text, printed) {
			t.Errorf("no %q in\n%s", printed, text)
		}
	}
	if out := tool(t, pdf, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
}

// TestSwissPlaces: receipt and payment part stand where machines look for them, and nothing else does.
func TestSwissPlaces(t *testing.T) {
	s := swissSample(t, swissIBAN)
	c := s.customer(ledger.Customer{Ref: "C-7", Name: strings.Repeat("Société immobilière ", 6), Address: strings.Repeat("Quai Gustave-Ador ", 5) + "3", Postcode: "1207", Town: strings.Repeat("Plan-les-Ouates ", 3), Country: "FR"})
	s.francs(c, "F-2026-77", 99_999_999_999, 12)
	l, _ := s.compose(Request{Customer: c})
	pages := placesOf(t, s.pdf(l)).Pages
	for _, w := range pages[len(pages)-1].Words {
		const mm = mmPerPoint
		inPart := w.YMax*mm > swissTop+1
		switch {
		case !inPart && w.YMax*mm > swissTop:
			t.Errorf("%q crosses the upper edge", w.Text)
		case inPart && (w.XMin*mm < swissMargin-0.1 || w.XMax*mm > pageWidth-swissMargin+0.1 || w.YMax*mm > pageHeight-swissMargin):
			t.Errorf("%q is in the margin", w.Text)
		case inPart && w.XMin*mm < receiptWidth-swissMargin && w.XMax*mm > receiptWidth-swissMargin+0.1:
			t.Errorf("%q crosses into the payment part", w.Text)
		case inPart && w.XMax*mm > codeLeft && w.XMin*mm < codeLeft+swissCode+swissMargin-0.1 && w.YMax*mm > codeTop-5 && w.YMin*mm < codeTop+swissCode+4:
			t.Errorf("%q lies on the code", w.Text)
		case inPart && w.XMax*mm < receiptWidth && w.YMin*mm < amountTop && w.YMax*mm > amountTop+1:
			t.Errorf("%q runs into the amount", w.Text)
		}
	}
}

// TestSwissBillAlwaysHasItsCode: where accents make all parts together too long for the largest version allowed, the debtor is left out.
func TestSwissBillAlwaysHasItsCode(t *testing.T) {
	s := swissSample(t, swissIBAN)
	company := s.d.Next().Company()
	e := func(n int) string { return strings.Repeat("é", n) }
	company.Name, company.Address, company.Town = e(70), []string{e(70)}, e(35)
	s.d.Put(&company)
	c := s.customer(ledger.Customer{Ref: "C-7", Name: e(70), Address: e(70), Postcode: e(16), Town: e(35), Country: "CH"})
	s.francs(c, e(140), 194975, 12)
	l, _ := s.compose(Request{Customer: c})
	if b := l.SwissBill; b == nil || b.debtor != nil || newCode(b.text()) == nil {
		t.Fatalf("%+v", l.SwissBill)
	}
	pdf := s.pdf(l)
	if got := scan(t, pdf, len(placesOf(t, pdf).Pages)); got != l.SwissBill.text() {
		t.Errorf("%q", got)
	}
}

func TestSwissReferences(t *testing.T) {
	const qrr = "210000000003139471430009017"
	for _, k := range []struct{ name, iban, number, kind, printed, warning string }{
		{"QR reference", qrIBAN, qrr, "QRR", "21 00000 00003 13947 14300 09017", ""},
		{"QR-IBAN without one", qrIBAN, "F-1", "", "", "qr_reference"},
		{"creditor reference", swissIBAN, "RF18539007547034", "SCOR", "RF18 5390 0754 7034", ""},
		{"QR reference, other account", swissIBAN, qrr, "NON", "", ""},
		{"number", swissIBAN, "F-1", "NON", "", ""},
	} {
		if !ledger.ValidIBAN(k.iban) {
			t.Fatalf("%s is wrong", k.iban)
		}
		s := swissSample(t, k.iban)
		c := s.customer(ledger.Customer{Name: "A", Country: "CH"})
		s.francs(c, k.number, 1000, 12)
		l, warnings := s.compose(Request{Customer: c})
		warned := ""
		for _, w := range warnings {
			if strings.HasPrefix(w.Code, "qr_") {
				warned = w.Code
			}
		}
		if warned != k.warning || (l.SwissBill != nil) != (k.kind != "") {
			t.Errorf("%s: warning %q, bill %v", k.name, warned, l.SwissBill != nil)
			continue
		}
		if b := l.SwissBill; b != nil {
			if b.kind != k.kind || b.reference != "" && b.printedReference() != k.printed || b.debtor != nil || strings.Count(b.text(), "\n") != 30 {
				t.Errorf("%s: %+v", k.name, b)
			}
			mustPDF(t, l)
		}
	}
}

func TestSwissParty(t *testing.T) {
	for _, k := range []struct{ line, street, number string }{
		{"Rue du Lac 12", "Rue du Lac", "12"}, {"Bahnhofstrasse 7b", "Bahnhofstrasse", "7b"}, {"14 chemin des Tanneurs", "chemin des Tanneurs", "14"},
		{"12 bis, rue de Lyon", "rue de Lyon", "12 bis"}, {"Rue du 4-Août 3", "Rue du 4-Août", "3"}, {"Case postale", "Case postale", ""}, {"", "", ""}, {"Zone 3 de la Gare", "Zone 3 de la Gare", ""},
	} {
		p, ok := newSwissParty("A\u0301 🙂 “x” Иван", []string{"Bâtiment C", k.line, ""}, "1204", "Genève", "ch")
		if k.line == "" {
			k.street = "Bâtiment C"
		}
		if p.street != k.street || p.number != k.number || !ok || p.country != "CH" || p.name != `Á ? "x" ????` {
			t.Errorf("%q: %+v", k.line, p)
		}
	}
	if _, ok := newSwissParty("A", nil, "", "Genève", "CH"); ok {
		t.Error("complete without a postcode")
	}
	for figure, want := range map[string]string{"0.05": "0.05", "999.00": "999.00", "1949.75": "1 949.75", "999999999.99": "999 999 999.99", "12000.00": "12 000.00"} {
		if got := (&swissBill{figure: figure}).printedAmount(); got != want {
			t.Errorf("%s: %q", figure, got)
		}
	}
}

// TestSwissBillInGerman: a German-speaking customer in Switzerland has the bill under its German headings, and the letter in the
// spelling and the figures of the country.
func TestSwissBillInGerman(t *testing.T) {
	s := swissSample(t, swissIBAN)
	c := s.customer(ledger.Customer{Ref: "C-8", Name: "Bäckerei Zürcher AG", Address: "Bahnhofstrasse 3", Postcode: "8001", Town: "Zürich", Country: "CH", Language: "de"})
	s.d.Put(&ledger.Contact{Customer: c, Name: "Frau Regula Zürcher"})
	s.francs(c, "F-2026-78", 1_194_975, 12)
	l, _ := s.compose(Request{Customer: c, Model: FormalNotice})
	pdf := s.pdf(l)
	text := flat(textOf(t, pdf))
	for _, printed := range []string{"Empfangsschein", "Zahlteil", "Konto / Zahlbar an", "Zahlbar durch", "Währung", "Betrag", "Annahmestelle", "Zusätzliche Informationen",
		"Vor der Einzahlung abzutrennen", "CHF 11’949.75", "Mit freundlichen Grüssen", "Sehr geehrte Frau Regula Zürcher", "schweizerischen Obligationenrechts", "OR Art. 104: Verzugszins von 5 % pro Jahr"} {
		if !strings.Contains(text, printed) {
			t.Errorf("no %q in\n%s", printed, text)
		}
	}
	if strings.Contains(text, "ß") {
		t.Errorf("an ß in Switzerland:\n%s", text)
	}
}
