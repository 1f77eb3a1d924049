package today

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/letters"
)

// lookThrough shows the e-mails of a row as they will leave, one after the other, to be approved.
func (v *view) lookThrough(r *Row) {
	d := &mailDialog{view: v}
	v.c.Run.Go("today.mails", func(ctx context.Context, _ *run.Progress) error {
		for _, x := range v.c.Desk.Prepare(ctx, r.Tasks) {
			m := mail{Doing: x}
			if !x.Task.Agreed {
				m.against = v.c.Desk.Against(x.Task.Customer, ledger.ChannelEmail)
			}
			d.mails = append(d.mails, m)
		}
		return ctx.Err()
	}, func(err error) {
		if err != nil {
			v.c.Error(err)
			return
		}
		d.open()
	})
}

// mail is an e-mail that waits to be approved.
type mail struct {
	desk.Doing
	against []followup.Reason
	editing bool // the owner changes its words
}

// ready says whether it can be approved as it is.
func (m *mail) ready() bool {
	return m.addressed() && m.worded() && (len(m.against) == 0 || m.Why != "")
}

// worded says whether it has a subject and a text.
func (m *mail) worded() bool {
	return strings.TrimSpace(m.Message.Subject) != "" && strings.TrimSpace(m.Message.Body) != ""
}

// addressed says whether there is an e-mail with an address.
func (m *mail) addressed() bool { return m.Err == nil && m.Message != nil && m.Message.To != "" }

type mailDialog struct {
	*view
	mails  []mail
	at     int
	dialog *kit.Dialog
	body   *fyne.Container
	list   *kit.Lines      // nil for a single e-mail
	back   *kit.IconButton // these stay, so that the keyboard stays on them
	next   *kit.IconButton
	why    *kit.Field   // nil where nothing speaks against the e-mail at hand
	all    *kit.Button  // nil for a single e-mail
	fields []*kit.Field // subject and text, while they are changed
}

const (
	mailWidth  = 640
	listWidth  = 236 // of the list beside, where there are several
	mailText   = 280 // height of the text, in units before scaling
	besideMail = 320 // height of all else
)

func (d *mailDialog) open() {
	d.body = container.NewStack()
	d.back = kit.NewIconButton(look.IconBack, func() { d.step(-1) })
	d.next = kit.NewIconButton(look.IconNext, func() { d.step(1) })
	first := d.show()
	if len(d.mails) < 2 {
		d.dialog = kit.NewDialog(d.c.Canvas(), mailWidth, d.body, nil)
		d.dialog.Open(first)
		return
	}
	d.list = kit.NewLines(d.lines()).Choosing()
	d.list.OnSelect = d.goTo
	list := kit.Fixed(listWidth, 0, kit.Inset(0, look.Gap4, 0, 0, d.list.Card(true)))
	d.dialog = kit.NewDialog(d.c.Canvas(), mailWidth+listWidth, container.NewBorder(nil, nil, list, nil, d.body), nil)
	d.dialog.Open(first)
}

// lines lists the e-mails, with what keeps one from being approved.
func (d *mailDialog) lines() []kit.Line {
	out := make([]kit.Line, len(d.mails))
	for i := range d.mails {
		out[i] = d.line(&d.mails[i])
	}
	return out
}

func (d *mailDialog) line(m *mail) kit.Line {
	l := kit.Line{Title: d.model.name(&m.Task), Plain: true}
	key := ""
	switch {
	case m.Err != nil:
		key = "error"
	case !m.addressed():
		key = "address"
	case !m.worded():
		key = "words"
	case !m.ready():
		key = "why"
	default:
		l.Second = d.c.Words.Money(m.Message.Amount)
		return l
	}
	l.Second, l.Warn = d.c.T("outbox.through."+key), look.Late
	return l
}

// goTo shows the e-mail that is chosen in the list.
func (d *mailDialog) goTo(i int) {
	if i != d.at {
		d.at = i
		d.show()
		d.dialog.Refresh()
	}
}

