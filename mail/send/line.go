package send

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

const (
	// chunk is how many bytes of a message are one step: a slow line has the whole time of a step for each.
	chunk = 32 << 10
	// endSteps is how many steps the answer to a whole message may take: servers look for viruses before it, and giving up early
	// leaves a message of which nobody knows whether it left. RFC 5321 §4.5.3.2.6 asks for ten minutes.
	endSteps = 5
	// grace is how long that answer is waited for once the context has ended.
	grace = 3 * time.Second
	// farewell is how long a server may take to say good-bye.
	farewell = 2 * time.Second
	// answerBytes is how many bytes a server may send in one step, answerLength how many characters of an answer are kept.
	answerBytes  = 256 << 10
	answerLength = 400
)

var errTalkative = errors.New("send: the server's answer does not end")

// line is the connection below TLS. It bounds each step in time and in what the server may say.
type line struct {
	net.Conn

	mu   sync.Mutex
	room int // bytes that may be read in this step
}

// step begins a step, which ends in time or with the context: reading and writing then fail. The function that it gives ends it.
func (l *line) step(ctx context.Context, most time.Duration) (done func()) {
	l.mu.Lock()
	l.room = answerBytes
	l.mu.Unlock()
	over := false // under mu
	expire := func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if !over {
			_ = l.SetDeadline(time.Unix(1, 0))
		}
	}
	timer := time.AfterFunc(most, expire)
	stop := context.AfterFunc(ctx, expire)
	return func() {
		timer.Stop()
		stop()
		l.mu.Lock()
		over = true
		l.mu.Unlock()
	}
}

func (l *line) Read(p []byte) (int, error) {
	l.mu.Lock()
	room := l.room
	l.mu.Unlock()
	if room <= 0 {
		return 0, errTalkative
	}
	n, err := l.Conn.Read(p[:min(len(p), room)])
	l.mu.Lock()
	l.room -= n
	l.mu.Unlock()
	return n, err
}

// withGrace gives a context that ends a while after another one has.
func withGrace(ctx context.Context) (context.Context, func()) {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var timer *time.Timer
	var mu sync.Mutex
	stop := context.AfterFunc(ctx, func() {
		mu.Lock()
		defer mu.Unlock()
		timer = time.AfterFunc(grace, cancel)
	})
	return late, func() {
		stop()
		mu.Lock()
		defer mu.Unlock()
		if timer != nil {
			timer.Stop()
		}
		cancel()
	}
}
