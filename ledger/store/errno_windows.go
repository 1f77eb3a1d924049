package store

import (
	"errors"
	"syscall"
)

// fullErrors are ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
var fullErrors = []error{syscall.Errno(112), syscall.Errno(39)}

// isReadOnlyFS knows ERROR_WRITE_PROTECT.
func isReadOnlyFS(err error) bool { return errors.Is(err, syscall.Errno(19)) }

// syncFolder does nothing: renaming is durable here.
func syncFolder(string) {}

// replacesOpen says whether a file that is open can be replaced by another.
const replacesOpen = false
