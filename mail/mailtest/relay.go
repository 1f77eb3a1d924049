package mailtest

import (
	"errors"
	"io"
	"log"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// relay takes what Dovecot's submission service hands on, and delivers it to Dovecot's mailboxes.
type relay struct {
	server *Server
	hold   func(Relayed) error
	port   int
	smtp   *smtp.Server

	mu    sync.Mutex
	taken []Relayed
}

func startRelay(t testing.TB, server *Server, hold func(Relayed) error) *relay {
	t.Helper()
	r := &relay{server: server, hold: hold}
	l := listen(t)
	r.port = l.Addr().(*net.TCPAddr).Port
	s := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &relaySession{relay: r}, nil }))
	s.Domain = "mx." + SinkDomain
	s.ErrorLog = log.New(io.Discard, "", 0)
	go func() { _ = s.Serve(l) }()
	r.smtp = s
	return r
}

type relaySession struct {
	relay   *relay
	message Relayed
}

func (s *relaySession) Reset()        { s.message = Relayed{} }
func (s *relaySession) Logout() error { return nil }

func (s *relaySession) Mail(from string, _ *smtp.MailOptions) error {
	s.message.From = from
	return nil
}

func (s *relaySession) Rcpt(to string, _ *smtp.RcptOptions) error {
	if !s.relay.server.knows(to) && !inSink(to) {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user here"}
	}
	s.message.To = append(s.message.To, to)
	return nil
}

func (s *relaySession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.message.Raw = raw
	if s.relay.hold != nil {
		if err := s.relay.hold(s.message); err != nil {
			return answer(err)
		}
	}
	if err := deliver(s.relay.server.lmtp, s.message.From, slices.DeleteFunc(slices.Clone(s.message.To), inSink), raw); err != nil {
		return answer(err)
	}
	s.relay.mu.Lock()
	defer s.relay.mu.Unlock()
	s.relay.taken = append(s.relay.taken, s.message)
	return nil
}

func inSink(address string) bool { return strings.HasSuffix(address, "@"+SinkDomain) }

// answer makes a passing refusal of an error that is not an answer.
func answer(err error) error {
	var e *smtp.SMTPError
	if errors.As(err, &e) {
		return e
	}
	return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: err.Error()}
}

// deliver puts a message in mailboxes by LMTP: in all of them, or in none where one does not take it.
func deliver(address, from string, to []string, raw []byte) error {
	if len(to) == 0 {
		return nil
	}
	c, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	client := smtp.NewClientLMTP(c)
	defer client.Close()
	if err := client.Mail(from, nil); err != nil {
		return err
	}
	for _, a := range to {
		if err := client.Rcpt(a, nil); err != nil {
			return err
		}
	}
	w, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	_, err = w.CloseWithLMTPResponse()
	return err
}
