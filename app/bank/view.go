package bank

import (
	"context"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// loading is the key of deciding, acting begins those of acts.
const (
	loading = "bank_load"
	acting  = "bank_act."
)

type view struct {
	c       *screen.Context
	m       *Model
	items   []Item // that the list shows
	filter  string
	heading *kit.Heading
	pay     *kit.Button
	open    *kit.Button
	record  *kit.Button
	filters *kit.FilterRow
	account *kit.Label
	list    *kit.Blocks
	body    *fyne.Container
	object  fyne.CanvasObject

	at       ledger.BankEntryID // on which the cursor is
	answer   int                // of several answers the one that Enter takes, -1 for none
	answerOf ledger.BankEntryID // whose answer that is
	doing    map[ledger.BankEntryID]*Answer
	nothing  string // the file that brought nothing new
	entering bool   // the screen has just come to the front
	width    float32
}

// New makes the screen.
func New(c *screen.Context) screen.Screen {
	v := &view{c: c, m: &Model{}, filter: ToCheck, answer: -1, doing: map[ledger.BankEntryID]*Answer{}, body: container.NewStack(), account: kit.NewLabel("").Ink(look.Ink2)}
	v.pay = kit.NewButton(kit.Secondary, look.IconAdd, c.T("bank.receive"), func() { dialogs.Receive(c, v.Refresh) })
	v.open = kit.NewButton(kit.Secondary, look.IconImport, c.T("bank.import"), v.choose)
	v.record = kit.NewButton(kit.Primary, look.IconTick, "", v.recordSure)
	v.record.Hide()
	v.heading = kit.NewHeading(c.T("bank.title"), "", v.pay, v.open, v.record)
	v.filters = kit.NewFilterRow(v.filter, v.turn)
	v.filters.Format = c.Words.Number
	v.list = kit.NewBlocks(v.row)
	v.list.OnSelect, v.list.OnKey, v.list.OnRune = v.selected, v.key, v.typed
	tools := container.NewBorder(nil, nil, nil, v.account, v.filters)
	v.object = container.New(widthLayout{v}, kit.Page(v.heading, []fyne.CanvasObject{tools}, v.body))
	return v
}

// Object implements [screen.Screen].
func (v *view) Object() fyne.CanvasObject { return v.object }

// Show implements [screen.Screen]. A file is the one that brought nothing new.
func (v *view) Show(p screen.Place) {
	v.nothing, v.entering = p.File, true
	v.Refresh()
}

// Refresh decides anew about what is not settled.
func (v *view) Refresh() {
	var m *Model
	v.c.Run.Go(loading, func(ctx context.Context, p *run.Progress) (err error) {
		p.Start(v.c.T("bank.deciding"), 0)
		m, err = NewModel(ctx, v.c.Words, v.c.Desk.State())
		return err
	}, func(err error) {
		if err != nil {
			v.c.Error(err)
			return
		}
		v.show(m)
	})
}

func (v *view) show(m *Model) {
	v.m = m
	for id, a := range v.doing {
		m.Settle(id, a)
	}
	v.relist()
	if len(m.Rows) == 0 {
		empty := kit.NewEmpty(look.IconBank, v.c.T("bank.empty"), v.c.T("bank.empty_text"),
			kit.NewButton(kit.Primary, look.IconImport, v.c.T("bank.import"), v.choose))
		v.fill(kit.NewCard(container.NewBorder(nil, container.NewCenter(kit.Row(look.Gap4, v.checked(), v.cheques())), nil, nil, empty)), nil)
		return
	}
	v.fill(v.list, kit.Inset(look.Gap2, 0, 0, 0, kit.Row(look.Gap4, v.checked(), v.cheques())))
	if v.entering && v.c.Canvas().Focused() == nil {
		v.focus()
	}
	v.entering = false
}

// fill puts the content below the gravest thing to say about the bank.
func (v *view) fill(content, foot fyne.CanvasObject) {
	var top fyne.CanvasObject
	if text, status := v.banner(); text != "" {
		top = kit.Inset(0, 0, look.Gap3, 0, kit.NewBanner(status, look.NoIcon, text, v.c.T("bank.import"), v.choose))
	}
	v.body.Objects = []fyne.CanvasObject{container.New(fillLayout{top, content, foot}, some(top, content, foot)...)}
	v.body.Refresh()
}

func (v *view) banner() (string, look.Status) {
	switch {
	case v.nothing != "" && v.m.Old != "":
		return v.c.Words.N("bank.nothing_new.old", v.m.Late, "file", v.nothing), look.Late
	case v.nothing != "":
		return v.c.T("bank.nothing_new", "file", v.nothing), look.Soon
	}
	return v.m.Old, look.Late
}

// relist shows the rows as the model has them, with the cursor where it was.
func (v *view) relist() {
	c, m := v.c, v.m
	v.account.SetText(m.Account)
	v.record.Hidden = m.Sure == 0
	v.label()
	var options []kit.FilterOption
	for _, f := range filters {
		options = append(options, kit.FilterOption{ID: f, Word: c.T("bank.filter." + f), Count: m.Counts[f]})
	}
	v.filters.SetOptions(options...)
	was := v.list.Selected()
	v.items = m.Items(v.filter)
	at := m.At(v.items, v.at)
	if at < 0 {
		at = was
	}
	v.list.Set(v.blocks(), at)
	v.at = 0
	if r := v.current(); r != nil {
		v.at = r.ID
	}
}

// current gives the row on which the cursor is, or nil.
func (v *view) current() *Row {
	i := v.list.Selected()
	if i < 0 || i >= len(v.items) || v.items[i].Kind != Entry {
		return nil
	}
	return &v.m.Rows[v.items[i].Row]
}

func (v *view) turn(id string) {
	v.filter = id
	v.relist()
	if v.c.Canvas().Focused() == nil {
		v.focus() // the filter was pressed with the pointer
	}
}

func (v *view) selected(int) {
	if r := v.current(); r != nil {
		v.at = r.ID
	}
}

// focus gives the list the keyboard, unless something lies over it or another screen has come to the front.
func (v *view) focus() {
	if v.c.InFront(v) {
		v.c.Canvas().Focus(v.list)
	}
}

// key confirms with Enter, and goes through the answers of an entry that has several.
func (v *view) key(ev *fyne.KeyEvent) bool {
	r := v.current()
	if r == nil {
		return false
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		v.enter(r)
		return true
	case fyne.KeyDown:
		if n := v.chosen(r); r.State == Ambiguous && n+1 < len(r.Answers) {
			v.point(r, n+1)
			return true
		}
		v.answer = -1
	case fyne.KeyUp:
		if n := v.chosen(r); n >= 0 {
			v.point(r, n-1)
			return true
		}
	}
	return false
}

func (v *view) enter(r *Row) {
	switch {
	case r.State <= Sure:
		v.settle(r, &r.Answers[0], "")
	case r.State == Ambiguous && v.chosen(r) >= 0: // of two possibilities none is taken for granted
		v.settle(r, &r.Answers[v.chosen(r)], "")
	case r.State == Unknown:
		v.split(r, "")
	}
}

// chosen gives the answer that Enter takes, -1 for none.
func (v *view) chosen(r *Row) int {
	if v.answerOf != r.ID || v.answer >= len(r.Answers) {
		return -1
	}
	return v.answer
}

// point frames an answer, or none.
func (v *view) point(r *Row, n int) {
	v.answer, v.answerOf = n, r.ID
	v.list.RebuildCurrent()
}

// typed goes to an answer by its number, or searches the invoices for what is typed.
func (v *view) typed(char rune) {
	r := v.current()
	if r == nil || !r.Waits() && r.State != NoReceipt {
		return
	}
	if n := int(char - '1'); r.State == Ambiguous && n >= 0 && n < len(r.Answers) {
		v.point(r, n)
		return
	}
	if unicode.IsLetter(char) || unicode.IsDigit(char) {
		v.search(r, string(char))
	}
}

// widthLayout tells the heading how much room there is.
type widthLayout struct{ v *view }

func (l widthLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l widthLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if s.Width != l.v.width {
		l.v.width = s.Width
		l.v.label()
	}
	put(o[0], 0, 0, s.Width, s.Height)
}

// label writes the facts and the verbs of the heading: short ones where the others do not find room beside each other.
func (v *view) label() {
	c, facts := v.c, v.m.Facts
	verbs := func(end string) {
		v.pay.SetText(c.T("bank.receive" + end))
		v.open.SetText(c.T("bank.import" + end))
		v.record.SetText(c.Words.N("bank.record"+end, v.m.Sure))
	}
	verbs("")
	if v.width > 0 && kit.NewLabel(facts).MinSize().Width > v.width-v.heading.MinSize().Width+headingMargin() {
		verbs(".short")
		facts = v.m.Short
	}
	v.heading.Set(c.T("bank.title"), facts)
}

// headingMargin is what the least width of a heading holds for its title, less the margins of the page.
func headingMargin() float32 { return look.Px(200) - 2*look.Px(look.Gap6) }

// fillLayout puts a banner, which may be nil, above what takes the height that is left, and a foot, which may be nil, below.
type fillLayout struct{ top, content, foot fyne.CanvasObject }

func (l fillLayout) MinSize([]fyne.CanvasObject) fyne.Size { return l.content.MinSize() }

func (l fillLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	y, end := float32(0), s.Height
	if l.top != nil {
		y = l.top.MinSize().Height
		put(l.top, 0, 0, s.Width, y)
	}
	if l.foot != nil {
		h := l.foot.MinSize().Height
		end -= h
		put(l.foot, 0, end, s.Width, h)
	}
	put(l.content, 0, y, s.Width, end-y)
}

// some leaves out what is nil.
func some(list ...fyne.CanvasObject) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, o := range list {
		if o != nil {
			out = append(out, o)
		}
	}
	return out
}
