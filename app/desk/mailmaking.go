package desk

import (
	"cmp"
	"crypto/rand"
	"net/url"
	"runtime"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail/compose"
	"quitus/mail/reply"
)

// Ready is an e-mail as it leaves.
type Ready struct {
	compose.Outgoing
	Header string // its Message-ID, without angle brackets
}

// makeReady makes an e-mail's bytes; those of an earlier attempt where it was made before. Errors are those of [compose.Compose].
func (d *Desk) makeReady(m *ledger.Message, a *ledger.MailAccount) (Ready, []byte, error) {
	ready, err := d.outgoing(m, a)
	if err != nil {
		return Ready{}, nil, err
	}
	if m.Raw != "" {
		raw, err := d.store.Document(m.Raw)
		return ready, raw, err
	}
	raw, err := compose.Compose(ready.Outgoing)
	return ready, raw, err
}

// outgoing gathers an e-mail's parts.
func (d *Desk) outgoing(m *ledger.Message, a *ledger.MailAccount) (Ready, error) {
	book := d.State().Book
	out := Ready{Header: m.Header}
	o := &out.Outgoing
	o.From = compose.Address{Name: cmp.Or(a.Name, book.Company().Name), Address: a.Address}
	var err error
	if o.To, err = compose.ParseAddressList(m.To); err != nil {
		return out, err
	}
	if o.Cc, err = compose.ParseAddressList(m.Cc); err != nil {
		return out, err
	}
	lang := d.mailLang(m)
	o.Lang, o.Subject, o.Text = string(lang), m.Subject, d.mailText(m)
	if out.Header == "" {
		_, domain, _ := strings.Cut(a.Address, "@")
		if out.Header, err = compose.NewMessageID(rand.Reader, domain); err != nil {
			return out, err
		}
	}
	o.MessageID, o.Date = out.Header, d.clock()
	o.Ref = strings.Trim(reply.TokenOf(d.mailKey(), m.ID), "[]")
	o.Attachments, err = d.attached(m)
	return out, err
}

// mailLang is the language of an e-mail: the customer's.
func (d *Desk) mailLang(m *ledger.Message) words.Lang {
	if c := d.State().Book.Customer(m.Customer); c != nil && c.Language != "" {
		return words.Lang(c.Language)
	}
	return words.FR
}

// mailText is an e-mail's text, with a last line by which an answer is found that names no message of ours.
func (d *Desk) mailText(m *ledger.Message) string {
	token := reply.TokenOf(d.mailKey(), m.ID)
	return strings.TrimRight(m.Body, "\n") + "\n\n" + words.New(d.mailLang(m)).T("letters.mail.reference", "reference", token) + "\n"
}

