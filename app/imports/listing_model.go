package imports

import (
	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/imports/einvoice"
)

// Listing is what the screen shows of a file that has no columns to choose: e-invoices.
type Listing struct {
	Title, Facts string
	Figures      [4]Figure
	Rows         []Listed
	VerbText     string
	Ready        bool // there is something to take in
}

// Listed is one invoice of a listing.
type Listed struct {
	File, Number, Customer, Issued, Due, Total string
	State                                      State
	Why                                        string // what to know of it; the sentence of a refusal
}

// State says what becomes of an invoice of a listing.
type State int

// States of listed invoices.
const (
	Fresh State = iota
	Anew
	Unchanged
	NotTaken
)

// NewListing words a file of e-invoices, or a folder of them.
func NewListing(w *words.Words, p *desk.Preview) *Listing {
	plan := p.EInvoices
	l := &Listing{
		Title: w.T("preview.title", "file", p.Name), Facts: w.N("preview.listing.files", files(plan)),
		VerbText: w.T("preview.see"), Ready: plan.New+plan.Changed > 0,
	}
	switch {
	case plan.New > 0:
		l.VerbText = w.N("preview.import_new", plan.New)
	case plan.Changed > 0:
		l.VerbText = w.N("preview.import_changed", plan.Changed)
	}
	known := w.T("preview.known_same")
	switch {
	case plan.Changed > 0:
		known = w.N("preview.known_changed", plan.Changed)
	case plan.Same == 0:
		known = w.T("preview.known_none")
	}
	newCustomers := w.T("preview.customers_known")
	if n := len(plan.NewCustomers); n > 0 {
		newCustomers = w.N("preview.customers_new", n)
	}
	l.Figures = [4]Figure{
		{Label: w.T("preview.ready"), Value: w.Number(plan.New), Small: sumsOr(w, plan.Totals)},
		{Label: w.T("preview.customers"), Value: w.Number(plan.Customers), Small: newCustomers},
		{Label: w.T("preview.known"), Value: w.Number(plan.Changed + plan.Same), Small: known},
		{Label: w.T("preview.listing.refused"), Value: w.Number(plan.Refused), Small: w.T("preview.to_correct_some"), Alarm: plan.Refused > 0},
	}
	for _, item := range plan.Items {
		l.Rows = append(l.Rows, listed(w, item))
	}
	return l
}

func files(p *einvoice.Plan) int {
	n := 0
	for _, item := range p.Items {
		n += len(item.Files())
	}
	return n
}

func sumsOr(w *words.Words, s ledger.Sums) string {
	if len(s) == 0 {
		return w.T("preview.nothing")
	}
	return w.Sums(s)
}

func listed(w *words.Words, item einvoice.Item) Listed {
	r := Listed{
		File: item.File, Number: item.Number, Customer: item.Buyer.Name, Issued: w.Date(item.Issued), Due: w.Date(item.Due),
		Total: w.Money(item.Total),
	}
	problems := append(append([]einvoice.Problem(nil), item.Problems...), item.Doubts...)
	if len(problems) > 0 {
		r.Why = w.T("einvoice.problem."+problems[0].Code, problems[0].Facts()...)
	}
	switch {
	case item.Refused != nil:
		r.State, r.Why = NotTaken, w.Error(item.Refused)
	case item.Known == 0:
		r.State = Fresh
	case len(item.Changes) > 0:
		r.State = Anew
	default:
		r.State = Unchanged
	}
	return r
}
