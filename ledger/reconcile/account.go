package reconcile

import "slices"

// openItem is what is free of an item for the entry in question.
type openItem struct {
	item int
	open int64
}

// account is what a customer owes as a payment comes in.
type account struct {
	customer int
	invoices []openItem // in the order of issue
	credits  []openItem
	later    []openItem // issued after the payment
	named    []openItem
	settled  []int   // named, and settled already
	strange  float64 // the chance that numbers which are not this customer's were named by mistake; 1 without such
}

// free gives what may be used of an item for the entry.
func (q *question) free(i int) int64 { return q.balance[i].free(q.e.On, q.until) }

// account gathers what a customer owes.
func (q *question) account(c int) *account {
	a := &account{customer: c}
	q.looked = append(q.looked, c)
	named := q.namedOf(c, q.named)
	for _, i := range q.of[c] {
		it := &q.Items[i]
		if it.Currency != q.e.Amount.Currency {
			continue
		}
		o := openItem{i, q.free(i)}
		is := slices.Contains(named, i)
		if is && o.open == 0 {
			a.settled = append(a.settled, i)
		} else if is {
			a.named = append(a.named, o)
		}
		switch {
		case o.open == 0:
		case it.Total < 0:
			a.credits = append(a.credits, o)
		case it.Issued > q.e.On && !is:
			a.later = append(a.later, o)
		default:
			a.invoices = append(a.invoices, o)
		}
	}
	a.named = q.latest(a.named)
	a.strange = q.strange(named)
	return a
}

// latest keeps one of the invoices that a running number may mean, as those of each year begin anew: the one of the
// amount, or the last that was issued.
func (q *question) latest(list []openItem) []openItem {
	var out []openItem
	for _, o := range list {
		sure := slices.Contains(q.named.whole, o.item) || slices.Contains(q.named.orders, o.item)
		k := slices.IndexFunc(out, func(p openItem) bool { return !sure && q.tail[p.item] == q.tail[o.item] && p.open*o.open > 0 })
		switch {
		case k < 0:
			out = append(out, o)
		case out[k].open != q.amount:
			out[k] = o
		}
	}
	return out
}

// strange gives the chance that an entry names what is not among some invoices by mistake: another customer's, or
// nobody's.
func (q *question) strange(named []int) float64 {
	for _, i := range q.named.whole {
		if !slices.Contains(named, i) {
			return misplaced
		}
	}
	chance := 1.0
	for _, t := range q.named.tails {
		switch {
		case slices.Contains(q.named.cut, t) || slices.ContainsFunc(named, func(i int) bool { return q.tail[i] == t }):
		case len(q.tails[t]) > 0:
			return misplaced
		default:
			chance = misnamed
		}
	}
	return chance
}
