package post

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"quitus/app/desk"
	"quitus/app/run"
	"quitus/ledger"
	"quitus/mail/box"
)

// bench is a post with everything it needs, worked by hand: tasks run when a test says so, and time passes when a test says so.
type bench struct {
	*Post
	t       *testing.T
	now     time.Time
	account *ledger.MailAccount
	next    time.Time // when the next e-mail of the outbox may leave
	fails   error     // of the next runs
	did     []string
	sent    []desk.SendOptions
	most    int // runs under way at one time

	tasks  []*task
	alarms []*alarm
	watch  func() // tells the one who watches of news
	busy   int
	asked  int // for the password
}

type task struct {
	key    string
	ctx    context.Context
	cancel func()
	run    run.Task
	done   func(error)
}

type alarm struct {
	at time.Time
	f  func()
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, now: time.Date(2026, 7, 31, 10, 0, 0, 0, time.UTC), account: &ledger.MailAccount{Address: "compta@albert.example"}}
	b.Post = New(Options{Desk: b, Way: func() desk.MailWay { return b }, Run: b, Clock: func() time.Time { return b.now }, Alarm: b.alarm})
	b.OnPassword = func() { b.asked++ }
	return b
}

func (b *bench) MailAccount() *ledger.MailAccount { return b.account }
func (b *bench) NextMail() time.Time              { return b.next }

func (b *bench) Send(ctx context.Context, _ desk.MailWay, o desk.SendOptions) (desk.SendReport, error) {
	b.enter("send")
	defer b.leave()
	b.sent = append(b.sent, o)
	if err := b.end(ctx); err != nil {
		return desk.SendReport{}, err
	}
	b.next = time.Time{}
	return desk.SendReport{Sent: 1}, nil
}

func (b *bench) Fetch(ctx context.Context, _ desk.MailWay, _ desk.FetchOptions) (desk.FetchReport, error) {
	b.enter("fetch")
	defer b.leave()
	return desk.FetchReport{Replies: 1}, b.end(ctx)
}

func (b *bench) enter(what string) {
	b.did = append(b.did, what)
	b.busy++
	b.most = max(b.most, b.busy)
}

func (b *bench) leave() { b.busy-- }

func (b *bench) end(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return b.fails
}

func (b *bench) Carrier(context.Context) (desk.Carrier, error) { return nil, nil }
func (b *bench) Mailbox(context.Context) (desk.Mailbox, error) { return inboxOf{b}, nil }

// inboxOf is a mailbox that is only watched.
type inboxOf struct{ *bench }

func (inboxOf) Close()                                         {}
func (inboxOf) Folders(context.Context) ([]box.Folder, error)  { return nil, nil }
func (inboxOf) FindSent(context.Context, string) (bool, error) { return false, nil }
func (inboxOf) FileSent(context.Context, string, []byte, time.Time) (bool, error) {
	return false, nil
}
func (inboxOf) Scan(context.Context, string, box.Position, box.Scanning) (box.Position, error) {
	return box.Position{}, nil
}

func (m inboxOf) Watch(ctx context.Context, _ string, _ time.Duration, on func()) error {
	on() // as the real one does when it begins
	if m.watch != nil {
		on()
	}
	<-ctx.Done()
	return ctx.Err()
}

// Go implements [run.Runner].
func (b *bench) Go(key string, r run.Task, done func(error)) {
	x := &task{key: key, run: r, done: done}
	x.ctx, x.cancel = context.WithCancel(context.Background())
	if slices.ContainsFunc(b.tasks, func(o *task) bool { return o.key == key }) {
		b.t.Fatalf("two tasks of %s at once", key)
	}
	b.tasks = append(b.tasks, x)
}

// Cancel implements [run.Runner].
func (b *bench) Cancel(key string) {
	for _, x := range b.tasks {
		if x.key == key {
			x.cancel()
		}
	}
}

func (b *bench) alarm(after time.Duration, f func()) func() {
	if after <= 0 || after > longest {
		b.t.Errorf("an alarm in %s", after)
	}
	a := &alarm{b.now.Add(after), f}
	b.alarms = append(b.alarms, a)
	return func() { b.alarms = slices.DeleteFunc(b.alarms, func(x *alarm) bool { return x == a }) }
}

// work runs the tasks that wait, those of the watch only where there is news.
func (b *bench) work() {
	for {
		i := slices.IndexFunc(b.tasks, func(x *task) bool { return x.key == b.key() || b.watch != nil || x.ctx.Err() != nil })
		if i < 0 {
			return
		}
		x := b.tasks[i]
		err := x.run(x.ctx, &run.Progress{})
		b.watch = nil
		b.tasks = slices.DeleteFunc(b.tasks, func(o *task) bool { return o == x })
		x.done(err)
	}
}

