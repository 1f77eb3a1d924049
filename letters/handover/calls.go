package handover

import (
	"strings"

	"quitus/ledger"
)

// callNotes writes down a call for people: what the ledger has of it, line by line.
func (c *Case) callNotes(x *ledger.Call) []byte {
	w := c.w
	var b strings.Builder
	line := func(text string) { b.WriteString(text + "\r\n") }
	fact := func(key, text string) {
		if text = strings.TrimSpace(text); text != "" {
			line(w.T("handover.call.line", "label", w.T("handover.call."+key), "text", strings.ReplaceAll(text, "\n", "\r\n")))
		}
	}
	line(w.T("handover.call.title", "day", w.DateLong(x.On)))
	line(w.T("handover.call.kind"))
	line("")
	side := "handover.call.out"
	if x.Incoming {
		side = "handover.call.in"
	}
	fact("side", w.T(side))
	fact("at", x.At)
	fact("customer", c.customer.Name)
	who := x.With
	if k := c.Book.Contacts.Get(uint32(x.Contact)); k != nil && who == "" {
		who = k.Name
	}
	fact("with", who)
	if x.Reach != "" {
		fact("reach", w.Reach(x.Reach))
	}
	if x.Reason != "" {
		fact("reason", w.DelayReason(x.Reason))
	}
	var outcomes []string
	for _, o := range x.Outcomes {
		outcomes = append(outcomes, w.Outcome(o))
	}
	fact("outcomes", strings.Join(outcomes, ", "))
	if x.Undisputed {
		fact("undisputed", w.T("handover.call.undisputed_text"))
	}
	fact("notes", x.Notes)
	fact("terms", x.Terms)
	fact("document", x.Document)
	if x.CallBack != 0 {
		fact("back", w.Date(x.CallBack))
	}
	if day := c.recorded(x); day != 0 {
		fact("recorded", w.Date(day))
	}
	return []byte(b.String())
}

// recorded is the day on which a record was first written; zero where that is not known.
func (c *Case) recorded(r ledger.Record) ledger.Date {
	if c.Recorded == nil {
		return 0
	}
	return c.Recorded(r.Kind(), r.Key())
}
