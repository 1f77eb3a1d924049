package ledger

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

func TestDecimal(t *testing.T) {
	for _, c := range []struct {
		m    Money
		want string
	}{
		{Euros(0), "0.00"}, {Euros(5), "0.05"}, {Euros(-5), "-0.05"}, {Euros(123450), "1234.50"},
		{Euros(-100), "-1.00"}, {Money{1234, "XPF"}, "1234"}, {Money{1234, "TND"}, "1.234"},
		{Money{-9223372036854775808, EUR}, "-92233720368547758.08"},
	} {
		if got := c.m.Decimal(); got != c.want {
			t.Errorf("%v: %q, want %q", c.m, got, c.want)
		}
		if back, err := ParseDecimal(c.want, c.m.Currency); err != nil && c.m.Minor > -1<<62 || err == nil && back != c.m {
			t.Errorf("%q reads back as %v, %v", c.want, back, err)
		}
	}
}

func TestParseDecimalRefuses(t *testing.T) {
	for _, s := range []string{"", "-", ".", "1.", ".5", "1,5", "1.234", "1e3", "+1", " 1", "99999999999999999999"} {
		if m, err := ParseDecimal(s, EUR); err == nil || CodeOf(err) != "amount_invalid" {
			t.Errorf("%q gives %v, %v", s, m, err)
		}
	}
	if m, err := ParseDecimal("12.5", EUR); err != nil || m != Euros(1250) {
		t.Errorf("12.5 gives %v, %v", m, err)
	}
}

func TestCurrenciesNeverMeet(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("euros and francs were added")
		}
	}()
	Euros(1).Add(Money{1, CHF})
}

func TestMulDivAgainstBigNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		a, b := r.Int64N(1<<40)-1<<39, r.Int64N(1<<30)-1<<29
		c := r.Int64N(1<<20) + 1
		// Half-up away from zero: sign × (2·|a·b| + c) ÷ (2·c).
		p := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
		sign := int64(p.Sign())
		p.Abs(p).Mul(p, big.NewInt(2)).Add(p, big.NewInt(c)).Quo(p, big.NewInt(2*c))
		if got := MulDiv(a, b, c); got != sign*p.Int64() {
			t.Fatalf("%d × %d ÷ %d = %d, want %d", a, b, c, got, sign*p.Int64())
		}
	}
}

func TestSumsList(t *testing.T) {
	s := Sums{}
	s.Add(Money{5, CHF})
	s.Add(Euros(7))
	s.Add(Money{3, "USD"})
	s.Add(Money{-3, "USD"})
	if got := s.List(); len(got) != 2 || got[0] != Euros(7) || got[1] != (Money{5, CHF}) {
		t.Errorf("%v", got)
	}
	z := Sums{}
	z.Add(Euros(0))
	if got := z.List(); len(got) != 1 || got[0] != Euros(0) {
		t.Errorf("nothing in euros is %v", got)
	}
}
