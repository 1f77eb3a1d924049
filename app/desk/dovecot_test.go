package desk

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
	"quitus/mail"
	"quitus/mail/mailtest"
	"quitus/mail/reply"
	"quitus/mail/send"
)

// absent is a customer's address whose mailbox answers by itself.
const absent = "absent@client.test"

// postedDesk is a desk whose mailbox is on a server of tests, with e-mails in its outbox to the addresses given.
func postedDesk(t *testing.T, s *mailtest.Server, to ...string) (*Desk, *road) {
	t.Helper()
	d, _ := mailDesk(t, len(to))
	a := ledger.Clone(d.State().Book.Mail())
	a.Address, a.IMAP, a.SMTP = mailtest.Owner, s.IMAPStartTLS, s.SMTPStartTLS
	if _, err := d.SaveMailAccount(t.Context(), *a); err != nil {
		t.Fatal(err)
	}
	for i, address := range to {
		edit := MessageEdit{To: address, Subject: fmt.Sprintf("Relance n° %d : été", i+1), Body: "Bonjour,\n\nnous attendons votre règlement de 5 000,00 €."}
		if _, err := d.EditMessage(t.Context(), ledger.MessageID(i+1), edit); err != nil {
			t.Fatal(err)
		}
	}
	return d, &road{imap: s.IMAPStartTLS, smtp: s.SMTPStartTLS, roots: s.Roots, secret: mailtest.Password}
}

// writes lets a customer answer: by submission, from a mailbox of theirs.
func writes(t *testing.T, s *mailtest.Server, from string, raw []byte) {
	t.Helper()
	access := mail.Access{User: from, Secret: mailtest.Password, Roots: s.Roots}
	session := send.NewSession(s.SMTP, access)
	defer session.Close()
	if r, err := session.Send(t.Context(), send.Message{From: from, To: []string{mailtest.Owner}, Raw: raw}); err != nil || r.State != send.Delivered {
		t.Fatalf("%+v, %v", r, err)
	}
}

// letter is a message in the form that mail programs give it.
func letter(from, header, body string) []byte {
	text := "From: Paul Dupont <" + from + ">\nTo: " + mailtest.Owner + "\nDate: Fri, 31 Jul 2026 11:00:00 +0200\n" +
		header + "MIME-Version: 1.0\n"
	if !strings.Contains(header, "Content-Type:") {
		text += "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
	}
	return []byte(strings.ReplaceAll(text+"\n"+body+"\n", "\n", "\r\n"))
}

// opens gives the n-th message of a mailbox, from 0, and the words that a person reads in it.
func opens(t *testing.T, s *mailtest.Server, who string, n int) (raw []byte, m *reply.Message) {
	t.Helper()
	list := s.Messages(who, mailtest.Inbox)
	if len(list) <= n {
		t.Fatalf("%d messages in the mailbox of %s", len(list), who)
	}
	m, err := reply.Read(list[n])
	if err != nil {
		t.Fatal(err)
	}
	return list[n], m
}

var reference = regexp.MustCompile(`\[Q-[0-9A-Z]+-[0-9A-Z]+\]`)

// returned is the report that a relay sends back on a message that it had taken.
func returned(to, header string) []byte {
	return letter("MAILER-DAEMON@mx.sink.test", "Subject: Undelivered Mail Returned to Sender\nMessage-ID: <b1@mx.sink.test>\nAuto-Submitted: auto-replied\n"+
		"Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n", "--b\nContent-Type: text/plain\n\nI'm sorry to have to inform you.\n--b\n"+
		"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.sink.test\n\nFinal-Recipient: rfc822; "+to+"\nAction: failed\nStatus: 5.1.1\n"+
		"Diagnostic-Code: smtp; 550 5.1.1 user unknown\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <"+header+">\nSubject: Relance\n\n--b--")
}

