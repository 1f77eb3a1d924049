package desk

import (
	"context"
	"time"

	"quitus/mail/box"
	"quitus/mail/send"
)

// MailWay connects to the servers of the company's mailbox.
type MailWay interface {
	// Carrier is the way out. Errors are those of the login: mail_not_set_up, mail_secret_missing, and those of [send.Session.Send].
	Carrier(ctx context.Context) (Carrier, error)
	// Mailbox is the way in; nil without an error where replies are not looked for.
	Mailbox(ctx context.Context) (Mailbox, error)
}

// Carrier hands e-mails to an SMTP server: see [send.Session].
type Carrier interface {
	Send(ctx context.Context, m send.Message) (send.Result, error)
	Close()
}

// Mailbox is the owner's mailbox: see [box.Box].
type Mailbox interface {
	Folders(ctx context.Context) ([]box.Folder, error)
	Scan(ctx context.Context, folder string, from box.Position, s box.Scanning) (box.Position, error)
	FindSent(ctx context.Context, messageID string) (bool, error)
	FileSent(ctx context.Context, messageID string, raw []byte, when time.Time) (bool, error)
	Watch(ctx context.Context, folder string, poll time.Duration, on func()) error
	Close()
}
