package today

import (
	"cmp"
	"slices"

	"quitus/ledger"
	"quitus/ledger/followup"
)

// News is a card of what happened.
type News struct {
	Title string
	Lines []NewsLine
}

// NewsLine is one thing that happened; that of one customer leads to it, that of one invoice to the invoice.
type NewsLine struct {
	Customer  ledger.CustomerID // 0 for what is summed up
	Invoice   ledger.InvoiceID
	Name      string
	Second    string
	Amount    string
	Situation ledger.Situation // gives icon and colour
	day       ledger.Date
}

// mostNews is how many lines of single customers a card has.
const mostNews = 4

// Wait is why nothing is done today about some open invoices.
type Wait struct {
	Code   string
	Title  string
	Second string
	Amount string
	Lines  []WaitLine
}

// WaitLine is an invoice that waits.
type WaitLine struct {
	Customer              ledger.CustomerID
	Title, Second, Amount string
}

// Done is what the owner reads when nothing is left to do.
type Done struct {
	Work        bool // something was done today
	Title, Text string
	Brought     []NewsLine
}

// lastWorked is the last working day before today.
func (m *Model) lastWorked() ledger.Date {
	c := followup.NewCalendar(ledger.BusinessDays, m.country())
	day := m.state.On - 1
	for !c.Works(day) {
		day--
	}
	return day
}

// since tells what came in since the last working day: receipts, payments noted by hand, promises kept.
func (m *Model) since() {
	w, b, on, from := m.words, m.state.Book, m.state.On, m.lastWorked()
	m.Since.Title = w.T("today.since_yesterday")
	if from != on-1 {
		m.Since.Title = w.T("today.since", "day", w.DateShort(from))
	}
	m.received(from)
	var kept []NewsLine
	for p := range b.Promises.All() {
		if p.Made <= on && b.Judge(p, on) == ledger.PromiseKept && (p.Made >= from || b.Judge(p, from-1) != ledger.PromiseKept) {
			kept = append(kept, m.line(p.Customer, p.Due, p.Amount, ledger.Promised, w.T("today.promise_kept", "day", w.DateShort(p.Due))))
		}
	}
	m.Since.Lines = append(m.Since.Lines, newest(kept)...)
}

// received sums up the payments since a day, those that the bank brought apart from those entered by hand.
func (m *Model) received(from ledger.Date) {
	counts, sums := [2]int{}, [2]ledger.Sums{{}, {}}
	for p := range m.state.Book.Payments.All() {
		if p.On < from || p.On > m.state.On || !p.Amount.Positive() {
			continue
		}
		k := 0
		if p.Entry == 0 {
			k = 1
		}
		counts[k]++
		sums[k].Add(p.Amount)
	}
	for k, key := range []string{"today.since.reconciled", "today.since.noted"} {
		if counts[k] > 0 {
			m.Since.Lines = append(m.Since.Lines, NewsLine{Name: m.words.N(key, counts[k]), Amount: m.words.Sums(sums[k]), Situation: ledger.Settled})
		}
	}
}

// endedDays is how far back what ran out is told.
const endedDays = 7

// ended tells what ran out in the last days without the money: promises, deadlines of formal notices, instalments of plans.
func (m *Model) ended() {
	w, b, on := m.words, m.state.Book, m.state.On
	m.Ended.Title = w.T("today.ended")
	lately := func(day ledger.Date) bool { return day < on && day >= on.Add(-endedDays) }
	var out []NewsLine
	for p := range b.Promises.All() {
		if p.Made > on || !lately(p.Due) {
			continue
		}
		switch b.Judge(p, on) {
		case ledger.PromiseNotKept:
			out = append(out, m.line(p.Customer, p.Due, p.Amount, ledger.PromiseBroken, w.T("today.ended.promise", "day", w.DateShort(p.Due))))
		case ledger.PromiseKeptInPart:
			out = append(out, m.line(p.Customer, p.Due, p.Amount, ledger.Late, w.T("today.ended.promise_in_part", "day", w.DateShort(p.Due))))
		}
	}
	for l := range b.Letters.All() {
		if l.Model == modelNotice && l.Sent != 0 && lately(l.Deadline) {
			if open := m.stillOpen(l); open.Positive() {
				out = append(out, m.line(l.Customer, l.Deadline, open, ledger.VeryLate, w.T("today.ended.notice", "day", w.DateShort(l.Deadline))))
			}
		}
	}
	for p := range b.Plans.All() {
		if s := b.JudgePlan(p, on); s.Running && lately(s.Missed) {
			out = append(out, m.line(p.Customer, s.Missed, ledger.Money{}, ledger.PromiseBroken, w.T("today.ended.plan", "day", w.DateShort(s.Missed))))
		}
	}
	m.Ended.Lines = newest(out)
}

// limits warns of open invoices that can be claimed for six months more at most, the nearest end first; those whose time is past are
// summed up.
func (m *Model) limits() {
	w, sum, past, overdue := m.words, ledger.Sums{}, 0, ledger.Sums{}
	list := m.state.Limits()
	for _, l := range list {
		open := m.state.Open(l.Invoice)
		sum.Add(open)
		if l.Limit.Past(m.state.On) {
			past++
			overdue.Add(open)
			continue
		}
		if len(m.Limits.Lines) < mostNews {
			n := m.line(l.Invoice.Customer, l.Limit.Last, open, ledger.Late, w.T("today.limits.last", "number", l.Invoice.Number, "day", l.Limit.Last))
			n.Invoice = l.Invoice.ID
			m.Limits.Lines = append(m.Limits.Lines, n)
		}
	}
	if past > 0 {
		m.Limits.Lines = append(m.Limits.Lines, NewsLine{Name: w.N("today.limits.past", past), Amount: w.Sums(overdue), Situation: ledger.VeryLate})
	}
	m.Limits.Title = w.N("today.limits", len(list), "amount", sum)
}

