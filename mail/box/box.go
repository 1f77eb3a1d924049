// Package box is the owner's mailbox by IMAP: what is new in it, and copies of what was sent. Folders are only looked at (EXAMINE,
// BODY.PEEK), so nothing in the mailbox changes, but for the copies that [Box.FileSent] adds.
//
// The server and what lies in the mailbox are not trusted: every command is bounded in time and in the size of its answer, and the parts of
// answers that servers often get wrong (ENVELOPE, BODYSTRUCTURE) are never asked for. One message that cannot be read is told and passed over.
package box

import (
	"context"
	"errors"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"quitus/ledger"
	"quitus/mail"
)

// How many bytes the answers to commands may take.
const (
	shortAnswer  = 256 << 10
	listAnswer   = 4 << 20
	searchAnswer = 16 << 20 // the numbers of more than a million messages
)

// idleFor is how long one IDLE lasts: shorter than the ten minutes after which some routers forget a quiet connection.
const idleFor = 9 * time.Minute

// Box is a mailbox that somebody logged in to. It is used by one goroutine at a time. Where its connection broke, the next call connects
// again.
type Box struct {
	server ledger.MailServer
	access mail.Access
	idle   time.Duration
	chunk  int // heads in one command

	wire   *wire
	client *imapclient.Client
	caps   imap.CapSet
	news   chan struct{} // has one where the server said that there is something new
	opened opened
}

// Open connects and logs in. Errors are those of [mail.Fault], and mail_starttls_imap where the server has no STARTTLS, mail_login_imap where
// it refuses the name or the password, mail_later_imap where it cannot at the moment, mail_refused_imap where it refuses for another reason
// (fact answer), mail_answer_imap where it does not speak as a mail server should. All methods of [Box] can fail in these ways.
func Open(ctx context.Context, server ledger.MailServer, access mail.Access) (*Box, error) {
	b := &Box{server: server, access: access, idle: idleFor, chunk: headsAtOnce}
	if err := b.connect(ctx); err != nil {
		return nil, err
	}
	return b, nil
}

// Check tests a connection: it logs in and opens the inbox. Errors are those of [Open].
func Check(ctx context.Context, server ledger.MailServer, access mail.Access) error {
	b, err := Open(ctx, server, access)
	if err != nil {
		return err
	}
	defer b.Close()
	return b.examine(ctx, inbox)
}

// Close ends the connection. It does not wait for the server.
func (b *Box) Close() {
	if lost, _ := b.wire.lost(); !lost {
		end := b.wire.begin(shortAnswer)
		b.client.Logout()
		end()
	}
	b.cut()
}

// cut ends the connection at once.
func (b *Box) cut() { _ = b.wire.Close() }

// do runs one command: its answer may take so many bytes, and a time that follows from that; the end of ctx breaks the connection.
func (b *Box) do(ctx context.Context, bytes int64, command func() error) error {
	if err := ctx.Err(); err != nil {
		return mail.Fault(ctx, b.server, err)
	}
	end := b.wire.begin(bytes)
	defer end()
	stop := context.AfterFunc(ctx, func() { b.wire.fail(ctx.Err()) })
	defer stop()
	err := command()
	if err == nil {
		return nil
	}
	if _, said := status(err); !said {
		b.cut() // what comes next on this connection could be the rest of this answer
	}
	return b.fault(ctx, err)
}

// connect makes a connection and logs in.
func (b *Box) connect(ctx context.Context) error {
	conn, err := mail.Dial(ctx, b.server, b.access)
	if err != nil {
		return err
	}
	b.wire = newWire(conn, b.access.Step())
	b.news = make(chan struct{}, 1)
	b.opened = opened{}
	if err := b.greet(ctx); err != nil {
		b.cut()
		return err
	}
	if err := b.login(ctx); err != nil {
		b.cut()
		return err
	}
	return nil
}

// greet waits for the server's first words, and makes the connection secret where it is not yet.
func (b *Box) greet(ctx context.Context) error {
	news := b.news
	options := &imapclient.Options{
		TLSConfig: b.access.TLS(b.server.Host),
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: func(*imapclient.UnilateralDataMailbox) {
			select {
			case news <- struct{}{}:
			default:
			}
		}},
	}
	return b.do(ctx, shortAnswer, func() (err error) {
		if b.server.Security != ledger.MailStartTLS {
			b.client = imapclient.New(b.wire, options)
			return b.client.WaitGreeting()
		}
		if b.client, err = imapclient.NewStartTLS(b.wire, options); err != nil {
			if said, ok := status(err); ok && said.Type != imap.StatusResponseTypeBye {
				return ledger.Errorf("mail_starttls_imap", "host", b.server.Host, "cause", err)
			}
		}
		return err
	})
}

// ready connects again where the connection was lost.
func (b *Box) ready(ctx context.Context) error {
	if lost, _ := b.wire.lost(); !lost {
		return nil
	}
	return b.connect(ctx)
}

// opened is what a server says about the folder that is looked at.
type opened struct {
	folder   string
	validity uint32
	next     uint32 // the number that the next message will have; 0 where the server does not say
	messages uint32
}

// examine opens a folder to look at it, and to change nothing.
func (b *Box) examine(ctx context.Context, folder string) error {
	if err := b.ready(ctx); err != nil {
		return err
	}
	b.opened = opened{}
	err := b.do(ctx, shortAnswer, func() error {
		data, err := b.client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err != nil {
			return err
		}
		b.opened = opened{folder: folder, validity: data.UIDValidity, next: uint32(data.UIDNext), messages: data.NumMessages}
		return nil
	})
	if refused := (*ledger.Error)(nil); errors.As(err, &refused) && refused.Code == "mail_refused_imap" {
		return ledger.Errorf("mail_folder", "folder", folder, "cause", err)
	}
	return err
}
