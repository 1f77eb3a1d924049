package exports

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"quitus/ledger"
)

// CSVStyle is how a CSV file is written, for the spreadsheet of a country to open it well.
type CSVStyle struct {
	Separator rune
	Decimal   string // decimal sign
	Day       string // layout of days, as package time has them
	Mark      bool   // byte order mark, by which spreadsheets know UTF-8
}

// Styles of CSV files.
var (
	FrenchCSV  = CSVStyle{';', ",", "02/01/2006", true}
	EnglishCSV = CSVStyle{',', ".", "2006-01-02", true}
)

// WriteCSV writes a sheet as CSV: its header, its rows and no totals, so that every line is a record.
func WriteCSV(w io.Writer, s Sheet, style CSVStyle) error {
	if style.Mark {
		if _, err := io.WriteString(w, "\uFEFF"); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = style.Separator, true
	line := make([]string, len(s.Columns))
	for k, c := range s.Columns {
		line[k] = harmless(c.Title)
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for row := range s.Rows {
		line = line[:0]
		for _, v := range row {
			line = append(line, style.cell(v))
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (style CSVStyle) cell(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return harmless(x)
	case int:
		return strconv.Itoa(x)
	case ledger.Money:
		return strings.Replace(x.Decimal(), ".", style.Decimal, 1)
	case ledger.Date:
		if x == 0 {
			return ""
		}
		y, m, d := x.Civil()
		return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Format(style.Day)
	case time.Time:
		return x.Format(time.DateTime)
	}
	return harmless(fmt.Sprint(v))
}

// harmless puts an apostrophe before a text that spreadsheets would take for a formula (OWASP, CSV
// injection: first character = + - @, tab or line end, and their wide forms), and before one that has
// such apostrophes of its own, so that reading the file takes away just the one (package delimited).
func harmless(s string) string {
	for _, r := range strings.TrimLeft(s, "'") {
		if strings.ContainsRune("=+-@\t\r\n＝＋－＠", r) {
			return "'" + s
		}
		break
	}
	return s
}
