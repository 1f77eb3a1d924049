package desk

import (
	"cmp"
	"context"
	"slices"

	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/letters"
)

// LetterOrder is a letter or an e-mail that the owner wants written: what became of a [LetterCase].
type LetterOrder struct {
	LetterRequest
	Case    LetterCase
	ByEmail bool   // into the outbox rather than on paper
	Why     string // the owner's reason for going past a house rule, if so
}

// PrepareLetters makes letters with their pages and e-mails with their text. Nothing is recorded. Each succeeds or fails by
// itself. next, which may be nil, is called after each.
func (d *Desk) PrepareLetters(ctx context.Context, list []LetterOrder, next func()) []Doing {
	w := d.Writer()
	out := make([]Doing, len(list))
	for i := range list {
		out[i] = Doing{Task: w.state.taskOf(&list[i]), Why: list[i].Why}
		if out[i].Err = ctx.Err(); out[i].Err == nil {
			out[i].Err = w.prepareLetter(&out[i], list[i].LetterRequest, list[i].ByEmail)
		}
		if next != nil {
			next()
		}
	}
	return out
}

func (w *Writer) prepareLetter(x *Doing, r LetterRequest, byEmail bool) error {
	if byEmail {
		return w.prepareMessage(x, r)
	}
	written, err := w.Write(r)
	if err == nil {
		x.Letter, x.Warnings = written, written.Warnings
	}
	return err
}

// taskOf is the task that a letter does: the case's own where the model is the one it asks for, so that its level is done once. A letter of
// another model is told by the letter itself; only a reason for going past a rule makes a task of it, as its model's step.
func (s *State) taskOf(o *LetterOrder) followup.Task {
	t := o.Case.Task
	t.Channel = channelOf(t.Channel, o.ByEmail)
	if t.Name != "" && o.Model == cmp.Or(t.Model, usualModel(&t)) {
		return t
	}
	t.Name, t.Step, t.Level, t.Record, t.Agreed = "", "", 0, nil, false
	if o.Why == "" {
		return t
	}
	t.Step = o.Model
	t.Lines = nil
	for _, id := range o.Invoices {
		i := s.Book.Invoice(id)
		l := followup.Line{Invoice: id}
		if step := s.stepOf(i, func(x *ledger.ScenarioStep) bool { return x.Model == o.Model }); step != nil && !i.CreditNote {
			l.Level, t.Step = step.Level, step.Step
		}
		t.Lines = append(t.Lines, l)
	}
	return t
}

// channelOf is the channel by which something is written that was to be written by another.
func channelOf(by ledger.Channel, byEmail bool) ledger.Channel {
	switch {
	case byEmail:
		return ledger.ChannelEmail
	case by == ledger.ChannelRegistered:
		return by
	}
	return ledger.ChannelLetter
}

// DoLetters records prepared letters as sent today and approves prepared e-mails into the outbox, with the tasks that they do, as one
// batch. Those with an error are left out. Taking the batch back brings the tasks back.
func (d *Desk) DoLetters(ctx context.Context, list []Doing) (ledger.Entry, error) {
	act := ledger.ActMessage
	for i := range list {
		if list[i].Letter != nil {
			act = ledger.ActLettersSent
		}
	}
	return d.do(ctx, act, list)
}

// Outbox gives the e-mails that were approved and have not left, oldest first.
func (s *State) Outbox() []*ledger.Message {
	var out []*ledger.Message
	for m := range s.Book.Messages.All() {
		if m.State == ledger.MessageWaiting {
			out = append(out, m)
		}
	}
	return out
}

// LostMail gives the e-mails about which the owner has to decide: that were refused or came back, or of which nobody knows whether they left.
func (s *State) LostMail() []*ledger.Message {
	var out []*ledger.Message
	for m := range s.Book.Messages.All() {
		if slices.Contains(toResend, m.State) {
			out = append(out, m)
		}
	}
	return out
}

// DropMessage takes an e-mail out of the outbox, or gives one up that was refused or is uncertain. What it was to do is to be done again; only a call of which it was the summary stays done.
// The error's code is message_unknown: there is no such e-mail in the outbox.
func (d *Desk) DropMessage(ctx context.Context, id ledger.MessageID) (ledger.Entry, error) {
	return d.changeMessage(ctx, id, toCorrect, func(b *ledger.Draft, m *ledger.Message) error {
		m.State = ledger.MessageDropped
		for _, a := range b.Book().ActionsOf(m.Customer) {
			if a.Message == id && a.Call == 0 {
				b.Delete(ledger.KindAction, a.Key())
			}
		}
		return nil
	})
}

// Asks says whether a letter of a model asks for the invoices of its case; others find by themselves what they are about.
func Asks(model string) bool { return letters.Level(model) > 0 }
