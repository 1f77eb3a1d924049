package cli

import (
	"slices"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/ledger/imports/fec"
	"quitus/ledger/imports/people"
)

// importedInvoices tells of e-invoices, file by file.
func (c *call) importedInvoices(p *desk.Preview, batch *string) []*importDoc {
	var out []*importDoc
	for _, item := range p.EInvoices.Items {
		for _, f := range item.Files() {
			d := &importDoc{File: f.File, Kind: string(p.Kind), Format: f.Format, Batch: batch, Rejected: []lineDoc{}, Warnings: []lineDoc{}}
			if item.Refused != nil {
				d.Batch, d.Refused = nil, &errorBody{item.Refused.Code, c.p.sentence(item.Refused)}
				out = append(out, d)
				continue
			}
			for _, x := range append(slices.Clone(f.Problems), item.Doubts...) {
				d.Warnings = append(d.Warnings, lineDoc{Field: x.Field, Value: x.Value, Code: x.Code, Message: c.w.T("einvoice.problem."+x.Code, x.Facts()...)})
			}
			d.Read = 1
			switch {
			case f != item.Invoice:
				d.Unchanged = 1 // the same invoice as another file, kept beside it
			case item.Known == 0:
				d.Created = 1
			case len(item.Changes) > 0:
				d.Updated = 1
			default:
				d.Unchanged = 1
			}
			out = append(out, d)
		}
	}
	return out
}

// importedEntries tells of a file of accounting entries: its records are invoices and credit notes. What
// earlier years left open is left aside until the owner confirms it.
func (c *call) importedEntries(p *desk.Preview, batch *string) *importDoc {
	books, plan := p.FEC.Books, p.FEC.Plan
	d := &importDoc{
		File: p.Name, Kind: string(p.Kind), Format: "fec", HeaderLine: books.HeaderLine, Batch: batch, Created: plan.New,
		Updated: plan.Settled, Unchanged: plan.Known - plan.Settled, Skipped: len(plan.Carried), Rejected: []lineDoc{}, Warnings: []lineDoc{},
	}
	for _, x := range books.Problems {
		d.Warnings = append(d.Warnings, lineDoc{Line: x.Line, Field: x.Column, Value: x.Value, Code: x.Code, Message: c.w.T("fec.problem."+x.Code, x.Facts()...)})
	}
	for _, i := range plan.Carried {
		d.Warnings = append(d.Warnings, lineDoc{Line: books.Invoices[i].Line, Code: "carried_over", Message: c.w.T("preview.fec.carried_why")})
	}
	for _, g := range books.Gaps {
		d.Warnings = append(d.Warnings, c.gap(books, g))
	}
	if plan.OtherCompany {
		d.Warnings = append(d.Warnings, lineDoc{Code: "other_company", Message: c.w.T("cli.import.other_company", "siren", books.SIREN)})
	}
	d.Read = d.Created + d.Updated + d.Unchanged + d.Skipped
	return d
}

// gap says by how much a customer's account and the open items differ.
func (c *call) gap(b *fec.Books, g fec.Gap) lineDoc {
	money := func(v int64) string { return c.w.Money(ledger.Money{Minor: v, Currency: b.Currency}) }
	return lineDoc{Field: "customer", Value: b.Customers[g.Customer].Name, Code: "account_gap", Message: c.w.T("cli.import.about", "name", b.Customers[g.Customer].Name, "what",
		c.w.T("preview.fec.gap_why", "balance", money(g.Balance), "open", money(g.OpenItems), "gap", money(g.Amount)))}
}

// importedCustomers tells of a list of customers. One who looks like a known customer is said, whatever
// was decided.
func (c *call) importedCustomers(p *desk.Preview, batch *string) *importDoc {
	list, result, plan := p.Customers.List, p.Customers.Result, p.Customers.Plan
	d := &importDoc{
		File: p.Name, Kind: string(p.Kind), Format: p.Customers.Format(), HeaderLine: list.HeaderLine, Batch: batch,
		Created: plan.New, Updated: plan.Changed, Unchanged: plan.Same, Skipped: len(result.Skipped) + plan.Left,
		Rejected: c.customerLines(result.Rejected), Warnings: c.customerLines(result.Warnings),
	}
	if list.Name != "" {
		d.Sheet = &list.Name
	}
	b := c.desk.State().Book
	for _, item := range plan.Items {
		for _, x := range item.Proposals {
			if k := b.Customer(x.Customer); k != nil {
				d.Warnings = append(d.Warnings, lineDoc{Line: item.Draft.Line, Field: x.Why.String(), Value: item.Draft.Name, Code: "looks_like",
					Message: c.w.T("cli.import.looks_like", "name", k.Name, "ref", k.Ref, "decision", c.w.T("people.decision."+item.Decision.String(), "name", k.Name))})
			}
		}
	}
	d.Read = d.Created + d.Updated + d.Unchanged + d.Skipped + len(d.Rejected)
	return d
}

func (c *call) customerLines(problems []people.Problem) []lineDoc {
	out := make([]lineDoc, len(problems))
	for i, x := range problems {
		out[i] = lineDoc{Line: x.Line, Column: x.Column, Field: x.Field.String(), Value: x.Value, Code: x.Code, Message: c.w.T("people.problem."+x.Code, x.Facts()...)}
	}
	return out
}
