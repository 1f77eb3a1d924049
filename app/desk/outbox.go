package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/mail/send"
)

// SendReport is what became of the outbox.
type SendReport struct {
	Sent, Later, Refused, Unknown int       // uncertain ones of a run before that was cut short are counted too
	NoAddress                     int       // that wait for an address
	Waiting                       int       // that wait for their hour or for another attempt
	Next                          time.Time // when the next of them may leave; zero where none waits
}

// SendOptions says what leaves.
type SendOptions struct {
	Now  bool               // also out of the company's hours, and before the time of another attempt has come
	Only []ledger.MessageID // all where empty
	// Pause waits between two messages; real time where nil.
	Pause func(ctx context.Context, d time.Duration) error
	// Each is told after each message.
	Each func(done, total int)
}

// Usual pace of sending, in messages a minute.
const usualPace = 20

// retries are how long to wait after each passing refusal; after the last, the message counts as refused.
var retries = []time.Duration{5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour, 12 * time.Hour, 24 * time.Hour}

// Send hands the e-mails of the outbox to the server of the company's mailbox, each once and only once. Each is stored as it leaves before
// its last byte is given; what became of it after. One of which nobody can tell whether it left is never sent again by itself. Errors:
// mail_not_set_up, mail_running (another run is under way), those of the connection, and those of the ledger. What was sent before stays sent.
func (d *Desk) Send(ctx context.Context, w MailWay, o SendOptions) (SendReport, error) {
	if !d.sending.TryLock() {
		return SendReport{}, ledger.Errorf("mail_running")
	}
	defer d.sending.Unlock()
	account := d.State().Book.Mail()
	if account == nil {
		return SendReport{}, ledger.Errorf("mail_not_set_up")
	}
	cut, err := d.settleMail(ctx)
	if err != nil {
		return SendReport{}, err
	}
	report := SendReport{Unknown: cut}
	var due []*ledger.Message
	now := d.clock()
	for _, m := range d.State().Outbox() {
		from := d.leaves(m, now)
		switch {
		case len(o.Only) > 0 && !slices.Contains(o.Only, m.ID):
		case m.To == "":
			report.NoAddress++
		case from.After(now) && !o.Now:
			report.wait(from)
		default:
			due = append(due, m)
		}
	}
	if len(due) == 0 {
		return report, nil
	}
	// What was never tried goes first: a message at which the server hangs up does not hold those behind it.
	slices.SortStableFunc(due, func(a, b *ledger.Message) int { return cmp.Compare(a.Attempts, b.Attempts) })
	carrier, err := w.Carrier(ctx)
	if err != nil {
		return report, err
	}
	defer carrier.Close()
	defer d.fileSent(ctx, w)
	run := &sendRun{desk: d, carrier: carrier, account: account, report: &report}
	pause := cmp.Or(account.PerMinute, usualPace)
	for i, m := range due {
		if i > 0 {
			if err := o.pause(ctx, time.Minute/time.Duration(pause)); err != nil {
				return report, err
			}
		}
		if from := d.leaves(m, d.clock()); from.After(d.clock()) && !o.Now { // the hours ended meanwhile
			report.wait(from)
			continue
		}
		if err := run.one(ctx, m); err != nil {
			return report, err
		}
		if o.Each != nil {
			o.Each(i+1, len(due))
		}
	}
	return report, nil
}

func (r *SendReport) wait(until time.Time) {
	r.Waiting++
	if r.Next.IsZero() || until.Before(r.Next) {
		r.Next = until
	}
}

func (o *SendOptions) pause(ctx context.Context, t time.Duration) error {
	if o.Pause != nil {
		return o.Pause(ctx, t)
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(t):
		return nil
	}
}

// sendRun sends one message after the other.
type sendRun struct {
	desk    *Desk
	carrier Carrier
	account *ledger.MailAccount
	report  *SendReport
}

