package today

import (
	"slices"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// keyFigures are the figures of one currency, in words.
type keyFigures struct {
	Currency ledger.Currency
	DSO      series
	Received series
	Ageing   []Bar
	Total    string
	Late     string // how much of the total is late
	Expected series // of it only figure and note
	Weeks    *Weeks
}

// series is a figure with what to know beside it, and what it was month by month.
type series struct {
	Figure, Note string
	Points       []point
}

// point is a bar of a series: its share of the highest, its figure above and its name below, and all of it in words.
type point struct {
	Part             float64
	Top, Name, Words string
}

// newKeyFigures works out the key figures of a day: one per currency in which something is owed, was invoiced or
// came in, the euro first, or the euro where there is nothing.
func newKeyFigures(w *words.Words, s *desk.State) []keyFigures {
	b := s.Book
	of := func(c ledger.Currency) func(ledger.Currency) bool {
		return func(x ledger.Currency) bool { return x == c }
	}
	ageings, sales, received := b.Ageings(s.Standings), b.DSO(s.On), b.ReceivedByMonth(s.On)
	expected, day := b.Expected(s.Standings, s.Summaries()), b.Figures(s.Standings)
	sums := ledger.Sums{} // one of each currency, for their order
	for _, x := range ageings {
		sums[x.Currency] = 1
	}
	for _, x := range sales {
		sums[x.Currency] = 1
	}
	for _, x := range received {
		sums[x.Currency] = 1
	}
	if len(sums) == 0 {
		sums[ledger.EUR] = 1
	}
	var out []keyFigures
	for _, m := range sums.List() {
		is := of(m.Currency)
		a, e := ledger.Ageing{Currency: m.Currency}, ledger.Expected{Currency: m.Currency, Monday: ledger.MondayOf(s.On)}
		if i := slices.IndexFunc(ageings, func(x ledger.Ageing) bool { return is(x.Currency) }); i >= 0 {
			a = ageings[i]
		}
		if i := slices.IndexFunc(expected, func(x ledger.Expected) bool { return is(x.Currency) }); i >= 0 {
			e = expected[i]
		}
		k := keyFigures{Currency: m.Currency, Weeks: newWeeks(w, e)}
		k.Ageing, k.Total = ageingBars(w, a)
		k.Late = w.T("today.key.late", "amount", ledger.Money{Minor: day.Overdue[m.Currency], Currency: m.Currency})
		k.Expected = expectedFigure(w, e)
		if i := slices.IndexFunc(sales, func(x ledger.DSO) bool { return is(x.Currency) }); i >= 0 {
			k.DSO = dsoSeries(w, sales[i])
		} else {
			k.DSO = dsoSeries(w, ledger.DSO{Currency: m.Currency})
		}
		r := ledger.ByMonth{Currency: m.Currency, First: s.On.MonthStart().AddMonths(1 - ledger.MonthCount)}
		if i := slices.IndexFunc(received, func(x ledger.ByMonth) bool { return is(x.Currency) }); i >= 0 {
			r = received[i]
		}
		k.Received = receivedSeries(w, r, day, s.On)
		out = append(out, k)
	}
	return out
}

// expectedFigure is what should come in within the weeks.
func expectedFigure(w *words.Words, e ledger.Expected) series {
	in := e.Within()
	return series{
		Figure: w.Money(ledger.Money{Minor: in.Sum(), Currency: e.Currency}),
		Note:   w.T("today.key.expected", "promised", ledger.Money{Minor: in.Promised, Currency: e.Currency}),
	}
}

// dsoSeries is the DSO of the day beside that of a year ago, and its course.
func dsoSeries(w *words.Words, d ledger.DSO) series {
	out := series{Figure: w.T("today.key.dso.unknown"), Note: w.T("today.key.dso.unknown_why")}
	if now := d.Now(); now.Known {
		out.Figure, out.Note = w.N("today.days", now.Days()), ""
		if then := d.Points[0]; then.Known {
			out.Note = w.N("today.key.dso.year_ago", then.Days(), "month", w.Month(then.On))
		}
	}
	if d.Now().On == 0 {
		return out // nothing was ever invoiced
	}
	highest := 1
	for _, p := range d.Points {
		highest = max(highest, p.Tenths)
	}
	for k, p := range d.Points {
		x := point{Top: "–", Name: w.MonthShort(p.On), Words: w.T("today.key.dso.point_unknown", "day", p.On)}
		if k == ledger.MonthCount {
			x.Name = w.DateShort(p.On)
		}
		if p.Known {
			x.Top, x.Part = w.Number(p.Days()), float64(p.Tenths)/float64(highest)
			x.Words = w.N("today.key.dso.point", p.Days(), "day", p.On, "amount", ledger.Money{Minor: p.Balance, Currency: d.Currency})
		}
		out.Points = append(out.Points, x)
	}
	return out
}

// receivedSeries is what came in this month beside what had by the same day of the month before, and month by month.
func receivedSeries(w *words.Words, r ledger.ByMonth, day ledger.Figures, on ledger.Date) series {
	money := func(v int64) ledger.Money { return ledger.Money{Minor: v, Currency: r.Currency} }
	out := series{
		Figure: w.Money(money(day.Received[r.Currency])),
		Note: w.T("today.key.received.note", "month", w.MonthName(on), "amount", money(day.ReceivedBefore[r.Currency]),
			"date", w.DateShort(on.AddMonths(-1))),
	}
	most := slices.Max(append(r.Amounts[:], 1))
	for k, v := range r.Amounts {
		out.Points = append(out.Points, point{
			Part: float64(v) / float64(most), Top: w.Whole(money(v)), Name: w.MonthShort(r.Month(k)),
			Words: w.T("today.key.month", "month", w.Month(r.Month(k)), "amount", money(v)),
		})
	}
	return out
}
