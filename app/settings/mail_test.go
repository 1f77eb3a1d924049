package settings

import (
	"bytes"
	"context"
	"errors"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail/oauth"
	"quitus/mail/secret"
	"quitus/mail/setup"
)

func TestMailLooks(t *testing.T) {
	for _, lang := range []words.Lang{words.FR, words.EN} {
		name := func(s string) string { return "mail_" + s + "_" + string(lang) }
		openMail(t, screentest.New(t, lang), world(), shot.Setup{}).Golden(name("empty"))

		b, o := screentest.New(t, lang), world()
		s := openMail(t, b, o, shot.Setup{Width: 1080, Height: 860})
		find(b, s, "vasseur@gmail.com")
		s.Golden(name("found"))

		s.Type("abcd efgh ijkl mnop")
		o.report = setup.Check(t.Context(), ledger.MailAccount{Address: "vasseur@gmail.com", Auth: ledger.AuthPassword, IMAP: ovhLike("imap.gmail.com"), SMTP: ovhLike("smtp.gmail.com")},
			access0, setup.Probes{IMAP: probe(ledger.Errorf("mail_login_imap", "host", "imap.gmail.com")), SMTP: probe(nil)})
		s.Tap(word(b, "test"))
		s.Golden(name("one_side"))

		o.report = setup.Report{IMAP: refusedCertificate("imap.gmail.com"), SMTP: refusedCertificate("smtp.gmail.com")}
		s.Tap(word(b, "test_again"))
		s.Golden(name("certificate"))

		o.report = setup.Report{}
		s.Tap(word(b, "test_again"))
		s.Tap(b.T("common.save"))
		s.Golden(name("saved"))

		b, o = screentest.New(t, lang), &outside{store: secret.InMemory()}
		recorded(t, b, o, ovh(), "")
		s = openMail(t, b, o, shot.Setup{})
		s.Golden(name("no_keyring"))
		s.Tap(word(b, "test"))
		s.Golden(name("asked"))
	}
}

func TestMailLooksElsewhere(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	s := openMail(t, b, o, shot.Setup{Appearance: look.Dark})
	find(b, s, "compta@menuiserie-valdore.fr")
	s.Golden("mail_confirm_dark")
	s = openMail(t, b, o, shot.Setup{Width: 824, Height: 544})
	find(b, s, "vasseur@gmail.com")
	s.Golden("mail_narrow")
	s = openMail(t, b, o, shot.Setup{Height: 1000, Width: 1080})
	find(b, s, "valdore@proton.me")
	s.Tap(word(b, "advanced"))
	s.Golden("mail_advanced_fr")
	s = openMail(t, b, o, shot.Setup{})
	find(b, s, "valdore@outlook.fr")
	s.Golden("mail_microsoft_fr")
}

func TestMailLooksWhenChanged(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	recorded(t, b, o, ovh(), "secret")
	s := openMail(t, b, o, shot.Setup{Width: 1080, Height: 860})
	s.Tap(word(b, "change"))
	s.Golden("mail_change_fr")
	s.Tap(b.T("common.cancel"))
	s.Tap(word(b, "edit"))
	s.Tap(word(b, "advanced"))
	s.Golden("mail_edit_fr")
}

// held runs what the section does at once, but the test, which does not end.
type held struct{ run.Sync }

func (h held) Go(key string, task run.Task, done func(error)) {
	if key != "settings.mail.test" {
		h.Sync.Go(key, task, done)
	}
}

func TestMailLooksWhileTesting(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	b.Run = held{}
	recorded(t, b, o, ovh(), "secret")
	s := openMail(t, b, o, shot.Setup{})
	s.Tap(word(b, "test"))
	s.Golden("mail_testing_fr")
}

