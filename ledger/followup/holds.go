package followup

import (
	"quitus/ledger"
)

// held is an invoice of a customer that may be due for something, or waits.
type held struct {
	invoice  *ledger.Invoice
	standing ledger.Standing
	scenario *ledger.Scenario
	next     coming
	open     int64 // that is asked for: overdue, or to fall due for a step before; less what is contested
	wait     *Reason
	until    ledger.Date
}

// invoices finds where a customer's open invoices stand.
func (p *planner) invoices(c *ledger.Customer, f *file) []held {
	var out []held
	for _, id := range p.Book.InvoicesOf(c.ID) {
		i, st := p.Book.Invoice(id), p.Standings.Of(id)
		if st.Open == 0 || i.CreditNote || i.Issued > p.on {
			continue
		}
		h := held{invoice: i, standing: st, scenario: p.scenarioOf(c, i)}
		p.hold(c, f, &h)
		out = append(out, h)
	}
	return out
}

func (h *held) waits(until ledger.Date, code string, pairs ...any) {
	r := because(code, pairs...)
	h.wait, h.until = &r, until
}

// hold finds what comes next for an invoice, or why it waits. The order is that of what an owner wants to know first.
func (p *planner) hold(c *ledger.Customer, f *file, h *held) {
	st := h.standing
	switch {
	case p.insolvent(c):
		h.waits(0, "insolvent", "day", max(c.Insolvent, c.Published))
		return
	case f.postWaits() != nil:
		h.wait = f.postWaits()
		return
	case h.scenario == nil:
		h.waits(0, "no_scenario")
		return
	case st.Due == 0:
		h.waits(0, "no_due_date")
		return
	}
	done := f.progressOf(h.scenario, h.invoice, st.Due)
	if done.handed != 0 {
		h.waits(0, "handed_over", "day", done.handed)
		return
	}
	h.next = p.next(h.scenario, c, st.Due, done)
	h.open = p.asked(h) - st.Contested
	switch {
	case st.PromisedBy != 0 && st.Planned:
		h.waits(st.PromisedBy+1, "planned", "day", st.PromisedBy)
	case st.Planned && st.PromisedBy == 0: // what is missing is asked for by itself: the whole is due again once the plan ended
		h.waits(0, "plan_missed", "day", st.Broken)
	case st.PromisedBy != 0:
		h.waits(st.PromisedBy+1, "promised", "day", st.PromisedBy)
	case h.open <= 0 && st.Contested > 0:
		h.waits(0, "disputed")
	case h.next.step == nil:
		h.waits(0, "scenario_done", "day", done.on)
	case h.next.day > p.on:
		h.waits(h.next.day, "not_yet", "day", h.next.day)
	case c.DoNotContact && h.next.step.Channel.Reaches():
		h.waits(0, "do_not_contact")
	}
}

// asked is what a step asks for: what is overdue or, before the due date, the part that falls due.
func (p *planner) asked(h *held) int64 {
	if h.standing.Overdue != 0 || h.next.step == nil {
		return h.standing.Overdue
	}
	sum := int64(0)
	for part, left := range h.invoice.Parts(h.standing.Open) {
		if part.Due != 0 && part.Due <= max(h.standing.Due, p.on) {
			sum += left
		}
	}
	return sum
}
