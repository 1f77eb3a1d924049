package cli

import (
	"cmp"
	"slices"

	"quitus/app/desk"
	"quitus/ledger"
)

type invoicesDoc struct {
	Invoices []invoiceDoc `json:"invoices"`
}

type invoiceDoc struct {
	Number   string        `json:"number"`
	Kind     string        `json:"kind"`
	Customer customerName  `json:"customer"`
	Issued   day           `json:"issued"`
	Due      day           `json:"due"`
	Currency string        `json:"currency"`
	Total    string        `json:"total"`
	Open     string        `json:"open"`
	Status   ledger.Status `json:"status"`
	// Instalments are the parts that the invoice is payable in; due is that of the earliest not settled.
	Instalments []partDoc `json:"instalments,omitempty"`
}

type partDoc struct {
	Due    day    `json:"due"`
	Amount string `json:"amount"`
	Open   string `json:"open"`
}

type customerName struct {
	Ref  string `json:"ref"`
	Name string `json:"name"`
}

func nameOf(b *ledger.Book, id ledger.CustomerID) customerName {
	if c := b.Customer(id); c != nil {
		return customerName{c.Ref, c.Name}
	}
	return customerName{}
}

// byDue orders due dates, the oldest first and none last.
func byDue(x, y ledger.Date) int {
	if (x == 0) != (y == 0) {
		return cmp.Compare(y, x)
	}
	return cmp.Compare(x, y)
}

// runInvoices lists the invoices, the oldest due first, then by number and by customer.
func runInvoices(c *call) (*reply, error) {
	s := c.desk.State()
	of, err := c.only(s)
	if err != nil {
		return nil, err
	}
	var found []*ledger.Invoice
	for i := range s.Book.Invoices.All() {
		if (of == nil || i.Customer == of.ID) && (!c.given("overdue") || s.Standings.Of(i.ID).DaysLate > 0) {
			found = append(found, i)
		}
	}
	slices.SortFunc(found, func(x, y *ledger.Invoice) int {
		return cmp.Or(byDue(s.Standings.Of(x.ID).Due, s.Standings.Of(y.ID).Due), cmp.Compare(x.Number, y.Number),
			cmp.Compare(customerRef(s.Book, x.Customer), customerRef(s.Book, y.Customer)), cmp.Compare(x.ID, y.ID))
	})
	doc := invoicesDoc{make([]invoiceDoc, len(found))}
	for n, i := range found {
		doc.Invoices[n] = invoiceOf(s, i)
	}
	return &reply{doc: doc, text: func(p *page) { p.invoices(s, found) }}, nil
}

func invoiceOf(s *desk.State, i *ledger.Invoice) invoiceDoc {
	kind := "invoice"
	if i.CreditNote {
		kind = "credit_note"
	}
	st := s.Standings.Of(i.ID)
	return invoiceDoc{
		Number: i.Number, Kind: kind, Customer: nameOf(s.Book, i.Customer), Issued: day(i.Issued), Due: day(st.Due),
		Currency: string(i.Total.Currency), Total: i.Total.Decimal(), Open: s.Open(i).Decimal(),
		Status: st.Status(), Instalments: partsOf(i, st),
	}
}

func partsOf(i *ledger.Invoice, st ledger.Standing) []partDoc {
	if len(i.Instalments) == 0 {
		return nil
	}
	decimal := func(minor int64) string { return ledger.Money{Minor: minor, Currency: i.Total.Currency}.Decimal() }
	var out []partDoc
	for p, left := range i.Parts(st.Open) {
		out = append(out, partDoc{day(p.Due), decimal(p.Amount), decimal(left)})
	}
	return out
}

func (p *page) invoices(s *desk.State, found []*ledger.Invoice) {
	if len(found) == 0 {
		p.say("cli.invoices.none")
		return
	}
	open := ledger.Sums{}
	rows := make([][]string, len(found))
	for n, i := range found {
		open.Add(s.Open(i))
		st := s.Standings.Of(i.ID)
		rows[n] = []string{i.Number, nameOf(s.Book, i.Customer).Name, p.w.Date(i.Issued), p.w.Date(st.Due),
			p.w.Money(i.Total), p.w.Money(s.Open(i)), p.w.Standing(i, st, s.On)}
	}
	p.table("", []column{{"common.number", false}, {"common.customer", false}, {"common.issue_date", false}, {"common.due_date", false},
		{"common.total", true}, {"common.open_amount", true}, {"common.status", false}}, rows)
	p.line("")
	p.line(p.w.N("cli.invoices.sum", len(found), "open", open))
}

