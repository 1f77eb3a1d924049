package bank

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"quitus/ledger"
)

// put writes texts at places of a record of 128 characters.
func put(parts ...any) string {
	line := []rune(strings.Repeat(" ", codaWidth))
	for i := 0; i+1 < len(parts); i += 2 {
		copy(line[parts[i].(int):], []rune(parts[i+1].(string)))
	}
	return string(line)
}

var (
	codaHead  = put(0, "0", 1, "0000", 5, "110326", 11, "72505", 34, "ATELIER NADRIER", 60, "KREDBEBB", 127, "2")
	codaOpen  = put(0, "12", 2, "007", 5, "BE71096123456769", 39, "EUR", 42, "0000000000100000", 58, "100326", 64, "ATELIER NADRIER")
	codaClose = put(0, "8", 1, "007", 4, "BE71096123456769", 38, "EUR", 41, "0000000000110000", 57, "110326")
	codaEnd   = put(0, "9", 127, "2")
)

// move21 makes a movement: its number and detail, amount in thousandths with its sign before, code, and communication.
func move21(number, amount, code, structured, communication string) string {
	return put(0, "21", 2, number, 10, "BANKREF", 31, amount, 47, "120326", 53, code, 61, structured, 62, communication, 115, "110326", 121, "0070")
}

func coda(records ...string) []byte {
	return []byte(strings.Join(append(append([]string{codaHead, codaOpen}, records...), codaClose, codaEnd), "\n") + "\n")
}

func readCoda(t *testing.T, data []byte) (Entry, *File) {
	t.Helper()
	f, err := readCODA(context.Background(), data, sampleDay)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Statements[0].Entries) == 0 {
		return Entry{}, f
	}
	return f.Statements[0].Entries[0], f
}

const ten = "0000000000010000"

