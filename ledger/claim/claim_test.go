package claim

import (
	"math/rand/v2"
	"testing"

	"quitus/ledger"
)

func day(s string) ledger.Date {
	d, err := ledger.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func rate(s string) Rate {
	r, err := ParseRate(s)
	if err != nil {
		panic(err)
	}
	return r
}

func eur(s string) ledger.Money {
	m, err := ledger.ParseDecimal(s, ledger.EUR)
	if err != nil {
		panic(err)
	}
	return m
}

// tables are those of C. com. L441-10 and C. mon. fin. L313-2 around 2026.
func tables() Rates {
	return Rates{
		MRO: Table{Points: []Point{
			{day("2012-07-11"), rate("0.75"), "mro 2012", false, false},
			{day("2023-09-20"), rate("4.50"), "mro 2023", false, false},
			{day("2024-06-12"), rate("4.25"), "mro 2024", false, false},
			{day("2025-06-11"), rate("2.15"), "mro 2025", false, false},
			{day("2026-06-17"), rate("2.40"), "mro 2026", true, false},
			{day("2026-09-16"), rate("2.65"), "mro 2026-09", true, false},
		}, Covered: day("2026-09-16")},
		FrLegal: Table{Points: []Point{
			{day("2024-01-01"), rate("5.07"), "legal", false, false},
			{day("2026-01-01"), rate("2.62"), "legal", false, false},
			{day("2026-07-01"), rate("2.75"), "legal", true, false},
		}, Covered: day("2026-12-31")},
		BeCommercial: Table{Points: []Point{
			{day("2024-01-01"), rate("12.50"), "be 2024", false, false},
			{day("2025-01-01"), rate("11.50"), "be 2025-1", false, false},
			{day("2025-07-01"), rate("10.50"), "be 2025-2", false, false},
			{day("2026-07-01"), rate("10.50"), "be 2026-2", true, false},
		}, Covered: day("2026-12-31")},
		BeLegal: Table{Points: []Point{
			{day("2024-01-01"), rate("5.75"), "be legal", false, false},
			{day("2025-01-01"), rate("4.50"), "be legal", false, false},
			{day("2026-01-01"), rate("4.50"), "be legal", false, false},
		}, Covered: day("2026-12-31")},
		LuConsumer: Table{Points: []Point{
			{day("2012-01-01"), rate("3.50"), "lu", false, false},
			{day("2013-01-01"), 0, "", false, true},
			{day("2024-01-01"), rate("4.50"), "lu", false, false},
		}, Covered: day("2024-12-31")},
	}
}

func french(total, due string, receipts ...Receipt) Case {
	return Case{Invoice: "FA-118", Creditor: "FR", Debtor: "FR", Kind: ledger.CompanyCustomer,
		Due: day(due), Total: eur(total), Receipts: receipts}
}

func paid(on, amount string) Receipt     { return Receipt{day(on), eur(amount), false} }
func credited(on, amount string) Receipt { return Receipt{day(on), eur(amount), true} }

func TestWorkedExamples(t *testing.T) {
	cases := []struct {
		name                                string
		c                                   Case
		on                                  string
		amounts                             []string
		principal, interest, indemnity, sum string
	}{
		{"two half-years", french("5000.00", "2026-05-31"), "2026-07-31",
			[]string{"49.93", "52.66"}, "5000.00", "102.59", "40.00", "5142.59"},
		{"on the due day nothing runs", french("5000.00", "2026-05-31"), "2026-05-31",
			nil, "5000.00", "0.00", "0.00", "5000.00"},
		{"the first day counts", french("5000.00", "2026-05-31"), "2026-06-01",
			[]string{"1.66"}, "5000.00", "1.66", "40.00", "5041.66"},
		{"a leap year has 365 days too", french("1000.00", "2023-12-31"), "2024-12-31",
			[]string{"72.30", "71.84"}, "1000.00", "144.14", "40.00", "1184.14"},
		{"part payment to interest first", french("5000.00", "2026-05-31", paid("2026-06-30", "2000.00")), "2026-07-31",
			[]string{"49.93", "32.12"}, "3049.93", "32.12", "40.00", "3122.05"},
		{"part payment in the middle: its day counts on the old base", french("1000.00", "2026-02-28", paid("2026-03-10", "400.00")), "2026-03-20",
			[]string{"3.33", "2.01"}, "603.33", "2.01", "40.00", "645.34"},
		{"credit note reduces the principal only", french("1000.00", "2026-02-28", credited("2026-03-10", "400.00")), "2026-03-20",
			[]string{"3.33", "2.00"}, "600.00", "5.33", "40.00", "645.33"},
		{"paid in full, late: interest and indemnity stay", french("1000.00", "2026-02-28", paid("2026-03-10", "1000.00")), "2026-06-30",
			[]string{"3.33"}, "0.00", "3.33", "40.00", "43.33"},
		{"paid in two parts, late", french("1000.00", "2026-02-28", paid("2026-03-10", "400.00"), paid("2026-03-20", "600.00")), "2026-06-30",
			[]string{"3.33", "2.01"}, "0.00", "5.34", "40.00", "45.34"},
		{"paid on the due day", french("1000.00", "2026-02-28", paid("2026-02-28", "1000.00")), "2026-06-30",
			nil, "0.00", "0.00", "0.00", "0.00"},
		{"payments after the day asked for do not count", french("5000.00", "2026-05-31", paid("2026-08-01", "5000.00")), "2026-07-31",
			[]string{"49.93", "52.66"}, "5000.00", "102.59", "40.00", "5142.59"},
		{"cancelled by a credit note", french("1000.00", "2026-02-28", credited("2026-03-31", "1000.00")), "2026-06-30",
			nil, "0.00", "0.00", "0.00", "0.00"},
		{"paid on a day unknown", french("1000.00", "2026-02-28", Receipt{Amount: eur("1000.00")}), "2026-06-30",
			nil, "0.00", "0.00", "0.00", "0.00"},
	}
	for _, k := range cases {
		t.Run(k.name, func(t *testing.T) {
			got, err := Compute(k.c, tables(), day(k.on))
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Segments) != len(k.amounts) {
				t.Fatalf("segments %+v", got.Segments)
			}
			for i, a := range k.amounts {
				if got.Segments[i].Amount.Decimal() != a {
					t.Errorf("segment %d: %s, want %s (%+v)", i, got.Segments[i].Amount.Decimal(), a, got.Segments[i])
				}
			}
			for _, f := range []struct{ what, got, want string }{
				{"principal", got.Principal.Decimal(), k.principal}, {"interest", got.Interest.Decimal(), k.interest},
				{"indemnity", got.Indemnity.Decimal(), k.indemnity}, {"total", got.Total.Decimal(), k.sum},
			} {
				if f.got != f.want {
					t.Errorf("%s: %s, want %s", f.what, f.got, f.want)
				}
			}
		})
	}
}

