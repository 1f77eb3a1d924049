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

	// Of one e-invoice, or of a folder of them.
	EInvoices *einvoice.Plan
	read      []*einvoice.Invoice

	FEC       *FECPreview
	Customers *CustomersPreview
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

// SheetPreview is one register of a file, as its mapping reads it.
type SheetPreview struct {
	*imports.Sheet
	Mapping     imports.Mapping
	Corrections map[imports.Cell]string // what the owner typed over single cells
	Result      imports.Result
	Plan        *imports.Plan
	book        *ledger.Book // that the plan was made for
}

// Look reads a file, or a folder of e-invoices, and recognises what is in it, unless as says what it is.
// progress may be nil; it tells how far it is of what there is to do. Errors are those of the readers, and
// file_unreadable.
func (d *Desk) Look(ctx context.Context, path string, as Kind, progress func(done, total int64)) (*Preview, error) {
	name := filepath.Base(path)
	f, err := os.Open(path)
	if err != nil {
		return nil, ledger.Errorf("file_unreadable", "file", name, "cause", err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, ledger.Errorf("file_unreadable", "file", name, "cause", err)
	case info.IsDir():
		return d.lookFolder(ctx, path, progress)
	}
	return d.recognise(ctx, name, f, info.Size(), as, progress)
}

// recognise is Look for a file that is open already.
func (d *Desk) recognise(ctx context.Context, name string, r io.ReaderAt, size int64, as Kind, progress func(done, total int64)) (*Preview, error) {
	head := make([]byte, min(size, headSize))
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), head); err != nil {
		return nil, ledger.Errorf("file_unreadable", "file", name, "cause", err)
	}
	var p *Preview
	var err error
	switch {
	case as == EInvoices || as == "" && einvoice.Likely(head):
		p, err = d.lookInvoice(ctx, name, r, size)
	case as == FEC || as == "" && fec.Recognise(ctx, r, size):
		p, err = d.lookFEC(ctx, name, r, size, progress)
	case as == Customers:
		p, err = d.lookCustomers(ctx, name, r, size, progress)
	default:
		p, err = d.lookRegister(ctx, name, r, size, progress)
		if c := ledger.CodeOf(err); as == "" && (c == "not_a_register" || c == "no_header") {
			if list, other := d.lookCustomers(ctx, name, r, size, progress); other == nil {
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

// lookRegister reads a register, which is half of the work, and then what its lines say.
func (d *Desk) lookRegister(ctx context.Context, name string, r io.ReaderAt, size int64, progress func(done, total int64)) (*Preview, error) {
	file, err := imports.Read(ctx, name, r, size, imports.Options{Today: d.Today(), Progress: part(progress, 0, 2)})
	if err != nil {
		return nil, err
	}
	p := &Preview{Kind: Register, File: file}
	for i, s := range file.Sheets {
		sp := &SheetPreview{Sheet: s, Mapping: s.Mapping}
		if err := d.plan(ctx, sp, part(progress, len(file.Sheets)+i, 2*len(file.Sheets))); err != nil {
			return nil, err
		}
		p.Sheets = append(p.Sheets, sp)
	}
	return p, nil
}

// part tells the progress of the n-th of several parts of equal length, from 0, as that of the whole.
func part(progress func(done, total int64), n, parts int) func(done, total int64) {
	if progress == nil {
		return nil
	}
	return func(done, total int64) { progress(int64(n)*total+done, int64(parts)*total) }
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
	list, err := people.Read(ctx, src, people.Options{Country: d.store.Book().Company().Country})
	if err != nil {
		return nil, named(err, name)
	}
	c := &CustomersPreview{List: list, Result: list.Drafts(list.Mapping, nil), format: format}
	c.Plan = people.NewPlan(d.store.Book(), c.Result.Customers)
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

// Replan reads a sheet's lines anew under its mapping and corrections, and compares them with the
// ledger as it is now.
func (d *Desk) Replan(s *SheetPreview) {
	_ = d.plan(context.Background(), s, nil) // it fails only at the context's end
}

// plan is Replan until the context's end.
func (d *Desk) plan(ctx context.Context, s *SheetPreview, progress func(done, total int64)) (err error) {
	if s.Result, err = s.Sheet.DraftsContext(ctx, s.Mapping, s.Corrections, progress); err != nil {
		return err
	}
	s.book = d.store.Book()
	s.Plan = imports.NewPlan(s.book, s.Result.Invoices)
	s.Result.Rejected = append(s.Result.Rejected, s.Plan.Refused...)
	return nil
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
	case Customers:
		p.Customers.replan(x.Book())
		if p.Customers.Plan.New+p.Customers.Plan.Changed > 0 {
			p.Customers.Plan.Stage(x, record, d.Today())
		}
		return
	}
	for _, s := range p.Sheets {
		if s.book != x.Book() || len(p.Sheets) > 1 {
			// The ledger moved on since the preview, or an earlier sheet of this file adds to it.
			s.Plan = imports.NewPlan(x.Next(), s.Result.Invoices)
		}
		if s.Plan.New+s.Plan.Changed == 0 {
			continue
		}
		s.Plan.Stage(x, &ledger.Import{
			File: p.File.Name, Hash: p.Hash, Sheet: s.Name, Format: p.File.Format, HeaderLine: s.HeaderLine,
			Rejected: len(s.Result.Rejected),
		}, d.Today())
	}
}
