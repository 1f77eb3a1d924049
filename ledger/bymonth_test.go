package ledger

import "testing"

func TestTurnoverByMonth(t *testing.T) {
	b := bookWith(t, func(d *Draft, i *Invoice) { // issued 12/10/2026
		issue := func(c CustomerID, on Date, m Money) {
			d.Put(&Invoice{Customer: c, Number: on.String(), Issued: on, Total: m, CreditNote: m.Negative()})
		}
		issue(1, Day(2026, 11, 21), Euros(500))
		issue(1, Day(2026, 11, 22), Euros(7777)) // of tomorrow
		issue(1, Day(2026, 10, 31), Euros(-30000))
		issue(1, Day(2025, 12, 1), Euros(11))
		issue(1, Day(2025, 11, 30), Euros(8888)) // a day too old
		issue(1, 0, Euros(9999))
		issue(1, Day(2026, 1, 15), Money{300, CHF})
		issue(2, Day(2026, 11, 21), Euros(6666))
	})
	got := b.Turnover(1, day)
	if len(got) != 2 || got[0].Currency != EUR || got[1].Currency != CHF {
		t.Fatalf("%+v", got)
	}
	if want := [MonthCount]int64{0: 11, 10: 70000, 11: 500}; got[0].Amounts != want || got[0].Total() != Euros(70511) {
		t.Errorf("euros: %+v", got[0])
	}
	if want := [MonthCount]int64{1: 300}; got[1].Amounts != want || got[1].Month(1) != Day(2026, 1, 1) {
		t.Errorf("francs: %+v", got[1])
	}
	if other := b.Turnover(9, day); other != nil {
		t.Errorf("a customer without invoices: %+v", other)
	}
}

// What came in this month is the same here and in the key figures.
func TestReceivedByMonth(t *testing.T) {
	b := bookWith(t, func(d *Draft, i *Invoice) {
		for _, p := range []struct {
			on Date
			m  Money
		}{{day, Euros(100)}, {day.Add(1), Euros(1000)}, {Day(2026, 11, 1), Euros(20)}, {Day(2026, 10, 31), Euros(7)}, {day, Euros(-5)}, {day, Money{9, CHF}}} {
			d.Put(&Payment{Customer: 1, On: p.on, Amount: p.m})
		}
	})
	got, f := b.ReceivedByMonth(day), b.Figures(b.Standings(day))
	if len(got) != 2 || got[0].Amounts[11] != 115 || got[0].Amounts[10] != 7 || got[1].Amounts[11] != 9 {
		t.Errorf("%+v", got)
	}
	for _, m := range got {
		if f.Received[m.Currency] != m.Amounts[MonthCount-1] {
			t.Errorf("%s: the key figure is %d", m.Currency, f.Received[m.Currency])
		}
	}
}
