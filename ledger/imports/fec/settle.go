package fec

import (
	"cmp"
	"slices"
	"strings"

	"quitus/ledger"
)

// settling sets moves against documents that belong together.
type settling struct {
	u        *understanding
	docs     []int32 // of Invoices, oldest first
	moves    []int32 // of understanding.moves, oldest first
	presumed bool
	nets     []Allocation // credit notes against invoices
}

// settleGroups settles what lettering, or an entry, puts together.
func (u *understanding) settleGroups() {
	n := len(u.items)
	// The items of each group, one after the other: counted, then put in place.
	start := make([]int32, n+1)
	for i := range n {
		start[u.together.root(int32(i))+1]++
	}
	for i := range n {
		start[i+1] += start[i]
	}
	order, at := make([]int32, n), slices.Clone(start)
	for i := range n {
		r := u.together.root(int32(i))
		order[at[r]] = int32(i)
		at[r]++
	}
	movesOf := make([]int32, n) // first move of an item, from 1
	for m := len(u.moves) - 1; m >= 0; m-- {
		movesOf[u.moves[m].item] = int32(m) + 1
	}
	end := u.periodEnd()
	s := settling{u: u}
	for r := range n {
		members := order[start[r]:start[r+1]]
		if len(members) == 0 || len(members) == 1 && !isLettering(u.items[members[0]].lettering()) {
			continue
		}
		s.docs, s.moves = s.docs[:0], s.moves[:0]
		for _, i := range members {
			if d := u.docs[i]; d >= 0 {
				s.docs = append(s.docs, d)
			}
			for m := movesOf[i]; m > 0 && int(m) <= len(u.moves) && u.moves[m-1].item == i; m++ {
				s.moves = append(s.moves, m-1)
			}
		}
		s.settle()
		u.later(members, end)
	}
}

// periodEnd is the day up to which the file tells: the closing day, or the end of the last month.
func (u *understanding) periodEnd() ledger.Date { return max(u.b.Closing, u.b.Last.MonthEnd()) }

// later finds invoices that were lettered after the last entry: what settled them is in next year's file. A lettering in small
// letters is a partial one.
func (u *understanding) later(members []int32, end ledger.Date) {
	for _, i := range members {
		d, it := u.docs[i], &u.items[i]
		if d < 0 || it.let <= end || !isLettering(it.lettering()) || it.lettering() != strings.ToUpper(it.lettering()) {
			continue
		}
		if v := &u.b.Invoices[d]; v.Open > 0 && v.Open <= v.Total {
			v.Later = it.let
		}
	}
}

// settle goes from what is certain to what is usual: what is cited, what is equal, what was returned, credit notes,
// then in the order of days, so that what is left open is of the newest.
func (s *settling) settle() {
	s.sort()
	if len(s.docs) > 1 || len(s.moves) > 1 {
		s.cited()
		s.equal()
		s.mirror()
		s.net()
		s.equal()
	}
	s.inOrder(1)
	s.inOrder(-1)
	s.offset()
	s.reopen()
	s.keepNets()
}

// sort puts documents and moves in the order of days.
func (s *settling) sort() {
	u := s.u
	slices.Sort(s.docs)
	s.docs = slices.Compact(s.docs)
	slices.SortFunc(s.moves, func(a, b int32) int {
		return cmp.Or(cmp.Compare(u.moves[a].on, u.moves[b].on), cmp.Compare(u.moves[a].line, u.moves[b].line), cmp.Compare(a, b))
	})
}

// allocate sets an amount of a move against a document.
func (s *settling) allocate(d, m int32, amount int64) {
	u := s.u
	v, y := &u.b.Invoices[d], &u.moves[m]
	v.Open -= amount
	y.left -= amount
	v.SettledOn = max(v.SettledOn, y.on)
	if s.presumed {
		u.b.Counts.Presumed++
	}
	if y.pay < 0 {
		u.b.WriteOffs = append(u.b.WriteOffs, WriteOff{int(d), y.why, y.on, amount, y.line, u.items[y.item].label()})
		return
	}
	u.b.Payments[y.pay].add(Allocation{int(d), amount, s.presumed})
}

