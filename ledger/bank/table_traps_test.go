package bank

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"quitus/ledger"
)

func TestTraps(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"positive debits, a reversal, separators at the end": {`Date;Libellé;Débit;Crédit;
01/09/2026;PRLV EDF;42,10;;
02/09/2026;EXTOURNE FRAIS;-3,00;;
03/09/2026;VIR DUPONT;;1.000,00;
`, `
account  EUR  - -
1 2026-09-01 -42.10 direct_debit [EDF] PRLV EDF
2 2026-09-02 3.00 fee [] EXTOURNE FRAIS
3 2026-09-03 1000.00 transfer [DUPONT] VIR DUPONT`},
		"both sides, neither, nothing readable": {`Date;Libellé;Débit;Crédit
01/09/2026;VIR A;10,00;20,00
02/09/2026;VIR B;;
03/09/2026;VIR C;0,00;20,00
31/09/2026;VIR D;;20,00
;VIR E;;20,00
04/09/2026;VIR F;;12..5
`, `
account  EUR  - -
1 2026-09-03 20.00 transfer [C] VIR C
problem 2 amount amount_both_sides "10,00 20,00"
problem 3 amount amount_missing ""
problem 5 date date_not_existing "31/09/2026"
problem 6 date date_missing ""
problem 7 amount amount_invalid "12..5"`},
		"signs in their own column": {"Date\tLibellé\tMontant\tSens\n01/09/2026\tVIR A\t10,00\t+\n02/09/2026\tVIR B\t12,00\t-\n03/09/2026\tVIR C\t13,00\t?\n" +
			strings.Repeat("04/09/2026\tVIR D\t14,00\tD\n", 10), `
account  EUR  - -
1 2026-09-01 10.00 transfer [A] VIR A
2 2026-09-02 -12.00 transfer [B] VIR B
3 2026-09-04 -14.00 transfer [D] VIR D` + "\n" + `4 2026-09-04 -14.00 transfer [D] VIR D
5 2026-09-04 -14.00 transfer [D] VIR D
6 2026-09-04 -14.00 transfer [D] VIR D
7 2026-09-04 -14.00 transfer [D] VIR D
8 2026-09-04 -14.00 transfer [D] VIR D
9 2026-09-04 -14.00 transfer [D] VIR D
10 2026-09-04 -14.00 transfer [D] VIR D
11 2026-09-04 -14.00 transfer [D] VIR D
12 2026-09-04 -14.00 transfer [D] VIR D
problem 4 amount side_unknown "?"`},
		"signed sums beside a column that says the same": {"Date;Type operation;Libellé;Montant\n2026-01-02;Debit;Achat;-12,34\n2026-01-03;Credit;VIR SALAIRE DUPONT;1000,00\n", `
account  EUR  - -
1 2026-01-02 -12.34  [] Achat
2 2026-01-03 1000.00 transfer [DUPONT] VIR SALAIRE DUPONT`},
		"sides written beside the sums, one sign for the decimals of each column": {"Date;Libellé;Montant;Solde\n01.02.26;VIR A;1.250 CR;1,250.00\n02.02.26;VIR B;1.000,50 D;249.50\n", `
account  EUR  2026-01-31=0 2026-02-02=24950
1 2026-02-01 1250.00 transfer [A] VIR A
2 2026-02-02 -1000.50 transfer [B] VIR B`},
		"minus behind, brackets, spaces that do not break": {"Date;Libellé;Montant\n01/02/2026;CB A;42,49-\n02/02/2026;CB B;(1\u202f042,49)\n03/02/2026;VIR C;+2\u00a0500,00 €\n04/02/2026;CB D;−7,00\n", `
account  EUR  - -
1 2026-02-01 -42.49 cards [A] CB A
2 2026-02-02 -1042.49 cards [B] CB B
3 2026-02-03 2500.00 transfer [C] VIR C
4 2026-02-04 -7.00 cards [D] CB D`},
		"a currency beside the sum": {"Date;Libellé;Montant\n01/02/2026;VIR A;42,49 CHF\n02/02/2026;VIR B;CHF 1'000.–\n", `
account  CHF  - -
1 2026-02-01 42.49 transfer [A] VIR A
2 2026-02-02 1000.00 transfer [B] VIR B`},
		"months first, as one line tells": {"Date,Description,Amount\n02/03/2026,VIR A,1.50\n04/13/2026,CB B,-2.50\n", `
account  EUR  - -
1 2026-02-03 1.50 transfer [A] VIR A
2 2026-04-13 -2.50 cards [B] CB B`},
		"several accounts and currencies by column": {`Compte;Date;Libellé;Montant;Devise
FR7630006000011234567890189;01/02/2026;VIR A;1,50;EUR
FR7612548029980000000150086;02/02/2026;VIR B;2,50;EUR
FR7630006000011234567890189;03/02/2026;VIR C;3,50;EUR
FR7630006000011234567890189;04/02/2026;VIR D;4,50;USD
Solde au 04/02/2026;;;10,00;
`, `
account FR7630006000011234567890189 EUR  - -
1 2026-02-01 1.50 transfer [A] VIR A
3 2026-02-03 3.50 transfer [C] VIR C
account FR7612548029980000000150086 EUR  - -
2 2026-02-02 2.50 transfer [B] VIR B
account FR7630006000011234567890189 USD  - -
4 2026-02-04 4.50 transfer [D] VIR D`},
		"several accounts below each other, pages with titles again": {`Compte n° 00011122233;;
Solde au 05/02/2026 : 101,50 €;;
Date;Libellé;Montant
01/02/2026;VIR A;1,50
Date;Libellé;Montant
02/02/2026;VIR B;2,50

Compte n° 00011122244;;
Date;Libellé;Montant
03/02/2026;VIR C;3,50
Nouveau solde;;3,50
`, `
account 00011122233 EUR  - 2026-02-05=10150
1 2026-02-01 1.50 transfer [A] VIR A
2 2026-02-02 2.50 transfer [B] VIR B
account 00011122244 EUR  - 2026-02-03=350
3 2026-02-03 3.50 transfer [C] VIR C`},
		"operations to come": {`Opérations à venir
Date;Libellé;Montant
06/02/2026;PRLV EDF;-1,50
Opérations comptabilisées
03/02/2026;VIR C;3,50
En attente;CB X;-4,00
02/02/2026;CB Y;-5,00;À venir
`, `
account  EUR  - -
1 2026-02-03 3.50 transfer [C] VIR C
problem 3 status pending_left_out ""
problem 6 status pending_left_out "En attente"
problem 7 status pending_left_out "À venir"`},
		"balances in lines of the table": {`Date;Libellé;Débit;Crédit
01/02/2026;ANCIEN SOLDE;;100,00
02/02/2026;VIR SOLDE FACTURE 12;;50,00
03/02/2026;SOLDE FACTURE 13;;7,00
;Total des mouvements;0,00;57,00
04/02/2026;NOUVEAU SOLDE;;157,00
`, `
account  EUR  2026-02-01=10000 2026-02-04=15700
1 2026-02-02 50.00 transfer [] VIR SOLDE FACTURE 12
2 2026-02-03 7.00  [] SOLDE FACTURE 13`},
		"balances that the entries do not bear out": {`Solde initial au 31/01/2026;100,00
Solde final au 28/02/2026;200,00
Date;Libellé;Montant
02/02/2026;VIR A;50,00
`, `
account  EUR  2026-01-31=10000 2026-02-28=20000
1 2026-02-02 50.00 transfer [A] VIR A
problem 0 balance balance_differs "200.00"`},
		"a balance that runs on behind a line that cannot be read": {`Date;Libellé;Montant;Solde
01/02/2026;VIR A;50,00;150,00
02/02/2026;VIR B;5..0,00;200,00
03/02/2026;VIR C;10,00;210,00
`, `
account  EUR  2026-01-31=10000 2026-02-03=21000
1 2026-02-01 50.00 transfer [A] VIR A
2 2026-02-03 10.00 transfer [C] VIR C
problem 3 amount amount_invalid "5..0,00"`},
		"a column of balances that are none of the lines'": {`Date;Libellé;Montant;Solde
01/02/2026;VIR A;50,00;150,00
02/02/2026;VIR B;20,00;150,00
`, `
account  EUR  - -
1 2026-02-01 50.00 transfer [A] VIR A
2 2026-02-02 20.00 transfer [B] VIR B`},
		"francs without decimals, dinars with three": {`---;2026
Devise;XPF;
Solde au 05/02/2026 : 12 500;;
Date;Libellé;Montant;Devise
02/02/2026;VIR A;12 500;
03/02/2026;VIR B;1,250;TND
04/02/2026;VIR C;1,5;TND
`, `
account  XPF  - 2026-02-05=12500
1 2026-02-02 12500 transfer [A] VIR A
account  TND  - -
2 2026-02-03 1.250 transfer [B] VIR B
3 2026-02-04 1.500 transfer [C] VIR C`},
		"balances that are none, sums that are no balance": {`Compte courant;12345678901
Découvert autorisé;1 000,00
Solde disponible;1 900,00
Solde comptable au 28/02/2026;900,00
Date;Libellé;Débit;Crédit;Pièces
02/02/2026;VIR A;;50,00;1
Total du 01/02/2026 au 28/02/2026;1;0,00;50,00;1
`, `
account 12345678901 EUR  - 2026-02-28=90000
1 2026-02-02 50.00 transfer [A] VIR A`},
		"an IBAN with wrong check digits, an overdrawn account": {`IBAN : FR76 3000 6000 0112 3456 7890 180
Titulaire : SARL DUVAL
Solde débiteur au 05/02/2026 : 1 250,00 EUR
Date;Libellé;Montant
02/02/2026;VIR A;50,00
`, `
account FR7630006000011234567890180 EUR SARL DUVAL - 2026-02-05=-125000
1 2026-02-02 50.00 transfer [A] VIR A
problem 0 account iban_invalid "FR7630006000011234567890180"`},
	} {
		t.Run(name, func(t *testing.T) { check(t, c.text, c.want) })
	}
}

