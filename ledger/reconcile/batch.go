package reconcile

// details gives the payments of a batch as entries of their own.
func details(e *Entry) []Entry {
	out := make([]Entry, len(e.Batch))
	for k, d := range e.Batch {
		d.On, d.Type, d.BatchSize = e.On, e.Type, 1
		if d.Amount.Currency == "" {
			d.Amount.Currency = e.Amount.Currency
		}
		if d.Label == "" && d.Payer == "" {
			d.Label = e.Label
		}
		out[k] = d
	}
	return out
}

// batch decides an entry whose payments the bank tells one by one: it is recorded when each of them is certain, and
// proposed otherwise, with what is certain of it.
func (g *engine) batch(t *task) {
	a := Answer{Confidence: 1}
	var taken []way
	sum := int64(0)
	for _, p := range details(t.e) {
		sum += p.Amount.Minor
		says := read(&p)
		n := g.numbers(says)
		q := &question{index: g.index, e: &p, says: says, named: n, candidates: g.candidates(&p, says, n), until: forever, unchosen: g.unchosen}
		q.explain()
		if p.Amount.Minor <= 0 || len(q.ways) == 0 || q.ways[0].weight < Threshold || !q.ways[0].recordable() || !q.vouched(&q.ways[0]) {
			a.Confidence = unsureBatch
			continue
		}
		w := q.ways[0]
		one := q.answer(&w)
		a.Allocations = append(a.Allocations, one.Allocations...)
		a.Confidence = min(a.Confidence, one.Confidence)
		if len(taken) == 0 {
			a.Customer = one.Customer
		} else if a.Customer != one.Customer {
			a.Customer = 0
		}
		g.settle(t, &w)
		taken = append(taken, w)
	}
	a.Left = a.left(t.e.Amount.Minor)
	a.Reasons = []Reason{{"batch", map[string]any{"count": len(t.e.Batch), "found": len(taken)}}}
	t.Answer = a
	switch {
	case len(taken) == len(t.e.Batch) && sum == t.e.Amount.Minor:
		t.Outcome = Recorded
		return
	case len(taken) == 0:
		t.Outcome, t.Answer = Unknown, Answer{Reasons: a.Reasons}
	default:
		t.Outcome = ToConfirm
	}
	for k := range taken {
		g.unsettle(t, &taken[k])
	}
}

// unsureBatch is the confidence of an answer that holds only some of a batch's payments.
const unsureBatch = 0.5

// unsettle gives back what a way used.
func (g *engine) unsettle(t *task, w *way) {
	back := *w
	back.amounts = make([]int64, len(w.amounts))
	for k, v := range w.amounts {
		back.amounts[k] = -v
	}
	g.settle(t, &back)
}
