package desk

import (
	"cmp"
	"slices"

	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/letters"
)

// LetterCase is a letter or an e-mail to a customer: one that the agenda asks for today or, where Hold says why not, one that the
// owner may write all the same.
type LetterCase struct {
	Customer *ledger.Customer
	Model    string
	Task     followup.Task      // that writing it does: its channel, its invoices and the levels that they come to
	Invoices []ledger.InvoiceID // the task's, and the open credit notes that go off them
	Late     int                // how many of them are late
	Amount   ledger.Money       // what is asked for
	DaysLate int                // of the oldest
	// Hold is the code of Reason, why the letter is not asked for today; empty for one that is.
	Hold   string
	Reason followup.Reason
}

// Codes of what holds a letter back that are not the follow-up's own.
const (
	HoldPutOff  = "put_off"       // by the owner
	HoldSpread  = "spread"        // to the days to come, by the house rules
	HoldOther   = "other_channel" // another task is due first
	HoldNothing = "nothing_late"
)

// heldOnly are the reasons for which a letter whose day has come is not asked for. With any other, its day has not come or the
// owner decided otherwise, so that it is no letter of today.
var heldOnly = []string{HoldPutOff, HoldSpread, "too_soon", "credit_covers", "too_little", "call_back_waits", "do_not_contact"}

// Proposed says whether the letter belongs among those of today: it is asked for, or only a rule holds it back.
func (c *LetterCase) Proposed() bool { return c.Hold == "" || slices.Contains(heldOnly, c.Hold) }

// LetterCases gives the letters and e-mails of the agenda: today's in its order, those put off or spread, then those that
// wait, one for each customer and currency. The list is shared: it is not to be changed.
func (s *State) LetterCases() []LetterCase {
	s.lettersOnce.Do(func() { s.letters = s.letterCases() })
	return s.letters
}

func (s *State) letterCases() []LetterCase {
	a := s.Agenda()
	var out []LetterCase
	add := func(list []followup.Task, held func(t *followup.Task) followup.Reason) {
		for i := range list {
			if t := &list[i]; inWriting(t.Channel) {
				c := s.caseOf(*t)
				c.hold(held(t))
				out = append(out, c)
			}
		}
	}
	add(a.Tasks, func(*followup.Task) followup.Reason { return followup.Reason{} })
	add(a.Later, func(*followup.Task) followup.Reason { return followup.Reason{Code: HoldSpread} })
	add(a.Put, func(t *followup.Task) followup.Reason {
		return followup.Reason{Code: HoldPutOff, Args: map[string]any{"day": t.Mark.Until}}
	})
	return append(out, s.waitingCases(out)...)
}

func (c *LetterCase) hold(r followup.Reason) { c.Hold, c.Reason = r.Code, r }

// inWriting says whether a customer is written to by a channel.
func inWriting(by ledger.Channel) bool {
	return by == ledger.ChannelLetter || by == ledger.ChannelRegistered || by == ledger.ChannelEmail
}

// caseOf is the letter of a task.
func (s *State) caseOf(t followup.Task) LetterCase {
	c := LetterCase{Customer: s.Book.Customer(t.Customer), Task: t, Model: t.Model, Amount: t.Amount, DaysLate: t.DaysLate}
	if c.Model == "" {
		c.Model = usualModel(&t)
	}
	for _, l := range t.Lines {
		if s.Standings.Of(l.Invoice).DaysLate > 0 {
			c.Late++
		}
	}
	c.Invoices = s.about(&t, c.Model)
	return c
}

// usualModel is the letter of a task whose scenario names none.
func usualModel(t *followup.Task) string {
	if t.DaysLate == 0 {
		return letters.PreDue
	}
	return letters.FirstReminder
}

type caseKey struct {
	customer ledger.CustomerID
	currency ledger.Currency
}

// stepKey is what a step's place in the scenarios follows from.
type stepKey struct {
	own, customers string // scenarios of the invoice and of the customer
	kind           ledger.CustomerKind
	step           string
}

// waiting is a late invoice about which nothing is written today.
type waiting struct {
	followup.Wait
	step *ledger.ScenarioStep // that comes next, where it is written; else nil
}

// waitingCases puts what is late and waits together, one case for each customer and currency that has none among those known.
func (s *State) waitingCases(known []LetterCase) []LetterCase {
	have := map[caseKey]bool{}
	for i := range known {
		have[caseKey{known[i].Customer.ID, known[i].Amount.Currency}] = true
	}
	steps := map[stepKey]*ledger.ScenarioStep{} // finding one is slow, and there are few
	lists := map[caseKey][]waiting{}
	var keys []caseKey
	for _, w := range s.Agenda().Waiting {
		i := s.Book.Invoice(w.Invoice)
		key := caseKey{w.Customer, i.Total.Currency}
		if s.Standings.Of(w.Invoice).DaysLate == 0 || have[key] {
			continue
		}
		c := s.Book.Customer(w.Customer)
		named := stepKey{i.Scenario, c.Scenario, c.Type, w.Next}
		step, ok := steps[named]
		if !ok {
			step = s.stepNamed(i, w.Next)
			steps[named] = step
		}
		if step != nil && !inWriting(step.Channel) {
			continue
		}
		if lists[key] == nil {
			keys = append(keys, key)
		}
		lists[key] = append(lists[key], waiting{w, step})
	}
	var out []LetterCase
	for _, key := range keys {
		out = append(out, s.waitingCase(key, lists[key]))
	}
	return out
}

// decided are the reasons for which a letter leaves an invoice out while there are others to write about.
var decided = []string{"promised", "planned", "disputed"}

