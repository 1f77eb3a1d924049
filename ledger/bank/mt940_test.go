package bank

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"quitus/ledger"
)

// mt makes a message of the account FR7630004000031234567890143, with 100,00 before.
func mt(lines ...string) []byte {
	return []byte(":20:REL1\n:25:FR7630004000031234567890143\n:28C:00012/001\n:60F:C260301EUR100,00\n" + strings.Join(lines, "\n") + "\n")
}

func readMT(t *testing.T, data []byte) (Entry, *File) {
	t.Helper()
	f, err := readMT940(context.Background(), data, sampleDay)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	for _, s := range f.Statements {
		if len(s.Entries) > 0 {
			return s.Entries[0], f
		}
	}
	return Entry{}, f
}

func TestMT940Lines(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"2603100310C12,50NTRFREF1//BANK1", "12.50 EUR 2026-03-10 2026-03-10 NTRF transfer false REF1 BANK1"},
		{"2603100310D12,NMSCNONREF", "-12.00 EUR 2026-03-10 2026-03-10 NMSC  false  "},
		{"2603100310CR4,5NTRFREF1", "4.50 EUR 2026-03-10 2026-03-10 NTRF transfer false REF1 "},    // C and the euro's R
		{"2603100310DR4,5NTRFREF1", "-4.50 EUR 2026-03-10 2026-03-10 NTRF transfer false REF1 "},   // D and the euro's R
		{"2603100310RC4,5NTRFREF1", "-4.50 EUR 2026-03-10 2026-03-10 NTRF transfer true REF1 "},    // a credit taken back
		{"2603100310RD4,5NDDTREF1", "4.50 EUR 2026-03-10 2026-03-10 NDDT direct_debit true REF1 "}, // a debit taken back
		{"2603100310RCR4,5NRTIREF1", "-4.50 EUR 2026-03-10 2026-03-10 NRTI  true REF1 "},
		{"260310C000000000001,62NCHG", "1.62 EUR 2026-03-10 2026-03-10 NCHG fee false  "},
		{"260310    C7,00NCHK123//B", "7.00 EUR 2026-03-10 2026-03-10 NCHK cheques false  B"},
		{"2601020101C1,NTRF", "1.00 EUR 2026-01-01 2026-01-02 NTRF transfer false  "},
		{"2601021231C1,NTRF", "1.00 EUR 2025-12-31 2026-01-02 NTRF transfer false  "}, // booked the year before
		{"2512310102C1,NTRF", "1.00 EUR 2026-01-02 2025-12-31 NTRF transfer false  "}, // booked the year after
		{"2602300301C1,NTRF", "1.00 EUR 2026-03-01 2026-02-28 NTRF transfer false  "}, // months of 30 days
		{"260310031\nbroken", "entry_unreadable"},
		{"2613100310C1,NTRF", "date_invalid"},
		{"2603109999C1,NTRF", "1.00 EUR 2026-03-10 2026-03-10 NTRF transfer false  "}, // no such accounting day
		{"2603100310C1,234NTRF", "amount_invalid"},
		{"2603100310C,NTRF", "amount_invalid"},
		{"2603100310C99999999999999999,NTRF", "amount_invalid"},
		{"2603100310EC1,NTRF", "pending_left_out"}, // expected only
		{"2603100310C\n12,50NTRFREF1", "12.50 EUR 2026-03-10 2026-03-10 NTRF transfer false REF1 "},
		{"2603100310C12,50NTRFA/B//C//D", "12.50 EUR 2026-03-10 2026-03-10 NTRF transfer false A/B C//D"},
		{"900310C12,50NTRF", "12.50 EUR 1990-03-10 1990-03-10 NTRF transfer false  "},
		{"460310C12,50NTRF", "12.50 EUR 2046-03-10 2046-03-10 NTRF transfer false  "},
		{"470310C12,50NTRF", "12.50 EUR 1947-03-10 1947-03-10 NTRF transfer false  "},
	} {
		e, f := readMT(t, mt(":61:"+c.line))
		got := strings.Join(codesOf(f), " ")
		if got == "" {
			got = fmt.Sprintf("%s %s %s %s %s %v %s %s", e.Amount, e.Booked, e.Value, e.Code, e.Type, e.Returned, e.EndToEnd, e.BankRef)
		}
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.line, got, c.want)
		}
	}
}

