package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// sample writes a ledger with some history and gives its bytes.
func sample(t testing.TB) []byte {
	t.Helper()
	s := fresh(t)
	change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 20, 300) })
	change(t, s, ledger.ActLetters, func(d *ledger.Draft) {
		h := d.Keep(bytes.Repeat([]byte("lettre "), 3000))
		d.Put(&ledger.Letter{Customer: 1, On: today, Hash: h, Amount: ledger.Euros(1)})
	})
	if _, _, err := s.Undo(bg, 1, today); err != nil {
		t.Fatal(err)
	}
	s.Close()
	b, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func place(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "essai.quitus")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// refused opens a file that cannot be a ledger, and makes sure that it is as before, and alone.
func refused(t *testing.T, content []byte, codes ...string) {
	t.Helper()
	path := place(t, content)
	s, err := Open(path, options())
	if err == nil {
		s.Close()
	}
	if !slices.Contains(codes, ledger.CodeOf(err)) {
		t.Errorf("error %v, want %v", err, codes)
	}
	if now, _ := os.ReadFile(path); !bytes.Equal(now, content) {
		t.Error("the file was changed")
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("files: %v", files)
	}
}

func TestOtherFiles(t *testing.T) {
	good := sample(t)
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 100_000)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	refused(t, nil, "ledger_empty")
	refused(t, []byte("x"), "ledger_foreign")
	refused(t, noise, "ledger_foreign")
	refused(t, bytes.Repeat([]byte{0}, 50_000), "ledger_foreign")
	m, _ := findMeta(bytes.NewReader(good))
	for _, n := range []int{30, 100, 4096, 5000, 8192, 16384, len(good) / 2, int(m.pages)*4096 - 1} {
		refused(t, good[:n], "ledger_damaged", "ledger_foreign")
	}
	foreign := filepath.Join(t.TempDir(), "autre.db")
	for _, unsynced := range []bool{false, true} {
		db, err := bolt.Open(foreign, 0o600, &bolt.Options{NoFreelistSync: unsynced})
		if err != nil {
			t.Fatal(err)
		}
		db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucketIfNotExists([]byte("autre")); return err })
		db.Close()
		b, _ := os.ReadFile(foreign)
		refused(t, b, "ledger_foreign")
	}
}

// What a killed process left is cleared away; what only looks alike stays.
func TestSweep(t *testing.T) {
	path := place(t, sample(t))
	dir := filepath.Dir(path)
	for _, name := range []string{".essai.quitus.123", ".essai.quitus.12a", ".autre.quitus.123", ".essai.quitus"} {
		os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600)
	}
	opened(t, path, options())
	if files, _ := os.ReadDir(dir); len(files) != 4 {
		t.Error(files)
	}
}

func TestOtherPaths(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir, options()); ledger.CodeOf(err) != "ledger_is_folder" {
		t.Error(err)
	}
	o := options()
	o.MustExist = true
	if _, err := Open(filepath.Join(dir, "rien.quitus"), o); ledger.CodeOf(err) != "ledger_not_found" {
		t.Error(err)
	}
	file := place(t, []byte("x"))
	if _, err := Open(filepath.Join(file, "dedans.quitus"), options()); err == nil || ledger.CodeOf(err) == "internal" {
		t.Error(err)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("files: %v", files)
	}
}

func TestLocked(t *testing.T) {
	s := fresh(t)
	if _, err := Open(s.Path(), options()); ledger.CodeOf(err) != "ledger_locked" {
		t.Error(err)
	}
	s.Close()
	ro := options()
	ro.ReadOnly = true
	a, b := opened(t, s.Path(), ro), opened(t, s.Path(), ro)
	if _, err := a.Change(bg, What{}, func(d *ledger.Draft) error { register(d, 1, 1); return nil }); ledger.CodeOf(err) != "ledger_read_only" {
		t.Error(err)
	}
	clean(t, b)
}

