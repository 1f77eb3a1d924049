package imports

import (
	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// readDates reads the issue date and finds the due date: as stated, else from the terms that the file states, else from
// those known of the customer, else 30 days after the issue.
func (r *reading) readDates(l *line) {
	terms := r.text(Terms)
	if v := r.vals[Due]; v.kind == grid.Text && !maybeDay(v.text) && !noDate(trim(v.text)) && r.readTerms(r.text(Due)).Given {
		terms = r.text(Due) // "comptant" where the others have a date
		r.vals[Due] = value{}
	}
	issued, okIssued := r.day(l, Issued)
	due, okDue := r.day(l, Due)
	if !okIssued || !okDue {
		r.suggest(l, due)
		return
	}
	if terms != "" {
		l.Terms = r.readTerms(terms)
	}
	if issued == 0 {
		if r.m.Has(Issued) || due == 0 {
			f := Issued
			if !r.m.Has(Issued) {
				f = Due
			}
			l.bad(r.problem(l.Line, f, "date_missing", nil))
			return
		}
		issued = due
	}
	l.Issued, l.Due = issued, due
	if due == 0 {
		r.findDue(l, terms)
		return
	}
	if due < issued {
		l.doubt(r.problem(l.Line, Due, "due_before_issue", map[string]any{"issued": issued, "due": due}))
	}
}

// day reads a date; a blank one is zero and fine, a wrong one is a problem of the line.
func (r *reading) day(l *line, f Field) (ledger.Date, bool) {
	v := r.vals[f]
	d, p := r.readDay(v)
	switch {
	case p == nil:
		return d, true
	case p.empty:
		return 0, true
	case v.kind == grid.Error || v.kind == grid.Uncached:
		l.bad(r.problem(l.Line, f, cellCode(v), nil))
	default:
		l.bad(r.problem(l.Line, f, p.code, p.args))
	}
	return 0, false
}

// optionalDay reads a date that an invoice can do without: a wrong one is told and not taken.
func (r *reading) optionalDay(l *line, f Field) ledger.Date {
	if !r.m.Has(f) {
		return 0
	}
	d, p := r.readDay(r.vals[f])
	if p != nil {
		if !p.empty {
			l.doubt(r.problem(l.Line, f, "day_not_taken", nil))
		}
		return 0
	}
	return d
}

// findDue computes the due date that the file does not state.
func (r *reading) findDue(l *line, terms string) {
	if l.Terms.Given {
		l.Due, l.DueFrom = l.Terms.Due(l.Issued), DueTerms
		return
	}
	if l.CreditNote {
		l.Due, l.DueFrom = l.Issued, DueIssue
		return
	}
	if t := r.agreedTerms(l.customer); t.Given {
		l.Due, l.DueFrom = t.Due(l.Issued), DueCustomer
		l.doubt(r.problem(l.Line, Due, "due_from_customer", map[string]any{"due": l.Due}))
		return
	}
	l.Due, l.DueFrom = l.Issued.Add(assumedDays), DueAssumed
	p := r.problem(l.Line, Due, "due_computed", map[string]any{"due": l.Due, "days": assumedDays})
	if terms != "" {
		p = r.problem(l.Line, Terms, "terms_unreadable", map[string]any{"due": l.Due, "days": assumedDays})
	}
	l.doubt(p)
}

// agreedTerms gives the terms known of a customer of the file, asked for once.
func (r *reading) agreedTerms(customer int32) ledger.Terms {
	if r.known == nil || int(customer) >= len(r.found.customers) {
		return ledger.Terms{}
	}
	for len(r.agreed) <= int(customer) {
		r.agreed = append(r.agreed, nil)
	}
	if r.agreed[customer] == nil {
		c := r.found.customers[customer]
		t := r.known(c.ref, c.name)
		r.agreed[customer] = &t
	}
	return *r.agreed[customer]
}

// readTerms reads payment terms, the same text once.
func (r *reading) readTerms(text string) ledger.Terms {
	t, known := r.terms[text]
	if !known {
		t, _ = ParseTerms(text)
		if len(r.terms) < 1000 {
			r.terms[text] = t
		}
	}
	return t
}

// suggest proposes the issue date that the due date and the usual 30 days, or the stated terms, make likely, if it is of
// the month that was written.
func (r *reading) suggest(l *line, due ledger.Date) {
	for i := range l.problems {
		p := &l.problems[i]
		if p.Field != Issued || p.Code != "date_not_existing" || due == 0 {
			continue
		}
		days := assumedDays
		if t, ok := ParseTerms(r.text(Terms)); ok && !t.EndOfMonth && t.Day == 0 {
			days = t.Days
		}
		likely := due.Add(-days)
		if y, m, _ := likely.Civil(); y == p.Args["year"] && m == p.Args["month"] {
			p.Args["due"], p.Args["terms"], p.Args["likely"] = due, days, likely
		}
	}
}
