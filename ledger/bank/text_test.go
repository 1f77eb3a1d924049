package bank

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"quitus/ledger"
	"quitus/ledger/imports/charset"
)

func TestLabelOf(t *testing.T) {
	for _, c := range []struct{ lines, want string }{
		{"VIR  SEPA   DUPONT |FACTURE 12", "VIR SEPA DUPONT\nFACTURE 12"},
		{"VIR SARL DUPONT|SARL Dupont", "VIR SARL DUPONT"},                                                           // whole words of it
		{"DIVIDEND EARNED FOR PERIO|DIVIDEND EARNED FOR PERIOD OF 03/2011", "DIVIDEND EARNED FOR PERIOD OF 03/2011"}, // cut
		{"VIR|VIREMENT FVIRN177|177", "VIR\nVIREMENT FVIRN177\n177"},                                                 // too short to be a cut, and no words of it
		{"A|B|A", "A\nB"},
		{" |\t|", ""},
	} {
		if got := labelOf(strings.Split(c.lines, "|")); got != c.want {
			t.Errorf("%q: %q, want %q", c.lines, got, c.want)
		}
	}
	long := labelOf([]string{strings.Repeat("é", MaxText)})
	if len(long) > MaxText || !utf8.ValidString(long) {
		t.Errorf("%d bytes, valid: %v", len(long), utf8.ValidString(long))
	}
}

func TestDecode(t *testing.T) {
	const want = "Règlement de la société Étoilé à 12 € déjà dû"
	for name, data := range map[string]string{
		"utf-8":        want,
		"utf-8 mark":   "\ufeff" + want,
		"windows-1252": "R\xe8glement de la soci\xe9t\xe9 \xc9toil\xe9 \xe0 12 \x80 d\xe9j\xe0 d\xfb",
		"iso-8859-15":  "R\xe8glement de la soci\xe9t\xe9 \xc9toil\xe9 \xe0 12 \xa4 d\xe9j\xe0 d\xfb",
		"cp850":        "R\x8aglement de la soci\x82t\x82 \x90toil\x82 \x85 12 \xd5 d\x82j\x85 d\x96",
	} {
		if got, err := decode(context.Background(), []byte(data), charset.Unknown); got != want || err != nil {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}

func TestOperation(t *testing.T) {
	for _, c := range []struct {
		label string
		want  ledger.EntryType
		back  bool
	}{
		{"VIR SEPA DUPONT", ledger.EntryTransfer, false},
		{"Virement reçu", ledger.EntryTransfer, false},
		{"VIR INST M OU MME X", ledger.EntryTransfer, false},
		{"VIR DUPONT IMPAYE FACTURE 12", ledger.EntryTransfer, false},
		{"VIR IMPAYE FACTURE 12", ledger.EntryTransfer, false},
		{"VIR RETOUR AUX SOURCES", ledger.EntryTransfer, false},
		{"RETOUR VIR RECU PONTELLE", ledger.EntryTransfer, true},
		{"ANNUL VIR RECU SCI", ledger.EntryTransfer, true},
		{"RESTITUTION VIR PRIMEURS", ledger.EntryTransfer, true},
		{"VIR EMIS REJETE GORNOIS", ledger.EntryTransfer, true},
		{"VIR PERM SCI LA TOUR", ledger.EntryTransfer, false},
		{"PRLV SEPA URSSAF", ledger.EntryDirectDebit, false},
		{"PRÉLÈVEMENT EMIS", ledger.EntryDirectDebit, false},
		{"PRLV SEPA REJETE SARL BORDON", ledger.EntryDirectDebit, true},
		{"REJET PRLV SEPA SAS MARQON", ledger.EntryDirectDebit, true},
		{"IMPAYE PRLV MME MEZOIS", ledger.EntryDirectDebit, true},
		{"PRLV IMPAYE DU 120325", ledger.EntryDirectDebit, true},
		{"REM CHQ NO 8760707 NB 4", ledger.EntryCheques, false},
		{"REMISE DE CHEQUES", ledger.EntryCheques, false},
		{"CHEQUE 1234567", ledger.EntryCheques, false},
		{"CHEQUE IMPAYE 1234567", ledger.EntryCheques, true},
		{"REMISE CB 061124 NO 9851627", ledger.EntryCards, false},
		{"130722 CB****6516", ledger.EntryCards, false},
		{"LCR AUTO-ECOLE DE LA GARE", ledger.EntryBill, false},
		{"REMISE LCR MME RAMBIER", ledger.EntryBill, false},
		{"EFFET ENCAISSE SAS", ledger.EntryBill, false},
		{"LCR IMPAYEE DUPONT", ledger.EntryBill, true},
		{"VERSEMENT ESPECES", ledger.EntryCash, false},
		{"RETRAIT DAB 1203", ledger.EntryCash, false},
		{"FRAIS IMPAYE", ledger.EntryFee, false},
		{"FRAIS REJET PRLV", ledger.EntryFee, false},
		{"F COMMISSION D INTERVENTION", ledger.EntryFee, false},
		{"COTISATION CARTE", ledger.EntryFee, false},
		{"VIREMENT INTERNE", ledger.EntryInternal, false},
		{"VIR COMPTE A COMPTE", ledger.EntryInternal, false},
		{"REMISE EXCEPTIONNELLE", ledger.EntryOther, false},
		{"DUPONT SARL\nVIR SEPA", ledger.EntryOther, false},
		{"RETOUR", ledger.EntryOther, false},
		{"", ledger.EntryOther, false},
	} {
		if got, back := TypeOf(c.label, 0); got != c.want || back != c.back {
			t.Errorf("%q: %q %v, want %q %v", c.label, got, back, c.want, c.back)
		}
	}
}
