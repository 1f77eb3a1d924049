//go:build ci && driven

package driven

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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
	if s.program != nil {
		s.rest()
	}
	s.twin, s.app = newTwinAt(t, copyOf(t, s.path), "light", cli.Options{On: day}.Clock(time.Now))
}

// today brings both to Today, as it is now.
func (s *story) today(t *testing.T) {
	t.Helper()
	s.follow(t)
	at, _ := s.twin.Find("Aujourd’hui")
	s.press(at.X, at.Y)
}

// tapHere presses in the window alone what the twin shows there.
func (s *story) tapHere(text string) {
	s.t.Helper()
	at, ok := s.twin.Find(text)
	if !ok {
		s.t.Fatalf("nothing to press that says %q; the twin shows:\n%s", text, s.twin.Texts())
	}
	s.press(at.X, at.Y)
}

// unlock types the password for which the window asks at its start. The twin works by itself at nothing: it asks when it is to look into the
// mailbox, and shows the same question over another screen.
func (s *story) unlock(t *testing.T) {
	t.Helper()
	for _, text := range []string{"Lettres", "À envoyer", "Relever maintenant"} {
		s.twin.Tap(text)
	}
	question := image.Rect(425, 240, 855, 470)
	want := nrgba(s.twin.Picture()).SubImage(question)
	s.wait("the question for the password", func() bool {
		img, err := s.frame.picture(width, height)
		if err != nil {
			t.Fatal(err)
		}
		return unlike(copied(img.SubImage(question)), copied(want)) < alikeTimed
	})
	s.photograph("password")
	s.write(password)
	s.key("Return")
	s.follow(t)
}

// copied gives a part of a picture as a picture of its own.
func copied(part image.Image) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: part.Bounds().Size()})
	draw.Draw(out, out.Rect, part, part.Bounds().Min, draw.Src)
	return out
}

// rest waits until nothing is written to the ledger, so that it can be copied.
func (s *story) rest() {
	s.t.Helper()
	var before []byte
	s.wait("a ledger at rest", func() bool {
		now, err := os.ReadFile(s.path)
		if err != nil {
			s.t.Fatal(err)
		}
		same := bytes.Equal(before, now)
		before = now
		return same
	})
}

// replies counts the replies in the ledger as it is now.
func (s *story) replies() int {
	s.t.Helper()
	s.rest()
	d, err := desk.Open(copyOf(s.t, s.path), clock, "test")
	if err != nil {
		s.t.Fatal(err)
	}
	defer d.Close()
	return d.State().Book.Replies.Len()
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

// confirmation is the customer's answer to an e-mail.
func confirmation(t *testing.T, sent []byte) string {
	t.Helper()
	read, err := mail.ReadMessage(bytes.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(fmt.Sprintf(`From: Mme Lepage <%s>
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
}

// From a call to the evidence: the promise is made on the phone, its summary leaves and is confirmed by the customer, and both messages are in the
// file that is handed over, as they left and came.
func TestDovecotStory(t *testing.T) {
	s := newStory(t)
	s.unlock(t)
	s.same("opened")
	s.callAndPromise()

	s.follow(t)
	s.tap("Lettres")
	s.similar("letters", alikeTimed)
	s.tap("À envoyer")
	s.similar("outbox", alikeTimed)
	s.tapHere("Envoyer maintenant")
	if now := time.Now().Format("15:04"); now < "09:00" || now >= "18:00" { // out of hours it is asked
		s.twin.Tap("Envoyer maintenant")
		s.similar("hours", alikeTimed)
		s.tapHere("Envoyer maintenant")
	}
	sent := s.arrived(t, accountant)
	time.Sleep(settle)
	s.photograph("sent")

	answer := confirmation(t, sent)
	s.server.DeliverOn(mailtest.Owner, clock(), []byte(answer))
	s.follow(t)
	s.twin.Tap("Lettres")
	s.twin.Tap("À envoyer") // where the window still is
	s.tapHere("Relever maintenant")
	s.wait("the reply", func() bool { return s.replies() > 0 })
	time.Sleep(settle)
	s.photograph("fetched")
	s.today(t)
	s.similar("task", alikeTimed)
	s.tap("Lire la réponse")
	s.similar("reply", alikeTimed)
	s.tap("Confirme")
	s.key("Return")
	time.Sleep(2 * settle)
	s.photograph("decided")
	s.shut()
	s.prove(t, sent, answer)
}

// prove checks what the ledger and the evidence say of the summary, as it arrived, and of its answer.
func (s *story) prove(t *testing.T, sent []byte, answer string) {
	t.Helper()
	book := ledgerOf(t, s.path).Book
	messages, replies := slices.Collect(book.Messages.All()), slices.Collect(book.Replies.All())
	if len(messages) == 0 || len(replies) != 1 || replies[0].Meant != ledger.MeansConfirms || replies[0].Message != messages[len(messages)-1].ID {
		t.Fatalf("%d messages, %d replies: %+v", len(messages), len(replies), replies)
	}
	handed := s.handOver(t)
	left := s.server.Relayed()
	if len(left) != 1 {
		t.Fatalf("%d e-mails were handed over", len(left))
	}
	if raw := handed[string(messages[len(messages)-1].Raw)]; raw == nil || !bytes.HasSuffix(left[0].Raw, raw) || !bytes.HasSuffix(sent, raw) {
		t.Errorf("the summary is not in the file as it left: %d of %d bytes", len(raw), len(sent))
	}
	if raw := handed[string(replies[0].Raw)]; string(raw) != answer {
		t.Errorf("the reply is not in the file as it came:\n%s", raw)
	}
}

// handOver makes the file of the case, checks it as its manifest says, and gives the contents of its e-mails by their digests.
func (s *story) handOver(t *testing.T) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	status, out, problems := call(t, environment(t.TempDir()), "handover", "C001", "--to", "Me Dumas", "--out", dir, "--ledger", s.path, "--on", day.String())
	packed, _ := filepath.Glob(filepath.Join(dir, "*.zip"))
	if status != 0 || len(packed) != 1 {
		t.Fatalf("handover: status %d, %s%s", status, out, problems)
	}
	z, err := zip.OpenReader(packed[0])
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	unpacked := t.TempDir()
	if err := os.CopyFS(unpacked, z); err != nil {
		t.Fatal(err)
	}
	check := exec.Command("sha256sum", "--check", "--strict", "SHA256SUMS")
	check.Dir = unpacked
	if said, err := check.CombinedOutput(); err != nil {
		t.Errorf("sha256sum: %v\n%s", err, said)
	}
	if status, out, problems := call(t, environment(t.TempDir()), "verify", "--ledger", s.path); status != 0 {
		t.Errorf("verify: status %d, %s%s", status, out, problems)
	}
	mails := map[string][]byte{}
	files, _ := filepath.Glob(filepath.Join(unpacked, "*.eml"))
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		mails[string(ledger.HashOf(raw))] = raw
	}
	return mails
}