func TestMailIsSaved(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	s := openMail(t, b, o, shot.Setup{})
	find(b, s, "vasseur@gmail.com")
	s.Type("abcd efgh ijkl mnop")
	s.Tap(b.T("common.save"))
	a := b.Desk.State().Book.Mail()
	if a == nil || a.SMTP.Host != "smtp.gmail.com" || a.User != "" || len(b.Errors) > 0 {
		t.Fatalf("%+v, errors %v", a, b.Errors)
	}
	if kept, err := o.store.Get(t.Context(), secret.Key(*a)); kept != "abcdefghijklmnop" || err != nil {
		t.Errorf("kept %q, %v", kept, err)
	}
	if len(b.Dones) != 1 || !strings.Contains(b.Dones[0], "sans avoir été testée") {
		t.Errorf("said %v", b.Dones)
	}
	if len(o.online) != 1 || o.online[0] {
		t.Errorf("asked on-line: %v", o.online)
	}

	// Another address takes the place of the first, whose password goes.
	s.Tap(word(b, "edit"))
	find(b, s, "vasseur@yahoo.fr")
	s.Has("imap.mail.yahoo.com", "Mot de passe d’application")
	s.Tap(b.T("common.save"))
	if b.Desk.State().Book.Mail().Address != "vasseur@gmail.com" {
		t.Error("saved without a password")
	}
	s.Tap("Mot de passe d’application")
	s.Type("second")
	s.Tap(word(b, "test"))
	s.Tap(b.T("common.save"))
	after := b.Desk.State().Book.Mail()
	if kept, err := o.store.Get(t.Context(), secret.Key(*after)); after.Address != "vasseur@yahoo.fr" || kept != "second" || err != nil {
		t.Errorf("%+v %q %v", after, kept, err)
	}
	if _, err := o.store.Get(t.Context(), secret.Key(*a)); ledger.CodeOf(err) != "mail_secret_missing" {
		t.Errorf("the password of the address before: %v", err)
	}
	if last := b.Dones[len(b.Dones)-1]; !strings.Contains(last, "Les deux côtés fonctionnent") {
		t.Error(last)
	}
}

// What was tested counts for what was tested only.
func TestMailTestIsOfWhatIsTyped(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	m := NewMail(b.Words, b.Desk, o.tools())
	m.Set("address", "vasseur@gmail.com")
	m.SetFound(m.Finding()(t.Context()))
	m.SetSecret("abcd efgh ijkl mnop")
	m.SetTest(m.Testing()(t.Context()))
	if r, ok := m.Test(); !ok || !r.OK() || o.checked[0] != "abcdefghijklmnop" {
		t.Fatalf("%+v %v, with %v", r, ok, o.checked)
	}
	if m.Set("name", "Vasseur"); m.Untested() != "" {
		t.Error("the name shown has no part in a test")
	}
	for _, change := range []func(){func() { m.SetSecret("other") }, func() { m.Set("smtp.port", "587") }, func() { m.SetAuth(ledger.AuthGoogle) }} {
		m.SetSecret("abcdefghijklmnop")
		m.SetTest(m.Testing()(t.Context()))
		change()
		if _, ok := m.Test(); ok {
			t.Error("a test of something else counts")
		}
	}
}

// Servers that nobody vouches for get no password before the owner confirmed them.
func TestMailServersAreConfirmed(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	s := openMail(t, b, o, shot.Setup{Height: 1000, Width: 1080})
	find(b, s, "compta@menuiserie-valdore.fr")
	s.Tap("Mot de passe")
	s.Type("secret")
	s.Tap(word(b, "test"))
	s.Tap(b.T("common.save"))
	if len(o.checked) > 0 || b.Desk.State().Book.Mail() != nil {
		t.Fatal("used before they were confirmed")
	}
	s.Has("Confirmez d’abord")
	s.Tap(word(b, "confirmed"))
	s.Tap(word(b, "test"))
	s.Tap(b.T("common.save"))
	if len(o.checked) != 1 || b.Desk.State().Book.Mail() == nil {
		t.Errorf("tested %v, saved %v\n%s", o.checked, b.Desk.State().Book.Mail(), s.Texts())
	}
	if len(o.pages) > 0 {
		t.Error(o.pages)
	}
}

