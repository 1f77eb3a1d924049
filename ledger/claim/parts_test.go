package claim

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"quitus/ledger"
)

// inParts is an invoice payable in parts, each given as due date and amount.
func inParts(parts [][2]string, receipts ...Receipt) Case {
	c := french("0.00", parts[0][0], receipts...)
	for _, p := range parts {
		c.Instalments = append(c.Instalments, ledger.Instalment{Due: day(p[0]), Amount: eur(p[1]).Minor})
		c.Total = c.Total.Add(eur(p[1]))
	}
	return c
}

func TestPartsWorkedExamples(t *testing.T) {
	halves := [][2]string{{"2026-02-28", "500.00"}, {"2026-03-31", "500.00"}}
	for _, k := range []struct {
		name, on   string
		c          Case
		segments   []string // first and last day, base, amount
		principal  string
		notDue     string
		interest   string
		indemnity  string
		total      string
		note, lack string // a note that must be there, and one that must not
	}{
		{"before any is due", "2026-02-28", inParts(halves), nil, "1000.00", "0.00", "0.00", "0.00", "1000.00", "not_yet_due", "parts_not_due"},
		{"between the two: only the first bears interest", "2026-03-20", inParts(halves),
			[]string{"2026-03-01 2026-03-20 500.00 3.33"}, "500.00", "500.00", "3.33", "40.00", "543.33", "parts_not_due", "not_yet_due"},
		{"on the second's due day it bears none", "2026-03-31", inParts(halves),
			[]string{"2026-03-01 2026-03-31 500.00 5.16"}, "500.00", "500.00", "5.16", "40.00", "545.16", "parts_not_due", ""},
		{"both: each from its own due date, one indemnity", "2026-04-30", inParts(halves),
			[]string{"2026-03-01 2026-03-31 500.00 5.16", "2026-04-01 2026-04-30 1000.00 9.99"}, "1000.00", "0.00", "15.15", "40.00", "1055.15", "", "parts_not_due"},
		{"the first paid on its day: nothing to claim yet", "2026-03-20", inParts(halves, paid("2026-02-28", "500.00")),
			nil, "0.00", "500.00", "0.00", "0.00", "0.00", "parts_not_due", "principal_settled"},
		{"the first paid on its day, the second late", "2026-04-10", inParts(halves, paid("2026-02-28", "500.00")),
			[]string{"2026-04-01 2026-04-10 500.00 1.66"}, "500.00", "0.00", "1.66", "40.00", "541.66", "", "parts_not_due"},
		{"paid in advance: the surplus goes to the second", "2026-04-10", inParts(halves, paid("2026-02-15", "700.00")),
			[]string{"2026-04-01 2026-04-10 300.00 1.00"}, "300.00", "0.00", "1.00", "40.00", "341.00", "", ""},
		{"the first paid late: its interest first", "2026-04-10", inParts(halves, paid("2026-03-10", "500.00")),
			[]string{"2026-03-01 2026-03-10 500.00 1.66", "2026-03-11 2026-03-31 1.66 0.01", "2026-04-01 2026-04-10 501.66 1.67"},
			"501.66", "0.00", "1.68", "40.00", "543.34", "payments_on_interest_first", ""},
		{"a credit note for the first", "2026-04-10", inParts(halves, credited("2026-03-10", "500.00")),
			[]string{"2026-03-01 2026-03-10 500.00 1.66", "2026-04-01 2026-04-10 500.00 1.66"}, "500.00", "0.00", "3.32", "40.00", "543.32", "", ""},
		{"both paid on their days", "2026-06-30", inParts(halves, paid("2026-02-28", "500.00"), paid("2026-03-31", "500.00")),
			nil, "0.00", "0.00", "0.00", "0.00", "0.00", "", "principal_settled"},
		{"both paid, the second late", "2026-06-30", inParts(halves, paid("2026-02-28", "500.00"), paid("2026-04-10", "500.00")),
			[]string{"2026-04-01 2026-04-10 500.00 1.66"}, "0.00", "0.00", "1.66", "40.00", "41.66", "principal_settled", ""},
		{"paid on a day unknown: the first", "2026-04-10", inParts(halves, Receipt{Amount: eur("500.00")}),
			[]string{"2026-04-01 2026-04-10 500.00 1.66"}, "500.00", "0.00", "1.66", "40.00", "541.66", "payment_day_unknown", ""},
		{"the second prepaid in part does not cut the first's days", "2026-04-10", inParts([][2]string{{"2026-03-15", "100.00"}, {"2026-03-20", "50.00"}, {"2026-03-31", "500.00"}}, paid("2026-03-01", "150.00")),
			[]string{"2026-04-01 2026-04-10 500.00 1.66"}, "500.00", "0.00", "1.66", "40.00", "541.66", "", ""},
		{"the due date and the half-year end together", "2026-07-31", inParts([][2]string{{"2026-05-31", "5000.00"}, {"2026-06-30", "5000.00"}}),
			[]string{"2026-06-01 2026-06-30 5000.00 49.93", "2026-07-01 2026-07-31 10000.00 105.32"}, "10000.00", "0.00", "155.25", "40.00", "10195.25", "", ""},
	} {
		t.Run(k.name, func(t *testing.T) {
			got, err := Compute(k.c, tables(), day(k.on))
			if err != nil {
				t.Fatal(err)
			}
			var segments []string
			for _, s := range got.Segments {
				segments = append(segments, s.From.String()+" "+s.To.String()+" "+s.Base.Decimal()+" "+s.Amount.Decimal())
			}
			if !reflect.DeepEqual(segments, k.segments) {
				t.Errorf("segments %q, want %q", segments, k.segments)
			}
			for _, f := range []struct{ what, got, want string }{
				{"principal", got.Principal.Decimal(), k.principal}, {"not due", got.NotDue.Decimal(), k.notDue}, {"interest", got.Interest.Decimal(), k.interest},
				{"indemnity", got.Indemnity.Decimal(), k.indemnity}, {"total", got.Total.Decimal(), k.total},
			} {
				if f.got != f.want {
					t.Errorf("%s: %s, want %s", f.what, f.got, f.want)
				}
			}
			if (k.note != "" && !hasNote(got, k.note)) || (k.lack != "" && hasNote(got, k.lack)) {
				t.Errorf("notes %v", got.Notes)
			}
		})
	}
}

