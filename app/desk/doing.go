package desk

import (
	"cmp"
	"context"
	"slices"

	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/letters"
)

// Doing is a task about to be done: what will leave for it, as the owner is to see it before.
type Doing struct {
	Task     followup.Task   // one without a step is no task: the letter or e-mail alone is recorded
	Letter   *Written        // of a task by letter: its pages
	Message  *ledger.Message // of a task by e-mail: what will be approved into the outbox
	Sheet    []byte          // the letter as PDF that goes with the e-mail; nil for none
	Warnings []letters.Warning
	Why      string // the owner's words: a note, or the reason for going past a house rule
	Err      error  // why it cannot be done; the other fields are empty then
}

// Prepare makes what tasks need to be done: letters with their pages, e-mails with their text. Nothing is recorded. Each
// task succeeds or fails by itself.
func (d *Desk) Prepare(ctx context.Context, tasks []followup.Task) []Doing {
	w := d.Writer()
	out := make([]Doing, len(tasks))
	for i, t := range tasks {
		out[i] = Doing{Task: t}
		if out[i].Err = ctx.Err(); out[i].Err == nil {
			out[i].Err = w.prepare(&out[i])
		}
	}
	return out
}

func (w *Writer) prepare(x *Doing) error {
	if err := toDecide(&x.Task); err != nil {
		return err
	}
	switch x.Task.Channel {
	case ledger.ChannelEmail:
		return w.prepareMessage(x, w.taskRequest(&x.Task))
	case ledger.ChannelLetter, ledger.ChannelRegistered:
		written, err := w.Write(w.taskRequest(&x.Task))
		if err == nil {
			x.Letter, x.Warnings = written, written.Warnings
		}
		return err
	}
	return nil
}

// taskRequest is the letter or e-mail of a task: about its invoices, and the credit notes that go off them.
func (w *Writer) taskRequest(t *followup.Task) LetterRequest {
	r := LetterRequest{Customer: t.Customer, Model: t.Model, Currency: t.Amount.Currency}
	if r.Model == "" {
		r.Model = usualModel(t)
	}
	if t.Deadline > 0 {
		r.Deadline = letters.Workday(w.state.On.Add(t.Deadline))
	}
	r.Invoices = w.state.about(t, r.Model)
	return r
}

// about gives the invoices of a task and, in a letter that reminds of what is late, the open credit notes that go off them.
func (s *State) about(t *followup.Task, model string) []ledger.InvoiceID {
	var out []ledger.InvoiceID
	for _, l := range t.Lines {
		out = append(out, l.Invoice)
	}
	if letters.Level(model) < letters.Level(letters.FirstReminder) {
		return out
	}
	for _, id := range s.Book.InvoicesOf(t.Customer) {
		if i := s.Book.Invoice(id); i.CreditNote && i.Total.Currency == t.Amount.Currency && s.Standings.Of(id).Open != 0 {
			out = append(out, id)
		}
	}
	return out
}

func (w *Writer) prepareMessage(x *Doing, r LetterRequest) error {
	m, warnings, err := letters.Mail(w.request(r))
	if err != nil {
		return err
	}
	if x.Sheet, err = w.sheet(m.Letter.Model, r); err != nil {
		return err
	}
	contact, to := w.state.MailTo(x.Task.Customer)
	x.Warnings = warnings
	x.Message = &ledger.Message{
		Customer: x.Task.Customer, On: w.state.On, Model: m.Letter.Model, State: ledger.MessageWaiting, Deadline: m.Letter.Deadline,
		Amount: m.Letter.Principal, Lines: m.Letter.Lines, To: to, Subject: m.Subject, Body: m.Text,
	}
	if contact != nil {
		x.Message.Contact = contact.ID
	}
	x.Message.Attachments = w.copiesFor(m.Letter)
	return nil
}

// withSheet are the models whose e-mail carries the letter itself as PDF too: what is to be kept, signed or shown to others.
var withSheet = []string{
	letters.LastReminder, letters.FormalNotice, letters.BelgianReminder, letters.PlanProposal, letters.PlanAgreement, letters.PlanLapse,
	letters.StatementOfAccount, letters.HandoverNotice, letters.Receipt, letters.Quitus,
}

// sheet makes the PDF that goes with an e-mail; none for a model that needs none.
func (w *Writer) sheet(model string, r LetterRequest) ([]byte, error) {
	if !slices.Contains(withSheet, model) {
		return nil, nil
	}
	l, _, err := letters.Compose(w.request(r))
	if err != nil {
		return nil, err
	}
	return l.PDF()
}

