package ledger

import (
	"cmp"
	"slices"
)

// What makes a customer habitually late: at least so many settled invoices, paid on the mean more than so many days late.
const (
	HabitInvoices = 3
	HabitDaysLate = 5
)

// HabitLate says whether a customer is habitually late: at least [HabitInvoices] settled invoices whose payments are known
// were paid, on the mean, more than [HabitDaysLate] whole days after their due dates. Fewer invoices make no habit, and a
// few days are often the bank's.
func (s CustomerSummary) HabitLate() bool {
	return s.HabitCount >= HabitInvoices && s.HabitDays > HabitDaysLate
}

// ContactDays is how many days back contacts are counted, the day itself included.
const ContactDays = 30

// Behaviour is how a customer has behaved up to a day, besides how late it pays, which [CustomerSummary] tells.
type Behaviour struct {
	Promises PromiseCount
	Reasons  []ReasonCount // given for delay, the one most given first; of as many, the one given last
	Contacts ContactCount  // of the last ContactDays
}

// PromiseCount is how many promises a customer made, by what became of them.
type PromiseCount struct{ Kept, InPart, Broken, Running int }

// ReasonCount is how often a reason for delay was given.
type ReasonCount struct {
	Reason DelayReason
	Count  int
	Last   Date // given
}

// ContactCount is how often the owner turned to a customer, by channel.
type ContactCount struct {
	Calls   int // that the owner made, whomever they reached
	Letters int // sent
	Emails  int // sent
	Others  int // visits and what else reached the customer without a record of its own, and steps taken outside the program
}

// Total is the number of contacts over all channels.
func (c ContactCount) Total() int { return c.Calls + c.Letters + c.Emails + c.Others }

// Behaviour tells how a customer has behaved up to the standings' day.
func (b *Book) Behaviour(c CustomerID, s *Standings) Behaviour {
	var out Behaviour
	for _, p := range b.PromisesOf(c) {
		if p.Made <= s.On {
			out.Promises.count(b.Judge(p, s.On))
		}
	}
	out.Reasons = b.reasons(c, s.On)
	out.Contacts = b.contacts(c, s.On)
	return out
}

func (n *PromiseCount) count(s PromiseState) {
	switch s {
	case PromiseKept:
		n.Kept++
	case PromiseKeptInPart:
		n.InPart++
	case PromiseNotKept:
		n.Broken++
	default:
		n.Running++
	}
}

// reasons counts what the customer said in calls; that the reason is not known is none.
func (b *Book) reasons(c CustomerID, on Date) []ReasonCount {
	by := map[DelayReason]*ReasonCount{}
	for _, x := range b.CallsOf(c) {
		if x.Running || x.On > on || x.Reason == "" || x.Reason == DelayUnknown {
			continue
		}
		if by[x.Reason] == nil {
			by[x.Reason] = &ReasonCount{Reason: x.Reason}
		}
		by[x.Reason].Count++
		by[x.Reason].Last = max(by[x.Reason].Last, x.On)
	}
	var out []ReasonCount
	for _, r := range DelayReasons {
		if by[r] != nil {
			out = append(out, *by[r])
		}
	}
	slices.SortStableFunc(out, func(x, y ReasonCount) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(y.Last, x.Last))
	})
	return out
}

func (b *Book) contacts(c CustomerID, on Date) ContactCount {
	var n ContactCount
	lately := func(d Date) bool { return d != 0 && d <= on && int(on-d) < ContactDays }
	for _, x := range b.CallsOf(c) {
		if !x.Running && !x.Incoming && lately(x.On) {
			n.Calls++
		}
	}
	for _, x := range b.LettersOf(c) {
		if lately(x.Sent) {
			n.Letters++
		}
	}
	for _, x := range b.MessagesOf(c) {
		if x.State == MessageSent && lately(x.Sent) {
			n.Emails++
		}
	}
	for _, x := range b.ActionsOf(c) {
		if x.Call == 0 && x.Letter == 0 && x.Message == 0 && x.Channel != ChannelTask && lately(x.On) {
			n.Others++
		}
	}
	for _, x := range b.StepsOf(c) {
		if lately(x.On) {
			n.Others++
		}
	}
	return n
}

// LastContact gives the last day up to one on which the owner turned to a customer, whomever it reached, and by which channel; zero for none.
func (b *Book) LastContact(c CustomerID, on Date) (Date, Channel) {
	var day Date
	by := Channel("")
	note := func(d Date, ch Channel) {
		if d != 0 && d <= on && d >= day {
			day, by = d, ch
		}
	}
	for _, x := range b.StepsOf(c) {
		if x.Done == StepCall {
			note(x.On, ChannelPhone)
		} else {
			note(x.On, ChannelLetter)
		}
	}
	for _, x := range b.LettersOf(c) {
		note(x.Sent, ChannelLetter)
	}
	for _, x := range b.MessagesOf(c) {
		note(x.Sent, ChannelEmail)
	}
	for _, x := range b.CallsOf(c) {
		if !x.Running {
			note(x.On, ChannelPhone)
		}
	}
	for _, x := range b.ActionsOf(c) {
		if x.Channel.Reaches() && !x.Skipped && x.Message == 0 {
			note(x.On, x.Channel)
		}
	}
	return day, by
}
