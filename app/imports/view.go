package imports

import (
	"context"
	"strconv"
	"strings"

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
	c        *screen.Context
	reading  bool
	writing  bool
	path     string                    // of the file
	session  *Session                  // nil while a file is read and when it is refused
	listing  *desk.Preview             // of e-invoices, which have no columns to choose
	pointing *pointing                 // while the owner shows where the titles are
	edits    []func(*Session) *Session // asked for since, and being worked out
	open     map[string]bool
	model    *Model

	heading *kit.Heading
	cancel  *kit.Button
	act     *kit.Button
	figures [4]*kit.KeyFigure
	tabs    *kit.FilterRow
	parts   *kit.FilterRow
	diff    *differences
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
		v.read(p.File, desk.Hints{})
	case v.session == nil && v.listing == nil && v.pointing == nil && !v.reading:
		v.ask()
	}
}

// Refresh compares the file with the ledger as it is now.
func (v *view) Refresh() {
	if v.session != nil && !v.writing {
		v.change(func(s *Session) *Session { return s.Again(v.c.Desk) })
	}
}

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
	v.tabs, v.parts, v.diff = nil, nil, nil
	for i, part := range [4]Part{PartNew, PartLines, PartChanged, PartLines} {
		v.figures[i] = kit.NewKeyFigure("", "", "", func() { v.turn(part) })
	}
}

// leave stops what is under way, or forgets the file; nothing of it was written.
func (v *view) leave() {
	switch {
	case v.reading:
		v.c.Run.Cancel(looking)
	case v.writing:
		v.c.Run.Cancel(writing)
	case v.pointing != nil:
		v.unpoint()
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
		m = NewModel(v.c.Words, v.c.Desk.State().Book, s)
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
	case v.pointing != nil:
		v.pointed()
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
	after := v.after()
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
		v.c.Go(after)
		v.c.Done(done(v.c, did), e)
	})
}

// after is where to go once invoices are taken in. The first ones are seen with what is late among them in front, for the
// owner to say where each case stands.
func (v *view) after() screen.Place {
	if v.c.Desk.State().Book.Invoices.Len() == 0 {
		return screen.Place{Screen: screen.Invoices, Filter: "overdue", Imported: true}
	}
	return screen.Place{Screen: screen.Invoices, Filter: "open"}
}

// done says what an import did.
func done(c *screen.Context, did Counts) string {
	switch changed := did.Changed + did.Held; {
	case did.New == 0:
		return c.Words.N("preview.done_changed", changed)
	case changed > 0:
		return c.Words.N("preview.done_both", did.New, "changed", c.Words.N("preview.done_also", changed))
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
	if len(m.Parts) > 0 {
		parts = append(parts, v.partsRow(m))
	}
	if v.session.Part != PartLines {
		v.showDifferences(m, parts)
		return
	}
	if b := m.Banner; b.Kind != NoBanner {
		status := look.Late
		if b.Kind == NothingNew {
			status = look.Paid
		}
		parts = append(parts, kit.NewBanner(status, look.NoIcon, b.Text, "", nil))
	}
	parts = append(parts, v.strip(m))
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
	v.body.Objects = []fyne.CanvasObject{v.scroll}
	v.body.Refresh()
	v.scroll.Refresh()
}

// strip tells what the file comes to and how its columns are known, with what can be done about that.
func (v *view) strip(m *Model) fyne.CanvasObject {
	links := kit.Row(look.Gap3)
	if m.CanName {
		links.Add(kit.NewLink(look.NoIcon, v.c.T("preview.name_columns"), v.name))
	}
	links.Add(kit.NewLink(look.NoIcon, v.c.T("preview.other_titles"), v.point))
	words := kit.Stack(look.Gap1)
	if m.Totals != "" {
		words.Add(kit.NewLabel(m.Totals).Wrapped())
	}
	words.Add(kit.NewNote(m.Known).Wrapped())
	return container.NewBorder(nil, nil, nil, links, words)
}

// name asks for the name under which the mapping is to be found again.
func (v *view) name() {
	p := v.session.Sheets[0]
	name := p.SaveAs
	if name == "" && p.Saved != nil {
		name = p.Saved.Name
	}
	field := kit.NewField(v.c.T("preview.name_field"), name)
	field.Check = func(text string) string {
		if strings.TrimSpace(text) == "" {
			return v.c.Words.Error(ledger.Errorf("field_required"))
		}
		return ""
	}
	form := kit.NewForm(v.c.Canvas(), v.c.Words, v.c.T("preview.name_title"), v.c.T("common.save"),
		kit.NewLabel(v.c.T("preview.name_text")).Wrapped().Ink(look.Ink2), field)
	form.OnAct = func() {
		form.Close()
		v.change(func(s *Session) *Session { return s.Name(v.c.Desk, strings.TrimSpace(field.Text())) })
	}
	form.Show()
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
