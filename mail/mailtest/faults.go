package mailtest

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"slices"
	"sync"
	"testing"

	"quitus/ledger"
)

// Fault is one way in which an SMTP server fails. Those about the connection or the login happen to a whole connection, the others to a message.
type Fault string

// Faults of a connection.
const (
	DropGreeting   Fault = "drop greeting"   // closes before a word
	SilentGreeting Fault = "silent greeting" // never greets
	Busy           Fault = "busy"            // greets with 421
	NoTLS          Fault = "no tls"          // does not offer STARTTLS
	NoAuth         Fault = "no auth"         // offers no way to log in
	RefuseAuth     Fault = "refuse auth"     // 535 to any password
	LaterAuth      Fault = "later auth"      // 454 to any password
	Small          Fault = "small"           // takes messages of 1,000 bytes at most, and says so
)

// Faults of a message.
const (
	NoFault         Fault = "none"
	LaterMail       Fault = "later mail"       // 451 at MAIL
	LaterRcpt       Fault = "later rcpt"       // 450 at RCPT, as greylisting does
	LaterData       Fault = "later data"       // 451 at DATA
	LaterEnd        Fault = "later end"        // 452 after the final dot
	LoginLost       Fault = "login lost"       // 530 at MAIL, though the login was good
	RefuseMail      Fault = "refuse mail"      // 553 at MAIL
	RefuseRcpt      Fault = "refuse rcpt"      // 550 at RCPT
	RefuseData      Fault = "refuse data"      // 554 at DATA
	RefuseEnd       Fault = "refuse end"       // 554 after the final dot
	TooLarge        Fault = "too large"        // 552 after the final dot, though no size was announced
	DropMail        Fault = "drop mail"        // closes at MAIL
	DropData        Fault = "drop data"        // closes in the middle of the message
	DropEnd         Fault = "drop end"         // closes at the final dot, the message not taken
	TakeAndDrop     Fault = "take and drop"    // takes the message and closes before the answer
	TakeAndSilence  Fault = "take and silence" // takes the message and never answers
	TakeAndNonsense Fault = "take, nonsense"   // takes the message and answers what is no answer
	TakeThenDrop    Fault = "take, then drop"  // answers 250 and closes
	TakeThenBusy    Fault = "take, then busy"  // answers 250, then 421 to whatever comes
	SilentMail      Fault = "silent mail"      // never answers MAIL
	SilentData      Fault = "silent data"      // stops reading in the middle of the message, and says nothing
	Endless         Fault = "endless"          // an answer to MAIL that does not end
)

var ofConnections = []Fault{DropGreeting, SilentGreeting, Busy, NoTLS, NoAuth, RefuseAuth, LaterAuth, Small}

// Nobody is the name of mailboxes that exist in no domain: 550 whatever the script says.
const Nobody = "nobody"

// FaultOptions say how an SMTP server that fails is met.
type FaultOptions struct {
	Security    ledger.MailSecurity // by STARTTLS where nothing is said
	Certificate Certificate
	// Mechanisms are the ways to log in that are offered; PLAIN and LOGIN where nothing is said. XOAUTH2 is known too, with Token.
	Mechanisms []string
	Script     []Fault // as [Faults.Next]
}

// Token is the access token of [Owner] for XOAUTH2.
const Token = "ya29.token-of-the-test"

// Faults is an SMTP server in the test's process for the user [Owner]; it fails as its script says, and tells exactly what it took.
type Faults struct {
	SMTP   ledger.MailServer
	Roots  *x509.CertPool
	CAFile string

	options  FaultOptions
	trust    *tls.Config
	listener net.Listener
	ending   sync.WaitGroup
	over     chan struct{} // closed at the end

	mu     sync.Mutex
	script []Fault
	taken  []Taken
	conns  map[net.Conn]bool // nil once closed
	count  int
	logins int
}

// Taken is a message that a server that fails took all the same.
type Taken struct {
	From  string // as in MAIL, its parameters behind it
	To    []string
	Raw   []byte // byte for byte
	Fault Fault  // that then happened
}

// StartFaults starts a server and stops it when the test ends.
func StartFaults(t testing.TB, o FaultOptions) *Faults {
	t.Helper()
	if o.Security == "" {
		o.Security = ledger.MailStartTLS
	}
	if o.Mechanisms == nil {
		o.Mechanisms = []string{"PLAIN", "LOGIN"}
	}
	a := NewAuthority(t)
	s := &Faults{Roots: a.Roots, CAFile: a.File, options: o, trust: a.TLS(t, o.Certificate), listener: listen(t), script: o.Script, conns: map[net.Conn]bool{}, over: make(chan struct{})}
	s.SMTP = ledger.MailServer{Host: "127.0.0.1", Port: s.listener.Addr().(*net.TCPAddr).Port, Security: o.Security}
	s.ending.Go(s.serve)
	t.Cleanup(s.close)
	return s
}

// Next puts faults at the end of the script: each connection takes the first one if it is one of connections, each message (at MAIL) the first
// one if it is one of messages. Where the script has come to its end, nothing fails.
func (s *Faults) Next(f ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = append(slices.Clone(s.script), f...)
}

// Taken lists the messages that were taken, in order: all that came up to their final dot, but for those that were answered with a refusal.
func (s *Faults) Taken() []Taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.taken)
}

// Connections is how many connections there were.
func (s *Faults) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

// Logins is how many times somebody logged in with success.
func (s *Faults) Logins() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.logins
}

// Disconnect breaks every connection there is, as servers do with idle ones.
func (s *Faults) Disconnect() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		_ = c.Close()
	}
}

func (s *Faults) close() {
	_ = s.listener.Close()
	close(s.over)
	s.Disconnect()
	s.mu.Lock()
	s.conns = nil
	s.mu.Unlock()
	s.ending.Wait()
}

func (s *Faults) serve() {
	for {
		c, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		if s.conns == nil {
			s.mu.Unlock()
			_ = c.Close()
			return
		}
		s.conns[c] = true
		s.count++
		s.mu.Unlock()
		s.ending.Go(func() {
			newTalk(s, c).run()
			_ = c.Close()
			s.mu.Lock()
			delete(s.conns, c)
			s.mu.Unlock()
		})
	}
}

// take gives the next fault for a connection or for a message.
func (s *Faults) take(connection bool) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.script) == 0 || slices.Contains(ofConnections, s.script[0]) != connection {
		return NoFault
	}
	f := s.script[0]
	s.script = s.script[1:]
	return f
}
