package imports

import (
	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/imports/einvoice"
)

// Listing is what the screen shows of a file that has no columns to choose: e-invoices, accounting
// entries, a list of customers.
type Listing struct {
	Title, Facts string
	Figures      [4]Figure
	Columns      []ListColumn
	Rows         []Listed
	VerbText     string
	Ready        bool   // there is something to take in
	Banner       string // what the owner should decide about the whole
	BannerVerb   string
}

// ListColumn is a column of a listing.
type ListColumn struct {
	Title             string
	Width             float32
	Right, Flex, Bold bool
}

// Listed is one line of a listing.
type Listed struct {
	Cells   []string
	State   State
	Word    string // what becomes of it
	Why     string // what to know of it; the sentence of a refusal
	Item    int    // its place in the plan
	Options []Option
}

// Option is something else that may become of a line.
type Option struct {
	Word     string
	Decision int // a people.Decision
	Into     ledger.CustomerID
	Chosen   bool
}

// State says what becomes of a line of a listing.
type State int

// States of listed lines.
const (
	Fresh State = iota
	Anew
	Unchanged
	NotTaken
	ToDecide
)

// NewListing words a preview that is no register's.
func NewListing(w *words.Words, s *desk.State, p *desk.Preview) *Listing {
	l := &Listing{Title: w.T("preview.title", "file", p.Name), VerbText: w.T("preview.see")}
	switch p.Kind {
	case desk.EInvoices:
		l.invoices(w, p.EInvoices)
	case desk.FEC:
		l.entries(w, p.FEC)
	case desk.Customers:
		l.customers(w, s.Book, p.Customers)
	case desk.Statement:
		l.statement(w, p.Statement)
	}
	return l
}

// stateWord names a state.
func stateWord(w *words.Words, s State) string {
	return w.T("preview.listing." + [...]string{"fresh", "anew", "unchanged", "not_taken", "to_decide"}[s])
}

// knownFigure says how many are known already and how many of them change.
func knownFigure(w *words.Words, changed, same int) Figure {
	small := w.T("preview.known_same")
	switch {
	case changed > 0:
		small = w.N("preview.known_changed", changed)
	case same == 0:
		small = w.T("preview.known_none")
	}
	return Figure{Label: w.T("preview.known"), Value: w.Number(changed + same), Small: small}
}

func customersFigure(w *words.Words, all, fresh int) Figure {
	small := w.T("preview.customers_known")
	if fresh > 0 {
		small = w.N("preview.customers_new", fresh)
	}
	return Figure{Label: w.T("preview.customers"), Value: w.Number(all), Small: small}
}

func sumsOr(w *words.Words, s ledger.Sums) string {
	if len(s) == 0 {
		return w.T("preview.nothing")
	}
	return w.Sums(s)
}

// invoices lists e-invoices.
func (l *Listing) invoices(w *words.Words, plan *einvoice.Plan) {
	n := 0
	for _, item := range plan.Items {
		n += len(item.Files())
	}
	l.Facts, l.Ready = w.N("preview.listing.files", n), plan.New+plan.Changed > 0
	switch {
	case plan.New > 0:
		l.VerbText = w.N("preview.import_new", plan.New)
	case plan.Changed > 0:
		l.VerbText = w.N("preview.import_changed", plan.Changed)
	}
	l.Figures = [4]Figure{
		{Label: w.T("preview.ready"), Value: w.Number(plan.New), Small: sumsOr(w, plan.Totals)},
		customersFigure(w, plan.Customers, len(plan.NewCustomers)),
		knownFigure(w, plan.Changed, plan.Same),
		{Label: w.T("preview.listing.refused"), Value: w.Number(plan.Refused), Small: w.T("preview.to_correct_some"), Alarm: plan.Refused > 0},
	}
	l.Columns = []ListColumn{
		{Title: w.T("common.invoice"), Width: 120}, {Title: w.T("common.customer"), Width: 200, Flex: true},
		{Title: w.T("common.date"), Width: 90}, {Title: w.T("common.due_date"), Width: 92},
		{Title: w.T("common.amount"), Width: 104, Right: true, Bold: true}, {Title: w.T("preview.listing.file"), Width: 180},
	}
	for i, item := range plan.Items {
		l.Rows = append(l.Rows, listedInvoice(w, i, item))
	}
}

func listedInvoice(w *words.Words, i int, item einvoice.Item) Listed {
	r := Listed{Item: i, Cells: []string{
		item.Number, item.Buyer.Name, w.Date(item.Issued), w.Date(item.Due), w.Money(item.Total), item.File,
	}}
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
	r.Word = stateWord(w, r.State)
	return r
}