func TestCODAEntries(t *testing.T) {
	base := Entry{Rank: 1, Line: 3, Booked: ledger.Day(2026, 3, 11), Value: ledger.Day(2026, 3, 12), Amount: ledger.Euros(1000), Type: ledger.EntryTransfer, Code: "01/50/000", BankRef: "BANKREF"}
	full := strings.Repeat("x", 50) + "FA1" // 53 characters, the width of the first piece
	debit127 := "127" + "120326" + "1" + "1" + "0" + fmt.Sprintf("%-35s%-35s%-62s", "BE12ZZZ0123456789", "MANDAT-1", "FACTURE 118")
	unpaid127 := "127" + "120326" + "1" + "1" + "4" + fmt.Sprintf("%-35s%-35s%-62s", "BE12ZZZ0123456789", "MANDAT-1", "FACTURE 118") + "2" + "AM04"
	pieces := func(s string) []string {
		s += strings.Repeat(" ", 200)
		return []string{s[:53], s[53:106], s[106:149]}
	}
	for _, c := range []struct {
		name    string
		records []string
		want    func(e *Entry)
	}{
		{"free text", []string{move21("00010000", ten, "00150000", "0", "FACTURE 118")}, func(e *Entry) { e.Label = "FACTURE 118" }},
		{"structured", []string{move21("00010000", ten, "00150000", "1", "101090933755493")}, func(e *Entry) {
			e.Label, e.References = "090933755493", []string{"090933755493"}
		}},
		{"text over three records", []string{
			move21("00010000", ten, "00150000", "0", full), put(0, "22", 2, "00010000", 10, "18 ET FA119", 63, "E-1", 98, "GEBABEBB"),
			put(0, "23", 2, "00010000", 10, "BE22313215646432", 44, "EUR", 47, "PROSOL SPRL", 82, "SUITE"),
		}, func(e *Entry) {
			e.Label, e.EndToEnd = full+"18 ET FA119 SUITE", "E-1"
			e.Party = Party{Name: "PROSOL SPRL", IBAN: "BE22313215646432", BIC: "GEBABEBB"}
		}},
		{"Belgian number of the other side", []string{move21("00010000", ten, "00150000", "0", "X"), put(0, "23", 2, "00010000", 10, "096123456769 EUR", 47, "PROSOL")}, func(e *Entry) {
			e.Label, e.Party = "X", Party{Name: "PROSOL", IBAN: "BE71096123456769"}
		}},
		{"foreign number of the other side", []string{move21("00010000", ten, "00150000", "0", "X"), put(0, "23", 2, "00010000", 10, "12345/67", 47, "PROSOL")}, func(e *Entry) {
			e.Label, e.Party = "X", Party{Name: "PROSOL"}
		}},
		{"name and text of the bank", []string{
			move21("00010000", ten, "00150000", "0", "X"),
			put(0, "31", 2, "00010001", 39, "1", 40, "001PROSOL SPRL"), put(0, "32", 2, "00010001", 10, "RUE HAUTE 1"),
			put(0, "31", 2, "00010002", 39, "0", 40, "INFO LIBRE"), put(0, "31", 2, "00010003", 39, "1", 40, "009DEBITEUR FINAL"),
			put(0, "31", 2, "00010004", 39, "1", 40, "007000001"),
		}, func(e *Entry) {
			e.Label, e.Party = "X\nINFO LIBRE\nDEBITEUR FINAL", Party{Name: "PROSOL SPRL"}
		}},
		{"direct debit", []string{
			move21("00010000", ten, "00550000", "1", pieces(debit127)[0]), put(0, "22", 2, "00010000", 10, pieces(debit127)[1]),
			put(0, "23", 2, "00010000", 82, pieces(debit127)[2]),
		}, func(e *Entry) {
			e.Type, e.Code, e.Label, e.Mandate = ledger.EntryDirectDebit, "05/50/000", "FACTURE 118", "MANDAT-1"
		}},
		{"unpaid direct debit", []string{
			move21("00010000", "1"+ten[1:], "00503000", "1", pieces(unpaid127)[0]), put(0, "22", 2, "00010000", 10, pieces(unpaid127)[1]),
			put(0, "23", 2, "00010000", 82, pieces(unpaid127)[2]),
		}, func(e *Entry) {
			e.Amount, e.Party.ID = ledger.Euros(-1000), "BE12ZZZ0123456789"
			e.Type, e.Code, e.Label, e.Mandate, e.Returned, e.Reason = ledger.EntryDirectDebit, "05/03/000", "FACTURE 118", "MANDAT-1", true, "AM04"
		}},
		{"returned, as the second record says", []string{move21("00010000", ten, "00150000", "0", "X"), put(0, "22", 2, "00010000", 112, "2AC04")}, func(e *Entry) {
			e.Label, e.Returned, e.Reason = "X", true, "AC04"
		}},
		{"several payments", []string{
			move21("00010000", ten, "20150000", "0", "REMISE"), move21("00010001", "0000000000006000", "60150000", "0", "FACTURE 118"),
			put(0, "23", 2, "00010001", 47, "PROSOL"), move21("00010002", "0000000000004000", "60150000", "0", ""),
			put(0, "23", 2, "00010002", 47, "DUPONT"),
		}, func(e *Entry) {
			e.Label = "REMISE\nFACTURE 118"
			e.Batch = []Detail{
				{Amount: ledger.Euros(600), Label: "FACTURE 118", Party: Party{Name: "PROSOL"}},
				{Amount: ledger.Euros(400), Label: "DUPONT", Party: Party{Name: "DUPONT"}},
			}
		}},
		{"gross amount and costs", []string{
			move21("00010000", ten, "14150000", "0", ""), move21("00010001", "0000000000012500", "84150100", "0", "FACTURE 118"),
			put(0, "22", 2, "00010001", 63, "E-1"), move21("00010002", "1000000000002500", "84137013", "0", ""),
		}, func(e *Entry) {
			e.Code, e.Label, e.Charges, e.EndToEnd = "41/50/000", "FACTURE 118", 250, "E-1"
		}},
		{"parts that have parts", []string{
			move21("00010000", ten, "20150000", "0", "X"), move21("00010001", ten, "60150000", "0", "A"), move21("00010002", ten, "90150000", "0", "B"),
		}, func(e *Entry) { e.Label = "X\nA\nB" }},
		{"card terminal", []string{move21("00010000", ten, "00450000", "0", "")}, func(e *Entry) {
			e.Type, e.Code, e.Label = ledger.EntryCards, "04/50/000", "BANKREF"
		}},
		{"Latin text", []string{move21("00010000", ten, "00150000", "0", "réglé à temps"), put(0, "22", 2, "00010000", 63, "É-1")}, func(e *Entry) {
			e.Label, e.EndToEnd = "réglé à temps", "É-1"
		}},
	} {
		for enc, data := range map[string][]byte{"UTF-8": coda(c.records...), "Windows": windows(coda(c.records...))} {
			if c.name != "Latin text" && enc != "UTF-8" {
				continue
			}
			e, f := readCoda(t, data)
			want := base
			c.want(&want)
			if got, want := fmt.Sprintf("%+v", e), fmt.Sprintf("%+v", want); got != want || len(f.Statements[0].Entries) != 1 {
				t.Errorf("%s, %s:\n got %s\nwant %s", c.name, enc, got, want)
			}
			if e.Amount.Positive() && len(f.Problems) != 0 {
				t.Errorf("%s: %v", c.name, f.Problems)
			}
		}
	}
}

