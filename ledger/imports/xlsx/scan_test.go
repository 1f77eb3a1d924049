package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// book makes a workbook of one sheet from the XML within sheetData, or from a whole part that begins with "<?xml" or "\xff".
func book(t testing.TB, sheet string, more map[string]string) []byte {
	t.Helper()
	parts := map[string]string{
		"_rels/.rels":     `<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="Feuil1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
			<Relationship Id="rId2" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="http://x/styles" Target="styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": sheet,
	}
	if !strings.HasPrefix(sheet, "<?xml") && !strings.HasPrefix(sheet, "\xff") && !strings.HasPrefix(sheet, "\ufeff") && !strings.HasPrefix(sheet, "<x:") {
		parts["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData>" + sheet + "</sheetData></worksheet>"
	}
	for name, text := range more {
		parts[name] = text
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range parts {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func scan(data []byte, limits Limits) (*grid.Grid, error) {
	w, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		return nil, err
	}
	return w.Read(context.Background(), 0, 0)
}

// dump writes a grid as one line a row: "3:A=text B#12.5".
func dump(g *grid.Grid) string {
	marks := map[grid.Kind]string{grid.Text: "=", grid.Number: "#", grid.ISODate: "@", grid.Bool: "?", grid.Error: "!", grid.Uncached: "~"}
	var lines []string
	for i := range g.Len() {
		r := g.Row(i)
		var cells []string
		for _, c := range g.Cells(r) {
			cells = append(cells, grid.Letters(int(c.Col))+marks[c.Kind]+g.String(c))
		}
		hidden := ""
		if r.Hidden {
			hidden = "h"
		}
		lines = append(lines, fmt.Sprintf("%d%s:%s", r.Line, hidden, strings.Join(cells, " ")))
	}
	return strings.Join(lines, "|")
}

func TestOddities(t *testing.T) {
	shared := map[string]string{"xl/sharedStrings.xml": `<sst><si><t>un</t></si><si><r><t>de</t></r><r><rPr><b/></rPr><t xml:space="preserve">ux </t></r><rPh sb="0"><t>x</t></rPh></si><si/><si><t>a_x000D_b_x0041_ _xZZZZ_</t></si></sst>`}
	for _, c := range []struct{ name, sheet, want string }{
		{"plain", `<row r="2"><c r="A2"><v>1.5</v></c><c r="C2" t="str"><v>x</v></c></row>`, "2:A#1.5 C=x"},
		{"shared", `<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c><c t="s"><v>9</v></c><c t="s"><v>-1</v></c></row>`, "1:A=un B=deux  D=a\rbA _xZZZZ_ E!#REF! F!#REF!"},
		{"inline", `<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><r><t>b</t></r><r><t>c</t></r><phoneticPr/></is></c></row>`, "1:A=a B=bc"},
		{"entities", `<row><c t="str"><v>&lt;&amp;&quot;&apos;&#233;&#xE9;&#0;&nope; &</v></c></row>`, `1:A=<&"'éé&#0;&nope; &`},
		{"cdata", `<row><c t="str"><v>a<![CDATA[<b>&amp;]]>c</v></c></row>`, "1:A=a<b>&amp;c"},
		{"comment", `<row><!-- <c><v>1</v></c> > --><c><v>1<!-- x -->2</v></c></row>`, "1:A#12"},
		{"types", `<row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-11-21T00:00:00</v></c><c t="n"><v> 7 </v></c></row>`, "1:A?1 B!#N/A C@2026-11-21T00:00:00 D#7"},
		{"formulas", `<row><c><f>A1+1</f><v>3</v></c><c><f>A1*2</f></c><c><f>B1</f><v></v></c><c t="str"><f>""</f><v></v></c><c><f t="shared" si="1"/><v/></c></row>`, "1:A#3 B~A1*2 C~B1 E~"},
		{"no references", `<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>4</v></c></row>`, "1:A#1 C#3|3:A#4"},
		{"mixed references", `<row r="5"><c r="B5"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>`, "5:B#1 C#2|6:A#3"},
		{"out of order", `<row r="5"><c><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c><c r="A3"><v>3</v></c></row>`, "3:B#2 A#3|5:A#1"},
		{"hidden", `<row r="1" hidden="1"><c><v>1</v></c></row><row hidden="true"><c><v>2</v></c></row><row hidden="0"><c><v>3</v></c></row>`, "1h:A#1|2h:A#2|3:A#3"},
		{"quotes", `<row r='1' x="a>b"><c r='A1' t='str' y='"' ><v >z</v ></c ></row >`, "1:A=z"},
		{"prefix", `<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>p</x:v></x:c></x:row></x:sheetData></x:worksheet>`, "1:A=p"},
		{"line ends", "<row><c t=\"str\"><v>a\r\nb\rc</v></c></row>", "1:A=a\nb\nc"},
		{"bad utf-8", "<row><c t=\"str\"><v>a\xffb</v></c></row>", "1:A=a\uFFFDb"},
		{"not a number", `<row><c><v>abc</v></c><c><v>1E-2</v></c><c><v>12 345,6 F</v></c></row>`, "1:A=abc B#1E-2 C=12 345,6 F"},
		{"space", `<row><c t="str"><v xml:space="preserve">  a </v></c></row>`, "1:A=  a "},
		{"latin", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><worksheet><sheetData><row><c t=\"str\"><v>\xe9t\xe9</v></c></row></sheetData></worksheet>", "1:A=été"},
		{"utf-16", utf16("<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet><sheetData><row><c t=\"str\"><v>été</v></c></row></sheetData></worksheet>"), "1:A=été"},
		{"bom", "\ufeff<?xml version=\"1.0\"?><worksheet><sheetData><row><c t=\"str\"><v>é</v></c></row></sheetData></worksheet>", "1:A=é"},
		{"columns left out", `<row><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>`, "1:A#1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, err := scan(book(t, c.sheet, shared), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if got := dump(g); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func utf16(s string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

func TestRefusals(t *testing.T) {
	full := book(t, `<row><c><v>1</v></c></row>`, nil)
	for _, c := range []struct {
		name   string
		data   []byte
		limits Limits
		code   string
	}{
		{"truncated archive", full[:len(full)-30], Limits{}, "damaged"},
		{"no archive", []byte("PK"), Limits{}, "damaged"},
		{"cut off", book(t, "<?xml version=\"1.0\"?><worksheet><sheetData><row><c><v>1", nil), Limits{}, "damaged"},
		{"crossed", book(t, "</row></row></row></row>", nil), Limits{}, "damaged"},
		{"document type", book(t, "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaa\">]><worksheet/>", nil), Limits{}, "damaged"},
		{"bad reference", book(t, `<row><c r="1A"><v>1</v></c></row>`, nil), Limits{}, "damaged"},
		{"bad row", book(t, `<row r="0"><c><v>1</v></c></row>`, nil), Limits{}, "damaged"},
		{"too deep", book(t, strings.Repeat("<a>", 500)+strings.Repeat("</a>", 500), nil), Limits{}, "damaged"},
		{"row too far", book(t, `<row r="1048577"><c><v>1</v></c></row>`, nil), Limits{}, "too_large"},
		{"column too far", book(t, `<row><c r="XFE1"><v>1</v></c></row>`, nil), Limits{}, "too_large"},
		{"cell too long", book(t, `<row><c t="str"><v>`+strings.Repeat("é", maxCellChars+1)+`</v></c></row>`, nil), Limits{}, "too_large"},
		{"too many cells", book(t, strings.Repeat(`<row><c><v>1</v></c><c><v>2</v></c></row>`, 6), nil), Limits{Cells: 11}, "too_large"},
		{"too much text", book(t, strings.Repeat(`<row><c t="str"><v>abcdef</v></c></row>`, 6), nil), Limits{Text: 30}, "too_large"},
		{"too many strings", book(t, "", map[string]string{"xl/sharedStrings.xml": "<sst>" + strings.Repeat("<si><t>a</t></si>", 9) + "</sst>"}), Limits{Strings: 8}, "too_large"},
		{"too many parts", book(t, "", map[string]string{"a": "", "b": ""}), Limits{Entries: 4}, "too_large"},
		{"part too large", book(t, strings.Repeat(`<row><c><v>1</v></c></row>`, 1000), nil), Limits{Part: 10_000}, "too_large"},
		{"total too large", book(t, strings.Repeat(`<row><c><v>1</v></c></row>`, 1000), nil), Limits{Total: 10_000}, "too_large"},
		{"ratio", book(t, strings.Repeat(`<row><c><v>1</v></c></row>`, 100_000), nil), Limits{RatioFrom: 1 << 20}, "too_large"},
		{"document", book(t, "", map[string]string{"_rels/.rels": "<Relationships/>", "xl/workbook.xml": "<workbook/>"}), Limits{}, "damaged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, err := scan(c.data, c.limits)
			if code := ledger.CodeOf(err); code != c.code {
				t.Errorf("%q (%v), want %q; %v", code, err, c.code, g)
			}
		})
	}
}

// A bomb must be refused before it costs anything: a gigabyte that packs to a megabyte, with every limit as it is in use.
func TestBomb(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="F" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
	} {
		f, _ := w.Create(name)
		f.Write([]byte(text))
	}
	f, _ := w.Create("xl/worksheets/sheet1.xml")
	f.Write([]byte("<worksheet><sheetData>"))
	row := []byte(strings.Repeat(`<row><c t="inlineStr"><is><t>AAAAAAAAAAAAAAAAAAAA</t></is></c></row>`, 1000))
	for range 1000 {
		f.Write(row)
	}
	w.Close()
	start := time.Now()
	_, err := scan(out.Bytes(), Limits{})
	if ledger.CodeOf(err) != "too_large" || time.Since(start) > 5*time.Second {
		t.Error(err, time.Since(start))
	}
}

func TestCancel(t *testing.T) {
	data := book(t, strings.Repeat(`<row><c><v>1</v></c></row>`, 200_000), nil)
	ctx, cancel := context.WithCancel(context.Background())
	w, err := Open(ctx, bytes.NewReader(data), int64(len(data)), Limits{RatioFrom: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	w.OnProgress(func(done, total int64) {
		if calls++; done > total {
			t.Errorf("%d of %d", done, total)
		}
		cancel()
	})
	if _, err = w.Read(ctx, 0, 0); err != context.Canceled || calls != 1 {
		t.Error(err, calls)
	}
}

// What the scanner reads is what excelize reads.
func TestAgainstExcelize(t *testing.T) {
	t.Run("generated", func(t *testing.T) {
		rnd := rand.New(rand.NewPCG(1, 2))
		f := excelize.NewFile()
		for i := range 300 {
			for range rnd.IntN(8) {
				name, _ := excelize.CoordinatesToCellName(1+rnd.IntN(30), i+1)
				var v any
				switch rnd.IntN(5) {
				case 0:
					v = rnd.NormFloat64() * 1e4
				case 1:
					v = rnd.IntN(1e9)
				case 2:
					v = "é<&>\"' _x0041_ \n" + strings.Repeat("z", rnd.IntN(50))
				case 3:
					v = rnd.IntN(2) == 0
				default:
					v = "  "
				}
				if err := f.SetCellValue("Sheet1", name, v); err != nil {
					t.Fatal(err)
				}
			}
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		compare(t, out.Bytes())
	})
	dir := os.Getenv("QUITUS_FIXTURES")
	if dir == "" {
		t.Skip("QUITUS_FIXTURES is not set: the sample registers are not read")
	}
	files, _ := filepath.Glob(filepath.Join(dir, "registers", "*.xls*"))
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil || !bytes.HasPrefix(data, []byte("PK")) || strings.Contains(name, "21_") || strings.Contains(name, "24_") {
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) { compare(t, data) })
	}
}

func compare(t *testing.T, data []byte) {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Sheets) != f.SheetCount {
		t.Fatalf("%d sheets, want %d", len(w.Sheets), f.SheetCount)
	}
	for i, info := range w.Sheets {
		g, err := w.Read(context.Background(), i, 0)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows(info.Name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for r, row := range rows {
			for c, want := range row {
				cell := g.At(r+1, c)
				got := g.String(cell)
				if cell.Kind == grid.Uncached {
					got = ""
				}
				if got != want {
					t.Errorf("%s %s%d: %q, want %q", info.Name, grid.Letters(c), r+1, got, want)
				}
				if cell.Kind != grid.Empty {
					seen++
				}
			}
		}
		if n, _ := g.Size(); n != seen {
			t.Errorf("%s: %d cells, want %d", info.Name, n, seen)
		}
	}
}

func FuzzSheet(f *testing.F) {
	for _, s := range []string{
		`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, `<row><c t="inlineStr"><is><r><t>a&amp;</t></r></is></c></row>`,
		`<row><c><f>A1+1</f><v/></c><![CDATA[x]]><!-- y --></row>`, `<x:row r='2' hidden="1"/>`, "\xff\xfe<\x00", `<row r="1`,
	} {
		f.Add([]byte("<?xml version=\"1.0\"?><worksheet><sheetData>"+s+"</sheetData></worksheet>"), []byte(`<sst><si><t>a</t></si></sst>`))
	}
	f.Fuzz(func(t *testing.T, sheet, strs []byte) {
		data := book(t, "<?xml", map[string]string{"xl/worksheets/sheet1.xml": string(sheet), "xl/sharedStrings.xml": string(strs), "xl/styles.xml": string(strs)})
		g, err := scan(data, Limits{Cells: 10_000, Strings: 10_000, Part: 1 << 22})
		if err != nil {
			if code := ledger.CodeOf(err); code != "damaged" && code != "too_large" {
				t.Errorf("%s: %v", code, err)
			}
			return
		}
		last := int32(0)
		for i := range g.Len() {
			r := g.Row(i)
			if r.Line < last || r.Line < 1 || r.Line > maxRows {
				t.Errorf("line %d after %d", r.Line, last)
			}
			last = r.Line
			for _, c := range g.Cells(r) {
				if len(g.Bytes(c)) > 4*maxCellChars {
					t.Errorf("%d bytes in a cell", len(g.Bytes(c)))
				}
			}
		}
	})
}
