package invoices

import (
	"context"
	"slices"
	"strings"
	"testing"

	"quitus/app/screentest"
	"quitus/assets/words"
	"quitus/ledger"
)

func model(t *testing.T) (*screentest.Bench, *Model) {
	t.Helper()
	b := screentest.New(t, words.FR)
	return b, NewModel(b.Words, b.Desk.State())
}

// count is how many rows a filter and a query leave.
func (m *Model) count(filter, query string) int {
	keep := m.Keep(filter, query)
	n := 0
	for k := range m.Rows {
		if keep(&m.Rows[k]) {
			n++
		}
	}
	return n
}

func TestCounts(t *testing.T) {
	b, m := model(t)
	s := b.Desk.State()
	f := s.Book.Figures(s.Standings)
	if m.Counts[Open] != f.OpenCount || m.Counts[Overdue] != f.OverdueCount || m.Counts[All] != s.Book.Invoices.Len() {
		t.Errorf("counts %v, figures %+v", m.Counts, f)
	}
	for _, x := range m.Filters(All) {
		if got := m.count(x.ID, ""); got != x.Count || x.Count != m.Counts[x.ID] {
			t.Errorf("%s: %d rows, %d said", x.ID, got, x.Count)
		}
	}
	// Open invoices, settled ones and open credit notes make all.
	credits := m.count("bucket:6", "")
	if m.Counts[Open]+m.Counts[Settled]+credits != m.Counts[All] || credits == 0 {
		t.Errorf("%v and %d open credit notes", m.Counts, credits)
	}
	// The ages make all that is open.
	ages := 0
	for _, id := range []string{"bucket:0", "bucket:1", "bucket:2", "bucket:3", "bucket:4", "bucket:5", "bucket:6"} {
		ages += m.count(id, "")
	}
	if ages != m.Counts[Open]+credits {
		t.Errorf("%d by age, %d open", ages, m.Counts[Open]+credits)
	}
}

func TestFiltersOffered(t *testing.T) {
	_, m := model(t)
	ids := func(chosen string) string {
		var out []string
		for _, f := range m.Filters(chosen) {
			out = append(out, f.ID)
		}
		return strings.Join(out, " ")
	}
	if got := ids(Open); got != "open overdue promised disputed settled credits all" {
		t.Error(got)
	}
	if got := ids("bucket:2"); !strings.HasSuffix(got, " bucket:2") {
		t.Error(got)
	}
	m.Counts[Credits] = 0
	if got := ids(Open); strings.Contains(got, Credits) {
		t.Error(got)
	}
	for f, want := range map[string]bool{"open": true, "bucket:0": true, "bucket:6": true, "bucket:7": false, "bucket:x": false, "": false, "late": false} {
		if Known(f) != want {
			t.Errorf("Known(%q) is %v", f, !want)
		}
	}
}

func TestSearch(t *testing.T) {
	_, m := model(t)
	var r *Row
	for k := range m.Rows {
		if m.Rows[k].Number == "F-2026-0312" {
			r = &m.Rows[k] // Transports Quillivic, 3 704,00 € of which 3 204,00 € are open
		}
	}
	for query, want := range map[string]bool{
		"0312": true, "f-2026-0312": true, "quilliv": true, "QUILLIVIC transports": true, "quillivic 0312": true,
		"3 704": true, "3704,00": true, "3\u202f204,00 €": true, "3204.0": true, "3,704.00": true,
		"704,00": false, "quillivic 0313": false, "3705": false, "xyzzy": false, "   ": true,
	} {
		if got := m.Keep(All, query)(r); got != want {
			t.Errorf("%q: %v", query, got)
		}
	}
	if n := m.count(All, "orsenval"); n == 0 || n == len(m.Rows) || n < m.count(Open, "orsenval") {
		t.Errorf("%d rows", n)
	}
	if r.Subject != "" && !m.Keep(All, ledger.Fold(r.Subject))(r) {
		t.Error("not found by what was delivered")
	}
}

