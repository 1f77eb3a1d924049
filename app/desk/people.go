package desk

import (
	"context"
	"errors"

	"quitus/ledger"
)

// FieldErrors are what is wrong with the fields of a form; each carries the fact "field".
type FieldErrors []*ledger.Error

// Error joins the messages for logs.
func (f FieldErrors) Error() string {
	all := make([]error, len(f))
	for i, e := range f {
		all[i] = e
	}
	return errors.Join(all...).Error()
}

// Unwrap gives the first of them, whose sentence stands for all where only one can be shown.
func (f FieldErrors) Unwrap() error { return f[0] }

func (f FieldErrors) err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// SaveCompany records the owner's own details, their numbers as they are kept. The error is FieldErrors where
// fields are wrong.
func (d *Desk) SaveCompany(ctx context.Context, c ledger.Company) (ledger.Entry, error) {
	c.Tidy()
	if err := FieldErrors(ledger.CheckCompany(c)).err(); err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActCompany, nil, func(x *ledger.Draft) error {
		x.Put(&c)
		return nil
	})
}

// MaxLogo is the most bytes that a logo or a picture of the signature may have.
const MaxLogo = 4 << 20

// SaveLogo keeps a PNG or JPEG picture as the company's logo; no bytes remove it. Error: logo_too_large,
// logo_format.
func (d *Desk) SaveLogo(ctx context.Context, picture []byte) (ledger.Entry, error) {
	return d.savePicture(ctx, picture, func(c *ledger.Company, h ledger.Hash) { c.Logo = h })
}

// SaveSignature keeps a PNG or JPEG picture of the signature under the company's letters; no bytes remove it. Bounds and errors
// are those of [Desk.SaveLogo].
func (d *Desk) SaveSignature(ctx context.Context, picture []byte) (ledger.Entry, error) {
	return d.savePicture(ctx, picture, func(c *ledger.Company, h ledger.Hash) { c.SignedBy = h })
}

func (d *Desk) savePicture(ctx context.Context, picture []byte, set func(*ledger.Company, ledger.Hash)) (ledger.Entry, error) {
	if len(picture) > 0 {
		if err := checkLogo(picture); err != nil {
			return ledger.Entry{}, err
		}
	}
	return d.change(ctx, ledger.ActCompany, nil, func(x *ledger.Draft) error {
		c := x.Book().Company()
		set(&c, "")
		if len(picture) > 0 {
			set(&c, x.Keep(picture))
		}
		x.Put(&c)
		return nil
	})
}

// SaveCustomer records a new customer or a changed one, its numbers as they are kept, and gives its key. A customer
// without a code gets one. The error is FieldErrors where fields are wrong.
func (d *Desk) SaveCustomer(ctx context.Context, c ledger.Customer) (ledger.CustomerID, ledger.Entry, error) {
	c.Tidy()
	e, err := d.change(ctx, ledger.ActCustomer, nil, func(x *ledger.Draft) error {
		if c.Ref == "" {
			c.Ref, c.RefGiven = x.NewRef(), true
		}
		if err := FieldErrors(ledger.CheckCustomer(x, &c)).err(); err != nil {
			return err
		}
		x.Put(&c)
		return nil
	})
	return c.ID, e, err
}

// SaveContact records a new or changed contact.
func (d *Desk) SaveContact(ctx context.Context, c ledger.Contact) (ledger.Entry, error) {
	if err := FieldErrors(ledger.CheckContact(&c)).err(); err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActContact, nil, func(x *ledger.Draft) error {
		x.Put(&c)
		return nil
	})
}

// RemoveContact takes a contact off the customer's page.
func (d *Desk) RemoveContact(ctx context.Context, id ledger.ContactID) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActContact, nil, func(x *ledger.Draft) error {
		x.Delete(ledger.KindContact, uint32(id))
		return nil
	})
}

// SaveNote records a new or changed note about a customer; an empty text takes the note back.
func (d *Desk) SaveNote(ctx context.Context, n ledger.Note) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActNote, nil, func(x *ledger.Draft) error {
		switch {
		case n.Text == "" && n.ID != 0:
			x.Delete(ledger.KindNote, uint32(n.ID))
		case n.Text != "":
			x.Put(&n)
		}
		return nil
	})
}

// SaveInvoice records an invoice or credit note entered or changed by hand, and gives its number. The
// error is FieldErrors where fields are wrong.
func (d *Desk) SaveInvoice(ctx context.Context, i ledger.Invoice) (ledger.InvoiceID, ledger.Entry, error) {
	e, err := d.change(ctx, ledger.ActInvoice, map[string]string{"invoice": i.Number}, func(x *ledger.Draft) error {
		if err := FieldErrors(ledger.CheckInvoice(x, &i)).err(); err != nil {
			return err
		}
		x.Put(&i)
		return nil
	})
	return i.ID, e, err
}