// The whole way with real servers: sent, delivered, answered, found, kept, decided.
func TestDovecotCase(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{Users: []string{absent}})
	gone := "parti@" + mailtest.SinkDomain
	d, w := postedDesk(t, s, mailtest.Customer, mailtest.Customer, absent, gone, "nobody@elsewhere.test")
	places := FetchOptions{Folder: t.TempDir()}
	r, err := d.Send(t.Context(), w, quick())
	if err != nil || r.Sent != 4 || r.Refused != 1 || r.Unknown+r.Later > 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	if m := d.message(5); m.State != ledger.MessageRefused || m.Code != 550 || m.Filed {
		t.Errorf("to nobody: %+v", m)
	}
	checkCopies(t, d, s, 4)
	first, _ := opens(t, s, mailtest.Customer, 0)
	_, second := opens(t, s, mailtest.Customer, 1)
	if kept, err := d.RawMail(d.message(1).Raw); err != nil || !bytes.HasSuffix(first, kept) {
		t.Errorf("the customer has other bytes than the ledger: %v\n%s", err, first)
	}
	token := reference.FindString(second.Text + second.Signature)
	if token == "" {
		t.Fatalf("no reference in %q", second.Text)
	}

	const canary = "recette-de-tarte-4711"
	writes(t, s, mailtest.Customer, letter(mailtest.Customer, "Subject: Recette\nMessage-ID: <p1@client.test>\n", canary))
	writes(t, s, mailtest.Customer, letter(mailtest.Customer, "Subject: Re: Relance\nMessage-ID: <r1@client.test>\nIn-Reply-To: <"+headerOf(first)+">\n",
		"Nous confirmons le paiement de 5 000,00 € le 10 août."))
	writes(t, s, mailtest.Customer, letter(mailtest.Customer, "Subject: Votre courrier\nMessage-ID: <r2@client.test>\n", "Nous contestons cette facture ("+token+")."))
	writes(t, s, absent, letter(absent, "Subject: Absence\nMessage-ID: <a1@client.test>\nAuto-Submitted: auto-replied\nIn-Reply-To: <"+d.message(3).Header+">\n", "Je suis absent."))
	s.Deliver(mailtest.Owner, returned(gone, d.message(4).Header))
	for i := range 30 {
		s.Deliver(mailtest.Owner, letter(fmt.Sprintf("ami%d@ailleurs.test", i), fmt.Sprintf("Subject: Salut\nMessage-ID: <s%d@ailleurs.test>\n", i), canary))
	}

	f, err := d.Fetch(t.Context(), w, places)
	if err != nil || f.Replies != 2 || f.Autos != 1 || f.Bounces != 1 || f.Left != 0 || f.Looked != 35 {
		t.Fatalf("%+v, %v", f, err)
	}
	checkReplies(t, d, s, canary, 4)
	waiting := d.State().Replies()
	slices.SortFunc(waiting, func(a, b *ledger.Reply) int { return cmp.Compare(a.Message, b.Message) })
	if len(waiting) != 2 || waiting[0].Message != 1 || waiting[0].Found != ledger.FoundThread || waiting[0].Proposed != ledger.MeansPays ||
		waiting[1].Message != 2 || waiting[1].Found != ledger.FoundReference || waiting[1].Proposed != ledger.MeansContests {
		t.Fatalf("%+v", waiting)
	}
	if m := d.message(4); m.State != ledger.MessageRefused || !strings.Contains(m.Answer, "user unknown") {
		t.Errorf("came back: %+v", m)
	}
	if f, err := d.Fetch(t.Context(), w, places); err != nil || f.Looked != 0 {
		t.Errorf("again: %+v, %v", f, err)
	}
	// Renumbered, all is looked at again, and nothing is kept twice.
	s.Stop()
	s.Renumber(mailtest.Owner, mailtest.Inbox)
	s.Resume()
	if f, err := d.Fetch(t.Context(), w, places); err != nil || f.Looked != 35 || f.Replies+f.Bounces+f.Autos != 0 {
		t.Errorf("renumbered: %+v, %v", f, err)
	}
	checkReplies(t, d, s, canary, 4)
	checkCopies(t, d, s, 4)

	if _, err := d.DecideReply(t.Context(), ReplyDecision{Reply: waiting[0].ID, Meant: ledger.MeansPays,
		Promise: &ledger.Promise{Due: ledger.Day(2026, 8, 10), Amount: ledger.Euros(500000)}}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.DecideReply(t.Context(), ReplyDecision{Reply: waiting[1].ID, Meant: ledger.MeansContests}); err != nil {
		t.Fatal(err)
	}
	if len(d.State().Replies()) != 0 || len(d.State().Book.PromisesOf(1)) != 1 {
		t.Error("something waits still")
	}
	if report, err := d.Verify(t.Context(), nil); err != nil || !report.OK() {
		t.Error(err, report.Problems)
	}
}

