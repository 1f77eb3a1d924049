package letters

import (
	"cmp"
	"regexp"
	"slices"
	"time"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// Mail is an e-mail that the owner approved: one of which something is still to happen or to be decided, or that left today.
type Mail struct {
	*ledger.Message
	Wait desk.MailWait // of one that waits
}

// office is what the outbox asks the desk.
type office interface {
	MailWait(*ledger.Message) desk.MailWait
	MailAccount() *ledger.MailAccount
}

// ranks put first what needs the owner, and last what has left.
var ranks = map[ledger.MessageState]int{
	ledger.MessageRefused: 1, ledger.MessageUnknown: 1, ledger.MessageSending: 2, ledger.MessageWaiting: 3, ledger.MessageSent: 4,
}

// mails lists the e-mails of the outbox.
func mails(s *desk.State) []*Mail {
	var out []*Mail
	for x := range s.Book.Messages.All() {
		if x.Open() || x.State == ledger.MessageSent && x.Sent == s.On {
			out = append(out, &Mail{Message: x})
		}
	}
	slices.SortStableFunc(out, func(a, b *Mail) int { return cmp.Compare(ranks[a.State], ranks[b.State]) })
	return out
}

// see notes what the e-mails wait for at this moment, and whether there is a mailbox.
func (m *Model) see(o office) {
	m.Mailbox = o.MailAccount() != nil
	for _, x := range m.Mails {
		if x.State == ledger.MessageWaiting {
			x.Wait = o.MailWait(x.Message)
		}
	}
}

// waiting counts the e-mails that have not left; lost, those about which the owner has to decide.
func (m *Model) waiting() int { return m.in(ledger.MessageWaiting, ledger.MessageSending) }
func (m *Model) lost() int    { return m.in(ledger.MessageRefused, ledger.MessageUnknown) }

func (m *Model) in(states ...ledger.MessageState) int {
	n := 0
	for _, x := range m.Mails {
		if slices.Contains(states, x.State) {
			n++
		}
	}
	return n
}

// sendable gives the e-mails that could leave now.
func (m *Model) sendable() []ledger.MessageID {
	var out []ledger.MessageID
	for _, x := range m.Mails {
		if x.State == ledger.MessageWaiting && x.To != "" {
			out = append(out, x.ID)
		}
	}
	return out
}

// mailSecond is the small line of an e-mail: how far it is.
func (m *Model) mailSecond(x *Mail) (text string, warn bool) {
	w := m.words
	switch x.State {
	case ledger.MessageWaiting:
		if x.Wait.Why == desk.WaitsNot {
			return m.turn(x.Wait), false
		}
		return desk.MailWaitText(w, x.Wait), x.Wait.Why == desk.WaitsAddress
	case ledger.MessageSent:
		if x.ByHand {
			return w.T("outbox.state.by_hand"), false
		}
		return w.T("outbox.state.sent", "time", desk.ClockText(x.At)), false
	}
	return w.T("outbox.state." + string(x.State)), x.State != ledger.MessageSending
}

// turn says what an e-mail waits for whose own time has come: the post.
func (m *Model) turn(x desk.MailWait) string {
	switch p := &m.Post; {
	case p.NeedsPassword:
		return m.words.T("outbox.wait.password")
	case p.Held:
		return m.words.T("outbox.wait.held")
	case p.Sending.Err != nil:
		return m.words.T("outbox.wait.again", "moment", desk.MomentText(m.words, x.Now, p.Sending.Again))
	}
	return desk.MailWaitText(m.words, x)
}

// mailFacts tells what an e-mail's state means, and what to do about it.
func (m *Model) mailFacts(x *Mail) []string {
	w := m.words
	switch x.State {
	case ledger.MessageRefused:
		out := []string{w.T("outbox.refused." + refusal(w, x.Message))}
		if x.Answer != "" {
			out = append(out, w.T("outbox.refused.words", "answer", x.Answer))
		}
		return append(out, w.T("outbox.refused.held"))
	case ledger.MessageUnknown:
		return []string{w.T("outbox.unknown.what", "moment", m.moment(x.At)), w.T("outbox.unknown.look"), w.T("outbox.refused.held")}
	case ledger.MessageWaiting:
		if x.Wait.Why == desk.WaitsRetry && x.Answer != "" {
			return []string{w.T("outbox.refused.words", "answer", x.Answer)}
		}
		if x.Wait.Why == desk.WaitsHours {
			return []string{w.T("outbox.hours")}
		}
	}
	return nil
}

// moment words a moment of the past.
func (m *Model) moment(at time.Time) string {
	return m.words.T("outbox.moment.past", "day", m.words.DateShort(ledger.DateOf(at)), "time", desk.ClockText(at))
}

// enhanced finds the status that a server's words begin with: "5.1.1".
var enhanced = regexp.MustCompile(`\b5\.(\d)\.\d{1,3}\b`)

// refusal says as what kind of refusal a server's answer is told in plain words: by the status in its words where there is one (RFC 3463),
// else by its code (RFC 5321, 4.2.2).
func refusal(w *words.Words, x *ledger.Message) string {
	if x.Fault != "" {
		if w.Has("outbox.refused." + x.Fault) {
			return x.Fault
		}
		return "fault"
	}
	if found := enhanced.FindStringSubmatch(x.Answer); found != nil {
		switch found[1] {
		case "1":
			return "address"
		case "2":
			return "mailbox"
		case "7":
			return "policy"
		}
	}
	switch {
	case x.Code >= 400 && x.Code < 500:
		return "tired"
	case x.Code == 550 || x.Code == 551 || x.Code == 553:
		return "address"
	case x.Code == 552:
		return "mailbox"
	case x.Code == 554:
		return "policy"
	case x.Code == 0:
		return "returned"
	}
	return "other"
}
