package desk

import (
	"context"
	"crypto/x509"
	"strings"
	"sync"

	"quitus/ledger"
	"quitus/mail"
	"quitus/mail/box"
	"quitus/mail/oauth"
	"quitus/mail/secret"
	"quitus/mail/send"
	"quitus/mail/setup"
)

// secrets is opened when it is first asked for: a keyring may ask to be unlocked.
var secrets = sync.OnceValue(func() secret.Store { return secret.Open(context.Background()) })

// Secrets is where this computer keeps passwords.
func Secrets() secret.Store { return secrets() }

// SaveMailAccount keeps the company's mailbox, without its password. The error is FieldErrors where fields are wrong, by the rules of
// [setup.Validate].
func (d *Desk) SaveMailAccount(ctx context.Context, a ledger.MailAccount) (ledger.Entry, error) {
	a.Address, a.User = strings.TrimSpace(a.Address), strings.TrimSpace(a.User)
	if a.Auth == "" {
		a.Auth = ledger.AuthPassword
	}
	if err := FieldErrors(setup.Validate(a)).err(); err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActMailAccount, nil, func(b *ledger.Draft) error {
		b.Put(&a)
		return nil
	})
}

// ForgetMailAccount takes the company's mailbox out of the ledger, and its password out of the keyring. What left and came stays.
func (d *Desk) ForgetMailAccount(ctx context.Context, s secret.Store) (ledger.Entry, error) {
	a := d.State().Book.Mail()
	if a == nil {
		return ledger.Entry{}, ledger.Errorf("mail_not_set_up")
	}
	if err := s.Delete(ctx, secret.Key(*a)); err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActMailAccount, nil, func(b *ledger.Draft) error {
		b.Delete(ledger.KindMailAccount, a.Key())
		return nil
	})
}

// MailWay is the real way to the servers of the company's mailbox, with the password that a store keeps, or the one given.
func (d *Desk) MailWay(s secret.Store, password string) MailWay {
	return &mailWay{desk: d, secrets: s, password: password}
}

type mailWay struct {
	desk     *Desk
	secrets  secret.Store
	password string

	mu      sync.Mutex
	session *oauth.Session // of the account below, where it logs in by a provider's page
	of      ledger.MailAccount
}

// access gives the account with what is needed to log in: the password, or a token of the provider. Errors: mail_not_set_up,
// mail_secret_missing, those of [setup.Trust] and of [oauth.Session.Access].
func (w *mailWay) access(ctx context.Context) (*ledger.MailAccount, mail.Access, error) {
	a := w.desk.State().Book.Mail()
	if a == nil {
		return nil, mail.Access{}, ledger.Errorf("mail_not_set_up")
	}
	out := mail.Access{User: a.Login(), Secret: w.password}
	var err error
	if out.Roots, err = roots(*a); err != nil {
		return a, out, err
	}
	if out.Secret == "" {
		if out.Secret, err = w.secrets.Get(ctx, secret.Key(*a)); err != nil {
			return a, out, err
		}
	}
	if a.Auth != ledger.AuthPassword {
		out.Token = true
		out.Secret, err = w.token(ctx, *a, out.Secret)
	}
	return a, out, err
}

// token gives an access token for the refresh token that is kept.
func (w *mailWay) token(ctx context.Context, a ledger.MailAccount, refresh string) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.session == nil || w.of != a {
		o, err := w.desk.LoginOptions(a, w.secrets)
		if err != nil {
			return "", err
		}
		w.session, w.of = oauth.Resume(o, refresh), a
	}
	return w.session.Access(ctx)
}

// LoginOptions are what a login by a provider's page needs; the refresh token goes into a store. Errors are those of [oauth.ClientOf].
func (d *Desk) LoginOptions(a ledger.MailAccount, s secret.Store) (oauth.Options, error) {
	client, err := oauth.ClientOf(a)
	return oauth.Options{
		Client: client, Address: a.Address, Now: d.clock,
		Save: func(ctx context.Context, token string) error { return s.Set(ctx, secret.Key(a), token) },
	}, err
}

// CheckMail tries both sides of a mailbox that is not kept yet, with a password or a token.
func (d *Desk) CheckMail(ctx context.Context, a ledger.MailAccount, secret string, token bool) setup.Report {
	access := mail.Access{User: a.Login(), Secret: secret, Token: token}
	var err error
	if access.Roots, err = roots(a); err != nil {
		return setup.Report{IMAP: err, SMTP: err}
	}
	probe := func(side func(*ledger.MailAccount) ledger.MailServer, check func(context.Context, ledger.MailServer, mail.Access) error) setup.Probe {
		return func(ctx context.Context, a ledger.MailAccount, access mail.Access) error {
			return check(ctx, side(&a), access)
		}
	}
	return setup.Check(ctx, a, access, setup.Probes{
		IMAP: probe(func(a *ledger.MailAccount) ledger.MailServer { return a.IMAP }, box.Check),
		SMTP: probe(func(a *ledger.MailAccount) ledger.MailServer { return a.SMTP }, send.Check),
	})
}

// roots are the authorities to trust for a mailbox: nil for those of the operating system.
func roots(a ledger.MailAccount) (*x509.CertPool, error) {
	if a.Trust == "" {
		return nil, nil
	}
	pool, _, err := setup.Trust([]byte(a.Trust))
	return pool, err
}

// Carrier implements [MailWay].
func (w *mailWay) Carrier(ctx context.Context) (Carrier, error) {
	a, access, err := w.access(ctx)
	if err != nil {
		return nil, err
	}
	return send.NewSession(a.SMTP, access), nil
}

// Mailbox implements [MailWay].
func (w *mailWay) Mailbox(ctx context.Context) (Mailbox, error) {
	a, access, err := w.access(ctx)
	if err != nil || a.IMAP.Host == "" {
		return nil, err
	}
	return box.Open(ctx, a.IMAP, access)
}
