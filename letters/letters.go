// Package letters makes the letters that a company sends to its customers: it fills a model with what
// the ledger says, lays it out on A4 paper for window envelopes, and writes it as PDF.
//
// [Compose] is pure: a book, a day and a model in, a [Letter] out, with warnings for what the owner
// should look at first. [Letter.PDF] and [Batch] give the same bytes for the same letters.
package letters

import "quitus/ledger"

// Letter is a letter with all its words and figures, ready for layout.
type Letter struct {
	Lang      string // of its text, as [words.Lang] has it
	Model     string
	Reference string
	Customer  ledger.CustomerID
	Date      ledger.Date
	Deadline  ledger.Date
	Amount    ledger.Money        // asked for, or told of
	Principal ledger.Money        // of which without interest and indemnity
	Lines     []ledger.LetterLine // what the letter is about, for the record

	Sender     Sender
	Recipient  []string // address lines, at most addressLines
	Delivery   string   // how it is sent ("Registered letter …"), or nothing
	References []string // beside the address
	Place      string   // town and date
	Subject    string
	title      string // the subject without the word for it
	Body       []Block
	Signature  []string // under the space for the hand-written one
	// Handed says that it is not for an envelope: there is no window nor folding marks, and the text begins below
	// the sender.
	Handed     bool
	Envelope   string // one of [ledger.Envelopes]
	Enclosures string
	PayCode    *payCode   // at the left of the signature; nil for none
	SwissBill  *swissBill // at the foot of the last page, or of one of its own; nil for none
	Copies     []*Copy    // printed after its pages
	SignedBy   *Logo      // picture of the signature; nil for none
	Legal      []string   // legal line at the foot, at most two lines
	Statement  *Statement

	values map[string]string // what the model's fields stand for
}

// Value gives what a field of models stands for in the letter; nothing where it has none.
func (l *Letter) Value(field string) string { return l.values[field] }

// Sender is the block at the head of a letter.
type Sender struct {
	Name    string
	Lines   []string
	contact string // telephone and address for e-mail: the last of the lines, where there is either
	Logo    *Logo
}

// Run is a piece of a paragraph in one weight.
type Run struct {
	Text string
	Bold bool
}

// Block is a part of the body: exactly one of its fields is set.
type Block struct {
	Heading   string // of a section; e-mails have none
	Paragraph []Run
	Table     *Table
	Sums      *Sums
	Bank      *Bank
	List      []string // sentences
	Form      *Form
}

// Table is a list of figures with a total under it, or none.
type Table struct {
	Head  []string
	Right []bool // columns that are aligned to the right
	Rows  [][]string
	Total []string // first and last cell; nothing for no total
	Short []int    // columns that an e-mail has room for, the amount last
}

// Sums adds up amounts line by line; the last line is the total.
type Sums struct {
	Lines [][2]string
}

// Bank tells where to pay: pairs of label and value.
type Bank struct {
	Fields [][2]string
}

// Form is a frame for the customer to fill in by hand and to sign.
type Form struct {
	Title string
	Lines []string // what is to be written, each before a line of its own
}

// Statement is the page of its own that shows how interest was computed.
type Statement struct {
	Title string
	Intro []Run
	Table Table
	Notes []string
}

// Warning is something that the owner should look at before sending: a code whose sentence is in
// the translations under "letters.warning." + Code, and pairs of fact name and value.
type Warning struct {
	Code string
	Args []any
}
