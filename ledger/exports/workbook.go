package exports

import (
	"fmt"
	"io"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"quitus/ledger"
)

// Sheet is a table: lines of text above it, a header, rows and totals. A cell is nil, a string, an int, a
// ledger.Date, a ledger.Money or a time.Time (shown with its time, in its own zone).
type Sheet struct {
	Name    string // at most 31 characters are used
	Above   []string
	Columns []Column
	Rows    iter.Seq[[]any]
	Totals  [][]any
}

// Column is a column's title and its width in characters.
type Column struct {
	Title string
	Width float64
}

// Write writes a workbook. Rows are written one by one as they come: a sheet of 100,000 of them takes
// little memory. Days are real dates and amounts real numbers in the format of their currency. The same
// sheets give the same bytes.
func Write(w io.Writer, sheets []Sheet) error {
	f := excelize.NewFile()
	defer f.Close()
	f.SetZipWriter(newOrderedZip)
	styles := styles{file: f, ids: map[string]int{}}
	taken := map[string]bool{}
	for k, s := range sheets {
		name := sheetName(s.Name, k, taken)
		if k == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(name); err != nil {
			return err
		}
		if err := writeSheet(f, name, s, &styles); err != nil {
			return fmt.Errorf("sheet %q: %w", name, err)
		}
	}
	return f.Write(w)
}

func writeSheet(f *excelize.File, name string, s Sheet, st *styles) error {
	if err := pageSetup(f, name); err != nil {
		return err
	}
	sw, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for k, c := range s.Columns {
		if err := sw.SetColWidth(k+1, k+1, c.Width); err != nil {
			return err
		}
	}
	out := rowWriter{sw: sw, styles: st}
	header := len(s.Above) + 1
	if len(s.Above) > 0 {
		header++ // an empty line, so that programs tell the title from the table
	}
	if err := sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: header, TopLeftCell: fmt.Sprintf("A%d", header+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for _, line := range s.Above {
		out.add([]any{line}, bold)
	}
	out.line = header - 1
	titles := make([]any, len(s.Columns))
	for k, c := range s.Columns {
		titles[k] = c.Title
	}
	out.add(titles, titleRow)
	for row := range s.Rows {
		out.add(row, plain)
	}
	lastRow := out.line
	for _, row := range s.Totals {
		out.add(row, totalRow)
	}
	if out.err != nil {
		return out.err
	}
	if err := finishSheet(f, name, header, lastRow, len(s.Columns)); err != nil {
		return err
	}
	return sw.Flush()
}

// pageSetup lets a sheet be printed across a landscape A4 page.
func pageSetup(f *excelize.File, name string) error {
	landscape, a4, wide, long, fit := "landscape", 9, 1, 0, true
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &long})
}

// finishSheet adds the filter over the header and its rows, and repeats the header on printed pages.
func finishSheet(f *excelize.File, name string, header, last, columns int) error {
	to, err := excelize.CoordinatesToCellName(columns, max(last, header))
	if err != nil {
		return err
	}
	if err := f.AutoFilter(name, fmt.Sprintf("A%d:%s", header, to), nil); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: name, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", name, header, header),
	})
}

// sheetName makes a name that spreadsheets accept: 1 to 31 characters, none of []:*?/\ and no
// apostrophe, each once in a workbook.
func sheetName(s string, k int, taken map[string]bool) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return ' '
		}
		return r
	}, s)
	for utf8.RuneCountInString(s) > 31 {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	if s = strings.TrimSpace(s); s == "" || taken[strings.ToLower(s)] {
		s = fmt.Sprintf("%d", k+1)
	}
	taken[strings.ToLower(s)] = true
	return s
}

type rowWriter struct {
	sw     *excelize.StreamWriter
	styles *styles
	line   int
	err    error
}

func (o *rowWriter) add(row []any, look look) {
	if o.err != nil {
		return
	}
	o.line++
	cells := make([]any, len(row))
	for k, v := range row {
		if cells[k], o.err = o.styles.cell(v, look); o.err != nil {
			return
		}
	}
	o.err = o.sw.SetRow(fmt.Sprintf("A%d", o.line), cells)
}

// look is how a row is drawn.
type look byte

const (
	plain look = iota
	bold
	titleRow
	totalRow
)

// styles keeps the number of every cell style made, by what it looks like.
type styles struct {
	file *excelize.File
	ids  map[string]int
}

const dayFormat = "dd/mm/yyyy"

// cell gives a value with its style. Text is always a string cell, whatever it looks like.
func (s *styles) cell(v any, look look) (any, error) {
	format := ""
	switch x := v.(type) {
	case nil:
		if look != totalRow && look != titleRow {
			return nil, nil
		}
	case string:
		format = "@"
	case ledger.Date:
		if v = nil; x != 0 {
			v, format = serial(x), dayFormat
		}
	case time.Time:
		if v = nil; !x.IsZero() {
			v, format = moment(x), dayFormat+" hh:mm"
		}
	case ledger.Money:
		format = moneyFormat(x.Currency)
		v = number(x)
	}
	id, err := s.id(format, look)
	return excelize.Cell{StyleID: id, Value: v}, err
}

func (s *styles) id(format string, look look) (int, error) {
	key := format + string(rune('0'+look))
	if id, ok := s.ids[key]; ok {
		return id, nil
	}
	st := excelize.Style{}
	if format != "" {
		st.CustomNumFmt = &format
	}
	switch look {
	case bold:
		st.Font = &excelize.Font{Bold: true}
	case titleRow:
		st.Font = &excelize.Font{Bold: true}
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E4EAEC"}}
		st.Border = []excelize.Border{{Type: "bottom", Color: "7F8B90", Style: 1}}
		st.Alignment = &excelize.Alignment{WrapText: true, Vertical: "center"}
	case totalRow:
		st.Font = &excelize.Font{Bold: true}
		st.Border = []excelize.Border{{Type: "top", Color: "7F8B90", Style: 1}}
	}
	id, err := s.file.NewStyle(&st)
	s.ids[key] = id
	return id, err
}

// moneyFormat shows an amount with its currency's decimals and sign.
func moneyFormat(c ledger.Currency) string {
	f := "#,##0"
	if n := c.Decimals(); n > 0 {
		f += "." + strings.Repeat("0", n)
	}
	switch c {
	case "":
		return f
	case ledger.EUR:
		return f + ` "€"`
	}
	return f + ` "` + string(c) + `"`
}

// number gives an amount as the number of a cell. Workbooks have no other numbers than binary ones; up
// to 2^53 minor units the nearest of them still prints as the exact decimal. Beyond, it is text.
func number(m ledger.Money) any {
	if m.Minor > 1<<53 || m.Minor < -1<<53 {
		return m.Decimal()
	}
	scale := 1.0
	for range m.Currency.Decimals() {
		scale *= 10
	}
	return float64(m.Minor) / scale
}

// dayZero is day 0 of spreadsheets; from 1900-03-01 on, their count agrees with the calendar.
var dayZero = ledger.Day(1899, 12, 30)

// serial gives a day as spreadsheets count it; days that they count wrong or not at all are text.
func serial(d ledger.Date) any {
	if n := int(d - dayZero); n > 60 {
		return n
	}
	return d.String()
}

func moment(t time.Time) any {
	days, ok := serial(ledger.DateOf(t)).(int)
	if !ok {
		return t.Format(time.DateTime)
	}
	return float64(days) + float64(t.Hour()*3600+t.Minute()*60+t.Second())/86400
}
