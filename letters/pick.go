package letters

import (
	"cmp"
	"slices"
	"strings"

	"quitus/ledger"
)

// comingDays is how far ahead of its due date an invoice is near it.
const comingDays = 15

// pick chooses the invoices and credit notes of the letter, oldest due first.
func (c *composer) pick() error {
	asked := c.Invoices
	if len(asked) == 0 && c.kind.about != aboutReceived {
		asked = c.Book.InvoicesOf(c.Customer)
	}
	c.lookAhead(asked)
	var chosen []*ledger.Invoice
	for _, id := range asked {
		if inv := c.Book.Invoice(id); inv != nil && inv.Customer == c.Customer && c.concerns(inv) && !slices.Contains(chosen, inv) {
			chosen = append(chosen, inv)
		}
	}
	c.take(c.narrow(chosen))
	if err := c.nothing(); err != nil {
		return err
	}
	if len(c.Invoices) == 0 && c.kind.about == aboutOverdue {
		c.leaveOutHeld()
	}
	return c.sum()
}

// concerns says whether the letter is about an invoice or credit note.
func (c *composer) concerns(inv *ledger.Invoice) bool {
	st, chosen := c.Standings.Of(inv.ID), len(c.Invoices) > 0
	switch c.kind.about {
	case aboutDisputed, aboutReceived:
		return true
	case aboutSettled:
		return !inv.CreditNote && st.Open == 0 && inv.Total.Positive() && (st.WrittenOff == 0 || chosen)
	case aboutDeclared:
		return st.Open != 0 && (chosen || inv.Issued < c.Facts.Insolvency.Opened)
	}
	if inv.CreditNote || st.Open < 0 {
		return inv.CreditNote && st.Open < 0
	}
	switch c.kind.about {
	case aboutOverdue:
		return st.Open > 0 && (st.DaysLate > 0 || chosen)
	case aboutComing:
		return st.Open > 0 && (c.coming(inv) > 0 || chosen)
	}
	return st.Open > 0
}

// narrow leaves to a letter the invoices that matter most: what is late where anything is; of what is settled, what
// letters or steps were about.
func (c *composer) narrow(list []*ledger.Invoice) []*ledger.Invoice {
	var keep func(*ledger.Invoice) bool
	switch {
	case len(c.Invoices) > 0:
		return list
	case c.kind.about == aboutTalked:
		keep = func(i *ledger.Invoice) bool { return i.CreditNote || c.Standings.Of(i.ID).DaysLate > 0 }
	case c.kind.about == aboutSettled:
		asked := c.askedFor()
		keep = func(i *ledger.Invoice) bool { return asked[i.ID] }
	default:
		return list
	}
	var out []*ledger.Invoice
	invoices := 0
	for _, i := range list {
		if keep(i) {
			out = append(out, i)
			if !i.CreditNote {
				invoices++
			}
		}
	}
	if invoices == 0 {
		return list
	}
	return out
}

// askedFor gives the invoices that letters sent or steps were about.
func (c *composer) askedFor() map[ledger.InvoiceID]bool {
	out := map[ledger.InvoiceID]bool{}
	for _, l := range c.Book.LettersOf(c.Customer) {
		if l.Sent.IsZero() || l.Sent > c.On || Level(l.Model) == 0 {
			continue
		}
		for _, line := range l.Lines {
			out[line.Invoice] = true
		}
	}
	for _, s := range c.Book.StepsOf(c.Customer) {
		for _, id := range s.Invoices {
			out[id] = out[id] || s.On <= c.On
		}
	}
	return out
}

// take parts what was chosen into invoices and credit notes of one currency, oldest due first.
func (c *composer) take(list []*ledger.Invoice) {
	cur := c.currency(list)
	for _, inv := range list {
		switch {
		case inv.Total.Currency != cur:
			c.otherCurrency = true
		case inv.CreditNote:
			c.credits = append(c.credits, inv)
		default:
			c.invoices = append(c.invoices, inv)
		}
	}
	byDue := func(a, b *ledger.Invoice) int {
		return cmp.Or(cmp.Compare(c.due(a), c.due(b)), cmp.Compare(a.Issued, b.Issued), strings.Compare(a.Number, b.Number))
	}
	slices.SortFunc(c.invoices, byDue)
	slices.SortFunc(c.credits, byDue)
	if c.kind.about == aboutOpen {
		c.unallocated = c.credit(cur)
	}
}

