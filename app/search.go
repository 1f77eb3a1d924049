package app

import (
	"context"

	"quitus/app/desk"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/assets/words"
	"quitus/ledger"
)

// hitsMost is how many customers, and how many invoices, an answer shows.
const hitsMost = 5

// hit is one line of a search's answer.
type hit struct {
	customer      bool
	title, detail string
	amount        string
	place         screen.Place
}

// hits words what a search found.
func hits(w *words.Words, s *desk.State, found []ledger.Found) []hit {
	var out []hit
	for _, f := range found {
		if f.Invoice == nil {
			sum := s.Summaries()[f.Customer.ID]
			h := hit{customer: true, title: f.Customer.Name, detail: f.Customer.Ref, amount: w.Sums(sum.Owed)}
			if f.Customer.Town != "" {
				h.detail += " · " + f.Customer.Town
			}
			h.place = screen.Place{Screen: screen.Customer, Customer: f.Customer.ID}
			out = append(out, h)
			continue
		}
		h := hit{title: f.Invoice.Number, amount: w.Money(f.Invoice.Total)}
		if f.Customer != nil {
			situation := w.Standing(f.Invoice, s.Standings.Of(f.Invoice.ID), s.On)
			h.detail = w.T("app.search.invoice_of", "customer", f.Customer.Name, "situation", situation)
		}
		h.place = screen.Place{Screen: screen.Customer, Customer: f.Invoice.Customer, Invoice: f.Invoice.ID}
		out = append(out, h)
	}
	return out
}

// findHits answers while the owner types. Only the newest question is answered.
func (a *App) findHits(query string, show func([]hit)) {
	d, w := a.desk, a.words
	var out []hit
	a.runner.Go("app.search", func(context.Context, *run.Progress) error {
		s := d.State()
		out = hits(w, s, s.Book.Search(query, s.Standings, hitsMost))
		return nil
	}, func(err error) {
		if err == nil {
			show(out)
		}
	})
}