func TestMailOnlineIsAsked(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	o.findErr = ledger.Errorf("mail_lookup_failed", "domain", "valdore.fr")
	o.found, _ = setup.Find(t.Context(), "compta@valdore.fr", setup.Options{})
	s := openMail(t, b, o, shot.Setup{Height: 1000, Width: 1080})
	s.Tap(word(b, "online"))
	find(b, s, "compta@valdore.fr")
	if len(o.online) != 1 || !o.online[0] {
		t.Fatal(o.online)
	}
	s.Has("Personne n’a pu être interrogé", "imap.valdore.fr")
	o.findErr, o.found = ledger.Errorf("email_invalid", "value", "compta@valdore"), []setup.Found{}
	find(b, s, "compta@valdore")
	s.Has("n’est pas une adresse")
}

// Fields are told what is wrong with them, also those that are folded away.
func TestMailFields(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	s := openMail(t, b, o, shot.Setup{Height: 1000, Width: 1080})
	find(b, s, "vasseur@gmail.com")
	s.Type("secret")
	s.Tap(word(b, "advanced"))
	s.Tap(word(b, "field.per_minute"))
	s.Type("601")
	s.Tap(word(b, "advanced_hide"))
	s.HasNot("va de 1 à 600")
	s.Tap(word(b, "test"))
	s.Has("va de 1 à 600")
	s.Key(fyne.KeyBackspace)
	s.Tap(word(b, "field.imap.port"))
	s.Type("x")
	s.Key(fyne.KeyTab)
	s.Has("Un port est un")
	if len(o.checked) > 0 {
		t.Error("tested all the same")
	}
}

// A login at the provider's page needs a client of the owner's own; its token is kept when the account is.
func TestMailLogin(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	s := openMail(t, b, o, shot.Setup{Height: 1100, Width: 1080})
	find(b, s, "valdore@outlook.fr")
	s.Has("demande un identifiant")
	s.Tap("Se connecter chez Microsoft")
	if o.logins != 0 {
		t.Fatal("no client, and a login")
	}
	s.Tap(word(b, "advanced"))
	s.Tap(word(b, "field.client"))
	s.Type("11111111-2222-3333-4444-555555555555")
	s.Tap("Se connecter chez Microsoft")
	s.Has("Connecté chez Microsoft")
	s.Tap(word(b, "test"))
	s.HasNot("Connectez-vous d’abord")
	a := ledger.MailAccount{Address: "valdore@outlook.fr", Auth: ledger.AuthMicrosoft}
	if _, err := o.store.Get(t.Context(), secret.Key(a)); err == nil {
		t.Error("kept before it was saved")
	}
	s.Tap(b.T("common.save"))
	if kept, err := o.store.Get(t.Context(), secret.Key(a)); kept != "refresh-token" || err != nil {
		t.Errorf("kept %q, %v; errors %v\n%s", kept, err, b.Errors, s.Texts())
	}
	s.Tap(word(b, "test_again"))
	if len(o.checked) != 2 || o.checked[0] != "access" || o.checked[1] != "access of refresh-token" {
		t.Errorf("tested with %v", o.checked)
	}
	s.Tap(word(b, "login_anew"))
	s.Tap("Se connecter chez Microsoft")
	if o.logins != 2 {
		t.Errorf("%d logins", o.logins)
	}
}