func TestMT940Texts(t *testing.T) {
	const line = ":61:2603100310C12,50NTRFNONREF"
	full := "VIR AUTO-ECOLE RUNDENNE F20240487 F20240687 F20240730 AVOIR AV-20"
	for _, c := range []struct {
		name, text string
		want       Entry
	}{
		{"French", ":86:VIR SARL PROSOL\nFACTURE 118", Entry{Label: "VIR SARL PROSOL\nFACTURE 118"}},
		{"wrapped within a number", ":86:" + full + "\n24-0012", Entry{Label: full + "24-0012"}},
		{"nothing", ":86:", Entry{Label: "NTRF"}},
		{"none", "", Entry{Label: "NTRF"}},
		{"blank lines", ":86:VIR\n\nFACTURE 118\n\n", Entry{Label: "VIR\nFACTURE 118"}},
		{"a dash in the text", ":86:VIR\n-\nFACTURE 118", Entry{Label: "VIR\n-\nFACTURE 118"}},
		{"a time of day", ":86:VIR DU 10/03 A 13\n:20:37 FACTURE", Entry{Label: "VIR DU 10/03 A 13\n:20:37 FACTURE"}},
		{"supplementary details", "\nDETAILS\n:86:VIR", Entry{Label: "VIR\nDETAILS"}},
		{"charges", "\n/OCMT/EUR13,//CHGS/EUR0,5/\n:86:VIR", Entry{Label: "VIR\n/OCMT/EUR13,//CHGS/EUR0,5/", Charges: 50}},
		{
			"German",
			":86:166?00GUTSCHRIFT?100399?20EREF+E-1?21MREF+M-1?22CRED+DE98ZZZ09999999999?23SVWZ+RECHNUNG 118 UND DIE?24 NAECHSTE?30COBADEFF?31DE89370400440532013000?32PROSOL?33 GMBH",
			Entry{Code: "166", Label: "RECHNUNG 118 UND DIE\nNAECHSTE\nGUTSCHRIFT", Party: Party{Name: "PROSOL GMBH", IBAN: "DE89370400440532013000", BIC: "COBADEFF"}, EndToEnd: "E-1", Mandate: "M-1"},
		},
		{
			"German, wrapped everywhere",
			":86:166?00GUTSCHRIFT?100399?20EREF+EndToEndId TFNR 22 004?21 00001?22\nSVWZ+RECHNUNGEN 711 UND 471?232 VOM MAERZ?30COBADEFF?31DE8937040\n0440532013000?32PROSOL",
			Entry{Code: "166", Label: "RECHNUNGEN 711 UND 4712 VOM MAERZ\nGUTSCHRIFT", Party: Party{Name: "PROSOL", IBAN: "DE89370400440532013000", BIC: "COBADEFF"}, EndToEnd: "EndToEndId TFNR 22 004 00001"},
		},
		{
			"German, another mark",
			":86:166<00GUTSCHRIFT<20RECHNUNG 118<32PROSOL",
			Entry{Code: "166", Label: "RECHNUNG 118\nGUTSCHRIFT", Party: Party{Name: "PROSOL"}},
		},
		{
			"German, behind the payer",
			":86:166?00GUTSCHRIFT?20SVWZ+RG 118?21ABWA+PROSOL?32PLATTFORM",
			Entry{Code: "166", Label: "RG 118\nPROSOL\nGUTSCHRIFT", Party: Party{Name: "PLATTFORM"}},
		},
		{
			"Luxembourg",
			":86:020?00VIREMENT\n?20FACTURE 118\n?21FACTURE 119\n?32PROSOL\n?38LU280019400644750000",
			Entry{Code: "020", Label: "FACTURE 118\nFACTURE 119\nVIREMENT", Party: Party{Name: "PROSOL", IBAN: "LU280019400644750000"}},
		},
		{
			"Dutch",
			":86:/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/PR\nOSOL BV/REMI/FACTUUR 118/EREF/NOTPROVIDED",
			Entry{Label: "FACTUUR 118\nSEPA OVERBOEKING", Party: Party{Name: "PR OSOL BV", IBAN: "NL91ABNA0417164300", BIC: "ABNANL2A"}},
		},
		{
			"Dutch, the other way",
			":86:/EREF/E-1//MARF/M-1//CNTP/NL91ABNA0417164300/ABNANL2A/PROSOL BV/UTRECHT//REMI/USTD//FACTUUR 118/",
			Entry{Label: "FACTUUR 118", Party: Party{Name: "PROSOL BV", IBAN: "NL91ABNA0417164300", BIC: "ABNANL2A"}, EndToEnd: "E-1", Mandate: "M-1"},
		},
		{
			"Dutch, structured",
			":86:/ORDP//NAME/PROSOL/REMI/STRD/ISO/RF18539007547034/",
			Entry{Label: "PROSOL", Party: Party{Name: "PROSOL"}, References: []string{"RF18539007547034"}},
		},
		{
			"Dutch, returned",
			":86:/RTRN/AC04/BENM//NAME/PROSOL/REMI/FACTUUR 118",
			Entry{Label: "FACTUUR 118", Party: Party{Name: "PROSOL"}, Returned: true, Reason: "AC04"},
		},
		{
			"numbered, as some German banks do",
			":NS:01Rechnung 118\n02vom 3.3.\n15PROSOL\n17GUTSCHRIFT\n1812345",
			Entry{Label: "Rechnung 118\nvom 3.3.\nGUTSCHRIFT", Party: Party{Name: "PROSOL"}},
		},
	} {
		text := c.text
		if text != "" && text[0] == ':' {
			text = "\n" + text
		}
		e, f := readMT(t, mt(line+text))
		c.want.Rank, c.want.Line, c.want.Booked, c.want.Value, c.want.Amount = 1, 5, ledger.Day(2026, 3, 10), ledger.Day(2026, 3, 10), ledger.Euros(1250)
		c.want.Type, c.want.Code = ledger.EntryTransfer, firstOf(c.want.Code, "NTRF")
		if got, want := fmt.Sprintf("%+v", e), fmt.Sprintf("%+v", c.want); got != want || len(f.Problems) != 0 {
			t.Errorf("%s:\n got %s\nwant %s %v", c.name, got, want, f.Problems)
		}
	}
}

