package app

import (
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/post"
	"quitus/app/screen"
)

// newPost makes a ledger's post. It works by itself only in the program's own window.
func (a *App) newPost(d *desk.Desk) *post.Post {
	// Made when it is first needed: a keyring may ask to be unlocked.
	way := sync.OnceValue(func() desk.MailWay { return d.MailWay(desk.Secrets(), "") })
	p := post.New(post.Options{
		Name: d.Path(), Desk: d, Run: a.runner, Clock: a.options.Clock, Alarm: alarm, Way: way,
	})
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

// alarm rings on the window's goroutine.
func alarm(after time.Duration, f func()) (stop func()) {
	t := time.AfterFunc(after, func() { fyne.Do(f) })
	return func() { t.Stop() }
}
