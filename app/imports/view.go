package imports

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	registers "quitus/ledger/imports"
)

// Keys of what the screen does in the background. Of looking, the newest counts.
const (
	looking = "import.look"
	writing = "import.write"
)

type view struct {
	c       *screen.Context
	reading bool
	writing bool
	session *Session                  // nil while a file is read and when it is refused
	listing *desk.Preview             // of e-invoices, which have no columns to choose
	edits   []func(*Session) *Session // asked for since, and being worked out
	open    map[string]bool
	model   *Model

	heading *kit.Heading
	cancel  *kit.Button
	act     *kit.Button
	figures [4]*kit.KeyFigure
	tabs    *kit.FilterRow
	table   *mapTable
	fixes   *fixes
	stack   *fyne.Container
	scroll  fyne.CanvasObject
	body    *fyne.Container
	object  fyne.CanvasObject
}

// New makes the screen.
func New(c *screen.Context) screen.Screen {
	v := &view{c: c, stack: kit.Stack(look.Gap4), body: container.NewStack()}
	v.cancel = kit.NewButton(kit.Quiet, look.NoIcon, c.T("common.cancel"), v.leave)
	v.act = kit.NewButton(kit.Primary, look.IconTick, c.T("preview.import"), v.press)
	v.heading = kit.NewHeading("", "", v.cancel, v.act)
	v.scroll = kit.NewScroll(kit.Inset(0, 0, look.Gap6, 0, v.stack))
	v.object = kit.Page(v.heading, nil, container.New(overflow{}, v.body))
	return v
}

// overflow lets what scrolls reach down through the page's margin to the window's edge.
type overflow struct{}

func (overflow) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (overflow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(s.AddWidthHeight(0, look.Px(pageFoot)))
}

// pageFoot is the margin below a page's content.
const pageFoot = 20

// moving is what a page can be moved with.
type moving interface {
	fyne.Scrollable
	ScrollToTop()
}

// scrolling gives what moves in an object that [kit.NewScroll] made.
func scrolling(o fyne.CanvasObject) moving {
	if c, ok := o.(*fyne.Container); ok && len(c.Objects) == 1 {
		o = c.Objects[0]
	}
	m, _ := o.(moving)
	return m
}

// Object implements [screen.Screen].
func (v *view) Object() fyne.CanvasObject { return v.object }

// Show reads the file of the place; without one it stays as it was.
func (v *view) Show(p screen.Place) {
	switch {
	case p.File != "":
		v.read(p.File)
	case v.session == nil && v.listing == nil && !v.reading:
		v.ask()
	}
}

// Refresh compares the file with the ledger as it is now.
func (v *view) Refresh() {
	if v.session != nil && !v.writing {
		v.change(func(s *Session) *Session { return s.Again(v.c.Desk) })
	}
}

// read reads a file in the background.
func (v *view) read(path string) {
	v.session, v.listing, v.edits, v.reading = nil, nil, nil, true
	v.open = map[string]bool{}
	v.begin()
	if s := scrolling(v.scroll); s != nil {
		s.ScrollToTop()
	}
	name := filepath.Base(path)
	v.heading.Set(v.c.T("preview.title", "file", name), v.c.T("preview.reading"))
	v.setAct(v.c.T("preview.import"), false)
	v.body.Objects = nil
	v.body.Refresh()
	var s *Session
	var m *Model
	var list *desk.Preview
	v.c.Run.Go(looking, func(ctx context.Context, p *run.Progress) error {
		p.Start(v.c.T("preview.reading_file", "file", name), percent)
		preview, err := v.c.Desk.Look(ctx, path, desk.Hints{}, func(done, total int64) {
			if total > 0 {
				p.Set(done * percent / total)
			}
		})
		if err == nil && preview.Kind == desk.Register {
			s = NewSession(preview)
			m = NewModel(v.c.Words, s)
		}
		list = preview
		return err
	}, func(err error) {
		v.reading = false
		switch {
		case errors.Is(err, context.Canceled):
			v.c.Back()
		case err != nil:
			v.refuse(name, err)
		case s == nil:
			v.list(list)
		default:
			v.session, v.model = s, m
			v.show()
			v.focus()
		}
	})
}