func TestMT940ReturnsAndKinds(t *testing.T) {
	for _, c := range []struct {
		line, text string
		kind       ledger.EntryType
		returned   bool
		reason     string
	}{
		{"D1,NRTI", "REJET PRLV AM04", ledger.EntryDirectDebit, true, "AM04"},
		{"D1,NRTI", "SANS MOT", "", true, ""},
		{"D1,NMSC", "CHEQUE IMPAYE 1234567", ledger.EntryCheques, true, ""},
		{"C1,NMSC", "REMISE CARTES 041124 NO 3821333", ledger.EntryCards, false, ""},
		{"D1,NMSC", "COMMISSION MOUVEMENT", ledger.EntryFee, false, ""},
		{"C1,NMSC", "DUPONT CHEQUE CADEAU", "", false, ""},
		{"C1,NTRF", "CHEQUE CADEAU", ledger.EntryTransfer, false, ""}, // the bank's code, not the words
		{"D1,NMSC", "109?00RUECKLASTSCHRIFT?20SVWZ+RG 118?34914", ledger.EntryDirectDebit, true, "914"},
		{"D1,NMSC", "108?00RUECKLASTSCHRIFT?20MD06?34000", ledger.EntryDirectDebit, true, "MD06"},
		{"C1,NMSC", "159?00RETOURE?20X", ledger.EntryTransfer, true, ""},
		{"C1,NMSC", "166?00GUTSCHRIFT?20MD06?34914", ledger.EntryTransfer, false, ""},
		{"D1,N109", "RUECKLAST", ledger.EntryDirectDebit, true, ""},
		{"C1,NTRF", "192?00SEPA?20X", ledger.EntryDirectDebit, false, ""},
		{"C1,NMSC", "833?00CASH?20X", ledger.EntryInternal, false, ""},
		{"D1,NMSC", "808?00ENTGELT?20X", ledger.EntryFee, false, ""},
		{"C1,NMSC", "082?00EINZAHLUNG?20X", ledger.EntryCash, false, ""},
		{"C1,NTRF", "999?00?20X", ledger.EntryTransfer, false, ""}, // the code says nothing
		{"C1,NBOE", "LCR", ledger.EntryBill, false, ""},
		{"C1,NCMZ", "POOL", ledger.EntryInternal, false, ""},
		{"C1,FINT", "INTERETS", ledger.EntryFee, false, ""},
		{"C1", "SANS CODE", "", false, ""},
	} {
		e, _ := readMT(t, mt(":61:260310"+c.line, ":86:"+c.text))
		if e.Type != c.kind || e.Returned != c.returned || e.Reason != c.reason {
			t.Errorf("%s %s: %q %v %q", c.line, c.text, e.Type, e.Returned, e.Reason)
		}
	}
}

