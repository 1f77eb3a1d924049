package ledger

import (
	"cmp"
	"slices"
	"strings"
)

// Found is a search's answer: a customer, or an invoice with its customer.
type Found struct {
	Customer *Customer
	Invoice  *Invoice // nil where the customer itself was found
	rank     int
}

// Search finds customers by name, other name, code, town, contact, phone or e-mail, and invoices by
// number, order number or amount ("1234,50", "1 234.5"), best first, at most limit of each. Case,
// accents and blanks in numbers do not count.
func (b *Book) Search(query string, s *Standings, limit int) []Found {
	q := Fold(query)
	if q == "" {
		return nil
	}
	words := strings.Fields(q)
	tight := strings.ReplaceAll(q, " ", "")
	customers := b.searchCustomers(q, words, tight)
	invoices := b.searchInvoices(tight, s)
	order := func(x, y Found) int { return cmp.Compare(x.rank, y.rank) }
	slices.SortStableFunc(customers, order)
	slices.SortStableFunc(invoices, order)
	return append(customers[:min(limit, len(customers))], invoices[:min(limit, len(invoices))]...)
}

func (b *Book) searchCustomers(q string, words []string, tight string) []Found {
	var out []Found
	for c := range b.Customers.All() {
		name := Fold(c.Name)
		hay := name + "\n" + Fold(c.Names+"\n"+c.Ref+"\n"+c.Town+"\n"+c.Email)
		phones := c.Phone
		for _, p := range b.ContactsOf(c.ID) {
			hay += "\n" + Fold(p.Name+"\n"+p.Email)
			phones += "\n" + p.Phone
		}
		rank := -1
		switch {
		case strings.HasPrefix(name, q), Fold(c.Ref) == q:
			rank = 0
		case containsAll(name+"\n"+Fold(c.Names), words):
			rank = 1
		case containsAll(hay, words):
			rank = 2
		case len(tight) >= 4 && strings.Contains(strings.ReplaceAll(phones, " ", ""), tight):
			rank = 3
		}
		if rank >= 0 {
			out = append(out, Found{Customer: c, rank: rank})
		}
	}
	return out
}

func (b *Book) searchInvoices(tight string, s *Standings) []Found {
	amount, isAmount := amountDigits(tight)
	var out []Found
	for i := range b.Invoices.All() {
		number := strings.ToLower(i.Number)
		st := s.Of(i.ID)
		rank := -1
		switch {
		case number == tight:
			rank = 0
		case isAmount && (abs64(i.Total.Minor) == amount || (st.Open != 0 && abs64(st.Open) == amount)):
			rank = 1
		case strings.HasPrefix(number, tight):
			rank = 2
		case strings.Contains(number, tight):
			rank = 3
		case i.OrderRef != "" && strings.Contains(strings.ToLower(i.OrderRef), tight):
			rank = 4
		}
		if rank < 0 {
			continue
		}
		if st.Open == 0 {
			rank += 10 // what is settled interests less
		}
		out = append(out, Found{Customer: b.Customer(i.Customer), Invoice: i, rank: rank})
	}
	return out
}

func containsAll(hay string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(hay, w) {
			return false
		}
	}
	return true
}

// amountDigits reads what was typed as an amount in minor units of a currency with two decimals: a
// comma or a dot before one or two last digits separates the cents.
func amountDigits(s string) (uint64, bool) {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "€"), "eur")
	whole, frac := s, ""
	if i := strings.LastIndexAny(s, ",."); i >= 0 && len(s)-i-1 <= 2 {
		whole, frac = s[:i], s[i+1:]
	}
	frac = (frac + "00")[:2]
	v := uint64(0)
	for _, r := range whole + frac {
		if r < '0' || r > '9' || v > 1<<52 {
			return 0, false
		}
		v = v*10 + uint64(r-'0')
	}
	return v, whole != "" && v > 0
}
