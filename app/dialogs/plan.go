package dialogs

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// Plan opens "Proposer un échéancier" for a customer, about an invoice or, where it is 0, about all that is late. The plan is divided
// as the owner says, then proposed in writing or recorded as agreed. changed, which may be nil, is called after it was recorded.
func Plan(c *screen.Context, customer ledger.CustomerID, invoice ledger.InvoiceID, changed func()) {
	openPlan(c, newPlanModel(c.Desk, c.Words, customer, invoice), changed)
}

// AgreePlan opens the plan that was proposed, to be recorded as agreed, as it was or changed.
func AgreePlan(c *screen.Context, p *ledger.Plan, changed func()) {
	first := ledger.InvoiceID(0)
	if len(p.Invoices) > 0 {
		first = p.Invoices[0]
	}
	m := newPlanModel(c.Desk, c.Words, p.Customer, first)
	m.withProposal(p)
	openPlan(c, m, changed)
}

func openPlan(c *screen.Context, m *planModel, changed func()) {
	if nothingOpen(c, &m.owed) {
		return
	}
	d := &planDialog{c: c, m: m, changed: changed}
	d.build()
	d.show()
	d.form.Show()
}

// planDialog is the form of a payment plan: what and how at the left, the instalments that follow at the right.
type planDialog struct {
	c       *screen.Context
	m       *planModel
	changed func()

	count, rhythm       *kit.Choice
	part, deposit       *kit.MoneyEntry
	extra               *kit.MoneyEntry
	first               *kit.DateEntry
	fields, rows, parts *fyne.Container
	sum                 *kit.Label
	said                *saying
	by, made            *kit.FilterRow
	form                *kit.Form
}

// besidePlan is the height of the form's title, foot and buttons, in units before scaling.
const besidePlan = 276

func (d *planDialog) build() {
	c, m, w := d.c, d.m, d.c.Words
	var often []kit.Option
	for n := 2; n <= 24; n++ {
		often = append(often, kit.Option{ID: strconv.Itoa(n), Word: strconv.Itoa(n)})
	}
	d.count = kit.NewChoice(w.T("plans.count"), strconv.Itoa(m.Count), func(id string) { m.Count, _ = strconv.Atoi(id); d.show() }, often...)
	var steps []kit.Option
	for _, r := range ledger.Rhythms {
		steps = append(steps, kit.Option{ID: string(r), Word: w.T("plans.rhythm." + string(r))})
	}
	d.rhythm = kit.NewChoice(w.T("plans.rhythm"), string(m.Rhythm), func(id string) { m.Rhythm = ledger.Rhythm(id); d.show() }, steps...)
	d.part = d.money("plans.part", &m.Part)
	d.deposit = d.money("plans.deposit", &m.Deposit)
	d.deposit.Placeholder(w.T("common.optional"))
	d.extra = d.money("plans.extra", &m.Extra)
	d.extra.SetMoney(m.Extra)
	d.first = newDay(c, w.T("plans.first"))
	d.first.SetDate(m.First)
	d.first.OnChanged = func(string) { m.First, _ = d.first.Date(); d.show() }
	d.fields, d.rows, d.parts, d.sum = kit.Stack(look.Gap3), kit.Stack(look.Gap2), kit.Stack(6), kit.NewLabel("").Bold().Wrapped()
	d.said = newSaying()
	split := kit.NewFilterChoice(m.Split, func(id string) {
		if m.Split = id; id == byDates {
			m.Split = byCount
			m.begin()
			m.Split = byDates
			d.fillRows()
		}
		d.show()
	}, chips([]string{byCount, byAmount, byDates}, func(s string) string { return w.T("plans.split." + s) })...)
	interest := kit.NewFilterChoice(m.Interest, func(id string) { m.Interest = id; d.show() },
		chips([]string{extraReserved, extraWaived, extraIncluded}, func(s string) string { return w.T("plans.interest." + s) })...)
	d.made = kit.NewFilterChoice(agreedCode(m.Agreed), func(id string) { m.Agreed = id == "agreed"; d.show() },
		chips([]string{"proposed", "agreed"}, func(s string) string { return w.T("plans.made." + s) })...)
	d.by = kit.NewFilterChoice(string(m.By), func(id string) { m.By = ledger.Channel(id); d.show() }, d.ways()...)
	d.fillRows()
	left := kit.Stack(look.Gap4,
		kit.Stack(look.Gap2, kit.NewTitle(w.T("common.invoices")), d.invoices()),
		kit.Stack(look.Gap2, kit.NewTitle(w.T("plans.split")), split, d.fields),
		kit.Stack(look.Gap2, kit.NewTitle(w.T("plans.interest")), interest, d.extra))
	right := kit.NewBareCard(kit.Padded(14, kit.Stack(look.Gap3, kit.NewTitle(w.T("plans.list")), d.parts, kit.Separator(), d.sum, d.said))).Sunken()
	room := func() float32 { return max(180, c.Canvas().Size().Height/look.Px(1)-besidePlan) }
	body := scrolling(room, kit.Inset(0, look.Gap3, 0, 0, container.New(sharesLayout{look.Gap6, 1.4}, left, kit.Stack(0, right))))
	foot := kit.Shares(look.Gap6, kit.Stack(look.Gap2, kit.NewTitle(w.T("plans.made")), d.made), kit.Stack(look.Gap2, kit.NewTitle(w.T("plans.by")), d.by))
	d.form = kit.NewWideForm(c.Canvas(), w, 860, w.T("plans.title", "name", m.name()), w.T("plans.next"), body, kit.Separator(), foot)
	d.form.OnAct = d.next
}

