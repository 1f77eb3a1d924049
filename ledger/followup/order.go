package followup

import (
	"cmp"
	"slices"

	"quitus/ledger"
)

// order puts the day's tasks in their order, puts aside what the owner put off, and spreads what was missed.
//
// A broken promise comes first, then what was agreed for the day, then by worth: what a task asks for, more the older it
// is, more where promises were broken, less where the customer will pay by itself as it always does. The owner's own
// order goes before.
func (p *planner) order() {
	for k := range p.ready {
		t := &p.ready[k]
		p.weigh(t)
		if m := p.marks[t.Name]; m != nil && m.On >= t.Due { // an older one was about the level before
			t.Mark = m
		}
	}
	slices.SortStableFunc(p.ready, func(a, b Task) int {
		return cmp.Or(cmp.Compare(b.urgent, a.urgent), cmp.Compare(b.worth, a.worth), cmp.Compare(a.Name, b.Name))
	})
	room := p.house.ActionsADay - p.doneToday()
	for _, t := range p.ready {
		missed := t.ruled && t.urgent == 0 && t.Due < p.on
		switch {
		case t.Mark != nil && t.Mark.Until > p.on:
			p.out.Put = append(p.out.Put, t)
			continue
		case missed && room <= 0:
			p.out.Later = append(p.out.Later, t)
			continue
		case missed:
			room--
		}
		p.out.Tasks = append(p.out.Tasks, t)
	}
	p.move()
}

// doneToday is how many tasks were done today.
func (p *planner) doneToday() int {
	n := 0
	for a := range p.Book.Actions.All() {
		if a.On == p.on && !a.Skipped {
			n++
		}
	}
	return n
}

// move brings tasks to where the owner moved them today.
func (p *planner) move() {
	var moved []Task
	rest := slices.DeleteFunc(p.out.Tasks, func(t Task) bool {
		if t.Mark != nil && t.Mark.Place > 0 && t.Mark.On == p.on {
			moved = append(moved, t)
			return true
		}
		return false
	})
	slices.SortStableFunc(moved, func(a, b Task) int { return cmp.Compare(a.Mark.Place, b.Mark.Place) })
	for _, t := range moved {
		rest = slices.Insert(rest, min(t.Mark.Place-1, len(rest)), t)
	}
	p.out.Tasks = rest
}

// Weights of a task's worth. Age counts up to four months; broken promises raise it by a quarter; the lateness that a customer
// always has lowers it by a third.
const (
	ageDays     = 60.0
	mostAge     = 120
	brokenShare = 1.25
	usualShare  = 0.67
)

// weigh finds what a task is worth, and adds what speaks for it to its reasons.
func (p *planner) weigh(t *Task) {
	t.worth = float64(t.Amount.Minor) * (1 + float64(min(t.DaysLate, mostAge))/ageDays)
	broken := 0
	for _, x := range p.Book.PromisesOf(t.Customer) {
		if x.Due < p.on && p.Book.Judge(x, p.on) == ledger.PromiseNotKept {
			broken++
		}
	}
	s := p.summaries[t.Customer]
	switch {
	case t.Channel == ledger.ChannelTask:
	case broken > 0:
		t.worth *= brokenShare
		if t.urgent != urgentBroken {
			t.Why = append(t.Why, because("promises_broken", "count", broken))
		}
	case s.HabitLate() && t.DaysLate > 0 && t.DaysLate <= s.HabitDays:
		t.worth *= usualShare
		t.Why = append(t.Why, because("usually_late", "days", s.HabitDays))
	case s.HabitLate():
		t.Why = append(t.Why, because("habit", "days", s.HabitDays))
	}
}
