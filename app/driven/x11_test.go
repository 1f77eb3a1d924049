//go:build ci && driven

package driven

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"time"
)

// x11 is a connection to the display, for what xdotool cannot do: to let files fall on a window, and to ask
// a window to close. It speaks the X11 protocol, little end first.
type x11 struct {
	c      net.Conn
	root   uint32
	window uint32 // of our own, the source of what is dropped
	atoms  map[string]uint32
}

var le = binary.LittleEndian

func dial() (*x11, error) {
	number, _, _ := strings.Cut(strings.TrimPrefix(os.Getenv("DISPLAY"), ":"), ".")
	c, err := net.Dial("unix", "/tmp/.X11-unix/X"+number)
	if err != nil {
		return nil, err
	}
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	x := &x11{c: c, atoms: map[string]uint32{}}
	if _, err := c.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return nil, err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(c, head); err != nil {
		return nil, err
	}
	body := make([]byte, 4*int(le.Uint16(head[6:])))
	if _, err := io.ReadFull(c, body); err != nil {
		return nil, err
	}
	if head[0] != 1 {
		return nil, fmt.Errorf("the display refuses: %q", body)
	}
	vendor, formats := int(le.Uint16(body[16:])), int(body[21])
	screen := body[32+(vendor+3)/4*4+8*formats:]
	x.root, x.window = le.Uint32(screen), le.Uint32(body[4:])
	const createWindow, inputOnly = 1, 2
	err = x.request(createWindow, 0, x.window, x.root, 0, 1|1<<16, inputOnly<<16, 0, 0)
	return x, err
}

func (x *x11) close() { x.c.Close() }

// request sends a request of whole words.
func (x *x11) request(code, detail byte, words ...uint32) error {
	out := []byte{code, detail, 0, 0}
	le.PutUint16(out[2:], uint16(len(words)+1))
	for _, w := range words {
		out = le.AppendUint32(out, w)
	}
	_, err := x.c.Write(out)
	return err
}

// next gives the next packet of one of the codes.
func (x *x11) next(codes ...byte) ([]byte, error) {
	for {
		p := make([]byte, 32)
		if _, err := io.ReadFull(x.c, p); err != nil {
			return nil, err
		}
		code := p[0] & 0x7f // the high bit says that a client sent it
		switch {
		case code == 0:
			return nil, fmt.Errorf("the display answers with error %d to request %d", p[1], p[10])
		case code == 1:
			if _, err := io.CopyN(io.Discard, x.c, 4*int64(le.Uint32(p[4:]))); err != nil {
				return nil, err
			}
		}
		for _, c := range codes {
			if code == c {
				return p, nil
			}
		}
	}
}

// packed packs bytes into words.
func packed(s string) []uint32 {
	b := append([]byte(s), make([]byte, (4-len(s)%4)%4)...)
	var out []uint32
	for i := 0; i < len(b); i += 4 {
		out = append(out, le.Uint32(b[i:]))
	}
	return out
}

// atom gives the number of a name.
func (x *x11) atom(name string) (uint32, error) {
	if a, ok := x.atoms[name]; ok {
		return a, nil
	}
	const internAtom, reply = 16, 1
	if err := x.request(internAtom, 0, append([]uint32{uint32(len(name))}, packed(name)...)...); err != nil {
		return 0, err
	}
	p, err := x.next(reply)
	if err != nil {
		return 0, err
	}
	x.atoms[name] = le.Uint32(p[8:])
	return x.atoms[name], nil
}

// Codes of requests and events.
const (
	changeProperty    = 18
	setSelectionOwner = 22
	sendEvent         = 25

	selectionRequest = 30
	selectionNotify  = 31
	clientMessage    = 33
)

// message sends a window a message of a type; names of atoms stand among the data as strings.
func (x *x11) message(window uint32, kind string, data ...any) error {
	k, err := x.atom(kind)
	if err != nil {
		return err
	}
	event := [8]uint32{clientMessage | 32<<8, window, k}
	for i, d := range data {
		switch v := d.(type) {
		case string:
			if event[3+i], err = x.atom(v); err != nil {
				return err
			}
		case uint32:
			event[3+i] = v
		}
	}
	return x.request(sendEvent, 0, append([]uint32{window, 0}, event[:]...)...)
}

// askToClose does what the cross of a window's frame does.
func (x *x11) askToClose(window uint32) error {
	return x.message(window, "WM_PROTOCOLS", "WM_DELETE_WINDOW", uint32(0))
}

// drop lets files fall on a window at a place of the display, as file managers do (XDND, version 5).
func (x *x11) drop(window uint32, at [2]int, paths ...string) error {
	var list strings.Builder
	for _, p := range paths {
		list.WriteString((&url.URL{Scheme: "file", Path: p}).String() + "\r\n")
	}
	selection, err := x.atom("XdndSelection")
	if err != nil {
		return err
	}
	steps := []func() error{
		func() error { return x.request(setSelectionOwner, 0, x.window, selection, 0) },
		func() error { return x.message(window, "XdndEnter", x.window, uint32(5<<24), "text/uri-list") },
		func() error {
			return x.message(window, "XdndPosition", x.window, uint32(0), uint32(at[0]<<16|at[1]), uint32(0), "XdndActionCopy")
		},
		func() error { _, err := x.next(clientMessage); return err }, // XdndStatus
		func() error { return x.message(window, "XdndDrop", x.window) },
		func() error { return x.hand(list.String()) },
		func() error { _, err := x.next(clientMessage); return err }, // XdndFinished
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// hand answers whoever asks for the selection.
func (x *x11) hand(content string) error {
	p, err := x.next(selectionRequest)
	if err != nil {
		return err
	}
	word := func(i int) uint32 { return le.Uint32(p[4*i:]) }
	asker, selection, target, property := word(3), word(4), word(5), word(6)
	const bits = 8
	if err := x.request(changeProperty, 0, append([]uint32{asker, property, target, bits, uint32(len(content))}, packed(content)...)...); err != nil {
		return err
	}
	return x.request(sendEvent, 0, asker, 0, selectionNotify, word(1), asker, selection, target, property, 0, 0)
}
