package dialogs

import (
	"context"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// AskMailSecret goes on with then once the password of the company's mailbox is known: at once where it is, else after the owner typed
// it, and not at all where they do not want to. Where there is no keyring that is once at each start, and the password stays in memory.
// A password that turns out wrong is changed in Settings, E-mail.
func AskMailSecret(c *screen.Context, then func()) {
	account, secrets := c.Desk.State().Book.Mail(), c.Secrets
	var m *secretModel
	c.Run.Go("dialogs.mailsecret", func(ctx context.Context, _ *run.Progress) (err error) {
		m, err = missingSecret(ctx, account, secrets)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			c.Error(err)
		case m == nil:
			then()
		default:
			m.ask(c, then)
		}
	})
}

func (m *secretModel) ask(c *screen.Context, then func()) {
	field := kit.NewField(c.T("mailaccount.secret"), "").Secret()
	field.Check = func(text string) string {
		if text == "" {
			return c.Words.Error(ledger.Errorf("field_required"))
		}
		return ""
	}
	form := kit.NewForm(c.Canvas(), c.Words, c.T("mailaccount.ask.title", "address", m.account.Address), c.T("mailaccount.ask.act"),
		kit.NewLabel(c.T("mailaccount.ask."+string(m.state))).Ink(look.Ink2).Wrapped(), field)
	form.OnAct = func() {
		typed := field.Text()
		c.Run.Go("dialogs.mailsecret.keep", func(ctx context.Context, _ *run.Progress) error { return m.keep(ctx, typed) }, func(err error) {
			if ledger.CodeOf(err) == "mail_secret_invalid" {
				field.SetMessage(c.Words.Error(err))
				form.Refresh()
				return
			}
			form.Close()
			if err != nil {
				c.Error(err)
				return
			}
			then()
		})
	}
	form.Show()
	field.Focus()
}
