package customers

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// habits says how the customer usually pays and behaves.
func habits(w *words.Words, s *desk.State, id ledger.CustomerID, sum ledger.CustomerSummary) []line {
	mean, worst := w.T("customers.habits.unknown"), ""
	if sum.HabitCount > 0 {
		switch {
		case sum.HabitDays > 0:
			mean = w.N("customers.habits.late", sum.HabitDays)
		case sum.HabitDays < 0:
			mean = w.N("customers.habits.early", -sum.HabitDays)
		default:
			mean = w.T("customers.habits.on_time")
		}
		worst = w.T("customers.habits.never_late")
		if days := max(sum.WorstDays, sum.MaxDaysLate); days > 0 {
			worst = w.N("common.days", days)
		}
	}
	b := s.Book.Behaviour(id, s.Standings)
	out := []line{{w.T("customers.habits.mean"), mean}}
	for _, l := range []line{
		{w.T("customers.habits.worst"), worst},
		{w.T("customers.habits.promises"), promises(w, b.Promises)},
		{w.T("customers.habits.reason"), reason(w, b.Reasons)},
		{w.T("customers.habits.contacts"), contacts(w, b.Contacts)},
	} {
		if l.Text != "" {
			out = append(out, l)
		}
	}
	return out
}

// promises counts the promises by what became of them.
func promises(w *words.Words, n ledger.PromiseCount) string {
	return counted(w, count{"customers.habits.kept", n.Kept}, count{"customers.habits.kept_in_part", n.InPart},
		count{"customers.habits.not_kept", n.Broken}, count{"customers.habits.running", n.Running})
}

// contacts counts the contacts by channel, where there are not too many for a line.
func contacts(w *words.Words, n ledger.ContactCount) string {
	list := []count{{"customers.habits.calls", n.Calls}, {"customers.habits.letters", n.Letters}, {"customers.habits.emails", n.Emails},
		{"customers.habits.others", n.Others}}
	used := 0
	for _, c := range list {
		if c.n > 0 {
			used++
		}
	}
	switch used {
	case 0:
		return w.T("customers.habits.no_contact")
	case 1, 2:
		return counted(w, list...)
	}
	return w.N("customers.habits.over_channels", n.Total(), "channels", used)
}

// count is a number of things, and the key of its words.
type count struct {
	key string
	n   int
}

// counted lists what there is any of.
func counted(w *words.Words, list ...count) string {
	var parts []string
	for _, c := range list {
		if c.n > 0 {
			parts = append(parts, w.N(c.key, c.n))
		}
	}
	return strings.Join(parts, ", ")
}

// reason names the reason for delay that was given most, within a line.
func reason(w *words.Words, list []ledger.ReasonCount) string {
	if len(list) == 0 {
		return ""
	}
	text := w.DelayReason(list[0].Reason)
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(first)) + text[size:]
}
