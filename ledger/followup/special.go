package followup

import (
	"cmp"
	"slices"
	"strings"

	"quitus/ledger"
)

// appointment is a call that does not follow from a scenario: about a broken promise, or agreed with the customer. The
// customer expects it, so that the house rules do not hold it back.
type appointment struct {
	name, step string
	due        ledger.Date
	record     ledger.Record
	why        Reason
	invoices   []ledger.InvoiceID // that it is about; all where empty
	most       int64              // that is asked for of them; 0 for what is open
	urgent     int
}

// Ranks before what is in the order of its worth.
const (
	urgentTask = iota + 1
	urgentClaim
	urgentCallBack
	urgentBroken
	urgentPost // decides about all else of a customer
)

// broken finds the latest promise or instalment that was not kept, about which nobody spoke with the customer since.
func (p *planner) broken(c *ledger.Customer, f *file, list []held) *appointment {
	var found *appointment
	still := func(day ledger.Date, ids []ledger.InvoiceID) bool {
		return (found == nil || day >= found.due-1) && !f.spokenAfter(day) && slices.ContainsFunc(list, func(h held) bool {
			return h.scenario != nil && h.standing.Broken == day && h.standing.PromisedBy == 0 && slices.Contains(ids, h.invoice.ID)
		})
	}
	for _, x := range p.Book.PromisesOf(c.ID) {
		state := p.Book.Judge(x, p.on)
		ids := p.Book.PromisedInvoices(x)
		if x.Made > p.on || state != ledger.PromiseNotKept && state != ledger.PromiseKeptInPart || !still(x.Due, ids) {
			continue
		}
		why := because("promise_broken", "amount", x.Amount, "day", x.Due)
		if state == ledger.PromiseKeptInPart {
			why = because("promise_kept_in_part", "amount", x.Amount, "day", x.Due)
		}
		found = &appointment{"/promise", StepPromiseBroken, x.Due + 1, x, why, ids, 0, urgentBroken}
	}
	for _, x := range p.Book.PlansOf(c.ID) {
		if s := p.Book.JudgePlan(x, p.on); s.Running && s.Missed != 0 && still(s.Missed, x.Invoices) {
			found = &appointment{"/plan", StepPlanMissed, s.Missed + 1, x, because("plan_missed", "day", s.Missed), x.Invoices, s.Late, urgentBroken}
		}
	}
	return found
}

// spokenAfter says whether the customer was contacted after a day.
func (f *file) spokenAfter(day ledger.Date) bool {
	return f.contact > day ||
		slices.ContainsFunc(f.calls, func(x *ledger.Call) bool { return x.On > day && x.Reach == ledger.Reached }) ||
		slices.ContainsFunc(f.actions, func(a *ledger.Action) bool {
			return a.On > day && (a.Step == StepPromiseBroken || a.Step == StepPlanMissed)
		})
}

// callBacks gives the calls after which a call back was agreed that did not take place yet.
func (f *file) callBacks() []*ledger.Call {
	var out []*ledger.Call
	for k, x := range f.calls {
		kept := x.CallBack == 0 || slices.ContainsFunc(f.calls[k+1:], func(y *ledger.Call) bool {
			return y.On >= x.CallBack || y.Reach == ledger.Reached
		}) || slices.ContainsFunc(f.actions, func(a *ledger.Action) bool {
			return a.Step == StepCallBack && a.On >= x.CallBack
		})
		if !kept {
			out = append(out, x)
		}
	}
	return out
}

// promisedCall is the latest day after today for which a call back was agreed; 0 for none.
func (f *file) promisedCall(on ledger.Date) ledger.Date {
	day := ledger.Date(0)
	for _, x := range f.callBacks() {
		if x.CallBack > on {
			day = max(day, x.CallBack)
		}
	}
	return day
}

// appointments gives the calls of today that follow from no scenario, the most pressing first.
func (p *planner) appointments(c *ledger.Customer, f *file, list []held) []*appointment {
	var out []*appointment
	if x := p.broken(c, f, list); x != nil {
		out = append(out, x)
	}
	for _, x := range f.callBacks() {
		if x.CallBack <= p.on {
			why := because("call_back", "day", x.On)
			if x.BackAt != "" {
				why = because("call_back_at", "day", x.On, "time", x.BackAt)
			}
			out = append(out, &appointment{"/call_back", StepCallBack, x.CallBack, x, why, x.Invoices, 0, urgentCallBack})
		}
	}
	return out
}

