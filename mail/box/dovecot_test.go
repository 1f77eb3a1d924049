package box

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"quitus/ledger"
	"quitus/mail"
	"quitus/mail/mailtest"
)

const fullBox = "pleine@vasseur.test"

func accessTo(s *mailtest.Server, who string) mail.Access {
	return mail.Access{User: who, Secret: mailtest.Password, Roots: s.Roots, Timeout: 30 * time.Second}
}

// owner is a plain connection of the owner's mail program, which may change things.
func owner(t testing.TB, s *mailtest.Server, who string) *imapclient.Client {
	t.Helper()
	c, err := imapclient.DialTLS(fmt.Sprintf("%s:%d", s.IMAP.Host, s.IMAP.Port), &imapclient.Options{TLSConfig: accessTo(s, who).TLS(s.IMAP.Host)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.Login(who, mailtest.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDovecotMailbox(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{Users: []string{fullBox}, Full: []string{fullBox}})

	t.Run("login", func(t *testing.T) {
		for _, how := range []ledger.MailServer{s.IMAP, s.IMAPStartTLS} {
			if err := Check(t.Context(), how, accessTo(s, mailtest.Owner)); err != nil {
				t.Errorf("%s: %v", how.Security, err)
			}
			wrong := accessTo(s, mailtest.Owner)
			wrong.Secret = "Sésame, ferme-toi"
			if err := Check(t.Context(), how, wrong); ledger.CodeOf(err) != "mail_login_imap" || strings.Contains(err.Error(), wrong.Secret) {
				t.Errorf("%s, wrong password: %v", how.Security, err)
			}
		}
		crossed := s.IMAP // TLS where the server waits for STARTTLS
		crossed.Port = s.IMAPStartTLS.Port
		if err := Check(t.Context(), crossed, accessTo(s, mailtest.Owner)); ledger.CodeOf(err) != "mail_connection" {
			t.Errorf("TLS at the wrong port: %v", err)
		}
	})

	t.Run("folders", func(t *testing.T) {
		c := owner(t, s, mailtest.Customer)
		for n := range 300 {
			if err := c.Create(fmt.Sprintf("Chantiers/%03d/Réponses & relances", n), nil).Wait(); err != nil {
				t.Fatal(err)
			}
		}
		list, err := open(t, s.IMAP, accessTo(s, mailtest.Customer)).Folders(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		byUse, looked := map[Use]string{}, 0
		for _, f := range list {
			if f.Use != "" {
				byUse[f.Use] = f.Name
			}
			if f.Look {
				looked++
			}
		}
		if want := map[Use]string{UseInbox: "INBOX", UseSent: "Sent", UseJunk: "Junk", UseTrash: "Trash", UseDrafts: "Drafts"}; !maps.Equal(byUse, want) {
			t.Errorf("uses: %v", byUse)
		}
		if looked != 302 || !slices.ContainsFunc(list, func(f Folder) bool { return f.Name == "Chantiers/007/Réponses & relances" && f.Look }) {
			t.Errorf("%d are looked through", looked)
		}
	})

	t.Run("replies", func(t *testing.T) {
		for n := range 3 {
			s.Deliver(mailtest.Owner, []byte(message(n+1)))
		}
		b := open(t, s.IMAPStartTLS, accessTo(s, mailtest.Owner))
		var got found
		at, err := b.Scan(t.Context(), "INBOX", Position{}, got.scanning())
		if err != nil || at.LastUID != 3 || len(got.whole) != 3 || got.whole[2] != string(s.Messages(mailtest.Owner, "INBOX")[1]) {
			t.Fatalf("%v %d %v", at, len(got.whole), err)
		}
		c := owner(t, s, mailtest.Owner)
		status, err := c.Status("INBOX", &imap.StatusOptions{NumUnseen: true}).Wait()
		if err != nil || *status.NumUnseen != 3 {
			t.Errorf("unread after it was looked through: %v %v", status, err)
		}

		// A folder that the owner makes anew has other numbers.
		var first Position
		for range 2 {
			if err := errors.Join(c.Create("Clients", nil).Wait(), copyTo(c, "Clients")); err != nil {
				t.Fatal(err)
			}
			now, err := b.Scan(t.Context(), "Clients", first, got.scanning())
			if err != nil || len(got.whole) != 3 || now.UIDValidity == first.UIDValidity {
				t.Errorf("%v after %v, %d messages: %v", now, first, len(got.whole), err)
			}
			first = now
			if err := errors.Join(c.Unselect().Wait(), c.Delete("Clients").Wait()); err != nil {
				t.Fatal(err)
			}
		}
	})

	t.Run("renumbered", func(t *testing.T) {
		b := open(t, s.IMAP, accessTo(s, mailtest.Owner))
		var got found
		before, err := b.Scan(t.Context(), "INBOX", Position{}, got.scanning())
		if err != nil {
			t.Fatal(err)
		}
		b.Close()
		s.Renumber(mailtest.Owner, "INBOX")
		after, err := b.Scan(t.Context(), "INBOX", before, got.scanning())
		if err != nil || after.UIDValidity == before.UIDValidity || len(got.whole) != 3 {
			t.Errorf("%v, then %v with %d: %v", before, after, len(got.whole), err)
		}
	})

	t.Run("sent", func(t *testing.T) {
		b := open(t, s.IMAP, accessTo(s, mailtest.Owner))
		raw := []byte(strings.ReplaceAll(message(77), "Bonjour", strings.Repeat("Bonjour\r\n", 20_000)))
		for n, want := range []bool{true, false} {
			if filed, err := b.FileSent(t.Context(), "m77@client.test", raw, day(3)); filed != want || err != nil {
				t.Errorf("time %d: %v %v", n+1, filed, err)
			}
		}
		if list := s.Messages(mailtest.Owner, "Sent"); len(list) != 1 || string(list[0]) != string(raw) {
			t.Errorf("%d copies", len(list))
		}
		status, err := owner(t, s, mailtest.Owner).Status("Sent", &imap.StatusOptions{NumUnseen: true}).Wait()
		if err != nil || *status.NumUnseen != 0 {
			t.Errorf("unread: %v %v", status, err)
		}
		for id, want := range map[string]bool{"m77@client.test": true, "m7": false} {
			if got, err := b.FindSent(t.Context(), id); got != want || err != nil {
				t.Errorf("%s: %v %v", id, got, err)
			}
		}
		if filed, err := open(t, s.IMAP, accessTo(s, fullBox)).FileSent(t.Context(), "m77@client.test", raw, day(3)); filed || ledger.CodeOf(err) != "mail_quota" {
			t.Errorf("a full mailbox: %v %v", filed, err)
		}
	})

	t.Run("watch", func(t *testing.T) {
		b := open(t, s.IMAP, accessTo(s, mailtest.Owner))
		b.idle = 200 * time.Millisecond
		var seen []uint32
		var got found
		at, err := b.Scan(t.Context(), "INBOX", Position{}, got.scanning())
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		begun := false
		err = b.Watch(ctx, "INBOX", time.Minute, func() {
			if !begun {
				begun = true
				time.AfterFunc(500*time.Millisecond, func() { s.Deliver(mailtest.Owner, []byte(message(9))) })
				return
			}
			if at, err = b.Scan(ctx, "INBOX", at, got.scanning()); err != nil {
				t.Error(err)
			}
			seen = got.heads
			cancel()
		})
		if !errors.Is(err, context.Canceled) || len(seen) != 1 || !strings.HasSuffix(got.whole[seen[0]], message(9)) {
			t.Errorf("seen %v: %v", seen, err)
		}

		// The server dies: the watch says so.
		ended := make(chan error, 1)
		b = open(t, s.IMAP, accessTo(s, mailtest.Owner))
		go func() { ended <- b.Watch(t.Context(), "INBOX", time.Minute, s.Stop) }()
		select {
		case err := <-ended:
			if !slices.Contains([]string{"mail_connection", "mail_unreachable", "mail_later_imap"}, ledger.CodeOf(err)) {
				t.Errorf("the server dies: %v", err)
			}
		case <-time.After(20 * time.Second):
			t.Error("the watch does not notice that the server died")
		}
	})
}

// copyTo copies the inbox to another folder.
func copyTo(c *imapclient.Client, folder string) error {
	if _, err := c.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		return err
	}
	_, err := c.Copy(imap.SeqSet{{Start: 1, Stop: 0}}, folder).Wait()
	return err
}

func TestDovecotCertificates(t *testing.T) {
	for kind, reason := range map[mailtest.Certificate]string{mailtest.Expired: "expired", mailtest.OtherHost: "host", mailtest.Stranger: "authority"} {
		s := mailtest.Start(t, mailtest.Options{Certificate: kind})
		for _, how := range []ledger.MailServer{s.IMAP, s.IMAPStartTLS} {
			err := Check(t.Context(), how, accessTo(s, mailtest.Owner))
			known := (*ledger.Error)(nil)
			if !errors.As(err, &known) || known.Code != "mail_certificate" || known.Args["reason"] != ledger.Term("mail.certificate."+reason) {
				t.Errorf("%s by %s: %v", kind, how.Security, err)
			}
		}
	}
}

// large is a mailbox of years: n messages, of which all but the last few are old news; every hundredth is a reply.
func large(n int) func(int) []byte {
	lorem := strings.Repeat("Nous vous prions de trouver ci-joint notre offre, valable jusqu'au mois prochain.\r\n", 40)
	return func(i int) []byte {
		reply := ""
		if i%100 == 99 {
			reply = fmt.Sprintf("In-Reply-To: <q%d@vasseur.test>\r\nReferences: <q%d@vasseur.test>\r\n", i, i)
		}
		return fmt.Appendf(nil, "Return-Path: <c%d@client.test>\r\nReceived: from mx.client.test by mx.vasseur.test; Mon, 7 Sep 2026 09:%02d:00 +0200\r\n"+
			"Message-ID: <m%d@client.test>\r\nDate: Mon, 7 Sep 2026 09:%02d:00 +0200\r\nFrom: =?utf-8?q?Soci=C3=A9t=C3=A9_%d?= <c%d@client.test>\r\nTo: compta@vasseur.test\r\n"+
			"Subject: Re: facture %d\r\n%sMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour, message %d.\r\n%s"+
			"--b%d\r\nContent-Type: application/pdf; name=offre.pdf\r\nContent-Disposition: attachment; filename=offre.pdf\r\n\r\n%%PDF\r\n--b%d--\r\n",
			i, i/60%60, i, i/60%60, i, i, i, reply, i, i, i, lorem, i, i)
	}
}

// A mailbox of 50,000 messages is looked through from a day on, all of it, and the next day.
func TestDovecotLargeMailbox(t *testing.T) {
	const n = 50_000
	s := mailtest.Start(t, mailtest.Options{})
	s.Fill(mailtest.Owner, "INBOX", n, large(n))
	b := open(t, s.IMAP, accessTo(s, mailtest.Owner))
	seen, whole, reached := 0, 0, 0
	all := Scanning{
		Wanted:  func(h *Head) bool { seen++; return strings.Contains(string(h.Header), "In-Reply-To: <q") },
		Message: func(*Head, []byte) error { whole++; return nil },
		Reached: func(Position) error { reached++; return nil },
	}
	at, err := b.Scan(t.Context(), "INBOX", Position{}, all)
	if err != nil || seen != n || whole != n/100 || at.LastUID != n || reached < n/headsAtOnce {
		t.Fatalf("%v: %d heads, %d replies, %d times: %v", at, seen, whole, reached, err)
	}
	s.Deliver(mailtest.Owner, []byte(message(1)))
	seen, whole = 0, 0
	if at, err = b.Scan(t.Context(), "INBOX", at, all); err != nil || seen != 1 || at.LastUID != n+1 {
		t.Errorf("the next day: %v, %d heads: %v", at, seen, err)
	}
	// From a day on: all but the one that was just delivered came years ago.
	seen = 0
	all.Since = ledger.Day(2025, 1, 1)
	if at, err = b.Scan(t.Context(), "INBOX", Position{}, all); err != nil || seen != 1 || at.LastUID != n+1 {
		t.Errorf("from a day on: %v, %d heads: %v", at, seen, err)
	}
}
