package imports

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"quitus/app/screentest"
	"quitus/ledger"
)

// titles are those of an owner's register, below three lines of something else.
var titles = []any{"N° pièce", "Raison sociale", nil, "Date fact.", "Échéance", "TTC", "Obs."}

// day is a cell that holds a day.
func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// register writes a workbook with one sheet of lines below titles on line 4, and gives its path.
func register(t testing.TB, name string, titles []any, lines ...[]any) string {
	t.Helper()
	return registers2(t, name, map[string][][]any{"Clients 2026": append([][]any{titles}, lines...)}, "Clients 2026")
}

// registers2 writes a workbook of several sheets, titles on line 4 of each.
func registers2(t testing.TB, name string, sheets map[string][][]any, order ...string) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	check(t, err)
	for i, sheet := range order {
		if i == 0 {
			check(t, f.SetSheetName("Sheet1", sheet))
		} else {
			_, err := f.NewSheet(sheet)
			check(t, err)
		}
		check(t, f.SetCellValue(sheet, "A1", "Menuiserie Valdoré"))
		for n, line := range sheets[sheet] {
			for col, v := range line {
				if v == nil {
					continue
				}
				at, err := excelize.CoordinatesToCellName(col+1, n+4)
				check(t, err)
				check(t, f.SetCellValue(sheet, at, v))
				if _, ok := v.(time.Time); ok {
					check(t, f.SetCellStyle(sheet, at, at, style))
				}
			}
		}
	}
	path := filepath.Join(t.TempDir(), name)
	check(t, f.SaveAs(path))
	return path
}

// mixed is a register in which three lines want correcting: a day that does not exist, an amount that
// can be read in two ways, and a number that is missing.
func mixed(t testing.TB) string {
	names := []string{"Garage Tessonnier", "Hôtel Belloré", "Maison Orsenval", "Brasserie Lunéval", "Cabinet Dervaux-Pellin"}
	var lines [][]any
	for i := range 55 {
		on := day(2026, 9, 2).AddDate(0, 0, i/2)
		lines = append(lines, []any{fmt.Sprintf("F-2026-%04d", 301+i), names[i%len(names)], nil, on, on.AddDate(0, 1, 0), 1244.5 + float64(i)*7, nil})
	}
	lines[1][6] = "vu avec lui"
	lines[36] = []any{"F-2026-0337", "Transports Quillivic", nil, "31/09/2026", day(2026, 10, 26), 1072.8, nil}
	lines[53] = []any{"F-2026-0354", "Atelier Nordeau", nil, day(2026, 10, 8), day(2026, 11, 7), "2 1500,00", nil}
	lines[54] = []any{nil, "Résidence Les Hautemares", nil, day(2026, 10, 9), day(2026, 11, 8), 446, "solde ?"}
	return register(t, "suivi-factures-2026.xlsx", titles, lines...)
}

// good is a small register without anything to say.
func good(t testing.TB) string {
	return register(t, "registre.xlsx", titles,
		[]any{"F-1", "Garage Tessonnier", nil, day(2026, 9, 2), day(2026, 10, 2), 1244, nil},
		[]any{"F-2", "Hôtel Belloré", nil, day(2026, 9, 3), day(2026, 10, 3), 864.5, nil},
	)
}

// many is a register of n lines.
func many(t testing.TB, n int) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	check(t, err)
	check(t, w.SetRow("A1", []any{"Numéro", "Client", "Date", "Échéance", "Montant TTC"}))
	for i := range n {
		on := screentest.Day.Add(-(i*7)%700 - 1)
		at, _ := excelize.CoordinatesToCellName(1, i+2)
		check(t, w.SetRow(at, []any{fmt.Sprintf("F-%06d", i+1), fmt.Sprintf("Client %04d", i%5000), text(on), text(on.Add(30)), fmt.Sprintf("%d,%02d", (i*79)%9000+10, i%100)}))
	}
	check(t, w.Flush())
	path := filepath.Join(t.TempDir(), "grand-registre.xlsx")
	check(t, f.SaveAs(path))
	return path
}

func text(d ledger.Date) string {
	y, m, day := d.Civil()
	return fmt.Sprintf("%02d/%02d/%d", day, int(m), y)
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// untitled is a register whose column of numbers does not say so.
func untitled(t testing.TB) string {
	return register(t, "sans-numero.xlsx", []any{"Classement", "Raison sociale", nil, "Date fact.", "Échéance", "TTC", "Obs."},
		[]any{"tiroir du haut", "Garage Tessonnier", nil, day(2026, 9, 2), day(2026, 10, 2), 1244, nil},
		[]any{"tiroir du bas", "Hôtel Belloré", nil, day(2026, 9, 3), day(2026, 10, 3), 864.5, nil},
	)
}

// yearly has a sheet for each of two years, one of something else, drafts, and invoices without due date.
func yearly(t testing.TB) string {
	head := []any{"Numéro", "Client", "Date", "Échéance", "Montant TTC", "Statut"}
	return registers2(t, "factures-par-annee.xlsx", map[string][][]any{
		"2025": {head,
			{"F-25-1", "Garage Tessonnier", day(2025, 9, 2), day(2025, 10, 2), 1244, "envoyée"},
			{"F-25-2", "Hôtel Belloré", day(2025, 9, 3), nil, 864.5, "envoyée"},
			{"F-25-3", "Hôtel Belloré", day(2025, 9, 4), nil, 64.5, "brouillon"},
			{"F-25-4", "Maison Orsenval", day(2025, 9, 4), nil, 640, "envoyée"},
		},
		"2026":   {head, {"F-26-1", "Garage Tessonnier", day(2026, 9, 2), day(2026, 10, 2), 99, "envoyée"}},
		"Congés": {{"Nom", "Du", "Au"}, {"Anne", day(2026, 8, 1), day(2026, 8, 15)}},
	}, "2025", "2026", "Congés")
}

// refused is a file of a kind that cannot be taken in.
func refused(t testing.TB, kind string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), kind+".xlsx")
	write := func(content string) string {
		check(t, os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	switch kind {
	case "planning":
		return registers2(t, "planning.xlsx", map[string][][]any{"Semaine 48": {{"Lundi", "Mardi"}, {"chantier", "atelier"}, {"pose", "devis"}}}, "Semaine 48")
	case "empty":
		check(t, excelize.NewFile().SaveAs(path))
		return path
	case "customers":
		return registers2(t, "clients.xlsx", map[string][][]any{"Clients": {
			{"Code client", "Nom", "Adresse", "Code postal", "Ville", "E-mail"}, {"C1", "Garage Tessonnier", "1 rue Basse", "35000", "Rennes", "a@example.org"}}}, "Clients")
	case "truncated":
		data, err := os.ReadFile(good(t))
		check(t, err)
		return write(string(data[:len(data)/2]))
	case "picture":
		return write("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	case "missing":
		return path
	}
	t.Fatal("unknown kind: ", kind)
	return ""
}
