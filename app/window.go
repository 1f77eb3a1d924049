package app

import (
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"github.com/ncruces/zenity"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/assets/words"
	"quitus/ledger"
)

// Go leads to a place.
func (a *App) Go(p screen.Place) {
	if a.desk == nil {
		return
	}
	a.trail.push(p)
	a.enter(p)
}

// Back leads to the place before.
func (a *App) Back() {
	if p, ok := a.trail.back(); ok {
		a.enter(p)
	}
}

func (a *App) enter(p screen.Place) {
	s := a.screens[p.Screen]
	if s == nil {
		s = builders[p.Screen](a.ctx)
		a.screens[p.Screen] = s
	}
	if w := a.whole(); w != nil && w != s {
		w.Leave()
		a.count(func() {})
	}
	a.front = s
	if w := a.whole(); w != nil {
		a.frame.putWhole(w.Object())
	} else {
		a.frame.put(railOf(p.Screen), s.Object())
	}
	s.Show(p)
}

// whole is the screen in front where it takes the whole window, or nil.
func (a *App) whole() screen.Whole {
	w, _ := a.front.(screen.Whole)
	return w
}

// Error shows what went wrong. Work that the owner stopped is no error.
func (a *App) Error(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	kit.ShowError(a.win.Canvas(), a.words, err)
}

// Done says that an act is done, and offers to undo it.
func (a *App) Done(text string, e ledger.Entry) {
	if e.Seq == 0 {
		a.frame.toast(text, nil)
		return
	}
	a.last = e
	a.frame.toast(text, a.undo)
}

// undo takes back what was done last.
func (a *App) undo() {
	e := a.last
	if e.Seq == 0 {
		return
	}
	a.last = ledger.Entry{}
	var u ledger.Undone
	a.runner.Go("app.undo", func(ctx context.Context, _ *run.Progress) (err error) {
		_, u, err = a.desk.Undo(ctx, e.Seq)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			a.Error(err)
		case len(u.Kept) > 0:
			a.Done(a.words.N("app.undone.kept", len(u.Kept)), ledger.Entry{})
		default:
			a.Done(a.words.N("app.undone", max(u.Records, min(u.All, 1))), ledger.Entry{})
		}
	})
}

// dropped takes files dropped on the window: the screen in front first, else they are imported.
func (a *App) dropped(at fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, filepath.FromSlash(u.Path()))
		}
	}
	if len(paths) == 0 || a.desk == nil {
		return
	}
	if d, ok := a.screens[a.trail.here().Screen].(screen.Dropper); ok && d.Drop(at, paths) {
		return
	}
	a.Go(screen.Place{Screen: screen.Import, File: paths[0]})
}

// OpenFile asks for a file to open.
func (a *App) OpenFile(title string, extensions []string, chosen func(string)) {
	filter := zenity.FileFilter{Name: title}
	for _, e := range extensions {
		filter.Patterns = append(filter.Patterns, "*"+e)
	}
	a.ask(func() (string, error) {
		return zenity.SelectFile(zenity.Title(title), zenity.FileFilters{filter}, zenity.Modal())
	}, func() {
		d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
			if err == nil && r != nil {
				r.Close()
				chosen(r.URI().Path())
			}
		}, a.win)
		if len(extensions) > 0 {
			d.SetFilter(storage.NewExtensionFileFilter(extensions))
		}
		d.SetTitleText(title)
		d.Show()
		d.Resize(dialogSize) // before Show it has nothing to resize
	}, chosen)
}

// SaveFile asks for the name of a file to write.
func (a *App) SaveFile(title, name string, chosen func(string)) {
	a.ask(func() (string, error) {
		return zenity.SelectFileSave(zenity.Title(title), zenity.Filename(name), zenity.ConfirmOverwrite(), zenity.Modal())
	}, func() {
		d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
			if err == nil && w != nil {
				w.Close()
				chosen(w.URI().Path())
			}
		}, a.win)
		d.SetFileName(name)
		d.SetTitleText(title)
		d.Show()
		d.Resize(dialogSize)
	}, chosen)
}

