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

// claimAccount is the choice of --what that writes the statement of a customer's claim.
const claimAccount = "claim"

// runExport writes the picture of the day or one sheet of it as a workbook or CSV, one customer's file as a workbook, or
// the statement of a customer's claim as pages or a workbook.
func runExport(c *call) (*reply, error) {
	of, err := c.only(c.desk.State())
	if err != nil {
		return nil, err
	}
	what, err := c.choice("what", string(exports.OpenItems), string(exports.Doubtful), string(exports.Payments), claimAccount)
	if err != nil {
		return nil, err
	}
	export := desk.Export{What: exports.What(what)}
	path := c.target(c.args[0])
	if what == claimAccount {
		if of == nil {
			return nil, ledger.Errorf("usage_claim")
		}
		if err := c.desk.WriteAccount(path, of.ID, c.w); err != nil {
			return nil, err
		}
		return exported(path), nil
	}
	if of != nil {
		if what != "" {
			return nil, ledger.Errorf("usage_flags_apart", "flag", "--what", "other", "--customer")
		}
		export.Customer = of.ID
	}
	if err := c.desk.Export(path, export, c.w); err != nil {
		return nil, err
	}
	return exported(path), nil
}

func exported(path string) *reply {
	return &reply{doc: exportDoc{path}, text: func(p *page) { p.say("cli.export.done", "file", path) }}
}

// target gives the path of a file to write: in the folder that --out names, unless it says where itself.
func (c *call) target(file string) string {
	if dir := c.text("out"); dir != "" && !filepath.IsAbs(file) {
		return filepath.Join(dir, file)
	}
	return file
}