// nothing is the error where there is no invoice to write about.
func (c *composer) nothing() error {
	if c.kind.about == aboutSettled {
		if open := c.stillOpen(); len(open) > 0 {
			return ledger.Errorf("letter_not_settled", "customer", c.customer.Name, "invoices", open)
		}
	}
	if len(c.invoices) > 0 {
		return nil
	}
	switch c.kind.about {
	case aboutReceived:
		return nil
	case aboutOverdue:
		return ledger.Errorf("letter_nothing_due", "customer", c.customer.Name)
	case aboutComing:
		return ledger.Errorf("letter_nothing_coming", "customer", c.customer.Name)
	case aboutSettled:
		return ledger.Errorf("letter_nothing_settled", "customer", c.customer.Name)
	}
	return ledger.Errorf("letter_nothing_open", "customer", c.customer.Name)
}

// stillOpen lists what keeps a quitus from being given: invoices chosen that are open or, where none is chosen,
// invoices past due.
func (c *composer) stillOpen() []string {
	var out []string
	for _, id := range c.Invoices {
		if i := c.Book.Invoice(id); i != nil && c.Standings.Of(id).Open != 0 {
			out = append(out, i.Number)
		}
	}
	if len(c.Invoices) == 0 {
		for _, id := range c.Book.InvoicesOf(c.Customer) {
			if c.Standings.Of(id).DaysLate > 0 {
				out = append(out, c.Book.Invoice(id).Number)
			}
		}
	}
	return out
}

// sum adds up what the letter is about.
func (c *composer) sum() error {
	c.principal = ledger.Money{Currency: c.Currency}
	for _, inv := range slices.Concat(c.invoices, c.credits) {
		c.principal.Currency = inv.Total.Currency
		c.principal = c.principal.Add(c.asked(inv)).Sub(c.reserved(inv))
	}
	c.principal = c.principal.Sub(c.unallocated)
	switch {
	case c.kind.about == aboutReceived:
		c.principal = c.Facts.Payment.Amount
	case c.kind.about == aboutDisputed, c.kind.about == aboutOpen:
	case !c.principal.Positive():
		return ledger.Errorf("letter_nothing_owed", "customer", c.customer.Name)
	}
	c.total = c.principal
	return nil
}

// asked is what the letter asks for, or tells, of an invoice: what is not due yet is not demanded.
func (c *composer) asked(inv *ledger.Invoice) ledger.Money {
	st := c.Standings.Of(inv.ID)
	m := ledger.Money{Minor: st.Asked(), Currency: inv.Total.Currency}
	switch c.kind.about {
	case aboutTalked:
		if c.planned() {
			m.Minor = st.Open // a plan is about the whole, due or not
		}
	case aboutOpen, aboutDeclared:
		m.Minor = st.Open
	case aboutComing:
		if near := c.coming(inv); near > 0 {
			m.Minor = near
		}
	case aboutSettled:
		m.Minor = inv.Total.Minor - st.WrittenOff
	case aboutReceived:
		m.Minor = c.allocated(inv)
	}
	return m
}

// planned says whether the letter is about a plan for invoices that are named.
func (c *composer) planned() bool {
	return len(c.Invoices) > 0 && (c.Model == PlanProposal || c.Model == PlanAgreement || c.Model == PlanLapse)
}

// allocated is what the payment of a receipt settled of an invoice.
func (c *composer) allocated(inv *ledger.Invoice) int64 {
	sum := int64(0)
	for _, a := range c.Facts.Payment.Allocations {
		if a.Invoice == inv.ID {
			sum += a.Amount
		}
	}
	return sum
}