// pass lets time pass, and all that happens in it.
func (b *bench) pass(d time.Duration) {
	end := b.now.Add(d)
	for {
		b.work()
		i := slices.IndexFunc(b.alarms, func(a *alarm) bool { return !a.at.After(end) })
		if i < 0 {
			break
		}
		a := b.alarms[i]
		b.alarms = slices.Delete(b.alarms, i, i+1)
		b.now = a.at
		a.f()
	}
	b.now = end
}

// does fails the test unless exactly this was done since the last time.
func (b *bench) does(want ...string) {
	b.t.Helper()
	if !slices.Equal(b.did, want) {
		b.t.Errorf("did %q, want %q", b.did, want)
	}
	b.did = nil
}

func TestWithoutMailbox(t *testing.T) {
	b := newBench(t)
	b.account, b.next = nil, b.now
	b.Changed()
	b.Start()
	b.pass(time.Hour)
	b.does()
	if b.State().Ready || len(b.alarms) > 0 {
		t.Errorf("%+v, %d alarms", b.State(), len(b.alarms))
	}
	b.account = &ledger.MailAccount{Address: "a@b.example"}
	b.Changed()
	b.work()
	b.does("send", "fetch")
	var none Post
	none.Changed()
	none.Fetch("", func(_ desk.FetchReport, err error) {
		if ledger.CodeOf(err) != "mail_not_set_up" {
			t.Error(err)
		}
	})
}

// At the start the mailbox is looked at, then every ten minutes; an e-mail leaves when its grace, its hours or its pause after a refusal end.
func TestByItself(t *testing.T) {
	b := newBench(t)
	b.pass(time.Hour)
	b.does() // not started
	b.Start()
	b.work()
	b.does("fetch")
	b.next = b.now.Add(desk.Grace)
	b.Changed()
	b.pass(desk.Grace - time.Second)
	b.does()
	b.pass(time.Second)
	b.does("send")
	if b.sent[0].Now || len(b.sent[0].Only) > 0 {
		t.Errorf("%+v", b.sent[0])
	}
	b.pass(8 * time.Minute)
	b.does()
	b.pass(2 * time.Minute)
	b.does("fetch")
	// Approved, then taken back.
	b.next = b.now.Add(desk.Grace)
	b.Changed()
	b.next = time.Time{}
	b.Changed()
	b.pass(2 * time.Minute)
	b.does()
	// It waits for Monday.
	b.next = b.now.Add(60 * time.Hour)
	b.Changed()
	b.pass(59 * time.Hour)
	if slices.Contains(b.did, "send") {
		t.Error("sent before its time")
	}
	b.pass(time.Hour)
	if !slices.Contains(b.did, "send") {
		t.Error("not sent in its time")
	}
}

// A computer that slept notices the time within a minute.
func TestSlept(t *testing.T) {
	b := newBench(t)
	b.Start()
	b.work()
	b.did = nil
	b.now = b.now.Add(5 * time.Hour) // its alarm did not ring
	b.alarms[0].f()
	b.work()
	b.does("fetch")
}

// What fails is kept as a state, and tried again with growing patience.
func TestRetries(t *testing.T) {
	b := newBench(t)
	b.fails = ledger.Errorf("mail_unreachable")
	b.Start()
	var tried []time.Duration
	start := b.now
	for range 60 {
		b.pass(30 * time.Second)
		for range b.did {
			tried = append(tried, b.now.Sub(start).Round(time.Minute))
		}
		b.did = nil
	}
	want := []time.Duration{0, 1, 3, 8, 18, 28}
	for i := range want {
		want[i] *= time.Minute
	}
	tried[0] = 0
	if !slices.Equal(tried, want) {
		t.Errorf("tried at %v", tried)
	}
	s := b.State()
	if w := s.Wrong(); w == nil || ledger.CodeOf(w.Err) != "mail_unreachable" || !w.Again.After(b.now) {
		t.Errorf("%+v", s)
	}
	b.fails = nil
	b.Retry()
	b.work()
	b.does("fetch")
	if s := b.State(); s.Wrong() != nil {
		t.Errorf("%+v", s)
	}
	// A wrong password is not tried until the account is locked.
	b.fails = ledger.Errorf("mail_login_smtp")
	b.next = b.now
	b.pass(11 * time.Minute) // with a fetch that fails too
	b.did = nil
	b.pass(30 * time.Minute)
	b.does()
}

