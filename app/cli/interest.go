package cli

import (
	"quitus/ledger"
	"quitus/ledger/claim"
	"quitus/letters"
)

type claimsDoc struct {
	Claims  []claimDoc   `json:"claims"`
	Refused []refusedDoc `json:"refused,omitempty"`
}

type refusedDoc struct {
	Invoice string `json:"invoice"`
	errorBody
}

type claimDoc struct {
	Invoice   string       `json:"invoice"`
	Regime    string       `json:"regime"`
	AsOf      day          `json:"as_of"`
	Currency  string       `json:"currency"`
	Principal string       `json:"principal"`
	NotDue    string       `json:"not_due,omitempty"` // of an invoice in parts, beside the principal
	Segments  []segmentDoc `json:"segments"`
	Interest  string       `json:"interest"`
	Indemnity string       `json:"indemnity"`
	Total     string       `json:"total"`
	Notes     []string     `json:"notes"`
}

type segmentDoc struct {
	From   day    `json:"from"`
	To     day    `json:"to"`
	Days   int    `json:"days"`
	Base   string `json:"base"`
	Rate   string `json:"rate_percent"`
	Rule   string `json:"rule"`
	Source string `json:"source"`
	Amount string `json:"amount"`
}

// runInterest computes the claim on each invoice asked for, and on the late invoices of each customer.
// Where none can be computed, the first reason is the error.
func runInterest(c *call) (*reply, error) {
	ids, err := c.claimed()
	if err != nil {
		return nil, err
	}
	doc := claimsDoc{Claims: []claimDoc{}}
	var claims []claim.Claim
	var first error
	for _, id := range ids {
		found, err := c.desk.Claim(id)
		if err != nil {
			if ledger.CodeOf(err) == "internal" {
				return nil, err
			}
			if first == nil {
				first = err
			}
			i := c.desk.State().Book.Invoice(id)
			doc.Refused = append(doc.Refused, refusedDoc{i.Number, errorBody{code(err), c.w.Error(err)}})
			continue
		}
		claims = append(claims, found)
		doc.Claims = append(doc.Claims, c.claim(found))
	}
	if len(claims) == 0 && first != nil {
		return nil, first
	}
	r := &reply{doc: doc, text: func(p *page) { p.claims(doc, claims) }}
	if len(doc.Refused) > 0 {
		r.status = Refused
		for _, x := range doc.Refused {
			c.notice(x.Invoice + ": " + x.Message)
		}
	}
	return r, nil
}

// claimed gives the invoices that the arguments name, each once: invoices themselves, and the late
// ones of customers.
func (c *call) claimed() ([]ledger.InvoiceID, error) {
	s := c.desk.State()
	var out []ledger.InvoiceID
	seen := map[ledger.InvoiceID]bool{}
	add := func(id ledger.InvoiceID) {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	for _, ref := range c.args {
		i, err := invoice(s.Book, ref)
		if err == nil {
			add(i.ID)
			continue
		}
		if code(err) != "invoice_unknown" {
			return nil, err
		}
		k, err := customer(s.Book, ref)
		if code(err) == "customer_unknown" {
			return nil, ledger.Errorf("reference_unknown", "ref", ref)
		} else if err != nil {
			return nil, err
		}
		for _, id := range s.Book.InvoicesOf(k.ID) {
			if s.Standings.Of(id).DaysLate > 0 {
				add(id)
			}
		}
	}
	return out, nil
}

func (c *call) claim(k claim.Claim) claimDoc {
	doc := claimDoc{
		Invoice: k.Invoice, Regime: string(k.Regime), AsOf: day(k.AsOf), Currency: string(k.Total.Currency),
		Principal: k.Principal.Decimal(), Segments: []segmentDoc{}, Interest: k.Interest.Decimal(),
		Indemnity: k.Indemnity.Decimal(), Total: k.Total.Decimal(), Notes: []string{},
	}
	if k.NotDue.Positive() {
		doc.NotDue = k.NotDue.Decimal()
	}
	for _, s := range k.Segments {
		doc.Segments = append(doc.Segments, segmentDoc{
			From: day(s.From), To: day(s.To), Days: s.Days, Base: s.Base.Decimal(), Rate: s.Rate.String(),
			Rule: letters.RuleText(c.w, s.Rule), Source: letters.SourceText(c.w, s.Source), Amount: s.Amount.Decimal(),
		})
	}
	for _, n := range k.Notes {
		doc.Notes = append(doc.Notes, letters.NoteText(c.w, n))
	}
	return doc
}

func (p *page) claims(doc claimsDoc, claims []claim.Claim) {
	if len(claims) == 0 {
		p.say("cli.interest.none")
		return
	}
	total := ledger.Sums{}
	for n, k := range claims {
		total.Add(k.Total)
		p.say("cli.interest.invoice", "invoice", k.Invoice, "day", k.AsOf)
		rows := make([][]string, len(k.Segments))
		for i, s := range k.Segments {
			rows[i] = []string{p.w.Date(s.From), p.w.Date(s.To), p.w.Number(s.Days), p.w.Money(s.Base),
				p.w.Percent(s.Rate.String()), p.w.Money(s.Amount), doc.Claims[n].Segments[i].Rule}
		}
		if len(rows) > 0 {
			p.table("  ", []column{{"cli.column.from", false}, {"cli.column.to", false}, {"cli.column.days", true}, {"cli.column.base", true},
				{"cli.column.rate", true}, {"cli.column.interest", true}, {"cli.column.rule", false}}, rows)
		}
		p.line("  " + p.w.T("cli.interest.sum", "principal", k.Principal, "interest", k.Interest, "indemnity", k.Indemnity, "total", k.Total))
		for _, note := range doc.Claims[n].Notes {
			p.line("  " + note)
		}
		p.line("")
	}
	p.say("cli.interest.total", "total", total)
}
