// Package today is the first screen of the day: the queue to work through from top to bottom, what came in since the last
// working day, what ran out, and how old what is owed is.
package today

import (
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/followup"
)

// Model is what the screen shows, in words.
type Model struct {
	Facts   string
	Figures [4]Figure
	Ageing  []Bar
	Total   string
	Weeks   *Weeks // what should come in of it, or nil
	Bank    string // what is to be known of the bank before anyone is chased; empty where all is well
	Rows    []Row  // what is to be done, in its order
	Later   []Row  // what is spread over the days to come
	Put     []Row  // what the owner put off
	Waits   []Wait // why nothing is done about the rest
	Since   News   // what came in
	Ended   News   // what ran out
	Limits  News   // what can soon no longer be claimed in court
	Done    Done   // where there is nothing left to do
	// Empty says that nothing is recorded.
	Empty bool

	words *words.Words
	state *desk.State
}

// Figure is a key figure with a line of facts.
type Figure struct{ Label, Value, Small, Filter string }

// Bar is one age of what is owed; Part is its share of the longest bar, 0 to 1.
type Bar struct {
	Bucket ledger.Bucket
	Word   string
	Amount string
	Part   float64
}

// NewModel works out what to show of a ledger on its day.
func NewModel(w *words.Words, s *desk.State) *Model {
	m := &Model{words: w, state: s, Empty: s.Book.Invoices.Len() == 0 && s.Book.Customers.Len() == 0}
	if m.Empty {
		return m
	}
	expected := s.Book.Expected(s.Standings, s.Summaries())
	m.figures(w, s, s.Book.Figures(s.Standings), expected)
	m.weeks(w, expected, m.ageing(w, s))
	a := s.Agenda()
	m.Rows = m.grouped(a.Tasks)
	m.Later, m.Put = m.each(a.Later), m.each(a.Put)
	m.wait(a.Waiting)
	m.since()
	m.ended()
	m.limits()
	m.bank()
	m.facts(a)
	if len(m.Rows) == 0 {
		m.finish(a)
	}
	return m
}

// facts is the line below the title: the day, and how much there is to do of each kind.
func (m *Model) facts(a *followup.Agenda) {
	n := map[string]int{}
	for i := range a.Tasks {
		n[factOf(&a.Tasks[i])]++
	}
	for _, e := range m.state.Undecided() {
		if e.Amount.Positive() {
			n["receipts"]++
		}
	}
	m.Facts = m.words.T("today.facts", "day", m.words.DateLong(m.state.On), "work", m.counts("today.facts.", n))
}

// factKinds are the kinds of work that are counted, in the order in which they are told.
var factKinds = []string{"replies", "lost", "receipts", "calls", "mails", "letters", "notices", "visits", "tasks"}

// counts tells how many there are of each kind of work.
func (m *Model) counts(prefix string, n map[string]int) string {
	var parts []string
	for _, kind := range factKinds {
		if n[kind] > 0 {
			parts = append(parts, m.words.N(prefix+kind, n[kind]))
		}
	}
	if len(parts) == 0 {
		return m.words.T(prefix + "nothing")
	}
	return strings.Join(parts, ", ")
}

// factOf says as what kind of work a task is counted.
func factOf(t *followup.Task) string {
	switch t.Step {
	case followup.StepReply:
		return "replies"
	case followup.StepMailRefused, followup.StepMailUnknown:
		return "lost"
	}
	return workOf(t.Channel, t.Model == modelNotice)
}

func workOf(c ledger.Channel, notice bool) string {
	switch c {
	case ledger.ChannelPhone:
		return "calls"
	case ledger.ChannelEmail:
		return "mails"
	case ledger.ChannelVisit:
		return "visits"
	case ledger.ChannelLetter, ledger.ChannelRegistered:
		if notice {
			return "notices"
		}
		return "letters"
	}
	return "tasks"
}

// ofPromises says how much of what is expected was promised.
func ofPromises(w *words.Words, promised ledger.Sums) string {
	if !slices.ContainsFunc(promised.List(), ledger.Money.Positive) {
		return w.T("today.expected.none_promised")
	}
	return w.T("today.expected.promised", "amount", main(w, promised))
}

func (m *Model) figures(w *words.Words, s *desk.State, f ledger.Figures, expected []ledger.Expected) {
	invoices := func(n int) string { return w.N("today.invoices", n) }
	customers := func(n int) string { return w.N("today.customers", n) }
	week, promised := ledger.Sums{}, ledger.Sums{}
	for _, e := range expected {
		week.Add(ledger.Money{Minor: e.Weeks[0].Sum(), Currency: e.Currency})
		promised.Add(ledger.Money{Minor: e.Weeks[0].Promised, Currency: e.Currency})
	}
	m.Figures = [4]Figure{
		{w.T("today.owed"), main(w, f.Owed), more(w, f.Owed, invoices(f.OpenCount), customers(f.OwingCustomers)), "open"},
		{w.T("today.overdue"), main(w, f.Overdue), more(w, f.Overdue, invoices(f.OverdueCount), customers(f.OverdueCustomers)), "overdue"},
		{w.T("today.expected"), main(w, week), more(w, week, ofPromises(w, promised)), "open"},
		{w.T("today.received", "month", w.MonthName(s.On)), main(w, f.Received), more(w, f.Received,
			w.T("today.received_before", "amount", main(w, f.ReceivedBefore), "date", w.DateShort(s.On.AddMonths(-1)))), ""},
	}
}

// main is the sum in the first currency, mostly the only one.
func main(w *words.Words, s ledger.Sums) string {
	list := s.List()
	if len(list) == 0 {
		return w.Money(ledger.Euros(0))
	}
	return w.Money(list[0])
}

// more is the line below a figure: its facts; or the other currencies, if any, which must not be
// overlooked, and the first fact.
func more(w *words.Words, s ledger.Sums, facts ...string) string {
	list := s.List()
	if len(list) < 2 {
		return strings.Join(facts, ", ")
	}
	others := ""
	for _, x := range list[1:] {
		others += "+ " + w.Money(x) + " · "
	}
	return others + facts[0]
}

// ageing takes the first currency's report, and says which one it is; its buckets make the balance.
func (m *Model) ageing(w *words.Words, s *desk.State) ledger.Currency {
	all := s.Book.Ageings(s.Standings)
	if len(all) == 0 {
		all = []ledger.Ageing{{Currency: ledger.EUR}}
	}
	m.Ageing, m.Total = ageingBars(w, all[0])
	return all[0].Currency
}

// ageingBars puts an ageing report into words; its bars make the total.
func ageingBars(w *words.Words, a ledger.Ageing) (bars []Bar, total string) {
	longest := int64(1)
	for _, v := range a.Amounts {
		longest = max(longest, v)
	}
	for b, v := range a.Amounts {
		bucket := ledger.Bucket(b)
		if v == 0 && (bucket == ledger.BucketNoDate || bucket == ledger.BucketCredit) {
			continue
		}
		bars = append(bars, Bar{bucket, w.Bucket(bucket), w.Money(ledger.Money{Minor: v, Currency: a.Currency}), float64(max(v, 0)) / float64(longest)})
	}
	return bars, w.Money(a.Total())
}
