package send

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"quitus/ledger"
	"quitus/mail"
	"quitus/mail/mailtest"
)

// raw is a message with what is hard to hand over: lines that begin with dots.
const raw = "From: compta@vasseur.test\r\nSubject: Relance\r\n\r\nBonjour,\r\n.\r\n..\r\n.fin\r\n\r\n"

func message(to ...string) Message {
	if to == nil {
		to = []string{mailtest.Customer}
	}
	return Message{From: mailtest.Owner, To: to, Raw: []byte(raw)}
}

func access(s *mailtest.Faults) mail.Access {
	return mail.Access{User: mailtest.Owner, Secret: mailtest.Password, Roots: s.Roots, Timeout: 20 * time.Second}
}

func TestFaults(t *testing.T) {
	type fault = mailtest.Fault
	for _, c := range []struct {
		fault fault
		state State
		code  int
		err   string // of the error
		taken int
	}{
		{mailtest.NoFault, Delivered, 250, "", 1},
		{mailtest.DropGreeting, Later, 0, "mail_connection", 0},
		{mailtest.SilentGreeting, Later, 0, "mail_timeout", 0},
		{mailtest.Busy, Later, 0, "mail_busy", 0},
		{mailtest.NoTLS, Later, 0, "mail_no_tls", 0},
		{mailtest.NoAuth, Later, 0, "mail_login_unknown", 0},
		{mailtest.RefuseAuth, Later, 0, "mail_login_smtp", 0},
		{mailtest.LaterAuth, Later, 0, "mail_busy", 0},
		{mailtest.LoginLost, Later, 530, "mail_login_smtp", 0},
		{mailtest.LaterMail, Later, 451, "", 0},
		{mailtest.LaterRcpt, Later, 450, "", 0},
		{mailtest.LaterData, Later, 451, "", 0},
		{mailtest.LaterEnd, Later, 452, "", 0},
		{mailtest.RefuseMail, Refused, 553, "", 0},
		{mailtest.RefuseRcpt, Refused, 550, "", 0},
		{mailtest.RefuseData, Refused, 554, "", 0},
		{mailtest.RefuseEnd, Refused, 554, "", 0},
		{mailtest.TooLarge, Refused, 552, "", 0},
		{mailtest.DropMail, Later, 0, "mail_connection", 0},
		{mailtest.DropEnd, Unknown, 0, "mail_connection", 0},
		{mailtest.TakeAndDrop, Unknown, 0, "mail_connection", 1},
		{mailtest.TakeAndSilence, Unknown, 0, "mail_timeout", 1},
		{mailtest.TakeAndNonsense, Unknown, 0, "mail_connection", 1},
		{mailtest.TakeThenDrop, Delivered, 250, "", 1},
		{mailtest.TakeThenBusy, Delivered, 250, "", 1},
		{mailtest.SilentMail, Later, 0, "mail_timeout", 0},
		{mailtest.Endless, Later, 0, "mail_connection", 0},
	} {
		for _, how := range []ledger.MailSecurity{ledger.MailTLS, ledger.MailStartTLS} {
			if c.fault == mailtest.NoTLS && how == ledger.MailTLS {
				continue
			}
			t.Run(fmt.Sprint(c.fault, " ", how), func(t *testing.T) {
				t.Parallel()
				s := mailtest.StartFaults(t, mailtest.FaultOptions{Security: how, Script: []fault{c.fault}})
				a := access(s)
				if c.err == "mail_timeout" {
					a.Timeout = time.Second
				}
				r, err := sendOne(t.Context(), s.SMTP, a, message())
				if r.State != c.state || r.Code != c.code || ledger.CodeOf(err) != c.err {
					t.Errorf("%+v, %v; want %s %d %s", r, err, c.state, c.code, c.err)
				}
				if broke := c.fault == mailtest.DropMail || c.fault == mailtest.SilentMail || c.fault == mailtest.Endless; r.Broken != broke {
					t.Errorf("broken %v, not %v", r.Broken, broke)
				}
				if (r.Recipient != "") != (c.fault == mailtest.LaterRcpt || c.fault == mailtest.RefuseRcpt) {
					t.Errorf("recipient %q", r.Recipient)
				}
				if err != nil && strings.Contains(err.Error(), mailtest.Password) {
					t.Errorf("the error tells the password: %v", err)
				}
				taken := s.Taken()
				if len(taken) != c.taken {
					t.Fatalf("%d messages taken, not %d", len(taken), c.taken)
				}
				for _, m := range taken {
					if string(m.Raw) != raw || m.To[0] != mailtest.Customer || m.From != fmt.Sprintf("<%s> SIZE=%d BODY=8BITMIME", mailtest.Owner, len(raw)) {
						t.Errorf("taken: %q", m)
					}
				}
				// The server is well again: nothing of what happened remains.
				if r, err := sendOne(t.Context(), s.SMTP, access(s), message()); r.State != Delivered || err != nil {
					t.Errorf("afterwards: %+v, %v", r, err)
				}
			})
		}
	}
}

