// Quitus gets the unpaid invoices of a small business paid. Without a command it opens its window; with
// one it does what [quitus/app/cli] says and needs no display.
package main

import (
	"io"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"
	"runtime/debug"
	"time"

	"quitus/app/cli"
	"quitus/app/desk"
)

func main() { os.Exit(run()) }

// run wires the parts together: the program's only clock, who is at work, where it logs.
func run() int {
	return cli.Run(cli.Env{
		Args: os.Args[1:], Out: os.Stdout, Err: os.Stderr,
		Now: time.Now, Who: who(), Log: record(),
		Window: func(o cli.Options) error { return window(o, time.Now, who()) },
	})
}

// who is the name under which changes are journalled: the operating system's user.
func who() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	for _, name := range []string{"USER", "USERNAME"} {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	return "?"
}

// maxLog is how large the log grows, in bytes, before another one is begun.
const maxLog = 1 << 20

// record opens the log and the file into which a crash is written, both in the configuration folder,
// and gives the log's path. Where there is no such folder, or it cannot be written, nothing is logged.
func record() string {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	dir, err := desk.ConfigDir()
	if err != nil || os.MkdirAll(dir, 0o700) != nil {
		return ""
	}
	if f, err := openLog(filepath.Join(dir, "crash.log")); err == nil {
		_ = debug.SetCrashOutput(f, debug.CrashOptions{}) // keeps its own handle
		f.Close()
	}
	path := filepath.Join(dir, "quitus.log")
	f, err := openLog(path)
	if err != nil {
		return ""
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(f, nil)))
	return path
}

// openLog opens a log for appending; a large one is put aside first.
func openLog(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		_ = os.Rename(path, path+".old")
	}
	return os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
}
