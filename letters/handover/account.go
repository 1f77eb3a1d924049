package handover

import (
	"slices"

	"quitus/ledger"
	"quitus/ledger/claim"
	"quitus/letters"
)

// Account is what is owed in one currency.
type Account struct {
	Currency    ledger.Currency
	Invoices    []ledger.InvoiceID
	Credits     []ledger.InvoiceID // open credit notes, taken off
	Unallocated ledger.Money       // received and not imputed on an invoice, taken off
	Principal   ledger.Money
	Claims      []claim.Claim // one an invoice; none where Refused says why
	Refused     error
	Interest    ledger.Money
	Indemnity   ledger.Money
	Total       ledger.Money
}

// account works out what is owed, currency by currency, in the order of the invoices.
func (c *Case) account() {
	at := map[ledger.Currency]int{}
	for _, id := range c.Invoices {
		cur := c.Book.Invoice(id).Total.Currency
		if _, ok := at[cur]; !ok {
			at[cur] = len(c.Accounts)
			c.Accounts = append(c.Accounts, Account{Currency: cur})
		}
		a := &c.Accounts[at[cur]]
		a.Invoices = append(a.Invoices, id)
	}
	for _, id := range c.Book.InvoicesOf(c.Customer) {
		i := c.Book.Invoice(id)
		if k, ok := at[i.Total.Currency]; ok && i.CreditNote && c.Standings.Of(id).Open < 0 {
			c.Accounts[k].Credits = append(c.Accounts[k].Credits, id)
		}
	}
	for k := range c.Accounts {
		c.sum(&c.Accounts[k])
	}
}

// sum adds up one account. Interest stands beside the open amounts of the ledger, as in a formal notice.
func (c *Case) sum(a *Account) {
	nothing := ledger.Money{Currency: a.Currency}
	a.Unallocated = letters.Unallocated(c.Book, c.Customer, a.Currency, c.Standings.On)
	a.Principal, a.Interest, a.Indemnity = nothing.Sub(a.Unallocated), nothing, nothing
	for _, id := range a.Invoices {
		a.Principal.Minor += c.Standings.Of(id).Overdue
	}
	for _, id := range a.Credits {
		a.Principal.Minor += c.Standings.Of(id).Open
	}
	if a.Claims, a.Refused = c.claims(a); a.Refused == nil {
		for _, k := range a.Claims {
			a.Interest, a.Indemnity = a.Interest.Add(k.Accrued), a.Indemnity.Add(k.Indemnity)
		}
	}
	a.Total = a.Principal.Add(a.Interest).Add(a.Indemnity)
}

// claims computes interest and indemnity on all invoices of an account, or on none: a part of a claim would be a wrong claim.
func (c *Case) claims(a *Account) ([]claim.Claim, error) {
	cases, err := claim.CasesOf(c.Book, c.Standings, a.Invoices, a.Credits)
	if err != nil {
		return nil, err
	}
	var out []claim.Claim
	for _, k := range cases {
		k.Insolvency = c.customer.Insolvent
		one, err := claim.Compute(k, c.Rates, c.Standings.On)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// contested lists the invoices of which a part or all is contested.
func (c *Case) contested() []ledger.InvoiceID {
	return slices.DeleteFunc(slices.Clone(c.Invoices), func(id ledger.InvoiceID) bool { return c.Standings.Of(id).Contested == 0 })
}
