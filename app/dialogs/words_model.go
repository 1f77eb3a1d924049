package dialogs

import (
	"strconv"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

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
		word := w.Terms(t)
		if word == "" {
			word = w.T("standing.terms.none")
		}
		out = append(out, choice{termsCode(t), word})
		found = found || t == now
	}
	if !found {
		out = append(out, choice{termsCode(now), w.Terms(now)})
	}
	return out
}

// comingTerms lists the usual terms for coming orders, after none that change.
func comingTerms(w *words.Words) []choice {
	out := termsChoices(w, ledger.Terms{})
	out[0].Word = w.T("calls.note.coming.same")
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
