package bank

import (
	"testing"

	"quitus/ledger"
)

func TestTypeOf(t *testing.T) {
	const in, out = 100_00, -100_00
	for _, c := range []struct {
		label  string
		amount int64
		want   ledger.EntryType
	}{
		{"VIR SEPA RECU /DE PROSOL SA /MOTIF FA 118 /REF X", in, ledger.EntryTransfer}, {"VIR INST DUPONT MARTIN", in, ledger.EntryTransfer}, {"VIREMENT DE DUPONT", in, ledger.EntryTransfer},
		{"VIREMENT EN VOTRE FAVEUR\nM DUPONT", in, ledger.EntryTransfer}, {"VIR.PERMANENT MLLE MARTIN", out, ledger.EntryTransfer}, {"000001 VIR EUROPEEN EMIS LOGITEL", out, ledger.EntryTransfer},
		{"Virement reçu", in, ledger.EntryTransfer}, {"VERSEMENT F2026-345", in, ledger.EntryTransfer}, {"Instantoverschrijving in euro Van: BAITA VZW", in, ledger.EntryTransfer},
		{"CRÉDIT EXPÉDITEUR: MARTIN PIERRE", in, ledger.EntryTransfer}, {"DÉBIT ORDRE PERMANENT: 12-345678-9", out, ledger.EntryTransfer}, {"Gutschrift Lohn", in, ledger.EntryTransfer},
		{"VIR SARL LA CARTE DU CHEF", in, ledger.EntryTransfer}, {"VIR SEPA FRAIS DE DOSSIER DUPONT", in, ledger.EntryTransfer}, {"VIR CHEQUE DEJEUNER", in, ledger.EntryTransfer},
		{"PRLV SEPA URSSAF", out, ledger.EntryDirectDebit}, {"PRELEVEMENT EUROPEEN 4704545537 DE: EDF", out, ledger.EntryDirectDebit}, {"PRLV SEPA EMIS SARL BORDON", in, ledger.EntryDirectDebit},
		{"REMISE PRLV SEPA 12 OPERATIONS", in, ledger.EntryDirectDebit}, {"DOMICILIATION EUROPEENNE DE PROXIMUS", out, ledger.EntryDirectDebit}, {"EUROPESE DOMICILIERING", out, ledger.EntryDirectDebit}, {"DEBIT DIRECT SWISSCOM", out, ledger.EntryDirectDebit},
		{"REMISE CHEQUES N° 0001550", in, ledger.EntryCheques}, {"REM CHQ\n6020277 DE 5 CHQ", in, ledger.EntryCheques}, {"REMISE DE CHEQUES", in, ledger.EntryCheques}, {"CHEQUE 1234567", out, ledger.EntryCheques}, {"ENCAISSEMENT CHQ", in, ledger.EntryCheques},
		{"CB CARREFOUR 12/09", out, ledger.EntryCards}, {"CARTE X1234 14/09 MONOPRIX", out, ledger.EntryCards}, {"REMISE CB 160724 NO 9143862", in, ledger.EntryCards}, {"REM. CARTE", in, ledger.EntryCards}, {"FACTURE CARTE DU 010726 WING", out, ledger.EntryCards},
		{"PAIEMENT PAR CARTE X1234", out, ledger.EntryCards}, {"TPE 1234567 DU 12/09", in, ledger.EntryCards}, {"VIR STRIPE PAYMENTS EUROPE", in, ledger.EntryCards}, {"VIR PAYVERO\nPAYOUT 7111782309", in, ledger.EntryTransfer}, {"VIR STRIPE", out, ledger.EntryTransfer},
		{"VERSEMENT ESPECES AGENCE", in, ledger.EntryCash}, {"VERSEMENT D'ESPECES", in, ledger.EntryCash}, {"RETRAIT DAB 01/03", out, ledger.EntryCash}, {"REMISE ESPECES", in, ledger.EntryCash},
		{"LCR A ECHEANCE 30/09", in, ledger.EntryBill}, {"REMISE EFFETS", in, ledger.EntryBill}, {"EFFET DOMICILIE", out, ledger.EntryBill}, {"ECHEANCE LCR", out, ledger.EntryBill}, {"BILLET A ORDRE", out, ledger.EntryBill},
		{"COTISATION ESPRIT LIBRE", out, ledger.EntryFee}, {"FRAIS TENUE DE COMPTE", out, ledger.EntryFee}, {"COMMISSION D'INTERVENTION", out, ledger.EntryFee}, {"AGIOS TRIMESTRE 3", out, ledger.EntryFee}, {"INTERETS CREDITEURS", in, ledger.EntryFee},
		{"REMBOURSEMENT FRAIS", in, ledger.EntryFee}, {"FRAIS VIR SEPA", out, ledger.EntryFee}, {"COMM. MVT", out, ledger.EntryFee}, {"ARRETE DE COMPTE", out, ledger.EntryFee}, {"PRIX POUR LA GESTION DU COMPTE", out, ledger.EntryFee}, {"FRAIS REJET PRLV", out, ledger.EntryFee},
		{"VIR COMPTE A COMPTE", out, ledger.EntryInternal}, {"VIREMENT INTERNE", in, ledger.EntryInternal}, {"VIR CPTE A CPTE EMIS", out, ledger.EntryInternal}, {"VIR DE ATELIER NADRIER\nVERS COMPTE EPARGNE", in, ledger.EntryInternal},
		{"ECHEANCE PRET 00000", out, ledger.EntryOther}, {"ORANGE SA", out, ledger.EntryOther}, {"CREDIT AGRICOLE ASSURANCES", in, ledger.EntryOther}, {"COTISATION 2026 DUPONT", in, ledger.EntryOther}, {"", in, ledger.EntryOther}, {"Dupont SARL, chèque cadeau", in, ledger.EntryOther},
	} {
		if got, returned := TypeOf(c.label, c.amount); got != c.want || returned {
			t.Errorf("%q: %q %v, want %q", c.label, got, returned, c.want)
		}
	}
}

