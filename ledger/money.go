package ledger

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Currency is an ISO 4217 code in capitals, "EUR" for instance. The empty currency belongs to the
// zero Money only.
type Currency string

// Currencies that the program names itself.
const (
	EUR Currency = "EUR"
	CHF Currency = "CHF"
)

// decimalsOf lists the currencies whose number of decimals is not two (ISO 4217, list one).
var decimalsOf = map[Currency]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
	"RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// Decimals is the number of decimals of the currency's minor unit: 2 for the euro, 0 for the CFP franc.
func (c Currency) Decimals() int {
	if n, ok := decimalsOf[c]; ok {
		return n
	}
	return 2
}

// ParseCurrency reads an ISO 4217 code in any case, or one of the signs €, $ and £.
func ParseCurrency(s string) (Currency, bool) {
	switch s = strings.ToUpper(strings.TrimSpace(s)); s {
	case "€", "EURO", "EUROS":
		return EUR, true
	case "$":
		return "USD", true
	case "£":
		return "GBP", true
	case "FRS", "FR.", "SFR":
		return CHF, true
	}
	if len(s) != 3 {
		return "", false
	}
	for _, r := range s {
		if r < 'A' || r > 'Z' {
			return "", false
		}
	}
	return Currency(s), true
}

// Money is an amount in minor units (cents) of one currency. The zero Money has no currency and can
// be added to any amount.
type Money struct {
	Minor    int64
	Currency Currency
}

// Euros makes an amount of whole euro cents.
func Euros(cents int64) Money { return Money{cents, EUR} }

// Add gives m + o. Amounts of different currencies never meet: adding them panics, for it is a
// mistake of the program and not of its user. Overflow panics likewise.
func (m Money) Add(o Money) Money {
	c := m.with(o)
	s := m.Minor + o.Minor
	if (o.Minor > 0 && s < m.Minor) || (o.Minor < 0 && s > m.Minor) {
		panic(fmt.Sprintf("ledger: %s + %s overflows", m, o))
	}
	return Money{s, c}
}

// Sub gives m − o, under the conditions of [Money.Add].
func (m Money) Sub(o Money) Money { return m.Add(o.Neg()) }

// Neg gives −m.
func (m Money) Neg() Money { return Money{-m.Minor, m.Currency} }

// Abs gives the amount without its sign.
func (m Money) Abs() Money {
	if m.Minor < 0 {
		return m.Neg()
	}
	return m
}

// Cmp compares two amounts of one currency: −1, 0 or 1.
func (m Money) Cmp(o Money) int {
	m.with(o)
	switch {
	case m.Minor < o.Minor:
		return -1
	case m.Minor > o.Minor:
		return 1
	}
	return 0
}

// Min gives the smaller of two amounts of one currency.
func (m Money) Min(o Money) Money {
	if m.Cmp(o) <= 0 {
		return Money{m.Minor, m.with(o)}
	}
	return Money{o.Minor, m.with(o)}
}

// IsZero says whether the amount is nothing.
func (m Money) IsZero() bool { return m.Minor == 0 }

// Positive says whether the amount is more than nothing.
func (m Money) Positive() bool { return m.Minor > 0 }

// Negative says whether the amount is less than nothing.
func (m Money) Negative() bool { return m.Minor < 0 }

func (m Money) with(o Money) Currency {
	switch {
	case m.Currency == o.Currency, o.Currency == "":
		return m.Currency
	case m.Currency == "":
		return o.Currency
	}
	panic(fmt.Sprintf("ledger: %s and %s are of different currencies", m, o))
}

// Decimal writes the amount as programs exchange it: sign, dot, the currency's decimals ("-1234.50").
func (m Money) Decimal() string {
	n := m.Currency.Decimals()
	neg := m.Minor < 0
	u := uint64(m.Minor)
	if neg {
		u = -u
	}
	s := strconv.FormatUint(u, 10)
	if n > 0 {
		if len(s) <= n {
			s = strings.Repeat("0", n+1-len(s)) + s
		}
		s = s[:len(s)-n] + "." + s[len(s)-n:]
	}
	if neg {
		return "-" + s
	}
	return s
}

// String writes the amount with its currency, for logs and tests.
func (m Money) String() string { return m.Decimal() + " " + string(m.Currency) }

// ParseDecimal reads an amount as [Money.Decimal] writes it; fewer decimals than the currency has
// are allowed, more are an error with code "amount_invalid".
func ParseDecimal(s string, c Currency) (Money, error) {
	bad := func() (Money, error) { return Money{}, Errorf("amount_invalid", "value", s) }
	t, neg := strings.CutPrefix(s, "-")
	whole, frac, dot := strings.Cut(t, ".")
	n := c.Decimals()
	if whole == "" || (dot && frac == "") || len(frac) > n {
		return bad()
	}
	digits := whole + frac + strings.Repeat("0", n-len(frac))
	for _, r := range digits {
		if r < '0' || r > '9' {
			return bad()
		}
	}
	v, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return bad()
	}
	if neg {
		v = -v
	}
	return Money{v, c}, nil
}

// MulDiv gives a × b ÷ c rounded half-up (away from zero), exact for all operands whose result fits.
// It panics if c is zero or the result does not fit.
func MulDiv(a, b, c int64) int64 {
	neg := (a < 0) != (b < 0) != (c < 0)
	q, ok := mulDivAbs(abs64(a), abs64(b), abs64(c))
	if !ok || q > math.MaxInt64 {
		panic("ledger: MulDiv overflows")
	}
	if neg {
		return -int64(q)
	}
	return int64(q)
}

// Sums holds one total per currency, for lists that mix currencies.
type Sums map[Currency]int64

// Add counts an amount in.
func (s Sums) Add(m Money) {
	if m.Minor != 0 || m.Currency != "" {
		s[m.Currency] += m.Minor
	}
}

// List gives the totals, the euro first and the others by code; currencies that sum to nothing are
// kept only if they are all there is.
func (s Sums) List() []Money {
	var out []Money
	for c, v := range s {
		if v != 0 {
			out = append(out, Money{v, c})
		}
	}
	if len(out) == 0 {
		for c := range s {
			out = append(out, Money{0, c})
		}
	}
	slices.SortFunc(out, func(a, b Money) int {
		if (a.Currency == EUR) != (b.Currency == EUR) {
			if a.Currency == EUR {
				return -1
			}
			return 1
		}
		return strings.Compare(string(a.Currency), string(b.Currency))
	})
	return out
}
