package box

import (
	"errors"
	"net"
	"os"
	"sync"
	"time"
)

// errFlood is the cause where a server sends more than any answer needs.
var errFlood = errors.New("the server sends without end")

// pace is how many bytes of an answer are worth one more step of time; less than that is too slow to wait for.
const pace = 1 << 20

// wire is a connection on which every command is bounded: in the bytes of its answer, in the time without any progress, and in time as a
// whole. The IMAP library sets deadlines of its own, without regard to ours: they are passed over.
type wire struct {
	net.Conn
	step time.Duration

	mu     sync.Mutex
	budget int64
	quiet  *time.Timer // fires where nothing moves
	whole  *time.Timer // fires where the command lasts too long
	cause  error       // what broke the connection, where it was not the library
	closed bool
}

func newWire(c net.Conn, step time.Duration) *wire { return &wire{Conn: c, step: step} }

// begin allows for one answer of at most so many bytes. The function that it returns ends the wait for it; until the next begin the rest of
// the budget is for what a server says unasked.
func (w *wire) begin(bytes int64) (end func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	late := func() { w.fail(os.ErrDeadlineExceeded) }
	w.budget = bytes
	w.quiet = time.AfterFunc(w.step, late)
	w.whole = time.AfterFunc(w.step+time.Duration(float64(w.step)*float64(bytes)/pace), late)
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.quiet.Stop()
		w.whole.Stop()
		w.quiet = nil
	}
}

// fail breaks the connection; the first cause is the one that counts.
func (w *wire) fail(cause error) {
	w.mu.Lock()
	if w.cause == nil && !w.closed {
		w.cause = cause
	}
	w.mu.Unlock()
	_ = w.Close()
}

// moved notes progress, and says whether the answer is still within its bounds.
func (w *wire) moved(n int, answer bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n > 0 && w.quiet != nil {
		w.quiet.Reset(w.step)
	}
	if answer {
		w.budget -= int64(n)
	}
	return w.budget >= 0
}

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	if !w.moved(n, true) {
		w.fail(errFlood)
		return 0, errFlood
	}
	if err != nil {
		w.fail(err)
	}
	return n, err
}

func (w *wire) Write(p []byte) (int, error) {
	n, err := w.Conn.Write(p)
	w.moved(n, false)
	if err != nil {
		w.fail(err)
	}
	return n, err
}

// Close ends the connection, once.
func (w *wire) Close() error {
	w.mu.Lock()
	again := w.closed
	w.closed = true
	w.mu.Unlock()
	if again {
		return nil
	}
	return w.Conn.Close()
}

// lost says whether the connection is over, and by what cause; none where the library or we ended it.
func (w *wire) lost() (bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.closed, w.cause
}

func (w *wire) SetDeadline(time.Time) error      { return nil }
func (w *wire) SetReadDeadline(time.Time) error  { return nil }
func (w *wire) SetWriteDeadline(time.Time) error { return nil }
