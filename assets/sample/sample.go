// Package sample holds the sample company: a small joinery, its customers, invoices, payments and what
// was said about them. Every name, number and address is invented.
//
// The tables give days relative to today (0 is today, −1 yesterday), so that the picture is the same
// whenever it is looked at: [On] turns them into dates. An invoice is called by its key ("F0311", "A0012"
// for a credit note), which never changes; its number carries the year in which it is issued. In texts
// "{F0311}" stands for that number.
package sample

import (
	_ "embed"
	"time"

	"quitus/ledger"
)

//go:embed company.json
var companyJSON []byte

//go:embed customers.csv
var customersCSV []byte

//go:embed contacts.csv
var contactsCSV []byte

//go:embed invoices.csv
var invoicesCSV []byte

//go:embed payments.csv
var paymentsCSV []byte

//go:embed promises.csv
var promisesCSV []byte

//go:embed disputes.csv
var disputesCSV []byte

//go:embed writeoffs.csv
var writeOffsCSV []byte

//go:embed notes.csv
var notesCSV []byte

//go:embed letters.csv
var lettersCSV []byte

//go:embed bank.csv
var bankCSV []byte

// Company is the sample company seen on one day.
type Company struct {
	Today     ledger.Date
	Details   ledger.Company
	Customers []Customer
	Invoices  []Invoice // in the order of their issue
	Payments  []Payment // in the order of their days
	Promises  []Promise
	Disputes  []Dispute
	WriteOffs []WriteOff
	Notes     []Note
	Letters   []Letter
	Bank      []BankLine   // the account's lines that settle no invoice known here, by day
	Balance   ledger.Money // of the account, yesterday evening
}

// Customer is a customer with its contacts; neither has a number yet.
type Customer struct {
	ledger.Customer
	Contacts []ledger.Contact
}

// Invoice is an invoice or credit note. Its Customer is given by reference; Paid is what the payments
// settle of it in all, with the sign of its total.
type Invoice struct {
	ledger.Invoice
	Key         string
	CustomerRef string
	Paid        int64
}

// Payment is money received, what the bank wrote about it, and what it settles.
type Payment struct {
	ledger.Payment
	CustomerRef string
	Label, More string // the two lines of a statement
	Settles     []Part
}

// Part is the part of a payment that settles an invoice, or uses up a credit note (negative).
type Part struct {
	Invoice string // its number
	Amount  int64  // minor units of the payment's currency
}

// Promise is a promise about invoices given by number.
type Promise struct {
	ledger.Promise
	CustomerRef string
	Numbers     []string
}

// Dispute is a dispute about an invoice given by number.
type Dispute struct {
	ledger.Dispute
	Number string
}

// WriteOff is a part of an invoice given by number that the owner gave up.
type WriteOff struct {
	ledger.WriteOff
	Number string
}

// Note is a note about a customer.
type Note struct {
	ledger.Note
	CustomerRef string
}

// Letter is a letter written in the past, whose pages are still to be made.
type Letter struct {
	CustomerRef string
	Model       string
	On, Sent    ledger.Date
}

// BankLine is a line of the bank account.
type BankLine struct {
	On          ledger.Date
	Amount      ledger.Money
	Operation   string // two-digit code of the operation (CFONB)
	Label, More string
	Receipt     bool // money from a customer that is still to be matched with invoices
}

// workday moves a day of the weekend to the Friday before. It keeps the order of days.
func workday(d ledger.Date) ledger.Date {
	switch d.Weekday() {
	case time.Saturday:
		return d.Add(-1)
	case time.Sunday:
		return d.Add(-2)
	}
	return d
}

// Number gives the number under which the invoice with a key is known, or nothing.
func (c *Company) Number(key string) string {
	for _, i := range c.Invoices {
		if i.Key == key {
			return i.Number
		}
	}
	return ""
}
