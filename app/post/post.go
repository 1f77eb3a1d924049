// Package post carries the e-mails of the window: it sends what is due, and looks for what came back, at the program's start, from then on as
// time passes, when the ledger or the mailbox has news, and when the owner asks for it. It never does two things at a time.
//
// All its methods are for the window's goroutine; the work is done by the runner. What goes wrong is kept as a state that screens show, with
// when it will be tried again; it interrupts nobody. Without a mailbox it does nothing.
package post

import (
	"context"
	"errors"
	"slices"
	"time"

	"quitus/app/desk"
	"quitus/app/run"
	"quitus/ledger"
)

// Desk is what the post needs of the ledger: see [desk.Desk].
type Desk interface {
	MailAccount() *ledger.MailAccount
	NextMail() time.Time
	Send(ctx context.Context, w desk.MailWay, o desk.SendOptions) (desk.SendReport, error)
	Fetch(ctx context.Context, w desk.MailWay, o desk.FetchOptions) (desk.FetchReport, error)
}

// Options are what the post works with.
type Options struct {
	// Name tells this post's tasks from those of another ledger's, which may still be ending.
	Name string
	Desk Desk
	// Way gives the way to the servers. It may take long, where a keyring is to be unlocked, and is called by tasks only.
	Way   func() desk.MailWay
	Run   run.Runner
	Clock desk.Clock
	// Alarm calls f on the window's goroutine when a time has passed, unless the function it gives was called before.
	Alarm func(after time.Duration, f func()) (stop func())
	// Folder is where it is kept how far the mailbox was read; the configuration folder where empty.
	Folder string
}

// Post is the window's post. The zero value has no mailbox and does nothing.
type Post struct {
	// OnChange is called when [Post.State] has changed.
	OnChange func()
	// OnPassword is called when the mailbox's password is missing, once until [Post.Retry].
	OnPassword func()

	o       Options
	state   State
	account ledger.MailAccount // to see that it changed
	open    bool
	asked   []job
	now     *job // being done
	ended   func()
	stop    func() // of the alarm
	news    watch
}

// Keys of the post's tasks: one of another post of the same key would take the place of a task whose end is waited for.
func (p *Post) key() string      { return "post." + p.o.Name }
func (p *Post) watchKey() string { return "post.watch." + p.o.Name }

// longest is the most time between two looks at the clock: a computer that slept wakes without its alarms having rung.
const longest = time.Minute

// job is one thing to do.
type job struct {
	send  bool // rather than to fetch
	owner bool // the owner asked for it
	label string
	o     desk.SendOptions
	sent  func(desk.SendReport, error)
	got   func(desk.FetchReport, error)
}

// New makes a post that is not open yet: until [Post.Start] it does only what the owner asks for.
func New(o Options) *Post {
	p := &Post{o: o}
	p.remember()
	return p
}

// Start lets the post work by itself.
func (p *Post) Start() {
	p.open = true
	p.next()
}

// Stop ends the post's work for good, and calls then when nothing of it is under way any more. An e-mail that is being handed over is waited for.
func (p *Post) Stop(then func()) {
	p.open, p.asked = false, nil
	p.quiet()
	p.news.end(p)
	if p.now == nil {
		then()
		return
	}
	p.ended = then
	p.o.Run.Cancel(p.key())
}

// Changed tells the post that the ledger has changed: an e-mail was approved, or the mailbox set up.
func (p *Post) Changed() {
	if p.o.Desk == nil {
		return
	}
	if p.remember() {
		p.Retry()
		return
	}
	p.next()
}

// remember notes the mailbox, and says whether it is another one than before.
func (p *Post) remember() bool {
	a := ledger.MailAccount{}
	if now := p.o.Desk.MailAccount(); now != nil {
		a = *now
	}
	changed := a != p.account
	p.account = a
	p.state.Ready = a.Address != ""
	return changed
}

// Retry forgets what went wrong and lets the post go on at once: the password is known now, the mailbox was corrected, or the owner wants it.
func (p *Post) Retry() {
	p.state.Sending, p.state.Fetching, p.state.NeedsPassword, p.state.Held = Side{}, Side{Last: p.state.Fetching.Last}, false, false
	p.news.end(p)
	p.told()
	p.next()
}

// Send sends e-mails because the owner wants it: only some where named, with now also out of hours. The label names the work where it is shown to
// go on, with a way to stop it. done, which may be nil, is told how it ended.
func (p *Post) Send(label string, now bool, only []ledger.MessageID, done func(desk.SendReport, error)) {
	p.ask(job{send: true, label: label, o: desk.SendOptions{Now: now, Only: only}, sent: done})
}

// Fetch looks for what came back because the owner wants it. See [Post.Send].
func (p *Post) Fetch(label string, done func(desk.FetchReport, error)) {
	p.ask(job{label: label, got: done})
}

func (p *Post) ask(j job) {
	if p.o.Desk == nil {
		p.end(&j, desk.SendReport{}, desk.FetchReport{}, ledger.Errorf("mail_not_set_up"))
		return
	}
	j.owner = true
	if j.send && len(j.o.Only) == 0 {
		p.state.Held = false
	}
	p.asked = append(p.asked, j)
	if p.now != nil && !p.now.owner && !p.now.send {
		p.o.Run.Cancel(p.key()) // it goes on from where it is, later
	}
	p.next()
}

