package send

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"net"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/wneessen/go-mail/smtp"

	"quitus/ledger"
	"quitus/mail"
)

// hello is how this machine names itself. A mail program has no name in the DNS, and its address in the local network is nobody's business.
const hello = "[127.0.0.1]"

// client is go-mail's client, with what it lacks.
type client struct{ *smtp.Client }

// most is the largest message that the server says it takes, in bytes; 0 where it does not say.
func (c *client) most() int64 {
	_, size := c.Extension("SIZE")
	n, err := strconv.ParseInt(strings.TrimSpace(size), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// body begins a message.
func (c *client) body() (bodyWriter, error) {
	w, err := c.Data()
	if err != nil {
		return bodyWriter{}, err
	}
	data, ok := w.(*smtp.DataCloser)
	if !ok {
		return bodyWriter{}, errors.New("send: unknown writer of messages")
	}
	return bodyWriter{client: c, data: data}, nil
}

// bodyWriter hands over a message, doubling dots at the beginning of lines.
type bodyWriter struct {
	client *client
	data   *smtp.DataCloser
}

// write hands over a piece; all that there is really leaves where it is the last one.
func (w bodyWriter) write(piece []byte, last bool) error {
	if _, err := w.data.Write(piece); err != nil {
		return err
	}
	if last {
		return w.client.Text.W.Flush()
	}
	return nil
}

// watch begins to listen whether the server hangs up before the final dot, which can then not reach it. The function that it gives ends that,
// at once, and says so; it is called before anything else is read.
func (w bodyWriter) watch(l *line) (gone func() bool) {
	heard := make(chan error, 1)
	go func() {
		_, err := w.client.Text.R.Peek(1)
		heard <- err
	}()
	return func() bool {
		_ = l.SetReadDeadline(time.Unix(1, 0))
		err := <-heard
		_ = l.SetReadDeadline(time.Time{})
		var late net.Error
		return err != nil && (!errors.As(err, &late) || !late.Timeout())
	}
}

// end hands over the final dot. It fails only where the server cannot have got it: three bytes that leave as one piece, encrypted.
func (w bodyWriter) end() error { return w.data.WriteCloser.Close() }

// answer reads what the server says to a whole message: its code and words, or an error.
func (w bodyWriter) answer() (int, string, error) { return w.client.Text.ReadResponse(2) }

// bounded does a step in time.
func (s *Session) bounded(ctx context.Context, f func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	defer s.line.step(ctx, s.access.Step())()
	return f()
}

// step does a step of connecting and ends the connection where it fails. A refusal is an error of a code, with the server's words.
func (s *Session) step(ctx context.Context, f func() error, refused string) error {
	err := s.bounded(ctx, f)
	if err == nil {
		return nil
	}
	s.drop()
	var said *textproto.Error
	if errors.As(err, &said) && said.Code >= 400 {
		if said.Code < 500 {
			refused = "mail_busy"
		}
		return s.fault(refused, "answer", spoken(said.Code, said.Msg, s.access).words())
	}
	return mail.Fault(ctx, s.server, err)
}

func (s *Session) fault(code string, facts ...any) error {
	return ledger.Errorf(code, append([]any{"host", s.server.Host, "port", s.server.Port}, facts...)...)
}

// connect connects and logs in.
func (s *Session) connect(ctx context.Context) error {
	plain := s.server
	plain.Security = ledger.MailStartTLS // the line lies below TLS
	c, err := mail.Dial(ctx, plain, s.access)
	if err != nil {
		return err
	}
	s.line = &line{Conn: c}
	if err := s.greet(ctx); err != nil {
		_ = c.Close()
		return err
	}
	return s.login(ctx)
}

// greet makes the connection secret and reads the server's greeting.
func (s *Session) greet(ctx context.Context) error {
	config := s.access.TLS(s.server.Host)
	var from *smtp.Client
	begin := func() (err error) {
		if s.server.Security == ledger.MailStartTLS {
			from, err = smtp.NewClient(s.line, s.server.Host)
			return err
		}
		secret := tls.Client(s.line, config)
		if err := secret.Handshake(); err != nil {
			return err
		}
		from, err = smtp.NewClient(secret, s.server.Host)
		return err
	}
	if err := s.step(ctx, begin, "mail_unwelcome"); err != nil {
		return err
	}
	s.client = &client{from}
	s.client.SkipSMTPUTF8(true)
	if err := s.step(ctx, func() error { return s.client.Hello(hello) }, "mail_unwelcome"); err != nil {
		return err
	}
	if s.server.Security != ledger.MailStartTLS {
		return nil
	}
	if ok, _ := s.client.Extension("STARTTLS"); !ok {
		s.Close()
		return s.fault("mail_no_tls")
	}
	return s.step(ctx, func() error { return s.client.StartTLS(config) }, "mail_no_tls")
}

// login proves who the owner is, in the safest way that the server knows.
func (s *Session) login(ctx context.Context) error {
	_, offered := s.client.Extension("AUTH")
	how := s.mechanism(strings.Fields(strings.ToUpper(offered)))
	if how == nil {
		s.Close()
		return s.fault("mail_login_unknown", "answer", spoken(0, offered, s.access).Answer)
	}
	if a := s.access; strings.ContainsFunc(a.User+a.Secret, unicode.IsControl) || a.User == "" || a.Secret == "" {
		s.Close() // no way to log in can carry these
		return s.fault("mail_login_incomplete")
	}
	return s.step(ctx, func() error { return s.client.Auth(how) }, "mail_login_smtp")
}

func (s *Session) mechanism(offered []string) smtp.Auth {
	a, host := s.access, s.server.Host
	has := func(name string) bool { return slices.Contains(offered, name) }
	switch {
	case a.Token:
		if has("XOAUTH2") {
			return smtp.XOAuth2Auth(a.User, a.Secret)
		}
	case has("SCRAM-SHA-256"):
		return smtp.ScramSHA256Auth(a.User, a.Secret)
	case has("PLAIN"):
		return smtp.PlainAuth("", a.User, a.Secret, host, false)
	case has("LOGIN"):
		return smtp.LoginAuth(a.User, a.Secret, host, false)
	}
	return nil
}

// leaks says whether a text repeats the secret, as it is or in a form in which it is sent.
func leaks(text string, a mail.Access) bool {
	for _, s := range []string{a.Secret, "\x00" + a.User + "\x00" + a.Secret, "user=" + a.User + "\x01auth=Bearer " + a.Secret + "\x01\x01"} {
		if strings.Contains(text, s) || strings.Contains(text, base64.StdEncoding.EncodeToString([]byte(s))) {
			return a.Secret != ""
		}
	}
	return false
}
