// Package compose makes the bytes of an e-mail from its parts: headers, plain text, the same as sober HTML, and attached files. The same parts
// give the same bytes, on every machine.
package compose

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/wneessen/go-mail"

	"quitus/ledger"
)

// Most is how large a message may be on its way, in bytes: what nearly every server takes. Files grow by a third in e-mails.
const Most = 25_000_000

const (
	subjectLength = 250 // characters
	nameLength    = 100 // characters
	references    = 20  // ids of a thread that are named
)

// RefHeader carries a case's reference; it comes back with those answers and returned mails that repeat the headers.
const RefHeader = "X-Quitus-Ref"

// Outgoing is what a message says. Subject and names are one line: control characters in them become blanks.
type Outgoing struct {
	From    Address
	ReplyTo Address // where answers go if not to From
	To, Cc  []Address
	Subject string // at most 250 characters
	Text    string // plain; lines that were wrapped at 72 characters flow again in the HTML part
	Lang    string // of the text: "fr"

	MessageID string    // without angle brackets; see [NewMessageID]
	Date      time.Time // to the second, with the zone that it is to be shown in

	// InReplyTo and References name the messages that this one goes on with, without angle brackets, the newest last. What is no id is left out.
	InReplyTo  string
	References []string
	// Ref is written into RefHeader: letters, digits and hyphens.
	Ref string

	Attachments []Attachment
	// Limit is how large the message may be, in bytes; Most where 0.
	Limit int64
}

// Attachment is a file that goes with a message.
type Attachment struct {
	Name string // as [FileName] gives it
	Type string // media type; that of a PDF or of any file, by the name, where empty
	Data []byte
}

// Recipients are the addresses that the message is handed to a server for, each once, in ASCII.
func (o *Outgoing) Recipients() []string {
	var out []string
	for _, a := range slices.Concat(o.To, o.Cc) {
		if !slices.Contains(out, a.Address) {
			out = append(out, a.Address)
		}
	}
	return out
}

// Compose makes the message: ASCII, with CRLF at the end of every line and no line of more than 998 bytes. Errors for people: mail_recipient_none, those of
// [ParseAddress], mail_subject_too_long (fact most), mail_too_large (facts size and most, in MB), mail_file_name (fact name). Outgoing that no person wrote
// wrong, as one without an id, is an internal error.
func Compose(o Outgoing) ([]byte, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	// go-mail is told everything that it would otherwise make up: the date, the id, media types, and afterwards the boundaries.
	m := mail.NewMsg(mail.WithCharset(mail.CharsetUTF8), mail.WithEncoding(mail.EncodingQP), mail.WithNoDefaultUserAgent())
	for header, list := range map[mail.AddrHeader][]Address{
		mail.HeaderFrom: {o.From}, mail.HeaderTo: o.To, mail.HeaderCc: o.Cc, mail.HeaderReplyTo: {o.ReplyTo},
	} {
		if len(list) > 0 && list[0].Address != "" {
			m.SetAddrHeaderFromMailAddress(header, headers(list)...)
		}
	}
	m.Subject(oneLine(o.Subject))
	m.SetMessageIDWithValue(o.MessageID)
	m.SetDateWithValue(o.Date)
	if o.Lang != "" {
		m.SetGenHeader(mail.HeaderContentLang, o.Lang)
	}
	if o.Ref != "" {
		m.SetGenHeader(RefHeader, o.Ref)
	}
	if isID(o.InReplyTo) {
		m.SetGenHeader(mail.HeaderInReplyTo, "<"+o.InReplyTo+">")
	}
	if ids := thread(o.References); ids != "" {
		m.SetGenHeader(mail.HeaderReferences, ids)
	}
	text := cleanText(o.Text)
	m.SetBodyString(mail.TypeTextPlain, text)
	m.AddAlternativeString(mail.TypeTextHTML, page(text, oneLine(o.Subject), o.Lang))
	for _, a := range o.Attachments {
		if err := m.AttachReader(a.Name, bytes.NewReader(a.Data), mail.WithFileContentType(a.mediaType())); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		return nil, err
	}
	raw, err := fixBoundaries(b.Bytes(), o.MessageID)
	if err != nil {
		return nil, err
	}
	if int64(len(raw)) > o.limit() {
		return nil, o.tooLarge(int64(len(raw)))
	}
	return raw, checkLines(raw)
}

