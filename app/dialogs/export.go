package dialogs

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// Export opens "Exporter": what to write, in which form and as of which closing date. It ends with the file
// written.
func Export(c *screen.Context) {
	d := &exportDialog{c: c, m: newExportModel(c.Desk, c.Words)}
	d.open()
}

type exportDialog struct {
	c      *screen.Context
	m      *exportModel
	what   *kit.Choice
	about  *kit.Label
	format *kit.Choice
	day    *kit.DateEntry
	form   *kit.Form
}

func (d *exportDialog) open() {
	w, m := d.c.Words, d.m
	d.what = kit.NewChoice(w.T("dialogs.export.what"), "", d.choose, options(m.whats())...)
	d.about = kit.NewNote(m.explanation()).Wrapped()
	d.format = kit.NewChoice(w.T("dialogs.export.format"), m.Ending, func(ending string) { m.Ending = ending }, options(m.formats())...)
	d.day = kit.NewDateEntry(w, w.T("dialogs.export.day"), m.On)
	d.day.Needed = w.Error(ledger.Errorf("field_required"))
	d.day.Limit = m.checkDay
	d.day.SetDate(m.On)
	d.form = kit.NewForm(d.c.Canvas(), w, w.T("dialogs.export.title"), w.T("dialogs.export.act"),
		d.what, d.about, kit.Shares(look.Gap3, d.format, d.day))
	d.form.OnAct = d.act
	d.form.Show()
	d.what.Focus()
}

func (d *exportDialog) choose(what string) {
	d.m.choose(what)
	d.about.SetText(d.m.explanation())
	d.format.SetOptions(d.m.Ending, options(d.m.formats())...)
	d.form.Refresh()
}

// act asks for the file's name. A file dialog asks before it replaces a file, but about the name as it was typed.
func (d *exportDialog) act() {
	c, m := d.c, d.m
	m.On, _ = d.day.Date()
	c.SaveFile(c.T("dialogs.export.title"), m.name(), func(chosen string) {
		path, completed := m.path(chosen)
		if _, err := os.Stat(path); !completed || errors.Is(err, fs.ErrNotExist) {
			d.write(path)
			return
		}
		kit.Ask(c.Canvas(), kit.Question{
			Title: c.T("dialogs.export.replace", "file", filepath.Base(path)), Text: c.T("dialogs.export.replace_text"),
			Keep: c.T("common.keep"), Act: c.T("dialogs.export.replace_act"), Danger: true,
		}, func() { d.write(path) })
	})
}

func (d *exportDialog) write(path string) {
	c, write := d.c, d.m.writing(path)
	c.Run.Go("dialogs.export", func(_ context.Context, p *run.Progress) error {
		p.Start(c.T("dialogs.export.writing"), 0)
		return write()
	}, func(err error) {
		if err != nil {
			c.Error(err)
			return
		}
		d.form.Close()
		c.Done(c.T("dialogs.export.done", "file", filepath.Base(path)), ledger.Entry{})
	})
}