func TestMailLoginIsStopped(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	tools := o.tools()
	tools.Login = func(ctx context.Context, _ oauth.Options) (MailSession, error) { return nil, context.Canceled }
	m := NewMail(b.Words, b.Desk, tools)
	m.Set("address", "valdore@gmail.com")
	m.SetFound(m.Finding()(t.Context()))
	if got := m.Auths(); len(got) != 1 {
		t.Errorf("without a client: %v", got)
	}
	m.Set("client", "id secret")
	if got := m.Auths(); len(got) != 2 || got[1] != ledger.AuthGoogle {
		t.Errorf("with a client: %v", got)
	}
	m.SetAuth(ledger.AuthGoogle)
	m.SetLogin(m.LoggingIn()(t.Context()))
	if text, wrong := m.LoginWords(); m.session != nil || !wrong || !strings.Contains(text, "Rien n’est enregistré") || !m.NeedsSecret() {
		t.Errorf("%q", text)
	}
	login := m.LoggingIn()
	m.Set("client", "other secret")
	if m.SetLogin(login(t.Context())); m.session != nil || len(m.failed) > 0 {
		t.Error("a login of another client counts")
	}
	m.SetTest(&MailTest{of: tested(m.Now()), report: setup.Report{IMAP: context.Canceled, SMTP: context.Canceled}})
	if sides, todo := m.Sides(); len(sides) > 0 || len(todo) != 1 {
		t.Errorf("%v %v", sides, todo)
	}
}

// missing are servers for which the password is not known.
type missing struct{}

func (missing) Carrier(context.Context) (desk.Carrier, error) {
	return nil, ledger.Errorf("mail_secret_missing")
}
func (missing) Mailbox(context.Context) (desk.Mailbox, error) {
	return nil, ledger.Errorf("mail_secret_missing")
}

// The post, which waits for a password, goes on when one is saved, though nothing else of the mailbox changed.
func TestMailSavedLetsThePostGoOn(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	s := openMail(t, b, o, shot.Setup{})
	find(b, s, "vasseur@gmail.com")
	s.Type("abcd efgh ijkl mnop")
	s.Tap(b.T("common.save"))
	b.Mail = missing{}
	b.Post.Changed()
	b.Post.Fetch("", nil)
	if !b.Post.State().NeedsPassword {
		t.Fatal("the post waits for nothing")
	}
	s.Tap(word(b, "edit"))
	s.Tap("Mot de passe d’application")
	s.Type("ponm lkji hgfe dcba")
	s.Tap(b.T("common.save"))
	if b.Post.State().NeedsPassword {
		t.Error("the post still waits")
	}
}

// Forgetting asks, takes the password out of the keyring, and says that undoing does not bring it back.
func TestMailIsForgotten(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	recorded(t, b, o, ovh(), "secret")
	s := openMail(t, b, o, shot.Setup{})
	s.Has("compta@vasseur.fr", "Le mot de passe est dans le trousseau")
	s.Tap(word(b, "forget"))
	s.Has("jamais le mot de passe")
	s.Tap(word(b, "forget.act"))
	if _, err := o.store.Get(t.Context(), secret.Key(ovh())); err == nil || b.Desk.State().Book.Mail() != nil || len(b.Errors) > 0 {
		t.Fatalf("%v, errors %v", err, b.Errors)
	}
	if len(b.Dones) != 1 || !strings.Contains(b.Dones[0], "il faudra le ressaisir") {
		t.Error(b.Dones)
	}
	s.Has(word(b, "find"))
	entries, err := b.Desk.Journal(1)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.Desk.Undo(t.Context(), entries[0].Seq); err != nil {
		t.Fatal(err)
	}
	s = openMail(t, b, o, shot.Setup{})
	s.Has("compta@vasseur.fr", "n’est pas dans le trousseau")
}

// A keyring that does not let an old password go is told of, and the new settings count all the same.
func TestMailSecretLeft(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	o.store.(*keyring).left = ledger.Errorf("mail_secret_left")
	recorded(t, b, o, ovh(), "secret")
	s := openMail(t, b, o, shot.Setup{Height: 1000, Width: 1080})
	s.Tap(word(b, "edit"))
	find(b, s, "vasseur@gmail.com")
	s.Type("abcd efgh ijkl mnop")
	s.Tap(b.T("common.save"))
	if len(b.Errors) != 1 || ledger.CodeOf(b.Errors[0]) != "mail_secret_left" || b.Desk.State().Book.Mail().Address != "vasseur@gmail.com" {
		t.Errorf("%v", b.Errors)
	}
}

