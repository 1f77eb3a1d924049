package post

import (
	"context"
	"sync"
	"testing"
	"time"

	"quitus/app/desk"
	"quitus/app/run"
	"quitus/ledger"
)

// slow is a desk whose mailbox takes until it is told to stop.
type slow struct {
	mu   sync.Mutex
	did  []string
	busy chan struct{} // something began
}

func (s *slow) MailAccount() *ledger.MailAccount { return &ledger.MailAccount{Address: "a@b.example"} }
func (s *slow) NextMail() time.Time              { return time.Time{} }

func (s *slow) Send(context.Context, desk.MailWay, desk.SendOptions) (desk.SendReport, error) {
	s.note("send")
	return desk.SendReport{Sent: 1}, nil
}

func (s *slow) Fetch(ctx context.Context, _ desk.MailWay, _ desk.FetchOptions) (desk.FetchReport, error) {
	s.note("fetch")
	<-ctx.Done()
	return desk.FetchReport{}, ctx.Err()
}

func (s *slow) note(what string) {
	s.mu.Lock()
	s.did = append(s.did, what)
	s.mu.Unlock()
	s.busy <- struct{}{}
}

// With the window's own runner: what the owner wants does not wait for a long look into the mailbox, and the end of a post is told although
// another ledger's post has begun.
func TestLive(t *testing.T) {
	window := make(chan func(), 100)
	go func() {
		for f := range window {
			f()
		}
	}()
	wait := func(f func()) {
		done := make(chan struct{})
		window <- func() { f(); close(done) }
		<-done
	}
	live := run.NewLive(func(f func()) { window <- f })
	defer live.Close(time.Second)
	alarm := func(after time.Duration, f func()) func() {
		timer := time.AfterFunc(after, func() { window <- f })
		return func() { timer.Stop() }
	}
	open := func(name string) (*Post, *slow) {
		s := &slow{busy: make(chan struct{}, 10)}
		clock := func() time.Time { return time.Date(2026, 7, 31, 10, 0, 0, 0, time.UTC) }
		return New(Options{Name: name, Desk: s, Way: func() desk.MailWay { return nil }, Run: live, Clock: clock, Alarm: alarm}), s
	}
	first, s := open("first")
	sent := make(chan desk.SendReport, 1)
	wait(first.Start)
	<-s.busy
	wait(func() { first.Send("", true, nil, func(r desk.SendReport, _ error) { sent <- r }) })
	if r := <-sent; r.Sent != 1 {
		t.Errorf("%+v", r)
	}
	<-s.busy // sending
	<-s.busy // the mailbox again
	ended := make(chan struct{})
	second, other := open("second")
	wait(func() {
		first.Stop(func() { close(ended) })
		second.Start()
	})
	<-ended
	<-other.busy
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.did) != 3 || s.did[1] != "send" {
		t.Errorf("did %q", s.did)
	}
	over := make(chan struct{})
	wait(func() { second.Stop(func() { close(over) }) })
	<-over
}
