package reconcile

import (
	"slices"
	"strconv"
)

// namedWays weighs that the payment is about the invoices it names: exactly, with credit notes deducted, in a run with
// others, or with another amount, which is the owner's to judge.
func (q *question) namedWays(a *account) {
	var invoices, credits []openItem
	for _, o := range a.named {
		if o.open < 0 {
			credits = append(credits, o)
		} else {
			invoices = append(invoices, o)
		}
	}
	if len(invoices) > 0 {
		w := q.wayOf(formNamed, invoices, credits)
		w.named = true
		if total(a.named) == q.amount {
			q.add(a, w, afterNamed*0.8)
		}
		if len(credits) == 0 {
			sets := creditSets(a.credits)
			for _, set := range sets {
				if total(invoices)+total(set) == q.amount {
					w := q.wayOf(formCredit, invoices, set)
					w.named = true
					q.add(a, w, afterNamed*shareCredit/float64(len(sets)))
				}
			}
		}
		q.short(a, invoices, true, afterNamed)
	}
	q.around(a, invoices, credits)
}

// around weighs runs that hold all the named invoices, and others; and credit notes that are named with any invoices.
func (q *question) around(a *account, invoices, credits []openItem) {
	n := len(a.invoices)
	if n == 0 || len(invoices) == 0 && len(credits) == 0 {
		return
	}
	orders := q.orders(a.invoices)
	share := afterNamed * shareRun / float64(n*(n+1)/2*len(orders))
	sum := q.amount - total(credits)
	holds := func(run []openItem) bool {
		return !slices.ContainsFunc(invoices, func(o openItem) bool { return !slices.Contains(run, o) })
	}
	f := formRun
	if len(credits) > 0 {
		f = formCredit
		for _, o := range a.invoices {
			if o.open == sum && len(invoices) == 0 {
				w := q.wayOf(f, []openItem{o}, credits)
				w.named = true
				q.add(a, w, afterNamed*0.5/float64(n))
			}
		}
	}
	q.runsOf(orders, sum, func(run []openItem) {
		if holds(run) {
			w := q.wayOf(f, run, credits)
			w.named = true
			q.add(a, w, share)
		}
	})
}

// between weighs all invoices of the customer from one running number to another.
func (q *question) between(a *account) {
	for _, r := range q.named.ranges {
		var in []openItem
		ends := 0
		for _, o := range a.invoices {
			if t, err := strconv.Atoi(q.tail[o.item]); err == nil && t >= r[0] && t <= r[1] {
				in = append(in, o)
				if t == r[0] || t == r[1] {
					ends++
				}
			}
		}
		if len(in) > 0 && ends == 2 && total(in) == q.amount {
			w := q.wayOf(formNamed, in, nil)
			w.named = true
			q.add(a, w, afterNamed*0.8)
		}
	}
}
