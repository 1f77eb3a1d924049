package ledger

// taxSlack is how many minor units a net amount and its tax may be off their total: each is rounded on its
// own, and Swiss totals are rounded to five centimes.
const taxSlack = 3

// SplitTotal completes what a document tells of the amount before tax and of the tax in a total that
// includes it. An amount without currency was not told; one of the two follows from the other. What is off by
// the cents of rounding is put on the net amount, so that both always make the total. Both are 0 where the
// document tells neither or contradicts itself.
func SplitTotal(total, net, vat Money) (int64, int64) {
	toldNet, toldVAT := net.Currency != "", vat.Currency != ""
	switch {
	case !toldNet && !toldVAT:
		return 0, 0
	case !toldVAT:
		vat = total.Sub(net)
	case toldNet && net.Add(vat).Sub(total).Abs().Minor > taxSlack:
		return 0, 0
	}
	if !isTax(vat.Minor, total.Minor) {
		return 0, 0
	}
	return total.Minor - vat.Minor, vat.Minor
}

// isTax says whether an amount can be the tax in a total: of its sign or nothing, and less than it.
func isTax(vat, total int64) bool {
	return (vat == 0 || (vat < 0) == (total < 0)) && abs64(vat) < abs64(total)
}

// Tax splits a part of an invoice, in minor units of its currency, as the whole is split: the tax in
// proportion and rounded half-up, the rest before tax, so that both make the part. It says false where the
// split of the whole is not known, or is that of a total which was corrected since.
func (i *Invoice) Tax(part int64) (net, vat int64, known bool) {
	if i.Net == 0 || i.Net+i.VAT != i.Total.Minor {
		return 0, 0, false
	}
	vat = MulDiv(part, i.VAT, i.Total.Minor)
	return part - vat, vat, true
}
