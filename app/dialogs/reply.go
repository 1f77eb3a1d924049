package dialogs

import (
	"context"
	"net/url"
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
)

// replyDialog shows a reply beside its case, and asks what it means.
type replyDialog struct {
	c       *screen.Context
	m       *replyModel
	changed func()
	dialog  *kit.Dialog

	meaning *kit.FilterRow
	reason  *kit.Label
	follows *kit.Label
	act     *kit.Button
	groups  map[ledger.Meaning]fyne.CanvasObject
	ack     fyne.CanvasObject

	amount, contested        *kit.MoneyEntry
	due                      *kit.DateEntry
	invoices, disputed, why  *kit.Choice
	words, note              *kit.Field
	acknowledges             *kit.FilterRow
	promiseFields, disputing map[string]Messenger
}

// Reply opens a reply beside its case. One that waits asks what it means; one that is decided is shown. changed, which may be nil, is called
// after it was decided.
func Reply(c *screen.Context, id ledger.ReplyID, changed func()) {
	var m *replyModel
	c.Run.Go("replies.read", func(context.Context, *run.Progress) (err error) {
		m, err = readReply(c.Desk, c.Words, id)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			c.Error(err)
		case m.Reply.Waits():
			(&replyDialog{c: c, m: m, changed: changed}).open()
		default:
			showMail(c, m.shown())
		}
	})
}

// Measures of the dialog, in units.
const (
	replyWidth  = 1060
	replyHeight = 780
	replySide   = 360 // of the case
	replyLeast  = 190 // height of text and case at least
)

func (d *replyDialog) open() {
	c, w := d.c, d.c.Words
	answer := kit.NewButton(kit.Secondary, look.IconReply, w.T("replies.answer"), func() { answerByMail(c, d.m) })
	leave := kit.NewButton(kit.Secondary, look.NoIcon, w.T("common.close"), func() { d.dialog.Hide() })
	d.act = kit.NewButton(kit.Primary, look.NoIcon, w.T("common.save"), d.save)
	buttons := container.NewBorder(nil, nil, kit.Row(look.Gap2, answer), kit.Row(look.Gap2, leave, d.act))
	title := kit.Fixed(40, 0, kit.NewSection(w.T("replies.title", "name", d.m.name())))
	sides := container.New(&besides{side: replySide, least: replyLeast}, d.message(), d.theCase())
	middle := kit.NewScroll(container.New(above{}, sides, d.decision()))
	body := container.New(tallDialog{c.Canvas(), replyHeight}, container.NewBorder(title, kit.Inset(look.Gap3, 0, 0, 0, buttons), nil, nil, kit.Inset(look.Gap3, 0, 0, 0, middle)))
	d.dialog = kit.NewDialog(c.Canvas(), replyWidth, body, nil)
	d.dialog.OnKey = d.key
	d.show()
	d.dialog.Open(d.act)
}

// key chooses a meaning by its digit, and saves with Enter.
func (d *replyDialog) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		d.save()
		return true
	}
	n, err := strconv.Atoi(string(ev.Name))
	if list := d.m.meanings(); err == nil && n >= 1 && n <= len(list) && !typing(d.c.Canvas().Focused()) {
		d.mean(string(list[n-1]))
		return true
	}
	return false
}

// typing says whether the keyboard is where digits are written.
func typing(f fyne.Focusable) bool {
	_, ok := f.(fyne.Shortcutable)
	return ok
}

// message is the reply itself: who, when, by what it was found, its words, what it quotes, its files.
func (d *replyDialog) message() fyne.CanvasObject {
	m, w := d.m, d.c.Words
	head := kit.Stack(look.Gap1,
		mailRow(w.T("replies.from"), m.sender(), false), mailRow(w.T("replies.subject"), m.Reply.Subject, true),
		kit.NewNote(Joined(w.T("replies.on", "day", w.DateLong(m.Reply.On)), m.found())).Wrapped())
	if other := m.other(); other != "" {
		head.Add(warning(other))
	}
	return mailCard(head, mailBody(d.c, m.shown(), func() { d.dialog.Refresh() }))
}

// theCase is what is known of the customer's case.
func (d *replyDialog) theCase() fyne.CanvasObject {
	m, w := d.m, d.c.Words
	box := kit.Stack(look.Gap3)
	if x := m.Ours; x != nil {
		see := kit.NewLink(look.NoIcon, w.T("replies.see"), func() { Mail(d.c, x.ID) })
		text := kit.Stack(0, kit.NewLabel(w.Letter(x.Model)).Wrapped(), kit.NewNote(w.T("replies.left", "day", w.DateNumbers(max(x.Sent, x.On), m.state.On), "address", x.To)).Wrapped())
		box.Add(kit.Stack(look.Gap1, kit.NewNote(w.T("replies.case.ours")).Bold(), container.NewBorder(nil, nil, nil, kit.Stack(0, see), text)))
	} else {
		box.Add(kit.NewNote(w.T("replies.case.no_mail")).Wrapped())
	}
	for _, b := range m.blocks() {
		part := kit.Stack(look.Gap1, kit.NewNote(b.Title).Bold())
		for _, l := range b.Lines {
			row := container.NewBorder(nil, nil, nil, kit.Inset(0, 0, 0, look.Gap2, kit.Stack(0, kit.NewLabel(l.Right))), kit.NewLabel(l.Text).Wrapped())
			part.Add(row)
			if l.Second != "" {
				part.Add(kit.NewNote(l.Second).Wrapped())
			}
		}
		box.Add(part)
	}
	return kit.NewBareCard(kit.Inset(1, 1, 8, 1, kit.NewScroll(kit.Padded(look.Gap3, box)))).Sunken()
}