func TestMT940Messages(t *testing.T) {
	body := ":61:2603100310C10,NTRF\n:86:UN\n:62F:C260310EUR110,00"
	one := string(mt(body))
	for name, c := range map[string]struct {
		data       string
		statements int
		want       string // opening, entries, closing
	}{
		"one":                    {one, 1, "100.00+10.00=110.00"},
		"closed by a dash":       {one + "-\n", 1, "100.00+10.00=110.00"},
		"Windows":                {strings.ReplaceAll(one+"-\n", "\n", "\r\n"), 1, "100.00+10.00=110.00"},
		"Macintosh":              {strings.ReplaceAll(one+"-\n", "\n", "\r"), 1, "100.00+10.00=110.00"},
		"no end of line":         {strings.TrimSpace(one), 1, "100.00+10.00=110.00"},
		"blank lines before":     {"\n\n" + one, 1, "100.00+10.00=110.00"},
		"enveloped":              {"{1:F01AGRIFRPPAXXX0000000000}{2:O9400000000000}{4:\n" + one + "-}", 1, "100.00+10.00=110.00"},
		"enveloped, one line":    {"{1:F01AGRIFRPPAXXX0000000000}{4:" + one + "-}{5:}", 1, "100.00+10.00=110.00"},
		"enveloped twice":        {"{1:F01A}{4:\n" + one + "-}{5:}{1:F01A}{4:\n" + one + "-}{5:}\n", 2, "100.00+10.00=110.00"},
		"twice":                  {one + one, 2, "100.00+10.00=110.00"},
		"the next without end":   {strings.ReplaceAll(one, ":62F:C260310EUR110,00\n", "") + one, 2, "100.00+10.00"},
		"information at the end": {one + ":64:C260310EUR110,00\n:65:C260311EUR110,00\n:86:FREE TEXT\n-\n", 1, "100.00+10.00=110.00"},
		"two pages": {strings.ReplaceAll(one, ":62F:", ":62M:") + "-\n" +
			strings.NewReplacer(":60F:C260301EUR100,00", ":60M:C260310EUR110,00", "012/001", "012/002", "EUR110,00\n", "EUR120,00\n").Replace(one), 1, "100.00+10.00+10.00=120.00"},
		"pages of two accounts": {strings.ReplaceAll(one, ":62F:", ":62M:") + "-\n" +
			strings.NewReplacer(":60F:C260301EUR100,00", ":60M:C260310EUR100,00", "FR7630004000031234567890143", "OTHER").Replace(one), 2, "100.00+10.00=110.00"},
		"within the day":               {":20:X\n:25:A1\n:28C:1\n:34F:EURD0,00\n:13D:2603101730+0100\n:61:260310C10,NTRF\n:90D:0EUR0,\n:90C:1EUR10,\n", 1, "+10.00"},
		"overdrawn":                    {strings.ReplaceAll(one, "C260301EUR100,00", "D260301EUR100,00"), 1, "-100.00+10.00=110.00"},
		"balance without its currency": {strings.ReplaceAll(one, "C260310EUR", "C260310"), 1, "100.00+10.00=110.00"},
		"unreadable balance":           {strings.ReplaceAll(one, ":62F:C260310EUR110,00", ":62F:?"), 1, "100.00+10.00"},
	} {
		f, err := readMT940(context.Background(), []byte(c.data), sampleDay)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		s, got := f.Statements[0], ""
		if s.Opening != nil {
			got = ledger.Euros(s.Opening.Amount).Decimal()
		}
		for _, e := range s.Entries {
			got += "+" + e.Amount.Decimal()
		}
		if s.Closing != nil {
			got += "=" + ledger.Euros(s.Closing.Amount).Decimal()
		}
		if got != c.want || len(f.Statements) != c.statements {
			t.Errorf("%s: %s, %d statements", name, got, len(f.Statements))
		}
		problems := map[string]string{"unreadable balance": "balance_invalid"}[name]
		if strings.Join(codesOf(f), " ") != problems {
			t.Errorf("%s: %v", name, f.Problems)
		}
		if !likelyMT940([]byte(c.data)) {
			t.Errorf("%s is not recognised", name)
		}
	}
	for _, data := range []string{"", "Date;Montant\n01/03/2026;12,50", ":20:", "<xml/>", "a:20:b\nc:25:d"} {
		if likelyMT940([]byte(data)) {
			t.Errorf("%q is taken for one", data)
		}
	}
}

