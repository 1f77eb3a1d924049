package fec

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"quitus/ledger"
)

// move is what is set against documents: a payment, or what was given up.
type move struct {
	pay      int // index in Payments; −1 for what was given up
	why      WriteOffKind
	kind     PaymentKind
	customer int
	on       ledger.Date
	line     int
	amount   int64 // credit; negative where it was returned
	left     int64
	tied     int  // the move given up in the same entry, or −1
	part     bool // it is such a one
	lettered bool
	item     int32
}

// understand works out what the items are and what is open.
func (c *collector) understand(ctx context.Context) error {
	n := len(c.items)
	u := &understanding{collector: c, entryAt: make([]int32, n), roles: make([]role, n), kinds: make([]PaymentKind, n),
		customer: make([]int, len(c.parties.rows)), docs: make([]int32, n), together: newUnion(n)}
	c.b.Counts.CustomerLines = n
	c.byKey = nil
	u.findCustomers()
	for _, step := range []func(){u.assign, u.balances, u.letter, u.documents, u.movements, u.settleGroups, u.presume, u.finish} {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		step()
	}
	return nil
}

// balances sums the accounts of each customer.
func (u *understanding) balances() {
	for i := range u.items {
		it := &u.items[i]
		k := &u.b.Customers[u.customer[it.party]]
		switch u.roles[i] {
		case ahead:
			k.Advances -= it.amount
		case ignored:
		default:
			k.Balance += it.amount
		}
	}
}

// lettered says whether a text is a lettering and no filling.
func isLettering(s string) bool { return strings.Trim(s, "-0.*_ ") != "" }

// letterKey is what a lettering counts within: its account and auxiliary account.
type letterKey struct {
	account, party int32
	letter         string
	day            ledger.Date // of the lettering, where letters are used again; else zero
}

// letterSum is what the lines of a lettering come to.
type letterSum struct {
	first  int32
	amount int64
}

type letterSums map[letterKey]*letterSum

// add counts a line in, and gives the first of its lettering.
func (s letterSums) add(k letterKey, i int32, amount int64) int32 {
	g := s[k]
	if g == nil {
		g = &letterSum{first: i}
		s[k] = g
	}
	g.amount += amount
	return g.first
}

// letter puts together what bears one lettering. Where a letter was used again later, what was lettered on one day and comes to
// nothing is a lettering by itself.
func (u *understanding) letter() {
	daily := letterSums{}
	each := func(do func(i int32, k letterKey)) {
		for i := range u.items {
			it := &u.items[i]
			if isLettering(it.lettering()) && u.roles[i] != ahead && u.roles[i] != ignored {
				do(int32(i), letterKey{it.account, it.party, it.lettering(), it.let})
			}
		}
	}
	each(func(i int32, k letterKey) { daily.add(k, i, u.items[i].amount) })
	groups := letterSums{}
	each(func(i int32, k letterKey) {
		u.b.Counts.Lettered++
		if daily[k].amount != 0 {
			k.day = 0
		}
		u.together.join(groups.add(k, i, u.items[i].amount), i)
	})
	u.b.Counts.Groups = len(groups)
	for _, g := range groups {
		if g.amount != 0 {
			u.b.Counts.Unbalanced++
		}
	}
}

// documents makes invoices, credit notes and opening lines. The lines of one entry with one number are one invoice, as
// instalments or a retention are.
func (u *understanding) documents() {
	type key struct {
		entry  int32
		who    int
		number string
	}
	sources := u.chooseSources()
	shapes := map[string]bool{}
	found := map[key]int32{}
	b := u.b
	for i := range u.items {
		u.docs[i] = -1
		if u.roles[i] != document {
			continue
		}
		it := &u.items[i]
		number, own := numberOf(it, sources[it.journal])
		k := key{u.entryAt[i], u.customer[it.party], number}
		if !own {
			k.number += "\x00" + it.label() + it.piece.String()
		}
		d, ok := found[k]
		if !ok {
			d = int32(len(b.Invoices))
			found[k] = d
			b.Invoices = append(b.Invoices, u.invoice(it, number))
			if number != "" && len(shapes) < 100 {
				shapes[shapeOf(number)] = true
			}
		} else {
			b.Invoices[d].Total += it.amount
		}
		b.Invoices[d].Doubtful = b.Invoices[d].Doubtful || u.accounts.rows[it.account].class == classDoubtful
		u.docs[i] = d
	}
	for i := range u.items {
		if u.roles[i] == opening {
			it := &u.items[i]
			u.docs[i] = int32(len(b.Invoices))
			v := u.invoice(it, openingNumber(it, shapes))
			v.Carried = true
			v.Doubtful = u.accounts.rows[it.account].class == classDoubtful
			b.Invoices = append(b.Invoices, v)
		}
	}
	u.orderInvoices()
	u.tellApart()
	first := make([]int32, len(b.Invoices))
	for i := range first {
		first[i] = -1
	}
	for i, d := range u.docs {
		switch {
		case d < 0:
		case first[d] < 0:
			first[d] = int32(i)
		default:
			u.together.join(first[d], int32(i))
		}
	}
}

func (u *understanding) invoice(it *item, number string) Invoice {
	v := Invoice{Customer: u.customer[it.party], Number: number, Issued: it.piece, Total: it.amount, Label: it.label(),
		Journal: u.journals.rows[it.journal].code, Line: int(it.line), Lettering: it.lettering()}
	if it.piece > it.on.Add(366) || it.piece < it.on.Add(-10*366) {
		v.Issued = it.on // a slip of the pen
	}
	if number == "" {
		v.Number, v.NumberGiven = fallback(it, &u.journals.rows[it.journal]), true
	}
	return v
}

