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

	"quitus/ledger"
)

// sgml is a file as French banks write it: elements with a text are not closed, but for those of the account.
const sgml = `OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE
<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260616<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1>
<STMTTRNRS>
<TRNUID>
<STATUS>
<CODE>0
<SEVERITY>INFO
</STATUS>
<STMTRS>
<CURDEF>EUR
<BANKACCTFROM>
<BANKID>30006</BANKID>
<BRANCHID>00001</BRANCHID>
<ACCTID>12345678901</ACCTID>
<ACCTTYPE>CHECKING</ACCTTYPE>
</BANKACCTFROM>
<BANKTRANLIST>
<DTSTART>20260601
<DTEND>20260615
<STMTTRN>
<TRNTYPE>CREDIT
<DTPOSTED>20260615
<TRNAMT>+1234.56
<FITID>F1
<CHECKNUM>0000012
<NAME>VIR SOCI` + "\xc9T\xc9" + ` DUPONT ET FILS
<MEMO>FACTURE 12 & 13
</STMTTRN>
<STMTTRN>
<TRNTYPE>DEBIT
<DTPOSTED>20260612
<TRNAMT>-45,00
<FITID>
<NAME>FRAIS
</STMTTRN>
</BANKTRANLIST>
<LEDGERBAL>
<BALAMT>2179.56
<DTASOF>20260615
</LEDGERBAL>
<AVAILBAL>
<BALAMT>9999.99
<DTASOF>20260615
</AVAILBAL>
</STMTRS>
</STMTTRNRS>
</BANKMSGSRSV1>
</OFX>
`

