package run

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// loop is a window's goroutine: what is handed over runs in order, in one place.
type loop struct {
	ch   chan func()
	quit chan struct{}
}

func newLoop(t *testing.T) *loop {
	l := &loop{make(chan func(), 64), make(chan struct{})}
	var w sync.WaitGroup
	w.Add(1)
	go func() {
		defer w.Done()
		for {
			select {
			case f := <-l.ch:
				f()
			case <-l.quit:
				return
			}
		}
	}()
	t.Cleanup(func() { close(l.quit); w.Wait() })
	return l
}

func (l *loop) do(f func()) { l.ch <- f }

// at runs f in the loop and waits for it.
func (l *loop) at(f func()) {
	end := make(chan struct{})
	l.do(func() { f(); close(end) })
	<-end
}

func TestLiveRunsAndEnds(t *testing.T) {
	l := newLoop(t)
	r := NewLive(l.do)
	end := make(chan error, 1)
	wrong := errors.New("wrong")
	r.Go("k", func(context.Context, *Progress) error { return wrong }, func(err error) { end <- err })
	if err := <-end; err != wrong {
		t.Error(err)
	}
	if !r.Close(time.Second) {
		t.Error("did not close")
	}
}

// An old result never comes after a newer one, whichever order the tasks end in.
func TestNewerSupersedes(t *testing.T) {
	l := newLoop(t)
	r := NewLive(l.do)
	defer r.Close(time.Second)
	for range 200 {
		slow := make(chan struct{})
		var old atomic.Bool
		started := make(chan struct{})
		end := make(chan struct{})
		var cancelled error
		r.Go("k", func(ctx context.Context, _ *Progress) error {
			close(started)
			<-slow
			cancelled = ctx.Err()
			return nil
		}, func(error) { old.Store(true) })
		<-started
		r.Go("k", func(context.Context, *Progress) error { return nil }, func(error) { close(end) })
		<-end
		close(slow)
		l.at(func() {})
		for r.busy() {
			time.Sleep(time.Millisecond)
		}
		l.at(func() {})
		if old.Load() {
			t.Fatal("an older task's end was called")
		}
		if !errors.Is(cancelled, context.Canceled) {
			t.Fatal("the older task was not cancelled")
		}
	}
}

// busy says whether a goroutine of the runner is still at work.
func (l *Live) busy() bool {
	end := make(chan struct{})
	go func() { l.alive.Wait(); close(end) }()
	select {
	case <-end:
		return false
	case <-time.After(time.Millisecond):
		return true
	}
}

// The result is on its way to the window when a newer task starts: it must not arrive any more.
func TestSupersededWhileHandedOver(t *testing.T) {
	var queue []func()
	var mu sync.Mutex
	r := NewLive(func(f func()) { mu.Lock(); queue = append(queue, f); mu.Unlock() })
	pending := func() int { mu.Lock(); defer mu.Unlock(); return len(queue) }
	called := ""
	r.Go("k", func(context.Context, *Progress) error { return nil }, func(error) { called += "old " })
	for pending() < 1 {
		time.Sleep(time.Millisecond)
	}
	r.Go("k", func(context.Context, *Progress) error { return nil }, func(error) { called += "new" })
	for pending() < 2 {
		time.Sleep(time.Millisecond)
	}
	for _, f := range queue {
		f()
	}
	if called != "new" {
		t.Errorf("called %q", called)
	}
}

func TestKeysAreApart(t *testing.T) {
	l := newLoop(t)
	r := NewLive(l.do)
	defer r.Close(time.Second)
	ends := make(chan string, 2)
	for _, k := range []string{"a", "b"} {
		r.Go(k, func(context.Context, *Progress) error { return nil }, func(error) { ends <- k })
	}
	if a, b := <-ends, <-ends; a == b {
		t.Error(a, b)
	}
}

