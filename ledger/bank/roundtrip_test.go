package bank

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"quitus/ledger"
	"quitus/ledger/imports/xls/xlstest"
)

// drawn makes a statement of some entries.
func drawn(r *rand.Rand, n int) *Statement {
	s := &Statement{Account: Account{IBAN: "FR7630006000011234567890189"}, Currency: ledger.EUR}
	day := ledger.Day(2025, 1, 1).Add(r.IntN(600))
	opening := r.Int64N(2_000_000) - 1_000_000
	s.Opening = &Balance{day.Add(-1), opening}
	for i := range n {
		day = day.Add(r.IntN(3))
		amount := r.Int64N(3_000_000) + 1
		label := fmt.Sprintf("VIR SEPA RECU DE CAFÉ DU N° %d SARL\nFA-2026-%03d", r.IntN(90), r.IntN(1000))
		if r.IntN(3) == 0 {
			amount, label = -amount, fmt.Sprintf("PRLV SEPA « ÉLECTRO;%d »", r.IntN(90))
		}
		e := Entry{Rank: i + 1, Booked: day, Value: day.Add(r.IntN(2)), Amount: ledger.Euros(amount), Label: label}
		if i == 0 {
			e.Booked = s.Opening.On.Add(1)
		}
		s.Entries, opening = append(s.Entries, e), opening+amount
	}
	s.Closing = &Balance{s.Entries[n-1].Booked, opening}
	return s
}

// habit is one way of banks to write a statement.
type habit struct {
	sides, negativeDebits, newestFirst, balances, point bool
	days                                                string
}

// rows writes the statement as cells: texts, days and sums.
func (h habit) rows(s *Statement) [][]any {
	titles := []any{"Date", "Date de valeur", "Libellé", "Montant"}
	if h.sides {
		titles = []any{"Date", "Date de valeur", "Libellé", "Débit", "Crédit"}
	}
	if h.balances {
		titles = append(titles, "Solde")
	}
	var lines [][]any
	balance := s.Opening.Amount
	for _, e := range s.Entries {
		balance += e.Amount.Minor
		line := []any{e.Booked, e.Value, e.Label}
		switch {
		case !h.sides:
			line = append(line, e.Amount.Minor)
		case e.Amount.Minor > 0:
			line = append(line, nil, e.Amount.Minor)
		case h.negativeDebits:
			line = append(line, e.Amount.Minor, nil)
		default:
			line = append(line, -e.Amount.Minor, nil)
		}
		if h.balances {
			line = append(line, balance)
		}
		lines = append(lines, line)
	}
	if h.newestFirst {
		slices.Reverse(lines)
	}
	return append([][]any{{"Compte " + s.Account.IBAN}, {}, titles}, lines...)
}

// written gives a cell as a text.
func (h habit) written(v any) string {
	switch v := v.(type) {
	case ledger.Date:
		y, m, d := v.Civil()
		return strings.NewReplacer("YYYY", fmt.Sprintf("%04d", y), "YY", fmt.Sprintf("%02d", y%100), "MM", fmt.Sprintf("%02d", m), "DD", fmt.Sprintf("%02d", d)).Replace(h.days)
	case int64:
		text := ledger.Euros(v).Decimal()
		if h.point {
			return text
		}
		whole, cents, _ := strings.Cut(text, ".")
		if n := len(whole); n > 3 && whole[n-4] != '-' {
			whole = whole[:n-3] + " " + whole[n-3:]
		}
		return whole + "," + cents
	case nil:
		return ""
	}
	return fmt.Sprint(v)
}