func TestReturned(t *testing.T) {
	for label, want := range map[string]ledger.EntryType{
		"REJET PRLV SEPA SA SELARD\nABSENCE DE MANDAT": ledger.EntryDirectDebit, "REJET DE PRELEVEMENT": ledger.EntryDirectDebit, "PRLV SEPA REJETE DUPONT": ledger.EntryDirectDebit, "IMPAYE PRLV": ledger.EntryDirectDebit,
		"CHEQUE IMPAYE 1234567": ledger.EntryCheques, "IMPAYE CHQ SUR REMISE": ledger.EntryCheques, "CHQ IMPAYE": ledger.EntryCheques, "RETOUR VIR": ledger.EntryTransfer, "VIR SEPA RETOURNE DUPONT": ledger.EntryTransfer,
		"RETOUR DE VIREMENT": ledger.EntryTransfer, "LCR IMPAYEE": ledger.EntryBill, "ANNULATION VIR SEPA": ledger.EntryTransfer, "ANNUL VIR RECU SCI MALVIGNAC": ledger.EntryTransfer, "RESTITUTION VIR PRIMEURS": ledger.EntryTransfer, "IMPAYE": ledger.EntryOther, "REJET": ledger.EntryOther,
	} {
		if got, returned := TypeOf(label, -100_00); got != want || !returned {
			t.Errorf("%q: %q %v, want %q", label, got, returned, want)
		}
	}
	for _, label := range []string{"VIR SEPA RECU /DE DUPONT /MOTIF IMPAYE FA 118", "VIR DUPONT REGLEMENT IMPAYE", "VIR DE RETOUR AUX SOURCES", "FRAIS IMPAYE", "COMMISSION REJET PRLV", "CB RESTAURANT LE RETOUR"} {
		if _, returned := TypeOf(label, 100_00); returned {
			t.Errorf("%q takes nothing back", label)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ label, party, reference string }{
		{"VIR SEPA RECU /DE PROSOL SA /MOTIF FA 118 /REF X12", "PROSOL SA", "FA 118"}, {"VIR SEPA RECU /DE DEUS SAS  - DIRECTION FINANCIERE /MOTIF  /REF AMAD", "DEUS SAS - DIRECTION FINANCIERE", "AMAD"},
		{"VIR SEPA RECU /FRM AU COMPTOIR /EID /RNF TRANSFERT 1000001", "AU COMPTOIR", "TRANSFERT 1000001"}, {"VIR SEPA INST EMIS /MOTIF FACTURE EN RETARD /BEN SCEA EXEMPLE ET FILS /REFDO 000 /REF NOTPROVIDED", "SCEA EXEMPLE ET FILS", "FACTURE EN RETARD"},
		{"VIR RECU 9604881985018 DE: M. STEEVE PITIS", "M. STEEVE PITIS", ""}, {"VIR INST RE 670989691262 DE: MLLE KAMINSKI CELIA DATE: 28/07/2026 10:31 MOTIF: LOYER MAI", "MLLE KAMINSKI CELIA", "LOYER MAI"},
		{"PRLV SEPA METRO FRANCE S.A.S.-METRO ECH/090726 ID EMETTEUR/FR00ZZZ000000 MDT/CMR01 REF/0002 LIB/INV 51", "METRO FRANCE S.A.S.-METRO", "INV 51"},
		{"CRÉDIT CH5604835012345678009 EXPÉDITEUR: MARTIN PIERRE RUE DES ACACIAS 12 1227 CAROUGE COMMUNICATIONS: LOCAL", "MARTIN PIERRE", "LOCAL"}, {"CRÉDIT DONNEUR D'ORDRE: JEAN BERNARD RUE DU TEST 7", "JEAN BERNARD", ""},
		{"Instantoverschrijving in euro Van: BAITA VZW - BE29433117044164 Instant op 21/09 Mededeling: DEVIS D2026-280", "BAITA VZW", "DEVIS D2026-280"}, {"CRÉDIT MARTIN COMMUNICATIONS: LOCAL", "MARTIN", "LOCAL"},
		{"VIREMENT DE DUPONT SARL", "DUPONT SARL", ""}, {"VIR INST DUPONT MARTIN", "DUPONT MARTIN", ""}, {"VIR.PERMANENT Mlle SOULLIER ROS", "Mlle SOULLIER ROS", ""}, {"VIR HOLDING JOUBANT\nFA-2024-01339", "HOLDING JOUBANT", "FA-2024-01339"},
		{"VIREMENT EN VOTRE FAVEUR\nM JOUVIN TEO VU23411ES07RL001 VIR DE M JOUVIN TEO", "M JOUVIN TEO", "VU23411ES07RL001 VIR DE M JOUVIN TEO"}, {"VIREMENT RECU MONTANT 168,80", "", "MONTANT 168,80"},
		{"PRLV SEPA EMIS PHARMACIE FAURILLON\nFACTURE FA-2025-01796", "PHARMACIE FAURILLON", "FACTURE FA-2025-01796"}, {"VIR SALAIRE FLAMIER MARIE\nSALAIRE 01/2025", "FLAMIER MARIE", "SALAIRE 01/2025"},
		{"VIR AUTO-ECOLE RUNDENNE F20240487 F20240687", "AUTO-ECOLE RUNDENNE", "F20240487 F20240687"}, {"VIR COUVERTURE MEZENNE MENSUALI", "COUVERTURE MEZENNE", "MENSUALI"}, {"VIR M. DENIS LANDAC MONTANT 62,", "M. DENIS LANDAC", "MONTANT 62,"},
		{"VIR MME LAMBENNE NADIA MME LAMB", "MME LAMBENNE NADIA", ""}, {"VIR EURL JOUBARD EURL JOUBARD M", "EURL JOUBARD", "M"}, {"VIR SCI VERNOUX RGT FA202401425", "SCI VERNOUX", "RGT FA202401425"}, {"ANNUL VIR RECU SCI MALVIGNAC\nCOMPTE INCORRECT", "SCI MALVIGNAC", "COMPTE INCORRECT"}, {"VIR SASU RAMBEAU SASU RAMBEAU FVIRN177", "SASU RAMBEAU", "FVIRN177"}, {"VIR BORA BORA SARL", "BORA BORA SARL", ""},
		{"VIR HOLDING GUICHAL\nPOUR TRANSPORTS DE LA HALLE", "HOLDING GUICHAL", "POUR TRANSPORTS DE LA HALLE"}, {"VIR VERS ATELIER NADRIER\nVIR COMPTE A COMPTE", "ATELIER NADRIER", "VIR COMPTE A COMPTE"}, {"VIR DE LA FONTAINE SARL", "LA FONTAINE SARL", ""},
		{"REJET PRLV SEPA SA SELARD\nABSENCE DE MANDAT FA-2025-01731", "SA SELARD", "ABSENCE DE MANDAT FA-2025-01731"}, {"000001 VIR EUROPEEN EMIS LOGITEL POUR: DUPONT REF: 12", "DUPONT", "12"},
		{"REM CHQ\n6020277 DE 5 CHQ", "", "6020277 DE 5 CHQ"}, {"REMISE CB\n220125 NO 5276443", "", "220125 NO 5276443"}, {"FRAIS TENUE DE COMPTE", "", "FRAIS TENUE DE COMPTE"}, {"CHEQUE 1234567", "", "1234567"}, {"VERSEMENT ESPECES AGENCE", "", "AGENCE"},
		{"CB CARREFOUR CITY 12/09", "CARREFOUR CITY", "12/09"}, {"CARTE X1234 14/09 MONOPRIX", "MONOPRIX", ""}, {"VIR STRIPE", "STRIPE", ""},
		{"ORANGE SA", "", "ORANGE SA"}, {"VIREMENT RECU", "", ""}, {"", "", ""},
	} {
		if party, reference := Split(c.label); party != c.party || reference != c.reference {
			t.Errorf("%q: %q, %q; want %q, %q", c.label, party, reference, c.party, c.reference)
		}
	}
}