// one sends a message, and records what became of it.
func (r *sendRun) one(ctx context.Context, m *ledger.Message) error {
	d := r.desk
	ready, raw, err := d.makeReady(m, r.account)
	if err != nil { // it can never leave as it is: the owner is told, the others go on
		return r.settle(ctx, m.ID, func(x *ledger.Message) { r.outcome(x, send.Result{State: send.Refused}, err) })
	}
	stored := false
	complete := func() error {
		if stored {
			return nil
		}
		_, err := d.change(ctx, ledger.ActMail, nil, func(b *ledger.Draft) error {
			x := waitingMessage(b, m.ID)
			if x == nil || !sameMessage(x, m) {
				return ledger.Errorf("message_changed")
			}
			x.State, x.Header, x.Raw, x.Size = ledger.MessageSending, ready.Header, b.Keep(raw), int64(len(raw))
			x.At, x.Attempts, x.Next = d.clock(), x.Attempts+1, time.Time{}
			b.Put(x)
			return nil
		})
		stored = err == nil
		return err
	}
	result, err := r.carrier.Send(ctx, send.Message{From: r.account.Address, To: ready.Recipients(), Raw: raw, Complete: complete})
	switch {
	case ledger.CodeOf(err) == "message_changed": // dropped or edited meanwhile
		return nil
	case result.State == send.Later && err != nil && !stored && !result.Broken: // nothing was said about this message
		return err
	}
	// What the server said is recorded even when the run is being cancelled.
	settled := r.settle(context.WithoutCancel(ctx), m.ID, func(x *ledger.Message) { r.outcome(x, result, err) })
	if settled == nil && result.State != send.Refused {
		return err
	}
	return settled
}

// outcome puts a server's answer into a message.
func (r *sendRun) outcome(x *ledger.Message, result send.Result, err error) {
	x.At, x.Code, x.Answer = r.desk.clock(), result.Code, result.Answer
	if result.Code == 0 {
		x.Fault = ledger.CodeOf(err)
	}
	switch result.State {
	case send.Delivered:
		x.State, x.Sent, x.Answer = ledger.MessageSent, r.desk.Today(), ""
		r.report.Sent++
	case send.Later:
		if x.State == ledger.MessageWaiting { // refused before all was given
			x.Attempts++
		}
		x.State = ledger.MessageWaiting
		if x.Attempts > len(retries) {
			x.State = ledger.MessageRefused
			r.report.Refused++
			return
		}
		x.Next = x.At.Add(retries[x.Attempts-1])
		r.report.Later++
		r.report.wait(x.Next)
	case send.Refused:
		x.State = ledger.MessageRefused
		r.report.Refused++
	default:
		x.State = ledger.MessageUnknown
		r.report.Unknown++
	}
}

func (r *sendRun) settle(ctx context.Context, id ledger.MessageID, how func(*ledger.Message)) error {
	_, err := r.desk.change(ctx, ledger.ActMail, nil, func(b *ledger.Draft) error {
		if m := b.Book().Messages.Get(uint32(id)); m != nil {
			x := ledger.Clone(m)
			how(x)
			b.Put(x)
		}
		return nil
	})
	return err
}

// sameMessage says whether two states of an e-mail say the same to the same.
func sameMessage(a, b *ledger.Message) bool {
	return a.To == b.To && a.Cc == b.Cc && a.Subject == b.Subject && a.Body == b.Body && a.Sheet == b.Sheet && slices.Equal(a.Attachments, b.Attachments)
}

// SettleMail marks e-mails that were being handed over when the program ended: nobody knows whether they left.
func (d *Desk) SettleMail(ctx context.Context) error {
	_, err := d.settleMail(ctx)
	return err
}

// settleMail gives how many e-mails it marked.
func (d *Desk) settleMail(ctx context.Context) (marked int, err error) {
	cut := func(m *ledger.Message) bool { return m.State == ledger.MessageSending }
	found := false
	for m := range d.State().Book.Messages.All() {
		found = found || cut(m)
	}
	if !found {
		return 0, nil
	}
	_, err = d.change(ctx, ledger.ActMail, nil, func(b *ledger.Draft) error {
		for m := range b.Book().Messages.All() {
			if cut(m) {
				x := ledger.Clone(m)
				x.State = ledger.MessageUnknown
				b.Put(x)
				marked++
			}
		}
		return nil
	})
	return marked, err
}

// leaves says from when on an e-mail may leave: in the company's hours of a working day, and not before its next attempt.
func (d *Desk) leaves(m *ledger.Message, now time.Time) time.Time {
	if m.Next.After(now) {
		now = m.Next
	}
	return inHours(d.store.Book().Company(), now)
}

// inHours gives the first moment from now on that lies in a company's hours of a working day.
func inHours(c ledger.Company, now time.Time) time.Time {
	house := c.House.Usual()
	calendar := followup.NewCalendar(ledger.BusinessDays, cmp.Or(c.Country, "FR"))
	clock := now.Format("15:04")
	day := ledger.DateOf(now)
	switch {
	case calendar.Works(day) && clock >= house.CallFrom && clock < house.CallTo:
		return now
	case !calendar.Works(day) || clock >= house.CallTo:
		day = calendar.Next(day + 1)
	}
	at, _ := time.Parse("15:04", house.CallFrom) // checked when it was set
	y, month, date := day.Civil()
	return time.Date(y, time.Month(month), date, at.Hour(), at.Minute(), 0, 0, now.Location())
}
