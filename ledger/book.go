package ledger

import (
	"strings"
	"sync"
)

// Book is everything recorded, at one moment. It never changes: a [Draft] makes the next one.
// All methods may be called from several goroutines.
type Book struct {
	company   Table[Company]
	Customers Table[Customer]
	Contacts  Table[Contact]
	Invoices  Table[Invoice]
	Payments  Table[Payment]
	WriteOffs Table[WriteOff]
	Promises  Table[Promise]
	Disputes  Table[Dispute]
	Notes     Table[Note]
	Documents Table[Document]
	Letters   Table[Letter]
	Imports   Table[Import]

	indexOnce sync.Once
	idx       index
}

func (b *Book) table(k Kind) anyTable {
	switch k {
	case KindCompany:
		return &b.company
	case KindCustomer:
		return &b.Customers
	case KindContact:
		return &b.Contacts
	case KindInvoice:
		return &b.Invoices
	case KindPayment:
		return &b.Payments
	case KindWriteOff:
		return &b.WriteOffs
	case KindPromise:
		return &b.Promises
	case KindDispute:
		return &b.Disputes
	case KindNote:
		return &b.Notes
	case KindDocument:
		return &b.Documents
	case KindLetter:
		return &b.Letters
	case KindImport:
		return &b.Imports
	}
	panic("ledger: no such kind of record")
}

// Record gives a record of any kind, or nil.
func (b *Book) Record(k Kind, key uint32) Record { return b.table(k).record(key) }

// Last is the highest number ever given to a record of a kind.
func (b *Book) Last(k Kind) uint32 { return uint32(b.table(k).Cap()) }

// Company is the owner's company; an empty one where none is entered yet.
func (b *Book) Company() Company {
	if c := b.company.Get(1); c != nil {
		return *c
	}
	return Company{Country: "FR"}
}

// Customer gives a customer, or nil.
func (b *Book) Customer(id CustomerID) *Customer { return b.Customers.Get(uint32(id)) }

// Invoice gives an invoice or credit note, or nil.
func (b *Book) Invoice(id InvoiceID) *Invoice { return b.Invoices.Get(uint32(id)) }

// LoadBook makes a book of records as read from a ledger file: of each kind, the record with number n at
// n-1, nil where it was taken back, and as many places as numbers were ever given.
func LoadBook(records map[Kind][]Record) *Book {
	b := &Book{}
	for k, rows := range records {
		b.table(k).apply(&stage{created: rows})
	}
	return b
}

// index finds records by what people call them, and those that belong together.
type index struct {
	customerByRef  map[string]CustomerID
	customerByName map[string][]CustomerID
	invoiceByNo    map[string][]InvoiceID
	invoicesOf     [][]InvoiceID // by customer number
	contactsOf     map[CustomerID][]*Contact
	paymentsOf     map[CustomerID][]*Payment
	lettersOf      map[CustomerID][]*Letter
}

// numberKey folds an invoice number for finding it: case and blanks do not count.
func numberKey(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }

func (b *Book) index() *index {
	b.indexOnce.Do(func() {
		x := index{
			customerByRef:  make(map[string]CustomerID, b.Customers.Len()),
			customerByName: make(map[string][]CustomerID, b.Customers.Len()),
			invoiceByNo:    make(map[string][]InvoiceID, b.Invoices.Len()),
			invoicesOf:     make([][]InvoiceID, b.Customers.Cap()+1),
			contactsOf:     map[CustomerID][]*Contact{},
			paymentsOf:     map[CustomerID][]*Payment{},
			lettersOf:      map[CustomerID][]*Letter{},
		}
		for c := range b.Customers.All() {
			x.customerByRef[numberKey(c.Ref)] = c.ID
			for _, n := range append([]string{c.Name}, splitLines(c.Names)...) {
				if k := Fold(n); k != "" {
					x.customerByName[k] = append(x.customerByName[k], c.ID)
				}
			}
		}
		for i := range b.Invoices.All() {
			k := numberKey(i.Number)
			x.invoiceByNo[k] = append(x.invoiceByNo[k], i.ID)
			x.invoicesOf[i.Customer] = append(x.invoicesOf[i.Customer], i.ID)
		}
		for c := range b.Contacts.All() {
			x.contactsOf[c.Customer] = append(x.contactsOf[c.Customer], c)
		}
		for p := range b.Payments.All() {
			x.paymentsOf[p.Customer] = append(x.paymentsOf[p.Customer], p)
		}
		for l := range b.Letters.All() {
			x.lettersOf[l.Customer] = append(x.lettersOf[l.Customer], l)
		}
		b.idx = x
	})
	return &b.idx
}

// CustomerByRef finds a customer by its code, without regard to case and blanks; nil if there is none.
func (b *Book) CustomerByRef(ref string) *Customer {
	return b.Customer(b.index().customerByRef[numberKey(ref)])
}

// CustomersByName finds the customers that carry a name, without regard to case, accents, kind of
// apostrophe and runs of blanks.
func (b *Book) CustomersByName(name string) []CustomerID {
	return b.index().customerByName[Fold(name)]
}

// InvoicesByNumber finds invoices and credit notes by number, without regard to case and blanks. Two
// customers may share a number.
func (b *Book) InvoicesByNumber(number string) []InvoiceID {
	return b.index().invoiceByNo[numberKey(number)]
}

// InvoicesOf gives a customer's invoices and credit notes in the order in which they were recorded.
func (b *Book) InvoicesOf(c CustomerID) []InvoiceID {
	if x := b.index(); int(c) < len(x.invoicesOf) {
		return x.invoicesOf[c]
	}
	return nil
}

// ContactsOf gives the persons known at a customer's.
func (b *Book) ContactsOf(c CustomerID) []*Contact { return b.index().contactsOf[c] }

// PaymentsOf gives what a customer paid.
func (b *Book) PaymentsOf(c CustomerID) []*Payment { return b.index().paymentsOf[c] }

// LettersOf gives the letters made for a customer.
func (b *Book) LettersOf(c CustomerID) []*Letter { return b.index().lettersOf[c] }

func splitLines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}
