// Package claim computes what a late invoice adds to its principal: interest segment by segment and
// the flat indemnity for recovery costs, each with its rule and its source.
//
// It is pure: the invoice's figures, the rate tables and the day come in as values. It computes
// nothing that the tables do not cover and nothing for a regime that it does not know; it refuses
// and says so. It does not qualify anyone: the owner says who the customer is.
package claim

import (
	"slices"

	"quitus/ledger"
)

// Order says what a part payment settles first.
type Order int

const (
	// InterestFirst imputes a part payment on the interest accrued up to its day, then on the principal
	// (C. civ. 1343-1). It is the default.
	InterestFirst Order = iota
	// PrincipalFirst imputes every payment on the principal; the interest stays owed.
	PrincipalFirst
)

// Receipt is money that arrived on an invoice, or a credit note taken off it.
type Receipt struct {
	// Date is the day the money arrived, or the credit note's. That day still counts on the old base.
	// The zero Date means that the day is not known: the amount then bears no interest at all.
	Date   ledger.Date
	Amount ledger.Money
	// Credit marks a credit note or a write-off: it reduces the principal and never the interest.
	Credit bool
}

// Case is one invoice as the claim needs to see it.
type Case struct {
	Invoice  string
	Creditor string // country of the creditor, ISO 3166-1 alpha-2
	Debtor   string // country of the customer, ISO 3166-1 alpha-2
	Kind     ledger.CustomerKind
	Due      ledger.Date  // of the first part where there are several
	Total    ledger.Money // with tax
	// Instalments are the parts that the invoice is payable in, in the order of their due dates: none, or
	// several that make the total. Each bears interest from its own due date.
	Instalments []ledger.Instalment
	Receipts    []Receipt
	// ContractRate is the late-payment rate agreed in the contract; zero when there is none.
	ContractRate Rate
	Order        Order
	// Insolvency is the day of the judgment that opened insolvency proceedings, or none: interest stops
	// on the day before (C. com. L622-28).
	Insolvency ledger.Date
}

// Segment is a run of days with one base and one rate.
type Segment struct {
	From, To ledger.Date // both count
	Days     int
	Base     ledger.Money
	Rate     Rate
	Rule     Rule
	Source   string       // where the reference rate was read
	Amount   ledger.Money // base × days × rate ÷ 36 500, rounded half-up
}

// Claim is what is owed on one invoice on one day.
type Claim struct {
	Invoice   string
	Regime    Regime
	AsOf      ledger.Date
	Principal ledger.Money // what is left of it and overdue; all that is left up to the first due date
	NotDue    ledger.Money // what is left of it besides, in parts whose due date is not past
	Segments  []Segment
	Accrued   ledger.Money // the sum of the segments
	Interest  ledger.Money // what is left of Accrued after the receipts imputed on it
	Indemnity ledger.Money // what is left of the flat indemnity
	Total     ledger.Money // Principal + Interest + Indemnity
	// CoveredTo is the last day that the rate tables allow a claim for.
	CoveredTo ledger.Date
	Notes     []Note
}

// Note is a remark that goes with the figures: a code whose sentence is in the translations under
// "claim.note." + Code, and the facts of that sentence.
type Note struct {
	Code string
	Args []any // pairs of fact name and value: ledger.Date, []ledger.Date, ledger.Money or Rate
}

// IndemnityCents is the flat indemnity for recovery costs, once per late invoice (C. com. L441-10 II, D441-5), in euro cents.
const IndemnityCents = 40_00

// Largest principal that a claim is computed for, in cents: beyond it products could overflow.
const largestMinor = 1e15

// Compute gives the claim on one invoice as of the end of a day: every day after the due date counts,
// up to and including asOf, at the rate of its own half-year, 365 days to the year. Of an invoice payable
// in parts each bears interest from its own due date; receipts count for the earliest part first, and the
// indemnity is due once, from the first late part.
//
// An invoice that is not late yields a claim without interest and a note. Errors are *ledger.Error
// with code regime_unsupported (fact regime), rate_not_covered (facts first, last, invoice),
// claim_currency_unsupported, claim_due_date_missing, claim_amount_too_large or claim_rate_invalid.
func Compute(c Case, r Rates, asOf ledger.Date) (Claim, error) {
	regime := RegimeOf(c.Creditor, c.Debtor, c.Kind)
	if regime != FrB2B {
		return Claim{}, ledger.Errorf("regime_unsupported", "regime", string(regime),
			"name", ledger.Term("claim.regime."+string(regime)), "invoice", c.Invoice)
	}
	if err := check(c); err != nil {
		return Claim{}, err
	}
	out := Claim{Invoice: c.Invoice, Regime: regime, AsOf: asOf, CoveredTo: r.LastDay(c.ContractRate > 0)}
	a := newAccount(c)
	if !c.Total.Positive() || c.cancelled(asOf) {
		a.receiveUntil(asOf)
		out.settle(a)
		out.note("nothing_claimable")
		return out, nil
	}
	end := asOf
	if !c.Insolvency.IsZero() && c.Insolvency.Add(-1) < end {
		end = max(c.Insolvency.Add(-1), c.Due)
		out.note("stopped_by_insolvency", "day", c.Insolvency)
	}
	if err := out.accrue(&a, c, r, end); err != nil {
		return Claim{}, err
	}
	a.receiveUntil(asOf)
	late := c.firstLate(asOf)
	if !late.IsZero() && (c.Insolvency.IsZero() || late < c.Insolvency) {
		a.indemnity = ledger.Euros(IndemnityCents)
	}
	out.settle(a)
	if asOf <= c.Due {
		out.note("not_yet_due", "due", c.Due)
		return out, nil
	}
	out.remarks(c, a, !late.IsZero())
	return out, nil
}

