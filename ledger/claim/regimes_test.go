package claim

import (
	"math/rand/v2"
	"testing"

	"quitus/ledger"
)

// of is a case of a country and a kind of customer.
func of(country string, kind ledger.CustomerKind, total, due string, receipts ...Receipt) Case {
	c := french(total, due, receipts...)
	c.Creditor, c.Debtor, c.Kind, c.Issued = country, country, kind, c.Due.Add(-30)
	return c
}

// TestRegimes follows amount × days × rate ÷ 36 500 by the rules of each regime. The rates are those published for the
// half-years: Banque de France (ECB), SPF Finances and Moniteur (Belgium), mj.gouvernement.lu (Luxembourg), CO 104.
func TestRegimes(t *testing.T) {
	with := func(c Case, f func(*Case)) Case { f(&c); return c }
	notice := func(on string) func(*Case) { return func(c *Case) { c.Noticed = day(on) } }
	reminder := func(on string) func(*Case) {
		return func(c *Case) { c.Reminded, c.Grace = day(on), BelgianGrace(day(on), ByPost) }
	}
	francs := func(c *Case) { c.Total.Currency = ledger.CHF }
	for _, k := range []struct {
		name, on         string
		c                Case
		regime           Regime
		segments         []string // first and last day, rate, rule, amount
		indemnity, total string
		note             string
	}{
		{"public body: the rate of the half-year in which it began stays", "2024-09-30", of("FR", ledger.PublicBody, "10000.00", "2024-05-31"), FrPublic,
			[]string{"2024-06-01 2024-09-30 12.50 fr_public_mro_plus_8 417.81"}, "40.00", "10457.81", "limit"},
		{"public body: thirty days from the demand", "2024-09-30", with(of("FR", ledger.PublicBody, "10000.00", "2024-05-31"), func(c *Case) { c.Demanded = day("2024-06-10") }), FrPublic,
			[]string{"2024-07-11 2024-09-30 12.25 fr_public_mro_plus_8 275.21"}, "40.00", "10315.21", "runs_from"},
		{"public body: demanded before the work was done", "2024-09-30", with(of("FR", ledger.PublicBody, "10000.00", "2024-05-31"), func(c *Case) { c.Demanded, c.Completed = day("2024-05-20"), day("2024-06-10") }), FrPublic,
			[]string{"2024-07-11 2024-09-30 12.25 fr_public_mro_plus_8 275.21"}, "40.00", "10315.21", "runs_from"},
		{"public body: within the thirty days", "2024-07-10", with(of("FR", ledger.PublicBody, "10000.00", "2024-05-31"), func(c *Case) { c.Demanded = day("2024-06-10") }), FrPublic,
			nil, "0.00", "10000.00", "runs_from"},
		{"public body: paid within the thirty days", "2024-09-30", with(of("FR", ledger.PublicBody, "10000.00", "2024-05-31", paid("2024-07-01", "10000.00")), func(c *Case) { c.Demanded = day("2024-06-10") }), FrPublic,
			nil, "0.00", "0.00", "runs_from"},
		{"public body: a rate is needed for the first half-year only", "2027-02-28", of("FR", ledger.PublicBody, "10000.00", "2026-11-30"), FrPublic,
			[]string{"2026-12-01 2027-02-28 10.40 fr_public_mro_plus_8 256.44"}, "40.00", "10296.44", "rate_unconfirmed"},
		{"public body: an agreed rate does not count", "2024-06-30", with(of("FR", ledger.PublicBody, "10000.00", "2024-05-31"), func(c *Case) { c.ContractRate = rate("20") }), FrPublic,
			[]string{"2024-06-01 2024-06-30 12.50 fr_public_mro_plus_8 102.74"}, "40.00", "10142.74", "contract_rate_aside"},
		{"consumer before any notice", "2026-07-31", of("FR", ledger.Consumer, "1000.00", "2026-02-28"), FrConsumer, nil, "0.00", "1000.00", "notice_needed"},
		{"consumer on the day of the notice", "2026-05-31", with(of("FR", ledger.Consumer, "1000.00", "2026-02-28"), notice("2026-05-31")), FrConsumer, nil, "0.00", "1000.00", "runs_from"},
		{"consumer after a notice: two half-years", "2026-07-31", with(of("FR", ledger.Consumer, "1000.00", "2026-02-28"), notice("2026-05-31")), FrConsumer,
			[]string{"2026-06-01 2026-06-30 2.62 fr_legal 2.15", "2026-07-01 2026-07-31 2.75 fr_legal 2.34"}, "0.00", "1004.49", "runs_from"},
		{"a notice of a later day does not count yet", "2026-05-30", with(of("FR", ledger.Consumer, "1000.00", "2026-02-28"), notice("2026-05-31")), FrConsumer, nil, "0.00", "1000.00", "notice_needed"},
		{"association after a notice", "2026-06-30", with(of("FR", ledger.NonProfessional, "1000.00", "2026-02-28"), notice("2026-05-31")), FrNonProfessional,
			[]string{"2026-06-01 2026-06-30 2.62 fr_legal 2.15"}, "0.00", "1002.15", "runs_from"},
		{"Belgian companies", "2025-07-31", of("BE", ledger.CompanyCustomer, "5000.00", "2025-05-31"), BeB2B,
			[]string{"2025-06-01 2025-06-30 11.50 be_commercial 47.26", "2025-07-01 2025-07-31 10.50 be_commercial 44.59"}, "40.00", "5131.85", "rates_covered_to"},
		{"Belgian companies, agreed rate", "2025-07-31", with(of("BE", ledger.CompanyCustomer, "5000.00", "2025-05-31"), func(c *Case) { c.ContractRate = rate("12") }), BeB2B,
			[]string{"2025-06-01 2025-07-31 12.00 contract 100.27"}, "40.00", "5140.27", ""},
		{"Belgian consumer before the reminder", "2026-03-31", of("BE", ledger.Consumer, "400.00", "2026-01-31"), BeB2C, nil, "0.00", "400.00", "be_reminder_needed"},
		{"Belgian consumer within the fourteen days", "2026-02-20", with(of("BE", ledger.Consumer, "400.00", "2026-01-31"), reminder("2026-02-09")), BeB2C, nil, "0.00", "400.00", "runs_from"},
		{"Belgian consumer after them, no clause", "2026-03-31", with(of("BE", ledger.Consumer, "400.00", "2026-01-31"), reminder("2026-02-09")), BeB2C,
			[]string{"2026-03-03 2026-03-31 4.50 be_legal 1.43"}, "0.00", "401.43", "be_indemnity_needs_clause"},
		{"Belgian consumer, clause within the cap", "2026-03-31", with(with(of("BE", ledger.Consumer, "400.00", "2026-01-31"), reminder("2026-02-09")), func(c *Case) { c.AgreedIndemnity, c.ContractRate = eur("40.00"), rate("8") }), BeB2C,
			[]string{"2026-03-03 2026-03-31 8.00 be_clause 2.54"}, "40.00", "442.54", "runs_from"},
		{"Belgian consumer, clause above the cap", "2026-03-31", with(with(of("BE", ledger.Consumer, "400.00", "2026-01-31"), reminder("2026-02-09")), func(c *Case) { c.AgreedIndemnity, c.ContractRate = eur("100.00"), rate("15") }), BeB2C,
			[]string{"2026-03-03 2026-03-31 10.50 be_clause_cap 3.34"}, "55.00", "458.34", "be_indemnity_capped"},
		{"Luxembourg companies", "2024-07-31", of("LU", ledger.CompanyCustomer, "5000.00", "2024-05-31"), LuB2B,
			[]string{"2024-06-01 2024-06-30 12.50 lu_mro_plus_8 51.37", "2024-07-01 2024-07-31 12.25 lu_mro_plus_8 52.02"}, "40.00", "5143.39", "rates_covered_to"},
		{"consumer in Luxembourg: after the third month", "2024-07-31", of("LU", ledger.Consumer, "1000.00", "2024-03-31"), LuB2C,
			[]string{"2024-06-02 2024-07-31 4.50 lu_consumer 7.40"}, "0.00", "1007.40", "lu_conditions"},
		{"Switzerland, in francs", "2024-12-31", with(of("CH", ledger.CompanyCustomer, "10000.00", "2023-12-31"), francs), Ch,
			[]string{"2024-01-01 2024-12-31 5.00 ch_legal 501.37"}, "0.00", "10501.37", "ch_conditions"},
		{"Switzerland, consumer, agreed rate", "2024-12-31", with(with(of("CH", ledger.Consumer, "10000.00", "2024-11-30"), francs), func(c *Case) { c.ContractRate = rate("7") }), Ch,
			[]string{"2024-12-01 2024-12-31 7.00 contract 59.45"}, "0.00", "10059.45", "ch_conditions"},
	} {
		t.Run(k.name, func(t *testing.T) {
			got, err := Compute(k.c, tables(), day(k.on))
			if err != nil {
				t.Fatal(err)
			}
			var segments []string
			for _, s := range got.Segments {
				segments = append(segments, s.From.String()+" "+s.To.String()+" "+s.Rate.String()+" "+s.Rule.Code+" "+s.Amount.Decimal())
				if s.Source == "" {
					t.Errorf("no source: %+v", s)
				}
			}
			if got.Regime != k.regime || len(segments) != len(k.segments) {
				t.Fatalf("%s %q, want %q", got.Regime, segments, k.segments)
			}
			for i := range segments {
				if segments[i] != k.segments[i] {
					t.Errorf("%q, want %q", segments[i], k.segments[i])
				}
			}
			if got.Indemnity.Decimal() != k.indemnity || got.Total.Decimal() != k.total {
				t.Errorf("indemnity %s, total %s, want %s and %s", got.Indemnity, got.Total, k.indemnity, k.total)
			}
			if k.note != "" && !hasNote(got, k.note) {
				t.Errorf("no %s in %v", k.note, got.Notes)
			}
		})
	}
}

