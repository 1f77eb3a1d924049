package words

import "quitus/ledger"

// Standing says in two or three words how an invoice stands on a day: « 24 j de retard », « Réglée le 21/07 ».
func (w *Words) Standing(i *ledger.Invoice, st ledger.Standing, on ledger.Date) string {
	switch st.Situation {
	case ledger.Settled:
		return w.settled(i, st, on)
	case ledger.CreditToUse:
		return w.T("standing.credit_to_use")
	case ledger.WrittenOff:
		return w.T("standing.written_off")
	case ledger.NoDueDate:
		return w.T("standing.no_due_date")
	case ledger.DueSoon:
		return w.soon(int(st.Due - on))
	case ledger.Promised:
		return w.T("standing.promised", "day", w.DateShort(st.PromisedBy))
	case ledger.Disputed:
		if st.Contested < st.Open {
			return w.T("standing.disputed_in_part")
		}
		return w.T("standing.disputed")
	case ledger.PromiseBroken:
		return w.T("standing.promise_broken")
	case ledger.Late, ledger.VeryLate:
		return w.N("common.days_late", st.DaysLate)
	}
	return w.T("standing.not_due")
}

func (w *Words) settled(i *ledger.Invoice, st ledger.Standing, on ledger.Date) string {
	switch {
	case i.CreditNote:
		return w.T("standing.credit_used")
	case st.SettledOn == 0:
		return w.T("standing.settled")
	}
	return w.T("standing.settled_on", "day", w.DateNumbers(st.SettledOn, on))
}

func (w *Words) soon(days int) string {
	switch days {
	case 0:
		return w.T("standing.due_today")
	case 1:
		return w.T("standing.due_tomorrow")
	}
	return w.N("standing.due_in", days)
}

// customerKeys are the endings of the keys, in the order of [ledger.Situation].
var customerKeys = [...]string{"settled", "settled", "credit_to_use", "not_due", "no_due_date", "due_soon",
	"promised", "disputed", "late", "very_late", "promise_broken"}

// CustomerStanding says in one or two words how a customer stands.
func (w *Words) CustomerStanding(s ledger.CustomerSummary) string {
	sit := s.Foremost()
	if sit == ledger.Promised {
		return w.T("standing.customer.promised", "day", w.DateShort(s.PromisedBy))
	}
	return w.T("standing.customer." + customerKeys[sit])
}

// Terms says payment terms: « 30 jours nets », « 45 jours fin de mois, le 10 »; nothing for terms that say
// nothing.
func (w *Words) Terms(t ledger.Terms) string {
	if !t.Given {
		return ""
	}
	var s string
	switch {
	case t.EndOfMonth && t.Days == 0:
		s = w.T("standing.terms.end_of_month")
	case t.EndOfMonth:
		s = w.N("standing.terms.days_end_of_month", t.Days)
	case t.Days == 0:
		s = w.T("standing.terms.at_once")
	default:
		s = w.N("standing.terms.days", t.Days)
	}
	if t.Day > 0 {
		s = w.T("standing.terms.then_day", "terms", s, "day", t.Day)
	}
	return s
}

// DateNumbers writes day and month as numbers, and the year where it is not that of the day on.
func (w *Words) DateNumbers(d, on ledger.Date) string {
	y, _, _ := d.Civil()
	if now, _, _ := on.Civil(); y == now {
		return w.Date(d)[:5]
	}
	return w.Date(d)
}
