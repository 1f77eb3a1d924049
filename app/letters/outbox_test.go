package letters

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/post"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
	"quitus/mail/box"
	"quitus/mail/secret"
	"quitus/mail/send"
)

// server is a mail server that answers as a test tells it.
type server struct {
	results []send.Result
	err     error
	taken   []string
}

func (s *server) Carrier(context.Context) (desk.Carrier, error) { return s, s.err }
func (s *server) Mailbox(context.Context) (desk.Mailbox, error) { return s, s.err }
func (s *server) Close()                                        {}

func (s *server) Send(_ context.Context, m send.Message) (send.Result, error) {
	r := send.Result{State: send.Delivered, Code: 250}
	if len(s.results) > 0 {
		r, s.results = s.results[0], s.results[1:]
	}
	if r.State == send.Refused {
		return r, nil
	}
	if err := m.Complete(); err != nil {
		return send.Result{State: send.Later}, err
	}
	s.taken = append(s.taken, m.To...)
	return r, nil
}

func (s *server) Folders(context.Context) ([]box.Folder, error) { return nil, nil }
func (s *server) Scan(_ context.Context, _ string, from box.Position, _ box.Scanning) (box.Position, error) {
	return from, nil
}
func (s *server) FindSent(context.Context, string) (bool, error) { return false, nil }
func (s *server) FileSent(context.Context, string, []byte, time.Time) (bool, error) {
	return true, nil
}
func (s *server) Watch(context.Context, string, time.Duration, func()) error { return nil }

