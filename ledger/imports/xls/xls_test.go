package xls

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
	"quitus/ledger/imports/xls/xlstest"
)

var (
	rec    = xlstest.Record
	narrow = xlstest.Narrow
	wide   = xlstest.Wide
)

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func open(data []byte, limits Limits) (*Workbook, error) {
	return Open(context.Background(), bytes.NewReader(data), int64(len(data)), limits)
}

func read(data []byte, limits Limits) (*grid.Grid, error) {
	w, err := open(data, limits)
	if err != nil {
		return nil, err
	}
	return w.Read(context.Background(), 0, 0)
}

// dump writes a grid as one line a row: "3:A=text B#12.5".
func dump(g *grid.Grid) string {
	marks := map[grid.Kind]string{grid.Text: "=", grid.Number: "#", grid.Bool: "?", grid.Error: "!", grid.Uncached: "~"}
	var lines []string
	for i := range g.Len() {
		r := g.Row(i)
		var cells []string
		for _, c := range g.Cells(r) {
			f := g.FormatOf(c)
			mark := marks[c.Kind]
			if f.Date {
				mark += "d"
			}
			if f.Digits > 0 {
				mark += strconv.Itoa(f.Digits)
			}
			cells = append(cells, grid.Letters(int(c.Col))+mark+g.String(c))
		}
		hidden := ""
		if r.Hidden {
			hidden = "h"
		}
		lines = append(lines, fmt.Sprintf("%d%s:%s", r.Line, hidden, strings.Join(cells, " ")))
	}
	return strings.Join(lines, "|")
}

func number(row, col, style int, f float64) []byte {
	return rec(recNumber, row, col, style, math.Float64bits(f))
}

func formula(row, col int, result uint64, flags int, tokens string) []byte {
	return rec(recFormula, row, col, 0, result, flags, uint32(0), len(tokens), tokens)
}

const (
	textResult  = 0xffff000000000000
	boolResult  = 0xffff000000010001
	errorResult = 0xffff0000002a0002
	emptyResult = 0xffff000000000003
)

func xf(id int) []byte { return rec(recXF, 0, id, make([]byte, 16)) }