// stillOpen is what is open of a letter's invoices.
func (m *Model) stillOpen(l *ledger.Letter) ledger.Money {
	open := ledger.Money{Currency: l.Amount.Currency}
	for _, x := range l.Lines {
		if i := m.state.Book.Invoice(x.Invoice); i != nil && !i.CreditNote {
			open = open.Add(m.state.Open(i))
		}
	}
	return open
}

func (m *Model) line(c ledger.CustomerID, day ledger.Date, amount ledger.Money, s ledger.Situation, second string) NewsLine {
	n := NewsLine{Customer: c, Second: second, Situation: s, day: day}
	if x := m.state.Book.Customer(c); x != nil {
		n.Name = x.Name
	}
	if amount.Minor != 0 {
		n.Amount = m.words.Money(amount)
	}
	return n
}

// newest gives the newest few.
func newest(list []NewsLine) []NewsLine {
	slices.SortStableFunc(list, func(a, b NewsLine) int { return cmp.Compare(b.day, a.day) })
	return list[:min(len(list), mostNews)]
}

// waitOrder begins with what only the owner can set going again, and ends with what comes by itself.
var waitOrder = []string{
	"reply", "mail_refused", "mail_unknown", "scenario_done", "no_due_date", "do_not_contact", "no_scenario", "disputed", "handed_over", "insolvent",
	"promised", "planned", "call_back_waits", "too_soon", "calls_a_week", "credit_covers", "too_little", "not_yet",
}

// wait gathers why nothing is done, by reason.
func (m *Model) wait(list []followup.Wait) {
	by := map[string][]followup.Wait{}
	for _, x := range list {
		by[x.Reason.Code] = append(by[x.Reason.Code], x)
	}
	for _, code := range waitOrder {
		if of := by[code]; len(of) > 0 {
			m.Waits = append(m.Waits, m.waiting(code, of))
		}
	}
}

func (m *Model) waiting(code string, list []followup.Wait) Wait {
	slices.SortStableFunc(list, func(a, b followup.Wait) int { return cmp.Compare(a.Until, b.Until) })
	x := Wait{Code: code, Title: m.words.N("today.wait."+code, len(list))}
	sum := ledger.Sums{}
	for _, l := range list {
		i := m.state.Book.Invoice(l.Invoice)
		open := m.state.Open(i)
		sum.Add(open)
		x.Lines = append(x.Lines, WaitLine{
			Customer: l.Customer, Title: m.state.Book.Customer(l.Customer).Name, Amount: m.words.Money(open),
			Second: i.Number + " · " + unstopped(m.sentence(l.Reason)),
		})
	}
	if next := list[0].Until; next > m.state.On {
		x.Second = m.words.T("today.wait.until", "day", m.words.DateShort(next))
	}
	x.Amount = m.words.Sums(sum)
	return x
}

// finish says that the day is done, and what it brought; or that there was nothing to do.
func (m *Model) finish(a *followup.Agenda) {
	w, b, on := m.words, m.state.Book, m.state.On
	n := map[string]int{}
	for x := range b.Actions.All() {
		if x.On == on && !x.Skipped {
			notice := false
			if l := b.Letters.Get(uint32(x.Letter)); l != nil {
				notice = l.Model == modelNotice
			}
			n[workOf(x.Channel, notice)]++
			m.Done.Work = true
		}
	}
	m.Done.Title = w.T("today.done.nothing")
	if b.Figures(m.state.Standings).OverdueCount == 0 {
		m.Done.Title = w.T("today.done.nobody")
	}
	if m.Done.Work {
		m.Done.Title = w.T("today.done.title")
		m.Done.Brought = append(m.Done.Brought, NewsLine{Name: m.counts("today.facts.", n), Situation: ledger.Settled})
	}
	promises, sum := 0, ledger.Sums{}
	for p := range b.Promises.All() {
		if p.Made == on {
			promises++
			sum.Add(p.Amount)
		}
	}
	if promises > 0 {
		m.Done.Brought = append(m.Done.Brought, NewsLine{Name: w.N("today.done.promises", promises), Amount: w.Sums(sum), Situation: ledger.Promised})
	}
	for _, x := range m.Since.Lines {
		if x.Customer == 0 {
			x.Second = m.Since.Title
			m.Done.Brought = append(m.Done.Brought, x)
		}
	}
	m.Done.Text = w.T("today.done.no_more")
	if next := m.nextDay(a); next != 0 {
		m.Done.Text = w.T("today.done.next", "day", w.DateLong(next))
	}
}

// nextDay is the next day on which something is to be done; 0 where none is known.
func (m *Model) nextDay(a *followup.Agenda) ledger.Date {
	next := ledger.EndOfTime
	if len(a.Later) > 0 {
		next = m.DayOff(1)
	}
	for _, t := range a.Put {
		next = min(next, t.Mark.Until)
	}
	for _, x := range a.Waiting {
		if x.Until > m.state.On {
			next = min(next, x.Until)
		}
	}
	if next == ledger.EndOfTime {
		return 0
	}
	return next
}
