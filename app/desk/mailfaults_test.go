package desk

import (
	"cmp"
	"context"
	"crypto/x509"
	"slices"
	"strings"
	"testing"
	"time"

	"quitus/ledger"
	"quitus/mail"
	"quitus/mail/box"
	"quitus/mail/mailtest"
	"quitus/mail/send"
)

// road is the way to servers of tests, whose certificates only tests know. It has no mailbox where imap is empty.
type road struct {
	imap, smtp ledger.MailServer
	roots      *x509.CertPool
	secret     string
	step       time.Duration // that a server has for one answer; twenty seconds where it is 0
}

func (r *road) access() mail.Access {
	return mail.Access{User: mailtest.Owner, Secret: r.secret, Roots: r.roots, Timeout: cmp.Or(r.step, 20*time.Second)}
}

func (r *road) Carrier(context.Context) (Carrier, error) {
	return slow{send.NewSession(r.smtp, r.access())}, nil
}

// slow is a carrier for a ledger that takes its time to write: what the server does meanwhile is seen.
type slow struct{ *send.Session }

func (s slow) Send(ctx context.Context, m send.Message) (send.Result, error) {
	complete := m.Complete
	m.Complete = func() error {
		err := complete()
		time.Sleep(10 * time.Millisecond)
		return err
	}
	return s.Session.Send(ctx, m)
}

func (r *road) Mailbox(ctx context.Context) (Mailbox, error) {
	if r.imap.Host == "" {
		return nil, nil
	}
	return box.Open(ctx, r.imap, r.access())
}

// Whatever the server does, a message is there once, or the owner is told that nobody knows.
func TestFaultyServer(t *testing.T) {
	const n = 20
	every := func(k int, f ...mailtest.Fault) (script []mailtest.Fault) {
		for range n / k {
			script = append(append(script, slices.Repeat([]mailtest.Fault{mailtest.NoFault}, k-1)...), f...)
		}
		return script
	}
	for name, c := range map[string]struct {
		script           []mailtest.Fault
		unknown, arrived int // uncertain messages, and how many of them the server took
		runs             int // of sending, until nothing waits
	}{
		"dies in the middle":           {every(4, mailtest.DropData), 0, 0, 1},
		"dies in the middle, twice":    {every(4, mailtest.DropData, mailtest.DropData), 0, 0, 6},
		"grey list":                    {every(1, mailtest.LaterRcpt), 0, 0, 2},
		"takes and hangs up":           {every(5, mailtest.TakeAndDrop), 4, 4, 4},
		"hangs up without taking":      {every(5, mailtest.DropEnd), 4, 0, 4},
		"answers and hangs up":         {every(5, mailtest.TakeThenDrop), 0, 0, 1},
		"answers, then has no time":    {every(5, mailtest.TakeThenBusy), 0, 0, 1},
		"no time before, after and in": {every(5, mailtest.LaterMail, mailtest.LaterData, mailtest.LaterEnd), 0, 0, 3},
		"takes and says nothing":       {every(n, mailtest.TakeAndSilence), 1, 1, 1},
		"stops reading":                {every(n, mailtest.SilentData), 1, 0, 1},
		"says nothing":                 {every(n, mailtest.SilentMail), 0, 0, 1},
		"nothing is wrong":             {nil, 0, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, at := mailDesk(t, n)
			s := mailtest.StartFaults(t, mailtest.FaultOptions{Script: c.script})
			w := &road{smtp: s.SMTP, roots: s.Roots, secret: mailtest.Password, step: 2 * time.Second}
			d.sendAs(t, mailtest.Owner)
			runs := 0
			for ; len(d.State().Outbox()) > 0; runs++ {
				if runs == 20 {
					t.Fatalf("%d messages wait still", len(d.State().Outbox()))
				}
				o := quick()
				o.Now = true
				_, _ = d.Send(t.Context(), w, o) // what it answers is counted below
				at(d.clock().Add(5 * time.Minute))
			}
			times := map[string]int{}
			for _, m := range s.Taken() {
				times[headerOf(m.Raw)]++
			}
			unknown, arrived := 0, 0
			for m := range d.State().Book.Messages.All() {
				switch took := times[m.Header]; m.State {
				case ledger.MessageSent:
					if took != 1 {
						t.Errorf("message %d is sent, and was taken %d times", m.ID, took)
					}
				case ledger.MessageUnknown:
					unknown++
					arrived += took
				default:
					t.Errorf("message %d is %s", m.ID, m.State)
				}
			}
			if unknown != c.unknown || arrived != c.arrived || runs != c.runs {
				t.Errorf("%d uncertain of which %d were taken, after %d runs; not %d, %d and %d", unknown, arrived, runs, c.unknown, c.arrived, c.runs)
			}
		})
	}
}