// Sending that fails does not keep from looking for replies.
func TestSidesAreApart(t *testing.T) {
	b := newBench(t)
	b.next, b.fails = b.now, ledger.Errorf("mail_unreachable")
	b.Start()
	first := b.tasks[0]
	if err := first.run(first.ctx, &run.Progress{}); err == nil {
		t.Fatal("it did not fail")
	} else {
		b.tasks = nil
		b.fails = nil
		first.done(err)
	}
	b.work()
	b.does("send", "fetch")
	if s := b.State(); s.Sending.Err == nil || s.Fetching.Err != nil {
		t.Errorf("%+v", s)
	}
}

func TestPassword(t *testing.T) {
	b := newBench(t)
	b.fails = ledger.Errorf("mail_secret_missing")
	b.next = b.now
	b.Start()
	b.pass(5 * time.Hour)
	b.does("send")
	if s := b.State(); !s.NeedsPassword || s.Wrong() != nil || b.asked != 1 {
		t.Errorf("%+v, asked %d times", s, b.asked)
	}
	b.Changed() // of something else
	b.work()
	b.does()
	b.fails = nil
	b.Retry()
	b.work()
	b.does("send", "fetch")
	if b.State().NeedsPassword {
		t.Error("the password is still missing")
	}
}

// What the owner asks for while something is under way comes after it, and a look into the mailbox makes way.
func TestTwoAtOnce(t *testing.T) {
	b := newBench(t)
	b.Start()
	b.Post.Fetch("", nil)
	b.Post.Send("", true, []ledger.MessageID{7}, nil)
	b.Post.Send("", true, nil, nil)
	b.next = b.now
	b.Changed()
	b.Start()
	if len(b.tasks) != 1 || b.tasks[0].ctx.Err() == nil {
		t.Errorf("%d tasks", len(b.tasks))
	}
	b.work()
	b.does("fetch", "fetch", "send", "send")
	if b.most != 1 || len(b.sent) != 2 || !b.sent[0].Now || b.sent[0].Only[0] != 7 {
		t.Errorf("%d at once, %+v", b.most, b.sent)
	}
}

// What the owner stops does not begin again by itself.
func TestCancel(t *testing.T) {
	b := newBench(t)
	b.Start()
	b.work()
	b.did = nil
	b.next = b.now
	var ended error
	b.Post.Send("", true, nil, func(_ desk.SendReport, err error) { ended = err })
	b.Post.Cancel()
	b.work()
	b.does("send")
	if !errors.Is(ended, context.Canceled) || !b.State().Held {
		t.Errorf("%v, %+v", ended, b.State())
	}
	b.pass(time.Hour)
	if slices.Contains(b.did, "send") || !slices.Contains(b.did, "fetch") {
		t.Errorf("did %q", b.did)
	}
	b.did = nil
	b.Post.Send("", false, nil, nil)
	b.work()
	b.does("send")
	if b.State().Held {
		t.Error("still held")
	}
}

// The end waits for what is under way, and nothing begins after it.
func TestStopWhileSending(t *testing.T) {
	b := newBench(t)
	b.next = b.now
	b.Start()
	b.Post.Send("", true, nil, nil)
	ended := false
	b.Stop(func() { ended = true })
	if ended {
		t.Error("ended while sending")
	}
	b.work()
	b.does("send")
	b.pass(time.Hour)
	b.Changed()
	b.does()
	if !ended || len(b.tasks) > 0 || len(b.alarms) > 0 {
		t.Errorf("ended %v, %d tasks, %d alarms", ended, len(b.tasks), len(b.alarms))
	}
	idle := newBench(t)
	ended = false
	idle.Stop(func() { ended = true })
	if !ended {
		t.Error("nothing to wait for, and it waits")
	}
}

// News of the inbox wakes a look into it, at most once a minute.
func TestNews(t *testing.T) {
	b := newBench(t)
	b.Start()
	b.work()
	b.did = nil
	for range 5 {
		b.watch = func() {}
		b.work()
	}
	b.pass(time.Minute)
	b.does("fetch")
	b.watch = func() {}
	b.work()
	b.pass(time.Minute)
	b.does("fetch")
	b.Stop(func() {})
	b.work()
	if len(b.tasks) > 0 {
		t.Error("somebody still watches")
	}
}

// Between two looks at a clock time passes: the first look into the mailbox is due all the same.
func TestClockRuns(t *testing.T) {
	b := newBench(t)
	b.o.Clock = func() time.Time {
		b.now = b.now.Add(time.Nanosecond)
		return b.now
	}
	b.Start()
	if len(b.tasks) != 1 || len(b.alarms) != 0 {
		t.Errorf("%d tasks, %d alarms", len(b.tasks), len(b.alarms))
	}
}