func agreedCode(agreed bool) string {
	if agreed {
		return "agreed"
	}
	return "proposed"
}

func (d *planDialog) money(key string, to *ledger.Money) *kit.MoneyEntry {
	e := kit.NewMoneyEntry(d.c.Words, d.c.T(key), to.Currency)
	e.OnChanged = func(string) {
		v, _ := e.Money()
		to.Minor = v.Minor
		d.show()
	}
	return e
}

// invoices are chips, ticked as the plan has them.
func (d *planDialog) invoices() *kit.FilterRow {
	m := d.m
	var all []kit.FilterOption
	for _, i := range m.Invoices {
		open := ledger.Money{Minor: m.about(i.ID), Currency: i.Total.Currency}
		all = append(all, kit.FilterOption{ID: invoiceCode(i.ID), Word: m.w.T("calls.invoice_open", "number", i.Number, "open", open), Count: -1})
	}
	row := kit.NewFilterTicks(func(code string) {
		if i := m.invoice(code); i != nil {
			m.Ticked[i.ID] = !m.Ticked[i.ID]
			m.reckon()
			d.extra.SetMoney(m.Extra)
			d.show()
		}
	}, all...)
	for _, i := range m.Invoices {
		if m.Ticked[i.ID] {
			row.Choose(invoiceCode(i.ID))
		}
	}
	return row
}

// ways are by what the customer is told.
func (d *planDialog) ways() []kit.FilterOption {
	ways := []ledger.Channel{ledger.ChannelLetter, ledger.ChannelEmail, ""}
	return chips(ways, func(by ledger.Channel) string {
		if by == "" {
			return d.c.T("plans.by.none")
		}
		return d.c.Words.Channel(by)
	})
}

// fillRows makes the rows of dates.
func (d *planDialog) fillRows() {
	m, w := d.m, d.c.Words
	d.rows.Objects = nil
	for n := range m.Rows {
		label := func(key string) string {
			if n > 0 {
				return ""
			}
			return w.T(key)
		}
		day, amount := newDay(d.c, label("plans.day")), kit.NewMoneyEntry(w, label("common.amount"), m.Deposit.Currency)
		day.SetDate(m.Rows[n].Due)
		amount.SetMoney(ledger.Money{Minor: m.Rows[n].Amount, Currency: m.Deposit.Currency})
		day.OnChanged = func(string) { m.Rows[n].Due, _ = day.Date(); d.show() }
		amount.OnChanged = func(string) { v, _ := amount.Money(); m.Rows[n].Amount = v.Minor; d.show() }
		remove := kit.NewIconButton(look.IconClose, func() {
			m.Rows = append(m.Rows[:n:n], m.Rows[n+1:]...)
			d.fillRows()
			d.show()
		}).Low()
		d.rows.Add(container.NewBorder(nil, nil, nil, container.NewVBox(kit.Inset(topOf(n), 0, 0, 0, remove)), kit.Shares(look.Gap3, day, amount)))
	}
	d.rows.Add(kit.Row(0, kit.NewLink(look.IconAdd, w.T("plans.another"), func() {
		m.another()
		d.fillRows()
		d.show()
	})))
}

