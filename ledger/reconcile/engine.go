package reconcile

import (
	"slices"

	"quitus/ledger"
)

// engine decides some entries together.
type engine struct {
	*index
	tasks    []task
	order    []int           // of the tasks, by what entries say: not by their place in a file
	sized    map[int64][]int // tasks by the amount of their entries
	paidBy   map[int][]*task // tasks by the customer who pays, where one is likelier than all others
	unchosen map[int]bool    // invoices that an entry could have settled as well as the one it did
	known    ledger.Date     // up to which the register seems to know the payments of these days; 0 where it does not
	changed  []int           // by customer: when an account last changed, counted in entries settled
	clock    int
}

// task is an entry and what is found out about it.
type task struct {
	Decision
	e        *Entry
	says     *reading
	named    *named
	payers   candidates
	aside    string // why the entry is no receipt; "" for receipts and returned payments
	undoes   undone // what a returned payment takes back
	undoneBy int    // the task of the entry that takes this one back, or -1
	decided  bool
	asked    *question // how it was last explained
	askedAt  int
	priced   int // items of the amount at that time
}

func newEngine(w *World, entries []Entry) *engine {
	g := &engine{
		index: newIndex(w), tasks: make([]task, len(entries)), order: make([]int, len(entries)), sized: map[int64][]int{}, paidBy: map[int][]*task{},
		unchosen: map[int]bool{}, changed: make([]int, len(w.Customers)),
	}
	for i := range entries {
		e := &entries[i]
		g.tasks[i] = task{e: e, says: read(e), undoes: undone{entry: -1}, undoneBy: -1, Decision: Decision{TakesBackEntry: -1}}
		g.order[i] = i
	}
	g.sortTasks()
	for _, i := range g.order {
		amount := entries[i].Amount.Minor
		g.sized[amount] = append(g.sized[amount], i)
	}
	for i := range g.tasks {
		t := &g.tasks[i]
		t.named = g.numbers(t.says)
		t.payers = g.candidates(t.e, t.says, t.named)
		for _, p := range t.payers.list {
			if p.chance > 0.5 && t.e.Amount.Minor > 0 {
				g.paidBy[p.customer] = append(g.paidBy[p.customer], t)
			}
		}
	}
	g.known = g.knows()
	g.learnOwn(g.tasks)
	for i := range g.tasks {
		g.tasks[i].aside = g.index.aside(g.tasks[i].e, g.tasks[i].says)
	}
	g.pairReturns()
	return g
}

// run decides all entries: what is no receipt, then the receipts in rounds, then payments that are taken back.
func (g *engine) run() []Decision {
	g.each(func(t *task) {
		if t.aside != "" {
			t.decided = true
			if t.aside != "outgoing" || !g.refund(t) {
				t.Outcome, t.Reasons = NotAReceipt, []Reason{{t.aside, nil}}
			}
		}
	})
	for _, least := range rounds {
		g.round(least, false)
	}
	g.round(Threshold, true)
	g.each(func(t *task) {
		if t.e.Amount.Minor > 0 {
			t.decided = true
			g.propose(t)
		}
	})
	g.each(g.takeBack)
	out := make([]Decision, len(g.tasks))
	for i := range g.tasks {
		out[i] = g.tasks[i].Decision
	}
	return out
}

// each goes through what is not decided.
func (g *engine) each(do func(*task)) {
	for _, i := range g.order {
		if t := &g.tasks[i]; !t.decided {
			do(t)
		}
	}
}

// round records what is certain enough. Entries that could as well settle another invoice of the same amount wait for
// those that could not; then the earliest payment settles the oldest invoice.
func (g *engine) round(least float64, equals bool) {
	g.each(func(t *task) {
		switch {
		case t.e.Amount.Minor < 0:
		case len(t.e.Batch) > 1:
			if equals {
				t.decided = true
				g.batch(t)
			}
		default:
			g.try(t, least, equals)
		}
	})
}

