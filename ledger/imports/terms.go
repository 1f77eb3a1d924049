package imports

import (
	"strconv"
	"strings"

	"quitus/ledger"
)

// ParseTerms reads payment terms as people write them: "30 jours fin de mois", "45 j FDM le 10", "comptant", "Net 30".
// It says false if it does not understand them wholly enough to compute a date.
func ParseTerms(s string) (ledger.Terms, bool) {
	w := words(s)
	text := " " + strings.Join(w, " ") + " "
	has := func(options ...string) bool {
		for _, o := range options {
			if strings.Contains(text, " "+o+" ") {
				return true
			}
		}
		return false
	}
	if has("acompte", "acomptes", "commande", "solde", "fois", "mensualites", "echeances", "deposit") || strings.Contains(s, "%") && !has("net") {
		return ledger.Terms{}, false
	}
	t := ledger.Terms{Given: true}
	t.EndOfMonth = has("fin de mois", "fin mois", "fdm", "findemois", "eom", "end of month", "monatsende", "einde maand", "fm", "jfm", "jfdm", "fin du mois")
	days, unit := -1, false
	for i, x := range w {
		n, err := strconv.Atoi(x)
		if err != nil || n > 365 {
			continue
		}
		before, after := "", ""
		if i > 0 {
			before = w[i-1]
		}
		if i+1 < len(w) {
			after = w[i+1]
		}
		switch {
		case before == "le" && n >= 1 && n <= 31:
			t.Day = n
		case isDayWord(after):
			days, unit = n, true
		case after == "mois" || after == "month" || after == "months" || after == "monate":
			days, unit = n*30, true
		case !unit && days < 0:
			days = n
		case !unit && has("net") && before == "net":
			days = n
		case t.Day == 0 && unit && n >= 1 && n <= 31 && t.EndOfMonth:
			t.Day = n
		}
	}
	immediate := has("comptant", "reception", "a vue", "immediat", "immediate", "immediatement", "cash", "receipt", "sofort", "contant", "livraison", "au comptant")
	switch {
	case days >= 0:
		t.Days = days
		return t, days > 0 || immediate || t.EndOfMonth || unit
	case immediate, t.EndOfMonth, t.Day > 0:
		return t, true
	}
	return ledger.Terms{}, false
}

func isDayWord(s string) bool {
	switch s {
	case "j", "jr", "jrs", "jour", "jours", "day", "days", "d", "tage", "tag", "dagen", "dag", "jfm", "jfdm", "jnet":
		return true
	}
	return false
}
