package claim

import (
	"cmp"
	"slices"
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
	Unknown     bool   // the rate from this day on was not found: nothing is computed with it
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
			return t.Points[i], !t.Points[i].Unknown
		}
	}
	return Point{}, false
}

// add puts a point in, in place of one of the same day. What lies between the days covered so far and a later point
// stays unknown.
func (t Table) add(p Point, to ledger.Date) Table {
	points := slices.Clone(t.Points)
	if p.Day > t.Covered.Add(1) && len(points) > 0 {
		points = append(points, Point{Day: t.Covered.Add(1), Unknown: true})
	}
	i, found := slices.BinarySearchFunc(points, p.Day, func(x Point, day ledger.Date) int { return cmp.Compare(x.Day, day) })
	if found {
		points[i] = p
	} else {
		points = slices.Insert(points, i, p)
	}
	return Table{points, max(t.Covered, to)}
}

// TableName names a table of reference rates. The values are written in ledger files.
type TableName string

// The tables.
const (
	TableMRO          TableName = "ecb_mro"       // main refinancing rate of the European Central Bank
	TableFrLegal      TableName = "fr_legal"      // French legal interest rate, column of the professionals (C. mon. fin. L313-2)
	TableBeCommercial TableName = "be_commercial" // Belgian rate between companies (loi du 2 août 2002, art. 5)
	TableBeLegal      TableName = "be_legal"      // Belgian civil rate (loi du 5 mai 1865, art. 2)
	TableLuConsumer   TableName = "lu_consumer"   // Luxembourg's legal rate towards consumers
)

// TableNames lists the tables.
var TableNames = []TableName{TableMRO, TableFrLegal, TableBeCommercial, TableBeLegal, TableLuConsumer}

// Yearly says whether the table's rates change on 1 January only; others count by half-year.
func (n TableName) Yearly() bool { return n == TableBeLegal || n == TableLuConsumer }

// Start gives the first day of the half-year, or of the year, that a day lies in.
func (n TableName) Start(d ledger.Date) ledger.Date {
	if n.Yearly() {
		y, _, _ := d.Civil()
		return ledger.Day(y, 1, 1)
	}
	return HalfYearStart(d)
}

// End gives the last day of the half-year, or of the year, that a day lies in.
func (n TableName) End(d ledger.Date) ledger.Date {
	if n.Yearly() {
		y, _, _ := d.Civil()
		return ledger.Day(y, 12, 31)
	}
	return HalfYearEnd(d)
}

// Rates are the tables that the regimes read.
type Rates struct {
	MRO, FrLegal, BeCommercial, BeLegal, LuConsumer Table
}

// Table gives a table by its name; an empty one where there is none of that name.
func (r Rates) Table(n TableName) Table {
	if t := r.table(n); t != nil {
		return *t
	}
	return Table{}
}

func (r *Rates) table(n TableName) *Table {
	switch n {
	case TableMRO:
		return &r.MRO
	case TableFrLegal:
		return &r.FrLegal
	case TableBeCommercial:
		return &r.BeCommercial
	case TableBeLegal:
		return &r.BeLegal
	case TableLuConsumer:
		return &r.LuConsumer
	}
	return nil
}

// With gives the tables with one rate more, in force in the half-year or year of the point's day; r itself stays as it is.
func (r Rates) With(n TableName, p Point) Rates {
	if t := r.table(n); t != nil {
		p.Day = n.Start(p.Day)
		to := p.Day
		if n != TableMRO {
			to = n.End(p.Day)
		}
		*t = t.add(p, to)
	}
	return r
}

// LastDay is the last day that a claim can be computed for, with an agreed rate or without: the end of the half-year or
// year whose first day the regime's table still covers. The zero Date says that there is no such day: no table is needed.
func (r Rates) LastDay(regime Regime, contract bool) ledger.Date {
	n := rulebook[regime].tableFor(contract)
	t := r.Table(n)
	if len(t.Points) == 0 {
		return 0
	}
	return n.End(t.Covered)
}