func TestCancelStillEnds(t *testing.T) {
	l := newLoop(t)
	r := NewLive(l.do)
	defer r.Close(time.Second)
	end := make(chan error, 1)
	r.Go("k", func(ctx context.Context, _ *Progress) error { <-ctx.Done(); return ctx.Err() }, func(err error) { end <- err })
	r.Cancel("k")
	if err := <-end; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestPanicBecomesError(t *testing.T) {
	l := newLoop(t)
	live := NewLive(l.do)
	defer live.Close(time.Second)
	for _, r := range []Runner{live, Sync{}} {
		end := make(chan error, 1)
		r.Go("k", func(context.Context, *Progress) error { panic("oops") }, func(err error) { end <- err })
		var p *Panic
		if err := <-end; !errors.As(err, &p) || p.Value != "oops" || len(p.Stack) == 0 {
			t.Errorf("%T: %v", r, err)
		}
	}
}

func TestCloseWaitsAndRefuses(t *testing.T) {
	l := newLoop(t)
	r := NewLive(l.do)
	var ended atomic.Bool
	r.Go("k", func(ctx context.Context, _ *Progress) error {
		<-ctx.Done()
		time.Sleep(20 * time.Millisecond)
		ended.Store(true)
		return nil
	}, nil)
	if !r.Close(time.Second) || !ended.Load() {
		t.Error("closed before the task had returned")
	}
	r.Go("k", func(context.Context, *Progress) error { t.Error("ran after Close"); return nil }, nil)
	stuck := NewLive(l.do)
	hold := make(chan struct{})
	stuck.Go("k", func(context.Context, *Progress) error { <-hold; return nil }, nil)
	if stuck.Close(10 * time.Millisecond) {
		t.Error("said that a stuck task had returned")
	}
	close(hold)
}

func TestWatchSamples(t *testing.T) {
	l := newLoop(t)
	r := NewLive(l.do)
	defer r.Close(time.Second)
	var seen []Sample
	var last bool
	r.Watch = func(_ string, s Sample, running bool) { seen = append(seen, s); last = running }
	end := make(chan struct{})
	r.Go("k", func(_ context.Context, p *Progress) error {
		p.Start("Lecture", 100)
		for range 100_000 {
			p.Add(1)
		}
		time.Sleep(After + Every + Every/2)
		return nil
	}, func(error) { close(end) })
	<-end
	l.at(func() {
		if n := len(seen); n < 2 || n > 4 || seen[0].What != "Lecture" || seen[0].Done != 100_000 || last {
			t.Errorf("%d samples, the last running: %v, first %+v", n, last, seen[:min(1, n)])
		}
	})
}

func TestShortTaskIsNotShown(t *testing.T) {
	l := newLoop(t)
	r := NewLive(l.do)
	defer r.Close(time.Second)
	r.Watch = func(_ string, _ Sample, running bool) {
		if running {
			t.Error("a short task was shown")
		}
	}
	end := make(chan struct{})
	r.Go("k", func(_ context.Context, p *Progress) error { p.Start("x", 1); return nil }, func(error) { close(end) })
	<-end
}

func TestSyncEndsBeforeGoReturns(t *testing.T) {
	order := ""
	Sync{}.Go("k", func(context.Context, *Progress) error { order += "task "; return nil }, func(error) { order += "done " })
	if order += "after"; order != "task done after" {
		t.Error(order)
	}
}

// A task that ends after the window was closed tells no one.
func TestNothingToldOnceClosed(t *testing.T) {
	l := newLoop(t)
	r := NewLive(l.do)
	started := make(chan struct{})
	var told atomic.Bool
	r.Go("k", func(ctx context.Context, _ *Progress) error {
		close(started)
		<-ctx.Done()
		return nil
	}, func(error) { told.Store(true) })
	<-started
	if !r.Close(time.Second) {
		t.Fatal("the task was not ended")
	}
	l.at(func() {})
	if told.Load() {
		t.Error("the end of a task was told after the window was closed")
	}
}
