package claim

import (
	"slices"
	"strings"

	"quitus/ledger"
)

// CaseOf gathers an invoice of a book: its receipts, credit notes set off against it and write-offs.
//
// What a register gave as paid beyond the recorded payments up to that register's day is a receipt
// without a day. The error's code is "claim_rate_invalid" where the customer's contractual rate cannot be read.
func CaseOf(b *ledger.Book, id ledger.InvoiceID) (Case, error) {
	inv := b.Invoice(id)
	if inv == nil {
		return Case{}, ledger.Errorf("claim_invoice_unknown", "invoice", int(id))
	}
	company := b.Company()
	c := Case{Invoice: inv.Number, Creditor: company.Country, Due: inv.Due, Total: inv.Total, Instalments: inv.Instalments,
		Issued: inv.Issued, Completed: inv.Completed, Demanded: inv.Demanded}
	if company.PrincipalFirst {
		c.Order = PrincipalFirst
	}
	if cust := b.Customer(inv.Customer); cust != nil {
		c.Debtor, c.Kind, c.Insolvency, c.AgreedIndemnity = cust.Country, cust.Type, cust.Insolvent, ledger.Euros(cust.Indemnity)
		if cust.Rate != "" {
			rate, err := ParseRate(cust.Rate)
			if err != nil {
				return Case{}, err
			}
			c.ContractRate = rate
		}
	}
	c.notices(b, inv)
	for _, p := range b.PaymentsOf(inv.Customer) {
		c.Receipts = append(c.Receipts, receiptsFrom(b, p, inv)...)
	}
	for w := range b.WriteOffs.All() {
		if w.Invoice == id {
			c.Receipts = append(c.Receipts, Receipt{w.On, ledger.Money{Minor: w.Amount.Minor, Currency: inv.Total.Currency}, true})
		}
	}
	for w := range b.Waivers.All() {
		if w.Invoice == id {
			cur := inv.Total.Currency
			c.Waivers = append(c.Waivers, Waiver{w.On, ledger.Money{Minor: w.Interest, Currency: cur}, ledger.Money{Minor: w.Indemnity, Currency: cur}, w.Whole})
		}
	}
	for _, x := range b.InterruptionsOf(id) {
		c.Events = append(c.Events, Event{x.On, x.What, !x.Confirmed.IsZero()})
	}
	if undated := (ledger.Money{Minor: b.OnlyInRegister(inv), Currency: inv.Total.Currency}); undated.Positive() {
		c.Receipts = append(c.Receipts, Receipt{0, undated, false})
	}
	return c, nil
}

// Models of letters that the law attaches something to; package letters has their texts.
const (
	modelFormalNotice = "formal_notice"
	modelBelgianFirst = "be_first_reminder"
)

// notices finds the earliest formal notice and the earliest free first reminder that were sent about an invoice.
func (c *Case) notices(b *ledger.Book, inv *ledger.Invoice) {
	about := func(lines []ledger.LetterLine) bool {
		return slices.ContainsFunc(lines, func(l ledger.LetterLine) bool { return l.Invoice == inv.ID })
	}
	notice := func(on ledger.Date) {
		if c.Noticed.IsZero() || on < c.Noticed {
			c.Noticed = on
		}
	}
	reminder := func(sent, deadline ledger.Date, how Delivery) {
		if grace := max(deadline, BelgianGrace(sent, how)); c.Grace.IsZero() || grace < c.Grace {
			c.Reminded, c.Grace = sent, grace
		}
	}
	for _, l := range b.LettersOf(inv.Customer) {
		switch {
		case l.Sent.IsZero() || !about(l.Lines):
		case l.Model == modelFormalNotice:
			notice(l.Sent)
		case l.Model == modelBelgianFirst:
			reminder(l.Sent, l.Deadline, ByPost)
		}
	}
	for _, m := range b.MessagesOf(inv.Customer) {
		if m.State == ledger.MessageSent && m.Model == modelBelgianFirst && about(m.Lines) {
			reminder(m.Sent, m.Deadline, ByMail)
		}
	}
	for _, s := range b.StepsOf(inv.Customer) {
		if s.Done == ledger.StepFormalNotice && slices.Contains(s.Invoices, inv.ID) {
			notice(s.On)
		}
	}
}

