package handover

import (
	"slices"
	"strings"

	"quitus/ledger"
)

// Happened is one line of the chronology.
type Happened struct {
	On   ledger.Date
	Text string
	// Recorded is the day on which it was written to the journal, where that was a later one; zero elsewhere.
	Recorded ledger.Date
}

// chronology tells what happened about what is handed over, the oldest first. Notes are the owner's own and stay out, and so
// do calls whose notes do not go along.
func (c *Case) chronology() {
	events := c.Book.Events(c.Customer, c.Standings)
	slices.Reverse(events)
	for _, e := range events {
		text := c.tell(e)
		if text == "" {
			continue
		}
		h := Happened{On: e.On, Text: text}
		if e.Kind == ledger.EventFellDue { // the event is of the day after
			h.On = e.On.Add(-1)
		}
		if day := c.recorded(e.Record); day > e.On && noted(e.Kind) {
			h.Recorded = day
		}
		c.Events = append(c.Events, h)
	}
	slices.SortStableFunc(c.Events, func(x, y Happened) int { return int(x.On) - int(y.On) })
}

// noted says whether an event is one that the owner writes down when it happens: of an invoice or a payment the date is on its
// document, and a day that passes has a record that is older.
func noted(k ledger.EventKind) bool {
	switch k {
	case ledger.EventPromise, ledger.EventDispute, ledger.EventLetter, ledger.EventStep, ledger.EventCall, ledger.EventMessage, ledger.EventPlan, ledger.EventAction, ledger.EventReply:
		return true
	}
	return false
}

// tell puts an event into words; nothing for one that stays out.
func (c *Case) tell(e ledger.Event) string {
	if e.Invoice != nil && !slices.Contains(c.Invoices, e.Invoice.ID) && e.Kind != ledger.EventCreditNote {
		return ""
	}
	number := ""
	if e.Invoice != nil {
		number = e.Invoice.Number
	}
	say := func(key string, pairs ...any) string {
		return c.w.T("handover.event."+key, append([]any{"number", number, "amount", e.Amount}, pairs...)...)
	}
	switch e.Kind {
	case ledger.EventIssued:
		return say("issued")
	case ledger.EventCreditNote:
		if !c.credits(e.Invoice.ID) {
			return ""
		}
		return say("credit_note")
	case ledger.EventFellDue:
		return say("fell_due")
	case ledger.EventWriteOff:
		return say("write_off")
	case ledger.EventPayment:
		return c.tellPayment(e)
	case ledger.EventPromise, ledger.EventPromiseKept, ledger.EventPromiseKeptInPart, ledger.EventPromiseBroken:
		return c.tellPromise(e)
	case ledger.EventDispute, ledger.EventDisputeClosed:
		return c.tellDispute(e)
	case ledger.EventPlan:
		return c.tellPlan(e)
	}
	return c.tellContact(e)
}

// credits says whether a credit note goes off what is handed over, or went off it.
func (c *Case) credits(id ledger.InvoiceID) bool {
	if slices.ContainsFunc(c.Accounts, func(a Account) bool { return slices.Contains(a.Credits, id) }) {
		return true
	}
	return slices.ContainsFunc(c.Book.PaymentsOf(c.Customer), func(p *ledger.Payment) bool {
		used := func(of []ledger.InvoiceID) bool {
			return slices.ContainsFunc(p.Allocations, func(a ledger.Allocation) bool { return slices.Contains(of, a.Invoice) })
		}
		return used([]ledger.InvoiceID{id}) && used(c.Invoices)
	})
}

// tellPayment tells what a payment settled of what is handed over, or that it is imputed on no invoice.
func (c *Case) tellPayment(e ledger.Event) string {
	p := e.Record.(*ledger.Payment)
	var on []string
	sum, left := int64(0), p.Amount.Minor
	for _, a := range p.Allocations {
		left -= a.Amount
		if slices.Contains(c.Invoices, a.Invoice) {
			on = append(on, c.Book.Invoice(a.Invoice).Number)
			sum += a.Amount
		}
	}
	switch cur := p.Amount.Currency; {
	case len(on) > 0:
		return c.w.T("handover.event.payment", "amount", ledger.Money{Minor: sum, Currency: cur}, "numbers", on)
	case left > 0:
		return c.w.T("handover.event.payment_free", "amount", ledger.Money{Minor: left, Currency: cur})
	}
	return ""
}

func (c *Case) tellPromise(e ledger.Event) string {
	p := e.Record.(*ledger.Promise)
	if len(p.Invoices) > 0 && !concerns(p.Invoices, c.Invoices) {
		return ""
	}
	switch e.Kind {
	case ledger.EventPromiseKept:
		return c.w.T("handover.event.promise_kept", "amount", p.Amount, "due", p.Due)
	case ledger.EventPromiseKeptInPart:
		return c.w.T("handover.event.promise_in_part", "amount", p.Amount, "due", p.Due)
	case ledger.EventPromiseBroken:
		return c.w.T("handover.event.promise_broken", "amount", p.Amount, "due", p.Due)
	}
	return c.said(c.w.T("handover.event.promise", "amount", p.Amount, "due", p.Due), p.Words)
}