func TestNotStatements(t *testing.T) {
	for text, want := range map[string]string{
		"":       "empty",
		"\n\n\n": "empty",
		"N° facture;Date;Client;Montant\nF1;01/02/2026;DUPONT;12,00\n":                       "not_a_statement",
		"Date;Libellé;Échéance;Montant\n01/02/2026;Facture;01/03/2026;12,00\n":               "not_a_statement",
		"Date;Journal;N° pièce;Libellé;Débit;Crédit;Lettrage\n01/02/2026;VE;12;X;12,00;;A\n": "not_a_statement",
		"Code;Nom;Adresse;CP;Ville\nC1;DUPONT;1 rue X;75001;PARIS\n":                         "not_a_statement",
		"Nom;Prénom\nDupont;Jean\n":      "not_a_statement",
		"Date;Libellé\n01/02/2026;VIR\n": "not_a_statement",
		"01/02/2026;DUPONT;F12;120,00\n02/02/2026;MARTIN;F13;-12,00\n03/02/2026;X;F14;12,00\n": "not_a_statement",
		"Date;Libellé;Montant\n":    "empty",
		"%PDF-1.4 relevé de compte": "unsupported_format",
		"Date;Quantité;Prix unitaire;Montant;Désignation;Devis\n01/02/2026;2;3,00;6,00;Vis;D1\n": "not_a_statement",
	} {
		f, err := readText(t, text)
		if got := ledger.CodeOf(err); got != want {
			t.Errorf("%q: %q, want %q (%v)", text, got, want, f)
		}
		if e, ok := err.(*ledger.Error); ok && e.Args["file"] != "releve.csv" {
			t.Errorf("%q: the error does not name the file: %v", text, e)
		}
		if Likely([]byte(text)) && want != "empty" {
			t.Errorf("%q: taken for a statement by its beginning", text)
		}
	}
}

