package dialogs

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/assets/words"
	"quitus/ledger"
)

// Pay opens "Noter un paiement" for a customer's open invoices. What is open of the chosen invoice is
// proposed; 0 chooses none. changed, which may be nil, is called after the payment was recorded.
func Pay(c *screen.Context, customer ledger.CustomerID, chosen ledger.InvoiceID, changed func()) {
	m := newPayModel(c.Desk, c.Words, customer, chosen)
	if len(m.Lines) == 0 {
		kit.Ask(c.Canvas(), kit.Question{
			Title: c.T("dialogs.pay.nothing_open", "name", m.Name), Text: c.T("dialogs.pay.nothing_open.next"), Act: c.T("common.ok"),
		}, nil)
		return
	}
	p := &payDialog{c: c, m: m, total: kit.NewNote("")}
	p.open(changed)
}

type payDialog struct {
	c         *screen.Context
	m         *payModel
	amounts   []*kit.MoneyEntry
	day       *kit.DateEntry
	means     *kit.Choice
	reference *kit.Field
	total     *kit.Label
	form      *kit.Form
}

// linesInView is how many invoices are shown before the list scrolls.
const linesInView = 5

func (p *payDialog) open(changed func()) {
	w := p.c.Words
	rows := kit.Stack(look.Gap3)
	for k := range p.m.Lines {
		rows.Add(p.line(k))
	}
	var lines fyne.CanvasObject = rows
	if len(p.m.Lines) > linesInView {
		lines = scrolling(func() float32 { return linesInView * 48 }, kit.Inset(0, 14, 0, 0, rows))
	}
	p.day = kit.NewDateEntry(w, w.T("dialogs.pay.day"), p.c.Desk.Today())
	p.day.Needed = w.Error(ledger.Errorf("field_required"))
	p.day.Limit = p.m.checkDay
	p.day.SetDate(p.c.Desk.Today())
	p.means = kit.NewChoice(w.T("dialogs.pay.means"), string(ledger.Transfer), nil, meansOptions(w)...)
	p.reference = kit.NewField(w.T("common.reference"), "").Placeholder(w.T("dialogs.pay.reference.hint"))
	p.tell()
	p.form = kit.NewWideForm(p.c.Canvas(), w, 560, w.T("dialogs.pay.title"), w.T("dialogs.pay.act"),
		kit.NewLabel(p.m.Name).Ink(look.Ink2), lines, p.total,
		kit.Shares(look.Gap3, p.day, p.means), p.reference)
	p.form.OnAct = func() { p.act(changed) }
	p.form.Show()
	first := p.amounts[0].Entry()
	p.c.Canvas().Focus(first)
	if s, ok := first.(fyne.Shortcutable); ok {
		s.TypedShortcut(&fyne.ShortcutSelectAll{}) // what is typed replaces what is proposed
	}
}

func (p *payDialog) line(k int) fyne.CanvasObject {
	l := p.m.Lines[k]
	e := kit.NewMoneyEntry(p.c.Words, "", l.Open.Currency)
	e.Limit = func(v ledger.Money) string { return p.m.checkAmount(k, v) }
	e.OnChanged = func(string) {
		v, _ := e.Money()
		p.m.set(k, v)
		p.tell()
	}
	if l.Amount.Positive() {
		e.SetMoney(l.Amount)
	}
	p.amounts = append(p.amounts, e)
	all := kit.NewButton(kit.Quiet, look.NoIcon, p.c.T("dialogs.pay.all"), func() {
		e.SetMoney(l.Open)
		e.Validate()
	})
	words := kit.Stack(0, kit.NewLabel(l.Number).Bold(), kit.NewNote(l.Fact))
	return container.NewBorder(nil, nil, nil, container.NewHBox(container.NewVBox(all), kit.Fixed(164, 0, e)), words)
}

func (p *payDialog) tell() {
	text := p.m.total()
	if len(p.m.Lines) == 1 {
		text = "" // the one amount says it
	}
	p.total.SetText(text)
	if shown := text != ""; shown != p.total.Visible() {
		p.total.Hidden = !shown
		if p.form != nil {
			p.form.Refresh()
		}
	}
}

func (p *payDialog) act(changed func()) {
	checked, some := make([]kit.Checked, len(p.amounts)), false
	for k, e := range p.amounts {
		checked[k] = e
		some = some || p.m.Lines[k].Amount.Positive()
	}
	if kit.Wrong(checked...) > 0 {
		return
	}
	if !some {
		p.amounts[0].Focus()
		p.amounts[0].SetMessage(p.c.T("dialogs.pay.no_amount"))
		p.form.Refresh()
		return
	}
	day, _ := p.day.Date()
	Save(p.c, "dialogs.pay", p.form, map[string]Messenger{"on": p.day}, func(ctx context.Context) (ledger.Entry, error) {
		return p.m.save(ctx, day, ledger.Means(p.means.Chosen()), strings.TrimSpace(p.reference.Text()))
	}, func(e ledger.Entry) {
		p.c.Done(p.m.done(), e)
		call(changed)
	})
}

func call(f func()) {
	if f != nil {
		f()
	}
}

func meansOptions(w *words.Words) []kit.Option {
	var out []kit.Option
	for _, m := range append(ledger.MeansList, ledger.OtherMeans) {
		out = append(out, kit.Option{ID: string(m), Word: w.Means(m)})
	}
	return out
}

func options(list []choice) []kit.Option {
	out := make([]kit.Option, len(list))
	for i, o := range list {
		out[i] = kit.Option(o)
	}
	return out
}
