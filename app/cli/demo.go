package cli

import (
	"path/filepath"

	"quitus/app/desk"
)

type demoDoc struct {
	Ledger    string   `json:"ledger"`
	Customers int      `json:"customers"`
	Invoices  int      `json:"invoices"`
	Files     []string `json:"files"`
}

// runDemo fills a new ledger with the sample company. With --out, it also writes the workbook and the
// bank statement that its owner would have.
func runDemo(c *call) (*reply, error) {
	doc := demoDoc{Ledger: c.path, Files: []string{}}
	if dir := c.text("out"); dir != "" {
		workbook, err := desk.SampleWorkbook(c.desk.Today(), c.w)
		if err != nil {
			return nil, err
		}
		statement, err := desk.SampleStatement(c.desk.Today())
		if err != nil {
			return nil, err
		}
		for _, f := range []struct {
			key     string
			content []byte
		}{{"cli.demo.workbook", workbook}, {"cli.demo.statement", statement}} {
			path := filepath.Join(dir, c.w.T(f.key))
			if err := desk.WriteFile(path, f.content); err != nil {
				return nil, err
			}
			doc.Files = append(doc.Files, path)
		}
	}
	if _, err := c.desk.FillSample(c.ctx, nil); err != nil {
		return nil, err
	}
	b := c.desk.State().Book
	doc.Customers, doc.Invoices = b.Customers.Len(), b.Invoices.Len()
	return &reply{doc: doc, text: func(p *page) {
		p.say("cli.demo.done", "ledger", doc.Ledger, "customers", doc.Customers, "invoices", doc.Invoices)
		for _, f := range doc.Files {
			p.say("cli.export.done", "file", f)
		}
	}}, nil
}
