//go:build unix

package mailtest

import (
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

const canStart = true

// process is a Dovecot in a process group of its own.
type process struct {
	cmd   *exec.Cmd
	ended chan struct{}
}

// startProcess starts Dovecot in the foreground and waits until it answers at the addresses.
func startProcess(dir string, addresses ...string) (*process, error) {
	cmd := exec.Command(filepath.Join(dir, "dovecot"), "-F", "-c", filepath.Join(dir, "dovecot.conf"))
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() == 0 {
		who, err := user.Lookup("nobody")
		if err != nil {
			return nil, err
		}
		uid, _ := strconv.ParseUint(who.Uid, 10, 32)
		gid, _ := strconv.ParseUint(who.Gid, 10, 32)
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	cmd.SysProcAttr = withParent(cmd.SysProcAttr)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, ended: make(chan struct{})}
	go func() {
		_ = cmd.Wait()
		close(p.ended)
	}()
	for _, a := range addresses {
		if err := answers(a, p.ended); err != nil {
			p.kill()
			return nil, err
		}
	}
	return p, nil
}

// kill ends the whole group at once: nothing in it is worth a second of waiting.
func (p *process) kill() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.ended
}