// try records an entry whose likeliest explanation is certain enough.
func (g *engine) try(t *task, least float64, equals bool) {
	q := g.ask(t)
	if len(q.ways) == 0 {
		return
	}
	w := &q.ways[0]
	if w.weight < least || w.alike > 1 && !equals || !w.recordable() || !q.vouched(w) || g.stray(t, q, w) {
		return
	}
	t.decided = true
	t.Outcome = Recorded
	t.Answer = q.answer(w)
	g.settle(t, w)
	for _, it := range w.others {
		if !w.dated && !slices.Contains(w.items, it) {
			g.unchosen[it] = true
		}
	}
}

// ask explains an entry as things stand. The answer is kept until an account that was looked at changes.
func (g *engine) ask(t *task) *question {
	priced := len(g.amounts[amountKey{t.e.Amount.Minor, t.e.Amount.Currency}])
	if q := t.asked; q != nil && t.priced == priced && !slices.ContainsFunc(q.looked, func(c int) bool { return g.changed[c] > t.askedAt }) {
		return q
	}
	q := g.question(t)
	q.explain()
	t.asked, t.askedAt, t.priced = q, g.clock, priced
	return q
}

func (g *engine) question(t *task) *question {
	until := forever
	if t.undoneBy >= 0 {
		until = g.tasks[t.undoneBy].e.On
	}
	return &question{index: g.index, e: t.e, says: t.says, named: t.named, candidates: t.payers, until: until, unchosen: g.unchosen, known: t.e.On <= g.known}
}

// stray says whether an invoice that would do as well as another may be paid already, so that which of them is open is
// not known: by an earlier entry of this customer that was left undecided, or by one of the same amount that may be.
func (g *engine) stray(t *task, q *question, w *way) bool {
	if w.dated || w.named || w.alike == 1 && !q.doubtful(w.items) {
		return false
	}
	if slices.ContainsFunc(g.paidBy[w.customer], func(o *task) bool { return o != t && !o.decided && o.e.On <= t.e.On }) {
		return true
	}
	if !q.doubtful(w.items) {
		return false
	}
	return slices.ContainsFunc(g.sized[t.e.Amount.Minor], func(j int) bool {
		o := &g.tasks[j]
		return o != t && !o.decided && o.e.On <= t.e.On &&
			(o.payers.rest > 0.5 || slices.ContainsFunc(o.payers.list, func(p payer) bool { return p.customer == w.customer }))
	})
}

// settle uses the amounts of a way, and gives them back on the day the payment is taken back.
func (g *engine) settle(t *task, w *way) {
	g.clock++
	for k, it := range w.items {
		g.changed[g.number[g.Items[it].Customer]] = g.clock
		if w.form == formCounted {
			g.told[it] -= w.amounts[k]
		} else {
			g.use(it, t.e.On, w.amounts[k])
		}
		if t.undoneBy >= 0 {
			g.use(it, g.tasks[t.undoneBy].e.On, -w.amounts[k])
		}
	}
}

// maxAlternatives is how many other answers are given along with a proposal.
const maxAlternatives = 3

// propose gives the best explanations of an entry that none is certain for.
func (g *engine) propose(t *task) {
	q := g.question(t)
	q.last = true
	q.explain()
	if len(q.ways) == 0 || q.ways[0].weight < leastProposed {
		t.Outcome = Unknown
		t.Reasons = q.doubts(nil)
		return
	}
	t.Outcome = ToConfirm
	t.Answer = q.answer(&q.ways[0])
	t.Reasons = append(t.Reasons, q.doubts(q.ways)...)
	if w := &q.ways[0]; g.stray(t, q, w) {
		t.Reasons = append(t.Reasons, Reason{"maybe_paid", map[string]any{"amount": t.e.Amount}})
	}
	for k := 1; k < len(q.ways) && q.ways[k].weight >= leastShown && len(t.Alternatives) < maxAlternatives; k++ {
		t.Alternatives = append(t.Alternatives, q.answer(&q.ways[k]))
	}
}