func readOFXText(t testing.TB, text string) *File {
	t.Helper()
	f, err := readOFX(context.Background(), []byte(text), Options{Today: aDay})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestOFXStatement(t *testing.T) {
	want := func() *File {
		return &File{Format: "ofx", Statements: []*Statement{{
			Account:  Account{IBAN: "FR7630006000011234567890189", Number: "12345678901"},
			Currency: ledger.EUR,
			Closing:  &Balance{ledger.Day(2026, 6, 15), 217_956},
			Entries: []Entry{
				{Rank: 1, Line: 30, Booked: ledger.Day(2026, 6, 15), Amount: ledger.Euros(123_456), Type: ledger.EntryTransfer, Code: "CREDIT",
					Label: "VIR SOCIÉTÉ DUPONT ET FILS\nFACTURE 12 & 13", BankRef: "F1"},
				{Rank: 2, Line: 39, Booked: ledger.Day(2026, 6, 12), Amount: ledger.Euros(-4_500), Type: ledger.EntryFee, Code: "DEBIT", Label: "FRAIS"},
			},
		}}}
	}
	closed := strings.NewReplacer("É", "&#201;", "\xc9", "&#xC9;", "12 & 13", "<![CDATA[12 & 13]]>").Replace(sgml)
	for name, text := range map[string]string{
		"sgml":               sgml,
		"CRLF":               strings.ReplaceAll(sgml, "\n", "\r\n"),
		"entities":           closed,
		"no header":          strings.Repeat("\n", 9) + sgml[strings.Index(sgml, "<OFX>"):],
		"small letters":      strings.NewReplacer("<STMTTRN>", "<stmttrn>", "<TRNAMT>", "<TrnAmt>", "</STMTTRN>", "</stmttrn>").Replace(sgml),
		"entries not closed": strings.ReplaceAll(sgml, "</STMTTRN>", ""),
		"nothing closed":     strings.NewReplacer("</STMTTRN>", "", "</BANKTRANLIST>", "", "</LEDGERBAL>", "", "</AVAILBAL>", "", "</BANKACCTFROM>", "", "</STMTRS>", "").Replace(sgml),
		"wrongly closed":     strings.NewReplacer("</STMTRS>", "</CCSTMTRS>", "</LEDGERBAL>", "</STATUS>").Replace(sgml),
		"wrong charset":      strings.NewReplacer("\xc9", "É", "CHARSET:1252", "CHARSET:NONE").Replace(sgml),
		"charset of UTF-8":   strings.NewReplacer("\xc9", "É").Replace(sgml),
		"other elements":     strings.NewReplacer("<FITID>F1", "<CATEGORY>X\n<FITID>F1", "</STMTTRN>", "</STMTTRN><!-- a comment -->").Replace(sgml),
		"prefix":             strings.NewReplacer("<STMTTRN>", "<ofx:STMTTRN>", "</STMTTRN>", "</ofx:STMTTRN>").Replace(sgml),
		"attributes":         strings.NewReplacer("<STMTTRN>", "<STMTTRN a=\"1\">", "<OFX>", "<OFX xmlns=\"x\">").Replace(sgml),
	} {
		f, w := readOFXText(t, text), want()
		for i, e := range f.Statements[0].Entries {
			if name == "other elements" || name == "no header" {
				w.Statements[0].Entries[i].Line = e.Line
			}
		}
		if !reflect.DeepEqual(f, w) {
			t.Errorf("%s: %s\n got %+v\nwant %+v", name, problemCodes(f), f.Statements[0], w.Statements[0])
		}
		if !likelyOFX([]byte(text)[:min(len(text), 400)]) {
			t.Errorf("%s: not recognised", name)
		}
	}
}

// In XML every element is closed; the whole may stand in one line.
func TestOFXOfXML(t *testing.T) {
	text := `<?xml version="1.0" encoding="UTF-8" standalone="no"?><?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>` +
		`<OFX ><CREDITCARDMSGSRSV1><CCSTMTTRNRS><TRNUID>1</TRNUID><CCSTMTRS><CURDEF>CHF</CURDEF><CCACCTFROM><ACCTID>4XXX XXXX 1234</ACCTID></CCACCTFROM>` +
		`<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260508000000.000[-5:EST]</DTPOSTED><DTAVAIL>2026-05-10</DTAVAIL><TRNAMT>-5.50</TRNAMT><FITID>1</FITID>` +
		`<PAYEE><NAME>Café &amp; Cie</NAME><CITY>Genève</CITY></PAYEE><MEMO>ACHAT</MEMO></STMTTRN></BANKTRANLIST>` +
		`<LEDGERBAL><BALAMT>-123.45</BALAMT><DTASOF>20260510192849</DTASOF></LEDGERBAL></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>`
	for name, data := range map[string]string{"utf-8": text, "utf-16": "\xff\xfe" + utf16le(text)} {
		if !likelyOFX([]byte(data)[:300]) {
			t.Errorf("%s: not recognised", name)
		}
		f := readOFXText(t, data)
		st := f.Statements[0]
		want := Entry{Rank: 1, Line: 1, Booked: ledger.Day(2026, 5, 8), Value: ledger.Day(2026, 5, 10), Amount: ledger.Money{Minor: -550, Currency: ledger.CHF},
			Code: "DEBIT", Label: "Café & Cie\nACHAT", BankRef: "1"}
		if len(f.Statements) != 1 || st.Account.Number != "4XXX XXXX 1234" || st.Currency != ledger.CHF || *st.Closing != (Balance{ledger.Day(2026, 5, 10), -12_345}) ||
			!reflect.DeepEqual(st.Entries, []Entry{want}) || f.Problems != nil {
			t.Errorf("%s: %+v %v", name, st, st.Closing)
		}
	}
}

func utf16le(s string) string {
	var b strings.Builder
	for _, r := range s { // of the basic plane
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

func TestOFXAmounts(t *testing.T) {
	for _, c := range []struct {
		s    string
		cur  ledger.Currency
		want int64
		ok   bool
	}{
		{"12.34", "EUR", 1_234, true}, {"12,34", "EUR", 1_234, true}, {"+12.34", "EUR", 1_234, true}, {"-12.34", "EUR", -1_234, true},
		{" - 12,34 ", "EUR", -1_234, true}, {"12.34-", "EUR", -1_234, true}, {"12", "EUR", 1_200, true}, {"12.", "EUR", 1_200, true},
		{".5", "EUR", 50, true}, {"0", "EUR", 0, true}, {"-0.00", "EUR", 0, true}, {"12.3", "EUR", 1_230, true},
		{"1400,82", "EUR", 140_082, true}, {"1.400,82", "EUR", 140_082, true}, {"1,400.82", "EUR", 140_082, true}, {"1 400,82", "EUR", 140_082, true},
		{"1\u202f400,82", "EUR", 140_082, true}, {"1'400.82", "CHF", 140_082, true}, {"1.234.567", "EUR", 123_456_700, true}, {"1.234.567,8", "EUR", 123_456_780, true},
		{"-00000000001500.0000", "EUR", -150_000, true}, {"115.8350", "EUR", 11_584, true}, {"115.8349", "EUR", 11_583, true}, {"-16.850000000001", "EUR", -1_685, true},
		{"-0.005", "EUR", -1, true}, {"0.125", "EUR", 13, true}, {"1234.500", "EUR", 123_450, true},
		{"1.500", "EUR", 0, false}, {"12,345", "EUR", 0, false}, // thousands or decimals
		{"1.500", "TND", 1_500, true}, {"1500", "XPF", 1_500, true}, {"1500.5", "XPF", 1_501, true}, {"0", "XPF", 0, true},
		{"", "EUR", 0, false}, {"$120", "EUR", 0, false}, {"12.34.56", "EUR", 0, false}, {"1,2,3", "EUR", 0, false}, {"--12", "EUR", 0, false},
		{"-12-", "EUR", 0, false}, {".", "EUR", 0, false}, {"abc", "EUR", 0, false}, {"99999999999999999999", "EUR", 0, false}, {"1e5", "EUR", 0, false},
	} {
		got, ok := ofxAmount(c.s, c.cur)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%q in %s: %d %v, want %d %v", c.s, c.cur, got, ok, c.want, c.ok)
		}
	}
}

func TestOFXDays(t *testing.T) {
	for s, want := range map[string]string{
		"20260615": "2026-06-15", "20260615120000": "2026-06-15", "20260615235959.000[-8:PST]": "2026-06-15", " 20260615 ": "2026-06-15",
		"2026-06-15": "2026-06-15", "2026-06-15T10:00:00": "2026-06-15", "20260231": "", "201120000000": "", "": "", "2026061": "", "15/06/2026": "",
	} {
		if got, ok := ofxDay(s); got.String() != want || ok != (want != "") {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

// tx makes a file of one account with these entries, each without its tags.
func tx(entries ...string) string {
	return "<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>\n<STMTTRN>" +
		strings.Join(entries, "</STMTTRN>\n<STMTTRN>") + "</STMTTRN></BANKTRANLIST></STMTRS></OFX>"
}

func TestOFXEntries(t *testing.T) {
	const base = "<DTPOSTED>20260615<TRNAMT>-10.00"
	for name, c := range map[string]struct {
		text  string
		check func(e Entry) bool
	}{
		"a name cut":          {base + "<NAME>VIR SARL DUPONT ET FILS FACTUR<MEMO>VIR SARL DUPONT ET FILS FACTURE 12", func(e Entry) bool { return e.Label == "VIR SARL DUPONT ET FILS FACTURE 12" }},
		"a memo in lines":     {base + "<NAME>VIR<MEMO>A\n  B\n\nC", func(e Entry) bool { return e.Label == "VIR\nA\nB\nC" }},
		"less than in a text": {base + "<NAME>A < B<MEMO>1<2 et </3", func(e Entry) bool { return e.Label == "A < B\n1<2 et </3" }},
		"data":                {base + "<NAME><![CDATA[ A <B> & C ]]> D", func(e Entry) bool { return e.Label == "A <B> & C D" }},
		"ampersands":          {base + "<NAME>A&B &AMP; &REGNIER; R&amp;D &#233; &#xe9; &#0; &", func(e Entry) bool { return e.Label == "A&B & &REGNIER; R&D é é &#0; &" }},
		"empty elements":      {base + "<NAME></NAME><MEMO>X</MEMO><FITID></FITID><CHECKNUM>0</CHECKNUM><REFNUM>R1</REFNUM>", func(e Entry) bool { return e.Label == "X" && e.BankRef == "R1" }},
		"number of a cheque": {base + "<TRNTYPE>CHECK<CHECKNUM>319<NAME>Paid", func(e Entry) bool {
			return e.Label == "Paid\n319" && e.Type == ledger.EntryCheques && e.BankRef == "319"
		}},
		"its own currency":        {base + "<CURRENCY><CURRATE>1.1<CURSYM>USD</CURRENCY><NAME>X", func(e Entry) bool { return e.Amount == ledger.Money{Minor: -1_000, Currency: "USD"} }},
		"its original currency":   {base + "<ORIGCURRENCY><CURRATE>1.1<CURSYM>USD</ORIGCURRENCY><NAME>X", func(e Entry) bool { return e.Amount == ledger.Euros(-1_000) && e.Label == "X" }},
		"currency not closed":     {base + "<CURRENCY><CURRATE>1.1<CURSYM>USD<MEMO>X", func(e Entry) bool { return e.Amount.Currency == "USD" && e.Label == "X" }},
		"account of the other":    {base + "<BANKACCTTO><BANKID>X<ACCTID>FR76 3000 6000 0112 3456 7890 189</BANKACCTTO><NAME>X", func(e Entry) bool { return e.Party.IBAN == "FR7630006000011234567890189" }},
		"no account of the other": {base + "<BANKACCTTO><ACCTID>123</BANKACCTTO><NAME>X", func(e Entry) bool { return e.Party.IBAN == "" }},
		"a full name":             {base + "<NAME>DUPONT<EXTDNAME>DUPONT ET FILS<MEMO>X", func(e Entry) bool { return e.Label == "DUPONT ET FILS\nX" }},
		"fee":                     {base + "<TRNTYPE>SRVCHG<NAME>X", func(e Entry) bool { return e.Type == ledger.EntryFee }},
		"direct debit sent back":  {base + "<TRNTYPE>DEBIT<NAME>REJET PRLV SEPA DUPONT", func(e Entry) bool { return e.Returned && e.Type == ledger.EntryDirectDebit }},
		"fee for what came back":  {base + "<TRNTYPE>FEE<NAME>REJET PRLV SEPA DUPONT", func(e Entry) bool { return !e.Returned && e.Type == ledger.EntryFee }},
		"a long text":             {base + "<NAME>" + strings.Repeat("é", 3_000), func(e Entry) bool { return len(e.Label) == MaxText }},
	} {
		f := readOFXText(t, tx(c.text))
		if st := f.Statements[0]; len(st.Entries) != 1 || f.Problems != nil || !c.check(st.Entries[0]) {
			t.Errorf("%s: %+v %s", name, st.Entries, problemCodes(f))
		}
	}
}

func TestOFXSigns(t *testing.T) {
	entry := func(kind, amount string) string { return "<TRNTYPE>" + kind + "<DTPOSTED>20260615<TRNAMT>" + amount }
	for name, c := range map[string]struct {
		entries []string
		want    string
	}{
		"as written":             {[]string{entry("CREDIT", "10"), entry("DEBIT", "-20")}, "1000 -2000"},
		"a debit taken back":     {[]string{entry("DEBIT", "10"), entry("DEBIT", "-20")}, "1000 -2000"},
		"none":                   {[]string{entry("CREDIT", "10"), entry("Debit", "20"), entry("FEE", "3")}, "1000 -2000 -300"},
		"a plus is a sign":       {[]string{entry("CREDIT", "+10"), entry("DEBIT", "20")}, "1000 2000"},
		"none, and no kind says": {[]string{entry("OTHER", "10"), entry("CREDIT", "20")}, "1000 2000"},
	} {
		var got []string
		for _, e := range readOFXText(t, tx(c.entries...)).Statements[0].Entries {
			got = append(got, fmt.Sprint(e.Amount.Minor))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

func TestOFXTrouble(t *testing.T) {
	good := "<DTPOSTED>20260615<TRNAMT>10.00<NAME>X"
	for name, c := range map[string]struct {
		text    string
		entries int
		trouble string
	}{
		"sound":              {tx(good, good), 2, ""},
		"no day":             {tx(good, "<TRNAMT>10"), 1, "3/2 date_missing"},
		"an empty day":       {tx("<DTPOSTED></DTPOSTED><TRNAMT>10", good), 1, "2/1 date_missing"},
		"no such day":        {tx(good, "<DTPOSTED>20260231<TRNAMT>10"), 1, "3/2 date_invalid"},
		"no amount":          {tx(good, "<DTPOSTED>20260615"), 1, "3/2 amount_missing"},
		"no number":          {tx(good, "<DTPOSTED>20260615<TRNAMT>$120"), 1, "3/2 amount_invalid"},
		"cut in an entry":    {strings.TrimSuffix(tx(good, good), "0<NAME>X</STMTTRN></BANKTRANLIST></STMTRS></OFX>"), 1, "3/2 file_cut"},
		"cut after an entry": {strings.TrimSuffix(tx(good, good), "</BANKTRANLIST></STMTRS></OFX>"), 2, ""},
		"balance empty":      {strings.Replace(tx(good), "</STMTRS>", "<LEDGERBAL><BALAMT> </BALAMT><DTASOF>20260615</LEDGERBAL></STMTRS>", 1), 1, ""},
		"balance wrong":      {strings.Replace(tx(good), "</STMTRS>", "<LEDGERBAL><BALAMT>x<DTASOF>20260615</LEDGERBAL></STMTRS>", 1), 1, "0/0 balance_invalid"},
		"balance's day":      {strings.Replace(tx(good), "</STMTRS>", "<LEDGERBAL><BALAMT>1<DTASOF></LEDGERBAL></STMTRS>", 1), 1, "0/0 balance_day_invalid"},
		"no account":         {strings.NewReplacer("<BANKACCTFROM><ACCTID>1</BANKACCTFROM>", "").Replace(tx(good)), 1, ""},
		"no statement":       {strings.NewReplacer("<STMTRS>", "", "</STMTRS>", "").Replace(tx(good)), 1, ""},
		"securities":         {tx(good) + "<INVSTMTRS><INVTRANLIST><INVBANKTRAN><STMTTRN>" + good + "</STMTTRN></INVBANKTRAN></INVTRANLIST></INVSTMTRS>", 1, ""},
		"waiting entries":    {strings.Replace(tx(good), "</BANKTRANLIST>", "</BANKTRANLIST><BANKTRANLISTP><STMTTRNP>"+good+"</STMTTRNP></BANKTRANLISTP>", 1), 1, ""},
	} {
		f := readOFXText(t, c.text)
		if n := len(f.Statements[0].Entries); n != c.entries || len(f.Statements) != 1 || problemCodes(f) != c.trouble {
			t.Errorf("%s: %d entries in %d statements, problems %q; want %d, %q", name, n, len(f.Statements), problemCodes(f), c.entries, c.trouble)
		}
	}
}

func TestOFXAccounts(t *testing.T) {
	f := readOFXText(t, tx("<DTPOSTED>20260615<TRNAMT>10.00<NAME>X", "<DTPOSTED>20260615<TRNAMT>20.00<NAME>Y")+
		"<CCSTMTTRNRS><CCSTMTRS><CURDEF></CURDEF><CCACCTFROM><ACCTID>2</CCACCTFROM><BANKTRANLIST><STMTTRN><DTPOSTED>20260615<TRNAMT>-3<CURRENCY><CURSYM>USD</CURRENCY></STMTTRN></BANKTRANLIST></STMTRS>"+
		"<STMTRS><BANKACCTFROM><ACCTID>3</BANKACCTFROM><LEDGERBAL><BALAMT>7<DTASOF>20260615</LEDGERBAL></STMTRS>")
	var got []string
	for _, st := range f.Statements {
		got = append(got, fmt.Sprint(st.Account.Number, " ", st.Currency, " ", len(st.Entries)))
		for _, e := range st.Entries {
			got = append(got, fmt.Sprint(e.Rank, " ", e.Amount))
		}
	}
	if s := strings.Join(got, ", "); s != "1 EUR 2, 1 10.00 EUR, 2 20.00 EUR, 2 USD 1, 3 -3.00 USD, 3 EUR 0" {
		t.Error(s)
	}
}

func TestLikelyOFX(t *testing.T) {
	for head, want := range map[string]bool{
		"OFXHEADER:100\nDATA:OFXSGML": true, "\n\n\nOFXHEADER:100": true, "<OFX><SIGNON": true, "\ufeff<?xml version=\"1.0\"?>\n<OFX >": true,
		"<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\"": true, "": false, "Bonjour <OFX>": false, "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022\">": false,
		"<html>": false, "date;montant": false,
	} {
		if likelyOFX([]byte(head)) != want {
			t.Errorf("%q: want %v", head, want)
		}
	}
}

func TestOFXErrors(t *testing.T) {
	for name, c := range map[string]struct{ data, code string }{
		"nothing":      {"", "empty"},
		"blanks":       {" \n", "empty"},
		"no statement": {"OFXHEADER:100\n<OFX></OFX>", "not_a_statement"},
		"refused":      {"<OFX><STMTTRNRS><STATUS><CODE>2000<SEVERITY>ERROR</STATUS></STMTTRNRS></OFX>", "not_a_statement"},
		"securities":   {"<OFX><INVSTMTRS><CURDEF>USD<BANKTRANLIST><STMTTRN><DTPOSTED>20260615<TRNAMT>1</STMTTRN></BANKTRANLIST></INVSTMTRS></OFX>", "not_a_statement"},
		"too many":     {"<STMTRS>" + strings.Repeat("<STMTTRN>", MaxEntries+1), "too_large"},
		"accounts":     {strings.Repeat("<STMTRS>", MaxEntries+1), "too_large"},
	} {
		if _, err := readOFX(context.Background(), []byte(c.data), Options{Today: aDay}); ledger.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

func TestOFXStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	told := 0
	_, err := readOFX(ctx, bytes.Repeat([]byte(sgml), 3_000), Options{Today: aDay, Progress: func(done, total int64) {
		if told++; told == 2 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || told != 2 {
		t.Errorf("%v after %d", err, told)
	}
}

// A file made to be slow takes no longer than any other of its size.
func TestOFXOfNoUse(t *testing.T) {
	lines := ""
	for i := range 1_300 {
		lines += fmt.Sprintf("%02x\n", i)
	}
	for _, piece := range []string{"<", "<!--", "<![CDATA[", "<?", "<A", "</", "&", "<NAME>", "<MEMO>&#", "<STMTTRN><NAME><", "<a b", "<STMTTRN><MEMO>" + lines} {
		data := []byte("<OFX><STMTRS><STMTTRN><NAME>" + strings.Repeat(piece, 1<<20/len(piece)))
		f, err := readOFX(context.Background(), data, Options{Today: aDay})
		if ledger.CodeOf(err) != "too_large" {
			sane(t, f, err)
		}
	}
}

func FuzzOFX(f *testing.F) {
	f.Add([]byte(sgml))
	f.Add([]byte(tx("<DTPOSTED>20260615<TRNAMT>1.234,50<NAME><![CDATA[A]]>&amp;<CURRENCY><CURSYM>USD", "<TRNTYPE>DEBIT<DTPOSTED>2026-06-15<TRNAMT>5")))
	f.Add([]byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?><OFX><CCSTMTRS><LEDGERBAL><BALAMT>1</BALAMT><DTASOF>20260615</DTASOF></LEDGERBAL></CCSTMTRS></OFX>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		likelyOFX(data)
		file, err := readOFX(context.Background(), data, Options{Today: aDay})
		sane(t, file, err)
	})
}

// Files that were cut, doubled and written over.
func TestOFXMangled(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 400 {
		d := []byte(sgml)
		for range 1 + r.IntN(10) {
			at := r.IntN(len(d))
			n := min(r.IntN(200), len(d)-at)
			switch r.IntN(3) {
			case 0:
				d[at] = "<>/&;01\n"[r.IntN(8)]
			case 1:
				d = slices.Delete(d, at, at+n)
			case 2:
				d = slices.Insert(d, at, bytes.Clone(d[at:at+n])...)
			}
		}
		file, err := readOFX(context.Background(), d, Options{Today: aDay})
		sane(t, file, err)
	}
}