// focus lets Enter do what the primary button says, unless the owner is typing elsewhere.
func (v *view) focus() {
	c := v.c.Canvas()
	if _, typing := c.Focused().(interface{ SelectedText() string }); !typing && v.model.Verb != Off {
		c.Focus(v.act)
	}
}

// percent is how finely reading tells how far it is.
const percent = 100

// begin makes the parts that keep what is typed and chosen, for a new file.
func (v *view) begin() {
	c := v.c
	options := []kit.Option{{ID: "none", Word: c.T("imports.field.none")}}
	for _, f := range registers.Fields() {
		options = append(options, kit.Option{ID: f.String(), Word: c.T("imports.field." + f.String())})
	}
	v.table = newMapTable(c.T("preview.line_column"), options)
	v.table.OnMap = func(col int, f registers.Field) {
		v.change(func(s *Session) *Session { return s.Map(c.Desk, col, f) })
	}
	v.table.scroll.page = scrolling(v.scroll)
	v.fixes = newFixes(c.T("preview.fix"), func(at registers.Cell, text string) {
		v.change(func(s *Session) *Session { return s.Correct(c.Desk, at, text) })
	})
	v.tabs = nil
	for i := range v.figures {
		v.figures[i] = kit.NewKeyFigure("", "", "", nil)
	}
}

// refuse says why a file cannot be taken in.
func (v *view) refuse(name string, err error) {
	v.heading.Set(v.c.T("preview.title", "file", name), v.c.T("preview.refused_facts"))
	v.act.Hide()
	other := kit.NewButton(kit.Primary, look.IconOpen, v.c.T("preview.other_file"), v.choose)
	empty := kit.NewEmpty(look.IconVery, v.c.T("preview.refused"), v.c.Words.Error(err), other)
	v.body.Objects = []fyne.CanvasObject{kit.Inset(0, 0, pageFoot, 0, kit.NewCard(empty))}
	v.body.Refresh()
	v.heading.Refresh()
}

// ask is for coming here without a file.
func (v *view) ask() {
	v.heading.Set(v.c.T("preview.title_none"), "")
	v.act.Hide()
	open := kit.NewButton(kit.Primary, look.IconOpen, v.c.T("common.choose_file"), v.choose)
	empty := kit.NewEmpty(look.IconImport, v.c.T("preview.choose"), v.c.T("preview.choose_text"), open)
	v.body.Objects = []fyne.CanvasObject{kit.Inset(0, 0, pageFoot, 0, kit.NewCard(empty))}
	v.body.Refresh()
	v.heading.Refresh()
}

func (v *view) choose() {
	v.c.OpenFile(v.c.T("preview.other_file"), screen.Registers, func(path string) {
		v.c.Go(screen.Place{Screen: screen.Import, File: path})
	})
}

// leave stops what is under way, or forgets the file; nothing of it was written.
func (v *view) leave() {
	switch {
	case v.reading:
		v.c.Run.Cancel(looking)
	case v.writing:
		v.c.Run.Cancel(writing)
	default:
		v.session, v.listing = nil, nil
		v.c.Back()
	}
}

// change works out another session in the background and shows it. Changes asked for meanwhile are made
// one after the other.
func (v *view) change(next func(*Session) *Session) {
	old := v.session
	if old == nil || v.writing {
		return
	}
	v.edits = append(v.edits, next)
	edits := v.edits
	s := old
	var m *Model
	v.c.Run.Go(looking, func(context.Context, *run.Progress) error {
		for _, edit := range edits {
			s = edit(s)
		}
		m = NewModel(v.c.Words, s)
		return nil
	}, func(err error) {
		v.edits = nil
		if err != nil {
			v.c.Error(err)
			return
		}
		v.session, v.model = s, m
		v.show()
	})
}

func (v *view) takeBack(at registers.Cell) {
	v.change(func(s *Session) *Session { return s.TakeBack(v.c.Desk, at) })
}

// around shows the lines around one, at the top of the page.
func (v *view) around(line int) {
	v.change(func(s *Session) *Session { return s.Around(line) })
	if s := scrolling(v.scroll); s != nil {
		s.ScrollToTop()
	}
}

