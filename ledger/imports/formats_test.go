package imports

import (
	"bytes"
	"context"
	"math"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"quitus/ledger"
	"quitus/ledger/imports/importstest"
	"quitus/ledger/imports/xls/xlstest"
)

// A register as programs export it: titles above, a running balance, sums beside customers, a credit note in brackets, a text
// that looks like a formula, a cell of two lines, an error.
var exported = [][]string{
	{"Société Lécuyer & Fils – échéancier"},
	{},
	{"N° pièce", "Client", "Adresse", "Date", "Échéance", "Débit", "Crédit", "Solde"},
	{"00012", "Hôtel de la Plage", "1 rue X\n29200 BREST", "15/01/2026", "14/02/2026", "1 200,50", "", "1 200,50"},
	{"00013", "=CMD+Menuiserie", "2 rue Y", "16/01/2026", "15/02/2026", "300,00", "", "1 500,50"},
	{"00014", "Hôtel de la Plage", "1 rue X\n29200 BREST", "17/01/2026", "16/02/2026", "80,00", "", "1 580,50"},
	{"AV0015", "Hôtel de la Plage", "1 rue X", "18/01/2026", "18/01/2026", "", "80,00", "1 500,50"},
	{"", "TOTAL", "", "", "", "1 580,50", "80,00", "1 500,50"},
}

const exportedWant = "4 00012 Hôtel de la Plage 01-15→02-14 1200.50/1200.50\n5 00013 =CMD+Menuiserie 01-16→02-15 300.00/300.00\n" +
	"6 00014 Hôtel de la Plage 01-17→02-16 80.00/80.00\n7 AV0015 Hôtel de la Plage 01-18→01-18 -80.00/-80.00"

// made is a generated register of that many lines.
func made(t testing.TB, format string, lines int) []byte {
	t.Helper()
	data, err := importstest.Register(format, lines)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// One register gives the same drafts in whichever form it comes.
func TestSameRegisterInEveryForm(t *testing.T) {
	forms := map[string][]byte{"html": []byte(importstest.HTML(exported)), "spreadsheetml": []byte(importstest.SpreadsheetML(exported))}
	for sepName, sep := range map[string]string{"semicolon": ";", "comma": ",", "tab": "\t", "bar": "|"} {
		for endName, end := range map[string]string{"LF": "\n", "CRLF": "\r\n", "CR": "\r"} {
			forms["csv "+sepName+" "+endName] = []byte(importstest.Delimited(exported, sep, end))
		}
	}
	text := importstest.Delimited(exported, ";", "\r\n")
	for name, e := range map[string]encoding.Encoding{
		"windows": charmap.Windows1252, "dos": charmap.CodePage850, "mac": charmap.Macintosh,
		"utf-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16 bare": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16be bare": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	} {
		data, err := e.NewEncoder().Bytes([]byte(strings.ReplaceAll(text, "–", "-")))
		if err != nil {
			t.Fatal(err)
		}
		forms["csv "+name] = data
	}
	twice, err := charmap.Windows1252.NewDecoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	forms["csv twice"], forms["csv marked"] = twice, []byte("\ufeff"+text)
	for name, data := range forms {
		t.Run(name, func(t *testing.T) {
			f, err := readBytes(data, Options{})
			if err != nil {
				t.Fatal(err)
			}
			s := f.Sheets[0]
			if got := short(s.Drafts(s.Mapping, nil, nil)); got != exportedWant {
				t.Errorf("%v\n%s", s.Mapping, got)
			}
			if want, _, _ := strings.Cut(name, " "); f.Format != want || s.HeaderLine != 3 {
				t.Error(f.Format, s.HeaderLine)
			}
			if want := 6 + strings.Count(f.Format, "csv"); s.Physical(6) != want {
				t.Errorf("line 6 is line %d of the file, want %d", s.Physical(6), want)
			}
		})
	}
}

func TestTextLayouts(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"sums beside customers", "Facture;Date;Échéance;Montant TTC;Reste dû\nC001 - DUPONT SARL;;;1 300,00;1 300,00\nF1;01/02/2026;01/03/2026;1 000,00;1 000,00\nF2;02/02/2026;02/03/2026;300,00;300,00\nC002 - MARTIN;;;50,00;50,00\nF3;03/02/2026;03/03/2026;50,00;50,00\n",
			"3 F1 DUPONT SARL 02-01→03-01 1000.00/1000.00 [C001]\n4 F2 DUPONT SARL 02-02→03-02 300.00/300.00 [C001]\n6 F3 MARTIN 02-03→03-03 50.00/50.00 [C002]"},
		{"joined days", "Facture;Client;Date;Échéance;Montant\nF1;DUPONT;20260115;20260214;100,00\nF2;MARTIN;20260131;20260302;200,00\n",
			"2 F1 DUPONT 01-15→02-14 100.00/100.00\n3 F2 MARTIN 01-31→03-02 200.00/200.00"},
		{"lines of articles' decimals are no titles", "Numéro,Client,Date,Hors taxes,Total,Devise\n,BROUILLARD,2026-01-05,502.75,603.30,EUR\nF2,MARTIN,2026-01-06,10.00,12.00,EUR\n",
			"3 F2 MARTIN 01-06→02-05 12.00/12.00\n2 refused number number_missing"},
		{"errors", "Facture;Client;Date;Montant;Payé;Reste\nF1;DUPONT;15/01/2026;100,00;40,00;#REF!\nF2;MARTIN;15/01/2026;#N/A;;5\n",
			"2 F1 DUPONT 01-15→02-14 100.00/60.00\n3 refused total cell_error"},
		{"lost spaces", "Facture;Client;Date;Montant\nF1;DUPONT;15/01/2026;1?210,00?€\nF2;MARTIN;15/01/2026;12?\n",
			"2 F1 DUPONT 01-15→02-14 1210.00/1210.00\n3 refused total amount_invalid"},
		{"numbers as text", "Facture;Code;Client;Date;Montant\n=\"0012\";=\"007\";DUPONT;15/01/2026;100,00\n", "2 0012 DUPONT 01-15→02-14 100.00/100.00 [007]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := readBytes([]byte(c.text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			s := f.Sheets[0]
			if got := short(s.Drafts(s.Mapping, nil, nil)); got != c.want {
				t.Errorf("%v\n%s", s.Mapping, got)
			}
		})
	}
}