// Where the connection breaks in the middle of a message, it has not left, however much of it had been handed over.
func TestBrokenInTheMiddle(t *testing.T) {
	big := message()
	big.Raw = []byte("Subject: Gros\r\n\r\n" + strings.Repeat(strings.Repeat("x", 76)+"\r\n", 300_000))
	for fault, code := range map[mailtest.Fault]string{mailtest.DropData: "mail_connection", mailtest.SilentData: "mail_timeout"} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			s := mailtest.StartFaults(t, mailtest.FaultOptions{Script: []mailtest.Fault{fault}})
			a := access(s)
			if code == "mail_timeout" {
				a.Timeout = time.Second
			}
			r, err := sendOne(t.Context(), s.SMTP, a, big)
			if r.State != Later || ledger.CodeOf(err) != code || len(s.Taken()) != 0 {
				t.Errorf("%+v, %v, %d taken", r, err, len(s.Taken()))
			}
			if r, err := sendOne(t.Context(), s.SMTP, access(s), big); r.State != Delivered || err != nil || !bytes.Equal(s.Taken()[0].Raw, big.Raw) {
				t.Errorf("afterwards: %+v, %v", r, err)
			}
		})
	}
}

// A server that hangs up while the last step of a message is prepared cannot have got it: nothing is uncertain, and a fresh connection is tried.
func TestHungUp(t *testing.T) {
	s := mailtest.StartFaults(t, mailtest.FaultOptions{Script: []mailtest.Fault{mailtest.DropData, mailtest.NoFault, mailtest.DropData}})
	session := NewSession(s.SMTP, access(s))
	defer session.Close()
	completed := 0
	m := message()
	m.Complete = func() error {
		completed++
		time.Sleep(50 * time.Millisecond)
		return nil
	}
	for n, want := range []struct {
		state            State
		taken, completed int
	}{{Later, 0, 1}, {Delivered, 1, 2}, {Delivered, 2, 4}} {
		r, err := session.Send(t.Context(), m)
		if r.State != want.state || r.Broken != (r.State == Later) || (err != nil) != r.Broken || len(s.Taken()) != want.taken || completed != want.completed {
			t.Errorf("%d: %+v, %v, %d taken, completed %d times", n, r, err, len(s.Taken()), completed)
		}
	}
}

func TestAnswers(t *testing.T) {
	s := mailtest.StartFaults(t, mailtest.FaultOptions{Script: []mailtest.Fault{mailtest.LaterMail}})
	session := NewSession(s.SMTP, access(s))
	defer session.Close()
	r, _ := session.Send(t.Context(), message())
	if want := (Result{State: Later, Code: 451, Enhanced: "4.3.0", Answer: "Mail server temporarily out of order"}); r != want {
		t.Errorf("%+v, want %+v", r, want)
	}
	r, _ = session.Send(t.Context(), message(mailtest.Customer, "nobody@client.test"))
	if want := (Result{State: Refused, Code: 550, Enhanced: "5.1.1", Answer: "No such user here", Recipient: "nobody@client.test"}); r != want {
		t.Errorf("%+v, want %+v", r, want)
	}
	if len(s.Taken()) != 0 {
		t.Error("a message of which one recipient was refused left all the same")
	}
	if r, _ := session.Send(t.Context(), message()); r.State != Delivered || s.Connections() != 1 {
		t.Errorf("afterwards: %+v, %d connections", r, s.Connections())
	}
	a := mail.Access{User: "u", Secret: "Sésame"}
	for words, want := range map[string]string{
		"5.7.8 bad\nmore\x1b[31m\x00":  "bad more [31m",
		"password Sésame is wrong":     "",
		"U8Opc2FtZQ==":                 "",
		"\xff\xfe":                     "?",
		strings.Repeat("long ", 10000): strings.Repeat("long ", answerLength/5)[:answerLength-1] + "…",
	} {
		if got := spoken(535, words, a).Answer; got != want {
			t.Errorf("%.40q gives %q, not %q", words, got, want)
		}
	}
}

