package imports

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// odd is a register whose titles nobody could guess.
func odd(title string) [][]any {
	return [][]any{{"Suivi"}, {title, "Zig", "Zag", "Zog", "Zug"}, {"F1", "DUPONT", dated(46_000), dated(46_030), 120.5}, {"F2", "MARTIN", dated(46_001), dated(46_031), 80}}
}

var oddMapping = &ledger.Mapping{ID: 1, Name: "Zigzag", Columns: []ledger.MappedColumn{
	{Title: "Zeg", Field: "number"}, {Title: "Zig", Field: "customer"}, {Title: "Zag", Field: "issue_date"}, {Title: "Zog", Field: "due_date"}, {Title: "Zug", Field: "total"},
}}

func TestSavedMappingRecognisesItsShape(t *testing.T) {
	if _, err := readBytes(workbook(t, sheetRows{"F", false, odd("Zeg")}), Options{}); ledger.CodeOf(err) != "no_header" {
		t.Fatalf("without the mapping: %v", err)
	}
	saved := []*ledger.Mapping{oddMapping}
	f, err := readBytes(workbook(t, sheetRows{"Notes", false, register("X")}, sheetRows{"F", false, odd("ZÉG")}), Options{Saved: saved})
	if err != nil || len(f.Sheets) != 1 || f.Sheets[0].Name != "F" || f.Sheets[0].HeaderLine != 2 {
		t.Fatalf("%v %+v", err, f)
	}
	s := f.Sheets[0]
	if s.Recall(saved) != oddMapping {
		t.Fatal("the mapping is not recalled")
	}
	m, missing := s.Apply(oddMapping)
	if r := s.Drafts(m, nil, nil); len(missing) > 0 || len(r.Invoices) != 2 || r.Invoices[1].CustomerName != "MARTIN" || r.Invoices[1].Total != ledger.Euros(8000) {
		t.Errorf("missing %v, %+v", missing, r)
	}
	if columns := s.Remember(m); len(columns) != 5 || columns[4].Field != "total" || columns[0].Title != "ZÉG" {
		t.Errorf("%+v", columns)
	}
	if _, err := readBytes(workbook(t, sheetRows{"F", false, odd("Zeg neuf")}), Options{Saved: saved}); ledger.CodeOf(err) != "no_header" {
		t.Errorf("another shape: %v", err)
	}
}

