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
	return claim.Compute(c, rates.BuiltIn(), d.Today())
}

// Claims computes the claims on a customer's late invoices, oldest due first, with open credit notes set
// off against them in that order. An invoice whose claim cannot be computed gives the first error in
// their place: a part of a claim would be a wrong claim.
func (d *Desk) Claims(customer ledger.CustomerID) ([]claim.Claim, error) {
	s := d.State()
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
	cases, err := claim.CasesOf(s.Book, s.Standings, late, credits)
	if err != nil {
		return nil, err
	}
	var out []claim.Claim
	for _, k := range cases {
		c, err := claim.Compute(k, rates.BuiltIn(), d.Today())
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}
