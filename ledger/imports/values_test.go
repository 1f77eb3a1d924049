package imports

import (
	"bytes"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

func strconvFloat(v float64) []byte { return strconv.AppendFloat(nil, v, 'g', -1, 64) }

func TestDates(t *testing.T) {
	r := &reading{s: &Sheet{grid: grid.New(nil)}, today: today, days: map[string]ledger.Date{}}
	for _, c := range []struct{ text, want string }{
		{"31/12/2026", "2026-12-31"}, {"31-12-26", "2026-12-31"}, {"31.12.2026", "2026-12-31"}, {"31 12 2026", "2026-12-31"}, {"1/2/26", "2026-02-01"},
		{"2026-12-31", "2026-12-31"}, {"2026/12/31", "2026-12-31"}, {"20261231", "2026-12-31"}, {"31122026", "2026-12-31"}, {"01122026", "2026-12-01"},
		{"31 déc. 2026", "2026-12-31"}, {"31-déc.-26", "2026-12-31"}, {"31 DECEMBRE 2026", "2026-12-31"}, {"1er janvier 2026", "2026-01-01"}, {"lun. 12 janv. 2026", "2026-01-12"},
		{"mar. 13 janv. 2026", "2026-01-13"}, {"13 mar 2026", "2026-03-13"}, {"March 15, 2026", "2026-03-15"}, {"15-Mar-26", "2026-03-15"}, {"le 5 août 2026", "2026-08-05"}, {"27-févr.-26", "2026-02-27"},
		{"12. März 2026", "2026-03-12"}, {"3 mei 2026", "2026-05-03"}, {"23/02/2026 09:26:24", "2026-02-23"}, {"2026-02-23T09:26:24Z", "2026-02-23"}, {"23/02/2026 à 9h26", "2026-02-23"},
		{"46046", "2026-01-24"}, {" 31/01/2026 ", "2026-01-31"}, {"29/02/2024", "2024-02-29"}, {"01/01/99", "1999-01-01"},
		{"", "empty"}, {"-", "empty"}, {"0000-00-00", "empty"}, {"00/00/0000", "empty"}, {"N/A", "empty"}, {"?", "empty"},
		{"31/02/2026", "date_not_existing"}, {"31/09/2026", "date_not_existing"}, {"29/02/2026", "date_not_existing"}, {"32/01/2026", "date_invalid"}, {"12/2026", "date_invalid"}, {"mars 2026", "date_invalid"},
		{"13/13/2026", "date_invalid"}, {"fin mars", "date_invalid"}, {"31/12/2026 (acompte)", "date_invalid"}, {"12/10", "date_invalid"}, {"1/1/206", "date_invalid"}, {"1/1/2206", "date_unlikely"}, {"01/01/1926", "date_unlikely"}, {"voir", "date_invalid"}, {"123456", "date_invalid"},
	} {
		d, p := r.readDay(value{kind: grid.Text, text: []byte(c.text), format: &grid.Format{}})
		got := d.String()
		switch {
		case p != nil && p.empty:
			got = "empty"
		case p != nil:
			got = p.code
		}
		if got != c.want {
			t.Errorf("%q is %s, want %s", c.text, got, c.want)
		}
	}
}

func TestDateOrder(t *testing.T) {
	for _, c := range []struct {
		texts string
		want  dateOrder
	}{
		{"1/2/2026 3/4/2026", dayFirst}, {"1/2/2026 13/4/2026", dayFirst}, {"1/2/2026 3/14/2026", monthFirst}, {"3/14/2026 14/3/2026 15/3/2026", dayFirst}, {"2026-01-14", dayFirst},
	} {
		var v orderVotes
		for _, s := range strings.Fields(c.texts) {
			v.add(s)
		}
		if v.order()[0] != c.want {
			t.Errorf("%s: %d", c.texts, v.order())
		}
	}
}

// A sheet may hold dates of two writings in two orders; the digits of the year tell them apart.
func TestDateOrderByYear(t *testing.T) {
	var v orderVotes
	for _, s := range []string{"16/02/2026", "05/12/26", "02/16/26", "03/04/2026"} {
		v.add(s)
	}
	if got := v.order(); got != (orders{dayFirst, monthFirst}) {
		t.Error(got)
	}
}

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		text    string
		decimal byte
		want    string
	}{
		{"1 234,56", 0, "1234.56"}, {"1\u00a0234,56 €", 0, "1234.56 EUR"}, {"1\u202f234,56\u202f€", 0, "1234.56 EUR"}, {"1.234,56", 0, "1234.56"}, {"1,234.56", 0, "1234.56"}, {"1'234.50", 0, "1234.50"}, {"8’196.57", 0, "8196.57"},
		{"(120,00)", 0, "-120.00"}, {"120,00-", 0, "-120.00"}, {"-120,00", 0, "-120.00"}, {"– 120", 0, "-120.00"}, {"€ 2 816,00", 0, "2816.00 EUR"}, {"149,86 EUR", 0, "149.86 EUR"}, {"CHF 1'200.–", 0, "1200.00 CHF"}, {"1200.-", 0, "1200.00"},
		{"$1,062.24", 0, "1062.24 USD"}, {"12", 0, "12.00"}, {"12,5", 0, "12.50"}, {"12.5", 0, "12.50"}, {",50", 0, "0.50"}, {"155.35000000", 0, "155.35"}, {"0,125", 0, "0.13"}, {"1.234.567,89", 0, "1234567.89"}, {"1 234 567", 0, "1234567.00"},
		{"1.234", 0, "1234.00"}, {"1.234", ',', "1234.00"}, {"1,234", '.', "1234.00"}, {"1234,567", 0, "1234.57"}, {"1 200,00 € TTC", 0, "1200.00 EUR"}, {"120,00 C", 0, "-120.00"}, {"120,00 D", 0, "120.00"}, {"+12,00", 0, "12.00"},
		{"2 1500,00", 0, "amount_ambiguous 2150,00 21500,00"}, {"1,234", 0, "amount_ambiguous 1,234 1234"}, {"1.234", '.', "amount_ambiguous 1,234 1234"},
		{"", 0, "empty"}, {"-", 0, "empty"}, {" – € ", 0, "empty"}, {"à chiffrer", 0, "amount_invalid"}, {"12 34", 0, "amount_invalid"}, {"1.23.456", 0, "amount_invalid"}, {"--12", 0, "amount_invalid"}, {"(-12)", 0, "amount_invalid"}, {"12 ABC", 0, "amount_invalid"}, {"12,34,56", 0, "amount_invalid"},
		{"1234567890123456", 0, "amount_invalid"}, {"12%", 0, "amount_invalid"}, {"100 HT", 0, "amount_invalid"}, {"1,2.3,4", 0, "amount_invalid"},
	} {
		a, p := parseAmount(trim([]byte(c.text)), c.decimal)
		var got string
		switch {
		case p != nil && p.empty:
			got = "empty"
		case p != nil && p.code == "amount_ambiguous":
			got = p.code + " " + p.args["first"].(string) + " " + p.args["second"].(string)
		case p != nil:
			got = p.code
		default:
			m, ok := a.minor(ledger.EUR)
			if !ok {
				t.Errorf("%q does not fit", c.text)
			}
			got = strings.TrimSpace(ledger.Euros(m).Decimal() + " " + string(a.currency))
		}
		if got != c.want {
			t.Errorf("%q (%q) is %s, want %s", c.text, c.decimal, got, c.want)
		}
	}
}

