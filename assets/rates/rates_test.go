package rates

import (
	"testing"

	"quitus/ledger"
	"quitus/ledger/claim"
)

// TestBuiltIn checks the half-years' penalty rates (ECB rate + 10 points) and clause floors (three times the
// legal rate) against those published for them.
func TestBuiltIn(t *testing.T) {
	for _, k := range []struct{ day, penalty, floor string }{
		{"2013-01-01", "10.75", "0.12"}, {"2013-07-01", "10.50", "0.12"}, {"2014-07-01", "10.15", "0.12"}, {"2015-01-01", "10.05", "2.79"},
		{"2016-07-01", "10.00", "2.79"}, {"2022-07-01", "10.00", "2.31"}, {"2023-01-01", "12.50", "6.18"}, {"2023-07-01", "14.00", "12.66"},
		{"2024-01-01", "14.50", "15.21"}, {"2024-07-01", "14.25", "14.76"}, {"2025-01-01", "13.15", "11.13"}, {"2025-07-01", "12.15", "8.28"},
		{"2026-01-01", "12.15", "7.86"}, {"2026-07-01", "12.40", "8.25"},
	} {
		day, err := ledger.ParseDate(k.day)
		if err != nil {
			t.Fatal(err)
		}
		mro, ok := BuiltIn().MRO.At(day)
		if got := (mro.Rate + 10_000).String(); !ok || got != k.penalty {
			t.Errorf("%s: penalty %s, want %s", k.day, got, k.penalty)
		}
		legal, ok := BuiltIn().FrLegal.At(day)
		if got := (3 * legal.Rate).String(); !ok || got != k.floor {
			t.Errorf("%s: floor %s, want %s", k.day, got, k.floor)
		}
	}
}

func TestCoverage(t *testing.T) {
	r := BuiltIn()
	if r.LastDay(claim.FrB2B, false) != ledger.Day(2026, 12, 31) || r.LastDay(claim.FrB2B, true) != ledger.Day(2026, 12, 31) {
		t.Errorf("%s %s", r.LastDay(claim.FrB2B, false), r.LastDay(claim.FrB2B, true))
	}
	if p, ok := r.MRO.At(ledger.Day(2026, 7, 1)); !ok || !p.Unconfirmed {
		t.Errorf("the rate of July 2026 is second-hand: %+v", p)
	}
	if p, ok := r.MRO.At(ledger.Day(2027, 1, 1)); ok {
		t.Errorf("not covered: %+v", p)
	}
}

func TestExample(t *testing.T) {
	got, err := claim.Compute(claim.Case{Creditor: "FR", Debtor: "FR", Kind: ledger.CompanyCustomer,
		Due: ledger.Day(2026, 5, 31), Total: ledger.Euros(5000_00)}, BuiltIn(), ledger.Day(2026, 7, 31))
	if err != nil || got.Total != ledger.Euros(5142_59) {
		t.Errorf("%+v %v", got, err)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{
		"2026-01-01,2.15,confirmed",
		"2026-13-01,2.15,confirmed,x",
		"2026-01-01,two,confirmed,x",
		"2026-01-01,2.15,sure,x",
		"2026-01-01,2.15,confirmed,",
		"2026-01-01,2.15,confirmed,x\n2025-01-01,2.15,confirmed,x",
		"# covered,soon",
		"\"",
	} {
		if _, err := Parse([]byte(s)); ledger.CodeOf(err) != "rate_table_invalid" {
			t.Errorf("%q: %v", s, err)
		}
	}
}
