package imports

import (
	"slices"
	"strings"
	"sync"

	"quitus/ledger"
)

// Plan is what taking drafts in would do to a book: the preview shows it, and Stage does it.
type Plan struct {
	Items        []Item
	New          int // invoices and credit notes to create
	Changed      int // known ones whose register line says something new
	Same         int // known ones, unchanged
	NewCustomers []NewCustomer
	Customers    int         // customers concerned, new ones included
	Totals       ledger.Sums // of the new ones
	Refused      []Problem   // lines that the ledger contradicts; they have no item
}

// Item is one draft with what is known of it.
type Item struct {
	Draft    *Draft
	Customer ledger.CustomerID // 0 when it is NewCustomers[New]
	New      int
	Invoice  ledger.InvoiceID // 0 when it is not known yet
	Changes  []Field          // of a known one, what the file says differently
}

// NewCustomer is a customer that the file names and the book does not know.
type NewCustomer struct {
	Ref, Name string
	draft     *Draft
}

// NewPlan compares drafts with a book. A customer is known by code, or else by name when one customer
// only carries it; an invoice by customer and number.
func NewPlan(b *ledger.Book, drafts []Draft) *Plan {
	p := &Plan{Items: make([]Item, 0, len(drafts)), Totals: ledger.Sums{}}
	who := customers{book: b, byRef: map[string]int{}, byName: map[string]int{}, found: map[[2]string]place{}, plan: p}
	seen := map[ledger.CustomerID]bool{}
	settled := sync.OnceValue(func() *ledger.Standings { return b.Standings(ledger.EndOfTime) })
	for i := range drafts {
		item := Item{Draft: &drafts[i]}
		item.Customer, item.New = who.find(item.Draft)
		if item.Customer != 0 {
			seen[item.Customer] = true
			item.Invoice = known(b, item.Customer, item.Draft.Number)
		}
		switch {
		case item.Invoice == 0:
			p.New++
			p.Totals.Add(item.Draft.Total)
		default:
			item.Changes = changes(b.Invoice(item.Invoice), item.Draft)
			if slices.Contains(item.Changes, Total) {
				if x := belowSettled(b.Invoice(item.Invoice), settled().Of(item.Invoice), item.Draft); x != nil {
					p.Refused = append(p.Refused, *x)
					continue
				}
			}
			if len(item.Changes) > 0 {
				p.Changed++
			} else {
				p.Same++
			}
		}
		p.Items = append(p.Items, item)
	}
	p.Customers = len(seen) + len(p.NewCustomers)
	return p
}

// customers finds whom a draft is for. Registers repeat a customer on many lines, so what was found
// once is kept as it was written.
type customers struct {
	book   *ledger.Book
	plan   *Plan
	found  map[[2]string]place // by code and name
	byRef  map[string]int      // new customers by code, and by name where they have none
	byName map[string]int
}

// place says where a draft's customer is: in the book, or among the new ones of the plan.
type place struct {
	known ledger.CustomerID // 0 when it is a new one
	fresh int
}

func (c *customers) find(d *Draft) (ledger.CustomerID, int) {
	written := [2]string{d.CustomerRef, d.CustomerName}
	at, ok := c.found[written]
	if !ok {
		if at.known = c.inBook(d); at.known == 0 {
			at.fresh = c.fresh(d)
		}
		c.found[written] = at
	}
	return at.known, at.fresh
}

// fresh gives the index of a customer among the new ones.
func (c *customers) fresh(d *Draft) int {
	index, key := c.byName, ledger.Fold(d.CustomerName)
	if d.CustomerRef != "" {
		index, key = c.byRef, ledger.Fold(d.CustomerRef)
	}
	n, ok := index[key]
	if !ok {
		n = len(c.plan.NewCustomers)
		index[key] = n
		c.plan.NewCustomers = append(c.plan.NewCustomers, NewCustomer{d.CustomerRef, strings.TrimSpace(d.CustomerName), d})
	}
	return n
}

func (c *customers) inBook(d *Draft) ledger.CustomerID {
	if d.CustomerRef != "" {
		if k := c.book.CustomerByRef(d.CustomerRef); k != nil {
			return k.ID
		}
	}
	if ids := c.book.CustomersByName(d.CustomerName); len(ids) == 1 {
		// A code that differs from the known one tells two customers of one name apart, unless the
		// known code is one that this program gave.
		if k := c.book.Customer(ids[0]); d.CustomerRef == "" || k.RefGiven {
			return ids[0]
		}
	}
	return 0
}

func known(b *ledger.Book, customer ledger.CustomerID, number string) ledger.InvoiceID {
	for _, id := range b.InvoicesByNumber(number) {
		if b.Invoice(id).Customer == customer {
			return id
		}
	}
	return 0
}

