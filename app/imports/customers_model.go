package imports

import (
	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/imports/people"
)

// customers lists customers, what becomes of each, and the known ones who look the same.
func (l *Listing) customers(w *words.Words, b *ledger.Book, p *desk.CustomersPreview) {
	plan := p.Plan
	l.Facts, l.Ready = w.T("preview.facts", "sheet", p.List.Name, "line", p.List.HeaderLine), plan.New+plan.Changed > 0
	if p.List.Name == "" {
		l.Facts = w.T("preview.facts_text", "line", p.List.HeaderLine)
	}
	if l.Ready {
		l.VerbText = w.N("preview.people.import", plan.New+plan.Changed)
	}
	rejected := len(p.Result.Rejected)
	l.Figures = [4]Figure{
		{Label: w.T("preview.people.new"), Value: w.Number(plan.New), Small: w.N("preview.lines_read", p.Result.Read)},
		{Label: w.T("preview.people.known"), Value: w.Number(plan.Changed + plan.Same), Small: w.N("preview.people.changed", plan.Changed)},
		{Label: w.T("preview.people.alike"), Value: w.Number(plan.Proposed), Small: w.T("preview.people.alike_about")},
		{Label: w.T("preview.listing.refused"), Value: w.Number(rejected), Small: w.T("preview.to_correct_some"), Alarm: rejected > 0},
	}
	l.Columns = []ListColumn{
		{Title: w.T("common.customer"), Width: 200, Flex: true}, {Title: w.T("people.field.ref"), Width: 100},
		{Title: w.T("common.town"), Width: 150}, {Title: w.T("common.email"), Width: 200},
	}
	for i, item := range plan.Items {
		l.Rows = append(l.Rows, listedCustomer(w, b, i, item))
	}
	for _, x := range p.Result.Rejected {
		l.Rows = append(l.Rows, Listed{
			Cells: []string{w.T("preview.line", "line", x.Line), "", "", ""}, State: NotTaken, Word: stateWord(w, NotTaken),
			Why: w.T("people.problem."+x.Code, x.Facts()...),
		})
	}
}

func listedCustomer(w *words.Words, b *ledger.Book, i int, item people.Item) Listed {
	d := item.Draft
	r := Listed{Item: i, Cells: []string{d.Name, d.Ref, d.Town, d.Email}}
	name := ""
	if c := b.Customer(item.Customer); c != nil {
		name = c.Name
	}
	r.Word = w.T("people.decision."+item.Decision.String(), "name", name)
	if item.Decision == people.Merge {
		r.Word = w.T("preview.people.merged")
	}
	switch item.Decision {
	case people.Create:
		r.State = Fresh
	case people.Leave:
		r.State = NotTaken
	default:
		r.State = Anew
		if len(item.Changes)+item.Contacts == 0 {
			r.State, r.Word = Unchanged, stateWord(w, Unchanged)
		}
	}
	if len(item.Proposals) > 0 {
		r.Why = w.T("preview.people.alike_why")
		r.Options = options(w, b, item)
		if item.Decision != people.Merge {
			r.State = ToDecide
		}
	}
	return r
}

// options are what may become of a customer who looks like known ones.
func options(w *words.Words, b *ledger.Book, item people.Item) []Option {
	var out []Option
	for _, p := range item.Proposals {
		c := b.Customer(p.Customer)
		if c == nil {
			continue
		}
		out = append(out, Option{
			Word: w.T("preview.people.merge", "name", c.Name, "ref", c.Ref), Decision: int(people.Merge), Into: c.ID,
			Chosen: item.Decision == people.Merge && item.Customer == c.ID,
		})
	}
	return append(out,
		Option{Word: w.T("preview.people.create"), Decision: int(people.Create), Chosen: item.Decision == people.Create},
		Option{Word: w.T("preview.people.leave"), Decision: int(people.Leave), Chosen: item.Decision == people.Leave})
}
