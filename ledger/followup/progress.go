package followup

import (
	"slices"
	"strings"

	"quitus/ledger"
)

// progress is how far follow-up of an invoice has come.
type progress struct {
	level  int
	on     ledger.Date // when that level was done
	notice ledger.Date // the day until which a formal notice asks for payment
	handed ledger.Date // the case is with someone else since
}

// file is what was done about one customer.
type file struct {
	c        *ledger.Customer
	actions  []*ledger.Action
	letters  []*ledger.Letter
	messages []*ledger.Message
	calls    []*ledger.Call
	steps    []*ledger.Step
	tied     map[ledger.LetterID]bool // letters that an action tells of
	mailed   map[ledger.MessageID]bool
	called   map[ledger.CallID]bool
	contact  ledger.Date     // the last contact that counts as one
	inAWeek  int             // calls of the last seven days that count
	reply    *ledger.Reply   // that waits for the owner
	lost     *ledger.Message // that may have reached nobody
}

// fileOf gathers what was done about a customer up to the day.
func (p *planner) fileOf(c *ledger.Customer) *file {
	f := &file{c: c, tied: map[ledger.LetterID]bool{}, mailed: map[ledger.MessageID]bool{}, called: map[ledger.CallID]bool{}}
	f.reply, f.lost = p.undecided(c)
	actions := p.Book.ActionsOf(c.ID)
	if c.Manager != 0 { // who speaks to the manager speaks of all that is managed
		actions = slices.Concat(actions, p.Book.ActionsOf(c.Manager))
	}
	for _, a := range actions {
		if a.On > p.on {
			continue
		}
		f.actions = append(f.actions, a)
		f.tied[a.Letter], f.mailed[a.Message], f.called[a.Call] = true, true, true
		if a.Channel.Reaches() && !a.Agreed && !a.Skipped {
			f.touch(a.On)
			if a.Channel == ledger.ChannelPhone && a.Call == 0 && a.On > p.on-7 {
				f.inAWeek++
			}
		}
	}
	for _, l := range p.Book.LettersOf(c.ID) {
		if l.Sent != 0 && l.Sent <= p.on {
			f.letters = append(f.letters, l)
			if pesters(l.Model) {
				f.touch(l.Sent)
			}
		}
	}
	for _, m := range p.Book.MessagesOf(c.ID) {
		if m.On <= p.on && m.State != ledger.MessageDropped {
			f.messages = append(f.messages, m)
			if pesters(m.Model) {
				f.touch(m.On)
			}
		}
	}
	for _, x := range p.Book.CallsOf(c.ID) {
		if x.On > p.on || x.Running {
			continue
		}
		f.calls = append(f.calls, x)
		if !x.Incoming && !x.Agreed {
			f.touch(x.On)
			if x.On > p.on-7 {
				f.inAWeek++
			}
		}
	}
	for _, s := range p.Book.StepsOf(c.ID) {
		if s.On <= p.on {
			f.steps = append(f.steps, s)
			f.touch(s.On)
		}
	}
	return f
}

func (f *file) touch(on ledger.Date) { f.contact = max(f.contact, on) }

// pesters says whether a letter or an e-mail counts as a contact: what confirms something that was agreed does not.
func pesters(model string) bool {
	switch model {
	case "call_summary", "promise_confirmation", "plan_proposal", "plan_agreement", "receipt", "quitus", "dispute_reply", modelInsolvency:
		return false
	}
	return true
}

