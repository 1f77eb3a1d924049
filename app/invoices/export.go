package invoices

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/run"
	"quitus/ledger"
)

// save writes what is owed, its age, promises and the journal to a workbook.
func (v *view) save() {
	c := v.c
	c.SaveFile(c.T("invoices.export_title"), c.T("invoices.export_name", "day", c.Desk.Today().String())+workbook, func(path string) {
		if filepath.Ext(path) != "" {
			v.saveTo(path)
			return
		}
		// The dialog asked about the name without its ending.
		path += workbook
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			v.saveTo(path)
			return
		}
		kit.Ask(c.Canvas(), kit.Question{
			Title: c.T("invoices.replace", "file", filepath.Base(path)), Text: c.T("invoices.replace_text"),
			Keep: c.T("common.keep"), Act: c.T("invoices.replace_act"), Danger: true,
		}, func() { v.saveTo(path) })
	})
}

const workbook = ".xlsx"

func (v *view) saveTo(path string) {
	c := v.c
	c.Run.Go("invoices.export", func(_ context.Context, p *run.Progress) error {
		p.Start(c.T("invoices.exporting"), 0)
		return c.Desk.Export(path, desk.Export{}, c.Words)
	}, func(err error) {
		if err != nil {
			c.Error(err)
			return
		}
		c.Done(c.T("invoices.exported", "file", filepath.Base(path)), ledger.Entry{})
	})
}
