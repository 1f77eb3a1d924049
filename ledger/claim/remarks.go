package claim

import (
	"slices"

	"quitus/ledger"
)

// Note is a remark that goes with the figures: a code whose sentence is in the translations under
// "claim.note." + Code, and the facts of that sentence.
type Note struct {
	Code string
	Args []any // pairs of fact name and value: ledger.Date, []ledger.Date, ledger.Money, ledger.Term or Rate
}

func (out *Claim) note(code string, pairs ...any) {
	out.Notes = append(out.Notes, Note{code, pairs})
}

// remarks notes what a reader must know about the figures. late says whether anything was.
func (out *Claim) remarks(c Case, k rules, a account, late bool) {
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
		if country(c.Creditor) == "fr" {
			out.note("payments_on_interest_first")
		} else {
			out.note("payments_on_interest_first_abroad")
		}
	}
	if a.order == PrincipalFirst && len(out.Segments) > 1 {
		out.note("payments_on_principal_first")
	}
	if a.settled && late {
		out.note("principal_settled", "day", a.settledOn)
	}
	out.clauseRemarks(c, k)
	if a.waivedInterest.Positive() || a.waivedIndemnity.Positive() {
		out.note("waived", "amount", a.waivedInterest.Add(a.waivedIndemnity))
	}
	if k.start == sinceThird && len(out.Segments) > 0 {
		out.note("lu_conditions")
	}
	if out.Regime == Ch && len(out.Segments) > 0 {
		out.note("ch_conditions")
	}
	if len(out.Segments) > 0 && !out.CoveredTo.IsZero() {
		out.note("rates_covered_to", "day", out.CoveredTo)
	}
}

// clauseRemarks notes what became of the agreed rate.
func (out *Claim) clauseRemarks(c Case, k rules) {
	has := func(code string) bool {
		return slices.ContainsFunc(out.Segments, func(s Segment) bool { return s.Rule.Code == code })
	}
	switch {
	case has(RuleFloor):
		out.note("contract_rate_below_floor", "rate", c.ContractRate)
	case has(RuleBeCap):
		out.note("contract_rate_above_cap", "rate", c.ContractRate)
	case k.clause == clauseAside && c.ContractRate > 0:
		out.note("contract_rate_aside", "rate", c.ContractRate)
	}
}

func (out *Claim) unconfirmed() bool {
	return slices.ContainsFunc(out.Segments, func(s Segment) bool { return s.Rule.Unconfirmed })
}

// unconfirmedRates lists the first days of the half-years or years whose reference rate is second-hand.
func (out *Claim) unconfirmedRates() []ledger.Date {
	var days []ledger.Date
	for _, s := range out.Segments {
		if s.Rule.Unconfirmed && !slices.Contains(days, s.Rule.Day) {
			days = append(days, s.Rule.Day)
		}
	}
	return days
}

// settle writes the account's balances into the claim.
func (out *Claim) settle(a account) {
	out.Principal, out.NotDue = a.principal, ledger.Money{Currency: a.total.Currency}
	if out.AsOf > a.parts[0].Due && a.principal.Positive() {
		out.Principal = a.base(out.AsOf)
		out.NotDue = a.principal.Sub(out.Principal)
	}
	out.Accrued, out.Waived = a.accrued, a.waivedInterest
	out.Interest, out.Indemnity = a.balances()
	out.Total = out.Principal.Add(out.Interest).Add(out.Indemnity)
}
