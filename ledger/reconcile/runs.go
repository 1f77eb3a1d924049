package reconcile

import (
	"cmp"
	"slices"
)

// Bounds of free combinations: beyond them chance alone finds sums for most amounts.
const (
	maxSubsetOf = 12
	maxSubset   = 6
)

// orders gives the orders in which invoices follow each other: of issue, and of due dates where that is another.
func (q *question) orders(invoices []openItem) [][]openItem {
	out := [][]openItem{invoices}
	due := slices.Clone(invoices)
	slices.SortStableFunc(due, func(a, b openItem) int { return cmp.Compare(q.Items[a.item].Due, q.Items[b.item].Due) })
	if !slices.Equal(due, invoices) {
		out = append(out, due)
	}
	return out
}

// runsOf calls yield with each run of at least two invoices that follow each other and come to a sum.
func (q *question) runsOf(orders [][]openItem, sum int64, yield func([]openItem)) {
	for _, list := range orders {
		from, total := 0, int64(0)
		for to, o := range list {
			total += o.open
			for total > sum && from <= to {
				total -= list[from].open
				from++
			}
			if total == sum && to > from {
				yield(list[from : to+1])
			}
		}
	}
}

// runs are invoices that follow each other and come to the amount together.
func (q *question) runs(a *account) {
	n := len(a.invoices)
	if n < 2 {
		return
	}
	orders := q.orders(a.invoices)
	each := shareRun / float64(n*(n-1)/2*len(orders))
	q.runsOf(orders, q.amount, func(run []openItem) {
		w := q.wayOf(formRun, run, nil)
		share := each
		if len(run) == n {
			w.form = formAll
			share += shareAll / float64(len(orders))
		}
		q.add(a, w, share)
	})
}

// credited are invoices, one or in a run, with one credit note deducted or all.
func (q *question) credited(a *account) {
	n := len(a.invoices)
	sets := creditSets(a.credits)
	if n == 0 || len(sets) == 0 {
		return
	}
	orders := q.orders(a.invoices)
	share := shareCredit / float64(len(sets)) / float64(n*(n+1)/2)
	for _, credits := range sets {
		sum := q.amount - total(credits)
		for _, o := range a.invoices {
			if o.open == sum {
				q.add(a, q.wayOf(formCredit, []openItem{o}, credits), share*2)
			}
		}
		q.runsOf(orders, sum, func(run []openItem) { q.add(a, q.wayOf(formCredit, run, credits), share/float64(len(orders))) })
	}
}

// creditSets gives each credit note, and all of them.
func creditSets(credits []openItem) [][]openItem {
	var out [][]openItem
	for i := range credits {
		out = append(out, credits[i:i+1])
	}
	if len(credits) > 1 {
		out = append(out, credits)
	}
	return out
}

// subsets are invoices that need not follow each other. They are looked for where nothing simpler comes to the amount.
func (q *question) subsets(a *account) {
	n := len(a.invoices)
	if n < 3 || n > maxSubsetOf || q.chance < leastProposed || q.exact(a.customer) {
		return
	}
	after := make([]int64, n+1) // what is open from an invoice on
	for i := n - 1; i >= 0; i-- {
		after[i] = after[i+1] + a.invoices[i].open
	}
	var chosen []openItem
	var hits [][]openItem
	var choose func(int, int64)
	choose = func(i int, left int64) {
		switch {
		case left == 0 && len(chosen) > 1:
			hits = append(hits, slices.Clone(chosen))
		case left <= 0 || i == n || len(chosen) == maxSubset || after[i] < left:
		default:
			chosen = append(chosen, a.invoices[i])
			choose(i+1, left-a.invoices[i].open)
			chosen = chosen[:len(chosen)-1]
			choose(i+1, left)
		}
	}
	choose(0, q.amount)
	for _, h := range hits {
		q.add(a, q.wayOf(formSubset, h, nil), shareSubset/float64(subsetsOf(n)))
	}
}

// subsetsOf counts the combinations that are looked through: of two to maxSubset out of n.
func subsetsOf(n int) int {
	sum, c := 0, n
	for k := 2; k <= min(n, maxSubset); k++ {
		c = c * (n - k + 1) / k
		sum += c
	}
	return sum
}

// exact says whether a customer's invoices were found to come to the amount.
func (q *question) exact(customer int) bool {
	return slices.ContainsFunc(q.ways, func(w way) bool {
		return w.customer == customer && (w.form == formSingle || w.form == formRun || w.form == formAll || w.form == formNamed)
	})
}

// wayOf makes a way of invoices that are paid in full and credit notes that are used up.
func (q *question) wayOf(f form, invoices, credits []openItem) way {
	w := way{form: f}
	for _, o := range q.byIssue(invoices) {
		w.items, w.amounts = append(w.items, o.item), append(w.amounts, o.open)
	}
	for _, o := range credits {
		w.items, w.amounts = append(w.items, o.item), append(w.amounts, o.open)
	}
	return w
}

// byIssue puts invoices into the order of issue.
func (q *question) byIssue(list []openItem) []openItem {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b openItem) int {
		p, o := &q.Items[a.item], &q.Items[b.item]
		return cmp.Or(cmp.Compare(p.Issued, o.Issued), cmp.Compare(p.Number, o.Number))
	})
	return out
}

func total(list []openItem) int64 {
	sum := int64(0)
	for _, o := range list {
		sum += o.open
	}
	return sum
}
