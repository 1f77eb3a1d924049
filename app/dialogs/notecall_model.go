package dialogs

import (
	"context"
	"slices"
	"strconv"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/followup"
)

// callDesk is what noting a call needs of the desk.
type callDesk interface {
	State() *desk.State
	Today() ledger.Date
	NoteCall(ctx context.Context, c desk.CallEnd) (*ledger.Call, ledger.Entry, error)
}

// What follows from a call that brings no next step of its own.
const (
	nextGoesOn   = "goes_on"
	nextCallBack = "call_back"
)

// callModel is a call that is being noted.
type callModel struct {
	owed
	desk callDesk
	End  desk.CallEnd
	Next string // nextGoesOn, nextCallBack or nothing chosen
}

func newCallModel(d callDesk, w *words.Words, customer ledger.CustomerID) *callModel {
	m := &callModel{owed: readOwed(d.State(), w, customer), desk: d}
	m.End = desk.CallEnd{Customer: customer, On: d.Today()}
	return m
}

// task is the call to the customer that the agenda asks for, unless it fell due after a day; nil for none.
func (m *callModel) task(on ledger.Date) *followup.Task {
	for _, t := range m.state.TasksOf(m.Customer.ID) {
		if t.Channel == ledger.ChannelPhone && t.Due <= on {
			return t
		}
	}
	return nil
}

// contacts lists who may have spoken: those who are known, and someone else.
func (m *callModel) contacts() []choice {
	var out []choice
	for _, k := range m.state.Book.ContactsOf(m.Customer.ID) {
		out = append(out, choice{strconv.Itoa(int(k.ID)), Joined(k.Name, k.Role)})
	}
	return append(out, choice{"", m.w.T("calls.note.other")})
}

// speak takes who spoke; nothing for someone else.
func (m *callModel) speak(code string) {
	n, _ := strconv.Atoi(code)
	m.End.Contact = ledger.ContactID(n)
}

// reached says whether there was someone to talk with.
func (m *callModel) reached() bool { return m.End.Reach == ledger.Reached }

// offered lists the outcomes that go with whom the call reached and what the customer owes: without an open invoice there is
// nothing to promise or to contest.
func (m *callModel) offered() []ledger.Outcome {
	if len(m.Invoices) > 0 {
		return ledger.Outcomes
	}
	return slices.DeleteFunc(slices.Clone(ledger.Outcomes), func(o ledger.Outcome) bool {
		return o == ledger.OutcomePromise || o == ledger.OutcomePlan || o == ledger.OutcomeDispute
	})
}

func (m *callModel) has(o ledger.Outcome) bool {
	return m.reached() && slices.Contains(m.End.Outcomes, o)
}

// asksNext says whether what follows is still to be said: nothing that was agreed says it.
func (m *callModel) asksNext() bool {
	switch {
	case m.End.Reach == "":
		return false
	case !m.reached():
		return true
	}
	for _, o := range []ledger.Outcome{ledger.OutcomePromise, ledger.OutcomePlan, ledger.OutcomeDispute, ledger.OutcomeDocument, ledger.OutcomeCallBack} {
		if m.has(o) {
			return false
		}
	}
	return len(m.End.Outcomes) > 0
}

// asksDay says whether the day to call back is asked for.
func (m *callModel) asksDay() bool {
	return m.has(ledger.OutcomeCallBack) || (m.asksNext() && m.Next == nextCallBack)
}

// monthly makes the plan of an amount in n parts, a month apart from a first day; what does not divide is in the last. It is
// about what is late in the amount's currency, or about all that is open where nothing is or it is too little.
func (m *callModel) monthly(amount ledger.Money, n int, first ledger.Date) *ledger.Plan {
	p := &ledger.Plan{Currency: amount.Currency}
	for k := range n {
		part := amount.Minor / int64(n)
		if k == n-1 {
			part = amount.Minor - part*int64(n-1)
		}
		p.Instalments = append(p.Instalments, ledger.Instalment{Due: first.AddMonths(k), Amount: part})
	}
	late := int64(0)
	var open []ledger.InvoiceID
	for _, i := range m.Invoices {
		if st := m.state.Standings.Of(i.ID); i.Total.Currency == amount.Currency {
			open = append(open, i.ID)
			if st.DaysLate > 0 {
				p.Invoices, late = append(p.Invoices, i.ID), late+st.Open
			}
		}
	}
	if late < amount.Minor {
		p.Invoices = open
	}
	return p
}

// save notes the call.
func (m *callModel) save(ctx context.Context) (ledger.Entry, error) {
	c := m.End
	if !m.reached() {
		c.Reason, c.Outcomes = "", nil
	}
	if !m.asksDay() {
		c.CallBack, c.BackAt = 0, ""
	}
	c.GoesOn = m.asksNext() && m.Next == nextGoesOn
	if t := m.task(c.On); t != nil && (m.reached() || c.GoesOn) { // it was the call that the agenda asked for
		c.Step, c.Lines = t.Step, desk.ActionLines(t)
	}
	_, e, err := m.desk.NoteCall(ctx, c)
	return e, err
}
