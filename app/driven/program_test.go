//go:build ci && driven

package driven

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	width, height = 1280, 800
	// longest is how long anything in the window may take.
	longest = 40 * time.Second
	poll    = 30 * time.Millisecond
)

// theProgram is the program under test.
func theProgram(t testing.TB) string {
	t.Helper()
	path := os.Getenv("QUITUS_BINARY")
	if path == "" || os.Getenv("QUITUS_SCREEN") == "" || os.Getenv("DISPLAY") == "" {
		t.Skip("QUITUS_BINARY, QUITUS_SCREEN or DISPLAY is not set: scripts/test.sh sets them")
	}
	return path
}

// environment is ours with settings in place of some, and no way to the file dialogs of the system.
func environment(config string, more ...string) []string {
	var out []string
	for _, e := range os.Environ() {
		name, _, _ := strings.Cut(e, "=")
		switch name {
		case "XDG_CONFIG_HOME", "PATH", "QUITUS_LEDGER", "FYNE_SCALE", "FYNE_THEME", "LANG", "LC_ALL", "LC_MESSAGES":
		default:
			out = append(out, e)
		}
	}
	return append(append(out, "XDG_CONFIG_HOME="+config, "FYNE_SCALE=1", "LANG=fr_FR.UTF-8"), more...)
}

// program is the running program with its window.
type program struct {
	t      *testing.T
	cmd    *exec.Cmd
	said   bytes.Buffer
	frame  *frame
	window uint32
	ended  chan error
}

// start starts the program on the day of the tests and waits for its window. The window goes with the test.
func start(t *testing.T, config string, args ...string) *program {
	t.Helper()
	p := &program{t: t, ended: make(chan error, 1)}
	p.cmd = exec.Command(theProgram(t), append([]string{"--on", day.String()}, args...)...)
	p.cmd.Env = environment(config)
	p.cmd.Stdout, p.cmd.Stderr = &p.said, &p.said
	var err error
	if p.frame, err = openFrame(os.Getenv("QUITUS_SCREEN")); err != nil {
		t.Fatal(err)
	}
	p.park()
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.cmd.Wait() }()
	t.Cleanup(func() {
		if t.Failed() {
			p.photograph("failed")
		}
		if p.ended != nil {
			_ = p.cmd.Process.Kill()
			<-p.ended
		}
	})
	p.wait("the window", func() bool {
		out, _ := exec.Command("xdotool", "search", "--all", "--onlyvisible", "--pid", strconv.Itoa(p.cmd.Process.Pid), "--name", "Quitus").Output()
		n, err := strconv.ParseUint(strings.TrimSpace(string(out)), 10, 32)
		p.window = uint32(n)
		return err == nil
	})
	p.xdotool("windowfocus", "--sync", strconv.Itoa(int(p.window)))
	return p
}

// wait waits until something is so.
func (p *program) wait(what string, so func() bool) {
	p.t.Helper()
	for end := time.Now().Add(longest); !so(); time.Sleep(poll) {
		select {
		case err := <-p.ended:
			p.ended = nil
			p.t.Fatalf("the program ended before %s: %v\n%s", what, err, p.said.String())
		default:
		}
		if time.Now().After(end) {
			p.t.Fatalf("%s did not come in %v\n%s", what, longest, p.said.String())
		}
	}
}

func (p *program) xdotool(args ...string) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), longest)
	defer stop()
	if out, err := exec.CommandContext(ctx, "xdotool", args...).CombinedOutput(); err != nil {
		p.t.Fatalf("xdotool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// park takes the pointer out of the window.
func (p *program) park() { p.t.Helper(); p.xdotool("mousemove", "1279", "1023") }

// press presses the mouse at a place.
func (p *program) press(x, y float32) {
	p.t.Helper()
	p.xdotool("mousemove", strconv.Itoa(int(x)), strconv.Itoa(int(y)))
	p.xdotool("click", "1")
	p.park()
}

func (p *program) key(names ...string) { p.t.Helper(); p.xdotool(append([]string{"key"}, names...)...) }
func (p *program) write(text string)   { p.t.Helper(); p.xdotool("type", "--delay", "5", text) }

// drop lets a file fall on the middle of the window.
func (p *program) drop(path string) {
	p.t.Helper()
	x, err := dial()
	if err == nil {
		defer x.close()
		err = x.drop(p.window, [2]int{width / 2, height / 2}, path)
	}
	if err != nil {
		p.t.Fatal("drop: ", err)
	}
}

// shut closes the window and waits for the program's end, which must be a good one.
func (p *program) shut() {
	p.t.Helper()
	x, err := dial()
	if err == nil {
		defer x.close()
		if err = x.askToClose(p.window); err == nil {
			_, err = x.atom("UTF8_STRING") // an answer: the message is delivered
		}
	}
	if err != nil {
		p.t.Fatalf("close: %v\n%s", err, p.said.String())
	}
	select {
	case err := <-p.ended:
		p.ended = nil
		if err != nil {
			p.t.Errorf("the program ended with %v", err)
		}
	case <-time.After(longest):
		p.t.Fatal("the program does not end")
	}
	if s := p.said.String(); strings.Contains(s, "goroutine ") || strings.Contains(s, "Fyne error") {
		p.t.Errorf("the program said: %s", s)
	}
}

// photograph keeps a picture of the display.
func (p *program) photograph(name string) {
	p.t.Helper()
	img, err := p.frame.picture(width, height)
	if err != nil {
		p.t.Error(err)
		return
	}
	path := filepath.Join(pictures, strings.ReplaceAll(p.t.Name(), "/", "_")+"_"+name+".png")
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		p.t.Error(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		p.t.Error(err)
	}
	p.t.Log("picture:", path)
}

// call runs a command of the program and gives its exit status and what it said.
func call(t testing.TB, env []string, args ...string) (status int, out, problems string) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), longest)
	defer stop()
	cmd := exec.CommandContext(ctx, theProgram(t), args...)
	cmd.Env = env
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), o.String(), e.String()
}
