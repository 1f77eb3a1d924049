package dialogs

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
)

// NewInvoice opens "Saisir une facture existante" for a customer; 0 lets the owner choose one. done,
// which may be nil, is told the invoice's number in the ledger.
func NewInvoice(c *screen.Context, customer ledger.CustomerID, done func(ledger.InvoiceID)) {
	openInvoice(c, newInvoiceModel(c.Desk, c.Words, 0, customer), done)
}

// EditInvoice opens the form of an invoice or credit note.
func EditInvoice(c *screen.Context, id ledger.InvoiceID, done func(ledger.InvoiceID)) {
	openInvoice(c, newInvoiceModel(c.Desk, c.Words, id, 0), done)
}

type invoiceForm struct {
	c                                *screen.Context
	m                                *invoiceModel
	found                            *kit.FilterRow
	customer, number, order, subject *kit.Field
	issued, due, completed, demanded *kit.DateEntry
	service, commitment              *kit.Field
	public                           *fyne.Container // what only invoices to a public body have
	total                            *kit.MoneyEntry
	kind, currency, follow           *kit.Choice
	form                             *kit.Form
}

func openInvoice(c *screen.Context, m *invoiceModel, done func(ledger.InvoiceID)) {
	f := &invoiceForm{c: c, m: m}
	f.build()
	f.form.OnAct = func() { f.act(done) }
	f.form.Show()
	if m.Now.Customer != 0 {
		c.Canvas().Focus(f.number.Entry())
	}
}

func (f *invoiceForm) build() {
	w, m := f.c.Words, f.m
	f.kind = kit.NewChoice(w.T("dialogs.customer.kind"), kindID(m.Now.CreditNote), func(id string) {
		m.Now.CreditNote = id == "credit_note"
		if f.total.Text() != "" {
			f.total.Validate()
		}
	}, kit.Option{ID: "invoice", Word: w.T("common.invoice")}, kit.Option{ID: "credit_note", Word: w.T("common.credit_note")})
	f.buildCustomer()
	f.number = kit.NewField(w.T("common.number"), m.Now.Number)
	f.number.Check = func(s string) string {
		return m.check("number", func(i *ledger.Invoice) { i.Number = strings.TrimSpace(s) })
	}
	f.order = kit.NewField(w.T("dialogs.invoice.order"), m.Now.OrderRef).Placeholder(w.T("common.optional"))
	f.subject = kit.NewField(w.T("dialogs.invoice.subject"), m.Now.Subject).Placeholder(w.T("dialogs.invoice.subject.hint"))
	f.buildDays()
	f.total = kit.NewMoneyEntry(w, w.T("dialogs.invoice.total"), m.Now.Total.Currency)
	f.total.Needed = w.Error(ledger.Errorf("field_required"))
	f.total.Limit = m.checkTotal
	if !m.Now.Total.IsZero() {
		f.total.SetMoney(m.Now.Total)
	}
	f.currency = kit.NewChoice(w.T("common.currency"), string(m.Now.Total.Currency), func(code string) {
		m.Now.Total.Currency = ledger.Currency(code)
		v, ok := f.total.Money()
		f.total.SetCurrency(m.Now.Total.Currency)
		if ok {
			v.Currency = m.Now.Total.Currency
			f.total.SetMoney(v)
		}
	}, options(m.currencies())...)
	f.follow = kit.NewChoice(w.T("scenario.follow"), m.scenario(), nil, options(m.follow())...)
	gap := look.Gap3
	f.service = kit.NewField(w.T("dialogs.invoice.service"), m.Now.Service).Placeholder(w.T("common.optional"))
	f.commitment = kit.NewField(w.T("dialogs.invoice.commitment"), m.Now.Commitment).Placeholder(w.T("common.optional"))
	f.public = kit.Shares(gap, f.demanded, f.service, f.commitment)
	f.public.Hidden = !m.toPublicBody()
	f.form = newScrollingForm(f.c, 640, m.title(), w.T("common.save"),
		f.customer, f.found,
		kit.Shares(gap, f.kind, f.number, f.order),
		kit.Shares(gap, f.issued, f.due),
		kit.Shares(gap, f.total, f.currency, f.completed),
		f.public,
		shares(gap, 2, f.subject, f.follow))
}