// OpenFolder asks for a folder.
func (a *App) OpenFolder(title string, chosen func(string)) {
	a.ask(func() (string, error) {
		return zenity.SelectFile(zenity.Title(title), zenity.Directory(), zenity.Modal())
	}, func() {
		d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
			if err == nil && u != nil {
				chosen(u.Path())
			}
		}, a.win)
		d.SetTitleText(title)
		d.Show()
		d.Resize(dialogSize)
	}, chosen)
}

var dialogSize = fyne.NewSize(860, 560)

// ask shows the system's own file dialog, beside the window's goroutine, which it would block; where
// the system has none, the toolkit's.
func (a *App) ask(native func() (string, error), toolkit func(), chosen func(string)) {
	if !hasNativeDialogs() {
		toolkit()
		return
	}
	var path string
	a.runner.Go("app.ask", func(context.Context, *run.Progress) (err error) {
		path, err = native()
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, zenity.ErrCanceled):
		case err != nil:
			toolkit()
		case path != "":
			chosen(path)
		}
	})
}

// hasNativeDialogs says whether the system brings file dialogs of its own; on Linux they are a program
// that may be missing.
func hasNativeDialogs() bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return true
	}
	for _, p := range []string{"zenity", "qarma", "matedialog"} {
		if _, err := exec.LookPath(p); err == nil {
			return true
		}
	}
	return false
}

// View opens a document with the system's program for it, as a read-only copy: what the ledger keeps
// stays as it is.
func (a *App) View(h ledger.Hash, name string) {
	var path string
	a.runner.Go("app.view", func(context.Context, *run.Progress) error {
		content, err := a.desk.Document(h)
		if err != nil {
			return err
		}
		dir, err := os.MkdirTemp("", "quitus-")
		if err != nil {
			return ledger.Errorf("write_failed", "file", name, "cause", err)
		}
		path = filepath.Join(dir, filepath.Base(name))
		return desk.WriteFile(path, content)
	}, func(err error) {
		if err != nil {
			a.Error(err)
			return
		}
		a.OpenPath(path)
	})
}

// OpenPath opens a file with the system's program for it. That may wait for the program to start, so it
// is not done on the window's goroutine.
func (a *App) OpenPath(path string) {
	a.runner.Go("app.open_path", func(context.Context, *run.Progress) error {
		slash := filepath.ToSlash(path)
		if !strings.HasPrefix(slash, "/") {
			slash = "/" + slash
		}
		if err := a.fyne.OpenURL(&url.URL{Scheme: "file", Path: slash}); err != nil {
			return ledger.Errorf("cannot_open_file", "file", path, "cause", err)
		}
		return nil
	}, a.Error)
}

// OpenLink opens an address with the system's program for it.
func (a *App) OpenLink(address string) {
	a.runner.Go("app.open_link", func(context.Context, *run.Progress) error {
		u, err := url.Parse(address)
		if err == nil {
			err = a.fyne.OpenURL(u)
		}
		if err != nil {
			return ledger.Errorf("cannot_open_link", "cause", err)
		}
		return nil
	}, a.Error)
}

// Canvas is the window's.
func (a *App) Canvas() fyne.Canvas { return a.win.Canvas() }

// InFront says whether a screen is seen, with nothing over it. That it was drawn yet is not asked for.
func (a *App) InFront(s screen.Screen) bool {
	return a.screens[a.trail.here().Screen] == s && a.win.Canvas().Overlays().Top() == nil
}

// chooseLedger asks for a ledger to open.
func (a *App) chooseLedger() {
	a.OpenFile(a.words.T("app.ledger.open"), []string{".quitus"}, a.OpenLedger)
}

// newLedger asks where to begin a new ledger.
func (a *App) newLedger() {
	a.SaveFile(a.words.T("app.ledger.new"), "societe.quitus", a.OpenLedger)
}

func wordsFor(a *App) *words.Words {
	a.options.Lang = "" // from now on the preference counts
	return words.New(a.language())
}
