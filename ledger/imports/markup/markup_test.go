package markup

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

type reader func(context.Context, io.ReaderAt, int64, Limits, func(done, total int64)) (*Document, error)

func read(f reader, data string, limits Limits) (*Document, error) {
	return f(context.Background(), strings.NewReader(data), int64(len(data)), limits, nil)
}

// dump writes the tables as one line a row: "3:A=text B#12.5", tables apart by two bars and behind their names.
func dump(d *Document) string {
	marks := map[grid.Kind]string{grid.Text: "=", grid.Number: "#", grid.ISODate: "@", grid.Bool: "?", grid.Error: "!", grid.Uncached: "~"}
	var tables []string
	for i, t := range d.Tables() {
		g, _ := d.Read(context.Background(), i, 0)
		var lines []string
		for k := range g.Len() {
			r := g.Row(k)
			var cells []string
			for _, c := range g.Cells(r) {
				mark := marks[c.Kind]
				if g.FormatOf(c).Date {
					mark += "d"
				}
				cells = append(cells, grid.Letters(int(c.Col))+mark+g.String(c))
			}
			hidden := ""
			if r.Hidden {
				hidden = "h"
			}
			lines = append(lines, fmt.Sprintf("%d%s:%s", r.Line, hidden, strings.Join(cells, " ")))
		}
		name := t.Name
		if t.Hidden {
			name += "(h)"
		}
		if name != "" {
			name += " "
		}
		tables = append(tables, name+strings.Join(lines, "|"))
	}
	return strings.Join(tables, "||")
}

