package desk

import (
	"bytes"
	"context"
	"image"
	_ "image/jpeg" // logos
	_ "image/png"
	"os"
	"path/filepath"

	"quitus/ledger"
)

// MaxDocument is the most bytes that a file kept with an invoice may have.
const MaxDocument = 64 << 20

// Attach keeps a file of any kind with an invoice, or with a customer where invoice is 0. Errors:
// file_unreadable, file_too_large, file_empty.
func (d *Desk) Attach(ctx context.Context, path string, customer ledger.CustomerID, invoice ledger.InvoiceID) (ledger.Entry, error) {
	content, err := ReadFile(path, MaxDocument)
	if err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActDocument, d.about(invoice), func(x *ledger.Draft) error {
		x.Put(&ledger.Document{
			Customer: customer, Invoice: invoice, On: d.Today(), Name: filepath.Base(path),
			Size: int64(len(content)), Hash: x.Keep(content),
		})
		return nil
	})
}

// Document gives the bytes of a document that the ledger keeps.
func (d *Desk) Document(h ledger.Hash) ([]byte, error) { return d.store.Document(h) }

// ReadFile reads a file from outside, up to a number of bytes. Errors: file_unreadable, file_is_folder,
// file_empty, file_too_large.
func ReadFile(path string, most int64) ([]byte, error) {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, ledger.Errorf("file_unreadable", "file", name, "cause", err)
	case info.IsDir():
		return nil, ledger.Errorf("file_is_folder", "file", name)
	case info.Size() == 0:
		return nil, ledger.Errorf("file_empty", "file", name)
	case info.Size() > most:
		return nil, ledger.Errorf("file_too_large", "file", name, "most", int(most>>20))
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, ledger.Errorf("file_unreadable", "file", name, "cause", err)
	}
	return content, nil
}

// WriteFile writes a file whole or not at all: to a neighbour first, which then takes its name.
// Folders are created. The error's code is write_failed.
func WriteFile(path string, content []byte) error {
	fail := func(err error) error {
		return ledger.Errorf("write_failed", "file", path, "cause", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fail(err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".quitus-*")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(f.Name()) // fails once renamed, as it should
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fail(err)
	}
	return nil
}

func checkLogo(picture []byte) error {
	if len(picture) > MaxLogo {
		return ledger.Errorf("logo_too_large", "most", MaxLogo>>20)
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		return ledger.Errorf("logo_format", "cause", err)
	}
	if c.Width*c.Height > 40_000_000 {
		return ledger.Errorf("logo_too_large", "most", MaxLogo>>20)
	}
	return nil
}

// TempPath is a place for a file that another program is to open, in a folder of its own. Error: write_failed.
func TempPath(name string) (string, error) {
	dir, err := os.MkdirTemp("", "quitus-")
	if err != nil {
		return "", ledger.Errorf("write_failed", "file", name, "cause", err)
	}
	return filepath.Join(dir, name), nil
}
