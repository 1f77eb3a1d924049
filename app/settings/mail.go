package settings

import (
	"context"
	"net/url"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/mail/oauth"
	"quitus/mail/setup"
)

// mailSection is the section in which the mailbox is set up, tested, changed and forgotten.
type mailSection struct {
	c         *screen.Context
	m         *Mail
	onChanged func()
	shown     bool   // it was in front: only then is the keyring asked
	doing     string // what runs in the background: "find", "login", "test", "save"; else nothing

	form   *mailForm
	state  *mailState
	object fyne.CanvasObject
}

// mailTools are the ways to the outside of a screen in its window.
func mailTools(c *screen.Context) MailTools {
	return realTools(c.Secrets, c.Desk.CheckMail, oauth.Browser{Words: c.Words, Open: func(page string) error {
		u, err := url.Parse(page)
		if err != nil {
			return err
		}
		return fyne.CurrentApp().OpenURL(u)
	}})
}

func newMail(c *screen.Context, tools MailTools, onChanged func()) *mailSection {
	s := &mailSection{c: c, onChanged: onChanged, m: NewMail(c.Words, c.Desk, tools)}
	s.form, s.state = newMailForm(s), newMailState(s)
	st := s.state
	main := kit.NewCard(kit.Padded(4, kit.Stack(look.Gap4, st.title, st.intro, st.state, s.form.top, s.form.login, st.test, s.form.advanced)))
	s.object = kit.NewScrollingColumns(main, st.side, sideWidth, kit.SectionBody)
	s.fill()
	return s
}

// chosen is told when the section comes to the front.
func (s *mailSection) chosen() {
	s.shown = true
	s.look()
}

func (s *mailSection) refresh() {
	if !s.m.Changed() && s.doing == "" {
		s.m.Reset()
		s.fill()
	}
	if s.shown {
		s.look()
	}
}

// look asks where the password is.
func (s *mailSection) look() {
	looking := s.m.Looking()
	var kept MailKept
	s.c.Run.Go("settings.mail.look", func(ctx context.Context, _ *run.Progress) error {
		kept = looking(ctx)
		return ctx.Err()
	}, func(err error) {
		if err == nil {
			s.m.Kept = kept
			s.show()
		}
	})
}

func (s *mailSection) changed() bool { return s.m.Changed() }
func (s *mailSection) wrong() int    { return s.m.Wrong() }
func (s *mailSection) words() string { return s.m.Words() }

// reset puts back what is recorded.
func (s *mailSection) reset() {
	s.m.Reset()
	s.fill()
}

// fill writes what the model has into the fields, and shows it.
func (s *mailSection) fill() {
	s.form.fill()
	s.show()
}

// show brings all but the texts of fields up to date.
func (s *mailSection) show() {
	if s.form == nil || s.state == nil {
		return // being built
	}
	s.form.show()
	s.state.show()
	s.object.Refresh()
	s.onChanged()
}

// set shows some objects in a container, and hides it where there are none.
func set(box *fyne.Container, objects ...fyne.CanvasObject) {
	box.Objects = objects
	box.Hidden = len(objects) == 0
	box.Refresh()
}

// work runs something in the background under a key of its own; done is told its error, also that it was stopped.
func (s *mailSection) work(what, progress string, task func(context.Context) error, done func(error)) {
	s.doing = what
	s.show()
	s.c.Run.Go("settings.mail."+what, func(ctx context.Context, p *run.Progress) error {
		p.Start(progress, 0)
		return task(ctx)
	}, func(err error) {
		s.doing = ""
		done(err)
	})
}

// running says what is being done, and how to stop it.
func (s *mailSection) running(what string, text *kit.Label) *fyne.Container {
	key := "settings.mail." + what
	return kit.Row(look.Gap3, text.Ink(look.Ink2), kit.NewLink(look.NoIcon, s.c.T("common.stop"), func() { s.c.Run.Cancel(key) }))
}

// find looks for the servers of the address.
func (s *mailSection) find() {
	if s.doing != "" || !s.form.fields["address"].Validate() {
		return
	}
	find, address := s.m.Finding(), s.m.Text("address")
	var found []setup.Found
	s.work("find", s.c.T("mailaccount.finding"), func(ctx context.Context) (err error) {
		found, err = find(ctx)
		return err
	}, func(err error) {
		if s.m.Text("address") != address { // another was typed meanwhile
			s.show()
			return
		}
		s.m.SetFound(found, err)
		s.fill()
		s.form.fields["address"].SetMessage(s.m.Check("address"))
		switch {
		case err != nil || !s.m.Found():
		case s.m.Doubtful(): // to be looked at before a password is typed
			kit.Reveal(s.form.found)
		case s.m.Auth() == ledger.AuthPassword:
			s.form.secret.Focus()
		default:
			s.c.Canvas().Focus(s.form.logIn)
		}
	})
}

