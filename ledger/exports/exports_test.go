package exports

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"quitus/ledger"
	"quitus/ledger/imports/delimited"
)

// plainTexts shows keys instead of words.
type plainTexts struct{}

func (plainTexts) T(key string, pairs ...any) string {
	return strings.TrimPrefix(strings.TrimPrefix(key, "exports."), "col.")
}
func (plainTexts) Situation(s ledger.Situation) string { return fmt.Sprint("situation ", s) }
func (plainTexts) Bucket(b ledger.Bucket) string       { return fmt.Sprint("bucket ", b) }
func (plainTexts) Act(a ledger.Act) string             { return string(a) }
func (plainTexts) Means(m ledger.Means) string         { return "by " + string(m) }
func (plainTexts) Letter(model string) string          { return model }
func (plainTexts) Step(x *ledger.Step) string          { return "step:" + string(x.Done) }
func (plainTexts) DisputeReason(r ledger.DisputeReason) string {
	return string(r)
}

var today = ledger.Day(2026, 11, 24)

// small is a book with two customers, two currencies, a credit note and a name that looks like a formula.
func small() Report {
	d := ledger.NewDraft(&ledger.Book{})
	a := &ledger.Customer{Ref: "C001", Name: "=HYPERLINK(\"http://x.example\")", Country: "FR"}
	b := &ledger.Customer{Ref: "C002", Name: "Chalets", Country: "CH", Address: "Route 1\nBâtiment B", Postcode: "1999", Town: "Valcombe"}
	d.Put(a)
	d.Put(b)
	inv := func(c *ledger.Customer, no string, late int, m ledger.Money) *ledger.Invoice {
		i := &ledger.Invoice{Customer: c.ID, Number: no, Issued: today.Add(-late - 30), Due: today.Add(-late), Total: m, CreditNote: m.Negative(), Subject: "-10 % sur le lot"}
		d.Put(i)
		return i
	}
	one := inv(a, "F-1", 12, ledger.Euros(123456))
	one.Net, one.VAT = 102880, 20576
	inv(a, "F-2", -5, ledger.Euros(100))
	inv(a, "A-1", 0, ledger.Euros(-2000))
	inv(b, "F-3", 95, ledger.Money{Minor: 50000, Currency: "CHF"})
	inv(b, "F-4", 40, ledger.Money{Minor: 777, Currency: "XPF"})
	done := inv(b, "F-0", 200, ledger.Euros(900))
	d.Put(&ledger.Payment{Customer: a.ID, On: today.Add(-3), Amount: ledger.Euros(456), Allocations: []ledger.Allocation{{Invoice: one.ID, Amount: 456}}})
	d.Put(&ledger.Payment{Customer: b.ID, On: today.Add(-100), Amount: ledger.Euros(900), Allocations: []ledger.Allocation{{Invoice: done.ID, Amount: 900}}})
	d.Put(&ledger.Promise{Customer: a.ID, Made: today.Add(-2), Due: today.Add(3), Amount: ledger.Euros(123000), Invoices: []ledger.InvoiceID{one.ID}, Words: "+33 vendredi"})
	d.Put(&ledger.Contact{Customer: b.ID, Name: "M. Zurf", Role: "direction", Phone: "06 39 98 00 00"})
	d.Put(&ledger.Note{Customer: b.ID, On: today.Add(-1), Text: "@rappeler"})
	book := d.Next()
	return Report{book, book.Standings(today), plainTexts{}}
}