// fits says whether a move can go against a document in whole or in part: they have the same sign.
func fits(open, left int64) bool { return open > 0 && left > 0 || open < 0 && left < 0 }

// nearest is the amount that is nearer to nothing.
func nearest(a, b int64) int64 {
	if (a < 0) == (a < b) {
		return b
	}
	return a
}

// numberKey makes numbers comparable: capitals, letters and digits.
func numberKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
			return r
		case r >= 'a' && r <= 'z':
			return r - 32
		}
		return -1
	}, s)
}

// cited sets moves against the document whose number they bear.
func (s *settling) cited() {
	if len(s.docs) < 2 && !s.presumed {
		return
	}
	byNumber := make(map[string]int32, len(s.docs))
	for _, d := range s.docs {
		v := &s.u.b.Invoices[d]
		if k := numberKey(v.Number); !v.NumberGiven && len(k) >= 3 {
			byNumber[k] = d
		}
	}
	if len(byNumber) == 0 {
		return
	}
	for _, m := range s.moves {
		y := &s.u.moves[m]
		it := &s.u.items[y.item]
		label, _ := fromLabel(it.label())
		for _, text := range [...]string{it.pieceRef(), label} {
			d, ok := byNumber[numberKey(text)]
			if !ok || len(text) < 3 {
				continue
			}
			if open := s.u.b.Invoices[d].Open; fits(open, y.left) && nearest(open, y.left) == y.left {
				s.allocate(d, m, y.left)
				break
			}
		}
	}
}

// equal sets moves against documents of their amount, oldest first; a receipt together with what its entry gives up. What is only presumed must be the
// one possibility, and not earlier than the invoice.
func (s *settling) equal() {
	u := s.u
	byAmount := make(map[int64][]int32, len(s.docs))
	for _, d := range s.docs {
		if open := u.b.Invoices[d].Open; open != 0 {
			byAmount[open] = append(byAmount[open], d)
		}
	}
	for _, m := range s.moves {
		y := &u.moves[m]
		if y.left == 0 || y.part {
			continue
		}
		whole := y.left
		if y.tied >= 0 {
			whole += u.moves[y.tied].left
		}
		same := byAmount[whole]
		if len(same) == 0 {
			continue
		}
		byAmount[whole] = same[1:]
		s.allocate(same[0], m, y.left)
		if y.tied >= 0 && u.moves[y.tied].left != 0 {
			s.allocate(same[0], int32(y.tied), u.moves[y.tied].left)
		}
	}
}

// mirror takes payments back that were returned: a negative move undoes what the latest payment of its amount before it
// settled. The moves are in the order of days.
func (s *settling) mirror() {
	u := s.u
	if !slices.ContainsFunc(s.moves, func(m int32) bool { return u.moves[m].left < 0 }) {
		return
	}
	paid := map[int64][]int32{} // by amount, the latest last
	for _, m := range s.moves {
		y := &u.moves[m]
		if y.amount > 0 && y.left == 0 && y.pay >= 0 {
			paid[y.amount] = append(paid[y.amount], m)
			continue
		}
		same := paid[-y.left]
		if y.left >= 0 || len(same) == 0 {
			continue
		}
		p := &u.moves[same[len(same)-1]]
		paid[-y.left] = same[:len(same)-1]
		for _, a := range u.b.Payments[p.pay].Allocations {
			v := &u.b.Invoices[a.Invoice]
			if x := min(a.Amount, v.Total-v.Open, -y.left); x > 0 { // others may have reopened it
				s.allocate(int32(a.Invoice), m, -x)
			}
		}
	}
}

