package desk

import (
	"cmp"
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
	own, regimes := s.Book.Company().Country, map[ledger.CustomerID]claim.Regime{}
	for inv := range s.Book.Invoices.All() {
		if inv.CreditNote || s.Standings.Of(inv.ID).Open <= 0 {
			continue
		}
		regime, known := regimes[inv.Customer]
		if c := s.Book.Customer(inv.Customer); !known && c != nil {
			regime = claim.RegimeOf(own, c.Country, c.Type)
			regimes[inv.Customer] = regime
		}
		if end := claim.EndAlone(regime, inv.Due, inv.Completed); end.IsZero() || end.AddMonths(-claim.LimitNear) > s.On {
			continue // what happened since only puts the end off
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
