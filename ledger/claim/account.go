package claim

import (
	"slices"

	"quitus/ledger"
)

// account follows one invoice through its receipts.
type account struct {
	order     Order
	total     ledger.Money
	receipts  []Receipt // dated, in order of date, not yet taken in
	principal ledger.Money
	received  ledger.Money // payments and credit notes taken in so far
	accrued   ledger.Money
	onRest    ledger.Money // part of the receipts that settled interest, then indemnity
	indemnity ledger.Money
	undated   ledger.Money

	settled           bool
	settledOn         ledger.Date // day on which receipts reached the invoice's total; zero when unknown
	imputedOnInterest bool
}

func newAccount(c Case) account {
	zero := ledger.Money{Currency: c.Total.Currency}
	a := account{order: c.Order, total: c.Total, principal: c.Total, received: zero, accrued: zero,
		onRest: zero, indemnity: zero, undated: zero, receipts: slices.Clone(c.Receipts)}
	for _, r := range c.Receipts {
		if r.Date.IsZero() && !r.Credit {
			a.undated = a.undated.Add(r.Amount)
		}
	}
	slices.SortStableFunc(a.receipts, func(x, y Receipt) int { return int(x.Date) - int(y.Date) })
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

// base is the principal that bears interest.
func (a *account) base() ledger.Money { return a.principal }

// nextChange is the last day that still counts on the present base, seen from a day.
func (a *account) nextChange(from ledger.Date) ledger.Date {
	for _, r := range a.receipts {
		if r.Date >= from {
			return r.Date
		}
	}
	return lastDate
}

// lateAt says whether anything was still owed after the due day.
func (a *account) lateAt(due ledger.Date) bool {
	return !a.settled || a.settledOn > due
}

// balances gives what is left: a surplus beyond the principal goes to interest, then to the indemnity.
func (a *account) balances() (principal, accrued, interest, indemnity ledger.Money) {
	zero := ledger.Money{Currency: a.total.Currency}
	onInterest := a.onRest.Min(a.accrued)
	onIndemnity := a.onRest.Sub(onInterest).Min(a.indemnity)
	return a.principal, a.accrued, a.accrued.Sub(onInterest), zero.Add(a.indemnity).Sub(onIndemnity)
}

// lastDate is the last day that a ledger.Date holds.
var lastDate = ledger.Day(9999, 12, 31)
