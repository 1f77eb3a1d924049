package app

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"quitus/ledger"
)

// display connects to where the window is to be shown: the toolkit would end the program with a trace where
// that fails. The connection is to be closed once the toolkit has its own: a display that loses its last
// client may begin anew, and refuse others meanwhile. Errors: no_display, display_unreachable.
func display() (io.Closer, error) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return io.NopCloser(nil), nil
	}
	wayland, x := os.Getenv("WAYLAND_DISPLAY"), os.Getenv("DISPLAY")
	if wayland == "" && x == "" {
		return nil, ledger.Errorf("no_display")
	}
	if c := connect(append(xSockets(x), waylandSocket(wayland))...); c != nil {
		return c, nil
	}
	return nil, ledger.Errorf("display_unreachable", "display", strings.Join(strings.Fields(wayland+" "+x), ", "))
}

// glWatch passes the log on, and remembers when the toolkit notes there that it cannot make a window, for want
// of OpenGL: it tells nobody else, and would wait for ever.
type glWatch struct {
	io.Writer
	failed bool
}

func (g *glWatch) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte("window creation error")) {
		g.failed = true
	}
	return g.Writer.Write(line)
}

// socket is where a display listens.
type socket struct{ network, address string }

// displayWait is how long a display, which may be on another machine, has to answer.
const displayWait = 3 * time.Second

// connect connects to the first of the sockets that answers, or gives nil.
func connect(all ...socket) net.Conn {
	ctx, stop := context.WithTimeout(context.Background(), displayWait)
	defer stop()
	for _, s := range all {
		if s.address == "" {
			continue
		}
		if c, err := new(net.Dialer).DialContext(ctx, s.network, s.address); err == nil {
			return c
		}
	}
	return nil
}

// waylandSocket gives the socket that WAYLAND_DISPLAY names: a path, or a name in XDG_RUNTIME_DIR.
func waylandSocket(name string) socket {
	if name != "" && !filepath.IsAbs(name) {
		dir := os.Getenv("XDG_RUNTIME_DIR")
		if dir == "" {
			return socket{}
		}
		name = filepath.Join(dir, name)
	}
	return socket{"unix", name}
}

// xSockets gives the sockets that DISPLAY may mean: "host:number.screen", where no host, or "unix", is
// this machine, as X(7) has it; the socket's own path is allowed as well.
func xSockets(name string) []socket {
	colon := strings.LastIndexByte(name, ':')
	if colon < 0 {
		return nil
	}
	host, number := name[:colon], name[colon+1:]
	number, _, _ = strings.Cut(number, ".")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n > 59535 {
		return nil
	}
	if strings.HasPrefix(host, "/") {
		return []socket{{"unix", name}}
	}
	if host == "" || host == "unix" {
		local := "/tmp/.X11-unix/X" + number
		return []socket{{"unix", local}, {"unix", "@" + local}, {"tcp", net.JoinHostPort("localhost", strconv.Itoa(6000+n))}}
	}
	return []socket{{"tcp", net.JoinHostPort(strings.Trim(host, "[]"), strconv.Itoa(6000+n))}}
}
