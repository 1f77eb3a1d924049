package dialogs

import (
	"context"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// ShowInvoice opens an invoice or credit note with all that is known of it, and what can be done with
// it. changed, which may be nil, is called after each act. It gives back the card, nil when the invoice
// is gone.
func ShowInvoice(c *screen.Context, id ledger.InvoiceID, changed func()) *InvoiceCard {
	d := &InvoiceCard{c: c, id: id, changed: changed, body: container.NewStack()}
	if !d.fill() {
		return nil
	}
	d.dialog = kit.NewDialog(c.Canvas(), cardWidth, d.body, nil)
	d.dialog.Open(d.first)
	return d
}

const (
	cardWidth = 640
	// cardRoom is what of the window's height the dialog leaves to others: margins, title and buttons.
	cardRoom = 230
)

// InvoiceCard is an invoice's dialog.
type InvoiceCard struct {
	c       *screen.Context
	id      ledger.InvoiceID
	changed func()
	dialog  *kit.Dialog
	body    *fyne.Container
	first   fyne.Focusable
}

// Drop keeps files that were dropped on the window with the invoice, and says whether it did: not when
// the dialog is closed. A nil card takes nothing.
func (d *InvoiceCard) Drop(paths []string) bool {
	if d == nil || !d.dialog.Visible() {
		return false
	}
	Attach(d.c, paths, 0, d.id, d.again)
	return true
}

// fill shows the invoice as it is now; false when it is gone.
func (d *InvoiceCard) fill() bool {
	m := newCard(d.c.Desk, d.c.Words, d.id)
	if m == nil {
		return false
	}
	d.body.Objects = []fyne.CanvasObject{kit.Stack(look.Gap4, d.head(m), d.middle(m), d.buttons(m))}
	d.body.Refresh()
	return true
}

// again shows the invoice anew after an act.
func (d *InvoiceCard) again() {
	call(d.changed)
	if !d.fill() {
		d.dialog.Hide()
		return
	}
	d.dialog.Refresh()
	d.c.Canvas().Focus(d.first)
}

func (d *InvoiceCard) head(m *card) fyne.CanvasObject {
	close := kit.NewIconButton(look.IconClose, func() { d.dialog.Hide() })
	title := kit.Row(look.Gap3, kit.NewSection(m.Title), kit.NewChip(look.StatusOf(m.Situation), m.Word), layout.NewSpacer(), close)
	return kit.Stack(0, title, kit.NewLabel(m.Name).Ink(look.Ink2))
}

// middle is all that scrolls where the window is low.
func (d *InvoiceCard) middle(m *card) fyne.CanvasObject {
	body := kit.Stack(look.Gap4, facts(m.Facts))
	body.Add(d.section("dialogs.card.payments", nil, "dialogs.card.no_payment", len(m.Payments), func(k int) fyne.CanvasObject { return d.payment(m.Payments[k]) }))
	if m.Rights != nil {
		body.Add(d.interest(m.Rights))
		if m.Rights.Last != "" {
			body.Add(d.limit(m.Rights))
		}
	}
	attach := kit.NewLink(look.IconAttach, d.c.T("dialogs.card.attach"), func() { d.attach(m) })
	body.Add(d.section("dialogs.card.files", attach, "dialogs.card.no_file", len(m.Files), func(k int) fyne.CanvasObject { return d.file(m.Files[k]) }))
	return scrolling(d.room, body)
}

// room is the height that the window has for the middle, in units before scaling.
func (d *InvoiceCard) room() float32 {
	return max(160, d.c.Canvas().Size().Height/look.Px(100)*100-cardRoom)
}

// facts shows label and text in two columns of pairs, and the long ones below over the whole width.
func facts(list []fact) fyne.CanvasObject {
	var short, long []fact
	for _, f := range list {
		if utf8.RuneCountInString(f.Text) > 22 {
			long = append(long, f)
		} else {
			short = append(short, f)
		}
	}
	column := func(part []fact) fyne.CanvasObject {
		s := kit.Stack(6)
		for _, f := range part {
			text := kit.NewLabel(f.Text).Wrapped()
			if f.Bold {
				text.Bold()
			}
			label := container.NewVBox(kit.Fixed(128, 0, kit.NewLabel(f.Label).Ink(look.Ink2)))
			s.Add(container.NewBorder(nil, nil, label, nil, text))
		}
		return s
	}
	half := (len(short) + 1) / 2
	all := kit.Stack(6, kit.Shares(look.Gap6, column(short[:half]), column(short[half:])))
	if len(long) > 0 {
		all.Add(column(long))
	}
	return all
}

// section is a titled list, or the sentence that says it is empty.
func (d *InvoiceCard) section(title string, right fyne.CanvasObject, empty string, n int, line func(int) fyne.CanvasObject) *fyne.Container {
	head := kit.Row(look.Gap2, kit.NewTitle(d.c.T(title)), layout.NewSpacer())
	if right != nil {
		head.Add(right)
	}
	s := kit.Stack(look.Gap1, kit.Separator(), kit.Inset(look.Gap2, 0, 0, 0, head))
	if n == 0 && empty != "" {
		s.Add(kit.NewLabel(d.c.T(empty)).Ink(look.Ink2))
	}
	for k := range n {
		s.Add(line(k))
	}
	return s
}

func (d *InvoiceCard) payment(p cardPayment) fyne.CanvasObject {
	right := kit.Row(look.Gap2)
	if p.ID != 0 {
		right.Add(kit.NewLink(look.NoIcon, d.c.T("dialogs.take_back.act"), func() { d.takeBack(p) }))
	}
	amount := kit.Fixed(110, 0, kit.NewLabel(p.Amount).Bold().Aligned(kit.Right))
	words := kit.Fixed(40, 20, kit.NewLabel(p.Words).Ink(look.Ink2))
	return kit.Fixed(0, 28, container.NewBorder(nil, nil, amount, right, kit.Inset(4, 0, 4, look.Gap4, words)))
}

func (d *InvoiceCard) file(f cardFile) fyne.CanvasObject {
	open := kit.NewLink(look.NoIcon, d.c.T("common.open"), func() { d.c.View(f.Hash, f.Name) })
	right := kit.Row(look.Gap3, kit.NewNote(f.Words), open)
	return kit.Fixed(0, 28, container.NewBorder(nil, nil, nil, right, kit.Inset(4, look.Gap3, 4, 0, kit.Fixed(40, 20, kit.NewLabel(f.Name)))))
}

func (d *InvoiceCard) buttons(m *card) fyne.CanvasObject {
	row := kit.Row(look.Gap2)
	if m.CanPay {
		row.Add(kit.NewButton(kit.Quiet, look.NoIcon, d.c.T("dialogs.write_off.open"), func() { WriteOff(d.c, d.id, d.again) }))
	}
	row.Add(layout.NewSpacer())
	edit := kit.NewButton(kit.Secondary, look.IconEdit, d.c.T("common.edit"), func() {
		EditInvoice(d.c, d.id, func(ledger.InvoiceID) { d.again() })
	})
	row.Add(edit)
	d.first = edit
	if m.CanPay {
		pay := kit.NewButton(kit.Primary, look.NoIcon, d.c.T("dialogs.pay.title"), func() { Pay(d.c, m.Customer, d.id, d.again) })
		row.Add(pay)
		d.first = pay
	}
	return row
}

func (d *InvoiceCard) takeBack(p cardPayment) {
	kit.Ask(d.c.Canvas(), kit.Question{
		Title: d.c.T("dialogs.take_back.title"), Text: p.Question, Keep: d.c.T("common.keep"), Act: d.c.T("dialogs.take_back.act"),
	}, func() {
		d.c.Act("dialogs.take_back", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
			return d.c.Desk.TakeBackPayment(ctx, p.ID)
		}, func() string {
			d.again()
			return d.c.T("dialogs.take_back.done", "amount", p.Amount)
		})
	})
}

