package settings

import (
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// PersonRow is a customer as the list of what is kept shows it.
type PersonRow struct {
	ID         ledger.CustomerID
	Name, Code string
	Town       string
	LastDay    ledger.Date
	Last       string
	Old        bool
	search     string
}

// Has says whether the row is one that is searched for.
func (r *PersonRow) Has(typed string) bool {
	return strings.Contains(r.search, ledger.Fold(strings.TrimSpace(typed)))
}

// PeopleRows lists customers, those longest without a record first.
func PeopleRows(w *words.Words, s *desk.State) []PersonRow {
	var out []PersonRow
	for _, p := range s.People() {
		c := p.Customer
		r := PersonRow{ID: c.ID, Name: c.Name, Code: c.Ref, Town: c.Town, LastDay: p.Last, Old: p.Old, Last: "–"}
		if p.Last != 0 {
			r.Last = w.Date(p.Last)
		}
		r.search = ledger.Fold(c.Name + " " + c.Ref + " " + c.Town)
		out = append(out, r)
	}
	return out
}

// KeptLaw is the key of the sentence on how long accounting records are kept in a country.
func KeptLaw(country string) string {
	switch country {
	case "BE", "CH", "LU":
		return "privacy.law." + strings.ToLower(country)
	}
	return "privacy.law.fr"
}

// ErasedLines says what erasing takes away; StaysLines what it leaves.
func ErasedLines(w *words.Words, p *desk.ErasePlan) []string {
	out := []string{w.T("privacy.erased.customer")}
	for _, x := range []struct {
		key string
		n   int
	}{{"contacts", p.Contacts}, {"notes", p.Notes}, {"calls", p.Calls}, {"letters", p.Letters}, {"mails", p.Mails}, {"documents", p.Documents}, {"words", p.Words}} {
		if x.n > 0 {
			out = append(out, w.N("privacy.erased."+x.key, x.n))
		}
	}
	return out
}

// StaysLines says what erasing leaves.
func StaysLines(w *words.Words, p *desk.ErasePlan) []string {
	return []string{w.T("privacy.stays.customer", "code", p.Customer.Ref), w.N("privacy.stays.invoices", p.Invoices), w.N("privacy.stays.payments", p.Payments), w.T("privacy.stays.journal")}
}

// Confirms says whether what was typed names the person to be erased.
func Confirms(typed string, c *ledger.Customer) bool {
	return ledger.Fold(strings.TrimSpace(typed)) == ledger.Fold(c.Name)
}
