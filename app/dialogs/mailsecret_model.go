package dialogs

import (
	"context"

	"quitus/ledger"
	"quitus/mail/secret"
	"quitus/mail/setup"
)

// missingSecret looks for the password of the company's mailbox. The question is what has to be asked for; nil where nothing is missing.
// Error: mail_login_again where a login at a provider's page is missing, which no password stands for.
func missingSecret(ctx context.Context, a *ledger.MailAccount, store func() secret.Store) (*secretModel, error) {
	if a == nil {
		return nil, nil // the act itself says that there is no mailbox
	}
	s := store()
	if _, err := s.Get(ctx, secret.Key(*a)); ledger.CodeOf(err) != "mail_secret_missing" {
		return nil, err
	}
	if a.Auth != ledger.AuthPassword {
		return nil, ledger.Errorf("mail_login_again", "address", a.Address)
	}
	return &secretModel{account: *a, store: s, state: s.State()}, nil
}

// secretModel is a password that is being asked for.
type secretModel struct {
	account ledger.MailAccount
	store   secret.Store
	state   secret.State
}

// keep keeps what was typed, in the keyring or in memory. Error: mail_secret_invalid.
func (m *secretModel) keep(ctx context.Context, typed string) error {
	return m.store.Set(ctx, secret.Key(m.account), setup.Secret(m.account, typed))
}