// topOf is where the button of a row stands: the first row has labels above.
func topOf(row int) float32 {
	if row == 0 {
		return 22
	}
	return 2
}

// show brings the form in line with what was typed.
func (d *planDialog) show() {
	if d.form == nil && d.by == nil {
		return // the fields are being filled
	}
	m := d.m
	d.fields.Objects = nil
	switch m.Split {
	case byCount:
		d.fields.Add(kit.Shares(look.Gap3, d.count, d.rhythm))
		d.fields.Add(kit.Shares(look.Gap3, d.first, d.deposit))
	case byAmount:
		d.fields.Add(kit.Shares(look.Gap3, d.part, d.rhythm))
		d.fields.Add(kit.Shares(look.Gap3, d.first, d.deposit))
	default:
		d.fields.Add(d.rows)
		d.fields.Add(kit.Shares(look.Gap3, d.deposit, kit.NewLabel("")))
	}
	d.fields.Refresh()
	d.extra.Hidden = m.Interest != extraIncluded
	d.parts.Objects = nil
	for n, i := range m.instalments() {
		day := d.c.Words.Date(i.Due)
		if m.Deposit.Positive() && n == 0 {
			day = d.c.T("plans.today")
		}
		if i.Due == 0 {
			day = "–"
		}
		amount := kit.NewLabel(d.c.Words.Money(ledger.Money{Minor: i.Amount, Currency: m.Deposit.Currency})).Aligned(kit.Right)
		d.parts.Add(container.NewBorder(nil, nil, kit.Fixed(28, 0, kit.NewLabel(strconv.Itoa(n+1)).Ink(look.Ink2)), nil, kit.Shares(look.Gap2, kit.NewLabel(day), amount)))
	}
	d.parts.Refresh()
	d.sum.SetText(m.sum())
	d.said.SetMessage("")
	if d.form != nil {
		if text := m.problem(); text != "" {
			d.said.SetMessage(text)
		}
		d.form.Refresh()
	}
}

// next shows what the customer is written, before anything is recorded; without a writing the plan is recorded at once.
func (d *planDialog) next() {
	c, m := d.c, d.m
	if text := m.problem(); text != "" {
		d.said.SetMessage(text)
		d.form.Refresh()
		return
	}
	order := m.order()
	var made *desk.Doing
	c.Run.Go("dialogs.plan", func(context.Context, *run.Progress) (err error) {
		made, err = m.desk.PreparePlan(order)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			c.Error(err)
		case order.By == "":
			d.keep(order, made, d.form)
		default:
			d.look(order, made)
		}
	})
}

// look shows the letter or the e-mail.
func (d *planDialog) look(order desk.PlanOrder, made *desk.Doing) {
	c := d.c
	title, act := c.T("plans.look.proposed"), c.T("plans.look.print")
	if !order.Plan.Proposed {
		title = c.T("plans.look.agreed")
	}
	if made.Message != nil {
		act = c.T("plans.look.send")
	}
	ShowWriting(c, title, act, made, func(f *kit.Form) { d.keep(order, made, f) })
}

// keep records the plan and closes what is open.
func (d *planDialog) keep(order desk.PlanOrder, made *desk.Doing, form *kit.Form) {
	c := d.c
	var path string
	Save(c, "dialogs.plan.keep", form, nil, func(ctx context.Context) (e ledger.Entry, err error) {
		if made.Letter != nil {
			if path, err = desk.TempPath(made.Letter.Reference + ".pdf"); err == nil {
				err = desk.WriteFile(path, made.Letter.PDF)
			}
		}
		if err == nil {
			_, e, err = d.m.desk.KeepPlan(ctx, order, made)
		}
		return e, err
	}, func(e ledger.Entry) {
		if form != d.form {
			d.form.Close()
		}
		if path != "" {
			c.OpenPath(path)
		}
		key := "plans.done.agreed"
		if order.Plan.Proposed {
			key = "plans.done.proposed"
		}
		c.Done(c.T(key, "name", d.m.name(), "total", order.Plan.Total()), e)
		call(d.changed)
	})
}