// What is read the short way comes to what it comes to the long way, whatever the column's sign and the currency.
func TestPlainAmounts(t *testing.T) {
	const signs = "0123456789012345678901234567890123456789,. -"
	random := rand.New(rand.NewPCG(1, 2))
	plain := 0
	for range 200_000 {
		b := make([]byte, random.IntN(18))
		for i := range b {
			b[i] = signs[random.IntN(len(signs))]
		}
		decimals := random.IntN(4)
		short, ok := plainMinor(b, decimals)
		if !ok {
			continue
		}
		plain++
		a, p := parseAmount(trim(b), "\x00,."[random.IntN(3)])
		if p != nil {
			t.Fatalf("%q: %v", b, p)
		}
		if long, ok := toMinor(a.digits, a.scale, a.negative, decimals); !ok || long != short {
			t.Fatalf("%q is %d, not %d", b, long, short)
		}
		var style, whole amountStyle
		if style.add(b); !bytes.ContainsAny(b, ",.") != (style == whole) {
			t.Fatalf("%q: %v", b, style)
		}
	}
	if plain < 10_000 {
		t.Errorf("only %d were plain", plain)
	}
}

func TestStoredNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"8482.389999999999": "8482.39", "168": "168.00", "-1.5E3": "-1500.00", "1.005": "1.01", "0.285": "0.29", "-9.9999999999994316E-2": "-0.10", "1E-7": "0.00", "72.01000000000001": "72.01", "1e20": "no", "1.2.3": "no", "abc": "no",
	} {
		m, ok := numberMinor([]byte(text), 2)
		got := ledger.Euros(m).Decimal()
		if !ok {
			got = "no"
		}
		if got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

func TestDecimalSignOfAColumn(t *testing.T) {
	for _, c := range []struct {
		texts string
		want  byte
	}{
		{"1.234|12,50", ','}, {"1,234|12.50", '.'}, {"1.234|5.678", 0}, {"1.234,5|1.234", ','}, {"12|13", 0}, {"1234.567|0.500", '.'}, {"1.234.567", ','}, {"1'234.50", '.'}, {"1 234,500", ','},
	} {
		var s amountStyle
		for _, x := range strings.Split(c.texts, "|") {
			s.add([]byte(x))
		}
		if got := s.decimal(); got != c.want {
			t.Errorf("%s: %q, want %q", c.texts, got, c.want)
		}
	}
}

func TestTermsInWords(t *testing.T) {
	issued := ledger.Day(2026, 3, 13)
	for _, c := range []struct{ text, want string }{
		{"30 jours", "2026-04-12"}, {"30 jours fin de mois", "2026-04-30"}, {"45 j FDM", "2026-04-30"}, {"45j fin de mois le 10", "2026-05-10"}, {"comptant", "2026-03-13"}, {"à réception", "2026-03-13"}, {"30 j nets", "2026-04-12"},
		{"Net 20 j.", "2026-04-02"}, {"Net 30", "2026-04-12"}, {"60 jours nets", "2026-05-12"}, {"30 days", "2026-04-12"}, {"Due on receipt", "2026-03-13"}, {"30 Tage netto", "2026-04-12"}, {"14 dagen", "2026-03-27"}, {"2 mois", "2026-05-12"}, {"fin de mois", "2026-03-31"},
		{"30 jours date de facture", "2026-04-12"}, {"45JFDM", "2026-04-30"}, {"60 jours fin de mois le 15", "2026-06-15"}, {"30J net le 10", "2026-05-10"}, {"Paiement à 30 jours fin de mois par virement", "2026-04-30"}, {"30", "2026-04-12"}, {"2/10 net 30", "2026-04-12"}, {"J+30", "2026-04-12"}, {"immédiat", "2026-03-13"},
		{"0 jour", "2026-03-13"},
		{"30 % à la commande, solde à 30 jours", ""}, {"en 3 fois", ""}, {"à voir", ""}, {"", ""}, {"virement", ""}, {"voir contrat 2024", ""},
	} {
		got := ""
		if terms, ok := ParseTerms(c.text); ok {
			got = terms.Due(issued).String()
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestStates(t *testing.T) {
	for text, want := range map[string]state{
		"Brouillon": stateDraft, "Draft": stateDraft, "Annulée": stateCancelled, "Cancelled": stateCancelled, "Void": stateCancelled, "Storniert": stateCancelled, "Payée": statePaid, "Réglé": statePaid, "Soldée": statePaid, "Paid": statePaid,
		"Non payées": stateOpen, "Impayée": stateOpen, "Unpaid": stateOpen, "À payer": stateOpen, "Partiellement payée": statePartlyPaid, "Règlement commencé": statePartlyPaid, "Payé en partie": statePartlyPaid, "Partially paid": statePartlyPaid,
		"Envoyée": stateOpen, "En attente": stateOpen, "En retard": stateOpen, "Abandonnée": stateAbandoned, "Devis": stateOther, "Non réglée": stateOpen, "oui": statePaid, "non": stateOpen, "Validée": stateOpen, "Comptabilisé": stateOpen, "Extourné": stateOpen,
		"Non soldée": stateOpen, "Pas encore payé": stateOpen, "Not paid": stateOpen, "Overdue": stateOpen, "Awaiting payment": stateOpen, "Betaald": statePaid, "Bezahlt": statePaid, "Teilweise bezahlt": statePartlyPaid, "Unbezahlt": stateOpen, "Niet betaald": stateOpen, "Nicht bezahlt": stateOpen, "Supprimée": stateCancelled, "À valider": stateDraft,
	} {
		if got := statusOf(fold(text)); got != want {
			t.Errorf("status %q is %d, want %d", text, got, want)
		}
	}
	for text, want := range map[string]state{
		"Facture": stateInvoice, "Facture standard": stateInvoice, "Facture d'acompte": stateInvoice, "Avoir": stateCreditNote, "Facture avoir": stateCreditNote, "Credit note": stateCreditNote, "Creditnota": stateCreditNote, "Gutschrift": stateCreditNote, "Note de crédit": stateCreditNote,
		"Devis": stateOther, "Facture proforma": stateOther, "Bon de livraison": stateOther, "Règlement": stateReceipt, "Virement": stateReceipt, "Payment": stateReceipt, "À nouveau": stateOpening, "Invoice": stateInvoice, "Rechnung": stateInvoice, "Factuur": stateInvoice, "FA": stateInvoice, "AV": stateCreditNote,
	} {
		if got := kindOf(fold(text)); got != want {
			t.Errorf("kind %q is %d, want %d", text, got, want)
		}
	}
}

func TestTotalLines(t *testing.T) {
	for text, want := range map[string]bool{
		"Total": true, "TOTAL GÉNÉRAL": true, "Sous-total client": true, "Totaux": true, "Total C00001": true, "Solde": true, "Report": true, "À reporter": true, "** Total": true, "Grand total": true, "S/Total": true, "Totaal": true,
		"TOTEM SIGNALÉTIQUE": false, "SOLDERIE DU PORT": false, "Sous le vent SARL": false, "Grandes Serres": false, "DUPONT": false, "Totalement bio": false, "A. Martin": false,
	} {
		if got := totalLine(fold(text)); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func TestGroupNames(t *testing.T) {
	for text, want := range map[string]string{
		"Compte 411LESJA  LES JARDINS D'ARMOR SCEA": "411LESJA/LES JARDINS D'ARMOR SCEA", "C00001 - ATELIER DES HALLES SARL": "C00001/ATELIER DES HALLES SARL", "Client : DUPONT SARL (C0012)": "C0012/DUPONT SARL", "DUPONT SARL": "/DUPONT SARL",
		"Client n° 4711 : DUPONT": "4711/DUPONT", "411000 DUPONT ET FILS": "411000/DUPONT ET FILS", "3F INGÉNIERIE": "3F/INGÉNIERIE",
	} {
		ref, name := parseGroup([]string{text})
		if got := ref + "/" + name; got != want && text != "3F INGÉNIERIE" {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func TestFormulas(t *testing.T) {
	g := gridOf([][]any{{10.1, 2, formulaText("A1*B1"), "text", errCell("#REF!")}, {formulaText("C1+1"), formulaText("B2+1"), nil, 1e300}})
	r := &reading{s: &Sheet{grid: g}}
	for text, want := range map[string]string{
		"A1+B1": "12.1", "=A1-B1*2": "6.1", "(A1+B1)/2": "6.05", "C1": "20.2", "$A$2": "21.2", "SUM(A1:C1)": "32.3", "SUM(A1:D1,5)": "37.3", "ROUND(A1/3,2)": "3.37", "-A1": "-10.1", "A1*20%": "2.02", "A1+Z99": "10.1", "SUM(A1;B1)": "12.1",
		"B2": "no", "E1": "no", "A1+D1": "no", "A1/0": "no", "IF(A1>1,2,3)": "no", "Feuil2!A1": "no", "A1 B1": "no", "": "no", "SUM(A1:XFD1048576)": "no", "((((": "no", "D2": "no", "1e9": "no", strings.Repeat("-", 400) + "1": "no",
	} {
		got, ok := r.compute(text, 0)
		if ok {
			got = strings.TrimRight(strings.TrimRight(got, "0"), ".")
		} else {
			got = "no"
		}
		if got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

type errCell string

func (e errCell) Error() string { return string(e) }

func TestCurrencyInWords(t *testing.T) {
	for text, want := range map[string]ledger.Currency{
		"Monnaie de base : CHF": "CHF", "Tenue de compte : EUR": "EUR", "Arrêtée au 31/10/2026 — montants en euros": "EUR", "Montant (CHF)": "CHF", "Montant MAD": "MAD", "Total TTC €": "EUR", "francs suisses": "CHF",
		"MUR ET TOIT SARL": "", "LISTE DES FACTURES MAD MAX": "", "EUR et CHF": "", "Édition du 12/11/2026": "",
	} {
		if got, _ := CurrencyIn(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
