// Package today is the first screen of the day: what is owed, how old it is, and who is late, the
// largest amount first.
package today

import (
	"cmp"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// Model is what the screen shows, in words.
type Model struct {
	Facts   string
	Figures [4]Figure
	Ageing  []Bar
	Total   string
	Weeks   *Weeks // what should come in of it, or nil
	News    []News // what came in lately, newest first
	First   *Row   // the letter to begin with, or nil
	Late    []Row
	Bank    string // what is to be known of the bank before anyone is chased; empty where all is well
	// Done says that nobody is late, Empty that nothing is recorded.
	Done, Empty bool
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

// News is a payment of the last days.
type News struct {
	Customer ledger.CustomerID
	Name     string
	Second   string // day and invoices
	Amount   string
}

// Row is a customer who is late.
type Row struct {
	Customer  ledger.CustomerID
	Name      string
	Who       string // person and telephone, where known
	Why       string
	Situation ledger.Situation
	Chip      string
	Amount    string
	Count     string // of late invoices
	Letter    string // model of the letter that is due, empty for none
	sort      int64
}

// mostRows is how many late customers the screen lists; all of them are in Customers.
const mostRows = 40

// NewModel works out what to show of a ledger on its day.
func NewModel(w *words.Words, s *desk.State) *Model {
	m := &Model{}
	f := s.Book.Figures(s.Standings)
	cases := map[ledger.CustomerID]desk.LetterCase{}
	reminders, notices := 0, 0
	for _, c := range s.LetterCases() {
		if known, ok := cases[c.Customer.ID]; !ok || known.Hold != "" {
			cases[c.Customer.ID] = c
		}
		switch {
		case c.Hold != "":
		case c.Model == letters.FormalNotice:
			notices++
		default:
			reminders++
		}
	}
	m.Facts = w.T("today.facts", "day", w.DateLong(s.On), "reminders", w.N("today.reminders", reminders), "notices", w.N("today.notices", notices))
	m.figures(w, s, f)
	m.weeks(w, s, m.ageing(w, s))
	m.late(w, s, cases)
	m.news(w, s)
	m.bank(w, s)
	m.Done = f.OverdueCount == 0
	m.Empty = s.Book.Invoices.Len() == 0 && s.Book.Customers.Len() == 0
	return m
}

func (m *Model) figures(w *words.Words, s *desk.State, f ledger.Figures) {
	invoices := func(n int) string { return w.N("today.invoices", n) }
	customers := func(n int) string { return w.N("today.customers", n) }
	m.Figures = [4]Figure{
		{w.T("today.owed"), main(w, f.Owed), more(w, f.Owed, invoices(f.OpenCount), customers(f.OwingCustomers)), "open"},
		{w.T("today.overdue"), main(w, f.Overdue), more(w, f.Overdue, invoices(f.OverdueCount), customers(f.OverdueCustomers)), "overdue"},
		{w.T("today.due_soon"), main(w, f.DueSoon), more(w, f.DueSoon, invoices(f.DueSoonCount)), "open"},
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

// newsDays and mostNews bound what counts as lately.
const (
	newsDays = 7
	mostNews = 4
)

// news lists the newest payments.
func (m *Model) news(w *words.Words, s *desk.State) {
	var paid []*ledger.Payment
	for p := range s.Book.Payments.All() {
		if p.Amount.Positive() && p.On <= s.On && int(s.On-p.On) <= newsDays {
			paid = append(paid, p)
		}
	}
	slices.SortStableFunc(paid, func(a, b *ledger.Payment) int { return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(b.ID, a.ID)) })
	for _, p := range paid[:min(len(paid), mostNews)] {
		n := News{Customer: p.Customer, Second: w.DateShort(p.On), Amount: w.Money(p.Amount)}
		if c := s.Book.Customer(p.Customer); c != nil {
			n.Name = c.Name
		}
		if len(p.Allocations) == 1 {
			if i := s.Book.Invoice(p.Allocations[0].Invoice); i != nil {
				n.Second += " · " + i.Number
			}
		} else if len(p.Allocations) > 1 {
			n.Second += " · " + w.N("today.invoices", len(p.Allocations))
		}
		m.News = append(m.News, n)
	}
}

func (m *Model) late(w *words.Words, s *desk.State, cases map[ledger.CustomerID]desk.LetterCase) {
	for id, sum := range s.Summaries() {
		c := s.Book.Customer(ledger.CustomerID(id))
		if c == nil || sum.OverdueCount == 0 {
			continue
		}
		list := sum.Overdue.List()
		r := Row{
			Customer: c.ID, Name: c.Name, Situation: sum.Situation, Amount: w.Sums(sum.Overdue), sort: list[0].Minor,
			Count: w.N("today.late_invoices", sum.OverdueCount),
		}
		r.Chip = chip(w, sum)
		r.Why = why(w, s, sum)
		if k, ok := cases[c.ID]; ok && k.Hold == "" {
			r.Letter = k.Model
		}
		m.Late = append(m.Late, r)
	}
	slices.SortStableFunc(m.Late, func(a, b Row) int { return cmp.Compare(b.sort, a.sort) })
	for i := range m.Late {
		if m.Late[i].Letter != "" {
			m.First = new(Row)
			*m.First = m.Late[i]
			m.First.Who = person(w, s, m.First.Customer)
			m.Late = slices.Delete(m.Late, i, i+1)
			break
		}
	}
	m.Late = m.Late[:min(len(m.Late), mostRows)]
}

// chip says how late the oldest is, or what else is to be known first.
func chip(w *words.Words, sum ledger.CustomerSummary) string {
	if sum.Situation == ledger.Late || sum.Situation == ledger.VeryLate {
		return w.N("common.days_late", sum.MaxDaysLate)
	}
	return w.CustomerStanding(sum)
}

// why says in one sentence what the matter is.
func why(w *words.Words, s *desk.State, sum ledger.CustomerSummary) string {
	if l := sum.LastLetter; l != nil {
		return w.T("today.why.letter", "letter", w.Letter(l.Model), "date", w.DateShort(l.Sent), "deadline", w.DateShort(l.Deadline))
	}
	if sum.HabitCount > 2 && sum.HabitDays > 0 {
		return w.T("today.why.habit", "days", w.N("today.days", sum.HabitDays))
	}
	return w.T("today.why.late", "count", w.N("today.late_invoices", sum.OverdueCount), "days", w.N("today.days", sum.MaxDaysLate))
}

// person is whom to speak to: the first contact who may be spoken to, and a telephone number.
func person(w *words.Words, s *desk.State, id ledger.CustomerID) string {
	for _, p := range s.Book.ContactsOf(id) {
		if p.DoNotContact {
			continue
		}
		parts := []string{p.Name}
		if p.Role != "" {
			parts[0] += ", " + p.Role
		}
		if p.Phone != "" {
			parts = append(parts, p.Phone)
		}
		return strings.Join(parts, " · ")
	}
	c := s.Book.Customer(id)
	return c.Phone
}

// bank says that receipts wait for a decision, or that the bank was not read lately; where it never was, nothing.
func (m *Model) bank(w *words.Words, s *desk.State) {
	read := s.Book.BankRead()
	switch late := int(s.On - read); {
	case read == 0:
	case len(s.Undecided()) > 0:
		m.Bank = w.N("today.bank", len(s.Undecided()))
	case late > desk.BankOldAfter:
		m.Bank = w.N("bank.old", late)
	}
}