func TestPages(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"plain", "<html><body><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td></td><td>3</td></tr></table>", "1:A=a B=b|2:A=1 C=3"},
		{"ends left out", "<table><tr><td>a<td>b<tr><td>1<td>2</table>", "1:A=a B=b|2:A=1 B=2"},
		{"no rows", "<table><td>a</td><td>b</td></table>", "1:A=a B=b"},
		{"entities", "<table><tr><td>N&deg; &eacute;&#233;&#xe9; &amp;lt; 1&nbsp;265,98&nbsp;&euro;</td></tr></table>", "1:A=N° ééé &lt; 1\u00a0265,98\u00a0€"},
		{"spaces", "<table><tr><td>\n  a \t <b>b</b>\r\n c<br>d<br/> e<p>f</p><div>g</div></td></tr></table>", "1:A=a b c\nd\ne\nf\ng"},
		{"spans", "<table><tr><th colspan=3>t</th><th>d</th></tr><tr><td rowspan=2>x</td><td>1</td><td colspan='2'>2</td></tr><tr><td>3</td><td>4</td><td>5</td></tr><tr><td>6</td></tr></table>",
			"1:A=t D=d|2:A=x B=1 C=2|3:B=3 C=4 D=5|4:A=6"},
		{"parts", "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>c</table>", "1:A=a|2:A=b|3:A=c"},
		{"hidden", "<table><tr style='display: none'><td>a</td></tr><tr><td><span style=\"DISPLAY:none\">20260115<i>x</i></span>15/01/2026</td><td><b hidden>z</td><td>y</td></tr></table>", "1h:A=a|2:A=15/01/2026 C=y"},
		{"scripts", "<script>document.write('<table><tr><td>x')</script><table><tr><td><style>td{}</style>a<script>b</script></td></tr><!-- <tr><td>c --></table>", "1:A=a"},
		{"pages", "<table><tr><td>a</td><td>b</td></tr></table><p>Page 2</p><table><tr><td>c</td><td>d</td></tr></table><table><tr><td>e</td></tr></table>", "1 1:A=a B=b|2:A=c B=d||2 1:A=e"},
		{"layout", "<table><tr><td>menu</td><td><table><tr><th>a</th><th>b</th><th>c</th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table></td></tr></table>", "1 1:A=a B=b C=c|2:A=1 B=2 C=3||2 1:A=menu B=a\nb\nc\n1\n2\n3"},
		{"caption", "<table><caption>Les <i>impayés</i></caption><tr><td>a</td></tr></table>", "Les impayés 1:A=a"},
		{"errors", "<table><tr><td>#REF!</td><td>#N/A</td><td>#12</td></tr></table>", "1:A!#REF! B!#N/A C=#12"},
		{"stored numbers", "<table><tr><td x:num=\"1265.98\">1 265,98</td><td x:num=\"12.5\"> </td><td x:num></td><td sdval='x'></td></tr></table>", "1:A=1 265,98 B#12.5"},
		{"blank", "<table><tr><td>&nbsp;</td><td> </td></tr></table><table></table>", ""},
		{"windows", "<html><head><meta charset=iso-8859-1></head><table><tr><td>r\xe9gl\xe9 \x80</td></tr></table>", "1:A=réglé €"},
		{"says otherwise", "<meta charset=iso-8859-1><table><tr><td>réglé</td></tr></table>", "1:A=réglé"},
		{"Unicode", "\xff\xfe<\x00t\x00a\x00b\x00l\x00e\x00>\x00<\x00t\x00d\x00>\x00\xe9\x00<\x00/\x00t\x00a\x00b\x00l\x00e\x00>\x00", "1:A=é"},
		{"upper case", "<TABLE BORDER=1><TR><TD ALIGN=right>a</TD></TR></TABLE>", "1:A=a"},
		{"page without an end", "<table><tr><td>a</td></tr>", "1:A=a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(HTML, c.data, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if got := dump(d); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

const xmlHead = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<DocumentProperties><Title>x</Title></DocumentProperties><ExcelWorkbook>%s</ExcelWorkbook><Styles><Style ss:ID="Default"/><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="c" ss:Parent="d"><Font/></Style><Style ss:ID="z"><NumberFormat ss:Format="00000"/></Style></Styles>`

func sheets(options, body string) string { return fmt.Sprintf(xmlHead, options) + body + "</Workbook>" }

func sheet(rows string) string {
	return sheets("", `<Worksheet ss:Name="F"><Table><Column ss:Width="9"/>`+rows+`</Table></Worksheet>`)
}

func TestWorkbooks(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"plain", sheet(`<Row><Cell><Data ss:Type="String">a &amp; é</Data></Cell><Cell ss:StyleID="z"><Data ss:Type="Number">12.50</Data></Cell></Row>`), "F 1:A=a & é B#12.50"},
		{"types", sheet(`<Row><Cell><Data ss:Type="DateTime">2026-11-21T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="Number">12,5</Data></Cell><Cell ss:StyleID="c"><Data ss:Type="Number">46000</Data></Cell></Row>`),
			"F 1:A@2026-11-21T00:00:00.000 B?1 C!#N/A D=12,5 E#d46000"},
		{"places", sheet(`<Row ss:Index="3"><Cell ss:Index="2" ss:MergeAcross="2"><Data ss:Type="String">a</Data></Cell><Cell><Data ss:Type="String">b</Data></Cell></Row><Row ss:Hidden="1"><Cell/><Cell><Data ss:Type="String">c</Data></Cell></Row><Row ss:Span="2"/><Row><Cell><Data ss:Type="String">d</Data></Cell></Row>`),
			"F 3:B=a E=b|4h:B=c|8:A=d"},
		{"formulas", sheet(`<Row><Cell ss:Formula="=RC[-1]*2"><Data ss:Type="Number">4</Data></Cell><Cell ss:Formula="=SUM(R1C1)"/></Row>`), "F 1:A#4 B~SUM(R1C1)"},
		{"rich", sheet(`<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>gras</B> et <Style>pas</Style></ss:Data><Comment ss:Author="x"><ss:Data>note</ss:Data></Comment></Cell></Row>`), "F 1:A=gras et pas"},
		{"cdata", sheet(`<Row><Cell><Data ss:Type="String"><![CDATA[a<b>]]></Data></Cell></Row>`), "F 1:A=a<b>"},
		{"prefixed", `<?xml version="1.0"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet ss:Name="G"><ss:Table><ss:Row><ss:Cell><ss:Data ss:Type="Number">1</ss:Data></ss:Cell></ss:Row></ss:Table></ss:Worksheet></ss:Workbook>`, "G 1:A#1"},
		{"two", sheets("<Date1904/>", `<Worksheet ss:Name="A"><Table><Row><Cell><Data ss:Type="Number">1</Data></Cell></Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet><Worksheet ss:Name="B"/>`), "A(h) 1:A#1||B "},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(SpreadsheetML, c.data, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if got := dump(d); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			if d.grids[0].Date1904 != strings.Contains(c.data, "1904") {
				t.Error("days are counted from another year")
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	row := "<tr><td>abc<td>def</tr>"
	cell := `<Row><Cell><Data ss:Type="String">abc</Data></Cell></Row>`
	for _, c := range []struct {
		name   string
		f      reader
		data   string
		limits Limits
		code   string
	}{
		{"breaks off", HTML, "<html><table><tr><td>abc", Limits{}, "damaged"},
		{"rows", HTML, "<table>" + strings.Repeat(row, 9), Limits{Rows: 8}, "too_large"},
		{"cells", HTML, "<table>" + strings.Repeat(row, 9), Limits{Cells: 17}, "too_large"},
		{"text", HTML, "<table>" + strings.Repeat(row, 9), Limits{Text: 50}, "too_large"},
		{"tables", HTML, strings.Repeat("<table>"+row+"</table><table><td>x</table>", 9), Limits{Tables: 9}, "too_large"},
		{"cell", HTML, "<table><td>" + strings.Repeat("é", maxChars+1) + "</table>", Limits{}, "too_large"},
		{"depth", HTML, strings.Repeat("<table><tr><td>", 100_000), Limits{}, "too_large"},
		{"attribute", HTML, "<table><td title='" + strings.Repeat("x", maxToken+10), Limits{}, "too_large"},
		{"breaks off", SpreadsheetML, sheet(cell)[:590], Limits{}, "damaged"},
		{"end of nothing", SpreadsheetML, "<a></ss:></b>", Limits{}, "damaged"},
		{"order", SpreadsheetML, sheet(`<Row ss:Index="5"/><Row ss:Index="2"/>`), Limits{}, "damaged"},
		{"far row", SpreadsheetML, sheet(`<Row ss:Index="99999999"/>`), Limits{}, "too_large"},
		{"rows", SpreadsheetML, sheet(strings.Repeat(cell, 9)), Limits{Rows: 8}, "too_large"},
		{"cells", SpreadsheetML, sheet(strings.Repeat(cell, 9)), Limits{Cells: 8}, "too_large"},
		{"cell", SpreadsheetML, sheet(`<Row><Cell><Data ss:Type="String">` + strings.Repeat("é<x/>", maxChars+1) + `</Data></Cell></Row>`), Limits{}, "too_large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := read(c.f, c.data, c.limits); ledger.CodeOf(err) != c.code {
				t.Errorf("%v, want %s", err, c.code)
			}
		})
	}
}

// Spans and depth cost nothing, whatever a page claims.
func TestBombs(t *testing.T) {
	for name, data := range map[string]string{
		"spans":  "<table>" + strings.Repeat("<tr><td colspan=1000 rowspan=65534>x", 100_000),
		"tables": strings.Repeat("<table><td>x</table>", 500_000),
		"nested": strings.Repeat(strings.Repeat("<table><td>x", 60)+strings.Repeat("</table>", 60), 2000),
		"tags":   "<table><td>" + strings.Repeat("<b>", 1_000_000),
		"rows":   "<table>" + strings.Repeat("<tr>", 1_100_000),
		"attrs":  "<table><td " + strings.Repeat("a=b ", 1_000_000) + ">x</table>",
	} {
		start := time.Now()
		if _, err := read(HTML, data, Limits{}); err != nil && ledger.CodeOf(err) != "too_large" && ledger.CodeOf(err) != "damaged" {
			t.Error(name, err)
		}
		took := time.Since(start)
		t.Log(name, took)
		if took > 8*time.Second {
			t.Error(name, took)
		}
	}
}

func TestCancelAndProgress(t *testing.T) {
	for _, c := range []struct {
		f    reader
		data string
	}{{HTML, "<table>" + strings.Repeat("<tr><td>abc<td>12,50</tr>", 200_000)}, {SpreadsheetML, sheet(strings.Repeat(`<Row><Cell><Data ss:Type="String">abc</Data></Cell></Row>`, 100_000))}} {
		ctx, cancel := context.WithCancel(context.Background())
		calls := 0
		_, err := c.f(ctx, strings.NewReader(c.data), int64(len(c.data)), Limits{}, func(done, total int64) {
			if calls++; done > total {
				t.Error(done, total)
			}
			cancel()
		})
		if err != context.Canceled || calls != 1 {
			t.Error(err, calls)
		}
	}
}

func check(t *testing.T, d *Document, err error) {
	if err != nil {
		if code := ledger.CodeOf(err); code != "damaged" && code != "too_large" {
			t.Error(err)
		}
		return
	}
	for i := range d.Tables() {
		g, _ := d.Read(context.Background(), i, 0)
		last := int32(0)
		for k := range g.Len() {
			r := g.Row(k)
			if r.Line <= last {
				t.Errorf("line %d after %d", r.Line, last)
			}
			last = r.Line
			col := -1
			for _, c := range g.Cells(r) {
				if int(c.Col) <= col || len(g.Bytes(c)) > 4*maxChars {
					t.Errorf("column %d after %d", c.Col, col)
				}
				col = int(c.Col)
				g.FormatOf(c)
			}
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{"<table><tr><td rowspan=2 colspan=3>a<td>b<tr><td>1</table>", "<table><td><table><td>x</table><b hidden>y</table><table><td>z<br>&eacute;", "\xff\xfe<\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := HTML(context.Background(), bytes.NewReader(data), int64(len(data)), Limits{Cells: 50_000, Rows: 50_000}, nil)
		check(t, d, err)
	})
}

func FuzzSpreadsheetML(f *testing.F) {
	f.Add([]byte(sheet(`<Row ss:Index="3" ss:Span="2"><Cell ss:Index="2" ss:MergeAcross="2" ss:StyleID="c"><Data ss:Type="DateTime">2026-11-21</Data></Cell><Cell ss:Formula="=A1"/></Row>`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := SpreadsheetML(context.Background(), bytes.NewReader(data), int64(len(data)), Limits{Cells: 50_000, Rows: 50_000}, nil)
		check(t, d, err)
	})
}
