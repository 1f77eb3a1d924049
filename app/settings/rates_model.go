package settings

import (
	"strconv"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
	"quitus/letters"
)

// RateState says how far a rate can be relied on.
type RateState int

// The states.
const (
	RateConfirmed   RateState = iota // read at its source by those who make the program
	RateUnconfirmed                  // second-hand
	RateOwn                          // the owner's
	RateMissing                      // not known: nothing is computed with it
)

// RateLine is the reference rate of one half-year or year, in words.
type RateLine struct {
	Day    ledger.Date // the first of its period
	Period string
	Rate   string
	State  RateState
	Word   string // of the state
	Source string
	Own    ledger.RateRowID // 0 where it is the program's
}

// RateTable is a table of reference rates in words, the newest first.
type RateTable struct {
	Name     claim.TableName
	Lines    []RateLine
	Coverage string      // to which day claims can be computed
	Ended    bool        // that day is past
	Short    string      // that it is, in few words
	Gaps     string      // how many periods have no rate; empty for none
	Next     ledger.Date // the first day of the earliest period after the days covered
}

// NewRateTable words a table as it is on the ledger's day, with what the owner added. Periods between the days covered and that day
// are listed without a rate.
func NewRateTable(w *words.Words, s *desk.State, n claim.TableName) RateTable {
	table, own := s.Rates().Table(n), map[ledger.Date]*ledger.RateRow{}
	for r := range s.Book.RateRows.All() {
		if r.Table == string(n) {
			own[n.Start(r.Day)] = r
		}
	}
	end := n.End(table.Covered)
	t := RateTable{Name: n, Ended: end < s.On, Next: end.Add(1), Coverage: w.T("rates.covered", "day", end)}
	if t.Ended {
		t.Coverage, t.Short = w.T("rates.ended", "day", end), w.T("rates.ended.short", "day", end)
	}
	gaps := 0
	if len(table.Points) == 0 {
		return t
	}
	for day := n.Start(max(end, s.On)); day >= table.Points[0].Day; day = n.Start(day.Add(-1)) {
		l := RateLine{Day: day, Period: periodWord(w, n, day), Rate: "–", State: RateMissing}
		if p, ok := table.At(day); ok {
			l.Rate, l.Source, l.State = w.Percent(p.Rate.String()), letters.SourceText(w, p.Source), RateConfirmed
			if p.Unconfirmed {
				l.State = RateUnconfirmed
			}
		} else {
			gaps++
		}
		if r := own[day]; r != nil {
			l.State, l.Own, l.Source = RateOwn, r.ID, w.T("rates.own_source", "source", r.Source, "day", r.On)
		}
		l.Word = w.T("rates.state." + stateKeys[l.State])
		t.Lines = append(t.Lines, l)
	}
	if gaps > 0 {
		t.Gaps = w.N("rates.gaps", gaps)
	}
	return t
}

var stateKeys = [...]string{"confirmed", "unconfirmed", "own", "missing"}

// periodWord names a half-year or a year by its first day.
func periodWord(w *words.Words, n claim.TableName, day ledger.Date) string {
	y, m, _ := day.Civil()
	year := strconv.Itoa(y)
	switch {
	case n.Yearly():
		return w.T("rates.year", "year", year)
	case m >= 7:
		return w.T("rates.half.2", "year", year)
	}
	return w.T("rates.half.1", "year", year)
}
