// Package run is the one way to do work in the background.
//
// A [Runner] takes a task and what to do when it is done. The live one runs the task beside the window
// and comes back to the window's own goroutine for the end; the synchronous one, for tests, does all at
// once. A key names what a task is about: a newer task of the same key cancels the older one, whose end
// is then never called, so that an old result cannot overwrite a newer one.
//
//	runner.Go("invoices.filter", func(ctx context.Context, p *run.Progress) error {
//		view = filter(ctx, rows)
//		return ctx.Err()
//	}, func(err error) { table.Show(view) })
package run

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync/atomic"
)

// Task is work that may take long. It returns soon after ctx is done, counts in p, and touches nothing
// that the window shows.
type Task func(ctx context.Context, p *Progress) error

// Runner runs tasks. Its methods are called from the window's goroutine.
type Runner interface {
	// Go starts a task under a key, cancelling the one that runs under it. done (which may be nil)
	// is called on the window's goroutine with the task's error, unless a newer task of the key has
	// started meanwhile. A cancelled task ends with context.Canceled.
	Go(key string, task Task, done func(error))
	// Cancel asks the task of a key to stop; its done is still called.
	Cancel(key string)
}

// Panic is the error of a task that panicked.
type Panic struct {
	Value any
	Stack []byte
}

// Error writes the panic for the log.
func (p *Panic) Error() string { return fmt.Sprintf("panic: %v\n%s", p.Value, p.Stack) }

// Progress counts what a task has done. A task writes it, somebody else samples it: however many items
// it counts, the window is bothered only a few times a second.
type Progress struct {
	what        atomic.Pointer[string]
	done, total atomic.Int64
}

// Start names what is being done, in words for people, and how many steps it has; 0 when unknown.
// A task that never calls Start is not shown to people.
func (p *Progress) Start(what string, total int64) {
	p.what.Store(&what)
	p.done.Store(0)
	p.total.Store(total)
}

// Add counts n more steps.
func (p *Progress) Add(n int64) { p.done.Add(n) }

// Set says how many steps are done.
func (p *Progress) Set(n int64) { p.done.Store(n) }

// SetTotal says how many steps there are, where that is known only later.
func (p *Progress) SetTotal(n int64) { p.total.Store(n) }

// Sample is Progress at one moment. What is empty until the task has named what it does.
type Sample struct {
	What        string
	Done, Total int64
}

// Sample reads the counters.
func (p *Progress) Sample() Sample {
	s := Sample{Done: p.done.Load(), Total: p.total.Load()}
	if w := p.what.Load(); w != nil {
		s.What = *w
	}
	return s
}

// call runs a task and turns its panic into an error.
func call(ctx context.Context, task Task, p *Progress) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &Panic{Value: v, Stack: debug.Stack()}
		}
	}()
	return task(ctx, p)
}

// Sync runs each task to its end before Go returns. It is for tests and for the command line.
type Sync struct{}

// Go runs the task, then done.
func (Sync) Go(_ string, task Task, done func(error)) {
	err := call(context.Background(), task, &Progress{})
	if done != nil {
		done(err)
	}
}

// Cancel has nothing to cancel.
func (Sync) Cancel(string) {}
