package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"quitus/ledger"
)

func init() { children["limit"] = atTheLimit }

// A disk that is really full, where this process may make a small one.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=2m"); err != nil {
		t.Skipf("no small disk: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	if err := fillUp(filepath.Join(dir, "essai.quitus")); err != nil {
		t.Error(err)
	}
}

// A disk that cannot be written: a ledger on it reads, and says that it can do no more.
func TestReadOnlyDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8m"); err != nil {
		t.Skipf("no small disk: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	path := filepath.Join(dir, "essai.quitus")
	if err := os.WriteFile(path, sample(t), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("cannot make it read-only: %v", err)
	}
	s := opened(t, path, options())
	if !s.ReadOnly() {
		t.Error("not read only")
	}
	clean(t, s)
	if _, err := Open(filepath.Join(dir, "neuf.quitus"), options()); ledger.CodeOf(err) != "write_failed" {
		t.Error(err)
	}
	if err := s.Backup(filepath.Join(dir, "copie.quitus")); ledger.CodeOf(err) != "write_failed" {
		t.Error(err)
	}
}

// A full disk again, through a limit on the size of files, which a process may set for itself.
func TestLimitedFile(t *testing.T) {
	ctx, cancel := context.WithTimeout(bg, 30*time.Second)
	defer cancel()
	if out, err := child(ctx, "limit", filepath.Join(t.TempDir(), "essai.quitus")).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func atTheLimit(path string) error {
	signal.Ignore(syscall.SIGXFSZ)
	limit := syscall.Rlimit{Cur: 2 << 20, Max: 2 << 20}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	return fillUp(path)
}

// fillUp imports until there is no room, and looks whether all is as before then; and that less than that
// can still be recorded.
func fillUp(path string) error {
	s, err := Open(path, options())
	if err != nil {
		return err
	}
	var full error
	imports := uint64(0)
	var book *ledger.Book
	for n := 2000; n > 100; n /= 2 {
		for full = nil; full == nil; {
			book = s.Book()
			_, full = s.Change(bg, What{Act: ledger.ActImport, On: today}, func(d *ledger.Draft) error { register(d, 20, n); return nil })
			if full == nil {
				imports++
			}
		}
		if ledger.CodeOf(full) != "disk_full" {
			return full
		}
		if s.Book() != book {
			return errors.New("another book")
		}
		if err := asBefore(s, imports); err != nil {
			return err
		}
	}
	if imports < 3 {
		return fmt.Errorf("%d imports", imports)
	}
	for _, beside := range []string{"copie.quitus", "loin/copie.quitus"} {
		err := s.Backup(filepath.Join(filepath.Dir(path), beside))
		if err != nil && ledger.CodeOf(err) != "disk_full" {
			return err
		}
	}
	if _, err := s.EraseCustomer(bg, 1, today); err != nil && ledger.CodeOf(err) != "disk_full" {
		return err
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return err
	}
	for _, f := range files {
		if strings.HasPrefix(f.Name(), ".") {
			return fmt.Errorf("left behind: %s", f.Name())
		}
	}
	if err := s.Close(); err != nil {
		return err
	}
	if s, err = Open(path, options()); err != nil {
		return err
	}
	defer s.Close()
	return asBefore(s, s.mustEntries())
}

func (s *Store) mustEntries() uint64 {
	es, err := s.Entries(1)
	if err != nil || len(es) == 0 {
		return 0
	}
	return es[0].Seq
}

// asBefore verifies a ledger.
func asBefore(s *Store, entries uint64) error {
	r, err := s.Verify(bg, nil)
	if err != nil {
		return err
	}
	if !r.OK() || r.Entries != entries {
		return fmt.Errorf("%d entries, want %d; %v", r.Entries, entries, r.Problems)
	}
	return nil
}