// lookAhead finds up to which day due dates count as near: some days ahead or, where nothing falls due by then, the
// next due date.
func (c *composer) lookAhead(list []ledger.InvoiceID) {
	near := c.On.Add(comingDays)
	next := ledger.Date(0)
	for _, id := range list {
		inv := c.Book.Invoice(id)
		if inv == nil || inv.CreditNote {
			continue
		}
		for p, left := range inv.Parts(c.Standings.Of(id).Open) {
			if left > 0 && p.Due >= c.On && (next == 0 || p.Due < next) {
				next = p.Due
			}
		}
	}
	c.horizon = max(near, next)
}

// coming is what of an invoice falls due soon.
func (c *composer) coming(inv *ledger.Invoice) int64 {
	sum := int64(0)
	for p, left := range inv.Parts(c.Standings.Of(inv.ID).Open) {
		if c.near(p.Due) {
			sum += left
		}
	}
	return sum
}

func (c *composer) near(due ledger.Date) bool { return due >= c.On && due <= c.horizon }

// due is the earliest due date of what the letter asks for of an invoice.
func (c *composer) due(inv *ledger.Invoice) ledger.Date {
	if c.kind.about == aboutComing {
		for p, left := range inv.Parts(c.Standings.Of(inv.ID).Open) {
			if left > 0 && c.near(p.Due) {
				return p.Due
			}
		}
	}
	return c.Standings.Of(inv.ID).Due
}

// reserved gives the contested part of an invoice of which the rest is not: the letter leaves it aside.
// What is contested counts for what is overdue first, so that nothing contested is asked for.
func (c *composer) reserved(inv *ledger.Invoice) ledger.Money {
	none := ledger.Money{Currency: inv.Total.Currency}
	contested := c.Standings.Of(inv.ID).Contested
	switch c.kind.about {
	case aboutComing, aboutOpen, aboutDeclared, aboutSettled, aboutReceived:
		return none
	case aboutDisputed:
		if c.Facts.Dispute.Answer != "" {
			return none
		}
		contested = c.Facts.Dispute.Amount.Minor
	}
	if contested <= 0 || contested >= c.asked(inv).Minor {
		return none
	}
	return ledger.Money{Minor: contested, Currency: inv.Total.Currency}
}

// leaveOutHeld takes away the invoices that are wholly contested or promised, if others remain.
func (c *composer) leaveOutHeld() {
	var free []*ledger.Invoice
	var held []string
	for _, inv := range c.invoices {
		if st := c.Standings.Of(inv.ID); st.PromisedBy != 0 || st.Contested >= st.Asked() {
			held = append(held, inv.Number)
		} else {
			free = append(free, inv)
		}
	}
	if len(free) > 0 {
		c.invoices, c.leftOut = free, held
	}
}

func (c *composer) currency(open []*ledger.Invoice) ledger.Currency {
	if c.Currency != "" {
		return c.Currency
	}
	var first ledger.Currency
	for _, inv := range open {
		if inv.CreditNote {
			continue
		}
		if inv.Total.Currency == ledger.EUR {
			return ledger.EUR
		}
		if first == "" {
			first = inv.Total.Currency
		}
	}
	return first
}

// credit is what the customer paid up to the letter's day and is not imputed on an invoice.
func (c *composer) credit(cur ledger.Currency) ledger.Money {
	return Unallocated(c.Book, c.Customer, cur, c.On)
}

// Unallocated is what a customer paid in a currency up to a day and that is imputed on no invoice.
func Unallocated(b *ledger.Book, c ledger.CustomerID, cur ledger.Currency, on ledger.Date) ledger.Money {
	sum := ledger.Money{Currency: cur}
	for _, p := range b.PaymentsOf(c) {
		if p.On > on || p.Amount.Currency != cur {
			continue
		}
		sum.Minor += p.Amount.Minor
		for _, a := range p.Allocations {
			sum.Minor -= a.Amount
		}
	}
	return sum
}
