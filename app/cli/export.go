package cli

import "path/filepath"

type exportDoc struct {
	File string `json:"file"`
}

// runExport writes the picture of the day as a workbook, one customer's file as a workbook, or the open
// items as CSV.
func runExport(c *call) (*reply, error) {
	of, err := c.only(c.desk.State())
	if err != nil {
		return nil, err
	}
	path := c.target(c.args[0])
	if of == nil {
		err = c.desk.Export(path, 0, c.w)
	} else {
		err = c.desk.Export(path, of.ID, c.w)
	}
	if err != nil {
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
