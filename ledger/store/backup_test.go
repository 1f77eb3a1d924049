package store

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"quitus/ledger"
)

func TestBackupAndRestore(t *testing.T) {
	s := fresh(t)
	change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 3, 10) })
	dir := t.TempDir()
	copied := filepath.Join(dir, "neuf", "copie.quitus")
	if err := s.Backup(copied); err != nil {
		t.Fatal(err)
	}
	book := s.Book()
	change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 1, 1) })
	later := s.Book()
	if _, err := Restore(copied, s.Path()); ledger.CodeOf(err) != "ledger_locked" {
		t.Error(err)
	}
	if err := s.Backup(s.Path()); ledger.CodeOf(err) != "backup_is_ledger" {
		t.Error(err)
	}
	s.Close()
	kept, err := Restore(copied, s.Path())
	if err != nil {
		t.Fatal(err)
	}
	sameBooks(t, later, opened(t, kept, options()).Book())
	s = opened(t, s.Path(), options())
	sameBooks(t, book, s.Book())
	clean(t, s)
	if err := s.Backup(copied); err != nil { // of the same ledger: replaced
		t.Error(err)
	}
	other := fresh(t)
	if err := other.Backup(copied); ledger.CodeOf(err) != "backup_exists" {
		t.Error(err)
	}
	left, _ := os.ReadDir(filepath.Dir(copied))
	if len(left) != 1 {
		t.Errorf("files left: %v", left)
	}
	garbage := filepath.Join(dir, "lettre.pdf")
	os.WriteFile(garbage, []byte("%PDF-1.7, a letter that matters"), 0o600)
	if err := s.Backup(garbage); ledger.CodeOf(err) != "backup_exists" {
		t.Error(err)
	}
	if _, err := Restore(garbage, filepath.Join(dir, "x.quitus")); ledger.CodeOf(err) != "ledger_foreign" {
		t.Error(err)
	}
	if info, _ := os.Stat(copied); info.Mode().Perm() != 0o600 {
		t.Error(info.Mode())
	}
}

// A ledger beyond help is replaced, and kept.
func TestRestoreOverRuins(t *testing.T) {
	s := fresh(t)
	change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 3, 10) })
	copied := filepath.Join(t.TempDir(), "copie.quitus")
	if err := s.Backup(copied); err != nil {
		t.Fatal(err)
	}
	good, _ := os.ReadFile(copied)
	for _, ruin := range [][]byte{nil, []byte("x"), good[:9000], make([]byte, 20_000)} {
		path := place(t, ruin)
		kept, err := Restore(copied, path)
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := os.ReadFile(kept); !bytes.Equal(b, ruin) {
			t.Error("the ruin was changed")
		}
		sameBooks(t, s.Book(), opened(t, path, options()).Book())
	}
	bad := bytes.ReplaceAll(good, []byte("Société"), []byte("Satiété"))
	path := place(t, good)
	if _, err := Restore(place(t, bad), path); ledger.CodeOf(err) != "backup_damaged" {
		t.Error(err)
	}
	if b, _ := os.ReadFile(path); !bytes.Equal(b, good) {
		t.Error("the ledger was changed")
	}
	if kept, err := Restore(copied, filepath.Join(t.TempDir(), "neuf.quitus")); err != nil || kept != "" {
		t.Error(kept, err)
	}
}