// press does what the primary button says.
func (v *view) press() {
	switch {
	case v.listing != nil && !v.writing:
		v.takeList()
	case v.session == nil || v.writing || len(v.edits) > 0:
	case v.model.Verb == See:
		v.c.Go(screen.Place{Screen: screen.Invoices, Filter: "open"})
	case v.model.Verb == TakeIn:
		v.takeIn()
	}
}

func (v *view) takeIn() {
	s := v.session
	v.act.Disable()
	v.writing = true
	var e ledger.Entry
	var did Counts
	v.c.Run.Go(writing, func(ctx context.Context, p *run.Progress) (err error) {
		p.Start(v.c.T("preview.writing", "file", s.Name), 0)
		e, did, err = s.TakeIn(ctx, v.c.Desk)
		return err
	}, func(err error) {
		v.writing = false
		if err != nil {
			v.c.Error(err)
			v.show()
			return
		}
		v.session = nil
		v.c.Go(screen.Place{Screen: screen.Invoices, Filter: "open"})
		v.c.Done(done(v.c, did), e)
	})
}

// done says what an import did.
func done(c *screen.Context, did Counts) string {
	if did.New == 0 {
		return c.Words.N("preview.done_changed", did.Changed)
	}
	return c.Words.N("preview.done", did.New)
}

func (v *view) setAct(text string, on bool) {
	v.act.Show()
	v.act.SetText(text)
	if on {
		v.act.Enable()
	} else {
		v.act.Disable()
	}
	v.heading.Refresh()
}

// show brings everything up to date with the model.
func (v *view) show() {
	m := v.model
	v.heading.Set(m.Title, m.Facts)
	v.setAct(m.VerbText, m.Verb != Off)
	row := make([]fyne.CanvasObject, len(v.figures))
	for i, f := range m.Figures {
		k := v.figures[i]
		k.SetLabel(f.Label)
		k.Set(f.Value, f.Small)
		k.SetInk(look.Ink)
		if f.Alarm {
			k.SetInk(look.VeryLate.Text())
		}
		row[i] = k
	}
	parts := []fyne.CanvasObject{kit.Shares(look.Gap4, row...)}
	if b := m.Banner; b.Kind != NoBanner {
		status := look.Late
		if b.Kind == NothingNew {
			status = look.Paid
		}
		parts = append(parts, kit.NewBanner(status, look.NoIcon, b.Text, "", nil))
	}
	if len(m.Tabs) > 0 {
		parts = append(parts, v.sheets(m))
	}
	v.table.Set(m.Columns, m.Rows)
	if m.Around != "" {
		back := kit.NewLink(look.IconUp, v.c.T("preview.beginning"), func() { v.around(0) })
		parts = append(parts, kit.Stack(look.Gap2, kit.Row(look.Gap3, kit.NewLabel(m.Around).Ink(look.Ink2), back), v.table))
	} else {
		parts = append(parts, v.table)
	}
	if len(m.Fixes) > 0 {
		parts = append(parts, v.fixCard(m))
	}
	if len(m.Corrected) > 0 {
		parts = append(parts, v.correctedCard(m))
	}
	if len(m.Notes)+len(m.Aside) > 0 {
		parts = append(parts, v.noteCard(m))
	}
	v.stack.Objects = parts
	v.stack.Refresh()
	if len(v.body.Objects) == 0 {
		v.body.Objects = []fyne.CanvasObject{v.scroll}
	}
	v.body.Refresh()
	v.scroll.Refresh()
}

// sheets lets one look at each sheet of several.
func (v *view) sheets(m *Model) fyne.CanvasObject {
	options := make([]kit.FilterOption, len(m.Tabs))
	for i, t := range m.Tabs {
		options[i] = kit.FilterOption{ID: strconv.Itoa(i), Word: t.Name, Count: t.Count}
	}
	if v.tabs == nil {
		v.tabs = kit.NewFilterRow("0", func(id string) {
			i, _ := strconv.Atoi(id)
			v.change(func(s *Session) *Session { return s.Look(i) })
		})
		v.tabs.Format = v.c.Words.Number
	}
	v.tabs.SetOptions(options...)
	v.tabs.Choose(strconv.Itoa(v.session.Sheet))
	return v.tabs
}

var (
	_ Desk          = (*desk.Desk)(nil)
	_ screen.Screen = (*view)(nil)
)
