package box

import (
	"context"
	"errors"
	"io"
	"strings"
	"unicode"

	"github.com/emersion/go-imap/v2"

	"quitus/ledger"
	"quitus/mail"
)

// status gives what the server said where it refused.
func status(err error) (*imap.Error, bool) {
	var said *imap.Error
	ok := errors.As(err, &said)
	return said, ok
}

// fault says for people why a command failed. The library does not keep causes, so that of the connection comes first.
func (b *Box) fault(ctx context.Context, err error) error {
	var known *ledger.Error
	said, refused := status(err)
	_, cause := b.wire.lost()
	switch {
	case errors.As(err, &known):
		return err
	case refused:
		return b.refusal(said)
	case errors.Is(cause, errFlood):
		return ledger.Errorf("mail_answer_imap", "host", b.server.Host, "cause", cause)
	case cause != nil:
		return mail.Fault(ctx, b.server, cause)
	case errors.Is(err, io.ErrUnexpectedEOF), certificateFault(err):
		return mail.Fault(ctx, b.server, err)
	}
	return ledger.Errorf("mail_answer_imap", "host", b.server.Host, "cause", err)
}

// certificateFault says whether the server's certificate is the fault.
func certificateFault(err error) bool {
	return ledger.CodeOf(mail.Fault(context.Background(), ledger.MailServer{}, err)) == "mail_certificate"
}

// refusal is the error for a NO, BAD or BYE.
func (b *Box) refusal(said *imap.Error) error {
	answer := b.words(said.Text)
	cause := &imap.Error{Type: said.Type, Code: said.Code, Text: answer}
	if passing(said) {
		return ledger.Errorf("mail_later_imap", "host", b.server.Host, "cause", cause)
	}
	return ledger.Errorf("mail_refused_imap", "host", b.server.Host, "answer", answer, "cause", cause)
}

// passing says whether a server refuses what it may grant later.
func passing(said *imap.Error) bool {
	switch said.Code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeLimit, imap.ResponseCodeServerBug:
		return true
	}
	text := strings.ToLower(said.Text)
	for _, sign := range []string{"throttl", "too many", "temporar", "try again", "backoff"} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	return said.Type == imap.StatusResponseTypeBye
}

// maxWords is how long the words of a server may be in an error, in bytes.
const maxWords = 200

// words makes what a server said fit for people: short, in one line, and without the secret, which it may repeat.
func (b *Box) words(text string) string {
	if b.access.Secret != "" {
		text = strings.ReplaceAll(text, b.access.Secret, "…")
	}
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " "))
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > maxWords {
		text = strings.ToValidUTF8(text[:maxWords], "") + "…"
	}
	return text
}
