package fec

import "quitus/ledger"

// Stage puts what the plan says into a draft of the ledger it was made for. on is the day of the import, and record the import itself, which it completes and
// records.
func (p *Plan) Stage(d *ledger.Draft, record *ledger.Import, on ledger.Date) {
	record.On, record.Created, record.Updated = on, p.New, p.Settled
	record.Rejected, record.HeaderLine = p.from.Counts.Refused, p.from.HeaderLine
	if record.Format == "" {
		record.Format = "fec"
	}
	d.Put(record)
	who := p.stageCustomers(d)
	invoices := p.stageInvoices(d, who, record.ID)
	p.stagePayments(d, who, invoices)
	for k, w := range p.from.WriteOffs {
		if !p.WriteOffs[k] {
			continue
		}
		id := invoices[w.Invoice]
		if v := &p.Invoices[w.Invoice]; v.State == Already {
			id = v.Known[0]
		}
		d.Put(&ledger.WriteOff{Invoice: id, On: w.On, Amount: p.money(w.Amount), Reason: w.Label})
	}
	for k, a := range p.from.Aliases {
		if p.Aliases[k] {
			d.Put(&ledger.Alias{Customer: who[a.Customer], Label: a.Label, Source: ledger.AliasLettered, Since: record.On})
		}
	}
}

func (p *Plan) stageCustomers(d *ledger.Draft) []ledger.CustomerID {
	who := make([]ledger.CustomerID, len(p.Customers))
	for k, x := range p.Customers {
		who[k] = x.Known
		if !x.Create {
			continue
		}
		from := &p.from.Customers[k]
		c := &ledger.Customer{Ref: from.Ref, Name: from.Name, Type: ledger.CompanyCustomer, Country: "FR"}
		if personName(from.Name) {
			c.Type = ledger.Consumer
		}
		if p.book.CustomerByRef(c.Ref) != nil { // a code that the program gave to someone else
			c.Ref, c.RefGiven = d.NewRef(), true
		}
		d.Put(c)
		who[k] = c.ID
	}
	return who
}

func (p *Plan) stageInvoices(d *ledger.Draft, who []ledger.CustomerID, record ledger.ImportID) []ledger.InvoiceID {
	ids := make([]ledger.InvoiceID, len(p.Invoices))
	for k := range p.Invoices {
		x, v := &p.Invoices[k], &p.from.Invoices[k]
		switch {
		case x.State == ToCreate:
			i := v.record(who[v.Customer], x, p.from.Currency, record)
			d.Put(i)
			ids[k] = i.ID
		case x.Later:
			i := ledger.Clone(d.Invoice(x.Known[0]))
			i.RegisterPaid, i.RegisterDay, i.RegisterImport = i.Total.Minor, v.Later, record
			d.Put(i)
		}
	}
	return ids
}

func (p *Plan) stagePayments(d *ledger.Draft, who []ledger.CustomerID, invoices []ledger.InvoiceID) {
	for k := range p.Payments {
		x, y := &p.Payments[k], &p.from.Payments[k]
		if !x.Create && len(x.Parts) == 0 {
			continue
		}
		r := &ledger.Payment{Customer: who[y.Customer], On: y.On, Amount: p.money(y.Amount), Means: y.Means, Reference: y.Label}
		if x.Known != 0 {
			was, _ := d.Record(ledger.KindPayment, uint32(x.Known)).(*ledger.Payment)
			r = ledger.Clone(was)
			r.Allocations = append([]ledger.Allocation(nil), was.Allocations...)
		}
		for _, part := range x.Parts {
			id := part.Invoice
			if id == 0 {
				id = invoices[part.New]
			}
			r.Allocations = append(r.Allocations, ledger.Allocation{Invoice: id, Amount: part.Amount})
		}
		d.Put(r)
	}
}
