package mailtest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Inbox is the folder that messages come to.
const Inbox = "INBOX"

// Deliver puts a message in a user's inbox, as if it had come from outside.
func (s *Server) Deliver(user string, raw []byte) {
	s.t.Helper()
	if err := deliver(s.lmtp, "sender@"+SinkDomain, []string{user}, raw); err != nil {
		s.t.Fatalf("delivery to %s: %v", user, err)
	}
}

// folder is the maildir of a folder, by its name in ASCII with "/" between levels.
func (s *Server) folder(user, folder string) string {
	dir := filepath.Join(s.dir, "mail", strings.ToLower(user))
	if folder == Inbox {
		return dir
	}
	return filepath.Join(dir, "."+strings.ReplaceAll(folder, "/", "."))
}

// Messages gives the messages of a folder as they lie on disk, oldest first, with the line ends of mail; none where the folder does not exist.
func (s *Server) Messages(user, folder string) [][]byte {
	s.t.Helper()
	var files []string
	for _, sub := range []string{"cur", "new"} {
		dir := filepath.Join(s.folder(user, folder), sub)
		list, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			s.t.Fatal(err)
		}
		for _, f := range list {
			files = append(files, filepath.Join(dir, f.Name()))
		}
	}
	slices.SortFunc(files, func(a, b string) int {
		as, au := arrival(a)
		bs, bu := arrival(b)
		return cmp.Or(cmp.Compare(as, bs), cmp.Compare(au, bu), cmp.Compare(a, b))
	})
	var out [][]byte
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			s.t.Fatal(err)
		}
		raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
		out = append(out, bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n")))
	}
	return out
}

var arrivalName = regexp.MustCompile(`^(\d+)\.M(\d+)P`)

// arrival reads seconds and microseconds from the name of a file in a maildir.
func arrival(path string) (seconds, micros int) {
	if m := arrivalName.FindStringSubmatch(filepath.Base(path)); m != nil {
		seconds, _ = strconv.Atoi(m[1])
		micros, _ = strconv.Atoi(m[2])
	}
	return seconds, micros
}

// DeliverOn puts a message in a user's inbox as it is, as if it had come at a moment. The user must have logged in before.
func (s *Server) DeliverOn(user string, at time.Time, raw []byte) {
	s.t.Helper()
	name := fmt.Sprintf("%d.M%dP1.deliver,S=%d", at.Unix(), at.Nanosecond()/1000, len(raw))
	written, delivered := filepath.Join(s.folder(user, Inbox), "tmp", name), filepath.Join(s.folder(user, Inbox), "new", name)
	if err := errors.Join(os.WriteFile(written, raw, 0o644), os.Chtimes(written, at, at), os.Rename(written, delivered)); err != nil {
		s.t.Fatal(err)
	}
	s.own(delivered)
}

// Fill puts n messages into a folder by writing its files, which takes some tens of microseconds each; raw gives them, from 0. They are read
// already, and came from 14 July 2017 on, one each minute. The folder is made where it is missing.
func (s *Server) Fill(user, folder string, n int, raw func(int) []byte) {
	s.t.Helper()
	dir := s.folder(user, folder)
	made := []string{dir}
	for _, sub := range []string{"cur", "new", "tmp"} {
		made = append(made, filepath.Join(dir, sub))
	}
	if folder != Inbox {
		made = append([]string{s.folder(user, Inbox)}, made...)
	}
	for _, d := range made {
		if err := os.MkdirAll(d, 0o700); err != nil {
			s.t.Fatal(err)
		}
		s.own(d)
	}
	for i := range n {
		data := raw(i)
		name := filepath.Join(dir, "cur", fmt.Sprintf("%d.M%dP1.fill,S=%d:2,S", 1_500_000_000+i, i%1_000_000, len(data)))
		came := time.Unix(int64(1_500_000_000+60*i), 0)
		if err := errors.Join(os.WriteFile(name, data, 0o644), os.Chtimes(name, came, came)); err != nil {
			s.t.Fatal(err)
		}
	}
}

var validity = regexp.MustCompile(`^3 V(\d+) N(\d+)`)

// Renumber gives all messages of a folder new numbers under a new UIDVALIDITY, as servers do after a restoration. Nobody may be connected to it.
func (s *Server) Renumber(user, folder string) {
	s.t.Helper()
	dir := s.folder(user, folder)
	list := filepath.Join(dir, "dovecot-uidlist")
	old, err := os.ReadFile(list)
	if err != nil {
		s.t.Fatal(err)
	}
	m := validity.FindSubmatch(old)
	if m == nil {
		s.t.Fatalf("%s has an unknown form", list)
	}
	v, _ := strconv.Atoi(string(m[1]))
	next, _ := strconv.Atoi(string(m[2]))
	head, _, _ := bytes.Cut(old, []byte("\n"))
	head = append(fmt.Appendf(nil, "3 V%d N%d", v+1000, next+1000), head[len(m[0]):]...)
	if err := os.WriteFile(list, append(head, '\n'), 0o600); err != nil {
		s.t.Fatal(err)
	}
	// What Dovecot knows by heart of the old numbers goes.
	for _, pattern := range []string{filepath.Join(dir, "dovecot.index*"), filepath.Join(s.folder(user, Inbox), "dovecot.list.index*")} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			if err := os.Remove(f); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}