// checkCopies checks that what was sent, and nothing else, is once among the sent messages, byte for byte.
func checkCopies(t *testing.T, d *Desk, s *mailtest.Server, n int) {
	t.Helper()
	copies := s.Messages(mailtest.Owner, "Sent")
	if len(copies) != n {
		t.Errorf("%d copies, not %d", len(copies), n)
	}
	for m := range d.State().Book.Messages.All() {
		if m.Raw == "" || !m.Filed {
			continue
		}
		raw, err := d.RawMail(m.Raw)
		if err != nil || !slices.ContainsFunc(copies, func(c []byte) bool { return bytes.Equal(c, raw) }) {
			t.Errorf("no copy of message %d: %v", m.ID, err)
		}
	}
}

// checkReplies checks that n messages are kept as they lie in the mailbox, and that nothing of private ones is in the ledger's file.
func checkReplies(t *testing.T, d *Desk, s *mailtest.Server, private string, n int) {
	t.Helper()
	inbox := s.Messages(mailtest.Owner, mailtest.Inbox)
	count := 0
	for r := range d.State().Book.Replies.All() {
		count++
		raw, err := d.RawMail(r.Raw)
		if err != nil || !slices.ContainsFunc(inbox, func(m []byte) bool { return bytes.Equal(m, raw) }) {
			t.Errorf("reply %d is not as it came: %v", r.ID, err)
		}
	}
	if count != n {
		t.Errorf("%d replies are kept, not %d", count, n)
	}
	file, err := os.ReadFile(d.Path())
	if err != nil || bytes.Contains(file, []byte(private)) || !bytes.Contains(file, []byte("Nous confirmons")) {
		t.Errorf("the ledger has private mail, or not the replies: %v", err)
	}
}

// A wrong password or certificate is told, and nothing is sent or lost for it.
func TestDovecotRefusals(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	d, w := postedDesk(t, s, mailtest.Customer)
	wrong := *w
	wrong.secret = "Sésame, ferme-toi"
	old := mailtest.Start(t, mailtest.Options{Certificate: mailtest.Expired})
	expired := &road{imap: old.IMAP, smtp: old.SMTP, roots: old.Roots, secret: mailtest.Password}
	for _, c := range []struct {
		way       *road
		out, back string
	}{{&wrong, "mail_login_smtp", "mail_login_imap"}, {expired, "mail_certificate", "mail_certificate"}} {
		if _, err := d.Send(t.Context(), c.way, quick()); ledger.CodeOf(err) != c.out || strings.Contains(err.Error(), c.way.secret) {
			t.Errorf("sent: %v", err)
		}
		_, err := d.Fetch(t.Context(), c.way, FetchOptions{Folder: t.TempDir()})
		var e *ledger.Error
		if !errors.As(err, &e) || e.Code != c.back || strings.Contains(err.Error(), c.way.secret) {
			t.Errorf("fetched: %v", err)
		}
		if e != nil && e.Code == "mail_certificate" && e.Args["reason"] != ledger.Term("mail.certificate.expired") {
			t.Errorf("reason %v", e.Args["reason"])
		}
		if m := d.message(1); m.State != ledger.MessageWaiting || m.Attempts != 0 {
			t.Errorf("%+v", m)
		}
	}
	if r, err := d.Send(t.Context(), w, quick()); err != nil || r.Sent != 1 || len(s.Relayed()) != 1 || len(old.Relayed()) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// A mailbox without room for the copy is no failure of sending.
func TestDovecotFullMailbox(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{Full: []string{mailtest.Owner}})
	d, w := postedDesk(t, s, mailtest.Customer, mailtest.Customer)
	if r, err := d.Send(t.Context(), w, quick()); err != nil || r.Sent != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	for id := range 2 {
		if m := d.message(ledger.MessageID(id + 1)); m.State != ledger.MessageSent || m.Filed {
			t.Errorf("%+v", m)
		}
	}
	if n := len(s.Messages(mailtest.Customer, mailtest.Inbox)); n != 2 || len(s.Messages(mailtest.Owner, "Sent")) != 0 {
		t.Errorf("%d arrived", n)
	}
	if f, err := d.Fetch(t.Context(), w, FetchOptions{Folder: t.TempDir()}); err != nil {
		t.Errorf("%+v, %v", f, err)
	}
}

