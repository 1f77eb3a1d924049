package ledger

import (
	"strings"
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
	Aliases   Table[Alias]
	Mappings  Table[Mapping]
	Steps     Table[Step]

	BankAccounts   Table[BankAccount]
	BankStatements Table[BankStatement]
	BankEntries    Table[BankEntry]

	Plans     Table[Plan]
	Messages  Table[Message]
	Calls     Table[Call]
	Actions   Table[Action]
	Scenarios Table[Scenario]
	TaskMarks Table[TaskMark]
	Deposits  Table[Deposit]

	RateRows      Table[RateRow]
	Waivers       Table[Waiver]
	Interruptions Table[Interruption]
	Texts         Table[Text]
	mail          Table[MailAccount]
	Replies       Table[Reply]

	index index
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
	case KindAlias:
		return &b.Aliases
	case KindMapping:
		return &b.Mappings
	case KindStep:
		return &b.Steps
	case KindBankAccount:
		return &b.BankAccounts
	case KindBankStatement:
		return &b.BankStatements
	case KindBankEntry:
		return &b.BankEntries
	case KindPlan:
		return &b.Plans
	case KindMessage:
		return &b.Messages
	case KindCall:
		return &b.Calls
	case KindAction:
		return &b.Actions
	case KindScenario:
		return &b.Scenarios
	case KindTaskMark:
		return &b.TaskMarks
	case KindDeposit:
		return &b.Deposits
	case KindRateRow:
		return &b.RateRows
	case KindWaiver:
		return &b.Waivers
	case KindInterruption:
		return &b.Interruptions
	case KindText:
		return &b.Texts
	case KindMailAccount:
		return &b.mail
	case KindReply:
		return &b.Replies
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

// Mail is the owner's mailbox, or nil where none is set up.
func (b *Book) Mail() *MailAccount { return b.mail.Get(1) }

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

func splitLines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}
