package cli

import (
	"strconv"

	"quitus/app/desk"
	"quitus/ledger"
)

type stepDoc struct {
	Batch    string   `json:"batch"`
	Step     string   `json:"step"`
	Invoices []string `json:"invoices"`
}

// runStep notes what was done about invoices outside of this program, on the day of the call.
func runStep(c *call) (*reply, error) {
	times := 1
	if text := c.text("times"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return nil, ledger.Errorf("usage_flag_value", "flag", "--times", "value", text)
		}
		times = n
	}
	var ids []ledger.InvoiceID
	doc := stepDoc{Step: c.args[0]}
	for _, ref := range c.args[1:] {
		i, err := invoice(c.desk.State().Book, ref)
		if err != nil {
			return nil, err
		}
		ids, doc.Invoices = append(ids, i.ID), append(doc.Invoices, i.Number)
	}
	kind := ledger.StepKind(c.args[0])
	e, err := c.desk.RecordSteps(c.ctx, ids, kind, times, c.desk.Today(), c.text("note"))
	if err != nil {
		return nil, err
	}
	doc.Batch = desk.Batch(e)
	return &reply{doc: doc, text: func(p *page) {
		p.line(p.w.N("cli.step.done", len(ids), "what", p.w.Step(&ledger.Step{Done: kind, Times: times}), "batch", doc.Batch))
	}}, nil
}