func open(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func rows(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	out, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWorkbook(t *testing.T) {
	r := small()
	entries := []ledger.Entry{{Seq: 2, At: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), On: today, Who: "=cmd", Act: ledger.ActUndo, Undoes: 1, Facts: map[string]string{"b": "2", "a": "1"}, Hash: "ff"}}
	var out bytes.Buffer
	if err := Workbook(&out, r, entries); err != nil {
		t.Fatal(err)
	}
	f := open(t, out.Bytes())
	if got := f.GetSheetList(); !slices.Equal(got, []string{"sheet.open_items", "sheet.ageing", "sheet.doubtful", "sheet.payments", "sheet.promises", "sheet.journal"}) {
		t.Fatal(got)
	}
	items := rows(t, f, "sheet.open_items")
	if got := strings.Join(items[2], " "); got != "number ref customer date due net vat total paid open currency days_late situation order subject" {
		t.Error(got)
	}
	order := []string{}
	for _, row := range items[3:] {
		order = append(order, row[0])
	}
	if !slices.Equal(order, []string{"F-3", "F-4", "F-1", "A-1", "F-2"}) {
		t.Error("open items, oldest due first: ", order)
	}
	one := items[5]
	if want := []string{"F-1", "C001", "=HYPERLINK(\"http://x.example\")", "46308", "46338", "1028.8", "205.76", "1234.56", "4.56", "1230", "EUR", "12", "situation 6", "", "-10 % sur le lot"}; !slices.Equal(one, want) {
		t.Errorf("%q, want %q", one, want)
	}
	for cell, want := range map[string]string{"C6": "=HYPERLINK(\"http://x.example\")", "D6": "13/10/2026", "H6": "1,234.56 €", "H4": "500.00 CHF", "H5": "777 XPF"} {
		if got, err := f.GetCellValue("sheet.open_items", cell); err != nil || got != want {
			t.Errorf("%s shows %q, want %q %v", cell, got, want, err)
		}
	}
	if formula, err := f.GetCellFormula("sheet.open_items", "C6"); err != nil || formula != "" {
		t.Error("a name became a formula: ", formula, err)
	}
	if p, err := f.GetPanes("sheet.open_items"); err != nil || !p.Freeze || p.YSplit != 3 {
		t.Errorf("%+v %v", p, err)
	}
	if got := rows(t, f, "sheet.promises")[3]; got[4] != "1230" || got[6] != "F-1" || got[7] != "promise.running" || got[8] != "+33 vendredi" {
		t.Error(got)
	}
	if got := rows(t, f, "sheet.journal")[3]; !slices.Equal(got, []string{"2", "46350.5", "46350", "=cmd", "undo", "a = 1 ; b = 2", "1", "ff"}) {
		t.Errorf("%q", got)
	}
	if sheet := partOf(t, out.Bytes(), "xl/worksheets/sheet1.xml"); !strings.Contains(sheet, `<autoFilter ref="$A$3:$O$8"`) {
		t.Errorf("no filter over the header and its rows: … %s", sheet[strings.Index(sheet, "</sheetData>"):])
	}
}

func partOf(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestSameContentSameBytes(t *testing.T) {
	var first []byte
	for range 5 {
		var out bytes.Buffer
		if err := Workbook(&out, small(), nil); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = out.Bytes()
		}
		if !bytes.Equal(first, out.Bytes()) {
			t.Fatal("the same book gives another file")
		}
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil || z.File[0].Name != "[Content_Types].xml" {
		t.Error("the content types do not come first: ", err)
	}
}

// The buckets of each row make its balance, and the rows of each currency its total.
func TestAgeingAddsUp(t *testing.T) {
	r := small()
	s := r.ageing()
	sums := map[string][]int64{}
	for row := range s.Rows {
		line := int64(0)
		for k, v := range row[3:] {
			m := v.(ledger.Money)
			if m.Currency != ledger.Currency(row[2].(string)) {
				t.Errorf("%v has an amount in %s", row, m.Currency)
			}
			if k < len(buckets) {
				line += m.Minor
			} else if m.Minor != line {
				t.Errorf("%v: buckets make %d", row, line)
			}
			c := row[2].(string)
			if sums[c] == nil {
				sums[c] = make([]int64, len(buckets)+1)
			}
			sums[c][k] += m.Minor
		}
	}
	if len(s.Totals) != 3 {
		t.Fatal(s.Totals)
	}
	for _, row := range s.Totals {
		for k, v := range row[3:] {
			if v.(ledger.Money).Minor != sums[row[2].(string)][k] {
				t.Errorf("total %v, rows make %v", row, sums[row[2].(string)])
			}
		}
	}
}

func TestOpenItemsCSV(t *testing.T) {
	for _, c := range []struct {
		style CSVStyle
		want  []string
	}{
		{FrenchCSV, []string{"F-1", "C001", "'=HYPERLINK(\"http://x.example\")", "13/10/2026", "12/11/2026", "1028,80", "205,76", "1234,56", "4,56", "1230,00", "EUR", "12", "situation 6", "", "'-10 % sur le lot"}},
		{EnglishCSV, []string{"F-1", "C001", "'=HYPERLINK(\"http://x.example\")", "2026-10-13", "2026-11-12", "1028.80", "205.76", "1234.56", "4.56", "1230.00", "EUR", "12", "situation 6", "", "'-10 % sur le lot"}},
	} {
		var out bytes.Buffer
		if err := CSV(&out, small(), OpenItems, c.style); err != nil {
			t.Fatal(err)
		}
		text, marked := strings.CutPrefix(out.String(), "\uFEFF")
		if marked != c.style.Mark {
			t.Error("byte order mark: ", marked)
		}
		in := csv.NewReader(strings.NewReader(text))
		in.Comma = c.style.Separator
		lines, err := in.ReadAll()
		if err != nil || len(lines) != 6 {
			t.Fatal(len(lines), err)
		}
		if !slices.Equal(lines[3], c.want) {
			t.Errorf("%q", lines[3])
		}
		if credit := lines[4]; credit[0] != "A-1" || credit[5] != "" || !strings.HasPrefix(credit[7], "-20") {
			t.Errorf("a negative amount stays a number: %q", credit)
		}
	}
}

func TestCustomerSheet(t *testing.T) {
	r := small()
	var out bytes.Buffer
	if err := CustomerSheet(&out, r, 2); err != nil {
		t.Fatal(err)
	}
	f := open(t, out.Bytes())
	card := fmt.Sprint(rows(t, f, "sheet.customer"))
	for _, want := range []string{"Chalets", "[card.owed 500]", "[card.owed 777]", "[card.days_late 95]", "Route 1, Bâtiment B", "1999 Valcombe", "direction M. Zurf 06 39 98 00 00"} {
		if !strings.Contains(card, want) {
			t.Errorf("no %q in %s", want, card)
		}
	}
	inv := rows(t, f, "sheet.invoices")
	if len(inv) != 1+3+2 || inv[1][0] != "F-4" || inv[3][0] != "F-0" || inv[3][5] != "0" {
		t.Error(inv)
	}
	if e := fmt.Sprint(rows(t, f, "sheet.events")); !strings.Contains(e, "event.settled F-0 9") || !strings.Contains(e, "@rappeler") {
		t.Error(e)
	}
	if err := CustomerSheet(io.Discard, r, 9); !errors.Is(err, ledger.Errorf("customer_unknown")) {
		t.Error(err)
	}
}

func TestEmptyBook(t *testing.T) {
	b := &ledger.Book{}
	var out bytes.Buffer
	if err := Workbook(&out, Report{b, b.Standings(today), plainTexts{}}, nil); err != nil {
		t.Fatal(err)
	}
	if got := len(rows(t, open(t, out.Bytes()), "sheet.open_items")); got != 3 {
		t.Error(got)
	}
}

func TestSheetNames(t *testing.T) {
	taken := map[string]bool{}
	for k, c := range []struct{ in, want string }{
		{"Ancienneté", "Ancienneté"}, {"ANCIENNETÉ", "2"}, {"a/b:c*d?[e]'", "a b c d  e"}, {"", "4"}, {strings.Repeat("é", 40), strings.Repeat("é", 31)},
	} {
		if got := sheetName(c.in, k, taken); got != c.want {
			t.Errorf("%q gives %q, want %q", c.in, got, c.want)
		}
	}
}

// Amounts come out as the decimals that were put in.
func TestNumbersAreExact(t *testing.T) {
	for _, m := range []ledger.Money{ledger.Euros(1), ledger.Euros(-10), ledger.Euros(110), ledger.Euros(1999999999), ledger.Euros(1<<53 - 1), {Minor: 1005, Currency: "TND"}, {Minor: 7, Currency: "XPF"}, ledger.Euros(1<<60 + 1)} {
		var text string
		switch v := number(m).(type) {
		case float64:
			text = strconv.FormatFloat(v, 'f', m.Currency.Decimals(), 64)
		case string:
			text = v
		}
		if text != m.Decimal() {
			t.Errorf("%s becomes %s", m, text)
		}
	}
}

// No text begins a formula, and our own reader gives each back as it was.
func FuzzHarmless(f *testing.F) {
	for _, s := range []string{"=1+1", "+33", "-5", "@x", "\tx", "\r=1", "＝1", "'=1", "''", "'t Hof", "Dupont", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := harmless(s)
		if got != s && got != "'"+s {
			t.Errorf("%q becomes %q", s, got)
		} else if got != "" && strings.ContainsAny(got[:1], "=+-@\t\r\n") {
			t.Errorf("%q still begins a formula", got)
		}
		if s == "" || !utf8.ValidString(s) || strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r < ' ' }) != s || strings.Contains(s, "\r") {
			return // reading cuts white space at the ends, and CSV has one line end
		}
		if strings.ContainsAny(s, ",|\t") || s[0] == '#' {
			return // what columns are set apart by is guessed; what looks like a spreadsheet's error is one
		}
		var out bytes.Buffer
		row := []any{s, "b", "c", "d", "e", "f"}
		sheet := Sheet{Columns: slices.Repeat([]Column{{Title: "T"}}, len(row)), Rows: slices.Values([][]any{row, row})}
		if err := WriteCSV(&out, sheet, FrenchCSV); err != nil {
			t.Fatal(err)
		}
		file, err := delimited.Open(t.Context(), bytes.NewReader(out.Bytes()), int64(out.Len()), delimited.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		g, err := file.Read(t.Context(), 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		if back := strings.ReplaceAll(g.String(g.At(2, 0)), "\r\n", "\n"); back != s {
			t.Errorf("%q comes back as %q", s, back)
		}
	})
}

// BenchmarkOpenItems writes the open items of 100,000 invoices.
func BenchmarkOpenItems(b *testing.B) {
	d := ledger.NewDraft(&ledger.Book{})
	d.Put(&ledger.Customer{Ref: "C001", Name: "Client"})
	for k := range 100_000 {
		d.Put(&ledger.Invoice{Customer: 1, Number: fmt.Sprintf("F-%06d", k), Issued: today.Add(-k % 500), Due: today.Add(30 - k%500), Total: ledger.Euros(int64(10000 + k))})
	}
	book := d.Next()
	r := Report{book, book.Standings(today), plainTexts{}}
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, []Sheet{r.openItems()}); err != nil {
			b.Fatal(err)
		}
	}
}