// show draws the e-mail at hand, and gives the button to put the keyboard on.
func (d *mailDialog) show() *kit.Button {
	m := &d.mails[d.at]
	d.why, d.all, d.fields = nil, nil, nil
	objects := []fyne.CanvasObject{d.head(m)}
	if m.Err != nil {
		objects = append(objects, kit.NewBanner(look.VeryLate, look.NoIcon, d.c.Words.Error(m.Err), "", nil))
	} else {
		objects = append(objects, d.letter(m)...)
	}
	buttons, first := d.buttons(m)
	d.body.Objects = []fyne.CanvasObject{kit.Stack(look.Gap3, append(objects, kit.Inset(6, 0, 0, 0, buttons))...)}
	d.body.Refresh()
	return first
}

// head says which e-mail of how many it is, with the way to the others.
func (d *mailDialog) head(m *mail) fyne.CanvasObject {
	name := d.model.name(&m.Task)
	way := kit.Row(look.Gap2)
	if n := len(d.mails); n > 1 {
		way = kit.Row(look.Gap2, kit.NewLabel(d.c.T("today.mail.of", "n", d.at+1, "count", n)).Ink(look.Ink2), d.back, d.next)
	}
	return container.NewBorder(nil, nil, nil, way, kit.Fixed(40, 0, kit.NewSection(d.c.T("today.mail.title", "name", name))))
}

// letter is the e-mail itself, and what is to be known of it.
func (d *mailDialog) letter(m *mail) []fyne.CanvasObject {
	c := d.c
	line := func(key, text string, bold bool) fyne.CanvasObject {
		words := kit.NewLabel(text)
		if bold {
			words = words.Bold()
		}
		return container.NewBorder(nil, nil, kit.Fixed(64, 0, kit.NewLabel(c.T(key)).Ink(look.Ink2)), nil, kit.Fixed(40, 0, words))
	}
	to := m.Message.To
	if to == "" {
		to = "–"
	}
	head := kit.Stack(look.Gap1, line("today.mail.to", to, false))
	attached, beside := c.Desk.SeenBefore(&m.Doing).Attached, float32(besideMail)
	if len(attached) > 0 {
		beside += 40
	}
	height := min(mailText, max(c.Canvas().Size().Height/look.Px(1)-beside, 120))
	out := []fyne.CanvasObject{head}
	if m.editing {
		out = append(out, d.editor(m, height)...)
	} else {
		head.Add(line("today.mail.subject", m.Message.Subject, true))
		out = append(out, kit.Fixed(0, height, kit.NewCard(kit.NewScroll(kit.NewLabel(m.Message.Body).Wrapped())).Sunken()))
	}
	if len(attached) > 0 {
		out = append(out, dialogs.Attached(c, attached))
	}
	for _, n := range d.mailNotes(m) {
		left := kit.Inset(0, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(look.IconLate, look.Late.Text(), 16)))
		out = append(out, container.NewBorder(nil, nil, left, nil, kit.NewNote(n).Ink(look.Late.Text()).Wrapped()))
	}
	if text := d.model.findings(&m.Task); text != "" {
		left := kit.Inset(4, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(look.IconInfo, look.Ink2, 16)))
		see := d.link("today.limits.see", func() { dialogs.Findings(c, m.Task.Customer) })
		out = append(out, container.NewBorder(nil, nil, left, see, kit.Inset(4, 0, 0, 0, kit.NewNote(text).Wrapped())))
	}
	if len(m.against) > 0 && m.addressed() {
		d.why = d.whyField()
		d.why.SetText(m.Why)
		d.why.OnChanged = func(s string) {
			m.Why = strings.TrimSpace(s)
			d.countReady()
		}
		out = append(out, d.why)
	}
	return out
}

// editor lets the owner change an e-mail's words.
func (d *mailDialog) editor(m *mail, height float32) []fyne.CanvasObject {
	c := d.c
	subject := kit.NewField(c.T("today.mail.subject"), m.Message.Subject)
	body := kit.NewArea(c.T("outbox.field.body"), m.Message.Body, int((height-90)/20))
	subject.Check, body.Check = dialogs.Required(c), dialogs.Required(c)
	subject.OnChanged = func(s string) { m.Message.Subject = s; d.countReady() }
	body.OnChanged = func(s string) { m.Message.Body = s; d.countReady() }
	d.fields = []*kit.Field{subject, body}
	return []fyne.CanvasObject{subject, body}
}

