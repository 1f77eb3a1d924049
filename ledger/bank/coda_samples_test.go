package bank

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// What the public samples of CODA say: account, balances, and of each entry day, amount, kind, name, references and text. The balances of
// the third were made unreadable on purpose.
func TestCODASamples(t *testing.T) {
	of := map[string]string{
		"sample1.cod": `138536152215 EUR BOUWBEDRIJF VOOR GROTE WER 17752.12>17832.12
2017-10-11 5.00 EUR transfer KLANT1 MET NAAM1 BE22313215646432 [000003505158]
2017-10-11 25.00 EUR transfer KLANT2 NAAM2 BE25646548413215 [000003515846]
2017-10-11 20.00 EUR transfer KLANT3 NAAM3 BE32135468465432 [000003154982]
2017-10-11 30.00 EUR transfer KLANT4 - NAAM4 MET BE23156453132168 [000002133131]`,
		"sample11.cod": `138536152215 EUR BOUWBEDRIJF VOOR GROTE WER 100.00>1100.00
2024-06-06 1000.00 EUR direct_debit   [] REF-RECUR-06-05`,
		"sample3.cod": `732XXXXXXXXX EUR TIX02 SPRL 99999.99>99999.99
2017-10-30 -812.69 EUR    [] = -805.73 -6.96 Message goes here|and continues here|or here`,
		"sample8.cod": `BE11111111111111 EUR BV XXXXXXX 1293.45>648.56
2023-03-06 -395.55 EUR transfer   [] ACERTA/I/03948039/230306/1
2023-03-06 -249.34 EUR transfer   [] ACERTA/I/33449300/230306/1`,
	}
	files := sampleFiles(t, "formats/coda/*.cod")
	if len(files) != len(of) {
		t.Errorf("%d files", len(files))
	}
	for _, file := range files {
		data := mustLoad(t, file)
		if !likelyCODA(data[:64]) {
			t.Errorf("%s is not recognised", file)
		}
		f, err := readCODA(context.Background(), data, sampleDay)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		var b strings.Builder
		for _, s := range f.Statements {
			e := Entry{}
			e.Amount.Currency = s.Currency
			e.Amount.Minor = s.Opening.Amount
			fmt.Fprintf(&b, "%s %s %s %s>", firstOf(s.Account.IBAN, s.Account.Number), s.Currency, s.Account.Holder, e.Amount.Decimal())
			e.Amount.Minor = s.Closing.Amount
			fmt.Fprintf(&b, "%s\n", e.Amount.Decimal())
			for _, e := range s.Entries {
				fmt.Fprintf(&b, "%s %s %s %s %s %v", e.Booked, e.Amount, e.Type, e.Party.Name, e.Party.IBAN, e.References)
				if len(e.Batch) > 0 {
					b.WriteString(" =")
				}
				for _, d := range e.Batch {
					b.WriteString(" " + d.Amount.Decimal())
				}
				if e.Party.Name == "" {
					b.WriteString(" " + strings.ReplaceAll(e.Label, "\n", "|"))
				}
				b.WriteString("\n")
			}
		}
		b.WriteString(strings.Join(codesOf(f), " "))
		if (gaps(f) > 0) != (filepath.Base(file) == "sample3.cod") {
			t.Errorf("%s: %d statements do not add up", file, gaps(f))
		}
		if got, want := strings.TrimSpace(b.String()), of[filepath.Base(file)]; got != want {
			t.Errorf("%s:\n%s\nwant\n%s", file, got, want)
		}
	}
}