// logIn sends the owner to the provider's page.
func (s *mailSection) logIn() {
	if s.doing != "" {
		return
	}
	login := s.m.LoggingIn()
	var session MailSession
	s.work("login", s.c.T("mailaccount.logging_in", "name", s.m.AuthName()), func(ctx context.Context) (err error) {
		session, err = login(ctx)
		return err
	}, func(err error) {
		s.m.SetLogin(session, err)
		s.show()
	})
}

// tryOut tests both sides. What has to be corrected before is said at the fields; a password that is kept nowhere is asked for.
func (s *mailSection) tryOut() {
	if s.doing != "" {
		return
	}
	if s.m.Wrong() > 0 {
		s.form.complain()
		return
	}
	if s.m.Auth() == ledger.AuthPassword && s.m.Secret() == "" {
		dialogs.AskMailSecret(s.c, s.run)
		return
	}
	s.run()
}

func (s *mailSection) run() {
	testing := s.m.Testing()
	var t *MailTest
	s.work("test", s.c.T("mailaccount.testing"), func(ctx context.Context) error {
		t = testing(ctx)
		return nil // a test that was stopped says so itself
	}, func(err error) {
		s.c.Error(err)
		s.m.SetTest(t)
		s.look()
		s.show()
		kit.Reveal(s.state.test)
	})
}

// act saves. A password is not undone with the settings, so undoing is not offered: forgetting the mailbox is.
func (s *mailSection) act() {
	if s.doing != "" {
		return
	}
	saving := s.m.Saving()
	var saved MailSaved
	s.work("save", s.c.T("common.working"), func(ctx context.Context) (err error) {
		saved, err = saving(ctx)
		return err
	}, func(err error) {
		if err != nil {
			if s.m.FieldWrong(err) {
				s.form.complain()
			} else {
				s.c.Error(err)
			}
			s.show()
			return
		}
		text := s.m.SavedWords(saved)
		s.m.SetSaved()
		s.c.Post.Retry() // the password may be another one while the account is the same
		s.fill()
		s.look()
		s.c.Error(saved.Left)
		s.c.Done(text, ledger.Entry{})
	})
}

// forget asks, then forgets the mailbox and its password.
func (s *mailSection) forget() {
	c := s.c
	forgetting := s.m.Forgetting()
	kit.Ask(c.Canvas(), kit.Question{
		Title: c.T("mailaccount.forget.title", "address", s.m.Recorded().Address), Text: c.T("mailaccount.forget.text"),
		Keep: c.T("common.keep"), Act: c.T("mailaccount.forget.act"), Danger: true,
	}, func() {
		c.Act("settings.mail.forget", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) { return forgetting(ctx) }, func() string {
			s.reset()
			s.look()
			return c.T("mailaccount.forgotten")
		})
	})
}

// browse opens a page of the provider's.
func (s *mailSection) browse(page string) {
	open := s.m.tools.Browse
	s.c.Run.Go("settings.mail.browse", func(context.Context, *run.Progress) error {
		if err := open(page); err != nil {
			return ledger.Errorf("mail_login_browser", "cause", err)
		}
		return nil
	}, s.c.Error)
}

// mostCertificate bounds a certificate's file, in bytes.
const mostCertificate = 64 << 10

// trust asks for the certificate that Proton Mail Bridge exported.
func (s *mailSection) trust() {
	c := s.c
	c.OpenFile(c.T("mailaccount.trust.pick"), []string{".pem", ".crt", ".cer"}, func(path string) {
		var file []byte
		c.Run.Go("settings.mail.trust", func(context.Context, *run.Progress) (err error) {
			file, err = desk.ReadFile(path, mostCertificate)
			return err
		}, func(err error) {
			if err == nil {
				err = s.m.SetTrust(file)
			}
			c.Error(err)
			s.fill()
		})
	})
}

// step is a numbered step of a provider's help.
func step(n int, text string) fyne.CanvasObject {
	return container.NewBorder(nil, nil, kit.Inset(0, look.Gap2, 0, 0, container.NewVBox(kit.NewLabel(strconv.Itoa(n)+".").Bold())), nil, kit.NewLabel(text).Wrapped())
}

// told is a line with an icon before it.
func told(icon look.Icon, token fyne.ThemeColorName, text string) fyne.CanvasObject {
	return container.NewBorder(nil, nil, kit.Inset(1, look.Gap2, 0, 0, container.NewVBox(kit.NewIcon(icon, token, 18))), nil, kit.NewLabel(text).Wrapped())
}
