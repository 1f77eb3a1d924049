package letters

import "quitus/ledger"

// check warns of what the owner should look at before the letter leaves.
func (c *composer) check() {
	if c.customer.Address == "" && c.customer.Town == "" {
		c.warn("missing_address")
	} else if c.customer.Town == "" || c.customer.Address == "" {
		c.warn("address_incomplete")
	}
	if list := c.numbersWhere(func(st ledger.Standing) bool { return st.Contested != 0 }); len(list) > 0 {
		c.warn("disputed", "invoices", list)
	}
	if len(c.leftOut) > 0 {
		c.warn("left_out", "invoices", c.leftOut)
	}
	if list := c.numbersWhere(func(st ledger.Standing) bool { return st.PromisedBy != 0 }); len(list) > 0 {
		c.warn("promised", "invoices", list)
	}
	if list := c.numbersWhere(func(st ledger.Standing) bool { return st.DaysLate == 0 }); len(list) > 0 {
		c.warn("not_overdue", "invoices", list)
	}
	if c.Model == FormalNotice && !c.reminded() {
		c.warn("level_skipped")
	}
	if c.Model == FirstReminder && c.lastSent(FormalNotice) != nil {
		c.warn("level_lower")
	}
	if last := c.lastSent(c.Model); last != nil {
		c.warn("sent_before", "day", last.Sent)
	}
	if c.customer.Country == "BE" && c.customer.Type == ledger.Consumer {
		c.warn("be_consumer")
	}
	if c.Deadline <= c.On {
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
