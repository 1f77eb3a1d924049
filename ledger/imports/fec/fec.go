// Package fec reads the French fichier des écritures comptables, the file of accounting entries that every bookkeeping
// program must be able to write (article A47 A-1 of the Livre des procédures fiscales), and finds in it
// what customers owe: invoices and credit notes from the accounts 411, 413 and 416, what settled them from the
// lettering (lettrage), advances, past behaviour, and the names under which customers pay.
//
// [Read] takes a file apart and decides nothing about the ledger; [Books.Plan] compares it with a book, and
// [Plan.Stage] puts the differences into a draft. A million lines are read once, as a stream; what is kept is what concerns
// customers.
//
// Accounts 418 (invoices to be made out) are left alone, and 419 are advances. The file has no due dates: they are estimated.
//
// Errors are *ledger.Error with code fec_not_recognised, fec_columns_missing, fec_no_customers, fec_too_large or
// fec_unreadable, or the context's own error. Problems are in [Books.Problems], with sentences under
// "fec.problem." + Code.
package fec

import (
	"context"
	"errors"
	"io"

	"quitus/ledger"
	"quitus/ledger/imports/charset"
)

// Limits of what is read.
const (
	MaxFileSize = 2 << 30    // bytes; a file above is refused unread
	MaxLines    = 10_000_000 // lines of the file
	MaxItems    = 2_000_000  // lines on customers' accounts
	maxLine     = 64 << 10   // bytes of one line; a longer one is refused
	maxFields   = 256        // fields of one line
	maxText     = 250        // bytes kept of a text
	maxNames    = 1_000_000  // accounts, auxiliary accounts and journals, each
	maxProblems = 1000       // problems kept; all are counted
	maxAliases  = 20         // per customer
)

// Options say how to read a file. The zero value will do.
type Options struct {
	Today    ledger.Date             // entries of later days are told; none where zero
	Currency ledger.Currency         // in which the books are kept; the euro if empty
	Terms    ledger.Terms            // that the owner states for customers without any; the customer's habit where not given
	Progress func(done, total int64) // bytes read so far; may be nil
}

// Counts say what was found.
type Counts struct {
	Lines         int // entries' lines in the file
	CustomerLines int // of which on customers' accounts
	Refused       int // lines that could not be read
	Realigned     int // lines put right: a separator or a line break within a text
	Lettered      int // customers' lines that bear a lettering
	Groups        int // letterings
	Unbalanced    int // of which do not come to nothing
	Presumed      int // receipts matched without lettering
	CarriedOver   int // opening lines still open
}

// Books is what a file tells about customers.
type Books struct {
	Name        string
	SIREN       string      // from the file's name; empty where it has none
	Closing     ledger.Date // the closing day in the file's name, or zero
	First, Last ledger.Date // days of the first and the last entry
	Encoding    string
	Separator   string
	HeaderLine  int
	Currency    ledger.Currency

	Customers []Customer
	Invoices  []Invoice // credit notes and opening lines too, settled ones too, by date
	Payments  []Payment // by date
	WriteOffs []WriteOff
	Aliases   []Alias
	Gaps      []Gap
	Counts    Counts
	Problems  []Problem // the first of them
	ByCode    map[string]int
	// Lettering says whether the file's lettering can be relied on. Where it is hardly used, receipts are set
	// against the oldest invoices, as article 1342-10 of the Code civil does in default of any statement.
	Lettering bool
	terms     ledger.Terms
}

// Customer is a customer's account, or an auxiliary account.
type Customer struct {
	Ref        string // auxiliary account, or the account where there is none
	Name       string
	Collective bool  // an account for several customers: nobody to write to
	Balance    int64 // of the accounts 411, 413 and 416, minor units; positive where the customer owes
	Advances   int64 // of the accounts 419, positive where the customer paid ahead
	Paid       Habit
}

// Habit is how many days after the invoice's date a customer's payments came.
type Habit struct {
	Days, Worst int // median and longest
	Count       int // of invoices that it rests on
}

// DueFrom says what a due date was estimated from.
type DueFrom uint8

// Sources of due dates: terms, the customer's habit, or 30 days for want of both. A credit note is due when issued.
const (
	DueTerms DueFrom = iota
	DueHabit
	DueAssumed
	DueIssue
)

// Invoice is an invoice, a credit note or an opening line. Amounts are minor units, negative for credit notes.
type Invoice struct {
	Customer    int // index in Customers
	Number      string
	NumberGiven bool // the file has no number that tells it from others: this one is made up
	CreditNote  bool
	Carried     bool // an opening line: what an earlier year left open, to be confirmed
	Doubtful    bool // on an account 416
	Issued, Due ledger.Date
	DueFrom     DueFrom
	Total, Open int64
	Label       string
	Journal     string
	Line        int    // first of the file's lines
	Lettering   string // of that line
	SettledOn   ledger.Date
	// Later is the day of a lettering made after the last entry: what settled the invoice is not in this file.
	Later ledger.Date
}

// PaymentKind says what a payment is.
type PaymentKind uint8

// Kinds of payments.
const (
	Receipt  PaymentKind = iota // money received
	Returned                    // an unpaid cheque or direct debit, or a refund: negative
	Advance                     // received on an account 419
	Applied                     // an advance set against an invoice
	Transfer                    // any other entry: set off against a supplier's account, a correction
	Netting                     // a credit note set against invoices: an amount of nothing
)

