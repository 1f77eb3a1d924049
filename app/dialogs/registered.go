package dialogs

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// Registered opens "Recommandé" for a letter: its number, when it was posted, what came back, and the scans. changed, which
// may be nil, is called after it was recorded.
func Registered(c *screen.Context, letter ledger.LetterID, changed func()) {
	m := newRegisteredModel(c.Desk, c.Words, letter)
	if m == nil {
		c.Error(ledger.Errorf("letter_unknown"))
		return
	}
	d := &registeredDialog{c: c, m: m, changed: changed}
	d.open()
}

type registeredDialog struct {
	c        *screen.Context
	m        *registeredModel
	changed  func()
	number   *kit.Field
	told     *kit.Label
	posted   *kit.DateEntry
	channel  *kit.Choice
	law      *kit.Label
	outcome  *kit.FilterRow
	on       *kit.DateEntry
	follows  *kit.Label
	proofs   [2]*kit.Label
	returned *fyne.Container
	form     *kit.Form
}

// The two ways of a registered letter.
const (
	onPaper   = "paper"
	certified = "certified"
)

func (d *registeredDialog) open() {
	c, m, w := d.c, d.m, d.c.Words
	d.told, d.law, d.follows = kit.NewNote(""), kit.NewNote(w.T("handover.mail.certified_note")).Wrapped(), kit.NewLabel("").Wrapped()
	d.number = kit.NewField(w.T("handover.mail.number"), m.Now.Number).Placeholder(w.T("handover.mail.number.hint"))
	d.number.Check = func(text string) string {
		d.tell(text)
		return m.check("number", func(r *ledger.Registered) { r.Number = text })
	}
	d.posted = newDay(c, w.T("handover.mail.posted"))
	d.posted.Limit = func(on ledger.Date) string { return m.check("posted", func(r *ledger.Registered) { r.Posted = on }) }
	d.posted.SetDate(m.Now.Posted)
	way := onPaper
	if m.Now.Certified {
		way = certified
	}
	d.channel = kit.NewChoice(w.T("handover.mail.channel"), way, func(id string) { m.Now.Certified = id == certified; d.show() },
		kit.Option{ID: onPaper, Word: w.T("handover.mail.paper")}, kit.Option{ID: certified, Word: w.T("handover.mail.certified")})
	var back []kit.FilterOption
	for _, o := range m.outcomes() {
		back = append(back, kit.FilterOption{ID: o.ID, Word: o.Word, Count: -1})
	}
	d.outcome = kit.NewFilterChoice(string(m.Now.Outcome), func(id string) { m.Now.Outcome = ledger.MailOutcome(id); d.show() }, back...)
	d.on = newDay(c, w.T("handover.mail.outcome_on"))
	d.on.Limit = func(on ledger.Date) string {
		posted, _ := d.posted.Date()
		return m.check("outcome_on", func(r *ledger.Registered) { r.Posted, r.OutcomeOn = posted, on })
	}
	d.on.SetDate(m.Now.OutcomeOn)
	d.returned = sunken(shares(look.Gap3, 1, d.proof(true), d.on), d.follows)
	list := kit.Row(0, kit.NewLink(look.NoIcon, w.T("handover.mail.list"), d.list))
	d.form = kit.NewWideForm(c.Canvas(), w, 640, m.title(), w.T("common.save"),
		container.NewBorder(nil, nil, nil, list, kit.NewLabel(m.name()).Ink(look.Ink2)),
		kit.Shares(look.Gap3, d.number, d.channel), d.told, d.law, kit.Shares(look.Gap3, d.posted, d.proof(false)),
		kit.Stack(look.Gap2, kit.NewTitle(w.T("handover.mail.outcome")), d.outcome), d.returned)
	d.form.OnAct = d.act
	d.tell(m.Now.Number)
	d.show()
	d.form.Show()
	selectAll(c, d.number.Entry())
}

// tell says below the number whether its check digit was checked.
func (d *registeredDialog) tell(number string) {
	text := d.m.told(number)
	if text == "" {
		d.told.Hide()
	} else {
		d.told.Show() // what is hidden is not drawn anew
		d.told.SetText(text)
	}
	if d.form != nil {
		d.form.Refresh()
	}
}

// proof is what is kept as a proof, and a link that attaches a scan; receipt is for what came back.
func (d *registeredDialog) proof(receipt bool) fyne.CanvasObject {
	label, n := "handover.mail.proof", 0
	if receipt {
		label, n = "handover.mail.receipt", 1
	}
	d.proofs[n] = kit.NewLabel(d.m.proof(receipt))
	attach := kit.NewLink(look.NoIcon, d.c.T("handover.mail.attach"), func() {
		d.c.OpenFile(d.c.T("common.choose_file"), nil, func(path string) {
			if receipt {
				d.m.Now.ReceiptFile = path
			} else {
				d.m.Now.ProofFile = path
			}
			d.proofs[n].SetText(d.m.proof(receipt))
		})
	})
	return kit.Stack(0, kit.NewNote(d.c.T(label)).Bold(), container.NewBorder(nil, nil, nil, attach, kit.Fixed(60, 0, d.proofs[n])))
}

// show shows what the answers ask for.
func (d *registeredDialog) show() {
	set := func(o fyne.CanvasObject, on bool) {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	set(d.law, d.m.Now.Certified)
	set(d.returned, d.m.Now.Outcome != ledger.MailNotYetBack)
	d.follows.SetText(d.m.follows())
	if d.form != nil {
		d.form.Refresh()
	}
}

func (d *registeredDialog) act() {
	m := d.m
	m.Now.Number = d.number.Text()
	m.Now.Posted, _ = d.posted.Date()
	m.Now.OutcomeOn, _ = d.on.Date()
	Save(d.c, "handover.mail", d.form, map[string]Messenger{"number": d.number, "posted": d.posted, "outcome_on": d.on}, m.save, func(e ledger.Entry) {
		d.c.Done(d.c.T("handover.mail.done"), e)
		call(d.changed)
	})
}

// list opens the list for the post office of the day of posting.
func (d *registeredDialog) list() {
	var path string
	on := d.m.listed()
	d.c.Run.Go("handover.post", func(context.Context, *run.Progress) error {
		pdf, err := d.m.desk.PostList(on, d.c.Words.Lang())
		if err == nil {
			path, err = desk.TempPath(d.c.T("handover.post.file", "day", on.String()))
		}
		if err == nil {
			err = desk.WriteFile(path, pdf)
		}
		return err
	}, func(err error) {
		if err != nil {
			d.c.Error(err)
			return
		}
		d.c.OpenPath(path)
	})
}
