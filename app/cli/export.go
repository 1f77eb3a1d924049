package cli

import (
	"bytes"
	"path/filepath"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/exports"
)

type exportDoc struct {
	File string `json:"file"`
}

// everything is how many entries of the journal a workbook shows at most.
const everything = 1 << 20

// runExport writes the picture of the day as a workbook, one customer's file as a workbook, or the open
// items as CSV. The end of the file's name decides.
func runExport(c *call) (*reply, error) {
	path := c.target(c.args[0])
	s := c.desk.State()
	of, err := c.only(s)
	if err != nil {
		return nil, err
	}
	report := exports.Report{Book: s.Book, Standings: s.Standings, Texts: c.w}
	var out bytes.Buffer
	switch kind := strings.ToLower(filepath.Ext(path)); {
	case kind == ".xlsx" && of != nil:
		err = exports.CustomerSheet(&out, report, of.ID)
	case kind == ".xlsx":
		var journal []ledger.Entry
		if journal, err = c.desk.Journal(everything); err == nil {
			err = exports.Workbook(&out, report, journal)
		}
	case kind == ".csv" && of == nil:
		style := exports.FrenchCSV
		if c.w.Lang() == words.EN {
			style = exports.EnglishCSV
		}
		err = exports.OpenItemsCSV(&out, report, style)
	default:
		return nil, ledger.Errorf("usage_export_format", "file", c.args[0])
	}
	if err != nil {
		return nil, err
	}
	if err := desk.WriteFile(path, out.Bytes()); err != nil {
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
