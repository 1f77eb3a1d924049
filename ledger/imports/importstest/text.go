package importstest

import (
	"fmt"
	"html"
	"strings"
)

// Delimited writes rows as a text whose columns are set apart by sep and whose lines end with end (RFC 4180).
func Delimited(rows [][]string, sep, end string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, c := range row {
			if i > 0 {
				b.WriteString(sep)
			}
			if strings.ContainsAny(c, sep+"\n\"") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
		b.WriteString(end)
	}
	return b.String()
}

// HTML writes rows as the table of a web page.
func HTML(rows [][]string) string {
	var b strings.Builder
	b.WriteString("<html><head><meta http-equiv=Content-Type content='text/html; charset=utf-8'></head><body><table border=1>\n")
	for _, row := range rows {
		b.WriteString("<tr>")
		for _, c := range row {
			b.WriteString("<td>" + strings.ReplaceAll(html.EscapeString(c), "\n", "<br>") + "</td>")
		}
		b.WriteString("</tr>\n")
	}
	return b.String() + "</table></body></html>"
}

// SpreadsheetML writes rows as the XML of Excel 2003, every cell a text.
func SpreadsheetML(rows [][]string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="F"><Table>`)
	for i, row := range rows {
		fmt.Fprintf(&b, `<Row ss:Index="%d">`, i+1)
		for _, c := range row {
			fmt.Fprintf(&b, `<Cell><Data ss:Type="String">%s</Data></Cell>`, html.EscapeString(c))
		}
		b.WriteString("</Row>")
	}
	return b.String() + "</Table></Worksheet></Workbook>"
}
