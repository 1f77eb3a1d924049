package desk

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"quitus/ledger"
)

func clock() time.Time { return time.Date(2026, 11, 24, 8, 2, 0, 0, time.UTC) }

// opened gives a desk on a new ledger.
func opened(t *testing.T) *Desk {
	t.Helper()
	d, err := Open(filepath.Join(t.TempDir(), "test.quitus"), clock, "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestSampleCompany(t *testing.T) {
	d := opened(t)
	if _, err := d.FillSample(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	s := d.State()
	if n := s.Book.Invoices.Len(); n != 250 {
		t.Errorf("%d invoices", n)
	}
	seen := map[ledger.Situation]int{}
	for i := range s.Book.Invoices.All() {
		seen[s.Standings.Of(i.ID).Situation]++
	}
	t.Log(seen, s.Book.Figures(s.Standings))
	for _, c := range s.LetterCases() {
		t.Log(c.Customer.Name, c.Model, c.Amount, c.DaysLate, c.Hold)
	}
	if r, err := d.Verify(context.Background(), nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("verify: %+v, %v", r, err)
	}
	if _, err := d.FillSample(context.Background(), nil); ledger.CodeOf(err) != "sample_ledger_used" {
		t.Errorf("filling twice: %v", err)
	}
}
