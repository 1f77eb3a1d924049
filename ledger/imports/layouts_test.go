package imports

import (
	"fmt"
	"strings"
	"testing"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// short writes a result so that it can be read in a table: the invoices, then what was refused, left out and doubted.
func short(r Result) string {
	var out []string
	for _, d := range r.Invoices {
		s := fmt.Sprintf("%d %s %s %s→%s %s/%s", d.Line, d.Number, d.CustomerName, d.Issued.String()[5:], d.Due.String()[5:], d.Total.Decimal(), d.Open.Decimal())
		if d.Total.Currency != ledger.EUR {
			s += " " + string(d.Total.Currency)
		}
		if d.CustomerRef != "" {
			s += " [" + d.CustomerRef + "]"
		}
		out = append(out, s)
	}
	for _, p := range r.Rejected {
		out = append(out, fmt.Sprintf("%d refused %s %s", p.Line, p.Field, p.Code))
	}
	for _, p := range r.Skipped {
		out = append(out, fmt.Sprintf("%d skipped %s", p.Line, p.Code))
	}
	for _, p := range r.Warnings {
		if p.Code != "due_computed" {
			out = append(out, fmt.Sprintf("%d warning %s", p.Line, p.Code))
		}
	}
	return strings.Join(out, "\n")
}

// cells parses a table drawn with bars: =text, 12.5 numbers, @46000 days, ~formula, !error.
func cells(drawn string) [][]any {
	var rows [][]any
	for line := range strings.SplitSeq(strings.Trim(drawn, "\n"), "\n") {
		var row []any
		for cell := range strings.SplitSeq(line, "|") {
			cell = strings.TrimSpace(strings.ReplaceAll(cell, `\n`, "\n"))
			var n float64
			_, err := fmt.Sscan(cell, &n)
			switch {
			case cell == "":
				row = append(row, nil)
			case cell[0] == '@':
				fmt.Sscan(cell[1:], &n)
				row = append(row, dated(n))
			case cell[0] == '~':
				row = append(row, formulaText(cell[1:]))
			case cell[0] == '!':
				row = append(row, errCell(cell[1:]))
			case err == nil && strings.Trim(cell, "0123456789.-") == "":
				row = append(row, n)
			default:
				row = append(row, strings.TrimPrefix(cell, "="))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func TestLayouts(t *testing.T) {
	for _, c := range []struct {
		name, table, want string
		change            func(g *grid.Grid)
	}{
		{"payment date only", `
			|N°|Client|Du|Montant TTC|Payé le
			|F1|DUPONT|@46000|100|
			|F2|MARTIN|@46001|200|@46010
			|F3|DURAND|@46002|300|=-
			|||TOTAL|600|`,
			"2 F1 DUPONT 12-09→01-08 100.00/100.00\n3 F2 MARTIN 12-10→01-09 200.00/0.00\n4 F3 DURAND 12-11→01-10 300.00/300.00", nil},
		{"customers in lines of their own, with subtotals", `
			A/R Ageing Detail
			As of November 21, 2026

			Date|Transaction type|Num|Due date|Amount|Open balance
			DUPONT SARL
			@46000|Invoice|1001|@46030|120.5|120.5
			@46010|Payment|77|@46010|-50|-50
			@46020|Credit memo|1002|@46020|-20|-20
			Total for DUPONT SARL||||50.5|50.5
			Martin & Fils
			@46001|Invoice|1003|@46031|80|80
			Total for Martin & Fils||||80|80
			TOTAL||||130.5|130.5`,
			"6 1001 DUPONT SARL 12-09→01-08 120.50/120.50\n8 1002 DUPONT SARL 12-29→12-29 -20.00/-20.00\n11 1003 Martin & Fils 12-10→01-09 80.00/80.00\n7 skipped receipt_not_invoice", nil},
		{"subtotals beside the customer's name", `
			Client|Facture|Date|Échéance|Montant|Solde
			DUPONT|F1|@46000|@46030|100|100
			DUPONT|F2|@46000|@46030|50|50
			DUPONT||||150|150
			DUPONT||||77|77
			MARTIN|F3|@46000|@46030|10|10
			Total MARTIN||||10|10
			Total général|3|||160|160`,
			"2 F1 DUPONT 12-09→01-08 100.00/100.00\n3 F2 DUPONT 12-09→01-08 50.00/50.00\n6 F3 MARTIN 12-09→01-08 10.00/10.00\n5 refused number number_missing", nil},
		{"customers called like totals", `
			Client|Facture|Date|Montant
			TOTAL ÉNERGIES|F1|@46000|100
			SOLDE & CIE|F2|@46000|50
			REPORT PRESSE|F3||70
			Total|||220`,
			"2 F1 TOTAL ÉNERGIES 12-09→01-08 100.00/100.00\n3 F2 SOLDE & CIE 12-09→01-08 50.00/50.00\n4 refused issue_date date_missing", nil},
		{"ledger without journals", `
			Compte|Intitulé|Date|Pièce|Libellé|Débit|Crédit
			411D|DUPONT|@46000|F1|Facture F1|100|
			411D|DUPONT|@46010|B12|VIR DUPONT||60
			411D|DUPONT|@46011|F1|Règlement F1||40
			411D|DUPONT|@46012|A2|Avoir A2||10
			411M|MARTIN|@46013||Acompte||99
			411M|MARTIN|@46014|F3|Facture F3|30|`,
			"2 F1 DUPONT 12-09→01-08 100.00/60.00 [411D]\n5 A2 DUPONT 12-21→12-21 -10.00/-10.00 [411D]\n7 F3 MARTIN 12-23→01-22 30.00/30.00 [411M]\n3 skipped receipt_not_invoice\n4 skipped receipt_not_invoice\n6 skipped receipt_not_invoice", nil},
		{"ledger with kinds", `
			Compte|Client|Date|Pièce|Type|Libellé|Débit|Crédit|Lettrage
			411D|DUPONT|@46000|F1|Facture|Lot 1|100||
			411D|DUPONT|@46010|F1|Règlement|Virement||60|
			411D|DUPONT|@46011|F1|Règlement|Rejet|20||
			411D|DUPONT|@46012|F1|Passage en perte|Accord||5|
			411D|DUPONT|@46013|F2|Facture|Avoirs et réserves|50||AA
			411D|DUPONT|@46014||Règlement|Avoir de banque||50|AA
			411D|DUPONT|@46015|K3|Avoir|Virement à refaire||30|
			411D|DUPONT|@46016|K3|Règlement|Imputation|12||
			411M|MARTIN|@46016|F1|Règlement|Virement||9|`,
			"2 F1 DUPONT 12-09→01-08 100.00/55.00 [411D]\n6 F2 DUPONT 12-22→01-21 50.00/0.00 [411D]\n8 K3 DUPONT 12-24→12-24 -30.00/-18.00 [411D]\n" +
				"3 skipped receipt_not_invoice\n4 skipped receipt_not_invoice\n5 skipped receipt_not_invoice\n7 skipped receipt_not_invoice\n9 skipped receipt_not_invoice\n10 skipped receipt_not_invoice", nil},
		{"ledger that says what is open", `
			Compte|Client|Date|Pièce|Type|Débit|Crédit|Reste à payer
			411D|DUPONT|@46000|F1|Facture|100||40
			411D|DUPONT|@46010|F1|Règlement||60|
			411D|DUPONT|@46012|F2|Facture|80||80`,
			"2 F1 DUPONT 12-09→01-08 100.00/40.00 [411D]\n4 F2 DUPONT 12-21→01-20 80.00/80.00 [411D]\n3 skipped receipt_not_invoice", nil},
		{"decimals of dinars", `
			N°|Client|Date|Montant TTC|Devise
			F1|DUPONT|@46000|1234,567|TND
			F2|DUPONT|@46001|123,456|TND
			F3|DUPONT|@46002|123,456|EUR`,
			"2 F1 DUPONT 12-09→01-08 1234.567/1234.567 TND\n3 F2 DUPONT 12-10→01-09 123.456/123.456 TND\n4 refused total amount_ambiguous", func(*grid.Grid) {}},
		{"lettering that does not balance", `
			Compte|Intitulé|Jal|Date|Pièce|Débit|Crédit|Let
			411D|DUPONT|VE|@46000|F1|100||A
			411D|DUPONT|VE|@46001|F2|50||A
			411D|DUPONT|BQ|@46010|B1||120|A
			411D|DUPONT|VE|@46011|F3|70||`,
			"2 F1 DUPONT 12-09→01-08 100.00/0.00 [411D]\n3 F2 DUPONT 12-10→01-09 50.00/30.00 [411D]\n5 F3 DUPONT 12-20→01-19 70.00/70.00 [411D]\n4 skipped receipt_not_invoice\n3 warning lettering_unbalanced", nil},
		{"ageing columns without a total", `
			|||Ancienneté
			Client|N° pièce|Échéance|Non échu|=0-30|=31-60|+ 60 jours
			DUPONT|F1|@46000|100|||
			DUPONT|F2|@45990||20||
			MARTIN|A3|@45980|||-5|`,
			"3 F1 DUPONT 12-09→12-09 100.00/100.00\n4 F2 DUPONT 11-29→11-29 20.00/20.00\n5 A3 MARTIN 11-19→11-19 -5.00/-5.00", nil},
		{"month first", `
			Invoice #|Customer|Invoice date|Due date|Total|Balance
			1|ACME|10/28/2026|11/12/2026|$1,234.50|$1,234.50
			2|ACME|01/02/2026|02/03/2026|$10.00|$0.00`,
			"2 1 ACME 10-28→11-12 1234.50/1234.50 USD\n3 2 ACME 01-02→02-03 10.00/0.00 USD", nil},
		{"quotes and orders", `
			Type|Numéro|Client|Date|Total TTC|Statut
			Devis|D1|DUPONT|@46000|100|Accepté
			Facture|F1|DUPONT|@46000|100|Envoyée
			Facture|F2|DUPONT|@46000|100|Payée
			Avoir|A1|DUPONT|@46000|30|Validé
			Facture proforma|P1|DUPONT|@46000|5|Validé
			Facture|F3|DUPONT|@46000|100|Brouillon`,
			"3 F1 DUPONT 12-09→01-08 100.00/100.00\n4 F2 DUPONT 12-09→01-08 100.00/0.00\n5 A1 DUPONT 12-09→12-09 -30.00/-30.00\n2 skipped not_an_invoice\n6 skipped not_an_invoice\n7 skipped draft", nil},
		{"titles on two lines in one cell, first columns empty", `
			||Liste des factures
			||N°\nfacture|Nom du\nclient|Date de\nfacture|Montant\nT.T.C.
			||=00012|DUPONT|@46000|=1 234,50
			||=00013|MARTIN|@46001|=1.234,50 €
			||00014|DURAND|@46001|=2 1500,00`,
			"3 00012 DUPONT 12-09→01-08 1234.50/1234.50\n4 00013 MARTIN 12-10→01-09 1234.50/1234.50\n5 refused total amount_ambiguous", func(g *grid.Grid) {}},
		{"articles", `
			N° facture|Client|Date|Échéance|Désignation|Qté|P.U.|Total TTC
			F1|DUPONT|@46000|@46030|Pose|2|50|100
			F1|DUPONT|@46000|@46030|Vis|10|1|10
			F2|MARTIN|@46000|@46030|Pose|1|50|50
			F2|MARTIN|@46000|@46030|Remise|1|-5|-5
			F3|MARTIN|@46000|@46030|Pose|1|50|50
			F3|MARTIN|@46000|@46030|Plinthe|1|?|à voir`,
			"2 F1 DUPONT 12-09→01-08 110.00/110.00\n4 F2 MARTIN 12-09→01-08 45.00/45.00\n6 refused number article_refused\n7 refused total amount_invalid\n3 skipped line_merged\n5 skipped line_merged", nil},
		{"net and tax", `
			Facture|Client|Date|HT|TVA
			F1|DUPONT|@46000|100|20
			F2|DUPONT|@46000|=50,00|=10,00`,
			"2 F1 DUPONT 12-09→01-08 120.00/120.00\n3 F2 DUPONT 12-09→01-08 60.00/60.00", nil},
		{"formulas never computed", `
			Facture|Client|Date|Échéance|HT|TTC|Payé|Reste
			F1|DUPONT|@46000|~C2+30|100|~ROUND(E2*1.2,2)|20|~F2-G2
			F2|DUPONT|@46000|~EDATE(C3,1)|100|~E3*1.2||~F3-G3
			F3|DUPONT|@46000|@46020|100|~VLOOKUP(A4,X:Y,2)||~F4-G4
			F4|DUPONT|@46000|@46020|100|120|20|!#REF!
			F5|DUPONT|@46000|@46020|100|!#N/A||`,
			"2 F1 DUPONT 12-09→01-08 120.00/100.00\n5 F4 DUPONT 12-09→12-29 120.00/100.00\n3 refused due_date formula_without_value\n4 refused total formula_without_value\n6 refused total cell_error", nil},
		{"name missing beside a code", `
			Code client|Nom|N° facture|Date|Montant
			C1|DUPONT|F1|@46000|10
			C1||F2|@46000|20
			C2||F3|@46000|30
			||F4|@46000|40
			411000|Divers|F5|@46000|50`,
			"2 F1 DUPONT 12-09→01-08 10.00/10.00 [C1]\n3 F2 DUPONT 12-09→01-08 20.00/20.00 [C1]\n4 F3 C2 12-09→01-08 30.00/30.00 [C2]\n6 F5 Divers 12-09→01-08 50.00/50.00 [411000]\n5 refused customer customer_missing\n4 warning name_missing", nil},
		{"one collective account", `
			Compte|Nom du client|N° facture|Date|Montant
			411000|DUPONT|F1|@46000|10
			411000|MARTIN|F2|@46000|20
			411000|DURAND|F3|@46000|30`,
			"2 F1 DUPONT 12-09→01-08 10.00/10.00\n3 F2 MARTIN 12-09→01-08 20.00/20.00\n4 F3 DURAND 12-09→01-08 30.00/30.00", nil},
		{"customers in merged cells", `
			Client|N° facture|Date|Montant
			DUPONT|F1|@46000|10
			|F2|@46000|20
			|F3|@46000|30
			MARTIN|F4|@46000|40
			|F5|@46000|50`,
			"2 F1 DUPONT 12-09→01-08 10.00/10.00\n3 F2 DUPONT 12-09→01-08 20.00/20.00\n5 F4 MARTIN 12-09→01-08 40.00/40.00\n4 refused customer customer_missing\n6 refused customer customer_missing",
			func(g *grid.Grid) { g.Merged = []grid.Range{{FirstLine: 2, LastLine: 3}} }},
		{"paid too much", `
			Facture|Client|Date|Total|Payé
			F1|DUPONT|@46000|100|120
			F2|DUPONT|@46000|100|100`,
			"2 F1 DUPONT 12-09→01-08 100.00/0.00\n3 F2 DUPONT 12-09→01-08 100.00/0.00\n2 warning overpaid", nil},
		{"currencies", `
			Facture|Client|Date|Total|Devise
			F1|DUPONT|@46000|100|EUR
			F2|DUPONT|@46000|=100 $|€
			F3|DUPONT|@46000|=£ 100|
			F4|DUPONT|@46000|100|Franc suisse
			F5|DUPONT|@46000|100|GBP
			F6|DUPONT|@46000|100|doublons`,
			"2 F1 DUPONT 12-09→01-08 100.00/100.00\n3 F2 DUPONT 12-09→01-08 100.00/100.00\n4 F3 DUPONT 12-09→01-08 100.00/100.00 GBP\n5 F4 DUPONT 12-09→01-08 100.00/100.00 CHF\n6 F5 DUPONT 12-09→01-08 100.00/100.00 GBP\n7 refused currency currency_unknown", nil},
		{"customers with their balance above their invoices", `
			Date|N° pièce|Échéance|Montant|Solde
			C01 - DUPONT|||150|150
			@46000|F1|@46030|100|100
			@46001|F2|@46031|50|50
			C02 - MARTIN|||7|7
			@46002|F3|@46032|7|7
			Total|||157|157`,
			"3 F1 DUPONT 12-09→01-08 100.00/100.00 [C01]\n4 F2 DUPONT 12-10→01-09 50.00/50.00 [C01]\n6 F3 MARTIN 12-11→01-10 7.00/7.00 [C02]", nil},
		{"terms among due dates", `
			N°|Client|Date|Échéance|Facturé|Encaissé|Reste
			1|DUPONT|@46000|31/01/2026|100,50|0,50|100
			2|DUPONT|@46000|comptant|200,25||
			3|MARTIN|@46000|30 jours fin de mois|10|10|
			4|MARTIN|@46000|fin des travaux|10||10`,
			"2 1 DUPONT 12-09→01-31 100.50/100.00\n3 2 DUPONT 12-09→12-09 200.25/200.25\n4 3 MARTIN 12-09→01-31 10.00/0.00\n5 refused due_date date_invalid", nil},
		{"terms instead of due dates", `
			N°|Client|Date|Échéance|Montant
			1|DUPONT|@46000|30 jours|100
			2|DUPONT|@46000|45 j fdm|200
			3|MARTIN|@46000||300`,
			"2 1 DUPONT 12-09→01-08 100.00/100.00\n3 2 DUPONT 12-09→01-31 200.00/200.00\n4 3 MARTIN 12-09→01-08 300.00/300.00", nil},
		{"instalments by label, and contradictions", `
			Facture|Client|Date|Échéance|Montant|Objet
			F1|DUPONT|@46000|@46030|100|Toiture 1/2
			F1|DUPONT|@46000|@46060|100|Toiture 2/2
			F2|DUPONT|@46000|@46030|50|Pose
			F2|DUPONT|@46000|@46060|50|Pose
			F3|DUPONT|@46000|@46030|5|
			F3|MARTIN|@46000|@46030|6|
			F2|DUPONT|@46000|@46030|50|Pose`,
			"2 F1 DUPONT 12-09→01-08 200.00/200.00\n4 F2 DUPONT 12-09→01-08 50.00/50.00\n6 F3 DUPONT 12-09→01-08 5.00/5.00\n7 F3 MARTIN 12-09→01-08 6.00/6.00\n5 refused number duplicate_conflict\n3 skipped instalment_merged\n8 skipped duplicate\n7 warning same_number_two_customers", nil},
		{"a number that became a date, months between", `
			N° facture|Client|Date|Montant
			JANVIER 2026
			=2026-01|DUPONT|@46000|100
			@46023|DUPONT|@46000|200
			Février
			=2026-03|MARTIN|@46000|300`,
			"3 2026-01 DUPONT 12-09→01-08 100.00/100.00\n6 2026-03 MARTIN 12-09→01-08 300.00/300.00\n4 refused number number_is_date", nil},
		{"page headers and notes", `
			Société Truc - édition du 12/11/2026
			Facture|Client|Date|Total
			F1|DUPONT|@46000|100
			Société Truc - édition du 12/11/2026|||Page 2
			Facture|Client|Date|Total
			F2|DUPONT|@46000|200
			À reporter|||300
			Report|||300
			* montants en euros
			Nombre de factures : 2
			F3|DUPONT|@46000|50`,
			"3 F1 DUPONT 12-09→01-08 100.00/100.00\n6 F2 DUPONT 12-09→01-08 200.00/200.00\n11 F3 DUPONT 12-09→01-08 50.00/50.00", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gridOf(cells(strings.ReplaceAll(c.table, "\t", "")))
			if c.change != nil {
				c.change(g)
			}
			h := findHeader(g, 0, nil)
			if !h.register() {
				t.Fatal("no register: ", h.titles)
			}
			s := recognise(g, h, "", Options{Today: today, Currency: ledger.EUR})
			if missing := s.Missing(); len(missing) > 0 {
				t.Fatal("missing ", missing, s.Mapping)
			}
			if got := short(s.Drafts(s.Mapping, nil, nil)); got != c.want {
				t.Errorf("%v\ngot\n%s\nwant\n%s", s.Mapping, got, c.want)
			}
		})
	}
}
