package fec

import (
	"slices"

	"quitus/ledger"
)

// findCarried looks for what opening lines stand for in the ledger: the invoice with the number, one open then with the amount, or
// all that was open then together. Lines that nothing explains are to be checked.
func (p *Plan) findCarried() {
	byCustomer := map[int][]int{}
	var customers []int
	for d := range p.from.Invoices {
		v := &p.from.Invoices[d]
		if !v.Carried {
			continue
		}
		if byCustomer[v.Customer] == nil {
			customers = append(customers, v.Customer)
		}
		byCustomer[v.Customer] = append(byCustomer[v.Customer], d)
	}
	if len(customers) == 0 {
		return
	}
	then := p.book.Standings(p.from.First - 1)
	for _, k := range customers {
		if c := p.Customers[k].Known; c != 0 {
			p.matchCarried(c, byCustomer[k], then)
		}
	}
	confirmed := map[int]bool{}
	for _, line := range p.choices.Carried {
		confirmed[line] = true
	}
	for d := range p.from.Invoices {
		v, x := &p.from.Invoices[d], &p.Invoices[d]
		if !v.Carried || x.State == Already {
			continue
		}
		switch {
		case p.choices.AllCarried || confirmed[v.Line]:
			x.State = ToCreate
		case v.Open != 0:
			x.State = ToCheck
			p.Carried = append(p.Carried, d)
		}
	}
}

func (p *Plan) matchCarried(c ledger.CustomerID, lines []int, then *ledger.Standings) {
	used := map[ledger.InvoiceID]bool{}
	match := func(d int, ids ...ledger.InvoiceID) {
		p.Invoices[d].State, p.Invoices[d].Known = Already, ids
		for _, id := range ids {
			used[id] = true
		}
	}
	for _, d := range lines {
		if id := p.numbered(c, &p.from.Invoices[d]); id != 0 && !used[id] {
			match(d, id)
		}
	}
	byAmount := map[int64][]ledger.InvoiceID{}
	var open []ledger.InvoiceID
	sum, carried := int64(0), int64(0)
	var rest []int
	for _, id := range p.book.InvoicesOf(c) {
		i := p.book.Invoice(id)
		o := then.Of(id).Open
		if o == 0 && i.RegisterDay >= p.from.First {
			o = i.RegisterPaid // settled after these books began
		}
		if o != 0 && !used[id] && i.Issued < p.from.First && i.Total.Currency == p.from.Currency {
			byAmount[o] = append(byAmount[o], id)
			open = append(open, id)
			sum += o
		}
	}
	for _, d := range lines {
		v := &p.from.Invoices[d]
		if p.Invoices[d].State == Already {
			continue
		}
		if same := byAmount[v.Total]; len(same) == 1 && !used[same[0]] {
			match(d, same[0])
			sum -= v.Total
			continue
		}
		rest = append(rest, d)
		carried += v.Total
	}
	open = slices.DeleteFunc(open, func(id ledger.InvoiceID) bool { return used[id] })
	if carried == sum && len(open) > 0 && len(open) <= mostSummed {
		for _, d := range rest {
			match(d, open...)
		}
	}
}
