package mailtest

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"quitus/ledger"
)

// talk is one connection with a server that fails.
type talk struct {
	server *Faults
	fault  Fault // of the connection
	secret bool
	conn   net.Conn
	in     *bufio.Reader
	login  bool

	message Taken
}

func newTalk(s *Faults, c net.Conn) *talk {
	t := &talk{server: s, fault: s.take(true)}
	t.use(c)
	return t
}

func (t *talk) use(c net.Conn) { t.conn, t.in = c, bufio.NewReader(c) }

func (t *talk) say(format string, args ...any) {
	_, _ = fmt.Fprintf(t.conn, format+"\r\n", args...)
}

// silence reads until the other side gives up.
func (t *talk) silence() { _, _ = io.Copy(io.Discard, t.in) }

func (t *talk) encrypt() bool {
	c := tls.Server(t.conn, t.server.trust)
	if c.Handshake() != nil {
		return false
	}
	t.secret = true
	t.use(c)
	return true
}

func (t *talk) run() {
	if t.server.options.Security == ledger.MailTLS && !t.encrypt() {
		return
	}
	switch t.fault {
	case DropGreeting:
		return
	case SilentGreeting:
		t.silence()
		return
	case Busy:
		t.say("421 4.3.2 Too many connections, come back later")
		return
	}
	t.say("220 mx.%s ESMTP", SinkDomain)
	for {
		line, err := t.in.ReadString('\n')
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		if !t.command(strings.ToUpper(verb), rest) {
			return
		}
	}
}

// command answers one command; false ends the connection.
func (t *talk) command(verb, rest string) bool {
	switch verb {
	case "EHLO", "HELO":
		t.hello()
	case "STARTTLS":
		t.say("220 2.0.0 Go ahead")
		return t.encrypt()
	case "AUTH":
		t.auth(rest)
	case "MAIL":
		return t.mail(rest)
	case "RCPT":
		t.rcpt(rest)
	case "DATA":
		return t.data()
	case "RSET":
		t.message = Taken{}
		t.say("250 2.0.0 Reset")
	case "NOOP":
		t.say("250 2.0.0 Ok")
	case "QUIT":
		t.say("221 2.0.0 Bye")
		return false
	default:
		t.say("502 5.5.2 Not known")
	}
	return true
}

func (t *talk) hello() {
	lines := []string{"mx." + SinkDomain, "PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"}
	if t.fault == Small {
		lines = append(lines, "SIZE 1000")
	} else {
		lines = append(lines, "SIZE 50000000")
	}
	if !t.secret && t.fault != NoTLS {
		lines = append(lines, "STARTTLS")
	}
	if t.secret && t.fault != NoAuth {
		lines = append(lines, "AUTH "+strings.Join(t.server.options.Mechanisms, " "))
	}
	for n, l := range lines {
		mark := "-"
		if n == len(lines)-1 {
			mark = " "
		}
		t.say("250%s%s", mark, l)
	}
}

// auth knows PLAIN and XOAUTH2 with their first answer, and LOGIN.
func (t *talk) auth(rest string) {
	mechanism, first, _ := strings.Cut(rest, " ")
	ask := func(challenge string) string {
		t.say("334 %s", base64.StdEncoding.EncodeToString([]byte(challenge)))
		line, _ := t.in.ReadString('\n')
		data, _ := base64.StdEncoding.DecodeString(strings.TrimSpace(line))
		return string(data)
	}
	initial, _ := base64.StdEncoding.DecodeString(first)
	good := false
	switch {
	case !t.secret || !slices.Contains(t.server.options.Mechanisms, mechanism):
	case mechanism == "PLAIN":
		good = string(initial) == "\x00"+Owner+"\x00"+Password
	case mechanism == "LOGIN":
		user, password := ask("Username:"), ask("Password:")
		good = user == Owner && password == Password
	case mechanism == "XOAUTH2":
		good = string(initial) == "user="+Owner+"\x01auth=Bearer "+Token+"\x01\x01"
		if !good {
			ask(`{"status":"401"}`)
		}
	}
	switch {
	case t.fault == LaterAuth:
		t.say("454 4.7.0 Temporary authentication failure")
	case !good || t.fault == RefuseAuth:
		t.say("535 5.7.8 Authentication credentials invalid")
	default:
		t.login = true
		t.server.mu.Lock()
		t.server.logins++
		t.server.mu.Unlock()
		t.say("235 2.7.0 Welcome")
	}
}

