package fec

import (
	"slices"
	"strings"

	"quitus/ledger"
)

// Choices are what the owner decides about a plan.
type Choices struct {
	Carried    []int        // lines of the file: opening lines that the owner confirms are owed
	AllCarried bool         // all of them
	Terms      ledger.Terms // for customers without terms of their own; the customer's habit where not given
	// Same says which customer of the ledger a code of the file stands for, where the plan found a namesake and left it apart.
	Same map[string]ledger.CustomerID
}

// Plan is what taking books in would do to a ledger: the preview shows it, and Stage does it.
type Plan struct {
	Customers    []PlannedCustomer // of Books.Customers
	Invoices     []PlannedInvoice  // of Books.Invoices
	Payments     []PlannedPayment  // of Books.Payments
	WriteOffs    []bool            // of Books.WriteOffs: whether it is new
	Aliases      []bool            // of Books.Aliases
	Carried      []int             // of Books.Invoices: opening lines to check
	New          int               // invoices and credit notes to create
	Known        int               // known ones
	Settled      int               // known ones that were open and that this file settles, in whole or in part
	NewPayments  int
	NewCustomers int
	NewAliases   int
	NewWriteOffs int
	Total, Open  ledger.Sums // of the new ones
	OtherCompany bool        // the SIREN in the file's name is not that of the ledger's company

	book    *ledger.Book
	from    *Books
	choices Choices
	rooms   map[ledger.InvoiceID]*room
}

// PlannedCustomer is a customer of the file: a known one, or one to create where Known is 0 and it has something to record.
type PlannedCustomer struct {
	Known  ledger.CustomerID
	Create bool
	Like   ledger.CustomerID // a customer of the same name under another code: perhaps the same, which the owner says
}

// State is what becomes of an invoice of the file.
type State uint8

// States of planned invoices. A carried-over line is unexplained until the owner confirms it; it is known when the
// ledger's invoices of the year before make it up.
const (
	Aside State = iota // nothing to record: settled before the file begins
	ToCreate
	Already
	ToCheck
)

// mostSummed is how many invoices an opening line may be the sum of.
const mostSummed = 1000

// PlannedInvoice is what becomes of an invoice of the file.
type PlannedInvoice struct {
	State State
	Known []ledger.InvoiceID // one; several where an opening line is the sum of them
	Due   ledger.Date
	From  DueFrom
	Later bool // a known one that was lettered after the file's end, and is open in the ledger
}

// PlannedPayment is what becomes of a payment of the file.
type PlannedPayment struct {
	Create bool
	Known  ledger.PaymentID
	Parts  []Part // to add to it, or to create it with
}

// Part is what a payment settles of an invoice, which is known or of the file.
type Part struct {
	Invoice ledger.InvoiceID // 0 when it is Books.Invoices[New]
	New     int
	Amount  int64
}

// Plan compares the books with a ledger. What is known stays as it is; what the file settles of it is added. A known
// customer has the same code, or else the same name and either an invented code or one of the invoices.
func (b *Books) Plan(book *ledger.Book, choices Choices) *Plan {
	p := &Plan{book: book, from: b, choices: choices, Total: ledger.Sums{}, Open: ledger.Sums{}, rooms: map[ledger.InvoiceID]*room{},
		Customers: make([]PlannedCustomer, len(b.Customers)), Invoices: make([]PlannedInvoice, len(b.Invoices)),
		Payments: make([]PlannedPayment, len(b.Payments)), WriteOffs: make([]bool, len(b.WriteOffs)), Aliases: make([]bool, len(b.Aliases))}
	own := strings.Join(strings.Fields(book.Company().SIREN), "")
	p.OtherCompany = b.SIREN != "" && own != "" && own != b.SIREN
	p.findCustomers()
	p.findInvoices()
	p.findCarried()
	p.findPayments()
	p.findWriteOffs()
	p.findAliases()
	p.count()
	return p
}

func (p *Plan) findCustomers() {
	byCustomer := make([][]int, len(p.from.Customers))
	for d := range p.from.Invoices {
		if v := &p.from.Invoices[d]; !v.Carried {
			byCustomer[v.Customer] = append(byCustomer[v.Customer], d)
		}
	}
	taken := map[ledger.CustomerID]bool{}
	for k := range p.from.Customers {
		if id := p.choices.Same[p.from.Customers[k].Ref]; p.book.Customer(id) != nil {
			p.Customers[k].Known = id
			taken[id] = true
		}
	}
	for k := range p.from.Customers {
		if p.Customers[k].Known != 0 {
			continue
		}
		if c := p.book.CustomerByRef(p.from.Customers[k].Ref); c != nil && !c.RefGiven {
			p.Customers[k].Known = c.ID
			taken[c.ID] = true
		}
	}
	for k := range p.from.Customers {
		if p.Customers[k].Known != 0 {
			continue
		}
		ids := p.book.CustomersByName(p.from.Customers[k].Name)
		if len(ids) != 1 || taken[ids[0]] {
			continue
		}
		if c := p.book.Customer(ids[0]); c.RefGiven || p.sharesInvoice(ids[0], byCustomer[k]) {
			p.Customers[k].Known = ids[0]
			taken[ids[0]] = true
		} else {
			p.Customers[k].Like = ids[0]
		}
	}
}

// sharesInvoice says whether a known customer has one of the invoices, with its number and amount.
func (p *Plan) sharesInvoice(c ledger.CustomerID, docs []int) bool {
	return slices.ContainsFunc(docs, func(d int) bool {
		v := &p.from.Invoices[d]
		return slices.ContainsFunc(p.book.InvoicesByNumber(v.Number), func(id ledger.InvoiceID) bool {
			i := p.book.Invoice(id)
			return i.Customer == c && i.Total == p.money(v.Total)
		})
	})
}