// copiesFor lists the copies of invoices that go with an e-mail which asks for payment.
func (w *Writer) copiesFor(l *letters.Letter) []ledger.DocumentID {
	if letters.Level(l.Model) == 0 {
		return nil
	}
	if w.copies == nil {
		w.copies = invoiceCopies(w.state.Book)
	}
	var out []ledger.DocumentID
	for _, line := range l.Lines {
		for _, d := range w.copies[line.Invoice] {
			out = append(out, d.ID)
		}
	}
	return out
}

// DoTasks carries out prepared tasks as one batch: letters are recorded with their pages as sent, e-mails are approved into
// the outbox, calls and all others are recorded as done. Those with an error are left out. Taking the batch back brings
// the tasks back.
func (d *Desk) DoTasks(ctx context.Context, list []Doing) (ledger.Entry, error) {
	return d.do(ctx, ledger.ActTasks, list)
}

func (d *Desk) do(ctx context.Context, act ledger.Act, list []Doing) (ledger.Entry, error) {
	return d.change(ctx, act, nil, func(b *ledger.Draft) error {
		for i := range list {
			if err := ctx.Err(); err != nil {
				return err
			}
			if x := &list[i]; x.Err == nil {
				d.doTask(b, x)
			}
		}
		return nil
	})
}

func (d *Desk) doTask(b *ledger.Draft, x *Doing) {
	a := d.actionOf(&x.Task)
	a.Why = x.Why
	if x.Letter != nil {
		a.Letter, a.Deadline = d.keepLetter(b, x.Letter), x.Letter.Deadline
	}
	if x.Message != nil {
		m := ledger.Clone(x.Message)
		m.Next = d.leavesFrom()
		if x.Sheet != nil {
			m.Sheet = b.Keep(x.Sheet)
		}
		b.Put(m)
		a.Message, a.Deadline = m.ID, m.Deadline
	}
	if x.Task.Step != "" {
		b.Put(a)
	}
}

// actionOf tells that a task is done today.
func (d *Desk) actionOf(t *followup.Task) *ledger.Action {
	a := &ledger.Action{Customer: t.Customer, On: d.Today(), Step: t.Step, Channel: t.Channel, Agreed: t.Agreed}
	a.Lines = ActionLines(t)
	return a
}

// ActionLines gives the invoices of a task and the levels that doing it brings them to.
func ActionLines(t *followup.Task) []ledger.ActionLine {
	var out []ledger.ActionLine
	for _, l := range t.Lines {
		line := ledger.ActionLine{Invoice: l.Invoice, Level: l.Level}
		if l.Step != nil {
			line.Step = l.Step.Step
		}
		out = append(out, line)
	}
	return out
}

// SkipTask passes a task over: the next level follows in its time. Errors: task_unknown, and task_reply or task_mail for what is to be decided.
func (d *Desk) SkipTask(ctx context.Context, name, why string) (ledger.Entry, error) {
	return d.SkipTasks(ctx, []string{name}, why)
}

// SkipTasks passes tasks over, as one batch. See [Desk.SkipTask].
func (d *Desk) SkipTasks(ctx context.Context, names []string, why string) (ledger.Entry, error) {
	tasks, err := d.State().tasksNamed(names)
	if err != nil {
		return ledger.Entry{}, err
	}
	for _, t := range tasks {
		if err := toDecide(t); err != nil {
			return ledger.Entry{}, err
		}
	}
	return d.change(ctx, ledger.ActTasks, nil, func(b *ledger.Draft) error {
		for _, t := range tasks {
			a := d.actionOf(t)
			a.Skipped, a.Why = true, why
			b.Put(a)
		}
		return nil
	})
}

