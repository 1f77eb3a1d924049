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
	Left         int // new and changed ones that are not taken
	NewCustomers []NewCustomer
	Customers    int         // customers concerned, new ones included
	Totals       ledger.Sums // of the new ones
	Refused      []Problem   // lines that the ledger contradicts; they have no item
	Doubts       []Problem   // changes that are not taken unless the owner says so
}

// Item is one draft with what is known of it.
type Item struct {
	Draft    *Draft
	Customer ledger.CustomerID // 0 when it is NewCustomers[New]
	New      int
	Invoice  ledger.InvoiceID // 0 when it is not known yet
	Changes  []Field          // of a known one, what the file says differently
	Reopens  bool             // the change would take back what payments recorded here have settled
	Left     bool             // not taken
	Was, Is  int64            // of a changed one: what is open without the change and with it
}

// Decisions are what the owner decided about single lines: to take them, or not. Without a word, all are taken but
// those that reopen.
type Decisions map[int]bool

// NewCustomer is a customer that the file names and the book does not know.
type NewCustomer struct {
	Ref, Name string
	draft     *Draft
}

// NewPlan compares drafts with a book, for an import on a day. A customer is known by code, or else by name when one
// customer only carries it; an invoice by customer and number.
func NewPlan(b *ledger.Book, drafts []Draft, on ledger.Date, decided Decisions) *Plan {
	p := &Plan{Items: make([]Item, 0, len(drafts)), Totals: ledger.Sums{}}
	who := customers{book: b, byRef: map[string]int{}, byName: map[string]int{}, known: map[[2]string]ledger.CustomerID{}, made: map[[2]string]int{}, plan: p}
	seen := map[ledger.CustomerID]bool{}
	settled := sync.OnceValue(func() *ledger.Standings { return b.Standings(ledger.EndOfTime) })
	for i := range drafts {
		item := Item{Draft: &drafts[i]}
		take, said := decided[item.Draft.Line]
		item.Left = said && !take
		if item.Customer = who.inBook(item.Draft); item.Customer != 0 {
			seen[item.Customer] = true
			item.Invoice = known(b, item.Customer, item.Draft.Number)
		}
		if item.Invoice != 0 {
			item.Draft = item.Draft.whole(b.Invoice(item.Invoice))
			item.Changes = changes(b.Invoice(item.Invoice), item.Draft)
			if slices.Contains(item.Changes, Total) {
				if x := belowSettled(b.Invoice(item.Invoice), settled().Of(item.Invoice), item.Draft); x != nil {
					p.Refused = append(p.Refused, *x)
					continue
				}
			}
		} else if item.Customer == 0 && !item.Left {
			item.New = who.create(item.Draft)
		}
		p.Items = append(p.Items, item)
	}
	p.findReopened(b, on, settled, decided)
	p.count()
	p.Customers = len(seen) + len(p.NewCustomers)
	return p
}

func (p *Plan) count() {
	for i := range p.Items {
		switch item := &p.Items[i]; {
		case item.Invoice != 0 && len(item.Changes) == 0:
			p.Same++
		case item.Left:
			p.Left++
		case item.Invoice != 0:
			p.Changed++
		default:
			p.New++
			p.Totals.Add(item.Draft.Total)
		}
	}
}

// findReopened looks for changes after which less would count as paid than payments recorded here and the register
// said together: the bank knows better than an older list, so these are not taken unless the owner says so.
func (p *Plan) findReopened(b *ledger.Book, on ledger.Date, settled func() *ledger.Standings, decided Decisions) {
	d := ledger.NewDraft(b)
	for i := range p.Items {
		if item := &p.Items[i]; len(item.Changes) > 0 {
			d.Put(item.update(b.Invoice(item.Invoice), nextImport(d), on))
		}
	}
	if d.Empty() {
		return
	}
	paid := map[ledger.InvoiceID]bool{}
	for y := range b.Payments.All() {
		for _, a := range y.Allocations {
			paid[a.Invoice] = true
		}
	}
	after := d.Next().Standings(ledger.EndOfTime)
	for i := range p.Items {
		item := &p.Items[i]
		if item.Invoice == 0 || len(item.Changes) == 0 {
			continue
		}
		was, now := settled().Of(item.Invoice), after.Of(item.Invoice)
		if item.Was, item.Is = was.Open, now.Open; !paid[item.Invoice] {
			continue
		}
		less := ledger.Further(was.Paid, now.Paid) != now.Paid
		if item.Reopens = less || was.Open == 0 && now.Open != 0; !item.Reopens {
			continue
		}
		if decided[item.Draft.Line] {
			continue
		}
		item.Left = true
		c := item.Draft.Total.Currency
		p.Doubts = append(p.Doubts, Problem{Line: item.Draft.Line, Field: Paid, Code: "would_reopen", Args: map[string]any{
			"number": item.Draft.Number, "open": ledger.Money{Minor: was.Open, Currency: c}, "then": ledger.Money{Minor: now.Open, Currency: c}}})
	}
}

