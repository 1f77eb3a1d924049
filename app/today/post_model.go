package today

import (
	"strings"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/ledger/followup"
)

// Post is what a task about an e-mail tells: a reply, one that did not arrive, one that may not have left.
type Post struct {
	Reply   *ledger.Reply   // nil for the others
	Message *ledger.Message // nil for a reply
	// Words are the customer's: the passage that decided, or the beginning of the text; Lit for a passage.
	Words string
	Lit   bool
	// Detail is the server's own answer.
	Detail string
}

// mostWords bounds how much of a reply a card shows, in characters.
const mostWords = 240

// post tells what came of an e-mail; nil for other tasks.
func (m *Model) post(t *followup.Task) *Post {
	switch x := t.Record.(type) {
	case *ledger.Reply:
		if t.Step != followup.StepReply {
			return nil
		}
		p := &Post{Reply: x, Words: x.Passage(), Lit: x.Passage() != ""}
		if !p.Lit {
			p.Words = x.Text
		}
		p.Words = begin(p.Words)
		return p
	case *ledger.Message:
		if t.Step == followup.StepMailRefused || t.Step == followup.StepMailUnknown {
			return &Post{Message: x, Detail: strings.TrimSpace(x.Answer + " " + x.Fault)}
		}
	}
	return nil
}

// begin gives the beginning of a text in one line.
func begin(s string) string {
	out := []rune(strings.Join(strings.Fields(s), " "))
	if len(out) > mostWords {
		out = append(out[:mostWords-1], '…')
	}
	return string(out)
}

// tellPost puts a task about an e-mail into the card's words.
func (m *Model) tellPost(c *Card) {
	w, p := m.words, c.Post
	if r := p.Reply; r != nil {
		from := r.From
		if k := m.state.Book.Contacts.Get(uint32(r.Contact)); k != nil && k.Name != "" {
			from = k.Name + " · " + from
		}
		c.Who = w.T("today.reply.who", "from", from, "day", w.DateShort(r.On))
		c.Why = w.T("today.reply.none")
		if p.Lit {
			c.Why = w.T("today.reply.says", "meaning", ledger.Term("mail.meaning."+string(r.Proposed)))
		}
		c.Notes = append(c.Notes, Note{Text: w.T("today.reply.held"), Quiet: true})
		return
	}
	x := p.Message
	c.Who = x.To
	day := w.DateShort(max(x.Sent, x.On))
	if x.State == ledger.MessageUnknown {
		c.Why = w.T("today.lost.unknown", "subject", x.Subject, "address", x.To, "day", day)
		return
	}
	refusal := desk.Refusal(x)
	c.Why = w.T("today.lost.refused", "subject", x.Subject, "address", x.To, "day", day, "reason", ledger.Term("replies.refusal."+refusal))
	if refusal != "address" && refusal != "domain" {
		c.Act = w.T("today.act.mail_again")
	}
}

// replies tells who answered since a day.
func (m *Model) replies(from ledger.Date) {
	var out []NewsLine
	for r := range m.state.Book.Replies.All() {
		if r.Sort == ledger.ReplyPerson && r.On >= from && r.On <= m.state.On {
			out = append(out, m.line(r.Customer, r.On, ledger.Money{}, ledger.DueSoon, m.words.T("today.since.reply", "subject", begin(r.Subject))))
		}
	}
	m.Since.Lines = append(m.Since.Lines, newest(out)...)
}