// tasksNamed finds tasks. The error's code is task_unknown.
func (s *State) tasksNamed(names []string) ([]*followup.Task, error) {
	var out []*followup.Task
	for _, n := range names {
		t, err := s.TaskNamed(n)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// mostPutOff is how many days a task may be put off.
const mostPutOff = 366

// PutOffTask postpones a task to a day; to the zero day, takes it up again. Errors: task_unknown, task_until (not after
// today, or more than a year away).
func (d *Desk) PutOffTask(ctx context.Context, name string, until ledger.Date, why string) (ledger.Entry, error) {
	return d.PutOffTasks(ctx, []string{name}, until, why)
}

// PutOffTasks postpones tasks, as one batch. See [Desk.PutOffTask].
func (d *Desk) PutOffTasks(ctx context.Context, names []string, until ledger.Date, why string) (ledger.Entry, error) {
	if until != 0 && (until <= d.Today() || until > d.Today().Add(mostPutOff)) {
		return ledger.Entry{}, ledger.Errorf("task_until", "field", "until", "date", until)
	}
	return d.mark(ctx, names, func(_ int, m *ledger.TaskMark) { m.Until, m.Why = until, why })
}

// HandTask hands a task to somebody; to nobody, takes it back. The error's code is task_unknown.
func (d *Desk) HandTask(ctx context.Context, name, who, why string) (ledger.Entry, error) {
	return d.HandTasks(ctx, []string{name}, who, why)
}

// HandTasks hands tasks to somebody, as one batch. See [Desk.HandTask].
func (d *Desk) HandTasks(ctx context.Context, names []string, who, why string) (ledger.Entry, error) {
	return d.mark(ctx, names, func(_ int, m *ledger.TaskMark) { m.Who, m.Why = who, why })
}

// MoveTask gives a task its place in the order of today, from 1. The error's code is task_unknown.
func (d *Desk) MoveTask(ctx context.Context, name string, place int) (ledger.Entry, error) {
	return d.MoveTasks(ctx, []string{name}, place)
}

// MoveTasks puts tasks one after the other at a place in the order of today, from 1, as one batch. What was moved before keeps its
// place among the others. The error's code is task_unknown.
func (d *Desk) MoveTasks(ctx context.Context, names []string, place int) (ledger.Entry, error) {
	s := d.State()
	moved, err := s.tasksNamed(names)
	if err != nil {
		return ledger.Entry{}, err
	}
	var order []string
	fixed := map[string]bool{} // by name: has a place of the owner's
	for _, t := range s.Agenda().Tasks {
		if !slices.ContainsFunc(moved, func(x *followup.Task) bool { return x.Name == t.Name }) {
			order = append(order, t.Name)
			fixed[t.Name] = t.Mark != nil && t.Mark.Place > 0 && t.Mark.On == s.On
		}
	}
	at := max(0, min(place-1, len(order)))
	for k, t := range moved {
		order = slices.Insert(order, at+k, t.Name)
		fixed[t.Name] = true
	}
	var places []int
	var all []string
	for k, name := range order {
		if fixed[name] {
			all, places = append(all, name), append(places, k+1)
		}
	}
	return d.mark(ctx, all, func(k int, m *ledger.TaskMark) { m.Place = places[k] })
}

// mark changes what the owner decided about tasks; change is told which one it is.
func (d *Desk) mark(ctx context.Context, names []string, change func(k int, m *ledger.TaskMark)) (ledger.Entry, error) {
	tasks, err := d.State().tasksNamed(names)
	if err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActTaskMark, nil, func(b *ledger.Draft) error {
		for k, t := range tasks {
			m := &ledger.TaskMark{Customer: t.Customer, Task: t.Name}
			if t.Mark != nil {
				m = ledger.Clone(t.Mark)
				if m.On < d.Today() {
					m.Place = 0 // the order of a day is that day's
				}
			}
			m.On = d.Today()
			change(k, m)
			b.Put(m)
		}
		return nil
	})
}

// Against says what speaks against contacting a customer by a channel at this moment: house rules, a wish not to be contacted,
// insolvency proceedings, the hour. The owner may go past it, with a reason.
func (d *Desk) Against(c ledger.CustomerID, by ledger.Channel) []followup.Reason {
	s := d.State()
	out := followup.Against(s.followUp(), c, by)
	h := s.Book.Company().House.Usual()
	if now := d.clock().Format("15:04"); by == ledger.ChannelPhone && (now < h.CallFrom || now >= h.CallTo) {
		out = append(out, followup.Reason{Code: "call_hours", Args: map[string]any{"from": h.CallFrom, "to": h.CallTo}})
	}
	return out
}

// Contacted gives the day of the last contact with a customer that counts against the house rules; zero for none.
func (s *State) Contacted(c ledger.CustomerID) ledger.Date {
	return followup.Contacted(s.followUp(), c)
}

// Waiting gives why nothing is done today about the open invoices of a customer.
func (s *State) Waiting(c ledger.CustomerID) []followup.Wait {
	var out []followup.Wait
	for _, w := range s.Agenda().Waiting {
		if w.Customer == c {
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b followup.Wait) int { return cmp.Compare(a.Until, b.Until) })
	return out
}
