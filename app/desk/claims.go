package desk

import (
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

// Claims computes the claims on a customer's late invoices. An invoice whose claim cannot be computed
// gives the first error in their place: a part of a claim would be a wrong claim.
func (d *Desk) Claims(customer ledger.CustomerID) ([]claim.Claim, error) {
	s := d.State()
	var out []claim.Claim
	for _, id := range s.Book.InvoicesOf(customer) {
		if s.Standings.Of(id).DaysLate == 0 {
			continue
		}
		c, err := d.Claim(id)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}
