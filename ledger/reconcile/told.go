package reconcile

import (
	"slices"

	"quitus/ledger"
)

// A register tells what was paid so far as one figure. A statement of days that the register knows brings these payments
// once more: they belong to their invoices, and take nothing off what is open.

// counted weighs that the payment is in the register's figure already. Invoices that the entry names are meant first;
// others where the register seems to know the payments of these days, or where nothing that is open fits.
func (q *question) counted(a *account) {
	full := slices.DeleteFunc(slices.Clone(a.settled), func(i int) bool { return !slices.Contains(q.named.whole, i) || !q.isTold(i) })
	var named []openItem
	for _, i := range full {
		named = append(named, openItem{i, q.told[i]})
	}
	if len(named) > 0 && len(a.named) == 0 && total(named) == q.amount {
		w := q.wayOf(formCounted, named, nil)
		w.named = true
		q.add(a, w, afterNamed*0.8)
		return
	}
	if len(q.named.whole) > 0 || !q.known && (!q.last || q.owes(a)) {
		return
	}
	single, run := shareTold, shareTold
	if q.known {
		single, run = shareSingle, shareRun
	}
	var list []openItem
	for _, i := range q.toldOf(a.customer) {
		list = append(list, openItem{i, q.told[i]})
	}
	n := float64(len(list))
	for _, o := range slices.Backward(list) { // the latest stands for those that are alike
		if o.open == q.amount {
			w := q.wayOf(formCounted, []openItem{o}, nil)
			w.known = q.known
			q.add(a, w, single/n)
		}
	}
	orders := q.orders(list)
	q.runsOf(orders, q.amount, func(r []openItem) {
		w := q.wayOf(formCounted, r, nil)
		w.known = q.known
		q.add(a, w, run/(n*(n-1)/2*float64(len(orders))))
	})
}

// isTold says whether the register tells of a payment of an invoice that may be this one.
func (q *question) isTold(i int) bool {
	it := &q.Items[i]
	return q.told[i] > 0 && it.Issued <= q.e.On && q.e.On <= it.ToldOn && it.Currency == q.e.Amount.Currency
}

// toldOf gives a customer's invoices of which the register tells a payment that may be this one, in the order of issue.
// Of invoices that are paid in part only, none is meant where the part may as well be paid now.
func (q *question) toldOf(c int) []int {
	var out []int
	for _, i := range q.of[c] {
		if free := q.free(i); q.isTold(i) && (free == 0 || q.known && free != q.amount) {
			out = append(out, i)
		}
	}
	return out
}

// owes says whether one of a customer's open invoices is of the amount.
func (q *question) owes(a *account) bool {
	return slices.ContainsFunc(a.invoices, func(o openItem) bool { return o.open == q.amount })
}

// leastKnown is how many payments must speak for it that the register knows those of the statement's days.
const leastKnown = 3

// knows gives the day up to which the register seems to know the payments of the statement's days, or 0: of the receipts of
// known payers that are exactly one invoice, more are invoices that it shows as paid than open ones. What was recorded of
// these days before speaks as well.
func (g *engine) knows() ledger.Date {
	told, open := 0, 0
	from, to := forever, ledger.Date(0)
	for i := range g.tasks {
		t := &g.tasks[i]
		from, to = min(from, t.e.On), max(to, t.e.On)
		for _, p := range t.payers.list {
			if p.chance < 0.9 || t.e.Amount.Minor <= 0 {
				continue
			}
			q := g.question(t)
			q.amount = t.e.Amount.Minor
			a := q.account(p.customer)
			was := slices.ContainsFunc(q.toldOf(p.customer), func(i int) bool { return q.told[i] == q.amount })
			switch is := q.owes(a); {
			case was && !is:
				told++
			case is && !was:
				open++
			}
		}
	}
	for i := range g.Earlier {
		switch s := &g.Earlier[i]; {
		case s.On < from || s.On > to:
		case s.Counted:
			told++
		case s.Above:
			open++
		}
	}
	if told < leastKnown || told <= open {
		return 0
	}
	day := ledger.Date(0)
	for i := range g.Items {
		if g.Items[i].Told > 0 {
			day = max(day, g.Items[i].ToldOn)
		}
	}
	return day
}
