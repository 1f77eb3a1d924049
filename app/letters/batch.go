package letters

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/ledger"
)

// batchDialog is "Imprimer le lot": the print run page by page, as one file or one a letter, before it is printed and noted as posted.
type batchDialog struct {
	v     *view
	made  *made
	batch *desk.LetterBatch
	cover bool
	apart bool // a file for each letter
	sent  bool // noted as sent today
	pages *dialogs.Pages
	facts *kit.Label
	note  *kit.Label
	form  *kit.Form
}

// Ticks of the dialog.
const (
	tickCover = "cover"
	tickSent  = "sent"
	together  = "together"
	apart     = "apart"
)

// besideBatch is the height of the form's title and buttons, in units before scaling.
const besideBatch = 188

func openBatch(v *view, x *made) {
	d := &batchDialog{v: v, made: x, cover: true, sent: true}
	d.make(func() {
		d.build()
		d.show()
	})
}

// make puts the batch together as it is chosen, then goes on.
func (d *batchDialog) make(then func()) {
	var b *desk.LetterBatch
	good, cover := d.made.good, d.cover
	d.v.c.Run.Go("letters.batch", func(context.Context, *run.Progress) (err error) {
		b, err = d.v.c.Desk.MakeBatch(good, cover, d.v.c.Words.Lang())
		return err
	}, func(err error) {
		if err != nil {
			d.v.c.Error(err)
			return
		}
		d.batch = b
		then()
	})
}

func (d *batchDialog) build() {
	c := d.v.c
	d.pages = dialogs.NewPages(c, "letters.batch.page")
	d.facts, d.note = kit.NewLabel("").Wrapped(), kit.NewNote("").Wrapped()
	how := kit.NewFilterChoice(together, func(id string) { d.apart = id == apart; d.show() },
		kit.FilterOption{ID: together, Word: c.T("lettering.batch.together"), Count: -1}, kit.FilterOption{ID: apart, Word: c.T("lettering.batch.apart"), Count: -1})
	ticks := kit.NewFilterTicks(func(id string) {
		if id == tickSent {
			d.sent = !d.sent
			d.show()
			return
		}
		d.cover = !d.cover
		d.make(d.show)
	}, kit.FilterOption{ID: tickCover, Word: c.T("lettering.batch.cover"), Count: -1}, kit.FilterOption{ID: tickSent, Word: c.T("lettering.batch.sent"), Count: -1})
	ticks.Choose(tickCover)
	ticks.Choose(tickSent)
	side := kit.Stack(look.Gap4, d.facts, how, ticks, d.note)
	d.form = kit.NewWideForm(c.Canvas(), c.Words, 980, c.T("lettering.batch.title"), c.T("lettering.batch.act"), container.New(batchLayout{c}, d.pages, side))
	d.form.OnAct = d.act
	d.form.Show()
}

// show brings the form in line with what was chosen.
func (d *batchDialog) show() {
	w := d.v.c.Words
	d.facts.SetText(w.N("lettering.batch.facts", len(d.batch.Letters), "pages", w.N("lettering.batch.pages", d.batch.Pages)))
	text := w.T("lettering.batch.note.kept")
	if d.sent {
		text = w.T("lettering.batch.note.sent")
	}
	if n := len(d.made.good) - len(d.made.letters); n > 0 && d.sent {
		text += " " + w.N("lettering.batch.note.mails", n)
	}
	d.note.SetText(text)
	d.pages.Open(d.batch.PDF, 1)
	d.form.Refresh()
}

// act writes the files first, then notes that the letters left: what could not be written is not noted.
func (d *batchDialog) act() {
	c := d.v.c
	if d.apart {
		c.OpenFolder(c.T("lettering.save"), func(dir string) { d.keep(func() (string, error) { return "", d.separate(dir) }) })
		return
	}
	d.keep(func() (path string, err error) {
		if path, err = desk.TempPath(c.T("lettering.batch", "date", c.Desk.Today().String())); err == nil {
			err = desk.WriteFile(path, d.batch.PDF)
		}
		return path, err
	})
}

// separate writes a file for each letter into a folder.
func (d *batchDialog) separate(dir string) error {
	files, err := d.batch.Separate(d.v.c.T("lettering.batch.list_file"))
	for _, f := range files {
		if err == nil {
			err = desk.WriteFile(filepath.Join(dir, f.Name), f.Content)
		}
	}
	return err
}

func (d *batchDialog) keep(write func() (string, error)) {
	c, key := d.v.c, "printed"
	var path string
	if !d.sent {
		key = "saved"
	}
	dialogs.Save(c, "letters.act", d.form, nil, func(ctx context.Context) (e ledger.Entry, err error) {
		if path, err = write(); err == nil && d.sent {
			e, err = c.Desk.DoLetters(ctx, d.made.good)
		}
		return e, err
	}, func(e ledger.Entry) {
		if path != "" {
			c.OpenPath(path)
		}
		told := *d.made
		if !d.sent {
			told.good = told.good[:len(told.letters)] // nothing was done about the e-mails
		}
		c.Done(d.v.done(key, &told), e)
	})
}

// batchLayout gives the pages what the choices leave, as high as the window allows.
type batchLayout struct {
	c interface{ Canvas() fyne.Canvas }
}

func (l batchLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(600), max(look.Px(240), l.c.Canvas().Size().Height-look.Px(besideBatch)))
}

func (l batchLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	side, gap := look.Px(304), look.Px(look.Gap4)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width-side-gap, s.Height))
	o[1].Move(fyne.NewPos(s.Width-side, 0))
	o[1].Resize(fyne.NewSize(side, s.Height))
}
