package reconcile

import "quitus/ledger"

// WorldOf gives what a book knows on a day: what was recorded for later days does not count.
func WorldOf(b *ledger.Book, on ledger.Date) *World {
	w := &World{}
	c := b.Company()
	for _, n := range []string{c.Name, c.Holder} {
		if n != "" {
			w.Company = append(w.Company, n)
		}
	}
	if c.IBAN != "" {
		w.Accounts = append(w.Accounts, ledger.PlainIBAN(c.IBAN))
	}
	for a := range b.BankAccounts.All() {
		if a.IBAN != "" {
			w.Accounts = append(w.Accounts, a.IBAN)
		}
	}
	labels, ibans := map[ledger.CustomerID][]string{}, map[ledger.CustomerID][]string{}
	for a := range b.Aliases.All() {
		if a.Label != "" {
			labels[a.Customer] = append(labels[a.Customer], a.Label)
		}
		if a.IBAN != "" {
			ibans[a.Customer] = append(ibans[a.Customer], a.IBAN)
		}
	}
	for c := range b.Customers.All() {
		w.Customers = append(w.Customers, Customer{ID: c.ID, Code: c.Ref, Names: c.AllNames(), Aliases: labels[c.ID], IBANs: ibans[c.ID], Habit: Habit{c.Habit.Discount, c.Habit.Fee}})
	}
	standings := b.Standings(on)
	told := toldIn(b, on)
	for i := range b.Invoices.All() {
		s := standings.Of(i.ID)
		it := Item{ID: i.ID, Customer: i.Customer, Number: i.Number, OrderRef: i.OrderRef, Issued: i.Issued, Due: i.Due, Open: s.Open, Total: i.Total.Minor, Currency: i.Total.Currency}
		if !i.CreditNote && s.WrittenOff == 0 {
			it.Told, it.ToldOn = max(0, i.RegisterPaid-told[i.ID]), i.RegisterDay
		}
		if len(i.Instalments) > 0 {
			for _, left := range i.Parts(s.Open) {
				if left != 0 {
					it.Parts = append(it.Parts, left)
				}
			}
		}
		w.Items = append(w.Items, it)
	}
	for p := range b.Payments.All() {
		if p.On <= on && p.Amount.Minor > 0 {
			w.Earlier = append(w.Earlier, settlementOf(b, p))
		}
	}
	return w
}

// toldIn gives what recorded payments account for of the figures that registers gave as paid.
func toldIn(b *ledger.Book, on ledger.Date) map[ledger.InvoiceID]int64 {
	out := map[ledger.InvoiceID]int64{}
	for p := range b.Payments.All() {
		for _, a := range p.Allocations {
			if i := b.Invoice(a.Invoice); i != nil && p.On <= on && i.Counts(p.On, a) {
				out[i.ID] += a.Amount
			}
		}
	}
	return out
}

func settlementOf(b *ledger.Book, p *ledger.Payment) Settlement {
	s := Settlement{ID: p.ID, On: p.On, Amount: p.Amount.Minor, Currency: p.Amount.Currency, Customer: p.Customer, Label: p.Reference}
	for _, a := range p.Allocations {
		s.Allocations = append(s.Allocations, Allocation{a.Invoice, a.Amount})
	}
	if e := b.BankEntries.Get(uint32(p.Entry)); e != nil {
		s.Label, s.EndToEnd, s.Mandate = e.Label, e.EndToEnd, e.Mandate
		for _, a := range p.Allocations {
			if i := b.Invoice(a.Invoice); i != nil && p.On <= i.RegisterDay {
				s.Counted, s.Above = i.Counts(p.On, a), !i.Counts(p.On, a)
			}
		}
	}
	return s
}