// parts gives what the invoice is payable in: the whole where it has no instalments.
func (c Case) parts() []ledger.Instalment {
	if len(c.Instalments) == 0 {
		return []ledger.Instalment{{Due: c.Due, Amount: c.Total.Minor}}
	}
	return c.Instalments
}

// firstLate gives the due date of the first part of which anything was owed after that day, up to asOf;
// zero where nothing was ever late. Receipts count for the earliest part first.
func (c Case) firstLate(asOf ledger.Date) ledger.Date {
	receipts := c.byDay()
	owed := int64(0)
	for _, p := range c.parts() {
		if p.Due >= asOf {
			break
		}
		owed += p.Amount
		received := int64(0)
		for _, r := range receipts {
			if r.Date > asOf || (r.Date > p.Due && received < owed) {
				break
			}
			received += r.Amount.Minor
		}
		if received < owed {
			return p.Due
		}
	}
	return 0
}

// byDay gives the receipts in the order of their days.
func (c Case) byDay() []Receipt {
	return slices.SortedStableFunc(slices.Values(c.Receipts), func(x, y Receipt) int { return int(x.Date) - int(y.Date) })
}

// cancelled says whether credit notes alone make up the invoice's total: then nothing was ever late.
func (c Case) cancelled(asOf ledger.Date) bool {
	credits := ledger.Money{Currency: c.Total.Currency}
	for _, r := range c.Receipts {
		if r.Credit && r.Date <= asOf {
			credits = credits.Add(r.Amount)
		}
	}
	return credits.Cmp(c.Total) >= 0
}

func check(c Case) error {
	switch {
	case c.Due.IsZero():
		return ledger.Errorf("claim_due_date_missing", "invoice", c.Invoice)
	case c.Total.Currency != ledger.EUR:
		return ledger.Errorf("claim_currency_unsupported", "invoice", c.Invoice, "currency", string(c.Total.Currency))
	case c.Total.Abs().Minor > largestMinor:
		return ledger.Errorf("claim_amount_too_large", "invoice", c.Invoice)
	case c.ContractRate < 0 || c.ContractRate > largestRate:
		return ledger.Errorf("claim_rate_invalid", "value", c.ContractRate.String())
	}
	return nil
}

// accrue walks the days from the one after the first due date to end and appends a segment for each run
// of days with the same base and the same half-year.
func (out *Claim) accrue(a *account, c Case, r Rates, end ledger.Date) error {
	for from := c.Due.Add(1); from <= end; {
		a.receiveUntil(from.Add(-1))
		to := min(end, HalfYearEnd(from), a.nextChange(from))
		if base := a.base(from); base.Positive() {
			s, err := r.segment(from, to, base, c.ContractRate)
			if err != nil {
				return withInvoice(err, c.Invoice)
			}
			out.Segments = append(out.Segments, s)
			a.accrued = a.accrued.Add(s.Amount)
		}
		from = to.Add(1)
	}
	return nil
}

func withInvoice(err *ledger.Error, invoice string) error {
	err.Args["invoice"] = invoice
	return err
}

// remarks notes what a reader must know about the figures. late says whether anything was.
func (out *Claim) remarks(c Case, a account, late bool) {
	if out.NotDue.Positive() {
		out.note("parts_not_due", "amount", out.NotDue, "due", a.nextDue(out.AsOf))
	}
	if out.unconfirmed() {
		out.note("rate_unconfirmed", "days", out.unconfirmedRates())
	}
	if a.undated.Positive() {
		out.note("payment_day_unknown", "amount", a.undated)
	}
	if a.imputedOnInterest && !a.settled {
		out.note("payments_on_interest_first")
	}
	if a.settled && late {
		out.note("principal_settled", "day", a.settledOn)
	}
	if slices.ContainsFunc(out.Segments, func(s Segment) bool { return s.Rule.Code == ruleFloor }) {
		out.note("contract_rate_below_floor", "rate", c.ContractRate)
	}
	if len(out.Segments) > 0 {
		out.note("rates_covered_to", "day", out.CoveredTo)
	}
}

func (out *Claim) unconfirmed() bool {
	return slices.ContainsFunc(out.Segments, func(s Segment) bool { return s.Rule.Unconfirmed })
}

// unconfirmedRates lists the half-years' first days whose reference rate is second-hand.
func (out *Claim) unconfirmedRates() []ledger.Date {
	var days []ledger.Date
	for _, s := range out.Segments {
		if s.Rule.Unconfirmed && !slices.Contains(days, s.Rule.Day) {
			days = append(days, s.Rule.Day)
		}
	}
	return days
}

func (out *Claim) note(code string, pairs ...any) {
	out.Notes = append(out.Notes, Note{code, pairs})
}

// settle writes the account's balances into the claim.
func (out *Claim) settle(a account) {
	out.Principal, out.NotDue = a.principal, ledger.Money{Currency: a.total.Currency}
	if out.AsOf > a.parts[0].Due && a.principal.Positive() {
		out.Principal = a.base(out.AsOf)
		out.NotDue = a.principal.Sub(out.Principal)
	}
	out.Accrued = a.accrued
	out.Interest, out.Indemnity = a.balances()
	out.Total = out.Principal.Add(out.Interest).Add(out.Indemnity)
}
