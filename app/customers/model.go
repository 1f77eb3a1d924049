package customers

import (
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// The filters of the list.
const (
	filterAll      = "all"
	filterLate     = "late"
	filterSoon     = "due_soon"
	filterPromised = "promised"
	filterDisputed = "disputed"
	filterCredit   = "credit"
	filterUpToDate = "up_to_date"
)

// filters is their order; counts and words go by it.
var filters = []string{filterAll, filterLate, filterSoon, filterPromised, filterDisputed, filterCredit, filterUpToDate}

// row is one customer as the list shows it.
type row struct {
	ID            ledger.CustomerID
	Name          string // with the country where it is not the owner's
	search        string
	Owed, Overdue ledger.Sums
	DaysLate      int
	Habit         int // mean days late, of HabitCount invoices
	HabitCount    int
	Contact       ledger.Date // the last one, or none
	Channel       ledger.Channel
	Situation     ledger.Situation
	Word          string
	in            uint8 // the filters that show it, one bit each
	owed, overdue int64 // to sort by
}

// listModel is the list of customers on a day.
type listModel struct {
	w      *words.Words
	Rows   []row
	Counts []int // by filter
}

// readList prepares the list of a state.
func readList(w *words.Words, s *desk.State) *listModel {
	m := &listModel{w: w, Counts: make([]int, len(filters))}
	n := readNews(s)
	home := s.Book.Company().Country
	sums := s.Summaries()
	m.Rows = make([]row, 0, s.Book.Customers.Len())
	for c := range s.Book.Customers.All() {
		sum := sums[c.ID]
		r := row{
			ID: c.ID, Name: c.Name, search: ledger.Fold(strings.Join([]string{c.Name, c.Names, c.Ref, c.Town}, "\n")),
			Owed: sum.Owed, Overdue: sum.Overdue, DaysLate: sum.MaxDaysLate, Habit: sum.HabitDays, HabitCount: sum.HabitCount,
			owed: weight(sum.Owed), overdue: weight(sum.Overdue),
		}
		if c.Country != home && c.Country != "" {
			r.Name += " (" + w.Country(c.Country) + ")"
		}
		r.Contact, r.Channel = s.Book.LastContact(c.ID, s.On)
		r.Situation, r.Word = n.of(w, c.ID, sum)
		r.in = n.shownBy(c.ID, sum)
		for k := range filters {
			if r.in>>k&1 != 0 {
				m.Counts[k]++
			}
		}
		m.Rows = append(m.Rows, r)
	}
	return m
}

// shownBy gives the filters that show a customer. One who is late, promised and contested is shown by
// all three.
func (n *news) shownBy(id ledger.CustomerID, sum ledger.CustomerSummary) uint8 {
	late := sum.OverdueCount > 0
	out := uint8(0)
	for k, on := range []bool{
		true, late, n.has(id, ledger.DueSoon), n.has(id, ledger.Promised), n.has(id, ledger.Disputed), n.has(id, ledger.CreditToUse), !late,
	} {
		if on {
			out |= 1 << k
		}
	}
	return out
}

// weight is what customers are compared by: one unit of each currency counts the same, as no rate of
// exchange is known here.
func weight(s ledger.Sums) int64 {
	t := int64(0)
	for c, v := range s {
		for range 2 - c.Decimals() {
			v *= 10
		}
		for range c.Decimals() - 2 {
			v /= 10
		}
		t += v
	}
	return t
}

// facts is the line below the title.
func (m *listModel) facts() string {
	late, all := m.Counts[1], m.Counts[0]
	switch {
	case all == 0:
		return ""
	case late == 0:
		return m.w.N("customers.facts.none_late", all)
	}
	return m.w.N("customers.facts", late, "all", all)
}

// matcher gives the test for a filter and what was typed; nil shows all.
func (m *listModel) matcher(filter, typed string) func(*row) bool {
	bit := uint8(1)
	for k, f := range filters {
		if f == filter {
			bit = 1 << k
		}
	}
	wanted := strings.Fields(ledger.Fold(typed))
	if bit == 1 && len(wanted) == 0 {
		return nil
	}
	return func(r *row) bool {
		if r.in&bit == 0 {
			return false
		}
		for _, w := range wanted {
			if !strings.Contains(r.search, w) {
				return false
			}
		}
		return true
	}
}

// The texts of the columns.

func (m *listModel) owedText(r *row) string    { return m.sums(r.Owed) }
func (m *listModel) overdueText(r *row) string { return m.sums(r.Overdue) }

// sums writes nothing owed as zero euros.
func (m *listModel) sums(s ledger.Sums) string {
	if len(s) == 0 {
		return m.w.Money(ledger.Euros(0))
	}
	return m.w.Sums(s)
}

func (m *listModel) lateText(r *row) string {
	if r.DaysLate == 0 {
		return "–"
	}
	return m.w.T("customers.days", "n", r.DaysLate)
}

func (m *listModel) habitText(r *row) string {
	if r.HabitCount == 0 {
		return "–"
	}
	return m.w.T("customers.days", "n", r.Habit)
}

func (m *listModel) contactText(r *row) string {
	if r.Contact == 0 {
		return "–"
	}
	return m.w.T("customers.contact."+string(r.Channel), "day", m.w.DateShort(r.Contact))
}
