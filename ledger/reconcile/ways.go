package reconcile

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"

	"quitus/ledger"
)

// form is a way in which payments come to their amounts; it is the code of the reason that tells it.
type form string

const (
	formSingle    form = "exact_single"
	formRun       form = "exact_run"
	formAll       form = "exact_all"
	formCredit    form = "credit_deducted"
	formSubset    form = "exact_sum"
	formNamed     form = "exact_named"
	formDiscount  form = "discount"
	formCents     form = "cents"
	formFees      form = "fees"
	formRetention form = "retention"
	formPart      form = "instalment"
	formFraction  form = "fraction"
	formPartial   form = "partial"
	formExcess    form = "excess"
	formLater     form = "later_invoice"
	formAdvance   form = "advance"
	formTwice     form = "paid_twice"
	formOldest    form = "oldest_first"
	formCounted   form = "register_paid"
	formCheques   form = "cheques_sum"
)

// way is one way to explain an entry, with its weight against the others.
type way struct {
	customer int // or several
	form     form
	items    []int   // invoices in the order of issue, then credit notes
	amounts  []int64 // what the payment brings to each
	left     int64
	off      []WriteOff
	weight   float64
	best     float64 // weight of the likeliest among those that are alike
	alike    int     // how many ways of the same amounts it stands for
	others   []int   // the invoices of those that it does not hold
	payer    *Reason
	named    bool // it is about the invoices that the entry names
	dated    bool // it fits a day or month that the entry names
	known    bool // the register seems to know the payments of these days
}

// several stands for a customer where there are more.
const several = -1

// question is what is asked about one entry: how did it come to its amount?
type question struct {
	*index
	e     *Entry
	says  *reading
	named *named
	candidates
	unchosen map[int]bool
	amount   int64
	several  int         // cheques; 0 where the entry does not tell
	until    ledger.Date // the day it is taken back, if ever
	known    bool        // the register seems to know the payments of these days: see told.go
	last     bool        // nothing certain was found: what is only proposed is looked for too
	deposit  string      // why the invoices of several cheques are not known; the code of a reason

	ways   []way          // found so far
	alike  map[string]int // the same, by what makes ways alike
	looked []int          // customers whose accounts were looked at
	chance float64        // that it is the customer being looked at
	payer  *Reason        // and why
}

// explain finds all ways to explain an entry and puts them in the order of their weights, which become the confidence
// of each.
func (q *question) explain() {
	q.alike = map[string]int{}
	q.amount = q.e.Amount.Minor
	if isCheques(q.e) {
		q.several = cheques(q.e)
	}
	for i := range q.list {
		p := &q.list[i]
		q.customer(p.customer, p.chance, &p.reason)
	}
	q.byNumber()
	q.byAmount()
	q.across()
	if q.last {
		q.together()
		q.deposits()
	}
	sum := q.none()
	for _, w := range q.ways {
		sum += w.weight
	}
	for i := range q.ways {
		q.ways[i].weight /= sum
	}
	slices.SortStableFunc(q.ways, func(a, b way) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.customer, b.customer), slices.Compare(a.items, b.items))
	})
}

// none weighs that no way at all explains the entry.
func (q *question) none() float64 {
	share := shareOther + q.rest*0.5
	if len(q.list) == 0 {
		share = shareUnnamed
		if len(q.says.payer) > 0 {
			share = 0.9
		}
	}
	if q.says.income {
		share *= elsewhere
	}
	if slices.ContainsFunc(q.ways, func(w way) bool { return w.named }) {
		share *= misnamed
	}
	return share * density(q.amount)
}

// customer weighs the ways in which one customer could have paid.
func (q *question) customer(c int, chance float64, why *Reason) {
	a := q.account(c)
	q.payer, q.chance = why, chance*q.oneCheque()
	q.counted(a)
	if len(a.named) > 0 {
		q.namedWays(a)
		q.chance *= 1 - afterNamed
	} else if len(a.settled) > 0 {
		q.chance *= misnamed
	}
	q.between(a)
	if q.says.advance {
		q.chance *= aheadOfInvoice
	}
	q.singles(a)
	q.runs(a)
	q.subsets(a)
	q.credited(a)
	if q.chance >= leastProposed {
		q.shorts(a)
		q.ahead(a)
	}
}

// oneCheque gives the chance that an entry of cheques is of one customer's; it is 1 for other entries.
func (q *question) oneCheque() float64 {
	switch {
	case q.several > 1:
		return sharePlural
	case q.several == 0 && isCheques(q.e):
		return 1 - shareBatch
	}
	return 1
}

// singles are one invoice of the amount.
func (q *question) singles(a *account) {
	for _, o := range a.invoices {
		if o.open == q.amount {
			q.add(a, way{form: formSingle, items: []int{o.item}, amounts: []int64{o.open}}, shareSingle/float64(len(a.invoices)))
		}
	}
}