// Every sheet that is a statement is read; one that is named after what is to come is left out, one that is hidden too.
func TestWorkbookOfSeveralSheets(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	lines := [][]any{{"Date", "Libellé", "Montant"}, {"01/02/2026", "VIR DUPONT", 12.5}}
	for name, rows := range map[string][][]any{
		"Sheet1": {{"Aide"}, {"Ce classeur contient vos comptes"}}, "Courant": append([][]any{{"Compte 00011122233"}}, lines...), "Livret": append([][]any{{"Compte 00011122244"}}, lines...), "À venir": lines, "Caché": lines,
	} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.SetSheetVisible("Caché", false); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	file, err := Read(context.Background(), "x.xlsx", bytes.NewReader(out.Bytes()), int64(out.Len()), Options{Today: today})
	if err != nil || file.Format != "xlsx" || len(file.Statements) != 2 || len(file.Problems) != 1 || file.Problems[0].Code != "pending_left_out" {
		t.Fatal(file, err)
	}
	first, second := file.Statements[0], file.Statements[1]
	if first.Entries[0].Rank != 1 || second.Entries[0].Rank != 2 || first.Account.Number == second.Account.Number || first.Entries[0].Amount != ledger.Euros(1250) {
		t.Error(toldFile(file))
	}
}

// Small registers as owners write them are registers, whatever they leave out.
func TestSmallRegisters(t *testing.T) {
	for _, titles := range []string{
		"N°;Nom;Date;Montant;Objet", "Pièce;Tiers;Date;Montant;Libellé", "Réf;Société;Date;Montant TTC;Objet", "Numéro;Client;Date;Total TTC;Libellé", "Facture;Nom;Date;Montant;Description", "N° pièce;Nom;Date;Débit;Libellé;Crédit",
	} {
		text := titles + "\nF12;DUPONT SARL;01/02/2026;120,50;Travaux;\nF13;MARTIN SA;02/02/2026;80,00;Pose;\nF14;DUVAL;03/02/2026;-8,00;Avoir;\n"
		if _, err := readText(t, text); ledger.CodeOf(err) != "not_a_statement" || Likely([]byte(text)) {
			t.Errorf("%s: taken for a statement: %v", titles, err)
		}
		if !completeRegister(t, []byte(text)) {
			t.Errorf("%s: not taken for a register", titles)
		}
	}
}

