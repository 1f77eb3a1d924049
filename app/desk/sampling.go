package desk

import (
	"bytes"
	"context"

	"quitus/assets/sample"
	"quitus/assets/words"
	"quitus/ledger"
)

// Fill writes records of the sample company or of a test.
func (d *Desk) Fill(ctx context.Context, fn func(*ledger.Draft) error) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActSample, nil, fn)
}

// FillSample fills the ledger with the sample company, its dates shifted to today: its workbook is
// imported as any other, then comes what a register does not carry, then the letters written so far.
// The error's code is sample_ledger_used where the ledger holds something already.
func (d *Desk) FillSample(ctx context.Context, progress func(done, total int64)) (ledger.Entry, error) {
	if b := d.store.Book(); b.Customers.Len() > 0 || b.Invoices.Len() > 0 {
		return ledger.Entry{}, ledger.Errorf("sample_ledger_used")
	}
	book, err := SampleWorkbook(d.Today(), words.New(words.FR))
	if err != nil {
		return ledger.Entry{}, err
	}
	p, err := d.recognise(ctx, "suivi-factures.xlsx", bytes.NewReader(book), int64(len(book)), Hints{Kind: Register}, progress)
	if err != nil {
		return ledger.Entry{}, err
	}
	return d.Fill(ctx, func(x *ledger.Draft) error {
		d.stage(x, p)
		if err := FillSample(x, d.Today()); err != nil {
			return err
		}
		return sampleLetters(x, d.Today())
	})
}

// ReadSampleBank takes in the sample company's statement and records what is sure of it, as an owner does each morning.
func (d *Desk) ReadSampleBank(ctx context.Context) error {
	statement, err := SampleStatement(d.Today())
	if err != nil {
		return err
	}
	p, err := d.recognise(ctx, "releve.txt", bytes.NewReader(statement), int64(len(statement)), Hints{Kind: Statement}, nil)
	if err != nil {
		return err
	}
	e, err := d.TakeIn(ctx, p)
	if err != nil {
		return err
	}
	_, _, err = d.ReconcileAfter(ctx, e)
	return err
}

// sampleLetters records the letters that the sample company sent on earlier days.
func sampleLetters(x *ledger.Draft, today ledger.Date) error {
	c, book := sample.On(today), x.Next()
	names := map[string]string{}
	for _, k := range c.Customers {
		names[k.Ref] = k.Name
	}
	for _, l := range c.Letters {
		ids := book.CustomersByName(names[l.CustomerRef])
		if len(ids) == 0 {
			return ledger.Errorf("sample_not_imported", "what", l.CustomerRef)
		}
		w := Writer{state: &State{Book: book, On: l.On, Standings: book.Standings(l.On)}}
		made, err := w.Write(LetterRequest{Customer: ids[0], Model: l.Model})
		if err != nil {
			return err
		}
		x.Put(&ledger.Letter{
			Customer: ids[0], Model: l.Model, Reference: made.Reference, On: l.On, Deadline: made.Deadline, Sent: l.Sent,
			Amount: made.Amount, Lines: made.Lines, Size: int64(len(made.PDF)), Hash: x.Keep(made.PDF),
		})
	}
	return nil
}
