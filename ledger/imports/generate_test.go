package imports

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
)

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
	titles := []any{"N° facture", "Code client", "Client", "Date facture", "Échéance", "Montant HT", "TVA", "Montant TTC", "Reste à payer", "Statut"}
	row := func(i int) []any {
		customer := i % 1500
		total := 100 + float64(i*7919%900_000)/100
		return []any{
			fmt.Sprintf("FA2026-%06d", i), fmt.Sprintf("C%05d", customer), fmt.Sprintf("ÉTABLISSEMENTS DUPONT & FILS N° %d", customer),
			excelize.Cell{StyleID: day, Value: 45_000 + i%900}, excelize.Cell{StyleID: day, Value: 45_030 + i%900},
			excelize.Cell{StyleID: sum, Value: total / 1.2}, excelize.Cell{StyleID: sum, Value: total - total/1.2},
			excelize.Cell{StyleID: sum, Value: total}, excelize.Cell{StyleID: sum, Value: total * float64(i%2)}, "Envoyée",
		}
	}
	if shared {
		for i := range lines + 1 {
			values := titles
			if i > 0 {
				values = row(i)
			}
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
			values := titles
			if i > 0 {
				values = row(i)
			}
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