// windows encodes a text in Windows-1252.
func windows(b []byte) []byte {
	var out []byte
	for _, r := range string(b) {
		out = append(out, byte(r))
	}
	return out
}

func TestCODAAccounts(t *testing.T) {
	for _, c := range []struct{ record, head, want string }{
		{codaOpen, codaHead, "BE71096123456769  EUR ATELIER NADRIER KREDBEBB"},
		{put(0, "10", 2, "007", 5, "096123456769 USD", 42, ten, 58, "100326"), codaHead, "BE71096123456769 096123456769 USD ATELIER NADRIER KREDBEBB"},
		{put(0, "10", 2, "007", 5, "096123456700 EUR", 42, ten, 58, "100326"), codaHead, " 096123456700 EUR ATELIER NADRIER KREDBEBB"}, // wrong check digits
		{put(0, "13", 2, "007", 5, "FR7630004000031234567890143", 39, "EUR", 42, ten, 58, "100326"), codaHead, "FR7630004000031234567890143  EUR ATELIER NADRIER KREDBEBB"},
		{put(0, "11", 2, "007", 5, "12345-67", 39, "CHF", 42, ten, 58, "100326"), codaHead, " 12345-67 CHF ATELIER NADRIER KREDBEBB"},
		{put(0, "1 ", 2, "007", 5, "096123456769 EUR", 42, ten, 58, "100326", 64, "AUTRE"), put(0, "00000110326", 11, "72505", 127, "1"), "BE71096123456769 096123456769 EUR AUTRE "},
	} {
		f, err := readCODA(context.Background(), []byte(c.head+"\r\n"+c.record+"\r\n"), sampleDay)
		if err != nil {
			t.Fatal(err)
		}
		s := f.Statements[0]
		if got := fmt.Sprintf("%s %s %s %s %s", s.Account.IBAN, s.Account.Number, s.Currency, s.Account.Holder, s.Account.BIC); got != c.want || s.Opening == nil || s.Number != "007" {
			t.Errorf("%s:\n got %s %+v\nwant %s", c.record, got, s.Opening, c.want)
		}
	}
}

// The first version writes the other side's number and name elsewhere.
func TestCODAFirstVersion(t *testing.T) {
	data := strings.Join([]string{
		put(0, "00000110326", 11, "72505", 127, "1"), put(0, "1 ", 2, "007", 5, "096123456769 EUR", 42, ten, 58, "100326"),
		move21("00010000", ten, "00150000", "0", "X"), put(0, "23", 2, "00010000", 10, "096123456769", 47, "PROSOL", 73, "RUE HAUTE 1"),
	}, "\n")
	if e, _ := readCoda(t, []byte(data)); e.Party != (Party{Name: "PROSOL", IBAN: "BE71096123456769"}) {
		t.Errorf("%+v", e)
	}
}