func TestAmountOf(t *testing.T) {
	for query, want := range map[string]string{
		"1234": "1234", "1 234,5": "1234.5", "1.234,50": "1234.50", "1,234.50": "1234.50", "1'234.50": "1234.50",
		"1.234": "1234", "12,": "12.", ",50": "50", "€ 12": "12", "F-12": "", "": "", "12 rue": "",
	} {
		if want != "" {
			want = amountMark + want
		}
		if got := amountOf(query); got != want {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
}

func TestChoice(t *testing.T) {
	b, m := model(t)
	var open, settled, credit *Row
	for k := range m.Rows {
		switch r := &m.Rows[k]; {
		case r.CreditNote && r.Open != 0:
			credit = r
		case r.Open == 0:
			settled = r
		default:
			open = r
		}
	}
	c := m.Chosen([]*Row{open, settled, credit})
	if !slices.Equal(c.Writes, []ledger.CustomerID{open.Customer}) || c.Payer != open.Customer || c.Invoice != 0 {
		t.Errorf("%+v", c)
	}
	if want := b.Words.Money(ledger.Money{Minor: open.Open + credit.Open, Currency: ledger.EUR}); !strings.Contains(c.Rest, want) {
		t.Errorf("%q does not say %s", c.Rest, want)
	}
	if c = m.Chosen([]*Row{settled}); len(c.Writes) != 0 || c.Payer != 0 {
		t.Errorf("to write for a settled invoice: %+v", c)
	}
	if c = m.Chosen([]*Row{open}); c.Invoice != open.ID || c.WriteText != "Écrire au client" {
		t.Errorf("%+v", c)
	}
}

func TestSum(t *testing.T) {
	w := words.New(words.FR)
	var s Sum
	for _, m := range []ledger.Money{ledger.Euros(100), {Minor: 250, Currency: "CHF"}, ledger.Euros(11)} {
		s.Add(&Row{Invoice: &ledger.Invoice{Total: m}, Open: m.Minor})
	}
	count, total, open := s.Words(w)
	if spaced := strings.ReplaceAll(total, "\u00a0", " "); count != "3 factures" || spaced != "1,11 € + 2,50 CHF" || open != total {
		t.Errorf("%q %q %q", count, total, open)
	}
	var none Sum
	if _, total, _ := none.Words(w); total != w.Money(ledger.Euros(0)) {
		t.Errorf("nothing is %q", total)
	}
}

// An invoice in parts shows the due date of the next one, and every age that something of it has.
func TestRowOfParts(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	on := screentest.Day
	if _, err := b.Desk.Fill(context.Background(), func(d *ledger.Draft) error {
		d.Put(&ledger.Customer{Ref: "C1", Name: "Dervaux", Type: ledger.CompanyCustomer, Country: "FR"})
		d.Put(&ledger.Invoice{
			Customer: 1, Number: "F-1", Issued: on.Add(-100), Due: on.Add(-70), Total: ledger.Euros(100000), RegisterPaid: 50000, RegisterDay: on,
			Instalments: []ledger.Instalment{{Due: on.Add(-70), Amount: 50000}, {Due: on.Add(-40), Amount: 30000}, {Due: on.Add(20), Amount: 20000}},
		})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	m := NewModel(b.Words, b.Desk.State())
	if r := m.Rows[0]; r.Due != on.Add(-40) || r.days != 40 {
		t.Errorf("due %s, sorted by %d days", r.Due, r.days)
	}
	for filter, want := range map[string]int{"bucket:0": 1, "bucket:1": 0, "bucket:2": 1, "bucket:3": 0, Overdue: 1, Open: 1, Settled: 0} {
		if got := m.count(filter, ""); got != want {
			t.Errorf("%s: %d rows, want %d", filter, got, want)
		}
	}
}
