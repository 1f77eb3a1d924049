package ledger

import (
	"reflect"
	"testing"
)

func TestHabitLate(t *testing.T) {
	for _, c := range []struct {
		count, days int
		want        bool
	}{{3, 6, true}, {3, 5, false}, {2, 60, false}, {0, 0, false}, {40, -3, false}, {40, 21, true}} {
		if got := (CustomerSummary{HabitCount: c.count, HabitDays: c.days}).HabitLate(); got != c.want {
			t.Errorf("%d invoices, %d days: %v", c.count, c.days, got)
		}
	}
}

func TestBehaviour(t *testing.T) {
	b := bookWith(t, func(d *Draft, i *Invoice) {
		promise := func(made, due int, cents int64) {
			d.Put(&Promise{Customer: 1, Made: day.Add(made), Due: day.Add(due), Amount: Euros(cents)})
		}
		promise(-30, -25, 1000) // kept
		promise(-20, -15, 1000) // in part
		promise(-10, -5, 1000)  // not kept
		promise(-1, 3, 1000)    // running
		promise(1, 3, 1000)     // made tomorrow
		d.Put(&Payment{Customer: 1, On: day.Add(-26), Amount: Euros(1000)})
		d.Put(&Payment{Customer: 1, On: day.Add(-16), Amount: Euros(200)})
		call := func(ago int, r DelayReason, more func(*Call)) {
			c := &Call{Customer: 1, On: day.Add(-ago), Reason: r}
			if more != nil {
				more(c)
			}
			d.Put(c)
		}
		call(3, DelayForgot, nil)
		call(40, DelayCash, nil)
		call(2, DelayCash, func(c *Call) { c.Incoming = true })
		call(1, DelayUnknown, nil)
		call(0, DelayRefusal, func(c *Call) { c.Running = true })
		call(-1, DelayRefusal, nil) // of tomorrow
		call(4, DelayWaiting, nil)
		d.Put(&Letter{Customer: 1, On: day.Add(-29), Sent: day.Add(-29)})
		d.Put(&Letter{Customer: 1, On: day.Add(-30), Sent: day.Add(-30)}) // a day too old
		d.Put(&Letter{Customer: 1, On: day})                              // not sent
		d.Put(&Message{Customer: 1, On: day, State: MessageWaiting})
		d.Put(&Message{Customer: 1, On: day, State: MessageSent, Sent: day})
		d.Put(&Action{Customer: 1, On: day, Channel: ChannelVisit})
		d.Put(&Action{Customer: 1, On: day, Channel: ChannelLetter, Letter: 1}) // counted as the letter
		d.Put(&Action{Customer: 1, On: day, Channel: ChannelTask})              // reached nobody
		d.Put(&Step{Customer: 1, On: day.Add(-7), Done: StepReminder})
	})
	got := b.Behaviour(1, b.Standings(day))
	want := Behaviour{
		Promises: PromiseCount{Kept: 1, InPart: 1, Broken: 1, Running: 1},
		Reasons:  []ReasonCount{{DelayCash, 2, day.Add(-2)}, {DelayForgot, 1, day.Add(-3)}, {DelayWaiting, 1, day.Add(-4)}},
		Contacts: ContactCount{Calls: 3, Letters: 1, Emails: 1, Others: 2},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got.Contacts.Total() != 7 {
		t.Errorf("%d contacts", got.Contacts.Total())
	}
}
