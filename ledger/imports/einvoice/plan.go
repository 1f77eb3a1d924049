package einvoice

import (
	"cmp"
	"slices"
	"strings"

	"quitus/ledger"
)

// Plan is what taking invoices in would do to a book: the preview shows it, and Stage does it.
type Plan struct {
	Items        []Item
	New          int // invoices and credit notes to create
	Changed      int // known ones that a file says something new about, or is kept with
	Same         int // known ones, unchanged
	Refused      int // files that are not taken
	NewCustomers []NewCustomer
	Completed    []Completed // known customers of whom a file tells more
	Customers    int         // customers concerned, new ones included
	Totals       ledger.Sums // of the new ones
}

// Item is one invoice with what is known of it.
type Item struct {
	*Invoice
	Also     []*Invoice        // the same invoice in other files, an XML document beside a PDF
	Customer ledger.CustomerID // 0 when it is NewCustomers[NewCustomer]
	By       string            // how the customer was found: siren, vat, name; empty when new
	Known    ledger.InvoiceID  // 0 when it is not known yet
	Changes  []Change          // of a known one, what the file says differently
	Refused  *ledger.Error     // why it is not taken, or nil
	Doubts   []Problem         // that come of comparing with the book; the file's own are Invoice.Problems

	NewCustomer int
}

// Change is something that a file tells anew about a known invoice.
type Change string

// What may be new about a known invoice.
const (
	ChangedIssued   Change = "issued"
	ChangedDue      Change = "due"
	ChangedTotal    Change = "total"
	ChangedTax      Change = "tax" // the amount before tax, or the tax
	ChangedPaid     Change = "paid"
	ChangedSubject  Change = "subject"
	ChangedOrderRef Change = "order_ref"
	NewDocument     Change = "document" // the file is not kept with it yet
)

// NewCustomer is a buyer whom the book does not know.
type NewCustomer struct{ Party }

// Completed says which empty fields of a known customer a file fills.
type Completed struct {
	Customer ledger.CustomerID
	Fields   []string // siren, vat, address, email, phone, contact, and names: another one that it is written by
	from     *Party
}

// NewPlan compares invoices with a book. A customer is known by company number, else by VAT number, else by
// name when one customer only carries it and no number contradicts; an invoice by customer and number. Two
// files with one invoice, as a PDF and its XML, are one item.
func NewPlan(b *ledger.Book, invoices []*Invoice) *Plan {
	p := &planning{Plan: Plan{Totals: ledger.Sums{}}, book: b, bySIREN: map[string][]ledger.CustomerID{}, byVAT: map[string][]ledger.CustomerID{},
		items: map[itemKey]int{}, kept: map[kept]bool{}, done: map[ledger.CustomerID]bool{}}
	for c := range b.Customers.All() {
		if s := digitsOf(c.SIREN); len(s) >= 9 {
			p.bySIREN[s[:9]] = append(p.bySIREN[s[:9]], c.ID)
		}
		if v := ledger.NormalVAT(c.VAT); v != "" {
			p.byVAT[v] = append(p.byVAT[v], c.ID)
		}
	}
	for d := range b.Documents.All() {
		p.kept[kept{d.Invoice, d.Hash}] = true
	}
	for _, i := range invoices {
		p.add(i)
	}
	p.count()
	return &p.Plan
}

type planning struct {
	Plan
	book    *ledger.Book
	bySIREN map[string][]ledger.CustomerID
	byVAT   map[string][]ledger.CustomerID
	items   map[itemKey]int
	kept    map[kept]bool
	done    map[ledger.CustomerID]bool
}

// itemKey tells the invoices of one batch apart.
type itemKey struct {
	customer ledger.CustomerID
	fresh    int // index of the new customer
	number   string
}

// kept is a document and the invoice that it belongs to.
type kept struct {
	invoice ledger.InvoiceID
	hash    ledger.Hash
}

func (p *planning) add(i *Invoice) {
	item := Item{Invoice: i, NewCustomer: -1}
	if item.Refused = p.notOurs(&item); item.Refused != nil {
		p.Items = append(p.Items, item)
		return
	}
	item.Customer, item.By = p.inBook(&item)
	if item.Customer == 0 {
		item.NewCustomer = p.fresh(&i.Buyer)
	}
	key := itemKey{item.Customer, item.NewCustomer, ledger.Fold(i.Number)}
	if at, twice := p.items[key]; twice {
		first := &p.Items[at]
		if first.Total == i.Total && first.Issued == i.Issued {
			if !first.holds(i.Hash) {
				first.Also = append(first.Also, i)
			}
			return
		}
		item.Refused = ledger.Errorf("einvoice_conflict", "file", i.File, "number", i.Number, "other", first.File)
		p.Items = append(p.Items, item)
		return
	}
	p.items[key] = len(p.Items)
	if item.Customer != 0 {
		item.Known = p.known(item.Customer, i.Number)
	}
	if k := p.book.Invoice(item.Known); k != nil && k.CreditNote != i.CreditNote {
		item.Refused = ledger.Errorf("einvoice_conflict", "file", i.File, "number", i.Number, "other", k.Number)
	}
	p.Items = append(p.Items, item)
}

