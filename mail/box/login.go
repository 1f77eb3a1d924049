package box

import (
	"context"
	"errors"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"

	"quitus/ledger"
)

// login proves who the owner is, and that the server takes it: one that is given a token may say yes, and refuse all that follows.
func (b *Box) login(ctx context.Context) error {
	err := b.do(ctx, shortAnswer, func() error {
		caps := b.client.Caps()
		if b.client.State() != imap.ConnStateNotAuthenticated {
			return errors.New("the server logged somebody in unasked")
		}
		switch {
		case b.access.Token:
			return b.client.Authenticate(&xoauth2{user: b.access.User, token: b.access.Secret})
		case caps.Has(imap.AuthCap(sasl.Plain)):
			return b.client.Authenticate(sasl.NewPlainClient("", b.access.User, b.access.Secret))
		}
		return b.client.Login(b.access.User, b.access.Secret).Wait()
	})
	if err != nil {
		return b.loginFault(err)
	}
	err = b.do(ctx, shortAnswer, func() (err error) {
		if b.caps, err = b.client.Capability().Wait(); err != nil {
			return err
		}
		return b.client.List("", inbox, nil).Close()
	})
	if err != nil {
		return b.loginFault(err)
	}
	if !b.caps.Has(imap.CapIMAP4rev2) {
		return nil
	}
	// Names of folders are then written as they are; before, they would be in a code that some servers expect and others do not.
	return b.do(ctx, shortAnswer, func() error {
		_, err := b.client.Enable(imap.CapIMAP4rev2).Wait()
		return err
	})
}

// loginFault tells a refused name or password from all else that can go wrong.
func (b *Box) loginFault(err error) error {
	if errors.Is(err, errToken) || ledger.CodeOf(err) == "mail_refused_imap" {
		return ledger.Errorf("mail_login_imap", "host", b.server.Host, "cause", err)
	}
	return err
}

// errToken is the answer to a token that is not taken.
var errToken = errors.New("the server refuses the access token")

// xoauth2 logs in with an OAuth2 access token; see developers.google.com/gmail/imap/xoauth2-protocol.
type xoauth2 struct{ user, token string }

// Start gives the only thing that the client has to say.
func (x *xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next is asked only where the server explains why it refuses.
func (x *xoauth2) Next([]byte) ([]byte, error) { return nil, errToken }
