package followup

import (
	"slices"

	"quitus/ledger"
)

// customer puts together what is to be done for a customer.
func (p *planner) customer(c *ledger.Customer) {
	if len(p.Book.InvoicesOf(c.ID)) == 0 && c.Insolvent == 0 && c.Published == 0 && len(p.Book.CallsOf(c.ID)) == 0 {
		return
	}
	f := p.fileOf(c)
	list := p.invoices(c, f)
	back := f.promisedCall(p.on)
	groups := map[groupKey]*Task{}
	for k := range list {
		h := &list[k]
		if h.wait == nil && back > p.on && h.next.step.Channel.Reaches() {
			h.waits(back, "call_back_waits", "day", back) // what was agreed comes first
		}
		if h.wait == nil {
			p.join(groups, c, h)
		}
	}
	tasks := p.meet(c, f, p.merged(groups, list), p.appointments(c, f, list), list)
	if t := p.planReminder(c, f, list); t != nil {
		tasks = append(tasks, *t)
	}
	for _, t := range tasks {
		if reason, until := p.refuse(&t, f, list); reason != nil {
			for k := range list {
				if t.has(list[k].invoice.ID) {
					list[k].wait, list[k].until = reason, until
				}
			}
			continue
		}
		if last := f.last(); last != nil && t.Level > 0 {
			t.Why = append(t.Why, *last)
		}
		p.ready = append(p.ready, t)
	}
	p.special(c, f, list)
	for k := range list {
		if h := &list[k]; h.wait != nil {
			w := Wait{Invoice: h.invoice.ID, Customer: c.ID, Reason: *h.wait, Until: h.until}
			if h.next.step != nil {
				w.Next = h.next.step.Step
			}
			p.out.Waiting = append(p.out.Waiting, w)
		}
	}
}

// groupKey is what one message is about.
type groupKey struct {
	channel  ledger.Channel
	currency ledger.Currency
}

// join adds an invoice to the task of its channel.
func (p *planner) join(groups map[groupKey]*Task, c *ledger.Customer, h *held) {
	key := groupKey{h.next.step.Channel, h.invoice.Total.Currency}
	t := groups[key]
	if t == nil {
		t = &Task{Customer: c.ID, Channel: key.channel, Amount: ledger.Money{Currency: key.currency}, Due: h.next.day}
		groups[key] = t
	}
	t.add(Line{h.invoice.ID, h.next.step.Level, h.open, h.next.step}, h)
}

func (t *Task) add(l Line, h *held) {
	t.Lines = append(t.Lines, l)
	t.Amount.Minor += l.Open
	if h.next.day != 0 {
		t.Due = min(t.Due, h.next.day)
	}
	t.DaysLate = max(t.DaysLate, h.standing.DaysLate)
	if l.Level > t.Level {
		t.Level, t.Step, t.Model, t.Deadline = l.Level, l.Step.Step, l.Step.Model, l.Step.Deadline
	}
}

func (t *Task) has(id ledger.InvoiceID) bool {
	return slices.ContainsFunc(t.Lines, func(l Line) bool { return l.Invoice == id })
}

// merged puts tasks of several channels into the strongest where the house rules hold, so that a customer hears once
// what there is to say.
func (p *planner) merged(groups map[groupKey]*Task, list []held) []Task {
	var out []Task
	for _, channel := range ledger.Channels {
		for _, currency := range currenciesOf(groups) {
			t := groups[groupKey{channel, currency}]
			if t == nil {
				continue
			}
			if n := len(out) - 1; n >= 0 && p.houseRules(t, list) && channel.Reaches() && out[n].Amount.Currency == currency {
				t = together(&out[n], t)
				out = out[:n]
			}
			out = append(out, *t)
		}
	}
	for k := range out {
		out[k].Name = p.name(&out[k])
		out[k].Why = append(out[k].Why, p.why(&out[k]))
	}
	return out
}

func currenciesOf(groups map[groupKey]*Task) []ledger.Currency {
	var out []ledger.Currency
	for k := range groups {
		if !slices.Contains(out, k.currency) {
			out = append(out, k.currency)
		}
	}
	slices.Sort(out)
	return out
}

// houseRules says whether the rules against pestering hold for a task: unless all its scenarios switch them off.
func (p *planner) houseRules(t *Task, list []held) bool {
	return p.leastDays(t, list) > 0
}

// leastDays is the longest time between contacts that the scenarios of a task's invoices ask for.
func (p *planner) leastDays(t *Task, list []held) int {
	n := 0
	for k := range list {
		if s := list[k].scenario; s != nil && t.has(list[k].invoice.ID) {
			n = max(n, s.LeastDays)
		}
	}
	return n
}

