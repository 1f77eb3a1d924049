package cli

import (
	"quitus/app/desk"
	"quitus/ledger"
	"quitus/ledger/claim"
)

type rateDoc struct {
	Table   string `json:"table"`
	From    day    `json:"from"`
	To      day    `json:"to"`
	Percent string `json:"rate_percent"`
	Source  string `json:"source"`
	Batch   string `json:"batch"`
}

// runRate adds a reference rate that the owner read at its source: table, a day of its half-year or year, percent, source.
func runRate(c *call) (*reply, error) {
	on, err := ledger.ParseDate(c.args[1])
	if err != nil {
		return nil, err
	}
	e, err := c.desk.AddRate(c.ctx, ledger.RateRow{Table: c.args[0], Day: on, Percent: c.args[2], Source: c.args[3]})
	if err != nil {
		return nil, err
	}
	table := claim.TableName(c.args[0])
	doc := rateDoc{string(table), day(table.Start(on)), day(table.End(on)), c.args[2], c.args[3], desk.Batch(e)}
	return &reply{doc: doc, text: func(p *page) {
		p.say("cli.rate.done", "table", ledger.Term("claim.table."+doc.Table), "percent", p.w.Percent(doc.Percent), "from", table.Start(on), "to", table.End(on), "batch", doc.Batch)
	}}, nil
}
