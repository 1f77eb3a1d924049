package fec

import "slices"

// leastLettered is the share of receipts with a lettering from which the file's lettering is relied on, in per cent.
const leastLettered = 50

// presume looks at what lettering leaves, customer by customer. A receipt that cites an invoice, or that has the amount of one
// invoice only, settles it. Opening lines without lettering are first set against what lettering left over. All the
// rest stays as it is, but where lettering is hardly used, or the account comes to nothing: there the oldest is
// settled first (article 1342-10 of the Code civil).
func (u *understanding) presume() {
	b := u.b
	receipts, lettered := 0, 0
	customerLettered := make([]bool, len(b.Customers))
	for i := range u.moves {
		if m := &u.moves[i]; m.pay >= 0 && m.kind == Receipt {
			receipts++
			if m.lettered {
				lettered++
				customerLettered[m.customer] = true
			}
		}
	}
	b.Lettering = receipts == 0 || lettered*100 >= receipts*leastLettered
	docs, moves := make([][]int32, len(b.Customers)), make([][]int32, len(b.Customers))
	for d := range b.Invoices {
		if v := &b.Invoices[d]; v.Open != 0 && v.Later == 0 {
			docs[v.Customer] = append(docs[v.Customer], int32(d))
		}
	}
	returned := make([]bool, len(b.Customers))
	for m := range u.moves {
		if y := &u.moves[m]; y.left != 0 {
			moves[y.customer] = append(moves[y.customer], int32(m))
			returned[y.customer] = returned[y.customer] || y.left < 0
		}
	}
	all := make([][]int32, len(b.Customers))
	for m := range u.moves {
		if y := &u.moves[m]; returned[y.customer] {
			all[y.customer] = append(all[y.customer], int32(m))
		}
	}
	for k := range b.Customers {
		if len(docs[k]) == 0 && !returned[k] || len(docs[k])+len(moves[k]) < 2 && len(all[k]) == 0 {
			continue
		}
		if returned[k] {
			s := settling{u: u, moves: all[k], presumed: true}
			s.sort()
			s.mirror()
		}
		u.presumeFor(docs[k], moves[k], !b.Lettering && !customerLettered[k] || b.Customers[k].Balance == 0)
	}
}

// presumeFor settles what is left of one customer; wholly says that the oldest is settled first.
func (u *understanding) presumeFor(docs, moves []int32, wholly bool) {
	b := u.b
	only := func(docs []int32, keep func(*Invoice) bool) []int32 {
		return slices.DeleteFunc(slices.Clone(docs), func(d int32) bool { return !keep(&b.Invoices[d]) })
	}
	which := func(keep func(*move) bool) []int32 {
		return slices.DeleteFunc(slices.Clone(moves), func(m int32) bool { return !keep(&u.moves[m]) })
	}
	carried := only(docs, func(v *Invoice) bool { return v.Carried && !isLettering(v.Lettering) })
	if len(carried) > 0 {
		s := settling{u: u, presumed: true, docs: only(carried, func(v *Invoice) bool { return v.Open > 0 }), moves: which(func(m *move) bool { return m.lettered && m.left > 0 })}
		if len(s.docs) > 0 && len(s.moves) > 0 {
			s.equal()
			s.inOrder(1)
		}
		u.useCarriedCredits(only(carried, func(v *Invoice) bool { return v.Open < 0 }), only(docs, func(v *Invoice) bool { return v.Open > 0 && !v.Carried && isLettering(v.Lettering) }))
	}
	s := settling{u: u, presumed: true, docs: docs, moves: which(func(m *move) bool { return !m.lettered && m.left != 0 })}
	if len(s.moves) > 0 {
		s.cited()
		u.onlyOne(docs, s.moves)
	}
	if wholly {
		s.presumed = true
		s.moves = which(func(m *move) bool { return m.left != 0 })
		s.equal()
		s.net()
		s.inOrder(1)
		s.inOrder(-1)
		s.offset()
		s.keepNets()
	}
}

// useCarriedCredits sets opening credits without lettering against what lettering left open: what settled it came before
// the file begins.
func (u *understanding) useCarriedCredits(credits, open []int32) {
	s := settling{u: u, presumed: true}
	k := 0
	for _, d := range open {
		for k < len(credits) && u.b.Invoices[d].Open > 0 {
			x := min(u.b.Invoices[d].Open, -u.b.Invoices[credits[k]].Open)
			if x == 0 {
				k++
				continue
			}
			s.setOff(credits[k], d, x)
			u.b.Counts.Presumed++
		}
	}
	s.keepNets()
}

// onlyOne settles an invoice by a receipt of its amount where there is one of each only, and the receipt is not the earlier.
func (u *understanding) onlyOne(docs, moves []int32) {
	type pair struct {
		doc, move   int32
		docs, moves int
	}
	pairs := map[int64]*pair{}
	at := func(v int64) *pair {
		if pairs[v] == nil {
			pairs[v] = &pair{}
		}
		return pairs[v]
	}
	for _, d := range docs {
		if open := u.b.Invoices[d].Open; open != 0 {
			p := at(open)
			p.doc, p.docs = d, p.docs+1
		}
	}
	for _, m := range moves {
		if left := u.moves[m].left; left != 0 {
			p := at(left)
			p.move, p.moves = m, p.moves+1
		}
	}
	s := settling{u: u, presumed: true}
	for _, m := range moves { // in the order of days
		p := pairs[u.moves[m].left]
		if p != nil && p.docs == 1 && p.moves == 1 && p.move == m && u.moves[m].on >= u.b.Invoices[p.doc].Issued {
			s.allocate(p.doc, m, u.moves[m].left)
		}
	}
}