// orderInvoices sorts by day and drops what comes to nothing.
func (u *understanding) orderInvoices() {
	b := u.b
	order := make([]int32, len(b.Invoices))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(x, y int32) int {
		a, o := &b.Invoices[x], &b.Invoices[y]
		return cmp.Or(cmp.Compare(a.Issued, o.Issued), cmp.Compare(a.Line, o.Line), cmp.Compare(x, y))
	})
	sorted := make([]Invoice, 0, len(order))
	at := make([]int32, len(order))
	for _, from := range order {
		v := b.Invoices[from]
		at[from] = -1
		if v.Total == 0 {
			continue
		}
		v.Open, v.CreditNote = v.Total, v.Total < 0
		at[from] = int32(len(sorted))
		sorted = append(sorted, v)
	}
	b.Invoices = sorted
	for i, d := range u.docs {
		if d >= 0 {
			u.docs[i] = at[d]
		}
	}
}

// tellApart adds the day, and then a rank, to numbers that a customer has twice.
func (u *understanding) tellApart() {
	type key struct {
		who    int
		number string
	}
	seen := map[key]bool{}
	for i := range u.b.Invoices {
		v := &u.b.Invoices[i]
		k := key{v.Customer, sameRef(v.Number)}
		if seen[k] && !strings.Contains(v.Number, v.Issued.String()) {
			v.Number += " " + v.Issued.String()
			v.NumberGiven = true
			k.number = sameRef(v.Number)
		}
		base := v.Number
		for n := 2; seen[k] && n < 1000; n++ {
			v.Number = base + "-" + decimal(n)
			v.NumberGiven = true
			k.number = sameRef(v.Number)
		}
		seen[k] = true
	}
}

// movements makes payments of what is set against documents. What an entry gives up goes off the largest receipt in it.
func (u *understanding) movements() {
	largest := map[int32]int32{}
	several := map[int32]int{} // customers with receipts in an entry: one, or −1
	for i := range u.items {
		if u.roles[i] != movement || u.kinds[i] != Receipt {
			continue
		}
		e := u.entryAt[i]
		if u.entries[e].off > 0 {
			if at, ok := largest[e]; !ok || u.items[i].amount < u.items[at].amount {
				largest[e] = int32(i)
			}
		}
		if u.entries[e].bank != "" || u.entries[e].off > 0 {
			if who, ok := several[e]; ok && who != u.customer[u.items[i].party] {
				several[e] = -1
			} else if !ok {
				several[e] = u.customer[u.items[i].party]
			}
		}
	}
	for i := range u.items {
		it := &u.items[i]
		e := u.entryAt[i]
		switch u.roles[i] {
		case surrendered:
			u.addMove(i, -it.amount, -1, whyOf(u.entries[e].flags))
		case movement:
			off := int64(0)
			if at, ok := largest[e]; ok && at == int32(i) && several[e] >= 0 {
				off = u.givenUp(e, -it.amount)
			}
			bank := u.entries[e].bank
			if several[e] < 0 {
				bank = ""
			}
			at := u.addMove(i, -it.amount-off, u.addPayment(i, -it.amount-off, bank), 0)
			if off != 0 {
				tied := u.addMove(i, off, -1, whyOf(u.entries[e].flags))
				u.moves[at].tied, u.moves[tied].part = tied, true
			}
		}
	}
	u.advances()
}

// givenUp is what an entry gives up of a receipt, with the tax on it.
func (u *understanding) givenUp(e int32, amount int64) int64 {
	off := u.entries[e].off
	if vat := u.entries[e].vat; vat > 0 && vat < off {
		off += vat
	}
	if off >= amount {
		return 0
	}
	return off
}

func whyOf(f flags) WriteOffKind {
	switch {
	case f&isLoss != 0:
		return Loss
	case f&isDiscount != 0, f&givenUp == 0:
		return Discount
	}
	return Difference
}

func (u *understanding) addPayment(i int, amount int64, bank string) int {
	it := &u.items[i]
	u.b.Payments = append(u.b.Payments, Payment{Customer: u.customer[it.party], Kind: u.kinds[i], On: it.on, Amount: amount, Label: it.label(),
		BankLabel: bank, Line: int(it.line), Lettering: it.lettering(), Means: meansOf(it.label(), bank, &u.journals.rows[it.journal])})
	return len(u.b.Payments) - 1
}

func (u *understanding) addMove(i int, amount int64, pay int, why WriteOffKind) int {
	it := &u.items[i]
	u.moves = append(u.moves, move{pay: pay, why: why, kind: u.kinds[i], customer: u.customer[it.party], on: it.on, line: int(it.line), amount: amount,
		left: amount, tied: -1, lettered: isLettering(it.lettering()), item: int32(i)})
	return len(u.moves) - 1
}

// advances finds what is left of what customers paid ahead: what was used comes off the oldest.
func (u *understanding) advances() {
	used := map[int]int64{}
	for i := range u.items {
		if u.roles[i] == ahead && u.items[i].amount > 0 {
			used[u.customer[u.items[i].party]] += u.items[i].amount
		}
	}
	for i := range u.items {
		it := &u.items[i]
		if u.roles[i] != ahead || it.amount > 0 {
			continue
		}
		who := u.customer[it.party]
		off := min(used[who], -it.amount)
		used[who] -= off
		if left := -it.amount - off; left > 0 && !u.journals.rows[it.journal].opening && u.entries[u.entryAt[i]].flags&bankDebit != 0 {
			at := u.addPayment(i, left, u.entries[u.entryAt[i]].bank)
			u.b.Payments[at].Left = left
		}
	}
}
