package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"

	"quitus/ledger"
	"quitus/ledger/bank"
	"quitus/ledger/imports"
	"quitus/ledger/imports/einvoice"
	"quitus/ledger/imports/fec"
	"quitus/ledger/imports/people"
)

// Kind is what a file holds, as the command line names it.
type Kind string

// Kinds of files that are read.
const (
	Register  Kind = "invoices"
	EInvoices Kind = "einvoice"
	FEC       Kind = "fec"
	Customers Kind = "customers"
	Statement Kind = "statement"
)

// Preview is a file that was read and recognised, and what taking it in would do. Nothing of it is in
// the ledger yet.
type Preview struct {
	Kind Kind
	Name string // the file's, without folder
	Hash ledger.Hash

	// Of a register.
	File   *imports.File
	Sheets []*SheetPreview
	Gone   []ledger.InvoiceID        // open invoices that the register listed before, and lists no more
	Paid   map[ledger.InvoiceID]bool // those of them which the owner holds to be paid

	// Of one e-invoice, or of a folder of them.
	EInvoices *einvoice.Plan
	read      []*einvoice.Invoice

	FEC       *FECPreview
	Customers *CustomersPreview
	Statement *StatementPreview
}

// FECPreview is a file of accounting entries, and what the owner decided about it.
type FECPreview struct {
	Books   *fec.Books
	Choices fec.Choices
	Plan    *fec.Plan
}

// CustomersPreview is a list of customers, as its mapping reads it.
type CustomersPreview struct {
	List   *people.List
	Result people.Result
	Plan   *people.Plan
	format string
}

// Hints are what the owner knows better than what a file's content tells. The zero value leaves all to the content.
type Hints struct {
	Kind    Kind
	Mapping string // the name of a saved mapping, for registers
	Sheet   string // the sheet of the register
	Header  int    // the line of its titles, or [imports.NoTitles]; 0 where they are to be found
}

// Look reads a file, or a folder of e-invoices, and recognises what is in it. progress may be nil; it tells how
// far it is of what there is to do. Errors are those of the readers, file_unreadable, mapping_unknown and mapping_differs.
func (d *Desk) Look(ctx context.Context, path string, hints Hints, progress func(done, total int64)) (*Preview, error) {
	name := filepath.Base(path)
	f, size, err := openFile(path)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return d.lookFolder(ctx, path, progress)
	}
	defer f.Close()
	return d.recognise(ctx, name, f, size, hints, progress)
}

// openFile opens a file; of a folder it gives nothing.
func openFile(path string) (*os.File, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, ledger.Errorf("file_unreadable", "file", filepath.Base(path), "cause", err)
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		f.Close()
	}
	switch {
	case err != nil:
		return nil, 0, ledger.Errorf("file_unreadable", "file", filepath.Base(path), "cause", err)
	case info.IsDir():
		return nil, 0, nil
	}
	return f, info.Size(), nil
}

