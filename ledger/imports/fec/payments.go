package fec

import (
	"slices"

	"quitus/ledger"
)

// room is what a known invoice can still take.
type room struct {
	left  int64 // with the invoice's sign
	total int64
	day   ledger.Date // of a register's paid figure
	reg   int64       // of left, what that figure covers
}

// room gives what payments can still settle of a known invoice.
func (p *Plan) room(id ledger.InvoiceID) *room {
	if len(p.rooms) == 0 {
		p.fillRooms()
	}
	return p.rooms[id]
}

// fillRooms works the rooms of the ledger's invoices out. A register's paid figure includes payments up to its day, so that
// these may be recorded besides; later ones may not take more than is open.
func (p *Plan) fillRooms() {
	for i := range p.book.Invoices.All() {
		r := &room{left: i.Total.Minor, total: i.Total.Minor, day: i.RegisterDay, reg: i.RegisterPaid}
		p.rooms[i.ID] = r
	}
	for y := range p.book.Payments.All() {
		for _, a := range y.Allocations {
			if r := p.rooms[a.Invoice]; r != nil {
				r.take(y.On, a.Amount)
			}
		}
	}
	for w := range p.book.WriteOffs.All() {
		if r := p.rooms[w.Invoice]; r != nil {
			r.take(ledger.EndOfTime, w.Amount.Minor)
		}
	}
}

// take uses room up.
func (r *room) take(on ledger.Date, amount int64) {
	r.left -= amount
	if on <= r.day {
		if r.reg > 0 {
			r.reg = max(0, r.reg-amount)
		} else {
			r.reg = min(0, r.reg-amount)
		}
	}
}

// give cuts an amount down to what a payment of a day can settle, and takes it.
func (r *room) give(on ledger.Date, amount int64) int64 {
	left := r.left
	if on > r.day {
		left -= r.reg
	}
	switch {
	case r.total > 0 && amount > 0:
		amount = min(amount, max(left, 0))
	case r.total > 0:
		amount = -min(-amount, r.total-r.left) // returned: what was settled at most
	case amount < 0:
		amount = max(amount, min(left, 0))
	default:
		amount = min(amount, r.left-r.total)
	}
	r.take(on, amount)
	return amount
}

// paymentKey is by what a payment is known: of several alike, each counts once.
type paymentKey struct {
	customer ledger.CustomerID
	on       ledger.Date
	amount   int64
}

// findPayments looks for each payment in the ledger. A known one gets what it settles beyond what is recorded; a new one
// that would settle only what is settled already is the same money under another day, and is left out.
func (p *Plan) findPayments() {
	known := map[paymentKey][]*ledger.Payment{}
	anyDay := map[paymentKey][]*ledger.Payment{}
	spare := map[ledger.PaymentID]int64{}
	for y := range p.book.Payments.All() {
		if y.Amount.Currency != p.from.Currency {
			continue
		}
		k := paymentKey{y.Customer, y.On, y.Amount.Minor}
		known[k] = append(known[k], y)
		left := y.Amount.Minor
		for _, a := range y.Allocations {
			left -= a.Amount
		}
		spare[y.ID] = left
		k.on = 0
		anyDay[k] = append(anyDay[k], y)
	}
	for i := range p.from.Payments {
		y, x := &p.from.Payments[i], &p.Payments[i]
		if c := p.Customers[y.Customer].Known; c != 0 {
			k := paymentKey{c, y.On, y.Amount}
			if same := known[k]; len(same) > 0 {
				x.Known, known[k] = p.pick(same, y)
			} else if k.on = 0; y.Kind == Applied {
				x.Known = p.advance(anyDay[k], y, spare)
			}
		}
		p.allocate(i, spare)
	}
	for d := range p.from.Invoices {
		if v := &p.from.Invoices[d]; p.Invoices[d].State == ToCreate {
			p.Customers[v.Customer].Create = p.Customers[v.Customer].Known == 0
		}
	}
}

// advance finds the payment that an advance came as, taken in before it was used: it settles the same invoice already, or
// nothing yet.
func (p *Plan) advance(same []*ledger.Payment, y *Payment, spare map[ledger.PaymentID]int64) ledger.PaymentID {
	const looked = 1000
	found := ledger.PaymentID(0)
	for _, a := range same[:min(len(same), looked)] {
		switch {
		case a.On > y.On:
		case p.shares(a, y):
			return a.ID
		case found == 0 && spare[a.ID] == y.Amount:
			found = a.ID
		}
	}
	return found
}

