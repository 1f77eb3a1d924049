//go:build ci && driven

package driven

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"quitus/app/kit"
	"quitus/ledger"
)

// settle is how long the program is given to do what was asked for where no picture tells: its clock shows the real time of
// the day, its twin's does not.
const settle = 700 * time.Millisecond

// callAndPromise makes the call of the task in hand on Today, by keyboard alone: a payment is promised, and its summary goes to the outbox.
func (p *pair) callAndPromise() {
	t := p.t
	t.Helper()
	for n := 0; ; n++ {
		if b, ok := p.twin.Canvas.Focused().(*kit.Button); ok && b.Text() == "Appeler" {
			break
		} else if n == 60 {
			t.Fatal("Tab does not lead to the button Appeler")
		}
		p.key("Tab")
		p.twin.Key(fyne.KeyTab)
	}
	p.same("button")
	step := func(keys ...string) {
		p.key(keys...)
		time.Sleep(settle)
	}
	step("Return")
	p.photograph("before")
	step("ctrl+Return")
	if now := time.Now().Format("15:04"); now < "09:00" || now >= "18:00" { // the house rule asks why
		p.write("Convenu ainsi.")
		step("Return")
	}
	for _, key := range []string{"F2", "F8", "F1"} {
		step(key)
	}
	p.photograph("answer")
	step("Escape")
	p.write("Elle cherche la facture.")
	step("Return")
	p.write("pf")
	step("Tab", "Return")
	step("ctrl+p")
	p.write("26/11")
	step("Return")
	step("ctrl+Return")
	step("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "space") // the first reason
	p.photograph("ending")
	step("ctrl+Return")
	time.Sleep(2 * settle)
	p.photograph("ended")
}

// A call by keyboard alone, from the task in hand on Today to the summary in the outbox.
func TestCallACustomer(t *testing.T) {
	path := sample(t)
	p := open(t, path)
	p.callAndPromise()
	p.shut()
	s := ledgerOf(t, path)
	id := s.Book.CustomersByName("Garage Tessonnier")[0]
	calls := s.Book.CallsOf(id)
	if len(calls) == 0 {
		t.Fatal("no call is in the ledger")
	}
	c := calls[len(calls)-1]
	if c.Running || c.Reach != ledger.Reached || c.Reason != ledger.DelayNotReceived || len(c.Promises) != 1 || c.Message == 0 ||
		!strings.Contains(c.Notes, "Elle cherche la facture.") || !strings.Contains(c.Notes, "Dit ne pas avoir reçu") {
		t.Errorf("the call is kept as %+v", c)
	}
	for _, x := range s.TasksOf(id) {
		if x.Channel == ledger.ChannelPhone {
			t.Errorf("the call is still to be made: %s", x.Name)
		}
	}
}
