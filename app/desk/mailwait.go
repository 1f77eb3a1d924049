package desk

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"quitus/assets/words"
	"quitus/ledger"
)

// WaitReason says what an e-mail of the outbox waits for.
type WaitReason string

// What an e-mail can wait for.
const (
	WaitsNot     WaitReason = ""        // for its turn only
	WaitsAddress WaitReason = "address" // for the owner to give one
	WaitsMailbox WaitReason = "mailbox" // until the company's mailbox is set up
	WaitsGrace   WaitReason = "grace"   // for a moment in which its approval can be taken back
	WaitsHours   WaitReason = "hours"   // for the company's hours
	WaitsRetry   WaitReason = "retry"   // for another attempt after a passing refusal
)

// MailWait is what an e-mail of the outbox waits for, as seen at a moment.
type MailWait struct {
	Why   WaitReason
	Until time.Time // from when on it may leave; zero where that is for the owner to say
	Now   time.Time
}

// Grace is how long an approved e-mail waits before it leaves by itself, so that its approval can be taken back.
const Grace = time.Minute

// LetWait has e-mails that are approved from now on wait before they leave: [Grace] in the window, where they leave by themselves. On the
// command line, where only an order makes them leave, they do not wait.
func (d *Desk) LetWait(t time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.grace = t
}

// leavesFrom is from when on an e-mail that is approved now may leave; zero for at once.
func (d *Desk) leavesFrom() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.grace == 0 {
		return time.Time{}
	}
	return d.clock().Add(d.grace)
}

// MailWait says what an e-mail of the outbox waits for.
func (d *Desk) MailWait(m *ledger.Message) MailWait {
	now := d.clock()
	x := MailWait{Now: now, Until: d.leaves(m, now)}
	switch {
	case m.To == "":
		return MailWait{Why: WaitsAddress, Now: now}
	case d.MailAccount() == nil:
		return MailWait{Why: WaitsMailbox, Now: now}
	case !x.Until.After(now):
	case m.Attempts > 0 && m.Next.After(now):
		x.Why = WaitsRetry
	case x.Until.Equal(m.Next):
		x.Why = WaitsGrace
	default:
		x.Why = WaitsHours
	}
	return x
}

// ApprovedWait says what an e-mail waits for that is approved now, and has an address.
func (d *Desk) ApprovedWait() MailWait {
	return d.MailWait(&ledger.Message{To: "-", Next: d.leavesFrom()})
}

// OutOfHours says whether e-mails that leave now would leave out of the company's hours, and when these begin again.
func (d *Desk) OutOfHours() (MailWait, bool) {
	now := d.clock()
	x := MailWait{Why: WaitsHours, Now: now, Until: inHours(d.store.Book().Company(), now)}
	return x, x.Until.After(now)
}

// MailAccount is the company's mailbox; nil where none is set up.
func (d *Desk) MailAccount() *ledger.MailAccount { return d.store.Book().Mail() }

// NextMail is from when on the next e-mail of the outbox may leave; zero where none waits that could.
func (d *Desk) NextMail() time.Time {
	now := d.clock()
	next := time.Time{}
	for m := range d.store.Book().Messages.All() {
		if m.State != ledger.MessageWaiting || m.To == "" {
			continue
		}
		if from := d.leaves(m, now); next.IsZero() || from.Before(next) {
			next = from
		}
	}
	return next
}

// MailWaitText words what an e-mail waits for: "part lundi à 9:00".
func MailWaitText(w *words.Words, x MailWait) string {
	switch x.Why {
	case WaitsGrace:
		return w.N("outbox.wait.grace", int((x.Until.Sub(x.Now)+time.Minute-1)/time.Minute))
	case WaitsNot, WaitsAddress, WaitsMailbox:
		return w.T("outbox.wait." + cmp.Or(string(x.Why), "turn"))
	}
	return w.T("outbox.wait."+string(x.Why), "moment", MomentText(w, x.Now, x.Until))
}

// ApprovedText tells that e-mails were approved, and when they leave.
func ApprovedText(w *words.Words, n int, x MailWait) string {
	minutes := int((x.Until.Sub(x.Now) + time.Minute - 1) / time.Minute)
	return w.N("outbox.approved."+cmp.Or(string(x.Why), "turn"), n, "minutes", minutes, "moment", MomentText(w, x.Now, x.Until))
}

// mostDaysNamed is for how many days to come the name of the weekday says enough.
const mostDaysNamed = 6

// MomentText words a moment to come as seen from another one: "à 9:00", "lundi à 9:00", "le 12 janv. à 9:00".
func MomentText(w *words.Words, now, at time.Time) string {
	day, time := ledger.DateOf(at), ClockText(at)
	switch days := int(day - ledger.DateOf(now)); {
	case days == 0:
		return w.T("outbox.moment.today", "time", time)
	case days > 0 && days <= mostDaysNamed:
		return w.T("outbox.moment.week", "day", w.T("common.weekday."+strconv.Itoa(int(day.Weekday()))), "time", time)
	}
	return w.T("outbox.moment.later", "day", w.DateShort(day), "time", time)
}

// ClockText writes a time of day: "9:00".
func ClockText(at time.Time) string { return strings.TrimPrefix(at.Format("15:04"), "0") }