func TestCells(t *testing.T) {
	globals := join(
		rec(recFormat, 164, 7, narrow("0000000")), rec(recFormat, 165, 10, narrow("dd/mm/yyyy")),
		xf(0), xf(164), xf(165), xf(14),
		rec(recSST, uint32(9), uint32(5), 2, narrow("un"), 3, wide("deű"), 4, "\x0c", 1, uint32(6), "\xe9t\xe9s", "ruch", "phonet", 0, narrow(""), 2, wide("😀")),
	)
	for _, c := range []struct {
		name  string
		sheet []byte
		want  string
	}{
		{"numbers", join(number(1, 0, 0, 1265.98), number(1, 2, 1, 12), number(1, 3, 2, 46000), number(1, 4, 3, 46000.5), number(2, 0, 9, -1e20)), "2:A#1265.98 C#712 D#d46000 E#d46000.5|3:A#-1E+20"},
		{"packed", join(rec(recRK, 0, 0, 0, uint32(12<<2|2)), rec(recRK, 0, 1, 0, uint32(12345<<2|3)), rec(recRK, 0, 2, 0, uint32(math.Float64bits(1.5)>>32)), rec(recRK, 0, 3, 0, ^uint32(0)&^1)), "1:A#12 B#123.45 C#1.5 D#-1"},
		{"many", rec(recMulRK, 4, 1, 0, uint32(1<<2|2), 1, uint32(2<<2|2), 0, uint32(350<<2|3), 3), "5:B#1 C#72 D#3.5"},
		{"shared", join(rec(recLabelSST, 0, 0, 0, uint32(0)), rec(recLabelSST, 0, 1, 0, uint32(1)), rec(recLabelSST, 0, 2, 0, uint32(2)), rec(recLabelSST, 0, 3, 0, uint32(3)), rec(recLabelSST, 0, 4, 0, uint32(4)), rec(recLabelSST, 0, 5, 0, uint32(5))), "1:A=un B=deű C=étés E=😀 F!#REF!"},
		{"own texts", join(rec(recLabel, 0, 0, 0, 3, wide("a€b")), rec(recRString, 0, 1, 0, 2, narrow("x\x80"), 0)), "1:A=a€b B=x€"},
		{"others", join(rec(recBoolErr, 0, 0, 0, byte(1), byte(0)), rec(recBoolErr, 0, 1, 0, byte(0x2a), byte(1)), rec(recBoolErr, 0, 2, 0, byte(0x17), byte(1)), rec(0x0201, 0, 3, 0), rec(0x00be, 0, 4, 0, 0, 5)), "1:A?1 B!#N/A C!#REF!"},
		{"formulas", join(formula(0, 0, math.Float64bits(2.5), 0, "\x1e\x01\x00"), formula(0, 1, textResult, 0, "\x17\x01\x00a"), rec(recString, 3, narrow("abc")),
			formula(0, 2, boolResult, 0, ""), formula(0, 3, errorResult, 0, ""), formula(0, 4, emptyResult, 0, "\x17\x00\x00"), formula(0, 5, textResult, 0, ""), rec(0x04bc, 0), rec(recString, 2, wide("éz"))),
			"1:A#2.5 B=abc C?1 D!#N/A F=éz"},
		{"never computed", join(formula(0, 0, 0, 2, "\x44\x01\x00\x01\xc0\x1e\x02\x00\x05"), formula(0, 1, emptyResult, 0, "\x25\x00\x00\x02\x00\x00\xc0\x00\xc0\x19\x10\x00\x00"),
			formula(0, 2, emptyResult, 0, "\x01\x00\x00\x00\x00"), formula(0, 3, 0, 0, "\x1e\x00\x00"), formula(0, 4, 0, 3, "\x44\x00\x00\x00\x00\x44\x00\x00\x01\x00\x04\x15\x1e\x02\x00\x41\x1b\x00")),
			"1:A~B2*2 B~SUM(A1:A3) C~ D#0 E~ROUND((A1-B1),2)"},
		{"hidden", join(rec(recRow, 1, 0, 9, 0, 0, 0, 0x20, 0), number(0, 0, 0, 1), number(1, 0, 0, 2)), "1:A#1|2h:A#2"},
		{"out of order", join(number(5, 1, 0, 1), number(2, 0, 0, 2), number(5, 0, 0, 3)), "3:A#2|6:A#3 B#1"},
		{"chart within", join(number(0, 0, 0, 1), rec(recBOF, versionBIFF8, 0x20, 0, 0), number(7, 0, 0, 9), rec(recEOF), number(1, 0, 0, 2)), "1:A#1|2:A#2"},
		{"text over two records", join(rec(recLabel, 0, 0, 0, 6, narrow("abc")), rec(recContinue, wide("dé€"))), "1:A=abcdé€"},
		{"columns too far", join(number(0, 255, 0, 1), number(0, 256, 0, 2)), "1:IV#1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := xlstest.Book{Globals: globals, Sheets: [][]byte{c.sheet}}.Bytes()
			for _, form := range [][]byte{data, xlstest.Container("Workbook", data)} {
				g, err := read(form, Limits{})
				if err != nil {
					t.Fatal(err)
				}
				if got := dump(g); got != c.want {
					t.Errorf("got  %q\nwant %q", got, c.want)
				}
			}
		})
	}
}

