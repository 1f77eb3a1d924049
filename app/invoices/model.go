// Package invoices is the screen of all invoices and credit notes: filtered, searched, sorted, chosen to
// write to their customers, and each opened with all that is known of it. It is made for 100,000 of them.
package invoices

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// Names of filters, as places name them. An age is bucketPrefix and its number.
const (
	All      = "all"
	Open     = "open"
	Overdue  = "overdue"
	Promised = "promised"
	Disputed = "disputed"
	Settled  = "settled"
	Credits  = "credits"
	Limit    = "limit" // the time to claim them is near its end, or past

	bucketPrefix = "bucket:"
)

// filters in the order in which they are offered.
var filters = []string{Open, Overdue, Promised, Disputed, Limit, Settled, Credits, All}

// Row is an invoice or credit note: what sorting and filtering need. Words are made for rows in view only.
type Row struct {
	*ledger.Invoice
	Due  ledger.Date // of the earliest part not settled
	Open int64
	Paid int64
	sets uint16 // the filters that show it, a bit each
	ages uint8  // of what is open, a bit for each bucket
	sit  ledger.Situation
	days int32 // by which the situation is sorted
	who  int32 // the place of the customer's name among all names
	n    int32 // the place in Model.Rows
}

// Model is what the screen shows of a ledger on its day.
type Model struct {
	Facts  string
	Rows   []Row
	Counts map[string]int // by filter

	words *words.Words
	state *desk.State
	texts *texts
}

// NewModel works out the rows; it takes some milliseconds for 100,000 invoices.
func NewModel(w *words.Words, s *desk.State) *Model {
	m := &Model{words: w, state: s, Counts: map[string]int{}, texts: &texts{book: s.Book}}
	ranks := nameRanks(s.Book)
	m.Rows = make([]Row, 0, s.Book.Invoices.Len())
	owed := ledger.Sums{}
	counts := make([]int, len(filters))
	limited := map[ledger.InvoiceID]bool{}
	for _, l := range s.Limits() {
		limited[l.Invoice.ID] = true
	}
	for i := range s.Book.Invoices.All() {
		st := s.Standings.Of(i.ID)
		r := Row{Invoice: i, Due: st.Due, Open: st.Open, Paid: st.Paid, sit: st.Situation, days: sortDays(st, s.On), sets: sets(i, st, limited[i.ID]), n: int32(len(m.Rows))}
		for b := range s.Standings.Ages(i) {
			r.ages |= 1 << b
		}
		if int(i.Customer) < len(ranks) {
			r.who = ranks[i.Customer]
		}
		for k := range counts {
			counts[k] += int(r.sets >> k & 1)
		}
		if st.Open != 0 {
			owed[i.Total.Currency] += st.Open
		}
		m.Rows = append(m.Rows, r)
	}
	for k, f := range filters {
		m.Counts[f] = counts[k]
	}
	m.Facts = w.T("invoices.facts", "all", w.N("common.n_invoices", len(m.Rows)), "open", w.N("invoices.n_open", m.Counts[Open]), "owed", sums(w, owed))
	return m
}

// nameRanks gives each customer's place in the order of names, by customer number.
func nameRanks(b *ledger.Book) []int32 {
	type named struct {
		id   ledger.CustomerID
		name string
	}
	all := make([]named, 0, b.Customers.Len())
	for c := range b.Customers.All() {
		all = append(all, named{c.ID, ledger.Fold(c.Name)})
	}
	slices.SortFunc(all, func(x, y named) int { return cmp.Or(strings.Compare(x.name, y.name), cmp.Compare(x.id, y.id)) })
	out := make([]int32, b.Customers.Cap()+1)
	for n, c := range all {
		out[c.id] = int32(n) + 1
	}
	return out
}

// sets gives the filters that show an invoice, a bit each in the order of filters.
func sets(i *ledger.Invoice, st ledger.Standing, limited bool) uint16 {
	bits := uint16(0)
	for k, f := range filters {
		in := false
		switch f {
		case All:
			in = true
		case Open:
			in = st.Open != 0 && !i.CreditNote
		case Overdue:
			in = st.Open != 0 && st.DaysLate > 0 && !i.CreditNote
		case Promised:
			in = st.Situation == ledger.Promised
		case Disputed:
			in = st.Situation == ledger.Disputed
		case Limit:
			in = limited
		case Settled:
			in = st.Open == 0
		case Credits:
			in = i.CreditNote
		}
		if in {
			bits |= 1 << k
		}
	}
	return bits
}

// sortDays orders invoices of one situation, the worst highest.
func sortDays(st ledger.Standing, on ledger.Date) int32 {
	switch st.Situation {
	case ledger.Settled:
		return int32(st.SettledOn - on)
	case ledger.Promised:
		return int32(on - st.PromisedBy)
	}
	if st.Due == 0 {
		return 0
	}
	return int32(on - st.Due)
}

// Filter is one way to narrow the list.
type Filter struct {
	ID, Word string
	Count    int
}

// Filters offers the ways to narrow, and the age where one is chosen; credit notes and what can soon no longer be claimed only
// where there are.
func (m *Model) Filters(chosen string) []Filter {
	var out []Filter
	for _, f := range filters {
		if (f == Credits || f == Limit) && m.Counts[f] == 0 && chosen != f {
			continue
		}
		out = append(out, Filter{f, m.words.T("invoices.filter." + f), m.Counts[f]})
	}
	if b, ok := bucketOf(chosen); ok {
		n := 0
		for k := range m.Rows {
			if m.Rows[k].ages>>b&1 == 1 {
				n++
			}
		}
		out = append(out, Filter{chosen, m.words.T("invoices.filter.age", "age", m.words.Bucket(b)), n})
	}
	return out
}

