//go:build unix && !linux

package mailtest

import "syscall"

func withParent(a *syscall.SysProcAttr) *syscall.SysProcAttr { return a }
