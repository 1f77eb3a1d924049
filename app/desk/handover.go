package desk

import (
	"context"
	"path/filepath"

	"quitus/assets/rates"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/letters/handover"
)

// HandoverRequest says which case to hand over, to whom, and what goes in.
type HandoverRequest struct {
	Customer  ledger.CustomerID
	To        string // may be empty
	Calls     []ledger.CallID
	Documents []ledger.DocumentID
	Lang      words.Lang
}

// Handover gives what a file will hold and what it lacks; nothing is recorded. Errors are those of [handover.Gather].
func (d *Desk) Handover(r HandoverRequest) (*handover.Case, error) {
	s := d.State()
	w := d.Writer()
	entries, err := d.store.Entries(0)
	if err != nil {
		return nil, err
	}
	q := handover.Request{
		Book: s.Book, Standings: s.Standings, Customer: r.Customer, Lang: r.Lang, To: r.To, Calls: r.Calls, Documents: r.Documents,
		Rates: rates.BuiltIn(), Logo: w.logo, Recorded: recordedBy(entries),
	}
	if len(entries) > 0 {
		q.Head = entries[0]
	}
	return handover.Gather(q)
}

// recordedBy says on which day each record was first written, by the machine's clock; the entries are the newest first.
func recordedBy(entries []ledger.Entry) func(ledger.Kind, uint32) ledger.Date {
	return func(k ledger.Kind, key uint32) ledger.Date {
		for i := len(entries) - 1; i >= 0; i-- {
			if entries[i].Made(k, key) {
				return ledger.DateOf(entries[i].At.UTC())
			}
		}
		return 0
	}
}

// MakeHandover makes the files of a case.
func (d *Desk) MakeHandover(c *handover.Case) (*handover.Bundle, error) {
	return c.Make(d.store.Document)
}

// KeepHandover records that a case was handed over today: the zip is kept with the customer, and follow-up of its invoices
// stops. Taking it back brings follow-up back.
func (d *Desk) KeepHandover(ctx context.Context, b *handover.Bundle) (ledger.Entry, error) {
	c := b.Case
	levels := map[ledger.InvoiceID]int{}
	for _, t := range d.State().TasksOf(c.Customer) {
		if t.Step == followup.StepHandover {
			for _, l := range ActionLines(t) {
				levels[l.Invoice] = l.Level
			}
		}
	}
	return d.change(ctx, ledger.ActHandover, nil, func(x *ledger.Draft) error {
		doc := &ledger.Document{Customer: c.Customer, On: d.Today(), Name: b.Name + ".zip", Size: int64(len(b.Zip)), Hash: x.Keep(b.Zip)}
		x.Put(doc)
		a := &ledger.Action{Customer: c.Customer, On: d.Today(), Step: ledger.StepOfHandover, Channel: ledger.ChannelTask, Document: doc.ID, To: c.To}
		for _, id := range c.Invoices {
			a.Lines = append(a.Lines, ledger.ActionLine{Invoice: id, Level: levels[id]})
		}
		x.Put(a)
		return nil
	})
}

// WriteHandover writes the zip and the bound document into a folder and gives their paths. Error: write_failed.
func WriteHandover(dir string, b *handover.Bundle) (zip, bound string, err error) {
	zip, bound = filepath.Join(dir, b.Name+".zip"), filepath.Join(dir, b.Name+".pdf")
	if err = WriteFile(zip, b.Zip); err == nil {
		err = WriteFile(bound, b.Bound)
	}
	return zip, bound, err
}

// HandedOver gives the customers of whom all that is past due is with somebody else, and since when.
func (s *State) HandedOver() map[ledger.CustomerID]ledger.Date {
	handed, out := s.Book.HandedOver(s.On), map[ledger.CustomerID]ledger.Date{}
	for id, day := range handed {
		if i := s.Book.Invoice(id); i != nil && s.Standings.Of(id).Overdue > 0 {
			out[i.Customer] = max(out[i.Customer], day)
		}
	}
	for c := range out {
		for _, id := range s.Book.InvoicesOf(c) {
			if _, ok := handed[id]; !ok && s.Standings.Of(id).Overdue > 0 {
				delete(out, c)
			}
		}
	}
	return out
}
