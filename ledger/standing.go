package ledger

import "slices"

// Status is where an invoice stands with its payment, as the command line names it.
type Status string

// Statuses of invoices.
const (
	StatusOpen       Status = "open"
	StatusPartlyPaid Status = "partly_paid"
	StatusSettled    Status = "settled"
	StatusDisputed   Status = "disputed"
	StatusWrittenOff Status = "written_off"
)

// Situation is what a person wants to know of an invoice at a glance.
type Situation uint8

// Situations, from the best to the worst news. Late is 1 to 60 days after the due date, VeryLate more.
const (
	Settled Situation = iota
	WrittenOff
	CreditToUse // a credit note not used up yet
	NotDue
	NoDueDate
	DueSoon // within DueSoonDays
	Promised
	Disputed
	Late
	VeryLate
	PromiseBroken
)

// Limits of situations, in days.
const (
	DueSoonDays  = 7
	VeryLateDays = 60
)

// Standing is what is paid and open of one invoice on a day. Amounts are in minor units of the
// invoice's currency and have the sign of its total: a credit note's are negative.
type Standing struct {
	Paid       int64 // by payments, or as the register said
	WrittenOff int64
	Open       int64
	Overdue    int64 // part of Open whose due date is past; 0 for credit notes
	Contested  int64 // part of Open under an open dispute
	Due        Date  // of the earliest part not fully paid, of the last once all are; zero when unknown
	DaysLate   int   // after Due; 0 when not late, settled, or without due date
	SettledOn  Date  // day of the last payment, when settled and known
	PromisedBy Date  // day of a running promise, or of the next instalment of a running plan
	Planned    bool  // a payment plan runs; without PromisedBy, one of which an instalment is missing since Broken
	Broken     Date  // day of a promise not kept, unless another runs
	BrokenPart bool  // that promise was kept in part
	Situation  Situation
}

// Standings is every invoice's standing on a day, by invoice number.
type Standings struct {
	On   Date
	rows []Standing
}

// Of gives the standing of one invoice.
func (s *Standings) Of(id InvoiceID) Standing {
	if int(id) < len(s.rows) {
		return s.rows[id]
	}
	return Standing{}
}

// Standings works out what is open on a day. What was recorded for later days does not count, so that
// the answer for a past day can be had again.
//
// A register's paid figure is one dated sum that may include payments recorded here too:
// open = total − max(register paid, allocations up to that day) − later allocations − write-offs.
// An allocation that is known to come above the figure counts as later, until another figure comes.
func (b *Book) Standings(on Date) *Standings {
	rows := make([]Standing, b.Invoices.Cap()+1)
	upTo := make([]int64, len(rows)) // allocations up to the register's day
	for p := range b.Payments.All() {
		if p.On > on {
			continue
		}
		for _, a := range p.Allocations {
			i := b.Invoice(a.Invoice)
			if i == nil {
				continue
			}
			r := &rows[a.Invoice]
			if i.Counts(p.On, a) {
				upTo[a.Invoice] += a.Amount
			} else {
				r.Paid += a.Amount
			}
			r.SettledOn = max(r.SettledOn, p.On)
		}
	}
	for w := range b.WriteOffs.All() {
		if w.On <= on && int(w.Invoice) < len(rows) {
			rows[w.Invoice].WrittenOff += w.Amount.Minor
		}
	}
	for i := range b.Invoices.All() {
		r := &rows[i.ID]
		r.Paid += Further(i.RegisterPaid, upTo[i.ID])
		r.Open = i.Total.Minor - r.Paid - r.WrittenOff
	}
	b.contest(on, rows)
	b.promise(on, rows)
	b.plan(on, rows)
	for i := range b.Invoices.All() {
		rows[i.ID].settle(i, on)
	}
	return &Standings{on, rows}
}

// Counts says whether the figure that a register gave as paid counts an allocation of a payment of a day in already.
func (i *Invoice) Counts(on Date, a Allocation) bool {
	return on <= i.RegisterDay && (a.Above == 0 || a.Above != i.RegisterImport)
}

// OnlyInRegister gives what a register gave as paid of an invoice beyond the recorded payments that its figure counts, in minor
// units of the invoice's currency; where they are more, it is of the other sign.
func (b *Book) OnlyInRegister(i *Invoice) int64 {
	rest := i.RegisterPaid
	for _, p := range b.PaymentsOf(i.Customer) {
		for _, a := range p.Allocations {
			if a.Invoice == i.ID && i.Counts(p.On, a) {
				rest -= a.Amount
			}
		}
	}
	return rest
}

// Further gives the sum that is further from nothing: credit notes count downwards.
func Further(a, b int64) int64 {
	if abs64(a) >= abs64(b) {
		return a
	}
	return b
}

func (b *Book) contest(on Date, rows []Standing) {
	for d := range b.Disputes.All() {
		if d.Opened > on || (d.Closed != 0 && d.Closed <= on) || int(d.Invoice) >= len(rows) {
			continue
		}
		r := &rows[d.Invoice]
		r.Contested = r.Open
		if d.Amount != 0 && d.Amount < r.Open {
			r.Contested = d.Amount
		}
	}
}

func (b *Book) promise(on Date, rows []Standing) {
	for p := range b.Promises.All() {
		if p.Made > on {
			continue
		}
		state := b.Judge(p, on)
		for _, id := range b.PromisedInvoices(p) {
			if int(id) >= len(rows) || rows[id].Open == 0 {
				continue
			}
			r := &rows[id]
			switch state {
			case PromiseRunning:
				r.PromisedBy = max(r.PromisedBy, p.Due)
			case PromiseKeptInPart, PromiseNotKept:
				if p.Due >= r.Broken {
					r.Broken, r.BrokenPart = p.Due, state == PromiseKeptInPart
				}
			}
		}
	}
}

