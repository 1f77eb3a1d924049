package ledger

import "iter"

// Instalment is a part of an invoice that falls due on a day of its own.
type Instalment struct {
	Due    Date
	Amount int64 // minor units of the invoice's currency, more than nothing
}

// Parts goes through what an invoice is payable in, the earliest due date first, with what is left of
// each where open is what is left of all: its instalments or, where it has none, the whole.
//
// Whatever reduced the invoice (payments, a register's figure, credit notes, write-offs) counts for the
// earliest part first, as the oldest debt is settled first (C. civ. 1342-10). What is left of the parts
// always makes open.
func (i *Invoice) Parts(open int64) iter.Seq2[Instalment, int64] {
	return func(yield func(Instalment, int64) bool) {
		if len(i.Instalments) == 0 {
			yield(Instalment{i.Due, i.Total.Minor}, open)
			return
		}
		reduced := i.instalmentSum() - open
		for k, p := range i.Instalments {
			off := reduced
			if k < len(i.Instalments)-1 {
				off = min(reduced, p.Amount)
			}
			reduced -= off
			if !yield(p, p.Amount-off) {
				return
			}
		}
	}
}

// DueOn says whether the invoice, or one of its parts, falls due on a day.
func (i *Invoice) DueOn(d Date) bool {
	for p := range i.Parts(0) {
		if p.Due == d {
			return true
		}
	}
	return false
}

// FitInstalments brings the instalments in line with an invoice's due date and total after these were
// changed: the first falls due on the due date; what the total is more than they are falls due with the
// last, what it is less goes off the last ones. So nothing falls due before it was agreed. An invoice
// left with one part, without due date or without a total above nothing has no instalments any more.
func (i *Invoice) FitInstalments() {
	var parts []Instalment // the record's own may be shared
	left := i.Total.Minor
	for k, p := range i.Instalments {
		if k == len(i.Instalments)-1 || p.Amount > left {
			p.Amount = left
		}
		if p.Amount <= 0 {
			break
		}
		left -= p.Amount
		parts = append(parts, p)
	}
	if len(parts) < 2 || i.Due == 0 {
		i.Instalments = nil
		return
	}
	parts[0].Due = i.Due
	i.Instalments = parts
}

func (i *Invoice) instalmentSum() int64 {
	sum := int64(0)
	for _, p := range i.Instalments {
		sum += p.Amount
	}
	return sum
}

// checkInstalments finds what is wrong with an invoice's instalments: instalments_order where due dates
// do not follow each other from the invoice's own (facts invoice, due and next), instalments_sum where
// they are not at least two amounts above nothing that make the total (facts invoice, amount and sum).
func (i *Invoice) checkInstalments() *Error {
	if len(i.Instalments) == 0 {
		return nil
	}
	sum, before := i.instalmentSum(), i.Due
	wrong := len(i.Instalments) < 2 || sum != i.Total.Minor
	for k, p := range i.Instalments {
		if p.Due < before || p.Due == 0 || (p.Due == before) != (k == 0) {
			return Errorf("instalments_order", "invoice", i.Number, "due", before, "next", p.Due)
		}
		before, wrong = p.Due, wrong || p.Amount <= 0
	}
	if wrong {
		return Errorf("instalments_sum", "invoice", i.Number, "amount", i.Total, "sum", Money{sum, i.Total.Currency})
	}
	return nil
}