func (h habit) csv(s *Statement, separator string) string {
	var b strings.Builder
	for _, row := range h.rows(s) {
		for i, v := range row {
			if i > 0 {
				b.WriteString(separator)
			}
			text := h.written(v)
			if strings.ContainsAny(text, separator+"\n\"") {
				text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			}
			b.WriteString(text)
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func (h habit) html(s *Statement) string {
	var b strings.Builder
	b.WriteString("<html><meta charset=utf-8><table>")
	for _, row := range h.rows(s) {
		b.WriteString("<tr>")
		for _, v := range row {
			b.WriteString("<td>" + strings.ReplaceAll(html.EscapeString(h.written(v)), "\n", "<br>") + "</td>")
		}
		b.WriteString("</tr>\n")
	}
	return b.String() + "</table></html>"
}

func (h habit) xlsx(t testing.TB, s *Statement) []byte {
	f := excelize.NewFile()
	defer f.Close()
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range h.rows(s) {
		for col, v := range row {
			name, _ := excelize.CoordinatesToCellName(col+1, i+1)
			switch v := v.(type) {
			case ledger.Date:
				err = f.SetCellValue("Sheet1", name, int(v-ledger.Day(1899, 12, 30)))
				if err == nil {
					err = f.SetCellStyle("Sheet1", name, name, day)
				}
			case int64:
				err = f.SetCellValue("Sheet1", name, float64(v)/100)
			default:
				err = f.SetCellValue("Sheet1", name, v)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// xls writes a legacy workbook.
func (h habit) xls(s *Statement) []byte {
	var sheet, globals []byte
	for i, row := range h.rows(s) {
		for col, v := range row {
			switch v := v.(type) {
			case ledger.Date:
				sheet = append(sheet, xlstest.Record(0x0203, i, col, 1, math.Float64bits(float64(v-ledger.Day(1899, 12, 30))))...)
			case int64:
				sheet = append(sheet, xlstest.Record(0x0203, i, col, 0, math.Float64bits(float64(v)/100))...)
			case string:
				sheet = append(sheet, xlstest.Record(0x0204, i, col, 0, len([]rune(v)), xlstest.Wide(v))...)
			}
		}
	}
	for _, format := range []int{0, 14} {
		globals = append(globals, xlstest.Record(0x00e0, 0, format, make([]byte, 16))...)
	}
	return xlstest.Container("Workbook", xlstest.Book{Globals: globals, Sheets: [][]byte{sheet}}.Bytes())
}

// A statement comes back as it was, in whichever way a bank writes it.
func TestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 40 {
		h := habit{sides: r.IntN(2) == 0, negativeDebits: r.IntN(2) == 0, newestFirst: r.IntN(2) == 0, balances: r.IntN(2) == 0, point: r.IntN(3) == 0,
			days: []string{"DD/MM/YYYY", "DD.MM.YY", "YYYY-MM-DD", "DD-MM-YYYY"}[r.IntN(4)]}
		s := drawn(r, 5+r.IntN(60))
		forms := map[string][]byte{"html": []byte(h.html(s)), "xlsx": h.xlsx(t, s), "xls": h.xls(s)}
		for name, separator := range map[string]string{"semicolon": ";", "tab": "\t"} {
			text := h.csv(s, separator)
			forms["csv "+name] = []byte(text)
			old, err := charmap.Windows1252.NewEncoder().String(text)
			if err != nil {
				t.Fatal(err)
			}
			forms["csv windows "+name] = []byte(old)
		}
		if h.point {
			forms["csv comma"] = []byte(h.csv(s, ","))
		}
		for name, data := range forms {
			f, err := Read(context.Background(), "x", bytes.NewReader(data), int64(len(data)), Options{Today: today})
			if err != nil || len(f.Statements) != 1 || len(f.Problems) > 0 {
				t.Fatalf("%d %s %+v: %v %v", i, name, h, err, f)
			}
			compare(t, fmt.Sprintf("%d %s %+v", i, name, h), f.Statements[0], s, h)
		}
	}
}

func compare(t *testing.T, name string, got, want *Statement, h habit) {
	t.Helper()
	if got.Account != want.Account || got.Currency != want.Currency || len(got.Entries) != len(want.Entries) {
		t.Fatalf("%s: %+v", name, got)
	}
	for i := range got.Entries {
		g, w := got.Entries[i], want.Entries[i]
		if h.newestFirst {
			w = want.Entries[len(want.Entries)-1-i]
		}
		if g.Rank != i+1 || g.Booked != w.Booked || g.Value != w.Value || g.Amount != w.Amount || g.Label != w.Label {
			t.Errorf("%s: entry %d is %+v, want %+v", name, i, g, w)
		}
	}
	if h.balances && (got.Opening == nil || got.Closing == nil || *got.Opening != *want.Opening || *got.Closing != *want.Closing) {
		t.Errorf("%s: balances %v %v, want %v %v", name, got.Opening, got.Closing, want.Opening, want.Closing)
	}
}
