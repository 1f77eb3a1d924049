package imports

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
)

// partsText writes the instalments of a draft: "31/01 100.00 of 200.00, …", what is open of what.
func partsText(d *Draft) string {
	var out []string
	for _, p := range d.Instalments {
		out = append(out, fmt.Sprintf("%s %s of %s", p.Due.String()[5:], p.Open.Decimal(), p.Total.Decimal()))
	}
	return strings.Join(out, ", ")
}

func TestInstalmentsRead(t *testing.T) {
	for name, c := range map[string]struct{ lines, want string }{
		"two": {"F1|DUPONT|@46000|@46030|100||Toiture 1/2\nF1|DUPONT|@46000|@46060|150||Toiture 2/2",
			"F1 01-08 250.00/250.00: 01-08 100.00 of 100.00, 02-07 150.00 of 150.00"},
		"the later one first, one paid in part": {"F1|DUPONT|@46000|@46060|150||échéance 2\nF1|DUPONT|@46000|@46030|100|40|échéance 1",
			"F1 01-08 250.00/210.00: 01-08 60.00 of 100.00, 02-07 150.00 of 150.00"},
		"two of one day are one": {"F1|DUPONT|@46000|@46030|100||1/3\nF1|DUPONT|@46000|@46060|70||2/3\nF1|DUPONT|@46000|@46060|80||3/3",
			"F1 01-08 250.00/250.00: 01-08 100.00 of 100.00, 02-07 150.00 of 150.00"},
		"one of nothing is none": {"F1|DUPONT|@46000|@46030|0||1/2\nF1|DUPONT|@46000|@46060|150||2/2", "F1 02-07 150.00/150.00: "},
		"of a credit note":       {"A1|DUPONT|@46000|@46030|-100||Avoir 1/2\nA1|DUPONT|@46000|@46060|-150||Avoir 2/2", "A1 01-08 -250.00/-250.00: "},
		"an invoice as usual":    {"F1|DUPONT|@46000|@46030|100||Toiture", "F1 01-08 100.00/100.00: "},
	} {
		g := gridOf(cells("Facture|Client|Date|Échéance|Montant|Réglé|Objet\n" + c.lines))
		s := recognise(g, findHeader(g, 0, nil), "", Options{Today: today, Currency: ledger.EUR})
		r := s.Drafts(s.Mapping, nil, nil)
		if len(r.Invoices) != 1 {
			t.Errorf("%s: %s", name, short(r))
			continue
		}
		d := &r.Invoices[0]
		if got := fmt.Sprintf("%s %s %s/%s: %s", d.Number, d.Due.String()[5:], d.Total.Decimal(), d.Open.Decimal(), partsText(d)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// draftInParts is a draft of FA-1 of the customer Garage, each part given by its due date in days from
// the plan's day and its amount, with what is open of all.
func draftInParts(open int64, parts ...[2]int64) Draft {
	d := draftOf("FA-1", "Garage", 0, open)
	for _, p := range parts {
		m := ledger.Euros(p[1])
		d.Instalments = append(d.Instalments, Instalment{planDay.Add(int(p[0])), m, m})
		d.Total = d.Total.Add(m)
	}
	d.orderInstalments()
	if len(parts) == 1 {
		d.Due = planDay.Add(int(parts[0][0]))
	}
	return d
}

func TestPlanRecordsInstalments(t *testing.T) {
	d := draftInParts(800, [2]int64{-10, 500}, [2]int64{20, 500})
	b := taken(&ledger.Book{}, planDay, d)
	i := b.Invoice(1)
	if !slices.Equal(i.Instalments, []ledger.Instalment{{Due: planDay.Add(-10), Amount: 500}, {Due: planDay.Add(20), Amount: 500}}) || i.Due != planDay.Add(-10) {
		t.Fatalf("%+v", i)
	}
	if f := b.Faults(); len(f) > 0 {
		t.Fatal(f[0].Err)
	}
	if st := b.Standings(planDay).Of(1); st.Open != 800 || st.Overdue != 300 || st.DaysLate != 10 {
		t.Errorf("%+v", st)
	}
	if p := NewPlan(b, []Draft{d}, planDay, nil); p.Same != 1 || p.Changed != 0 {
		t.Errorf("the same again: %+v", p.Items[0].Changes)
	}
}

func TestPlanOfKnownInstalments(t *testing.T) {
	known := draftInParts(1000, [2]int64{-10, 500}, [2]int64{20, 300}, [2]int64{50, 200})
	single := func(due, total, open int64) Draft {
		d := draftOf("FA-1", "Garage", total, open)
		d.Due = planDay.Add(int(due))
		return d
	}
	assumed := single(7, 1000, 1000)
	assumed.DueFrom = DueAssumed
	for name, c := range map[string]struct {
		d             Draft
		changes       []Field
		parts         string // after it
		open, overdue int64
	}{
		"the same":                              {known, nil, "-10:500 20:300 50:200", 1000, 500},
		"other due dates":                       {draftInParts(1000, [2]int64{-10, 500}, [2]int64{30, 300}, [2]int64{50, 200}), []Field{Due}, "-10:500 30:300 50:200", 1000, 500},
		"other parts":                           {draftInParts(1000, [2]int64{-10, 400}, [2]int64{20, 600}), []Field{Due}, "-10:400 20:600", 1000, 400},
		"another total":                         {draftInParts(1100, [2]int64{-10, 600}, [2]int64{20, 300}, [2]int64{50, 200}), []Field{Due, Total}, "-10:600 20:300 50:200", 1100, 600},
		"a list of invoices":                    {single(-10, 1000, 1000), nil, "-10:500 20:300 50:200", 1000, 500},
		"a list with the last due date":         {single(50, 1000, 900), []Field{Paid}, "-10:500 20:300 50:200", 900, 400},
		"a list without due dates":              {assumed, nil, "-10:500 20:300 50:200", 1000, 500},
		"a list with another due date":          {single(7, 1000, 1000), []Field{Due}, "", 1000, 0},
		"a list with another total":             {single(-10, 900, 900), []Field{Total}, "-10:500 20:300 50:100", 900, 500},
		"only the later parts: the first paid":  {draftInParts(500, [2]int64{20, 300}, [2]int64{50, 200}), []Field{Paid}, "-10:500 20:300 50:200", 500, 0},
		"only the last part":                    {single(50, 200, 200), []Field{Paid}, "-10:500 20:300 50:200", 200, 0},
		"what is open of the last two":          {draftInParts(350, [2]int64{20, 150}, [2]int64{50, 200}), []Field{Paid}, "-10:500 20:300 50:200", 350, 0},
		"what is open of all":                   {draftInParts(900, [2]int64{-10, 400}, [2]int64{20, 300}, [2]int64{50, 200}), []Field{Paid}, "-10:500 20:300 50:200", 900, 400},
		"some later part, of another amount":    {single(50, 250, 250), []Field{Due, Total}, "", 250, 0},
		"the last part, paid in part":           {single(50, 200, 80), []Field{Paid}, "-10:500 20:300 50:200", 80, 0},
		"the second part without the last":      {single(20, 300, 300), []Field{Due, Total}, "", 300, 0},
		"what is open of the first part, alone": {single(-10, 100, 100), []Field{Total}, "", 100, 100},
	} {
		b := taken(&ledger.Book{}, planDay, known)
		p := NewPlan(b, []Draft{c.d}, planDay, nil)
		if len(p.Items) != 1 || !slices.Equal(p.Items[0].Changes, c.changes) {
			t.Errorf("%s: changes %v, want %v; refused %v", name, p.Items[0].Changes, c.changes, p.Refused)
			continue
		}
		b = taken(b, planDay, c.d)
		if f := b.Faults(); len(f) > 0 {
			t.Errorf("%s: %v", name, f[0].Err)
		}
		var parts []string
		for _, x := range b.Invoice(1).Instalments {
			parts = append(parts, fmt.Sprintf("%d:%d", x.Due-planDay, x.Amount))
		}
		st := b.Standings(planDay).Of(1)
		if got := strings.Join(parts, " "); got != c.parts || st.Open != c.open || st.Overdue != c.overdue {
			t.Errorf("%s: parts %q, %d open, %d overdue", name, got, st.Open, st.Overdue)
		}
		if p := NewPlan(b, []Draft{c.d}, planDay, nil); p.Same != 1 {
			t.Errorf("%s: once more it changes %v", name, p.Items[0].Changes)
		}
	}
}

// A list of what is open no longer holds a part that was paid here: it counts as paid once.
func TestPlanOfPartsPaidHere(t *testing.T) {
	b := taken(&ledger.Book{}, planDay, draftInParts(1000, [2]int64{-10, 500}, [2]int64{20, 500}))
	pay := ledger.NewDraft(b)
	if _, err := ledger.Pay(pay, 1, planDay.Add(1), ledger.Euros(500), ledger.Transfer, ""); err != nil {
		t.Fatal(err)
	}
	b = taken(pay.Next(), planDay.Add(5), draftInParts(500, [2]int64{20, 500}))
	if st := b.Standings(planDay.Add(6)).Of(1); st.Open != 500 || st.Overdue != 0 || st.Due != planDay.Add(20) || b.Invoice(1).Total != ledger.Euros(1000) {
		t.Errorf("%+v", st)
	}
}

// The Sage list of due dates holds one invoice in two parts. On a day between the two, one of them is
// late; on every day what is late is what the lines say.
func TestSampleListOfDueDates(t *testing.T) {
	const name = "01_sage100_echeancier_clients.xlsx"
	dir := registers(t)
	file, err := readPath(t, filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	s := file.Sheets[0]
	drafts := s.Drafts(s.Mapping, nil, nil).Invoices
	inParts := map[string]string{}
	for i := range drafts {
		if d := &drafts[i]; len(d.Instalments) > 0 {
			inParts[d.Number] = partsText(d)
		}
	}
	if len(inParts) != 1 || inParts["FA001207"] != "07-08 158.75 of 158.75, 08-07 158.75 of 158.75" {
		t.Errorf("%v", inParts)
	}
	b := taken(&ledger.Book{}, today, drafts...)
	if p := NewPlan(b, drafts, planDay, nil); p.Same != len(drafts) {
		t.Errorf("once more: %d new, %d changed", p.New, p.Changed)
	}
	hotel, invoice := b.CustomerByRef("411HOTEL").ID, b.InvoicesByNumber("FA001207")[0]
	for _, c := range []struct {
		on              ledger.Date
		late, customers int64
	}{
		{ledger.Day(2026, 7, 8), 0, 0}, {ledger.Day(2026, 7, 9), 15875, 15875}, {ledger.Day(2026, 8, 7), 15875, 15875 + 102805},
		{ledger.Day(2026, 8, 8), 31750, 31750 + 102805},
	} {
		st := b.Standings(c.on)
		if got := st.Of(invoice).Overdue; got != c.late || b.Summary(hotel, st).Overdue[ledger.EUR] != c.customers {
			t.Errorf("%s: %d late, %v of the customer", c.on, got, b.Summary(hotel, st).Overdue)
		}
	}
	lines := expectedLines(t, filepath.Join(dir, "expected", strings.TrimSuffix(name, ".xlsx")+".json"))
	for on := ledger.Day(2026, 2, 1); on <= today; on = on.Add(1) {
		want := int64(0)
		for _, x := range lines {
			due, _ := ledger.ParseDate(x.Due)
			if open, _ := ledger.ParseDecimal(x.Open, ledger.EUR); x.Kind == "invoice" && due < on {
				want += open.Minor
			}
		}
		if got := b.Figures(b.Standings(on)).Overdue[ledger.EUR]; got != want {
			t.Errorf("%s: %d late, want %d", on, got, want)
		}
	}
}

// expectedLines gives the records expected of a sample, a part each where an invoice has several.
func expectedLines(t *testing.T, path string) []expectedRecord {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var want expectation
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	out := want.Records
	for _, c := range want.Choices {
		out = append(out, c.AnyOf[0]...)
	}
	return out
}