func TestRatesThatAreNotKnown(t *testing.T) {
	c := of("LU", ledger.Consumer, "1000.00", "2014-03-31")
	if _, err := Compute(c, tables(), day("2014-12-31")); ledger.CodeOf(err) != "rate_unknown" {
		t.Errorf("a gap: %v", err)
	}
	c.Due, c.Issued = day("2024-12-01"), day("2024-09-01")
	if _, err := Compute(c, tables(), day("2025-01-01")); ledger.CodeOf(err) != "rate_not_covered" {
		t.Errorf("beyond: %v", err)
	}
	own := tables().With(TableLuConsumer, Point{Day: day("2025-03-01"), Rate: rate("4.00"), Source: "Mémorial A"})
	got, err := Compute(c, own, day("2025-01-01"))
	if err != nil || len(got.Segments) != 2 || got.Segments[1].Rate.String() != "4.00" || got.Segments[1].Source != "Mémorial A" {
		t.Errorf("%+v %v", got.Segments, err)
	}
	if _, ok := tables().LuConsumer.At(day("2025-01-01")); ok {
		t.Error("adding a rate changed the table itself")
	}
}

// TestAddedRates: what lies between the days covered and an added rate stays unknown.
func TestAddedRates(t *testing.T) {
	r := tables().With(TableMRO, Point{Day: day("2027-08-01"), Rate: rate("3.00"), Source: "BCE"})
	if p, ok := r.MRO.At(day("2027-07-01")); !ok || p.Rate != rate("3.00") {
		t.Errorf("%+v", p)
	}
	if _, ok := r.MRO.At(day("2027-01-01")); ok {
		t.Error("the half-year between is taken as known")
	}
	if _, err := Compute(french("1000.00", "2026-12-15"), r, day("2027-01-10")); ledger.CodeOf(err) != "rate_unknown" {
		t.Errorf("%v", err)
	}
	r = r.With(TableMRO, Point{Day: day("2027-01-01"), Rate: rate("2.65"), Source: "BCE"})
	if got, err := Compute(french("1000.00", "2026-12-15"), r, day("2027-07-31")); err != nil || len(got.Segments) != 3 {
		t.Errorf("%+v %v", got, err)
	}
	if p, ok := r.With(TableMRO, Point{Day: day("2026-07-01"), Rate: rate("2.40"), Source: "BCE"}).MRO.At(day("2026-07-01")); !ok || p.Unconfirmed {
		t.Errorf("confirmed by the owner: %+v", p)
	}
}