func TestExampleSegments(t *testing.T) {
	got, err := Compute(french("5000.00", "2026-05-31"), tables(), day("2026-07-31"))
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		from, to, rate, source string
		days                   int
		unconfirmed            bool
	}{{"2026-06-01", "2026-06-30", "12.15", "mro 2025", 30, false}, {"2026-07-01", "2026-07-31", "12.40", "mro 2026", 31, true}}
	for i, w := range want {
		s := got.Segments[i]
		if s.From.String() != w.from || s.To.String() != w.to || s.Days != w.days || s.Rate.String() != w.rate || s.Source != w.source || s.Rule.Unconfirmed != w.unconfirmed {
			t.Errorf("segment %d: %+v", i, s)
		}
	}
	if !hasNote(got, "rate_unconfirmed") || !hasNote(got, "rates_covered_to") || got.CoveredTo != day("2026-12-31") {
		t.Errorf("notes %v, covered to %s", got.Notes, got.CoveredTo)
	}
}

func TestPrincipalFirst(t *testing.T) {
	c := french("1000.00", "2026-02-28", paid("2026-03-10", "400.00"))
	c.Order = PrincipalFirst
	got, err := Compute(c, tables(), day("2026-03-20"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Principal.Decimal() != "600.00" || got.Interest.Decimal() != "5.33" || got.Total.Decimal() != "645.33" {
		t.Errorf("%+v", got)
	}
}

func TestContractRate(t *testing.T) {
	for _, k := range []struct{ contract, want, rule string }{
		{"15", "15.00", RuleContract}, {"8.25", "8.25", RuleContract}, {"5", "8.25", RuleFloor},
	} {
		c := french("1000.00", "2026-06-30")
		c.ContractRate = rate(k.contract)
		got, err := Compute(c, tables(), day("2026-07-31"))
		if err != nil {
			t.Fatal(err)
		}
		if s := got.Segments[0]; s.Rate.String() != k.want || s.Rule.Code != k.rule {
			t.Errorf("contract %s: %+v", k.contract, s)
		}
		if hasNote(got, "contract_rate_below_floor") != (k.rule == RuleFloor) {
			t.Errorf("contract %s: notes %v", k.contract, got.Notes)
		}
	}
}

func TestInsolvencyStopsTheDayBefore(t *testing.T) {
	c := french("5000.00", "2026-05-31")
	c.Insolvency = day("2026-07-01")
	got, err := Compute(c, tables(), day("2026-07-31"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Interest.Decimal() != "49.93" || got.Indemnity.Decimal() != "40.00" || !hasNote(got, "stopped_by_insolvency") {
		t.Errorf("%+v", got)
	}
	c.Insolvency = day("2026-05-15")
	if got, err = Compute(c, tables(), day("2026-07-31")); err != nil || !got.Interest.IsZero() || !got.Indemnity.IsZero() {
		t.Errorf("opened before the due date: %+v %v", got, err)
	}
}

func TestRefusals(t *testing.T) {
	base := french("1000.00", "2026-02-28")
	change := func(f func(*Case)) Case { c := base; f(&c); return c }
	for _, k := range []struct {
		name, code, on string
		c              Case
	}{
		{"Belgian public body", "regime_unsupported", "2026-07-31", change(func(c *Case) { c.Creditor, c.Debtor, c.Kind = "BE", "BE", ledger.PublicBody })},
		{"association in Luxembourg", "regime_unsupported", "2026-07-31", change(func(c *Case) { c.Creditor, c.Debtor, c.Kind = "LU", "LU", ledger.NonProfessional })},
		{"unknown kind", "regime_unsupported", "2026-07-31", change(func(c *Case) { c.Kind = "king" })},
		{"Belgian customer", "regime_unsupported", "2026-07-31", change(func(c *Case) { c.Debtor = "BE" })},
		{"Italian creditor", "regime_unsupported", "2026-07-31", change(func(c *Case) { c.Creditor, c.Debtor = "IT", "IT" })},
		{"no due date", "claim_due_date_missing", "2026-07-31", change(func(c *Case) { c.Due = 0 })},
		{"Swiss francs", "claim_currency_unsupported", "2026-07-31", change(func(c *Case) { c.Total.Currency = ledger.CHF })},
		{"huge", "claim_amount_too_large", "2026-07-31", change(func(c *Case) { c.Total.Minor = 1 << 60 })},
		{"rate of 1,001 %", "claim_rate_invalid", "2026-07-31", change(func(c *Case) { c.ContractRate = 1_001_000 })},
		{"2027", "rate_not_covered", "2027-01-01", base},
		{"before 2013", "rate_not_covered", "2026-07-31", change(func(c *Case) { c.Due = day("2012-11-30") })},
	} {
		_, err := Compute(k.c, tables(), day(k.on))
		if ledger.CodeOf(err) != k.code {
			t.Errorf("%s: %v, want %s", k.name, err, k.code)
		}
	}
	if _, err := Compute(base, tables(), day("2026-12-31")); err != nil {
		t.Errorf("the last covered day: %v", err)
	}
}

func TestUncoveredNamesTheLastDay(t *testing.T) {
	_, err := Compute(french("1000.00", "2026-02-28"), tables(), day("2027-02-01"))
	if e, ok := err.(*ledger.Error); !ok || e.Args["last"] != day("2026-12-31") || e.Args["invoice"] != "FA-118" {
		t.Errorf("%v", err)
	}
}

// TestSplit: over any cut of a period, the parts add up to the whole within half a cent a segment.
func TestSplit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		c := french("0.01", "2023-12-31")
		c.Total.Minor = 1 + r.Int64N(50_000_000)
		c.Due = day("2024-01-01").Add(r.IntN(700))
		end := c.Due.Add(1 + r.IntN(int(day("2026-12-31")-c.Due)))
		whole, err := Compute(c, tables(), end)
		if err != nil {
			t.Fatal(err)
		}
		var sum int64
		pieces := 0
		for from := c.Due; from < end; {
			to := min(end, from.Add(1+r.IntN(200)))
			part := c
			part.Due = from
			got, err := Compute(part, tables(), to)
			if err != nil {
				t.Fatal(err)
			}
			sum += got.Accrued.Minor
			pieces += len(got.Segments)
			from = to
		}
		if diff := 2 * abs(sum-whole.Accrued.Minor); diff > int64(pieces+len(whole.Segments)) {
			t.Fatalf("%s from %s to %s: %d in parts, %s whole", c.Total, c.Due, end, sum, whole.Accrued)
		}
	}
}

// TestRandomReceipts holds for any receipts: amounts are never negative, segments never lie on settled
// days, days follow each other, and what came in plus what is left is what was ever owed.
func TestRandomReceipts(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		c := french("1000.00", "2024-03-15")
		c.Order = Order(r.IntN(2))
		if r.IntN(2) == 0 {
			c.Instalments = []ledger.Instalment{{Due: c.Due, Amount: 300_00}, {Due: c.Due.Add(1 + r.IntN(200)), Amount: 700_00}}
		}
		left := c.Total.Minor
		for n := r.IntN(5); n > 0 && left > 0; n-- {
			amount := 1 + r.Int64N(left)
			if r.IntN(4) == 0 {
				amount = left
			}
			left -= amount
			c.Receipts = append(c.Receipts, Receipt{day("2024-02-01").Add(r.IntN(500)), ledger.Euros(amount), r.IntN(3) == 0})
		}
		on := day("2024-02-15").Add(r.IntN(600))
		got, err := Compute(c, tables(), on)
		if err != nil {
			t.Fatal(err)
		}
		checkInvariants(t, c, got)
	}
}

func checkInvariants(t *testing.T, c Case, got Claim) {
	t.Helper()
	var received, last int64
	var settled ledger.Date
	for d := ledger.Date(0); d <= got.AsOf; d++ {
		if d < day("2024-01-01") {
			d = day("2024-01-01")
		}
		for _, x := range c.Receipts {
			if x.Date == d {
				received += x.Amount.Minor
			}
		}
		if received >= c.Total.Minor && settled == 0 {
			settled = d
		}
	}
	sum := int64(0)
	for _, s := range got.Segments {
		sum += s.Amount.Minor
		if s.Amount.Negative() || !s.Base.Positive() || int64(s.From) <= last || s.To < s.From || s.From <= c.Due || s.To > got.AsOf {
			t.Fatalf("segment %+v of %+v", s, c)
		}
		if settled != 0 && s.To > settled {
			t.Fatalf("interest on settled days: %+v, settled %s", s, settled)
		}
		last = int64(s.To)
	}
	if sum != got.Accrued.Minor || got.Interest.Negative() || got.Principal.Negative() || got.Indemnity.Negative() {
		t.Fatalf("%+v", got)
	}
	if got.Principal.Minor+got.NotDue.Minor+got.Interest.Minor+received != c.Total.Minor+sum {
		t.Fatalf("received %d of %d and %d, left %s and %s", received, c.Total.Minor, sum, got.Principal, got.Interest)
	}
}

func TestReturnedPayment(t *testing.T) {
	c := french("1000.00", "2026-02-28", paid("2026-03-10", "1000.00"), paid("2026-03-12", "-1000.00"))
	got, err := Compute(c, tables(), day("2026-03-20"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Principal.Decimal() != "1000.00" || len(got.Segments) != 2 || got.Segments[1].From != day("2026-03-13") {
		t.Errorf("%+v", got)
	}
}

func TestParseRate(t *testing.T) {
	for s, want := range map[string]string{"12.15": "12.15", "0": "0.00", "4.625": "4.625", "1000": "1000.00", "0.05": "0.05"} {
		if r, err := ParseRate(s); err != nil || r.String() != want {
			t.Errorf("%s: %s %v", s, r, err)
		}
	}
	for _, s := range []string{"", "-1", "12,15", "1.2345", "1000.001", "1e3", ".5", "+5", "99999999999999999999"} {
		if r, err := ParseRate(s); err == nil {
			t.Errorf("%q was read as %s", s, r)
		}
	}
}

func FuzzParseRate(f *testing.F) {
	f.Add("12.15")
	f.Fuzz(func(t *testing.T, s string) {
		if r, err := ParseRate(s); err == nil {
			if again, err := ParseRate(r.String()); err != nil || again != r {
				t.Fatalf("%q: %d, again %d %v", s, r, again, err)
			}
		}
	})
}

func hasNote(c Claim, code string) bool {
	for _, n := range c.Notes {
		if n.Code == code {
			return true
		}
	}
	return false
}

func abs(n int64) int64 { return max(n, -n) }