// denied makes every opening for writing fail.
func denied(err error) func(string, int, os.FileMode) (*os.File, error) {
	return func(name string, flag int, perm os.FileMode) (*os.File, error) {
		if flag&(os.O_RDWR|os.O_WRONLY) != 0 {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		return os.OpenFile(name, flag, perm)
	}
}

func TestReadOnlyFile(t *testing.T) {
	for _, cause := range []error{syscall.EACCES, syscall.EROFS, syscall.EPERM} {
		o := options()
		o.openFile = denied(cause)
		s := opened(t, place(t, sample(t)), o)
		if !s.ReadOnly() || s.Book().Letters.Len() != 1 {
			t.Errorf("%v: read only %v", cause, s.ReadOnly())
		}
		_, err := s.Change(bg, What{}, func(d *ledger.Draft) error { register(d, 1, 1); return nil })
		if ledger.CodeOf(err) != "ledger_read_only" {
			t.Error(err)
		}
		if _, _, err := s.Undo(bg, 2, today); ledger.CodeOf(err) != "ledger_read_only" {
			t.Error(err)
		}
		if _, err := s.EraseCustomer(bg, 1, today); ledger.CodeOf(err) != "ledger_read_only" {
			t.Error(err)
		}
		clean(t, s)
	}
}

// Where no file can be made: a new ledger is refused, and an old one works but for its backups.
func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the superuser may write everywhere")
	}
	path := place(t, sample(t))
	os.Chmod(filepath.Dir(path), 0o500)
	defer os.Chmod(filepath.Dir(path), 0o700)
	if _, err := Open(filepath.Join(filepath.Dir(path), "neuf.quitus"), options()); ledger.CodeOf(err) != "write_failed" {
		t.Error(err)
	}
	s := opened(t, path, options())
	change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 1, 1) })
	if _, err := s.DailyBackup(today); ledger.CodeOf(err) != "write_failed" {
		t.Error(err)
	}
}

// Bytes changed at random: the ledger is refused, or reads and Verify finds it, or nothing reads them.
// Never a crash, never a change of a file that is refused.
func TestDamage(t *testing.T) {
	good := sample(t)
	path := place(t, good)
	s := opened(t, path, options())
	book := s.Book()
	s.Close()
	r := rand.New(rand.NewPCG(3, 4))
	refusals, found := 0, 0
	for range 400 {
		bad := bytes.Clone(good)
		for range 1 + r.IntN(3) {
			switch at := r.IntN(len(bad)); r.IntN(3) {
			case 0:
				bad[at] ^= 1 << r.IntN(8)
			case 1:
				bad[at] = byte(r.Uint32())
			default: // a page lost
				clear(bad[at&^4095 : min(len(bad), at&^4095+4096)])
			}
		}
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(path, options())
		if err != nil {
			refusals++
			if c := ledger.CodeOf(err); c != "ledger_damaged" && c != "ledger_foreign" && c != "ledger_newer" {
				t.Fatal(err)
			}
			if now, _ := os.ReadFile(path); !bytes.Equal(now, bad) {
				t.Fatal("the file was changed")
			}
			continue
		}
		report, err := s.Verify(bg, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !report.OK() {
			found++
		} else {
			sameRecords(t, book, s.Book())
		}
		s.Close()
	}
	if refusals < 50 || found < 20 {
		t.Errorf("%d refused, %d found", refusals, found)
	}
	t.Logf("%d refused, %d found by Verify, %d harmless", refusals, found, 400-refusals-found)
}

// Whatever a file says, opening and checking it ends without a crash.
func FuzzOpen(f *testing.F) {
	good := sample(f)
	good = good[:len(good)&^4095]
	f.Add(good[:32768], uint16(0), []byte{})
	f.Add(good, uint16(9), []byte{1, 0, 0})
	f.Fuzz(func(t *testing.T, content []byte, at uint16, over []byte) {
		if len(content) > 1<<20 {
			return
		}
		if n := int(at) * 16; n < len(content) {
			copy(content[n:], over)
		}
		s, err := Open(place(t, content), options())
		if err != nil {
			return
		}
		defer s.Close()
		if _, err := s.Verify(bg, nil); err != nil {
			t.Error(err)
		}
		s.Entries(0)
		s.Undo(bg, 1, today)
	})
}

// A failed write leaves everything as before, and the next one works.
func TestDiskFull(t *testing.T) {
	s := fresh(t)
	change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 3, 30) })
	book := s.Book()
	info, _ := os.Stat(s.Path())
	s.db.MaxSize = int(info.Size())
	_, err := s.Change(bg, What{Act: ledger.ActImport, On: today}, func(d *ledger.Draft) error { register(d, 100, 20_000); return nil })
	if ledger.CodeOf(err) != "disk_full" {
		t.Error(err)
	}
	if s.Book() != book {
		t.Error("another book")
	}
	if r := clean(t, s); r.Entries != 1 {
		t.Errorf("%d entries", r.Entries)
	}
	s.db.MaxSize = 0
	change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 3, 30) })
	book = s.Book()
	s = again(t, s)
	sameBooks(t, book, s.Book())
	clean(t, s)
}