func TestMT940Accounts(t *testing.T) {
	for written, want := range map[string]string{
		"FR7630004000031234567890143":           "FR7630004000031234567890143   EUR",
		"FR76 3000 4000 0312 3456 7890 143":     "FR7630004000031234567890143   EUR",
		"FR7630004000031234567890143EUR":        "FR7630004000031234567890143   EUR",
		"AGRIFRPP/FR7630004000031234567890143":  "FR7630004000031234567890143  AGRIFRPP EUR",
		"51210600/9223382012EUR":                "DE54512106009223382012 51210600/9223382012  EUR",
		"51210600/9223382012CHF":                "DE54512106009223382012 51210600/9223382012  CHF",
		"UBRTHUHB/123456789150ABCDEF002/HUF":    " 123456789150ABCDEF002 UBRTHUHB HUF",
		"20041010050500013M02606":               "FR1420041010050500013M02606 20041010050500013M02606  EUR",
		"20041/01005/0500013M026/06":            "FR1420041010050500013M02606 20041/01005/0500013M026/06  EUR",
		"20041010050500013M02607":               " 20041010050500013M02607  EUR", // a wrong key
		"ACXXXXXX000000XXXXXX1":                 " ACXXXXXX000000XXXXXX1  EUR",
		"FR7630004000031234567890143\nAGRIFRPP": "FR7630004000031234567890143  AGRIFRPP EUR",
	} {
		f, err := readMT940(context.Background(), []byte(":20:X\n:25:"+written+"\n:28C:1\n"), sampleDay)
		if err != nil {
			t.Fatal(err)
		}
		a := f.Statements[0].Account
		if got := fmt.Sprintf("%s %s %s %s", a.IBAN, a.Number, a.BIC, f.Statements[0].Currency); got != want {
			t.Errorf("%s: %q, want %q", written, got, want)
		}
		if a.IBAN != "" && !ledger.ValidIBAN(a.IBAN) {
			t.Errorf("%s is no IBAN", a.IBAN)
		}
	}
}