// full gives a bench whose outbox has an e-mail in each state, with a mailbox where one is wanted.
func full(t *testing.T, lang words.Lang, mailbox bool) *screentest.Bench {
	t.Helper()
	b := screentest.New(t, lang)
	s := b.Desk.State()
	var due []desk.LetterOrder
	m := NewModel(b.Words, s, nil, "", nil)
	paper, mails := m.ticked()
	due = m.orders(append(paper, mails...))
	if _, err := b.Desk.DoLetters(t.Context(), b.Desk.PrepareLetters(t.Context(), due, nil)); err != nil {
		t.Fatal(err)
	}
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 24, hour, minute, 0, 0, time.UTC) }
	states := []func(*ledger.Draft, *ledger.Message){
		func(_ *ledger.Draft, x *ledger.Message) {
			x.State, x.Sent, x.At = ledger.MessageSent, screentest.Day, at(7, 52)
		},
		func(_ *ledger.Draft, x *ledger.Message) {
			x.State, x.At, x.Attempts, x.Code, x.Answer = ledger.MessageRefused, at(7, 40), 1, 550, "5.1.1 user unknown"
		},
		func(_ *ledger.Draft, x *ledger.Message) {
			x.State, x.At, x.Attempts = ledger.MessageUnknown, at(7, 45), 1
		},
		func(_ *ledger.Draft, x *ledger.Message) {
			x.Next, x.Attempts, x.Code, x.Answer = at(9, 15), 1, 451, "greylisted, try again later"
		},
		func(_ *ledger.Draft, x *ledger.Message) { x.To = "" },
		func(d *ledger.Draft, x *ledger.Message) {
			x.Cc = "gerance@client.example"
			x.Model, x.Sheet = letters.LastReminder, d.Keep([]byte("%PDF-1.4 dernière relance"))
		},
	}
	_, err := b.Desk.Fill(t.Context(), func(d *ledger.Draft) error {
		i := 0
		for x := range d.Book().Messages.All() {
			if i < len(states) {
				x = ledger.Clone(x)
				states[i](d, x)
				d.Put(x)
			}
			i++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if mailbox {
		setUp(t, b)
	}
	return b
}

func setUp(t *testing.T, b *screentest.Bench) *server {
	t.Helper()
	a := ledger.MailAccount{Address: "compta@valdore.example", Auth: ledger.AuthPassword,
		IMAP: ledger.MailServer{Host: "imap.valdore.example", Port: 993, Security: ledger.MailTLS},
		SMTP: ledger.MailServer{Host: "smtp.valdore.example", Port: 465, Security: ledger.MailTLS}}
	if _, err := b.Desk.SaveMailAccount(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if err := b.Secrets().Set(t.Context(), secret.Key(a), "Sésame"); err != nil {
		t.Fatal(err)
	}
	s := &server{}
	b.Mail = s
	b.Post.Changed()
	return s
}

var outbox = screen.Place{Filter: string(Outbox)}

func TestOutboxPictures(t *testing.T) {
	b := full(t, words.FR, true)
	s := open(t, b, shot.Setup{}, outbox)
	s.Golden("outbox_refused_fr")
	s.Tap("peut-être parti")
	s.Golden("outbox_unknown_fr")
	s.Tap("sans adresse e-mail")
	s.Golden("outbox_no_address_fr")
	s.Tap("part à 9:00")
	s.Has("Copie\u00a0: gerance@client.example")
	s.Golden("outbox_attached_fr")
	s.Tap("-2026-11-24.pdf")
	if len(b.Viewed) != 1 {
		t.Errorf("viewed %v, %v", b.Viewed, b.Errors)
	}
	s = open(t, full(t, words.EN, true), shot.Setup{}, outbox)
	s.Tap("leaves at")
	s.Golden("outbox_waiting_en")
	s = open(t, full(t, words.FR, true), shot.Setup{Width: 824, Height: 544, Appearance: look.Dark}, outbox)
	s.Tap("refusé pour l’instant")
	s.Golden("outbox_retry_dark")
	s = open(t, full(t, words.FR, false), shot.Setup{}, outbox)
	s.Tap("attend que la")
	s.Golden("outbox_no_mailbox_fr")
	open(t, screentest.New(t, words.FR), shot.Setup{}, outbox).Golden("outbox_empty_fr")
	open(t, screentest.New(t, words.EN), shot.Setup{}, outbox).Golden("outbox_empty_en")
}

func TestOutboxFailures(t *testing.T) {
	b := full(t, words.FR, true)
	b.Mail.(*server).err = ledger.Errorf("mail_unreachable", "host", "smtp.valdore.example", "port", 465)
	s := open(t, b, shot.Setup{}, outbox)
	s.Tap("Relever maintenant")
	if len(b.Errors) != 1 {
		t.Errorf("errors %v", b.Errors)
	}
	open(t, b, shot.Setup{}, outbox).Golden("outbox_fetch_failed_fr")
	s = open(t, b, shot.Setup{}, outbox)
	s.Tap("Tout envoyer (4)")
	s.Golden("outbox_late_fr")
	s.Tap("Attendre")
	if len(b.Errors) != 1 || len(b.Dones) != 0 {
		t.Errorf("errors %v, %v", b.Errors, b.Dones)
	}
	s.Tap("Tout envoyer (4)")
	s.Tap("Envoyer maintenant")
	s.Has("L’envoi n’a pas abouti.", "Nouvel essai à 8:03.")
	s.Tap("Voir pourquoi")
	s.Golden("outbox_failed_fr")
	b.Mail.(*server).err = ledger.Errorf("mail_secret_missing")
	s = open(t, full(t, words.FR, true), shot.Setup{}, outbox)
	b = full(t, words.EN, true)
	b.Mail.(*server).err = ledger.Errorf("mail_secret_missing")
	asked := 0
	b.Post.OnPassword = func() { asked++ }
	s = open(t, b, shot.Setup{}, outbox)
	s.Tap("Check mail now")
	s = open(t, b, shot.Setup{}, outbox)
	s.Golden("outbox_password_en")
	s.Tap("Enter the password")
	if asked != 2 || len(b.Errors) > 0 {
		t.Errorf("asked %d times, errors %v", asked, b.Errors)
	}
}

// All that can leave leaves; what was refused stays, with the reason and the ways on.
func TestSendingFromTheOutbox(t *testing.T) {
	b := full(t, words.FR, true)
	mail := b.Mail.(*server)
	mail.results = []send.Result{{State: send.Refused, Code: 550, Answer: "no such user"}}
	waiting := len(b.Desk.State().Outbox())
	s := open(t, b, shot.Setup{}, outbox)
	s.Tap("part à 9:00")
	s.Tap("Envoyer maintenant")
	s.Has("Il est 8:02\u00a0: envoyer maintenant\u202f?", "partira à 9:00.")
	s.Tap("Attendre")
	if len(b.Desk.State().Outbox()) != waiting || len(mail.taken) > 0 {
		t.Fatal("it left")
	}
	s.Tap("Envoyer maintenant")
	s.Tap("Envoyer maintenant") // in the question, which lies above
	if n := len(b.Desk.State().LostMail()); n != 3 || strings.Join(b.Dones, "") != "1 refusé\u00a0: à reprendre." {
		t.Errorf("%d lost, %q, %v", n, b.Dones, b.Errors)
	}
}

func TestLostMail(t *testing.T) {
	b := full(t, words.FR, true)
	lost := b.Desk.State().LostMail()
	refused, unknown := lost[0], lost[1]
	s := open(t, b, shot.Setup{}, outbox)
	s.Has("2 e-mails à reprendre", "Le serveur a répondu")
	s.Tap("Corriger l’adresse…")
	s.Golden("outbox_correct_fr")
	s.Shortcut(&fyne.ShortcutSelectAll{})
	s.Type("@")
	s.Key(fyne.KeyReturn)
	s.Has("n’est pas une adresse électronique")
	s.Shortcut(&fyne.ShortcutSelectAll{})
	s.Type("compta@nouvelle.example")
	s.Tap("Renvoyer")
	if x := b.Desk.State().Book.Messages.Get(uint32(refused.ID)); x.State != ledger.MessageWaiting || x.To != "compta@nouvelle.example" {
		t.Errorf("%s to %s, %v", x.State, x.To, b.Errors)
	}
	if _, to := b.Desk.State().MailTo(refused.Customer); to != "compta@nouvelle.example" {
		t.Errorf("the customer's address is %s", to)
	}
	s.Tap("peut-être parti")
	s.Tap("Il est parti")
	if x := b.Desk.State().Book.Messages.Get(uint32(unknown.ID)); x.State != ledger.MessageSent {
		t.Error(x.State, b.Errors)
	}
}

func TestEditingAMail(t *testing.T) {
	b := full(t, words.FR, true)
	s := open(t, b, shot.Setup{}, outbox)
	s.Tap("part à 9:00")
	s.Tap("Modifier…")
	s.Golden("outbox_edit_fr")
	s.Shortcut(&fyne.ShortcutSelectAll{})
	s.Type("faux")
	s.Key(fyne.KeyReturn)
	s.Has("n’est pas une adresse électronique")
	s.Shortcut(&fyne.ShortcutSelectAll{})
	s.Type("autre@client.example")
	s.Tap("Enregistrer")
	for _, x := range b.Desk.State().Outbox() {
		if x.To == "autre@client.example" {
			return
		}
	}
	t.Errorf("not changed: %v", b.Errors)
}

// Without a mailbox an e-mail leaves by the owner's own program, and is noted as sent when the owner says so.
func TestByHand(t *testing.T) {
	b := full(t, words.FR, false)
	waiting := len(b.Desk.State().Outbox())
	s := open(t, b, shot.Setup{}, outbox)
	s.Tap("Régler la messagerie")
	if len(b.Went) != 1 || b.Went[0].Screen != screen.Settings || b.Went[0].Filter != "mail" {
		t.Errorf("went %v", b.Went)
	}
	s.Tap("attend que la")
	b.Chosen = t.TempDir() + "/relance.eml"
	s.Tap("Enregistrer le brouillon…")
	if raw, err := os.ReadFile(b.Chosen); err != nil || !strings.HasPrefix(string(raw), "X-Unsent: 1\r\n") || len(b.Dones) != 1 {
		t.Errorf("%v, %v", err, b.Errors)
	}
	s.Tap("Ouvrir dans ma messagerie")
	s.Golden("outbox_opened_fr")
	if len(b.Links) != 1 || !strings.HasPrefix(b.Links[0], "mailto:") {
		t.Errorf("opened %v", b.Links)
	}
	s.Tap("Pas encore")
	if n := len(b.Desk.State().Outbox()); n != waiting {
		t.Errorf("%d wait", n)
	}
	s.Tap("Ouvrir dans ma messagerie")
	s.Tap("Oui, il est parti")
	if n := len(b.Desk.State().Outbox()); n != waiting-1 {
		t.Errorf("%d wait, %v", n, b.Errors)
	}
}

// A refusal is told by what the server's words say, before its code.
func TestRefusals(t *testing.T) {
	w := words.New(words.FR)
	for want, x := range map[string]ledger.Message{
		"address": {Code: 550, Answer: "no such user"}, "policy": {Code: 550, Answer: "5.7.1 rejected by policy"},
		"mailbox": {Answer: "smtp; 552 5.2.2 over quota"}, "tired": {Code: 451}, "returned": {Answer: "unable"}, "other": {Code: 500},
		"fault": {Fault: "internal"}, "mail_address_invalid": {Fault: "mail_address_invalid"},
	} {
		if got := refusal(w, &x); got != want || !w.Has("outbox.refused."+got) {
			t.Errorf("%+v is told as %s, not %s", x, got, want)
		}
	}
}

// An e-mail whose time has come says what keeps the post from sending it.
func TestWhatThePostWaitsFor(t *testing.T) {
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	x := &Mail{Message: &ledger.Message{State: ledger.MessageWaiting, To: "a@b.example"}, Wait: desk.MailWait{Now: at, Until: at}}
	for want, s := range map[string]post.State{
		"part dans un instant": {}, "attend le mot de passe de la messagerie": {NeedsPassword: true}, "attend que vous repreniez l’envoi": {Held: true},
		"nouvel essai à 10:05": {Sending: post.Side{Err: ledger.Errorf("mail_timeout"), Again: at.Add(5 * time.Minute)}},
	} {
		m := &Model{words: words.New(words.FR), Post: s}
		if got, _ := m.mailSecond(x); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

// The owner wants it now: where the password is not known it is asked for, and what was wanted goes on.
func TestSendingAsksForThePassword(t *testing.T) {
	b := full(t, words.FR, true)
	if err := b.Secrets().Delete(t.Context(), secret.Key(*b.Desk.MailAccount())); err != nil {
		t.Fatal(err)
	}
	s := open(t, b, shot.Setup{}, outbox)
	s.Tap("Tout envoyer (4)")
	s.Tap("Envoyer maintenant")
	s.Has("Mot de passe de compta@valdore.example")
	if taken := b.Mail.(*server).taken; len(taken) > 0 {
		t.Fatal("sent without a password: ", taken)
	}
	s.Type("abcd")
	s.Key(fyne.KeyReturn)
	if taken := b.Mail.(*server).taken; len(taken) == 0 || len(b.Errors) > 0 {
		t.Errorf("sent %v, errors %v", taken, b.Errors)
	}
}

// late keeps back what a letter is made by.
type late struct {
	run.Sync
	held []func()
}

func (r *late) Go(key string, task run.Task, done func(error)) {
	if key == "letters.write" {
		r.held = append(r.held, func() { r.Sync.Go(key, task, done) })
		return
	}
	r.Sync.Go(key, task, done)
}

// A letter that is ready when the owner looks at something else does not take its place.
func TestLetterThatComesTooLate(t *testing.T) {
	b, r := full(t, words.FR, true), &late{}
	b.Run = r
	s := open(t, b, shot.Setup{}, screen.Place{})
	s.Tap("À envoyer")
	before := s.Texts()
	if len(r.held) == 0 {
		t.Fatal("no letter is being made")
	}
	for _, f := range r.held {
		f()
	}
	s.Settle()
	if got := s.Texts(); got != before {
		t.Errorf("the e-mail\n%s\ngave way to\n%s", before, got)
	}
}
