package desk

import (
	"context"

	"quitus/ledger"
	"quitus/ledger/claim"
	"quitus/ledger/followup"
	"quitus/letters"
)

// AgreePlan records a payment plan; an empty Made is today. A plan with a number is one that was proposed before. The error is
// FieldErrors where fields are wrong, by the rules of [ledger.RecordPlan]; said_in_future (field made).
func (d *Desk) AgreePlan(ctx context.Context, p ledger.Plan) (ledger.PlanID, ledger.Entry, error) {
	if err := d.made(&p.Made, "made"); err != nil {
		return 0, ledger.Entry{}, err
	}
	e, err := d.change(ctx, ledger.ActPlan, nil, func(x *ledger.Draft) error {
		return FieldErrors(ledger.RecordPlan(x, &p, d.Today())).err()
	})
	return p.ID, e, err
}

// EndPlan ends a plan today, or withdraws one that was proposed. Errors are those of [ledger.EndPlan].
func (d *Desk) EndPlan(ctx context.Context, id ledger.PlanID, end ledger.PlanEnd) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActPlan, nil, func(x *ledger.Draft) error {
		return ledger.EndPlan(x, id, end, d.Today())
	})
}

// PlanOrder is a payment plan to be proposed or agreed, and by what the customer is told.
type PlanOrder struct {
	Plan ledger.Plan    // Proposed says which; a number, that it was proposed before
	By   ledger.Channel // a letter or an e-mail; empty for nothing in writing
}

// PreparePlan makes what a customer is written about a plan: the proposal, or the agreement with its acknowledgement of debt.
// Nothing is recorded. Errors: FieldErrors by the rules of [ledger.RecordPlan], and those of [letters.Compose].
func (d *Desk) PreparePlan(o PlanOrder) (*Doing, error) {
	o.Plan.Made = d.Today()
	if err := FieldErrors(ledger.RecordPlan(ledger.NewDraft(d.store.Book()), &o.Plan, d.Today())).err(); err != nil {
		return nil, err
	}
	x := &Doing{Task: followup.Task{Customer: o.Plan.Customer, Channel: o.By}}
	if o.By == "" {
		return x, nil
	}
	w := d.Writer()
	model := letters.PlanAgreement
	if o.Plan.Proposed {
		model = letters.PlanProposal
	}
	r := LetterRequest{Customer: o.Plan.Customer, Model: model, Invoices: o.Plan.Invoices, Currency: o.Plan.Currency}
	r.Facts.Plan = w.planFacts(&o.Plan)
	if err := w.prepareLetter(x, r, o.By == ledger.ChannelEmail); err != nil {
		return nil, err
	}
	return x, nil
}

// KeepPlan records a plan as of today together with what was prepared about it: a letter leaves today, an e-mail is approved into the
// outbox. Undoing takes all of it back. Errors are those of [Desk.AgreePlan].
func (d *Desk) KeepPlan(ctx context.Context, o PlanOrder, prepared *Doing) (ledger.PlanID, ledger.Entry, error) {
	p := o.Plan
	p.Made = d.Today()
	e, err := d.change(ctx, ledger.ActPlan, nil, func(x *ledger.Draft) error {
		if err := FieldErrors(ledger.RecordPlan(x, &p, d.Today())).err(); err != nil {
			return err
		}
		d.doTask(x, prepared)
		return nil
	})
	return p.ID, e, err
}

// PlanReminded gives the day until which the customer was asked in writing for what is missing of a plan; 0 where it was not.
func (s *State) PlanReminded(p *ledger.Plan) ledger.Date {
	return followup.PlanReminded(s.followUp(), p)
}

// ExtraOn gives interest and indemnity on invoices of one currency up to and including today, as far as they are late. Errors are
// those of [claim.Compute].
func (d *Desk) ExtraOn(ids []ledger.InvoiceID) (int64, error) {
	s := d.State()
	var late []ledger.InvoiceID
	for _, id := range ids {
		if s.Standings.Of(id).DaysLate > 0 {
			late = append(late, id)
		}
	}
	cases, err := claim.CasesOf(s.Book, s.Standings, late, nil)
	if err != nil {
		return 0, err
	}
	sum := int64(0)
	for _, k := range cases {
		c, err := claim.Compute(k, s.Rates(), d.Today())
		if err != nil {
			return 0, err
		}
		sum += c.Interest.Minor + c.Indemnity.Minor
	}
	return sum, nil
}

// takePlan gives a letter about payment by instalments the customer's plan and its invoices, where there is one.
func (w *Writer) takePlan(r *LetterRequest) {
	p := w.planOf(r.Customer, r.Model)
	if p == nil {
		return
	}
	r.Facts.Plan = w.planFacts(p)
	if len(r.Invoices) == 0 || r.Model == letters.PlanLapse { // of which the task names what is missing only
		r.Invoices, r.Currency = nil, p.Currency
		for _, id := range p.Invoices {
			if w.state.Standings.Of(id).Open > 0 {
				r.Invoices = append(r.Invoices, id)
			}
		}
	}
}

// planOf gives the plan that a letter of a model is about: the latest that runs or, for a proposal, that was proposed; else the
// latest of all. It is nil for other models.
func (w *Writer) planOf(c ledger.CustomerID, model string) *ledger.Plan {
	switch model {
	case letters.PlanProposal, letters.PlanAgreement, letters.PlanLapse:
	default:
		return nil
	}
	on := w.state.On
	var best *ledger.Plan
	rank := func(p *ledger.Plan) int {
		s := w.state.Book.JudgePlan(p, on)
		switch {
		case model == letters.PlanLapse && s.Running && s.Missed != 0, model == letters.PlanProposal && p.Proposed && p.End == ledger.PlanRunning:
			return 2
		case s.Running:
			return 1
		}
		return 0
	}
	for _, p := range w.state.Book.PlansOf(c) {
		if p.Made <= on && (best == nil || rank(p) > rank(best) || rank(p) == rank(best) && p.Made >= best.Made) {
			best = p
		}
	}
	return best
}

// planFacts is a plan as letters tell it, with what came in counted for the earliest instalment first.
func (w *Writer) planFacts(p *ledger.Plan) *letters.Plan {
	money := func(minor int64) ledger.Money { return ledger.Money{Minor: minor, Currency: p.Currency} }
	out := &letters.Plan{Agreed: p.Made, Extra: money(p.Extra), Waived: p.Waived}
	for _, i := range w.state.Book.PlanParts(p, w.state.On) {
		out.Instalments = append(out.Instalments, letters.Instalment{Due: i.Due, Amount: money(i.Amount), Paid: money(i.Paid)})
	}
	return out
}
