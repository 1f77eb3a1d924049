package call

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/ledger"
	"quitus/letters/guide"
)

// guideColumn is the middle of a call: the steps, what to say, the answers, and what must not be done.
type guideColumn struct {
	v      *view
	object *fyne.Container

	against *fyne.Container
	steps   *kit.Steps
	panel   *fyne.Container
	search  *kit.Field
	tiles   *kit.Tiles
	hits    []hit
	cursor  int
	foot    *kit.Label
	scroll  fyne.CanvasObject
}

func newGuideColumn(v *view) *guideColumn {
	g := &guideColumn{v: v, against: kit.Stack(0), panel: container.NewStack()}
	w := v.c.Words
	g.steps = kit.NewSteps(g.goTo)
	g.search = kit.NewField("", "").Searching("Ctrl+O").Low().Placeholder(w.N("call.search", len(v.m.Guide.Objections))).OnKey(g.searchKey)
	g.search.OnChanged = func(string) { g.cursor = 0; g.showTiles() }
	g.search.OnLeft = func() { g.showTiles() }
	g.tiles = kit.NewTiles(3, 166)
	g.foot = kit.NewNote("").Wrapped()
	ask := container.New(askLayout{}, kit.NewLabel(w.T("call.answers")).Bold(), g.search)
	g.scroll = kit.NewScroll(kit.Inset(0, 0, 4, 0, kit.Stack(look.Gap3, g.panel, ask, g.tiles)))
	rules := kit.NewIconButton(look.IconInfo, func() { v.open(openRules) }).Low()
	foot := kit.Stack(look.Gap2, kit.Separator(), container.NewBorder(nil, nil, rules, nil, kit.Inset(5, 0, 0, 2, g.foot)))
	g.object = kit.Inset(12, 20, 10, 20, container.NewBorder(kit.Inset(0, 0, 12, 0, kit.Stack(look.Gap3, g.against, g.steps)), foot, nil, nil, g.scroll))
	return g
}

// goTo goes to a step; an answer that is open is closed.
func (g *guideColumn) goTo(i int) {
	g.v.m.Step, g.v.m.Open = i, openNothing
	g.show()
	g.top()
}

// top scrolls to what is to be said.
func (g *guideColumn) top() { kit.ScrollToTop(g.scroll) }

// show brings the column up to date.
func (g *guideColumn) show() {
	v, m := g.v, g.v.m
	g.against.Objects = nil
	g.against.Hide()
	if text := m.against(); text != "" {
		g.against.Show()
		g.against.Objects = []fyne.CanvasObject{tinted(look.Late, look.IconLate, m.w.T("call.against.line", "why", text))}
	}
	words := make([]string, len(m.Guide.Steps))
	for i, s := range m.Guide.Steps {
		words[i] = s.Title
	}
	g.steps.Set(m.Step, words...)
	g.panel.Objects = []fyne.CanvasObject{g.shown()}
	g.foot.SetText(m.Guide.Foot.String())
	g.showTiles()
	g.object.Refresh()
	v.page.Refresh()
}

// shown is the panel that is open, or else the step.
func (g *guideColumn) shown() fyne.CanvasObject {
	m := g.v.m
	switch m.Open {
	case openNothing:
		return g.step(m.Guide.Steps[m.Step])
	case openVoicemail:
		return g.words(m.w.T("call.voicemail"), m.w.T("call.others.hint"), m.Guide.Voicemail)
	case openSwitchboard:
		return g.words(m.w.T("call.switchboard"), m.w.T("call.others.hint"), m.Guide.Switchboard)
	case openBack:
		return g.words(m.w.T("call.back_to"), "", m.Guide.Back...)
	case openRules:
		return g.rules()
	case openNotes:
		return g.templates()
	}
	if o := m.objection(m.Open); o != nil {
		return g.answer(o)
	}
	m.Open = openNothing // it is no longer made in this case
	return g.step(m.Guide.Steps[m.Step])
}

