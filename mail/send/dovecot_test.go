package send

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"quitus/ledger"
	"quitus/mail"
	"quitus/mail/compose"
	"quitus/mail/mailtest"
)

func dovecotAccess(s *mailtest.Server) mail.Access {
	return mail.Access{User: mailtest.Owner, Secret: mailtest.Password, Roots: s.Roots}
}

func TestDovecotSend(t *testing.T) {
	full := "plein@client.test"
	s := mailtest.Start(t, mailtest.Options{Users: []string{full}, Full: []string{full}})
	for n, how := range []ledger.MailServer{s.SMTPStartTLS, s.SMTP} {
		if err := Check(t.Context(), how, dovecotAccess(s)); err != nil {
			t.Fatal(err)
		}
		r, err := sendOne(t.Context(), how, dovecotAccess(s), message())
		if r.State != Delivered || err != nil {
			t.Fatalf("%s: %+v, %v", how.Security, r, err)
		}
		got := s.Messages(mailtest.Customer, mailtest.Inbox)
		if len(got) != n+1 || !bytes.HasSuffix(got[n], []byte("\r\n"+raw)) {
			t.Errorf("%s: arrived %q", how.Security, got)
		}
	}

	a := dovecotAccess(s)
	a.Secret = "Sésame, ferme-toi"
	if err := Check(t.Context(), s.SMTPStartTLS, a); ledger.CodeOf(err) != "mail_login_smtp" || strings.Contains(err.Error(), a.Secret) {
		t.Errorf("wrong password: %v", err)
	}
	a.Token = true
	if err := Check(t.Context(), s.SMTPStartTLS, a); ledger.CodeOf(err) != "mail_login_unknown" {
		t.Errorf("a token: %v", err)
	}

	session := NewSession(s.SMTP, dovecotAccess(s))
	defer session.Close()
	for to, want := range map[string]Result{
		"nobody@elsewhere.test": {State: Refused, Code: 550, Enhanced: "5.1.1", Answer: "<nobody@elsewhere.test> No such user here", Recipient: "nobody@elsewhere.test"},
		full:                    {State: Refused, Code: 552, Enhanced: "5.2.2"},
	} {
		r, err := session.Send(t.Context(), message(mailtest.Customer, to))
		if want.Answer == "" {
			r.Answer = ""
		}
		if r != want || err != nil {
			t.Errorf("to %s: %+v, %v", to, r, err)
		}
	}
	if n := len(s.Messages(mailtest.Customer, mailtest.Inbox)); n != 2 || len(s.Relayed()) != 2 {
		t.Errorf("%d messages arrived and %d were relayed, not 2", n, len(s.Relayed()))
	}

	s.Stop()
	if r, err := session.Send(t.Context(), message()); r.State != Later || ledger.CodeOf(err) != "mail_unreachable" {
		t.Errorf("the server is gone: %+v, %v", r, err)
	}
	s.Resume()
	if r, err := session.Send(t.Context(), message()); r.State != Delivered || err != nil {
		t.Errorf("the server is back: %+v, %v", r, err)
	}
}

// A composed message arrives byte for byte as it was composed, with an attached file of every byte there is.
func TestDovecotComposed(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	file := make([]byte, 300_000)
	for n := range file {
		file[n] = byte(n*n>>3 ^ n)
	}
	o := compose.Outgoing{
		From: compose.Address{Name: "Plomberie Vasseur", Address: mailtest.Owner}, To: []compose.Address{{Name: "Zoé", Address: mailtest.Customer}},
		Subject: "Relance : 1 200,00 € à régler", Text: ".\n..\nFrom moi\n" + strings.Repeat("é", 3000) + "\n\n  a   b\n", Lang: "fr",
		MessageID: "un@vasseur.test", Date: time.Date(2026, 3, 20, 9, 30, 0, 0, time.UTC), Attachments: []compose.Attachment{{Name: "Relance.pdf", Data: file}},
	}
	raw, err := compose.Compose(o)
	if err != nil {
		t.Fatal(err)
	}
	r, err := sendOne(t.Context(), s.SMTPStartTLS, dovecotAccess(s), Message{From: o.From.Address, To: o.Recipients(), Raw: raw})
	if r.State != Delivered || err != nil {
		t.Fatalf("%+v, %v", r, err)
	}
	got := s.Messages(mailtest.Customer, mailtest.Inbox)
	if len(got) != 1 || !bytes.HasSuffix(got[0], append([]byte("\r\n"), raw...)) {
		t.Errorf("%d messages arrived, or it is another one", len(got))
	}
}

func TestDovecotCertificates(t *testing.T) {
	for kind, reason := range map[mailtest.Certificate]string{mailtest.Expired: "expired", mailtest.OtherHost: "host"} {
		s := mailtest.Start(t, mailtest.Options{Certificate: kind})
		for _, how := range []ledger.MailServer{s.SMTPStartTLS, s.SMTP} {
			var e *ledger.Error
			if err := Check(t.Context(), how, dovecotAccess(s)); !errors.As(err, &e) || e.Code != "mail_certificate" || e.Args["reason"] != ledger.Term("mail.certificate."+reason) {
				t.Errorf("%s %s: %v", kind, how.Security, err)
			}
		}
	}
}

// Five hundred messages over one session: each arrives once, whole and in order.
func TestDovecotMany(t *testing.T) {
	const n = 500
	s := mailtest.Start(t, mailtest.Options{})
	session := NewSession(s.SMTPStartTLS, dovecotAccess(s))
	defer session.Close()
	for i := range n {
		m := message("x@" + mailtest.SinkDomain)
		m.Raw = fmt.Appendf(nil, "Subject: %d\r\n\r\n%s", i, strings.Repeat(".ligne\r\n", i))
		if r, err := session.Send(t.Context(), m); r.State != Delivered || err != nil {
			t.Fatalf("%d: %+v, %v", i, r, err)
		}
	}
	got := s.Relayed()
	if len(got) != n {
		t.Fatalf("%d messages arrived", len(got))
	}
	for i, m := range got {
		if !bytes.HasSuffix(m.Raw, fmt.Appendf(nil, "Subject: %d\r\n\r\n%s", i, strings.Repeat(".ligne\r\n", i))) {
			t.Fatalf("message %d is another one: %.200q", i, m.Raw)
		}
	}
}