// plan counts a running payment plan like a promise to pay its next instalment; a missed instalment breaks it.
func (b *Book) plan(on Date, rows []Standing) {
	for p := range b.Plans.All() {
		state := b.JudgePlan(p, on)
		if !state.Running {
			continue
		}
		for _, id := range p.Invoices {
			if int(id) >= len(rows) || rows[id].Open == 0 {
				continue
			}
			r := &rows[id]
			r.Planned = true
			if state.Missed != 0 {
				r.Broken, r.BrokenPart = max(r.Broken, state.Missed), false
				continue
			}
			r.PromisedBy = max(r.PromisedBy, state.Next)
		}
	}
}

// PromisedInvoices gives the invoices that a promise is about: those it names, or else all that the customer had
// when making it.
func (b *Book) PromisedInvoices(p *Promise) []InvoiceID {
	if len(p.Invoices) > 0 {
		return p.Invoices
	}
	var out []InvoiceID
	for _, id := range b.InvoicesOf(p.Customer) {
		if i := b.Invoice(id); !i.CreditNote && i.Issued <= p.Made {
			out = append(out, id)
		}
	}
	return out
}

// fallDue finds the due date that counts, and what is overdue.
func (r *Standing) fallDue(i *Invoice, on Date) {
	found := false
	for p, left := range i.Parts(r.Open) {
		if !found {
			r.Due, found = p.Due, left != 0
		}
		if !i.CreditNote && p.Due != 0 && on > p.Due {
			r.Overdue += left
		}
	}
	if r.Open != 0 && !i.CreditNote && r.Due != 0 && on > r.Due {
		r.DaysLate = int(on - r.Due)
	}
}

func (r *Standing) settle(i *Invoice, on Date) {
	r.fallDue(i, on)
	if r.Open != 0 {
		r.SettledOn = 0
	}
	switch {
	case r.Open == 0 && r.WrittenOff != 0:
		r.Situation = WrittenOff
	case r.Open == 0:
		r.Situation = Settled
	case i.CreditNote:
		r.Situation = CreditToUse
	case r.Contested != 0:
		r.Situation = Disputed
	case r.PromisedBy != 0:
		r.Situation = Promised
	case r.Broken != 0 && !r.BrokenPart:
		r.Situation = PromiseBroken
	case r.DaysLate > VeryLateDays:
		r.Situation = VeryLate
	case r.DaysLate > 0:
		r.Situation = Late
	case r.Due == 0:
		r.Situation = NoDueDate
	case int(r.Due-on) <= DueSoonDays:
		r.Situation = DueSoon
	default:
		r.Situation = NotDue
	}
}

// Asked is what a letter about the invoice is about: what is overdue or, where nothing is and the owner
// writes all the same, all that is open.
func (r Standing) Asked() int64 {
	if r.Overdue != 0 {
		return r.Overdue
	}
	return r.Open
}

// Status gives the status that programs see.
func (r Standing) Status() Status {
	switch {
	case r.Open == 0 && r.WrittenOff != 0:
		return StatusWrittenOff
	case r.Open == 0:
		return StatusSettled
	case r.Contested != 0:
		return StatusDisputed
	case r.Paid != 0 || r.WrittenOff != 0:
		return StatusPartlyPaid
	}
	return StatusOpen
}

// PromiseState is what became of a promise.
type PromiseState uint8

// States of promises.
const (
	PromiseRunning PromiseState = iota
	PromiseKept
	PromiseKeptInPart
	PromiseNotKept
)

// Judge says what became of a promise by a day: kept as soon as the customer paid the amount after
// making it, and until the day it was promised for; running until that day is past. A payment that came back, also after
// that day, keeps no promise.
func (b *Book) Judge(p *Promise, on Date) PromiseState {
	paid := b.receivedFrom(p.Customer, p.Amount.Currency, p.Made, min(p.Due, on), on)
	switch {
	case paid >= p.Amount.Minor:
		return PromiseKept
	case on <= p.Due:
		return PromiseRunning
	case paid > 0:
		return PromiseKeptInPart
	}
	return PromiseNotKept
}

// takenBack finds the payment that another takes back: the latest before it of the same amounts for the same invoices; nil
// where it takes none back.
func takenBack(payments []*Payment, y *Payment) *Payment {
	var found *Payment
	if !y.Amount.Negative() {
		return nil
	}
	for _, x := range payments {
		mirrors := x.Amount == y.Amount.Neg() && slices.EqualFunc(x.Allocations, y.Allocations, func(a, b Allocation) bool {
			return a.Invoice == b.Invoice && a.Amount == -b.Amount
		})
		if mirrors && x.On <= y.On && (found == nil || x.On >= found.On) {
			found = x
		}
	}
	return found
}

// receivedFrom is what a customer paid in a currency from a day to a day, both included, less what of it came back up to on.
func (b *Book) receivedFrom(c CustomerID, in Currency, from, to, on Date) int64 {
	sum := int64(0)
	payments := b.PaymentsOf(c)
	inTime := func(y *Payment) bool { return y.On >= from && y.On <= to && y.Amount.Currency == in }
	for _, y := range payments {
		if inTime(y) {
			sum += y.Amount.Minor
		} else if x := takenBack(payments, y); x != nil && y.On <= on && inTime(x) {
			sum += y.Amount.Minor
		}
	}
	return sum
}
