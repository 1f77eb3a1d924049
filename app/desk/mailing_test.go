package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"quitus/ledger"
	"quitus/mail/box"
	"quitus/mail/reply"
	"quitus/mail/send"
)

// post is a mail server that does as a test tells it.
type post struct {
	results []send.Result // of the messages to come; delivered where there is none
	errs    []error
	taken   [][]byte
	inbox   [][]byte
	filed   []string
	full    error  // of filing a copy
	before  func() // called before a message is complete
}

func (p *post) Carrier(context.Context) (Carrier, error) { return p, nil }
func (p *post) Mailbox(context.Context) (Mailbox, error) { return p, nil }
func (p *post) Close()                                   {}

func (p *post) Send(_ context.Context, m send.Message) (send.Result, error) {
	r, err := send.Result{State: send.Delivered, Code: 250}, error(nil)
	if len(p.results) > 0 {
		r, p.results = p.results[0], p.results[1:]
	}
	if len(p.errs) > 0 {
		err, p.errs = p.errs[0], p.errs[1:]
	}
	if r.State == send.Refused || err != nil && r.State == send.Later {
		return r, err
	}
	if p.before != nil {
		p.before()
	}
	if err := m.Complete(); err != nil {
		return send.Result{State: send.Later}, err
	}
	if r.State == send.Delivered {
		p.taken = append(p.taken, m.Raw)
	}
	return r, err
}

func (p *post) Folders(context.Context) ([]box.Folder, error) {
	return []box.Folder{{Name: "INBOX", Selectable: true, Look: true}, {Name: "Sent", Selectable: true}}, nil
}

func (p *post) Scan(_ context.Context, _ string, from box.Position, s box.Scanning) (box.Position, error) {
	for i := int(from.LastUID); i < len(p.inbox); i++ {
		h := &box.Head{Folder: "INBOX", UID: uint32(i + 1), Header: p.inbox[i]}
		if s.Wanted(h) {
			if err := s.Message(h, p.inbox[i]); err != nil {
				return from, err
			}
		}
		from = box.Position{UIDValidity: 1, LastUID: uint32(i + 1)}
		if err := s.Reached(from); err != nil {
			return from, err
		}
	}
	return from, nil
}

func (p *post) FindSent(context.Context, string) (bool, error) { return false, nil }

func (p *post) FileSent(_ context.Context, id string, _ []byte, _ time.Time) (bool, error) {
	p.filed = append(p.filed, id)
	return p.full == nil, p.full
}

func (p *post) Watch(context.Context, string, time.Duration, func()) error { return nil }