func TestBelgianGrace(t *testing.T) {
	for _, k := range []struct {
		sent, want string
		how        Delivery
	}{{"2026-02-09", "2026-03-02", ByPost}, {"2026-02-13", "2026-03-06", ByPost}, {"2026-02-09", "2026-02-24", ByMail}} {
		if got := BelgianGrace(day(k.sent), k.how); got != day(k.want) {
			t.Errorf("sent %s: %s, want %s", k.sent, got, k.want)
		}
	}
}

// TestBelgianCap has the examples of clinique-reding.be, and the edges of the slices.
func TestBelgianCap(t *testing.T) {
	for balance, most := range map[string]string{"0.01": "20.00", "150.00": "20.00", "150.01": "30.00", "500.00": "65.00", "500.01": "65.00", "1000.00": "90.00",
		"39200.00": "2000.00", "100000.00": "2000.00"} {
		if got := BelgianCap(eur(balance)); got != eur(most) {
			t.Errorf("%s: %s, want %s", balance, got, most)
		}
	}
}

func TestWaivers(t *testing.T) {
	c := french("5000.00", "2026-05-31")
	for _, k := range []struct {
		w                          Waiver
		interest, indemnity, total string
	}{
		{Waiver{On: day("2026-07-01"), Interest: eur("50.00")}, "52.59", "40.00", "5092.59"},
		{Waiver{On: day("2026-07-01"), Indemnity: eur("40.00")}, "102.59", "0.00", "5102.59"},
		{Waiver{On: day("2026-07-01"), Interest: eur("900.00"), Indemnity: eur("900.00")}, "0.00", "0.00", "5000.00"},
		{Waiver{On: day("2026-07-01"), Whole: true}, "0.00", "0.00", "5000.00"},
		{Waiver{On: day("2026-08-01"), Whole: true}, "102.59", "40.00", "5142.59"},
	} {
		c.Waivers = []Waiver{k.w}
		got, err := Compute(c, tables(), day("2026-07-31"))
		if err != nil || got.Interest.Decimal() != k.interest || got.Indemnity.Decimal() != k.indemnity || got.Total.Decimal() != k.total {
			t.Errorf("%+v: %+v %v", k.w, got, err)
		}
		if got.Accrued.Decimal() != "102.59" {
			t.Errorf("accrued %s", got.Accrued)
		}
	}
}

