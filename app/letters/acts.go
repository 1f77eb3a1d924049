package letters

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/ledger"
	"quitus/letters"
)

// write makes the letters that are ticked, counting them.
func (v *view) write(ctx context.Context, p *run.Progress, requests []desk.LetterRequest) ([]*desk.Written, error) {
	p.Start(v.c.T("lettering.writing"), int64(len(requests)))
	writer := v.c.Desk.Writer()
	var out []*desk.Written
	for _, r := range requests {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		w, err := writer.Write(r)
		if err != nil {
			return nil, err
		}
		out = append(out, w)
		p.Add(1)
	}
	return out, nil
}

func (v *view) requests() []desk.LetterRequest {
	var out []desk.LetterRequest
	for _, k := range v.model.ticked() {
		out = append(out, k.request())
	}
	return out
}

// printThem puts the ticked letters together in one document, records them, and opens it for printing.
func (v *view) printThem() {
	requests := v.requests()
	if len(requests) == 0 {
		return
	}
	var path string
	v.c.Act("letters.act", func(ctx context.Context, p *run.Progress) (entry ledger.Entry, err error) {
		made, err := v.write(ctx, p, requests)
		if err != nil {
			return ledger.Entry{}, err
		}
		all := make([]*letters.Letter, len(made))
		for i, w := range made {
			all[i] = w.Letter
		}
		pdf, err := letters.Batch(all)
		if err != nil {
			return ledger.Entry{}, err
		}
		if path, err = desk.TempPath(v.c.T("lettering.batch", "date", v.c.Desk.Today().String())); err != nil {
			return ledger.Entry{}, err
		}
		if err := desk.WriteFile(path, pdf); err != nil {
			return ledger.Entry{}, err
		}
		return v.c.Desk.KeepLetters(ctx, made, false)
	}, func() string {
		v.c.OpenPath(path)
		v.printed = len(requests)
		v.showBanner()
		return v.c.Words.N("lettering.done.printed", len(requests))
	})
}

// savePDFs writes one file a letter into a folder and records the letters.
func (v *view) savePDFs() {
	requests := v.requests()
	if len(requests) == 0 {
		return
	}
	v.c.OpenFolder(v.c.T("lettering.save"), func(dir string) {
		v.c.Act("letters.act", func(ctx context.Context, p *run.Progress) (ledger.Entry, error) {
			made, err := v.write(ctx, p, requests)
			if err != nil {
				return ledger.Entry{}, err
			}
			for _, w := range made {
				if err := desk.WriteFile(filepath.Join(dir, fileName(w.Reference)), w.PDF); err != nil {
					return ledger.Entry{}, err
				}
			}
			return v.c.Desk.KeepLetters(ctx, made, false)
		}, func() string { return v.c.Words.N("lettering.done.saved", len(requests)) })
	})
}

// markSent notes that the ticked letters, or the one made before that is looked at, leave today.
func (v *view) markSent() {
	if l := v.model.currentLetter(); l != nil {
		v.c.Act("letters.act", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
			return v.c.Desk.MarkSent(ctx, []ledger.LetterID{l.ID})
		}, func() string { return v.c.Words.N("lettering.done.sent", 1) })
		return
	}
	requests := v.requests()
	if len(requests) == 0 {
		return
	}
	v.c.Act("letters.act", func(ctx context.Context, p *run.Progress) (ledger.Entry, error) {
		made, err := v.write(ctx, p, requests)
		if err != nil {
			return ledger.Entry{}, err
		}
		return v.c.Desk.KeepLetters(ctx, made, true)
	}, func() string {
		v.printed = 0
		return v.c.Words.N("lettering.done.sent", len(requests))
	})
}

// showBanner asks, after printing, whether the letters have left.
func (v *view) showBanner() {
	v.banner.Objects = nil
	v.banner.Hide()
	defer v.object.Refresh() // what is below moves
	if v.printed > 0 && len(v.model.ticked()) > 0 {
		v.banner.Objects = []fyne.CanvasObject{kit.NewBanner(look.Soon, look.IconPrint, v.c.Words.N("lettering.banner", v.printed), v.c.T("lettering.mark"), v.markSent)}
		v.banner.Show()
	}
}

// openPDF opens the letter with the cursor in the system's reader.
func (v *view) openPDF() {
	if v.shown == nil {
		return
	}
	name := "lettre.pdf"
	if v.current != nil {
		name = fileName(v.current.Reference)
	} else if l := v.model.currentLetter(); l != nil {
		name = fileName(l.Reference)
	}
	var path string
	pdf := v.shown
	v.c.Run.Go("letters.open", func(context.Context, *run.Progress) (err error) {
		if path, err = desk.TempPath(name); err != nil {
			return err
		}
		return desk.WriteFile(path, pdf)
	}, func(err error) {
		if err != nil {
			v.c.Error(err)
			return
		}
		v.c.OpenPath(path)
	})
}
