package exports

import (
	"cmp"
	"slices"

	"quitus/ledger"
)

// step is the last thing that was done, or obtained, about an invoice, and how often the customer was asked to pay it.
type step struct {
	on        ledger.Date
	text      string
	reminders int
}

// steps gives what was done about each invoice up to the report's day: letters sent, promises made, and what the owner
// noted as done outside of this program.
func (r Report) steps() map[ledger.InvoiceID]step {
	out := map[ledger.InvoiceID]step{}
	take := func(id ledger.InvoiceID, on ledger.Date, text string, reminders int) {
		s := out[id]
		if s.reminders += reminders; on >= s.on {
			s.on, s.text = on, text
		}
		out[id] = s
	}
	on := r.Standings.On
	for l := range r.Book.Letters.All() {
		if l.Sent == 0 || l.Sent > on {
			continue
		}
		text, asks := r.Texts.Letter(l.Model), 0
		if l.Deadline != 0 {
			asks = 1 // for payment by that day: it is a reminder
		}
		for _, line := range l.Lines {
			take(line.Invoice, l.Sent, text, asks)
		}
	}
	for x := range r.Book.Steps.All() {
		if x.On > on {
			continue
		}
		asks := 0
		if x.Done == ledger.StepReminder || x.Done == ledger.StepFormalNotice {
			asks = max(x.Times, 1)
		}
		for _, id := range x.Invoices {
			take(id, x.On, r.Texts.Step(x), asks)
		}
	}
	for p := range r.Book.Promises.All() {
		if p.Made > on {
			continue
		}
		text := r.Texts.T("exports.step.promise", "date", p.Due)
		for _, id := range r.Book.PromisedInvoices(p) {
			take(id, p.Made, text, 0)
		}
	}
	return out
}

// disputes says of each invoice that is contested on the report's day why, since when, and how much of it is.
func (r Report) disputes() map[ledger.InvoiceID]string {
	out := map[ledger.InvoiceID]string{}
	for d := range r.Book.Disputes.All() {
		i, st := r.Book.Invoice(d.Invoice), r.Standings.Of(d.Invoice)
		if i == nil || st.Contested == 0 || d.Opened > r.Standings.On || d.Closed != 0 && d.Closed <= r.Standings.On {
			continue
		}
		out[d.Invoice] = r.Texts.T("exports.contested", "reason", r.Texts.DisputeReason(d.Reason), "date", d.Opened,
			"amount", ledger.Money{Minor: st.Contested, Currency: i.Total.Currency})
	}
	return out
}

// overdue gives the invoices past their due date, customer by customer, the oldest due date first.
func (r Report) overdue() []*ledger.Invoice {
	var out []*ledger.Invoice
	for i := range r.Book.Invoices.All() {
		if st := r.Standings.Of(i.ID); st.Open > 0 && st.DaysLate > 0 {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b *ledger.Invoice) int {
		return cmp.Or(cmp.Compare(r.customer(a.Customer).Ref, r.customer(b.Customer).Ref), cmp.Compare(a.Customer, b.Customer),
			cmp.Compare(a.Due, b.Due), cmp.Compare(a.Number, b.Number))
	})
	return out
}

// doubtful has what is late, as a provision for it is booked: what is open with and without tax (the French account
// 416 takes the whole, the provision rests on the amount before tax), since when, and what was done about it.
func (r Report) doubtful() Sheet {
	t := r.Texts.T
	invoices, steps, disputes := r.overdue(), r.steps(), r.disputes()
	return Sheet{
		Name:  t("exports.sheet.doubtful"),
		Above: []string{r.heading("exports.doubtful.title")},
		Columns: []Column{
			{t("exports.col.ref"), 12}, {t("exports.col.customer"), 34}, {t("exports.col.siren"), 13}, {t("exports.col.number"), 17},
			{t("exports.col.date"), 12}, {t("exports.col.due"), 12}, {t("exports.col.days_late"), 9}, {t("exports.col.net"), 15},
			{t("exports.col.vat"), 13}, {t("exports.col.total"), 15}, {t("exports.col.open"), 15}, {t("exports.col.open_net"), 15},
			{t("exports.col.open_vat"), 13}, {t("exports.col.currency"), 9}, {t("exports.col.reminders"), 10},
			{t("exports.col.step"), 36}, {t("exports.col.step_day"), 12}, {t("exports.col.situation"), 20}, {t("exports.col.dispute"), 44},
		},
		Rows: func(yield func([]any) bool) {
			for _, i := range invoices {
				if !yield(r.doubtfulRow(i, steps[i.ID], disputes[i.ID])) {
					return
				}
			}
		},
		Totals: r.doubtfulTotals(invoices),
	}
}

func (r Report) doubtfulRow(i *ledger.Invoice, s step, dispute string) []any {
	k, st := r.customer(i.Customer), r.Standings.Of(i.ID)
	net, vat := tax(i, i.Total.Minor)
	openNet, openVAT := tax(i, st.Open)
	return []any{k.Ref, k.Name, k.SIREN, i.Number, i.Issued, i.Due, st.DaysLate, net, vat, i.Total,
		ledger.Money{Minor: st.Open, Currency: i.Total.Currency}, openNet, openVAT, string(i.Total.Currency),
		s.reminders, s.text, s.on, r.Texts.Situation(st.Situation), dispute}
}

// doubtfulTotals sums up each currency. Where the tax in some of it is not known, a second line says how much that is:
// before tax, tax and this make what is open.
func (r Report) doubtfulTotals(invoices []*ledger.Invoice) [][]any {
	total, open, net, vat, unknown := ledger.Sums{}, ledger.Sums{}, ledger.Sums{}, ledger.Sums{}, ledger.Sums{}
	for _, i := range invoices {
		c, part := i.Total.Currency, r.Standings.Of(i.ID).Open
		total[c] += i.Total.Minor
		open[c] += part
		if n, v, known := i.Tax(part); known {
			net[c] += n
			vat[c] += v
		} else {
			unknown[c] += part
		}
	}
	row := func(word string, total any, open ledger.Money, net, vat any) []any {
		return []any{word, nil, nil, nil, nil, nil, nil, nil, nil, total, open, net, vat, string(open.Currency)}
	}
	var out [][]any
	for _, m := range open.List() {
		c := m.Currency
		money := func(s ledger.Sums) ledger.Money { return ledger.Money{Minor: s[c], Currency: c} }
		out = append(out, row(r.Texts.T("exports.total"), money(total), m, money(net), money(vat)))
		if unknown[c] != 0 {
			out = append(out, row(r.Texts.T("exports.total_no_vat"), nil, money(unknown), nil, nil))
		}
	}
	return out
}