func (p *Plan) money(v int64) ledger.Money {
	return ledger.Money{Minor: v, Currency: p.from.Currency}
}

// likeness is what two records of one invoice share, whatever its number.
type likeness struct {
	customer ledger.CustomerID
	issued   ledger.Date
	total    ledger.Money
}

// findInvoices looks for each invoice by its number, else by its day and amount where one only has them.
func (p *Plan) findInvoices() {
	used := map[ledger.InvoiceID]bool{}
	alike := map[likeness][]ledger.InvoiceID{}
	for i := range p.book.Invoices.All() {
		k := likeness{i.Customer, i.Issued, i.Total}
		alike[k] = append(alike[k], i.ID)
	}
	for _, byNumber := range [...]bool{true, false} {
		for d := range p.from.Invoices {
			v, x := &p.from.Invoices[d], &p.Invoices[d]
			c := p.Customers[v.Customer].Known
			if v.Carried || c == 0 || x.State == Already {
				continue
			}
			id := ledger.InvoiceID(0)
			if byNumber {
				id = p.numbered(c, v)
			} else {
				if ids := alike[likeness{c, v.Issued, p.money(v.Total)}]; len(ids) == 1 && !used[ids[0]] {
					id = ids[0]
				}
			}
			if id != 0 {
				used[id] = true
				x.State, x.Known = Already, []ledger.InvoiceID{id}
			}
		}
	}
	for d := range p.from.Invoices {
		v, x := &p.from.Invoices[d], &p.Invoices[d]
		if !v.Carried && x.State != Already {
			x.State = ToCreate
		}
		x.Due, x.From = p.due(v)
		if x.State == Already && v.Later != 0 {
			i := p.book.Invoice(x.Known[0])
			x.Later = i.RegisterPaid != i.Total.Minor && p.room(x.Known[0]).left != 0
		}
	}
}

// due estimates the due date anew with what the ledger knows of the customer.
func (p *Plan) due(v *Invoice) (ledger.Date, DueFrom) {
	terms := p.choices.Terms
	if !terms.Given {
		terms = p.from.terms
	}
	if c := p.book.Customer(p.Customers[v.Customer].Known); c != nil && c.Terms.Given {
		terms = c.Terms
	}
	due, from := p.from.dueOf(v, terms)
	if own := p.book.Company().Terms; from == DueAssumed && own.Given {
		return own.Due(v.Issued), DueTerms
	}
	return due, from
}

// numbered finds a known invoice of a customer by number and sign.
func (p *Plan) numbered(c ledger.CustomerID, v *Invoice) ledger.InvoiceID {
	for _, id := range p.book.InvoicesByNumber(v.Number) {
		if i := p.book.Invoice(id); i.Customer == c && i.CreditNote == v.CreditNote && i.Total.Currency == p.from.Currency {
			return id
		}
	}
	return 0
}

// record gives the ledger's record of an invoice.
func (v *Invoice) record(customer ledger.CustomerID, x *PlannedInvoice, c ledger.Currency, record ledger.ImportID) *ledger.Invoice {
	i := &ledger.Invoice{Customer: customer, Number: v.Number, CreditNote: v.CreditNote, Issued: v.Issued, Due: x.Due, DueEstimated: true,
		Total: ledger.Money{Minor: v.Total, Currency: c}, RegisterImport: record}
	if v.Later != 0 {
		i.RegisterPaid, i.RegisterDay = v.Total, v.Later
	}
	return i
}

func (p *Plan) findAliases() {
	for k, a := range p.from.Aliases {
		id := p.Customers[a.Customer].Known
		known := p.book.AliasesFor(a.Label)
		// A name that stands for someone else already is not the file's to decide.
		p.Aliases[k] = len(known) == 0 && (id != 0 || p.records(a.Customer))
	}
}

// records says whether a customer of the file has something to record.
func (p *Plan) records(customer int) bool { return p.Customers[customer].Create }

func (p *Plan) count() {
	settled := map[ledger.InvoiceID]bool{}
	for d := range p.Invoices {
		v := &p.from.Invoices[d]
		switch p.Invoices[d].State {
		case ToCreate:
			p.New++
			p.Total.Add(p.money(v.Total))
			p.Open.Add(p.money(v.Open))
		case Already:
			p.Known++
			if p.Invoices[d].Later {
				settled[p.Invoices[d].Known[0]] = true
			}
		}
	}
	for _, c := range p.Customers {
		if c.Create {
			p.NewCustomers++
		}
	}
	for _, x := range p.Payments {
		if x.Create {
			p.NewPayments++
		}
		for _, part := range x.Parts {
			if part.Invoice != 0 {
				settled[part.Invoice] = true
			}
		}
	}
	for k, yes := range p.WriteOffs {
		if yes {
			p.NewWriteOffs++
			if v := &p.Invoices[p.from.WriteOffs[k].Invoice]; v.State == Already {
				settled[v.Known[0]] = true
			}
		}
	}
	for _, yes := range p.Aliases {
		if yes {
			p.NewAliases++
		}
	}
	p.Settled = len(settled)
}

// Empty says whether the plan changes nothing.
func (p *Plan) Empty() bool {
	return p.New+p.NewPayments+p.NewAliases+p.NewWriteOffs+p.Settled == 0
}

// personName says whether a name is a person's, by how it begins.
func personName(name string) bool {
	n := strings.ToLower(name)
	for _, t := range []string{"m. ", "mr ", "mme ", "mlle ", "monsieur ", "madame ", "m et mme ", "m. et mme "} {
		if strings.HasPrefix(n, t) {
			return true
		}
	}
	return false
}
