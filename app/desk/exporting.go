package desk

import (
	"bytes"
	"path/filepath"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/exports"
)

// everything is how many entries of the journal a workbook shows at most.
const everything = 1 << 20

// Export writes the picture of the day as a workbook (.xlsx), one customer's file as a workbook where
// customer is not 0, or the open items as CSV (.csv). The end of the file's name decides. Errors are
// export_format where it is neither, and those of [WriteFile].
func (d *Desk) Export(path string, customer ledger.CustomerID, w *words.Words) error {
	s := d.State()
	report := exports.Report{Book: s.Book, Standings: s.Standings, Texts: w}
	var out bytes.Buffer
	var err error
	switch kind := strings.ToLower(filepath.Ext(path)); {
	case kind == ".xlsx" && customer != 0:
		err = exports.CustomerSheet(&out, report, customer)
	case kind == ".xlsx":
		var journal []ledger.Entry
		if journal, err = d.Journal(everything); err == nil {
			err = exports.Workbook(&out, report, journal)
		}
	case kind == ".csv" && customer == 0:
		style := exports.FrenchCSV
		if w.Lang() == words.EN {
			style = exports.EnglishCSV
		}
		err = exports.OpenItemsCSV(&out, report, style)
	default:
		err = ledger.Errorf("export_format", "file", filepath.Base(path))
	}
	if err != nil {
		return err
	}
	return WriteFile(path, out.Bytes())
}
