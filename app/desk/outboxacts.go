package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"quitus/ledger"
)

// Open e-mails of which something is to be decided.
var (
	toResend  = []ledger.MessageState{ledger.MessageRefused, ledger.MessageUnknown}
	toCorrect = []ledger.MessageState{ledger.MessageWaiting, ledger.MessageRefused, ledger.MessageUnknown}
)

// changeMessage changes an e-mail that is in one of some states. The error's code is message_unknown where there is none such.
func (d *Desk) changeMessage(ctx context.Context, id ledger.MessageID, in []ledger.MessageState, how func(*ledger.Draft, *ledger.Message) error) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActMessage, nil, func(b *ledger.Draft) error {
		m, ok := b.Record(ledger.KindMessage, uint32(id)).(*ledger.Message)
		if !ok || !slices.Contains(in, m.State) {
			return ledger.Errorf("message_unknown")
		}
		x := ledger.Clone(m)
		if err := how(b, x); err != nil {
			return err
		}
		b.Put(x)
		return nil
	})
}

// MessageEdit is what the owner changes of an e-mail before it leaves.
type MessageEdit struct{ To, Cc, Subject, Body string }

// EditMessage changes an e-mail of the outbox, or one that was refused or is uncertain, which then leaves as a new one. Errors, by field:
// email_invalid (to, cc), field_required (subject, body), and message_unknown.
func (d *Desk) EditMessage(ctx context.Context, id ledger.MessageID, e MessageEdit) (ledger.Entry, error) {
	return d.changeMessage(ctx, id, toCorrect, func(_ *ledger.Draft, x *ledger.Message) error {
		if err := checkEdit(e); err != nil {
			return err
		}
		x.To, x.Cc, x.Subject, x.Body = strings.TrimSpace(e.To), strings.TrimSpace(e.Cc), e.Subject, e.Body
		d.anew(x)
		return nil
	})
}

func checkEdit(e MessageEdit) error {
	if to := strings.TrimSpace(e.To); to != "" && !ledger.ValidEmail(to) {
		return fieldFault("to", "email_invalid", "value", to)
	}
	for _, cc := range strings.Split(e.Cc, ",") {
		if cc = strings.TrimSpace(cc); cc != "" && !ledger.ValidEmail(cc) {
			return fieldFault("cc", "email_invalid", "value", cc)
		}
	}
	if strings.TrimSpace(e.Subject) == "" {
		return fieldFault("subject", "field_required")
	}
	if strings.TrimSpace(e.Body) == "" {
		return fieldFault("body", "field_required")
	}
	return nil
}

// anew lets an e-mail wait as one that was never tried.
func (d *Desk) anew(x *ledger.Message) {
	x.State, x.Header, x.Raw, x.Size, x.Sent = ledger.MessageWaiting, "", "", 0, 0
	x.At, x.Next, x.Attempts, x.Code, x.Answer, x.Fault = time.Time{}, d.leavesFrom(), 0, 0, "", ""
}

// Resend lets an e-mail that was refused or is uncertain leave again, to another address where one is given. Keep makes it the address of
// the contact or customer too.
func (d *Desk) Resend(ctx context.Context, id ledger.MessageID, to string, keep bool) (ledger.Entry, error) {
	return d.changeMessage(ctx, id, toResend, func(b *ledger.Draft, x *ledger.Message) error {
		if to = strings.TrimSpace(to); !ledger.ValidEmail(to) {
			return fieldFault("to", "email_invalid", "value", to)
		}
		if keep {
			keepAddress(b, x, to)
		}
		x.To = to
		d.anew(x)
		return nil
	})
}

// keepAddress corrects the address of whom an e-mail was for.
func keepAddress(b *ledger.Draft, x *ledger.Message, to string) {
	if k, ok := b.Record(ledger.KindContact, uint32(x.Contact)).(*ledger.Contact); ok && k.Email == x.To {
		k = ledger.Clone(k)
		k.Email = to
		b.Put(k)
		return
	}
	if c := b.Customer(x.Customer); c != nil && c.Email == x.To {
		c = ledger.Clone(c)
		c.Email = to
		b.Put(c)
	}
}

// DidLeave records that an uncertain e-mail left: the owner found it in the mailbox, or the customer has it.
func (d *Desk) DidLeave(ctx context.Context, id ledger.MessageID) (ledger.Entry, error) {
	return d.changeMessage(ctx, id, []ledger.MessageState{ledger.MessageUnknown}, func(_ *ledger.Draft, x *ledger.Message) error {
		x.State, x.Sent = ledger.MessageSent, ledger.DateOf(x.At)
		return nil
	})
}

// SentByHand records that e-mails of the outbox left by the owner's own program today.
func (d *Desk) SentByHand(ctx context.Context, ids ...ledger.MessageID) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActMessage, nil, func(b *ledger.Draft) error {
		for _, id := range ids {
			x := waitingMessage(b, id)
			if x == nil {
				return ledger.Errorf("message_unknown")
			}
			x.State, x.Sent, x.ByHand = ledger.MessageSent, d.Today(), true
			b.Put(x)
		}
		return nil
	})
}

func fieldFault(field, code string, pairs ...any) error {
	return ledger.Errorf(code, append([]any{"field", field}, pairs...)...)
}

// waitingMessage gives a copy of an e-mail that waits, or nil.
func waitingMessage(b *ledger.Draft, id ledger.MessageID) *ledger.Message {
	m, ok := b.Record(ledger.KindMessage, uint32(id)).(*ledger.Message)
	if !ok || m.State != ledger.MessageWaiting {
		return nil
	}
	return ledger.Clone(m)
}
