package reconcile

import (
	"cmp"
	"slices"
)

// maxGroup is how many customers one payer may be thought to pay for; a word that more of them share tells nothing.
const maxGroup = 40

// circle is some customers who may be paid for together.
type circle struct {
	customers []int
	name      string
	chance    float64
}

// together weighs that a head office or an agent pays for several customers at once: all that they owe, a run over all
// their invoices, or a few of them. An entry that names invoices, or whose words speak of something else, is not of these.
func (q *question) together() {
	if len(q.named.whole)+len(q.named.tails)+len(q.named.orders) > 0 || q.says.advance || q.says.income || isCheques(q.e) {
		return
	}
	for _, c := range q.circles() {
		a := &account{customer: several, strange: 1}
		for _, m := range c.customers {
			of := q.account(m)
			a.invoices = append(a.invoices, of.invoices...)
			a.credits = append(a.credits, of.credits...)
		}
		a.invoices = q.byIssue(a.invoices)
		q.payer, q.chance = &Reason{"paid_together", map[string]any{"name": c.name, "count": len(c.customers)}}, c.chance
		found := len(q.ways)
		q.runs(a)
		q.credited(a)
		q.subsets(a)
		if len(q.ways)-found > maxAlternatives { // any amount could be come to like this
			q.forget(found)
		}
	}
}

// circles gives the customers who may be paid for together: those whom one account or label was learnt for, and those who
// share a word of the payer's name that tells.
func (q *question) circles() []circle {
	var out []circle
	add := func(c circle) {
		same := func(o circle) bool { return slices.Equal(o.customers, c.customers) }
		if len(c.customers) > 1 && len(c.customers) <= maxGroup && !slices.ContainsFunc(out, same) {
			out = append(out, c)
		}
	}
	learnt := circle{chance: shareHead}
	for _, p := range q.list {
		if p.reason.Code == "payer_account" || p.reason.Code == "payer_learnt" {
			learnt.customers = append(learnt.customers, p.customer)
			learnt.name = cmp.Or(learnt.name, q.called(p.customer))
		}
	}
	slices.Sort(learnt.customers)
	add(learnt)
	chance := shareGroup
	if q.says.groups {
		chance = shareHead
	}
	for _, w := range q.says.payer {
		if len(w.text) < 3 || kindOf(w.text, w.cut) != telling {
			continue
		}
		for _, v := range q.names.meant(w) {
			if kindOf(v, false) == telling {
				add(circle{q.names.holders[v], v, chance})
			}
		}
	}
	return out
}

// ofOne says whether all of some items are one customer's.
func (q *question) ofOne(items []int) bool {
	return !slices.ContainsFunc(items, func(i int) bool { return q.Items[i].Customer != q.Items[items[0]].Customer })
}

// forget drops the ways from one on.
func (q *question) forget(from int) {
	q.ways = q.ways[:from]
	for k, i := range q.alike {
		if i >= from {
			delete(q.alike, k)
		}
	}
}