// decision asks what the reply means, with what follows from each answer.
func (d *replyDialog) decision() fyne.CanvasObject {
	m, w := d.m, d.c.Words
	var options []kit.FilterOption
	for n, x := range m.meanings() {
		options = append(options, kit.FilterOption{ID: string(x), Word: strconv.Itoa(n+1) + "  " + w.T("replies.meaning."+string(x)), Count: -1})
	}
	d.meaning = kit.NewFilterChoice(string(m.Meant), d.mean, options...)
	d.reason, d.follows = kit.NewNote(m.reason()).Wrapped(), kit.NewLabel("").Wrapped()
	d.note = kit.NewField(w.T("replies.note"), "")
	d.groups = map[ledger.Meaning]fyne.CanvasObject{ledger.MeansDocuments: d.note, ledger.MeansOther: d.note}
	if len(m.Invoices) > 0 {
		d.groups[ledger.MeansPays], d.groups[ledger.MeansContests] = d.promise(), d.dispute()
	}
	d.acknowledges = kit.NewFilterTicks(func(string) { m.Acknowledges = len(d.acknowledges.Ticked()) > 0 },
		kit.FilterOption{ID: "yes", Word: w.T("replies.acknowledges"), Count: -1})
	d.ack = kit.Stack(look.Gap1, d.acknowledges, kit.NewNote(w.T("replies.acknowledges.note", "numbers", m.numbers(m.about()))).Wrapped())
	title := container.NewBorder(nil, nil, kit.Inset(0, look.Gap3, 0, 0, kit.NewTitle(w.T("replies.what"))), nil, kit.Inset(2, 0, 0, 0, d.reason))
	box := kit.Stack(look.Gap2, title, d.meaning, d.follows)
	for _, x := range []ledger.Meaning{ledger.MeansPays, ledger.MeansContests, ledger.MeansOther} {
		if g := d.groups[x]; g != nil {
			box.Add(g)
		}
	}
	box.Add(d.ack)
	return kit.Inset(look.Gap3, 0, 0, 0, box)
}

// promise are the fields of a payment that is announced.
func (d *replyDialog) promise() fyne.CanvasObject {
	m, w := d.m, d.c.Words
	required := w.Error(ledger.Errorf("field_required"))
	d.amount = kit.NewMoneyEntry(w, w.T("calls.promise.amount"), m.Promise.Amount.Currency)
	d.amount.Needed = required
	d.amount.Limit = func(v ledger.Money) string {
		return m.checkPromise("amount", func(p *ledger.Promise) { p.Amount = v })
	}
	d.amount.SetMoney(m.Promise.Amount)
	d.due = newDay(d.c, w.T("calls.promise.due"))
	d.due.Needed = required
	d.due.Limit = func(on ledger.Date) string { return m.checkPromise("due", func(p *ledger.Promise) { p.Due = on }) }
	d.due.SetDate(m.Promise.Due)
	d.invoices = kit.NewChoice(w.T("calls.promise.invoices"), m.choice(), func(code string) {
		m.choose(code)
		d.amount.SetCurrency(m.Promise.Amount.Currency)
		d.amount.SetMoney(m.Promise.Amount)
	}, options(m.promiseChoices())...)
	d.promiseFields = map[string]Messenger{"amount": d.amount, "due": d.due, "invoices": d.invoices}
	return kit.Shares(look.Gap3, d.due, d.amount, d.invoices)
}

// dispute are the fields of what is contested.
func (d *replyDialog) dispute() fyne.CanvasObject {
	m, w := d.m, d.c.Words
	d.contested = kit.NewMoneyEntry(w, w.T("calls.dispute.amount"), m.currency(invoiceCode(m.Dispute.Invoice)))
	d.contested.Placeholder(w.T("calls.dispute.amount.hint"))
	d.contested.Limit = func(v ledger.Money) string {
		return m.checkDispute("amount", func(x *ledger.Dispute) { x.Amount = v.Minor })
	}
	d.disputed = kit.NewChoice(w.T("common.invoice"), invoiceCode(m.Dispute.Invoice), func(code string) {
		m.Dispute.Invoice = m.named(code)[0]
		d.contested.SetCurrency(m.currency(code))
		d.disputed.SetMessage(m.checkDispute("invoice", func(*ledger.Dispute) {}))
	}, options(m.choices(false))...)
	d.why = kit.NewChoice(w.T("calls.dispute.reason"), "", nil, options(disputeReasons(w))...).Placeholder(w.T("calls.choose"))
	d.why.Needed = w.T("calls.dispute.reason.needed")
	d.words = kit.NewField(w.T("calls.dispute.words"), strings.Join(strings.Fields(m.Dispute.Words), " "))
	d.disputing = map[string]Messenger{"amount": d.contested, "invoice": d.disputed, "reason": d.why}
	return kit.Stack(look.Gap3, kit.Shares(look.Gap3, d.disputed, d.why, d.contested), d.words)
}

