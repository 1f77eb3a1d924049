package dialogs

import (
	"errors"
	"slices"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
	"quitus/letters"
)

// ClaimSum is what late invoices add to their principal, in words for a key figure.
type ClaimSum struct {
	Figure string // the amount, or that it is not computed
	Small  string // what it is made of, or why it is not computed
	// Lines itemise it invoice by invoice, **bold** ones name the invoice; Rules say once what the figures
	// rest on.
	Lines, Rules []string
	// Refused is the whole sentence of a refusal.
	Refused string
	Some    bool // something is claimed
}

// SumClaims adds up claims, or says why there are none to add up.
func SumClaims(w *words.Words, claims []claim.Claim, err error) ClaimSum {
	if err != nil {
		return refusal(w, err)
	}
	interest, indemnity, both := ledger.Sums{}, ledger.Sums{}, ledger.Sums{}
	flats := 0
	out := ClaimSum{}
	for _, c := range claims {
		interest.Add(c.Interest)
		both.Add(c.Interest.Add(c.Indemnity))
		if c.Indemnity.Positive() {
			indemnity.Add(c.Indemnity)
			flats++
		}
		out.itemise(w, c)
	}
	for _, c := range claims {
		out.rule(w.T("claim.about." + string(c.Regime)))
		out.rule(w.T("claim.barred." + string(c.Regime)))
		out.rule(w.T("dialogs.claim.source", "source", w.T("claim.source."+string(c.Regime))))
	}
	if len(both) == 0 {
		both.Add(ledger.Euros(0))
	}
	out.Figure = w.Sums(both)
	for _, m := range both.List() {
		out.Some = out.Some || m.Positive()
	}
	list := indemnity.List()
	switch {
	case len(claims) == 0:
		out.Small = w.T("dialogs.claim.nothing_late")
	case len(list) == 0:
		out.Small = w.T("dialogs.claim.apart_interest")
	case len(list) == 1 && list[0].Minor%int64(flats) == 0:
		flat := ledger.Money{Minor: list[0].Minor / int64(flats), Currency: list[0].Currency}
		out.Small = w.T("dialogs.claim.apart_flat", "interest", interest, "n", flats, "flat", flat)
	default:
		out.Small = w.T("dialogs.claim.apart", "interest", interest, "indemnity", indemnity)
	}
	return out
}

// refusal says in few words why nothing is computed.
func refusal(w *words.Words, err error) ClaimSum {
	out := ClaimSum{Figure: w.T("dialogs.claim.refused"), Refused: w.Error(err)}
	code := ledger.CodeOf(err)
	regime := ""
	if e := (*ledger.Error)(nil); errors.As(err, &e) {
		regime, _ = e.Args["regime"].(string)
	}
	if code == "regime_unsupported" {
		out.Small = w.T("dialogs.claim.why." + whyKey(regime))
		out.Refused = w.T("dialogs.claim.regime", "regime", w.T("claim.regime."+regime))
		return out
	}
	key := "dialogs.claim.why." + code
	if !w.Has(key) {
		key = "dialogs.claim.why.other"
	}
	out.Small = w.T(key)
	return out
}

// whyKey sorts regimes by what the owner should know first.
func whyKey(regime string) string {
	switch {
	case regime == string(claim.CrossBorder):
		return "cross_border"
	case strings.HasSuffix(regime, "_public"):
		return "public"
	case strings.HasSuffix(regime, "_non_professional"):
		return "non_professional"
	}
	return "country"
}

// itemise adds the lines of a claim, and its rules as far as they are not there yet.
func (s *ClaimSum) itemise(w *words.Words, c claim.Claim) {
	s.Lines = append(s.Lines, w.T("dialogs.claim.invoice", "invoice", c.Invoice, "amount", c.Interest.Add(c.Indemnity)))
	for _, g := range c.Segments {
		s.Lines = append(s.Lines, w.N("dialogs.claim.segment", g.Days, "from", g.From, "to", g.To, "base", g.Base,
			"rate", w.Percent(g.Rate.String()), "amount", g.Amount))
		s.rule(letters.RuleText(w, g.Rule))
	}
	if c.Waived.Positive() {
		s.Lines = append(s.Lines, w.T("dialogs.claim.waived", "amount", c.Waived))
	}
	if c.Indemnity.Positive() {
		s.Lines = append(s.Lines, w.T("dialogs.claim.indemnity", "amount", c.Indemnity))
		s.rule(letters.IndemnityText(w, c.Regime))
	}
	for _, n := range c.Notes {
		if slices.Contains(ofTables, n.Code) {
			s.rule(claimNote(w, n))
		} else {
			s.Lines = append(s.Lines, claimNote(w, n))
		}
	}
}

// ofTables are the notes that are about the rates and not about one invoice.
var ofTables = []string{"rate_unconfirmed", "rates_covered_to", "payments_on_interest_first", "payments_on_interest_first_abroad",
	"payments_on_principal_first", "contract_rate_below_floor", "contract_rate_above_cap", "contract_rate_aside", "lu_conditions", "ch_conditions"}

func (s *ClaimSum) rule(text string) {
	if !slices.Contains(s.Rules, text) {
		s.Rules = append(s.Rules, text)
	}
}

func claimNote(w *words.Words, n claim.Note) string {
	facts := make([]any, len(n.Args))
	for i, v := range n.Args {
		switch v := v.(type) {
		case claim.Rate:
			facts[i] = w.Percent(v.String())
		case []ledger.Date:
			days := make([]string, len(v))
			for k, d := range v {
				days[k] = w.Date(d)
			}
			facts[i] = days
		default:
			facts[i] = v
		}
	}
	return w.T("claim.note."+n.Code, facts...)
}