// Payment is what settles invoices.
type Payment struct {
	Customer    int
	Kind        PaymentKind
	On          ledger.Date
	Amount      int64 // minor units; negative where it was returned
	Means       ledger.Means
	Label       string
	BankLabel   string
	Line        int
	Lettering   string
	Allocations []Allocation
	Left        int64 // of Amount, not allocated
}

// Allocation is what a payment settles of an invoice; negative for a credit note used, and for what was returned.
type Allocation struct {
	Invoice  int // index in Invoices
	Amount   int64
	Presumed bool // not from the lettering
}

// WriteOff is a part of an invoice that was given up: discount, loss or difference.
type WriteOff struct {
	Invoice int // index in Invoices
	Why     WriteOffKind
	On      ledger.Date
	Amount  int64
	Line    int
	Label   string
}

// WriteOffKind says why an amount was given up.
type WriteOffKind uint8

// Kinds of write-offs: accounts 665, 654 and 658.
const (
	Discount WriteOffKind = iota + 1
	Loss
	Difference
)

// Alias is a normalised bank label, see [ledger.PayerLabel], that always stood for one customer.
type Alias struct {
	Customer int
	Label    string
	Count    int
}

// Gap is what a customer's balance holds beyond the open invoices, credit notes, opening lines and receipts not allocated.
type Gap struct {
	Customer  int
	Balance   int64 // of the accounts
	OpenItems int64 // invoices, credit notes and opening lines less receipts not allocated
	Amount    int64 // Balance less OpenItems
	Causes    []Cause
}

// Cause is a part of a gap.
type Cause struct {
	Line   int
	Amount int64
	Why    string // other_entry, returned, write_off, settled_later
}

// Problem is something to say about a line of the file, or about all of it where Line is 0.
type Problem struct {
	Line   int
	Column string // its title in the standard
	Value  string
	Code   string
	Args   map[string]any
}

// Facts gives what the sentence of the problem's code needs, as pairs of name and value.
func (p Problem) Facts() []any {
	out := []any{"line", p.Line, "column", p.Column, "value", p.Value}
	for k, v := range p.Args {
		out = append(out, k, v)
	}
	return out
}

// Recognise says whether a file's beginning is that of a FEC: at least twelve of the eighteen titles.
func Recognise(ctx context.Context, r io.ReaderAt, size int64) bool {
	head := io.NewSectionReader(r, 0, min(size, 64<<10))
	text, err := charset.Detect(ctx, head, head.Size(), charset.Unknown)
	if err != nil {
		return false
	}
	s := newScanner(text.NewReader(head))
	_, ok := findHeader(s)
	return ok
}

// Read reads a file of that name and size in bytes. It does not keep r.
func Read(ctx context.Context, name string, r io.ReaderAt, size int64, opts Options) (*Books, error) {
	if opts.Currency == "" {
		opts.Currency = ledger.EUR
	}
	b, err := read(ctx, name, r, size, opts)
	if err != nil {
		if known := (*ledger.Error)(nil); errors.As(err, &known) {
			known.Args["file"] = name
		}
		return nil, err
	}
	return b, nil
}

func read(ctx context.Context, name string, r io.ReaderAt, size int64, opts Options) (*Books, error) {
	if size > MaxFileSize {
		return nil, ledger.Errorf("fec_too_large", "what", "size", "limit", MaxFileSize>>20)
	}
	text, err := charset.Detect(ctx, r, size, charset.Unknown)
	if err != nil {
		return nil, unreadable(ctx, err)
	}
	in := &counted{r: io.NewSectionReader(r, 0, size)}
	s := newScanner(text.NewReader(in))
	header, ok := findHeader(s)
	if !ok {
		if s.err != nil {
			return nil, unreadable(ctx, s.err)
		}
		return nil, ledger.Errorf("fec_not_recognised")
	}
	if missing := header.missing(); missing != "" {
		return nil, ledger.Errorf("fec_columns_missing", "columns", missing)
	}
	b := &Books{Name: name, Encoding: text.Encoding.String(), Separator: string(header.sep), HeaderLine: header.line,
		Currency: opts.Currency, ByCode: map[string]int{}, terms: opts.Terms}
	b.SIREN, b.Closing = fromName(name)
	c := newCollector(b, header, opts.Currency.Decimals())
	c.today = opts.Today
	if err := c.lines(ctx, s, func() {
		if opts.Progress != nil {
			opts.Progress(in.n, size)
		}
	}); err != nil {
		return nil, err
	}
	if len(c.items) == 0 {
		return nil, ledger.Errorf("fec_no_customers")
	}
	if err := c.understand(ctx); err != nil {
		return nil, err
	}
	return b, nil
}

// unreadable is the error of a file that cannot be read to its end.
func unreadable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return ledger.Errorf("fec_unreadable", "cause", err)
}

// counted tells how far a file was read.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// fromName reads the SIREN and the closing day from a file's name of the standard form: 123456789FEC20251231.txt.
func fromName(name string) (string, ledger.Date) {
	for i := 0; i+9+3 <= len(name); i++ {
		if !digits(name[i:i+9]) || !equalFold(name[i+9:i+12], "FEC") {
			continue
		}
		rest := name[i+12:]
		if len(rest) < 8 {
			return name[i : i+9], 0
		}
		d, _ := parseDay([]byte(rest[:8]))
		return name[i : i+9], d
	}
	return "", 0
}
