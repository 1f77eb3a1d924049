//go:build !unix

package mailtest

const canStart = false

type process struct{}

func startProcess(string, ...string) (*process, error) { panic("no Dovecot here") }

func (*process) kill() {}
