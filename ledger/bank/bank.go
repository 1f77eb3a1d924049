// Package bank turns the files of banks into statements: what was booked on an account, as the bank says it. It
// recognises a file by its content, has one file for each format, decides nothing about the ledger and writes nothing.
// What an entry settles is the business of package reconcile.
//
// All readers keep these rules, so that the same account read in two formats gives the same entries as far as the
// formats tell: amounts are signed as the account sees them, money in is positive, whatever the format calls debit or
// credit; days are the bank's own; texts are decoded, with the bank's padding cut off and its lines kept apart.
//
// Errors are *ledger.Error with code encrypted, damaged, empty, too_large, not_a_statement or unsupported_format, with
// the fact "file", and "line" where one is known; or the context's own error. A line that cannot be read is a
// [Problem] and leaves the others alone.
package bank

import (
	"maps"
	"slices"

	"quitus/ledger"
)

// Limits of what is read, per file. Beyond them a file is refused with code too_large.
const (
	MaxFileSize = 64 << 20 // bytes
	MaxEntries  = 200_000
	MaxText     = 4_000     // bytes of the texts of one entry; what is beyond is cut
	MaxElements = 5_000_000 // of XML
	MaxDepth    = 64        // of XML elements within each other
	MaxArchived = 1_000     // files in an archive; inflated, they are MaxFileSize at most in all
)

// Options say how a file is read.
type Options struct {
	Today    ledger.Date             // dates with a year of two digits lie within 80 years before and 20 years after it
	Currency ledger.Currency         // where the file names none; the euro if empty
	Progress func(done, total int64) // bytes read so far, told every megabyte or so; may be nil
}

// File is what a bank's file holds.
type File struct {
	Name       string
	Format     string // "cfonb120", "camt", "mt940", "ofx", "coda", "csv", "xlsx", …
	Statements []*Statement
	Problems   []Problem
}

// Statement is what was booked on one account over one span of days.
type Statement struct {
	Account  Account
	Number   string // the bank's own of the statement, where it has one
	Currency ledger.Currency
	Opening  *Balance // nil where the file does not tell
	Closing  *Balance
	Entries  []Entry // in the order of the file
}

// Account is an account as the bank names it.
type Account struct {
	IBAN   string // without blanks, capitals; derived from the national number where the format has only that; may be empty
	Number string // as the file has it, where that is no IBAN
	Holder string
	BIC    string
}

// Balance is what stood on an account at the end of a day.
type Balance struct {
	On     ledger.Date
	Amount int64 // minor units of the statement's currency; negative is overdrawn
}

// Entry is one booking.
type Entry struct {
	Rank       int         // its place in the file, from 1, over all of the file's statements
	Line       int         // of the file, from 1; 0 for formats without lines
	Booked     ledger.Date // the accounting day
	Value      ledger.Date // the value day; 0 where the file does not tell
	Amount     ledger.Money
	Type       ledger.EntryType
	Code       string   // the bank's own code of the operation: interbank code, domain/family/sub-family, GVC, …
	Returned   bool     // it takes an earlier payment back: an unpaid direct debit or cheque, a transfer sent back
	Reason     string   // why, as the bank's code says (AC04, MD06, 2 digits of CFONB, …)
	Label      string   // everything the bank and the payer wrote, lines apart, most telling first: never empty unless the file is
	Party      Party    // who is on the other side
	EndToEnd   string   // the payer's own reference; empty for NOTPROVIDED
	Mandate    string   // of a direct debit
	References []string // structured creditor references as written, without blanks: RF…, 12 digits of OGM/VCS, 27 of QRR
	Documents  []Document
	BankRef    string   // the bank's own reference of the entry
	Charges    int64    // kept back by the bank, minor units, positive; 0 where the file does not tell
	Batch      []Detail // the payments that make the entry, where the file tells them one by one
	BatchSize  int      // how many payments the bank says make the entry; 0 where it does not tell
}

// Party is the other side of an entry.
type Party struct {
	Name string
	IBAN string
	BIC  string
	ID   string // SIREN, creditor identifier or other
}

// Document is an invoice that the payer names in a structured remittance.
type Document struct {
	Number string
	Amount int64 // minor units; 0 where not told
}

// Detail is one payment of an entry that books several at once.
type Detail struct {
	Amount     ledger.Money
	Label      string
	Party      Party
	EndToEnd   string
	Mandate    string
	References []string
	Documents  []Document
	Returned   bool
	Reason     string
}

// Problem is something to say about a line or an entry: that it was refused, or that something about it is odd.
type Problem struct {
	Line    int    // of the file; 0 where it has none
	Entry   int    // its rank; 0 where it is about the whole
	Refused bool   // the entry was left out
	Field   string // which part: "amount", "date", "balance", …
	Value   string // as written
	Code    string // its sentence is in the translations under bank.problem.<code>
	Args    map[string]any
}

// Facts gives what the sentence of the problem's code needs, as pairs of name and value.
func (p Problem) Facts() []any {
	out := []any{"value", p.Value, "line", p.Line, "entry", p.Entry}
	for _, k := range slices.Sorted(maps.Keys(p.Args)) {
		out = append(out, k, p.Args[k])
	}
	return out
}
