// Package app is the window: the frame that all screens share (rail, search, import button), going from
// one screen to another, opening ledgers, and what screens ask of the window.
//
// Each screen is a package below this one, and knows neither the others nor this one.
package app

import (
	"context"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/post"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/assets/icon"
	"quitus/assets/words"
	"quitus/ledger"
)

// Options say how the window starts.
type Options struct {
	Ledger string     // the file to open; the last one where empty
	Sample bool       // open the sample company, making it if need be
	Lang   words.Lang // of all texts; the preferred one where empty
	Clock  desk.Clock
	Who    string // for the journal
	Config string // folder of the preferences
}

// App is the running window with the ledger it shows.
type App struct {
	options Options
	fyne    fyne.App
	win     fyne.Window
	prefs   *desk.Prefs
	runner  run.Runner
	words   *words.Words
	desk    *desk.Desk // nil where no ledger could be opened

	post    *post.Post // of the desk
	alone   bool       // e-mails leave and come by themselves
	ctx     *screen.Context
	screens map[screen.Name]screen.Screen
	trail   trail
	front   screen.Screen
	frame   *frame
	last    ledger.Entry // what Ctrl+Z takes back
}

// ID names the program to the operating system.
const ID = "fr.quitus.Quitus"

// Run opens the window and returns when it is closed. A ledger that does not open is told in the
// window. Errors: no_display, display_unreachable, no_opengl.
func Run(o Options) error {
	connection, err := display()
	if err != nil {
		return err
	}
	defer connection.Close()
	a := prepare(o)
	a.alone = true
	opened := a.openAhead()
	f := fyneapp.NewWithID(ID)
	f.SetIcon(fyne.NewStaticResource("quitus.png", icon.PNG))
	f.Lifecycle().SetOnStarted(func() { connection.Close() })
	a.into(f, f.NewWindow(a.words.T("app.name")), run.NewLive(fyne.Do))
	a.start(opened)
	a.win.SetOnClosed(func() {
		// Whatever the toolkit still waits for then, the program ends: all that matters is in the ledger, in
		// whole transactions.
		time.AfterFunc(closeWait+endWait, func() {
			slog.Error("the window was closed and did not end")
			os.Exit(0)
		})
		a.closed()
	})
	gl := &glWatch{Writer: log.Writer()}
	log.SetOutput(gl)
	a.win.Show()
	log.SetOutput(gl.Writer)
	if gl.failed {
		a.closed()
		return ledger.Errorf("no_opengl")
	}
	f.Run()
	return nil
}

// Open fills a window that is given, with tasks run by a runner that is given: for tests and pictures.
func Open(o Options, f fyne.App, w fyne.Window, r run.Runner) *App {
	a := prepare(o)
	a.into(f, w, r)
	a.start(a.openAhead())
	return a
}

// prepare does what needs no toolkit.
func prepare(o Options) *App {
	a := &App{options: o, prefs: desk.LoadPrefs(o.Config)}
	a.words = words.New(a.language())
	speak(a.words)
	return a
}

// into takes a window.
func (a *App) into(f fyne.App, w fyne.Window, r run.Runner) {
	a.fyne, a.win, a.runner = f, w, r
	w.SetMaster()
	w.SetPadded(false)
	a.applyTheme()
	w.Resize(a.windowSize())
	w.SetOnDropped(a.dropped)
	w.SetOnClosed(a.closed)
	w.SetCloseIntercept(a.mayClose)
}

// mayClose closes the window. Where something is written that is not saved, it asks first.
func (a *App) mayClose() {
	for name, s := range a.screens {
		if u, ok := s.(screen.Unsaved); ok && u.Unsaved() {
			a.Go(screen.Place{Screen: name})
			kit.Ask(a.win.Canvas(), kit.Question{Title: a.words.T("app.unsaved_title"), Text: a.words.T("app.unsaved_text"),
				Keep: a.words.T("app.unsaved_keep"), Act: a.words.T("app.unsaved_act"), Danger: true}, a.win.Close)
			return
		}
	}
	a.win.Close()
}

func (a *App) language() words.Lang {
	if a.options.Lang != "" {
		return a.options.Lang
	}
	if l, ok := words.ParseLang(a.prefs.Language); ok {
		return l
	}
	return words.Detect()
}