func TestPartsNotDueNamesTheNext(t *testing.T) {
	c := inParts([][2]string{{"2026-01-31", "100.00"}, {"2026-02-28", "100.00"}, {"2026-03-31", "100.00"}}, paid("2026-02-10", "250.00"))
	c.Order = PrincipalFirst
	got, err := Compute(c, tables(), day("2026-02-15"))
	if err != nil {
		t.Fatal(err)
	}
	n := got.Notes[0]
	if n.Code != "parts_not_due" || n.Args[1] != eur("50.00") || n.Args[3] != day("2026-03-31") {
		t.Errorf("%+v", got.Notes)
	}
}

func TestInsolvencyBetweenParts(t *testing.T) {
	c := inParts([][2]string{{"2026-05-31", "5000.00"}, {"2026-07-15", "5000.00"}})
	c.Insolvency = day("2026-07-01")
	got, err := Compute(c, tables(), day("2026-07-31"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Interest.Decimal() != "49.93" || got.Indemnity.Decimal() != "40.00" {
		t.Errorf("%+v", got)
	}
	c.Receipts = []Receipt{paid("2026-05-31", "5000.00")} // the part that fell due after the judgment gives no indemnity
	if got, err = Compute(c, tables(), day("2026-07-31")); err != nil || !got.Interest.IsZero() || !got.Indemnity.IsZero() {
		t.Errorf("%+v %v", got, err)
	}
}

func randomReceipts(r *rand.Rand, c *Case) {
	left := c.Total.Minor
	for n := r.IntN(6); n > 0 && left > 0; n-- {
		amount := 1 + r.Int64N(left)
		if r.IntN(4) == 0 {
			amount = left
		}
		left -= amount
		on := day("2024-02-01").Add(r.IntN(500))
		if r.IntN(8) == 0 {
			on = 0
		}
		c.Receipts = append(c.Receipts, Receipt{on, ledger.Euros(amount), r.IntN(3) == 0})
	}
}

func randomParts(r *rand.Rand) Case {
	c := french("0.00", "2024-03-15")
	due := c.Due
	for range 2 + r.IntN(4) {
		p := ledger.Instalment{Due: due, Amount: 1 + r.Int64N(100_000)}
		c.Instalments = append(c.Instalments, p)
		c.Total = c.Total.Add(ledger.Euros(p.Amount))
		due = due.Add(1 + r.IntN(90))
	}
	return c
}

// TestOnePartIsTheWhole: an invoice with one part is claimed like one without instalments.
func TestOnePartIsTheWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 4000 {
		c := french("1000.00", "2024-03-15")
		c.Order = Order(r.IntN(2))
		randomReceipts(r, &c)
		if len(c.Receipts) > 0 && r.IntN(5) == 0 { // a payment returned
			c.Receipts = append(c.Receipts, Receipt{c.Receipts[0].Date.Add(r.IntN(100)), c.Receipts[0].Amount.Neg(), false})
		}
		if r.IntN(5) == 0 {
			c.Insolvency = day("2024-02-01").Add(r.IntN(400))
		}
		on := day("2024-02-15").Add(r.IntN(600))
		want, err := Compute(c, tables(), on)
		if err != nil {
			t.Fatal(err)
		}
		c.Instalments = []ledger.Instalment{{Due: c.Due, Amount: c.Total.Minor}}
		if got, err := Compute(c, tables(), on); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\n%+v %v\nwithout instalments %+v", c, got, err, want)
		}
	}
}

