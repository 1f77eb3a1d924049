package cli

import (
	"strconv"

	"quitus/app/desk"
	"quitus/ledger"
)

type planDoc struct {
	Batch       string        `json:"batch"`
	Plan        uint32        `json:"plan"`
	Customer    string        `json:"customer"`
	Invoices    []string      `json:"invoices"`
	Proposed    bool          `json:"proposed"`
	Total       string        `json:"total"`
	Currency    string        `json:"currency"`
	Instalments []planPartDoc `json:"instalments"`
}

type planPartDoc struct {
	Due    day    `json:"due"`
	Amount string `json:"amount"`
}

// runPlan records a payment plan that was agreed today, or with --proposed one that is to be proposed: equal parts from a day on, of the
// invoices named or of all that are late.
func runPlan(c *call) (*reply, error) {
	who, err := customer(c.desk.State().Book, c.args[0])
	if err != nil {
		return nil, err
	}
	count, err := strconv.Atoi(c.args[1])
	if err != nil || count < 1 || count > ledger.MostInstalments {
		return nil, ledger.Errorf("plan_count", "value", c.args[1], "most", ledger.MostInstalments)
	}
	first, err := dateOf(c.args[2])
	if err != nil {
		return nil, err
	}
	every, err := c.choice("every", string(ledger.Monthly), string(ledger.Fortnight), string(ledger.Weekly))
	if err != nil {
		return nil, err
	}
	p := ledger.Plan{Customer: who.ID, Proposed: c.given("proposed"), Words: c.text("note")}
	sum, err := c.planned(who, &p)
	if err != nil {
		return nil, err
	}
	p.Instalments = ledger.PartsByCount(sum, count, first, ledger.Rhythm(every))
	id, e, err := c.desk.AgreePlan(c.ctx, p)
	if err != nil {
		return nil, err
	}
	doc := planDoc{Batch: desk.Batch(e), Plan: uint32(id), Customer: who.Ref, Proposed: p.Proposed, Total: p.Total().Decimal(), Currency: string(p.Currency)}
	for _, i := range p.Invoices {
		doc.Invoices = append(doc.Invoices, c.desk.State().Book.Invoice(i).Number)
	}
	for _, x := range p.Instalments {
		doc.Instalments = append(doc.Instalments, planPartDoc{day(x.Due), ledger.Money{Minor: x.Amount, Currency: p.Currency}.Decimal()})
	}
	return &reply{doc: doc, text: func(pg *page) {
		key := "cli.plan.agreed"
		if p.Proposed {
			key = "cli.plan.proposed"
		}
		pg.line(pg.w.N(key, len(p.Instalments), "amount", p.Total(), "customer", who.Name, "first", first, "batch", doc.Batch))
	}}, nil
}

// planned puts the invoices of a plan into it, and gives what is owed of them, in minor units: those named, or all that are late and in the
// currency of the first.
func (c *call) planned(who *ledger.Customer, p *ledger.Plan) (int64, error) {
	s := c.desk.State()
	var list []*ledger.Invoice
	for _, ref := range c.list("invoice") {
		i, err := c.invoiceOf(who, ref)
		if err != nil {
			return 0, err
		}
		list = append(list, i)
	}
	if len(list) == 0 {
		for _, id := range s.Book.InvoicesOf(who.ID) {
			if i := s.Book.Invoice(id); !i.CreditNote && s.Standings.Of(id).Overdue > 0 {
				list = append(list, i)
			}
		}
	}
	sum := int64(0)
	for _, i := range list {
		if p.Currency == "" {
			p.Currency = i.Total.Currency
		}
		st := s.Standings.Of(i.ID)
		if owed := st.Open - st.Contested; owed > 0 && (i.Total.Currency == p.Currency || c.given("invoice")) {
			p.Invoices = append(p.Invoices, i.ID)
			sum += owed
		}
	}
	if sum == 0 {
		return 0, ledger.Errorf("plan_nothing", "customer", who.Name)
	}
	return sum, nil
}

type planEndDoc struct {
	Batch    string `json:"batch"`
	Plan     uint32 `json:"plan"`
	Customer string `json:"customer"`
	End      string `json:"end"`
}

// runPlanEnd ends a customer's running plan: kept, lapsed or taken_back.
func runPlanEnd(c *call) (*reply, error) {
	s := c.desk.State()
	who, err := customer(s.Book, c.args[0])
	if err != nil {
		return nil, err
	}
	running := ledger.PlanID(0)
	for _, p := range s.Book.PlansOf(who.ID) {
		if p.End == ledger.PlanRunning {
			running = p.ID
		}
	}
	if running == 0 {
		return nil, ledger.Errorf("plan_none", "customer", who.Name)
	}
	e, err := c.desk.EndPlan(c.ctx, running, ledger.PlanEnd(c.args[1]))
	if err != nil {
		return nil, err
	}
	doc := planEndDoc{desk.Batch(e), uint32(running), who.Ref, c.args[1]}
	return &reply{doc: doc, text: func(p *page) {
		p.say("cli.plan.ended", "customer", who.Name, "batch", doc.Batch)
	}}, nil
}
