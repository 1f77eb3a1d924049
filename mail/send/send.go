// Package send hands the bytes of messages to an SMTP server, step by step, so that afterwards it is certain what became of each: taken, to be
// tried again, refused, or, in the one case that the protocol cannot decide, unknown.
package send

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"quitus/ledger"
	"quitus/mail"
)

// State is what became of a message.
type State string

// What can become of a message.
const (
	// Delivered: the server took it, whatever happened to the connection afterwards.
	Delivered State = "delivered"
	// Later: nothing was taken, and the same may succeed another time.
	Later State = "later"
	// Refused: nothing was taken, and the same will be refused again.
	Refused State = "refused"
	// Unknown: all of it was handed over, and no answer came. It must not be sent again without somebody having looked.
	Unknown State = "unknown"
)

// Message is what is handed over: an envelope and the bytes, which are sent as they are.
type Message struct {
	From string   // address alone, in ASCII
	To   []string // addresses alone, in ASCII; all of To and Cc
	// Raw has CRLF at the end of every line, the last one too, and lines of at most 998 bytes.
	Raw []byte
	// Complete, where it is set, is called when all is handed over but the final dot: until then nothing can have left. Where it fails, nothing
	// leaves, and its error is given with Later. It is called again where a message that the server cannot have got is tried once more.
	Complete func() error
}

// Result is what became of a message, and the server's answer that says so.
type Result struct {
	State     State
	Code      int    // of the answer, as 250 or 550; 0 where the server gave none
	Enhanced  string // "5.1.1"; empty where the server gave none
	Answer    string // the server's own words, in one line, shortened
	Recipient string // the address that was refused, where it was one
	// Broken says with Later that the connection, fresh and logged in, broke while this message was handed over: it may be about the message.
	Broken bool
}

// Check logs in and out again. Errors are those of [Session.Send] about the connection and the login.
func Check(ctx context.Context, server ledger.MailServer, access mail.Access) error {
	s := NewSession(server, access)
	defer s.Close()
	if err := s.connect(ctx); err != nil {
		return err
	}
	// Some servers find out only after the login that a token is for somebody else.
	return s.step(ctx, s.client.Noop, "mail_login_smtp")
}

// Session sends messages over one connection, which it makes when the first one leaves and again where the server closed it. It is for one
// goroutine.
type Session struct {
	server ledger.MailServer
	access mail.Access
	line   *line
	client *client
}

// NewSession makes a session; nothing is connected yet.
func NewSession(server ledger.MailServer, access mail.Access) *Session {
	return &Session{server: server, access: access}
}

// Close takes leave of the server, without waiting long for its answer.
func (s *Session) Close() {
	if s.client == nil {
		return
	}
	done := s.line.step(context.Background(), farewell)
	_ = s.client.Quit()
	done()
	s.drop()
}

// drop ends the connection without a word.
func (s *Session) drop() {
	if s.client != nil {
		_ = s.client.Close()
		s.client, s.line = nil, nil
	}
}

// Send hands over one message to all its recipients; where one is refused, none gets it. The state of the result is right always; an error tells why there
// is no answer of the server about the message:
//
//   - with Later: no connection or login. Codes as [mail.Fault], and mail_no_tls (no STARTTLS offered), mail_unwelcome (refused before the login),
//     mail_busy (not now: 4xx before or at the login), mail_login_smtp (name, password or token refused), mail_login_unknown (no way to log in that both
//     sides know), mail_login_incomplete (name or secret empty, or with control characters), all with the facts host and port, most with answer.
//   - with Refused: mail_message_too_large (facts size and most, in MB) for a server that takes smaller messages only, mail_recipient_none,
//     mail_address_invalid (fact address). Bytes that are no message are an internal error.
//   - with Unknown: what happened to the connection, as [mail.Fault].
//
// The context ends waiting at once, but for the answer to a message that was handed over whole: that one is waited for some seconds more.
func (s *Session) Send(ctx context.Context, m Message) (Result, error) {
	if err := m.check(); err != nil {
		return Result{State: Refused}, err
	}
	fresh := s.client == nil
	for {
		if s.client == nil {
			if err := s.connect(ctx); err != nil {
				return Result{State: Later}, err
			}
		}
		r, err := s.attempt(ctx, m)
		// A connection that was idle may be gone: once more with a fresh one, as nothing was taken.
		if r.State == Later && s.client == nil && !fresh && ctx.Err() == nil && !errors.As(err, new(held)) {
			fresh = true
			continue
		}
		r.Broken = r.State == Later && r.Code == 0 && s.client == nil && ctx.Err() == nil && !errors.As(err, new(held))
		return r, err
	}
}

// attempt sends a message over the connection there is, and ends the connection where it is of no more use.
func (s *Session) attempt(ctx context.Context, m Message) (Result, error) {
	if most := s.client.most(); most > 0 && int64(len(m.Raw)) > most {
		return Result{State: Refused, Code: 552, Enhanced: "5.3.4"}, ledger.Errorf("mail_message_too_large",
			"size", megabytes(int64(len(m.Raw))+999_999), "most", megabytes(most))
	}
	from := "<" + m.From + ">"
	if ok, _ := s.client.Extension("SIZE"); ok {
		from += " SIZE=" + strconv.Itoa(len(m.Raw))
	}
	if r, err := s.early(ctx, func() error { return s.client.Mail(from) }); r.State != "" {
		if r.Code == 530 || r.Code == 535 { // not about the message: the login is not, or no more, good enough
			s.drop()
			return Result{State: Later, Code: r.Code, Enhanced: r.Enhanced, Answer: r.Answer}, s.fault("mail_login_smtp", "answer", r.words())
		}
		return r, err
	}
	for _, to := range m.To {
		if r, err := s.early(ctx, func() error { return s.client.Rcpt("<" + to + ">") }); r.State != "" {
			if r.Code != 0 {
				r.Recipient = to
			}
			return r, err
		}
	}
	return s.data(ctx, m)
}

