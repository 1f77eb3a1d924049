package imports

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"quitus/ledger/imports/grid"
	"quitus/ledger/imports/xls/xlstest"
)

// registerDay is a day as spreadsheets count it, registerSum an amount.
type (
	registerDay int
	registerSum float64
)

// registerRow gives the i-th line of a register as an owner's program writes it; the titles for 0.
func registerRow(i int) []any {
	if i == 0 {
		return []any{"N° facture", "Code client", "Client", "Date facture", "Échéance", "Montant HT", "TVA", "Montant TTC", "Reste à payer", "Statut"}
	}
	customer := i % 1500
	total := registerSum(100 + float64(i*7919%900_000)/100)
	return []any{
		fmt.Sprintf("FA2026-%06d", i), fmt.Sprintf("C%05d", customer), fmt.Sprintf("ÉTABLISSEMENTS DUPONT & FILS N° %d", customer),
		registerDay(45_000 + i%900), registerDay(45_030 + i%900), total / 1.2, total - total/1.2, total, total * registerSum(i%2), "Envoyée",
	}
}

// writeRegister makes a register of that many lines as an owner's program would: texts shared or in the cells, dates and
// amounts with formats.
func writeRegister(t testing.TB, lines int, shared bool) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sheet := f.GetSheetName(0)
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	sum, err := f.NewStyle(&excelize.Style{NumFmt: 4})
	if err != nil {
		t.Fatal(err)
	}
	row := func(i int) []any {
		values := registerRow(i)
		for c, v := range values {
			switch v := v.(type) {
			case registerDay:
				values[c] = excelize.Cell{StyleID: day, Value: int(v)}
			case registerSum:
				values[c] = excelize.Cell{StyleID: sum, Value: float64(v)}
			}
		}
		return values
	}
	if shared {
		for i := range lines + 1 {
			values := row(i)
			for c, v := range values {
				name, _ := excelize.CoordinatesToCellName(c+1, i+1)
				if cell, ok := v.(excelize.Cell); ok {
					v = cell.Value
					err = f.SetCellStyle(sheet, name, name, cell.StyleID)
				}
				if err == nil {
					err = f.SetCellValue(sheet, name, v)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	} else {
		w, err := f.NewStreamWriter(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i := range lines + 1 {
			values := row(i)
			name, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := w.SetRow(name, values); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// writtenRow gives a line of that register as texts, in the French way.
func writtenRow(i int) []string {
	var out []string
	for _, v := range registerRow(i) {
		switch v := v.(type) {
		case registerDay:
			d, _ := grid.Serial(int64(v), false)
			year, month, day := d.Civil()
			out = append(out, fmt.Sprintf("%02d/%02d/%d", day, month, year))
		case registerSum:
			out = append(out, strings.Replace(fmt.Sprintf("%.2f", float64(v)), ".", ",", 1))
		default:
			out = append(out, fmt.Sprint(v))
		}
	}
	return out
}

// writeRegisterAs makes the register in another format.
func writeRegisterAs(format string, lines int) []byte {
	if format == "xls" {
		return writeLegacyRegister(lines)
	}
	var rows [][]string
	for i := range lines + 1 {
		rows = append(rows, writtenRow(i))
	}
	switch format {
	case "html":
		return []byte(htmlText(rows))
	case "spreadsheetml":
		return []byte(xmlText(rows))
	}
	return []byte(delimitedText(rows, ";", "\r\n"))
}

// writeLegacyRegister makes the register as a legacy workbook, its texts shared.
func writeLegacyRegister(lines int) []byte {
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
			case registerDay:
				sheet = append(sheet, xlstest.Record(0x027e, i, c, 1, uint32(v)<<2|2)...)
			case registerSum:
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
