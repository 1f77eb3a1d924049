package box

import (
	"context"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// Watch calls on once at its beginning, and then each time that something came into a folder, until ctx ends or the connection breaks, and
// returns why. on may use the box. Where the server tells news by itself (IDLE) they are known at once, and a connection that died is noticed
// within ten minutes; elsewhere the folder is looked at in each interval of poll.
func (b *Box) Watch(ctx context.Context, folder string, poll time.Duration, on func()) error {
	var before opened
	for {
		select {
		case <-b.news: // is seen now
		default:
		}
		if err := b.examine(ctx, folder); err != nil {
			return err
		}
		if now := b.opened; now != before {
			more := now.validity != before.validity || now.next != before.next || now.messages > before.messages
			if before = now; more {
				on()
				continue // something may have come meanwhile
			}
		}
		if err := b.wait(ctx, poll); ctx.Err() != nil {
			return ctx.Err()
		} else if err != nil {
			return err
		}
	}
}

// wait ends when there may be news.
func (b *Box) wait(ctx context.Context, poll time.Duration) error {
	if !b.caps.Has(imap.CapIdle) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(poll):
			return nil
		}
	}
	var idle *imapclient.IdleCommand
	err := b.do(ctx, shortAnswer, func() (err error) {
		idle, err = b.client.Idle()
		return err
	})
	if err != nil {
		return err
	}
	timer := time.NewTimer(b.idle)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		b.cut()
	case <-timer.C:
	case <-b.news:
	case <-b.client.Closed():
	}
	return b.do(ctx, shortAnswer, func() error {
		if err := idle.Close(); err != nil {
			return err
		}
		return idle.Wait()
	})
}