// changes compares a known invoice with its line in a register.
func changes(i *ledger.Invoice, d *Draft) []Field {
	var out []Field
	differs := func(f Field, yes bool) {
		if yes {
			out = append(out, f)
		}
	}
	differs(Issued, i.Issued != d.Issued)
	differs(Due, i.Due != d.Due && !(d.DueEstimated() && i.Due != 0))
	differs(Total, i.Total != d.Total)
	differs(Paid, i.RegisterPaid != paid(d))
	differs(Subject, d.Subject != "" && i.Subject != d.Subject)
	differs(OrderRef, d.OrderRef != "" && i.OrderRef != d.OrderRef)
	return out
}

// belowSettled refuses a line whose total is less than what payments recorded here settle already, or in
// another currency.
func belowSettled(i *ledger.Invoice, st ledger.Standing, d *Draft) *Problem {
	settled := ledger.Money{Minor: st.Paid + st.WrittenOff, Currency: i.Total.Currency}
	if st.Paid == i.RegisterPaid {
		settled.Minor = st.WrittenOff // the register's own figure, which this line replaces
	}
	if settled.IsZero() || (i.Total.Currency == d.Total.Currency && settled.Abs().Cmp(d.Total.Abs()) <= 0) {
		return nil
	}
	return &Problem{Line: d.Line, Field: Total, Value: d.Total.Decimal(), Code: "total_below_settled",
		Args: map[string]any{"number": d.Number, "settled": settled, "total": d.Total}}
}

// paid is a register's paid figure: what is no longer open.
func paid(d *Draft) int64 { return d.Total.Minor - d.Open.Minor }

// Stage puts what the plan says into a draft of the ledger: customers and invoices created, changed
// ones brought up to date. on is the day of the import, which dates the register's paid figures, and
// record the import itself, which it completes and records.
func (p *Plan) Stage(d *ledger.Draft, record *ledger.Import, on ledger.Date) {
	record.On, record.Created, record.Updated = on, p.New, p.Changed
	d.Put(record)
	ids := make([]ledger.CustomerID, len(p.NewCustomers))
	for n, c := range p.NewCustomers {
		k := c.draft.customer()
		k.Ref, k.Name = c.Ref, c.Name
		if k.Ref == "" {
			k.Ref, k.RefGiven = d.NewRef(), true
		}
		d.Put(k)
		ids[n] = k.ID
	}
	for i := range p.Items {
		if item := &p.Items[i]; item.Invoice == 0 {
			customer := item.Customer
			if customer == 0 {
				customer = ids[item.New]
			}
			d.Put(item.Draft.invoice(customer, record.ID, on))
		} else if len(item.Changes) > 0 {
			d.Put(item.update(d.Invoice(item.Invoice), record.ID, on))
		}
	}
}

// update gives a known invoice as the register now has it.
func (item *Item) update(was *ledger.Invoice, record ledger.ImportID, on ledger.Date) *ledger.Invoice {
	i, d := ledger.Clone(was), item.Draft
	for _, f := range item.Changes {
		switch f {
		case Issued:
			i.Issued = d.Issued
		case Due:
			i.Due, i.DueEstimated = d.Due, d.DueEstimated()
		case Total:
			i.Total = d.Total
		case Paid:
			i.RegisterPaid, i.RegisterDay, i.RegisterImport = paid(d), on, record
		case Subject:
			i.Subject = d.Subject
		case OrderRef:
			i.OrderRef = d.OrderRef
		}
	}
	return i
}

// invoice gives the record of a draft.
func (d *Draft) invoice(customer ledger.CustomerID, record ledger.ImportID, on ledger.Date) *ledger.Invoice {
	i := &ledger.Invoice{
		Customer: customer, Number: d.Number, CreditNote: d.CreditNote, Issued: d.Issued, Due: d.Due,
		DueEstimated: d.DueEstimated(), Total: d.Total, OrderRef: d.OrderRef, Subject: d.Subject,
		RegisterImport: record,
	}
	if p := paid(d); p != 0 {
		i.RegisterPaid, i.RegisterDay = p, on
	}
	return i
}

// customer gives the record of the customer whom the line names, with what it tells of them.
func (d *Draft) customer() *ledger.Customer {
	c := &ledger.Customer{Type: ledger.CompanyCustomer, Country: "FR"}
	if k := d.Contact; k != nil {
		c.Email, c.Phone, c.Address, c.Postcode, c.Town = k.Email, k.Phone, k.Address, k.Postcode, k.Town
		c.SIREN, c.VAT = k.SIREN, k.VATNumber
		if len(k.Country) == 2 {
			c.Country = k.Country
		}
	}
	return c
}
