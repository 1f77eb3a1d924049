package ledger

import (
	"cmp"
	"slices"
)

// EventKind says what happened with a customer.
type EventKind uint8

// Kinds of events.
const (
	EventIssued EventKind = iota
	EventCreditNote
	EventFellDue
	EventPayment
	EventSettled
	EventWriteOff
	EventPromise
	EventPromiseKept
	EventPromiseKeptInPart
	EventPromiseBroken
	EventDispute
	EventDisputeClosed
	EventNote
	EventDocument
	EventLetter
	EventStep
	EventCall
	EventMessage
	EventPlan
	EventAction   // a visit or another task done, without a letter, a call or an e-mail of its own
	EventMailBack // what came of a registered letter
	EventReply    // an e-mail that came back
)

// Event is one thing that happened with a customer on a day, for the line of events.
type Event struct {
	On      Date
	Kind    EventKind
	Invoice *Invoice // that it is about, or nil
	Amount  Money
	Text    string // what a person wrote or said, a file's name or a payment's reference
	Record  Record // what tells of it
	Until   Date   // of a promise or a letter's deadline
}

// Events gives what happened with a customer up to a day, newest first.
func (b *Book) Events(c CustomerID, s *Standings) []Event {
	var out []Event
	add := func(e Event) {
		if e.On != 0 && e.On <= s.On {
			out = append(out, e)
		}
	}
	for _, id := range b.InvoicesOf(c) {
		i, st := b.Invoice(id), s.Of(id)
		if i.CreditNote {
			add(Event{On: i.Issued, Kind: EventCreditNote, Invoice: i, Amount: i.Total, Record: i})
			continue
		}
		add(Event{On: i.Issued, Kind: EventIssued, Invoice: i, Amount: i.Total, Text: i.Subject, Record: i})
		for p, left := range i.Parts(st.Open) {
			if left != 0 && p.Due != 0 && s.On > p.Due {
				add(Event{On: p.Due.Add(1), Kind: EventFellDue, Invoice: i, Amount: Money{p.Amount, i.Total.Currency}, Record: i})
			}
		}
		if st.Situation == Settled {
			add(Event{On: st.SettledOn, Kind: EventSettled, Invoice: i, Amount: i.Total, Record: i})
		}
	}
	for _, p := range b.PaymentsOf(c) {
		if p.Amount.IsZero() {
			continue // a credit note set against invoices: no money came
		}
		e := Event{On: p.On, Kind: EventPayment, Amount: p.Amount, Text: p.Reference, Record: p}
		if len(p.Allocations) == 1 {
			e.Invoice = b.Invoice(p.Allocations[0].Invoice)
		}
		add(e)
	}
	b.wordEvents(c, s.On, add)
	for _, l := range b.LettersOf(c) {
		add(Event{On: cmp.Or(l.Sent, l.On), Kind: EventLetter, Amount: l.Amount, Record: l, Until: l.Deadline})
		if l.Registered.Outcome != MailNotYetBack {
			add(Event{On: l.Registered.OutcomeOn, Kind: EventMailBack, Text: l.Registered.Number, Record: l})
		}
	}
	b.contactEvents(c, add)
	for _, x := range b.StepsOf(c) {
		add(Event{On: x.On, Kind: EventStep, Text: x.Words, Record: x})
	}
	slices.SortStableFunc(out, func(x, y Event) int {
		return cmp.Or(cmp.Compare(y.On, x.On), cmp.Compare(y.Kind, x.Kind))
	})
	return out
}

// contactEvents adds calls, e-mails, plans and tasks done.
func (b *Book) contactEvents(c CustomerID, add func(Event)) {
	for _, x := range b.CallsOf(c) {
		if !x.Running {
			add(Event{On: x.On, Kind: EventCall, Text: x.With, Record: x})
		}
	}
	for _, x := range b.MessagesOf(c) {
		if x.State != MessageDropped {
			add(Event{On: cmp.Or(x.Sent, x.On), Kind: EventMessage, Amount: x.Amount, Text: x.Subject, Record: x, Until: x.Deadline})
		}
	}
	for _, x := range b.RepliesOf(c) {
		add(Event{On: x.On, Kind: EventReply, Text: x.Subject, Record: x})
	}
	for _, x := range b.PlansOf(c) {
		add(Event{On: x.Made, Kind: EventPlan, Amount: x.Total(), Text: x.Words, Record: x})
	}
	for _, x := range b.ActionsOf(c) {
		if x.Letter == 0 && x.Message == 0 && x.Call == 0 {
			add(Event{On: x.On, Kind: EventAction, Text: cmp.Or(x.To, x.Why), Record: x})
		}
	}
}

// wordEvents adds what was said and written: promises, disputes, notes, documents, write-offs.
func (b *Book) wordEvents(c CustomerID, on Date, add func(Event)) {
	for _, p := range b.PromisesOf(c) {
		add(Event{On: p.Made, Kind: EventPromise, Amount: p.Amount, Text: p.Words, Record: p, Until: p.Due})
		switch b.Judge(p, on) {
		case PromiseKept:
			add(Event{On: min(p.Due, on), Kind: EventPromiseKept, Amount: p.Amount, Record: p})
		case PromiseKeptInPart:
			add(Event{On: p.Due.Add(1), Kind: EventPromiseKeptInPart, Amount: p.Amount, Record: p})
		case PromiseNotKept:
			add(Event{On: p.Due.Add(1), Kind: EventPromiseBroken, Amount: p.Amount, Record: p})
		}
	}
	ofCustomer := func(id InvoiceID) *Invoice {
		if i := b.Invoice(id); i != nil && i.Customer == c {
			return i
		}
		return nil
	}
	for d := range b.Disputes.All() {
		if i := ofCustomer(d.Invoice); i != nil {
			add(Event{On: d.Opened, Kind: EventDispute, Invoice: i, Amount: Money{d.Amount, i.Total.Currency}, Text: d.Words, Record: d})
			add(Event{On: d.Closed, Kind: EventDisputeClosed, Invoice: i, Text: cmp.Or(d.Ended, d.Words), Record: d})
		}
	}
	for w := range b.WriteOffs.All() {
		if i := ofCustomer(w.Invoice); i != nil {
			add(Event{On: w.On, Kind: EventWriteOff, Invoice: i, Amount: w.Amount, Text: w.Reason, Record: w})
		}
	}
	for n := range b.Notes.All() {
		if n.Customer == c {
			add(Event{On: n.On, Kind: EventNote, Text: n.Text, Record: n})
		}
	}
	for x := range b.Documents.All() {
		if x.Customer == c {
			add(Event{On: x.On, Kind: EventDocument, Invoice: b.Invoice(x.Invoice), Text: x.Name, Record: x})
		}
	}
}
