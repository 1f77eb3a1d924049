package app

import (
	"context"
	"sync"
	"time"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/post"
	"quitus/app/run"
	"quitus/app/screen"
)

// newPost makes a ledger's post. It works by itself only in the program's own window.
func (a *App) newPost(d *desk.Desk) *post.Post {
	// Made when it is first needed: a keyring may ask to be unlocked.
	way := sync.OnceValue(func() desk.MailWay { return d.MailWay(desk.Secrets(), "") })
	p := post.New(post.Options{
		Name: d.Path(), Desk: d, Run: a.runner, Clock: a.options.Clock, Alarm: alarm(a.runner, "post.alarm."+d.Path()), Way: way,
	})
	p.OnPassword = func() {
		if a.post == p {
			dialogs.AskMailSecret(a.ctx, p.Retry)
		}
	}
	p.OnChange = func() {
		if s := a.screens[screen.Letters]; s != nil && a.front == s {
			s.Refresh()
		}
	}
	return p
}

// endPost ends the post of the ledger that is open, then goes on.
func (a *App) endPost(then func()) {
	if a.post == nil {
		then()
		return
	}
	a.post.Stop(then)
}

// alarm gives an alarm of which one runs at a time. The runner waits, as it alone comes back to the window's goroutine.
func alarm(r run.Runner, key string) func(time.Duration, func()) (stop func()) {
	return func(after time.Duration, f func()) func() {
		r.Go(key, func(ctx context.Context, _ *run.Progress) error {
			t := time.NewTimer(after)
			defer t.Stop()
			select {
			case <-t.C:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}, func(err error) {
			if err == nil {
				f()
			}
		})
		return func() { r.Cancel(key) }
	}
}