// net sets credit notes against invoices: those of the same amount first, then the oldest.
func (s *settling) net() {
	var notes, invoices []int32
	for _, d := range s.docs {
		switch open := s.u.b.Invoices[d].Open; {
		case open < 0:
			notes = append(notes, d)
		case open > 0:
			invoices = append(invoices, d)
		}
	}
	if len(notes) == 0 || len(invoices) == 0 {
		return
	}
	byAmount := map[int64][]int32{}
	for _, d := range invoices {
		open := s.u.b.Invoices[d].Open
		byAmount[open] = append(byAmount[open], d)
	}
	for _, n := range notes {
		open := -s.u.b.Invoices[n].Open
		if same := byAmount[open]; len(same) > 0 {
			byAmount[open] = same[1:]
			s.setOff(n, same[0], open)
		}
	}
	k := 0
	for _, n := range notes {
		for s.u.b.Invoices[n].Open < 0 && k < len(invoices) {
			d := invoices[k]
			if x := min(-s.u.b.Invoices[n].Open, s.u.b.Invoices[d].Open); x > 0 {
				s.setOff(n, d, x)
			}
			if s.u.b.Invoices[d].Open == 0 {
				k++
			}
		}
	}
}

func (s *settling) setOff(note, invoice int32, amount int64) {
	b := s.u.b
	n, v := &b.Invoices[note], &b.Invoices[invoice]
	on := max(n.Issued, v.Issued)
	n.Open += amount
	v.Open -= amount
	n.SettledOn, v.SettledOn = max(n.SettledOn, on), max(v.SettledOn, on)
	s.nets = append(s.nets, Allocation{int(invoice), amount, s.presumed}, Allocation{int(note), -amount, s.presumed})
}

// keepNets records what credit notes settled as part of the group's last receipt, else as a payment of nothing.
func (s *settling) keepNets() {
	if len(s.nets) == 0 {
		return
	}
	b := s.u.b
	var with *Payment
	on := ledger.Date(0)
	for _, a := range s.nets {
		on = max(on, b.Invoices[a.Invoice].Issued)
	}
	for _, m := range s.moves {
		if y := &s.u.moves[m]; y.pay >= 0 && y.amount > 0 && y.on >= on {
			with = &b.Payments[y.pay]
		}
	}
	if with == nil {
		v := &b.Invoices[s.nets[1].Invoice]
		b.Payments = append(b.Payments, Payment{Customer: v.Customer, Kind: Netting, On: on, Label: v.Label, Line: v.Line, Lettering: v.Lettering})
		with = &b.Payments[len(b.Payments)-1]
	}
	for _, a := range s.nets {
		with.add(a)
	}
	s.nets = s.nets[:0]
}

// add adds to what a payment settles of an invoice, which is among the last ones if it is there at all; else it is
// there twice, and the sum is right.
func (p *Payment) add(a Allocation) {
	for k := max(0, len(p.Allocations)-20); k < len(p.Allocations); k++ {
		if x := &p.Allocations[k]; x.Invoice == a.Invoice && x.Presumed == a.Presumed {
			x.Amount += a.Amount
			return
		}
	}
	p.Allocations = append(p.Allocations, a)
}

// inOrder sets what is left of the moves of one sign against the oldest documents of that sign.
func (s *settling) inOrder(sign int64) {
	u := s.u
	k := 0
	for _, m := range s.moves {
		for y := &u.moves[m]; y.left*sign > 0 && k < len(s.docs); {
			v := &u.b.Invoices[s.docs[k]]
			if !fits(v.Open, y.left) {
				k++
				continue
			}
			s.allocate(s.docs[k], m, nearest(v.Open, y.left))
		}
	}
}

// offset lets what came too much and what went back cancel out.
func (s *settling) offset() {
	u := s.u
	k := 0
	for _, m := range s.moves {
		for y := &u.moves[m]; y.left < 0 && k < len(s.moves); {
			o := &u.moves[s.moves[k]]
			if o.left <= 0 || o.pay < 0 {
				k++
				continue
			}
			x := min(-y.left, o.left)
			y.left += x
			o.left -= x
		}
	}
}

// reopen lets what went back reopen the newest of what was settled.
func (s *settling) reopen() {
	u := s.u
	k := len(s.docs) - 1
	for _, m := range s.moves {
		for y := &u.moves[m]; y.left < 0 && k >= 0; {
			v := &u.b.Invoices[s.docs[k]]
			if v.Total <= 0 || v.Open >= v.Total {
				k--
				continue
			}
			s.allocate(s.docs[k], m, -min(-y.left, v.Total-v.Open))
		}
	}
}
