package handover

import (
	"bytes"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"quitus/ledger"
)

// message adds an e-mail as a file of its own: byte for byte as it left where Quitus sent it; else what is kept of it, its text. One that
// did not leave is marked so, and has no date of sending.
func (c *Case) message(m *ledger.Message) {
	name := m.Model
	if key := "letters.model." + m.Model; c.w.Has(key) {
		name = c.w.T(key)
	}
	on, key := m.On, "handover.exhibit."+emailState(m)
	if m.State == ledger.MessageSent {
		on = m.Sent
	}
	x := Exhibit{Kind: Email, Title: c.w.T(key, "email", name, "day", on), On: on, text: c.mailText(m)}
	if m.Raw != "" {
		x.Hash = m.Raw
	} else {
		x.made = c.eml(m)
	}
	c.add(x, name+".eml")
	for _, r := range c.Book.RepliesOf(c.Customer) {
		if r.Message == m.ID {
			c.reply(r)
		}
	}
}

// emailState says for titles and the chronology how far an e-mail came.
func emailState(m *ledger.Message) string {
	switch m.State {
	case ledger.MessageSent:
		return "email"
	case ledger.MessageRefused:
		return "email_refused"
	case ledger.MessageUnknown, ledger.MessageSending:
		return "email_unknown"
	}
	return "email_waiting"
}

// reply adds what came back, byte for byte as it came.
func (c *Case) reply(r *ledger.Reply) {
	if r.On <= c.Standings.On {
		title := c.w.T("handover.exhibit.came."+string(r.Sort), "day", r.On, "from", oneLine(r.From))
		c.add(Exhibit{Kind: Email, Title: title, On: r.On, Hash: r.Raw, text: c.replyText(r)}, c.w.T("handover.file.reply")+".eml")
	}
}

// mailText is an e-mail as it is read in the bound document.
func (c *Case) mailText(m *ledger.Message) []string {
	w, field := c.w, c.mailField
	day, note := w.DateLong(m.Sent), w.T("handover.email.kept")
	if m.Raw != "" {
		note = w.T("handover.email.whole")
	}
	if m.State != ledger.MessageSent {
		day, note = "–", w.T("handover.email.unsent", "day", m.On)
	}
	company := c.Book.Company()
	out := []string{field("from", strings.TrimSpace(company.Name+" "+company.Email)), field("to", m.To), field("subject", m.Subject), field("sent", day), note, ""}
	return append(out, strings.Split(strings.ReplaceAll(m.Body, "\r\n", "\n"), "\n")...)
}

func (c *Case) mailField(key, value string) string {
	return c.w.T("handover.call.line", "label", c.w.T("handover.email."+key), "text", oneLine(value))
}

// replyText is a message that came back as it is read in the bound document: the sender's own words.
func (c *Case) replyText(r *ledger.Reply) []string {
	out := []string{c.mailField("from", r.From), c.mailField("subject", r.Subject), c.mailField("sent", c.w.DateLong(r.On)), c.w.T("handover.email.whole"), ""}
	return append(out, strings.Split(r.Text, "\n")...)
}

// eml writes an e-mail by RFC 5322 with a text of UTF-8.
func (c *Case) eml(m *ledger.Message) []byte {
	var b bytes.Buffer
	header := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\r\n", name, value)
		}
	}
	company := c.Book.Company()
	header("From", addressOf(company.Name, company.Email))
	header("To", addressOf("", m.To))
	header("Subject", word(m.Subject))
	note := c.w.T("handover.email.kept")
	if m.State == ledger.MessageSent {
		y, month, day := m.Sent.Civil()
		// Only the day is kept; "-0000" says that the time of day tells nothing of where it was written.
		header("Date", fmt.Sprintf("%d %s %04d 00:00:00 -0000", day, months[month-1], y))
	} else {
		header("X-Unsent", "1")
		note = c.w.T("handover.email.unsent", "day", m.On)
	}
	header("Comments", word(note))
	header("MIME-Version", "1.0")
	header("Content-Type", "text/plain; charset=utf-8")
	header("Content-Transfer-Encoding", "quoted-printable")
	b.WriteString("\r\n")
	q := quotedprintable.NewWriter(&b)
	text := strings.NewReplacer("\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n").Replace(m.Body)
	q.Write([]byte(text)) // a buffer takes all
	q.Close()
	return b.Bytes()
}

var months = [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// addressOf writes an address for a header; one that cannot be read is written as a word, so that it breaks no header.
func addressOf(name, address string) string {
	address = oneLine(address)
	if address == "" {
		return ""
	}
	_, err := mail.ParseAddress(address)
	if err != nil || strings.ContainsFunc(address, func(r rune) bool { return r > '~' }) {
		return word(strings.TrimSpace(name + " " + address))
	}
	return (&mail.Address{Name: oneLine(name), Address: address}).String()
}

// word encodes a text for a header.
func word(s string) string { return mime.QEncoding.Encode("utf-8", oneLine(s)) }

// oneLine leaves line feeds and other control characters out.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case r < ' ' || r == 0x7f:
			return -1
		}
		return r
	}, s))
}
