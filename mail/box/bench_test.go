//go:build bench && linux

package box

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"quitus/ledger"
	"quitus/mail"
	"quitus/mail/mailtest"
)

// The benchmarks compare with the IMAP library used barely: a scan that fetches envelope and structure of everything, as its examples do,
// and then the replies whole. Both run as children, so that peak memory is one task's own. Each has a mailbox of its own with the same
// messages, so that neither finds the server's caches filled by the other; after the first time they run in turns.

const (
	benchBox   = 50_000
	benchDaily = 20
	benchTurns = 3
)

// task is what a child is to do.
type task struct {
	Plain  bool
	Server ledger.MailServer
	User   string
	Roots  string // file
	From   Position
	Since  ledger.Date
}

// done is what it tells of it.
type done struct {
	Seen, Whole int
	At          Position
	Took, CPU   time.Duration
	Peak        int64 // bytes
}

func init() {
	if text := os.Getenv("QUITUS_BENCH"); text != "" {
		var t task
		err := json.Unmarshal([]byte(text), &t)
		if err == nil {
			err = t.run()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
}

func (t task) run() error {
	pem, err := os.ReadFile(t.Roots)
	if err != nil {
		return err
	}
	access := mail.Access{User: t.User, Secret: mailtest.Password, Roots: x509.NewCertPool()}
	access.Roots.AppendCertsFromPEM(pem)
	work := t.ours
	if t.Plain {
		work = t.plainly
	}
	began := time.Now()
	d, err := work(access)
	if err != nil {
		return err
	}
	d.Took = time.Since(began)
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return err
	}
	d.CPU = time.Duration(used.Utime.Nano() + used.Stime.Nano())
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	kb, err := strconv.ParseInt(strings.Fields(peak)[0], 10, 64)
	if d.Peak = kb << 10; err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(d)
}

func (t task) ours(access mail.Access) (d done, err error) {
	b, err := Open(context.Background(), t.Server, access)
	if err != nil {
		return d, err
	}
	defer b.Close()
	d.At, err = b.Scan(context.Background(), "INBOX", t.From, Scanning{
		Since:   t.Since,
		Wanted:  func(h *Head) bool { d.Seen++; return bytes.Contains(h.Header, []byte("In-Reply-To: <q")) },
		Message: func(*Head, []byte) error { d.Whole++; return nil },
		Left:    func(l Left) error { return l.Why },
	})
	return d, err
}

// plainly scans with nothing but the library.
func (t task) plainly(access mail.Access) (d done, err error) {
	c, err := imapclient.DialTLS(fmt.Sprintf("%s:%d", t.Server.Host, t.Server.Port), &imapclient.Options{TLSConfig: access.TLS(t.Server.Host)})
	if err != nil {
		return d, err
	}
	defer c.Close()
	if err := c.Login(access.User, access.Secret).Wait(); err != nil {
		return d, err
	}
	box, err := c.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil {
		return d, err
	}
	all, err := c.Fetch(imap.SeqSet{{Start: 1, Stop: box.NumMessages}}, &imap.FetchOptions{
		UID: true, Flags: true, Envelope: true, InternalDate: true, RFC822Size: true, BodyStructure: &imap.FetchItemBodyStructure{Extended: true},
	}).Collect()
	if err != nil {
		return d, err
	}
	var replies imap.UIDSet
	for _, m := range all {
		d.Seen++
		if slices.ContainsFunc(m.Envelope.InReplyTo, func(id string) bool { return strings.HasPrefix(id, "q") }) {
			replies.AddNum(m.UID)
		}
	}
	whole, err := c.Fetch(replies, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}}}).Collect()
	d.Whole = len(whole)
	return d, err
}

// child runs a task in a process of its own.
func child(b *testing.B, t task) done {
	b.Helper()
	text, err := json.Marshal(t)
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "QUITUS_BENCH="+string(text))
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("%v: %s", err, problems.String())
	}
	var d done
	if err := json.Unmarshal(out, &d); err != nil {
		b.Fatal(err)
	}
	return d
}

func BenchmarkMailbox(b *testing.B) {
	s := mailtest.Start(b, mailtest.Options{})
	users := [2]string{mailtest.Owner, mailtest.Customer}
	for _, who := range users {
		s.Fill(who, "INBOX", benchBox, large(benchBox))
	}
	run := func(t task, seen, whole int) done {
		t.Server, t.Roots, t.User = s.IMAP, s.CAFile, users[0]
		if t.Plain {
			t.User = users[1]
		}
		d := child(b, t)
		if seen > 0 && (d.Seen != seen || d.Whole != whole) {
			b.Fatalf("%d heads and %d replies, not %d and %d", d.Seen, d.Whole, seen, whole)
		}
		return d
	}
	for range b.N {
		recent := run(task{Since: ledger.Day(2017, 8, 16)}, 0, 0) // the last days of those of Fill
		first := run(task{}, benchBox, benchBox/100)
		plain := run(task{Plain: true}, benchBox, benchBox/100)
		report(b, fmt.Sprintf("first fetch from a day on, %d messages, nothing cached at the server", recent.Seen), "since", recent, plain)
		report(b, "first fetch of everything, nothing cached at the server", "first", first, plain)
		for n := range benchDaily {
			for _, who := range users {
				s.Deliver(who, large(benchBox+n)(benchBox+n))
			}
		}
		var again, daily, bare []done
		for range benchTurns {
			again = append(again, run(task{}, benchBox+benchDaily, benchBox/100))
			bare = append(bare, run(task{Plain: true}, benchBox+benchDaily, benchBox/100))
			daily = append(daily, run(task{From: first.At}, benchDaily, 0))
		}
		report(b, "everything once more", "again", median(again), median(bare))
		report(b, fmt.Sprintf("daily fetch of %d new ones", benchDaily), "daily", median(daily), median(bare))
	}
}

func median(all []done) done {
	slices.SortFunc(all, func(a, b done) int { return int(a.Took - b.Took) })
	return all[len(all)/2]
}

func report(b *testing.B, what, unit string, ours, plain done) {
	ratio := float64(ours.Took) / float64(plain.Took)
	b.ReportMetric(ratio, unit+"-ratio")
	b.ReportMetric(ours.Took.Seconds(), unit+"-s")
	b.ReportMetric(float64(ours.Peak>>20), unit+"-MB")
	b.Logf("mailbox of %d, %s: %s (%s of our own processor time), at most %d MB; bare library scanning all %s (%s), %d MB; ratio %.4f in time, %.4f in processor time, %.2f in memory",
		benchBox, what, ours.Took.Round(time.Millisecond), ours.CPU.Round(time.Millisecond), ours.Peak>>20,
		plain.Took.Round(time.Millisecond), plain.CPU.Round(time.Millisecond), plain.Peak>>20,
		ratio, float64(ours.CPU)/float64(plain.CPU), float64(ours.Peak)/float64(plain.Peak))
}