// marked writes a text for a label: what is bold between two asterisks.
func marked(t guide.Text) string {
	var b strings.Builder
	for _, r := range t {
		if r.Bold {
			b.WriteString("**" + r.Text + "**")
		} else {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// quoted is a sentence to say, between quotation marks.
func (g *guideColumn) quoted(t guide.Text) string { return g.v.m.w.T("call.quote", "text", marked(t)) }

func (g *guideColumn) speech(t guide.Text) fyne.CanvasObject {
	return kit.NewLabel(g.quoted(t)).Role(look.Speech).Wrapped()
}

// iconLine is a line with an icon before it.
func iconLine(icon look.Icon, ink fyne.ThemeColorName, label *kit.Label) fyne.CanvasObject {
	return container.New(fileLayout{}, kit.NewIcon(icon, ink, 18), label, kit.NewNote(""))
}

// aside are the reminder to wait, what to avoid and the hint.
func (g *guideColumn) aside(box *fyne.Container, wait bool, avoid, hint guide.Text) {
	w := g.v.m.w
	list := kit.Stack(6)
	defer func() { box.Add(list) }()
	if wait {
		list.Add(iconLine(look.IconWait, look.Ink, kit.NewLabel(w.T("call.wait")).Bold()))
	}
	if avoid != nil {
		list.Add(iconLine(look.IconAvoid, look.VeryLate.Text(), kit.NewLabel(w.T("call.avoid", "text", g.quoted(avoid))).Ink(look.VeryLate.Text()).Wrapped()))
	}
	if hint != nil {
		list.Add(iconLine(look.IconInfo, look.Ink2, kit.NewLabel(marked(hint)).Ink(look.Ink2).Wrapped()))
	}
}

// step is the card of a step: what to say, what to ask, what to avoid.
func (g *guideColumn) step(s guide.Step) fyne.CanvasObject {
	v, w := g.v, g.v.m.w
	box := kit.Stack(look.Gap3)
	if s.Say != nil {
		box.Add(kit.Stack(2, kit.NewNote(w.T("call.say")).Bold(), g.speech(s.Say)))
	}
	if s.Ask != nil {
		box.Add(kit.Stack(2, kit.NewNote(w.T("call.ask")).Bold(), g.speech(s.Ask)))
	}
	if s.ID == "listen" && len(v.m.Guide.Questions) > 0 {
		list := kit.Stack(4, kit.NewNote(w.T("call.questions")).Bold())
		for _, q := range v.m.Guide.Questions {
			list.Add(kit.NewLabel(g.quoted(q)).Wrapped())
		}
		box.Add(list)
	}
	g.aside(box, true, s.Avoid, s.Hint)
	if n := len(v.m.Guide.Reminders); n > 0 && (s.ID == "situation" || s.ID == "propose") {
		k := map[string]int{"situation": 0, "propose": 2}[s.ID] % n
		box.Add(iconLine(look.IconInfo, look.Ink2, kit.NewLabel(marked(v.m.Guide.Reminders[k])).Ink(look.Ink2).Wrapped()))
	}
	if actions := g.stepActions(s.ID); len(actions) > 0 {
		box.Add(kit.NewWrapRow(actions...))
	}
	return kit.NewBareCard(kit.Padded(18, box))
}

// stepActions are what a step leads to.
func (g *guideColumn) stepActions(id string) []fyne.CanvasObject {
	v, w := g.v, g.v.m.w
	link := func(icon look.Icon, key, open string) fyne.CanvasObject {
		return kit.NewButton(kit.Secondary, icon, w.T(key), func() { v.open(open) })
	}
	var out []fyne.CanvasObject
	switch id {
	case "open":
		out = append(out, link(look.IconPhone, "call.voicemail", openVoicemail), link(look.IconAccount, "call.switchboard", openSwitchboard))
	case "listen":
		out = append(out, link(look.IconBack, "call.back_to", openBack))
	case "engage":
		out = append(out, g.promiseButton())
	case "recap":
		out = append(out, kit.NewButton(kit.Secondary, look.NoIcon, w.T("call.finish"), func() { v.start(v.end) }).WithHint(w.T("call.key.end")))
	}
	return out
}

func (g *guideColumn) promiseButton() fyne.CanvasObject {
	return kit.NewButton(kit.Secondary, look.IconPromise, g.v.m.w.T("call.promise.note"), func() { g.v.start(g.v.notePromise) }).WithHint("Ctrl+P").Low()
}

// answer is an objection with the answer in three movements.
func (g *guideColumn) answer(o *guide.Objection) fyne.CanvasObject {
	v, w := g.v, g.v.m.w
	head := container.NewBorder(nil, nil, nil, kit.Row(look.Gap1, kit.NewNote(w.T("call.key.escape")), kit.NewIconButton(look.IconClose, func() { v.open(o.ID) }).Low()),
		kit.NewLabel(w.T("call.says", "text", o.Says)).Role(look.Speech).Wrapped())
	box := kit.Stack(10, head)
	for i, part := range []struct {
		key  string
		text guide.Text
	}{{"call.movement.where", o.Where}, {"call.movement.due", o.Due}, {"call.movement.propose", o.Propose}} {
		box.Add(container.New(movementLayout{}, kit.NewNumber(strconv.Itoa(i+1)), kit.Stack(0, kit.NewNote(w.T(part.key)).Bold(), g.speech(part.text))))
	}
	g.aside(box, true, o.Avoid, o.Hint)
	resend := kit.NewButton(kit.Secondary, look.IconSend, w.T("call.resend"), func() { v.start(v.resend) }).WithHint("Ctrl+R").Low()
	if v.m.Document != "" {
		resend = kit.NewButton(kit.Secondary, look.IconTick, w.T("call.resend.noted"), nil).Low().Off(true)
	}
	box.Add(kit.NewWrapRow(g.promiseButton(), resend))
	return kit.NewBareCard(kit.Inset(8, 14, 12, 14, box)).Framed(look.Accent)
}

// askLayout has the question, and the search at its right, as wide as there is room for.
type askLayout struct{}

func (askLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(200), o[1].MinSize().Height)
}

func (askLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	text := o[0].MinSize()
	w := min(look.Px(272), s.Width-text.Width-look.Px(look.Gap3))
	put(o[0], 0, float32(int((s.Height-text.Height)/2)), text.Width, text.Height)
	put(o[1], s.Width-w, 0, w, s.Height)
}

// movementLayout has a number, and at its right what is said.
type movementLayout struct{}

func (movementLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	n, t := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(n.Width+look.Px(14)+t.Width, max(n.Height, t.Height))
}

func (movementLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	n := o[0].MinSize()
	put(o[0], 0, look.Px(2), n.Width, n.Height)
	x := n.Width + look.Px(14)
	put(o[1], x, 0, s.Width-x, s.Height)
}

// panelHead is the title of a panel, with what closes it.
func (g *guideColumn) panelHead(title string) fyne.CanvasObject {
	v := g.v
	return container.NewBorder(nil, nil, nil, kit.Row(look.Gap1, kit.NewNote(v.m.w.T("call.key.escape")),
		kit.NewIconButton(look.IconClose, func() { v.open(v.m.Open) }).Low()), kit.NewSection(title))
}

// words is a panel of sentences to say.
func (g *guideColumn) words(title, hint string, list ...guide.Text) fyne.CanvasObject {
	box := kit.Stack(look.Gap3, g.panelHead(title))
	for _, t := range list {
		box.Add(g.speech(t))
	}
	if hint != "" {
		box.Add(iconLine(look.IconAvoid, look.VeryLate.Text(), kit.NewLabel(hint).Ink(look.VeryLate.Text()).Wrapped()))
	}
	return kit.NewBareCard(kit.Padded(18, box)).Framed(look.Accent)
}

// rules lists what must not be done, with its source.
func (g *guideColumn) rules() fyne.CanvasObject {
	box := kit.Stack(look.Gap3, g.panelHead(g.v.m.w.T("call.rules")))
	for _, r := range g.v.m.Guide.MustNot {
		text := kit.Stack(0, kit.NewLabel(marked(r.Text)).Wrapped())
		if r.Source != "" {
			text.Add(kit.NewNote(r.Source).Wrapped())
		}
		box.Add(container.New(movementLayout{}, kit.NewIcon(look.IconAvoid, look.VeryLate.Text(), 18), text))
	}
	return kit.NewBareCard(kit.Padded(18, box)).Framed(look.Accent)
}

// templates offers the forms for notes; choosing one writes its first line into the notes.
func (g *guideColumn) templates() fyne.CanvasObject {
	v := g.v
	box := kit.Stack(look.Gap3, g.panelHead(v.m.w.T("call.templates")))
	for _, n := range v.m.Guide.Notes {
		use := kit.NewLink(look.IconEdit, v.m.w.T("call.templates.use"), func() { v.notes.template(n.Text) })
		box.Add(kit.Stack(2, container.NewBorder(nil, nil, nil, use, kit.NewLabel(n.Title).Bold()), kit.NewNote(strings.TrimSpace(n.Text)).Wrapped()))
	}
	return kit.NewBareCard(kit.Padded(18, box)).Framed(look.Accent)
}

// searching says whether all answers are listed rather than those with a key.
func (g *guideColumn) searching() bool {
	return g.search.Text() != "" || g.v.c.Canvas() != nil && g.v.c.Canvas().Focused() == g.search.Entry()
}

// showTiles lists the answers: those with a key, or what is searched for.
func (g *guideColumn) showTiles() {
	m := g.v.m
	g.hits = nil
	if g.searching() {
		g.hits = m.find(g.search.Text())
	} else {
		for _, o := range m.keyed() {
			g.hits = append(g.hits, hit{o.ID, o.Key, o.Title})
		}
	}
	items := make([]fyne.CanvasObject, len(g.hits))
	for i, h := range g.hits {
		b := kit.NewKeyButton(h.Key, h.Title, func() { g.choose(h.ID) })
		b.SetOpen(h.ID == m.Open || g.search.Text() != "" && i == g.cursor)
		items[i] = b
	}
	if len(items) == 0 {
		items = []fyne.CanvasObject{kit.NewLabel(m.w.T("call.search.nothing")).Ink(look.Ink2)}
	}
	g.tiles.Set(items...)
	g.object.Refresh()
}

// choose opens what was found, and takes the keyboard back to the notes.
func (g *guideColumn) choose(id string) {
	g.search.SetText("")
	if g.v.m.Open == id {
		g.v.notes.focus()
		return
	}
	g.v.open(id)
}

func (g *guideColumn) searchKey(ev *fyne.KeyEvent) bool {
	move := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1}[ev.Name]
	switch {
	case move != 0 && len(g.hits) > 0:
		g.cursor = (g.cursor + move + len(g.hits)) % len(g.hits)
		g.showTiles()
	case ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter:
		if g.cursor < len(g.hits) {
			g.choose(g.hits[g.cursor].ID)
		}
	case ev.Name == fyne.KeyEscape:
		g.search.SetText("")
		g.v.notes.focus()
	default:
		return false
	}
	return true
}

// notePromise asks for a promise, checked against what is open; the guide says it from then on.
func (v *view) notePromise() {
	c, m := v.c, v.m
	w := c.Words
	amount := kit.NewMoneyEntry(w, w.T("calls.promise.amount"), m.File.Due.Currency)
	amount.Needed = w.Error(ledger.Errorf("field_required"))
	amount.SetMoney(m.left())
	due := kit.NewDateEntry(w, w.T("calls.promise.due"), c.Desk.Today())
	due.Needed = w.Error(ledger.Errorf("field_required"))
	means := kit.NewChoice(w.T("dialogs.pay.means"), string(ledger.Transfer), nil, dialogs.MeansOptions(w)...)
	invoice := kit.NewChoice(w.T("calls.promise.invoices"), "", nil, v.invoiceOptions(true)...)
	form := kit.NewWideForm(c.Canvas(), w, 560, w.T("calls.promise.title"), w.T("calls.promise.act"),
		kit.Shares(look.Gap3, amount, due), kit.Shares(look.Gap3, invoice, means), kit.NewNote(w.T("call.promise.hint")).Wrapped())
	form.OnAct = func() {
		p := ledger.Promise{Means: ledger.Means(means.Chosen()), Invoices: invoicesOf(invoice.Chosen())}
		p.Amount, _ = amount.Money()
		p.Due, _ = due.Date()
		fields := map[string]dialogs.Messenger{"due": due}
		wrong := m.checkPromise(p)
		for _, e := range wrong {
			f, ok := fields[dialogs.FieldOf(e)]
			if !ok {
				f = amount
			}
			f.SetMessage(w.Error(e))
		}
		if len(wrong) > 0 {
			form.Refresh()
			return
		}
		c.Error(m.promise(p))
		form.Close()
		v.show()
		v.save(true)
		v.notes.focus()
	}
	form.OnCancel = v.notes.focus
	form.Show()
	c.Canvas().Focus(due.Entry())
}

// invoiceOptions are the open invoices, for a choice; all together first where all is true.
func (v *view) invoiceOptions(all bool) []kit.Option {
	var out []kit.Option
	if all {
		out = append(out, kit.Option{Word: v.c.T("calls.all_invoices")})
	}
	for _, i := range v.m.File.Invoices {
		if !i.CreditNote && i.Customer == v.m.File.Customer.ID {
			out = append(out, kit.Option{ID: invoiceCode([]ledger.InvoiceID{i.ID}), Word: v.c.T("calls.invoice_open", "number", i.Number, "open", i.Open)})
		}
	}
	return out
}
