package post

import (
	"context"
	"time"

	"quitus/app/desk"
	"quitus/app/run"
)

// leastBetween is the least time between two looks into the mailbox for its news: a mailbox into which much comes is not read at every message.
const leastBetween = time.Minute

// inbox is the name of the inbox in IMAP.
const inbox = "INBOX"

// watch waits beside the post for news of the inbox, over a connection of its own.
type watch struct {
	on   bool
	came bool // something came that was not looked at
}

// begin watches, where the mailbox could be read just now and nobody watches yet. That it fails hinders nothing: the mailbox is looked at
// every [desk.MailInterval] anyway.
func (w *watch) begin(p *Post) {
	if w.on || w.came || !p.open || p.now != nil || p.state.Fetching.Err != nil || p.state.Fetching.Last.IsZero() {
		return
	}
	w.on = true
	came := false
	p.o.Run.Go(p.watchKey(), func(ctx context.Context, _ *run.Progress) error {
		box, err := p.o.Way().Mailbox(ctx)
		if err != nil || box == nil {
			return err
		}
		defer box.Close()
		ctx, enough := context.WithCancel(ctx)
		defer enough()
		first := true
		return box.Watch(ctx, inbox, desk.MailInterval, func() {
			if came = !first; came {
				enough()
			}
			first = false
		})
	}, func(error) {
		w.on = false
		if came && p.open {
			w.came = true
			p.next()
		}
	})
}

// end stops watching.
func (w *watch) end(p *Post) {
	w.came = false
	if w.on && p.o.Run != nil {
		p.o.Run.Cancel(p.watchKey())
	}
}