type customersDoc struct {
	Customers []customerDoc `json:"customers"`
}

type customerDoc struct {
	Ref      string              `json:"ref"`
	Name     string              `json:"name"`
	Kind     ledger.CustomerKind `json:"kind"`
	Country  string              `json:"country"`
	Language string              `json:"language"`
	Open     []openDoc           `json:"open"`
	Scenario string              `json:"scenario"` // that the customer follows; "none" where follow-up is stopped
}

type openDoc struct {
	Currency string `json:"currency"`
	Amount   string `json:"amount"`
	Overdue  string `json:"overdue"`
}

// runCustomers lists the customers, the one with the oldest open invoice first and those who owe
// nothing last, then by name and by code.
func runCustomers(c *call) (*reply, error) {
	s := c.desk.State()
	of, err := c.only(s)
	if err != nil {
		return nil, err
	}
	summaries := s.Summaries()
	oldest := oldestDue(s)
	var found []*ledger.Customer
	for k := range s.Book.Customers.All() {
		if (of == nil || k.ID == of.ID) && (!c.given("overdue") || summaries[k.ID].OverdueCount > 0) {
			found = append(found, k)
		}
	}
	slices.SortFunc(found, func(x, y *ledger.Customer) int {
		return cmp.Or(byDue(oldest[x.ID], oldest[y.ID]), cmp.Compare(ledger.Fold(x.Name), ledger.Fold(y.Name)), cmp.Compare(x.Ref, y.Ref))
	})
	doc := customersDoc{make([]customerDoc, len(found))}
	scenario := s.ScenarioNames()
	for n, k := range found {
		doc.Customers[n] = customerDoc{
			Ref: k.Ref, Name: k.Name, Kind: cmp.Or(k.Type, ledger.CompanyCustomer), Country: k.Country,
			Language: cmp.Or(k.Language, "fr"), Open: openOf(summaries[k.ID]), Scenario: scenario(k),
		}
	}
	return &reply{doc: doc, text: func(p *page) { p.customers(s, found) }}, nil
}

// oldestDue gives the oldest due date of each customer's open invoices, by customer number.
func oldestDue(s *desk.State) []ledger.Date {
	out := make([]ledger.Date, s.Book.Customers.Cap()+1)
	for i := range s.Book.Invoices.All() {
		if st := s.Standings.Of(i.ID); st.Open != 0 && !i.CreditNote && byDue(st.Due, out[i.Customer]) < 0 {
			out[i.Customer] = st.Due
		}
	}
	return out
}

func openOf(sum ledger.CustomerSummary) []openDoc {
	out := []openDoc{}
	for _, m := range sum.Owed.List() {
		out = append(out, openDoc{string(m.Currency), m.Decimal(), ledger.Money{Minor: sum.Overdue[m.Currency], Currency: m.Currency}.Decimal()})
	}
	return out
}

func (p *page) customers(s *desk.State, found []*ledger.Customer) {
	if len(found) == 0 {
		p.say("cli.customers.none")
		return
	}
	owed := ledger.Sums{}
	rows := make([][]string, len(found))
	for n, k := range found {
		sum := s.Summaries()[k.ID]
		for _, m := range sum.Owed.List() {
			owed.Add(m)
		}
		rows[n] = []string{k.Ref, k.Name, p.w.CustomerKind(k.Type), p.sums(sum.Owed), p.sums(sum.Overdue)}
	}
	p.table("", []column{{"common.reference", false}, {"common.name", false}, {"cli.column.kind", false},
		{"common.open_amount", true}, {"cli.column.overdue", true}}, rows)
	p.line("")
	p.line(p.w.N("cli.customers.sum", len(found), "open", owed))
}

// sums writes what is owed, and nothing where nothing is.
func (p *page) sums(s ledger.Sums) string {
	if len(s) == 0 {
		return ""
	}
	return p.w.Sums(s)
}
