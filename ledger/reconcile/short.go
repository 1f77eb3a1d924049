package reconcile

import (
	"slices"

	"quitus/ledger"
)

// keep is what is left of an amount after a share, in hundredths of a percent, is kept.
func keep(amount int64, share int) int64 { return ledger.MulDiv(amount, int64(10000-share), 10000) }

// shorts weighs that one of a customer's invoices is paid with another amount.
func (q *question) shorts(a *account) {
	for i := range a.invoices {
		q.short(a, a.invoices[i:i+1], false, 1/float64(len(a.invoices)))
	}
}

// short weighs that some invoices are paid with an amount that is not theirs: less a discount, charges or cents, a part,
// or too much.
func (q *question) short(a *account, list []openItem, named bool, times float64) {
	open := total(list)
	miss := open - q.amount
	h := q.Customers[a.customer].Habit
	put := func(f form, kind string, share float64) {
		w := q.part(f, list, kind)
		w.named = named
		q.add(a, w, share*times)
	}
	if miss == 0 {
		return
	}
	for _, d := range discounts {
		if keep(open, d) == q.amount {
			put(formDiscount, "discount", shareDiscount/float64(len(discounts)))
		}
	}
	if h.Discount > 0 && keep(open, h.Discount) == q.amount {
		put(formDiscount, "discount", shareHabit)
	}
	if keep(open, retentionShare) == q.amount {
		put(formRetention, "retention", shareRetention)
	}
	switch {
	case abs(miss) <= maxCents:
		put(formCents, "cents", shareCents/(2*maxCents))
	case miss > 0 && h.Fee == q.money(miss):
		put(formFees, "fees", shareHabit)
	case miss > 0 && miss <= maxFees && miss*10 <= open:
		put(formFees, "fees", shareFees/maxFees)
	}
	switch {
	case !named && len(a.invoices) > maxShorts:
	case miss > 0:
		q.parts(list, put)
		put(formPartial, "", sharePartial*density(q.amount))
	case miss < 0 && -miss <= open:
		put(formExcess, "", shareExcess*density(-miss))
	}
}

// parts weighs what invoices are often paid in: the instalments agreed, or a half, a third, a quarter.
func (q *question) parts(list []openItem, put func(form, string, float64)) {
	if len(list) != 1 {
		return
	}
	it := &q.Items[list[0].item]
	sum := int64(0)
	for _, p := range it.Parts {
		if sum += p; sum == q.amount {
			put(formPart, "", shareSingle)
			return
		}
	}
	for _, n := range []int64{2, 3, 4} {
		if ledger.MulDiv(it.Total, 1, n) == q.amount {
			put(formFraction, "", sharePart/3)
		}
	}
}

// part makes a way that pays invoices with an amount that is not theirs: the oldest first, what is too much left over.
// kind names what could be written off of what stays open.
func (q *question) part(f form, list []openItem, kind string) way {
	w := way{form: f}
	left := q.amount
	for _, o := range q.byIssue(list) {
		v := min(left, o.open)
		if v > 0 {
			w.items, w.amounts = append(w.items, o.item), append(w.amounts, v)
			left -= v
		}
		if kind != "" && v < o.open {
			w.off = append(w.off, WriteOff{q.Items[o.item].ID, o.open - v, kind})
		}
	}
	w.left = left
	return w
}

// ahead weighs payments that come before the invoice, and those made twice.
func (q *question) ahead(a *account) {
	for _, o := range a.later {
		if o.open == q.amount && q.Items[o.item].Issued <= q.e.On+advanceDays {
			q.add(a, way{form: formLater, items: []int{o.item}, amounts: []int64{o.open}}, shareLater/float64(len(a.later)))
		}
	}
	q.add(a, way{form: formAdvance, left: q.amount}, shareAdvance*density(q.amount))
	if len(a.invoices) > 1 && total(a.invoices) > q.amount {
		q.add(a, q.part(formOldest, a.invoices, ""), shareOldest*density(q.amount))
	}
	owed := slices.ContainsFunc(a.invoices, func(o openItem) bool { return o.open == q.amount })
	if !owed && q.paidBefore(a.customer) {
		q.add(a, way{form: formTwice, left: q.amount}, shareTwice)
	}
}

// paidBefore says whether an invoice of exactly the amount was paid shortly before.
func (q *question) paidBefore(c int) bool {
	for _, i := range q.of[c] {
		for _, m := range q.balance[i].moves {
			if m.amount == q.amount && m.on <= q.e.On && m.on > q.e.On-twiceDays && q.free(i) == 0 {
				return true
			}
		}
	}
	return false
}
