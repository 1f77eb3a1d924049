package dialogs

import (
	"strings"

	"fyne.io/fyne/v2"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
)

// Promise opens "Noter une promesse" for a customer. changed, which may be nil, is called after it was recorded.
func Promise(c *screen.Context, customer ledger.CustomerID, changed func()) {
	m := newPromiseModel(c.Desk, c.Words, customer)
	if nothingOpen(c, &m.owed) {
		return
	}
	w := c.Words
	amount := kit.NewMoneyEntry(w, w.T("calls.promise.amount"), m.Now.Amount.Currency)
	amount.Needed = w.Error(ledger.Errorf("field_required"))
	amount.Limit = func(v ledger.Money) string { return m.check("amount", func(p *ledger.Promise) { p.Amount = v }) }
	amount.SetMoney(m.Now.Amount)
	due := newDay(c, w.T("calls.promise.due"))
	due.Needed = w.Error(ledger.Errorf("field_required"))
	due.Limit = func(on ledger.Date) string { return m.check("due", func(p *ledger.Promise) { p.Due = on }) }
	means := kit.NewChoice(w.T("dialogs.pay.means"), string(m.Now.Means), nil, meansOptions(w)...)
	invoice := kit.NewChoice(w.T("calls.promise.invoices"), "", func(code string) {
		m.choose(code)
		amount.SetMoney(m.Now.Amount)
	}, options(m.choices(true))...)
	said := kit.NewField(w.T("calls.promise.words"), "").Placeholder(w.T("common.optional"))
	form := kit.NewWideForm(c.Canvas(), w, 560, w.T("calls.promise.title"), w.T("calls.promise.act"),
		kit.NewLabel(m.name()).Ink(look.Ink2), kit.Shares(look.Gap3, amount, due), kit.Shares(look.Gap3, invoice, means), said)
	form.OnAct = func() {
		m.Now.Amount, _ = amount.Money()
		m.Now.Due, _ = due.Date()
		m.Now.Means, m.Now.Words = ledger.Means(means.Chosen()), strings.TrimSpace(said.Text())
		Save(c, "calls.promise", form, map[string]Messenger{"amount": amount, "due": due, "invoices": amount}, m.save, func(e ledger.Entry) {
			c.Done(w.T("calls.promise.done", "amount", m.Now.Amount, "due", m.Now.Due), e)
			call(changed)
		})
	}
	form.Show()
	selectAll(c, amount.Entry())
}

// nothingOpen says that a customer owes nothing, where it does not.
func nothingOpen(c *screen.Context, o *owed) bool {
	if len(o.Invoices) > 0 {
		return false
	}
	kit.Ask(c.Canvas(), kit.Question{Title: c.T("dialogs.pay.nothing_open", "name", o.name()), Text: c.T("calls.nothing_open.next"), Act: c.T("common.ok")}, nil)
	return true
}

// newDay makes an empty field for a day.
func newDay(c *screen.Context, label string) *kit.DateEntry {
	return kit.NewDateEntry(c.Words, label, c.Desk.Today())
}