// pick takes, of several known payments of one customer, day and amount, the one that settles the same invoice.
func (p *Plan) pick(same []*ledger.Payment, y *Payment) (ledger.PaymentID, []*ledger.Payment) {
	const looked = 50
	at := 0
	for k, s := range same[:min(len(same), looked)] {
		if p.shares(s, y) {
			at = k
			break
		}
	}
	found := same[at]
	copy(same[1:at+1], same[:at])
	return found.ID, same[1:]
}

// shares says whether a known payment settles an invoice that one of the file settles.
func (p *Plan) shares(known *ledger.Payment, y *Payment) bool {
	for _, a := range y.Allocations {
		for _, b := range known.Allocations {
			if slices.Contains(p.Invoices[a.Invoice].Known, b.Invoice) {
				return true
			}
		}
	}
	return false
}

// allocate plans what one payment settles.
func (p *Plan) allocate(i int, spare map[ledger.PaymentID]int64) {
	y, x := &p.from.Payments[i], &p.Payments[i]
	wanted, got := int64(0), int64(0)
	had := map[ledger.InvoiceID]int64{}
	limit := y.Amount
	if x.Known != 0 {
		for _, a := range p.book.Payments.Get(uint32(x.Known)).Allocations {
			had[a.Invoice] += a.Amount
		}
		limit = spare[x.Known]
	}
	aside := false
	for _, a := range y.Allocations {
		v := &p.Invoices[a.Invoice]
		switch v.State {
		case ToCreate:
			if x.Known != 0 {
				a.Amount = within(a.Amount, limit)
			}
			wanted += abs(a.Amount)
			got += abs(a.Amount)
			limit -= a.Amount
			x.add(Part{New: a.Invoice, Amount: a.Amount})
		case Already:
			rest := a.Amount
			for _, id := range v.Known {
				wanted += abs(rest)
				if have := within(rest, had[id]); have != 0 && sameSign(have, rest) {
					rest -= have
					had[id] -= have
					got += abs(have)
				}
				if x.Known != 0 && y.Kind != Netting && a.Amount > 0 {
					rest = within(rest, limit)
				}
				if rest == 0 {
					break
				}
				if part := p.room(id).give(y.On, rest); part != 0 {
					x.add(Part{Invoice: id, Amount: part})
					rest -= part
					limit -= part
					got += abs(part)
				}
			}
		default:
			aside = true
		}
	}
	switch {
	case x.Known != 0:
	case y.Kind == Netting:
		x.Create = got > 0 && balanced(x.Parts)
	case wanted > 0 && got == 0:
		// settled already by what the ledger has
	case aside && wanted == 0:
		// for what an earlier year left and the ledger does not know: it waits for that year's file
	default:
		x.Create = true
	}
	if !x.Create && x.Known == 0 || x.Known != 0 && y.Kind == Netting && !balanced(x.Parts) {
		for _, part := range x.Parts {
			if part.Invoice != 0 {
				p.rooms[part.Invoice].take(y.On, -part.Amount)
			}
		}
		x.Parts = nil
	}
	if x.Create && p.Customers[y.Customer].Known == 0 {
		p.Customers[y.Customer].Create = true
	}
}

func balanced(parts []Part) bool {
	sum := int64(0)
	for _, x := range parts {
		sum += x.Amount
	}
	return sum == 0
}

func (x *PlannedPayment) add(part Part) {
	if part.Amount != 0 {
		x.Parts = append(x.Parts, part)
	}
}

func abs(v int64) int64 { return max(v, -v) }

func sameSign(a, b int64) bool { return (a < 0) == (b < 0) }

// within cuts an amount down to a limit of the same sign; nothing where the signs differ.
func within(v, limit int64) int64 {
	switch {
	case v > 0:
		return min(v, max(limit, 0))
	case v < 0 && limit < 0:
		return max(v, limit)
	}
	return 0
}

// findWriteOffs keeps what the ledger has not, and has room for.
func (p *Plan) findWriteOffs() {
	type key struct {
		invoice ledger.InvoiceID
		on      ledger.Date
		amount  int64
	}
	known := map[key]int{}
	for w := range p.book.WriteOffs.All() {
		known[key{w.Invoice, w.On, w.Amount.Minor}]++
	}
	for k, w := range p.from.WriteOffs {
		switch v := &p.Invoices[w.Invoice]; v.State {
		case ToCreate:
			p.WriteOffs[k] = true
		case Already:
			x := key{v.Known[0], w.On, w.Amount}
			if known[x] > 0 {
				known[x]--
				continue
			}
			r := p.room(v.Known[0])
			if len(v.Known) == 1 && within(w.Amount, r.left-r.reg) == w.Amount {
				r.take(ledger.EndOfTime, w.Amount)
				p.WriteOffs[k] = true
			}
		}
	}
}