func (t *talk) mail(rest string) bool {
	t.message = Taken{From: strings.TrimPrefix(rest, "FROM:"), Fault: t.server.take(false)}
	if !t.login || t.message.Fault == LoginLost {
		t.say("530 5.7.0 Authentication required")
		return true
	}
	switch t.message.Fault {
	case DropMail:
		return false
	case SilentMail:
		t.silence()
		return false
	case Endless:
		for {
			if _, err := t.conn.Write(bytes.Repeat([]byte("250-and then\r\n"), 1000)); err != nil {
				return false
			}
		}
	case LaterMail:
		t.say("451-4.3.0 Mail server temporarily\r\n451 4.3.0 out of order")
	case RefuseMail:
		t.say("553 5.7.1 Sender address rejected: not owned by user")
	default:
		t.say("250 2.1.0 Ok")
	}
	return true
}

func (t *talk) rcpt(rest string) {
	switch {
	case t.message.Fault == LaterRcpt:
		t.say("450 4.2.0 Greylisted, come back in a minute")
	case t.message.Fault == RefuseRcpt, strings.HasPrefix(rest, "TO:<"+Nobody+"@"):
		t.say("550 5.1.1 No such user here")
	default:
		t.message.To = append(t.message.To, strings.Trim(strings.TrimPrefix(rest, "TO:"), "<>"))
		t.say("250 2.1.5 Ok")
	}
}

func (t *talk) data() bool {
	switch {
	case len(t.message.To) == 0:
		t.say("503 5.5.1 No recipients")
		return true
	case t.message.Fault == LaterData:
		t.say("451 4.3.0 Not now")
		return true
	case t.message.Fault == RefuseData:
		t.say("554 5.7.1 Not from here")
		return true
	}
	t.say("354 Go ahead")
	if t.message.Fault == DropData || t.message.Fault == SilentData {
		_, _ = t.in.ReadString('\n')
		if t.message.Fault == SilentData {
			<-t.server.over
		}
		return false
	}
	for {
		line, err := t.in.ReadBytes('\n')
		if err != nil {
			return false
		}
		if string(line) == ".\r\n" {
			return t.end()
		}
		t.message.Raw = append(t.message.Raw, bytes.TrimPrefix(line, []byte("."))...)
	}
}

// end answers the final dot.
func (t *talk) end() bool {
	m := t.message
	t.message = Taken{}
	switch m.Fault {
	case LaterEnd:
		t.say("452 4.3.1 Insufficient system storage")
		return true
	case RefuseEnd:
		t.say("554 5.7.1 Message content rejected")
		return true
	case TooLarge:
		t.say("552 5.3.4 Message too big")
		return true
	case DropEnd:
		return false
	}
	t.server.mu.Lock()
	t.server.taken = append(t.server.taken, m)
	t.server.mu.Unlock()
	switch m.Fault {
	case TakeAndDrop:
		return false
	case TakeAndSilence:
		t.silence()
		return false
	case TakeAndNonsense:
		t.say("Thank you")
		return false
	}
	t.say("250 2.0.0 Queued as 1")
	switch m.Fault {
	case TakeThenDrop:
		return false
	case TakeThenBusy:
		_, _ = t.in.ReadString('\n')
		t.say("421 4.3.2 Shutting down")
		return false
	}
	return true
}
