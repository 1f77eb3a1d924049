package run

import (
	"context"
	"errors"
	"log"
	"sync"
	"time"
)

// Every is the time between two samples of a running task's progress.
const Every = 200 * time.Millisecond

// After is the time before the first sample: shorter tasks are not shown at all.
const After = 300 * time.Millisecond

// Live runs each task in a goroutine of its own.
type Live struct {
	// Watch, when set, is told of each running task that has named what it does: after 300 ms, then
	// every 200 ms, and once more with running false when it has ended. It is called on the window's goroutine.
	Watch func(key string, s Sample, running bool)

	do    func(func())
	mu    sync.Mutex
	jobs  map[string]*job
	last  uint64
	alive sync.WaitGroup
	shut  bool
}

type job struct {
	number uint64
	cancel context.CancelFunc
}

// NewLive makes a runner. do hands a function over to the window's goroutine (fyne.Do).
func NewLive(do func(func())) *Live {
	return &Live{do: do, jobs: map[string]*job{}}
}

// Go implements [Runner]. After Close it does nothing.
func (l *Live) Go(key string, task Task, done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	l.mu.Lock()
	if l.shut {
		l.mu.Unlock()
		cancel()
		return
	}
	if old := l.jobs[key]; old != nil {
		old.cancel()
	}
	l.last++
	j := &job{number: l.last, cancel: cancel}
	l.jobs[key] = j
	l.alive.Add(1)
	l.mu.Unlock()

	p := &Progress{}
	go func() {
		defer l.alive.Done()
		defer cancel()
		stop := l.sample(key, j, p)
		err := call(ctx, task, p)
		stop()
		if pe := (*Panic)(nil); errors.As(err, &pe) {
			log.Printf("task %s: %v", key, err)
		}
		l.do(func() {
			if !l.finish(key, j) {
				return
			}
			if s := p.Sample(); s.What != "" && l.Watch != nil {
				l.Watch(key, s, false)
			}
			if done != nil {
				done(err)
			}
		})
	}()
}

// current says whether the job is the newest of its key, and whether there is still a window to tell.
func (l *Live) current(key string, j *job) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.jobs[key] == j && !l.shut
}

// finish forgets the job if it is still the newest of its key, and says whether it was. Once the runner is
// closed nothing is told any more: the window that its end would change is gone.
func (l *Live) finish(key string, j *job) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.jobs[key] != j || l.shut {
		return false
	}
	delete(l.jobs, key)
	return true
}

// sample starts to report the progress; the function it gives stops that.
func (l *Live) sample(key string, j *job, p *Progress) (stop func()) {
	quit := make(chan struct{})
	l.alive.Add(1)
	go func() {
		defer l.alive.Done()
		t := time.NewTimer(After)
		defer t.Stop()
		for {
			select {
			case <-quit:
				return
			case <-t.C:
				t.Reset(Every)
				if s := p.Sample(); s.What != "" {
					l.do(func() {
						if l.Watch != nil && l.current(key, j) {
							l.Watch(key, s, true)
						}
					})
				}
			}
		}
	}()
	return func() { close(quit) }
}

// Cancel implements [Runner].
func (l *Live) Cancel(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if j := l.jobs[key]; j != nil {
		j.cancel()
	}
}

// Close cancels every task, takes no new one, and waits for all to return, at most for the time given.
// It says whether all did.
func (l *Live) Close(most time.Duration) bool {
	l.mu.Lock()
	l.shut = true
	for _, j := range l.jobs {
		j.cancel()
	}
	l.mu.Unlock()
	end := make(chan struct{})
	go func() { l.alive.Wait(); close(end) }()
	select {
	case <-end:
		return true
	case <-time.After(most):
		return false
	}
}
