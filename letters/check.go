package letters

import (
	"quitus/ledger"
	"quitus/ledger/claim"
)

// check warns of what the owner should look at before the letter leaves.
func (c *composer) check() {
	if to := c.addressee(); to.Address == "" && to.Town == "" {
		c.warn("missing_address")
	} else if to.Town == "" || to.Address == "" {
		c.warn("address_incomplete")
	}
	c.checkClaims()
	c.checkLevel()
	c.checkModel()
	if !c.Deadline.IsZero() && c.Deadline <= c.On && c.Model != PreDue {
		c.warn("deadline_past", "day", c.Deadline)
	}
	if c.otherCurrency {
		c.warn("other_currency", "currency", string(c.total.Currency))
	}
	c.checkSender()
	if c.replaced() {
		c.warn("characters_replaced")
	}
}

// checkClaims warns of what is contested, promised or not due yet, in a letter that asks for it.
func (c *composer) checkClaims() {
	switch c.kind.about {
	case aboutDisputed, aboutSettled, aboutReceived, aboutDeclared, aboutOpen:
		return
	}
	if list := c.numbersWhere(func(st ledger.Standing) bool { return st.Contested != 0 }); len(list) > 0 {
		c.warn("disputed", "invoices", list)
	}
	if len(c.leftOut) > 0 {
		c.warn("left_out", "invoices", c.leftOut)
	}
	if c.kind.about != aboutOverdue {
		return
	}
	if list := c.numbersWhere(func(st ledger.Standing) bool { return st.PromisedBy != 0 }); len(list) > 0 {
		c.warn("promised", "invoices", list)
	}
	if list := c.numbersWhere(func(st ledger.Standing) bool { return st.DaysLate == 0 }); len(list) > 0 {
		c.warn("not_overdue", "invoices", list)
	}
}

// checkLevel warns of a letter out of order: before any reminder, after a firmer letter, or a second time.
func (c *composer) checkLevel() {
	level := Level(c.Model)
	if level > Level(FirstReminder) && !c.reminded() {
		c.warn("level_skipped")
	}
	if level > 0 {
		if firmer := c.lastSent(func(m string) bool { return Level(m) > level }); firmer != nil {
			c.warn("level_lower", "letter", ledger.Term("common.letter."+firmer.Model), "day", firmer.Sent)
		}
	}
	if last := c.lastSent(func(m string) bool { return m == c.Model }); last != nil {
		c.warn("sent_before", "day", last.Sent)
	}
}

// checkModel warns of what single models depend on.
func (c *composer) checkModel() {
	belgian := FirstFor(c.customer) == BelgianReminder
	free := func(m string) bool { return m == BelgianReminder }
	switch {
	case c.Model == BelgianReminder && !belgian:
		c.warn("be_elsewhere")
	case c.Model == BelgianReminder:
		c.checkBelgian()
	case belgian && reminds(c.Model) && c.lastSent(free) == nil:
		c.warn("be_consumer")
	}
	if c.mail && c.letter.Delivery != "" {
		c.warn("no_proof")
	}
	if p := c.Facts.Plan; c.Model == PlanLapse && p.Agreed.IsZero() {
		c.warn("plan_day_unknown")
	}
	if c.givenUp() != 0 {
		c.warn("given_up", "amount", ledger.Money{Minor: c.givenUp(), Currency: c.principal.Currency})
	}
	if c.Model == InsolvencyClaim {
		c.checkInsolvency()
	}
}

// checkBelgian warns of what the law asks of a first reminder to a Belgian consumer (CDE book XIX) and is not known.
func (c *composer) checkBelgian() {
	if c.Deadline < belgianDeadline(c.On) && !c.mail {
		c.warn("be_deadline", "day", belgianDeadline(c.On))
	} else if c.Deadline <= c.On.Add(kinds[BelgianReminder].days) {
		c.warn("be_deadline", "day", Workday(c.On.Add(kinds[BelgianReminder].days+1)))
	}
	if c.company.SIREN == "" {
		c.warn("be_number")
	}
	if len(c.products()) < len(c.invoices) {
		c.warn("be_product")
	}
	if !c.filling.conditions["be_indemnity"] {
		c.warn("be_no_indemnity")
	}
}

// checkInsolvency warns of the two months from publication (C. com. R622-24) and of invoices made after the judgment,
// which are not declared.
func (c *composer) checkInsolvency() {
	i := c.Facts.Insolvency
	switch end := i.Published.AddMonths(2); {
	case i.Published.IsZero():
		c.warn("publication_unknown")
	case c.On > end:
		c.warn("declared_late", "day", end)
	}
	var later []string
	for _, id := range c.Book.InvoicesOf(c.Customer) {
		if inv := c.Book.Invoice(id); inv.Issued >= i.Opened && c.Standings.Of(id).Open > 0 {
			later = append(later, inv.Number)
		}
	}
	if len(later) > 0 {
		c.warn("after_judgment", "invoices", later)
	}
}

// checkFacts refuses facts that contradict the letter's amounts.
func (c *composer) checkFacts() error {
	p, cur := c.Facts.Plan, c.total.Currency
	if len(c.plan) > 0 && c.plan[0].Amount.Currency != cur {
		return ledger.Errorf("letter_facts_currency", "currency", string(c.plan[0].Amount.Currency))
	}
	if c.Model == PlanProposal || c.Model == PlanAgreement {
		owed := ledger.Money{Minor: c.total.Minor + p.Extra.Minor, Currency: cur}
		if sum := c.planSum(); sum != owed {
			return ledger.Errorf("letter_plan_differs", "plan", sum, "owed", owed)
		}
		c.total = owed
	}
	if d := c.Facts.Dispute; c.kind.about == aboutDisputed && d.Answer == "" && !c.anyReserved() {
		c.total = ledger.Money{Currency: cur} // all of it is contested: nothing is asked for
	}
	if b := c.Facts.Belgian; b != nil && b.Indemnity.Positive() {
		if most := claim.BelgianCap(c.total); b.Indemnity.Minor > most.Minor || b.Indemnity.Currency != cur {
			return ledger.Errorf("letter_be_indemnity", "most", most)
		}
	}
	return nil
}

func (c *composer) anyReserved() bool {
	for _, inv := range c.invoices {
		if part := c.reserved(inv); part.Positive() {
			return true
		}
	}
	return false
}

func (c *composer) numbersWhere(holds func(ledger.Standing) bool) []string {
	var out []string
	for _, inv := range c.invoices {
		if holds(c.Standings.Of(inv.ID)) {
			out = append(out, inv.Number)
		}
	}
	return out
}

// checkSender warns of missing details of the owner's company.
func (c *composer) checkSender() {
	if c.company.Name == "" || len(c.company.Address) == 0 || c.company.Town == "" {
		c.warn("sender_incomplete")
	}
	if c.company.IBAN == "" {
		c.warn("no_bank_details")
	}
	if c.company.Signatory.Name == "" {
		c.warn("no_signatory")
	}
	if c.company.Country == "FR" && c.company.SIREN == "" {
		c.warn("no_siren")
	}
}

// replaced says whether the typeface lacks a character of the names in the letter.
func (c *composer) replaced() bool {
	texts := append([]string{c.letter.Subject, c.letter.Sender.Name}, c.letter.Recipient...)
	texts = append(append(texts, c.letter.Sender.Lines...), numbers(c.invoices)...)
	for _, t := range append(texts, c.letter.Signature...) {
		if _, bad := clean(t); bad {
			return true
		}
	}
	return false
}