func (a *App) applyTheme() {
	a.fyne.Settings().SetTheme(look.New(appearance(a.prefs.Theme), scale(a.prefs.Size)))
}

func appearance(s string) look.Appearance {
	if s == "" {
		return look.Light // a system that does not tell would make it dark
	}
	return look.Appearance(s)
}

func scale(s string) look.Scale {
	if s == "" {
		return look.Normal
	}
	return look.Scale(s)
}

// windowSize is what the owner left, or 1280 × 800; never less than 1024 × 600, the work area of a
// full-HD screen at 150 %.
func (a *App) windowSize() fyne.Size {
	w, h := a.prefs.Window[0], a.prefs.Window[1]
	if w == 0 || h == 0 {
		w, h = 1280, 800
	}
	return fyne.NewSize(max(w, 1024), max(h, 600))
}

func (a *App) closed() {
	if w := a.whole(); w != nil {
		w.Leave()
	}
	size := a.win.Canvas().Size()
	a.endPost(func() {})
	if l, ok := a.runner.(*run.Live); ok {
		l.Close(closeWait)
	}
	a.prefs.Update(func(p *desk.Prefs) { p.Window = [2]float32{size.Width, size.Height} })
	if a.desk != nil {
		a.desk.Close()
	}
}

// show puts a desk into the window: a new frame, new screens, and the first place.
func (a *App) show(d *desk.Desk) {
	if old := a.desk; old != nil && old != d {
		a.endPost(func() { old.Close() })
	}
	a.desk = d
	a.post = a.newPost(d)
	d.OnChange(func() { fyne.Do(a.changed) })
	a.prefs.Remember(d.Path(), d.State().Book.Company().Name)
	a.trail = trail{}
	a.rebuild()
	a.Go(a.firstPlace())
	a.frame.tellUnfinished()
	if a.alone {
		d.LetWait(desk.Grace)
		a.post.Start()
	}
	a.runner.Go("app.backup", func(ctx context.Context, _ *run.Progress) error { return d.DailyBackup() }, a.Error)
}

// rebuild makes frame and screens anew, in the present language.
func (a *App) rebuild() {
	a.ctx = &screen.Context{Window: a, Desk: a.desk, Words: a.words, Run: a.runner, Prefs: a.prefs, Secrets: desk.Secrets, Post: a.post}
	a.screens = map[screen.Name]screen.Screen{}
	a.front = nil
	a.frame = newFrame(a)
	a.win.SetContent(a.frame.object)
	a.shortcuts()
	a.count(func() {}) // whoever rebuilds goes to a screen next, which shows itself
}

// firstPlace is the two doors where nothing is recorded yet, and the work of the day otherwise.
func (a *App) firstPlace() screen.Place {
	if b := a.desk.State().Book; b.Invoices.Len() == 0 && b.Customers.Len() == 0 {
		return screen.Place{Screen: screen.Welcome}
	}
	return screen.Place{Screen: screen.Today}
}

// changed brings the window up to date after a change of the ledger. In front of a whole screen there is no frame to bring up to
// date: that is done when it is left.
func (a *App) changed() {
	if a.post != nil {
		a.post.Changed()
	}
	if w := a.whole(); w != nil {
		w.Refresh()
		return
	}
	a.count(func() {
		if sc := a.screens[a.trail.here().Screen]; sc != nil {
			sc.Refresh()
		}
	})
}

// count brings the frame up to date with the ledger, then does what is next.
func (a *App) count(next func()) {
	if a.desk == nil || a.frame == nil {
		return
	}
	d := a.desk
	due, tasks := 0, 0
	a.runner.Go("app.state", func(context.Context, *run.Progress) error {
		s := d.State()
		due, tasks = s.LettersDue()+len(s.LostMail()), len(s.Agenda().Tasks)
		return nil
	}, func(err error) {
		if a.desk != d {
			return
		}
		a.frame.update(due, tasks)
		next()
	})
}

// ledgerTitle is the company's name, or the file's where it has none yet.
func (a *App) ledgerTitle() string {
	if n := a.desk.State().Book.Company().Name; n != "" {
		return n
	}
	if p, err := desk.DefaultLedger(); err == nil && p == a.desk.Path() {
		return a.words.T("app.ledger.unnamed")
	}
	return trimExt(filepath.Base(a.desk.Path()))
}

func trimExt(name string) string { return name[:len(name)-len(filepath.Ext(name))] }
