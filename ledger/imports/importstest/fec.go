package importstest

import (
	"bytes"
	"fmt"
	"strings"
)

// fecTitles are the columns of the file of accounting entries, in their legal order.
var fecTitles = []string{
	"JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef",
	"PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
}

// FECName is the name of the file that [FEC] writes.
const FECName = "123456782FEC20251231.txt"

// FEC makes a year's accounting entries of at least as many lines (article A47 A-1 of the LPF): three of five lines are of
// sales, the others of their receipts.
func FEC(lines int) []byte {
	const lastDay = 12*28 - 1
	var b bytes.Buffer
	b.Grow(lines * 130)
	b.WriteString(strings.Join(fecTitles, "\t") + "\r\n")
	put := func(journal string, num, day int, account, aux, piece, label string, debit, credit int64, let string) {
		date := fmt.Sprintf("2025%02d%02d", 1+day/28, 1+day%28)
		name := ""
		if aux != "" {
			name = "SOCIETE " + aux
		}
		fmt.Fprintf(&b, "%s\tJournal %s\t%d\t%s\t%s\tCompte %s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\t\r\n",
			journal, journal, num, date, account, account, aux, name, piece, date, label, Cents(debit), Cents(credit), let, "", date)
	}
	for n, k := 0, 0; n < lines; k++ {
		day := min(k*12*28*5/(lines+5), lastDay)
		aux := fmt.Sprintf("C%05d", k%5000)
		v := int64(1200 + k%100000)
		let := letters(k / 5000)
		if k%7 == 0 {
			let = ""
		}
		put("VE", 2*k, day, "411000", aux, fmt.Sprintf("FA%07d", k), fmt.Sprintf("Facture FA%07d %s", k, aux), v, 0, let)
		put("VE", 2*k, day, "706000", "", fmt.Sprintf("FA%07d", k), "Ventes", 0, v-v/6, "")
		put("VE", 2*k, day, "445710", "", fmt.Sprintf("FA%07d", k), "TVA", 0, v/6, "")
		n += 3
		if let != "" {
			put("BQ", 2*k+1, min(day+30, lastDay), "512000", "", "BQ", "VIR SEPA "+aux, v, 0, "")
			put("BQ", 2*k+1, min(day+30, lastDay), "411000", aux, "BQ", "VIR SEPA SOCIETE "+letters(k%5000)+"X", 0, v, let)
			n += 2
		}
	}
	return b.Bytes()
}

// Cents writes minor units as such files do: 120050 is "1200,50".
func Cents(v int64) string { return fmt.Sprintf("%d,%02d", v/100, v%100) }

// letters counts in capitals: A … Z, BA ….
func letters(n int) string {
	s := string(rune('A' + n%26))
	for n /= 26; n > 0; n /= 26 {
		s = string(rune('A'+n%26)) + s
	}
	return s
}