// meet puts the day's appointments into a customer's tasks. Where the house rules hold, one call carries all that a weaker or
// equal channel would say; a formal notice that is due stays one, with the reason said first.
func (p *planner) meet(c *ledger.Customer, f *file, tasks []Task, meetings []*appointment, list []held) []Task {
	if c.DoNotContact || p.insolvent(c) || f.reply != nil {
		return tasks
	}
	for _, m := range meetings {
		t := Task{Customer: c.ID, Step: m.step, Channel: ledger.ChannelPhone, Due: m.due, Name: c.Ref + m.name, Record: m.record}
		at := -1
		for k := range tasks {
			if p.houseRules(&tasks[k], list) && tasks[k].Channel.Reaches() {
				at = k
			}
		}
		if at >= 0 {
			t = tasks[at]
			tasks = slices.Delete(tasks, at, at+1)
			if !stronger(t.Channel, ledger.ChannelPhone) {
				t.Channel, t.Step, t.Model, t.Record = ledger.ChannelPhone, m.step, "", m.record
				t.Name = p.name(&t)
			}
		} else {
			t.about(m, list)
		}
		t.Agreed, t.urgent = true, max(t.urgent, m.urgent)
		t.Why = append([]Reason{m.why}, t.Why...)
		tasks = append(tasks, t)
	}
	return tasks
}

// stronger says whether a channel carries what another would say, and more.
func stronger(a, b ledger.Channel) bool {
	return slices.Index(ledger.Channels, a) > slices.Index(ledger.Channels, b)
}

// about gives a call its lines: what is late of the invoices that it is about, or all that is open of them.
func (t *Task) about(m *appointment, list []held) {
	for k := range list {
		h := &list[k]
		if len(m.invoices) > 0 && !slices.Contains(m.invoices, h.invoice.ID) {
			continue
		}
		open := h.standing.Asked() - h.standing.Contested
		if open <= 0 || h.standing.PromisedBy != 0 || t.Amount.Currency != "" && t.Amount.Currency != h.invoice.Total.Currency {
			continue
		}
		if m.most > 0 {
			if open = min(open, m.most-t.Amount.Minor); open == 0 {
				continue
			}
		}
		t.Amount.Currency = h.invoice.Total.Currency
		t.add(Line{Invoice: h.invoice.ID, Open: open}, &held{standing: h.standing})
	}
	if t.Amount.Currency == "" {
		t.Amount.Currency = ledger.EUR
	}
}

// special adds what reaches no customer, or is no reminder: documents to send, disputes to settle, a claim to declare.
func (p *planner) special(c *ledger.Customer, f *file, list []held) {
	p.documents(c, f)
	for k := range list {
		for _, x := range p.Book.DisputesOf(list[k].invoice.ID) {
			if p.dispute(c, f, &list[k], x) {
				break // one task for all that is contested of an invoice
			}
		}
	}
	p.planEnds(c, f, list)
	p.insolvency(c, f)
	p.post(c, f)
}

// request is something that a customer asked for and that is to be sent.
type request struct {
	on     ledger.Date
	record ledger.Record
	why    Reason
}

// documents adds the task of sending what a customer asked for, in a call or in a reply: the first that was not sent. What was done on a
// later day answers all that was asked before; on the same day each is answered by itself.
func (p *planner) documents(c *ledger.Customer, f *file) {
	var open []request
	for _, x := range f.calls {
		if slices.Contains(x.Outcomes, ledger.OutcomeDocument) {
			open = append(open, request{x.On, x, because("document", "day", x.On, "what", x.Document)})
		}
	}
	for _, x := range p.Book.RepliesOf(c.ID) {
		if x.Meant == ledger.MeansDocuments && x.Decided <= p.on {
			why := because("document_reply", "day", x.On, "what", excerpt(x.Passage()))
			if x.Passage() == "" {
				why = because("document_reply", "day", x.On, "what", excerpt(x.Subject))
			}
			open = append(open, request{x.Decided, x, why})
		}
	}
	slices.SortStableFunc(open, func(a, b request) int { return cmp.Compare(a.on, b.on) })
	for _, a := range f.actions {
		if a.Step != StepDocument || len(open) == 0 {
			continue
		}
		before := len(open)
		open = slices.DeleteFunc(open, func(r request) bool { return r.on < a.On })
		if len(open) == before && open[0].on == a.On {
			open = open[1:]
		}
	}
	if len(open) == 0 {
		return
	}
	p.ready = append(p.ready, Task{
		Name: c.Ref + "/document", Customer: c.ID, Step: StepDocument, Channel: ledger.ChannelTask, Due: open[0].on, Record: open[0].record,
		Amount: ledger.Money{Currency: ledger.EUR}, Why: []Reason{open[0].why}, urgent: urgentTask,
	})
}

