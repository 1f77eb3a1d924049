package desk

import (
	"cmp"
	"context"
	"slices"

	"quitus/assets/rates"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// Claim computes interest and indemnity on one invoice, up to and including today. Errors are those of
// [claim.Compute].
func (d *Desk) Claim(id ledger.InvoiceID) (claim.Claim, error) {
	c, err := claim.CaseOf(d.store.Book(), id)
	if err != nil {
		return claim.Claim{}, err
	}
	return claim.Compute(c, d.State().Rates(), d.Today())
}

// Claims computes the claims on a customer's late invoices, oldest due first, with open credit notes set
// off against them in that order. An invoice whose claim cannot be computed gives the first error in
// their place: a part of a claim would be a wrong claim.
func (d *Desk) Claims(customer ledger.CustomerID) ([]claim.Claim, error) {
	s := d.State()
	cases, err := s.lateCases(customer)
	if err != nil {
		return nil, err
	}
	var out []claim.Claim
	for _, k := range cases {
		c, err := claim.Compute(k, s.Rates(), d.Today())
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// lateCases gathers a customer's late invoices, oldest due first, with open credit notes set off against them in that order.
func (s *State) lateCases(customer ledger.CustomerID) ([]claim.Case, error) {
	var late, credits []ledger.InvoiceID
	for _, id := range s.Book.InvoicesOf(customer) {
		switch st := s.Standings.Of(id); {
		case st.Situation == ledger.CreditToUse:
			credits = append(credits, id)
		case st.DaysLate > 0:
			late = append(late, id)
		}
	}
	slices.SortStableFunc(late, func(a, b ledger.InvoiceID) int { return cmp.Compare(s.Standings.Of(a).Due, s.Standings.Of(b).Due) })
	return claim.CasesOf(s.Book, s.Standings, late, credits)
}

// Rates gives the program's tables of rates with what the owner added.
func (s *State) Rates() claim.Rates { return claim.RatesOf(s.Book, rates.BuiltIn()) }

// Readiness lists what to look at before a formal notice or a hand-over of a customer's late invoices. It only shows: the
// owner decides.
func (s *State) Readiness(customer ledger.CustomerID) []claim.Finding {
	return claim.Ready(s.Book, s.Standings, customer, s.Rates())
}

// Limited is an invoice whose time to be claimed is near its end, or past.
type Limited struct {
	Invoice *ledger.Invoice
	Limit   claim.Limit
}

// Limits lists the invoices with something open whose last day to be claimed is at most six months away, or past, the
// earliest first.
func (s *State) Limits() []Limited {
	var out []Limited
	for inv := range s.Book.Invoices.All() {
		if inv.CreditNote || s.Standings.Of(inv.ID).Open <= 0 || inv.Due.IsZero() || inv.Due.AddMonths(12-claim.LimitNear) > s.On && inv.Completed.IsZero() {
			continue // no period is shorter than a year
		}
		if c, err := claim.CaseOf(s.Book, inv.ID); err == nil {
			if l := c.Limit(s.On); l.Near(s.On) {
				out = append(out, Limited{inv, l})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Limited) int { return cmp.Compare(a.Limit.Last, b.Limit.Last) })
	return out
}

// AddRate adds a reference rate that the owner read to a table, for the half-year or year of a day. Errors are those of
// [claim.RecordRate].
func (d *Desk) AddRate(ctx context.Context, r ledger.RateRow) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActRate, map[string]string{"table": r.Table, "percent": r.Percent}, func(x *ledger.Draft) error {
		row := r
		row.On = d.Today()
		return claim.RecordRate(x, &row, d.Today())
	})
}

// Waive records that the owner gives up interest and indemnity of an invoice, in whole or in part, from today on. Errors are
// those of [ledger.RecordWaiver].
func (d *Desk) Waive(ctx context.Context, w ledger.Waiver) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActWaiver, nil, func(x *ledger.Draft) error {
		w.On = d.Today()
		return ledger.RecordWaiver(x, &w)
	})
}

// Interrupt records an event that may interrupt the time to claim an invoice; confirmed says that the owner holds that it does.
// Errors are those of [ledger.RecordInterruption].
func (d *Desk) Interrupt(ctx context.Context, i ledger.Interruption, confirmed bool) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActInterruption, nil, func(x *ledger.Draft) error {
		i.Confirmed = 0
		if confirmed {
			i.Confirmed = d.Today()
		}
		return ledger.RecordInterruption(x, &i, d.Today())
	})
}
