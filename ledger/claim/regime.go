package claim

import (
	"strings"

	"quitus/ledger"
)

// Regime names the set of rules that a claim follows.
type Regime string

// FrB2B is a French creditor against a French company: C. com. L441-10 II and D441-5. It is the
// only regime computed so far.
const FrB2B Regime = "fr_b2b"

// CrossBorder is a creditor and a customer of different countries: which law applies is for the
// owner and the contract to say.
const CrossBorder Regime = "cross_border"

// Other is a creditor in a country without rules here.
const Other Regime = "other_country"

var suffixOf = map[ledger.CustomerKind]string{
	ledger.CompanyCustomer: "b2b", ledger.PublicBody: "public", ledger.Consumer: "consumer", ledger.NonProfessional: "non_professional",
}

// Regimes lists every regime that RegimeOf can name.
func Regimes() []Regime {
	list := []Regime{CrossBorder, Other}
	for _, country := range []string{"fr", "be", "lu", "ch"} {
		for _, kind := range ledger.CustomerKinds {
			list = append(list, Regime(country+"_"+suffixOf[kind]))
		}
	}
	return list
}

// RegimeOf names the regime of a creditor's and a customer's country (ISO 3166-1 alpha-2; an empty
// country is France) and the customer's kind (empty: a company).
func RegimeOf(creditor, debtor string, kind ledger.CustomerKind) Regime {
	creditor, debtor = country(creditor), country(debtor)
	if kind == "" {
		kind = ledger.CompanyCustomer
	}
	suffix, known := suffixOf[kind]
	switch {
	case creditor != debtor:
		return CrossBorder
	case !known:
		return Other
	case creditor == "fr", creditor == "be", creditor == "lu", creditor == "ch":
		return Regime(creditor + "_" + suffix)
	}
	return Other
}

func country(code string) string {
	if code = strings.ToLower(strings.TrimSpace(code)); code == "" {
		return "fr"
	}
	return code
}
