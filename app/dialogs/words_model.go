package dialogs

import (
	"strconv"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

// InvoiceWord says how an invoice stands on a day, for its chip: « 24 j de retard », « Réglée le 21/07 ».
func InvoiceWord(w *words.Words, i *ledger.Invoice, st ledger.Standing, on ledger.Date) string {
	switch st.Situation {
	case ledger.Settled:
		return settledWord(w, i, st, on)
	case ledger.CreditToUse:
		return w.T("dialogs.chip.credit_to_use")
	case ledger.WrittenOff:
		return w.T("dialogs.chip.written_off")
	case ledger.NoDueDate:
		return w.T("dialogs.chip.no_due_date")
	case ledger.DueSoon:
		return soonWord(w, int(i.Due-on))
	case ledger.Promised:
		return w.T("dialogs.chip.promised", "day", w.DateShort(st.PromisedBy))
	case ledger.Disputed:
		if st.Contested < st.Open {
			return w.T("dialogs.chip.disputed_in_part")
		}
		return w.T("dialogs.chip.disputed")
	case ledger.PromiseBroken:
		return w.T("dialogs.chip.promise_broken")
	case ledger.Late, ledger.VeryLate:
		return w.N("common.days_late", st.DaysLate)
	}
	return w.T("dialogs.chip.not_due")
}

func settledWord(w *words.Words, i *ledger.Invoice, st ledger.Standing, on ledger.Date) string {
	switch {
	case i.CreditNote:
		return w.T("dialogs.chip.credit_used")
	case st.SettledOn == 0:
		return w.T("dialogs.chip.settled")
	}
	day := w.Date(st.SettledOn)
	if y, _, _ := st.SettledOn.Civil(); y == yearOf(on) {
		day = day[:5] // day and month
	}
	return w.T("dialogs.chip.settled_on", "day", day)
}

func yearOf(d ledger.Date) int {
	y, _, _ := d.Civil()
	return y
}

func soonWord(w *words.Words, days int) string {
	switch days {
	case 0:
		return w.T("dialogs.chip.due_today")
	case 1:
		return w.T("dialogs.chip.due_tomorrow")
	}
	return w.N("dialogs.chip.due_in", days)
}

// CustomerSituation gives what is to be known first of a customer: the worst of the open invoices, a
// credit note to use where nothing else is open, or that all is settled.
func CustomerSituation(s ledger.CustomerSummary) ledger.Situation {
	if s.OpenCount > 0 {
		return s.Situation
	}
	for _, v := range s.Owed {
		if v < 0 {
			return ledger.CreditToUse
		}
	}
	return ledger.Settled
}

// customerKeys are the endings of the keys, in the order of [ledger.Situation].
var customerKeys = [...]string{"settled", "settled", "credit_to_use", "not_due", "no_due_date", "due_soon",
	"promised", "disputed", "late", "very_late", "promise_broken"}

// CustomerWord says how a customer stands, for the chip.
func CustomerWord(w *words.Words, s ledger.CustomerSummary) string {
	sit := CustomerSituation(s)
	if sit == ledger.Promised {
		return w.T("dialogs.customer_chip.promised", "day", w.DateShort(s.PromisedBy))
	}
	return w.T("dialogs.customer_chip." + customerKeys[sit])
}

// Terms says payment terms: « 30 jours nets », « 45 jours fin de mois, le 10 »; nothing for terms that say
// nothing.
func Terms(w *words.Words, t ledger.Terms) string {
	if !t.Given {
		return ""
	}
	var s string
	switch {
	case t.EndOfMonth && t.Days == 0:
		s = w.T("dialogs.terms.end_of_month")
	case t.EndOfMonth:
		s = w.N("dialogs.terms.days_end_of_month", t.Days)
	case t.Days == 0:
		s = w.T("dialogs.terms.at_once")
	default:
		s = w.N("dialogs.terms.days", t.Days)
	}
	if t.Day > 0 {
		s = w.T("dialogs.terms.then_day", "terms", s, "day", t.Day)
	}
	return s
}

// FieldOf names the field of a form that an error is about, or nothing.
func FieldOf(e *ledger.Error) string {
	f, _ := e.Args["field"].(string)
	return f
}

// choice is one possibility of a form's choice: a code and its word.
type choice struct{ ID, Word string }

// usualTerms are offered in forms; more than 60 days, or 45 end of month, is not lawful between French
// companies (C. com. L441-10 I).
var usualTerms = []ledger.Terms{
	{}, {Given: true}, {Given: true, Days: 15}, {Given: true, Days: 30}, {Given: true, Days: 30, EndOfMonth: true},
	{Given: true, Days: 45}, {Given: true, Days: 45, EndOfMonth: true}, {Given: true, Days: 60},
}

// termsChoices lists the usual terms, and the given ones where they are others.
func termsChoices(w *words.Words, now ledger.Terms) []choice {
	var out []choice
	found := false
	for _, t := range usualTerms {
		word := Terms(w, t)
		if word == "" {
			word = w.T("dialogs.terms.none")
		}
		out = append(out, choice{termsCode(t), word})
		found = found || t == now
	}
	if !found {
		out = append(out, choice{termsCode(now), Terms(w, now)})
	}
	return out
}

// termsCode writes terms as a code: "30", "45e", "30e10", nothing for terms that say nothing.
func termsCode(t ledger.Terms) string {
	if !t.Given {
		return ""
	}
	s := strconv.Itoa(t.Days)
	if t.EndOfMonth || t.Day > 0 {
		s += "n"
	}
	if t.EndOfMonth {
		s = strings.TrimSuffix(s, "n") + "e"
	}
	if t.Day > 0 {
		s += strconv.Itoa(t.Day)
	}
	return s
}

// termsOf reads what termsCode wrote.
func termsOf(code string) ledger.Terms {
	if code == "" {
		return ledger.Terms{}
	}
	t := ledger.Terms{Given: true}
	days := code
	if k := strings.IndexAny(code, "en"); k >= 0 {
		days, t.EndOfMonth = code[:k], code[k] == 'e'
		t.Day, _ = strconv.Atoi(code[k+1:])
	}
	t.Days, _ = strconv.Atoi(days)
	return t
}