// Cancel stops what is being sent or looked for. Of what waits nothing leaves by itself until the owner wants it again.
func (p *Post) Cancel() { p.o.Run.Cancel(p.key()) }

// next does what is due, or sets the alarm for it.
func (p *Post) next() {
	if p.now != nil || p.o.Desk == nil || p.ended != nil {
		return
	}
	p.quiet()
	if len(p.asked) > 0 {
		j := p.asked[0]
		p.asked = p.asked[1:]
		p.do(j)
		return
	}
	if !p.open || !p.state.Ready || p.state.NeedsPassword {
		return
	}
	now := p.o.Clock()
	out, in := p.sendAt(), p.fetchAt()
	switch {
	case !out.IsZero() && !out.After(now):
		p.do(job{send: true})
	case !in.After(now):
		p.do(job{})
	default:
		if !out.IsZero() && out.Before(in) {
			in = out
		}
		p.stop = p.o.Alarm(min(in.Sub(now), longest), p.next)
	}
}

// sendAt is when e-mails are to leave by themselves; zero for never.
func (p *Post) sendAt() time.Time {
	next := p.o.Desk.NextMail()
	if p.state.Held || next.IsZero() {
		return time.Time{}
	}
	return later(next, p.state.Sending.Again)
}

// fetchAt is when to look for what came back; a moment long past where that was never done.
func (p *Post) fetchAt() time.Time {
	f := &p.state.Fetching
	switch {
	case !f.Again.IsZero():
		return f.Again
	case p.news.came:
		return f.Last.Add(leastBetween)
	}
	return f.Last.Add(desk.MailInterval)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// quiet takes the alarm back.
func (p *Post) quiet() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

// do carries out a job.
func (p *Post) do(j job) {
	p.now = &j
	p.state.Busy, p.state.Send = true, j.send
	p.told()
	var out desk.SendReport
	var in desk.FetchReport
	p.o.Run.Go(p.key(), func(ctx context.Context, progress *run.Progress) (err error) {
		if j.label != "" {
			progress.Start(j.label, 0)
		}
		each := func(done, total int) {
			progress.SetTotal(int64(total))
			progress.Set(int64(done))
		}
		if j.send {
			j.o.Each = each
			out, err = p.o.Desk.Send(ctx, p.o.Way(), j.o)
			return err
		}
		in, err = p.o.Desk.Fetch(ctx, p.o.Way(), desk.FetchOptions{Folder: p.o.Folder, Each: each})
		return err
	}, func(err error) {
		p.now = nil
		p.state.Busy = false
		p.noted(&j, err)
		if p.ended != nil {
			p.ended()
			return
		}
		p.end(&j, out, in, err)
		p.told()
		if err != nil && p.state.NeedsPassword && p.OnPassword != nil {
			p.OnPassword()
		}
		p.next()
		p.news.begin(p)
	})
}

// end tells who asked for a job how it ended.
func (p *Post) end(j *job, out desk.SendReport, in desk.FetchReport, err error) {
	switch {
	case j.sent != nil:
		j.sent(out, err)
	case j.got != nil:
		j.got(in, err)
	}
}

// noted keeps how a job ended.
func (p *Post) noted(j *job, err error) {
	side := &p.state.Fetching
	if j.send {
		side = &p.state.Sending
	}
	now := p.o.Clock()
	switch code := ledger.CodeOf(err); {
	case err == nil:
		*side = Side{Last: now}
		p.state.NeedsPassword = false
		if j.send {
			side.Again = now.Add(soon)
		} else {
			p.news.came = false
		}
	case errors.Is(err, context.Canceled):
		p.stopped(j)
	case code == "mail_secret_missing":
		p.state.NeedsPassword = true
	case code == "mail_running":
		side.Again = now.Add(soon)
	default:
		side.failed(err, now)
	}
}

// stopped keeps that a job was stopped. Where the owner did it, nothing leaves by itself any more; a look into the mailbox is merely put off.
func (p *Post) stopped(j *job) {
	switch {
	case !p.open && !j.owner:
	case j.send:
		p.state.Held = true
	case len(p.asked) == 0:
		p.state.Fetching.Last = p.o.Clock()
	}
}

func (p *Post) told() {
	if p.OnChange != nil {
		p.OnChange()
	}
}

// State is what there is to show of the post.
func (p *Post) State() State { return p.state }

// waitsForOwner are errors that the same attempt would meet again, until somebody mends something: they are tried seldom, as a server locks out
// who logs in wrongly again and again.
var waitsForOwner = []string{
	"mail_login_smtp", "mail_login_imap", "mail_login_again", "mail_login_unknown", "mail_login_incomplete", "mail_login_no_client", "mail_login_failed",
	"mail_certificate", "mail_no_tls", "mail_starttls_imap",
}

// Times between attempts.
const (
	soon   = 10 * time.Second
	seldom = time.Hour
)

var pauses = []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute}

// failed keeps an error, and when to try again.
func (s *Side) failed(err error, now time.Time) {
	pause := pauses[min(s.fails, len(pauses)-1)]
	if slices.Contains(waitsForOwner, ledger.CodeOf(err)) {
		pause = seldom
	}
	s.Err, s.Seen, s.Again, s.fails = err, now, now.Add(pause), s.fails+1
}
