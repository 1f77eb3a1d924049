package ledger

import "slices"

// PlanEnd says how a payment plan ended. The values are written in ledger files.
type PlanEnd string

// Ends of plans.
const (
	PlanRunning PlanEnd = ""
	PlanKept    PlanEnd = "kept"
	PlanLapsed  PlanEnd = "lapsed" // an instalment did not come, and the owner ended it: the whole is due again
	PlanTaken   PlanEnd = "taken_back"
)

// Plan is an agreement to pay what is owed in instalments, or one that was proposed to the customer.
type Plan struct {
	ID          PlanID       `json:"-"`
	Customer    CustomerID   `json:"customer"`
	Made        Date         `json:"made"`
	Currency    Currency     `json:"currency"`
	Invoices    []InvoiceID  `json:"invoices"` // what it is about
	Instalments []Instalment `json:"instalments"`
	Extra       int64        `json:"extra,omitempty"`    // interest and indemnity that the instalments include, minor units
	Waived      bool         `json:"waived,omitempty"`   // interest and indemnity are given up if the plan is kept
	Proposed    bool         `json:"proposed,omitempty"` // the customer has not agreed yet: nothing follows from it
	End         PlanEnd      `json:"end,omitempty"`
	Ended       Date         `json:"ended,omitempty"`
	Words       string       `json:"-"`
}

func (r *Plan) Kind() Kind          { return KindPlan }
func (r *Plan) Key() uint32         { return uint32(r.ID) }
func (r *Plan) setKey(k uint32)     { r.ID = PlanID(k) }
func (r *Plan) Personal() []*string { return []*string{&r.Words} }

// Total is what the plan's instalments come to.
func (r *Plan) Total() Money {
	m := Money{Currency: r.Currency}
	for _, i := range r.Instalments {
		m.Minor += i.Amount
	}
	return m
}

// PlanState is how a plan stands on a day.
type PlanState struct {
	Running bool
	Kept    bool
	Missed  Date  // due date of the earliest instalment past and not paid in full; zero while all came
	Late    int64 // what is missing of the instalments past, minor units
	Next    Date  // due date of the next instalment
	Paid    int64 // received since the plan was made, minor units
}

// PlanPart is an instalment of a plan with what came in for it, in minor units.
type PlanPart struct {
	Instalment
	Paid int64
}

// Left is what is missing of the part.
func (p PlanPart) Left() int64 { return p.Amount - p.Paid }

// PlanParts gives the instalments of a plan with what came in for each by a day: what the customer paid for the plan's invoices
// since it was made, and what it paid for none in particular, counts for the earliest instalment first.
func (b *Book) PlanParts(p *Plan, on Date) []PlanPart {
	left := b.receivedFor(p, on)
	out := make([]PlanPart, len(p.Instalments))
	for k, i := range p.Instalments {
		paid := max(0, min(left, i.Amount))
		left -= paid
		out[k] = PlanPart{i, paid}
	}
	return out
}

// receivedFor is what came in for a plan by a day. What came back counts against it.
func (b *Book) receivedFor(p *Plan, on Date) int64 {
	sum := int64(0)
	for _, y := range b.PaymentsOf(p.Customer) {
		if y.On < p.Made || y.On > on || y.Amount.Currency != p.Currency {
			continue
		}
		sum += y.Amount.Minor
		for _, a := range y.Allocations {
			if !slices.Contains(p.Invoices, a.Invoice) {
				sum -= a.Amount // it settles something else
			}
		}
	}
	return sum
}

// JudgePlan says how a plan stands on a day. See [Book.PlanParts].
func (b *Book) JudgePlan(p *Plan, on Date) PlanState {
	s := PlanState{Running: !p.Proposed && p.Made <= on && (p.End == PlanRunning || p.Ended > on)}
	s.Paid = b.receivedFor(p, on)
	for _, i := range b.PlanParts(p, on) {
		switch {
		case i.Left() == 0:
		case i.Due < on:
			s.Late += i.Left()
			if s.Missed == 0 {
				s.Missed = i.Due
			}
		case s.Next == 0:
			s.Next = i.Due
		}
	}
	if s.Running && s.Paid >= p.Total().Minor {
		s.Running, s.Kept = false, true
	}
	return s
}

