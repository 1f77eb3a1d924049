package customers

import (
	"strings"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/assets/words"
	"quitus/ledger"
)

// The kinds that the line of events can be narrowed to.
const (
	eventsAll      = "all"
	eventsMoney    = "money"
	eventsLetters  = "letters"
	eventsCalls    = "calls"
	eventsPromises = "promises"
	eventsNotes    = "notes"
)

// eventFilters is the order in which they are offered.
var eventFilters = []string{eventsAll, eventsMoney, eventsLetters, eventsCalls, eventsPromises, eventsNotes}

// event is one thing that happened, in words, and what it opens: a kept document, an invoice, a note, an e-mail or a reply.
type event struct {
	Kind          ledger.EventKind
	Group         string
	Title, Second string
	Day           string
	Sent          bool // of a letter or an e-mail
	Hash          ledger.Hash
	Name          string // of the document
	Invoice       ledger.InvoiceID
	Note          ledger.NoteID
	Said          string // all that was noted of a call
	Message       ledger.MessageID
	Reply         ledger.ReplyID
	Quiet         bool // a program wrote it: nobody said anything
	Waits         bool // a reply about which the owner is to decide
}

// opens says whether there is something behind the event.
func (e *event) opens() bool {
	return e.Hash != "" || e.Invoice != 0 || e.Note != 0 || e.Said != "" || e.Message != 0 || e.Reply != 0
}

// readEvents puts what happened with a customer into words, newest first. A payment that settles an
// invoice at once is told as the settlement only.
func readEvents(w *words.Words, s *desk.State, id ledger.CustomerID) []event {
	all := s.Book.Events(id, s.Standings)
	settled := map[ledger.InvoiceID]ledger.Date{}
	for _, e := range all {
		if e.Kind == ledger.EventSettled {
			settled[e.Invoice.ID] = e.On
		}
	}
	out := make([]event, 0, len(all))
	for _, e := range all {
		if e.Kind == ledger.EventPayment && e.Invoice != nil && settled[e.Invoice.ID] == e.On && e.Amount == e.Invoice.Total {
			continue
		}
		out = append(out, eventOf(w, s, e))
	}
	return out
}

func eventOf(w *words.Words, s *desk.State, e ledger.Event) event {
	out := event{Kind: e.Kind, Group: groupOf(e.Kind), Day: shortDay(w, e.On, s.On)}
	number := ""
	if e.Invoice != nil {
		number, out.Invoice = e.Invoice.Number, e.Invoice.ID
	}
	out.Title = w.T("customers.event."+eventKeys[e.Kind], "number", number, "amount", e.Amount)
	text := oneLine(e.Text)
	switch e.Kind {
	case ledger.EventIssued:
		out.Second = dialogs.Joined(w.Money(e.Amount), text)
	case ledger.EventCreditNote, ledger.EventFellDue, ledger.EventSettled:
		out.Second = w.Money(e.Amount)
	case ledger.EventPayment:
		out.Second = dialogs.Joined(number, text)
		if p, ok := e.Record.(*ledger.Payment); ok && len(p.Allocations) > 1 {
			out.Second = dialogs.Joined(numbers(s.Book, p), text)
		}
	case ledger.EventWriteOff:
		out.Second = dialogs.Joined(w.Money(e.Amount), text)
	case ledger.EventPromise:
		out.Second = dialogs.Joined(w.T("customers.event.until", "day", w.DateShort(e.Until)), text)
	case ledger.EventPromiseKept, ledger.EventPromiseKeptInPart, ledger.EventPromiseBroken:
		out.Second = w.T("customers.event.promised", "amount", e.Amount)
	case ledger.EventDispute:
		out.Second = text
		if d, ok := e.Record.(*ledger.Dispute); ok {
			out.Second = dialogs.Joined(w.DisputeReason(d.Reason), contested(w, e.Amount), text)
		}
	case ledger.EventLetter:
		out.letter(w, s.Book, e)
	case ledger.EventMailBack:
		l := e.Record.(*ledger.Letter)
		out.Second = dialogs.Joined(w.T("handover.mail."+string(l.Registered.Outcome)), w.Letter(l.Model), text)
		out.Hash, out.Name = l.Hash, l.Reference+".pdf"
	case ledger.EventStep:
		x := e.Record.(*ledger.Step)
		out.Title = w.Step(x)
		if x.Done == ledger.StepCall {
			out.Group = eventsCalls
		}
		out.Second = dialogs.Joined(w.N("customers.event.about", len(x.Invoices)), text)
	case ledger.EventCall:
		out.call(w, s.Book, e.Record.(*ledger.Call))
	case ledger.EventMessage:
		out.message(w, e.Record.(*ledger.Message), text)
		if r := s.Confirmed(out.Message); r != nil {
			out.Second = dialogs.Joined(w.T("replies.call.confirmed", "day", shortDay(w, r.On, s.On)), out.Second)
		}
	case ledger.EventReply:
		r := e.Record.(*ledger.Reply)
		out.Reply, out.Quiet, out.Waits = r.ID, r.Sort != ledger.ReplyPerson, r.Waits()
		out.Title, out.Second = w.T("customers.event.came."+string(r.Sort)), text
		if r.Meant != "" {
			out.Second = dialogs.Joined(w.T("mail.meaning."+string(r.Meant)), text)
		}
	case ledger.EventPlan:
		if e.Record.(*ledger.Plan).Proposed {
			out.Title = w.T("customers.event.plan_proposed", "amount", e.Amount)
		}
		out.Second = dialogs.Joined(planWords(w, e.Record.(*ledger.Plan), s), text)
	case ledger.EventAction:
		out.action(w, e.Record.(*ledger.Action), text)
	case ledger.EventDocument:
		d := e.Record.(*ledger.Document)
		out.Second, out.Hash, out.Name = dialogs.Joined(text, number), d.Hash, d.Name
	case ledger.EventNote:
		out.Second, out.Note = text, e.Record.(*ledger.Note).ID
	default:
		out.Second = text
	}
	return out
}

