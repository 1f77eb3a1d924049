package claim

import (
	"strings"

	"quitus/ledger"
)

// Regime names the set of rules that a claim follows.
type Regime string

// The regimes that are computed. Creditor and customer are in the same country.
const (
	FrB2B             Regime = "fr_b2b"              // a French company: C. com. L441-10 II, D441-5
	FrPublic          Regime = "fr_public"           // a French public body: CCP L2192-13, R2192-31, D2192-35
	FrConsumer        Regime = "fr_consumer"         // C. civ. 1231-6, 1344-1
	FrNonProfessional Regime = "fr_non_professional" // an association, a co-ownership: the same
	BeB2B             Regime = "be_b2b"              // loi du 2 août 2002
	BeB2C             Regime = "be_b2c"              // CDE, book XIX
	LuB2B             Regime = "lu_b2b"              // loi du 18 avril 2004
	LuB2C             Regime = "lu_b2c"              // the same, interest owed by consumers
	Ch                Regime = "ch"                  // CO 102, 104, 105, whoever the customer is
)

// Regimes that are named only to say that nothing is computed for them.
const (
	bePublic          Regime = "be_public"
	beNonProfessional Regime = "be_non_professional"
	luPublic          Regime = "lu_public"
	luNonProfessional Regime = "lu_non_professional"
	// CrossBorder is a creditor and a customer of different countries: which law applies is for the
	// owner and the contract to say.
	CrossBorder Regime = "cross_border"
	// Other is a creditor in a country without rules here.
	Other Regime = "other_country"
)

var byCountry = map[string]map[ledger.CustomerKind]Regime{
	"fr": {ledger.CompanyCustomer: FrB2B, ledger.PublicBody: FrPublic, ledger.Consumer: FrConsumer, ledger.NonProfessional: FrNonProfessional},
	"be": {ledger.CompanyCustomer: BeB2B, ledger.PublicBody: bePublic, ledger.Consumer: BeB2C, ledger.NonProfessional: beNonProfessional},
	"lu": {ledger.CompanyCustomer: LuB2B, ledger.PublicBody: luPublic, ledger.Consumer: LuB2C, ledger.NonProfessional: luNonProfessional},
	"ch": {ledger.CompanyCustomer: Ch, ledger.PublicBody: Ch, ledger.Consumer: Ch, ledger.NonProfessional: Ch},
}

// Regimes lists every regime that RegimeOf can name, those that are computed first.
func Regimes() []Regime {
	return []Regime{FrB2B, FrPublic, FrConsumer, FrNonProfessional, BeB2B, BeB2C, LuB2B, LuB2C, Ch,
		bePublic, beNonProfessional, luPublic, luNonProfessional, CrossBorder, Other}
}

// Supported says whether claims are computed for the regime.
func (r Regime) Supported() bool {
	_, known := rulebook[r]
	return known
}

// RegimeOf names the regime of a creditor's and a customer's country (ISO 3166-1 alpha-2; an empty
// country is France) and the customer's kind (empty: a company).
func RegimeOf(creditor, debtor string, kind ledger.CustomerKind) Regime {
	creditor, debtor = country(creditor), country(debtor)
	if creditor != debtor {
		return CrossBorder
	}
	if kind == "" {
		kind = ledger.CompanyCustomer
	}
	if r, known := byCountry[creditor][kind]; known {
		return r
	}
	return Other
}

func country(code string) string {
	if code = strings.ToLower(strings.TrimSpace(code)); code == "" {
		return "fr"
	}
	return code
}
