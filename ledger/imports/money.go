package imports

import (
	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// money reads one field in the line's currency. Where it is blank, ok is false; where it is wrong, so is it, and
// the line has a problem.
func (r *reading) money(l *line, f Field) (m ledger.Money, ok bool) {
	v := r.vals[f]
	n, p := r.readAmount(f, v, l.currency)
	switch {
	case p == nil:
		return ledger.Money{Minor: n, Currency: l.currency}, true
	case p.empty:
	case v.kind == grid.Error || v.kind == grid.Uncached:
		l.bad(r.problem(l.Line, f, cellCode(v), nil))
	default:
		l.bad(r.problem(l.Line, f, p.code, p.args))
	}
	return ledger.Money{Currency: l.currency}, false
}

// readAmounts finds the total, what is paid and what is open: open is the column that says what remains, else total
// less paid, else the total, or nothing if the file says that it is paid.
func (r *reading) readAmounts(l *line) {
	if r.m.Has(Debit) {
		r.readSides(l)
		return
	}
	before := len(l.problems)
	paid, hasPaid := r.money(l, Paid)
	paidWrong := len(l.problems) > before
	total, hasTotal := r.total(l)
	before = len(l.problems)
	open, hasOpen := r.money(l, Open)
	if len(r.buckets) > 0 && !r.m.Has(Open) {
		open, hasOpen = r.sumBuckets(l)
	}
	openWrong := len(l.problems) > before
	if openWrong && r.vals[Open].kind == grid.Error && hasTotal && !paidWrong {
		l.problems = l.problems[:before] // what remains can be computed
		openWrong = false
	}
	if len(l.problems) > 0 {
		return
	}
	if !hasTotal {
		if !hasOpen || r.m.Has(Total) && !r.s.Articles {
			l.bad(r.problem(l.Line, r.totalField(), "amount_missing", nil))
			return
		}
		total = open
	}
	l.hasOpen, l.hasPaid = hasOpen, hasPaid
	r.setSigns(l, total, paid, open)
}

// total reads the total; without such a column it is the net amount and the tax.
func (r *reading) total(l *line) (ledger.Money, bool) {
	if r.m.Has(Total) {
		t, ok := r.money(l, Total)
		if ok {
			l.Net, _ = r.extra(l, Net)
			l.VAT, _ = r.extra(l, VAT)
		}
		return t, ok
	}
	if r.m.Has(Net) && r.m.Has(VAT) && !r.m.Has(Open) && !r.m.Has(Bucket) {
		net, ok := r.money(l, Net)
		vat, okVAT := r.money(l, VAT)
		if ok && (okVAT || r.vals[VAT].blank()) {
			l.Net, l.VAT = net, vat
			return net.Add(vat), true
		}
	}
	return ledger.Money{Currency: l.currency}, false
}

// extra reads an amount that is good to know but not worth refusing a line for.
func (r *reading) extra(l *line, f Field) (ledger.Money, bool) {
	n, p := r.readAmount(f, r.vals[f], l.currency)
	if p != nil {
		return ledger.Money{}, false
	}
	return ledger.Money{Minor: n, Currency: l.currency}, true
}

func (r *reading) totalField() Field {
	for _, f := range [...]Field{Total, Open, Debit, Net} {
		if r.m.Has(f) {
			return f
		}
	}
	return Total
}

func (r *reading) sumBuckets(l *line) (ledger.Money, bool) {
	sum := ledger.Money{Currency: l.currency}
	found := false
	for _, v := range r.buckets {
		n, p := r.readAmount(Bucket, v, l.currency)
		switch {
		case p == nil:
			found = found || n != 0
			sum.Minor += n
		case !p.empty:
			l.bad(Problem{Line: l.Line, Field: Bucket, Value: string(v.text), Code: p.code, Args: p.args})
		}
	}
	return sum, found
}

// readSides reads an amount from the debit or the credit column.
func (r *reading) readSides(l *line) {
	debit, hasDebit := r.money(l, Debit)
	credit, hasCredit := r.money(l, Credit)
	open, hasOpen := r.money(l, Open)
	if len(l.problems) > 0 {
		return
	}
	total := debit.Sub(credit)
	if !hasDebit && !hasCredit || total.IsZero() {
		l.bad(r.problem(l.Line, Debit, "amount_missing", nil))
		return
	}
	l.credit = total.Negative()
	l.hasOpen = hasOpen
	r.setSigns(l, total, ledger.Money{Currency: l.currency}, open)
	if !r.vals[Lettering].blank() && !hasOpen {
		l.Settled = true
	}
}

// setSigns makes the amounts of a credit note negative, whichever way the file writes them, and finds what is open.
func (r *reading) setSigns(l *line, total, paid, open ledger.Money) {
	if side := r.vals[Side]; !side.blank() && total.Positive() {
		switch s := r.folded(Side); {
		case s == "c" || s == "credit" || s == "h" || s == "haben":
			l.credit = true
			total = total.Neg()
		}
	}
	number := r.text(Number)
	if total.Positive() && !l.credit && !r.m.Has(Debit) && (creditNumber(number) || !r.vals[Subject].blank() && creditLabel(r.folded(Subject))) {
		l.CreditNote = true
	}
	if total.Negative() {
		l.CreditNote = true
	}
	if l.CreditNote {
		total, open, paid = total.Abs().Neg(), open.Abs().Neg(), paid.Abs().Neg()
		l.Net, l.VAT = l.Net.Abs().Neg(), l.VAT.Abs().Neg()
	}
	switch {
	case l.hasOpen:
	case l.hasPaid && !(paid.IsZero() && l.state == statePaid):
		open = total.Sub(paid)
	case l.state == statePaid:
		open = ledger.Money{Currency: l.currency}
	default:
		open = total
	}
	if !l.CreditNote && open.Negative() {
		l.doubt(r.problem(l.Line, Open, "overpaid", map[string]any{"amount": open.Neg()}))
		open = ledger.Money{Currency: l.currency}
	}
	if !l.CreditNote && open.Cmp(total) > 0 || l.CreditNote && open.Cmp(total) < 0 {
		l.doubt(r.problem(l.Line, Open, "open_above_total", map[string]any{"open": open, "total": total}))
	}
	l.Total, l.Paid, l.Open = total, paid, open
	l.Settled = open.IsZero()
}