// A certificate file may hold a private key too: it is not kept.
func TestMailCertificate(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	m := NewMail(b.Words, b.Desk, o.tools())
	m.Set("address", "valdore@proton.me")
	m.SetFound(m.Finding()(t.Context()))
	if err := m.SetTrust([]byte("nothing")); ledger.CodeOf(err) != "mail_trust_file" || m.Trusted() {
		t.Error(err)
	}
	if err := m.SetTrust(bridgeCertificate(t)); err != nil {
		t.Fatal(err)
	}
	if a := m.Now(); strings.Contains(a.Trust, "PRIVATE") || !strings.Contains(a.Trust, "CERTIFICATE") || a.IMAP.Host != "127.0.0.1" || a.SMTP.Host != "127.0.0.1" {
		t.Errorf("%+v", a)
	}
	if m.DropTrust(); m.Now().Trust != "" {
		t.Error("still trusted")
	}
}

// The password is nowhere but in the store: not in the ledger, its copies, the preferences, the log, or what the window shows.
func TestMailSecretIsNowhere(t *testing.T) {
	const password = "Zanzibar-4711-cormoran"
	b, o := screentest.New(t, words.FR), world()
	var said bytes.Buffer
	log.SetOutput(&said)
	defer log.SetOutput(os.Stderr)
	s := openMail(t, b, o, shot.Setup{})
	find(b, s, "vasseur@gmail.com")
	s.Type(password)
	s.HasNot(password)
	o.report = setup.Report{IMAP: ledger.Errorf("mail_login_imap", "host", "imap.gmail.com"), SMTP: ledger.Errorf("mail_connection", "host", "smtp.gmail.com", "port", 465, "cause", errors.New("broken"))}
	s.Tap(word(b, "test"))
	s.HasNot(password)
	s.Tap(b.T("common.save"))
	if b.Desk.State().Book.Mail() == nil || o.checked[0] != password {
		t.Fatal("not saved, or not tested with it")
	}
	s.HasNot(password)
	if err := b.Desk.DailyBackup(); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(filepath.Dir(b.Desk.Path()), func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(password)) {
			t.Errorf("%s has the password", filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range append(append([]string{said.String()}, b.Dones...), texts(b.Errors)...) {
		if strings.Contains(text, password) {
			t.Errorf("%q", text)
		}
	}
}

func texts(errs []error) []string {
	var out []string
	for _, err := range errs {
		out = append(out, err.Error())
	}
	return out
}

// All is reached with the keyboard, in the order in which it stands.
func TestMailKeyboard(t *testing.T) {
	b, o := screentest.New(t, words.FR), world()
	s := openMail(t, b, o, shot.Setup{Height: 1000, Width: 1080})
	s.Tap(word(b, "field.address"))
	s.Key(fyne.KeyEnd)
	for range 40 {
		s.Key(fyne.KeyBackspace)
	}
	s.Type("vasseur@gmail.com")
	s.Key(fyne.KeyReturn)
	s.Type("abcd efgh ijkl mnop") // the keyboard is in the password's field now
	s.Key(fyne.KeyReturn)
	if len(o.checked) != 1 || o.checked[0] != "abcdefghijklmnop" {
		t.Fatalf("tested with %v", o.checked)
	}
	s.Key(fyne.KeyTab, fyne.KeySpace)
	if len(o.checked) != 2 {
		t.Error("the button does not follow its field")
	}
	s.Key(fyne.KeyTab, fyne.KeySpace)
	s.Has(word(b, "field.imap.host"))
}
