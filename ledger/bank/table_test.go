package bank

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"quitus/ledger"
)

var today = ledger.Day(2026, 11, 21)

// readText reads a file given as a text.
func readText(t testing.TB, text string) (*File, error) {
	t.Helper()
	return Read(context.Background(), "releve.csv", strings.NewReader(text), int64(len(text)), Options{Today: today})
}

// told writes what a file holds, a line for each statement, entry and problem.
func toldFile(f *File) string {
	var b strings.Builder
	for _, s := range f.Statements {
		fmt.Fprintf(&b, "account %s %s %s", s.Account.IBAN+s.Account.Number, s.Currency, s.Account.Holder)
		for _, balance := range []*Balance{s.Opening, s.Closing} {
			if balance == nil {
				b.WriteString(" -")
			} else {
				fmt.Fprintf(&b, " %s=%d", balance.On, balance.Amount)
			}
		}
		b.WriteByte('\n')
		for _, e := range s.Entries {
			fmt.Fprintf(&b, "%d %s", e.Rank, e.Booked)
			if e.Value != 0 && e.Value != e.Booked {
				fmt.Fprintf(&b, "/%s", e.Value)
			}
			fmt.Fprintf(&b, " %s %s", e.Amount.Decimal(), e.Type)
			if e.Returned {
				b.WriteString(" returned")
			}
			fmt.Fprintf(&b, " [%s] %s", strings.Trim(strings.Join([]string{e.Party.Name, e.Party.IBAN, e.Party.BIC, e.Party.ID, e.BankRef, strings.Join(e.References, "+")}, ","), ","), strings.ReplaceAll(e.Label, "\n", " / "))
			if e.Charges != 0 {
				fmt.Fprintf(&b, " charges %d", e.Charges)
			}
			b.WriteByte('\n')
		}
	}
	for _, p := range f.Problems {
		fmt.Fprintf(&b, "problem %d %s %s %q\n", p.Line, p.Field, p.Code, p.Value)
	}
	return strings.TrimSpace(b.String())
}

