package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// Backup writes a copy of the ledger as it is now, checks that it opens, and only then gives it its name.
// It replaces an earlier backup of the same ledger, but nothing else. Errors: backup_exists (another file
// has that name), backup_is_ledger (the ledger itself has), backup_damaged (the copy does not read as
// written), disk_full, write_failed. Changes wait at most while the file grows.
func (s *Store) Backup(path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return writeError(path, err)
	}
	if err := s.mayReplace(path); err != nil {
		return err
	}
	tmp, err := s.copyTo(path)
	if err != nil {
		return writeError(path, err)
	}
	defer os.Remove(tmp)
	if err := s.sameLedger(tmp); err != nil {
		return ledger.Errorf("backup_damaged", "file", path, "cause", err)
	}
	if err := os.Rename(tmp, path); err != nil {
		return writeError(path, err)
	}
	syncFolder(path)
	return nil
}

// mayReplace says why a backup must not be written over a file.
func (s *Store) mayReplace(path string) error {
	there, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return writeError(path, err)
	}
	if own, err := os.Stat(s.path); err == nil && os.SameFile(own, there) {
		return ledger.Errorf("backup_is_ledger", "file", path)
	}
	if there.Mode().IsRegular() && s.sameLedger(path) == nil {
		return nil
	}
	return ledger.Errorf("backup_exists", "file", path)
}

// sameLedger checks that a file is a sound copy of this ledger, be it an older one.
func (s *Store) sameLedger(path string) error {
	if _, err := inspect(path, s.options); err != nil {
		return err
	}
	id, _, err := identity(path, s.options)
	if err == nil && id != s.id {
		err = fmt.Errorf("another ledger: %s", id)
	}
	return err
}

// identity reads which ledger a sound file is, and its newest entry's hash.
func identity(path string, o Options) (id string, newest ledger.Hash, err error) {
	db, _, err := openDB(path, true, o)
	if err != nil {
		return "", "", openError(path, err)
	}
	defer db.Close()
	err = guard(path, func() error {
		return db.View(func(tx *bolt.Tx) error {
			meta := tx.Bucket(metaBucket)
			id, newest = string(meta.Get(idKey)), hexHash(meta.Get(headKey))
			return nil
		})
	})
	return id, newest, err
}

// copyTo writes a copy of the ledger into a new file in the folder of path, and gives the file's name.
func (s *Store) copyTo(path string) (string, error) {
	tmp, err := newFile(path)
	if err != nil {
		return "", err
	}
	err = s.view(func(tx *bolt.Tx) error {
		_, err := tx.WriteTo(tmp)
		return err
	})
	return finish(tmp, err)
}

// newFile begins a file that will take the place of path.
func newFile(path string) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	return os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
}

// sweep removes what newFile began in a folder and a killed process left there: files whose name is that of
// a file wanted there, between a full stop and a full stop with digits.
func sweep(dir string, wanted func(name string) bool) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, f := range files {
		name, hidden := strings.CutPrefix(f.Name(), ".")
		stem, digits := cutExt(name)
		if hidden && len(digits) > 1 && strings.Trim(digits[1:], "0123456789") == "" && wanted(stem) {
			os.Remove(filepath.Join(dir, f.Name())) // if it cannot go, it may stay
		}
	}
}

// finish closes a file just written, so that it outlasts a power cut; on error it removes it.
func finish(f *os.File, err error) (string, error) {
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// Restore puts a backup in a ledger's place, after checking all of it. The ledger that was there, damaged
// or not, is kept beside, under the name given back (nothing where there was none). Errors: those of
// [Open] about the backup; backup_damaged when its check finds problems; ledger_locked when the ledger is
// open; backup_is_ledger; disk_full, write_failed.
func Restore(backup, path string) (kept string, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return "", writeError(path, err)
	}
	if err := checkBackup(backup, path); err != nil {
		return "", err
	}
	release, err := lock(path)
	if err != nil {
		return "", err
	}
	defer release()
	tmp, err := copyFile(backup, path)
	if err != nil {
		return "", writeError(path, err)
	}
	defer os.Remove(tmp)
	if !replacesOpen {
		release()
	}
	if kept, err = keepBeside(path); err != nil {
		return "", writeError(path, err)
	}
	if err := os.Rename(tmp, path); err != nil {
		return kept, writeError(path, err)
	}
	syncFolder(path)
	return kept, nil
}

// checkBackup checks a backup before it takes the place of path.
func checkBackup(backup, path string) error {
	if a, err := os.Stat(backup); err == nil {
		if b, err := os.Stat(path); err == nil && os.SameFile(a, b) {
			return ledger.Errorf("backup_is_ledger", "file", path)
		}
	}
	s, err := Open(backup, Options{ReadOnly: true, OlderToo: true})
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := s.Verify(context.Background(), nil)
	if err != nil {
		return err
	}
	if !r.OK() {
		return ledger.Errorf("backup_damaged", "file", backup, "cause", error(r.Problems[0]))
	}
	return nil
}

// lock makes sure that no other process has a ledger open for writing, or opens it so before release. A
// file that is no ledger, or a damaged one, cannot be open; it stays as it is.
func lock(path string) (release func(), err error) {
	db, _, err := openDB(path, true, Options{}.complete())
	if err == nil {
		return func() { db.Close() }, nil
	}
	if err := openError(path, err); ledger.CodeOf(err) == "ledger_locked" {
		return nil, err
	}
	return func() {}, nil
}

// keepBeside gives the file at path another name in its folder, if there is one.
func keepBeside(path string) (string, error) {
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	stem, ext := cutExt(path)
	for n := 1; ; n++ {
		kept := fmt.Sprintf("%s-avant-restauration-%d%s", stem, n, ext)
		if _, err := os.Lstat(kept); err == nil {
			continue
		}
		if os.Link(path, kept) == nil { // path stays until the backup replaces it
			return kept, nil
		}
		return kept, os.Rename(path, kept)
	}
}

// cutExt cuts a path before its extension.
func cutExt(path string) (stem, ext string) {
	ext = filepath.Ext(path)
	return strings.TrimSuffix(path, ext), ext
}

// copyFile copies a file into a new one in the folder of path, and gives the new one's name.
func copyFile(from, path string) (string, error) {
	src, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer src.Close()
	tmp, err := newFile(path)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(tmp, src)
	return finish(tmp, err)
}

// copyBeforeMigration keeps the ledger as the older program left it.
func (s *Store) copyBeforeMigration() error {
	if err := s.readID(); err != nil {
		return err
	}
	stem, ext := cutExt(s.path)
	return s.Backup(fmt.Sprintf("%s-avant-version-%d%s", stem, s.schema+1, ext))
}