func (item *Item) holds(h ledger.Hash) bool {
	return item.Hash == h || slices.ContainsFunc(item.Also, func(i *Invoice) bool { return i.Hash == h })
}

// Files gives the files that hold the invoice.
func (item *Item) Files() []*Invoice { return append([]*Invoice{item.Invoice}, item.Also...) }

func (p *planning) known(customer ledger.CustomerID, number string) ledger.InvoiceID {
	for _, id := range p.book.InvoicesByNumber(number) {
		if p.book.Invoice(id).Customer == customer {
			return id
		}
	}
	return 0
}

// count compares every item with what the book has, once all files are in.
func (p *planning) count() {
	seen := map[ledger.CustomerID]bool{}
	for n := range p.Items {
		item := &p.Items[n]
		if item.Refused != nil {
			p.Refused++
			continue
		}
		if item.Customer != 0 {
			seen[item.Customer] = true
			p.complete(item)
		}
		if item.Known == 0 {
			p.New++
			p.Totals.Add(item.Total)
			continue
		}
		item.Changes = p.changes(p.book.Invoice(item.Known), item)
		if len(item.Changes) > 0 {
			p.Changed++
		} else {
			p.Same++
		}
	}
	p.Customers = len(seen) + len(p.NewCustomers)
}

// changes compares a known invoice with its file. What a register or a person said beyond it stays: a subject, an
// order number, or that more was paid since.
func (p *planning) changes(k *ledger.Invoice, item *Item) []Change {
	i := item.Invoice
	var out []Change
	differs := func(c Change, yes bool) {
		if yes {
			out = append(out, c)
		}
	}
	differs(ChangedIssued, k.Issued != i.Issued)
	// The day when all of it is due does not contradict instalments.
	sameParts := k.Total == i.Total && k.DueOn(i.Due)
	differs(ChangedDue, k.Due != i.Due && !sameParts && (i.DueFrom == DueStated || k.Due == 0))
	differs(ChangedTotal, k.Total != i.Total)
	net, vat := i.split()
	differs(ChangedTax, net != 0 && (k.Net != net || k.VAT != vat))
	differs(ChangedPaid, abs(i.Prepaid.Minor) > abs(k.RegisterPaid))
	differs(ChangedSubject, k.Subject == "" && i.Subject != "")
	differs(ChangedOrderRef, k.OrderRef == "" && i.OrderRef != "")
	for _, f := range item.Files() {
		if !p.kept[kept{item.Known, f.Hash}] {
			out = append(out, NewDocument)
			break
		}
	}
	return out
}

// complete notes what a file tells of a known customer that is not recorded.
func (p *planning) complete(item *Item) {
	if p.done[item.Customer] {
		return
	}
	c, b := p.book.Customer(item.Customer), &item.Buyer
	var fields []string
	fills := func(field string, yes bool) {
		if yes {
			fields = append(fields, field)
		}
	}
	fills("siren", c.SIREN == "" && b.SIREN != "")
	fills("vat", c.VAT == "" && b.VAT != "")
	fills("address", c.Address == "" && c.Postcode == "" && c.Town == "" && b.Town != "")
	fills("email", c.Email == "" && b.Email != "")
	fills("phone", c.Phone == "" && b.Phone != "")
	fills("names", !carries(c, b.Name))
	fills("contact", b.Contact != "" && len(p.book.ContactsOf(c.ID)) == 0)
	if len(fields) > 0 {
		p.done[item.Customer] = true
		p.Completed = append(p.Completed, Completed{item.Customer, fields, b})
	}
}

// carries says whether a customer is known by a name.
func carries(c *ledger.Customer, name string) bool {
	return slices.ContainsFunc(append(strings.Split(c.Names, "\n"), c.Name), func(n string) bool { return sameName(name, n) })
}

// Stage puts what the plan says into a draft of the ledger: customers, invoices, and every file as the document
// of its invoice. Each file that brings something is recorded as an import of that day. The draft must begin
// with the plan's book.
func (p *Plan) Stage(d *ledger.Draft, on ledger.Date) {
	fresh := make([]ledger.CustomerID, len(p.NewCustomers))
	codes := map[string]bool{}
	for n := range p.NewCustomers {
		fresh[n] = stageCustomer(d, &p.NewCustomers[n].Party, codes)
	}
	for n := range p.Completed {
		p.Completed[n].stage(d)
	}
	kept := map[kept]bool{}
	for x := range d.Book().Documents.All() {
		kept[keptOf(x)] = true
	}
	for n := range p.Items {
		item := &p.Items[n]
		if item.Refused != nil || item.Known != 0 && len(item.Changes) == 0 {
			continue
		}
		customer := item.Customer
		if customer == 0 {
			customer = fresh[item.NewCustomer]
		}
		id := item.stage(d, customer, on)
		for _, f := range item.Files() {
			x := &ledger.Document{Customer: customer, Invoice: id, On: on, Hash: f.Hash, Size: f.Size, Name: f.File}
			if !kept[keptOf(x)] {
				d.Keep(f.content)
				d.Put(x)
			}
		}
	}
}

