package imports

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"quitus/ledger"
)

// sheetRows is a sheet of a workbook made for a test.
type sheetRows struct {
	name   string
	hidden bool
	rows   [][]any
}

func workbook(t testing.TB, sheets ...sheetRows) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, s := range sheets {
		if i == 0 {
			f.SetSheetName("Sheet1", s.name)
		} else if _, err := f.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for r, row := range s.rows {
			for c, v := range row {
				name, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if d, ok := v.(dated); ok {
					v = int64(d)
				}
				if err := f.SetCellValue(s.name, name, v); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for i, s := range sheets {
		if i == len(sheets)-1 {
			f.SetActiveSheet(i)
		}
		if s.hidden {
			f.SetSheetVisible(s.name, false)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func readBytes(data []byte, opts Options) (*File, error) {
	opts.Today = today
	return Read(context.Background(), "essai.xlsx", bytes.NewReader(data), int64(len(data)), opts)
}

func register(names ...string) [][]any {
	rows := [][]any{{"N° facture", "Client", "Date", "Échéance", "Montant TTC"}}
	for _, n := range names {
		rows = append(rows, []any{n, "DUPONT", dated(46_000), dated(46_030), 120.5})
	}
	return rows
}

func TestSheetsOfAWorkbook(t *testing.T) {
	customers := [][]any{{"Nom du client", "Adresse", "CP", "Ville", "Tél.", "Mail"}, {"DUPONT", "1 rue X", "75000", "PARIS", "01", "a@example.org"}}
	plan := [][]any{{"Équipe", "Lundi", "Mardi"}, {"Pose", "Villa A", "Villa B"}}
	other := [][]any{{"Facture", "Client", "Total"}, {"F1", "DUPONT", 1}}
	f, err := readBytes(workbook(t, sheetRows{"Clients", false, customers}, sheetRows{"Planning", false, plan}, sheetRows{"Janvier", false, register("F1", "F2")},
		sheetRows{"Récap", false, other}, sheetRows{"Février", false, register("F3")}, sheetRows{"Vieux", true, register("F0")}, sheetRows{"Vide", false, nil}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var taken, aside []string
	for _, s := range f.Sheets {
		taken = append(taken, s.Name)
	}
	for _, a := range f.Aside {
		aside = append(aside, a.Sheet+" "+a.Why)
	}
	slices.Sort(aside)
	if got := strings.Join(taken, ","); got != "Janvier,Février" {
		t.Error("taken: ", got)
	}
	if got := strings.Join(aside, ","); got != "Clients customers_used,Planning not_a_register,Récap other_register,Vide empty,Vieux other_register" {
		t.Error("left aside: ", got)
	}
	if r := f.Sheets[0].Drafts(f.Sheets[0].Mapping, nil, nil); r.Invoices[0].Contact == nil || r.Invoices[0].Contact.Town != "PARIS" {
		t.Errorf("%+v", r.Invoices[0])
	}
	f, err = readBytes(workbook(t, sheetRows{"Tiers", false, [][]any{{"Code client", "Raison sociale", "SIRET"}, {"C1", "DUPONT", "867 211 062 00012"}, {"C2", "MARTIN", ""}, {"C3", "X", ""}, {"C3", "Y", ""}}},
		sheetRows{"F", false, [][]any{{"Facture", "Code client", "Date", "Montant"}, {"F1", "C1", dated(46_000), 1}, {"F2", "C2", dated(46_000), 2}, {"F3", "C3", dated(46_000), 3}}}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := short(f.Sheets[0].Drafts(f.Sheets[0].Mapping, nil, nil)); got != "2 F1 DUPONT 12-09→01-08 1.00/1.00 [C1]\n3 F2 MARTIN 12-09→01-08 2.00/2.00 [C2]\n4 F3 C3 12-09→01-08 3.00/3.00 [C3]\n4 warning name_missing" {
		t.Error(got)
	}
	if r := f.Sheets[0].Drafts(f.Sheets[0].Mapping, nil, nil); r.Invoices[0].Contact.SIREN != "867211062" {
		t.Errorf("%+v", r.Invoices[0].Contact)
	}
	if f, err = readBytes(workbook(t, sheetRows{"A", false, register("F1")}, sheetRows{"B", false, other}), Options{Sheet: "B"}); err != nil || f.Sheets[0].Name != "B" {
		t.Error(f, err)
	}
	for code, data := range map[string][]byte{
		"not_a_register": workbook(t, sheetRows{"C", false, customers}), "no_header": workbook(t, sheetRows{"P", false, plan}),
		"no_invoice_lines": workbook(t, sheetRows{"F", false, register()}), "empty": workbook(t, sheetRows{"F", false, nil}),
		"unsupported_format": []byte("%PDF-1.7\n"), "damaged": workbook(t, sheetRows{"F", false, register("F1")})[:900],
	} {
		_, err := readBytes(data, Options{})
		if e := (*ledger.Error)(nil); !errors.As(err, &e) || e.Code != code || e.Args["file"] != "essai.xlsx" {
			t.Errorf("%v, want %s", err, code)
		}
	}
	if _, err := readBytes(nil, Options{}); ledger.CodeOf(err) != "empty" {
		t.Error(err)
	}
	if f, err = readBytes(workbook(t, sheetRows{"F", false, append([][]any{{"Liste"}, {"a", "b"}}, register("F1")...)}), Options{Header: 3}); err != nil || f.Sheets[0].HeaderLine != 3 {
		t.Error(f, err)
	}
}

func TestMappingByHand(t *testing.T) {
	f, err := readBytes(workbook(t, sheetRows{"F", false, [][]any{
		{"Facture", "Client", "Date", "Montant", "Autre", "Dû"}, {"F1", "DUPONT", "01/02/2026", "100,00", 40, 60}, {"F2", "MARTIN", "31/09/2026", "2 1500,00", 10, 20}, {"", "DURAND", "05/02/2026", "50", 1, 50},
	}}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := f.Sheets[0]
	r := s.Drafts(s.Mapping, nil, nil)
	if len(r.Invoices) != 1 || len(r.Rejected) != 2 || r.Read != 3 {
		t.Fatalf("%+v", r)
	}
	p := r.Rejected[0]
	if p.Line != 3 || p.Field != Total || p.Column != "D" || p.Value != "2 1500,00" || len(p.Also) != 1 || p.Also[0].Code != "date_not_existing" || p.Also[0].Args["days"] != 30 {
		t.Errorf("%+v", p)
	}
	fixed := Corrections{{3, 3}: "2 150,00", {3, 2}: "30/09/2026", {4, 0}: "F3"}
	r = s.Drafts(s.Mapping, fixed, nil)
	if len(r.Invoices) != 3 || len(r.Rejected) != 0 || r.Invoices[1].Total != ledger.Euros(215000) || r.Invoices[1].Issued != ledger.Day(2026, 9, 30) || r.Invoices[2].Number != "F3" {
		t.Errorf("%+v", r)
	}
	monthsFirst, err := readBytes(workbook(t, sheetRows{"F", false, [][]any{{"Facture", "Client", "Date", "Montant"}, {"F1", "A", "01/31/2026", 5}, {"F2", "A", "32", 5}}}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r := monthsFirst.Sheets[0].Drafts(monthsFirst.Sheets[0].Mapping, Corrections{{3, 2}: "03/02/2026"}, nil); len(r.Invoices) != 2 || r.Invoices[1].Issued != ledger.Day(2026, 2, 3) {
		t.Errorf("%+v", r)
	}
	m := s.Mapping.With(4, Open)
	if r = s.Drafts(m, fixed, nil); r.Invoices[0].Open != ledger.Euros(4000) || s.Mapping.Column(Open) != 5 {
		t.Errorf("%+v", r.Invoices[0])
	}
	if m = s.Mapping.With(0, None); !slices.Equal(m.Missing(false), []Field{Number}) || s.Drafts(m, nil, nil).Read != 0 {
		t.Error(m.Missing(false))
	}
	if v := s.Value(2, 3); v.Text != "100,00" || s.Columns[3].Letter != "D" || s.Columns[3].Title != "Montant" || !slices.Equal(s.Columns[0].Sample, []string{"F1", "F2"}) {
		t.Errorf("%+v %+v", v, s.Columns)
	}
	if total, open := r.Totals(); len(total) != 1 || total[ledger.EUR] == 0 || open[ledger.EUR] == 0 {
		t.Error(total, open)
	}
}

func TestSuggestedDate(t *testing.T) {
	f, err := readBytes(workbook(t, sheetRows{"F", false, [][]any{
		{"Facture", "Client", "Date", "Échéance", "Montant"}, {"F1", "DUPONT", "31/09/2026", "26/10/2026", 10}, {"F2", "DUPONT", "31/09/2026", "15/12/2026", 10},
	}}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := f.Sheets[0].Drafts(f.Sheets[0].Mapping, nil, nil)
	if got := r.Rejected[0].Args["likely"]; got != ledger.Day(2026, 9, 26) {
		t.Error(got)
	}
	if _, ok := r.Rejected[1].Args["likely"]; ok {
		t.Error(r.Rejected[1].Args)
	}
}

func TestFieldNames(t *testing.T) {
	for _, f := range Fields() {
		b, err := json.Marshal(f)
		var back Field
		if err != nil || json.Unmarshal(b, &back) != nil || back != f || f.String() == "" {
			t.Error(f, err)
		}
	}
	var f Field
	if f.UnmarshalText([]byte("nothing")) == nil {
		t.Error("an unknown field is taken")
	}
}

func TestCancelAndProgress(t *testing.T) {
	data := made(t, "xlsx-inline", 40_000)
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	_, err := Read(ctx, "a.xlsx", bytes.NewReader(data), int64(len(data)), Options{Today: today, Progress: func(done, total int64) {
		if calls++; done <= 0 || done > total {
			t.Errorf("%d of %d", done, total)
		}
		cancel()
	}})
	if !errors.Is(err, context.Canceled) || calls != 1 {
		t.Error(err, calls)
	}
}

// An edit of the mapping must show at once.
func TestDraftsAreQuick(t *testing.T) {
	data := made(t, "xlsx-inline", 10_000)
	f, err := readBytes(data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	best := time.Hour
	for range 5 {
		start := time.Now()
		f.Sheets[0].Drafts(f.Sheets[0].Mapping, nil, nil)
		best = min(best, time.Since(start))
	}
	if best > 100*time.Millisecond {
		t.Errorf("10,000 lines take %s", best)
	}
}

// Drafts hold what the ledger relies on, whatever the cells are.
func FuzzDrafts(f *testing.F) {
	f.Add("N° facture|Client|Date|Échéance|Montant TTC|Reste\nF1|DUPONT|@46000|31/12/2026|1 234,56|~E2-1\nTotal||||9|9")
	f.Add("Compte|Intitulé|Jal|Date|Pièce|Débit|Crédit|Let\n411D|DUPONT|VE|@46000|F1|100||A\n411D|DUPONT|BQ|@46000|B1||100|A")
	f.Add("Client / Journal|Pièce|Échéance|0-30|+ de 90\nC1 - DUPONT\nVT|12|@46000|12|\nTotal C1|||12|")
	f.Add("Type|Num|Client|Date|Conditions|Total|Devise\nAvoir|A1|X|1/2/26|45 j fdm le 10|(12,50)|CHF")
	f.Fuzz(func(t *testing.T, drawn string) {
		if len(drawn) > 4000 {
			return
		}
		g := gridOf(cells(drawn))
		h := findHeader(g, 0, nil)
		s := recognise(g, h, "", Options{Today: today, Currency: ledger.EUR})
		r := s.Drafts(s.Mapping, Corrections{{2, 0}: drawn[:min(len(drawn), 9)]}, nil)
		if r.Read != len(r.Invoices)+len(r.Rejected)+len(r.Skipped) {
			t.Error("lines are lost")
		}
		for _, d := range r.Invoices {
			if d.Number == "" || d.CustomerName == "" || d.Issued == 0 || d.Due == 0 || d.Total.Currency != d.Open.Currency || d.CreditNote != d.Total.Negative() || !d.CreditNote && d.Open.Negative() {
				t.Errorf("%+v", d)
			}
		}
		for _, list := range [][]Problem{r.Rejected, r.Skipped, r.Warnings} {
			for _, p := range list {
				if p.Line < 1 || p.Code == "" {
					t.Errorf("%+v", p)
				}
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(workbook(f, sheetRows{"F", false, register("F1", "F2")}), "a.xlsx")
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1E\x00n\x00"), "b.xls")
	f.Add([]byte("<html><table>"), "c.xls")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		file, err := Read(context.Background(), name, bytes.NewReader(data), int64(len(data)), Options{Today: today})
		if err != nil {
			if ledger.CodeOf(err) == "internal" {
				t.Error(err)
			}
			return
		}
		for _, s := range file.Sheets {
			s.Drafts(s.Mapping, nil, nil)
		}
	})
}
