package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/mail/mailtest"
)

// The whole story with the real program and real servers: the mailbox is set, e-mails are approved and leave, the customer's answer is found and
// decided about.
func TestDovecotStory(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	s := newSender(t, server)
	d, err := desk.Open(s.path, time.Now, "test")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Fill(t.Context(), func(x *ledger.Draft) error {
		fill(x)
		c := ledger.Clone(x.Customer(1))
		c.Email = mailtest.Customer
		x.Put(c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	account, err := json.Marshal(ledger.MailAccount{Address: mailtest.Owner, IMAP: server.IMAPStartTLS, SMTP: server.SMTPStartTLS})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(s.dir, "mailbox.json")
	if err := os.WriteFile(file, account, 0o600); err != nil {
		t.Fatal(err)
	}

	var status mailStatusDoc
	s.finish(t, &status, "mail", "set", file)
	if status.Account == nil || status.Account.Address != mailtest.Owner {
		t.Fatalf("%+v", status)
	}
	var done json.RawMessage
	s.finish(t, &done, "do", "C001/email")
	var sent mailSendDoc
	s.finish(t, &sent, "mail", "send", "--now")
	arrived := server.Messages(mailtest.Customer, mailtest.Inbox)
	if sent.Sent != 1 || len(sent.Messages) != 0 || len(arrived) != 1 || len(server.Messages(mailtest.Owner, "Sent")) != 1 {
		t.Fatalf("%+v, %d arrived", sent, len(arrived))
	}
	s.finish(t, &sent, "mail", "send", "--now")
	if sent.Sent != 0 || len(server.Messages(mailtest.Customer, mailtest.Inbox)) != 1 {
		t.Fatalf("again: %+v", sent)
	}

	server.Deliver(mailtest.Owner, fmt.Appendf(nil, "From: Achats <%s>\r\nTo: %s\r\nSubject: Re: Relance\r\nMessage-ID: <r1@client.test>\r\nIn-Reply-To: <%s>\r\n"+
		"Content-Type: text/plain; charset=utf-8\r\n\r\nNous contestons la facture FA-2.\r\n", mailtest.Customer, mailtest.Owner, messageID(arrived[0])))
	var fetched struct { // days are only written
		Replies int
		Waiting []struct {
			Reply              uint32
			Customer, Proposed string
		}
	}
	s.finish(t, &fetched, "mail", "fetch")
	if fetched.Replies != 1 || len(fetched.Waiting) != 1 || fetched.Waiting[0].Proposed != "contests" || fetched.Waiting[0].Customer != "C001" {
		t.Fatalf("%+v", fetched)
	}
	s.finish(t, &status, "mail", "reply", fmt.Sprint(fetched.Waiting[0].Reply), "contests")
	if len(status.Replies) != 0 {
		t.Errorf("%+v", status.Replies)
	}
	s.refusals(t, file)
	s.finish(t, &done, "verify")
}

// refusals checks what is said where the password is wrong, or the certificate.
func (s *sender) refusals(t *testing.T, file string) {
	t.Helper()
	const wrong = "Sésame, ferme-toi"
	for _, c := range []struct{ variable, value, code string }{
		{passwordVariable, wrong, "mail_login_imap"},
		{"SSL_CERT_FILE", file, "mail_certificate"}, // which has no certificate: no authority is known
	} {
		cmd := s.command(t, "mail", "fetch", "--json")
		cmd.Env = append(cmd.Env, "SSL_CERT_DIR=/nowhere", c.variable+"="+c.value)
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		err := cmd.Run()
		var doc errorDoc
		if err == nil || json.Unmarshal(out.Bytes(), &doc) != nil || doc.Error.Code != c.code || strings.Contains(out.String()+errs.String(), wrong) {
			t.Errorf("%s: %v\n%s%s", c.variable, err, out.String(), errs.String())
		}
	}
}

// A run that breaks off tells what it had done, and goes on where it was.
func TestMailBrokenOff(t *testing.T) {
	server := mailtest.StartFaults(t, mailtest.FaultOptions{Script: []mailtest.Fault{mailtest.NoFault, mailtest.TakeAndDrop}})
	s := newSender(t, &mailtest.Server{CAFile: server.CAFile})
	outbox(t, s.path, 3, ledger.MailServer{}, server.SMTP)
	var report mailSendDoc
	s.finish(t, &report, "mail", "send", "--now")
	if report.Sent != 1 || report.Unknown != 1 || report.Error == nil || report.Error.Code != "mail_connection" || len(report.Messages) != 2 {
		t.Fatalf("%+v", report)
	}
	report = mailSendDoc{}
	s.finish(t, &report, "mail", "send", "--now")
	if report.Sent != 1 || report.Unknown != 0 || report.Error != nil || len(report.Messages) != 1 || len(server.Taken()) != 3 {
		t.Errorf("%+v, %d taken", report, len(server.Taken()))
	}
}