func (d *InvoiceCard) attach(m *card) {
	d.c.OpenFile(d.c.T("common.choose_file"), nil, func(path string) {
		Attach(d.c, []string{path}, m.Customer, d.id, d.again)
	})
}

// Attach keeps files with an invoice, or with a customer where invoice is 0. changed, which may be nil,
// is called once they are kept.
func Attach(c *screen.Context, paths []string, customer ledger.CustomerID, invoice ledger.InvoiceID, changed func()) {
	number := ""
	if i := c.Desk.State().Book.Invoice(invoice); i != nil {
		number, customer = i.Number, i.Customer
	}
	kept := 0
	var last ledger.Entry
	c.Run.Go("dialogs.attach", func(ctx context.Context, _ *run.Progress) error {
		for _, path := range paths {
			e, err := c.Desk.Attach(ctx, path, customer, invoice)
			if err != nil {
				return err
			}
			last = e
			kept++
		}
		return nil
	}, func(err error) {
		if kept > 0 {
			call(changed)
			text := c.Words.N("dialogs.attach.customer", kept)
			if number != "" {
				text = c.Words.N("dialogs.attach.invoice", kept, "number", number)
			}
			if kept > 1 {
				last = ledger.Entry{} // one undo takes back one file only
			}
			c.Done(text, last)
		}
		c.Error(err)
	})
}

// WriteOff opens the form that gives up what is open of an invoice, or a part of it.
func WriteOff(c *screen.Context, id ledger.InvoiceID, changed func()) {
	s := c.Desk.State()
	i := s.Book.Invoice(id)
	if i == nil {
		return
	}
	open := s.Open(i)
	amount := kit.NewMoneyEntry(c.Words, c.T("common.amount"), open.Currency)
	amount.Needed = c.Words.Error(ledger.Errorf("field_required"))
	amount.Limit = func(v ledger.Money) string {
		if !v.Positive() || v.Minor > open.Minor {
			return c.T("dialogs.write_off.limit", "open", open)
		}
		return ""
	}
	amount.SetMoney(open)
	reason := kit.NewField(c.T("dialogs.write_off.reason"), "").Placeholder(c.T("dialogs.write_off.reason.hint"))
	form := kit.NewForm(c.Canvas(), c.Words, c.T("dialogs.write_off.title", "number", i.Number), c.T("dialogs.write_off.act"),
		kit.NewLabel(c.T("dialogs.write_off.text")).Wrapped(), amount, reason)
	form.OnAct = func() {
		v, _ := amount.Money()
		Save(c, "dialogs.write_off", form, nil, func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.WriteOff(ctx, id, v, strings.TrimSpace(reason.Text()))
		}, func(e ledger.Entry) {
			c.Done(c.T("dialogs.write_off.done", "amount", v, "number", i.Number), e)
			call(changed)
		})
	}
	form.Show()
}
