package cli

import (
	"path/filepath"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/ledger/exports"
)

type exportDoc struct {
	File string `json:"file"`
}

// runExport writes the picture of the day or one sheet of it as a workbook or CSV, or one customer's file as a
// workbook.
func runExport(c *call) (*reply, error) {
	of, err := c.only(c.desk.State())
	if err != nil {
		return nil, err
	}
	what, err := c.choice("what", string(exports.OpenItems), string(exports.Doubtful), string(exports.Payments))
	if err != nil {
		return nil, err
	}
	export := desk.Export{What: exports.What(what)}
	if of != nil {
		if what != "" {
			return nil, ledger.Errorf("usage_flags_apart", "flag", "--what", "other", "--customer")
		}
		export.Customer = of.ID
	}
	path := c.target(c.args[0])
	if err := c.desk.Export(path, export, c.w); err != nil {
		return nil, err
	}
	return &reply{doc: exportDoc{path}, text: func(p *page) { p.say("cli.export.done", "file", path) }}, nil
}

// target gives the path of a file to write: in the folder that --out names, unless it says where itself.
func (c *call) target(file string) string {
	if dir := c.text("out"); dir != "" && !filepath.IsAbs(file) {
		return filepath.Join(dir, file)
	}
	return file
}
