package desk

import (
	"cmp"
	"context"
	"slices"

	"quitus/ledger"
)

// KeepYears is how many years after the last record about a customer its personal texts are usually kept, unless the owner says
// otherwise: as long as accounting records, see [ledger.Company].
const KeepYears = 10

// KeepYears gives the owner's keeping time in years.
func (s *State) KeepYears() int { return cmp.Or(s.Book.Company().KeepYears, KeepYears) }

// SetKeepYears records the owner's keeping time. The error's code is keep_years: less than one, or more than thirty.
func (d *Desk) SetKeepYears(ctx context.Context, years int) (ledger.Entry, error) {
	if years < 1 || years > 30 {
		return ledger.Entry{}, ledger.Errorf("keep_years", "value", years)
	}
	return d.change(ctx, ledger.ActCompany, nil, func(x *ledger.Draft) error {
		c := x.Book().Company()
		c.KeepYears = years
		x.Put(&c)
		return nil
	})
}

// Person is a customer about whom something is kept.
type Person struct {
	Customer *ledger.Customer
	Last     ledger.Date // of the last record about it; zero where there is none with a day
	Old      bool        // the keeping time is over
}

// People lists the customers of whom there are personal texts, those that were longest without a record first.
func (s *State) People() []Person {
	limit := s.On.AddMonths(-12 * s.KeepYears())
	var out []Person
	for c := range s.Book.Customers.All() {
		if c.Name == "" || c.Name == c.Ref && c.Address == "" && c.Town == "" && c.Email == "" && c.Phone == "" { // erased
			continue
		}
		p := Person{Customer: c}
		for _, e := range s.Book.Events(c.ID, s.Standings) {
			if e.On <= s.On {
				p.Last = max(p.Last, e.On)
			}
		}
		p.Old = p.Last != 0 && p.Last < limit
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Person) int { return cmp.Compare(a.Last, b.Last) })
	return out
}

// ErasePlan is what erasing a person would do: how many records of each kind lose their personal texts, what stays, and what speaks
// against it.
type ErasePlan struct {
	Customer                                                 *ledger.Customer
	Contacts, Notes, Calls, Letters, Documents, Mails, Words int
	Invoices, Payments                                       int    // which keep numbers, amounts and days
	Against                                                  string // code of what is open; empty where nothing is
}

// What keeps a person from being erased.
const (
	EraseOwed    = "owed"     // an invoice or a credit note is open
	EraseCredit  = "credit"   // a payment settles nothing yet
	EraseOutbox  = "outbox"   // an e-mail waits
	EraseRunning = "running"  // a call, a promise or a plan runs
	EraseHanded  = "handover" // the case is with somebody else, and something is owed
)

// ErasePlan gives what erasing a customer would do; nil for none of that number.
func (s *State) ErasePlan(id ledger.CustomerID) *ErasePlan {
	b := s.Book
	c := b.Customer(id)
	if c == nil {
		return nil
	}
	p := &ErasePlan{Customer: c, Contacts: len(b.ContactsOf(id)), Letters: len(b.LettersOf(id)), Mails: len(b.MessagesOf(id)), Invoices: len(b.InvoicesOf(id)), Payments: len(b.PaymentsOf(id))}
	for n := range b.Notes.All() {
		if n.Customer == id {
			p.Notes++
		}
	}
	for x := range b.Documents.All() {
		if x.Customer == id {
			p.Documents++
		}
	}
	p.Calls = len(b.CallsOf(id))
	p.Words = len(b.PromisesOf(id)) + len(b.PlansOf(id)) + len(b.StepsOf(id)) + len(b.ActionsOf(id))
	p.Against = s.eraseAgainst(id)
	return p
}

// eraseAgainst says what is open about a customer.
func (s *State) eraseAgainst(id ledger.CustomerID) string {
	b := s.Book
	for _, i := range b.InvoicesOf(id) {
		if s.Standings.Of(i).Open != 0 {
			if b.HandedOver(s.On)[i] != 0 {
				return EraseHanded
			}
			return EraseOwed
		}
	}
	for _, y := range b.PaymentsOf(id) {
		left := y.Amount.Minor
		for _, a := range y.Allocations {
			left -= a.Amount
		}
		if left > 0 {
			return EraseCredit
		}
	}
	for _, m := range b.MessagesOf(id) {
		if m.State == ledger.MessageWaiting {
			return EraseOutbox
		}
	}
	running := slices.ContainsFunc(b.CallsOf(id), func(x *ledger.Call) bool { return x.Running }) ||
		slices.ContainsFunc(b.PlansOf(id), func(p *ledger.Plan) bool {
			return p.Proposed && p.End == ledger.PlanRunning || b.JudgePlan(p, s.On).Running
		})
	if running {
		return EraseRunning
	}
	return ""
}

// ErasePerson takes away for good every personal text about a customer, see [store.Store.EraseCustomer]; its code stands in for the
// name from then on. It cannot be undone. Errors: customer_unknown; erase_open (with the fact why) while something is open about it;
// those of the store.
func (d *Desk) ErasePerson(ctx context.Context, id ledger.CustomerID) (ledger.Entry, error) {
	p := d.State().ErasePlan(id)
	switch {
	case p == nil:
		return ledger.Entry{}, ledger.Errorf("customer_unknown", "customer", int(id))
	case p.Against != "":
		return ledger.Entry{}, ledger.Errorf("erase_open", "why", ledger.Term("privacy.against."+p.Against))
	}
	ref := p.Customer.Ref
	e, err := d.store.EraseCustomer(ctx, id, d.Today())
	if err != nil {
		return e, err
	}
	_, err = d.change(ctx, ledger.ActCustomer, nil, func(x *ledger.Draft) error {
		c := ledger.Clone(x.Customer(id))
		c.Name, c.DoNotContact = ref, true
		x.Put(c)
		return nil
	})
	return e, err
}
