package app

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
)

// Waiting times at the two ends of the window's life.
const (
	patience  = 400 * time.Millisecond // for a ledger to open before the window says so
	closeWait = 5 * time.Second        // for running tasks to stop
	endWait   = 3 * time.Second        // for the rest of the program to end after them
)

type opening struct {
	desk *desk.Desk
	err  error
}

// openAhead opens the ledger while the toolkit is starting, which takes longer.
func (a *App) openAhead() <-chan opening {
	path, err := a.firstLedger()
	out := make(chan opening, 1)
	if err != nil {
		out <- opening{err: err}
		return out
	}
	a.options.Ledger = path
	go func() {
		d, err := a.open(path)
		out <- opening{d, err}
	}()
	return out
}

// firstLedger is the ledger asked for, or the last one, or the owner's.
func (a *App) firstLedger() (string, error) {
	switch {
	case a.options.Ledger != "":
		return a.options.Ledger, nil
	case a.options.Sample:
		return desk.SampleLedger()
	}
	if r := a.prefs.RecentLedgers(); len(r) > 0 {
		return r[0].Path, nil
	}
	return desk.DefaultLedger()
}

// open opens a ledger, with all that the first screen needs already computed.
func (a *App) open(path string) (*desk.Desk, error) {
	d, err := desk.Open(path, a.options.Clock, a.options.Who)
	if err != nil {
		return nil, err
	}
	if a.options.Sample && d.State().Book.Invoices.Len() == 0 {
		_, err := d.FillSample(context.Background(), nil)
		if err == nil {
			err = d.ReadSampleBank(context.Background())
		}
		if err != nil {
			d.Close()
			return nil, err
		}
	}
	d.State().Summaries()
	return d, nil
}

// start shows the ledger when it is open, and says that it is being opened where that takes long.
func (a *App) start(opened <-chan opening) {
	select {
	case o := <-opened:
		a.started(o)
	case <-time.After(patience):
		a.win.SetContent(container.NewStack(kit.Ground(look.Ground), container.NewCenter(kit.NewLabel(a.words.T("app.open.loading")))))
		var o opening
		a.runner.Go("app.open", func(context.Context, *run.Progress) error {
			o = <-opened
			return nil
		}, func(error) { a.started(o) })
	}
}

func (a *App) started(o opening) {
	if o.err != nil {
		a.win.SetContent(a.cannotOpen(o.err))
		return
	}
	a.show(o.desk)
}

// cannotOpen is what the window shows in the place of a ledger that does not open.
func (a *App) cannotOpen(err error) fyne.CanvasObject {
	again := kit.NewButton(kit.Primary, look.NoIcon, a.words.T("app.open.again"), func() { a.OpenLedger(a.options.Ledger) })
	other := kit.NewButton(kit.Secondary, look.IconOpen, a.words.T("app.open.other"), a.chooseLedger)
	quit := kit.NewButton(kit.Quiet, look.NoIcon, a.words.T("app.open.quit"), a.win.Close)
	sentence := a.words.Error(err)
	said := kit.Stack(12, kit.NewSection(a.words.T("app.open.title")))
	if !strings.Contains(sentence, a.options.Ledger) {
		said.Add(kit.NewNote(a.options.Ledger).Wrapped())
	}
	said.Add(kit.NewLabel(sentence).Wrapped())
	said.Add(kit.Inset(4, 0, 0, 0, kit.Row(8, again, other, quit)))
	card := kit.NewCard(said)
	return container.NewStack(kit.Ground(look.Ground), container.NewCenter(kit.Fixed(560, 0, card)))
}

// OpenLedger opens another ledger, or begins one, in the place of this one. Where it does not open, the
// present one stays.
func (a *App) OpenLedger(path string) {
	if a.desk != nil && a.desk.Path() == path {
		return
	}
	a.options.Sample = false
	if p, err := desk.SampleLedger(); err == nil && p == path {
		a.options.Sample = true
	}
	var d *desk.Desk
	a.runner.Go("app.open", func(_ context.Context, p *run.Progress) (err error) {
		p.Start(a.words.T("app.open.loading"), 0)
		d, err = a.open(path)
		return err
	}, func(err error) {
		switch {
		case err == nil:
			a.options.Ledger = path
			a.show(d)
		case a.desk == nil:
			a.options.Ledger = path
			a.win.SetContent(a.cannotOpen(err))
		default:
			a.Error(err)
		}
	})
}

// Restore puts a backup in this ledger's place and opens it. The ledger is closed meanwhile; what it held is
// kept beside.
func (a *App) Restore(backup string) {
	a.endPost(func() { a.restore(backup) })
}

func (a *App) restore(backup string) {
	path := a.desk.Path()
	a.desk.Close()
	var d *desk.Desk
	var wrong error
	a.runner.Go("app.open", func(context.Context, *run.Progress) (err error) {
		wrong = desk.Restore(backup, path)
		d, err = a.open(path)
		return err
	}, func(err error) {
		a.desk = nil
		if err != nil {
			a.win.SetContent(a.cannotOpen(err))
			return
		}
		a.show(d)
		a.Error(wrong)
	})
}

// Redraw makes all anew after language, colours or size changed, and stays where the owner is.
func (a *App) Redraw() {
	a.words = wordsFor(a)
	speak(a.words)
	a.applyTheme()
	here := a.trail.here()
	a.rebuild()
	a.Go(here)
}

// Welcome opens the sample company from the first screen.
func (a *App) openSample() {
	path, err := desk.SampleLedger()
	if err != nil {
		a.Error(err)
		return
	}
	a.OpenLedger(path)
}

var _ screen.Window = (*App)(nil)