// attached reads an e-mail's attachments: the letter, then the copies of invoices.
func (d *Desk) attached(m *ledger.Message) ([]compose.Attachment, error) {
	var out []compose.Attachment
	add := func(name string, h ledger.Hash) error {
		content, err := d.store.Document(h)
		if err == nil {
			out = append(out, compose.Attachment{Name: compose.FileName(name), Data: content})
		}
		return err
	}
	if m.Sheet != "" {
		if err := add(SheetName(m, d.mailLang(m)), m.Sheet); err != nil {
			return nil, err
		}
	}
	for _, id := range m.Attachments {
		if doc := d.State().Book.Documents.Get(uint32(id)); doc != nil {
			if err := add(doc.Name, doc.Hash); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// SheetName is the name under which an e-mail's letter is attached: "Mise-en-demeure-2026-11-22.pdf".
func SheetName(m *ledger.Message, lang words.Lang) string {
	name := m.Model
	if w := words.New(lang); w.Has("letters.model." + m.Model) {
		name = w.T("letters.model." + m.Model)
	}
	return strings.ReplaceAll(name, " ", "-") + "-" + m.On.String() + ".pdf"
}

// AttachedNames lists the names of an e-mail's attachments.
func (s *State) AttachedNames(m *ledger.Message, lang words.Lang) []string {
	var out []string
	for _, x := range s.attachedTo(m, lang) {
		out = append(out, x.Name)
	}
	return out
}

// longestLink is how many characters a system passes on of an address: all versions of Windows 2,000, others as much as an e-mail has.
func longestLink() int {
	if runtime.GOOS == "windows" {
		return 2000
	}
	return 30_000
}

// MailLink gives the address that opens an e-mail in the owner's own program, filled in but for its attachments, which such an address
// cannot carry. A text that is too long for the system is left out too, and whole is false: it would not open the address at all.
func (d *Desk) MailLink(m *ledger.Message) (link string, whole bool) {
	q := url.Values{"subject": {m.Subject}, "body": {strings.ReplaceAll(d.mailText(m), "\n", "\r\n")}}
	if m.Cc != "" {
		q.Set("cc", m.Cc)
	}
	// Programs read a plus sign as it stands.
	address := func() string {
		return "mailto:" + url.PathEscape(m.To) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
	}
	if link = address(); len(link) <= longestLink() {
		return link, true
	}
	q.Del("body")
	return address(), false
}

// MailDraft gives an e-mail with its attachments as a draft (.eml) that other programs open to be sent. Errors: mail_draft_sender
// (the company has no address), and those of [compose.Compose].
func (d *Desk) MailDraft(m *ledger.Message) ([]byte, error) {
	a := d.State().Book.Mail()
	if a == nil {
		a = &ledger.MailAccount{Address: d.State().Book.Company().Email}
	}
	if a.Address == "" {
		return nil, ledger.Errorf("mail_draft_sender")
	}
	ready, err := d.outgoing(m, a)
	if err != nil {
		return nil, err
	}
	raw, err := compose.Compose(ready.Outgoing)
	return append([]byte("X-Unsent: 1\r\n"), raw...), err
}

// Seen is an e-mail as its recipient will see it.
type Seen struct {
	From     string // name and address; the address alone, or the name alone, where the other is not known
	To       string
	Cc       string
	Subject  string
	Text     string
	Attached []Attached
}

// Attached is an attachment under the name that the recipient sees: a document of the ledger, or the bytes of one that is not kept yet.
type Attached struct {
	Name string
	Hash ledger.Hash
	Data []byte
}

// Seen shows an e-mail as it will leave, or left. One that is not approved yet has no reference.
func (d *Desk) Seen(m *ledger.Message) Seen {
	book := d.State().Book
	out := Seen{From: book.Company().Name, To: m.To, Cc: m.Cc, Subject: m.Subject, Text: m.Body, Attached: d.State().attachedTo(m, d.mailLang(m))}
	if a := book.Mail(); a != nil {
		out.From = cmp.Or(a.Name, out.From) + " <" + a.Address + ">"
	} else if email := book.Company().Email; email != "" {
		out.From += " <" + email + ">"
	}
	if m.ID != 0 {
		out.Text = d.mailText(m)
	}
	return out
}

// SeenBefore shows an e-mail that was prepared, as it will leave once it is approved.
func (d *Desk) SeenBefore(x *Doing) Seen {
	out := d.Seen(x.Message)
	if x.Sheet != nil {
		sheet := Attached{Name: SheetName(x.Message, d.mailLang(x.Message)), Data: x.Sheet}
		out.Attached = append([]Attached{sheet}, out.Attached...)
	}
	return out
}

func (s *State) attachedTo(m *ledger.Message, lang words.Lang) []Attached {
	var out []Attached
	if m.Sheet != "" {
		out = append(out, Attached{Name: SheetName(m, lang), Hash: m.Sheet})
	}
	for _, id := range m.Attachments {
		if doc := s.Book.Documents.Get(uint32(id)); doc != nil {
			out = append(out, Attached{Name: doc.Name, Hash: doc.Hash})
		}
	}
	return out
}