// RunningPlan gives the plan that runs on a day about an invoice; nil for none.
func (b *Book) RunningPlan(id InvoiceID, on Date) *Plan {
	i := b.Invoice(id)
	if i == nil {
		return nil
	}
	for _, p := range b.PlansOf(i.Customer) {
		if slices.Contains(p.Invoices, id) && b.JudgePlan(p, on).Running {
			return p
		}
	}
	return nil
}

// CheckPlan finds what is wrong with a plan: field_required, plan_past (an instalment before the day the plan is made), plan_order,
// plan_amount, plan_above (with the fact "open": it is more than what is open, with interest and indemnity where they are
// included), plan_running (another plan is about the invoice) and invoice_settled.
func CheckPlan(b *Book, p *Plan, st *Standings) []*Error {
	var out []*Error
	open := Money{Currency: p.Currency}
	for _, id := range p.Invoices {
		i := b.Invoice(id)
		if i == nil || st.Of(id).Open == 0 {
			out = append(out, fieldError("invoices", "invoice_settled", "invoice", numberOf(i)))
			continue
		}
		open.Minor += st.Of(id).Open
		if other := b.RunningPlan(id, st.On); other != nil && other.ID != p.ID {
			out = append(out, fieldError("invoices", "plan_running", "invoice", i.Number, "made", other.Made))
		}
	}
	open.Minor += p.Extra
	if len(p.Instalments) == 0 {
		return append(out, fieldError("instalments", "field_required"))
	}
	before := Date(0)
	for n, x := range p.Instalments {
		switch {
		case x.Due < p.Made:
			out = append(out, fieldError("instalments", "plan_past", "n", n+1, "date", x.Due))
		case x.Due <= before:
			out = append(out, fieldError("instalments", "plan_order", "n", n+1, "date", x.Due))
		}
		if x.Amount <= 0 {
			out = append(out, fieldError("instalments", "plan_amount", "n", n+1))
		}
		before = x.Due
	}
	if sum := p.Total(); len(p.Invoices) > 0 && sum.Minor > open.Minor {
		out = append(out, fieldError("instalments", "plan_above", "sum", sum, "open", open))
	}
	return out
}

func numberOf(i *Invoice) string {
	if i == nil {
		return ""
	}
	return i.Number
}

// RecordPlan stages a payment plan, checked against what is open on a day. Errors are those of [CheckPlan], and of the
// invoices named invoice_unknown, invoice_other_customer, invoice_is_credit, currency_differs and, where none is named,
// field_required.
func RecordPlan(d *Draft, p *Plan, on Date) []*Error {
	b := d.Next()
	st := b.Standings(on)
	if len(p.Invoices) == 0 {
		return []*Error{fieldError("invoices", "field_required")}
	}
	var out []*Error
	for _, e := range checkOwed(b, p.Customer, p.Invoices, p.Currency, st) {
		if e.Code != "invoice_settled" { // which CheckPlan says as well
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		out = CheckPlan(b, p, st)
	}
	if len(out) > 0 {
		return out
	}
	d.Put(p)
	return nil
}

// EndPlan stages the end of a plan on a day. Errors: plan_unknown, plan_ended (it has ended before), plan_end (no such end).
func EndPlan(d *Draft, id PlanID, end PlanEnd, on Date) error {
	p, ok := d.Record(KindPlan, uint32(id)).(*Plan)
	switch {
	case !ok:
		return Errorf("plan_unknown")
	case p.End != PlanRunning:
		return Errorf("plan_ended", "day", p.Ended)
	case end != PlanKept && end != PlanLapsed && end != PlanTaken:
		return Errorf("plan_end", "value", string(end))
	}
	p = Clone(p)
	p.End, p.Ended = end, max(on, p.Made)
	d.Put(p)
	return nil
}
