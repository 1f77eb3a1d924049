package desk

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports"
)

// SheetPreview is one register of a file, as its mapping reads it.
type SheetPreview struct {
	*imports.Sheet
	Mapping     imports.Mapping
	Saved       *ledger.Mapping         // the saved mapping that was taken, nil if the content decided
	SaveAs      string                  // the name under which the owner wants the mapping to be saved
	Corrections map[imports.Cell]string // what the owner typed over single cells
	Decided     imports.Decisions       // of single lines
	Result      imports.Result
	Plan        *imports.Plan
	begun       imports.Mapping // as it was proposed
	pointed     bool            // the owner said where the titles are
	book        *ledger.Book    // that the plan was made for
}

func (d *Desk) lookRegister(ctx context.Context, name string, r io.ReaderAt, size int64, hints Hints, progress func(done, total int64)) (*Preview, error) {
	saved := slices.Collect(d.store.Book().Mappings.All())
	named := mappingNamed(saved, hints.Mapping)
	if hints.Mapping != "" && named == nil {
		return nil, ledger.Errorf("mapping_unknown", "mapping", hints.Mapping)
	}
	if named != nil && imports.Untitled(named) && hints.Header == 0 {
		hints.Header = imports.NoTitles
	}
	file, err := imports.Read(ctx, name, r, size, imports.Options{
		Today: d.Today(), Progress: part(progress, 0, 2), Saved: saved, Sheet: hints.Sheet, Header: hints.Header,
	})
	if err != nil {
		return nil, err
	}
	p := &Preview{Kind: Register, File: file, Paid: map[ledger.InvoiceID]bool{}}
	for i, s := range file.Sheets {
		sp := &SheetPreview{Sheet: s, Mapping: s.Mapping, Saved: s.Recall(saved), pointed: hints.Header != 0}
		if named != nil {
			sp.Saved = named
		}
		if sp.Saved != nil {
			mapping, missing := s.Apply(sp.Saved)
			if len(missing) > 0 {
				return nil, ledger.Errorf("mapping_differs", "mapping", sp.Saved.Name, "file", name, "titles", strings.Join(missing, ", "))
			}
			sp.Mapping = mapping
		}
		sp.begun = sp.Mapping
		if err := d.replan(ctx, sp, part(progress, len(file.Sheets)+i, 2*len(file.Sheets))); err != nil {
			return nil, err
		}
		p.Sheets = append(p.Sheets, sp)
	}
	d.Compare(p)
	return p, nil
}

// Peek shows the beginning of each table of a file, for the owner to say where the titles are.
func (d *Desk) Peek(ctx context.Context, path string) ([]imports.Glimpse, error) {
	f, size, err := openFile(path)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return nil, ledger.Errorf("empty", "file", filepath.Base(path))
	}
	defer f.Close()
	g, err := imports.Peek(ctx, f, size, imports.Options{Today: d.Today()})
	return g, named(err, filepath.Base(path))
}

// Replan reads a sheet's lines anew under its mapping, corrections and decisions, and compares them with the ledger
// as it is now.
func (d *Desk) Replan(s *SheetPreview) {
	_ = d.replan(context.Background(), s, nil) // it fails only at the context's end
}

// replan is Replan until the context's end.
func (d *Desk) replan(ctx context.Context, s *SheetPreview, progress func(done, total int64)) (err error) {
	s.book = d.store.Book()
	if s.Result, err = s.Sheet.DraftsContext(ctx, s.Mapping, s.Corrections, imports.TermsIn(s.book), progress); err != nil {
		return err
	}
	d.plan(s, s.book)
	s.Result.Rejected = append(s.Result.Rejected, s.Plan.Refused...)
	s.Result.Warnings = append(s.Result.Warnings, s.Plan.Doubts...)
	return nil
}

// part tells the progress of the n-th of several parts of equal length, from 0, as that of the whole.
func part(progress func(done, total int64), n, parts int) func(done, total int64) {
	if progress == nil {
		return nil
	}
	return func(done, total int64) { progress(int64(n)*total+done, int64(parts)*total) }
}

func (d *Desk) plan(s *SheetPreview, b *ledger.Book) {
	s.Plan = imports.NewPlan(b, s.Result.Invoices, d.Today(), s.Decided)
}

// Chosen says whether the owner changed the mapping, or pointed to its titles.
func (s *SheetPreview) Chosen() bool { return s.pointed || !slices.Equal(s.Mapping, s.begun) }

// Compare finds which invoices the register lists no more. The owner's word about them stays.
func (d *Desk) Compare(p *Preview) {
	sheets := make([]imports.Understood, len(p.Sheets))
	for i, s := range p.Sheets {
		sheets[i] = imports.Understood{Sheet: s.Sheet, Mapping: s.Mapping, Result: &s.Result, Plan: s.Plan}
	}
	p.Gone = imports.Gone(d.store.Book(), sheets)
}

// Changes says whether taking the register in would write anything.
func (p *Preview) Changes() bool {
	for _, s := range p.Sheets {
		if s.Plan.New+s.Plan.Changed > 0 || s.SaveAs != "" {
			return true
		}
	}
	return len(p.heldPaid()) > 0
}

// heldPaid lists the invoices that are gone and held to be paid.
func (p *Preview) heldPaid() []ledger.InvoiceID {
	return slices.DeleteFunc(slices.Clone(p.Gone), func(id ledger.InvoiceID) bool { return !p.Paid[id] })
}

// stageRegister puts a register into a draft: its sheets, what is gone from it, and how it was read.
func (d *Desk) stageRegister(x *ledger.Draft, p *Preview) {
	paid := p.heldPaid()
	for n, s := range p.Sheets {
		if s.book != x.Book() || len(p.Sheets) > 1 {
			// The ledger moved on since the preview, or an earlier sheet of this file adds to it.
			d.plan(s, x.Next())
		}
		s.remember(x, p.Name)
		if s.Plan.New+s.Plan.Changed == 0 && (n > 0 || len(paid) == 0) {
			continue
		}
		record := &ledger.Import{
			File: p.File.Name, Hash: p.Hash, Sheet: s.Name, Format: p.File.Format, HeaderLine: s.HeaderLine,
			Shape: s.Shape(), Rejected: len(s.Result.Rejected),
		}
		s.Plan.Stage(x, record, d.Today())
		if n == 0 {
			imports.StagePaid(x, paid, record.ID, d.Today())
		}
	}
}
