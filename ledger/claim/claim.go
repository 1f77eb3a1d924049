// Package claim computes what a late invoice adds to its principal: interest segment by segment and
// the flat indemnity for recovery costs, each with its rule and its source.
//
// It is pure: the invoice's figures, the rate tables and the day come in as values. It computes
// nothing that the tables do not cover and nothing for a regime that it does not know; it refuses
// and says so. It does not qualify anyone: the owner says who the customer is. The package also tells the last
// day to claim an invoice ([Limit]) and what to look at before a claim is handed over ([Ready]).
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
	// AgreedIndemnity is what a clause gives for recovery costs, where only a clause can (Belgian consumers); zero for none.
	AgreedIndemnity ledger.Money
	Order           Order
	// Insolvency is the day of the judgment that opened insolvency proceedings, or none: interest stops
	// on the day before (C. com. L622-28).
	Insolvency ledger.Date
	Issued     ledger.Date
	Completed  ledger.Date // of works and services, or of delivery; zero when unknown
	Demanded   ledger.Date // on which a public body received the payment demand (Chorus Pro); zero when unknown
	Noticed    ledger.Date // on which the formal notice was sent; zero for none
	Reminded   ledger.Date // on which the free first reminder to a Belgian consumer was sent; zero for none
	Grace      ledger.Date // the last day that this reminder leaves to pay, see [BelgianGrace]
	Waivers    []Waiver
	Events     []Event // that may interrupt the time to claim, in order of day
}

// Waiver is what the owner gave up of interest and indemnity, from a day on.
type Waiver struct {
	On        ledger.Date
	Interest  ledger.Money // up to this amount
	Indemnity ledger.Money
	Whole     bool // all of both, whatever they come to
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
	Waived    ledger.Money // of the interest, by the owner
	Interest  ledger.Money // what is left of Accrued after the receipts imputed on it and what was waived
	Indemnity ledger.Money // what is left of the flat indemnity
	Total     ledger.Money // Principal + Interest + Indemnity
	// CoveredTo is the last day that the rate tables allow a claim for; zero where no table, or no later rate, is needed.
	CoveredTo ledger.Date
	Limit     Limit // the time to claim the invoice
	Notes     []Note
}

// Largest principal that a claim is computed for, in cents: beyond it products could overflow.
const largestMinor = 1e15

// Compute gives the claim on one invoice as of the end of a day: every day after the due date counts,
// up to and including asOf, at the rate of its own half-year, 365 days to the year. Of an invoice payable
// in parts each bears interest from its own due date; receipts count for the earliest part first, and the
// indemnity is due once, from the first late part.
//
// An invoice that is not late, or whose interest waits for a notice, yields a claim without interest and a note.
// Errors are *ledger.Error with code regime_unsupported (fact regime), rate_not_covered (facts first, last, invoice),
// rate_unknown (facts day, table, invoice), claim_currency_unsupported, claim_due_date_missing, claim_amount_too_large
// or claim_rate_invalid.
func Compute(c Case, r Rates, asOf ledger.Date) (Claim, error) {
	regime := RegimeOf(c.Creditor, c.Debtor, c.Kind)
	k, known := rulebook[regime]
	if !known {
		return Claim{}, ledger.Errorf("regime_unsupported", "regime", string(regime),
			"name", ledger.Term("claim.regime."+string(regime)), "invoice", c.Invoice)
	}
	if err := check(c, k); err != nil {
		return Claim{}, err
	}
	out := Claim{Invoice: c.Invoice, Regime: regime, AsOf: asOf, CoveredTo: r.LastDay(regime, c.ContractRate > 0)}
	if k.locked { // no later rate is needed
		out.CoveredTo = 0
	}
	a := newAccount(c)
	if !c.Total.Positive() || c.cancelled(asOf) {
		a.receiveUntil(asOf)
		out.settle(a)
		out.note("nothing_claimable")
		return out, nil
	}
	after, missing := c.runsAfter(k, asOf)
	if missing == "" {
		if err := out.accrue(&a, c, newTariff(k, r, c.ContractRate), after, out.stop(c, asOf)); err != nil {
			return Claim{}, err
		}
	}
	late := c.firstLate(asOf)
	if !late.IsZero() && missing == "" && (c.Insolvency.IsZero() || max(late, after) < c.Insolvency) {
		a.indemnity = out.indemnity(c, k, after)
	}
	a.receiveUntil(asOf)
	a.waive(c.Waivers, asOf)
	out.settle(a)
	if asOf <= c.Due {
		out.note("not_yet_due", "due", c.Due)
		return out, nil
	}
	if missing != "" {
		out.note(missing)
	} else if after > c.Due {
		out.note("runs_from", "day", after.Add(1))
	}
	out.remarks(c, k, a, !late.IsZero())
	if out.Limit = c.Limit(asOf); !out.Limit.Last.IsZero() && out.Total.Positive() {
		out.Notes = append(append(out.Notes, out.Limit.remark(asOf)), out.Limit.Notes...)
	}
	return out, nil
}

