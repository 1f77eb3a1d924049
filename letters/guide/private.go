package guide

import (
	"strings"
	"unicode"

	"quitus/ledger"
)

// openFields are what a message left with others may say: who calls whom, and where to call back. That
// anything is owed is nobody else's affair.
var openFields = []string{"company", "owner", "phone", "customer", "contact", "role", "next_day"}

// moneyWords are beginnings of folded words that speak of a debt, in French and English; "=" before one
// that counts as a whole word only.
var moneyWords = []string{"factur", "impay", "dette", "regle", "paie", "paye", "echeance", "echu", "retard", "relanc", "creanc", "montant",
	"solde", "argent", "=euro", "=euros", "virement", "cheque", "litige", "contentieux", "recouvrement", "arriere", "=somme",
	"invoic", "bill", "debt", "=pay", "=pays", "=paid", "payment", "overdue", "remind", "=owe", "=owed", "=owes", "=owing", "=due", "amount", "balance",
	"money", "outstanding", "arrears", "=late"}

// speaksOfMoney gives the first word of a text that would tell others about a debt.
func speaksOfMoney(text string) string {
	if i := strings.IndexAny(text, "€$£"); i >= 0 {
		return text[i:]
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words {
		if strings.EqualFold(w, "dû") { // folded it is another word
			return w
		}
		folded := ledger.Fold(w)
		for _, m := range moneyWords {
			if whole, ok := strings.CutPrefix(m, "="); ok && folded == whole || !ok && strings.HasPrefix(folded, m) {
				return w
			}
		}
	}
	return ""
}
