package mailtest

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// findDovecot finds Dovecot and says whether it is of release 2.4, not 2.3; it ends the test where it is missing or of a release that may read other files.
func findDovecot(t testing.TB) (program string, modern bool) {
	t.Helper()
	if !canStart {
		absent(t, "Dovecot does not exist for this system")
	}
	places := []string{"/usr/sbin/dovecot", "/usr/bin/dovecot", "/usr/local/sbin/dovecot", "/opt/homebrew/sbin/dovecot"}
	if found, err := exec.LookPath("dovecot"); err == nil {
		places = append(places, found)
	}
	at := slices.IndexFunc(places, func(p string) bool { _, err := os.Stat(p); return err == nil })
	if at < 0 {
		absent(t, "Dovecot is not installed")
	}
	version, err := exec.Command(places[at], "--version").Output()
	if err != nil {
		t.Fatalf("%s --version: %v", places[at], err)
	}
	modern = strings.HasPrefix(string(version), "2.4.")
	if !modern && !strings.HasPrefix(string(version), "2.3.") {
		absent(t, "Dovecot 2.3 or 2.4 is needed, here is "+strings.TrimSpace(string(version)))
	}
	return places[at], modern
}

// configure writes the files that Dovecot reads.
func (s *Server) configure(program string, modern bool, ports [5]int, certificate []byte, password string, full []string) {
	s.t.Helper()
	who, group := runAs(s.t)
	values := settings{
		Dir: s.dir, Name: filepath.Base(s.dir), User: who.Username, UID: who.Uid, Group: group, GID: who.Gid, Modern: modern,
		IMAPS: ports[0], IMAP: ports[1], SMTPS: ports[2], SMTP: ports[3], LMTP: ports[4], Relay: s.relay.port,
	}
	var text strings.Builder
	if err := config.Execute(&text, values); err != nil {
		s.t.Fatal(err)
	}
	var users strings.Builder
	for _, u := range s.users {
		fmt.Fprintf(&users, "%s:{PLAIN}%s::::::", u, password)
		if slices.Contains(full, u) {
			users.WriteString(values.Room())
		}
		users.WriteString("\n")
	}
	s.write("dovecot.conf", []byte(text.String()))
	s.write("users", []byte(users.String()))
	s.write("server.pem", certificate)
	if err := os.Mkdir(filepath.Join(s.dir, "mail"), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Symlink(program, filepath.Join(s.dir, "dovecot")); err != nil {
		s.t.Fatal(err)
	}
	for _, name := range []string{"", "mail", "users", "server.pem", "dovecot.conf"} {
		s.own(filepath.Join(s.dir, name))
	}
}

func (s *Server) write(name string, data []byte) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), data, 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// own gives a file to the user that Dovecot runs as.
func (s *Server) own(path string) {
	s.t.Helper()
	if os.Getuid() != 0 {
		return
	}
	who, _ := runAs(s.t)
	uid, _ := strconv.Atoi(who.Uid)
	gid, _ := strconv.Atoi(who.Gid)
	if err := os.Lchown(path, uid, gid); err != nil {
		s.t.Fatal(err)
	}
}

// runAs is the user that Dovecot runs as and the name of its group: this one, or nobody where this one is root, whom Dovecot refuses.
func runAs(t testing.TB) (*user.User, string) {
	t.Helper()
	who, err := user.Current()
	if os.Getuid() == 0 {
		who, err = user.Lookup("nobody")
	}
	if err != nil {
		t.Fatal(err)
	}
	group, err := user.LookupGroupId(who.Gid)
	if err != nil {
		t.Fatal(err)
	}
	return who, group.Name
}

// answers waits until a server greets, for ten seconds; ended says that it never will.
func answers(address string, ended <-chan struct{}) error {
	var err error
	for range 500 {
		var c net.Conn
		if c, err = net.DialTimeout("tcp", address, time.Second); err == nil {
			stop := time.AfterFunc(time.Second, func() { _ = c.Close() })
			_, err = bufio.NewReader(c).ReadString('\n')
			stop.Stop()
			_ = c.Close()
			if err == nil {
				return nil
			}
		}
		select {
		case <-ended:
			return fmt.Errorf("it ended")
		case <-time.After(20 * time.Millisecond):
		}
	}
	return err
}

// refuses waits until nobody listens any more, for five seconds: the last of several processes may end a little later than the first.
func refuses(address string) {
	for range 250 {
		c, err := net.DialTimeout("tcp", address, time.Second)
		if err != nil {
			return
		}
		_ = c.Close()
		time.Sleep(20 * time.Millisecond)
	}
}

// freePorts fills a list with ports that nobody listens on, below those that systems give to connections by themselves: one of these could be taken
// before Dovecot listens.
func freePorts(t testing.TB, ports []int) {
	t.Helper()
	for n, tries := 0, 0; n < len(ports); tries++ {
		port := 10_000 + rand.IntN(20_000)
		l, err := net.Listen("tcp", loopback(port))
		if err != nil {
			if tries > 200 {
				t.Fatal(err)
			}
			continue
		}
		defer l.Close() // all are held until the last is found, so that none comes twice
		ports[n] = port
		n++
	}
}

func listen(t testing.TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