// TestEveryRegimeAddsUp holds for all regimes, receipts and days: nothing negative, no segment before interest begins,
// and the total is the sum of its parts.
func TestEveryRegimeAddsUp(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	kinds := []struct {
		country string
		kind    ledger.CustomerKind
	}{{"FR", ledger.CompanyCustomer}, {"FR", ledger.PublicBody}, {"FR", ledger.Consumer}, {"FR", ledger.NonProfessional}, {"BE", ledger.CompanyCustomer},
		{"BE", ledger.Consumer}, {"LU", ledger.CompanyCustomer}, {"LU", ledger.Consumer}, {"CH", ledger.Consumer}}
	for range 4000 {
		k := kinds[r.IntN(len(kinds))]
		c := of(k.country, k.kind, "1000.00", "2024-03-15")
		c.Total.Minor = 1 + r.Int64N(3_000_000)
		c.Order = Order(r.IntN(2))
		randomReceipts(r, &c)
		if r.IntN(3) > 0 {
			c.Noticed = c.Due.Add(r.IntN(100))
			c.Reminded = c.Due.Add(r.IntN(100))
			c.Grace = BelgianGrace(c.Reminded, Delivery(r.IntN(2)))
		}
		if r.IntN(3) == 0 {
			c.ContractRate = Rate(r.IntN(20_000))
		}
		if r.IntN(3) == 0 {
			c.AgreedIndemnity = ledger.Euros(r.Int64N(10_000))
		}
		if r.IntN(4) == 0 {
			c.Waivers = []Waiver{{On: c.Due.Add(r.IntN(200)), Interest: ledger.Euros(r.Int64N(1000)), Indemnity: ledger.Euros(r.Int64N(5000)), Whole: r.IntN(4) == 0}}
		}
		on := day("2024-02-15").Add(r.IntN(300))
		got, err := Compute(c, tables(), on)
		if err != nil {
			t.Fatal(err)
		}
		sum := ledger.Euros(0)
		for _, s := range got.Segments {
			sum = sum.Add(s.Amount)
			if s.Amount != Interest(s.Base, s.Days, s.Rate) || int(s.To-s.From)+1 != s.Days || s.From <= c.Due || s.Amount.Negative() {
				t.Fatalf("%+v of %+v", s, c)
			}
		}
		if sum != got.Accrued || got.Principal.Add(got.Interest).Add(got.Indemnity) != got.Total || got.Interest.Negative() || got.Indemnity.Negative() ||
			got.Principal.Negative() || got.Interest.Add(got.Waived).Cmp(got.Accrued) > 0 {
			t.Fatalf("%+v of %+v", got, c)
		}
	}
}

// TestDaysAddUp: the interest of a period is the sum over any split of it, exactly, before rounding: on a base and with
// rates that leave nothing to round, to the cent.
func TestDaysAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 500 {
		c := french("0.01", "2023-12-31")
		c.Total.Minor = 36_500_00 * (1 + r.Int64N(20)) // a day at 12.15 % is 12.15
		c.Order = PrincipalFirst
		c.Due = day("2024-01-01").Add(r.IntN(600))
		end := c.Due.Add(2 + r.IntN(200))
		cut := c.Due.Add(1 + r.IntN(int(end-c.Due)-1))
		whole, err := Compute(c, tables(), end)
		if err != nil {
			t.Fatal(err)
		}
		first, err := Compute(c, tables(), cut)
		if err != nil {
			t.Fatal(err)
		}
		c.Due = cut
		second, err := Compute(c, tables(), end)
		if err != nil || first.Accrued.Add(second.Accrued) != whole.Accrued {
			t.Fatalf("%s + %s, whole %s %v", first.Accrued, second.Accrued, whole.Accrued, err)
		}
	}
}