// action tells of a task done: what it was, by which channel, and about how many invoices.
func (e *event) action(w *words.Words, x *ledger.Action, text string) {
	e.Title, e.Second = w.FollowUpStep(x.Step), text
	if n := len(x.Lines); n > 0 {
		e.Second = dialogs.Joined(w.N("customers.event.about", n), text)
	}
	if channel := w.Channel(x.Channel); channel != e.Title {
		e.Second = dialogs.Joined(channel, e.Second)
	}
	if x.Channel == ledger.ChannelPhone {
		e.Group = eventsCalls
	}
	if x.Skipped {
		e.Title = w.T("customers.event.skipped", "step", e.Title)
	}
}

// message tells of an e-mail: what it was for, whether it left, and what it is about.
func (e *event) message(w *words.Words, x *ledger.Message, subject string) {
	e.Message, e.Sent = x.ID, x.State == ledger.MessageSent
	if w.Has("followup.step." + x.Model) {
		e.Title = w.T("customers.event.message_for", "step", w.FollowUpStep(x.Model))
	}
	switch x.State {
	case ledger.MessageSent:
	case ledger.MessageRefused:
		e.Title = w.T("customers.event.message_refused", "message", e.Title)
	case ledger.MessageUnknown, ledger.MessageSending:
		e.Title = w.T("customers.event.message_unknown", "message", e.Title)
	default:
		e.Title = w.T("customers.event.message_waiting", "message", e.Title)
	}
	amount := ""
	if !x.Amount.IsZero() {
		amount = w.Money(x.Amount)
	}
	e.Second = dialogs.Joined(amount, subject)
}

// eventKeys are the endings of the titles' keys, in the order of [ledger.EventKind].
var eventKeys = [...]string{"issued", "credit_note", "fell_due", "payment", "settled", "write_off", "promise", "promise_kept",
	"promise_kept_in_part", "promise_broken", "dispute", "dispute_closed", "note", "document", "letter", "step", "call", "message", "plan", "action", "mail_back", "reply"}

func groupOf(k ledger.EventKind) string {
	switch k {
	case ledger.EventLetter, ledger.EventStep, ledger.EventMessage, ledger.EventAction, ledger.EventMailBack, ledger.EventReply:
		return eventsLetters
	case ledger.EventCall:
		return eventsCalls
	case ledger.EventNote, ledger.EventDocument:
		return eventsNotes
	case ledger.EventPromise, ledger.EventPromiseKept, ledger.EventPromiseKeptInPart, ledger.EventPromiseBroken,
		ledger.EventDispute, ledger.EventDisputeClosed, ledger.EventPlan:
		return eventsPromises
	}
	return eventsMoney
}

func (e *event) letter(w *words.Words, b *ledger.Book, of ledger.Event) {
	l := of.Record.(*ledger.Letter)
	e.Title = w.T("letters.model." + l.Model)
	e.Sent = l.Sent != 0
	if !e.Sent {
		e.Title = w.T("customers.event.letter_made", "letter", e.Title)
	}
	var list []string
	for _, n := range l.Lines {
		if i := b.Invoice(n.Invoice); i != nil {
			list = append(list, i.Number)
		}
	}
	e.Second = dialogs.Joined(w.Money(l.Amount), strings.Join(list, ", "))
	e.Hash, e.Name = l.Hash, l.Reference+".pdf"
}

// numbers names the invoices that a payment settles.
func numbers(b *ledger.Book, p *ledger.Payment) string {
	var list []string
	for _, a := range p.Allocations {
		if i := b.Invoice(a.Invoice); i != nil {
			list = append(list, i.Number)
		}
	}
	return strings.Join(list, ", ")
}

// shortDay leaves the year out of days of this year.
func shortDay(w *words.Words, d, today ledger.Date) string {
	y, _, _ := d.Civil()
	if now, _, _ := today.Civil(); y == now {
		return w.DateShort(d)
	}
	return w.Date(d)
}

// oneLine leaves line feeds out, and keeps the spaces that French typography asks for.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
}
