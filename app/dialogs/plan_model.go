package dialogs

import (
	"context"
	"slices"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// planDesk is what proposing and agreeing a payment plan needs of the desk.
type planDesk interface {
	State() *desk.State
	Today() ledger.Date
	ExtraOn(ids []ledger.InvoiceID) (int64, error)
	PreparePlan(o desk.PlanOrder) (*desk.Doing, error)
	KeepPlan(ctx context.Context, o desk.PlanOrder, x *desk.Doing) (ledger.PlanID, ledger.Entry, error)
}

// Ways of dividing what is owed.
const (
	byCount  = "count"
	byAmount = "amount"
	byDates  = "dates"
)

// What becomes of interest and indemnity.
const (
	extraReserved = "reserved"
	extraWaived   = "waived"
	extraIncluded = "included"
)

// planModel is a payment plan that is being made.
type planModel struct {
	owed
	desk     planDesk
	Proposal ledger.PlanID // that is agreed to or changed; 0 for a new plan
	Ticked   map[ledger.InvoiceID]bool
	Split    string
	Count    int
	Part     ledger.Money
	First    ledger.Date
	Rhythm   ledger.Rhythm
	Deposit  ledger.Money // paid today
	Interest string
	Extra    ledger.Money        // interest and indemnity, where they are included
	Rows     []ledger.Instalment // by dates
	Agreed   bool                // rather than proposed
	By       ledger.Channel      // a letter or an e-mail; empty for nothing in writing
	ExtraErr error               // why interest cannot be computed
	prepared *desk.Doing
}

// firstDays is how many days ahead the first instalment is proposed.
const firstDays = 8

// newPlanModel begins with what is late in the currency of an invoice or, where none is given, of the oldest; all that is open
// where nothing is late.
func newPlanModel(d planDesk, w *words.Words, customer ledger.CustomerID, invoice ledger.InvoiceID) *planModel {
	m := &planModel{
		owed: readOwed(d.State(), w, customer), desk: d, Ticked: map[ledger.InvoiceID]bool{}, Split: byCount, Count: 3,
		First: letters.Workday(d.Today().Add(firstDays)), Rhythm: ledger.Monthly, Interest: extraReserved, By: ledger.ChannelLetter,
	}
	m.Invoices = slices.DeleteFunc(m.Invoices, func(i *ledger.Invoice) bool { return m.state.Book.RunningPlan(i.ID, m.state.On) != nil })
	currency := m.currency(invoiceCode(invoice))
	m.Invoices = slices.DeleteFunc(m.Invoices, func(i *ledger.Invoice) bool { return i.Total.Currency != currency })
	m.Part, m.Deposit, m.Extra = ledger.Money{Currency: currency}, ledger.Money{Currency: currency}, ledger.Money{Currency: currency}
	late := slices.ContainsFunc(m.Invoices, m.late)
	for _, i := range m.Invoices {
		st := m.state.Standings.Of(i.ID)
		m.Ticked[i.ID] = i.ID == invoice || (m.late(i) || !late) && st.Contested < st.Open
	}
	if _, to := m.state.MailTo(customer); to != "" {
		m.By = ledger.ChannelEmail
	}
	m.reckon()
	return m
}

// withProposal takes over what was proposed.
func (m *planModel) withProposal(p *ledger.Plan) {
	m.Proposal, m.Agreed, m.Split = p.ID, true, byDates
	m.Rows = slices.Clone(p.Instalments)
	m.Extra.Minor, m.Interest = p.Extra, extraReserved
	switch {
	case p.Extra > 0:
		m.Interest = extraIncluded
	case p.Waived:
		m.Interest = extraWaived
	}
	for id := range m.Ticked {
		m.Ticked[id] = slices.Contains(p.Invoices, id)
	}
}

func (m *planModel) late(i *ledger.Invoice) bool { return m.state.Standings.Of(i.ID).DaysLate > 0 }

// chosen gives the invoices that the plan is about.
func (m *planModel) chosen() []ledger.InvoiceID {
	var out []ledger.InvoiceID
	for _, i := range m.Invoices {
		if m.Ticked[i.ID] {
			out = append(out, i.ID)
		}
	}
	return out
}

// reckon computes interest and indemnity on what is chosen.
func (m *planModel) reckon() {
	m.Extra.Minor, m.ExtraErr = m.desk.ExtraOn(m.chosen())
}

// about is what an invoice brings to the plan: what is open, less the part of it that is contested.
func (m *planModel) about(id ledger.InvoiceID) int64 {
	st := m.state.Standings.Of(id)
	if st.Contested > 0 && st.Contested < st.Open {
		return st.Open - st.Contested
	}
	return st.Open
}

// principal is what is owed of the invoices chosen, total what the instalments are to come to.
func (m *planModel) principal() ledger.Money {
	sum := ledger.Money{Currency: m.Deposit.Currency}
	for _, id := range m.chosen() {
		sum.Minor += m.about(id)
	}
	return sum
}

func (m *planModel) total() ledger.Money {
	sum := m.principal()
	if m.Interest == extraIncluded {
		sum.Minor += m.Extra.Minor
	}
	return sum
}

// instalments gives the parts as they follow from what was typed; none while something is missing.
func (m *planModel) instalments() []ledger.Instalment {
	var out []ledger.Instalment
	rest := m.total().Minor
	if m.Deposit.Positive() {
		out = append(out, ledger.Instalment{Due: m.desk.Today(), Amount: m.Deposit.Minor})
		rest -= m.Deposit.Minor
	}
	switch m.Split {
	case byCount:
		return append(out, ledger.PartsByCount(rest, m.Count, m.First, m.Rhythm)...)
	case byAmount:
		return append(out, ledger.PartsByAmount(rest, m.Part.Minor, m.First, m.Rhythm)...)
	}
	return append(out, m.Rows...)
}

// begin fills the rows of dates with the parts that there are, to go on from.
func (m *planModel) begin() {
	if len(m.Rows) > 0 {
		return
	}
	for _, i := range m.instalments() {
		if i.Due > m.desk.Today() || !m.Deposit.Positive() {
			m.Rows = append(m.Rows, i)
		}
	}
	if len(m.Rows) == 0 {
		m.Rows = []ledger.Instalment{{Due: m.First, Amount: m.total().Minor - m.Deposit.Minor}}
	}
}

// another adds a row with what is left, a step after the last.
func (m *planModel) another() {
	last := m.First
	if n := len(m.Rows); n > 0 && m.Rows[n-1].Due != 0 {
		last = m.Rhythm.After(m.Rows[n-1].Due, 1)
	}
	m.Rows = append(m.Rows, ledger.Instalment{Due: last, Amount: max(0, m.rest().Minor)})
}

// rest is what the instalments leave of the total; below zero where they are more.
func (m *planModel) rest() ledger.Money {
	sum := m.total()
	for _, i := range m.instalments() {
		sum.Minor -= i.Amount
	}
	return sum
}

// problem says what keeps the plan from being made; nothing where all is right.
func (m *planModel) problem() string {
	w, total, today := m.w, m.total(), m.desk.Today()
	list := m.instalments()
	switch {
	case len(m.chosen()) == 0:
		return w.T("plans.problem.invoices")
	case m.Interest == extraIncluded && m.ExtraErr != nil && !m.Extra.Positive():
		return w.Error(m.ExtraErr)
	case m.Deposit.Minor >= total.Minor:
		return w.T("plans.problem.deposit", "total", total)
	case m.Split != byDates && (m.First == 0 || m.First < today):
		return w.T("plans.problem.first")
	case m.Split != byDates && m.Deposit.Positive() && m.First <= today:
		return w.T("plans.problem.first_after")
	case m.Split == byAmount && !m.Part.Positive():
		return w.T("plans.problem.part")
	case m.rest().Positive() && m.Split != byDates:
		return w.T("plans.problem.many", "most", ledger.MostInstalments)
	}
	p := m.plan()
	p.Made = today
	d := ledger.NewDraft(m.state.Book)
	for _, e := range ledger.RecordPlan(d, &p, today) {
		return w.Error(e)
	}
	if rest := m.rest(); rest.Positive() {
		return w.T("plans.problem.rest", "amount", rest)
	} else if rest.Negative() {
		return w.T("plans.problem.over", "amount", rest.Neg())
	}
	if len(list) < 2 {
		return w.T("plans.problem.one")
	}
	return ""
}

func (m *planModel) plan() ledger.Plan {
	p := ledger.Plan{
		ID: m.Proposal, Customer: m.Customer.ID, Currency: m.Deposit.Currency, Invoices: m.chosen(), Instalments: m.instalments(),
		Waived: m.Interest == extraWaived, Proposed: !m.Agreed,
	}
	if m.Interest == extraIncluded {
		p.Extra = m.Extra.Minor
	}
	return p
}

func (m *planModel) order() desk.PlanOrder {
	o := desk.PlanOrder{Plan: m.plan(), By: m.By}
	if !m.Agreed && o.By == "" {
		o.By = ledger.ChannelLetter // a proposal is one in writing
	}
	return o
}

// sum is the line below the list: how many instalments, what they come to and of what.
func (m *planModel) sum() string {
	text := m.w.N("plans.sum", len(m.instalments()), "total", m.total())
	if m.Interest == extraIncluded && m.Extra.Positive() {
		text = m.w.T("plans.sum.extra", "sum", text, "principal", m.principal(), "extra", m.Extra)
	}
	return text
}