func TestBIFF5(t *testing.T) {
	data := xlstest.Book{Version: versionBIFF5, Globals: join(rec(recCodePage, 0x8000), rec(recFormat, 164, "\x05", "00000"), xf(164)), Names: []string{"\x8et\x8e"},
		Sheets: [][]byte{join(rec(recLabel, 0, 0, 0, 4, "R\x8egl"), number(0, 1, 0, 7), formula(0, 2, 0, 2, "\x44\x00\xc0\x01\x1e\x02\x00\x05"))}}.Bytes()
	w, err := open(xlstest.Container("Book", data), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	g, err := w.Read(context.Background(), 0, 0)
	if err != nil || dump(g) != "1:A=5Régl B#57 C~5B1*2" || w.Tables()[0].Name != "été" {
		t.Error(dump(g), w.Tables(), err)
	}
}

// A table of shared strings is cut anywhere into records, even within a text.
func TestSharedStringsCut(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	texts := []string{"abc", "éàü€", "un texte assez long pour être coupé", "", "z😀z"}
	for range 300 {
		var body []byte
		var sst []byte
		kind := recSST
		emit := func() {
			sst = append(sst, rec(kind, body)...)
			body, kind = nil, recContinue
		}
		body = append(body, make([]byte, 4)...)
		body = binary.LittleEndian.AppendUint32(body, uint32(len(texts)))
		for _, s := range texts {
			units := utf16.Encode([]rune(s))
			rich := rnd.IntN(2)
			body = binary.LittleEndian.AppendUint16(body, uint16(len(units)))
			body = append(body, byte(1|rich<<3))
			if rich == 1 {
				body = append(body, 1, 0)
			}
			for _, u := range units {
				if rnd.IntN(4) == 0 {
					emit()
					body = append(body, 1)
				}
				body = binary.LittleEndian.AppendUint16(body, u)
			}
			for range 4 * rich {
				if rnd.IntN(4) == 0 {
					emit()
				}
				body = append(body, 'r')
			}
			if rnd.IntN(4) == 0 {
				emit()
			}
		}
		emit()
		var cells []byte
		for i := range texts {
			cells = append(cells, rec(recLabelSST, i, 0, 0, uint32(i))...)
		}
		g, err := read(xlstest.Book{Globals: sst, Sheets: [][]byte{cells}}.Bytes(), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range texts {
			if got := g.String(g.At(i+1, 0)); got != want {
				t.Fatalf("%q, want %q", got, want)
			}
		}
	}
}

func TestSheets(t *testing.T) {
	w, err := open(xlstest.Book{Sheets: [][]byte{number(0, 0, 0, 1), number(0, 0, 0, 2), number(0, 0, 0, 3)}, Names: []string{"Un", "D\xe9", "Trois"}, States: []byte{0, 1, 2},
		Globals: join(rec(recDateMode, 1), rec(recBoundSheet, uint32(99), byte(0), byte(2), byte(1), narrow("G")))}.Bytes(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(w.Tables()); got != "[{Un false} {Dé true} {Trois true}]" {
		t.Error(got)
	}
	for i := range 3 {
		if g, err := w.Read(context.Background(), i, 0); err != nil || dump(g) != fmt.Sprintf("1:A#%d", i+1) || !g.Date1904 {
			t.Error(i, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	one := number(0, 0, 0, 1)
	good := xlstest.Book{Sheets: [][]byte{one}}.Bytes()
	whole := xlstest.Container("Workbook", good)
	broken := func(at int, v uint32) []byte {
		b := bytes.Clone(whole)
		binary.LittleEndian.PutUint32(b[at:], v)
		return b
	}
	many := func(n int, r []byte) []byte { return bytes.Repeat(r, n) }
	for _, c := range []struct {
		name   string
		data   []byte
		limits Limits
		code   string
	}{
		{"encrypted", xlstest.Book{Globals: rec(recFilePass, 1, 1), Sheets: [][]byte{one}}.Bytes(), Limits{}, "encrypted"},
		{"encrypted package", xlstest.Container("EncryptedPackage", good), Limits{}, "encrypted"},
		{"a letter", xlstest.Container("WordDocument", good), Limits{}, "unsupported_format"},
		{"older", join(rec(0x0009, 2, 0x10), one), Limits{}, "unsupported_format"},
		{"truncated", good[:len(good)-9], Limits{}, "damaged"},
		{"truncated in globals", good[:40], Limits{}, "damaged"},
		{"truncated container", whole[:1400], Limits{}, "damaged"},
		{"header only", whole[:300], Limits{}, "damaged"},
		{"no sheet", xlstest.Book{}.Bytes(), Limits{}, "damaged"},
		{"table too large", broken(44, 1<<30), Limits{}, "damaged"},
		{"small table too large", broken(64, 1<<30), Limits{}, "damaged"},
		{"index too large", broken(72, 1<<20), Limits{}, "damaged"},
		{"loop", broken(512+4, 1), Limits{}, "damaged"},
		{"sheet nowhere", xlstest.Book{Globals: rec(recBoundSheet, uint32(1<<30), 0, byte(1), narrow("F"))}.Bytes(), Limits{}, "damaged"},
		{"sheets in one place", xlstest.Book{Globals: join(rec(recBoundSheet, uint32(9), 0, byte(1), narrow("F")), rec(recBoundSheet, uint32(9), 0, byte(1), narrow("G")))}.Bytes(), Limits{}, "damaged"},
		{"string cut off", xlstest.Book{Globals: rec(recSST, uint32(0), uint32(1), 9, narrow("abc")), Sheets: [][]byte{one}}.Bytes(), Limits{}, "damaged"},
		{"too many strings", xlstest.Book{Globals: rec(recSST, uint32(0), uint32(1<<31)), Sheets: [][]byte{one}}.Bytes(), Limits{}, "too_large"},
		{"too much text", xlstest.Book{Globals: rec(recSST, uint32(0), uint32(1), 9, narrow("abcdefghi")), Sheets: [][]byte{one}}.Bytes(), Limits{Text: 8}, "too_large"},
		{"too much text in cells", xlstest.Book{Sheets: [][]byte{many(9, rec(recLabel, 0, 0, 0, 3, narrow("abc")))}}.Bytes(), Limits{Text: 20}, "too_large"},
		{"too many cells", xlstest.Book{Sheets: [][]byte{many(9, one)}}.Bytes(), Limits{Cells: 8}, "too_large"},
		{"too many sheets", xlstest.Book{Sheets: [][]byte{one, one, one}}.Bytes(), Limits{Sheets: 2}, "too_large"},
		{"file too large", good, Limits{Size: 50}, "too_large"},
		{"cell too long", xlstest.Book{Sheets: [][]byte{join(rec(recLabel, 0, 0, 0, 40000, narrow(strings.Repeat("a", 8000))), many(4, rec(recContinue, narrow(strings.Repeat("é", 8000)))))}}.Bytes(), Limits{}, "too_large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := read(c.data, c.limits); ledger.CodeOf(err) != c.code {
				t.Errorf("%v, want %s", err, c.code)
			}
		})
	}
}

// A container whose tables go round in circles, or whose directory fills the whole file, must cost little.
func TestHostileContainers(t *testing.T) {
	whole := xlstest.Container("Workbook", make([]byte, 16<<20))
	start := time.Now()
	for at := 512; at < 4096; at += 4 {
		b := bytes.Clone(whole[:1<<20])
		binary.LittleEndian.PutUint32(b[at:], uint32(at%7))
		if _, err := read(b, Limits{}); err == nil {
			t.Error("taken")
		}
	}
	directory := bytes.Clone(whole)
	le := binary.LittleEndian
	first := le.Uint32(directory[48:]) + 1
	le.PutUint32(directory[48:], first)
	if _, err := read(directory, Limits{}); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Error(err)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Error(took)
	}
}

func TestCancelAndProgress(t *testing.T) {
	var cells []byte
	for i := range 60_000 {
		cells = append(cells, join(number(i, 0, 0, float64(i)), number(i, 1, 0, 1.5))...)
	}
	data := xlstest.Container("Workbook", xlstest.Book{Sheets: [][]byte{cells}}.Bytes())
	ctx, cancel := context.WithCancel(context.Background())
	w, err := Open(ctx, bytes.NewReader(data), int64(len(data)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	w.OnProgress(func(done, total int64) {
		if calls++; done > total {
			t.Error(done, total)
		}
		cancel()
	})
	if g, err := w.Read(context.Background(), 0, 20); err != nil || g.Len() != 20 {
		t.Error(g.Len(), err)
	}
	if _, err := w.Read(ctx, 0, 0); err != context.Canceled || calls != 1 {
		t.Error(err, calls)
	}
}

// The public samples, as other programs read them: for each sheet its rows and cells that hold something.
func TestSamples(t *testing.T) {
	dir := os.Getenv("QUITUS_FIXTURES")
	if dir == "" {
		t.Skip("QUITUS_FIXTURES is not set: the sample workbooks are not read")
	}
	for name, want := range map[string]string{
		"biff5-label-records": "worksheet1 17/62", "big-texty-numbers-xls": "Sheet1 7/21", "clippy": "list-column 5/10, two-row-header 3/12",
		"color-date-xls": "Sheet1 8/8, Sheet2 0/0, Sheet3 0/0", "dates-1904": "Sheet1 1/5", "datetime-rounding": "Sheet1 5/10", "deaths": "arts 19/82, other 19/81",
		"empty-sheets": "empty 0/0, header_only 1/2", "iris-excel-xls": "iris 151/755", "missing-first-column": "Sheet1 3/3, Sheet2 0/0, Sheet3 0/0",
		"more-than-256-unique-strings-xls": "Sheet1 258/258", "names-need-repair-xls": "Sheet1 3/11", "numbers-as-na-and-shared-strings-xls": "Sheet1 2/4",
		"style-only-cells": "Data 4/13", "type-me": "logical_coercion 11/21, numeric_coercion 8/15, date_coercion 8/15, text_coercion 7/13",
		"types":            "guess_me 5/21, guess_max 4/4, smorgasbord 20/39, logical_coercion 18/35, date_coercion 7/7, numeric_coercion 7/7, text_coercion 9/17",
		"utf8-sheet-names": "µ 2/2, ∂ 2/2", "whitespace-xls": "whitespace 7/7, logical_and_NA 3/3",
	} {
		data, err := os.ReadFile(filepath.Join(dir, "formats", "xls", name+".xls"))
		if err != nil {
			t.Fatal(err)
		}
		w, err := open(data, Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for i, table := range w.Tables() {
			g, err := w.Read(context.Background(), i, 0)
			if err != nil {
				t.Fatal(name, err)
			}
			cells, _ := g.Size()
			got = append(got, fmt.Sprintf("%s %d/%d", table.Name, g.Len(), cells))
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%s: %s, want %s", name, s, want)
		}
	}
}

func FuzzWorkbook(f *testing.F) {
	small := xlstest.Book{Globals: join(rec(recFormat, 164, 3, narrow("000")), xf(164), rec(recSST, uint32(1), uint32(1), 2, narrow("un"))),
		Sheets: [][]byte{join(rec(recLabelSST, 0, 0, 0, uint32(0)), rec(recMulRK, 4, 1, 0, uint32(6), 1, uint32(7), 2), formula(0, 1, textResult, 2, "\x44\x01\x00\x01\xc0\x1e\x02\x00\x05"), rec(recString, 1, narrow("x")), rec(recMergedCells, 1, 0, 1, 0, 1))}}.Bytes()
	f.Add(small)
	f.Add(xlstest.Container("Workbook", small))
	f.Add(xlstest.Book{Version: versionBIFF5, Sheets: [][]byte{rec(recLabel, 0, 0, 0, 1, "x")}}.Bytes())
	f.Fuzz(check)
}

// FuzzRecords puts what is drawn between the right beginnings and ends, so that it is read.
func FuzzRecords(f *testing.F) {
	f.Add(join(rec(recFormat, 164, 3, narrow("000")), xf(164), rec(recSST, uint32(2), uint32(2), 2, narrow("un"), 3, "\x0c", 1, uint32(2), "abcruch", "ph")),
		join(rec(recLabelSST, 0, 0, 0, uint32(0)), rec(recMulRK, 4, 1, 0, uint32(6), 1, uint32(7), 2), formula(0, 1, textResult, 2, "\x44\x01\x00\x01\xc0\x1e\x02\x00\x05"), rec(recString, 1, narrow("x")), rec(recMergedCells, 1, 0, 1, 0, 1)), true)
	f.Add(rec(recCodePage, 850), join(rec(recLabel, 0, 0, 0, 1, "x"), rec(recRow, 0, 0, 9, 0, 0, 0, 0x20, 0), rec(recBoolErr, 0, 0, 0, byte(1), byte(0))), false)
	f.Fuzz(func(t *testing.T, globals, sheet []byte, biff8 bool) {
		b := xlstest.Book{Globals: globals, Sheets: [][]byte{sheet}}
		if !biff8 {
			b.Version = versionBIFF5
		}
		check(t, b.Bytes())
	})
}

func check(t *testing.T, data []byte) {
	w, err := open(data, Limits{Cells: 50_000, Strings: 50_000, Text: 1 << 22, Sheets: 8})
	for i := 0; err == nil && i < len(w.Tables()); i++ {
		var g *grid.Grid
		if g, err = w.Read(context.Background(), i, 0); err != nil {
			break
		}
		last := int32(0)
		for k := range g.Len() {
			r := g.Row(k)
			if r.Line <= last || r.Line > 65_536 {
				t.Errorf("line %d after %d", r.Line, last)
			}
			last = r.Line
			for _, c := range g.Cells(r) {
				g.Bytes(c)
				g.FormatOf(c)
			}
		}
	}
	switch code := ledger.CodeOf(err); {
	case err == nil, code == "damaged", code == "too_large", code == "encrypted", code == "unsupported_format":
	default:
		t.Error(err)
	}
}
