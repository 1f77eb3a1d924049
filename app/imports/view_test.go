package imports

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
)

func open(t *testing.T, b *screentest.Bench, file string, s shot.Setup) *shot.Screen {
	t.Helper()
	if s.Width == 0 {
		s.Width, s.Height = 1080, 744 // what rail and top bar leave
	}
	return shot.Open(t, s, func() fyne.CanvasObject {
		v := New(b.Context)
		v.Show(screen.Place{Screen: screen.Import, File: file})
		return v.Object()
	})
}

func TestPictures(t *testing.T) {
	file := mixed(t)
	open(t, screentest.Empty(t, words.FR), file, shot.Setup{}).Golden("mixed_fr")
	open(t, screentest.Empty(t, words.EN), file, shot.Setup{}).Golden("mixed_en")
	open(t, screentest.Empty(t, words.FR), file, shot.Setup{Appearance: look.Dark}).Golden("mixed_dark")
	open(t, screentest.Empty(t, words.FR), file, shot.Setup{Width: 824, Height: 544}).Golden("mixed_narrow")
}

func TestPictureNothingNew(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	file := good(t)
	s := open(t, b, file, shot.Setup{})
	s.Tap("Importer 2 factures")
	open(t, b, file, shot.Setup{}).Golden("nothing_new_fr")
}

func TestPictureRefused(t *testing.T) {
	open(t, screentest.Empty(t, words.FR), refused(t, "planning"), shot.Setup{}).Golden("refused_fr")
}

func TestPictureIncomplete(t *testing.T) {
	s := open(t, screentest.Empty(t, words.FR), untitled(t), shot.Setup{})
	s.Golden("incomplete_fr")
}

func TestPictureSheetsAndNotes(t *testing.T) {
	s := open(t, screentest.Empty(t, words.FR), yearly(t), shot.Setup{})
	s.Tap("Voir les lignes")
	s.Golden("sheets_fr")
}

func TestPictureManyRows(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 100,000 lines")
	}
	open(t, screentest.Empty(t, words.FR), many(t, 100_000), shot.Setup{}).Golden("many_fr")
}

func TestCorrectingAndTakingIn(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := open(t, b, mixed(t), shot.Setup{})
	s.Tap("Corriger") // the first line, with the day that was proposed
	s.Has("Importer 53 factures", "2 lignes à corriger", "1 valeur corrigée")
	s.Tap("Importer 53 factures")
	if len(b.Errors) > 0 || len(b.Went) != 1 || b.Went[0].Screen != screen.Invoices || len(b.Dones) != 1 || b.Dones[0] != "53 factures importées" {
		t.Errorf("errors %v, went %v, done %v", b.Errors, b.Went, b.Dones)
	}
	if n := b.Desk.State().Book.Invoices.Len(); n != 53 {
		t.Errorf("%d invoices", n)
	}
}

func TestTypedCorrectionStays(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	var v *view
	s := shot.Open(t, shot.Setup{}, func() fyne.CanvasObject {
		v = New(b.Context).(*view)
		v.Show(screen.Place{File: mixed(t)})
		return v.Object()
	})
	row := v.fixes.rows[fixKey{0, v.model.Fixes[2].Cell}]
	row.field.SetText("F-2026-0355")
	first := v.model.Fixes[0]
	v.fixes.onFix(first.Cell, first.Text)
	s.Has("Importer 53 factures")
	if len(v.model.Fixes) != 2 || row.field.Text() != "F-2026-0355" || v.fixes.rows[fixKey{0, v.model.Fixes[1].Cell}] != row {
		t.Errorf("what was typed beside is lost: %q, %+v", row.field.Text(), v.model.Fixes)
	}
}

func TestChoosingColumns(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := open(t, b, untitled(t), shot.Setup{})
	s.Tap("Ne pas importer")
	s.Tap("N° de facture")
	s.Has("Importer 2 factures")
	s.HasNot("Il manque la colonne")
}

// A change asked for while another is worked out does not lose it.
func TestChangesInQuickSuccession(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	var v *view
	shot.Open(t, shot.Setup{}, func() fyne.CanvasObject {
		v = New(b.Context).(*view)
		v.Show(screen.Place{File: mixed(t)})
		return v.Object()
	})
	held := &late{}
	b.Run = held
	m := v.model
	v.fixes.onFix(m.Fixes[0].Cell, "26/09/2026")
	v.fixes.onFix(m.Fixes[1].Cell, "2150,00")
	v.press() // not before the changes are worked out
	held.finish()
	if v.model.VerbText != "Importer 54 factures" || b.Desk.State().Book.Invoices.Len() != 0 {
		t.Error(v.model.VerbText)
	}
}

// late is a runner that runs only the newest task, and only when told to.
type late struct {
	task run.Task
	done func(error)
}

func (r *late) Go(_ string, task run.Task, done func(error)) { r.task, r.done = task, done }
func (r *late) Cancel(string)                                {}
func (r *late) finish()                                      { r.done(r.task(context.Background(), &run.Progress{})) }

// stopped is a runner whose tasks are still running when they are cancelled.
type stopped struct{ done map[string]func(error) }

func (r stopped) Go(key string, _ run.Task, done func(error)) { r.done[key] = done }
func (r stopped) Cancel(key string)                           { r.done[key](context.Canceled) }

func TestCancelWhileReading(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	b.Run = stopped{map[string]func(error){}}
	s := open(t, b, good(t), shot.Setup{})
	s.Has("Lecture du fichier…")
	s.Tap("Annuler")
	if b.Backs != 1 || len(b.Errors) != 0 {
		t.Errorf("back %d times, errors %v", b.Backs, b.Errors)
	}
}

func TestWithoutAFile(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	b.Chosen = good(t)
	s := open(t, b, "", shot.Setup{})
	s.Golden("no_file_fr")
	s.Tap("Choisir un fichier…")
	if len(b.Went) != 1 || b.Went[0].File != b.Chosen {
		t.Errorf("went %v", b.Went)
	}
}

func TestOtherFile(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	b.Chosen = good(t)
	s := open(t, b, refused(t, "picture"), shot.Setup{})
	s.Tap("Choisir un autre fichier…")
	if len(b.Went) != 1 || b.Went[0].File != b.Chosen {
		t.Errorf("went %v", b.Went)
	}
}

// What a choice of column costs on 100,000 lines: reading them anew, comparing with the ledger, and the
// words; all of it beside the window.
func BenchmarkReplan(bench *testing.B) {
	b := screentest.Empty(bench, words.FR)
	p, err := b.Desk.Look(context.Background(), many(bench, 100_000), desk.Hints{}, nil)
	check(bench, err)
	s := NewSession(p)
	for bench.Loop() {
		NewModel(b.Words, b.Desk.State().Book, s.Map(b.Desk, 3, s.Shown().Mapping[3]))
	}
}
