package letters

import (
	"context"
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/letters"
)

// dpi is the fineness of the page shown: sharp on a screen of twice the pixels at the page's usual size.
const dpi = 144

type view struct {
	c     *screen.Context
	model *Model
	place screen.Place

	heading            *kit.Heading
	print, mark, save  *kit.Button
	fetch, sendAll     *kit.Button // of the outbox
	tabs               *kit.FilterRow
	list               *kit.Lines
	listHead, listBody *fyne.Container
	listed             *fyne.Container // both, and the foot
	chosen             *fyne.Container // whom the list is narrowed to, and the way back to all
	preview            *kit.Preview
	middle             *fyne.Container // the preview, or an e-mail
	side               *fyne.Container
	banner             *fyne.Container
	columns            *fyne.Container
	object             fyne.CanvasObject

	turn    int // counts what was to be shown: what is made for an earlier turn comes too late
	page    int
	shown   []byte // pages in the preview
	current string // reference of the letter shown
	mail    string // the e-mail shown; empty where a page is
}

// New makes the screen.
func New(c *screen.Context) screen.Screen {
	v := &view{c: c, page: 1}
	v.fetch = kit.NewButton(kit.Secondary, look.IconReply, c.T("outbox.fetch"), v.fetchNow)
	v.sendAll = kit.NewButton(kit.Primary, look.IconSend, "", v.sendThem)
	v.save = kit.NewButton(kit.Secondary, look.IconSave, c.T("lettering.save"), v.savePDFs)
	v.mark = kit.NewButton(kit.Secondary, look.NoIcon, c.T("lettering.mark"), v.markSent)
	v.print = kit.NewButton(kit.Primary, look.IconPrint, c.T("lettering.print.none"), v.printThem)
	v.heading = kit.NewHeading(c.T("lettering.title"), "", v.save, v.mark, v.print, v.fetch, v.sendAll)
	v.tabs = kit.NewFilterRow(string(Reminders), func(id string) { v.choose(Tab(id)) })
	v.list = kit.NewLines(nil).Ticks().Choosing()
	v.list.OnSelect = func(i int) { v.model.Selected = i; v.look() }
	v.list.OnTick = func(i int, on bool) { v.tick(i, on) }
	v.listHead, v.listBody = container.NewStack(), container.NewStack()
	v.preview = kit.NewPreview(c.Words, func(page int) { v.page = page; v.draw() })
	v.middle = container.NewStack(v.preview)
	v.side, v.banner = kit.Stack(look.Gap3), container.NewStack()
	v.chosen = container.NewStack()
	v.chosen.Hide()
	left := container.NewBorder(kit.Stack(0, kit.Inset(0, 0, look.Gap3, 0, v.tabs), v.chosen), nil, nil, nil, v.listCard())
	v.columns = container.New(&threeColumns{func() bool { return v.model != nil && v.model.Tab == Outbox }}, left, v.middle, kit.NewScroll(v.side))
	v.object = kit.Page(v.heading, []fyne.CanvasObject{v.banner}, v.columns)
	return v
}

// listCard is the list with its head and the sentence at its foot.
func (v *view) listCard() fyne.CanvasObject {
	foot := kit.Inset(look.Gap2, look.Gap3, look.Gap2, look.Gap3, container.NewBorder(nil, nil,
		kit.Inset(1, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(look.IconInfo, look.Ink2, 16))), nil, kit.NewNote(v.c.T("lettering.one_each")).Wrapped()))
	v.listed = container.NewBorder(v.listHead, kit.Stack(0, kit.Separator(), foot), nil, nil, v.listBody)
	return kit.NewBareCard(v.listed)
}

// Object implements [screen.Screen].
func (v *view) Object() fyne.CanvasObject { return v.object }

// Show implements [screen.Screen].
func (v *view) Show(p screen.Place) {
	if len(p.Customers) > 0 || p.Filter != "" {
		v.model, v.place = nil, p
	} else if v.model == nil || len(v.place.Customers) > 0 {
		v.model, v.place = nil, p
	}
	v.Refresh()
}

// Refresh implements [screen.Screen].
func (v *view) Refresh() {
	before, place := v.model, v.place
	screen.Load(v.c, "letters", func(s *desk.State) *Model {
		m := NewModel(v.c.Words, s, place.Customers, modelOf(place), before)
		m.see(v.c.Desk)
		if before == nil && place.Filter != "" {
			m.Tab = tabFor(place.Filter)
		}
		return m
	}, func(m *Model) {
		v.model, m.Post = m, v.c.Post.State()
		v.show()
	})
}

// modelOf is the model that a place names for the customers to be written to.
func modelOf(p screen.Place) string {
	if len(p.Customers) > 0 && slices.Contains(letters.Models(), p.Filter) {
		return p.Filter
	}
	return ""
}

// tabFor is the list that a place names, by its own name or a model's.
func tabFor(filter string) Tab {
	switch t := Tab(filter); t {
	case Reminders, Notices, Others, Outbox, Made:
		return t
	}
	return tabOf(filter)
}