// receiptsFrom gives what a payment settles of an invoice. Credit notes used up in the same payment
// cover its invoices first, in the order of the allocations, from the day of the latest of them.
func receiptsFrom(b *ledger.Book, p *ledger.Payment, inv *ledger.Invoice) []Receipt {
	var credit int64
	var creditDay ledger.Date
	for _, a := range p.Allocations {
		if note := b.Invoice(a.Invoice); note != nil && note.CreditNote && a.Amount < 0 {
			credit -= a.Amount
			creditDay = max(creditDay, note.Issued)
		}
	}
	var out []Receipt
	for _, a := range p.Allocations {
		if other := b.Invoice(a.Invoice); other == nil || other.CreditNote {
			continue
		}
		covered := max(0, min(credit, a.Amount))
		credit -= covered
		if a.Invoice != inv.ID {
			continue
		}
		cur := inv.Total.Currency
		if covered > 0 {
			out = append(out, Receipt{creditDay, ledger.Money{Minor: covered, Currency: cur}, true})
		}
		if rest := a.Amount - covered; rest != 0 {
			out = append(out, Receipt{p.On, ledger.Money{Minor: rest, Currency: cur}, false})
		}
	}
	return out
}

// RatesOf gives the tables with what the owner added to them. Rows that cannot be read, which the acts never write, are
// left out.
func RatesOf(b *ledger.Book, builtIn Rates) Rates {
	for r := range b.RateRows.All() {
		if rate, err := ParseRate(r.Percent); err == nil {
			builtIn = builtIn.With(TableName(r.Table), Point{Day: r.Day, Rate: rate, Source: r.Source})
		}
	}
	return builtIn
}

// RecordRate stages a rate that the owner read. Errors, with the fields table, day, percent and source: rate_table_unknown,
// field_required, rate_invalid, rate_far (the day is more than two years away from today, on).
func RecordRate(d *ledger.Draft, r *ledger.RateRow, on ledger.Date) error {
	fail := func(field, code string, facts ...any) error {
		return ledger.Errorf(code, append([]any{"field", field}, facts...)...)
	}
	if !slices.Contains(TableNames, TableName(r.Table)) {
		return fail("table", "rate_table_unknown", "value", r.Table)
	}
	switch {
	case r.Day == 0:
		return fail("day", "field_required")
	case r.Day > on.AddMonths(24):
		return fail("day", "rate_far", "date", r.Day)
	case strings.TrimSpace(r.Source) == "":
		return fail("source", "field_required")
	}
	if _, err := ParseRate(r.Percent); err != nil {
		return fail("percent", "rate_invalid", "value", r.Percent)
	}
	r.Day = TableName(r.Table).Start(r.Day)
	d.Put(r)
	return nil
}

// CasesOf gathers invoices in the order given, and sets off what is open of credit notes against what is
// overdue of them, or open where nothing is, in that order, each from the credit note's own day. Credit
// notes of other currencies are left alone.
func CasesOf(b *ledger.Book, s *ledger.Standings, invoices, credits []ledger.InvoiceID) ([]Case, error) {
	type rest struct {
		day  ledger.Date
		left int64
		cur  ledger.Currency
	}
	var open []rest
	for _, id := range credits {
		if note := b.Invoice(id); note != nil && note.CreditNote {
			open = append(open, rest{note.Issued, -s.Of(id).Open, note.Total.Currency})
		}
	}
	var cases []Case
	for _, id := range invoices {
		c, err := CaseOf(b, id)
		if err != nil {
			return nil, err
		}
		left := s.Of(id).Asked()
		for i := range open {
			if part := min(left, open[i].left); part > 0 && open[i].cur == c.Total.Currency {
				c.Receipts = append(c.Receipts, Receipt{open[i].day, ledger.Money{Minor: part, Currency: open[i].cur}, true})
				open[i].left -= part
				left -= part
			}
		}
		cases = append(cases, c)
	}
	return cases, nil
}