// waitingCase is the letter about what waits of a customer: its reason is that of the oldest invoice, its model the furthest that comes
// next.
func (s *State) waitingCase(key caseKey, list []waiting) LetterCase {
	kept := slices.DeleteFunc(slices.Clone(list), func(w waiting) bool { return slices.Contains(decided, w.Reason.Code) })
	if len(kept) == 0 {
		kept = list
	}
	c := LetterCase{Customer: s.Book.Customer(key.customer), Amount: ledger.Money{Currency: key.currency}}
	c.Task = followup.Task{Customer: key.customer, Channel: ledger.ChannelLetter, Amount: c.Amount}
	c.Model = s.nextModel(c.Customer)
	for _, w := range kept {
		c.wait(s.Standings.Of(w.Invoice), w)
	}
	c.Invoices = s.about(&c.Task, c.Model)
	return c
}

// wait adds an invoice that waits.
func (c *LetterCase) wait(st ledger.Standing, w waiting) {
	open := st.Overdue - st.Contested
	if open <= 0 {
		open = st.Overdue // all of it is contested; the owner who writes all the same writes about it
	}
	c.Task.Lines = append(c.Task.Lines, followup.Line{Invoice: w.Invoice, Open: open})
	c.Task.Amount.Minor += open
	c.Amount = c.Task.Amount
	c.Late++
	if st.DaysLate > c.DaysLate {
		c.DaysLate, c.Task.DaysLate = st.DaysLate, st.DaysLate
		c.hold(w.Reason)
	}
	if w.step != nil && w.step.Level > c.Task.Level {
		c.Task.Level, c.Task.Channel, c.Task.Deadline = w.step.Level, w.step.Channel, w.step.Deadline
		c.Model = cmp.Or(w.step.Model, c.Model)
	}
}

// nextModel is the reminder after the firmest letter or e-mail that a customer was sent, which is what an owner proposes who writes without
// being asked to.
func (s *State) nextModel(c *ledger.Customer) string {
	level := 0
	for _, l := range s.Book.LettersOf(c.ID) {
		if l.Sent != 0 && l.Sent <= s.On {
			level = max(level, letters.Level(l.Model))
		}
	}
	for _, m := range s.Book.MessagesOf(c.ID) {
		if m.State != ledger.MessageDropped && m.On <= s.On {
			level = max(level, letters.Level(m.Model))
		}
	}
	for _, model := range []string{letters.FirstReminder, letters.SecondReminder, letters.LastReminder} {
		if letters.Level(model) > level {
			return model
		}
	}
	return letters.FormalNotice
}

// InsistedCases gives what an owner may write who came to write to a customer: the letters of today or, where there are none, one in each
// currency about what is late, or one about nothing.
func (s *State) InsistedCases(id ledger.CustomerID) []LetterCase {
	var out []LetterCase
	for _, c := range s.LetterCases() {
		if c.Customer.ID == id && c.Proposed() {
			out = append(out, c)
		}
	}
	if len(out) > 0 {
		return out
	}
	waits := map[ledger.InvoiceID]followup.Wait{}
	for _, w := range s.Waiting(id) {
		waits[w.Invoice] = w
	}
	lists := map[ledger.Currency][]waiting{}
	var currencies []ledger.Currency
	for _, i := range s.Book.InvoicesOf(id) {
		inv := s.Book.Invoice(i)
		if inv.CreditNote || s.Standings.Of(i).DaysLate == 0 {
			continue
		}
		w := waiting{Wait: waits[i]}
		if w.Invoice == 0 {
			w.Wait = followup.Wait{Invoice: i, Reason: s.dueInstead(id)}
		} else if step := s.stepNamed(inv, w.Next); step != nil && inWriting(step.Channel) {
			w.step = step
		}
		if cur := inv.Total.Currency; lists[cur] == nil {
			currencies = append(currencies, cur)
		}
		lists[inv.Total.Currency] = append(lists[inv.Total.Currency], w)
	}
	for _, cur := range currencies {
		out = append(out, s.waitingCase(caseKey{id, cur}, lists[cur]))
	}
	if len(out) == 0 {
		c := s.waitingCase(caseKey{id, ""}, nil)
		c.hold(followup.Reason{Code: HoldNothing})
		out = append(out, c)
	}
	return out
}

// dueInstead says what is to be done about a customer rather than a letter: a task of its own, or a call to who manages it.
func (s *State) dueInstead(id ledger.CustomerID) followup.Reason {
	step := "call"
	if list := s.TasksOf(id); len(list) > 0 {
		step = list[0].Step
	}
	return followup.Reason{Code: HoldOther, Args: map[string]any{"step": ledger.Term("followup.step." + step)}}
}

// LettersDue is how many letters and e-mails the agenda asks for today.
func (s *State) LettersDue() int {
	n := 0
	for _, t := range s.Agenda().Tasks {
		if inWriting(t.Channel) {
			n++
		}
	}
	return n
}

// stepNamed finds the step that comes next of an invoice by its name; nil for none.
func (s *State) stepNamed(i *ledger.Invoice, name string) *ledger.ScenarioStep {
	if name == "" {
		return nil
	}
	return s.stepOf(i, func(t *ledger.ScenarioStep) bool { return t.Step == name })
}

// stepOf finds a step in the scenario that an invoice follows; nil for none.
func (s *State) stepOf(i *ledger.Invoice, is func(*ledger.ScenarioStep) bool) *ledger.ScenarioStep {
	list := s.Scenarios()
	x := scenarioNamed(list, i.Scenario)
	if x == nil {
		x = scenarioNamed(list, s.ScenarioOf(s.Book.Customer(i.Customer)))
	}
	if x == nil {
		return nil
	}
	if k := slices.IndexFunc(x.Steps, func(t ledger.ScenarioStep) bool { return is(&t) }); k >= 0 {
		return &x.Steps[k]
	}
	return nil
}
