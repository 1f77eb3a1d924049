package desk

import (
	"context"
	"slices"

	"quitus/ledger"
	"quitus/mail/reply"
)

// Replies gives the replies that wait for the owner's decision, oldest first.
func (s *State) Replies() []*ledger.Reply {
	var out []*ledger.Reply
	for r := range s.Book.Replies.All() {
		if r.Waits() && r.On <= s.On {
			out = append(out, r)
		}
	}
	return out
}

// ReplyDecision is what the owner says that a reply means, and what follows from it. It is recorded as one batch.
type ReplyDecision struct {
	Reply   ledger.ReplyID
	Meant   ledger.Meaning
	Promise *ledger.Promise // of a payment announced
	Dispute *ledger.Dispute // of what is contested
	// Acknowledges are the invoices whose debt the reply acknowledges in writing: the time to claim them begins anew where the law says so.
	Acknowledges []ledger.InvoiceID
}

// DecideReply records what a reply means; reminders then go on as far as nothing else holds them. Errors: reply_unknown,
// meaning_unknown, and FieldErrors of the promise or dispute.
func (d *Desk) DecideReply(ctx context.Context, r ReplyDecision) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActReply, nil, func(x *ledger.Draft) error {
		was, ok := x.Record(ledger.KindReply, uint32(r.Reply)).(*ledger.Reply)
		switch {
		case !ok:
			return ledger.Errorf("reply_unknown", "reply", uint32(r.Reply))
		case !slices.Contains(ledger.Meanings, r.Meant):
			return ledger.Errorf("meaning_unknown", "value", string(r.Meant))
		}
		said := ledger.Clone(was)
		said.Meant, said.Decided = r.Meant, d.Today()
		x.Put(said)
		if p := r.Promise; p != nil {
			p.Customer, p.Made = said.Customer, min(said.On, d.Today())
			if err := FieldErrors(ledger.RecordPromise(x, p, d.Today())).err(); err != nil {
				return err
			}
		}
		if r.Dispute != nil {
			r.Dispute.Opened = min(said.On, d.Today())
			if err := FieldErrors(ledger.RecordDispute(x, r.Dispute, d.Today())).err(); err != nil {
				return err
			}
		}
		for _, id := range r.Acknowledges {
			i := &ledger.Interruption{Invoice: id, On: said.On, What: ledger.Acknowledged, Confirmed: d.Today(), Words: said.Subject}
			if err := ledger.RecordInterruption(x, i, d.Today()); err != nil {
				return err
			}
		}
		return nil
	})
}

// ReplyProposal says what a reply's words seem to mean, with the day and the amount that they name.
func (s *State) ReplyProposal(r *ledger.Reply) reply.Proposal {
	lang := ""
	if c := s.Book.Customer(r.Customer); c != nil {
		lang = c.Language
	}
	return reply.Propose(r.Text, r.On, lang)
}

// ReplyAnswers gives the e-mail of ours that a reply answers, or nil.
func (s *State) ReplyAnswers(r *ledger.Reply) *ledger.Message {
	return s.Book.Messages.Get(uint32(r.Message))
}

// RawMail gives an e-mail byte for byte, as it left or came.
func (d *Desk) RawMail(h ledger.Hash) ([]byte, error) { return d.store.Document(h) }
