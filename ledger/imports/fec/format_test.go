package fec

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"quitus/ledger"
)

func ordinary() *script {
	s := filler()
	return s.sale("Société Hélène & Cie à Orléans", "20250301", "FA7", 123456, "").pay("Société Hélène & Cie à Orléans", "20250401", 23456, "").
		sale("Crédit Élite", "20250501", "FA8", 6000, "Z").pay("Crédit Élite", "20250601", 6000, "Z")
}

func utf16le(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func single(m *charmap.Charmap) func(string) []byte {
	return func(s string) []byte {
		b, err := m.NewEncoder().Bytes([]byte(s))
		if err != nil {
			panic(err)
		}
		return b
	}
}

// french writes dates as DD/MM/YYYY.
func french(s string) string { return s[6:8] + "/" + s[4:6] + "/" + s[:4] }

func dates(to func(string) string) func([]string) []string {
	return func(r []string) []string {
		for _, k := range []int{3, 9, 14, 15} {
			if r[k] != "" {
				r[k] = to(r[k])
			}
		}
		return r
	}
}

func amountsAs(to func(string) string) func([]string) []string {
	return func(r []string) []string {
		r[11], r[12] = to(r[11]), to(r[12])
		return r
	}
}

// Every way of writing the same entries reads alike.
func TestForms(t *testing.T) {
	for name, f := range map[string]form{
		"as the standard":   {},
		"pipes":             {sep: "|"},
		"semicolons":        {sep: ";"},
		"byte order mark":   {encode: func(s string) []byte { return []byte("\ufeff" + s) }},
		"Windows-1252":      {encode: single(charmap.Windows1252)},
		"ISO 8859-15":       {encode: single(charmap.ISO8859_15)},
		"UTF-16":            {encode: utf16le},
		"CR only":           {end: "\r"},
		"LF only":           {end: "\n"},
		"separator at end":  {end: "|\r\n", sep: "|"},
		"end of file sign":  {encode: func(s string) []byte { return []byte(s + "\x1a") }},
		"blank lines":       {end: "\r\n\r\n"},
		"capitals, blanks":  {header: func(h []string) []string { return strings.Split(" "+strings.ToUpper(strings.Join(h, " , ")), ",") }},
		"quoted":            {sep: ";", row: quoteAll, header: quoteAll},
		"dot":               {row: amountsAs(func(s string) string { return strings.ReplaceAll(s, ",", ".") })},
		"zeros":             {row: amountsAs(func(s string) string { return strings.Repeat("0", 13-len(s)) + s })},
		"blank and zeros":   {row: amountsAs(func(s string) string { return " 00000000" + s + "   " })},
		"blank for nothing": {row: amountsAs(func(s string) string { return strings.TrimPrefix(strings.Replace(s, "0,00", "", 1), "x") })},
		"hours":             {row: dates(func(s string) string { return s + " 00:00:00" })},
		"ISO":               {row: dates(func(s string) string { return s[:4] + "-" + s[4:6] + "-" + s[6:] + "T00:00:00" })},
		"French dates":      {row: dates(french)},
		"DDMMYYYY":          {row: dates(func(s string) string { return strings.ReplaceAll(french(s), "/", "") })},
		"padding":           {row: func(r []string) []string { return strings.Split(" "+strings.Join(r, "  \t  ")+"  ", "\t") }, header: nil},
		"comma and comma":   {sep: ","},
		"extra columns": {header: func(h []string) []string { return append(h[:18:18], "DateRglt", "ModeRglt", "NatOp", "IdClient") },
			row: func(r []string) []string { return append(r, "20250401", "VIR", "", "7") }},
		"amount and side": {header: sided, row: func(r []string) []string {
			if r[12] == "0,00" {
				r[12] = "D"
			} else {
				r[11], r[12] = r[12], "C"
			}
			return r
		}},
		"amount and +1": {header: sided, row: func(r []string) []string {
			if r[12] == "0,00" {
				r[12] = "+1"
			} else {
				r[11], r[12] = r[12], "-1"
			}
			return r
		}},
		"pipe in labels":                {sep: "|", row: func(r []string) []string { r[10] = strings.Replace(r[10], " ", " | ", 2); return r }},
		"pipe in labels and at the end": {sep: "|", end: "|\n", row: func(r []string) []string { r[10] = strings.Replace(r[10], " ", "|", 2); return r }},
		"CR in labels":                  {row: func(r []string) []string { r[10] = strings.Replace(r[10], " ", "\r", 1); return r }},
		"LF in labels":                  {row: func(r []string) []string { r[10] = strings.Replace(r[10], " ", "\n", 2); return r }},
		"without currency columns":      {header: func(h []string) []string { return h[:16] }, row: func(r []string) []string { return r[:16] }},
		"number 0 everywhere":           {row: func(r []string) []string { r[2] = "0"; return r }},
		"a number for each line":        {row: numberLines()},
	} {
		t.Run(name, func(t *testing.T) {
			b := ordinary().read(t, f)
			if b.Counts.Lines != len(ordinary().lines) || b.Counts.Refused != 0 {
				t.Errorf("%+v %+v", b.Counts, b.Problems)
			}
			expect(t, b, "Société Hélène & Cie à Orléans", amounts{"FA7": 123456})
			expect(t, b, "Crédit Élite", amounts{})
			if b.SIREN != "123456782" || b.Closing != ledger.Day(2025, 12, 31) || b.First != ledger.Day(2025, 1, 10) {
				t.Error(b.SIREN, b.Closing, b.First)
			}
			if strings.HasPrefix(b.Encoding, "utf") == (strings.Contains(name, "1252") || strings.Contains(name, "8859")) {
				t.Error(b.Encoding)
			}
		})
	}
}

func numberLines() func([]string) []string {
	n := 0
	return func(r []string) []string {
		n++
		r[2] = strings.Repeat("1", n%7) + string(rune('0'+n%10)) + string(rune('A'+n%26)) + string(rune('A'+n/26))
		return r
	}
}

func quoteAll(r []string) []string {
	out := make([]string, len(r))
	for i, s := range r {
		out[i] = `"` + s + `"`
	}
	return out
}

func sided(h []string) []string {
	h = append([]string(nil), h...)
	h[11], h[12] = "Montant", "Sens"
	return h
}

// Sorted by account, the lines of an entry are far from each other.
func TestSortedByAccount(t *testing.T) {
	s := ordinary()
	var first, rest []line
	for _, l := range s.lines {
		if strings.HasPrefix(l.account, "411") {
			first = append(first, l)
		} else {
			rest = append(rest, l)
		}
	}
	s.lines = append(first, rest...)
	expect(t, s.read(t), "Société Hélène & Cie à Orléans", amounts{"FA7": 123456})
}

func TestRefusals(t *testing.T) {
	good := string(ordinary().bytes(form{}))
	for name, c := range map[string]struct{ data, code string }{
		"empty":        {"", "fec_not_recognised"},
		"another file": {"a;b;c\n1;2;3\n", "fec_not_recognised"},
		"no date":      {strings.Replace(good, "EcritureDate", "Quand", 1), "fec_columns_missing"},
		"no customers": {strings.ReplaceAll(good, "\t411000", "\t401000"), "fec_no_customers"},
	} {
		_, err := Read(context.Background(), "x.txt", strings.NewReader(c.data), int64(len(c.data)), Options{})
		if ledger.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, "x.txt", strings.NewReader(good), int64(len(good)), Options{}); err != context.Canceled {
		t.Error(err)
	}
	if !Recognise(context.Background(), strings.NewReader(good), int64(len(good))) || Recognise(context.Background(), strings.NewReader("a|b"), 3) {
		t.Error("recognition")
	}
}

// A line that cannot be read is named with its number, column and value; the others are read.
func TestBadLines(t *testing.T) {
	lines := strings.SplitAfter(string(ordinary().bytes(form{})), "\r\n")
	bad := func(n int, old, put string) { lines[n] = strings.Replace(lines[n], old, put, 1) }
	bad(2, "20250110", "20251310")
	bad(5, "\t0,00", "\tx,00")
	lines[8] = strings.Repeat("z", maxLine*3) + "\r\n"
	bad(12, "706000", "CAISSE")
	b := readBytes(t, []byte(strings.Join(lines, "")))
	if b.Counts.Refused != 4 {
		t.Fatalf("%+v", b.Problems)
	}
	want := []Problem{{Line: 3, Column: "EcritureDate", Value: "20251310", Code: "date"}, {Line: 6, Column: "Debit", Value: "x,00", Code: "amount"}, {Line: 9, Code: "line_too_long"}, {Line: 13, Column: "CompteNum", Value: "CAISSE", Code: "account"}}
	for i, w := range want {
		got := b.Problems[i]
		if w.Value == "" {
			got.Value = ""
		}
		if got.Line != w.Line || got.Column != w.Column || got.Value != w.Value || got.Code != w.Code {
			t.Errorf("%+v, not %+v", got, w)
		}
	}
}

func TestValues(t *testing.T) {
	for s, want := range map[string]int64{
		"0000000069,60": 6960, " 000000000001437,12": 143712, "1 437,12": 143712, "1\u202f437,12": 143712, "-12,5": -1250, "12,5-": -1250, "+3": 300, "": 0, "1.234,56": 123456,
		"1,234.56": 123456, "1.234.567": 123456700, "0,005": 1, "0,004": 0, "12.340000001": 1234, ",5": 50, "999999999999,99": 99999999999999,
	} {
		if got, ok := parseAmount([]byte(s), 2); !ok || got != want {
			t.Errorf("%q: %d %v", s, got, ok)
		}
	}
	for _, s := range []string{"a", "1e5", "-", ",", "12a", "99999999999999999,00", "1-2"} {
		if got, ok := parseAmount([]byte(s), 2); ok {
			t.Errorf("%q: %d", s, got)
		}
	}
	for s, want := range map[string]ledger.Date{
		"20250131": ledger.Day(2025, 1, 31), "31012025": ledger.Day(2025, 1, 31), "20122012": ledger.Day(2012, 12, 20), "2025-01-31": ledger.Day(2025, 1, 31), "31.01.2025": ledger.Day(2025, 1, 31),
		"31/01/25": ledger.Day(2025, 1, 31), "20250131 10:00:00": ledger.Day(2025, 1, 31), "": 0, "00000000": 0, " 20250131 ": ledger.Day(2025, 1, 31),
	} {
		if got, ok := parseDay([]byte(s)); !ok || got != want {
			t.Errorf("%q: %s %v", s, got, ok)
		}
	}
	for _, s := range []string{"20250230", "2025", "abc", "1/2", "20250131x", "31/13/2025", "123456789"} {
		if got, ok := parseDay([]byte(s)); ok {
			t.Errorf("%q: %s", s, got)
		}
	}
}

// tiny is enough to begin with for mangling.
func tiny() *script {
	s := &script{}
	return s.sale("X", "20250301", "FA7", 1200, "A").pay("X", "20250401", 1200, "A").open("Y", "20250101", 50, "").sale("Y", "20250501", "FA8", 60, "")
}

func seeds() [][]byte {
	return [][]byte{tiny().bytes(form{}), tiny().bytes(form{sep: "|", end: "|\r"}), tiny().bytes(form{header: sided}), tiny().bytes(form{encode: utf16le})}
}

// mangled reads anything, and takes what was read in twice: whatever is in the file, the sums agree, the ledger's rules
// hold, and the second time changes nothing.
func mangled(t *testing.T, data []byte) {
	b, err := Read(context.Background(), "123456782FEC20251231.txt", bytes.NewReader(data), int64(len(data)), Options{})
	if err != nil {
		return
	}
	checkBooks(t, b)
	d := ledger.NewDraft(&ledger.Book{})
	c := Choices{AllCarried: len(data)%2 == 0}
	b.Plan(d.Book(), c).Stage(d, &ledger.Import{File: "x"}, ledger.Day(2026, 1, 1))
	if err := d.Check(); err != nil {
		t.Error(err)
	}
	if a := b.Plan(d.Next(), c); !a.Empty() {
		t.Errorf("a second import: %d new, %d payments, %d settled, %d write-offs, %d aliases", a.New, a.NewPayments, a.Settled, a.NewWriteOffs, a.NewAliases)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s)
	}
	f.Fuzz(mangled)
}

// Lines that were cut, doubled, moved and written over.
func TestMangled(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	from := append(seeds(), ordinary().bytes(form{}), ordinary().bytes(form{sep: "|"}))
	for i := range 1500 {
		d := bytes.Clone(from[i%len(from)])
		for range 1 + r.IntN(20) {
			at := r.IntN(len(d))
			n := min(r.IntN(100), len(d)-at)
			switch r.IntN(4) {
			case 0:
				d[at] = byte(r.IntN(256))
			case 1:
				d = slices.Delete(d, at, at+min(n, len(d)/4))
			case 2:
				d = slices.Insert(d, at, bytes.Clone(d[at:at+n])...)
			case 3:
				d[at] = "\t|\r\n0,1A"[r.IntN(8)]
			}
		}
		if mangled(t, d); t.Failed() {
			t.Fatalf("round %d", i)
		}
	}
}