// nextImport is the number that the next import put into a draft gets.
func nextImport(d *ledger.Draft) ledger.ImportID {
	return ledger.ImportID(d.Book().Last(ledger.KindImport) + 1)
}

// customers finds whom a draft is for. Registers repeat a customer on many lines, so what was found
// once is kept as it was written.
type customers struct {
	book   *ledger.Book
	plan   *Plan
	known  map[[2]string]ledger.CustomerID // in the book, by code and name as written; 0 where it has none
	made   map[[2]string]int               // new ones, the same way
	byRef  map[string]int                  // new customers by code, and by name where they have none
	byName map[string]int
}

func (c *customers) inBook(d *Draft) ledger.CustomerID {
	written := [2]string{d.CustomerRef, d.CustomerName}
	id, ok := c.known[written]
	if !ok {
		id = CustomerIn(c.book, d.CustomerRef, d.CustomerName)
		c.known[written] = id
	}
	return id
}

// create gives the place of a new customer among the plan's.
func (c *customers) create(d *Draft) int {
	written := [2]string{d.CustomerRef, d.CustomerName}
	n, ok := c.made[written]
	if !ok {
		n = c.fresh(d)
		c.made[written] = n
	}
	return n
}

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

// CustomerIn finds the customer of a code and a name as a register writes them; 0 if the book has none, or several of
// that name.
func CustomerIn(b *ledger.Book, ref, name string) ledger.CustomerID {
	if ref != "" {
		if k := b.CustomerByRef(ref); k != nil {
			return k.ID
		}
	}
	if ids := b.CustomersByName(name); len(ids) == 1 {
		// A code that differs from the known one tells two customers of one name apart, unless the
		// known code is one that this program gave.
		if k := b.Customer(ids[0]); ref == "" || k.RefGiven {
			return ids[0]
		}
	}
	return 0
}

// TermsIn gives the payment terms of customers as a book knows them, for [Sheet.Drafts].
func TermsIn(b *ledger.Book) TermsOf {
	return func(ref, name string) ledger.Terms {
		if c := b.Customer(CustomerIn(b, ref, name)); c != nil {
			return c.Terms
		}
		return ledger.Terms{}
	}
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
	differs(Due, d.otherDue(i))
	differs(Total, i.Total != d.Total)
	differs(Paid, i.RegisterPaid != paid(d))
	net, vat := d.split()
	differs(Net, net != 0 && (i.Net != net || i.VAT != vat))
	differs(Subject, d.Subject != "" && i.Subject != d.Subject)
	differs(OrderRef, d.OrderRef != "" && i.OrderRef != d.OrderRef)
	differs(Completed, d.Completed != 0 && i.Completed != d.Completed)
	differs(Demanded, d.Demanded != 0 && i.Demanded != d.Demanded)
	differs(Service, d.Service != "" && i.Service != d.Service)
	differs(Commitment, d.Commitment != "" && i.Commitment != d.Commitment)
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
		if item := &p.Items[i]; item.Left {
			continue
		} else if item.Invoice == 0 {
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
			i.Due, i.DueEstimated, i.Instalments = d.Due, d.DueEstimated(), d.parts()
		case Total, Net:
			i.Total = d.Total
			i.Net, i.VAT = d.split()
		case Paid:
			i.RegisterPaid, i.RegisterDay, i.RegisterImport = paid(d), on, record
		case Subject:
			i.Subject = d.Subject
		case OrderRef:
			i.OrderRef = d.OrderRef
		case Completed:
			i.Completed = d.Completed
		case Demanded:
			i.Demanded = d.Demanded
		case Service:
			i.Service = d.Service
		case Commitment:
			i.Commitment = d.Commitment
		}
	}
	i.FitInstalments()
	return i
}

// invoice gives the record of a draft.
func (d *Draft) invoice(customer ledger.CustomerID, record ledger.ImportID, on ledger.Date) *ledger.Invoice {
	i := &ledger.Invoice{
		Customer: customer, Number: d.Number, CreditNote: d.CreditNote, Issued: d.Issued, Due: d.Due,
		DueEstimated: d.DueEstimated(), Total: d.Total, Instalments: d.parts(), OrderRef: d.OrderRef, Subject: d.Subject,
		Completed: d.Completed, Demanded: d.Demanded, Service: d.Service, Commitment: d.Commitment, RegisterImport: record,
	}
	i.Net, i.VAT = d.split()
	if p := paid(d); p != 0 {
		i.RegisterPaid, i.RegisterDay = p, on
	}
	return i
}

// split gives the total before tax and the tax in it, in minor units; zeros if the file does not tell.
func (d *Draft) split() (net, vat int64) { return ledger.SplitTotal(d.Total, d.Net, d.VAT) }

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
