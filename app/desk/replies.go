package desk

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"quitus/ledger"
	"quitus/ledger/followup"
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
	Note         string // the owner's own words, kept as a note of the customer; may be empty
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
		if text := strings.TrimSpace(r.Note); text != "" {
			x.Put(&ledger.Note{Customer: said.Customer, On: d.Today(), Text: text})
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

// FromOther says whether a reply came from another address than those that the e-mail it answers went to. It says no where that e-mail is not
// known.
func (s *State) FromOther(r *ledger.Reply) bool {
	m := s.ReplyAnswers(r)
	if m == nil || r.From == "" {
		return false
	}
	for to := range strings.SplitSeq(m.To+","+m.Cc, ",") {
		if strings.EqualFold(strings.TrimSpace(to), r.From) {
			return false
		}
	}
	return true
}

// Confirmed gives the reply in which a customer confirmed an e-mail of ours, as the owner decided; nil for none.
func (s *State) Confirmed(id ledger.MessageID) *ledger.Reply {
	m := s.Book.Messages.Get(uint32(id))
	if m == nil {
		return nil
	}
	for _, r := range s.Book.RepliesOf(m.Customer) {
		if r.Message == id && r.Meant == ledger.MeansConfirms {
			return r
		}
	}
	return nil
}

// ReplyLink gives the address that opens an answer to a reply in the owner's own mail program: to its sender, in its thread where the program
// knows how (RFC 6068 names In-Reply-To).
func (s *State) ReplyLink(r *ledger.Reply) string {
	subject := r.Subject
	if !strings.HasPrefix(strings.ToLower(subject), "re:") {
		subject = "Re: " + subject
	}
	q := url.Values{"subject": {subject}}
	if r.Header != "" {
		q.Set("In-Reply-To", "<"+r.Header+">")
	}
	return "mailto:" + url.PathEscape(r.From) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20") // programs read a plus sign as it stands
}

// Refusal says in one word why an e-mail did not arrive, as far as the server's answer tells; its sentence is in the translations under
// replies.refusal.<word>. Enhanced status codes are those of RFC 3463.
func Refusal(m *ledger.Message) string {
	if m.Fault != "" {
		return "fault"
	}
	status := enhancedStatus.FindStringSubmatch(m.Answer)
	if status == nil {
		return "other"
	}
	switch subject, detail := status[1], status[2]; {
	case subject == "1" && detail == "2" || subject == "4" && detail == "4":
		return "domain"
	case subject == "1" || subject == "2" && detail == "1":
		return "address"
	case subject == "2" && detail == "2":
		return "full"
	case subject == "2" && detail == "3" || subject == "3" && detail == "4":
		return "size"
	case subject == "7":
		return "blocked"
	}
	return "other"
}

var enhancedStatus = regexp.MustCompile(`\b[45]\.([0-9]{1,3})\.([0-9]{1,3})\b`)

// toDecide gives the error of a task that is no work to be done or passed over, but something to decide: task_reply (with the number of the
// reply) and task_mail (with the address); nil for all others.
func toDecide(t *followup.Task) error {
	switch x := t.Record.(type) {
	case *ledger.Reply:
		if t.Step == followup.StepReply {
			return ledger.Errorf("task_reply", "task", t.Name, "reply", uint32(x.ID))
		}
	case *ledger.Message:
		if t.Step == followup.StepMailRefused || t.Step == followup.StepMailUnknown {
			return ledger.Errorf("task_mail", "task", t.Name, "address", x.To)
		}
	}
	return nil
}

// RawMail gives an e-mail byte for byte, as it left or came.
func (d *Desk) RawMail(h ledger.Hash) ([]byte, error) { return d.store.Document(h) }
