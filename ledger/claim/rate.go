package claim

import (
	"strconv"
	"strings"

	"quitus/ledger"
)

// Rate is a yearly rate in thousandths of a percent: 12.15 % is 12150.
type Rate int64

// largestRate is 1,000 % a year: more is a typing mistake.
const largestRate Rate = 1_000_000

// ParseRate reads a percentage with a dot and at most three decimals, from 0 to 1000 ("12.15"). The
// error's code is "claim_rate_invalid".
func ParseRate(s string) (Rate, error) {
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.ParseUint(whole+(frac + "000")[:3], 10, 32)
	if err != nil || whole == "" || len(frac) > 3 || Rate(n) > largestRate {
		return 0, ledger.Errorf("claim_rate_invalid", "value", s)
	}
	return Rate(n), nil
}

// String writes the percentage with at least two decimals: "12.15", "4.625".
func (r Rate) String() string {
	s := strconv.FormatInt(int64(r), 10)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	s = strings.Repeat("0", max(0, 4-len(s))) + s
	s = s[:len(s)-3] + "." + strings.TrimSuffix(s[len(s)-3:], "0")
	if neg {
		return "-" + s
	}
	return s
}

// Point is a reference rate in force from a day until the next point.
type Point struct {
	Day         ledger.Date
	Rate        Rate
	Source      string // where it was read: an address or a citation
	Unconfirmed bool   // second-hand: shown as such with every figure that rests on it
}

// Table is a reference rate over time, in order of day.
type Table struct {
	Points []Point
	// Covered is the last day whose rate the table is known to hold.
	Covered ledger.Date
}

// At gives the rate in force on a day, or false when the table does not cover it.
func (t Table) At(day ledger.Date) (Point, bool) {
	if day > t.Covered {
		return Point{}, false
	}
	for i := len(t.Points) - 1; i >= 0; i-- {
		if t.Points[i].Day <= day {
			return t.Points[i], true
		}
	}
	return Point{}, false
}

// Rates are the tables that the regimes read.
type Rates struct {
	MRO     Table // main refinancing rate of the European Central Bank
	FrLegal Table // French legal interest rate, column of the professionals (C. mon. fin. L313-2)
}

// Rule is the rule that gave a segment's rate: a code whose sentence is in the translations under
// "claim.rule." + Code, and its facts.
type Rule struct {
	Code        string
	Day         ledger.Date // 1 January or 1 July whose reference rate counts
	Reference   Rate        // the reference rate of that day
	Unconfirmed bool
}

// The rules of French late-payment penalties between businesses.
const (
	RuleDefault  = "fr_mro_plus_10"    // reference: ECB rate; C. com. L441-10 II
	ruleContract = "fr_contract"       // reference: legal rate; clause at or above the floor
	ruleFloor    = "fr_contract_floor" // reference: legal rate; clause below three times it
)

// Points above the ECB's rate (C. com. L441-10 II), and the floor of a clause in times of the legal rate.
const (
	frPoints      Rate = 10_000
	frFloorFactor      = 3
)

// frFirst is the first day of the penalties' table: before it the rules were others.
var frFirst = ledger.Day(2013, 1, 1)

// LastDay is the last day that a French business claim can be computed for: the end of the half-year
// whose first day the tables still cover.
func (r Rates) LastDay(contract bool) ledger.Date {
	if contract {
		return lastOf(r.FrLegal)
	}
	return lastOf(r.MRO)
}

func lastOf(t Table) ledger.Date {
	if len(t.Points) == 0 {
		return 0
	}
	return HalfYearEnd(t.Covered)
}

// segment computes the interest on a base from one day to another within one half-year.
func (r Rates) segment(from, to ledger.Date, base ledger.Money, contract Rate) (Segment, *ledger.Error) {
	start := HalfYearStart(from)
	table := r.MRO
	if contract > 0 {
		table = r.FrLegal
	}
	p, ok := table.At(start)
	if !ok || start < frFirst {
		return Segment{}, ledger.Errorf("rate_not_covered", "first", frFirst, "last", lastOf(table))
	}
	rate, code := p.Rate+frPoints, RuleDefault
	if contract > 0 {
		rate, code = contract, ruleContract
		if floor := frFloorFactor * p.Rate; floor > contract {
			rate, code = floor, ruleFloor
		}
	}
	days := int(to-from) + 1
	return Segment{From: from, To: to, Days: days, Base: base, Rate: rate,
		Rule:   Rule{code, start, p.Rate, p.Unconfirmed},
		Source: p.Source, Amount: Interest(base, days, rate)}, nil
}

// Interest is base × days × rate ÷ (365 × 100), rounded half-up to the minor unit; 365 in leap years too.
func Interest(base ledger.Money, days int, rate Rate) ledger.Money {
	return ledger.Money{
		Minor:    ledger.MulDiv(base.Minor, int64(days)*int64(rate), 365*100*1000),
		Currency: base.Currency,
	}
}

// HalfYearStart is the 1 January or 1 July that begins a day's half-year.
func HalfYearStart(d ledger.Date) ledger.Date {
	y, m, _ := d.Civil()
	if m >= 7 {
		return ledger.Day(y, 7, 1)
	}
	return ledger.Day(y, 1, 1)
}

// HalfYearEnd is the 30 June or 31 December that ends a day's half-year.
func HalfYearEnd(d ledger.Date) ledger.Date {
	y, m, _ := d.Civil()
	if m >= 7 {
		return ledger.Day(y, 12, 31)
	}
	return ledger.Day(y, 6, 30)
}
