package box

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"maps"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"quitus/ledger"
	"quitus/mail"
	"quitus/mail/mailtest"
)

const (
	user   = "compta@vasseur.test"
	secret = "Sésame, ouvre-toi 1"
)

// fake is a server that speaks just enough IMAP, and on which anything can go wrong: hook is asked before each answer, and gives its own.
type fake struct {
	caps     string
	plain    bool          // no TLS
	patience time.Duration // that who connects has with it
	greeting string
	hook     func(c *fakeConn, tag, line string) (handled bool)

	mu       sync.Mutex
	validity uint32
	messages map[uint32]string
	lines    []string
	accepted int
}

// fakeConn is one connection to it.
type fakeConn struct {
	net.Conn
	f *fake
	r *bufio.Reader
}

func (c *fakeConn) say(format string, args ...any) {
	_, _ = fmt.Fprintf(c.Conn, format+"\r\n", args...)
}

func newFake(n int) *fake {
	f := &fake{caps: "IMAP4rev1", patience: 5 * time.Second, greeting: "* OK ready", validity: 7, messages: map[uint32]string{}}
	for i := range n {
		f.messages[uint32(i+1)] = message(i + 1)
	}
	return f
}

func message(n int) string {
	return fmt.Sprintf("Message-ID: <m%d@client.test>\r\nFrom: Client %d <c%d@client.test>\r\nSubject: Re: facture %d\r\n\r\nBonjour, message %d.\r\n", n, n, n, n, n)
}

// start lets it listen until the test ends.
func (f *fake) start(t *testing.T) (ledger.MailServer, mail.Access) {
	t.Helper()
	authority := mailtest.NewAuthority(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := ledger.MailServer{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Security: ledger.MailTLS}
	if f.plain {
		server.Security = ledger.MailStartTLS
	} else {
		l = tls.NewListener(l, authority.TLS(t, mailtest.Good))
	}
	var conns sync.WaitGroup
	var open sync.Map
	conns.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			open.Store(c, true)
			conns.Go(func() {
				defer c.Close()
				f.serve(&fakeConn{Conn: c, f: f, r: bufio.NewReader(c)})
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		open.Range(func(c, _ any) bool { _ = c.(net.Conn).Close(); return true })
		conns.Wait()
	})
	return server, mail.Access{User: user, Secret: secret, Roots: authority.Roots, Timeout: f.patience}
}

func (f *fake) serve(c *fakeConn) {
	f.mu.Lock()
	f.accepted++
	f.mu.Unlock()
	c.say("%s", f.greeting)
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			return
		}
		tag, line, ok := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		f.mu.Lock()
		f.lines = append(f.lines, line)
		f.mu.Unlock()
		if !ok {
			continue
		}
		if f.hook == nil || !f.hook(c, tag, line) {
			f.answer(c, tag, line)
		}
	}
}

// said lists the commands that came, of those that begin with a word.
func (f *fake) said(word string) (out []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, l := range f.lines {
		if strings.HasPrefix(l, word) {
			out = append(out, l)
		}
	}
	return out
}

func (f *fake) uids() []uint32 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Sorted(maps.Keys(f.messages))
}

func (f *fake) put(uid uint32, raw string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.messages[uid] = raw
}

var fetching = regexp.MustCompile(`^(UID )?FETCH (\S+) `)
var searching = regexp.MustCompile(`UID (\d+)(:\*)?`)
var literalAtEnd = regexp.MustCompile(`\{(\d+)\}$`)

func (f *fake) answer(c *fakeConn, tag, line string) {
	verb, _, _ := strings.Cut(line, " ")
	switch m := literalAtEnd.FindStringSubmatch(line); {
	case m != nil: // a text follows
		n, _ := strconv.Atoi(m[1])
		c.say("+ go on")
		_, _ = c.r.Discard(n)
		_, _ = c.r.ReadString('\n')
	case strings.HasPrefix(line, "CAPABILITY"):
		c.say("* CAPABILITY %s", f.caps)
	case strings.HasPrefix(line, "LIST"):
		c.say(`* LIST () "/" INBOX`)
	case verb == "EXAMINE":
		uids := f.uids()
		next := uint32(1)
		if len(uids) > 0 {
			next = uids[len(uids)-1] + 1
		}
		c.say("* %d EXISTS", len(uids))
		c.say("* OK [UIDVALIDITY %d] .", f.validity)
		c.say("* OK [UIDNEXT %d] .", next)
	case strings.HasPrefix(line, "UID SEARCH"), verb == "SEARCH":
		from, to := 1, 1<<32-1
		if m := searching.FindStringSubmatch(line); m != nil {
			if from, _ = strconv.Atoi(m[1]); m[2] == "" {
				to = from
			}
		}
		found := "* SEARCH"
		for place, uid := range f.uids() {
			if int(uid) >= from && int(uid) <= to {
				n := int(uid)
				if verb == "SEARCH" {
					n = place + 1
				}
				found += fmt.Sprint(" ", n)
			}
		}
		c.say("%s", found)
	case fetching.MatchString(line):
		for place, uid := range f.uids() {
			n := uid
			if verb == "FETCH" {
				n = uint32(place + 1)
			}
			if inSet(fetching.FindStringSubmatch(line)[2], n) {
				c.fetched(place+1, uid, line)
			}
		}
	}
	c.say("%s OK done", tag)
}

// fetched answers with one message: its header, or all of it.
func (c *fakeConn) fetched(place int, uid uint32, line string) {
	c.f.mu.Lock()
	text := c.f.messages[uid]
	c.f.mu.Unlock()
	section := "BODY[]"
	if strings.Contains(line, "HEADER") {
		section = `BODY[HEADER.FIELDS ("From")]`
		text, _, _ = strings.Cut(text, "\r\n\r\n")
		text += "\r\n\r\n"
	}
	c.say("* %d FETCH (UID %d RFC822.SIZE %d %s {%d}\r\n%s)", place, uid, len(text), section, len(text), text)
}

func inSet(set string, n uint32) bool {
	for part := range strings.SplitSeq(set, ",") {
		a, b, ok := strings.Cut(part, ":")
		from, _ := strconv.ParseUint(a, 10, 32)
		to, _ := strconv.ParseUint(b, 10, 32)
		if !ok {
			to = from
		}
		if uint64(n) >= from && uint64(n) <= to {
			return true
		}
	}
	return false
}
