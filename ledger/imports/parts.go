package imports

import (
	"cmp"
	"slices"

	"quitus/ledger"
)

// Instalment is a part of an invoice with a due date of its own. Where the file tells only what is open
// of each, that is its total too.
type Instalment struct {
	Due         ledger.Date
	Total, Open ledger.Money
}

// orderInstalments puts the parts that lines gave in the order of their due dates. Parts of one day are
// one, parts of nothing are none; an invoice with one part, and a credit note, has no instalments.
func (d *Draft) orderInstalments() {
	if len(d.Instalments) == 0 {
		return
	}
	slices.SortStableFunc(d.Instalments, func(a, b Instalment) int { return cmp.Compare(a.Due, b.Due) })
	parts := d.Instalments[:0]
	for _, p := range d.Instalments {
		switch n := len(parts); {
		case p.Total.IsZero():
		case n > 0 && parts[n-1].Due == p.Due:
			parts[n-1].Total, parts[n-1].Open = parts[n-1].Total.Add(p.Total), parts[n-1].Open.Add(p.Open)
		default:
			parts = append(parts, p)
		}
	}
	if len(parts) > 0 {
		d.Due = parts[0].Due
	}
	if d.Instalments = parts; len(parts) < 2 || d.CreditNote {
		d.Instalments = nil
	}
}

// parts gives the instalments as the ledger records them. What the file gives as paid of each is not
// kept: as of every payment, it counts for the earliest part first.
func (d *Draft) parts() []ledger.Instalment {
	var out []ledger.Instalment
	for _, p := range d.Instalments {
		out = append(out, ledger.Instalment{Due: p.Due, Amount: p.Total.Minor})
	}
	return out
}

// otherDue says whether a line gives other due dates than a known invoice has. The single due date of a
// list of invoices does not contradict the instalments that it is one of.
func (d *Draft) otherDue(i *ledger.Invoice) bool {
	switch {
	case d.DueEstimated() && i.Due != 0:
		return false
	case len(d.Instalments) > 0:
		return !slices.Equal(d.parts(), i.Instalments)
	case d.Total == i.Total:
		return !i.DueOn(d.Due)
	}
	return i.Due != d.Due
}

// whole gives what a draft says of all of a known invoice in parts, where the file lists only its last
// parts: the earlier ones are paid. Of the first of those listed some may be paid as well.
func (d *Draft) whole(i *ledger.Invoice) *Draft {
	parts := d.parts()
	if len(parts) == 0 {
		parts = []ledger.Instalment{{Due: d.Due, Amount: d.Total.Minor}}
	}
	from := len(i.Instalments) - len(parts)
	if from < 0 || len(i.Instalments) == 0 || d.DueEstimated() || d.Total.Currency != i.Total.Currency || d.Total.Cmp(i.Total) >= 0 {
		return d
	}
	for k, p := range parts {
		if was := i.Instalments[from+k]; p.Due != was.Due || p.Amount > was.Amount || (k > 0 && p.Amount != was.Amount) {
			return d
		}
	}
	out := *d
	out.Due, out.Total, out.Instalments = i.Due, i.Total, nil
	return &out
}