func keptOf(d *ledger.Document) kept { return kept{d.Invoice, d.Hash} }

// stage records one invoice and its import.
func (item *Item) stage(d *ledger.Draft, customer ledger.CustomerID, on ledger.Date) ledger.InvoiceID {
	i := item.Invoice
	record := &ledger.Import{File: i.File, Hash: i.Hash, Format: i.Format, On: on}
	if item.Known == 0 {
		record.Created = 1
	} else {
		record.Updated = 1
	}
	d.Put(record)
	r := &ledger.Invoice{
		Customer: customer, Number: i.Number, CreditNote: i.CreditNote, Issued: i.Issued, Due: i.Due, DueEstimated: i.DueFrom != DueStated,
		Total: i.Total, Terms: i.Terms, OrderRef: i.OrderRef, Subject: i.Subject, RegisterImport: record.ID,
	}
	if i.Prepaid.Minor != 0 {
		r.RegisterPaid, r.RegisterDay = i.Prepaid.Minor, i.Issued
	}
	r.Net, r.VAT = i.split()
	if item.Known != 0 {
		r = ledger.Clone(d.Invoice(item.Known))
		item.update(r, record.ID)
	}
	d.Put(r)
	return r.ID
}

// split gives the total before tax and the tax in it, in minor units; zeros where the file does not tell.
func (i *Invoice) split() (net, vat int64) { return ledger.SplitTotal(i.Total, i.Net, i.VAT) }

// update brings a known invoice up to date. A sum paid before the issue is known from that day on.
func (item *Item) update(r *ledger.Invoice, record ledger.ImportID) {
	i := item.Invoice
	for _, c := range item.Changes {
		switch c {
		case ChangedIssued:
			r.Issued = i.Issued
		case ChangedDue:
			r.Due, r.DueEstimated, r.Instalments = i.Due, i.DueFrom != DueStated, nil
		case ChangedTotal, ChangedTax:
			r.Total = i.Total
			r.Net, r.VAT = i.split()
		case ChangedPaid:
			r.RegisterPaid, r.RegisterDay, r.RegisterImport = i.Prepaid.Minor, max(r.RegisterDay, i.Issued), record
		case ChangedSubject:
			r.Subject = i.Subject
		case ChangedOrderRef:
			r.OrderRef = i.OrderRef
		}
	}
	r.FitInstalments()
}

// stageCustomer records a new customer under the code that the invoice knows it by, unless another one has it.
func stageCustomer(d *ledger.Draft, p *Party, codes map[string]bool) ledger.CustomerID {
	c := &ledger.Customer{
		Name: p.Name, Type: ledger.CompanyCustomer, Country: cmp.Or(p.Country, "FR"), SIREN: p.SIREN, VAT: p.VAT, Names: p.Trading,
		Address: p.Address, Postcode: p.Postcode, Town: p.Town, Email: p.Email, Phone: p.Phone,
		Ref: p.Code,
	}
	if code := ledger.Fold(p.Code); code == "" || codes[code] || d.Book().CustomerByRef(p.Code) != nil {
		c.Ref, c.RefGiven = d.NewRef(), true
	}
	codes[ledger.Fold(c.Ref)] = true
	d.Put(c)
	stageContact(d, c.ID, p)
	return c.ID
}

func stageContact(d *ledger.Draft, customer ledger.CustomerID, p *Party) {
	if p.Contact != "" {
		d.Put(&ledger.Contact{Customer: customer, Name: p.Contact, Phone: p.Phone, Email: p.Email})
	}
}

func (k *Completed) stage(d *ledger.Draft) {
	c, p := ledger.Clone(d.Customer(k.Customer)), k.from
	for _, f := range k.Fields {
		switch f {
		case "siren":
			c.SIREN = p.SIREN
		case "vat":
			c.VAT = p.VAT
		case "address":
			c.Address, c.Postcode, c.Town = p.Address, p.Postcode, p.Town
			c.Country = cmp.Or(p.Country, c.Country)
		case "email":
			c.Email = p.Email
		case "phone":
			c.Phone = p.Phone
		case "names":
			c.Names = lines(c.Names, p.Name)
		case "contact":
			stageContact(d, c.ID, p)
		}
	}
	d.Put(c)
}

// digitsOf drops everything else.
func digitsOf(s string) string {
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			out = append(out, s[i])
		}
	}
	return string(out)
}