func TestCODAFiles(t *testing.T) {
	one := move21("00010000", ten, "00150000", "0", "X")
	plain := string(coda(one))
	for name, c := range map[string]struct {
		data       string
		statements int
		problems   string
	}{
		"plain":                    {plain, 1, ""},
		"twice":                    {strings.TrimSpace(plain) + "\n" + plain, 2, ""},
		"no ends of lines":         {strings.ReplaceAll(plain, "\n", ""), 1, ""},
		"blanks cut off":           {strings.Join(strings.FieldsFunc(plain, func(r rune) bool { return r == '\n' }), "   \n\n"), 1, ""},
		"unreadable amount":        {string(coda(one, move21("00020000", "0000000000A00000", "00150000", "0", "Y"), put(0, "22", 2, "00020000"))), 1, "amount_invalid"},
		"unreadable sign":          {string(coda(one, move21("00020000", "7000000000010000", "00150000", "0", "Y"))), 1, "amount_invalid"},
		"thousandths":              {string(coda(one, move21("00020000", "0000000000000005", "00150000", "0", "Y"))), 1, "amount_invalid"},
		"unreadable day":           {string(coda(one, strings.Replace(move21("00020000", ten, "00150000", "0", "Y"), "110326", "993326", 1))), 1, "date_invalid"},
		"unreadable balance":       {strings.ReplaceAll(plain, codaClose, codaClose[:42]), 1, "balance_invalid"},
		"lost record":              {string(coda(one, put(0, "22", 2, "00090000"))), 1, "detail_alone"},
		"unknown record":           {string(coda(one, put(0, "7"))), 1, "record_unknown"},
		"a part on its own":        {string(coda(one, move21("00020001", ten, "00150000", "0", "Y"))), 1, "detail_alone"},
		"parts of what is refused": {string(coda(one, move21("00020000", "7000000000010000", "00150000", "0", "Y"), move21("00020001", ten, "00150000", "0", "Y"))), 1, "amount_invalid"},
		"message of the bank":      {string(coda(one, put(0, "4 00010000", 32, "Bonne année"))), 1, ""},
	} {
		f, err := readCODA(context.Background(), []byte(c.data), sampleDay)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(f.Statements) != c.statements || strings.Join(codesOf(f), " ") != c.problems || !likelyCODA([]byte(c.data)) || len(f.Statements[0].Entries) == 0 {
			t.Errorf("%s: %d statements, problems %+v", name, len(f.Statements), f.Problems)
		}
	}
	for _, data := range []string{codaHead, "hello", "0000 but no header"} {
		if _, err := readCODA(context.Background(), []byte(data), sampleDay); ledger.CodeOf(err) != "not_a_statement" {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func TestCODAKinds(t *testing.T) {
	for code, want := range map[string]string{
		"0150": "transfer", "0101": "transfer", "0250": "transfer", "4150": "transfer", "0137": "fee", "0187": "fee", "0154": "transfer back",
		"0117": "internal", "0164": "internal", "0352": "cheques", "0338": "cheques back", "0337": "fee", "0362": "cheques back",
		"0450": "cards", "0404": "cards", "0501": "direct_debit", "0550": "direct_debit", "0503": "direct_debit back", "0505": "direct_debit back",
		"0537": "fee", "0549": "direct_debit back", "0707": "bill back", "0750": "bill", "0901": "cash", "1301": "", "3501": "fee", "8011": "fee", "": "",
	} {
		c := put(0, code)
		kind, back := codaOperation(strings.TrimSpace(c[:2]), strings.TrimSpace(c[2:4]))
		got := string(kind)
		if back {
			got += " back"
		}
		if got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}
