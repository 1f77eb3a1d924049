package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"

	"quitus/ledger"
)

// errDamaged is the cause of errors found by this package rather than by bbolt.
func errDamaged(format string, args ...any) error {
	return fmt.Errorf("damaged: "+format, args...)
}

// panicked is the cause of an error that was a panic.
type panicked struct{ with any }

func (p panicked) Error() string { return fmt.Sprint(p.with) }

// guard runs what reads a file through bbolt, which panics on damaged pages; those, and pages that lie
// outside the file, become an error with code ledger_damaged.
func guard(path string, fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = ledger.Errorf("ledger_damaged", "file", path, "cause", panicked{p})
		}
	}()
	return fn()
}

// openError gives the code that says why a file could not be opened.
func openError(path string, err error) error {
	code := ""
	switch {
	case errors.As(err, new(*ledger.Error)):
		return err
	case errors.Is(err, berrors.ErrTimeout):
		code = "ledger_locked"
	case errors.Is(err, fs.ErrNotExist):
		code = "ledger_not_found"
	case errors.As(err, new(*fs.PathError)), errors.As(err, new(syscall.Errno)):
		code = "ledger_unreadable"
	case looksLikeBolt(path):
		code = "ledger_damaged"
	default:
		code = "ledger_foreign"
	}
	return ledger.Errorf(code, "file", path, "cause", err)
}

// looksLikeBolt says whether a file begins as bbolt files do, whatever came after.
func looksLikeBolt(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	b := make([]byte, pageHeader+4)
	if _, err := f.ReadAt(b, 0); err != nil {
		return false
	}
	return order.Uint32(b[pageHeader:]) == boltMagic
}

// writeError gives the code that says why a file could not be written: disk_full, ledger_read_only or
// write_failed.
func writeError(path string, err error) error {
	code := "write_failed"
	switch {
	case err == nil:
		return nil
	case errors.As(err, new(*ledger.Error)):
		return err
	case isFull(err):
		code = "disk_full"
	case errors.Is(err, berrors.ErrDatabaseReadOnly):
		code = "ledger_read_only"
	}
	return ledger.Errorf(code, "file", path, "cause", err)
}

// isFull says whether an error means that there is no room. bbolt passes some errors on as text only.
func isFull(err error) bool {
	for _, full := range fullErrors {
		if errors.Is(err, full) || strings.Contains(err.Error(), full.Error()) {
			return true
		}
	}
	return errors.Is(err, berrors.ErrMaxSizeReached)
}

// notWritable says whether a file can perhaps be read, but not written.
func notWritable(err error) bool {
	return errors.Is(err, fs.ErrPermission) || isReadOnlyFS(err)
}
