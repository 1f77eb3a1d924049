package claim

import "quitus/ledger"

// Rule is the rule that gave a segment's rate: a code whose sentence is in the translations under
// "claim.rule." + Code, and its facts.
type Rule struct {
	Code        string
	Day         ledger.Date // first day of the half-year or year whose reference counts; zero where the law says the rate itself
	Reference   Rate        // the reference rate of that day
	Unconfirmed bool
	Yearly      bool // the reference is that of a year
}

// tableFor names the table that gives a rate, with an agreed rate or without; nothing where none is needed.
func (k rules) tableFor(contract bool) TableName {
	if !contract {
		return k.table
	}
	switch k.clause {
	case clauseFloored:
		return TableFrLegal
	case clauseCapped:
		return TableBeCommercial
	case clauseFree:
		return ""
	}
	return k.table
}

// tariff gives the rates of one claim, day by day.
type tariff struct {
	rules
	rates    Rates
	contract Rate        // as far as the regime gives it room; 0 for none
	began    ledger.Date // the day on which interest began, where the rate stays that of its half-year
}

func newTariff(k rules, r Rates, contract Rate) tariff {
	if k.clause == clauseAside {
		contract = 0
	}
	return tariff{rules: k, rates: r, contract: contract}
}

// end gives the last day that has a day's rate for sure.
func (t *tariff) end(from ledger.Date) ledger.Date {
	n := t.tableFor(t.contract > 0)
	if n == "" || t.locked {
		return lastDate
	}
	return n.End(from)
}

// segment computes the interest on a base from one day to another, which [tariff.end] allows.
func (t *tariff) segment(from, to ledger.Date, base ledger.Money) (Segment, *ledger.Error) {
	if t.began.IsZero() {
		t.began = from
	}
	rate, rule, source, err := t.rate(from)
	if err != nil {
		return Segment{}, err
	}
	days := int(to-from) + 1
	return Segment{From: from, To: to, Days: days, Base: base, Rate: rate, Rule: rule, Source: source, Amount: Interest(base, days, rate)}, nil
}

func (t *tariff) rate(day ledger.Date) (Rate, Rule, string, *ledger.Error) {
	n := t.tableFor(t.contract > 0)
	if n == "" {
		if t.contract > 0 {
			return t.contract, Rule{Code: RuleAnyClause}, t.source, nil
		}
		return t.points, Rule{Code: t.code}, t.source, nil
	}
	if t.locked {
		day = t.began
	}
	p, err := t.reference(n, day)
	if err != nil {
		return 0, Rule{}, "", err
	}
	rate, code := p.Rate+t.points, t.code
	if t.contract > 0 {
		rate, code = t.bounded(p.Rate)
	}
	return rate, Rule{code, n.Start(day), p.Rate, p.Unconfirmed, n.Yearly()}, p.Source, nil
}

// bounded gives the agreed rate within what the law allows, seen from a reference rate.
func (t *tariff) bounded(reference Rate) (Rate, string) {
	if t.clause == clauseCapped {
		if t.contract > reference {
			return reference, RuleBeCap
		}
		return t.contract, RuleBeClause
	}
	if floor := frFloorFactor * reference; floor > t.contract {
		return floor, RuleFloor
	}
	return t.contract, RuleContract
}

// reference reads a table for the half-year or year of a day.
func (t *tariff) reference(n TableName, day ledger.Date) (Point, *ledger.Error) {
	start, table := n.Start(day), t.rates.Table(n)
	p, ok := table.At(start)
	if ok && start >= t.first {
		return p, nil
	}
	if p.Unknown {
		return Point{}, ledger.Errorf("rate_unknown", "day", start, "table", ledger.Term("claim.table."+string(n)))
	}
	first, last := t.first, ledger.Date(0)
	if len(table.Points) > 0 {
		first, last = max(first, table.Points[0].Day), n.End(table.Covered)
	}
	return Point{}, ledger.Errorf("rate_not_covered", "first", first, "last", last)
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
