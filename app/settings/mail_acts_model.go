package settings

import (
	"context"
	"errors"
	"time"

	"quitus/ledger"
	"quitus/mail/oauth"
	"quitus/mail/secret"
	"quitus/mail/setup"
)

// Looking prepares to ask where passwords are kept, and whether the recorded mailbox's is there.
func (m *Mail) Looking() func(context.Context) MailKept {
	secrets, saved := m.tools.Secrets, m.saved
	return func(ctx context.Context) MailKept {
		s := secrets()
		k := MailKept{State: s.State()}
		if saved != nil {
			_, err := s.Get(ctx, secret.Key(*saved))
			k.Known, k.State = err == nil, s.State() // asking may show that a keyring does not answer
		}
		return k
	}
}

// LoggingIn prepares the login at the provider's page.
func (m *Mail) LoggingIn() func(context.Context) (MailSession, error) {
	a, login := m.Now(), m.tools.Login
	m.pending, m.asked = secret.InMemory(), loginOf(a)
	o, err := m.desk.LoginOptions(a, m.pending)
	return func(ctx context.Context) (MailSession, error) {
		if err != nil {
			return nil, err
		}
		return login(ctx, o)
	}
}

// loginOf is what a login is about.
func loginOf(a ledger.MailAccount) ledger.MailAccount {
	return ledger.MailAccount{Address: a.Address, Auth: a.Auth, Client: a.Client}
}

// SetLogin takes how the login ended; one of another address, provider or client than are typed by now is left alone.
func (m *Mail) SetLogin(s MailSession, err error) {
	m.session, m.failed = nil, ""
	switch {
	case m.asked != loginOf(m.Now()):
	case errors.Is(err, context.Canceled):
		m.failed = m.w.T("mailaccount.login_stopped")
	case err != nil:
		m.failed = m.w.Error(err)
	default:
		m.session = s
	}
}

// Secret is the password as it is used.
func (m *Mail) Secret() string { return setup.Secret(m.Now(), m.secret) }

// tested is what a test is about: the account without what no server sees.
func tested(a ledger.MailAccount) ledger.MailAccount {
	a.Name, a.PerMinute = "", 0
	return a
}

// Testing prepares the test of both sides, with what is typed, or with the password that is kept.
func (m *Mail) Testing() func(context.Context) *MailTest {
	a, password, session := m.Now(), m.Secret(), m.session
	tools, d := m.tools, m.desk
	return func(ctx context.Context) *MailTest {
		t := &MailTest{of: tested(a), secret: password}
		use, err := access(ctx, tools, d, a, password, session)
		if err != nil {
			t.report = setup.Report{IMAP: err, SMTP: err}
		} else {
			t.report = tools.Check(ctx, a, use, a.Auth != ledger.AuthPassword)
		}
		return t
	}
}

// access gives what one logs in with: the password typed or kept, or a token.
func access(ctx context.Context, tools MailTools, d mailDesk, a ledger.MailAccount, password string, session MailSession) (string, error) {
	if a.Auth == ledger.AuthPassword && password != "" {
		return password, nil
	}
	if session == nil {
		store := tools.Secrets()
		kept, err := store.Get(ctx, secret.Key(a))
		if err != nil || a.Auth == ledger.AuthPassword {
			return kept, err
		}
		o, err := d.LoginOptions(a, store)
		if err != nil {
			return "", err
		}
		session = tools.Resume(o, kept)
	}
	return session.Access(ctx)
}

// SetTest takes how the test ended.
func (m *Mail) SetTest(t *MailTest) { m.test = t }

// Test is how the test of what is typed now ended; ok is false where it was not tested.
func (m *Mail) Test() (r setup.Report, ok bool) {
	if m.test == nil || m.test.of != tested(m.Now()) || m.test.secret != m.Secret() {
		return setup.Report{}, false
	}
	return m.test.report, true
}

// MailSide is how the test of one side ended.
type MailSide struct {
	OK   bool
	Text string
}

// Sides words how the test ended, and what to do: the sides are those that have a server.
func (m *Mail) Sides() (sides []MailSide, todo []string) {
	r, ok := m.Test()
	if !ok {
		return nil, nil
	}
	if errors.Is(r.SMTP, context.Canceled) || errors.Is(r.IMAP, context.Canceled) {
		return nil, []string{m.w.T("mailaccount.test_stopped")}
	}
	a := m.Now()
	for _, x := range []struct {
		side string
		s    ledger.MailServer
		err  error
	}{{"imap", a.IMAP, r.IMAP}, {"smtp", a.SMTP, r.SMTP}} {
		side := m.w.T("mailaccount." + x.side)
		switch {
		case x.s.Host == "":
			sides = append(sides, MailSide{true, m.w.T("mailaccount.side.none")})
		case x.err == nil:
			sides = append(sides, MailSide{true, m.w.T("mailaccount.side.works", "side", side, "host", x.s.Host)})
		default:
			sides = append(sides, MailSide{false, m.w.T("mailaccount.side.fails", "side", side, "why", m.w.Error(x.err))})
		}
	}
	for _, advice := range r.Advice {
		todo = append(todo, advice.Text(m.w))
	}
	return sides, todo
}

