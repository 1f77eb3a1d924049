package reconcile

import (
	"cmp"
	"slices"

	"quitus/ledger"
)

// returnDays is how long after a payment it may still come back: a direct debit without mandate up to thirteen months.
const returnDays = 400

// undone is what a returned payment takes back.
type undone struct {
	entry   int // or -1
	earlier *Settlement
	sure    bool // no other payment fits as well
}

// pairReturns finds, for each entry that takes a payment back, that payment: of the same amount, before it, with a
// reference or a name in common. Of payments that fit as well the latest is taken.
func (g *engine) pairReturns() {
	for _, i := range g.order {
		t := &g.tasks[i]
		if t.e.Amount.Minor >= 0 || !(t.e.Returned || returning(t.says)) || t.aside != "" {
			continue
		}
		p := pairing{t: t, u: undone{entry: -1}}
		for _, j := range g.sized[-t.e.Amount.Minor] {
			if o := &g.tasks[j]; o.undoneBy < 0 && o.aside == "" && o.e.Amount.Currency == t.e.Amount.Currency {
				p.take(o.e, o.says, undone{entry: j})
			}
		}
		for k := range g.Earlier {
			if s := &g.Earlier[k]; s.Amount == -t.e.Amount.Minor && s.Currency == t.e.Amount.Currency {
				e := &Entry{Label: s.Label, EndToEnd: s.EndToEnd, Mandate: s.Mandate, On: s.On}
				says := read(e)
				if c, ok := g.number[s.Customer]; ok {
					says.heads = append(says.heads, nameWords(g.called(c)))
				}
				p.take(e, says, undone{entry: -1, earlier: s})
			}
		}
		t.undoes = p.u
		if p.u.entry >= 0 {
			g.tasks[p.u.entry].undoneBy = i
		}
	}
}

// pairing looks for what a returned payment takes back.
type pairing struct {
	t     *task
	u     undone
	score int
	on    ledger.Date
}

// take takes a payment that fits better than the one before, or as well and later.
func (p *pairing) take(e *Entry, says *reading, u undone) {
	if e.On > p.t.e.On || e.On < p.t.e.On-returnDays {
		return
	}
	score := common(p.t, e, says)
	switch {
	case score == 0 || score < p.score:
	case score > p.score || e.On > p.on:
		u.sure = true
		p.score, p.on, p.u = score, e.On, u
	case e.On == p.on:
		p.u.sure = false
	}
}

// common scores what a returned payment and a payment have in common: references, then names.
func common(t *task, e *Entry, says *reading) int {
	score := 0
	if t.e.EndToEnd != "" && t.e.EndToEnd == e.EndToEnd {
		score += 8
	}
	if t.e.Mandate != "" && t.e.Mandate == e.Mandate {
		score += 4
	}
	for _, n := range t.says.numbers {
		if len(n.text) >= 4 && slices.ContainsFunc(says.numbers, func(m number) bool { return m.text == n.text }) {
			score += 6
			break
		}
	}
	for _, w := range slices.Concat(t.says.heads...) {
		if slices.ContainsFunc(slices.Concat(says.heads...), func(v word) bool { return likeness(w, v.text) > 0.7 }) {
			score++
		}
	}
	return score
}

// takeBack decides an entry that takes a payment back as that payment was decided.
func (g *engine) takeBack(t *task) {
	t.decided = true
	switch u := t.undoes; {
	case u.earlier != nil:
		t.TakesBackPayment = u.earlier.ID
		t.Answer = takenBack(u.earlier)
		t.Outcome = Recorded
		t.Left = t.left(t.e.Amount.Minor)
	case u.entry >= 0:
		o := &g.tasks[u.entry]
		t.TakesBackEntry = u.entry
		t.Outcome = o.Outcome
		t.Answer = negated(&o.Answer, o.e.On)
		for k := range o.Alternatives {
			t.Alternatives = append(t.Alternatives, negated(&o.Alternatives[k], o.e.On))
		}
	default:
		t.Outcome = Unknown
		t.Reasons = []Reason{{"taken_back_unknown", nil}}
	}
	if !t.undoes.sure && t.Outcome == Recorded {
		t.Outcome = ToConfirm
	}
}

// takenBack is the answer for a payment recorded before.
func takenBack(s *Settlement) Answer {
	a := Answer{Customer: s.Customer, Confidence: Threshold, Reasons: []Reason{{"taken_back", map[string]any{"on": s.On}}}}
	for _, x := range s.Allocations {
		a.Allocations = append(a.Allocations, Allocation{x.Item, -x.Amount})
	}
	return a
}

// negated is an answer taken back.
func negated(a *Answer, on ledger.Date) Answer {
	out := Answer{Customer: a.Customer, Left: -a.Left, Confidence: a.Confidence, Reasons: []Reason{{"taken_back", map[string]any{"on": on}}}}
	for _, x := range a.Allocations {
		out.Allocations = append(out.Allocations, Allocation{x.Item, -x.Amount})
	}
	return out
}

// left is what of an amount the allocations leave over.
func (a *Answer) left(amount int64) int64 {
	for _, x := range a.Allocations {
		amount -= x.Amount
	}
	return amount
}

// refund finds the credit note that money sent to a customer pays out.
func (g *engine) refund(t *task) bool {
	e, w := t.e, t.says.words
	if !(w["remboursement"] || w["rembt"] || w["avoir"]) {
		return false
	}
	for _, p := range t.payers.list {
		if p.chance < 0.9 {
			continue
		}
		var hits []int
		for _, it := range g.of[p.customer] {
			if g.balance[it].free(e.On, forever) == e.Amount.Minor && g.Items[it].Issued <= e.On {
				hits = append(hits, it)
			}
		}
		if len(hits) == 1 {
			reasons := []Reason{p.reason, {"refund", map[string]any{"number": g.Items[hits[0]].Number}}}
			t.Outcome = Recorded
			t.Answer = Answer{Customer: g.Items[hits[0]].Customer, Allocations: []Allocation{{g.Items[hits[0]].ID, e.Amount.Minor}}, Confidence: p.chance, Reasons: reasons}
			g.use(hits[0], e.On, e.Amount.Minor)
			return true
		}
	}
	return false
}

// sortTasks puts the tasks into the order in which they are decided, which depends on what the entries say only.
func (g *engine) sortTasks() {
	slices.SortFunc(g.order, func(i, j int) int {
		a, b := g.tasks[i].e, g.tasks[j].e
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(b.Amount.Minor, a.Amount.Minor), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Payer, b.Payer),
			cmp.Compare(a.EndToEnd, b.EndToEnd), cmp.Compare(a.Rank, b.Rank))
	})
}