// mailDesk is a desk with a mailbox and n e-mails in its outbox; at sets its clock.
func mailDesk(t *testing.T, n int) (d *Desk, at func(time.Time)) {
	t.Helper()
	now := time.Date(2026, 7, 31, 10, 0, 0, 0, time.UTC) // a Friday
	d, err := Open(t.TempDir()+"/a.quitus", func() time.Time { return now }, "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	_, err = d.Fill(t.Context(), func(x *ledger.Draft) error {
		x.Put(&ledger.Company{Name: "MENUISERIE ALBERT", Country: "FR", Email: "compta@albert.example"})
		x.Put(&ledger.Customer{Ref: "C001", Name: "DUPONT SARL", Type: ledger.CompanyCustomer, Country: "FR", Language: "fr", Email: "compta@dupont.example"})
		x.Put(&ledger.Invoice{Customer: 1, Number: "FA-2026-17", Issued: ledger.Day(2026, 5, 1), Due: ledger.Day(2026, 5, 31), Total: ledger.Euros(500000)})
		for i := range n {
			x.Put(&ledger.Message{Customer: 1, On: ledger.Day(2026, 7, 30), Model: "first_reminder", State: ledger.MessageWaiting, Amount: ledger.Euros(500000),
				Lines: []ledger.LetterLine{{Invoice: 1, Open: 500000}}, To: "compta@dupont.example", Subject: fmt.Sprintf("Relance %d", i+1), Body: "Bonjour,\n\nnous attendons votre règlement."})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.SaveMailAccount(t.Context(), ledger.MailAccount{Address: "compta@albert.example",
		IMAP: ledger.MailServer{Host: "imap.albert.example", Port: 993, Security: ledger.MailTLS},
		SMTP: ledger.MailServer{Host: "smtp.albert.example", Port: 465, Security: ledger.MailTLS}})
	if err != nil {
		t.Fatal(err)
	}
	return d, func(to time.Time) { now = to }
}

func quick() SendOptions {
	return SendOptions{Pause: func(context.Context, time.Duration) error { return nil }}
}

func (d *Desk) message(id ledger.MessageID) *ledger.Message {
	return d.State().Book.Messages.Get(uint32(id))
}

func TestSendOnceEach(t *testing.T) {
	d, _ := mailDesk(t, 3)
	p := &post{}
	for range 2 {
		r, err := d.Send(t.Context(), p, quick())
		if err != nil || len(p.taken) != 3 || r.Refused+r.Unknown+r.Later > 0 {
			t.Fatalf("%+v, %v, %d taken", r, err, len(p.taken))
		}
	}
	for i, raw := range p.taken {
		m := d.message(ledger.MessageID(i + 1))
		kept, err := d.RawMail(m.Raw)
		if err != nil || string(kept) != string(raw) || m.State != ledger.MessageSent || m.Sent != d.Today() || !m.Filed || m.Attempts != 1 {
			t.Errorf("%+v, %v", m, err)
		}
		if !strings.Contains(string(raw), "Message-ID: <"+m.Header+">") {
			t.Errorf("the message has another name than %s:\n%s", m.Header, raw)
		}
	}
	if len(p.filed) != 3 {
		t.Errorf("filed %v", p.filed)
	}
	if report, err := d.Verify(t.Context(), func(int, int) {}); err != nil || !report.OK() {
		t.Error(err, report.Problems)
	}
}

// Copies that cannot be put away now are no failure, and are put away by the next run; only what is refused about one copy lets the others go on.
func TestCopiesLater(t *testing.T) {
	for code, tried := range map[string]int{"mail_quota": 1, "mail_timeout": 1, "mail_refused_imap": 3} {
		d, _ := mailDesk(t, 3)
		p := &post{full: ledger.Errorf(code)}
		if r, err := d.Send(t.Context(), p, quick()); err != nil || r.Sent != 3 || len(p.filed) != tried || d.message(1).Filed {
			t.Errorf("%s: %+v, %v, tried %d times, not %d", code, r, err, len(p.filed), tried)
		}
		p.full, p.filed = nil, nil
		if _, err := d.Fetch(t.Context(), p, FetchOptions{Folder: t.TempDir()}); err != nil || len(p.filed) != 3 || !d.message(3).Filed {
			t.Errorf("%s, afterwards: %v, %v", code, err, p.filed)
		}
	}
}

// What became of a message decides about what comes next, and nothing but a passing refusal is tried again.
func TestOutcomes(t *testing.T) {
	broken := errors.New("broken")
	for _, c := range []struct {
		result send.Result
		err    error
		state  ledger.MessageState
		again  int // messages taken by a second run, an hour later
		stops  bool
	}{
		{send.Result{State: send.Delivered}, nil, ledger.MessageSent, 0, false},
		{send.Result{State: send.Later, Code: 451}, nil, ledger.MessageWaiting, 1, false},
		{send.Result{State: send.Refused, Code: 550, Answer: "no such user"}, nil, ledger.MessageRefused, 0, false},
		{send.Result{State: send.Unknown}, broken, ledger.MessageUnknown, 0, true},
		{send.Result{State: send.Later}, broken, ledger.MessageWaiting, 1, true},
	} {
		d, at := mailDesk(t, 1)
		p := &post{results: []send.Result{c.result}, errs: []error{c.err}}
		_, err := d.Send(t.Context(), p, quick())
		if m := d.message(1); m.State != c.state || (err != nil) != c.stops {
			t.Errorf("%s: %s, %v", c.result.State, m.State, err)
		}
		if c.result.State == send.Later && c.err == nil {
			if r, _ := d.Send(t.Context(), p, quick()); r.Waiting != 1 || len(p.taken) > 0 {
				t.Errorf("tried again at once: %+v", r)
			}
		}
		at(d.clock().Add(time.Hour))
		before := len(p.taken)
		if _, err := d.Send(t.Context(), p, quick()); err != nil || len(p.taken)-before != c.again {
			t.Errorf("%s: %d taken later, %v", c.result.State, len(p.taken)-before, err)
		}
	}
}

// A message that was being handed over when the program died is never sent again by itself.
func TestDiedWhileSending(t *testing.T) {
	d, _ := mailDesk(t, 1)
	if _, err := d.change(t.Context(), ledger.ActMail, nil, func(b *ledger.Draft) error {
		x := ledger.Clone(d.message(1))
		x.State = ledger.MessageSending
		b.Put(x)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	p := &post{}
	if r, err := d.Send(t.Context(), p, quick()); err != nil || len(p.taken) > 0 || d.message(1).State != ledger.MessageUnknown || r.Unknown != 1 {
		t.Fatalf("%d taken, %s, %+v, %v", len(p.taken), d.message(1).State, r, err)
	}
	if tasks := d.State().Agenda().Tasks; len(tasks) != 1 || tasks[0].Step != "mail_unknown" {
		t.Errorf("tasks %+v", tasks)
	}
	if _, err := d.Resend(t.Context(), 1, "comptabilite@dupont.example", true); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Send(t.Context(), p, quick()); err != nil || len(p.taken) != 1 || d.State().Book.Customer(1).Email != "comptabilite@dupont.example" {
		t.Errorf("%d taken, %v", len(p.taken), err)
	}
}

// Who answers an uncertain e-mail has it.
func TestUncertainAnswered(t *testing.T) {
	d, _ := mailDesk(t, 1)
	p := &post{results: []send.Result{{State: send.Unknown}}, errs: []error{errors.New("broken")}}
	if r, err := d.Send(t.Context(), p, quick()); err == nil || r.Unknown != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	p.inbox = [][]byte{answer("In-Reply-To: <"+d.message(1).Header+">\r\n", "Re: Relance 1", "Bien reçu.")}
	if r, err := d.Fetch(t.Context(), p, FetchOptions{Folder: t.TempDir()}); err != nil || r.Replies != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if m := d.message(1); m.State != ledger.MessageSent || m.Sent != d.Today() {
		t.Errorf("%+v", m)
	}
}

// Dropped or edited at the last moment, a message does not leave as it was.
func TestChangedWhileSending(t *testing.T) {
	d, _ := mailDesk(t, 1)
	p := &post{}
	p.before = func() {
		p.before = nil
		if _, err := d.EditMessage(t.Context(), 1, MessageEdit{To: "compta@dupont.example", Subject: "Autre", Body: "Autre"}); err != nil {
			t.Error(err)
		}
	}
	if _, err := d.Send(t.Context(), p, quick()); err != nil || len(p.taken) > 0 {
		t.Fatalf("%d taken, %v", len(p.taken), err)
	}
	if _, err := d.Send(t.Context(), p, quick()); err != nil || len(p.taken) != 1 || !strings.Contains(string(p.taken[0]), "Autre") {
		t.Errorf("%d taken, %v", len(p.taken), err)
	}
}

func TestHoursDelay(t *testing.T) {
	for _, c := range []struct{ now, leaves string }{
		{"2026-07-31T10:00", "2026-07-31T10:00"}, {"2026-07-31T07:00", "2026-07-31T09:00"},
		{"2026-07-31T18:00", "2026-08-03T09:00"}, {"2026-08-01T11:00", "2026-08-03T09:00"}, // over a week-end
		{"2026-07-13T20:00", "2026-07-15T09:00"}, // a holiday
	} {
		now, _ := time.Parse("2006-01-02T15:04", c.now)
		if got := inHours(ledger.Company{Country: "FR"}, now).Format("2006-01-02T15:04"); got != c.leaves {
			t.Errorf("%s: %s, want %s", c.now, got, c.leaves)
		}
	}
	d, at := mailDesk(t, 1)
	at(time.Date(2026, 7, 31, 20, 15, 0, 0, time.UTC))
	p := &post{}
	if r, err := d.Send(t.Context(), p, quick()); err != nil || r.Waiting != 1 || r.Next.Format("01-02 15:04") != "08-03 09:00" {
		t.Errorf("%+v, %v", r, err)
	}
	now := quick()
	now.Now = true
	if _, err := d.Send(t.Context(), p, now); err != nil || len(p.taken) != 1 {
		t.Errorf("%d taken, %v", len(p.taken), err)
	}
}

// answer is a message that a customer's program makes.
func answer(header, subject, text string) []byte {
	return []byte("From: Paul Dupont <compta@dupont.example>\r\nTo: compta@albert.example\r\nDate: Fri, 31 Jul 2026 11:00:00 +0200\r\n" +
		"Message-ID: <" + fmt.Sprint(len(text)) + "@dupont.example>\r\n" + header + "Subject: " + subject + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n")
}

func TestFetch(t *testing.T) {
	d, _ := mailDesk(t, 2)
	p := &post{}
	if _, err := d.Send(t.Context(), p, quick()); err != nil {
		t.Fatal(err)
	}
	first := d.message(1)
	p.inbox = [][]byte{
		answer("", "Recette de cuisine", "Des pommes."),
		answer("In-Reply-To: <"+first.Header+">\r\n", "Re: Relance 1", "Nous confirmons le paiement le 10 août."),
		answer("", "Votre relance", "Voir "+reply.TokenOf(d.mailKey(), 2)),
		answer("In-Reply-To: <"+first.Header+">\r\nAuto-Submitted: auto-replied\r\n", "Absence", "Je suis absent."),
	}
	folder := t.TempDir()
	r, err := d.Fetch(t.Context(), p, FetchOptions{Folder: folder})
	if err != nil || r.Replies != 2 || r.Autos != 1 || r.Looked != 4 {
		t.Fatalf("%+v, %v", r, err)
	}
	waiting := d.State().Replies()
	if len(waiting) != 2 || waiting[0].Message != 1 || waiting[0].Found != ledger.FoundThread || waiting[1].Message != 2 || waiting[1].Found != ledger.FoundReference {
		t.Fatalf("%+v", waiting)
	}
	if raw, err := d.RawMail(waiting[0].Raw); err != nil || string(raw) != string(p.inbox[1]) {
		t.Errorf("%v\n%s", err, raw)
	}
	if r, err := d.Fetch(t.Context(), p, FetchOptions{Folder: folder}); err != nil || r.Looked != 0 {
		t.Errorf("again: %+v, %v", r, err)
	}
	if r, err := d.Fetch(t.Context(), p, FetchOptions{Folder: t.TempDir()}); err != nil || r.Looked != 4 || r.Replies != 0 || len(d.State().Replies()) != 2 {
		t.Errorf("from the beginning: %+v, %v", r, err)
	}
	// Decided, with the promise that it announces.
	due := ledger.Day(2026, 8, 10)
	if _, err := d.DecideReply(t.Context(), ReplyDecision{Reply: waiting[0].ID, Meant: ledger.MeansPays, Acknowledges: []ledger.InvoiceID{1},
		Promise: &ledger.Promise{Due: due, Amount: ledger.Euros(500000)}}); err != nil {
		t.Fatal(err)
	}
	if got := d.State().Book.PromisesOf(1); len(got) != 1 || got[0].Due != due || len(d.State().Replies()) != 1 || len(d.State().Book.InterruptionsOf(1)) != 1 {
		t.Errorf("promises %+v", got)
	}
}

func TestBounce(t *testing.T) {
	d, _ := mailDesk(t, 1)
	p := &post{}
	if _, err := d.Send(t.Context(), p, quick()); err != nil {
		t.Fatal(err)
	}
	p.inbox = [][]byte{[]byte(strings.ReplaceAll(`From: MAILER-DAEMON@mx.example
To: compta@albert.example
Subject: Undelivered Mail Returned to Sender
Date: Fri, 31 Jul 2026 11:00:00 +0200
Message-ID: <b1@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; compta@dupont.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown
--b
Content-Type: text/rfc822-headers

Message-ID: <`+d.message(1).Header+`>
Subject: Relance 1

--b--
`, "\n", "\r\n"))}
	r, err := d.Fetch(t.Context(), p, FetchOptions{Folder: t.TempDir()})
	if err != nil || r.Bounces != 1 || r.Replies != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	if m := d.message(1); m.State != ledger.MessageRefused || !strings.Contains(m.Answer, "user unknown") {
		t.Errorf("%+v", m)
	}
	if tasks := d.State().Agenda().Tasks; len(tasks) != 1 || tasks[0].Step != "mail_refused" {
		t.Errorf("tasks %+v", tasks)
	}
	entries, _ := d.Journal(1)
	if _, _, err := d.Undo(t.Context(), entries[0].Seq); ledger.CodeOf(err) != "mail_not_undone" {
		t.Error(err)
	}
}