// mean takes another meaning.
func (d *replyDialog) mean(id string) {
	d.m.Meant = ledger.Meaning(id)
	d.meaning.Choose(id)
	d.show()
	d.dialog.Refresh()
}

// show brings the fields in line with the meaning.
func (d *replyDialog) show() {
	for _, g := range d.groups {
		g.Hide()
	}
	if g := d.groups[d.m.Meant]; g != nil {
		g.Show()
	}
	if d.m.mayAcknowledge() {
		d.ack.Show()
	} else {
		d.ack.Hide()
	}
	d.follows.SetText(d.m.follows())
}

// save records the decision; what is wrong is said at the fields.
func (d *replyDialog) save() {
	c, m := d.c, d.m
	fields := map[string]Messenger{}
	checked := []kit.Checked{}
	switch m.Meant {
	case "":
		d.follows.SetInk(look.VeryLate.Text())
		return
	case ledger.MeansPays:
		fields, checked = d.promiseFields, []kit.Checked{d.due, d.amount}
		m.Promise.Amount, _ = d.amount.Money()
		m.Promise.Due, _ = d.due.Date()
	case ledger.MeansContests:
		fields, checked = d.disputing, []kit.Checked{d.why, d.contested}
		m.Dispute.Reason = ledger.DisputeReason(d.why.Chosen())
		v, _ := d.contested.Money()
		m.Dispute.Amount, m.Dispute.Words = v.Minor, strings.TrimSpace(d.words.Text())
	}
	m.Note = strings.TrimSpace(d.note.Text())
	if kit.Wrong(checked...) > 0 {
		d.dialog.Refresh()
		return
	}
	var entry ledger.Entry
	c.Run.Go("replies.save", func(ctx context.Context, _ *run.Progress) (err error) {
		entry, err = m.save(ctx)
		return err
	}, func(err error) {
		switch {
		case err == nil:
			d.dialog.Hide()
			c.Done(c.T("replies.done", "name", m.name(), "meaning", ledger.Term("mail.meaning."+string(m.Meant))), entry)
			call(d.changed)
		case showAtFields(c, fields, err):
			d.dialog.Refresh()
		default:
			c.Error(err)
		}
	})
}

// answerByMail opens an answer in the owner's own mail program.
func answerByMail(c *screen.Context, m *replyModel) {
	link := m.state.ReplyLink(m.Reply)
	c.Run.Go("replies.answer", func(context.Context, *run.Progress) error {
		u, err := url.Parse(link)
		if err == nil {
			err = fyne.CurrentApp().OpenURL(u)
		}
		if err != nil {
			return ledger.Errorf("cannot_open_mail", "address", m.Reply.From, "cause", err)
		}
		return nil
	}, c.Error)
}

// saveFile asks for a name and writes a file there, made off the window's goroutine.
func saveFile(c *screen.Context, title, name string, content func() ([]byte, error)) {
	c.SaveFile(title, name, func(path string) {
		c.Run.Go("replies.save_file", func(context.Context, *run.Progress) error {
			data, err := content()
			if err == nil {
				err = desk.WriteFile(path, data)
			}
			return err
		}, func(err error) {
			if err != nil {
				c.Error(err)
				return
			}
			c.Done(c.T("replies.saved", "file", name), ledger.Entry{})
		})
	})
}

// besides has the message at the left and the case at the right, of a fixed width; both are as high as there is room.
type besides struct{ side, least float32 }

func (l *besides) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(2*l.side), look.Px(l.least))
}

func (l *besides) Layout(o []fyne.CanvasObject, s fyne.Size) {
	side, gap := look.Px(l.side), look.Px(look.Gap3)
	if s.Width < look.Px(900) {
		side = s.Width * 0.38
	}
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width-side-gap, s.Height))
	o[1].Move(fyne.NewPos(s.Width-side, 0))
	o[1].Resize(fyne.NewSize(side, s.Height))
}

// above puts the first object over the second, which is as high as it needs to be; the first takes what is left.
type above struct{}

func (above) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height)
}

func (above) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[1].Resize(fyne.NewSize(s.Width, o[1].MinSize().Height)) // wrapped texts learn their width
	h := o[1].MinSize().Height
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, max(o[0].MinSize().Height, s.Height-h)))
	o[1].Move(fyne.NewPos(0, o[0].Size().Height))
	o[1].Resize(fyne.NewSize(s.Width, h))
}

// tallDialog makes a dialog as high as it wants to be, or as the window lets it.
type tallDialog struct {
	canvas fyne.Canvas
	height float32
}

func (l tallDialog) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, min(look.Px(l.height), l.canvas.Size().Height-2*look.Px(look.Gap6)-2*look.Px(20)))
}

func (tallDialog) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}