// A message at which the server hangs up each time does not hold those behind it, and waits longer after each attempt.
func TestServerDiesOfOneMessage(t *testing.T) {
	d, at := mailDesk(t, 3)
	s := mailtest.StartFaults(t, mailtest.FaultOptions{Script: []mailtest.Fault{mailtest.DropData}})
	w := &road{smtp: s.SMTP, roots: s.Roots, secret: mailtest.Password}
	d.sendAs(t, mailtest.Owner)
	if r, err := d.Send(t.Context(), w, quick()); ledger.CodeOf(err) != "mail_connection" || r.Later != 1 || len(s.Taken()) != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	if r, err := d.Send(t.Context(), w, quick()); err != nil || r.Sent != 2 || r.Waiting != 1 || len(s.Taken()) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	// For days, whoever asks: in the end the owner is told.
	for len(d.State().Outbox()) > 0 {
		at(d.message(1).Next)
		s.Next(mailtest.DropData)
		o := quick()
		o.Now = true
		if _, err := d.Send(t.Context(), w, o); ledger.CodeOf(err) != "mail_connection" {
			t.Fatal(err)
		}
	}
	if m := d.message(1); m.State != ledger.MessageRefused || m.Fault != "mail_connection" || m.Attempts != len(retries)+1 || len(s.Taken()) != 2 {
		t.Errorf("%+v", m)
	}
}

// A login that fails, or a server that is not there, is no attempt at any message.
func TestNoAttempt(t *testing.T) {
	for fault, code := range map[mailtest.Fault]string{mailtest.DropGreeting: "mail_connection", mailtest.Busy: "mail_busy", mailtest.RefuseAuth: "mail_login_smtp", mailtest.LoginLost: "mail_login_smtp"} {
		d, _ := mailDesk(t, 2)
		s := mailtest.StartFaults(t, mailtest.FaultOptions{Script: []mailtest.Fault{fault}})
		d.sendAs(t, mailtest.Owner)
		w := &road{smtp: s.SMTP, roots: s.Roots, secret: mailtest.Password}
		if _, err := d.Send(t.Context(), w, quick()); ledger.CodeOf(err) != code || d.message(1).Attempts != 0 || d.message(1).State != ledger.MessageWaiting {
			t.Errorf("%s: %v, %+v", fault, err, d.message(1))
		}
		if r, err := d.Send(t.Context(), w, quick()); err != nil || r.Sent != 2 {
			t.Errorf("%s, afterwards: %+v, %v", fault, r, err)
		}
	}
}

// sendAs gives the desk's mailbox the address of the tests' servers.
func (d *Desk) sendAs(t *testing.T, address string) {
	t.Helper()
	a := ledger.Clone(d.State().Book.Mail())
	a.Address = address
	if _, err := d.SaveMailAccount(t.Context(), *a); err != nil {
		t.Fatal(err)
	}
}

// headerOf reads a message's name.
func headerOf(raw []byte) string {
	_, rest, _ := strings.Cut(string(raw), "Message-ID: <")
	id, _, _ := strings.Cut(rest, ">")
	return id
}
