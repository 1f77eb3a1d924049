package fec

import (
	"cmp"
	"slices"
	"strconv"

	"quitus/ledger"
)

func decimal(n int) string { return strconv.Itoa(n) }

// Habits and due dates.
const (
	leastHabit  = 3 // invoices that make a habit
	longest     = 366
	assumedDays = 30
)

// finish works out habits, due dates, gaps and aliases, and sorts.
func (u *understanding) finish() {
	for m := range u.moves {
		if y := &u.moves[m]; y.pay >= 0 {
			u.b.Payments[y.pay].Left = y.left
		}
	}
	u.habits()
	u.due()
	u.gaps()
	u.aliases()
	u.say()
	slices.SortStableFunc(u.b.Payments, func(a, b Payment) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Kind, b.Kind))
	})
	slices.SortStableFunc(u.b.WriteOffs, func(a, b WriteOff) int { return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Line, b.Line)) })
}

// habits finds how long each customer takes, from lettered receipts that settled invoices in full.
func (u *understanding) habits() {
	b := u.b
	last := make([]ledger.Date, len(b.Invoices))
	for i := range b.Payments {
		p := &b.Payments[i]
		if p.Kind != Receipt && p.Kind != Applied {
			continue
		}
		for _, a := range p.Allocations {
			if !a.Presumed && a.Amount > 0 {
				last[a.Invoice] = max(last[a.Invoice], p.On)
			}
		}
	}
	days := make([][]int32, len(b.Customers))
	for d := range b.Invoices {
		v := &b.Invoices[d]
		if v.Open != 0 {
			v.SettledOn = 0
		}
		if v.Open == 0 && last[d] != 0 && !v.Carried && v.Total > 0 {
			days[v.Customer] = append(days[v.Customer], max(0, int32(last[d]-v.Issued)))
		}
	}
	for k, list := range days {
		if len(list) > 0 {
			slices.Sort(list)
			mid := int(list[len(list)/2])
			if len(list)%2 == 0 {
				mid = (mid + int(list[len(list)/2-1])) / 2
			}
			b.Customers[k].Paid = Habit{Days: mid, Worst: int(list[len(list)-1]), Count: len(list)}
		}
	}
}

// due estimates due dates, which the file does not have.
func (u *understanding) due() {
	for d := range u.b.Invoices {
		v := &u.b.Invoices[d]
		v.Due, v.DueFrom = u.b.dueOf(v, u.b.terms)
	}
}

// dueOf estimates an invoice's due date: from terms, else the customer's habit, else 30 days.
func (b *Books) dueOf(v *Invoice, terms ledger.Terms) (ledger.Date, DueFrom) {
	habit := b.Customers[v.Customer].Paid
	switch {
	case v.CreditNote:
		return v.Issued, DueIssue
	case terms.Given:
		return terms.Due(v.Issued), DueTerms
	case habit.Count >= leastHabit:
		return v.Issued.Add(min(habit.Days, longest)), DueHabit
	}
	return v.Issued.Add(assumedDays), DueAssumed
}

// gaps compares the open items of each customer with the balance of the accounts.
func (u *understanding) gaps() {
	b := u.b
	gaps := make([]Gap, len(b.Customers))
	cause := func(who, line int, amount int64, why string) {
		if amount != 0 && len(gaps[who].Causes) < 100 {
			gaps[who].Causes = append(gaps[who].Causes, Cause{line, amount, why})
		}
	}
	for d := range b.Invoices {
		v := &b.Invoices[d]
		if v.Later != 0 {
			cause(v.Customer, v.Line, v.Open, "settled_later")
			v.Open = 0
			continue
		}
		gaps[v.Customer].OpenItems += v.Open
		if v.Carried && v.Open != 0 {
			b.Counts.CarriedOver++
		}
	}
	for m := range u.moves {
		y := &u.moves[m]
		switch {
		case y.left == 0:
		case y.pay < 0:
			cause(y.customer, y.line, -y.left, "write_off")
		case y.left > 0:
			gaps[y.customer].OpenItems -= y.left
		case y.kind == Returned:
			cause(y.customer, y.line, -y.left, "returned")
		default:
			cause(y.customer, y.line, -y.left, "other_entry")
		}
	}
	for k := range gaps {
		g := &gaps[k]
		g.Customer, g.Balance = k, b.Customers[k].Balance
		if g.Amount = g.Balance - g.OpenItems; g.Amount != 0 {
			b.Gaps = append(b.Gaps, *g)
		}
	}
}

// aliases learns under which names customers pay, from lettered receipts. A label that stood for two customers says nothing.
func (u *understanding) aliases() {
	type use struct{ customer, count int }
	uses := map[string]*use{}
	var order []string
	for i := range u.b.Payments {
		p := &u.b.Payments[i]
		if p.Kind != Receipt || !isLettering(p.Lettering) || len(p.Allocations) == 0 || u.b.Customers[p.Customer].Collective || len(uses) > maxNames {
			continue
		}
		text := p.BankLabel
		if ledger.PayerLabel(text) == "" {
			text = p.Label
		}
		label := ledger.PayerLabel(text)
		if label == "" || len(label) > 100 {
			continue
		}
		a := uses[label]
		if a == nil {
			a = &use{customer: p.Customer}
			uses[label] = a
			order = append(order, label)
		}
		if a.count++; a.customer != p.Customer {
			a.customer = -1
		}
	}
	given := make([]int, len(u.b.Customers))
	slices.SortStableFunc(order, func(x, y string) int { return cmp.Compare(uses[y].count, uses[x].count) })
	for _, label := range order {
		if a := uses[label]; a.customer >= 0 && given[a.customer] < maxAliases {
			given[a.customer]++
			u.b.Aliases = append(u.b.Aliases, Alias{a.customer, label, a.count})
		}
	}
}

// say notes what the owner should know of the file as a whole.
func (u *understanding) say() {
	b := u.b
	if !b.Lettering {
		b.problem(Problem{Code: "not_lettered"})
	}
	if n := b.Counts.Unbalanced; n > 0 {
		b.problem(Problem{Code: "unbalanced", Args: map[string]any{"count": n, "of": b.Counts.Groups}})
	}
	for k := range b.Customers {
		if c := &b.Customers[k]; c.Collective && c.Balance != 0 {
			b.problem(Problem{Code: "collective", Value: c.Name, Args: map[string]any{"account": c.Ref, "balance": ledger.Money{Minor: c.Balance, Currency: b.Currency}}})
		}
	}
	if b.Closing != 0 && b.Last > b.Closing {
		b.problem(Problem{Code: "after_closing", Args: map[string]any{"closing": b.Closing, "last": b.Last}})
	}
	if u.today != 0 && b.Last > u.today {
		b.problem(Problem{Code: "future", Args: map[string]any{"last": b.Last}})
	}
	unbalanced := 0
	for i := range u.entryAt {
		if u.entries[u.entryAt[i]].balance != 0 {
			unbalanced++
		}
	}
	if unbalanced > 0 {
		b.problem(Problem{Code: "entries_unbalanced", Args: map[string]any{"count": unbalanced}})
	}
}
