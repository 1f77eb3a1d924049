package desk

import (
	"slices"

	"quitus/ledger"
	"quitus/ledger/reconcile"
)

// notedWithin is how many days a payment entered by hand and its bank entry may lie apart: a cheque is noted when it comes, and
// booked when it was paid in.
const notedWithin = 10

// together are payments that the owner entered by hand and that the bank may book as one entry: a payment alone, or the
// cheques of a slip.
type together struct {
	payments []*ledger.Payment
	slip     *ledger.Deposit // nil for a payment on none
	on       ledger.Date
	amount   ledger.Money
}

// noted finds which entries are payments that the owner entered by hand before: of one amount, some days apart at most, each
// the only one of the other.
func (s *State) noted(entries []*ledger.BankEntry) map[ledger.BankEntryID]*together {
	byAmount := map[ledger.Money][]*together{}
	for _, x := range s.awaited() {
		byAmount[x.amount] = append(byAmount[x.amount], x)
	}
	found := map[ledger.BankEntryID]*together{}
	claims := map[ledger.PaymentID]int{}
	for _, e := range entries {
		n := 0
		for _, x := range byAmount[e.Amount] {
			if x.fits(e) {
				found[e.ID] = x
				for _, p := range x.payments {
					claims[p.ID]++
				}
				n++
			}
		}
		if n > 1 {
			delete(found, e.ID)
		}
	}
	for id, x := range found {
		for _, p := range x.payments {
			if claims[p.ID] > 1 {
				delete(found, id)
			}
		}
	}
	return found
}

// awaited gives what the bank has not booked yet. The cheques of a slip are awaited together, and one by one as well:
// some banks book each.
func (s *State) awaited() []*together {
	var out []*together
	for p := range s.Book.Payments.All() {
		if p.Entry == 0 && p.Amount.Positive() {
			x := &together{payments: []*ledger.Payment{p}, on: p.On, amount: p.Amount}
			if x.slip = s.Book.DepositOf(p.ID); x.slip != nil {
				x.on = x.slip.On
			}
			out = append(out, x)
		}
	}
	for d := range s.Book.Deposits.All() {
		x := &together{slip: d, on: d.On, amount: d.Amount}
		sum := int64(0)
		for _, p := range d.PaymentsIn(s.Book) {
			if p.Entry == 0 {
				x.payments = append(x.payments, p)
				sum += p.Amount.Minor
			}
		}
		if len(x.payments) > 1 && len(x.payments) == len(d.Payments) && sum == d.Amount.Minor {
			out = append(out, x)
		}
	}
	return out
}

// fits says whether a bank entry may be these payments. An entry that tells of how many cheques it is must tell the
// slip's number of them.
func (x *together) fits(e *ledger.BankEntry) bool {
	if e.Booked-x.on > notedWithin || x.on-e.Booked > notedWithin {
		return false
	}
	if len(x.payments) == 1 {
		return true
	}
	entry := entryOf(e)
	n, ok := reconcile.Cheques(&entry)
	return ok && (n == 0 || n == x.slip.Cheques)
}

// notedLine is the line of an entry whose payments were noted before.
func notedLine(e *ledger.BankEntry, x *together) BankLine {
	reason := reconcile.Reason{Code: alreadyNoted, Args: map[string]any{"date": x.on}}
	if x.slip != nil {
		reason = reconcile.Reason{Code: alreadyDeposited, Args: map[string]any{"number": int(x.slip.ID), "date": x.slip.On, "count": x.slip.Cheques}}
	}
	a := reconcile.Answer{Left: e.Amount.Minor, Confidence: 1, Reasons: []reconcile.Reason{reason}}
	line := BankLine{BankEntry: e}
	for _, p := range x.payments {
		if len(x.payments) == 1 {
			a.Customer = p.Customer
		}
		for _, y := range p.Allocations {
			a.Allocations = append(a.Allocations, reconcile.Allocation{Item: y.Invoice, Amount: y.Amount})
			a.Left -= y.Amount
		}
		line.noted = append(line.noted, p.ID)
	}
	line.Decision = reconcile.Decision{Outcome: reconcile.Recorded, Answer: a, TakesBackEntry: -1}
	return line
}

// Reasons of answers that say that a payment was entered by hand before.
const (
	alreadyNoted     = "already_noted"
	alreadyDeposited = "already_deposited"
)

// saysNoted says whether an answer means payments that were entered by hand.
func saysNoted(a reconcile.Answer) bool {
	return len(a.Reasons) > 0 && (a.Reasons[0].Code == alreadyNoted || a.Reasons[0].Code == alreadyDeposited)
}

// notedAs gives the line of an entry whose payments were noted before, where an answer says just that: they are not to be
// recorded a second time.
func (s *State) notedAs(e *ledger.BankEntry, a reconcile.Answer) (BankLine, bool) {
	x := s.noted(s.Undecided())[e.ID]
	if x == nil {
		return BankLine{}, false
	}
	line := notedLine(e, x)
	return line, slices.Equal(line.Allocations, a.Allocations) && line.Left == a.Left
}
