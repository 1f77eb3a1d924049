package mailtest

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net/smtp"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"

	"quitus/ledger"
)

const note = "From: a@sink.test\r\nSubject: Une note\r\n\r\nBonjour\r\n.\r\nfin\r\n"

func login(t *testing.T, s *Server, user string) *imapclient.Client {
	t.Helper()
	c, err := imapclient.DialTLS(loopback(s.IMAP.Port), &imapclient.Options{TLSConfig: &tls.Config{RootCAs: s.Roots, ServerName: s.IMAP.Host}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.Login(user, Password).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

func look(t *testing.T, s *Server, user, folder string) *imap.SelectData {
	t.Helper()
	c := login(t, s, user)
	data, err := c.Select(folder, nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Logout().Wait(); err != nil {
		t.Fatal(err)
	}
	return data
}

func TestDovecotServer(t *testing.T) {
	s := Start(t, Options{Full: []string{"plein@client.test"}, Users: []string{"plein@client.test"}})

	s.Deliver(Customer, []byte(note))
	got := s.Messages(Customer, Inbox)
	if len(got) != 1 || !bytes.HasSuffix(got[0], []byte(note)) {
		t.Errorf("delivered: %q", got)
	}
	if got := s.Messages(Customer, "Nowhere"); got != nil {
		t.Errorf("a folder that does not exist has %d messages", len(got))
	}

	submit := func(how ledger.MailServer, to ...string) error {
		trust := &tls.Config{RootCAs: s.Roots, ServerName: how.Host}
		dial := gosmtp.DialTLS
		if how.Security == ledger.MailStartTLS {
			dial = gosmtp.DialStartTLS
		}
		c, err := dial(loopback(how.Port), trust)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if err := c.Auth(sasl.NewPlainClient("", Owner, Password)); err != nil {
			t.Fatal(err)
		}
		return c.SendMail(Owner, to, strings.NewReader(note))
	}
	for _, how := range []ledger.MailServer{s.SMTP, s.SMTPStartTLS} {
		if err := submit(how, Customer, "x@"+SinkDomain); err != nil {
			t.Error(err)
		}
	}
	for to, code := range map[string]string{"nobody@elsewhere.test": "550", "plein@client.test": "552"} {
		if err := submit(s.SMTP, to); err == nil || !strings.Contains(fmt.Sprint(err), code) {
			t.Errorf("to %s: %v, not %s", to, err, code)
		}
	}
	if relayed := s.Relayed(); len(relayed) != 2 || len(relayed[0].To) != 2 || relayed[1].From != Owner || !bytes.HasSuffix(relayed[1].Raw, []byte(note)) {
		t.Errorf("relayed: %q", relayed)
	}
	if got := s.Messages(Customer, Inbox); len(got) != 3 {
		t.Errorf("%d messages, not 3", len(got))
	}
}

func TestDovecotMailboxes(t *testing.T) {
	s := Start(t, Options{})
	s.Fill(Owner, Inbox, 1000, func(i int) []byte { return fmt.Appendf(nil, "Subject: Note %d\r\n\r\nBonjour\r\n", i) })
	s.Fill(Owner, "Clients/2026", 3, func(i int) []byte { return []byte(note) })
	before := look(t, s, Owner, Inbox)
	if before.NumMessages != 1000 {
		t.Errorf("%d messages in the inbox", before.NumMessages)
	}
	if n := look(t, s, Owner, "Clients/2026").NumMessages; n != 3 {
		t.Errorf("%d messages in the other folder", n)
	}
	if same := look(t, s, Owner, Inbox); same.UIDValidity != before.UIDValidity || same.UIDNext != before.UIDNext {
		t.Errorf("numbers changed by themselves: %v, %v", before, same)
	}
	s.Renumber(Owner, Inbox)
	after := look(t, s, Owner, Inbox)
	if after.UIDValidity == before.UIDValidity || after.NumMessages != 1000 || after.UIDNext <= before.UIDNext {
		t.Errorf("renumbered from %v to %v", before, after)
	}

	s.Stop()
	if _, err := smtp.Dial(loopback(s.SMTPStartTLS.Port)); err == nil {
		t.Error("answers after it was stopped")
	}
	s.Resume()
	if again := look(t, s, Owner, Inbox); again.UIDValidity != after.UIDValidity || again.NumMessages != 1000 {
		t.Errorf("after a new start: %v", again)
	}
	c := login(t, s, Owner)
	w := c.Append("Sent", int64(len(note)), nil)
	if _, err := io.WriteString(w, note); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Wait(); err != nil {
		t.Fatal(err)
	}
	if got := s.Messages(Owner, "Sent"); len(got) != 1 || string(got[0]) != note {
		t.Errorf("in Sent: %q", got)
	}
}
