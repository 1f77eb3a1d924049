package bank

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"quitus/ledger"
)

var aDay = ledger.Day(2026, 6, 30)

// cfZones writes a record: pairs of a column, from 1, and what stands from there on.
func cfZones(pairs ...any) string {
	r := []rune(strings.Repeat(" ", cfonbWidth))
	for i := 0; i < len(pairs); i += 2 {
		copy(r[pairs[i].(int)-1:], []rune(pairs[i+1].(string)))
	}
	return string(r)
}

// cf writes a record of one account in euros; more goes over it.
func cf(kind string, more ...any) string {
	return cfZones(append([]any{1, kind, 3, "30006", 12, "00001", 17, "EUR2", 22, "12345678901", 35, "150626"}, more...)...)
}

func cfBalance(kind, day, amount string) string { return cf(kind, 35, day, 91, amount) }

func cfBooking(amount, label string, more ...any) string {
	return cf("04", append([]any{33, "05", 43, "160626", 49, label, 82, "0000000", 91, amount}, more...)...)
}

func cfDetail(qualifier, text string) string { return cf("05", 33, "05", 46, qualifier, 49, text) }

// aStatement has three bookings and adds up.
func aStatement() []string {
	return []string{
		cfBalance("01", "140626", "0000000010000{"),
		cfBooking("0000000012345F", "VIR SEPA DUPONT SARL"),
		cfDetail("NPY", "DUPONT SARL"),
		cfBooking("0000000000450}", "FRAIS", 33, "62"),
		cfBooking("0000000000100}", "PRLV SEPA X", 33, "B1"),
		cfBalance("07", "150626", "0000000021795F"),
	}
}

func cfRead(t testing.TB, end string, lines ...string) *File {
	t.Helper()
	f, err := readCFONB(context.Background(), []byte(strings.Join(lines, end)), Options{Today: aDay})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// problemCodes lists a file's problems: line, entry and code.
func problemCodes(f *File) string {
	var out []string
	for _, p := range f.Problems {
		out = append(out, fmt.Sprintf("%d/%d %s", p.Line, p.Entry, p.Code))
	}
	return strings.Join(out, ", ")
}

// cfOne gives the only entry of a booking with details.
func cfOne(t testing.TB, lines ...string) Entry {
	t.Helper()
	lines = append([]string{cfBalance("01", "140626", "0000000000000{")}, append(lines, cfBalance("07", "150626", "0000000000000{"))...)
	f := cfRead(t, "\n", lines...)
	if len(f.Statements) != 1 || len(f.Statements[0].Entries) != 1 || f.Problems != nil {
		t.Fatalf("%d statements, problems %s", len(f.Statements), problemCodes(f))
	}
	return f.Statements[0].Entries[0]
}

func TestCFONBStatement(t *testing.T) {
	want := &File{Format: "cfonb120", Statements: []*Statement{{
		Account:  Account{IBAN: "FR7630006000011234567890189", Number: "300060000112345678901"},
		Currency: ledger.EUR,
		Opening:  &Balance{ledger.Day(2026, 6, 14), 100_000},
		Closing:  &Balance{ledger.Day(2026, 6, 15), 217_956},
		Entries: []Entry{
			{Rank: 1, Line: 2, Booked: ledger.Day(2026, 6, 15), Value: ledger.Day(2026, 6, 16), Amount: ledger.Euros(123_456), Type: ledger.EntryTransfer,
				Code: "05", Label: "VIR SEPA DUPONT SARL", Party: Party{Name: "DUPONT SARL"}},
			{Rank: 2, Line: 4, Booked: ledger.Day(2026, 6, 15), Value: ledger.Day(2026, 6, 16), Amount: ledger.Euros(-4_500), Type: ledger.EntryFee,
				Code: "62", Label: "FRAIS"},
			{Rank: 3, Line: 5, Booked: ledger.Day(2026, 6, 15), Value: ledger.Day(2026, 6, 16), Amount: ledger.Euros(-1_000), Type: ledger.EntryDirectDebit,
				Code: "B1", Label: "PRLV SEPA X"},
		},
	}}}
	lines := aStatement()
	for name, text := range map[string]string{
		"LF":            strings.Join(lines, "\n"),
		"LF at the end": strings.Join(lines, "\n") + "\n",
		"CRLF":          strings.Join(lines, "\r\n") + "\r\n",
		"CR":            strings.Join(lines, "\r"),
		"no ends":       strings.Join(lines, ""),
		"no ends, NUL":  strings.Join(lines, "") + "\x00\x00\x00",
		"mark":          "\ufeff" + strings.Join(lines, "\r\n") + "\x1a",
		"blanks cut":    strings.ReplaceAll(strings.Join(lines, "\n"), strings.Repeat(" ", 16)+"\n", "\n"),
		"blanks added":  strings.Join(lines, "   \n"),
	} {
		got, err := readCFONB(context.Background(), []byte(text), Options{Today: aDay})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\n got %+v\nwant %+v", name, err, got, want)
			if err == nil {
				t.Errorf("problems %s; %+v", problemCodes(got), got.Statements[0])
			}
		}
		if !likelyCFONB([]byte(text)[:130]) {
			t.Errorf("%s: not recognised", name)
		}
	}
}

