package desk

import (
	"bytes"
	"path/filepath"
	"strings"

	"quitus/ledger"
	"quitus/ledger/exports"
)

// everything is how many entries of the journal a workbook shows at most.
const everything = 1 << 20

// Export writes a file from what is recorded. The end of its name decides: CSV holds the open items in
// the given style, anything else is a workbook with the picture of the day, or with one customer's file
// where customer is not 0. Errors are those of [WriteFile].
func (d *Desk) Export(path string, customer ledger.CustomerID, texts exports.Texts, style exports.CSVStyle) error {
	s := d.State()
	report := exports.Report{Book: s.Book, Standings: s.Standings, Texts: texts}
	var out bytes.Buffer
	var err error
	switch {
	case strings.EqualFold(filepath.Ext(path), ".csv"):
		err = exports.OpenItemsCSV(&out, report, style)
	case customer != 0:
		err = exports.CustomerSheet(&out, report, customer)
	default:
		var journal []ledger.Entry
		if journal, err = d.Journal(everything); err == nil {
			err = exports.Workbook(&out, report, journal)
		}
	}
	if err != nil {
		return err
	}
	return WriteFile(path, out.Bytes())
}