func (c *Case) tellDispute(e ledger.Event) string {
	d := e.Record.(*ledger.Dispute)
	number := e.Invoice.Number
	switch {
	case e.Kind == ledger.EventDisputeClosed:
		return c.said(c.w.T("handover.event.dispute_closed", "number", number), d.Ended)
	case d.Amount != 0:
		text := c.w.T("handover.event.dispute_part", "number", number, "amount", e.Amount, "reason", c.w.DisputeReason(d.Reason))
		return c.said(text, d.Words)
	}
	return c.said(c.w.T("handover.event.dispute", "number", number, "reason", c.w.DisputeReason(d.Reason)), d.Words)
}

func (c *Case) tellPlan(e ledger.Event) string {
	p := e.Record.(*ledger.Plan)
	if len(p.Invoices) > 0 && !concerns(p.Invoices, c.Invoices) {
		return ""
	}
	var parts []string
	for _, i := range p.Instalments {
		parts = append(parts, c.w.T("handover.event.instalment", "amount", ledger.Money{Minor: i.Amount, Currency: p.Currency}, "due", i.Due))
	}
	key := "handover.event.plan"
	if p.Proposed {
		key = "handover.event.plan_proposed"
	}
	return c.said(c.w.T(key, "amount", p.Total(), "parts", parts), p.Words)
}

// tellContact tells of letters, e-mails, calls, kept documents and other steps.
func (c *Case) tellContact(e ledger.Event) string {
	switch x := e.Record.(type) {
	case *ledger.Letter:
		if !c.about(x.Lines) {
			return ""
		}
		return c.tellLetter(e, x)
	case *ledger.Message:
		if !c.about(x.Lines) {
			return ""
		}
		return c.w.T("handover.event."+emailState(x), "subject", oneLine(x.Subject))
	case *ledger.Reply:
		return c.tellReply(x)
	case *ledger.Call:
		if !slices.Contains(c.Calls, x.ID) {
			return ""
		}
		if x.Incoming {
			return c.w.T("handover.event.call_in", "reach", c.reach(x))
		}
		return c.w.T("handover.event.call", "reach", c.reach(x))
	case *ledger.Document:
		if !slices.Contains(c.Documents, x.ID) {
			return ""
		}
		return c.w.T("handover.event.document", "name", oneLine(x.Name))
	case *ledger.Step:
		if !concerns(x.Invoices, c.Invoices) {
			return ""
		}
		return c.w.T("handover.event.step", "step", c.w.Step(x))
	case *ledger.Action:
		return c.tellAction(x)
	}
	return ""
}

// tellReply tells of a message that came back, and of what the owner says that it means.
func (c *Case) tellReply(x *ledger.Reply) string {
	if m := c.Book.Messages.Get(uint32(x.Message)); m != nil && !c.about(m.Lines) {
		return ""
	}
	text := c.w.T("handover.event.came."+string(x.Sort), "from", oneLine(x.From), "subject", oneLine(x.Subject))
	if x.Meant != "" {
		text = c.w.T("handover.event.meant", "text", text, "meaning", c.w.T("mail.meaning."+string(x.Meant)))
	}
	return text
}

func (c *Case) tellLetter(e ledger.Event, l *ledger.Letter) string {
	name := c.w.T("letters.model." + l.Model)
	r := l.Registered
	if e.Kind == ledger.EventMailBack {
		return c.w.T("handover.mailed."+string(r.Outcome), "letter", name)
	}
	text := c.w.T("handover.event.letter_made", "letter", name, "amount", l.Amount)
	if l.Sent != 0 {
		text = c.w.T("handover.event.letter", "letter", name, "amount", l.Amount)
	}
	switch {
	case r.Number != "" && r.Certified:
		text = c.w.T("handover.event.certified", "text", text, "number", r.Number)
	case r.Number != "":
		text = c.w.T("handover.event.registered", "text", text, "number", r.Number)
	}
	if l.Deadline != 0 {
		text = c.w.T("handover.event.until", "text", text, "day", l.Deadline)
	}
	return text
}

// tellAction tells of a visit or another task; what is only the owner's own work is no event of the case.
func (c *Case) tellAction(x *ledger.Action) string {
	if x.Skipped || !x.Channel.Reaches() && x.Step != ledger.StepOfHandover || x.Channel == ledger.ChannelPhone {
		return ""
	}
	if len(x.Lines) > 0 && !slices.ContainsFunc(x.Lines, func(l ledger.ActionLine) bool { return slices.Contains(c.Invoices, l.Invoice) }) {
		return ""
	}
	switch {
	case x.Step != ledger.StepOfHandover:
		return c.w.FollowUpStep(x.Step)
	case x.To == "":
		return c.w.T("handover.event.handed")
	}
	return c.w.T("handover.event.handed_to", "to", oneLine(x.To))
}

func (c *Case) reach(x *ledger.Call) string {
	if x.Reach == "" {
		return c.w.Reach(ledger.NoTalk)
	}
	return c.w.Reach(x.Reach)
}

// said adds what a person said or wrote.
func (c *Case) said(text, words string) string {
	words = strings.Trim(oneLine(words), "«»“”\"\u00a0\u202f ") // the quotes around it are ours
	if words == "" {
		return text
	}
	return c.w.T("handover.event.said", "text", text, "words", strings.TrimRight(words, "."))
}