// buildCustomer makes the field of the customer and the names found for what is typed.
func (f *invoiceForm) buildCustomer() {
	m := f.m
	f.customer = kit.NewField(f.c.T("common.customer"), m.customerName()).Placeholder(f.c.T("dialogs.invoice.customer.hint"))
	f.customer.Check = func(string) string {
		if m.Now.Customer != 0 {
			return ""
		}
		return f.c.T("dialogs.invoice.customer.unknown")
	}
	f.found = kit.NewFilterRow("", func(id string) {
		n, _ := strconv.Atoi(id)
		m.choose(ledger.CustomerID(n))
		f.customer.SetText(m.customerName())
		f.chosen()
		f.number.Focus()
	})
	f.found.Hide()
	f.customer.OnChanged = func(s string) {
		m.pick(strings.TrimSpace(s))
		f.chosen()
	}
}

// chosen shows the customers to choose from while none is chosen, and what follows once one is.
func (f *invoiceForm) chosen() {
	var list []kit.FilterOption
	if f.m.Now.Customer == 0 {
		for _, c := range f.m.suggest(f.customer.Text()) {
			list = append(list, kit.FilterOption{ID: strconv.Itoa(int(c.ID)), Word: c.Name, Count: -1})
		}
	} else {
		f.customer.SetMessage("")
		f.currency.Choose(string(f.m.Now.Total.Currency))
		f.total.SetCurrency(f.m.Now.Total.Currency)
		f.follow.SetOptions(f.follow.Chosen(), options(f.m.follow())...)
	}
	f.public.Hidden = !f.m.toPublicBody()
	f.found.SetOptions(list...)
	if len(list) > 0 {
		f.found.Show()
	} else {
		f.found.Hide()
	}
	f.form.Refresh()
}

// buildDays makes the two days; the due date is proposed until the owner writes one.
func (f *invoiceForm) buildDays() {
	w, m, today := f.c.Words, f.m, f.m.state.On
	f.issued = kit.NewDateEntry(w, w.T("common.issue_date"), today)
	f.issued.Needed = w.Error(ledger.Errorf("field_required"))
	f.due = kit.NewDateEntry(w, w.T("common.due_date"), today)
	f.due.Limit = func(d ledger.Date) string {
		issued, _ := f.issued.Date()
		return m.check("due", func(i *ledger.Invoice) { i.Issued, i.Due = issued, d })
	}
	proposed := ledger.Date(0)
	f.issued.OnDate = func(d ledger.Date) {
		if now, ok := f.due.Date(); f.due.Text() == "" || (ok && now == proposed) {
			proposed = m.due(d)
			f.due.SetDate(proposed)
		}
	}
	f.issued.SetDate(m.Now.Issued)
	f.due.SetDate(m.Now.Due)
	f.completed = kit.NewDateEntry(w, w.T("dialogs.invoice.completed"), today)
	f.completed.SetDate(m.Now.Completed)
	f.demanded = kit.NewDateEntry(w, w.T("dialogs.invoice.demanded"), today)
	f.demanded.Limit = func(d ledger.Date) string {
		if d > today {
			return w.Error(ledger.Errorf("said_in_future", "date", d))
		}
		return ""
	}
	f.demanded.SetDate(m.Now.Demanded)
}

func (f *invoiceForm) act(done func(ledger.InvoiceID)) {
	n := &f.m.Now
	n.Number, n.OrderRef, n.Subject = strings.TrimSpace(f.number.Text()), strings.TrimSpace(f.order.Text()), strings.TrimSpace(f.subject.Text())
	total, _ := f.total.Money()
	n.Total = signed(total, n.CreditNote)
	n.Issued, _ = f.issued.Date()
	if due, _ := f.due.Date(); due != n.Due {
		n.Due, n.DueEstimated = due, false
	}
	n.Completed, _ = f.completed.Date()
	n.Demanded, _ = f.demanded.Date()
	n.Service, n.Commitment = strings.TrimSpace(f.service.Text()), strings.TrimSpace(f.commitment.Text())
	n.Scenario = f.follow.Chosen()
	var id ledger.InvoiceID
	fields := map[string]Messenger{"customer": f.customer, "number": f.number, "issued": f.issued, "due": f.due, "total": f.total}
	Save(f.c, "dialogs.invoice", f.form, fields, func(ctx context.Context) (e ledger.Entry, err error) {
		id, e, err = f.m.save(ctx)
		return e, err
	}, func(e ledger.Entry) {
		f.c.Done(f.c.T("dialogs.invoice.done", "number", n.Number), e)
		if done != nil {
			done(id)
		}
	})
}

func kindID(creditNote bool) string {
	if creditNote {
		return "credit_note"
	}
	return "invoice"
}