func TestCFONBAmounts(t *testing.T) {
	for _, c := range []struct {
		s, decimals string
		cur         ledger.Currency
		want        int64
		ok          bool
	}{
		{"0000000000000{", "2", "EUR", 0, true}, {"0000000000000}", "2", "EUR", 0, true},
		{"0000000000001A", "2", "EUR", 11, true}, {"0000000000001B", "2", "EUR", 12, true}, {"0000000000001C", "2", "EUR", 13, true},
		{"0000000000001D", "2", "EUR", 14, true}, {"0000000000001E", "2", "EUR", 15, true}, {"0000000000001F", "2", "EUR", 16, true},
		{"0000000000001G", "2", "EUR", 17, true}, {"0000000000001H", "2", "EUR", 18, true}, {"0000000000001I", "2", "EUR", 19, true},
		{"0000000000001J", "2", "EUR", -11, true}, {"0000000000001K", "2", "EUR", -12, true}, {"0000000000001L", "2", "EUR", -13, true},
		{"0000000000001M", "2", "EUR", -14, true}, {"0000000000001N", "2", "EUR", -15, true}, {"0000000000001O", "2", "EUR", -16, true},
		{"0000000000001P", "2", "EUR", -17, true}, {"0000000000001Q", "2", "EUR", -18, true}, {"0000000000001R", "2", "EUR", -19, true},
		{"0000000000001a", "2", "EUR", 11, true}, {"0000000000001r", "2", "EUR", -19, true}, // small
		{"0000000000001é", "2", "EUR", 10, true}, {"0000000000001è", "2", "EUR", -10, true}, // French ASCII
		{"00000000000019", "2", "EUR", 19, true}, // a plain digit is positive
		{"9999999999999I", "2", "EUR", 99_999_999_999_999, true},
		{"0000000001234E", "0", "XPF", 12_345, true},
		{"0000000001234E", "", "EUR", 12_345, true},
		{"0000000001234E", "", "XPF", 12_345, true},
		{"0000000001234E", "0", "EUR", 1_234_500, true},
		{"0000000001234{", "3", "EUR", 1_234, true},
		{"0000000001234N", "3", "TND", -12_345, true},
		{"0000000001234E", "3", "EUR", 0, false}, // a tenth of a cent
		{"", "2", "EUR", 0, false}, {"0000000000 01A", "2", "EUR", 0, false}, {"0000000000001S", "2", "EUR", 0, false},
		{"000000000000-1", "2", "EUR", 0, false}, {"1,23A", "2", "EUR", 0, false},
	} {
		got, ok := cfonbAmount(c.s, c.decimals, c.cur)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%s with %q decimals in %s: %d %v, want %d %v", c.s, c.decimals, c.cur, got, ok, c.want, c.ok)
		}
	}
}

