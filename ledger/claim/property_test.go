package claim

import (
	"math/rand/v2"
	"testing"

	"quitus/ledger"
)

// anyCase gives a case of any regime that is computed, with receipts, parts, notices and an agreed rate, or without.
func anyCase(r *rand.Rand) Case {
	kinds := []struct {
		country string
		kind    ledger.CustomerKind
	}{{"FR", ledger.CompanyCustomer}, {"FR", ledger.PublicBody}, {"FR", ledger.Consumer}, {"FR", ledger.NonProfessional}, {"BE", ledger.CompanyCustomer},
		{"BE", ledger.Consumer}, {"LU", ledger.CompanyCustomer}, {"LU", ledger.Consumer}, {"CH", ledger.CompanyCustomer}}
	k := kinds[r.IntN(len(kinds))]
	c := of(k.country, k.kind, "1000.00", "2024-03-15")
	c.Total.Minor = 1 + r.Int64N(3_000_000)
	c.Due = day("2024-01-10").Add(r.IntN(90))
	c.Order = Order(r.IntN(2))
	if r.IntN(3) == 0 && c.Total.Minor > 10 {
		first := 1 + r.Int64N(c.Total.Minor-1)
		c.Instalments = []ledger.Instalment{{Due: c.Due, Amount: first}, {Due: c.Due.Add(1 + r.IntN(120)), Amount: c.Total.Minor - first}}
	}
	randomReceipts(r, &c)
	c.Noticed = c.Due.Add(r.IntN(60))
	c.Reminded = c.Due.Add(r.IntN(60))
	c.Grace = BelgianGrace(c.Reminded, Delivery(r.IntN(2)))
	if r.IntN(3) == 0 {
		c.Demanded = c.Due.Add(r.IntN(60))
	}
	if r.IntN(3) == 0 {
		c.ContractRate = Rate(r.IntN(int(largestRate) + 1))
	}
	if r.IntN(6) == 0 {
		c.Insolvency = c.Due.Add(r.IntN(200))
	}
	return c
}

// exact is interest before any rounding, in parts of a cent: the sum of base × days × rate of the segments' days from a day on.
func exact(segments []Segment, from ledger.Date) (sum int64) {
	for _, s := range segments {
		if s.To >= from {
			sum += s.Base.Minor * int64(s.To-max(s.From, from)+1) * int64(s.Rate)
		}
	}
	return sum
}

// TestAnySplitAddsUp: in every regime the interest of a period is that up to any day in it and that from the next day on, exactly;
// and it is the sum over the days, each with the base and the rate of its segment.
func TestAnySplitAddsUp(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for range 4000 {
		c := anyCase(r)
		end := c.Due.Add(1 + r.IntN(200))
		whole, err := Compute(c, tables(), end)
		if err != nil {
			t.Fatal(err)
		}
		if c.cancelled(end) {
			continue // a credit note of the whole takes back what ran before
		}
		cut := c.Due.Add(r.IntN(int(end - c.Due)))
		first, err := Compute(c, tables(), cut)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := exact(first.Segments, 0)+exact(whole.Segments, cut.Add(1)), exact(whole.Segments, 0); got != want {
			t.Fatalf("up to %s and after: %d, whole %d\n%+v\n%+v\nof %+v", cut, got, want, first.Segments, whole.Segments, c)
		}
		for i, s := range whole.Segments {
			if i > 0 && s.From <= whole.Segments[i-1].To {
				t.Fatalf("a day counts twice: %+v", whole.Segments)
			}
			if 2*abs(s.Amount.Minor*36_500_000-s.Base.Minor*int64(s.Days)*int64(s.Rate)) > 36_500_000 {
				t.Fatalf("%+v is not rounded to the nearest cent", s)
			}
		}
	}
}

// TestSettledDaysBearNothing: in every regime no day after what is due by then was paid bears interest, nothing is negative, and the
// total is the sum of its parts to the cent.
func TestSettledDaysBearNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	for range 4000 {
		c := anyCase(r)
		got, err := Compute(c, tables(), c.Due.Add(r.IntN(250)))
		if err != nil {
			t.Fatal(err)
		}
		if got.Interest.Negative() || got.Indemnity.Negative() || got.Principal.Negative() || got.NotDue.Negative() ||
			got.Principal.Add(got.Interest).Add(got.Indemnity) != got.Total {
			t.Fatalf("%+v of %+v", got, c)
		}
		sum := ledger.Money{Currency: c.Total.Currency}
		for _, s := range got.Segments {
			sum = sum.Add(s.Amount)
			for d := s.From; d <= s.To; d++ {
				if owedBefore(c, d) <= 0 {
					t.Fatalf("%s bears interest, and nothing was due: %+v of %+v", d, s, c)
				}
			}
			if !c.Insolvency.IsZero() && s.To >= c.Insolvency {
				t.Fatalf("interest from the judgment on: %+v of %+v", s, c)
			}
		}
		if sum != got.Accrued {
			t.Fatalf("segments of %s, accrued %s", sum, got.Accrued)
		}
	}
}

// owedBefore gives what of the invoice was due before a day and had not come in by then. Part payments that go to interest first leave
// more principal, and never less.
func owedBefore(c Case, d ledger.Date) int64 {
	owed, received := int64(0), int64(0)
	for _, p := range c.parts() {
		if p.Due < d {
			owed += p.Amount
		}
	}
	for _, x := range c.Receipts {
		if x.Date < d {
			received += x.Amount.Minor
		}
	}
	if received >= c.Total.Minor {
		return 0
	}
	if c.Order == InterestFirst {
		return owed // how much of the receipts went to interest is for other tests
	}
	return owed - received
}

// TestOneSegmentWhileTheRateStays: the rate of a public body is locked at the half-year in which interest began (CCP R2192-31), and that
// of CO 104 is the law's own. So one line of the statement holds for several half-years, and a pocket calculator finds its amount.
func TestOneSegmentWhileTheRateStays(t *testing.T) {
	for _, k := range []struct {
		c      Case
		rate   string
		amount string // 12 345.67 × 510 × rate ÷ 36 500
	}{
		{of("FR", ledger.PublicBody, "12345.67", "2024-03-31"), "12.50", "2156.26"},
		{of("CH", ledger.CompanyCustomer, "12345.67", "2024-03-31"), "5.00", "862.51"},
	} {
		got, err := Compute(k.c, tables(), day("2025-08-23"))
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Segments) != 1 {
			t.Fatalf("%+v", got.Segments)
		}
		if s := got.Segments[0]; s.Days != 510 || s.Rate.String() != k.rate || s.Amount.Decimal() != k.amount || got.Accrued != s.Amount {
			t.Errorf("%+v, want %s at %s", s, k.amount, k.rate)
		}
	}
}
