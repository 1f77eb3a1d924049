package settings

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/run"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail/oauth"
	"quitus/mail/secret"
	"quitus/mail/setup"
)

// besides runs tasks at once, and says whether one runs: that it is not the window that waits.
type besides struct {
	run.Sync
	on *bool
}

func (r besides) Go(key string, task run.Task, done func(error)) {
	r.Sync.Go(key, func(ctx context.Context, p *run.Progress) error {
		before := *r.on
		*r.on = true
		defer func() { *r.on = before }()
		return task(ctx, p)
	}, func(err error) {
		before := *r.on
		*r.on = false
		defer func() { *r.on = before }()
		if done != nil {
			done(err)
		}
	})
}

// slow is a keyring that waits for its owner.
type slow struct {
	secret.Store
	wait func(what string)
}

func (s *slow) Get(ctx context.Context, key string) (string, error) {
	s.wait("Get")
	return s.Store.Get(ctx, key)
}

func (s *slow) Set(ctx context.Context, key, text string) error {
	s.wait("Set")
	return s.Store.Set(ctx, key, text)
}

func (s *slow) Delete(ctx context.Context, key string) error {
	s.wait("Delete")
	return s.Store.Delete(ctx, key)
}

// The window waits for no keyring, server or browser.
func TestMailNeverHoldsTheWindow(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	beside := false
	waited := map[string]int{}
	wait := func(what string) {
		if waited[what]++; !beside {
			t.Errorf("the window waits: %s", what)
		}
	}
	b.Run = besides{on: &beside}
	store := &slow{Store: secret.InMemory(), wait: wait}
	tools := o.tools()
	given := tools
	tools.Secrets = func() secret.Store { wait("Secrets"); return store }
	tools.Find = func(ctx context.Context, address string, f setup.Options) ([]setup.Found, error) {
		wait("Find")
		return given.Find(ctx, address, f)
	}
	tools.Check = func(ctx context.Context, a ledger.MailAccount, secret string, token bool) setup.Report {
		wait("Check")
		return given.Check(ctx, a, secret, token)
	}
	tools.Login = func(ctx context.Context, l oauth.Options) (MailSession, error) {
		wait("Login")
		return given.Login(ctx, l)
	}
	tools.Browse = func(page string) error { wait("Browse"); return nil }
	b.Secrets = tools.Secrets
	s := shot.Open(t, shot.Setup{Width: 1080, Height: 1100}, func() fyne.CanvasObject {
		v := newView(b.Context, tools)
		v.Show(screen.Place{Screen: screen.Settings, Filter: string(MailSection)})
		return v.Object()
	})
	find(b, s, "vasseur@gmail.com")
	s.Type("abcd efgh ijkl mnop")
	s.Tap(word(b, "test"))
	s.Tap(word(b, "open_page"))
	s.Tap(b.T("common.save"))
	s.Tap(word(b, "edit"))
	find(b, s, "valdore@outlook.fr")
	s.Tap(word(b, "advanced"))
	s.Tap(word(b, "field.client"))
	s.Type("11111111-2222-3333-4444-555555555555")
	s.Tap("Se connecter chez Microsoft")
	s.Tap(b.T("common.save"))
	s.Tap(word(b, "forget"))
	s.Tap(word(b, "forget.act"))
	for _, what := range []string{"Secrets", "Get", "Set", "Delete", "Find", "Check", "Login", "Browse"} {
		if waited[what] == 0 {
			t.Errorf("%s was not asked; errors %v", what, b.Errors)
		}
	}
}
