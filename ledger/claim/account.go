package claim

import "quitus/ledger"

// account follows one invoice through its receipts.
type account struct {
	order     Order
	total     ledger.Money
	parts     []ledger.Instalment
	receipts  []Receipt // dated, in order of date, not yet taken in
	principal ledger.Money
	received  ledger.Money // payments and credit notes taken in so far
	accrued   ledger.Money
	onRest    ledger.Money // part of the receipts that settled interest, then indemnity
	indemnity ledger.Money
	undated   ledger.Money

	waivedInterest, waivedIndemnity ledger.Money // given up by the owner

	settled           bool
	settledOn         ledger.Date // day on which receipts reached the invoice's total; zero when unknown
	imputedOnInterest bool
}

func newAccount(c Case) account {
	zero := ledger.Money{Currency: c.Total.Currency}
	a := account{order: c.Order, total: c.Total, parts: c.parts(), principal: c.Total, received: zero, accrued: zero,
		onRest: zero, indemnity: zero, undated: zero, waivedInterest: zero, waivedIndemnity: zero, receipts: c.byDay()}
	for _, r := range c.Receipts {
		if r.Date.IsZero() && !r.Credit {
			a.undated = a.undated.Add(r.Amount)
		}
	}
	return a
}

// receiveUntil takes in the receipts up to and including a day.
func (a *account) receiveUntil(day ledger.Date) {
	for len(a.receipts) > 0 && a.receipts[0].Date <= day {
		a.receive(a.receipts[0])
		a.receipts = a.receipts[1:]
	}
}

// receive imputes one receipt. Part payments go to interest first if so ordered; the payment that
// completes the invoice's total settles the principal whatever the order, so that what is left is
// interest and bears no more of it. Negative amounts (a payment returned) raise the principal again.
func (a *account) receive(r Receipt) {
	a.received = a.received.Add(r.Amount)
	if a.received.Cmp(a.total) >= 0 {
		a.settlePrincipal(r.Date)
		return
	}
	if a.settled { // reopened by a returned payment
		a.settled, a.settledOn = false, 0
		a.principal = a.total.Sub(a.received).Add(a.onRest)
		return
	}
	rest := r.Amount
	if !r.Credit && rest.Positive() && a.order == InterestFirst {
		onInterest := rest.Min(a.accrued.Sub(a.onRest))
		if onInterest.Positive() {
			a.onRest = a.onRest.Add(onInterest)
			rest = rest.Sub(onInterest)
			a.imputedOnInterest = true
		}
	}
	a.principal = a.principal.Sub(rest)
}

func (a *account) settlePrincipal(day ledger.Date) {
	if !a.settled {
		a.settled, a.settledOn = true, day
	}
	a.principal = ledger.Money{Currency: a.total.Currency}
	a.onRest = a.received.Sub(a.total)
}

// base is the principal that bears interest on a day: what is left of the parts whose due date is past.
// Receipts count for the earliest part first.
func (a *account) base(day ledger.Date) ledger.Money {
	base := a.principal
	for _, p := range a.parts {
		if p.Due >= day {
			base.Minor -= p.Amount
		}
	}
	base.Minor = max(0, base.Minor)
	return base
}

// nextChange is the last day that still counts on the present base, seen from a day: that of the next
// receipt, or the next due date.
func (a *account) nextChange(from ledger.Date) ledger.Date {
	next := a.nextDue(from)
	for _, r := range a.receipts {
		if r.Date >= from {
			return min(next, r.Date)
		}
	}
	return next
}

// nextDue is the first due date, from a day on, of a part that is not settled before.
func (a *account) nextDue(from ledger.Date) ledger.Date {
	for _, p := range a.parts {
		if p.Due >= from && a.base(p.Due.Add(1)).Cmp(a.base(from)) > 0 {
			return p.Due
		}
	}
	return lastDate
}

// waive takes off what the owner gave up, never more than there is.
func (a *account) waive(list []Waiver, asOf ledger.Date) {
	for _, w := range list {
		if w.On > asOf {
			continue
		}
		interest, indemnity := a.balances()
		if w.Whole {
			w.Interest, w.Indemnity = interest, indemnity
		}
		a.waivedInterest = a.waivedInterest.Add(interest.Min(w.Interest))
		a.waivedIndemnity = a.waivedIndemnity.Add(indemnity.Min(w.Indemnity))
	}
}

// balances gives what is left of interest and indemnity: a surplus beyond the principal goes to the one,
// then to the other.
func (a *account) balances() (interest, indemnity ledger.Money) {
	interest, indemnity = a.accrued.Sub(a.waivedInterest), a.indemnity.Sub(a.waivedIndemnity)
	onInterest := a.onRest.Min(interest)
	onIndemnity := a.onRest.Sub(onInterest).Min(indemnity)
	return interest.Sub(onInterest), indemnity.Sub(onIndemnity)
}

// lastDate is the last day that a ledger.Date holds.
var lastDate = ledger.Day(9999, 12, 31)