func (v *view) choose(t Tab) {
	v.model.Tab, v.model.Selected = t, 0
	v.show()
}

// show copies the model into the widgets.
func (v *view) show() {
	m, c := v.model, v.c
	v.heading.Set(c.T("lettering.title"), m.facts())
	var tabs []kit.FilterOption
	for _, t := range []Tab{Reminders, Notices, Others} {
		tabs = append(tabs, kit.FilterOption{ID: string(t), Word: c.T("lettering.tab." + string(t)), Count: len(m.of(t))})
	}
	v.tabs.SetOptions(append(tabs, kit.FilterOption{ID: string(Outbox), Word: c.T("lettering.tab.outbox"), Count: m.waiting() + m.lost()},
		kit.FilterOption{ID: string(Made), Word: c.T("lettering.tab.made"), Count: len(m.Letters)})...)
	v.tabs.Choose(string(m.Tab))
	v.columns.Refresh()
	v.showBanner()
	v.showChosen()
	lines := v.lines()
	if len(lines) == 0 {
		v.empty()
		return
	}
	v.list.SetTicks(m.Tab != Made && m.Tab != Outbox)
	v.list.Set(lines)
	v.listBody.Objects = []fyne.CanvasObject{v.list}
	v.listBody.Refresh()
	v.list.Select(m.Selected)
	v.counted()
}

// showChosen says to whom the list is narrowed, with the way back to all.
func (v *view) showChosen() {
	ids := v.model.Chosen
	v.chosen.Objects = nil
	v.chosen.Hidden = len(ids) == 0
	if len(ids) > 0 {
		word := v.c.Words.N("lettering.chosen", len(ids))
		if c := v.model.state.Book.Customer(ids[0]); len(ids) == 1 && c != nil {
			word = v.c.T("lettering.chosen.only", "name", c.Name)
		}
		close := kit.NewIconButton(look.IconClose, func() {
			v.model, v.place = nil, screen.Place{Screen: screen.Letters}
			v.Refresh()
		}).Low()
		v.chosen.Objects = []fyne.CanvasObject{kit.Inset(0, 0, look.Gap2, 0, container.NewBorder(nil, nil, nil, close, kit.Inset(4, 0, 0, 0, kit.NewLabel(word).Bold())))}
	}
	v.chosen.Refresh()
	v.object.Refresh()
}

// lines words the present list.
func (v *view) lines() []kit.Line {
	var out []kit.Line
	switch v.model.Tab {
	case Outbox:
		for _, x := range v.model.Mails {
			out = append(out, v.mailListed(x))
		}
		return out
	case Made:
		for _, l := range v.model.Letters {
			line := kit.Line{Title: v.model.state.Book.Customer(l.Customer).Name, Second: v.model.letterSecond(l), Right: v.c.Words.Money(l.Amount), Plain: true}
			out = append(out, line)
		}
		return out
	}
	for _, k := range v.model.list() {
		out = append(out, v.line(k))
	}
	return out
}

func (v *view) line(k *Case) kit.Line {
	text, warn := v.model.second(k)
	line := kit.Line{Title: k.Customer.Name, Second: text, Right: v.c.Words.Money(k.amount()), Ticked: k.Ticked, Plain: true}
	if warn {
		line.Warn = look.Late
	}
	if k.amount().Currency == "" {
		line.Right = ""
	}
	return line
}

// tick ticks a case. A letter about nothing cannot be ticked, one that waits is asked about, and one made before is marked as sent
// by the button, not by its box.
func (v *view) tick(i int, on bool) {
	if v.model.Tab == Made || v.model.Tab == Outbox {
		v.list.Set(v.lines())
		return
	}
	k := v.model.list()[i]
	if on && k.Hold != "" && k.Why == "" && !k.empty() {
		v.refreshLine(k)
		v.against(k)
		return
	}
	k.Ticked = on && !k.empty()
	v.refreshLine(k)
	v.counted()
}

// refreshLine shows a case anew in its line, where it is listed.
func (v *view) refreshLine(k *Case) {
	for i, o := range v.model.list() {
		if o == k {
			v.list.Line(i, v.line(k))
		}
	}
}

// counted brings head and buttons up to date with what is ticked.
func (v *view) counted() {
	m, c := v.model, v.c
	v.posted()
	paper, mails := m.ticked()
	v.listHead.Objects = nil
	if m.Tab != Made && m.Tab != Outbox {
		count, sum := m.chosenFacts()
		head := container.NewBorder(nil, nil, kit.NewTitle(count), kit.NewTitle(sum))
		v.listHead.Objects = []fyne.CanvasObject{kit.Stack(0, kit.Inset(look.Gap3, look.Gap4, look.Gap3, look.Gap4, head), kit.Separator())}
	}
	v.listed.Refresh()
	word := c.T("lettering.print.none")
	switch {
	case len(paper) > 0 && len(mails) > 0:
		word = c.T("lettering.print.both", "mails", len(mails), "letters", len(paper))
	case len(paper) > 0:
		word = c.Words.N("lettering.print", len(paper))
	case len(mails) > 0:
		word = c.Words.N("lettering.approve", len(mails))
	}
	icon := look.IconPrint
	if len(mails) > 0 {
		icon = look.IconSend
	}
	v.print.SetIcon(icon)
	v.print.SetText(word)
	v.print.Off(len(paper)+len(mails) == 0)
	v.save.Off(len(paper) == 0)
	v.mark.Off(len(paper) == 0 && !v.unsent())
	v.showBanner()
	v.heading.Refresh()
}

