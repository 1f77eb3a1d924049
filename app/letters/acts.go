package letters

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/ledger"
	"quitus/ledger/followup"
)

// made are letters and e-mails that were prepared, those that succeeded, and how many did not.
type made struct {
	good    []desk.Doing
	failed  int
	letters []*desk.Written
}

// write prepares what is ordered, counting. Where nothing succeeds, it gives the first error.
func (v *view) write(ctx context.Context, p *run.Progress, orders []desk.LetterOrder) (made, error) {
	p.Start(v.c.T("lettering.writing"), int64(len(orders)))
	var out made
	var first error
	for _, x := range v.c.Desk.PrepareLetters(ctx, orders, func() { p.Add(1) }) {
		switch {
		case x.Err == nil:
			out.good = append(out.good, x)
			if x.Letter != nil {
				out.letters = append(out.letters, x.Letter)
			}
		case first == nil:
			first = x.Err
			fallthrough
		default:
			out.failed++
		}
	}
	if err := ctx.Err(); err != nil {
		return made{}, err
	}
	if len(out.good) == 0 {
		return made{}, first
	}
	return out, nil
}

// done says what was recorded, and how many could not be written.
func (v *view) done(key string, x *made) string {
	w := v.c.Words
	var parts []string
	if n := len(x.letters); n > 0 {
		parts = append(parts, w.N("lettering.done."+key, n))
	}
	if n := len(x.good) - len(x.letters); n > 0 {
		parts = append(parts, desk.ApprovedText(w, n, v.c.Desk.ApprovedWait()))
	}
	if x.failed > 0 {
		parts = append(parts, w.N("lettering.done.failed", x.failed))
	}
	return strings.Join(parts, " ")
}

// printThem shows what is ticked before it leaves: letters as the batch that they make, e-mails alone are approved at once.
func (v *view) printThem() {
	paper, mails := v.model.ticked()
	orders := v.model.orders(slices.Concat(paper, mails))
	if len(orders) == 0 {
		return
	}
	var x made
	prepare := func(ctx context.Context, p *run.Progress) (err error) {
		x, err = v.write(ctx, p, orders)
		return err
	}
	if len(paper) == 0 {
		v.c.Act("letters.act", func(ctx context.Context, p *run.Progress) (ledger.Entry, error) {
			if err := prepare(ctx, p); err != nil {
				return ledger.Entry{}, err
			}
			return v.c.Desk.DoLetters(ctx, x.good)
		}, func() string { return v.done("printed", &x) })
		return
	}
	v.c.Run.Go("letters.act", prepare, func(err error) {
		switch {
		case err != nil:
			v.c.Error(err)
		case len(x.letters) == 0: // only the e-mails succeeded
			v.c.Act("letters.act", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
				return v.c.Desk.DoLetters(ctx, x.good)
			},
				func() string { return v.done("printed", &x) })
		default:
			openBatch(v, &x)
		}
	})
}

// savePDFs writes one file a letter into a folder. Nothing is recorded: whether they leave is for the owner to say.
func (v *view) savePDFs() {
	paper, _ := v.model.ticked()
	if len(paper) == 0 {
		return
	}
	orders := v.model.orders(paper)
	v.c.OpenFolder(v.c.T("lettering.save"), func(dir string) {
		var x made
		v.c.Act("letters.act", func(ctx context.Context, p *run.Progress) (_ ledger.Entry, err error) {
			if x, err = v.write(ctx, p, orders); err != nil {
				return ledger.Entry{}, err
			}
			for _, w := range x.letters {
				if err := desk.WriteFile(filepath.Join(dir, fileName(w.Reference)), w.PDF); err != nil {
					return ledger.Entry{}, err
				}
			}
			return ledger.Entry{}, nil
		}, func() string { return v.done("saved", &x) })
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
	paper, _ := v.model.ticked()
	if len(paper) == 0 {
		return
	}
	orders := v.model.orders(paper)
	var x made
	v.c.Act("letters.act", func(ctx context.Context, p *run.Progress) (_ ledger.Entry, err error) {
		if x, err = v.write(ctx, p, orders); err != nil {
			return ledger.Entry{}, err
		}
		return v.c.Desk.DoLetters(ctx, x.good)
	}, func() string { return v.done("sent", &x) })
}

// showBanner says what is to be known of sending: that no mailbox is set up, with paper instead, or in the outbox how the post does.
func (v *view) showBanner() {
	_, mails := v.model.ticked()
	was := len(v.banner.Objects) > 0
	v.banner.Objects = nil
	if v.model.Tab == Outbox {
		if b := v.postBanner(); b != nil {
			v.banner.Objects = []fyne.CanvasObject{b}
		}
	} else if len(mails) > 0 && !v.model.Mailbox {
		v.banner.Objects = []fyne.CanvasObject{kit.NewBanner(look.Soon, look.IconInfo, v.c.T("lettering.banner"), v.c.T("lettering.on_paper"), func() {
			v.model.allOnPaper()
			v.show()
		})}
	}
	v.banner.Hidden = len(v.banner.Objects) == 0
	v.banner.Refresh()
	if was == v.banner.Hidden {
		v.object.Refresh() // what is below moves
	}
}

// against asks why, where a house rule speaks against a letter that waits; without one it ticks the letter.
func (v *view) against(k *Case) {
	by := k.Task.Channel
	var found []followup.Reason
	v.c.Run.Go("letters.against", func(context.Context, *run.Progress) error {
		found = v.c.Desk.Against(k.Customer.ID, by)
		return nil
	}, func(err error) {
		switch {
		case err != nil:
			v.c.Error(err)
		case len(found) == 0:
			v.insist(k, "")
		default:
			v.askWhy(k, found)
		}
	})
}

func (v *view) insist(k *Case, why string) {
	k.Ticked, k.Why = true, why
	v.refreshLine(k)
	v.counted()
}

// askWhy asks for the reason for going past a house rule.
func (v *view) askWhy(k *Case, found []followup.Reason) {
	c := v.c
	why := kit.NewField(c.T("lettering.why"), "")
	why.Check = func(text string) string {
		if strings.TrimSpace(text) == "" {
			return c.Words.Error(ledger.Errorf("field_required"))
		}
		return ""
	}
	form := kit.NewForm(c.Canvas(), c.Words, c.T("lettering.why.title", "customer", k.Customer.Name), c.T("lettering.why.act"),
		kit.NewLabel(desk.TaskWhy(c.Words, found)).Wrapped(), why)
	form.OnAct = func() {
		form.Close()
		v.insist(k, strings.TrimSpace(why.Text()))
	}
	form.Show()
}

// openPDF opens the letter with the cursor in the system's reader.
func (v *view) openPDF() {
	if v.shown == nil {
		return
	}
	name := "lettre.pdf"
	if v.current != "" {
		name = fileName(v.current)
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
