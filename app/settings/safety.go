package settings

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/ledger/store"
)

// mostSteps is how much of the journal is shown.
const mostSteps = 500

// safety is the section of copies, check and journal.
type safety struct {
	c       *screen.Context
	journal *kit.Table[Step]
	undo    *kit.Button
	copies  *kit.Label
	object  fyne.CanvasObject
}

func newSafety(c *screen.Context) *safety {
	s := &safety{c: c, copies: kit.NewNote("").Wrapped()}
	grey := func(st *Step) fyne.ThemeColorName {
		if st.Undone {
			return look.Ink3
		}
		return look.Ink
	}
	s.journal = kit.NewTable(c.Run,
		kit.Column[Step]{ID: "when", Title: c.T("settings.journal.when"), Width: 140, Text: func(st *Step) string { return st.When }, Ink: grey},
		kit.Column[Step]{ID: "what", Title: c.T("settings.journal.what"), Width: 200, Text: func(st *Step) string { return st.What }, Ink: grey},
		kit.Column[Step]{ID: "about", Title: c.T("settings.journal.about"), Width: 200, Flex: true, Text: func(st *Step) string { return st.About }, Ink: grey},
		kit.Column[Step]{ID: "state", Title: "", Width: 110, Text: func(st *Step) string {
			if st.Undone {
				return c.T("settings.journal.undone")
			}
			return ""
		}, Ink: grey})
	s.journal.OnSelect = func(*Step) { s.chosen() }
	s.journal.OnOpen = func(*Step) { s.ask() }
	s.undo = kit.NewButton(kit.Secondary, look.IconUndo, c.T("settings.journal.undo"), s.ask).Off(true)
	top := container.NewBorder(nil, nil, kit.Inset(8, 0, 0, 0, kit.NewSection(c.T("settings.journal"))), s.undo)
	left := container.NewBorder(kit.Inset(0, 0, look.Gap2, 0, top), nil, nil, nil, s.journal)
	cards := kit.SharesOf(look.Gap4, []float32{3, 2}, s.copiesCard(), s.checkCard())
	s.object = container.NewBorder(kit.Inset(0, 0, look.Gap3, 0, cards), nil, nil, nil, left)
	return s
}

func (s *safety) copiesCard() fyne.CanvasObject {
	c := s.c
	return kit.NewTitledCard(c.T("settings.copies"), nil, kit.Stack(look.Gap3, s.copies,
		kit.NewWrapRow(kit.NewButton(kit.Secondary, look.IconSave, c.T("settings.copies.make"), s.backup),
			kit.NewButton(kit.Secondary, look.IconHistory, c.T("settings.copies.restore"), s.restore)),
	))
}

func (s *safety) checkCard() fyne.CanvasObject {
	c := s.c
	return kit.NewTitledCard(c.T("settings.check"), nil, kit.Stack(look.Gap3, kit.NewNote(c.T("settings.check.about")).Wrapped(),
		kit.Row(0, kit.NewButton(kit.Secondary, look.IconTick, c.T("settings.check.run"), s.verify)),
	))
}

func (s *safety) refresh() {
	var steps []Step
	copies := 0
	s.c.Run.Go("settings.journal", func(context.Context, *run.Progress) error {
		entries, err := s.c.Desk.Journal(mostSteps)
		steps = Steps(s.c.Words, entries)
		if files, e := os.ReadDir(s.c.Desk.Backups()); e == nil {
			copies = len(files)
		}
		return err
	}, func(err error) {
		s.c.Error(err)
		s.journal.SetRows(steps)
		s.journal.SetStatus(s.c.Words.N("settings.journal.count", len(steps)))
		text := s.c.T("settings.copies.none")
		if copies > 0 {
			text = s.c.Words.N("settings.copies.kept", copies, "folder", filepath.Base(s.c.Desk.Backups()))
		}
		s.copies.SetText(text)
		s.chosen()
	})
}

// chosen lets the selected entry be undone, unless it is undone already.
func (s *safety) chosen() {
	st := s.journal.Selected()
	s.undo.Off(st == nil || st.Undone || st.Entry.Act == ledger.ActErase)
}

// ask asks before taking back an older act.
func (s *safety) ask() {
	st := s.journal.Selected()
	if st == nil || st.Undone {
		return
	}
	c := s.c
	kit.Ask(c.Canvas(), kit.Question{
		Title: c.T("settings.undo.title", "what", st.What), Text: c.T("settings.undo.text", "about", st.About),
		Keep: c.T("settings.undo.keep"), Act: c.T("settings.journal.undo"),
	}, func() { s.takeBack(st.Entry) })
}

func (s *safety) takeBack(e ledger.Entry) {
	c := s.c
	var u ledger.Undone
	c.Act("settings.undo", func(ctx context.Context, _ *run.Progress) (entry ledger.Entry, err error) {
		entry, u, err = c.Desk.Undo(ctx, e.Seq)
		return entry, err
	}, func() string {
		if len(u.Kept) > 0 {
			return c.Words.N("settings.undone.kept", len(u.Kept))
		}
		return c.T("settings.undone")
	})
}

func (s *safety) backup() {
	c := s.c
	name := trimExt(filepath.Base(c.Desk.Path())) + "-" + c.Desk.Today().String() + ".quitus"
	c.SaveFile(c.T("settings.copies.make"), name, func(path string) {
		c.Act("settings.backup", func(context.Context, *run.Progress) (ledger.Entry, error) {
			return ledger.Entry{}, c.Desk.Backup(path)
		}, func() string { return c.T("settings.copies.made", "file", filepath.Base(path)) })
	})
}

// restore opens a copy in the place of the ledger; the ledger as it is stays beside it.
func (s *safety) restore() {
	c := s.c
	c.OpenFile(c.T("settings.copies.restore"), []string{".quitus"}, func(path string) {
		kit.Ask(c.Canvas(), kit.Question{
			Title: c.T("settings.restore.title", "file", filepath.Base(path)), Text: c.T("settings.restore.text"),
			Keep: c.T("settings.undo.keep"), Act: c.T("settings.restore.act"),
		}, func() { c.Restore(path) })
	})
}

func (s *safety) verify() {
	c := s.c
	var report store.Report
	c.Run.Go("settings.verify", func(ctx context.Context, p *run.Progress) (err error) {
		p.Start(c.T("settings.check.running"), 0)
		report, err = c.Desk.Verify(ctx, func(done, total int) {
			p.SetTotal(int64(total))
			p.Set(int64(done))
		})
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			c.Error(err)
		case len(report.Problems) > 0:
			c.Error(ledger.Errorf("verify_found", "count", len(report.Problems)))
		default:
			c.Done(c.Words.N("settings.check.fine", int(report.Entries)), ledger.Entry{})
		}
	})
}

func trimExt(name string) string { return name[:len(name)-len(filepath.Ext(name))] }
