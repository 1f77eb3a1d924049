package handover

import (
	"slices"
	"strconv"

	"quitus/assets/words"
	"quitus/ledger"
)

// NextStep is a way on that the law of a country offers: its texts are in the translations under "handover.step." + Code,
// ending in ".title", ".text" and ".source".
type NextStep struct {
	Code string
	// NotYet says that the rule exists and cannot be used yet: it waits for its decree.
	NotYet bool
}

// union are the states of the European Union in which the European procedures apply: all but Denmark.
var union = []string{"AT", "BE", "BG", "CY", "CZ", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
	"MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}

// NextSteps lists the ways on for a creditor of a country against a customer; it ranks none, and leaves out what cannot
// concern them. Sources stand with the texts.
func NextSteps(creditor string, c *ledger.Customer, on ledger.Date) []NextStep {
	company := c.Type == ledger.CompanyCustomer || c.Type == ""
	if day := max(c.Insolvent, c.Published); day != 0 && day <= on {
		if ledger.InFrenchRegister(c.Country) {
			return []NextStep{{Code: "insolvency"}}
		}
		return []NextStep{{Code: "insolvency_abroad"}}
	}
	var out []NextStep
	add := func(codes ...string) {
		for _, code := range codes {
			out = append(out, NextStep{Code: code})
		}
	}
	switch {
	case ledger.InFrenchRegister(c.Country) && c.Type == ledger.PublicBody:
		add("fr_public", "fr_summary")
		return out
	case ledger.InFrenchRegister(c.Country):
		add("fr_order", "fr_small", "fr_summary")
		if company && ledger.InFrenchRegister(creditor) {
			out = append(out, NextStep{Code: "fr_uncontested", NotYet: true})
		}
		add("fr_attachment")
	case c.Country == "BE" && c.Type == ledger.Consumer:
		add("be_consumer", "be_court")
	case c.Country == "BE" && company && creditor == "BE":
		add("be_rci", "be_court")
	case c.Country == "BE":
		add("be_court")
	case c.Country == "LU":
		add("lu_order")
	case c.Country == "CH":
		add("ch_pursuit")
	default:
		add("elsewhere")
	}
	if creditor != c.Country && slices.Contains(union, creditor) && slices.Contains(union, c.Country) {
		add("eu_order", "eu_small")
	}
	return out
}

// Line is the step in words, its title **bold** and marked where it cannot be used yet.
func (s NextStep) Line(w *words.Words) string {
	title, text := w.T("handover.step."+s.Code+".title"), w.T("handover.step."+s.Code+".text")
	if s.NotYet {
		return w.T("handover.steps.line_not_yet", "title", title, "text", text, "mark", w.T("handover.steps.not_yet"))
	}
	return w.T("handover.steps.line", "title", title, "text", text)
}

// Source says where the step's rules stand.
func (s NextStep) Source(w *words.Words) string { return w.T("handover.step." + s.Code + ".source") }

// agencyLines is how many lines say how to choose an agency.
const agencyLines = 10

// Agency gives the lines on choosing an agency.
func Agency(w *words.Words) []string {
	var out []string
	for k := range agencyLines {
		out = append(out, w.T("handover.agency."+strconv.Itoa(k+1)))
	}
	return out
}

// Follows says what follows from what came of a registered letter: the rules are those of French law, elsewhere it says to ask.
func Follows(w *words.Words, creditor, debtor string, o ledger.MailOutcome) string {
	switch {
	case o == ledger.MailNotYetBack:
		return ""
	case o == ledger.MailUnknownAddress || ledger.InFrenchRegister(creditor) && ledger.InFrenchRegister(debtor):
		return w.T("handover.follows." + string(o))
	}
	return w.T("handover.follows.elsewhere")
}