func TestSniff(t *testing.T) {
	utf16 := func(s string) string {
		b, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(s)
		return b
	}
	for data, want := range map[string]string{
		"PK\x03\x04": "xlsx", "%PDF-1.7": "pdf", "a;b": "csv", "\ufeffa;b": "csv", utf16("a\tb"): "csv", "<root/>": "csv", "< 3 ans;12": "csv", "MIME-Version: 1.0\r\nContent-Type: multipart/related": "mhtml",
		" \n<HTML><body>": "html", "\ufeff<!DOCTYPE html>": "html", "<table><tr>": "html", utf16("<html>"): "html", "<?xml version='1.0'?><html>": "html",
		"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">": "spreadsheetml", "<?xml version=\"1.0\"?><rsm:CrossIndustryInvoice>": "xml",
		"\x09\x08\x10\x00\x00\x06\x05\x00": "xls", "\x00\x01\x02\x03": "unknown", "\x89PNG\r\n\x1a\n\x00\x00": "unknown",
	} {
		got, err := sniff(context.Background(), bytes.NewReader([]byte(data)), int64(len(data)))
		if err != nil || got != want {
			t.Errorf("%q is %q (%v), want %q", data, got, err, want)
		}
	}
	for _, data := range []string{"", " \n", "\x00\x00", "\xff\xfe", "\ufeff \n"} {
		if _, err := sniff(context.Background(), bytes.NewReader([]byte(data)), int64(len(data))); ledger.CodeOf(err) != "empty" {
			t.Errorf("%q: %v", data, err)
		}
	}
}

// A generated register gives the same drafts from each format, amounts and days stored or written.
func TestGeneratedForms(t *testing.T) {
	want := ""
	for _, format := range []string{"xlsx", "xls", "csv", "html", "spreadsheetml"} {
		f, err := readBytes(made(t, format, 300), Options{})
		if err != nil {
			t.Fatal(format, err)
		}
		got := short(f.Sheets[0].Drafts(f.Sheets[0].Mapping, nil, nil))
		if want == "" {
			want = got
		}
		if got != want || f.Format != format || !strings.Contains(got, "\n301 FA2026-000300 ") {
			t.Errorf("%s gives other drafts:\n%s", format, got[:min(len(got), 500)])
		}
	}
}

// Legacy workbooks of programs that do not compute are understood like those that were saved by a spreadsheet.
func TestLegacyFormulas(t *testing.T) {
	var sheet []byte
	text := func(row, col int, s string) {
		sheet = append(sheet, xlstest.Record(0x0204, row, col, 0, len([]rune(s)), xlstest.Wide(s))...)
	}
	number := func(row, col, style int, v float64) {
		sheet = append(sheet, xlstest.Record(0x0203, row, col, style, math.Float64bits(v))...)
	}
	for c, title := range []string{"Facture", "Client", "Date", "HT", "TVA", "TTC", "Réglé", "Reste"} {
		text(0, c, title)
	}
	for row := 1; row <= 2; row++ {
		number(row, 0, 1, float64(row))
		text(row, 1, "Hôtel")
		number(row, 2, 2, 46_000)
		number(row, 3, 0, 100)
		number(row, 4, 0, 20)
		sum := []byte{0x44, byte(row), 0, 3, 0xc0, 0x44, byte(row), 0, 4, 0xc0, 0x03}
		sheet = append(sheet, xlstest.Record(0x0006, row, 5, 0, uint64(0), 2, uint32(0), len(sum), sum)...)
		number(row, 6, 0, 40)
		rest := []byte{0x44, byte(row), 0, 5, 0xc0, 0x44, byte(row), 0, 6, 0xc0, 0x04}
		sheet = append(sheet, xlstest.Record(0x0006, row, 7, 0, uint64(0xffff000000000003), 0, uint32(0), len(rest), rest)...)
	}
	var globals []byte
	globals = append(globals, xlstest.Record(0x041e, 164, 4, xlstest.Narrow("0000"))...)
	for _, id := range []int{0, 164, 14} {
		globals = append(globals, xlstest.Record(0x00e0, 0, id, make([]byte, 16))...)
	}
	data := xlstest.Container("Workbook", xlstest.Book{Globals: globals, Sheets: [][]byte{sheet}}.Bytes())
	f, err := readBytes(data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := short(f.Sheets[0].Drafts(f.Sheets[0].Mapping, nil, nil)); got != "2 0001 Hôtel 12-09→01-08 120.00/80.00\n3 0002 Hôtel 12-09→01-08 120.00/80.00" {
		t.Error(got)
	}
}
