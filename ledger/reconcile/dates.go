package reconcile

import "slices"

// dates weighs the days and months that the entry names.
func (q *question) dates(a *account, w *way) float64 {
	h := &q.says.hints
	if len(h.due)+len(h.issued)+len(h.months) == 0 {
		return 1
	}
	if slices.ContainsFunc(w.items, q.fits) {
		w.dated = true
		return 1
	}
	if slices.ContainsFunc(a.invoices, func(o openItem) bool { return q.fits(o.item) }) {
		return misdated
	}
	return 0.8
}

// fits says whether an invoice is of a day or a month that the entry names.
func (q *question) fits(i int) bool {
	it := &q.Items[i]
	_, m, _ := it.Issued.Civil()
	return slices.Contains(q.says.hints.due, it.Due) || slices.Contains(q.says.hints.issued, it.Issued) || slices.Contains(q.says.hints.months, m)
}
