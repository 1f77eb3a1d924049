package ledger

import (
	"testing"
	"time"
)

func TestDatesAgreeWithTheCalendar(t *testing.T) {
	day := time.Date(1899, 12, 25, 0, 0, 0, 0, time.UTC)
	want := Day(1899, 12, 25)
	for range 150000 {
		y, m, d := day.Date()
		got, ok := MakeDate(y, int(m), d)
		if !ok || got != want || got.Weekday() != day.Weekday() || got.String() != day.Format(time.DateOnly) {
			t.Fatalf("%s: %d %v %v, want %d", day.Format(time.DateOnly), got, got, got.Weekday(), want)
		}
		if back, err := ParseDate(got.String()); err != nil || back != got {
			t.Fatalf("%s reads back as %v, %v", got, back, err)
		}
		day, want = day.AddDate(0, 0, 1), want+1
	}
}

func TestNoSuchDay(t *testing.T) {
	for _, c := range [][3]int{{2026, 2, 29}, {2100, 2, 29}, {2026, 4, 31}, {2026, 13, 1}, {2026, 0, 1}, {2026, 1, 0}, {0, 1, 1}, {10000, 1, 1}} {
		if d, ok := MakeDate(c[0], c[1], c[2]); ok || d != 0 {
			t.Errorf("%v is %v", c, d)
		}
	}
	for _, s := range []string{"2026-02-29", "2026-2-01", "20260201", "", "2026-02-01 "} {
		if _, err := ParseDate(s); CodeOf(err) != "date_invalid" {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-11-15", 2, "2027-01-15"},
		{"2026-01-15", -1, "2025-12-15"}, {"2026-03-31", -13, "2025-02-28"}, {"2026-12-31", 12, "2027-12-31"},
	} {
		from, _ := ParseDate(c.from)
		if got := from.AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestTerms(t *testing.T) {
	for _, c := range []struct {
		issued string
		terms  Terms
		want   string
	}{
		{"2026-11-21", Terms{Given: true}, "2026-11-21"},
		{"2026-11-21", Terms{Given: true, Days: 30}, "2026-12-21"},
		{"2026-11-21", Terms{Given: true, Days: 30, EndOfMonth: true}, "2026-12-31"},
		{"2026-11-21", Terms{Given: true, Days: 45, EndOfMonth: true, Day: 10}, "2027-02-10"},
		{"2026-11-05", Terms{Given: true, Days: 0, Day: 10}, "2026-11-10"},
		{"2026-11-15", Terms{Given: true, Days: 0, Day: 10}, "2026-12-10"},
		{"2026-01-31", Terms{Given: true, Days: 0, EndOfMonth: true, Day: 31}, "2026-02-28"},
	} {
		issued, _ := ParseDate(c.issued)
		if got := c.terms.Due(issued).String(); got != c.want {
			t.Errorf("%s %+v: %s, want %s", c.issued, c.terms, got, c.want)
		}
	}
}
