package handover

import (
	"cmp"
	"slices"

	"quitus/ledger"
	"quitus/letters"
)

// smallClaim is up to what principal a tribunal judiciaire asks for an attempt to settle first (CPC 750-1), in cents.
const smallClaim = 5000_00

// missing lists what a request to a court usually rests on and is not here (CPC 54, 57 and 1407 for a French payment order; C.
// civ. 1353 on proof), and what only the owner can check.
func (c *Case) missing() {
	c.missingParties()
	c.missingDocuments()
	c.missingLetters()
	for _, a := range c.Accounts {
		if a.Refused != nil {
			c.miss("claim", "currency", string(a.Currency), "reason", c.w.Error(a.Refused))
		}
		if !a.Total.Positive() {
			c.miss("nothing_owed", "amount", a.Total)
		}
	}
	if list := c.contested(); len(list) > 0 {
		c.check("contested", "numbers", c.numbers(list))
	}
	if day := max(c.customer.Insolvent, c.customer.Published); day != 0 && day <= c.Standings.On {
		c.check("insolvent", "day", day)
	}
	c.check("register")
	if c.amicable() {
		c.check("amicable")
	}
	slices.SortStableFunc(c.Missing, func(x, y Missing) int { return cmp.Compare(order(x), order(y)) })
}

// order puts what is missing before what is to be checked.
func order(m Missing) int {
	if m.Check {
		return 1
	}
	return 0
}

func (c *Case) miss(code string, pairs ...any) {
	c.Missing = append(c.Missing, Missing{Code: code, Args: pairs})
}

func (c *Case) check(code string, pairs ...any) {
	c.Missing = append(c.Missing, Missing{Code: code, Args: pairs, Check: true})
}

func (c *Case) missingParties() {
	k, own := c.customer, c.Book.Company()
	if k.SIREN == "" && (k.Type == ledger.CompanyCustomer || k.Type == "") {
		c.miss("debtor_number", "number", c.w.CompanyNumber(k.Country))
	}
	if k.Address == "" || k.Town == "" {
		c.miss("debtor_address")
	}
	if own.SIREN == "" {
		c.miss("own_number", "number", c.w.CompanyNumber(own.Country))
	}
	if len(own.Address) == 0 || own.Town == "" || own.LegalForm == "" {
		c.miss("own_details")
	}
	if own.IBAN == "" {
		c.miss("own_bank")
	}
}

// missingDocuments says of which invoices no copy, or nothing besides one, goes along.
func (c *Case) missingDocuments() {
	var none, single []ledger.InvoiceID
	for _, id := range c.Invoices {
		n := 0
		for x := range c.Book.Documents.All() {
			if x.Invoice == id && slices.Contains(c.Documents, x.ID) {
				n++
			}
		}
		switch n {
		case 0:
			none = append(none, id)
		case 1:
			single = append(single, id)
		}
	}
	if len(none) > 0 {
		c.miss("invoice", "numbers", c.numbers(none))
	}
	if len(single) > 0 {
		c.check("proof", "numbers", c.numbers(single))
	}
	if !slices.ContainsFunc(c.Exhibits, func(x Exhibit) bool { return x.Kind == CustomerDocument }) {
		c.check("terms")
	}
	agreed := slices.ContainsFunc(c.Book.PlansOf(c.Customer), func(p *ledger.Plan) bool { return !p.Proposed && concerns(p.Invoices, c.Invoices) }) ||
		slices.ContainsFunc(c.Book.PromisesOf(c.Customer), func(p *ledger.Promise) bool { return len(p.Invoices) == 0 || concerns(p.Invoices, c.Invoices) })
	if agreed {
		c.check("acknowledgement")
	}
}

// missingLetters says which invoices had no formal notice, and which proofs of registered letters are not there.
func (c *Case) missingLetters() {
	noticed := map[ledger.InvoiceID]bool{}
	for _, x := range c.Book.StepsOf(c.Customer) {
		for _, id := range x.Invoices {
			noticed[id] = noticed[id] || x.Done == ledger.StepFormalNotice
		}
	}
	for _, l := range c.Book.LettersOf(c.Customer) {
		if l.Model != letters.FormalNotice || l.Sent == 0 || l.Sent > c.Standings.On || !c.about(l.Lines) {
			continue
		}
		for _, n := range l.Lines {
			noticed[n.Invoice] = true
		}
		switch r := l.Registered; {
		case r.Proof == 0 && r.Receipt == 0 && r.Outcome == ledger.MailNotYetBack:
			c.miss("proofs", "day", l.On)
		case r.Proof == 0:
			c.miss("posting", "day", l.On)
		case r.Receipt == 0:
			c.miss("receipt", "day", l.On)
		}
	}
	for _, m := range c.Book.MessagesOf(c.Customer) {
		if m.Model == letters.FormalNotice && m.State == ledger.MessageSent {
			for _, n := range m.Lines {
				noticed[n.Invoice] = true
			}
		}
	}
	list := slices.DeleteFunc(slices.Clone(c.Invoices), func(id ledger.InvoiceID) bool { return noticed[id] })
	if len(list) > 0 {
		c.miss("notice", "numbers", c.numbers(list))
	}
}

// amicable says whether the attempt to settle that French law asks for below 5 000 € may concern the case: it is not asked for
// before a commercial court.
func (c *Case) amicable() bool {
	if c.Book.Company().Country != "FR" || c.customer.Country != "FR" || c.customer.Type == ledger.CompanyCustomer || c.customer.Type == "" {
		return false
	}
	return len(c.Accounts) == 1 && c.Accounts[0].Currency == ledger.EUR && c.Accounts[0].Principal.Minor <= smallClaim
}
