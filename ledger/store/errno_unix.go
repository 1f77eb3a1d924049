//go:build !windows

package store

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// fullErrors are the errors of a full disk, a used-up quota, and a file grown too large for its disk.
var fullErrors = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}

func isReadOnlyFS(err error) bool { return errors.Is(err, syscall.EROFS) }

// syncFolder makes sure that a file's new name outlasts a power cut.
func syncFolder(path string) {
	if d, err := os.Open(filepath.Dir(path)); err == nil {
		d.Sync()
		d.Close()
	}
}

// replacesOpen says whether a file that is open can be replaced by another.
const replacesOpen = true
