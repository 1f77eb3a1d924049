// Package mailtest gives tests real mail servers on loopback: a private Dovecot with mailboxes, IMAP, submission and LMTP, behind it a relay in the
// test's own process that counts what was handed over; and an SMTP server that misbehaves on demand. It is for tests only.
package mailtest

import (
	"cmp"
	"crypto/x509"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quitus/ledger"
)

// Users that every server has, all with [Password] where the options name no other.
const (
	Owner    = "compta@vasseur.test"
	Customer = "achats@client.test"
	Password = "Sésame, ouvre-toi 1"
)

// SinkDomain takes messages for any name, which are kept by the relay and delivered nowhere.
const SinkDomain = "sink.test"

// Required is the environment variable that makes a test fail where Dovecot cannot be started, rather than skip: it is "required" there.
const Required = "QUITUS_MAIL_TESTS"

// Options say how a server differs from the usual one.
type Options struct {
	Users       []string    // more addresses with mailboxes, beside Owner and Customer
	Password    string      // of all users
	Certificate Certificate // of the server; a good one where nothing is said
	Full        []string    // addresses whose mailbox has no room left for more than the one message there is
	// Hold is asked before the relay takes a message: an error of go-smtp is the server's answer, any other a passing refusal. It may wait.
	Hold func(Relayed) error
}

// Server is a running Dovecot and its relay. Its methods end the test where they fail.
type Server struct {
	// The same mailboxes, by TLS from the first byte and by STARTTLS.
	IMAP, IMAPStartTLS ledger.MailServer
	// The way out, both ways: logs in, then relays to mailboxes of this server, to SinkDomain, and to nobody else.
	SMTP, SMTPStartTLS ledger.MailServer

	Roots  *x509.CertPool
	CAFile string // the same as Roots, for SSL_CERT_FILE of another process

	t       testing.TB
	dir     string
	users   []string
	lmtp    string
	dovecot *process
	relay   *relay
}

// Start starts a server and stops it when the test ends. Where there is no Dovecot, the test is skipped, or fails where [Required] says so.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	program, modern := findDovecot(t)
	dir, err := os.MkdirTemp(shortTemp(), "qm")
	if err != nil {
		t.Fatal(err)
	}
	authority := NewAuthority(t)
	s := &Server{t: t, dir: dir, users: append([]string{Owner, Customer}, o.Users...), Roots: authority.Roots, CAFile: authority.File}
	t.Cleanup(func() {
		s.Stop()
		if s.relay != nil {
			_ = s.relay.smtp.Close()
		}
		_ = os.RemoveAll(dir)
	})
	var ports [5]int
	freePorts(t, ports[:])
	server := func(port int, how ledger.MailSecurity) ledger.MailServer {
		return ledger.MailServer{Host: "127.0.0.1", Port: port, Security: how}
	}
	s.IMAP, s.IMAPStartTLS = server(ports[0], ledger.MailTLS), server(ports[1], ledger.MailStartTLS)
	s.SMTP, s.SMTPStartTLS = server(ports[2], ledger.MailTLS), server(ports[3], ledger.MailStartTLS)
	s.lmtp = loopback(ports[4])
	s.relay = startRelay(t, s, o.Hold)
	s.configure(program, modern, ports, authority.pem(t, o.Certificate), cmp.Or(o.Password, Password), o.Full)
	for _, u := range o.Full {
		s.Fill(u, Inbox, 1, func(int) []byte { return []byte("Subject: Le dernier\r\n\r\nPlein.\r\n") })
	}
	s.Resume()
	return s
}

// Stop ends Dovecot at once, as a machine that loses its power; connections break.
func (s *Server) Stop() {
	if s.dovecot != nil {
		s.dovecot.kill()
		s.dovecot = nil
		for _, port := range []int{s.IMAP.Port, s.IMAPStartTLS.Port, s.SMTP.Port, s.SMTPStartTLS.Port} {
			refuses(loopback(port))
		}
	}
}

// Resume starts Dovecot again after [Server.Stop], with the same ports and mailboxes.
func (s *Server) Resume() {
	s.t.Helper()
	p, err := startProcess(s.dir, loopback(s.IMAPStartTLS.Port), loopback(s.SMTPStartTLS.Port), s.lmtp)
	if err != nil {
		log, _ := os.ReadFile(filepath.Join(s.dir, "dovecot.log"))
		s.t.Fatalf("Dovecot does not start: %v\n%s", err, log)
	}
	s.dovecot = p
}

// Relayed is one message that the relay was handed.
type Relayed struct {
	From string
	To   []string
	Raw  []byte // as it was handed over, the trace header of Dovecot in front
}

// Relayed lists what the relay took and delivered, in order.
func (s *Server) Relayed() []Relayed {
	s.relay.mu.Lock()
	defer s.relay.mu.Unlock()
	return append([]Relayed(nil), s.relay.taken...)
}

func (s *Server) knows(address string) bool {
	for _, u := range s.users {
		if strings.EqualFold(u, address) {
			return true
		}
	}
	return false
}

// absent ends a test that needs what this machine lacks.
func absent(t testing.TB, why string) {
	t.Helper()
	if os.Getenv(Required) == "required" {
		t.Fatalf("%s, and %s=required asks for it", why, Required)
	}
	t.Skipf("%s: scripts/setup.sh mail installs it", why)
}

// shortTemp is a folder for temporary files whose name leaves room for the names of sockets, which have 107 bytes at most.
func shortTemp() string {
	if dir := os.TempDir(); len(dir) <= 40 {
		return dir
	}
	return "/tmp"
}