// excerpt gives the beginning of a text, in one line.
func excerpt(s string) string {
	const most = 90 // characters
	out := []rune(strings.Join(strings.Fields(s), " "))
	if len(out) <= most {
		return string(out)
	}
	return strings.TrimRight(string(out[:most-1]), " ") + "…"
}

func (f *file) did(step string, since ledger.Date) bool {
	return slices.ContainsFunc(f.actions, func(a *ledger.Action) bool { return a.Step == step && a.On >= since })
}

// Days after which a dispute without a date is asked about, and asked about again.
const (
	disputeDays = 14
	disputeNext = 7
)

// dispute adds the task of settling a dispute, when its day has come.
func (p *planner) dispute(c *ledger.Customer, f *file, h *held, x *ledger.Dispute) bool {
	if x.Opened > p.on || x.Closed != 0 && x.Closed <= p.on {
		return false
	}
	due := x.By
	if due == 0 {
		due = x.Opened.Add(disputeDays)
	}
	for _, a := range f.actions {
		if a.Step == StepDispute && a.On >= x.Opened && slices.ContainsFunc(a.Lines, func(l ledger.ActionLine) bool { return l.Invoice == x.Invoice }) {
			due = max(due, a.On.Add(disputeNext))
		}
	}
	if due > p.on {
		return false
	}
	t := Task{
		Name: c.Ref + "/dispute/" + h.invoice.Number, Customer: c.ID, Step: StepDispute, Channel: ledger.ChannelTask, Due: due, Record: x,
		Amount: ledger.Money{Currency: h.invoice.Total.Currency}, Why: []Reason{because("dispute", "invoice", h.invoice.Number, "day", x.Opened)},
	}
	if x.Who != "" {
		t.Why = []Reason{because("dispute_who", "invoice", h.invoice.Number, "day", x.Opened, "who", x.Who)}
	}
	t.add(Line{Invoice: x.Invoice, Open: h.standing.Contested}, &held{standing: h.standing})
	p.ready = append(p.ready, t)
	return true
}

// insolvent says whether insolvency proceedings of a customer are open: reminders stop.
func (p *planner) insolvent(c *ledger.Customer) bool {
	return c.Insolvent != 0 && c.Insolvent <= p.on || c.Published != 0 && c.Published <= p.on
}

// insolvency is the declaration of what is owed: within two months of the publication of the judgment (C. com. L622-24 and
// R622-24).
func (p *planner) insolvency(c *ledger.Customer, f *file) {
	if !p.insolvent(c) {
		return
	}
	since, from := max(c.Insolvent, c.Published), cmp.Or(c.Insolvent, c.Published)
	if f.did(StepInsolvency, from) || slices.ContainsFunc(f.letters, func(l *ledger.Letter) bool { return l.Model == modelInsolvency && l.Sent >= from }) {
		return
	}
	t := Task{
		Name: c.Ref + "/insolvency", Customer: c.ID, Step: StepInsolvency, Channel: ledger.ChannelRegistered, Model: modelInsolvency, Due: since,
		Agreed: true, urgent: urgentClaim,
	}
	for _, id := range p.Book.InvoicesOf(c.ID) {
		i, st := p.Book.Invoice(id), p.Standings.Of(id)
		if st.Open <= 0 || i.CreditNote || t.Amount.Currency != "" && t.Amount.Currency != i.Total.Currency {
			continue
		}
		t.Amount.Currency = i.Total.Currency
		t.add(Line{Invoice: id, Open: st.Open}, &held{standing: st})
	}
	if len(t.Lines) == 0 {
		return
	}
	t.Why = []Reason{because("insolvency", "day", since)}
	if c.Published != 0 {
		t.Warnings = []Reason{because("claim_until", "day", ClaimUntil(c.Published))}
	} else {
		t.Warnings = []Reason{because("claim_unpublished")}
	}
	p.ready = append(p.ready, t)
}

// ClaimUntil gives the last day for declaring a claim to the representative of the creditors: two months after the judgment
// was published (C. com. R622-24). Creditors abroad have two months more; that is not counted here.
func ClaimUntil(published ledger.Date) ledger.Date { return published.AddMonths(2) }