// Untested says what saving without a test that succeeded means; nothing where there is nothing to save, or all works.
func (m *Mail) Untested() string {
	r, ok := m.Test()
	switch {
	case !m.Changed() || m.Wrong() > 0 || ok && r.OK():
		return ""
	case ok && !errors.Is(r.SMTP, context.Canceled):
		return m.w.T("mailaccount.failed")
	}
	return m.w.T("mailaccount.untested")
}

// MailSaved is how saving ended.
type MailSaved struct {
	State secret.State // where the password is now
	Left  error        // mail_secret_left where an earlier password is still in the keyring
}

// Saving prepares to keep the password, then the account, and to forget the password of the address before. An account that is not
// kept leaves no new password behind.
func (m *Mail) Saving() func(context.Context) (MailSaved, error) {
	a, password, pending := m.Now(), m.Secret(), m.pending
	if m.session == nil {
		pending = nil
	}
	secrets, d := m.tools.Secrets, m.desk
	var before ledger.MailAccount
	if m.saved != nil {
		before = *m.saved
	}
	return func(ctx context.Context) (out MailSaved, err error) {
		store, key := secrets(), secret.Key(a)
		if a.Auth != ledger.AuthPassword {
			password = ""
			if pending != nil {
				if password, err = pending.Get(ctx, key); err != nil {
					return out, err
				}
			}
		}
		if password != "" {
			if err := store.Set(ctx, key, password); err != nil {
				return out, err
			}
		}
		other := before.Address != "" && secret.Key(before) != key
		if _, err := d.SaveMailAccount(ctx, a); err != nil {
			if password != "" && (other || before.Address == "") {
				err = errors.Join(err, store.Delete(ctx, key))
			}
			return out, err
		}
		if other {
			out.Left = store.Delete(ctx, secret.Key(before))
		}
		out.State = store.State()
		return out, nil
	}
}

// SavedWords say how saving ended, and what is known of what was saved.
func (m *Mail) SavedWords(s MailSaved) string {
	r, ok := m.Test()
	how := "untested"
	switch {
	case ok && r.OK() && m.Now().IMAP.Host != "":
		how = "works"
	case ok && r.OK():
		how = "sends"
	case ok && !errors.Is(r.SMTP, context.Canceled):
		how = "failed"
	}
	text := m.w.T("mailaccount.saved."+how, "address", m.Now().Address)
	if m.Kept.State == secret.Kept && s.State == secret.Memory {
		text += " " + m.w.T("mailaccount.saved_memory")
	}
	return text
}

// SetSaved goes back to what is recorded, which is what was saved; how its test ended stays.
func (m *Mail) SetSaved() {
	_, ok := m.Test()
	t := m.test
	m.Reset()
	if ok {
		t.secret = "" // it is kept now
		m.test = t
	}
}

// Forgetting prepares to forget the mailbox and its password.
func (m *Mail) Forgetting() func(context.Context) (ledger.Entry, error) {
	secrets, d := m.tools.Secrets, m.desk
	return func(ctx context.Context) (ledger.Entry, error) { return d.ForgetMailAccount(ctx, secrets()) }
}

// Where says in plain words where what is typed will be kept; nothing while that is not known.
func (m *Mail) Where() string {
	switch {
	case m.Kept.State == "":
		return ""
	case m.auth == ledger.AuthPassword:
		return m.w.T("mailsetup.secret." + string(m.Kept.State))
	}
	return m.w.T("mailaccount.token."+string(m.Kept.State), "name", m.AuthName())
}

// Lacks says whether the recorded mailbox's password is known to be missing.
func (m *Mail) Lacks() bool { return m.Kept.State != "" && !m.Kept.Known }

// Facts are what is known of the mailbox that is set up: what it last did, and where its password is.
func (m *Mail) Facts() []string {
	book := m.desk.State().Book
	var sent, came time.Time
	for x := range book.Messages.All() {
		if x.State == ledger.MessageSent && !x.ByHand && x.At.After(sent) {
			sent = x.At
		}
	}
	for x := range book.Replies.All() {
		if x.At.After(came) {
			came = x.At
		}
	}
	when := func(key string, t time.Time) string {
		if t.IsZero() {
			return m.w.T(key + "_none")
		}
		return m.w.T(key, "day", ledger.DateOf(t), "time", t.Format("15:04"))
	}
	out := []string{when("mailaccount.sent", sent), when("mailaccount.came", came)}
	if m.Kept.State != "" && m.saved.Auth == ledger.AuthPassword {
		known := "mailaccount.gone."
		if m.Kept.Known {
			known = "mailaccount.known."
		}
		out = append(out, m.w.T(known+string(m.Kept.State)))
	} else if m.Kept.State != "" {
		if m.Kept.Known {
			out = append(out, m.Where())
		} else {
			out = append(out, m.w.Error(ledger.Errorf("mail_login_again", "address", m.saved.Address)))
		}
	}
	return out
}

// realTools are the ways to the outside that the program has; browse shows a page.
func realTools(secrets func() secret.Store, check func(context.Context, ledger.MailAccount, string, bool) setup.Report, browser oauth.Browser) MailTools {
	return MailTools{
		Secrets: secrets, Find: setup.Find, Check: check, Browse: browser.Open,
		Login: func(ctx context.Context, o oauth.Options) (MailSession, error) {
			s, err := oauth.Login(ctx, o, browser)
			if err != nil {
				return nil, err
			}
			return s, nil
		},
		Resume: func(o oauth.Options, refresh string) MailSession { return oauth.Resume(o, refresh) },
	}
}