func TestSession(t *testing.T) {
	s := mailtest.StartFaults(t, mailtest.FaultOptions{})
	session := NewSession(s.SMTP, access(s))
	defer session.Close()
	send := func(want State, connections int) {
		t.Helper()
		r, err := session.Send(t.Context(), message())
		if r.State != want || s.Connections() != connections {
			t.Errorf("%+v, %v, %d connections; want %s, %d", r, err, s.Connections(), want, connections)
		}
	}
	send(Delivered, 1)
	send(Delivered, 1)
	s.Disconnect() // idle for too long
	send(Delivered, 2)
	s.Next(mailtest.TakeThenBusy)
	send(Delivered, 2)
	send(Delivered, 3)
	s.Next(mailtest.LaterRcpt) // greylisting
	send(Later, 3)
	send(Delivered, 3)
	s.Next(mailtest.TakeAndDrop)
	send(Unknown, 3)
	send(Delivered, 4)
	s.Next(mailtest.DropMail, mailtest.DropMail)
	send(Later, 5)
	if n := len(s.Taken()); n != 8 {
		t.Errorf("%d messages taken, not 8", n)
	}
}

func TestSmallServer(t *testing.T) {
	s := mailtest.StartFaults(t, mailtest.FaultOptions{Script: []mailtest.Fault{mailtest.Small}})
	m := message()
	m.Raw = []byte("Subject: x\r\n\r\n" + strings.Repeat("y\r\n", 1_000_000))
	r, err := sendOne(t.Context(), s.SMTP, access(s), m)
	var e *ledger.Error
	if !errors.As(err, &e) || e.Code != "mail_message_too_large" || e.Args["size"] != int64(4) || r.State != Refused || r.Code != 552 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestLogin(t *testing.T) {
	for _, mechanisms := range [][]string{{"PLAIN"}, {"LOGIN"}, {"XOAUTH2"}, {"CRAM-MD5", "XOAUTH2", "LOGIN", "PLAIN"}, {"CRAM-MD5"}} {
		s := mailtest.StartFaults(t, mailtest.FaultOptions{Mechanisms: mechanisms})
		for _, token := range []bool{false, true} {
			a := access(s)
			wrong, unknown := "mail_login_smtp", mechanisms[0] == "CRAM-MD5" && len(mechanisms) == 1
			if a.Token = token; token {
				a.Secret = mailtest.Token
			}
			if token != strings.Contains(fmt.Sprint(mechanisms), "XOAUTH2") && len(mechanisms) == 1 || unknown {
				unknown, wrong = true, "mail_login_unknown"
			}
			if err := Check(t.Context(), s.SMTP, a); (ledger.CodeOf(err) == "mail_login_unknown") != unknown || err != nil && !unknown {
				t.Errorf("%v, token %v: %v", mechanisms, token, err)
			}
			a.Secret += "2"
			if err := Check(t.Context(), s.SMTP, a); ledger.CodeOf(err) != wrong || strings.Contains(err.Error(), a.Secret) {
				t.Errorf("%v, token %v, wrong: %v", mechanisms, token, err)
			}
			a.Secret = "a\x00b"
			if err := Check(t.Context(), s.SMTP, a); ledger.CodeOf(err) != "mail_login_incomplete" && !unknown {
				t.Errorf("%v, token %v, not to be sent: %v", mechanisms, token, err)
			}
		}
	}
}

func TestCertificates(t *testing.T) {
	for kind, reason := range map[mailtest.Certificate]string{mailtest.Expired: "expired", mailtest.OtherHost: "host", mailtest.Stranger: "authority"} {
		for _, how := range []ledger.MailSecurity{ledger.MailTLS, ledger.MailStartTLS} {
			s := mailtest.StartFaults(t, mailtest.FaultOptions{Security: how, Certificate: kind})
			r, err := sendOne(t.Context(), s.SMTP, access(s), message())
			var e *ledger.Error
			if !errors.As(err, &e) || e.Code != "mail_certificate" || e.Args["reason"] != ledger.Term("mail.certificate."+reason) || r.State != Later {
				t.Errorf("%s %s: %+v, %v", kind, how, r, err)
			}
			if s.Logins() != 0 {
				t.Error("logged in all the same")
			}
		}
	}
	if err := Check(t.Context(), ledger.MailServer{Host: "127.0.0.1", Port: 1, Security: ledger.MailTLS}, mail.Access{}); ledger.CodeOf(err) != "mail_unreachable" {
		t.Errorf("nobody there: %v", err)
	}
}

func TestCancel(t *testing.T) {
	for fault, want := range map[mailtest.Fault]State{mailtest.SilentGreeting: Later, mailtest.SilentMail: Later, mailtest.TakeAndSilence: Unknown} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			s := mailtest.StartFaults(t, mailtest.FaultOptions{Script: []mailtest.Fault{fault}})
			a := access(s)
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(100*time.Millisecond, cancel)
			began := time.Now()
			r, err := sendOne(ctx, s.SMTP, a, message())
			if r.State != want || !errors.Is(err, context.Canceled) || time.Since(began) > 8*time.Second {
				t.Errorf("%+v, %v after %v", r, err, time.Since(began))
			}
			if r, err := sendOne(ctx, s.SMTP, a, message()); r.State != Later || !errors.Is(err, context.Canceled) {
				t.Errorf("begun too late: %+v, %v", r, err)
			}
		})
	}
}

