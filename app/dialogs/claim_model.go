package dialogs

import (
	"errors"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// ClaimSum is what late invoices add to their principal, in words for a key figure.
type ClaimSum struct {
	Figure string // the amount, or that it is not computed
	Small  string // what it is made of, or why it is not computed
	Lines  []string
	// Refused is the whole sentence of a refusal.
	Refused string
}

// SumClaims adds up claims, or says why there are none to add up.
func SumClaims(w *words.Words, claims []claim.Claim, err error) ClaimSum {
	if err != nil {
		return refusal(w, err)
	}
	interest, indemnity := ledger.Money{Currency: ledger.EUR}, ledger.Money{Currency: ledger.EUR}
	flats := 0
	out := ClaimSum{}
	for _, c := range claims {
		interest, indemnity = interest.Add(c.Interest), indemnity.Add(c.Indemnity)
		if c.Indemnity.Positive() {
			flats++
		}
		out.Lines = append(out.Lines, ClaimLines(w, c)...)
	}
	out.Figure = w.Money(interest.Add(indemnity))
	switch {
	case len(claims) == 0:
		out.Small = w.T("dialogs.claim.nothing_late")
	case flats > 0 && indemnity.Minor%int64(flats) == 0:
		flat := ledger.Money{Minor: indemnity.Minor / int64(flats), Currency: ledger.EUR}
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
	case strings.HasSuffix(regime, "_consumer"):
		return "consumer"
	case strings.HasSuffix(regime, "_non_professional"):
		return "non_professional"
	}
	return "country"
}

// ClaimLines itemises a claim, each figure with its rule: **bold** lines name the invoice.
func ClaimLines(w *words.Words, c claim.Claim) []string {
	out := []string{w.T("dialogs.claim.invoice", "invoice", c.Invoice, "amount", c.Interest.Add(c.Indemnity))}
	for _, s := range c.Segments {
		out = append(out, w.N("dialogs.claim.segment", s.Days, "from", s.From, "to", s.To, "base", s.Base,
			"rate", w.Percent(s.Rate.String()), "amount", s.Amount))
		out = append(out, w.T("claim.rule."+s.Rule.Code, "day", s.Rule.Day, "reference", w.Percent(s.Rule.Reference.String())))
	}
	if c.Indemnity.Positive() {
		out = append(out, w.T("dialogs.claim.indemnity", "amount", c.Indemnity), w.T("claim.rule.indemnity"))
	}
	for _, n := range c.Notes {
		out = append(out, claimNote(w, n))
	}
	return out
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
