package customers

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/ledger"
)

// The filters of the invoices.
const (
	invoicesOpen = "open"
	invoicesAll  = "all"
)

// invoiceCard lists a customer's invoices.
type invoiceCard struct {
	v      *pageView
	table  *kit.Table[invoiceRow]
	filter *kit.FilterRow
	object fyne.CanvasObject
	fresh  bool // nothing was chosen yet for this customer
}

func newInvoiceCard(v *pageView) *invoiceCard {
	k := &invoiceCard{v: v, fresh: true}
	k.filter = kit.NewFilterRow(invoicesOpen, func(string) { k.fresh = false; k.narrow() }, k.options()...)
	k.filter.Format = v.c.Words.Number
	k.table = kit.NewTable(v.c.Run, k.columns()...).Bare()
	k.table.Key = func(r *invoiceRow) string { return strconv.Itoa(int(r.ID)) }
	k.table.OnOpen = func(r *invoiceRow) { v.openInvoice(r.ID) }
	k.table.OnShown = k.sum
	k.table.SetLink(kit.NewButton(kit.Quiet, look.NoIcon, v.c.T("customers.page.enter"), func() {
		dialogs.NewInvoice(v.c, v.id, func(ledger.InvoiceID) { v.Refresh() })
	}).Low())
	head := kit.Inset(8, look.Gap4, 8, look.Gap4, container.New(cornerLayout{}, kit.NewTitle(v.c.T("common.invoices")), k.filter))
	k.object = kit.NewBareCard(container.NewBorder(head, nil, nil, nil, k.table))
	return k
}

func (k *invoiceCard) columns() []kit.Column[invoiceRow] {
	w, t := k.v.c.Words, k.v.c.T
	ink2 := func(*invoiceRow) fyne.ThemeColorName { return look.Ink2 }
	return []kit.Column[invoiceRow]{
		{ID: "number", Title: t("common.invoice"), Width: 104, Flex: true, Text: func(r *invoiceRow) string { return r.Number },
			Less: func(a, b *invoiceRow) bool { return a.Number < b.Number }},
		{ID: "issued", Title: t("common.date"), Width: 88, Ink: ink2, Text: func(r *invoiceRow) string { return day(w.Date(r.Issued)) },
			Less: func(a, b *invoiceRow) bool { return a.Issued < b.Issued }},
		{ID: "due", Title: t("common.due_date"), Width: 88, Ink: ink2, Text: func(r *invoiceRow) string { return day(w.Date(r.Due)) },
			Less: func(a, b *invoiceRow) bool { return a.Due < b.Due }},
		{ID: "total", Title: t("common.amount"), Width: 102, Align: kit.Right, Text: func(r *invoiceRow) string { return w.Money(r.Total) },
			Less: func(a, b *invoiceRow) bool { return a.Total.Minor < b.Total.Minor }},
		{ID: "open", Title: t("customers.page.left"), Width: 98, Align: kit.Right, Text: func(r *invoiceRow) string { return w.Money(r.Open) },
			Bold: func(r *invoiceRow) bool { return !r.Open.IsZero() }, Ink: func(r *invoiceRow) fyne.ThemeColorName {
				if r.Open.IsZero() {
					return look.Ink2
				}
				return look.Ink
			}, Less: func(a, b *invoiceRow) bool { return a.Open.Minor < b.Open.Minor }},
		{ID: "situation", Title: t("customers.situation"), Width: 178, Chip: func(r *invoiceRow) (look.Status, string) { return look.StatusOf(r.Situation), r.Word },
			Less: func(a, b *invoiceRow) bool { return a.Situation < b.Situation }},
	}
}

// day writes an unknown day as a dash.
func day(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// begin forgets what was chosen for another customer.
func (k *invoiceCard) begin() { k.fresh = true }

func (k *invoiceCard) show(m *page) {
	if k.fresh { // where nothing is open, all are of interest
		k.filter.Choose(invoicesOpen)
		if m.OpenCount == 0 {
			k.filter.Choose(invoicesAll)
		}
	}
	k.filter.SetOptions(k.options()...)
	title, next := k.v.c.T("customers.page.none_open"), k.v.c.T("customers.page.none_open.next")
	if len(m.Invoices) == 0 {
		title, next = k.v.c.T("customers.page.no_invoice"), k.v.c.T("customers.page.no_invoice.next")
	}
	k.table.SetEmpty(kit.NewEmpty(look.IconInvoice, title, next, nil))
	k.filter.Hidden = len(m.Invoices) == 0
	k.table.SetFilter(k.matcher())
	k.table.SetRows(m.Invoices)
}

func (k *invoiceCard) options() []kit.FilterOption {
	return []kit.FilterOption{
		{ID: invoicesOpen, Word: k.v.c.T("customers.page.filter.open"), Count: k.v.m.OpenCount},
		{ID: invoicesAll, Word: k.v.c.T("customers.page.filter.all"), Count: len(k.v.m.Invoices)},
	}
}

func (k *invoiceCard) choose(filter string) {
	k.filter.Choose(filter)
	k.fresh = false
	k.narrow()
}

func (k *invoiceCard) narrow() { k.table.SetFilter(k.matcher()) }

func (k *invoiceCard) matcher() func(*invoiceRow) bool {
	if k.filter.Chosen() == invoicesAll {
		return nil
	}
	return func(r *invoiceRow) bool { return !r.Open.IsZero() }
}

func (k *invoiceCard) sum() {
	if len(k.v.m.Invoices) == 0 {
		k.table.SetStatus("")
		return
	}
	k.table.SetStatus(k.v.c.Words.N("customers.page.shown", k.table.Count(), "all", len(k.v.m.Invoices)))
}
