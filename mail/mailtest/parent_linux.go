package mailtest

import "syscall"

// withParent makes a process end with the test, should the test be killed.
func withParent(a *syscall.SysProcAttr) *syscall.SysProcAttr {
	a.Pdeathsig = syscall.SIGTERM
	return a
}