func TestMessagesThatAreNone(t *testing.T) {
	for name, m := range map[string]Message{
		"no recipient": {From: mailtest.Owner, Raw: []byte(raw)},
		"two lines":    {From: mailtest.Owner, To: []string{"a@b.test>\r\nRCPT TO:<c@d.test"}, Raw: []byte(raw)},
		"not ASCII":    {From: mailtest.Owner, To: []string{"é@b.test"}, Raw: []byte(raw)},
		"parameters":   {From: "a@b.test> SIZE=1 <", To: []string{"a@b.test"}, Raw: []byte(raw)},
		"bare LF":      {From: mailtest.Owner, To: []string{"a@b.test"}, Raw: []byte("a\n.\r\n")},
		"bare CR":      {From: mailtest.Owner, To: []string{"a@b.test"}, Raw: []byte("a\r.\r\n")},
		"no end":       {From: mailtest.Owner, To: []string{"a@b.test"}, Raw: []byte("a: b\r\n\r\nc")},
		"long line":    {From: mailtest.Owner, To: []string{"a@b.test"}, Raw: []byte(strings.Repeat("x", 999) + "\r\n")},
		"empty":        {From: mailtest.Owner, To: []string{"a@b.test"}},
	} {
		if r, err := sendOne(t.Context(), ledger.MailServer{Host: "127.0.0.1", Port: 1}, mail.Access{}, m); r.State != Refused || err == nil {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

// A message that its sender holds back at the last moment does not leave; the next one does.
func TestHeldBack(t *testing.T) {
	s := mailtest.StartFaults(t, mailtest.FaultOptions{})
	session := NewSession(s.SMTP, access(s))
	defer session.Close()
	calls := 0
	m := message()
	m.Complete = func() error { calls++; return ledger.Errorf("message_changed") }
	if r, err := session.Send(t.Context(), m); r.State != Later || ledger.CodeOf(err) != "message_changed" || calls != 1 {
		t.Errorf("%+v, %v, asked %d times", r, err, calls)
	}
	m.Complete = func() error { calls++; return nil }
	if r, err := session.Send(t.Context(), m); r.State != Delivered || err != nil || calls != 2 {
		t.Errorf("%+v, %v, asked %d times", r, err, calls)
	}
	if n := len(s.Taken()); n != 1 {
		t.Errorf("%d messages taken", n)
	}
}

// sendOne hands over one message through a connection of its own.
func sendOne(ctx context.Context, server ledger.MailServer, access mail.Access, m Message) (Result, error) {
	s := NewSession(server, access)
	defer s.Close()
	return s.Send(ctx, m)
}
