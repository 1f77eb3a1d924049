package imports

import (
	"slices"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/imports/fec"
)

// mostEntries is how many invoices of a file of entries are listed.
const mostEntries = 5000

// entries lists what a file of accounting entries says is open, and what is to be checked.
func (l *Listing) entries(w *words.Words, p *desk.FECPreview) {
	b, plan := p.Books, p.Plan
	l.Facts = w.T("preview.fec.facts", "lines", b.Counts.Lines, "first", b.First, "last", b.Last)
	l.Ready = !plan.Empty()
	if l.Ready {
		l.VerbText = w.N("preview.import_new", plan.New)
	}
	l.Figures = [4]Figure{
		{Label: w.T("preview.fec.open"), Value: w.Sums(plan.Open), Small: w.N("preview.fec.invoices", plan.New)},
		customersFigure(w, len(b.Customers), plan.NewCustomers),
		{Label: w.T("preview.fec.payments"), Value: w.Number(plan.NewPayments), Small: w.N("preview.fec.settled", plan.Settled)},
		{Label: w.T("preview.fec.gaps"), Value: w.Number(len(b.Gaps)), Small: w.T("preview.fec.gaps_about"), Alarm: len(b.Gaps) > 0},
	}
	if n := len(plan.Carried); n > 0 && !p.Choices.AllCarried {
		l.Banner, l.BannerVerb = w.N("preview.fec.carried", n), w.T("preview.fec.take_carried")
	}
	if plan.OtherCompany {
		l.Banner, l.BannerVerb = w.T("preview.fec.other_company", "siren", b.SIREN), ""
	}
	l.Columns = []ListColumn{
		{Title: w.T("common.invoice"), Width: 130}, {Title: w.T("common.customer"), Width: 200, Flex: true},
		{Title: w.T("common.date"), Width: 90}, {Title: w.T("common.due_date"), Width: 92},
		{Title: w.T("common.amount"), Width: 104, Right: true}, {Title: w.T("preview.fec.left"), Width: 104, Right: true, Bold: true},
	}
	for i, inv := range b.Invoices {
		if len(l.Rows) == mostEntries {
			break
		}
		if inv.Open != 0 {
			l.Rows = append(l.Rows, listedEntry(w, b, plan, i))
		}
	}
	for _, g := range b.Gaps {
		l.Rows = append(l.Rows, listedGap(w, b, g))
	}
}

func listedEntry(w *words.Words, b *fec.Books, plan *fec.Plan, i int) Listed {
	inv, planned := b.Invoices[i], plan.Invoices[i]
	money := func(v int64) string { return w.Money(ledger.Money{Minor: v, Currency: b.Currency}) }
	r := Listed{Item: i, Cells: []string{
		inv.Number, b.Customers[inv.Customer].Name, w.Date(inv.Issued), w.Date(planned.Due), money(inv.Total), money(inv.Open),
	}}
	switch planned.State {
	case fec.ToCreate:
		r.State = Fresh
	case fec.ToCheck:
		r.State, r.Why = ToDecide, w.T("preview.fec.carried_why")
		r.Options = carriedOptions(w, false)
	default:
		r.State = Unchanged
	}
	if r.State == Fresh && inv.Carried {
		r.Why, r.Options = w.T("preview.fec.carried_taken"), carriedOptions(w, true)
	}
	r.Word = stateWord(w, r.State)
	return r
}

// Decisions about what earlier years left open.
const (
	carriedLeft = iota
	carriedTaken
)

// carryOne takes one opening line, or leaves it aside.
func carryOne(c *fec.Choices, p *desk.FECPreview, item int, take bool) {
	line := p.Books.Invoices[item].Line
	lines := slices.Clone(c.Carried)
	if c.AllCarried {
		for _, v := range p.Books.Invoices {
			if v.Carried {
				lines = append(lines, v.Line)
			}
		}
	}
	c.AllCarried = false
	c.Carried = slices.DeleteFunc(lines, func(l int) bool { return l == line })
	if take {
		c.Carried = append(c.Carried, line)
	}
}

// carriedOptions are what may become of what earlier years left open.
func carriedOptions(w *words.Words, taken bool) []Option {
	return []Option{
		{Word: w.T("preview.fec.owed"), Decision: carriedTaken, Chosen: taken},
		{Word: w.T("preview.fec.not_owed"), Decision: carriedLeft, Chosen: !taken},
	}
}

// listedGap shows what a customer's account holds beyond its open items.
func listedGap(w *words.Words, b *fec.Books, g fec.Gap) Listed {
	money := func(v int64) string { return w.Money(ledger.Money{Minor: v, Currency: b.Currency}) }
	return Listed{
		Cells: []string{"", b.Customers[g.Customer].Name, "", "", money(g.Balance), money(g.Amount)},
		State: ToDecide, Word: w.T("preview.fec.gap"),
		Why: w.T("preview.fec.gap_why", "balance", money(g.Balance), "open", money(g.OpenItems), "gap", money(g.Amount)),
	}
}