func TestContextAndLimits(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	text := "Date;Libellé;Montant\n02/02/2026;VIR A;50,00\n"
	if _, err := Read(ctx, "a.csv", strings.NewReader(text), int64(len(text)), Options{Today: today}); err != context.Canceled {
		t.Error(err)
	}
	if _, err := Read(context.Background(), "a.csv", strings.NewReader(text), MaxFileSize+1, Options{Today: today}); ledger.CodeOf(err) != "too_large" {
		t.Error(err)
	}
	f, err := readText(t, "Date;Libellé;Montant\n02/02/2026;"+strings.Repeat("é", MaxText)+";50,00\n03/02/2026;"+strings.Repeat("x", MaxText)+";5,0.0\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Statements[0].Entries[0].Label; len(got) != MaxText || strings.Trim(got, "é") != "" {
		t.Errorf("a label of %d bytes", len(got))
	}
	f, err = readText(t, "Date;Libellé;Montant\n02/02/2026;VIR A;50,00\n"+strings.Repeat(";more;\n", 10_000))
	if err != nil || len(f.Statements[0].Entries) != 1 || len(f.Statements[0].Entries[0].Label) > MaxText {
		t.Error(err, f)
	}
	if _, err := readText(t, "Date;Libellé;Montant\n"+strings.Repeat("02/02/2026;;x\n", MaxEntries+1)); ledger.CodeOf(err) != "not_a_statement" {
		t.Error(err)
	}
	if _, err := readText(t, "Date;Libellé;Montant\n"+strings.Repeat("02/02/2026;;1,00\n", MaxEntries/2)+strings.Repeat("02/02/2026;;1..2\n", MaxEntries/2+1)); ledger.CodeOf(err) != "too_large" {
		t.Error(err)
	}
	f = &File{Statements: []*Statement{{}}}
	f.Statements[0].Entries = make([]Entry, MaxEntries+1)
	if err := f.limit(); ledger.CodeOf(err) != "too_large" {
		t.Error(err)
	}
}