// selectAll lets what is typed replace what is proposed.
func selectAll(c *screen.Context, entry fyne.Focusable) {
	c.Canvas().Focus(entry)
	if s, ok := entry.(fyne.Shortcutable); ok {
		s.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// disputeForm is the form of a dispute.
type disputeForm struct {
	c                   *screen.Context
	m                   *disputeModel
	invoice, reason     *kit.Choice
	amount              *kit.MoneyEntry
	by                  *kit.DateEntry
	words, settles, who *kit.Field
	form                *kit.Form
}

// Dispute opens "Noter un litige" for an invoice of a customer; 0 lets the owner choose it. Where the invoice is contested
// already, the dispute is changed. changed, which may be nil, is called after it was recorded.
func Dispute(c *screen.Context, customer ledger.CustomerID, invoice ledger.InvoiceID, changed func()) {
	f := &disputeForm{c: c, m: newDisputeModel(c.Desk, c.Words, customer, invoice)}
	if nothingOpen(c, &f.m.owed) {
		return
	}
	w := c.Words
	f.invoice = kit.NewChoice(w.T("common.invoice"), invoiceCode(f.m.Now.Invoice), func(code string) {
		f.m.choose(code)
		f.show()
	}, options(f.m.choices(false))...)
	f.reason = kit.NewChoice(w.T("calls.dispute.reason"), "", nil, options(disputeReasons(w))...).Placeholder(w.T("calls.choose"))
	f.reason.Needed = w.T("calls.dispute.reason.needed")
	f.amount = kit.NewMoneyEntry(w, w.T("calls.dispute.amount"), ledger.EUR)
	f.amount.Placeholder(w.T("calls.dispute.amount.hint"))
	f.amount.Limit = func(v ledger.Money) string {
		return f.m.check("amount", func(x *ledger.Dispute) { x.Amount = v.Minor })
	}
	f.words = kit.NewField(w.T("calls.dispute.words"), "")
	f.settles = kit.NewField(w.T("calls.dispute.settles"), "").Placeholder(w.T("calls.dispute.settles.hint"))
	f.who = kit.NewField(w.T("calls.dispute.who"), "").Placeholder(w.T("common.optional"))
	f.by = newDay(c, w.T("calls.dispute.by"))
	f.by.Limit = func(on ledger.Date) string { return f.m.check("by", func(x *ledger.Dispute) { x.By = on }) }
	f.form = kit.NewWideForm(c.Canvas(), w, 640, w.T("calls.dispute.title"), w.T("calls.dispute.act"),
		kit.NewLabel(f.m.name()).Ink(look.Ink2), kit.Shares(look.Gap3, f.invoice, f.amount), f.reason, f.words, f.settles,
		kit.Shares(look.Gap3, f.who, f.by), kit.NewNote(w.T("calls.dispute.rest")).Wrapped())
	f.form.OnAct = func() { f.act(changed) }
	f.show()
	f.form.Show()
}

// show writes the dispute into the fields.
func (f *disputeForm) show() {
	x := &f.m.Now
	f.reason.Choose(string(x.Reason))
	f.amount.SetCurrency(f.m.amount().Currency)
	f.amount.SetText("")
	if x.Amount != 0 {
		f.amount.SetMoney(f.m.amount())
	}
	f.words.SetText(x.Words)
	f.settles.SetText(x.Settles)
	f.who.SetText(x.Who)
	f.by.SetDate(x.By)
}

func (f *disputeForm) act(changed func()) {
	c, x := f.c, &f.m.Now
	x.Reason = ledger.DisputeReason(f.reason.Chosen())
	v, _ := f.amount.Money()
	x.Amount = v.Minor
	x.By, _ = f.by.Date()
	x.Words, x.Settles, x.Who = strings.TrimSpace(f.words.Text()), strings.TrimSpace(f.settles.Text()), strings.TrimSpace(f.who.Text())
	number := f.m.state.Book.Invoice(x.Invoice).Number
	Save(c, "calls.dispute", f.form, map[string]Messenger{"amount": f.amount, "by": f.by}, f.m.save, func(e ledger.Entry) {
		c.Done(c.T("calls.dispute.done", "number", number), e)
		call(changed)
	})
}

// Insolvency opens "Procédure collective" for a customer. changed, which may be nil, is called after it was recorded.
func Insolvency(c *screen.Context, customer ledger.CustomerID, changed func()) {
	m, w := newInsolvencyModel(c.Desk, c.Words, customer), c.Words
	judgment, published := newDay(c, w.T("calls.insolvency.judgment")), newDay(c, w.T("calls.insolvency.published"))
	judgment.Limit = func(on ledger.Date) string { return m.check("judgment", on, 0) }
	published.Limit = func(on ledger.Date) string {
		first, _ := judgment.Date()
		return m.check("published", first, on)
	}
	judgment.SetDate(m.Judgment)
	published.SetDate(m.Published)
	if m.Judgment == 0 {
		judgment.Needed = w.Error(ledger.Errorf("field_required"))
	}
	o := &m.Officer
	var kinds []kit.Option
	for _, p := range ledger.Proceedings {
		kinds = append(kinds, kit.Option{ID: p, Word: w.T("calls.insolvency." + p)})
	}
	proceedings := kit.NewChoice(w.T("calls.insolvency.kind"), o.Proceedings, nil, kinds...).Placeholder(w.T("calls.choose"))
	court, name := kit.NewField(w.T("calls.insolvency.court"), o.Court), kit.NewField(w.T("calls.insolvency.officer"), o.Name)
	address, postcode, town := kit.NewField(w.T("common.address"), o.Address), kit.NewField(w.T("common.postcode"), o.Postcode), kit.NewField(w.T("common.town"), o.Town)
	form := kit.NewWideForm(c.Canvas(), w, 640, w.T("calls.insolvency.title"), w.T("common.save"),
		kit.NewLabel(Joined(m.Customer.Name, w.T("calls.insolvency.text"))).Ink(look.Ink2).Wrapped(),
		kit.Shares(look.Gap3, judgment, published), kit.Shares(look.Gap3, proceedings, court), kit.Shares(look.Gap3, name, address),
		kit.Shares(look.Gap3, postcode, town), kit.NewNote(w.T("calls.insolvency.note")).Wrapped())
	form.OnAct = func() {
		m.Judgment, _ = judgment.Date()
		m.Published, _ = published.Date()
		text := func(f *kit.Field) string { return strings.TrimSpace(f.Text()) }
		m.Officer = ledger.Officer{Proceedings: proceedings.Chosen(), Court: text(court), Name: text(name), Address: text(address), Postcode: text(postcode), Town: text(town)}
		Save(c, "calls.insolvency", form, map[string]Messenger{"judgment": judgment, "published": published}, m.save, func(e ledger.Entry) {
			c.Done(w.T("calls.insolvency.done", "name", m.Customer.Name), e)
			call(changed)
		})
	}
	form.Show()
}
