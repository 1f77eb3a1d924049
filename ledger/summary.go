package ledger

// CustomerSummary is how a customer stands on a day.
type CustomerSummary struct {
	Owed         Sums // open invoices less open credit notes
	Overdue      Sums // of which past their due date; credit notes do not reduce it
	OpenCount    int  // open invoices
	OverdueCount int
	Invoices     int // all invoices and credit notes
	MaxDaysLate  int
	// HabitDays is the mean number of days between last due date and last payment of settled invoices
	// (negative when early), of HabitCount invoices whose payments are known.
	HabitDays, HabitCount, WorstDays int
	LastLetter                       *Letter // sent, or nil
	Situation                        Situation
	PromisedBy                       Date // of the running promise with the latest day
}

// Summaries gives every customer's summary, by customer number.
func (b *Book) Summaries(s *Standings) []CustomerSummary {
	out := make([]CustomerSummary, b.Customers.Cap()+1)
	for i := range b.Invoices.All() {
		if int(i.Customer) < len(out) {
			out[i.Customer].count(i, s.Of(i.ID))
		}
	}
	for l := range b.Letters.All() {
		if c := &out[l.Customer]; l.Sent != 0 && l.Sent <= s.On && (c.LastLetter == nil || l.Sent >= c.LastLetter.Sent) {
			c.LastLetter = l
		}
	}
	for k := range out {
		if out[k].HabitCount > 0 {
			out[k].HabitDays /= out[k].HabitCount
		}
	}
	return out
}

// Summary gives one customer's summary.
func (b *Book) Summary(c CustomerID, s *Standings) CustomerSummary {
	var out CustomerSummary
	for _, id := range b.InvoicesOf(c) {
		out.count(b.Invoice(id), s.Of(id))
	}
	for _, l := range b.LettersOf(c) {
		if l.Sent != 0 && l.Sent <= s.On && (out.LastLetter == nil || l.Sent >= out.LastLetter.Sent) {
			out.LastLetter = l
		}
	}
	if out.HabitCount > 0 {
		out.HabitDays /= out.HabitCount
	}
	return out
}

func (c *CustomerSummary) count(i *Invoice, st Standing) {
	if c.Owed == nil {
		c.Owed, c.Overdue = Sums{}, Sums{}
	}
	c.Invoices++
	if st.SettledOn != 0 && st.Due != 0 && !i.CreditNote {
		days := int(st.SettledOn - st.Due)
		c.HabitDays += days
		c.HabitCount++
		c.WorstDays = max(c.WorstDays, days)
	}
	if st.Open == 0 {
		return
	}
	c.Owed.Add(Money{st.Open, i.Total.Currency})
	if i.CreditNote {
		return
	}
	c.OpenCount++
	c.Situation = max(c.Situation, st.Situation)
	c.PromisedBy = max(c.PromisedBy, st.PromisedBy)
	if st.DaysLate > 0 {
		c.OverdueCount++
		c.MaxDaysLate = max(c.MaxDaysLate, st.DaysLate)
		c.Overdue.Add(Money{st.Overdue, i.Total.Currency})
	}
}

// Foremost is what is to be known first of a customer: the worst of the open invoices, a
// credit note to use where nothing else is open, or that all is settled.
func (s CustomerSummary) Foremost() Situation {
	if s.OpenCount > 0 {
		return s.Situation
	}
	for _, v := range s.Owed {
		if v < 0 {
			return CreditToUse
		}
	}
	return Settled
}

// Figures are the key figures of a day.
type Figures struct {
	Owed                           Sums
	OpenCount, OwingCustomers      int
	Overdue                        Sums
	OverdueCount, OverdueCustomers int
	DueSoon                        Sums // due within the next DueSoonDays, today included
	DueSoonCount                   int
	Received                       Sums // payments dated in the month of the day, up to it
	ReceivedBefore                 Sums // payments of the month before, up to the same day of the month
}

// dueSoon is what is open of the parts due within the next DueSoonDays, today included.
func (i *Invoice) dueSoon(open int64, on Date) int64 {
	sum := int64(0)
	for p, left := range i.Parts(open) {
		if p.Due != 0 && p.Due >= on && int(p.Due-on) <= DueSoonDays {
			sum += left
		}
	}
	return sum
}

// Figures works out the key figures of the standings' day.
func (b *Book) Figures(s *Standings) Figures {
	f := Figures{Owed: Sums{}, Overdue: Sums{}, DueSoon: Sums{}, Received: Sums{}, ReceivedBefore: Sums{}}
	owing, late := make([]bool, b.Customers.Cap()+1), make([]bool, b.Customers.Cap()+1)
	for i := range b.Invoices.All() {
		st := s.Of(i.ID)
		if st.Open == 0 {
			continue
		}
		m := Money{st.Open, i.Total.Currency}
		f.Owed.Add(m)
		if i.CreditNote {
			continue
		}
		f.OpenCount++
		owing[i.Customer] = true
		if st.DaysLate > 0 {
			f.Overdue.Add(Money{st.Overdue, i.Total.Currency})
			f.OverdueCount++
			late[i.Customer] = true
		}
		if soon := i.dueSoon(st.Open, s.On); soon != 0 {
			f.DueSoon.Add(Money{soon, i.Total.Currency})
			f.DueSoonCount++
		}
	}
	for k := range owing {
		if owing[k] {
			f.OwingCustomers++
		}
		if late[k] {
			f.OverdueCustomers++
		}
	}
	month := s.On.MonthStart()
	for p := range b.Payments.All() {
		switch {
		case p.On >= month && p.On <= s.On:
			f.Received.Add(p.Amount)
		case p.On >= month.AddMonths(-1) && p.On <= s.On.AddMonths(-1):
			f.ReceivedBefore.Add(p.Amount)
		}
	}
	return f
}