// edit begins to change the e-mail at hand.
func (d *mailDialog) edit() {
	d.mails[d.at].editing = true
	d.show()
	d.dialog.Refresh()
	d.fields[1].Focus()
}

// mailNotes are what speaks against an e-mail, and what is to be known before.
func (d *mailDialog) mailNotes(m *mail) []string {
	var out []string
	for _, r := range slices.Concat(m.Task.Warnings, m.against) {
		if r.Code != "bank_never" && r.Code != "bank_old" { // said on the card
			out = append(out, d.model.sentence(r))
		}
	}
	for _, x := range m.Warnings {
		out = append(out, letters.WarningText(d.c.Words, x))
	}
	return out
}

// buttons are those below the e-mail; the last is the primary one.
func (d *mailDialog) buttons(m *mail) (fyne.CanvasObject, *kit.Button) {
	c := d.c
	leave := kit.NewButton(kit.Secondary, look.NoIcon, c.T("common.close"), func() { d.dialog.Hide() })
	one := kit.NewButton(kit.Primary, look.IconSend, c.T("today.mail.approve"), func() { d.approve([]int{d.at}) }).Off(!m.addressed())
	row := kit.Row(look.Gap2)
	if m.Err == nil && !m.editing {
		row.Add(kit.NewButton(kit.Quiet, look.IconEdit, c.T("outbox.edit"), d.edit))
	}
	row.Add(layout.NewSpacer())
	row.Add(leave)
	row.Add(one)
	if len(d.mails) > 1 {
		one.SetKind(kit.Secondary)
		one.SetText(c.T("outbox.through.one"))
		d.all = kit.NewButton(kit.Primary, look.IconSend, "", func() { d.approve(d.readyMails()) })
		d.countReady()
		row.Add(d.all) // who presses Enter twice approves what is in view only
	}
	if !m.addressed() {
		return row, leave
	}
	return row, one
}

// countReady tells on the primary button how many e-mails it approves.
func (d *mailDialog) countReady() {
	if d.list != nil {
		d.list.Line(d.at, d.line(&d.mails[d.at]))
	}
	if d.all != nil {
		n := len(d.readyMails())
		d.all.SetText(d.c.Words.N("today.mail.approve_all", n))
		d.all.Off(n == 0)
	}
}

func (d *mailDialog) readyMails() []int {
	var out []int
	for i := range d.mails {
		if d.mails[i].ready() {
			out = append(out, i)
		}
	}
	return out
}

func (d *mailDialog) step(by int) {
	at := (d.at + by + len(d.mails)) % len(d.mails)
	if d.list != nil {
		d.list.Select(at)
		return
	}
	d.goTo(at)
}

// approve puts e-mails into the outbox; those that are left stay to be looked at.
func (d *mailDialog) approve(which []int) {
	if d.why != nil && which[0] == d.at && !d.why.Validate() {
		d.why.Focus()
		d.dialog.Refresh()
		return
	}
	if m := &d.mails[d.at]; which[0] == d.at && m.Err == nil && !m.worded() {
		for _, f := range d.fields {
			if !f.Validate() {
				f.Focus()
			}
		}
		d.dialog.Refresh()
		return
	}
	var doing []desk.Doing
	taken := map[int]bool{}
	for _, i := range which {
		doing = append(doing, d.mails[i].Doing)
		taken[i] = true
	}
	d.c.Act("today.approve", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return d.c.Desk.DoTasks(ctx, doing)
	}, func() string {
		var left []mail
		for i, m := range d.mails {
			if !taken[i] {
				left = append(left, m)
			}
		}
		d.mails = left
		if len(left) == 0 {
			d.dialog.Hide()
		} else {
			d.at = min(d.at, len(left)-1)
			if d.list != nil {
				d.list.Set(d.lines())
				d.list.Select(d.at)
			}
			d.c.Canvas().Focus(d.show())
			d.dialog.Refresh()
		}
		d.Refresh()
		return desk.ApprovedText(d.c.Words, len(doing), d.c.Desk.ApprovedWait())
	})
}
