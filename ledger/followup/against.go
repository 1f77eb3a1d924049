package followup

import "quitus/ledger"

// Against says what the house rules and the customer's situation have against contacting it by a channel today. The owner may go past
// it with a reason.
func Against(w *World, id ledger.CustomerID, by ledger.Channel) []Reason {
	p := newPlanner(w)
	c := w.Book.Customer(id)
	if c == nil || !by.Reaches() {
		return nil
	}
	var out []Reason
	f := p.fileOf(c)
	if c.DoNotContact {
		out = append(out, because("do_not_contact"))
	}
	if p.insolvent(c) {
		out = append(out, because("insolvent", "day", max(c.Insolvent, c.Published)))
	}
	if r := f.postWaits(); r != nil {
		out = append(out, *r)
	}
	if by == ledger.ChannelVisit && c.Type == ledger.Consumer {
		out = append(out, because("no_visits"))
	}
	s := p.scenarios[ledger.Fold(w.ScenarioName(c))]
	if s == nil || s.LeastDays == 0 {
		return out
	}
	if cal := p.calendar(s); !cal.Works(p.on) {
		out = append(out, because("day_off", "day", cal.Next(p.on)))
	}
	agreed := false
	for _, x := range f.callBacks() {
		agreed = agreed || x.CallBack <= p.on
	}
	if from := f.contact.Add(s.LeastDays); f.contact != 0 && p.on < from && !agreed {
		out = append(out, because("too_soon", "day", f.contact, "from", from))
	}
	if by == ledger.ChannelPhone && f.inAWeek >= p.house.CallsAWeek && !agreed {
		out = append(out, because("calls_a_week", "count", f.inAWeek))
	}
	return out
}

// Contacted gives the day of the last contact with a customer that counts against the house rules; zero for none.
func Contacted(w *World, id ledger.CustomerID) ledger.Date {
	c := w.Book.Customer(id)
	if c == nil {
		return 0
	}
	return newPlanner(w).fileOf(c).contact
}
