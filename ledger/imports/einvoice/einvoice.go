// Package einvoice reads electronic invoices: UN/CEFACT Cross Industry Invoices (CII: Factur-X, ZUGFeRD 1 and
// 2, XRechnung), UBL 2.1 invoices and credit notes, and the PDF files that carry one of them inside.
//
// [Read] gives one [Invoice] per file, or a refusal. [NewPlan] compares invoices with a book, and
// [Plan.Stage] takes them in, each file kept as its invoice's document. The package knows a document by its
// content, decides nothing that the owner has not seen, and reaches for nothing outside the bytes that it is
// given: no schema, no entity, no address in a file is ever followed.
//
// The names of data (BT-1 and so on) are those of the European standard EN 16931-1.
package einvoice

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"

	"quitus/ledger"
	"quitus/ledger/imports/pdffile"
)

// Limits of what is read.
const (
	MaxXML = 32 << 20    // bytes of an XML document
	MaxPDF = pdffile.Max // bytes of a PDF file
)

// Options say how to read. The zero value will do.
type Options struct {
	// Terms understands payment terms in words, where the file states no due date; nil does without.
	Terms func(string) (ledger.Terms, bool)
	// Currency is taken where the file names none; the euro if empty.
	Currency ledger.Currency
}

// Invoice is what a file says. Amounts of a credit note are negative.
type Invoice struct {
	File   string // the name, without folder
	Hash   ledger.Hash
	Size   int64  // bytes
	Format string // "cii", "ubl", "facturx" for a PDF that carries one of them

	Profile    string // "minimum", "basicwl", "basic", "en16931", "extended", "xrechnung", "zugferd1", or what the file says
	Type       string // UNTDID 1001: "380" invoice, "381" credit note, "384" corrected invoice, "386" prepayment invoice
	Number     string // BT-1
	CreditNote bool
	Issued     ledger.Date
	Due        ledger.Date // zero where the file tells none, as the profile MINIMUM never does
	DueFrom    DueFrom
	Terms      ledger.Terms // as far as TermsText is understood
	TermsText  string       // BT-20
	Total      ledger.Money // including taxes: what is to be paid, and what was paid before
	Net, VAT   ledger.Money // zero where the file does not tell
	Prepaid    ledger.Money // Total less Open
	Open       ledger.Money // left to pay at issue, BT-115
	Seller     Party
	Buyer      Party
	Payee      string   // who is to be paid instead of the seller, a factor for instance
	Reference  string   // that the payment is to name, BT-83
	OrderRef   string   // the customer's order number, BT-13
	IBAN       string   // that is to be paid to
	Subject    string   // what was delivered: the names of the first lines
	Preceding  []string // numbers of the invoices that this one corrects or credits, BT-25
	Problems   []Problem

	content []byte // of the file, to be kept as it is
}

// DueFrom says where a due date comes from.
type DueFrom uint8

// Where a due date comes from.
const (
	DueStated  DueFrom = iota // the file states it
	DueTerms                  // the day of issue and the terms that the file states
	DueIssue                  // a credit note without one: its day of issue
	DueAssumed                // the day of issue and 30 days
)

// Party is a seller or a buyer.
type Party struct {
	Name    string // BT-27, BT-44
	Trading string // the name it trades under, if it has another
	Code    string // that the seller knows the buyer by, BT-46
	SIREN   string // nine digits, empty where invalid or not French
	SIRET   string // fourteen digits, likewise
	VAT     string // as VIES writes it, empty where invalid
	Address, Postcode, Town,
	Country string // ISO 3166-1, two capitals
	Email   string // of the person in charge, or of the company
	Phone   string
	Contact string // the person in charge
}

// Problem is a doubt about what a file says; it is taken all the same.
type Problem struct {
	Field string // number, issued, due, total, buyer, seller, iban …
	Value string // as the file has it
	Code  string // its sentence is einvoice.problem.<code>
	Args  map[string]any
}

// Facts gives what the sentence of the problem's code needs, as pairs of name and value.
func (p Problem) Facts() []any {
	out := []any{"value", p.Value}
	for _, k := range sortedKeys(p.Args) {
		out = append(out, k, p.Args[k])
	}
	return out
}

// Likely says whether a file that begins with head may be an e-invoice: a PDF, or an XML document whose root
// is that of an invoice. 4 kB will do.
func Likely(head []byte) bool {
	if isPDF(head) {
		return true
	}
	root, _ := rootName(head)
	return readerOf(root) != nil
}

// isPDF looks for the mark within the first kilobyte, where readers of PDF accept it.
func isPDF(head []byte) bool { return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) }

// Read understands one file, of that name and size in bytes. It does not keep r, but keeps the bytes. Errors
// are *ledger.Error with code empty, too_large, damaged, encrypted, einvoice_not_xml (neither PDF nor XML),
// einvoice_other_xml (fact root), einvoice_none_in_pdf, einvoice_not_an_invoice (fact type),
// einvoice_incomplete (fact field), einvoice_wrong_value (facts field, value) or einvoice_too_slow, or the context's own error. All have
// the fact file.
func Read(ctx context.Context, name string, r io.ReaderAt, size int64, opts Options) (*Invoice, error) {
	if opts.Currency == "" {
		opts.Currency = ledger.EUR
	}
	i, err := read(ctx, r, size, opts)
	if err != nil {
		if known := (*ledger.Error)(nil); errors.As(err, &known) {
			known.Args["file"] = name
		}
		return nil, err
	}
	i.File = name
	return i, nil
}

func read(ctx context.Context, r io.ReaderAt, size int64, opts Options) (*Invoice, error) {
	if size > MaxPDF {
		return nil, ledger.Errorf("too_large", "what", "file", "limit", int64(MaxPDF))
	}
	content := make([]byte, size)
	if n, err := r.ReadAt(content, 0); n < len(content) {
		return nil, ledger.Errorf("damaged", "cause", err)
	}
	if len(bytes.Trim(content, "\x00 \t\r\n\ufeff")) == 0 {
		return nil, ledger.Errorf("empty")
	}
	var i *Invoice
	var err error
	if isPDF(content) {
		i, err = readPDF(ctx, content, opts)
	} else {
		i, err = readXML(ctx, content, opts)
	}
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(content)
	i.Hash, i.Size, i.content = ledger.Hash(hex.EncodeToString(sum[:])), size, content
	return i, nil
}

// readXML understands an XML document by the name of its root.
func readXML(ctx context.Context, content []byte, opts Options) (*Invoice, error) {
	root, err := rootName(content)
	if err != nil {
		return nil, err
	}
	reader := readerOf(root)
	if reader == nil {
		return nil, ledger.Errorf("einvoice_other_xml", "root", clip(root, 60))
	}
	tree, err := parse(ctx, content)
	if err != nil {
		return nil, err
	}
	if len(tree.all("ID|IssueDate|LegalMonetaryTotal|ExchangedDocument|HeaderExchangedDocument")) == 0 {
		return nil, ledger.Errorf("einvoice_other_xml", "root", clip(root, 60)) // other formats call their root Invoice too
	}
	b := builder{opts: opts}
	reader(&b, tree)
	return b.finish()
}

// readerOf gives who understands documents with that root, nil if nobody.
func readerOf(root string) func(*builder, *node) {
	switch root {
	case "CrossIndustryInvoice", "CrossIndustryDocument": // the latter is ZUGFeRD 1
		return (*builder).cii
	case "Invoice", "CreditNote":
		return (*builder).ubl
	}
	return nil
}
