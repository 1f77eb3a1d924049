//go:build ci && driven

package driven

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quitus/app/cli"
	"quitus/app/desk"
	"quitus/ledger"
	"quitus/mail/mailtest"
)

// accountant is whom the sample company's first customer is written to.
const accountant = "c.lepage@garage-tessonnier.example"

// password has no accents: the keyboard of the virtual display has none.
const password = "Sesame, ouvre-toi 1"

// alikeTimed is the share of pixels in which a list with times of the day may differ.
const alikeTimed = 0.01

// story is the window beside real mail servers. Its twin has no mailbox to reach: it is made anew from the ledger wherever the mailbox changed it.
type story struct {
	*pair
	server *mailtest.Server
	path   string
}

// newStory starts servers, and the program on the sample company with a mailbox of theirs, of which no keyring knows the password.
func newStory(t *testing.T) *story {
	t.Helper()
	theProgram(t)
	s := &story{pair: &pair{}, server: mailtest.Start(t, mailtest.Options{Users: []string{accountant}, Password: password}), path: sample(t)}
	t.Setenv("SSL_CERT_FILE", s.server.CAFile)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	d, err := desk.Open(s.path, clock, "test")
	if err != nil {
		t.Fatal(err)
	}
	account := ledger.MailAccount{Address: mailtest.Owner, IMAP: s.server.IMAP, SMTP: s.server.SMTPStartTLS}
	if _, err := d.SaveMailAccount(context.Background(), account); err != nil {
		t.Fatal(err)
	}
	d.Close()
	s.follow(t)
	s.program = start(t, preferences(t, "light"), "--lang", "fr", "--ledger", s.path)
	return s
}

// follow makes the twin anew, at Today, on the ledger as it is now and at the time of the day that it is.
func (s *story) follow(t *testing.T) {
	t.Helper()
	s.twin, s.app = newTwinAt(t, copyOf(t, s.path), "light", cli.Options{On: day}.Clock(time.Now))
}

// today brings both to Today, as it is now.
func (s *story) today(t *testing.T) {
	t.Helper()
	s.follow(t)
	at, _ := s.twin.Find("Aujourd’hui")
	s.press(at.X, at.Y)
}

// arrived waits for the only e-mail in a mailbox.
func (s *story) arrived(t *testing.T, user string) []byte {
	t.Helper()
	var list [][]byte
	s.wait("an e-mail to "+user, func() bool { list = s.server.Messages(user, mailtest.Inbox); return len(list) > 0 })
	if len(list) != 1 {
		t.Fatalf("%d e-mails to %s", len(list), user)
	}
	return list[0]
}

// From a call to the evidence: the promise is made on the phone, its summary leaves and is confirmed by the customer, and both messages are in the
// file that is handed over, as they left and came.
func TestDovecotStory(t *testing.T) {
	s := newStory(t)
	s.same("opened")
	s.callAndPromise()

	s.follow(t)
	s.tap("Lettres")
	s.tap("À envoyer")
	s.similar("outbox", alikeTimed)
	s.tap("Envoyer maintenant")
	if _, late := s.twin.Find("Envoyer maintenant"); late {
		s.similar("hours", alikeTimed)
		s.tap("Envoyer maintenant")
	}
	s.similar("password", alikeTimed)
	s.write(password)
	time.Sleep(settle)
	s.photograph("typed")
	s.key("Return")
	sent := s.arrived(t, accountant)
	time.Sleep(settle)
	s.photograph("sent")

	read, err := mail.ReadMessage(bytes.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	answer := strings.ReplaceAll(fmt.Sprintf(`From: Mme Lepage <%s>
To: <%s>
Subject: Re: Compte rendu
Date: Tue, 24 Nov 2026 08:00:00 +0100
Message-ID: <reponse-1@garage-tessonnier.example>
In-Reply-To: %s
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Bonjour,

Je vous confirme ces points, le virement partira comme convenu.

Mme Lepage
`, accountant, mailtest.Owner, read.Header.Get("Message-ID")), "\n", "\r\n")
	s.server.DeliverOn(mailtest.Owner, clock(), []byte(answer))
	s.follow(t)
	s.tap("Lettres")
	s.tap("À envoyer")
	s.tap("Relever maintenant")
	time.Sleep(3 * time.Second)
	s.photograph("fetched")
	s.today(t)
	time.Sleep(settle)
	s.photograph("task")
	t.Log(s.twin.Texts())
	s.tap("Lire la réponse")
	s.similar("reply", alikeTimed)
	s.tap("Confirme")
	s.key("Return")
	time.Sleep(2 * settle)
	s.photograph("decided")
	s.shut()
	_ = bytes.Equal
	_, _, _, _, _, _, _ = zip.Store, json.Marshal, fmt.Sprint, io.EOF, mail.ReadMessage, os.ReadFile, exec.Command
	_ = strings.Cut
}
