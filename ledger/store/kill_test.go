package store

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// childEnv tells a test process that it is the one to be killed: what to do, and on which ledger.
const childEnv = "QUITUS_STORE_CHILD"

func TestMain(m *testing.M) {
	if job, path, ok := strings.Cut(os.Getenv(childEnv), " "); ok {
		if err := children[job](path); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// children are the jobs of processes started by tests.
var children = map[string]func(path string) error{"work": work, "migrate": migrateAll}

func child(ctx context.Context, job, path string) *exec.Cmd {
	c := exec.CommandContext(ctx, os.Args[0])
	c.Env = append(os.Environ(), childEnv+"="+job+" "+path)
	return c
}

// work changes a ledger without end, and says after each change how many entries there are.
func work(path string) error {
	r := rand.New(rand.NewPCG(uint64(os.Getpid()), 1))
	s, err := Open(path, Options{Who: "child"})
	if err != nil {
		return err
	}
	for {
		e, err := oneAct(s, r)
		if err != nil {
			return err
		}
		fmt.Println("entry", e.Seq)
	}
}

// oneAct is one of the things that owners do, at random. Its entry says how much it was to write.
func oneAct(s *Store, r *rand.Rand) (ledger.Entry, error) {
	n := 1 + r.IntN(800)
	what := What{On: today, Facts: map[string]string{"count": strconv.Itoa(n)}}
	entries, err := s.Entries(1)
	if err != nil {
		return ledger.Entry{}, err
	}
	switch k := r.IntN(10); {
	case k < 4 || len(entries) == 0:
		what.Act = ledger.ActImport
		return s.Change(bg, what, func(d *ledger.Draft) error { register(d, 1+n/20, n); return nil })
	case k < 7:
		n = 1 + n/20
		what.Act, what.Facts["count"] = ledger.ActLetters, strconv.Itoa(n)
		return s.Change(bg, what, func(d *ledger.Draft) error { letters(d, r, n); return nil })
	case k < 9:
		e, _, err := s.Undo(bg, 1+r.Uint64N(entries[0].Seq), today)
		switch ledger.CodeOf(err) {
		case "already_undone", "nothing_to_undo":
			return entries[0], nil
		}
		return e, err
	}
	if _, err := s.DailyBackup(today.Add(int(entries[0].Seq))); err != nil {
		return ledger.Entry{}, err
	}
	e, err := s.EraseCustomer(bg, 1, today)
	if ledger.CodeOf(err) == "nobody_to_erase" {
		return entries[0], nil
	}
	return e, err
}

func letters(d *ledger.Draft, r *rand.Rand, n int) {
	for range n {
		pdf := make([]byte, 2000+r.IntN(20_000))
		for i := 0; i < len(pdf); i += 16 {
			pdf[i] = byte(r.Uint32())
		}
		d.Put(&ledger.Letter{Customer: 1, Model: "first_reminder", On: today, Hash: d.Keep(pdf), Amount: ledger.Euros(1)})
	}
	if d.Customer(1) == nil {
		d.Put(&ledger.Customer{ID: 1, Ref: "C1", Name: "De nouveau là"})
	}
}

// slowMigration writes every invoice anew into another bucket.
var slowMigration = append(slices.Clone(migrations), migration{"copy", func(tx *bolt.Tx) error {
	to, err := tx.CreateBucket([]byte("copy"))
	if err != nil {
		return err
	}
	return tx.Bucket([]byte("invoice")).ForEach(func(k, v []byte) error { return to.Put(k, bytes.Clone(v)) })
}})

// migrateAll migrates copies of a ledger, one after the other.
func migrateAll(path string) error {
	for n := 0; ; n++ {
		to := filepath.Join(filepath.Dir(path), fmt.Sprintf("copie-%d.quitus", n))
		tmp, err := copyFile(path, to)
		if err != nil {
			return err
		}
		if err := os.Rename(tmp, to); err != nil {
			return err
		}
		s, err := Open(to, Options{migrations: slowMigration})
		if err != nil {
			return err
		}
		if err := s.Close(); err != nil {
			return err
		}
	}
}

// killed starts a child, kills it after a while, and gives the last line that it wrote.
func killed(t *testing.T, job, path string, after time.Duration) string {
	t.Helper()
	c := child(context.Background(), job, path)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { c.Process.Kill() })
	defer timer.Stop()
	last := ""
	for in := bufio.NewScanner(out); in.Scan(); {
		last = in.Text()
	}
	c.Wait()
	if strings.HasPrefix(last, "error") {
		t.Fatal(last)
	}
	return last
}

// times is how often the tests below kill: thirty times together, a thousand in a soak.
func times(usual, soak int) int {
	if os.Getenv("QUITUS_SOAK") != "" {
		return soak
	}
	return usual
}

func TestKilledAtWork(t *testing.T) {
	var path string
	seen := uint64(0)
	for n := range times(24, 800) {
		if n%8 == 0 {
			path, seen = filepath.Join(t.TempDir(), "essai.quitus"), 0
		}
		last := killed(t, "work", path, time.Duration(5+rand.IntN(600))*time.Millisecond)
		s, err := Open(path, options())
		if err != nil {
			t.Fatal(err)
		}
		report := clean(t, s)
		if at, ok := strings.CutPrefix(last, "entry "); ok {
			if seen, err = strconv.ParseUint(at, 10, 64); err != nil {
				t.Fatal(err)
			}
		}
		if report.Entries < seen || report.Entries > seen+1 {
			t.Errorf("%d entries, the process had reported %d", report.Entries, seen)
		}
		seen = report.Entries
		wholeBatches(t, s)
		s.Close()
		if t.Failed() {
			t.Fatalf("after kill %d", n+1)
		}
	}
}

// wholeBatches checks that every entry did as much as it was to do.
func wholeBatches(t *testing.T, s *Store) {
	t.Helper()
	entries, err := s.Entries(0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		kind := map[ledger.Act]ledger.Kind{ledger.ActImport: ledger.KindInvoice, ledger.ActLetters: ledger.KindLetter}[e.Act]
		if got := e.Count(kind, ledger.Created); kind != 0 && strconv.Itoa(got) != e.Facts["count"] {
			t.Errorf("entry %d: %d of %s", e.Seq, got, e.Facts["count"])
		}
	}
}

func TestKilledWhileMigrating(t *testing.T) {
	s := fresh(t)
	change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 100, 3000) })
	s.Close()
	content, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	for range times(6, 200) {
		path := place(t, content)
		killed(t, "migrate", path, time.Duration(20+rand.IntN(250))*time.Millisecond)
		files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.quitus"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			m, err := Open(f, Options{migrations: slowMigration})
			if err != nil {
				t.Fatal(err)
			}
			clean(t, m)
			copied := 0
			m.view(func(tx *bolt.Tx) error {
				return tx.Bucket([]byte("copy")).ForEach(func(k, v []byte) error { copied++; return nil })
			})
			if copied != 3000 || m.Book().Invoices.Len() != 3000 {
				t.Errorf("%s: %d copied", f, copied)
			}
			m.Close()
		}
	}
}