// recognise is Look for a file that is open already.
func (d *Desk) recognise(ctx context.Context, name string, r io.ReaderAt, size int64, hints Hints, progress func(done, total int64)) (*Preview, error) {
	head := make([]byte, min(size, headSize))
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), head); err != nil {
		return nil, ledger.Errorf("file_unreadable", "file", name, "cause", err)
	}
	var p *Preview
	var err error
	switch as := hints.Kind; {
	case as == EInvoices || as == "" && einvoice.Likely(head):
		p, err = d.lookInvoice(ctx, name, r, size)
	case as == FEC || as == "" && fec.Recognise(ctx, r, size):
		p, err = d.lookFEC(ctx, name, r, size, progress)
	case as == Statement || as == "" && bank.Likely(head):
		p, err = d.lookStatement(ctx, name, r, size, progress)
	case as == Customers:
		p, err = d.lookCustomers(ctx, name, r, size, progress)
	default:
		p, err = d.lookRegister(ctx, name, r, size, hints, progress)
		if c := ledger.CodeOf(err); as == "" && hints.Header == 0 && (c == "not_a_register" || c == "no_header") {
			if statement, other := d.lookStatement(ctx, name, r, size, progress); other == nil {
				p, err = statement, nil // a workbook does not tell by its beginning
			} else if list, other := d.lookCustomers(ctx, name, r, size, progress); other == nil {
				p, err = list, nil
			}
		}
	}
	if err != nil {
		return nil, err
	}
	p.Name = name
	if p.Hash, err = hashOf(r, size); err != nil {
		return nil, ledger.Errorf("file_unreadable", "file", name, "cause", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return p, nil
}

func (d *Desk) lookFEC(ctx context.Context, name string, r io.ReaderAt, size int64, progress func(done, total int64)) (*Preview, error) {
	books, err := fec.Read(ctx, name, r, size, fec.Options{Today: d.Today(), Progress: progress})
	if err != nil {
		return nil, err
	}
	f := &FECPreview{Books: books}
	f.Plan = books.Plan(d.store.Book(), f.Choices)
	return &Preview{Kind: FEC, FEC: f}, nil
}

// ReplanFEC compares a file of accounting entries with the ledger as it is now, with the owner's choices.
func (d *Desk) ReplanFEC(f *FECPreview, choices fec.Choices) {
	f.Choices = choices
	f.Plan = f.Books.Plan(d.store.Book(), choices)
}

func (d *Desk) lookCustomers(ctx context.Context, name string, r io.ReaderAt, size int64, progress func(done, total int64)) (*Preview, error) {
	src, format, err := imports.OpenTables(ctx, r, size, imports.Options{Today: d.Today(), Progress: progress})
	if err != nil {
		return nil, named(err, name)
	}
	b := d.store.Book()
	options := people.Options{Country: b.Company().Country}
	for _, x := range scenariosOf(b) {
		options.Scenarios = append(options.Scenarios, x.Name)
	}
	list, err := people.Read(ctx, src, options)
	if err != nil {
		return nil, named(err, name)
	}
	c := &CustomersPreview{List: list, Result: list.Drafts(list.Mapping, nil), format: format}
	c.Plan = people.NewPlan(b, c.Result.Customers)
	return &Preview{Kind: Customers, Customers: c}, nil
}

// replan compares the list with a book as it is now, and keeps what the owner decided.
func (c *CustomersPreview) replan(b *ledger.Book) {
	was := c.Plan
	c.Plan = people.NewPlan(b, c.Result.Customers)
	for i, item := range was.Items {
		if now := c.Plan.Items[i]; item.Decision != now.Decision && item.Decision != people.Update && now.Decision != people.Update {
			c.Plan.Decide(i, item.Decision, item.Customer)
		}
	}
}

// Format is the format that a list of customers was read in.
func (c *CustomersPreview) Format() string { return c.format }

// named adds the file's name to an error that knows only its content.
func named(err error, name string) error {
	if known := (*ledger.Error)(nil); errors.As(err, &known) {
		known.Args["file"] = name
	}
	return err
}

// headSize is how many bytes tell what a file is.
const headSize = 4096

func hashOf(r io.ReaderAt, size int64) (ledger.Hash, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(r, 0, size)); err != nil {
		return "", err
	}
	return ledger.Hash(hex.EncodeToString(h.Sum(nil))), nil
}

// TakeIn writes what a preview shows as one batch, one change of the ledger for all its sheets. A file
// that changes nothing writes nothing: the entry is then empty.
func (d *Desk) TakeIn(ctx context.Context, p *Preview) (ledger.Entry, error) {
	facts := map[string]string{"file": p.Name}
	return d.change(ctx, ledger.ActImport, facts, func(x *ledger.Draft) error {
		d.stage(x, p)
		return nil
	})
}

// stage puts what a preview shows into a draft.
func (d *Desk) stage(x *ledger.Draft, p *Preview) {
	record := &ledger.Import{File: p.Name, Hash: p.Hash, Format: string(p.Kind)}
	switch p.Kind { // the ledger may have moved on since the preview: all are compared anew
	case EInvoices:
		p.EInvoices = einvoice.NewPlan(x.Book(), p.read)
		if p.EInvoices.New+p.EInvoices.Changed > 0 {
			p.EInvoices.Stage(x, d.Today())
		}
		return
	case FEC:
		if p.FEC.Plan = p.FEC.Books.Plan(x.Book(), p.FEC.Choices); !p.FEC.Plan.Empty() {
			p.FEC.Plan.Stage(x, record, d.Today())
		}
		return
	case Statement:
		if p.Statement.Plan = bank.NewPlan(x.Book(), p.Statement.File); p.Statement.Plan.New > 0 {
			record.Format = p.Statement.File.Format
			p.Statement.Plan.Stage(x, record, d.Today())
		}
		return
	case Customers:
		p.Customers.replan(x.Book())
		if p.Customers.Plan.New+p.Customers.Plan.Changed > 0 {
			p.Customers.Plan.Stage(x, record, d.Today())
		}
		return
	}
	d.stageRegister(x, p)
}