func TestSavedMappingGoesByTitleWhereTheShapeDiffers(t *testing.T) {
	rows := register("F1")
	rows[0] = append([]any{"Remarque"}, rows[0]...)
	rows[1] = append([]any{"vu"}, rows[1]...)
	f, err := readBytes(workbook(t, sheetRows{"F", false, rows}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := f.Sheets[0]
	saved := &ledger.Mapping{Columns: []ledger.MappedColumn{{Title: "Client", Field: "customer"}, {Title: "N° FACTURE", Field: "number"}, {Title: "Date", Field: "issue_date"}, {Title: "Remarque", Field: ""}, {Title: "Montant TTC", Field: "open"}, {Title: "Net", Field: "net"}}}
	m, missing := s.Apply(saved)
	if !slices.Equal(missing, []string{"Net"}) || !slices.Equal(m, Mapping{None, Number, Customer, Issued, None, Open}) {
		t.Errorf("%v, missing %v", m, missing)
	}
}

func TestTitlesPointedOutByHand(t *testing.T) {
	book := workbook(t, sheetRows{"Janvier", false, odd("Zeg")}, sheetRows{"Février", false, odd("Zeg")}, sheetRows{"Autre", false, register("X")})
	f, err := readBytes(book, Options{Sheet: "Janvier", Header: 2})
	if err != nil || len(f.Sheets) != 2 || f.Sheets[0].Columns[1].Title != "Zig" || f.Sheets[1].Name != "Février" {
		t.Fatalf("sheets of the same columns come along: %v %+v", err, f)
	}
	if missing := f.Sheets[0].Missing(); len(missing) == 0 {
		t.Error("titles that say nothing are understood")
	}
	bare := workbook(t, sheetRows{"F", false, register("F1", "F2")[1:]})
	f, err = readBytes(bare, Options{Sheet: "F", Header: NoTitles})
	if err != nil || f.Sheets[0].HeaderLine != 0 || len(f.Sheets[0].Columns) != 5 {
		t.Fatalf("%v %+v", err, f)
	}
	s := f.Sheets[0]
	r := s.Drafts(Mapping{Number, Customer, Issued, Due, Total}, nil, nil)
	if len(r.Invoices) != 2 || r.Invoices[0].Line != 1 || s.Recall([]*ledger.Mapping{{Columns: []ledger.MappedColumn{{Title: "", Field: "number"}}}}) != nil {
		t.Errorf("%+v", r)
	}
	if m, missing := s.Apply(&ledger.Mapping{Columns: s.Remember(Mapping{Number, Customer, Issued, Due, Total})}); len(missing) > 0 || m[4] != Total {
		t.Errorf("%v %v", m, missing)
	}
}

func TestPeekShowsWhatStandsThere(t *testing.T) {
	book := workbook(t, sheetRows{"Vide", false, nil}, sheetRows{"F", false, odd("Zeg")})
	g, err := Peek(t.Context(), bytes.NewReader(book), int64(len(book)), Options{Today: today})
	if err != nil || len(g) != 1 || g[0].Sheet != "F" || len(g[0].Lines) != 4 {
		t.Fatalf("%v %+v", err, g)
	}
	if l := g[0].Lines[2]; l.Line != 3 || l.Cells[1] != "DUPONT" || l.Cells[2] != "46000" || l.Cells[4] != "120.5" {
		t.Errorf("%+v", l)
	}
}

func TestMappingFiles(t *testing.T) {
	var b bytes.Buffer
	if err := WriteMapping(&b, oddMapping); err != nil {
		t.Fatal(err)
	}
	m, err := ReadMapping(bytes.NewReader(b.Bytes()))
	if err != nil || m.Name != "Zigzag" || !slices.Equal(m.Columns, oddMapping.Columns) {
		t.Fatalf("%v %+v", err, m)
	}
	for what, text := range map[string]string{
		"quitus":  `{"name": "A", "columns": []}`,
		"name":    `{"quitus": "mapping", "name": " ", "columns": [{"title": "A", "field": "number"}]}`,
		"columns": `{"quitus": "mapping", "name": "A", "columns": [{"title": "A"}]}`,
		"nombre":  `{"quitus": "mapping", "name": "A", "columns": [{"title": "A", "field": "nombre"}]}`,
	} {
		_, err := ReadMapping(strings.NewReader(text))
		if e, ok := err.(*ledger.Error); !ok || e.Code != "mapping_invalid" || e.Args["what"] != what {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := ReadMapping(strings.NewReader(strings.Repeat(" ", mostMappingBytes+1))); ledger.CodeOf(err) != "mapping_invalid" {
		t.Error(err)
	}
}

func FuzzMappingFile(f *testing.F) {
	f.Add([]byte(`{"quitus": "mapping", "name": "A", "columns": [{"title": "N°", "field": "number"}, {"title": "x"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ReadMapping(bytes.NewReader(data))
		if err != nil {
			return
		}
		s := &Sheet{Columns: make([]Column, 3), grid: &grid.Grid{}}
		if got, _ := s.Apply(m); len(got) != 3 {
			t.Error(got)
		}
	})
}

// understood reads registers and compares them with a book.
func understood(t *testing.T, b *ledger.Book, sheets ...sheetRows) []Understood {
	t.Helper()
	f, err := readBytes(workbook(t, sheets...), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []Understood
	for _, s := range f.Sheets {
		r := s.Drafts(s.Mapping, nil, nil)
		out = append(out, Understood{s, s.Mapping, &r, NewPlan(b, r.Invoices, planDay, nil)})
	}
	return out
}

func TestGoneFromTheList(t *testing.T) {
	d := ledger.NewDraft(&ledger.Book{})
	for _, u := range understood(t, d.Book(), sheetRows{"F", false, register("F1", "F2", "F3", "F4")}) {
		u.Plan.Stage(d, &ledger.Import{Shape: u.Sheet.Shape()}, planDay)
	}
	b := d.Next()
	refused := register("F1", "F3")
	refused[2][2] = "31/02/2026"
	gone := Gone(b, understood(t, b, sheetRows{"F", false, refused}))
	if !slices.Equal(gone, []ledger.InvoiceID{2, 4}) {
		t.Errorf("gone %v: a refused line is still listed", gone)
	}
	months := []sheetRows{{"A", false, register("F1")}, {"B", false, register("F2", "F4")}}
	if gone := Gone(b, understood(t, b, months...)); !slices.Equal(gone, []ledger.InvoiceID{3}) {
		t.Errorf("over two sheets gone %v", gone)
	}
	other := [][]any{{"Facture", "Client", "Date", "Total"}, {"F1", "DUPONT", dated(46_000), 120.5}}
	if gone := Gone(b, understood(t, b, sheetRows{"F", false, other})); len(gone) != 0 {
		t.Errorf("a list of another shape makes %v gone", gone)
	}
	x := ledger.NewDraft(b)
	record := &ledger.Import{}
	x.Put(record)
	StagePaid(x, []ledger.InvoiceID{2, 4}, record.ID, planDay)
	if st := x.Next().Standings(planDay); st.Of(2).Open != 0 || st.Of(4).Open != 0 || st.Of(3).Open == 0 {
		t.Error("what is held to be paid is open")
	}
}

// A list of later months that also holds settled invoices says nothing of what was issued before.
func TestNothingIsGoneBeforeTheListBegins(t *testing.T) {
	d := ledger.NewDraft(&ledger.Book{})
	titles := []any{"N° facture", "Client", "Date", "Montant TTC", "Reste dû"}
	old := [][]any{titles, {"F1", "DUPONT", dated(46_000), 100, 100}, {"F2", "DUPONT", dated(46_050), 100, 100}}
	for _, u := range understood(t, d.Book(), sheetRows{"F", false, old}) {
		u.Plan.Stage(d, &ledger.Import{Shape: u.Sheet.Shape()}, planDay)
	}
	b := d.Next()
	settled := [][]any{titles, {"F3", "DUPONT", dated(46_040), 100, 0}, {"F4", "DUPONT", dated(46_070), 100, 100}}
	if gone := Gone(b, understood(t, b, sheetRows{"F", false, settled})); !slices.Equal(gone, []ledger.InvoiceID{2}) {
		t.Errorf("gone %v", gone)
	}
	open := [][]any{titles, {"F4", "DUPONT", dated(46_070), 100, 100}}
	if gone := Gone(b, understood(t, b, sheetRows{"F", false, open})); !slices.Equal(gone, []ledger.InvoiceID{1, 2}) {
		t.Errorf("from a list of what is open: gone %v", gone)
	}
}

func TestDueDateFromTheCustomersTerms(t *testing.T) {
	rows := [][]any{{"N° facture", "Client", "Date", "Montant TTC", "Conditions"}, {"F1", "DUPONT", dated(46_000), 100, ""}, {"F2", "MARTIN", dated(46_000), 100, ""}, {"F3", "DUPONT", dated(46_000), 100, "60 jours"}}
	f, err := readBytes(workbook(t, sheetRows{"F", false, rows}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := ledger.NewDraft(&ledger.Book{})
	d.Put(&ledger.Customer{Ref: "C1", Name: "Dupont", Terms: ledger.Terms{Given: true, Days: 45}})
	s := f.Sheets[0]
	r := s.Drafts(s.Mapping, nil, TermsIn(d.Next()))
	days := []int{45, 30, 60}
	from := []DueFrom{DueCustomer, DueAssumed, DueTerms}
	for i, x := range r.Invoices {
		if int(x.Due-x.Issued) != days[i] || x.DueFrom != from[i] {
			t.Errorf("%s: due after %d days, from %d", x.Number, x.Due-x.Issued, x.DueFrom)
		}
	}
	if len(r.Warnings) != 2 || r.Warnings[0].Code != "due_from_customer" || r.Warnings[1].Code != "due_computed" {
		t.Errorf("%+v", r.Warnings)
	}
}
