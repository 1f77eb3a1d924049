package ledger

// Terms say when an invoice is due. The zero Terms say nothing.
type Terms struct {
	Given      bool `json:"given,omitempty"`        // there are terms; Days may then be 0 ("comptant")
	Days       int  `json:"days,omitempty"`         // days from the issue date, 0 to 366
	EndOfMonth bool `json:"end_of_month,omitempty"` // then to the end of that month
	Day        int  `json:"day,omitempty"`          // then to the next such day of a month (1 to 31); 0 for none
}

// DefaultTerms are taken where nothing is agreed: 30 days from the issue date.
var DefaultTerms = Terms{Given: true, Days: 30}

// Due gives the due date of an invoice issued on a day: first the days, then the month's end, then the
// day of the month that follows.
func (t Terms) Due(issued Date) Date {
	d := issued.Add(t.Days)
	if t.EndOfMonth {
		d = d.MonthEnd()
	}
	if t.Day > 0 {
		y, m, day := d.Civil()
		if day > t.Day || t.EndOfMonth {
			y, m, _ = d.MonthStart().AddMonths(1).Civil()
		}
		d = Day(y, m, min(t.Day, DaysIn(y, m)))
	}
	return d
}
