package desk

import (
	"context"

	"quitus/ledger"
	"quitus/letters"
)

// LetterRequest says which letter to write. Zero fields mean what [letters.Request] takes for them.
type LetterRequest struct {
	Customer ledger.CustomerID
	Model    string
	Deadline ledger.Date
	Invoices []ledger.InvoiceID
	Currency ledger.Currency
	Facts    letters.Facts
}

// LetterCurrencies gives the currencies in which a customer may be written to with a model: those of what is late, or
// of what is open for a model that is about more; one that is empty where the letter itself finds its currency.
func (s *State) LetterCurrencies(c ledger.CustomerID, model string) []ledger.Currency {
	sums := s.Summaries()[c].Overdue
	switch {
	case model == letters.PreDue || model == letters.StatementOfAccount:
		sums = s.Summaries()[c].Owed
	case letters.Level(model) == 0 && model != letters.VisitNotice:
		sums = nil
	}
	var out []ledger.Currency
	for _, m := range sums.List() {
		out = append(out, m.Currency)
	}
	if len(out) == 0 {
		out = append(out, "") // the writer says what is missing
	}
	return out
}

// Written is a letter made, with its pages; it is not recorded yet.
type Written struct {
	*letters.Letter
	Warnings []letters.Warning
	PDF      []byte
}

// Writer writes letters about one moment of the ledger; it saves working out for each what is the same
// for all.
type Writer struct {
	desk           *Desk
	state          *State
	logo, signedBy *letters.Logo
	copies         map[ledger.InvoiceID][]*ledger.Document // found when first asked for
}

// Writer begins to write letters. A logo or a picture of the signature that the ledger no longer holds, or that cannot be
// read, is left out.
func (d *Desk) Writer() *Writer {
	s := d.State()
	return &Writer{desk: d, state: s, logo: d.logo(s.Book), signedBy: d.picture(s.Book.Company().SignedBy)}
}

// logo gives the company's logo, or nil.
func (d *Desk) logo(b *ledger.Book) *letters.Logo { return d.picture(b.Company().Logo) }

// picture gives a picture that the ledger keeps, or nil.
func (d *Desk) picture(h ledger.Hash) *letters.Logo {
	if h == "" {
		return nil
	}
	picture, err := d.store.Document(h)
	if err != nil {
		return nil
	}
	l, _ := letters.NewLogo(picture)
	return l
}

// request is what the composer of letters and e-mails is given. A plan is the customer's own where none is given.
func (w *Writer) request(r LetterRequest) letters.Request {
	if r.Facts.Plan == nil {
		w.takePlan(&r)
	}
	if r.Facts.Insolvency == nil && r.Model == letters.InsolvencyClaim {
		r.Facts.Insolvency = insolvencyOf(w.state.Book.Customer(r.Customer))
	}
	return letters.Request{
		Book: w.state.Book, Standings: w.state.Standings, Customer: r.Customer, Model: r.Model, On: w.state.On,
		Deadline: r.Deadline, Invoices: r.Invoices, Currency: r.Currency, Logo: w.logo, SignedBy: w.signedBy, Rates: w.state.Rates(), Facts: r.Facts,
	}
}

// insolvencyOf gives what a declaration of a claim tells of the proceedings; nil where none were opened.
func insolvencyOf(c *ledger.Customer) *letters.Insolvency {
	if c == nil || c.Insolvent == 0 {
		return nil
	}
	o := c.Officer
	return &letters.Insolvency{
		Proceedings: letters.Proceedings(o.Proceedings), Opened: c.Insolvent, Published: c.Published, Court: o.Court,
		Trustee: o.Name, Address: o.Address, Postcode: o.Postcode, Town: o.Town,
	}
}

// Write makes one letter. Behind one that asks for payment come the copies of its invoices that the ledger keeps; one that cannot
// be printed is a warning. Errors are those of [letters.Compose].
func (w *Writer) Write(r LetterRequest) (*Written, error) {
	l, warnings, err := letters.Compose(w.request(r))
	if err != nil {
		return nil, err
	}
	if letters.Level(l.Model) > 0 || l.Model == letters.InsolvencyClaim {
		more, err := l.Enclose(context.Background(), w.files(l))
		if err != nil {
			return nil, err
		}
		warnings = append(warnings, more...)
	}
	pdf, err := l.PDF()
	if err != nil {
		return nil, err
	}
	return &Written{l, warnings, pdf}, nil
}

// KeepLetters records letters with their pages as sent today, as one batch. A letter that is recorded already, byte for byte, is not
// recorded twice, but marked as sent.
func (d *Desk) KeepLetters(ctx context.Context, list []*Written) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActLettersSent, nil, func(x *ledger.Draft) error {
		for _, w := range list {
			if err := ctx.Err(); err != nil {
				return err
			}
			d.keepLetter(x, w)
		}
		return nil
	})
}

// keepLetter stages a letter as sent today and gives its number.
func (d *Desk) keepLetter(x *ledger.Draft, w *Written) ledger.LetterID {
	r := &ledger.Letter{
		Customer: w.Customer, Model: w.Model, Reference: w.Reference, On: w.Date, Deadline: w.Deadline,
		Amount: w.Amount, Lines: w.Lines, Size: int64(len(w.PDF)), Hash: x.Keep(w.PDF),
	}
	for _, known := range x.Book().LettersOf(w.Customer) {
		if known.Hash != r.Hash {
			continue
		}
		if known.Sent != 0 {
			return known.ID
		}
		r = ledger.Clone(known)
	}
	r.Sent = d.Today()
	x.Put(r)
	return r.ID
}

// MarkSent notes that letters recorded before left today.
func (d *Desk) MarkSent(ctx context.Context, ids []ledger.LetterID) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActLettersSent, nil, func(x *ledger.Draft) error {
		for _, id := range ids {
			l, ok := x.Record(ledger.KindLetter, uint32(id)).(*ledger.Letter)
			if !ok {
				return ledger.Errorf("letter_unknown")
			}
			l = ledger.Clone(l)
			l.Sent = d.Today()
			x.Put(l)
		}
		return nil
	})
}