// byNumber weighs the customers whose invoices are named though nothing else points to them.
func (q *question) byNumber() {
	seen := map[int]bool{}
	for _, p := range q.list {
		seen[p.customer] = true
	}
	ask := func(i int, chance float64) {
		c, ok := q.number[q.Items[i].Customer]
		if ok && !seen[c] {
			seen[c] = true
			q.customer(c, chance, nil)
		}
	}
	for _, i := range slices.Concat(q.named.whole, q.named.orders) {
		ask(i, max(q.rest, 0.05)*namedByOthers)
	}
	for _, r := range q.named.ranges {
		last := q.tails[strconv.Itoa(r[1])]
		for _, i := range q.tails[strconv.Itoa(r[0])] {
			if slices.ContainsFunc(last, func(j int) bool { return q.Items[i].Customer == q.Items[j].Customer }) {
				ask(i, q.rest*namedByOthers)
			}
		}
	}
	for _, t := range q.named.tails {
		items := q.tails[t]
		if len(items) <= 20 {
			for _, i := range items {
				ask(i, q.rest*namedByOthers/float64(len(items)))
			}
		}
	}
}

// byAmount weighs any customer who owes one invoice of exactly the amount.
func (q *question) byAmount() {
	items := q.amounts[amountKey{q.amount, q.e.Amount.Currency}]
	if len(items) > 50 || q.several > 1 {
		return
	}
	chance := q.rest
	if len(q.says.payer) > 0 {
		chance *= shareStranger
	}
	chance /= float64(max(len(q.Customers), 50))
	seen := map[int]bool{}
	for _, w := range q.ways {
		seen[w.customer] = true
	}
	for _, p := range q.list {
		seen[p.customer] = true
	}
	for _, i := range items {
		c, ok := q.number[q.Items[i].Customer]
		if !ok || seen[c] {
			continue
		}
		seen[c] = true
		q.payer, q.chance = nil, chance*q.oneCheque()
		if q.says.advance {
			q.chance *= aheadOfInvoice
		}
		q.singles(q.account(c))
	}
}

// across weighs that invoices of several customers are named, and make the amount together.
func (q *question) across() {
	if len(q.named.whole) < 2 {
		return
	}
	w := way{customer: several, form: formNamed, named: true}
	sum, customers := int64(0), map[ledger.CustomerID]bool{}
	for _, i := range q.named.whole {
		free := q.free(i)
		sum += free
		customers[q.Items[i].Customer] = true
		w.items, w.amounts = append(w.items, i), append(w.amounts, free)
	}
	if sum == q.amount && len(customers) > 1 {
		w.weight, w.alike = namedByOthers*afterNamed, 1
		q.ways = append(q.ways, w)
	}
}

// add takes a way in, weighed by the chance of the customer and by what else the entry tells. Ways of one customer that
// come to the same amounts are alike: they count together, and the likeliest stands for them, of equals the oldest.
func (q *question) add(a *account, w way, share float64) {
	if w.customer, w.payer = a.customer, q.payer; w.customer == several && q.ofOne(w.items) {
		return
	}
	f := share * q.chance
	if !w.named && a.strange < 1 && !q.misspelt(q.named.tails, w.items) {
		f *= a.strange
	}
	if q.known && w.form != formCounted {
		f *= shareNew
	}
	f *= q.dates(a, &w)
	w.weight, w.best, w.alike = f, f, 1
	k := q.alikeKey(&w)
	i, ok := q.alike[k]
	if !ok {
		q.alike[k] = len(q.ways)
		q.ways = append(q.ways, w)
		return
	}
	o := &q.ways[i]
	o.weight += f
	if slices.Equal(o.items, w.items) {
		o.best = max(o.best, f)
		return
	}
	first := f > o.best*1.0001 || f > o.best*0.9999 && q.doubtful(o.items) && !q.doubtful(w.items)
	better, other := *o, w
	if first {
		better, other = w, *o
	}
	if other.best*clearly < better.best { // no doubt which
		better.weight, better.alike, better.others = o.weight, 1, nil
		if !first {
			better.alike, better.others = o.alike, o.others
		}
	} else {
		better.weight, better.alike = o.weight, o.alike+1
		better.others = append(slices.Clone(o.others), other.items...)
	}
	*o = better
}

// doubtful says whether an earlier entry may have meant one of some invoices.
func (q *question) doubtful(items []int) bool {
	return slices.ContainsFunc(items, func(i int) bool { return q.unchosen[i] })
}

// alikeKey is the same for ways that pay the same amounts of invoices on which as much is open.
func (q *question) alikeKey(w *way) string {
	parts := make([][2]int64, len(w.items))
	for k, i := range w.items {
		parts[k] = [2]int64{w.amounts[k], q.free(i)}
	}
	slices.SortFunc(parts, func(a, b [2]int64) int { return slices.Compare(a[:], b[:]) })
	key := binary.AppendVarint(binary.AppendVarint(nil, int64(w.customer)), w.left)
	for _, p := range parts {
		key = binary.AppendVarint(binary.AppendVarint(key, p[0]), p[1])
	}
	return string(key)
}
