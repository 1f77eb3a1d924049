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

// Export says what to write to a file.
type Export struct {
	What     exports.What      // one sheet; where empty, a workbook has all of them and CSV the open items
	Customer ledger.CustomerID // where not 0, one customer's file instead, as a workbook
	On       ledger.Date       // the closing date: what came later is left out. Today where zero
}

// Export writes a workbook (.xlsx) or CSV (.csv); the end of the file's name decides. Errors are
// export_format where it is neither, or one customer's file is not to be a workbook; customer_unknown; and
// those of [WriteFile].
func (d *Desk) Export(path string, e Export, w *words.Words) error {
	report := d.report(e.On, w)
	var out bytes.Buffer
	var err error
	switch kind := strings.ToLower(filepath.Ext(path)); {
	case kind == ".xlsx" && e.Customer != 0:
		err = exports.CustomerSheet(&out, report, e.Customer)
	case kind == ".xlsx" && e.What != "":
		err = exports.WorkbookOf(&out, report, e.What)
	case kind == ".xlsx":
		var journal []ledger.Entry
		if journal, err = d.Journal(everything); err == nil {
			err = exports.Workbook(&out, report, journal)
		}
	case kind == ".csv" && e.Customer == 0:
		style := exports.FrenchCSV
		if w.Lang() == words.EN {
			style = exports.EnglishCSV
		}
		err = exports.CSV(&out, report, e.What, style)
	default:
		err = ledger.Errorf("export_format", "file", filepath.Base(path))
	}
	if err != nil {
		return err
	}
	return WriteFile(path, out.Bytes())
}

// report is the ledger as it stood on a day; today where it is zero.
func (d *Desk) report(on ledger.Date, w *words.Words) exports.Report {
	s := d.State()
	r := exports.Report{Book: s.Book, Standings: s.Standings, Texts: w}
	if on != 0 && on != s.On {
		r.Standings = s.Book.Standings(on)
	}
	return r
}