// check reads a text and compares what it tells.
func check(t *testing.T, text, want string) {
	t.Helper()
	f, err := readText(t, text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	got := toldFile(f)
	if want = strings.TrimSpace(want); got != want {
		g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
		for i := range max(len(g), len(w)) {
			if i >= len(g) || i >= len(w) || g[i] != w[i] {
				t.Errorf("line %d\n got %q\nwant %q", i+1, at(g, i), at(w, i))
			}
		}
	}
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// banks are the exports of banks, by their titles, with lines written for the test.
var banks = map[string]struct{ text, want string }{
	"BNP Paribas": {`Compte courant;Mon compte;12345678;14/09/2026;;1 234,56

Date operation;Libelle court;Type operation;Libelle operation;Montant operation en euro
02/09/2026;VIR SEPA RECU;VIREMENT;"VIR SEPA RECU /DE PROSOL SA /MOTIF FA 118 &amp; 119 /REF X1";1 500,00
03/09/2026;PRLV SEPA;PRELEVEMENT;"PRLV SEPA M&#233;tro ECH/030926";-42,10
`, `
account 12345678 EUR  - 2026-09-14=123456
1 2026-09-02 1500.00 transfer [PROSOL SA] VIR SEPA RECU /DE PROSOL SA /MOTIF FA 118 & 119 /REF X1
2 2026-09-03 -42.10 direct_debit [Métro] PRLV SEPA Métro ECH/030926`},
	"BNP Paribas, without titles": {`"Compte de ch&egrave;ques";"Compte de ch&amp;egrave;ques";****0042;14/09/2026;;1 234,56
02/07/2026;PAIEMENT CB;FACTURE CARTE;FACTURE CARTE DU 010726 WING   PARIS CARTE   4974XXXXXXXX1111;02/07/2026;-12,34
06/07/2026;VIREMENT;VIR SEPA RECU;VIR SEPA RECU /FRM AU COMPTOIR /EID  /RNF TRANSFERT 1000001;06/07/2026;1 111,11
06/07/2026;VIREMENT INSTANTANE EMIS;VIR SEPA INST EMIS;VIR SEPA INST EMIS /MOTIF FACTURE /BEN SCEA EXEMPLE /REFDO 0;04/07/2026;-250,00
`, `
account ****0042 EUR  - 2026-09-14=123456
1 2026-07-02 -12.34 cards [WING PARIS CARTE] FACTURE CARTE DU 010726 WING PARIS CARTE 4974XXXXXXXX1111
2 2026-07-06 1111.11 transfer [AU COMPTOIR] VIR SEPA RECU /FRM AU COMPTOIR /EID /RNF TRANSFERT 1000001
3 2026-07-06/2026-07-04 -250.00 transfer [SCEA EXEMPLE] VIR SEPA INST EMIS /MOTIF FACTURE /BEN SCEA EXEMPLE /REFDO 0`},
	"LCL, without titles": {`01/06/2026;1489,65;;00451 098285A
01/06/2026;-10;Carte;;CB  LIBRAIRIE DU PORT 29/05/26;;0;Divers
02/06/2026;350;Virement;;;VIR.PERMANENT Mlle SOULLIER ROS;;
02/06/2026;-16,97;Virement;;PRLV SEPA ASSURANCE LCL;;;
30/06/2026;2253,94;Virement;;;VIREMENT EVERPING;;
14/07/2026;4066,62;;00451 098285A
`, `
account 00451 098285A EUR  2026-06-01=148965 2026-07-14=406662
1 2026-06-01 -10.00 cards [LIBRAIRIE DU PORT] CB LIBRAIRIE DU PORT 29/05/26
2 2026-06-02 350.00 transfer [Mlle SOULLIER ROS] VIR.PERMANENT Mlle SOULLIER ROS
3 2026-06-02 -16.97 direct_debit [ASSURANCE LCL] PRLV SEPA ASSURANCE LCL
4 2026-06-30 2253.94 transfer [EVERPING] VIREMENT EVERPING`},
	"Société Générale": {`="0105900051804855";01/02/2026;20/02/2026;35;18/02/2026;3,39 EUR

Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise
18/02/2026;CARTE X1306 17/02 ;CARTE X1306 17/02 ROMCOCO;-26,01;EUR
17/02/2026;VIR RECU 960488198;VIR RECU    9604881985018 DE: M. STEEVE PITIS MOTIF: FA 12;50,00;EUR
`, `
account 0105900051804855 EUR  - 2026-02-18=339
1 2026-02-18 -26.01 cards [ROMCOCO] CARTE X1306 17/02 ROMCOCO
2 2026-02-17 50.00 transfer [M. STEEVE PITIS] VIR RECU 9604881985018 DE: M. STEEVE PITIS MOTIF: FA 12`},
	"Société Générale, professionals": {`="0201900016400270";17/05/2026;16/11/2026;
date_comptabilisation;libellé_complet_operation;montant_operation;devise;
12/08/2026;CARTE X1234 DECATHLON;-33,98;EUR;
13/08/2026;VIR INST RE 5645 DE: DUPONT MARTIN;120,00;EUR;
`, `
account 0201900016400270 EUR  - -
1 2026-08-12 -33.98 cards [DECATHLON] CARTE X1234 DECATHLON
2 2026-08-13 120.00 transfer [DUPONT MARTIN] VIR INST RE 5645 DE: DUPONT MARTIN`},
	"Crédit Agricole": {"Téléchargement du 19/03/2026;\n\nSARL DUVAL ET FILS;\nCompte courant professionnel carte n° 98118929990;\nSolde au 18/03/2026 1 234,56 €;\n\nListe des opérations du compte entre le 01/03/2026 et le 18/03/2026;\n\n" +
		"Date;Date valeur;Libellé;Débit Euros;Crédit Euros;\n18/03/2026;17/03/2026;\"VIREMENT EN VOTRE FAVEUR    \nM JOUVIN TEO    \nFA 2026-118   \n\n\";;2 500,00;\n16/03/2026;16/03/2026;\"REMISE DE CHEQUES\n1234567\";;77,77;\n15/03/2026;15/03/2026;CARTE INTERMARCHE;77,77;;\n", `
account 98118929990 EUR SARL DUVAL ET FILS - 2026-03-18=123456
1 2026-03-18/2026-03-17 2500.00 transfer [M JOUVIN TEO] VIREMENT EN VOTRE FAVEUR / M JOUVIN TEO / FA 2026-118
2 2026-03-16 77.77 cheques [] REMISE DE CHEQUES / 1234567
3 2026-03-15 -77.77 cards [INTERMARCHE] CARTE INTERMARCHE`},
	"Banque Populaire, Caisse d'Épargne": {`Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;Type operation;Categorie;Sous categorie;Debit;Credit;Date operation;Date de valeur;Pointage operation
19/08/2026;INTERMARCHE;CB INTERMARCHE FACT 170826;ABC123;;Carte bancaire;Alimentation;Supermarche;-46,90;;17/08/2026;19/08/2026;0
18/08/2026;VIREMENT RECU;VIREMENT RECU DUPONT SARL;7186473;FACTURE 118;Virement recu;;;;+1 062,54;18/08/2026;18/08/2026;0
17/08/2026;;FRAIS TENUE DE COMPTE;3663004;;Operation;;;-45,61;;17/08/2026;17/08/2026;0
`, `
account  EUR  - -
1 2026-08-19 -46.90 cards [INTERMARCHE,,,,ABC123] CB INTERMARCHE FACT 170826 / ABC123
2 2026-08-18 1062.54 transfer [DUPONT SARL,,,,7186473] VIREMENT RECU DUPONT SARL / FACTURE 118 / 7186473
3 2026-08-17 -45.61 fee [3663004] FRAIS TENUE DE COMPTE / 3663004`},
	"Caisse d'Épargne, years of two digits": {`Numéro de compte : 04123456789;;;;;;;;;;;;
Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;Type operation;Categorie;Sous categorie;Debit;Credit;Date operation;Date de valeur;Pointage operation
01/09/26;CB SHOP;CARTE 31/08 SHOP;REF1;;Carte bancaire;Achats;Divers;-12,30;;31/08/26;01/09/26;0
02/09/26;VIR EMPLOYEUR;VIREMENT SALAIRE;REF2;;Virement;Revenus;Salaire;;1 800,00;02/09/26;02/09/26;0
`, `
account 04123456789 EUR  - -
1 2026-09-01 -12.30 cards [SHOP,,,,REF1] CARTE 31/08 SHOP / CB SHOP / REF1
2 2026-09-02 1800.00 transfer [REF2] VIREMENT SALAIRE / VIR EMPLOYEUR / REF2`},
	"CIC, Crédit Mutuel": {`Date;Date de valeur;Débit;Crédit;Libellé;Solde
02/05/2026;02/05/2026;;1000,00;VIR DUPONT;-160,15
14/05/2026;15/05/2026;-100,00;;VIR NICKEL;-260,15
15/05/2026;15/05/2026;-3,50;;FRAIS;-263,65
`, `
account  EUR  2026-05-01=-116015 2026-05-15=-26365
1 2026-05-02 1000.00 transfer [DUPONT] VIR DUPONT
2 2026-05-14/2026-05-15 -100.00 transfer [NICKEL] VIR NICKEL
3 2026-05-15 -3.50 fee [] FRAIS`},
	"CIC, one sum, newest first, positive debits elsewhere": {`Date;Date de valeur;Montant;Libellé;Solde
15/05/2026;15/05/2026;-1 200,50;PRLV SEPA EDF;8 799,50
02/05/2026;02/05/2026;4 000,00;VIR DUPONT;10 000,00
`, `
account  EUR  2026-05-01=600000 2026-05-15=879950
1 2026-05-15 -1200.50 direct_debit [EDF] PRLV SEPA EDF
2 2026-05-02 4000.00 transfer [DUPONT] VIR DUPONT`},
	"La Banque Postale": {`Numéro Compte    ;05345678900
Type             ;CCP
Compte tenu en   ;EUROS
Date             ;01/09/2026
Solde (EUROS)    ;1 234,56
Solde (FRANCS)   ;8 098,45

Date;Libellé;Montant(EUROS);Montant(FRANCS)
28/08/2026;VIREMENT INSTANTANE DE MME MARTIN;13,00;85,27
27/08/2026;ACHAT CB BOULANGERIE DU PARC;-4,50;-29,52
`, `
account 05345678900 EUR  - 2026-09-01=123456
1 2026-08-28 13.00 transfer [MME MARTIN] VIREMENT INSTANTANE DE MME MARTIN
2 2026-08-27 -4.50 cards [BOULANGERIE DU PARC] ACHAT CB BOULANGERIE DU PARC`},
	"BoursoBank": {`dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance
2026-02-11;2026-02-12;"CARTE 11/02/26 Uniqlo Opera CB*6863";Vêtements;Shopping;uniqlo;-1 100,50;;00040079727;BoursoBank;1000
2026-02-12;2026-02-12;"VIR SEPA DUPONT SARL";Virements reçus;Revenus;dupont;2 000,00;;00040079727;BoursoBank;1000
`, `
account 00040079727 EUR  - -
1 2026-02-11/2026-02-12 -1100.50 cards [Uniqlo Opera] CARTE 11/02/26 Uniqlo Opera CB*6863
2 2026-02-12 2000.00 transfer [DUPONT SARL] VIR SEPA DUPONT SARL`},
	"Shine": {`Transaction ID;Date de la valeur;Date d'opération;IBAN;Type de transaction;Transaction personnelle;Category;Débit;Crédit;Solde mouvement;Solde bancaire;Libellé;Nom de la contrepartie;Montant HT;Montant de TVA total;Pièces;Date d'ajout pièces;Commentaire
9f1c;03/03/2026;02/03/2026;FR7617418000010001111111137;Virement reçu;Non;Ventes;;1200,00;1200,00;1200,00;FA-118;DUPONT SARL;1000,00;200,00;;;merci
9f1d;04/03/2026;04/03/2026;FR7617418000010001111111137;Prélèvement;Non;Achats;54,00;;1146,00;1146,00;ABONNEMENT;ORANGE;45,00;9,00;;;
`, `
account FR7617418000010001111111137 EUR  2026-03-01=0 2026-03-04=114600
1 2026-03-02/2026-03-03 1200.00 transfer [DUPONT SARL,,,,9f1c] FA-118 / merci
2 2026-03-04 -54.00 direct_debit [ORANGE,,,,9f1d] ABONNEMENT`},
	"Qonto, in French": {"Statut;Date de la valeur (UTC);Date de la valeur (local);Date de l'opération (UTC);Date de l'opération (local);Montant total (TTC);Débit;Crédit;Solde;Devise;Montant total (TTC) (local);Devise (local);Montant total de la TVA;Montant total (HT);Montant de la TVA (20.0 %);Montant (20.0 % HT);" +
		"Nom du compte;IBAN du compte;Nom de la contrepartie;IBAN de la contrepartie;Méthode de paiement;Nom de la carte;Initiateur;Adresse email de l'initiateur;Équipe;Justificatif;Justificatif requis;Justificatif perdu;Identifiant de transaction;Référence;Note;Banque;ID du compte;Catégorie de trésorerie;Sous-catégorie de trésorerie\n" +
		"Exécuté;15-03-2026 23:10:00;16-03-2026 00:10:00;15-03-2026 23:00:00;16-03-2026 00:00:00;1000,00;;1000,00;5000,00;EUR;1000,00;EUR;;;;;Compte principal;FR7616958000011078824351453;NEOVI SARL;FR7612548029980000000150086;Virement;;;;;;;;qo-1;FA 2026-118;;Qonto;c-1;Ventes;\n" +
		"En cours;;;17-03-2026 10:00:00;17-03-2026 11:00:00;-20,00;20,00;;;EUR;-20,00;EUR;;;;;Compte principal;FR7616958000011078824351453;AMAZON;;Carte;;;;;;;;qo-2;;;Qonto;c-1;;\n" +
		"Exécuté;18-03-2026 10:00:00;18-03-2026 11:00:00;18-03-2026 10:00:00;18-03-2026 11:00:00;-292,79;292,79;;4707,21;EUR;-292,79;EUR;;;;;Compte principal;FR7616958000011078824351453;GOCARDLESS;;Prélèvement;;;;;;;;qo-3;Neovi Expertise PRLV;;Qonto;c-1;;\n", `
account FR7616958000011078824351453 EUR  2026-03-15=400000 2026-03-18=470721
1 2026-03-16 1000.00 transfer [NEOVI SARL,FR7612548029980000000150086,,,FA 2026-118] FA 2026-118
2 2026-03-18 -292.79 direct_debit [GOCARDLESS,,,,Neovi Expertise PRLV] Neovi Expertise PRLV
problem 3 status pending_left_out "En cours"`},
	"Qonto, in English": {`Status,Settlement date (UTC),Operation date (UTC),Total amount (incl. VAT),Currency,Counterparty name,Payment method,Transaction ID,IBAN,Reference,Category
settled,2026-03-16 00:10:00,2026-03-15 23:00:00,1000.00,EUR,NEOVI SARL,transfer,qo-1,FR7616958000011078824351453,FA 2026-118,Sales
processing,,2026-03-17 10:00:00,-20.00,EUR,AMAZON,card,qo-2,FR7616958000011078824351453,,
`, `
account FR7616958000011078824351453 EUR  - -
1 2026-03-15/2026-03-16 1000.00 transfer [NEOVI SARL,,,,FA 2026-118] FA 2026-118
problem 3 status pending_left_out "processing"`},
	"Revolut, in French, encoded twice": {`Type,Produit,Date de dÃ©but,Date de fin,Description,Montant,Frais,Devise,Ã‰tat,Solde
VIREMENT,Valeur actuelle,2026-08-01 10:00:00,2026-08-02 10:00:00,De Dupont SARL,100.00,0.50,EUR,TERMINÉ,599.50
CARD_PAYMENT,Valeur actuelle,2026-08-03 10:00:00,2026-08-04 09:00:00,Tesco,-12.30,0.00,EUR,TERMINÉ,587.20
CARD_PAYMENT,Valeur actuelle,2026-08-05 10:00:00,,Hôtel,-80.00,0.00,EUR,EN ATTENTE,
CARD_PAYMENT,Valeur actuelle,2026-08-05 10:00:00,2026-08-05 10:00:00,Bar,-8.00,0.00,EUR,ANNULÉ,
`, `
account  EUR  2026-08-01=50000 2026-08-04=58720
1 2026-08-02 99.50 transfer [] De Dupont SARL charges 50
2 2026-08-04 -12.30 cards [] Tesco
problem 4 status pending_left_out "EN ATTENTE"
problem 5 status refused_left_out "ANNULÉ"`},
	"N26": {`Date,Bénéficiaire,Numéro de compte,Type de transaction,Référence de paiement,Montant (EUR),Montant (Devise étrangère),Type de devise étrangère,Taux de change
2026-08-16,Amazon Marketplace,,Paiement MasterCard,,-49.99,-55.00,USD,1.1
2026-08-17,Martin Durand,FR7612548029980000000150086,Revenu,Facture 118,1200.5,,,
2026-08-18,Plomberie Vidal,DE89370400440532013000,Virement envoyé,Acompte,-300.0,,,
`, `
account  EUR  - -
1 2026-08-16 -49.99 cards [Amazon Marketplace] Amazon Marketplace
2 2026-08-17 1200.50  [Martin Durand,FR7612548029980000000150086] Facture 118
3 2026-08-18 -300.00 transfer [Plomberie Vidal,DE89370400440532013000] Acompte`},
	"Fortuneo": {"Date opération;Date valeur;libellé;Débit;Crédit;\n25/06/2026;25/06/2026;CARTE 24/06 FOOBAR;-10;\n31/07/2026;31/07/2026;VIR INST BAZQUX;;23\n", `
account  EUR  - -
1 2026-06-25 -10.00 cards [FOOBAR] CARTE 24/06 FOOBAR
2 2026-07-31 23.00 transfer [BAZQUX] VIR INST BAZQUX`},
	"Belfius": {`Date de comptabilisation à partir de;24/08/2026
Date de comptabilisation jusqu'au;10/09/2026
Montant à partir de;
Nom contrepartie contient;
Compte contrepartie;
Dernier solde;69.462,74 EUR
Date/heure du dernier solde;10/09/2026 10:23:44
;
Compte;Date de comptabilisation;Numéro d'extrait;Numéro de transaction;Compte contrepartie;Nom contrepartie contient;Rue et numéro;Code postal et localité;Transaction;Date valeur;Montant;Devise;BIC;Code pays;Communications
BE71 0961 2345 6769;10/09/2026;;;;PARKEREN ST GILLIS;;9051 GENT;BANCONTACT - ACHAT - PARKEREN ST GILLIS;10/09/2026;-19,00;EUR;;BE;BANCONTACT - ACHAT - PARKEREN ST GILLIS
BE71 0961 2345 6769;09/09/2026;00012;0007;BE68 5390 0754 7034;ACP RES. LE BOSQUET;RUE MURILLO 11;1000 BRUXELLES;VERSEMENT F2026-345;09/09/2026;1.299,56;EUR;GKCCBEBB;BE;F2026-345
`, `
account BE71096123456769 EUR  - 2026-09-10=6946274
1 2026-09-10 -19.00 cards [PARKEREN ST GILLIS] BANCONTACT - ACHAT - PARKEREN ST GILLIS
2 2026-09-09 1299.56 transfer [ACP RES. LE BOSQUET,BE68539007547034,GKCCBEBB,,0007] VERSEMENT F2026-345`},
	"BNP Paribas Fortis": {`Nº de séquence;Date d'exécution;Date valeur;Montant;Devise du compte;Numéro de compte;Type de transaction;Contrepartie;Nom de la contrepartie;Communication;Détails;Statut;Motif du refus
2026-00127;28/03/2026;28/03/2026;18;EUR;BE71096123456769;Virement en euros;BE68539007547034;Dupont Martin;+++090/9337/55493+++;VIREMENT EN EUROS DU COMPTE BE68539007547034 BIC GABBBEBB DUPONT MARTIN COMMUNICATION : 090933755493 REFERENCE BANQUE : 2603244501612;Accepté;
2026-00119;25/03/2026;24/03/2026;-2.720,12;EUR;BE71096123456769;Domiciliation;BE68539007547034;PROXIMUS;;DOMICILIATION EUROPEENNE DE PROXIMUS;Refusé;provision
`, `
account BE71096123456769 EUR  - -
1 2026-03-28 18.00 transfer [Dupont Martin,BE68539007547034,,,,090933755493] +++090/9337/55493+++ / VIREMENT EN EUROS DU COMPTE BE68539007547034 BIC GABBBEBB DUPONT MARTIN COMMUNICATION : 090933755493 REFERENCE BANQUE : 2603244501612
problem 3 status refused_left_out "Refusé"`},
	"ING Belgium": {`Numéro de compte;Nom du compte;Compte contrepartie;Numéro de mouvement;Date comptable;Date valeur;Montant;Devise;Libellés;Détails du mouvement;Message
BE71096123456769;JJD CONSULT SRL;BE68539007547034;976;21/09/2026;21/09/2026;625,00;EUR;Instantoverschrijving in euro Van: BAITA VZW - BE68539007547034 Instant op 21/09 Mededeling: DEVIS D2026-280;;
BE71096123456769;JJD CONSULT SRL;;977;22/09/2026;22/09/2026;-2,90;EUR;Frais de carte;;Frais mensuels
`, `
account BE71096123456769 EUR JJD CONSULT SRL - -
1 2026-09-21 625.00 transfer [BAITA VZW,BE68539007547034,,,976] Instantoverschrijving in euro Van: BAITA VZW - BE68539007547034 Instant op 21/09 Mededeling: DEVIS D2026-280
2 2026-09-22 -2.90 fee [977] Frais de carte / Frais mensuels`},
	"KBC": {`Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet;rekeningnummer tegenpartij;BIC tegenpartij;Naam tegenpartij;Adres tegenpartij;gestructureerde mededeling;Vrije mededeling
BE71096123456769; ;SMITH JOHN;EUR; 02026001;03/01/2026;INSTANTOVERSCHRIJVING VAN;03/01/2026;775,08;1.775,08;775,08;;BE68 5390 0754 7034;KREDBEBB;DJANGO BV; ;***090/9337/55493***;
BE71096123456769; ;SMITH JOHN;EUR; 02026001;04/01/2026;BIJDRAGE 01-02-2018;04/01/2026;-3,40;1.771,68;;-3,40; ; ; ; ; ;
`, `
account BE71096123456769 EUR SMITH JOHN 2026-01-02=100000 2026-01-04=177168
1 2026-01-03 775.08 transfer [DJANGO BV,BE68539007547034,KREDBEBB,,,090933755493] INSTANTOVERSCHRIJVING VAN / ***090/9337/55493***
2 2026-01-04 -3.40 fee [] BIJDRAGE 01-02-2018`},
	"PostFinance": {`Date de début:;="01.01.2026"
Date de fin:;="31.01.2026"
Genre de comptabilisation:;="Tous"
Compte:;="CH9300762011623852957"
Monnaie:;="CHF"

Date;Texte de notification;Crédit en CHF;Débit en CHF;Valeur;Solde en CHF

31.01.2026;"PRIX POUR LA GESTION DU COMPTE";;-5;31.01.2026;4474.67
30.01.2026;"CRÉDIT EXPÉDITEUR: MARTIN PIERRE RUE DES ACACIAS 12 1227 CAROUGE COMMUNICATIONS: FA 118";120;;30.01.2026;
05.01.2026;"DÉBIT ORDRE PERMANENT DUPONT REFERENCE: LOYER";;-1470.5;05.01.2026;4359.67

Disclaimer:
Bla bla 2026.
`, `
account CH9300762011623852957 CHF  2026-01-04=583017 2026-01-31=447467
1 2026-01-31 -5.00 fee [] PRIX POUR LA GESTION DU COMPTE
2 2026-01-30 120.00 transfer [MARTIN PIERRE] CRÉDIT EXPÉDITEUR: MARTIN PIERRE RUE DES ACACIAS 12 1227 CAROUGE COMMUNICATIONS: FA 118
3 2026-01-05 -1470.50 transfer [DUPONT] DÉBIT ORDRE PERMANENT DUPONT REFERENCE: LOYER`},
	"UBS": {`Numéro de compte:;0243 00517049.40;
IBAN:;CH93 0076 2011 6238 5295 7;
Du:;2026-03-01;
Au:;2026-03-14;
Solde initial:;39882.60;
Solde final:;39937.80;
Évaluation en:;CHF;
Nombre de transactions dans cette période:;3;

Date de transaction;Heure de transaction;Date de comptabilisation;Date de valeur;Monnaie;Débit;Crédit;Sous-montant;Solde;N° de transaction;Description1;Description2;Description3;Notes de bas de page;
2026-03-14;10:03:12;2026-03-14;2026-03-14;CHF;-4.80;;;39937.80;1234567890123456;"Dupont;Lausanne";"Ordre collectif";;;
;;;;;;;-2.40;;1234567890123456;"Vidal SA";;;;
2026-03-13;;2026-03-13;2026-03-13;CHF;;60.00;;39942.60;0000067890123456;"Martin SA";"Virement FA 118";;;
`, `
account CH9300762011623852957 CHF  2026-03-12=3988260 2026-03-14=3993780
1 2026-03-14 -4.80 transfer [1234567890123456] Dupont;Lausanne / Ordre collectif / Vidal SA
2 2026-03-13 60.00 transfer [0000067890123456] Martin SA / Virement FA 118`},
	"Raiffeisen Switzerland": {`IBAN;Booked At;Text;Credit/Debit Amount;Balance;Valuta Date
CH9300762011623852957;2026-03-02 00:00:00.0;Gutschrift Société Fictive SA;2500.5;3100.5;2026-03-02 00:00:00.0
CH9300762011623852957;2026-03-03 00:00:00.0;Ordre collectif;-120;2980.5;2026-03-04 00:00:00.0
;;SUVA CHF 1'025.55;;;
`, `
account CH9300762011623852957 EUR  2026-03-01=60000 2026-03-03=298050
1 2026-03-02 2500.50 transfer [Société Fictive SA] Gutschrift Société Fictive SA
2 2026-03-03/2026-03-04 -120.00 transfer [] Ordre collectif / SUVA CHF 1'025.55`},
	"Luxembourg, a letter for the side": {`Compte;LU28 0019 4006 4475 0000;;;
Date opération;Description;Montant;D/C;Devise
02/03/2026;VIREMENT DUPONT;1.500,00;C;EUR
03/03/2026;FRAIS;3,25;D;EUR
`, `
account LU280019400644750000 EUR  - -
1 2026-03-02 1500.00 transfer [DUPONT] VIREMENT DUPONT
2 2026-03-03 -3.25 fee [] FRAIS`},
}

func TestBanks(t *testing.T) {
	for name, c := range banks {
		t.Run(name, func(t *testing.T) {
			check(t, c.text, c.want)
			if !Likely([]byte(c.text)) {
				t.Error("its beginning is not taken for a statement")
			}
			if completeRegister(t, []byte(c.text)) {
				t.Error("it would be taken for a register of invoices")
			}
		})
	}
}
