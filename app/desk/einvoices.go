package desk

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"quitus/ledger"
	"quitus/ledger/imports"
	"quitus/ledger/imports/einvoice"
)

// mostInFolder is how many files of a folder are looked at.
const mostInFolder = 5000

func readOptions() einvoice.Options { return einvoice.Options{Terms: imports.ParseTerms} }

// lookInvoice recognises one e-invoice.
func (d *Desk) lookInvoice(ctx context.Context, name string, r io.ReaderAt, size int64) (*Preview, error) {
	invoice, err := einvoice.Read(ctx, name, r, size, readOptions())
	if err != nil {
		return nil, err
	}
	return d.invoicesPreview(name, []*einvoice.Invoice{invoice}), nil
}

// lookFolder recognises the e-invoices of a folder, without those below it. A file that is none is left
// alone; one that cannot be read refuses the folder, so that nothing is missed unseen. Error:
// folder_without_invoices.
func (d *Desk) lookFolder(ctx context.Context, path string, progress func(done, total int64)) (*Preview, error) {
	name := filepath.Base(path)
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, ledger.Errorf("file_unreadable", "file", name, "cause", err)
	}
	var found []*einvoice.Invoice
	for n, e := range entries[:min(len(entries), mostInFolder)] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if progress != nil {
			progress(int64(n), int64(len(entries)))
		}
		if !e.Type().IsRegular() {
			continue
		}
		invoice, err := readInFolder(ctx, filepath.Join(path, e.Name()))
		if err != nil {
			return nil, err
		}
		if invoice != nil {
			found = append(found, invoice)
		}
	}
	if len(found) == 0 {
		return nil, ledger.Errorf("folder_without_invoices", "file", name)
	}
	return d.invoicesPreview(name, found), nil
}

// readInFolder reads one file of a folder; nil where it is no e-invoice.
func readInFolder(ctx context.Context, path string) (*einvoice.Invoice, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, ledger.Errorf("file_unreadable", "file", filepath.Base(path), "cause", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, ledger.Errorf("file_unreadable", "file", filepath.Base(path), "cause", err)
	}
	head := make([]byte, min(info.Size(), headSize))
	if _, err := io.ReadFull(f, head); err != nil || !einvoice.Likely(head) {
		return nil, nil
	}
	invoice, err := einvoice.Read(ctx, filepath.Base(path), f, info.Size(), readOptions())
	if code := ledger.CodeOf(err); code == "einvoice_none_in_pdf" || code == "einvoice_other_xml" {
		return nil, nil // a PDF of something else lies beside them
	}
	return invoice, err
}

func (d *Desk) invoicesPreview(name string, found []*einvoice.Invoice) *Preview {
	p := &Preview{Kind: EInvoices, Name: name, read: found}
	p.EInvoices = einvoice.NewPlan(d.store.Book(), found)
	return p
}