// TestBasesAreDue: on each day interest runs on the open principal that is due then, no more and no less.
func TestBasesAreDue(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 1500 {
		c := randomParts(r)
		c.Order = Order(r.IntN(2))
		randomReceipts(r, &c)
		on := day("2024-02-15").Add(r.IntN(600))
		got, err := Compute(c, tables(), on)
		if err != nil {
			t.Fatal(err)
		}
		if !c.cancelled(on) {
			checkBases(t, c, got)
		}
		if got.NotDue.Negative() || got.Principal.Negative() || got.Indemnity.Positive() != !c.firstLate(on).IsZero() && !c.cancelled(on) {
			t.Fatalf("%+v\n%+v", c, got)
		}
	}
}

// checkBases compares a claim day by day with what had fallen due and what had come in.
func checkBases(t *testing.T, c Case, got Claim) {
	t.Helper()
	for d := c.Due.Add(1); d <= got.AsOf; d++ {
		fallen, received, base, accrued := int64(0), int64(0), int64(0), int64(0)
		for _, p := range c.Instalments {
			if p.Due < d {
				fallen += p.Amount
			}
		}
		for _, x := range c.Receipts {
			if x.Date < d {
				received += x.Amount.Minor
			}
		}
		for _, s := range got.Segments {
			if s.From <= d && d <= s.To {
				base += s.Base.Minor
			}
			if s.To < d {
				accrued += s.Amount.Minor
			}
		}
		least, most := max(0, fallen-received), max(0, fallen-received)
		if c.Order == InterestFirst && received < c.Total.Minor {
			most = min(fallen, max(0, fallen-received+accrued)) // a part of what came in may have settled interest
		}
		if base < least || base > most {
			t.Fatalf("%s: interest on %d, due %d less %d received, %d accrued\n%+v\n%+v", d, base, fallen, received, accrued, c, got.Segments)
		}
	}
}

// TestPartsAreLikeInvoices: with payments on the principal, the interest is that of as many invoices, to
// half a cent a segment.
func TestPartsAreLikeInvoices(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 1500 {
		c := randomParts(r)
		c.Order = PrincipalFirst
		sum, n := int64(0), 0
		alone := make([]Case, len(c.Instalments))
		for k, p := range c.Instalments {
			alone[k] = french("0.00", p.Due.String())
			alone[k].Order, alone[k].Total = PrincipalFirst, ledger.Euros(p.Amount)
		}
		k, room := 0, c.Instalments[0].Amount
		on := day("2024-02-01")
		for k < len(alone) && r.IntN(5) > 0 { // in order of time, to the earliest part first
			amount := 1 + r.Int64N(c.Total.Minor/2+1)
			on = on.Add(r.IntN(90))
			for amount > 0 && k < len(alone) {
				part := min(amount, room)
				x := Receipt{Date: on, Amount: ledger.Euros(part)}
				alone[k].Receipts, c.Receipts = append(alone[k].Receipts, x), append(c.Receipts, x)
				amount, room = amount-part, room-part
				if k++; room > 0 {
					k--
				} else if k < len(alone) {
					room = c.Instalments[k].Amount
				}
			}
		}
		asOf := day("2024-03-20").Add(r.IntN(600))
		got, err := Compute(c, tables(), asOf)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range alone {
			x, err := Compute(one, tables(), asOf)
			if err != nil {
				t.Fatal(err)
			}
			sum, n = sum+x.Accrued.Minor, n+len(x.Segments)
		}
		if 2*abs(sum-got.Accrued.Minor) > int64(n+len(got.Segments)) {
			t.Fatalf("%d as invoices, %s in parts: %+v", sum, got.Accrued, c)
		}
	}
}
