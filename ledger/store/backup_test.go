package store

import (
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
