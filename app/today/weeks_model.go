package today

import (
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

// Weeks is what should come in by week in one currency, in words.
type Weeks struct {
	Weeks [ledger.ExpectedWeeks]Week
	Rest  string // what is open and nothing says when it comes
	All   string // what is open and in none of the weeks: Rest, and what comes later
}

// Week is one week; Promised and Habit are shares of the week with most, 0 to 1.
type Week struct {
	Promised, Habit float64
	Amount          string // of both, in whole units
	Day             string // Monday
	Words           string // the exact amounts
}

// weeks takes what is expected in a currency.
func (m *Model) weeks(w *words.Words, expected []ledger.Expected, in ledger.Currency) {
	for _, e := range expected {
		if e.Currency == in {
			m.Weeks = newWeeks(w, e)
		}
	}
}

// newWeeks puts what is expected into words.
func newWeeks(w *words.Words, e ledger.Expected) *Weeks {
	money := func(v int64) string { return w.Money(ledger.Money{Minor: v, Currency: e.Currency}) }
	most := int64(1)
	for _, x := range e.Weeks {
		most = max(most, x.Sum())
	}
	out := &Weeks{}
	for k, x := range e.Weeks {
		out.Weeks[k] = Week{
			Promised: float64(x.Promised) / float64(most), Habit: float64(x.Habit) / float64(most),
			Amount: w.Whole(ledger.Money{Minor: x.Sum(), Currency: e.Currency}), Day: w.DateShort(e.Week(k)),
			Words: w.T("today.weeks.week", "promised", money(x.Promised), "habit", money(x.Habit)),
		}
	}
	var rest []string
	for _, x := range []struct {
		key   string
		minor int64
	}{{"today.weeks.undated", e.Undated}, {"today.weeks.contested", e.Contested}, {"today.weeks.later", e.Later.Sum()}} {
		if x.minor != 0 {
			rest = append(rest, w.T(x.key, "amount", money(x.minor)))
		}
		if x.key != "today.weeks.later" {
			out.Rest = strings.Join(rest, " · ")
		}
	}
	out.All = strings.Join(rest, " · ")
	return out
}
