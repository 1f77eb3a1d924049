package dialogs

import (
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail/secret"
)

// boxed gives a company with a mailbox, of which no password is known.
func boxed(t *testing.T, auth ledger.MailAuth) (*screentest.Bench, ledger.MailAccount) {
	t.Helper()
	b := screentest.New(t, words.FR)
	server := ledger.MailServer{Host: "smtp.gmail.com", Port: 465, Security: ledger.MailTLS}
	a := ledger.MailAccount{Address: "vasseur@gmail.com", Auth: auth, SMTP: server}
	if _, err := b.Desk.SaveMailAccount(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	return b, a
}

// Where there is no keyring the password is asked for once, and kept in memory.
func TestAskMailSecret(t *testing.T) {
	b, a := boxed(t, ledger.AuthPassword)
	s := stage(t, shot.Setup{})
	went := 0
	ask := func() { AskMailSecret(b.Context, func() { went++ }) }
	ask()
	s.Golden("mail_secret_fr")
	s.Key(fyne.KeyReturn)
	s.Has("Ce champ est nécessaire")
	s.Key(fyne.KeyEscape)
	if went != 0 {
		t.Fatal("went on without a password")
	}
	ask()
	s.Type("abcd efgh ijkl mnop")
	s.HasNot("abcd")
	s.Key(fyne.KeyReturn)
	if kept, err := b.Secrets().Get(t.Context(), secret.Key(a)); kept != "abcdefghijklmnop" || err != nil || went != 1 {
		t.Errorf("kept %q, %v, went on %d times", kept, err, went)
	}
	ask()
	if went != 2 || s.Canvas.Overlays().Top() != nil {
		t.Error("asked again")
	}
}

// No password stands for a login at a provider's page, and without a mailbox there is nothing to ask for.
func TestAskMailSecretIsNotFor(t *testing.T) {
	b, _ := boxed(t, ledger.AuthGoogle)
	s := stage(t, shot.Setup{})
	AskMailSecret(b.Context, func() { t.Error("went on") })
	if len(b.Errors) != 1 || ledger.CodeOf(b.Errors[0]) != "mail_login_again" || s.Canvas.Overlays().Top() != nil {
		t.Error(b.Errors)
	}
	b, went := screentest.New(t, words.FR), false
	AskMailSecret(b.Context, func() { went = true })
	if !went {
		t.Error("stopped where there is no mailbox: the act says so itself")
	}
}