// progressOf finds how far an invoice has come in a scenario. Of an invoice in parts, only what was done after the part
// that is asked for now fell due tells of it.
func (f *file) progressOf(s *ledger.Scenario, i *ledger.Invoice, due ledger.Date) progress {
	p := progress{}
	reach := func(level int, on ledger.Date) {
		if len(i.Instalments) > 0 && on <= due {
			if step := s.StepAt(level); step == nil || step.Days >= 0 || on < due.Add(step.Days) {
				return
			}
		}
		if level > p.level || level == p.level && on > p.on {
			p.level, p.on = level, on
		}
	}
	for _, a := range f.actions {
		for _, l := range a.Lines {
			if l.Invoice != i.ID {
				continue
			}
			if l.Level > 0 {
				reach(levelDone(s, l), a.On)
			}
			if a.Step == StepHandover && !a.Skipped {
				p.handed = max(p.handed, a.On)
			}
			if a.Step == modelFormalNotice && !a.Skipped {
				p.notice = max(p.notice, a.Deadline)
			}
		}
	}
	told := func(model string, on, deadline ledger.Date, lines []ledger.LetterLine, tied bool) {
		for _, l := range lines {
			if l.Invoice != i.ID {
				continue
			}
			if model == modelFormalNotice {
				p.notice = max(p.notice, deadline)
			}
			if !tied {
				reach(levelOfModel(s, model), on)
			}
		}
	}
	for _, l := range f.letters {
		told(l.Model, l.Sent, l.Deadline, l.Lines, f.tied[l.ID])
	}
	for _, m := range f.messages {
		told(m.Model, m.On, m.Deadline, m.Lines, f.mailed[m.ID])
	}
	f.before(s, i.ID, &p, reach)
	return p
}

// before counts what the owner did outside of the program: the nth reminder or call stands for the nth such step.
func (f *file) before(s *ledger.Scenario, id ledger.InvoiceID, p *progress, reach func(int, ledger.Date)) {
	for _, x := range f.steps {
		about := false
		for _, o := range x.Invoices {
			about = about || o == id
		}
		if !about {
			continue
		}
		switch x.Done {
		case ledger.StepHandover:
			p.handed = max(p.handed, x.On)
		case ledger.StepFormalNotice:
			reach(levelOfModel(s, modelFormalNotice), x.On)
		case ledger.StepReminder:
			reach(nth(s, max(x.Times, 1), func(t *ledger.ScenarioStep) bool { return strings.HasSuffix(t.Model, "_reminder") }), x.On)
		case ledger.StepCall:
			reach(nth(s, max(x.Times, 1), func(t *ledger.ScenarioStep) bool { return t.Channel == ledger.ChannelPhone && t.Days >= 0 }), x.On)
		}
	}
}

// levelDone gives the level that a line stands for in a scenario as it is now: that of the step of its name, where there is one such step, or else
// the number that it had.
func levelDone(s *ledger.Scenario, l ledger.ActionLine) int {
	level := 0
	for k := range s.Steps {
		if s.Steps[k].Step != l.Step || l.Step == "" {
			continue
		}
		if level != 0 {
			return l.Level
		}
		level = s.Steps[k].Level
	}
	if level == 0 {
		return l.Level
	}
	return level
}

// levelOfModel gives the level whose letter a model is; 0 for none.
func levelOfModel(s *ledger.Scenario, model string) int {
	for k := range s.Steps {
		if s.Steps[k].Model == model && model != "" {
			return s.Steps[k].Level
		}
	}
	return 0
}

// nth gives the level of the nth step of a kind, the last one where there are fewer; 0 for none.
func nth(s *ledger.Scenario, n int, is func(*ledger.ScenarioStep) bool) int {
	level := 0
	for k := range s.Steps {
		if is(&s.Steps[k]) && n > 0 {
			level = s.Steps[k].Level
			n--
		}
	}
	return level
}

// last tells what was done last that reached the customer and did not bring the money; nil where nothing was.
func (f *file) last() *Reason {
	day, step := ledger.Date(0), ledger.Term("")
	note := func(on ledger.Date, key string) {
		if on >= day {
			day, step = on, ledger.Term(key)
		}
	}
	for _, l := range f.letters {
		if pesters(l.Model) {
			note(l.Sent, "followup.done."+l.Model)
		}
	}
	for _, a := range f.actions {
		if a.Channel.Reaches() && !a.Skipped && a.Step != StepCallBack {
			note(a.On, "followup.done."+a.Step)
		}
	}
	if day == 0 {
		return nil
	}
	r := because("last", "step", step, "day", day)
	return &r
}