func TestCFONBDetails(t *testing.T) {
	long := strings.Repeat("ABCDEFGHI ", 6) + "FACTURE FA" // 70 columns
	for name, c := range map[string]struct {
		lines []string
		check func(e Entry) bool
	}{
		"texts": {[]string{cfBooking("0000000001000{", "VIREMENT RECU"), cfDetail("LIB", "BANQUE"), cfDetail("LCC", "FACTURE 12"), cfDetail("LIB", "SUITE"), cfDetail("LC2", "ET 13")},
			func(e Entry) bool { return e.Label == "VIREMENT RECU\nFACTURE 12\nET 13\nBANQUE\nSUITE" }},
		"a full line goes on": {[]string{cfBooking("0000000001000{", "VIR"), cfDetail("LCC", long), cfDetail("LC2", "2026-0012")},
			func(e Entry) bool { return e.Label == "VIR\n"+long+"2026-0012" }},
		"payer": {[]string{cfBooking("0000000001000{", "VIREMENT RECU"), cfDetail("NPY", "DUPONT SARL"), cfDetail("NBE", "NOUS"), cf("05", 46, "IPY", 49, "732829320", 84, "SIREN")},
			func(e Entry) bool {
				return e.Party == Party{Name: "DUPONT SARL", ID: "732829320"} && e.Label == "VIREMENT RECU\nDUPONT SARL"
			}},
		"payee": {[]string{cfBooking("0000000001000}", "VIR EMIS", 33, "06"), cfDetail("NPY", "NOUS"), cfDetail("NBE", "FOURNISSEUR"), cfDetail("CBE", "FR76 3000 6000 0112 3456 7890 189"), cf("05", 46, "IBE", 49, "FR12ZZZ123456")},
			func(e Entry) bool {
				return e.Party == Party{Name: "FOURNISSEUR", IBAN: "FR7630006000011234567890189", ID: "FR12ZZZ123456"} && !strings.Contains(e.Label, "NOUS")
			}},
		"our own name is no payer":           {[]string{cfBooking("0000000001000{", "VIREMENT RECU"), cfDetail("NBE", "NOUS")}, func(e Entry) bool { return e.Party == Party{} }},
		"the only name of money out":         {[]string{cfBooking("0000000001000}", "PRLV", 33, "B1"), cfDetail("NPY", "ENERGIE")}, func(e Entry) bool { return e.Party.Name == "ENERGIE" }},
		"payer of what came back":            {[]string{cfBooking("0000000001000}", "IMPAYE", 33, "B3"), cfDetail("NPY", "DUPONT"), cfDetail("NBE", "NOUS")}, func(e Entry) bool { return e.Party.Name == "DUPONT" }},
		"another way of what came back":      {[]string{cfBooking("0000000001000}", "IMPAYE", 33, "B3"), cfDetail("NBE", "DUPONT")}, func(e Entry) bool { return e.Party.Name == "DUPONT" }},
		"on whose behalf":                    {[]string{cfBooking("0000000001000{", "VIR"), cfDetail("NPY", "HOLDING"), cfDetail("NPO", "FILIALE")}, func(e Entry) bool { return e.Party.Name == "HOLDING" && e.Label == "VIR\nHOLDING\nFILIALE" }},
		"on whose behalf, without payer":     {[]string{cfBooking("0000000001000{", "VIR"), cfDetail("NPO", "FILIALE")}, func(e Entry) bool { return e.Party.Name == "FILIALE" && e.Label == "VIR\nFILIALE" }},
		"account of the payer":               {[]string{cfBooking("0000000001000{", "PRLV EMIS", 33, "A1"), cfDetail("CPY", "FR7630006000011234567890189")}, func(e Entry) bool { return e.Party.IBAN == "FR7630006000011234567890189" }},
		"a name twice":                       {[]string{cfBooking("0000000001000{", "VIR"), cfDetail("NPY", "DUPONT"), cfDetail("NPY", "12 RUE X")}, func(e Entry) bool { return e.Party.Name == "DUPONT" && e.Label == "VIR\nDUPONT\n12 RUE X" }},
		"end to end":                         {[]string{cfBooking("0000000001000{", "VIR"), cf("05", 46, "RCN", 49, "FA-2026-12", 84, "LOYER")}, func(e Entry) bool { return e.EndToEnd == "FA-2026-12" && e.Label == "VIR\nLOYER" }},
		"no end to end":                      {[]string{cfBooking("0000000001000{", "VIR"), cfDetail("RCN", "NOTPROVIDED")}, func(e Entry) bool { return e.EndToEnd == "" }},
		"the bank's references":              {[]string{cfBooking("0000000001000{", "VIR", 105, "ZONE REF", 82, "0001234"), cf("05", 46, "REF", 49, "REMISE7", 84, "TRANS8")}, func(e Entry) bool { return e.BankRef == "ZONE REF REMISE7 TRANS8" }},
		"the number where there is no other": {[]string{cfBooking("0000000001000{", "REM CHQ", 82, "0001234")}, func(e Entry) bool { return e.BankRef == "1234" }},
		"structured":                         {[]string{cfBooking("0000000001000{", "VIR"), cfDetail("LCS", "RF18 5390 0754 7034")}, func(e Entry) bool { return slices.Equal(e.References, []string{"RF18539007547034"}) }},
		"mandate":                            {[]string{cfBooking("0000000001000{", "PRLV EMIS", 33, "A1"), cf("05", 46, "RUM", 49, "RUM-77", 84, "RCUR")}, func(e Entry) bool { return e.Mandate == "RUM-77" }},
		"original amount":                    {[]string{cfBooking("0000000001000{", "VIR", 33, "45"), cf("05", 46, "MMO", 49, "USD2", 53, "00000000123450", 67, "05", 69, "00000108340")}, func(e Entry) bool { return e.Label == "VIR\nUSD 1234.50" }},
		"charges":                            {[]string{cfBooking("0000000001000{", "VIR"), cf("05", 46, "FEE", 49, "EUR2", 53, "00000000000350")}, func(e Entry) bool { return e.Charges == 350 }},
		"charges in another currency":        {[]string{cfBooking("0000000001000{", "VIR"), cf("05", 46, "FEE", 49, "USD2", 53, "00000000000350")}, func(e Entry) bool { return e.Charges == 0 }},
		"reason":                             {[]string{cfBooking("0000000001000}", "REJET PRLV", 33, "B3", 41, "21")}, func(e Entry) bool { return e.Returned && e.Reason == "21" && e.Type == ledger.EntryDirectDebit }},
		"reason of ISO":                      {[]string{cfBooking("0000000001000}", "REJET", 33, "12"), cfDetail("RET", "AC04 03COMPTE CLOTURE")}, func(e Entry) bool { return e.Returned && e.Reason == "AC04" && e.Label == "REJET\nCOMPTE CLOTURE" }},
		"reason in digits":                   {[]string{cfBooking("0000000001000}", "OPERATION", 33, "99"), cfDetail("RET", "03 COMPTE CLOTURE")}, func(e Entry) bool { return e.Returned && e.Reason == "03" }},
		"reason in words":                    {[]string{cfBooking("0000000001000}", "OPERATION", 33, "99"), cfDetail("RET", "COMPTE CLOTURE")}, func(e Entry) bool { return e.Returned && e.Reason == "" && e.Label == "OPERATION\nCOMPTE CLOTURE" }},
		"unknown qualifiers":                 {[]string{cfBooking("0000000001000{", "VIR"), cfDetail("XYZ", "A"), cfDetail("XYZ", "B"), cfDetail("   ", "C"), cfDetail("   ", "")}, func(e Entry) bool { return e.Label == "VIR\nA\nB\nC" }},
		"the older form":                     {[]string{cfBooking("0000000001000{", "VIR"), cf("05", 17, "     ", 41, "REGLEMENT DE LA FACTURE FA12 DU 120626 ET", 82, "0000012", 91, "0000000001000{")}, func(e Entry) bool { return e.Label == "VIR\nREGLEMENT DE LA FACTURE FA12 DU 120626 ET" }},
		"the older form without amount":      {[]string{cfBooking("0000000001000{", "VIR"), cf("05", 41, "DUPONT SARL")}, func(e Entry) bool { return e.Label == "VIR\nDUPONT SARL" }},
		"the older form, blank in front":     {[]string{cfBooking("0000000001000{", "VIR"), cf("05", 46, "12 JUIN", 82, "0000012", 91, "0000000001000{")}, func(e Entry) bool { return e.Label == "VIR\n12 JUIN" }},
		"a reserved zone in use":             {[]string{cfBooking("0000000001000{", "VIR"), cf("05", 41, "00", 46, "NPY", 49, "DUPONT")}, func(e Entry) bool { return e.Party.Name == "DUPONT" }},
		"no value day":                       {[]string{cfBooking("0000000001000{", "VIR", 43, "000000")}, func(e Entry) bool { return e.Value == 0 }},
		"bill under the code of transfers":   {[]string{cfBooking("0000000001000{", "REMISE LCR DUPONT", 33, "41")}, func(e Entry) bool { return e.Type == ledger.EntryBill }},
		"unknown code":                       {[]string{cfBooking("0000000001000{", "REMISE CHEQUES", 33, "Z9")}, func(e Entry) bool { return e.Type == ledger.EntryCheques && e.Code == "Z9" }},
		"a transfer sent back":               {[]string{cfBooking("0000000001000}", "RETOUR VIR RECU DUPONT", 33, "06")}, func(e Entry) bool { return e.Returned && e.Type == ledger.EntryTransfer }},
		"a fee for what came back":           {[]string{cfBooking("0000000001000}", "REJET PRLV 12/06", 33, "62")}, func(e Entry) bool { return !e.Returned && e.Type == ledger.EntryFee }},
	} {
		if e := cfOne(t, c.lines...); !c.check(e) {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestCFONBCodes(t *testing.T) {
	for codes, want := range map[string]cfonbType{
		"05 06 C2": {ledger.EntryTransfer, false}, "12 C3": {ledger.EntryTransfer, true}, "A1 B1 08": {ledger.EntryDirectDebit, false},
		"B3 B4 10 A5": {ledger.EntryDirectDebit, true}, "02": {ledger.EntryCheques, false}, "03": {ledger.EntryCheques, true},
		"30": {ledger.EntryCards, false}, "35": {ledger.EntryBill, false}, "33": {ledger.EntryBill, true}, "62": {ledger.EntryFee, false},
		"04": {ledger.EntryCash, false}, "94": {ledger.EntryInternal, false}, "51": {ledger.EntryOther, false},
	} {
		for _, code := range strings.Fields(codes) {
			if e := cfOne(t, cfBooking("0000000001000{", "X", 33, code)); e.Type != want.Type || e.Returned != want.Returned {
				t.Errorf("%s: %q %v, want %v", code, e.Type, e.Returned, want)
			}
		}
	}
}

// In each case a line is added to a sound statement, or put in the place of one.
func TestCFONBTraps(t *testing.T) {
	other := func(kind string, more ...any) string {
		return cf(kind, append([]any{22, "98765432109", 91, "0000000000100{"}, more...)...)
	}
	for name, c := range map[string]struct {
		change  func(l []string) []string
		want    string // entries of each statement
		trouble string
	}{
		"nothing":     {func(l []string) []string { return l }, "3", ""},
		"empty lines": {func(l []string) []string { return slices.Insert(l, 2, "", "   ", strings.Repeat(" ", 120)) }, "3", ""},
		"no movement": {func(l []string) []string {
			return slices.Insert(l, 1, "** PAS DE MOUVEMENT CE JOUR **", "-----------------")
		}, "3", ""},
		"no movement in 01": {func(l []string) []string {
			return []string{cf("01", 49, "** PAS DE MOUVEMENT CE JOUR **", 91, "0000005843530B", 107, "081"), cf("07", 49, "-----", 91, "0000005843530B")}
		}, "0", ""},
		"days behind": {func(l []string) []string {
			return append([]string{cf("01", 91, "0000000010000{", 105, "140626150626")}, l[1:]...)
		}, "3", ""},
		"a line of another kind": {func(l []string) []string { return slices.Insert(l, 1, "RELEVE DE COMPTE") }, "3", "2/0 record_unknown"},
		"no old balance":         {func(l []string) []string { return l[1:] }, "3", "1/0 opening_missing"},
		"no new balance":         {func(l []string) []string { return l[:5] }, "3", "5/0 closing_missing"},
		"only a new balance":     {func(l []string) []string { return l[5:] }, "0", "1/0 opening_missing"},
		"a detail before":        {func(l []string) []string { return slices.Insert(l, 1, cfDetail("LIB", "X")) }, "3", "2/0 detail_alone"},
		"no day":                 {func(l []string) []string { l[1] = cfBooking("0000000012345F", "VIR", 35, "      "); return l }, "2", "2/1 date_missing"},
		"no such day":            {func(l []string) []string { l[1] = cfBooking("0000000012345F", "VIR", 35, "310626"); return l }, "2", "2/1 date_invalid"},
		"no amount":              {func(l []string) []string { l[3] = cfBooking("", "FRAIS", 91, "              "); return l }, "2", "4/2 amount_missing"},
		"a wrong amount":         {func(l []string) []string { l[3] = cfBooking("00000000X0450}", "FRAIS"); return l }, "2", "4/2 amount_invalid"},
		"a short line":           {func(l []string) []string { l[3] = l[3][:90]; return l }, "2", "4/2 amount_missing"},
		"a wrong old balance":    {func(l []string) []string { l[0] = cfBalance("01", "140626", "000000001?000{"); return l }, "3", "1/0 balance_invalid"},
		"a day of no balance":    {func(l []string) []string { l[0] = cfBalance("01", "  CART", "0000000010000{"); return l }, "3", "1/0 balance_day_invalid"},
		"another bank inside":    {func(l []string) []string { l[3] = cfZones(1, l[3], 3, "30007"); return l }, "3", ""},
		"another account inside": {func(l []string) []string { return slices.Insert(l, 3, other("04", 33, "05", 49, "VIR")) }, "1 1 2", "4/0 closing_missing, 4/0 opening_missing, 5/0 closing_missing, 5/0 opening_missing"},
		"another currency":       {func(l []string) []string { l[3] = cfZones(1, l[3], 17, "USD"); return l }, "1 1 1", "4/0 closing_missing, 4/0 opening_missing, 5/0 closing_missing, 5/0 opening_missing"},
		"two accounts":           {func(l []string) []string { return append(l, other("01"), other("07")) }, "3 0", ""},
		"two days":               {func(l []string) []string { return append(l, l...) }, "3 3", ""},
		"two in one line":        {func(l []string) []string { return append([]string{l[0] + l[1]}, l[2:]...) }, "3", ""},
		"currency left blank":    {func(l []string) []string { l[3] = cfZones(1, l[3], 17, "    "); return l }, "3", ""},
	} {
		f := cfRead(t, "\n", c.change(aStatement())...)
		var counts []string
		for _, st := range f.Statements {
			counts = append(counts, fmt.Sprint(len(st.Entries)))
		}
		if got := strings.Join(counts, " "); got != c.want || problemCodes(f) != c.trouble {
			t.Errorf("%s: %s entries, want %s; problems %q, want %q", name, got, c.want, problemCodes(f), c.trouble)
		}
	}
}

// What was refused keeps its place, and its details do not go to the entry before.
func TestCFONBRefused(t *testing.T) {
	l := aStatement()
	l[3] = cfBooking("", "FRAIS")
	f := cfRead(t, "\n", slices.Insert(l, 4, cfDetail("LIB", "LOST"))...)
	st := f.Statements[0]
	if len(st.Entries) != 2 || st.Entries[0].Rank != 1 || st.Entries[1].Rank != 3 || strings.Contains(st.Entries[0].Label, "LOST") || problemCodes(f) != "4/2 amount_missing" {
		t.Errorf("%+v %s", st.Entries, problemCodes(f))
	}
}

func TestCFONBBalanceDays(t *testing.T) {
	l := aStatement()
	l[0], l[5] = cfBalance("01", "", "0000000010000{"), cfBalance("07", "999999", "0000000021795F")
	l[0], l[5] = cfZones(1, l[0], 35, "      "), cfZones(1, l[5], 35, "999999")
	f := cfRead(t, "\n", l...)
	st := f.Statements[0]
	if st.Opening.On != ledger.Day(2026, 6, 14) || st.Closing.On != ledger.Day(2026, 6, 15) {
		t.Errorf("%v %v", st.Opening, st.Closing)
	}
	if f = cfRead(t, "\n", l[0], l[5]); f.Statements[0].Opening != nil || f.Statements[0].Closing != nil {
		t.Error("a balance without a day")
	}
}

// Letters with accents, in all the encodings that are met; in UTF-8 the lines have 120 characters, or 120 bytes.
func TestCFONBEncodings(t *testing.T) {
	label := "VIR SOCIÉTÉ ÉTOILE"
	text := strings.Join([]string{cfBalance("01", "140626", "0000000010000{"), cfBooking("0000000012345F", label, 82, "0000077"),
		cf("05", 46, "RCN", 49, "PIÈCE 12", 84, "Fête de l’été"), cfBalance("07", "150626", "0000000022345F")}, "\n")
	encoded := func(m *charmap.Charmap) string {
		s, err := m.NewEncoder().String(strings.ReplaceAll(text, "’", "'"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, data := range map[string]string{
		"utf-8": text, "utf-8 of 120 bytes": inBytes(text), "utf-8 of 120 bytes without ends": strings.ReplaceAll(inBytes(text), "\n", ""),
		"windows-1252": encoded(charmap.Windows1252), "iso 8859-15": encoded(charmap.ISO8859_15), "cp850": encoded(charmap.CodePage850),
		"utf-8, an end cut off":     strings.ReplaceAll(strings.Replace(text, strings.Repeat(" ", 16)+"\n05", "77 AND 13 MORE \n05", 1), " \n", "\n"),
		"windows-1252 without ends": strings.ReplaceAll(encoded(charmap.Windows1252), "\n", ""),
	} {
		f, err := readCFONB(context.Background(), []byte(data), Options{Today: aDay})
		if err != nil || len(f.Statements) != 1 || len(f.Statements[0].Entries) != 1 || f.Problems != nil {
			t.Errorf("%s: %v %+v", name, err, f)
			continue
		}
		e := f.Statements[0].Entries[0]
		if e.Label != label+"\nFête de l’été" && e.Label != label+"\nFête de l'été" || e.EndToEnd != "PIÈCE 12" || e.Amount != ledger.Euros(123_456) || e.BankRef != "77" && e.BankRef != "77 AND 13 MORE" {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// inBytes makes lines of 120 characters lines of 120 bytes: what has two bytes takes two columns.
func inBytes(text string) string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		r := []rune(l)
		for i := 0; i < len(r); i++ {
			for n := len(string(r[i])) - 1; n > 0; n-- { // the first pair of blanks after it gives way
				gap := strings.Index(string(r[i:]), "  ")
				k := i + len([]rune(string(r[i:])[:gap]))
				r = slices.Delete(r, k, k+1)
			}
		}
		out = append(out, string(r))
	}
	return strings.Join(out, "\n")
}

func TestLikelyCFONB(t *testing.T) {
	for name, c := range map[string]struct {
		head string
		want bool
	}{
		"a statement":      {strings.Join(aStatement(), "\n"), true},
		"cut":              {strings.Join(aStatement(), "\n")[:110], true},
		"blank lines":      {"\r\n\r\n" + aStatement()[0], true},
		"a booking first":  {cfBooking("0000000001000{", "VIR"), true},
		"a first line odd": {"RELEVE\n" + aStatement()[0], true},
		"empty":            {"", false},
		"numbers":          {strings.Repeat("0123456789", 12), false},
		"CODA":             {"0000022091872505        00357910  DUPONT SARL               GKCCBEBB   00543210987 00000                                       2", false},
		"a list":           {"01;30006;00001;EUR;12345678901\n04;30006;00001;EUR;12345678901\n", false},
	} {
		if likelyCFONB([]byte(c.head)) != c.want {
			t.Errorf("%s: want %v", name, c.want)
		}
	}
}

func TestCFONBErrors(t *testing.T) {
	for name, c := range map[string]struct{ data, code string }{
		"nothing":    {"", "empty"},
		"blanks":     {" \r\n\r\n", "empty"},
		"text":       {"Bonjour,\nvoici mon relevé.\n", "not_a_statement"},
		"no booking": {strings.Repeat(cfDetail("LIB", "X")+"\n", 3), "not_a_statement"},
		"too many":   {cfBalance("01", "140626", "0000000010000{") + strings.Repeat("\n"+cfBooking("0000000001000{", ""), MaxEntries+1), "too_large"},
	} {
		if _, err := readCFONB(context.Background(), []byte(c.data), Options{Today: aDay}); ledger.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	f := cfRead(t, "\n", append(aStatement(), slices.Repeat([]string{"?"}, 2*maxProblems)...)...)
	if len(f.Problems) != maxProblems {
		t.Errorf("%d problems", len(f.Problems))
	}
	e := cfOne(t, append([]string{cfBooking("0000000001000{", "VIR")}, slices.Repeat([]string{cfDetail("LIB", strings.Repeat("X", 30)), cfDetail("LCC", strings.Repeat("Y", 70))}, 200)...)...)
	if len(e.Label) > MaxText {
		t.Errorf("a label of %d bytes", len(e.Label))
	}
}

func TestCFONBStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	data := []byte(strings.Repeat(strings.Join(aStatement(), "\n")+"\n", 5_000)) // 3.6 MB
	told := 0
	_, err := readCFONB(ctx, data, Options{Today: aDay, Progress: func(done, total int64) {
		if told++; told == 2 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || told != 2 {
		t.Errorf("%v after %d", err, told)
	}
	var last int64
	if _, err = readCFONB(context.Background(), data, Options{Today: aDay, Progress: func(done, total int64) {
		if done < last || total != int64(len(data)) {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last = done
	}}); err != nil || last != int64(len(data)) {
		t.Errorf("%v, ended at %d", err, last)
	}
}

// sane holds of whatever a reader gives.
func sane(t testing.TB, f *File, err error) {
	t.Helper()
	if err != nil {
		switch ledger.CodeOf(err) {
		case "empty", "not_a_statement", "too_large", "damaged":
			return
		}
		t.Fatal(err)
	}
	rank := 0
	for _, st := range f.Statements {
		if st.Currency == "" {
			t.Fatal("no currency")
		}
		for _, b := range []*Balance{st.Opening, st.Closing} {
			if b != nil && b.On == 0 {
				t.Fatal("a balance without a day")
			}
		}
		for _, e := range st.Entries {
			if e.Rank <= rank || e.Booked == 0 || e.Amount.Currency == "" || len(e.Label) > MaxText || strings.HasPrefix(e.Label, "\n") {
				t.Fatalf("after %d: %+v", rank, e)
			}
			rank = e.Rank
		}
		if iban := st.Account.IBAN; iban != "" && !ledger.ValidIBAN(iban) {
			t.Fatal(iban)
		}
	}
	for _, p := range append(f.Problems, Check(f)...) {
		if p.Code == "" || len(p.Value) > MaxText {
			t.Fatalf("%+v", p)
		}
	}
	b, p := takenInto(&ledger.Book{}, f)
	if p.New != len(entriesOf(f)) {
		t.Fatalf("%d of %d are taken", p.New, len(entriesOf(f)))
	}
	if _, p = takenInto(b, f); p.New > 0 {
		t.Fatalf("%d are taken twice", p.New)
	}
}

func entriesOf(f *File) []Entry {
	var out []Entry
	for _, st := range f.Statements {
		out = append(out, st.Entries...)
	}
	return out
}

func FuzzCFONB(f *testing.F) {
	f.Add([]byte(strings.Join(aStatement(), "\n")))
	f.Add([]byte(strings.Join(aStatement(), "")))
	f.Add([]byte(strings.Join([]string{cfBalance("01", "140626", "0000000010000{"), cfBooking("0000000012345F", "VIR SOCIÉTÉ"), cfDetail("RET", "AC04 03X"), cf("05", 46, "MMO", 49, "USD2", 53, "00000000123450"),
		cf("05", 41, "LIBRE", 91, "0000000012345F"), cfBalance("07", "150626", "0000000022345è")}, "\r\n")))
	f.Fuzz(func(t *testing.T, data []byte) {
		likelyCFONB(data)
		file, err := readCFONB(context.Background(), data, Options{Today: aDay})
		sane(t, file, err)
	})
}

// Files that were cut, doubled and written over.
func TestCFONBMangled(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	from := []byte(strings.Join(slices.Repeat(aStatement(), 3), "\n"))
	for range 400 {
		d := bytes.Clone(from)
		for range 1 + r.IntN(10) {
			at := r.IntN(len(d))
			n := min(r.IntN(130), len(d)-at)
			switch r.IntN(3) {
			case 0:
				d[at] = " 0145{}\n\xe9"[r.IntN(9)]
			case 1:
				d = slices.Delete(d, at, at+n)
			case 2:
				d = slices.Insert(d, at, bytes.Clone(d[at:at+n])...)
			}
		}
		file, err := readCFONB(context.Background(), d, Options{Today: aDay})
		sane(t, file, err)
	}
}