// A file that someone cuts off while it is open.
func TestCutOffWhileOpen(t *testing.T) {
	s := opened(t, place(t, sample(t)), options())
	h := s.Book().Letters.Get(1).Hash
	if err := os.Truncate(s.Path(), 8192); err != nil {
		t.Skip(err)
	}
	if _, err := s.Document(h); ledger.CodeOf(err) != "ledger_damaged" {
		t.Error(err)
	}
	if _, err := s.Change(bg, What{}, func(d *ledger.Draft) error { register(d, 1, 1); return nil }); err == nil {
		t.Error("written all the same")
	}
	if r, err := s.Verify(bg, nil); err != nil || r.OK() {
		t.Error(r, err)
	}
}

// What a program hands over twice at once is written one after the other.
func TestWritersWait(t *testing.T) {
	s := fresh(t)
	done := make(chan error)
	for range 8 {
		go func() {
			for range 5 {
				_, err := s.Change(bg, What{Act: ledger.ActNote, On: today}, func(d *ledger.Draft) error { register(d, 1, 2); return nil })
				if err != nil {
					done <- err
					return
				}
				s.Entries(3)
				s.Book().Faults()
			}
			done <- nil
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if r := clean(t, s); r.Entries != 40 || s.Book().Invoices.Len() != 80 {
		t.Error(r)
	}
}

func TestPanicInDraft(t *testing.T) {
	s := fresh(t)
	func() {
		defer func() { recover() }()
		s.Change(context.Background(), What{}, func(d *ledger.Draft) error { panic("a mistake") })
	}()
	change(t, s, ledger.ActNote, func(d *ledger.Draft) { register(d, 1, 1) }) // the ledger is not stuck
}

func TestMigration(t *testing.T) {
	content := sample(t)
	path := place(t, content)
	o := options()
	fail := errors.New("no")
	o.migrations = append(slices.Clone(migrations),
		migration{"add a bucket", func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("bank")); return err }},
		migration{"fail", func(tx *bolt.Tx) error { return fail }})
	if _, err := Open(path, o); ledger.CodeOf(err) != "migration_failed" || !errors.Is(err, fail) {
		t.Fatal(err)
	}
	opened(t, path, options()).Close() // still the old schema, in one piece
	o.migrations[len(migrations)+1].run = func(tx *bolt.Tx) error { return tx.Bucket([]byte("bank")).Put([]byte("a"), []byte("b")) }
	s := opened(t, path, o)
	if s.Book().Letters.Len() != 1 {
		t.Error("records are lost")
	}
	clean(t, s)
	s.Close()
	if _, err := Open(path, options()); ledger.CodeOf(err) != "ledger_newer" {
		t.Error(err)
	}
	kept := filepath.Join(filepath.Dir(path), "essai-avant-version-"+strconv.Itoa(schemaOf(migrations)+1)+".quitus")
	old := opened(t, kept, options())
	sameBooks(t, s.Book(), old.Book())
	o.openFile = denied(syscall.EACCES)
	old.Close()
	if _, err := Open(kept, o); ledger.CodeOf(err) != "ledger_read_only" {
		t.Error(err)
	}
	newer, _ := os.ReadFile(path)
	refused(t, newer, "ledger_newer")
}

