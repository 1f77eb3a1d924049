package desk

import (
	"quitus/ledger"
	"quitus/ledger/reconcile"
)

// notedWithin is how many days a payment entered by hand and its bank entry may lie apart: a cheque is noted when it comes, and
// booked when it was paid in.
const notedWithin = 10

// noted finds which entries are payments that the owner entered by hand before: of one amount, some days apart at most, each
// the only one of the other.
func (s *State) noted(entries []*ledger.BankEntry) map[ledger.BankEntryID]*ledger.Payment {
	byAmount := map[ledger.Money][]*ledger.Payment{}
	for p := range s.Book.Payments.All() {
		if p.Entry == 0 && p.Amount.Positive() {
			byAmount[p.Amount] = append(byAmount[p.Amount], p)
		}
	}
	near := func(e *ledger.BankEntry, p *ledger.Payment) bool {
		return e.Amount == p.Amount && e.Booked-p.On <= notedWithin && p.On-e.Booked <= notedWithin
	}
	found := map[ledger.BankEntryID]*ledger.Payment{}
	claims := map[ledger.PaymentID]int{}
	for _, e := range entries {
		n := 0
		for _, p := range byAmount[e.Amount] {
			if near(e, p) {
				found[e.ID] = p
				claims[p.ID]++
				n++
			}
		}
		if n > 1 {
			delete(found, e.ID)
		}
	}
	for id, p := range found {
		if claims[p.ID] > 1 {
			delete(found, id)
		}
	}
	return found
}

// notedFor gives the payment entered by hand that an answer to an entry means, or 0 where it means none. Error:
// payment_unknown where it is no longer there.
func (s *State) notedFor(id ledger.BankEntryID, a reconcile.Answer) (ledger.PaymentID, error) {
	if len(a.Reasons) == 0 || a.Reasons[0].Code != alreadyNoted {
		return 0, nil
	}
	if p := s.noted(s.Undecided())[id]; p != nil {
		return p.ID, nil
	}
	return 0, ledger.Errorf("payment_unknown")
}

// alreadyNoted is the reason of an entry whose payment was entered by hand before.
const alreadyNoted = "already_noted"

// notedLine is the line of an entry whose payment was noted before.
func notedLine(e *ledger.BankEntry, p *ledger.Payment) BankLine {
	a := reconcile.Answer{Customer: p.Customer, Left: p.Amount.Minor, Confidence: 1, Reasons: []reconcile.Reason{{Code: alreadyNoted, Args: map[string]any{"date": p.On}}}}
	for _, x := range p.Allocations {
		a.Allocations = append(a.Allocations, reconcile.Allocation{Item: x.Invoice, Amount: x.Amount})
		a.Left -= x.Amount
	}
	return BankLine{BankEntry: e, Decision: reconcile.Decision{Outcome: reconcile.Recorded, Answer: a, TakesBackEntry: -1}, noted: p.ID}
}