// early does a step before the message is handed over. Nothing came of the message where it fails: its result has a state then.
func (s *Session) early(ctx context.Context, f func() error) (Result, error) {
	err := s.bounded(ctx, f)
	if err == nil {
		return Result{}, nil
	}
	if r, ok := s.answer(err); ok {
		s.reset(ctx, r.Code)
		return r, nil
	}
	s.drop()
	return Result{State: Later}, mail.Fault(ctx, s.server, err)
}

// data hands over the bytes and learns what became of them.
func (s *Session) data(ctx context.Context, m Message) (Result, error) {
	var w bodyWriter
	if r, err := s.early(ctx, func() (err error) { w, err = s.client.body(); return err }); r.State != "" {
		return r, err
	}
	for rest := m.Raw; len(rest) > 0; {
		n := min(len(rest), chunk)
		piece := rest[:n]
		rest = rest[n:]
		// All but the final dot leaves before it, so that it is known whether the dot was written at all.
		if err := s.bounded(ctx, func() error { return w.write(piece, len(rest) == 0) }); err != nil {
			s.drop()
			return Result{State: Later}, mail.Fault(ctx, s.server, err)
		}
	}
	if err := ctx.Err(); err != nil {
		s.drop()
		return Result{State: Later}, mail.Fault(ctx, s.server, err)
	}
	gone := w.watch(s.line) // while the message is being stored, which takes its time
	var err error
	if m.Complete != nil {
		err = m.Complete()
	}
	hung := gone()
	if err != nil {
		s.drop()
		return Result{State: Later}, held{err}
	}
	if hung {
		s.drop()
		return Result{State: Later}, mail.Fault(ctx, s.server, io.ErrUnexpectedEOF)
	}
	return s.end(ctx, w)
}

// held is the error of a message that its sender held back at the last moment.
type held struct{ error }

func (h held) Unwrap() error { return h.error }

// end writes the final dot and waits for the answer.
func (s *Session) end(ctx context.Context, w bodyWriter) (Result, error) {
	patient, cancel := withGrace(ctx)
	defer cancel()
	defer s.line.step(patient, endSteps*s.access.Step())()
	if err := w.end(); err != nil {
		s.drop()
		return Result{State: Later}, mail.Fault(ctx, s.server, err)
	}
	code, words, err := w.answer()
	if err == nil && code/100 == 2 {
		r := spoken(code, words, s.access)
		r.State = Delivered
		return r, nil
	}
	if r, ok := s.answer(err); ok {
		if r.Code == 421 {
			s.drop()
		}
		return r, nil
	}
	s.drop()
	return Result{State: Unknown}, mail.Fault(ctx, s.server, err)
}

// reset forgets a message that was begun; a connection on which that fails, or that the server is closing, is ended.
func (s *Session) reset(ctx context.Context, code int) {
	if code == 421 || s.bounded(ctx, s.client.Reset) != nil {
		s.drop()
	}
}

// answer is the result that an answer of the server makes of a message that was not taken; not ok where there was no such answer.
func (s *Session) answer(err error) (r Result, ok bool) {
	var said *textproto.Error
	if !errors.As(err, &said) || said.Code < 400 || said.Code > 599 {
		return Result{}, false
	}
	r = spoken(said.Code, said.Msg, s.access)
	r.State = Refused
	if said.Code < 500 {
		r.State = Later
	}
	return r, true
}

var enhanced = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}\b`)

// spoken reads an answer for people: one line of a bounded length, without the secret, should a server repeat it.
func spoken(code int, words string, a mail.Access) Result {
	r := Result{Code: code}
	var lines []string
	for l := range strings.Lines(words) {
		l = strings.TrimSpace(l)
		if e := enhanced.FindString(l); e != "" {
			r.Enhanced = e
			l = strings.TrimSpace(l[len(e):])
		}
		lines = append(lines, l)
	}
	text := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(strings.Join(lines, " "), "?"))
	if leaks(text, a) {
		text = ""
	}
	if letters := []rune(text); len(letters) > answerLength {
		text = string(letters[:answerLength-1]) + "…"
	}
	r.Answer = strings.TrimSpace(text)
	return r
}

// words is the whole answer, without the point that ends it: it is quoted within a sentence.
func (r Result) words() string {
	return strings.TrimRight(strings.Join(strings.Fields(strings.Join([]string{strconv.Itoa(r.Code), r.Enhanced, r.Answer}, " ")), " "), ".")
}

// check refuses what is no message or has no envelope.
func (m *Message) check() error {
	if len(m.To) == 0 {
		return ledger.Errorf("mail_recipient_none")
	}
	for _, a := range append([]string{m.From}, m.To...) {
		if !envelope.MatchString(a) {
			return ledger.Errorf("mail_address_invalid", "address", a)
		}
	}
	for line := range bytes.Lines(m.Raw) {
		text, whole := bytes.CutSuffix(line, []byte("\r\n"))
		if !whole || bytes.ContainsAny(text, "\r\x00") || len(text) > 998 {
			return errors.New("send: the message has a line that does not end with CRLF, or has more than 998 bytes")
		}
	}
	if len(m.Raw) == 0 {
		return errors.New("send: the message is empty")
	}
	return nil
}

// envelope is what can stand between angle brackets: no blanks, brackets, controls, or anything that is not ASCII.
var envelope = regexp.MustCompile(`^[!-;=?-~]+@[0-9A-Za-z.\[\]:-]+$`)

func megabytes(bytes int64) int64 { return bytes / 1_000_000 }