// together lets the stronger of two tasks carry the weaker's invoices. Of the step, the stronger's word counts.
func together(weak, strong *Task) *Task {
	t := *strong
	t.Lines = append(slices.Clone(strong.Lines), weak.Lines...)
	t.Amount.Minor += weak.Amount.Minor
	t.Due = min(t.Due, weak.Due)
	t.DaysLate = max(t.DaysLate, weak.DaysLate)
	t.Level = max(t.Level, weak.Level)
	return &t
}

// refuse says why a task is not to be done today after all: what the customer has to its credit covers it, it is too
// little to bother about, or the house rules hold it back.
func (p *planner) refuse(t *Task, f *file, list []held) (*Reason, ledger.Date) {
	no := func(until ledger.Date, code string, pairs ...any) (*Reason, ledger.Date) {
		r := because(code, pairs...)
		return &r, until
	}
	t.ruled = p.houseRules(t, list)
	_, planned := t.Record.(*ledger.Plan) // of which what is to the customer's credit is counted already
	if credit := p.credits[t.Customer][t.Amount.Currency]; credit > 0 && !planned {
		m := ledger.Money{Minor: credit, Currency: t.Amount.Currency}
		if credit >= t.Amount.Minor {
			return no(0, "credit_covers", "amount", m)
		}
		t.Amount.Minor -= credit
		t.Warnings = append(t.Warnings, because("credit_deducted", "amount", m))
	}
	for _, l := range t.Lines {
		if l.Step == nil {
			continue
		}
		if least, err := l.Step.LeastMoney(t.Amount.Currency); err == nil && t.Amount.Minor < least.Minor {
			return no(0, "too_little", "amount", least)
		}
	}
	if !t.Channel.Reaches() || t.Agreed {
		return nil, 0
	}
	least := p.leastDays(t, list)
	if from := f.contact.Add(least); least > 0 && f.contact != 0 && p.on < from {
		return no(from, "too_soon", "day", f.contact, "from", from)
	}
	if t.Channel == ledger.ChannelPhone && least > 0 && f.inAWeek >= p.house.CallsAWeek {
		return no(p.on+1, "calls_a_week", "count", f.inAWeek)
	}
	return nil, 0
}

// name is what a task is called on the command line.
func (p *planner) name(t *Task) string {
	name := p.Book.Customer(t.Customer).Ref + "/" + string(t.Channel)
	if t.Amount.Currency != ledger.EUR {
		name += "/" + string(t.Amount.Currency)
	}
	return name
}

// why says what a task of a scenario follows from.
func (p *planner) why(t *Task) Reason {
	if t.DaysLate > 0 {
		return because("late", "count", len(t.Lines), "days", t.DaysLate)
	}
	first := p.Standings.Of(t.Lines[0].Invoice).Due
	for _, l := range t.Lines {
		first = min(first, p.Standings.Of(l.Invoice).Due)
	}
	if first <= p.on {
		return because("due_today", "count", len(t.Lines))
	}
	return because("before_due", "count", len(t.Lines), "day", first)
}

// managers lets one call to a manager cover all the customers managed, in one currency.
func (p *planner) managers() {
	var out []Task
	at := map[string]int{}
	for _, t := range p.ready {
		c := p.Book.Customer(t.Customer)
		if t.Channel != ledger.ChannelPhone || c.Manager == 0 && !p.manages(t.Customer) || t.Name != p.name(&t) {
			out = append(out, t)
			continue
		}
		to := t
		if c.Manager != 0 {
			to.Customer = c.Manager
		}
		to.Name = p.name(&to)
		if k, known := at[to.Name]; known {
			first, second := &out[k], &to
			if to.urgent > first.urgent {
				first, second = second, first
			}
			one := together(second, first)
			one.Agreed = first.Agreed || second.Agreed
			one.Warnings = slices.Concat(first.Warnings, second.Warnings)
			one.Why = append([]Reason{because("managed", "count", len(one.Lines))}, first.Why...)
			if first.urgent > 0 {
				one.Why[0], one.Why[1] = one.Why[1], one.Why[0]
			}
			out[k] = *one
			continue
		}
		at[to.Name] = len(out)
		out = append(out, to)
	}
	p.ready = out
}

// manages says whether a customer is the manager of another.
func (p *planner) manages(id ledger.CustomerID) bool {
	if p.managing == nil {
		p.managing = map[ledger.CustomerID]bool{}
		for c := range p.Book.Customers.All() {
			p.managing[c.Manager] = true
		}
	}
	return p.managing[id]
}
