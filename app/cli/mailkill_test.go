package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/mail/mailtest"
)

// sender is the real program at work on an outbox, with a real mail server.
type sender struct {
	dir, path, ca string
	server        *mailtest.Server
}

func newSender(t *testing.T, server *mailtest.Server) *sender {
	t.Helper()
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		t.Skip("here no variable names the authorities that a program trusts")
	}
	dir := t.TempDir()
	return &sender{dir: dir, path: filepath.Join(dir, "a.quitus"), ca: server.CAFile, server: server}
}

// outbox writes a ledger with n e-mails that wait, each to an address of its own, and a mailbox without any pause between messages.
func outbox(t *testing.T, path string, n int, imap, smtp ledger.MailServer) {
	t.Helper()
	d, err := desk.Open(path, time.Now, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	_, err = d.Fill(t.Context(), func(x *ledger.Draft) error {
		fill(x)
		// A pace that no form takes: whole runs are about what happens to messages, not between them.
		x.Put(&ledger.MailAccount{Address: mailtest.Owner, Auth: ledger.AuthPassword, IMAP: imap, SMTP: smtp, PerMinute: 1 << 30})
		for i := range n {
			c := &ledger.Customer{Ref: fmt.Sprintf("M%04d", i+1), Name: fmt.Sprintf("CLIENT %d", i+1), Type: ledger.CompanyCustomer, Country: "FR", Language: "fr", Email: address(i + 1)}
			x.Put(c)
			f := &ledger.Invoice{Customer: c.ID, Number: fmt.Sprintf("FM-%d", i+1), Issued: ledger.Day(2026, 5, 1), Due: ledger.Day(2026, 5, 31), Total: ledger.Euros(500000)}
			x.Put(f)
			x.Put(&ledger.Message{Customer: c.ID, On: d.Today(), Model: "first_reminder", State: ledger.MessageWaiting, Amount: f.Total,
				Lines: []ledger.LetterLine{{Invoice: f.ID, Open: f.Total.Minor}}, To: address(i + 1),
				Subject: fmt.Sprintf("Relance %d", i+1), Body: strings.Repeat("Nous attendons votre règlement.\n", 1+i%50)})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// address is that of the n-th message, from 1: its number in the ledger.
func address(n int) string { return fmt.Sprintf("m%04d@%s", n, mailtest.SinkDomain) }

func (s *sender) command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := real(t, s.dir, append(args, "--ledger", s.path)...)
	cmd.Env = append(cmd.Env, "SSL_CERT_FILE="+s.ca, passwordVariable+"="+mailtest.Password)
	return cmd
}

// finish runs a command to its end and gives what it says; it may refuse, as where an e-mail is uncertain.
func (s *sender) finish(t *testing.T, doc any, args ...string) {
	t.Helper()
	cmd := s.command(t, append(args, "--json")...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != Refused {
		t.Fatalf("%s: %v\n%s%s", args, err, out.String(), errs.String())
	}
	if err := json.Unmarshal(out.Bytes(), doc); err != nil {
		t.Fatalf("%s: %v\n%s", args, err, out.String())
	}
}

// kill starts a command and kills it after a while; false where it had come to its end before.
func (s *sender) kill(t *testing.T, after time.Duration, args ...string) bool {
	t.Helper()
	cmd := s.command(t, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil && cmd.ProcessState.ExitCode() != Refused {
			t.Fatalf("%s: %v\n%s", args, err, out.String())
		}
		return false
	case <-time.After(after):
	}
	_ = cmd.Process.Kill()
	<-ended
	return true
}

// killed kills a command that works on a number of things, at random moments of all of its work, so many times. Left says how many things it
// has still to do. The moments follow what is seen: the machine may have other work.
func (s *sender) killed(t *testing.T, kills int, left func() int, args ...string) (done int) {
	t.Helper()
	begins := time.Hour
	for range 3 { // the first time builds the program
		start := time.Now()
		s.finish(t, &mailStatusDoc{}, "mail", "status")
		begins = min(begins, time.Since(start))
	}
	spent, all := 0.0, left()
	for ; done < kills; done++ {
		before := left()
		each := (spent + 0.02) / float64(all-before+1)
		span := 1.5 * each * float64(before) / float64(kills-done+1)
		moment := begins.Seconds()*(0.6+0.4*rand.Float64()) + span*rand.Float64()
		if !s.kill(t, time.Duration(moment*float64(time.Second)), args...) {
			break
		}
		spent += max(0, moment-begins.Seconds())
	}
	return done
}

// The program may be killed at any moment of a sending: each e-mail arrives once and only once, or it is told that nobody knows.
func TestDovecotKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills the real program many times")
	}
	messages, kills, filing := 40, 10, 3
	if os.Getenv("QUITUS_SOAK") != "" {
		messages, kills, filing = 500, 200, 40
	}
	server := mailtest.Start(t, mailtest.Options{})
	s := newSender(t, server)
	outbox(t, s.path, messages, server.IMAP, server.SMTPStartTLS)

	done := s.killed(t, kills, func() int { return s.waiting(t) }, "mail", "send", "--now")
	if done < kills/2 { // the machine may have become much faster meanwhile
		t.Errorf("killed %d times, not %d", done, kills)
	}
	start := time.Now()
	var report mailSendDoc
	s.finish(t, &report, "mail", "send", "--now")
	rate := time.Since(start)
	for k := range filing { // the copies among the sent messages, too
		if k == 0 {
			s.unfile(t)
		}
		s.kill(t, time.Duration(rand.Float64()*float64(2*time.Second)), "mail", "fetch")
	}
	s.finish(t, &mailFetchDoc{}, "mail", "fetch")
	unknown, arrived := s.count(t, messages)
	t.Logf("%d messages, %d kills: %d uncertain, of which %d arrived; the last run sent %d in %v", messages, done, unknown, arrived,
		report.Sent, rate.Round(time.Millisecond))
}

// waiting counts the messages that have not left.
func (s *sender) waiting(t *testing.T) int {
	t.Helper()
	d, err := desk.Open(s.path, time.Now, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	return len(d.State().Outbox())
}

// Killed between the end of a message and the server's answer, in the one moment that nobody can know of: the message has left, is told as
// uncertain, and never leaves again by itself.
func TestDovecotKilledAtTheEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills the real program")
	}
	handed, killed := make(chan bool, 10), make(chan bool)
	server := mailtest.Start(t, mailtest.Options{Hold: func(m mailtest.Relayed) error {
		if m.To[0] == address(2) {
			handed <- true
			<-killed
		}
		return nil
	}})
	s := newSender(t, server)
	outbox(t, s.path, 4, server.IMAP, server.SMTPStartTLS)
	cmd := s.command(t, "mail", "send", "--now")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-handed:
	case <-time.After(time.Minute):
		t.Error("the second message is not handed over")
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	close(killed)
	var report mailSendDoc
	s.finish(t, &report, "mail", "send", "--now")
	if report.Sent != 2 || report.Unknown != 1 || len(report.Messages) != 1 || report.Messages[0].Message != 2 || report.Messages[0].State != "unknown" {
		t.Errorf("%+v", report)
	}
	s.finish(t, &mailSendDoc{}, "mail", "send", "--now")
	s.finish(t, &mailFetchDoc{}, "mail", "fetch")
	if unknown, arrived := s.count(t, 4); unknown != 1 || arrived != 1 {
		t.Errorf("%d uncertain, of which %d arrived", unknown, arrived)
	}
}

// unfile forgets of half of the messages that they have a copy among the sent ones.
func (s *sender) unfile(t *testing.T) {
	t.Helper()
	d, err := desk.Open(s.path, time.Now, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	_, err = d.Fill(t.Context(), func(x *ledger.Draft) error {
		for m := range x.Book().Messages.All() {
			if m.Filed && m.ID%2 == 0 {
				m = ledger.Clone(m)
				m.Filed = false
				x.Put(m)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// count checks what became of all messages: what the ledger says against what arrived. It gives how many are uncertain, and how many of
// these arrived all the same.
func (s *sender) count(t *testing.T, messages int) (unknown, arrived int) {
	t.Helper()
	got := map[string][][]byte{}
	for _, m := range s.server.Relayed() {
		got[m.To[0]] = append(got[m.To[0]], m.Raw)
	}
	copies := map[string]int{}
	for _, raw := range s.server.Messages(mailtest.Owner, "Sent") {
		copies[messageID(raw)]++
	}
	var status mailStatusDoc
	s.finish(t, &status, "mail", "status")
	shown := map[uint32]string{}
	for _, m := range status.Outbox {
		shown[m.Message] = m.State
	}
	d, err := desk.Open(s.path, time.Now, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if report, err := d.Verify(t.Context(), nil); err != nil || !report.OK() {
		t.Errorf("the ledger is damaged: %v, %v", err, report.Problems)
	}
	tasks := map[ledger.MessageID]bool{}
	for _, task := range d.State().Agenda().Tasks {
		if m, ok := task.Record.(*ledger.Message); ok && task.Step == "mail_unknown" {
			tasks[m.ID] = true
		}
	}
	for m := range d.State().Book.Messages.All() {
		n := len(got[m.To])
		switch {
		case n > 1:
			t.Errorf("message %d arrived %d times", m.ID, n)
		case m.State == ledger.MessageSent:
			if raw, err := d.RawMail(m.Raw); err != nil || n != 1 || !bytes.HasSuffix(got[m.To][0], raw) || copies[m.Header] != 1 {
				t.Errorf("message %d is sent: %d arrived, %d copies, %v", m.ID, n, copies[m.Header], err)
			}
		case m.State == ledger.MessageUnknown:
			unknown++
			arrived += n
			if shown[uint32(m.ID)] != "unknown" || !tasks[m.ID] || copies[m.Header] != 0 {
				t.Errorf("message %d is uncertain: %q in the list, %v as a task, %d copies", m.ID, shown[uint32(m.ID)], tasks[m.ID], copies[m.Header])
			}
		default:
			t.Errorf("message %d is %s", m.ID, m.State)
		}
	}
	if n := d.State().Book.Messages.Len(); n != messages || len(shown) != unknown {
		t.Errorf("%d messages, not %d; %d shown, %d uncertain", n, messages, len(shown), unknown)
	}
	return unknown, arrived
}

// messageID reads a message's name.
func messageID(raw []byte) string {
	for line := range bytes.Lines(raw) {
		if id, ok := bytes.CutPrefix(line, []byte("Message-ID: <")); ok {
			return strings.TrimRight(string(id), ">\r\n")
		}
	}
	return ""
}
