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

// message adds an e-mail as a file of its own. What is kept of it is its text: a message that was not sent is marked so, and
// has no date of sending.
func (c *Case) message(m *ledger.Message) {
	name := m.Model
	if key := "letters.model." + m.Model; c.w.Has(key) {
		name = c.w.T(key)
	}
	on, key := m.On, "handover.exhibit.email_waiting"
	if m.State == ledger.MessageSent {
		on, key = m.Sent, "handover.exhibit.email"
	}
	c.add(Exhibit{Kind: Email, Title: c.w.T(key, "email", name, "day", on), On: on, made: c.eml(m), text: c.mailText(m)}, name+".eml")
}

// mailText is an e-mail as it is read in the bound document.
func (c *Case) mailText(m *ledger.Message) []string {
	w := c.w
	field := func(key, value string) string {
		return w.T("handover.call.line", "label", w.T("handover.email."+key), "text", oneLine(value))
	}
	day, note := w.DateLong(m.Sent), w.T("handover.email.kept")
	if m.State != ledger.MessageSent {
		day, note = "–", w.T("handover.email.unsent", "day", m.On)
	}
	company := c.Book.Company()
	out := []string{field("from", strings.TrimSpace(company.Name+" "+company.Email)), field("to", m.To), field("subject", m.Subject), field("sent", day), note, ""}
	return append(out, strings.Split(strings.ReplaceAll(m.Body, "\r\n", "\n"), "\n")...)
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