// check finds what cannot be sent before any work is done.
func (o *Outgoing) check() error {
	if len(o.To) == 0 {
		return ledger.Errorf("mail_recipient_none")
	}
	addresses := slices.Concat([]Address{o.From}, o.To, o.Cc)
	if o.ReplyTo.Address != "" {
		addresses = append(addresses, o.ReplyTo)
	}
	for _, a := range addresses {
		if err := a.check(); err != nil {
			return err
		}
	}
	size := int64(len(o.Text))
	for _, a := range o.Attachments {
		if a.Name != FileName(a.Name) {
			return ledger.Errorf("mail_file_name", "name", a.Name)
		}
		if a.Type != "" && !mediaType.MatchString(a.Type) {
			return fmt.Errorf("compose: %q is no media type", a.Type)
		}
		size += int64(len(a.Data)) / 3 * 4
	}
	switch {
	case utf8.RuneCountInString(oneLine(o.Subject)) > subjectLength:
		return ledger.Errorf("mail_subject_too_long", "most", subjectLength)
	case size > o.limit():
		return o.tooLarge(size)
	case !isID(o.MessageID):
		return fmt.Errorf("compose: %q is no message id", o.MessageID)
	case o.Date.IsZero():
		return errors.New("compose: a message has a date")
	case o.Ref != "" && !token.MatchString(o.Ref):
		return fmt.Errorf("compose: %q is no reference", o.Ref)
	case o.Lang != "" && !token.MatchString(o.Lang):
		return fmt.Errorf("compose: %q is no language", o.Lang)
	}
	return nil
}

func (o *Outgoing) limit() int64 {
	if o.Limit > 0 {
		return o.Limit
	}
	return Most
}

// tooLarge rounds the size up and the limit down, so that the sentence is true.
func (o *Outgoing) tooLarge(size int64) error {
	return ledger.Errorf("mail_too_large", "size", (size+999_999)/1_000_000, "most", o.limit()/1_000_000)
}

var (
	token     = regexp.MustCompile(`^[0-9A-Za-z-]{1,64}$`)
	mediaType = regexp.MustCompile(`^[0-9a-z.+-]{1,60}/[0-9a-z.+-]{1,60}$`)
	// id is what may stand between the angle brackets of a Message-ID: anything printable, as the ids of others are of many forms.
	id = regexp.MustCompile(`^[!-;=?A-~]+@[!-;=?A-~]+$`)
)

func isID(s string) bool { return len(s) <= 250 && id.MatchString(s) && !strings.Contains(s, "=?") }

// thread writes the newest ids of a thread, and the one that began it.
func thread(ids []string) string {
	ids = slices.DeleteFunc(slices.Clone(ids), func(s string) bool { return !isID(s) })
	if len(ids) > references {
		ids = append(ids[:1:1], ids[len(ids)-references+1:]...)
	}
	for n := range ids {
		ids[n] = "<" + ids[n] + ">"
	}
	return strings.Join(ids, " ")
}

func (a Attachment) mediaType() mail.ContentType {
	switch {
	case a.Type != "":
		return mail.ContentType(a.Type)
	case strings.HasSuffix(strings.ToLower(a.Name), ".pdf"):
		return "application/pdf"
	}
	return mail.TypeAppOctetStream
}

// NewMessageID makes an id that no other message has, for a domain: 128 bits of chance, nothing about the machine or the case. The error
// mail_address_invalid has the fact address.
func NewMessageID(random io.Reader, domain string) (string, error) {
	ascii, ok := asciiDomain(domain)
	if !ok {
		return "", ledger.Errorf("mail_address_invalid", "address", domain)
	}
	var b [16]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", err
	}
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])) + "@" + ascii, nil
}

var boundary = regexp.MustCompile(`\r\n boundary=([0-9a-f]{60})\r\n`)

// fixBoundaries puts boundaries that follow from the id in the place of random ones. Those of go-mail are random each time, or all the same, which is
// wrong where one part lies in another.
func fixBoundaries(raw []byte, id string) ([]byte, error) {
	// The outermost one stands in the message's headers, the inner one at the beginning of its first part: before any content.
	found := boundary.FindAllSubmatch(raw[:min(len(raw), 100_000)], 2)
	if len(found) == 0 {
		return nil, errors.New("compose: the message has no parts")
	}
	for n, m := range found {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", n, id))
		raw = bytes.ReplaceAll(raw, m[1], []byte(hex.EncodeToString(sum[:])[:60]))
	}
	return raw, nil
}

// checkLines makes sure of what the way to the server needs.
func checkLines(raw []byte) error {
	for line := range bytes.Lines(raw) {
		text, whole := bytes.CutSuffix(line, []byte("\r\n"))
		if !whole || len(text) > 998 || bytes.ContainsFunc(text, func(r rune) bool { return r != '\t' && (r < ' ' || r > '~') }) {
			return fmt.Errorf("compose: a line cannot be sent: %.80q", line)
		}
	}
	return nil
}

// oneLine makes a header's text of a text: no control characters, no blanks in a row, and nothing that reads as an encoded word.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	// Blanks that do not break stay: French wants them.
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
	return strings.ReplaceAll(s, "=?", "= ?")
}

// cleanText gives a text line feeds only at the ends of its lines, no control characters, and an end.
func cleanText(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\f", "\n", "\t", "    ").Replace(strings.ToValidUTF8(s, "\ufffd"))
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, s)
	return strings.Trim(s, "\n") + "\n"
}
