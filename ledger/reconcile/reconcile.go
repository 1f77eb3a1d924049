// Package reconcile finds which open invoices the entries of a bank statement settle, and says why. Values go in and
// values come out: it knows no clock and no disk, keeps nothing between calls, and gives the same decisions whatever the
// order of the entries.
//
// # How it decides
//
// An entry is read once for what it tells: the payer (payer.go, name.go), the invoices it names (number.go), days and
// months (label.go). Every way in which a customer who may have paid could have come to the amount is an [Answer] with a
// weight (ways.go, runs.go, short.go, told.go); the weights are shares of how customers pay (certainty.go), so that what remains
// likely by chance is weighed too: an amount that a thousand combinations could give proves little. The confidence of an
// answer is its share of all weights.
//
// Entries are decided in rounds, the most certain first (engine.go); an amount that was used is not used again
// (balance.go). An answer that is certain enough is recorded; another is proposed with at most three alternatives. Two
// answers that are equally good share the weight, so neither is ever recorded.
//
// What nothing certain was found for is looked at once more, for answers that are never recorded: several customers who
// are paid for together (together.go), cheques of several customers (cheques.go).
//
// What settles no invoice (aside.go), payments taken back (returned.go) and batches told one by one (batch.go) are
// handled apart.
package reconcile

import "quitus/ledger"

// Entry is what a bank entry tells.
type Entry struct {
	Rank       int         // its place in its file, for telling entries apart that are alike
	On         ledger.Date // the accounting day
	Amount     ledger.Money
	Type       ledger.EntryType
	Returned   bool   // it takes an earlier payment back
	Label      string // everything the bank and the payer wrote, lines apart
	Payer      string // name of the other side, where the format has one
	IBAN       string // of the other side, without blanks
	EndToEnd   string
	Mandate    string
	References []string // structured creditor references
	Documents  []Document
	Batch      []Entry // the payments that make the entry, where the bank tells them one by one
	BatchSize  int     // how many payments make the entry, where the bank tells; 0 where it does not
}

// Document is an invoice that the payer names in a structured remittance.
type Document struct {
	Number string
	Amount int64 // minor units; 0 where not told
}

// World is what the ledger knows as the statement begins. It is read only.
type World struct {
	Company   []string // names of the owner's company
	Accounts  []string // IBANs of the owner's accounts
	Customers []Customer
	Items     []Item // invoices and credit notes, settled ones too: a payer may name one
	Earlier   []Settlement
}

// Customer is what is known of somebody who may pay.
type Customer struct {
	ID      ledger.CustomerID
	Code    string   // the owner's own code
	Names   []string // all names in use
	Aliases []string // labels learnt, as [ledger.PayerLabel] gives them
	IBANs   []string // accounts learnt
	Habit   Habit
}

// Habit is how a customer is known to pay.
type Habit struct {
	Discount int          // early-payment discount usually taken, in hundredths of a percent; 0 is none
	Fee      ledger.Money // bank charges usually kept back
}

// Item is an invoice or a credit note.
type Item struct {
	ID         ledger.InvoiceID
	Customer   ledger.CustomerID
	Number     string
	OrderRef   string   // the customer's order number
	References []string // structured references printed on it, if any
	Issued     ledger.Date
	Due        ledger.Date // zero when unknown
	Open       int64       // minor units; negative for credit notes; 0 when settled
	Total      int64
	Currency   ledger.Currency
	Parts      []int64 // what is open of each instalment, the earliest first; none for most invoices
	// Told is what a register says was paid and no recorded payment accounts for, minor units, and ToldOn the day that it
	// speaks of: a payment up to that day may be counted in it already.
	Told   int64
	ToldOn ledger.Date
}

// Settlement is a payment recorded before.
type Settlement struct {
	ID          ledger.PaymentID
	On          ledger.Date
	Amount      int64 // minor units
	Currency    ledger.Currency
	Customer    ledger.CustomerID
	Label       string
	EndToEnd    string
	Mandate     string
	Allocations []Allocation
	Counted     bool // from the bank, and the register's figure counts it
	Above       bool // from the bank, of before the register's day, and its figure does not count it
}

// Outcome is what is done with an entry. Programs see the values.
type Outcome string

// Outcomes.
const (
	Recorded    Outcome = "recorded"
	ToConfirm   Outcome = "to_confirm"
	Unknown     Outcome = "unknown"
	NotAReceipt Outcome = "not_a_receipt"
)

// Allocation is the part of an entry that settles one item: negative for a credit note that is used up, and for a
// payment that is taken back.
type Allocation struct {
	Item   ledger.InvoiceID
	Amount int64 // minor units
}

// WriteOff proposes to give up what a payment leaves open of an item.
type WriteOff struct {
	Item   ledger.InvoiceID
	Amount int64  // minor units, positive
	Kind   string // "cents", "discount", "fees" or "retention"; its name is in the translations under reconcile.write_off.<kind>
}

// Reason is a fact behind an answer; its sentence is in the translations under reconcile.reason.<code>.
type Reason struct {
	Code string
	Args map[string]any
}

// Answer is one way to settle an entry.
type Answer struct {
	Customer    ledger.CustomerID // 0 where there are none or several
	Allocations []Allocation      // in the order of issue
	Left        int64             // what settles nothing and stays the customer's credit, minor units
	WriteOffs   []WriteOff        // small differences that could be given up; never done by themselves
	Reasons     []Reason          // the most telling first
	Confidence  float64           // from 0 to 1
	Counted     bool              // the register's own figure counts it already: it takes nothing off what is open
}

// Decision is what becomes of an entry. Its answer is recorded or, to confirm, proposed; it is empty for the other
// outcomes, but for the reasons.
type Decision struct {
	Outcome Outcome
	Answer
	Alternatives []Answer // at most three, best first
	// What a returned payment takes back: the index of an entry decided along with it, or -1; and a payment recorded
	// before, or 0.
	TakesBackEntry   int
	TakesBackPayment ledger.PaymentID
}

// Decide decides entries together, in the order given.
func Decide(w *World, entries []Entry) []Decision {
	return newEngine(w, entries).run()
}