// unsent says whether the letter with the cursor was made and has not left.
func (v *view) unsent() bool {
	l := v.model.currentLetter()
	return l != nil && l.Sent == 0
}

func (v *view) empty() {
	c := v.c
	title := "lettering.empty.title"
	if v.model.Tab == Outbox {
		title = "outbox.empty"
	}
	e := kit.NewEmpty(look.IconLetter, c.T(title), c.T("lettering.empty."+string(v.model.Tab)),
		kit.NewButton(kit.Secondary, look.NoIcon, c.T("lettering.empty.button"), func() {
			c.Go(screen.Place{Screen: screen.Invoices, Filter: "overdue"})
		}))
	v.listBody.Objects = []fyne.CanvasObject{container.NewCenter(e)}
	v.listBody.Refresh()
	v.turn++
	v.say("")
	v.side.Objects = nil
	v.side.Refresh()
	v.counted()
}

// look shows the letter with the cursor: its page or its text, what to check, what can be changed.
func (v *view) look() {
	v.page = 1
	v.turn++
	if l := v.model.currentLetter(); l != nil {
		v.lookAtMade(l)
		return
	}
	if x := v.model.currentMail(); x != nil {
		v.counted()
		v.showMail(v.c.Desk.Seen(x.Message))
		v.mailSide(x)
		return
	}
	k := v.model.current()
	if k == nil {
		return
	}
	if k.empty() {
		text, _ := v.model.second(k)
		v.say(text)
		v.showSide(k, nil)
		return
	}
	order := v.model.order(k)
	var made desk.Doing
	v.make("letters.write", func(ctx context.Context) error {
		made = v.c.Desk.PrepareLetters(ctx, []desk.LetterOrder{order}, nil)[0]
		return ctx.Err()
	}, func(err error) {
		if err != nil {
			v.say(v.c.Words.Error(err))
			return
		}
		v.showMade(k, &made)
	})
}

// make makes in the background what is to be shown; done is not called where something else is to be shown by then.
func (v *view) make(key string, task func(context.Context) error, done func(error)) {
	turn := v.turn
	v.c.Run.Go(key, func(ctx context.Context, _ *run.Progress) error { return task(ctx) }, func(err error) {
		if turn == v.turn {
			done(err)
		}
	})
}

// showMade shows what was made of a case, or why it could not be.
func (v *view) showMade(k *Case, x *desk.Doing) {
	switch {
	case x.Err != nil:
		v.say(v.c.Words.Error(x.Err))
		v.showSide(k, nil)
		return
	case x.Message != nil:
		k.Told = x.Message.Amount
		v.showMail(v.c.Desk.SeenBefore(x))
	default:
		k.Told = x.Letter.Principal
		v.current, v.shown = x.Letter.Reference, x.Letter.PDF
		v.onPaper()
		v.draw()
	}
	v.refreshLine(k)
	v.showSide(k, x)
}

// say shows a sentence in the place of a page.
func (v *view) say(sentence string) {
	v.current, v.shown = "", nil
	v.onPaper()
	v.preview.Say(sentence)
}

// onPaper puts the preview of pages in the middle.
func (v *view) onPaper() {
	v.mail = ""
	v.middle.Objects = []fyne.CanvasObject{v.preview}
	v.middle.Refresh()
}

func (v *view) lookAtMade(l *ledger.Letter) {
	v.current = l.Reference
	v.counted()
	var pdf []byte
	v.make("letters.write", func(context.Context) (err error) {
		pdf, err = v.c.Desk.Document(l.Hash)
		return err
	}, func(err error) {
		v.onPaper()
		if err != nil {
			v.preview.Say(v.c.Words.Error(err))
			return
		}
		v.shown = pdf
		v.madeSide(l)
		v.draw()
	})
}

// draw renders the page in the background; the page before stays until it is there.
func (v *view) draw() {
	pdf, page := v.shown, v.page
	var img image.Image
	pages := 0
	v.make("letters.draw", func(ctx context.Context) (err error) {
		if pages, err = screen.Pages().Pages(ctx, pdf); err != nil {
			return err
		}
		img, err = screen.Pages().Page(ctx, pdf, page, dpi)
		return err
	}, func(err error) {
		if err != nil {
			v.preview.Say(v.c.Words.Error(err))
			return
		}
		v.preview.SetPage(img, page, pages)
	})
}