func TestMigrationFromFirstSchema(t *testing.T) {
	path := place(t, sample(t))
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for k := range since {
			if err := tx.DeleteBucket(kindBuckets[k]); err != nil {
				return err
			}
		}
		return tx.Bucket(metaBucket).Put(schemaKey, []byte("1"))
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	old, _ := os.ReadFile(path)
	s := opened(t, path, options())
	clean(t, s)
	change(t, s, ledger.ActMapping, func(d *ledger.Draft) { d.Put(&ledger.Mapping{Name: "Sage"}) })
	clean(t, s)
	copied := filepath.Join(filepath.Dir(path), "essai-avant-version-2.quitus")
	if kept, _ := os.ReadFile(copied); len(kept) == 0 || len(old) == 0 {
		t.Error("no copy was kept")
	}
	if _, err := Open(copied, Options{ReadOnly: true}); ledger.CodeOf(err) != "ledger_read_only" {
		t.Error(err)
	}
	o := options()
	o.ReadOnly, o.OlderToo = true, true
	first := opened(t, copied, o)
	clean(t, first)
	if first.Book().Letters.Len() != 1 || first.Book().Mappings.Len() != 0 {
		t.Error("an older ledger is not read as it is")
	}
}

// A ledger of the schema before slips opens with what it has; slips, and what came with them, are then recorded.
func TestMigrationToSlips(t *testing.T) {
	path := place(t, sample(t))
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for k, with := range since {
			if with > 3 {
				if err := tx.DeleteBucket(kindBuckets[k]); err != nil {
					return err
				}
			}
		}
		return tx.Bucket(metaBucket).Put(schemaKey, []byte("3"))
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	s := opened(t, path, options())
	clean(t, s)
	change(t, s, ledger.ActDeposit, func(d *ledger.Draft) {
		p := &ledger.Payment{Customer: 1, On: ledger.Day(2026, 3, 1), Amount: ledger.Euros(5000), Means: ledger.Cheque}
		d.Put(p)
		if _, err := ledger.RecordDeposit(d, ledger.Day(2026, 3, 2), "FR76 3000 6000 0112 3456 7890 189", []ledger.PaymentID{p.ID}); err != nil {
			t.Error(err)
		}
		c := ledger.Clone(d.Book().Customer(1))
		c.Habit = ledger.Habit{Discount: 200, Fee: ledger.Euros(1500), Since: ledger.Day(2026, 3, 2)}
		d.Put(c)
	})
	clean(t, s)
	s.Close()
	again := opened(t, path, options())
	sameBooks(t, s.Book(), again.Book())
	if d := again.Book().Deposits.Get(1); d == nil || d.IBAN != "FR7630006000011234567890189" || again.Book().DepositOf(d.Payments[0]) != d || again.Book().Customer(1).Habit.Discount != 200 {
		t.Errorf("%+v", d)
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(path), "essai-avant-version-4.quitus")); err != nil {
		t.Error("no copy was kept:", err)
	}
}

// A ledger of a program between two releases, which knew a schema but not yet all of its kinds, is made whole.
func TestMigrationOfAnUnfinishedSchema(t *testing.T) {
	path := place(t, sample(t))
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, k := range []ledger.Kind{ledger.KindText, ledger.KindMailAccount, ledger.KindReply} {
			if err := tx.DeleteBucket(kindBuckets[k]); err != nil {
				return err
			}
		}
		return tx.Bucket(metaBucket).Put(schemaKey, []byte("4"))
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	s := opened(t, path, options())
	clean(t, s)
	change(t, s, ledger.ActText, func(d *ledger.Draft) { d.Put(&ledger.Text{Name: "guide/late.fr", Body: "Bonjour"}) })
	clean(t, s)
}