// stop gives the last day that bears interest, and notes why where it is before the day asked for.
func (out *Claim) stop(c Case, asOf ledger.Date) ledger.Date {
	eve := c.Insolvency.Add(-1)
	if c.Insolvency.IsZero() || eve >= asOf {
		return asOf
	}
	code := "stopped_by_insolvency"
	if country(c.Creditor) != "fr" {
		code = "stopped_by_insolvency_abroad"
	}
	out.note(code, "day", c.Insolvency)
	return max(eve, c.Due)
}

// indemnity gives the flat indemnity of a late invoice: the law's or, towards a Belgian consumer, the agreed one within
// the law's caps for the balance when the first reminder's time is over.
func (out *Claim) indemnity(c Case, k rules, after ledger.Date) ledger.Money {
	none := ledger.Money{Currency: c.Total.Currency}
	balance := c.Total
	for _, r := range c.Receipts {
		if r.Date <= after {
			balance = balance.Sub(r.Amount)
		}
	}
	if after > c.Due && (out.AsOf <= after || !balance.Positive()) { // the time to pay ends later than the due date
		return none
	}
	if k.start != sinceGrace {
		return ledger.Money{Minor: k.flat, Currency: c.Total.Currency}
	}
	most := BelgianCap(balance)
	switch {
	case !c.AgreedIndemnity.Positive():
		out.note("be_indemnity_needs_clause", "most", most)
		return none
	case c.AgreedIndemnity.Cmp(most) > 0:
		out.note("be_indemnity_capped", "agreed", c.AgreedIndemnity, "most", most)
	}
	return c.AgreedIndemnity.Min(most)
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

func check(c Case, k rules) error {
	switch {
	case c.Due.IsZero():
		return ledger.Errorf("claim_due_date_missing", "invoice", c.Invoice)
	case c.Total.Currency != ledger.EUR && (!k.francs || c.Total.Currency != ledger.CHF):
		return ledger.Errorf("claim_currency_unsupported", "invoice", c.Invoice, "currency", string(c.Total.Currency))
	case c.Total.Abs().Minor > largestMinor:
		return ledger.Errorf("claim_amount_too_large", "invoice", c.Invoice)
	case c.ContractRate < 0 || c.ContractRate > largestRate:
		return ledger.Errorf("claim_rate_invalid", "value", c.ContractRate.String())
	}
	return nil
}

// accrue walks the days from the one after the day that interest waits for to end, and appends a segment for each run
// of days with the same base and the same rate period.
func (out *Claim) accrue(a *account, c Case, t tariff, after, end ledger.Date) error {
	for from := after.Add(1); from <= end; {
		a.receiveUntil(from.Add(-1))
		to := min(end, t.end(from), a.nextChange(from))
		if base := a.base(from); base.Positive() {
			s, err := t.segment(from, to, base)
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