// What is written to do harm stops nothing: the answer behind it is found.
func TestDovecotHostile(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	d, w := postedDesk(t, s, mailtest.Customer)
	if _, err := d.Send(t.Context(), w, quick()); err != nil {
		t.Fatal(err)
	}
	answers := "In-Reply-To: <" + d.message(1).Header + ">\n"
	deep := "Content-Type: multipart/mixed; boundary=b0\n"
	var nested strings.Builder
	for i := range 200 {
		fmt.Fprintf(&nested, "--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i+1)
	}
	nested.WriteString("--b200\n\nDedans.\n--b200--\n")
	id := func(n int) string { return fmt.Sprintf("Message-ID: <h%d@client.test>\n", n) }
	hostile := [][]byte{
		letter(mailtest.Customer, id(1)+answers+"Subject: Bombe\n"+strings.Repeat("X-Bomb: "+strings.Repeat("x", 900)+"\n", 5000), "Boum."),
		letter(mailtest.Customer, id(2)+"References: "+strings.Repeat("<x@y.test>\n ", 200_000)+"<z@y.test>\n", "Boum."),
		letter(mailtest.Customer, id(3)+answers+deep, nested.String()),
		letter(mailtest.Customer, id(4)+answers+"Subject: =?nowhere?Q?=FF=FE?=\nContent-Type: text/plain; charset=nowhere\n", "\xff\xfe\xc3\x28 \x00 payé"),
		letter(mailtest.Customer, id(5)+answers+"Subject: =?utf-8?Q?Oui=0D=0ABcc:_voleur@sink.test?=\nContent-Type: multipart/mixed; boundary=b\n",
			"--b\nContent-Type: application/pdf; name=\"=?utf-8?Q?../../a=0D=0Ab.exe?=\"\nContent-Disposition: attachment; filename*=utf-8''..%2F..%2Fa%0D%0Ab.exe\n\nx\n--b--"),
		letter(mailtest.Customer, id(6)+answers+"Subject: Gros\n", strings.Repeat(strings.Repeat("x", 76)+"\n", 100<<20/77)),
		letter(mailtest.Customer, id(7)+answers+"Subject: Re: Relance\n", "Nous confirmons le montant."),
	}
	for _, m := range hostile {
		s.Deliver(mailtest.Owner, m)
	}
	f, err := d.Fetch(t.Context(), w, FetchOptions{Folder: t.TempDir()})
	if err != nil {
		t.Fatalf("%+v, %v", f, err)
	}
	kept := map[string]*ledger.Reply{}
	for r := range d.State().Book.Replies.All() {
		kept[r.Header] = r
		if strings.ContainsAny(r.Subject, "\r\n\x00") || strings.ContainsRune(r.Text, 0) || strings.ToValidUTF8(r.Text, "") != r.Text {
			t.Errorf("%s: %q %q", r.Header, r.Subject, r.Text)
		}
	}
	for n, want := range map[int]bool{1: false, 2: false, 3: true, 4: true, 5: true, 6: false, 7: true} {
		if got := kept[fmt.Sprintf("h%d@client.test", n)] != nil; got != want {
			t.Errorf("message %d is kept: %v", n, got)
		}
	}
	if f.Left != 3 || f.Replies != 4 { // the owner hears of what may be an answer and could not be read
		t.Errorf("%+v", f)
	}
	if report, err := d.Verify(t.Context(), nil); err != nil || !report.OK() {
		t.Error(err, report.Problems)
	}
}

// Nothing that the owner or an import wrote can put a line into an e-mail's header.
func TestDovecotInjection(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	d, w := postedDesk(t, s, mailtest.Customer, mailtest.Customer, mailtest.Customer)
	thief := "voleur@" + mailtest.SinkDomain
	_, err := d.Fill(t.Context(), func(x *ledger.Draft) error {
		for id, how := range map[ledger.MessageID]func(*ledger.Message){
			1: func(m *ledger.Message) { m.Subject = "Relance\r\nBcc: " + thief + "\r\n\r\nAutre texte" },
			2: func(m *ledger.Message) { m.To = mailtest.Customer + "\r\nBcc: " + thief },
		} {
			m := ledger.Clone(x.Book().Messages.Get(uint32(id)))
			how(m)
			x.Put(m)
		}
		c := x.Book().Company()
		c.Name = "ALBERT\r\nBcc: " + thief
		x.Put(&c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Send(context.Background(), w, quick()); err != nil {
		t.Fatal(err)
	}
	for _, m := range s.Relayed() {
		head, _, _ := bytes.Cut(m.Raw, []byte("\r\n\r\n"))
		if len(m.To) != 1 || m.To[0] != mailtest.Customer || regexp.MustCompile(`(?im)^bcc:`).Match(head) {
			t.Errorf("injected: %v\n%s", m.To, head)
		}
	}
	if m := d.message(3); m.State != ledger.MessageSent {
		t.Errorf("%+v", m)
	}
}
