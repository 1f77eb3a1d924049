package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"

	"quitus/ledger"
	"quitus/ledger/imports"
	"quitus/ledger/imports/einvoice"
)

// Kind is what a file holds, as the command line names it.
type Kind string

// Kinds of files that are read.
const (
	Register  Kind = "invoices"
	EInvoices Kind = "einvoice"
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

// Look reads a file, or a folder of e-invoices, and recognises what is in it. progress may be nil; it is
// called with bytes, or with files. Errors are those of [imports.Read] and [einvoice.Read], and
// file_unreadable.
func (d *Desk) Look(ctx context.Context, path string, progress func(done, total int64)) (*Preview, error) {
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
	return d.recognise(ctx, name, f, info.Size(), progress)
}

// recognise is Look for a file that is open already.
func (d *Desk) recognise(ctx context.Context, name string, r io.ReaderAt, size int64, progress func(done, total int64)) (*Preview, error) {
	head := make([]byte, min(size, headSize))
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), head); err != nil {
		return nil, ledger.Errorf("file_unreadable", "file", name, "cause", err)
	}
	if einvoice.Likely(head) {
		return d.lookInvoice(ctx, name, r, size)
	}
	file, err := imports.Read(ctx, name, r, size, imports.Options{Today: d.Today(), Progress: progress})
	if err != nil {
		return nil, err
	}
	hash, err := hashOf(r, size)
	if err != nil {
		return nil, ledger.Errorf("file_unreadable", "file", name, "cause", err)
	}
	p := &Preview{Kind: Register, Name: name, File: file, Hash: hash}
	for _, s := range file.Sheets {
		sp := &SheetPreview{Sheet: s, Mapping: s.Mapping}
		d.Replan(sp)
		p.Sheets = append(p.Sheets, sp)
	}
	return p, nil
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
	s.Result = s.Sheet.Drafts(s.Mapping, s.Corrections)
	s.book = d.store.Book()
	s.Plan = imports.NewPlan(s.book, s.Result.Invoices)
	s.Result.Rejected = append(s.Result.Rejected, s.Plan.Refused...)
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
	if p.Kind == EInvoices {
		p.EInvoices = einvoice.NewPlan(x.Book(), p.read) // the ledger may have moved on since the preview
		p.EInvoices.Stage(x, d.Today())
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