// Known says whether a filter is one of the screen's.
func Known(filter string) bool {
	_, age := bucketOf(filter)
	return age || slices.Contains(filters, filter)
}

// bucketOf reads the filter of an age.
func bucketOf(filter string) (ledger.Bucket, bool) {
	number, ok := strings.CutPrefix(filter, bucketPrefix)
	n, err := strconv.ParseUint(number, 10, 8)
	return ledger.Bucket(n), ok && err == nil && n <= uint64(ledger.BucketCredit)
}

// Keep gives what decides whether a row is shown: it is in the filter and says every word of the query.
// It may be called beside the window.
func (m *Model) Keep(filter, query string) func(*Row) bool {
	in := func(*Row) bool { return true }
	if b, ok := bucketOf(filter); ok {
		in = func(r *Row) bool { return r.ages>>b&1 == 1 }
	} else if k := slices.Index(filters, filter); k >= 0 && filter != All {
		in = func(r *Row) bool { return r.sets>>k&1 == 1 }
	}
	says := m.texts.matcher(query, m.Rows)
	if says == nil {
		return in
	}
	return func(r *Row) bool { return in(r) && says(r) }
}

// Shows says whether a filter shows an invoice.
func (m *Model) Shows(filter string, id ledger.InvoiceID) bool {
	keep := m.Keep(filter, "")
	for k := range m.Rows {
		if m.Rows[k].ID == id {
			return keep(&m.Rows[k])
		}
	}
	return false
}

// Name is the customer's name.
func (m *Model) Name(r *Row) string {
	if c := m.state.Book.Customer(r.Customer); c != nil {
		return c.Name
	}
	return ""
}

// Money writes an amount in the currency of a row.
func (m *Model) Money(r *Row, minor int64) string {
	return m.words.Money(ledger.Money{Minor: minor, Currency: r.Total.Currency})
}

// Date writes a day, or that there is none.
func (m *Model) Date(d ledger.Date) string {
	if d == 0 {
		return "–"
	}
	return m.words.Date(d)
}

// Standing is how a row stands now.
func (m *Model) Standing(r *Row) ledger.Standing { return m.state.Standings.Of(r.ID) }

// Sum adds up rows, one total per currency.
type Sum struct {
	Count       int
	Total, Open ledger.Sums
	currency    ledger.Currency
	total, open int64 // of the currency met last, not yet in the sums
}

// Add adds a row.
func (s *Sum) Add(r *Row) {
	if r.Total.Currency != s.currency {
		s.flush()
		s.currency = r.Total.Currency
	}
	s.Count++
	s.total += r.Total.Minor
	s.open += r.Open
}

func (s *Sum) flush() {
	if s.Total == nil {
		s.Total, s.Open = ledger.Sums{}, ledger.Sums{}
	}
	if s.currency != "" {
		s.Total[s.currency] += s.total
		s.Open[s.currency] += s.open
	}
	s.total, s.open = 0, 0
}

// Words gives count, total and open amount as texts.
func (s *Sum) Words(w *words.Words) (count, total, open string) {
	s.flush()
	return w.N("common.n_invoices", s.Count), sums(w, s.Total), sums(w, s.Open)
}

// sums writes a total per currency; nothing at all is zero euros.
func sums(w *words.Words, s ledger.Sums) string {
	if len(s.List()) == 0 {
		return w.Money(ledger.Euros(0))
	}
	return w.Sums(s)
}

// Choice is what the ticked rows are, and what can be done with them.
type Choice struct {
	Bold, Rest string
	// Writes are the customers who owe something of what is ticked: those to write to.
	Writes    []ledger.CustomerID
	WriteText string
	// Payer is whose payment can be noted: set where all that is open of the choice is one customer's.
	Payer ledger.CustomerID
	// Invoice is the only one, or 0.
	Invoice ledger.InvoiceID
	// Owing are the invoices that are open: those of which something may have been done.
	Owing []ledger.InvoiceID
}

// Chosen works out the choice of ticked rows.
func (m *Model) Chosen(rows []*Row) Choice {
	c := Choice{}
	var sum Sum
	all, owing := map[ledger.CustomerID]bool{}, map[ledger.CustomerID]bool{}
	for _, r := range rows {
		sum.Add(r)
		all[r.Customer] = true
		if r.Open == 0 || r.CreditNote {
			continue
		}
		c.Owing = append(c.Owing, r.ID)
		if !owing[r.Customer] {
			owing[r.Customer] = true
			c.Writes = append(c.Writes, r.Customer)
		}
	}
	_, _, open := sum.Words(m.words)
	c.Bold = m.words.N("invoices.chosen", len(rows))
	c.Rest = m.words.T("invoices.chosen_rest", "customers", m.words.N("common.n_customers", len(all)), "open", open)
	c.WriteText = m.words.N("invoices.write", len(c.Writes))
	if len(c.Writes) == 1 {
		c.Payer = c.Writes[0]
	}
	if len(rows) == 1 {
		c.Invoice = rows[0].ID
	}
	return c
}
