// Package importstest writes registers and accounting files of any length, as owners' programs write them, for tests and
// benchmarks of what reads them.
package importstest

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"quitus/ledger/imports/grid"
	"quitus/ledger/imports/xls/xlstest"
)

// day is a day as spreadsheets count it, sum an amount.
type (
	day int
	sum float64
)

// registerRow gives the i-th line of a register; the titles for 0.
func registerRow(i int) []any {
	if i == 0 {
		return []any{"N° facture", "Code client", "Client", "Date facture", "Échéance", "Montant HT", "TVA", "Montant TTC", "Reste à payer", "Statut"}
	}
	customer := i % 1500
	total := sum(100 + float64(i*7919%900_000)/100)
	return []any{
		fmt.Sprintf("FA2026-%06d", i), fmt.Sprintf("C%05d", customer), fmt.Sprintf("ÉTABLISSEMENTS DUPONT & FILS N° %d", customer),
		day(45_000 + i%900), day(45_030 + i%900), total / 1.2, total - total/1.2, total, total * sum(i%2), "Envoyée",
	}
}

// Register makes a register of that many invoices: "xlsx" with its texts shared, as spreadsheets save it, "xlsx-inline" with
// its texts in the cells, as other programs do, "xls", or a text: "csv", "html", "spreadsheetml".
func Register(format string, lines int) ([]byte, error) {
	switch format {
	case "xlsx":
		return workbook(lines, fillShared)
	case "xlsx-inline":
		return workbook(lines, fillInline)
	case "xls":
		return legacy(lines), nil
	}
	rows := make([][]string, lines+1)
	for i := range rows {
		rows[i] = written(i)
	}
	switch format {
	case "csv":
		return []byte(Delimited(rows, ";", "\r\n")), nil
	case "html":
		return []byte(HTML(rows)), nil
	case "spreadsheetml":
		return []byte(SpreadsheetML(rows)), nil
	}
	return nil, fmt.Errorf("no such format: %s", format)
}

// workbook makes a workbook with one sheet, which fill fills: row gives a line's values, with the formats of days and sums.
func workbook(lines int, fill func(f *excelize.File, sheet string, lines int, row func(int) []any) error) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return nil, err
	}
	amount, err := f.NewStyle(&excelize.Style{NumFmt: 4})
	if err != nil {
		return nil, err
	}
	row := func(i int) []any {
		values := registerRow(i)
		for c, v := range values {
			switch v := v.(type) {
			case day:
				values[c] = excelize.Cell{StyleID: date, Value: int(v)}
			case sum:
				values[c] = excelize.Cell{StyleID: amount, Value: float64(v)}
			}
		}
		return values
	}
	if err := fill(f, f.GetSheetName(0), lines, row); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = f.Write(&out)
	return out.Bytes(), err
}

func fillShared(f *excelize.File, sheet string, lines int, row func(int) []any) error {
	for i := range lines + 1 {
		for c, v := range row(i) {
			name, err := excelize.CoordinatesToCellName(c+1, i+1)
			if cell, ok := v.(excelize.Cell); ok && err == nil {
				v = cell.Value
				err = f.SetCellStyle(sheet, name, name, cell.StyleID)
			}
			if err == nil {
				err = f.SetCellValue(sheet, name, v)
			}
			if err != nil {
				return err
			}
		}
	}
	last, err := excelize.CoordinatesToCellName(len(registerRow(0)), lines+1)
	if err != nil {
		return err
	}
	return f.SetSheetDimension(sheet, "A1:"+last) // some programs read no further than this says
}

func fillInline(f *excelize.File, sheet string, lines int, row func(int) []any) error {
	w, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for i := range lines + 1 {
		name, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = w.SetRow(name, row(i))
		}
		if err != nil {
			return err
		}
	}
	return w.Flush()
}

// written gives a line of the register as texts, in the French way.
func written(i int) []string {
	var out []string
	for _, v := range registerRow(i) {
		switch v := v.(type) {
		case day:
			d, _ := grid.Serial(int64(v), false)
			year, month, day := d.Civil()
			out = append(out, fmt.Sprintf("%02d/%02d/%d", day, month, year))
		case sum:
			out = append(out, strings.Replace(fmt.Sprintf("%.2f", float64(v)), ".", ",", 1))
		default:
			out = append(out, fmt.Sprint(v))
		}
	}
	return out
}

// legacy makes the register as a legacy workbook, its texts shared.
func legacy(lines int) []byte {
	var sheet, texts []byte
	index := map[string]uint32{}
	var shared [][]byte
	share := func(s string) uint32 {
		n, ok := index[s]
		if !ok {
			n = uint32(len(index))
			index[s] = n
			texts = append(texts, byte(len(utf16.Encode([]rune(s)))), 0)
			texts = append(texts, xlstest.Wide(s)...)
			if len(texts) > 8000 {
				shared, texts = append(shared, texts), nil
			}
		}
		return n
	}
	for i := range lines + 1 {
		for c, v := range registerRow(i) {
			switch v := v.(type) {
			case day:
				sheet = append(sheet, xlstest.Record(0x027e, i, c, 1, uint32(v)<<2|2)...)
			case sum:
				sheet = append(sheet, xlstest.Record(0x0203, i, c, 2, math.Float64bits(float64(v)))...)
			case string:
				sheet = append(sheet, xlstest.Record(0x00fd, i, c, 0, share(v))...)
			}
		}
	}
	shared = append(shared, texts)
	var globals []byte
	for _, id := range []int{0, 14, 4} {
		globals = append(globals, xlstest.Record(0x00e0, 0, id, make([]byte, 16))...)
	}
	n := uint32(len(index))
	globals = append(globals, xlstest.Record(0x00fc, n, n, shared[0])...)
	for _, more := range shared[1:] {
		globals = append(globals, xlstest.Record(0x003c, more)...)
	}
	return xlstest.Container("Workbook", xlstest.Book{Globals: globals, Sheets: [][]byte{sheet}}.Bytes())
}
