package bank

import (
	"quitus/ledger"
)

// detail makes a payment of what was read of it. Its amount is signed by the entry until settleAmounts knows better.
func (r *camtReader) detail(p *camtPayment, own Account, e Entry) Detail {
	d := Detail{
		Amount:   ledger.Money{Currency: e.Amount.Currency},
		EndToEnd: given(p.endToEnd), Mandate: given(p.mandate),
		Reason: cut(p.reason, 40),
	}
	if m, ok := p.money(e.Amount.Currency); ok {
		d.Amount = m
	}
	if e.Amount.Negative() {
		d.Amount = d.Amount.Neg()
	}
	_, returned := p.code.operation()
	d.Returned = returned || p.reason != "" || e.Returned
	for _, b := range p.blocks {
		if b.reference != "" {
			d.References = addReference(d.References, b.reference)
		}
		d.Documents = append(d.Documents, b.invoices(e.Amount.Currency)...)
	}
	d.Party = p.party(own, e, d.Returned)
	d.Label = p.written(d.Party)
	if d.Label == "" {
		d.Label = named(&Entry{Party: d.Party, EndToEnd: d.EndToEnd, References: d.References, Documents: d.Documents})
	}
	return d
}

// money is a payment's amount: of those that are told, the first in the entry's currency, or else the first. Some banks tell
// nothing with a zero.
func (p *camtPayment) money(c ledger.Currency) (ledger.Money, bool) {
	var other ledger.Money
	found := false
	for _, v := range []camtLeaf{p.amount, p.booked, p.counter, p.instructed} {
		if v.text == "" {
			continue
		}
		in, ok := ledger.ParseCurrency(v.ccy)
		if !ok {
			in = c
		}
		n, ok := amountOf(v.text, '.', in)
		switch {
		case !ok || n == 0:
		case in == c:
			return ledger.Money{Minor: n, Currency: in}, true
		case !found:
			other, found = ledger.Money{Minor: n, Currency: in}, true
		}
	}
	return other, found
}

// settleAmounts gives the payments of an entry their signs, and sets what lies between them and the entry. The entry is what
// was booked: if the payments come to more, the bank kept the difference back. An entry that says it has more payments than
// are listed proves nothing.
func (r *camtReader) settleAmounts(e *camtEntry, out *Entry, details []Detail) {
	if len(details) == 0 {
		return
	}
	bySide := int64(0) // with each payment's own sign
	byEntry := int64(0)
	against := 0
	for i, p := range e.payments {
		m := details[i].Amount
		if _, ok := p.money(m.Currency); !ok || m.Currency != out.Amount.Currency {
			return
		}
		byEntry += m.Minor
		if p.side == "" || p.side == e.side {
			bySide += m.Minor
		} else {
			bySide -= m.Minor
			against++
		}
	}
	sum := byEntry
	if against > 0 && against < len(details) && byEntry != out.Amount.Minor {
		sum = bySide
		for i, p := range e.payments {
			if p.side != "" && p.side != e.side {
				details[i].Amount = details[i].Amount.Neg()
			}
		}
	}
	switch gap := sum - out.Amount.Minor; {
	case gap == 0 || e.batch > len(details):
	case gap > 0:
		out.Charges = gap
	case len(details) > 1:
		r.note(Problem{Entry: out.Rank, Field: "amount", Code: "details_differ"},
			"amount", out.Amount, "sum", ledger.Money{Minor: sum, Currency: out.Amount.Currency})
	}
}

// invoices are the invoices of one part of a remittance. Its amount is an invoice's where there is only one.
func (b camtBlock) invoices(c ledger.Currency) []Document {
	var out []Document
	for _, d := range b.documents {
		if d.number == "" {
			continue
		}
		x := Document{Number: cut(d.number, maxShort)}
		if len(b.documents) == 1 {
			v, credited := b.remitted, d.kind == "CREN"
			if v.text == "" {
				v = b.due
			}
			if v.text == "" {
				v, credited = b.credited, true
			}
			if in, ok := ledger.ParseCurrency(v.ccy); !ok || in == c {
				x.Amount, _ = amountOf(v.text, '.', c)
			}
			if credited {
				x.Amount = -x.Amount
			}
		}
		out = append(out, x)
	}
	return out
}

// party is the other side of a payment: the one that is not our account. Banks also write the payer where the creditor belongs,
// and keep the sides of the first payment when it is returned, or do not: the accounts tell, then the holder's name,
// then which side is told at all, and only then what is usual.
func (p *camtPayment) party(own Account, e Entry, returned bool) Party {
	debtor, creditor := p.debtor.party(), p.creditor.party()
	ours := func(s camtSide) bool {
		return own.IBAN != "" && asIBAN(firstOf(s.iban, s.account)) == own.IBAN || own.Number != "" && tight(s.account) == tight(own.Number)
	}
	switch d, c := ours(p.debtor), ours(p.creditor); {
	case d != c && c:
		return debtor
	case d != c:
		return creditor
	case debtor == Party{} || sameName(debtor.Name, own.Holder) && creditor != Party{}:
		return creditor
	case creditor == Party{} || sameName(creditor.Name, own.Holder):
		return debtor
	}
	if e.Amount.Negative() == returned {
		return debtor
	}
	return creditor
}

func (s camtSide) party() Party {
	x := Party{Name: cut(firstOf(s.name, s.ultimate), maxShort), IBAN: asIBAN(s.iban), BIC: asBIC(s.bic), ID: cut(s.id, maxShort)}
	if x.IBAN == "" && ledger.ValidIBAN(s.account) {
		x.IBAN = asIBAN(s.account)
	}
	return x
}

// ultimateOf is the name of who owes behind the other side, where it is another.
func ultimateOf(p *camtPayment, other Party) string {
	for _, s := range []camtSide{p.debtor, p.creditor} {
		if s.party() == other && !sameName(s.ultimate, other.Name) {
			return s.ultimate
		}
	}
	return ""
}
