package words

import "quitus/ledger"

// Standing says in two or three words how an invoice stands: "24 j de retard", "Réglée le 03/11".
func (w *Words) Standing(i *ledger.Invoice, s ledger.Standing, on ledger.Date) string {
	switch s.Situation {
	case ledger.Settled:
		switch {
		case i.CreditNote:
			return w.T("standing.credit_used")
		case s.SettledOn != 0:
			return w.T("standing.settled_on", "date", w.DateNumbers(s.SettledOn, on))
		}
	case ledger.DueSoon:
		switch days := int(i.Due - on); days {
		case 0:
			return w.T("standing.due_today")
		default:
			return w.N("standing.due_in", days)
		}
	case ledger.Promised:
		return w.T("standing.promised_for", "date", w.DateShort(s.PromisedBy))
	case ledger.Late, ledger.VeryLate:
		return w.N("standing.late", s.DaysLate)
	}
	return w.Situation(s.Situation)
}

// DateNumbers writes day and month as numbers, and the year where it is not that of the day on.
func (w *Words) DateNumbers(d, on ledger.Date) string {
	y, _, _ := d.Civil()
	if now, _, _ := on.Civil(); y == now {
		return w.Date(d)[:5]
	}
	return w.Date(d)
}
