package ledger

import (
	"cmp"
	"slices"
)

// ExpectedWeeks is how many weeks ahead receipts are told, the week of the day included.
const ExpectedWeeks = 5

// ExpectedAmount is what should come in: in the customers' word, and by their habit. Minor units.
type ExpectedAmount struct{ Promised, Habit int64 }

// Sum is both together.
func (a ExpectedAmount) Sum() int64 { return a.Promised + a.Habit }

// Expected is when what is open on a day should come in, in one currency. Its amounts together are what is open of all
// invoices, each cent once. Credit notes not used up yet are not taken off: nobody knows from what they will be.
type Expected struct {
	Currency  Currency
	Monday    Date                          // of the first week
	Weeks     [ExpectedWeeks]ExpectedAmount // from Monday to Sunday; the first one from the day on
	Later     ExpectedAmount                // after these weeks
	Contested int64                         // not expected before the dispute is settled
	Undated   int64                         // nothing says when: see [Book.Expected]
}

// Week gives the Monday of a week, 0 to ExpectedWeeks-1.
func (e Expected) Week(k int) Date { return e.Monday.Add(7 * k) }

// Within is what is expected in the weeks.
func (e Expected) Within() ExpectedAmount {
	var sum ExpectedAmount
	for _, w := range e.Weeks {
		sum.Promised += w.Promised
		sum.Habit += w.Habit
	}
	return sum
}

// MondayOf gives the Monday of a day's week.
func MondayOf(d Date) Date { return d - Date((int(d.Weekday())+6)%7) }

// Expected says week by week what should come in of what is open on the standings' day; habits are the [Book.Summaries]
// of that day. One per currency in which an invoice is open, the euro first.
//
// First come running promises, and the instalments of payment plans in which none was missed, each on its day, less
// what was paid on them, and never more than is open of the invoices they are about. The rest of an invoice is
// expected on its due date plus the mean number of days by which the customer pays late, on the due date itself where
// no habit is known, and not before the day itself.
//
// Nothing says when the rest comes (Undated): of what has no due date, of a customer in insolvency proceedings,
// of what is overdue and the customer has no habit yet, and of what is later than the customer ever was. To expect such
// debts "today" would promise the same money anew each week, until nobody believes the figure.
func (b *Book) Expected(s *Standings, habits []CustomerSummary) []Expected {
	x := &expecting{b: b, s: s, free: make([]int64, b.Invoices.Cap()+1), by: map[Currency]*Expected{}}
	for i := range b.Invoices.All() {
		x.open(i)
	}
	for _, w := range b.words(s.On) {
		x.keepWord(w)
	}
	for i := range b.Invoices.All() {
		if int(i.Customer) < len(habits) {
			x.byHabit(i, habits[i.Customer])
		}
	}
	var out []Expected
	for _, c := range inOrder(x.by) {
		out = append(out, *x.by[c])
	}
	return out
}

// word is an amount that a customer gave its word for.
type word struct {
	due      Date
	amount   Money
	invoices []InvoiceID
}

// words gives what running promises and plans still promise, the earliest first.
func (b *Book) words(on Date) []word {
	var out []word
	for p := range b.Promises.All() {
		if p.Made <= on && b.Judge(p, on) == PromiseRunning {
			rest := p.Amount.Sub(Money{b.receivedFrom(p.Customer, p.Amount.Currency, p.Made, on, on), p.Amount.Currency})
			out = append(out, word{p.Due, rest, b.PromisedInvoices(p)})
		}
	}
	for p := range b.Plans.All() {
		state := b.JudgePlan(p, on)
		if !state.Running || state.Missed != 0 {
			continue
		}
		paid := state.Paid
		for _, i := range p.Instalments {
			off := min(paid, i.Amount)
			paid -= off
			if off < i.Amount {
				out = append(out, word{i.Due, Money{i.Amount - off, p.Currency}, p.Invoices})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y word) int { return cmp.Compare(x.due, y.due) })
	return out
}

// expecting places what is open of each invoice once.
type expecting struct {
	b    *Book
	s    *Standings
	free []int64 // of each invoice, what is not placed yet
	by   map[Currency]*Expected
}

func (x *expecting) of(c Currency) *Expected {
	e := x.by[c]
	if e == nil {
		e = &Expected{Currency: c, Monday: MondayOf(x.s.On)}
		x.by[c] = e
	}
	return e
}

// open begins with what is open of an invoice, and places at once what cannot be expected.
func (x *expecting) open(i *Invoice) {
	st := x.s.Of(i.ID)
	if i.CreditNote || st.Open == 0 {
		return
	}
	e := x.of(i.Total.Currency)
	e.Contested += st.Contested
	rest := st.Open - st.Contested
	if c := x.b.Customer(i.Customer); c != nil && c.Insolvent != 0 && c.Insolvent <= x.s.On {
		e.Undated += rest
		return
	}
	x.free[i.ID] = rest
}

// keepWord takes a promised amount from the invoices that it is about, the earliest due first.
func (x *expecting) keepWord(w word) {
	invoices := slices.DeleteFunc(slices.Clone(w.invoices), func(id InvoiceID) bool {
		return int(id) >= len(x.free) || x.free[id] <= 0 || x.b.Invoice(id).Total.Currency != w.amount.Currency
	})
	slices.SortStableFunc(invoices, func(p, q InvoiceID) int { return cmp.Compare(x.s.Of(p).Due, x.s.Of(q).Due) })
	left := w.amount.Minor
	for _, id := range invoices {
		off := min(left, x.free[id])
		x.free[id] -= off
		left -= off
	}
	if came := w.amount.Minor - left; came > 0 {
		x.place(w.amount.Currency, w.due).Promised += came
	}
}

// byHabit places what is left of an invoice, part by part: promises counted for the earliest parts, what is contested is
// taken to be of the last.
func (x *expecting) byHabit(i *Invoice, habit CustomerSummary) {
	left := x.free[i.ID]
	if left == 0 {
		return
	}
	x.free[i.ID] = 0
	for p, open := range i.Parts(left + x.s.Of(i.ID).Contested) {
		off := min(left, open)
		left -= off
		if day, ok := habit.expects(p.Due, x.s.On); ok {
			x.place(i.Total.Currency, day).Habit += off
		} else {
			x.of(i.Total.Currency).Undated += off
		}
	}
	x.of(i.Total.Currency).Undated += left
}

// expects gives the day on which the customer's habit lets expect what is due on a day; false where nothing says when.
func (s CustomerSummary) expects(due, on Date) (Date, bool) {
	day := due
	if s.HabitCount > 0 {
		day = due.Add(s.HabitDays)
	}
	switch {
	case due == 0:
		return 0, false
	case day >= on:
		return day, true
	case s.HabitCount > 0 && int(on-due) <= s.WorstDays:
		return on, true
	}
	return 0, false
}

// place gives where the amounts of a day are counted.
func (x *expecting) place(c Currency, day Date) *ExpectedAmount {
	e := x.of(c)
	if week := int(day-e.Monday) / 7; week < ExpectedWeeks {
		return &e.Weeks[week]
	}
	return &e.Later
}
