package words

import (
	"strconv"
	"strings"

	"quitus/ledger"
)

// ParseDate reads a day as owners type it, in either language: "15/3", "15/03/26", "15.03.2026",
// "2026-03-15", "15 mars", "jeu. 26/11/2026", "+30" and "-5" (days from today), "auj", "demain", "hier",
// and a weekday ("ven"), which is the next such day after today. A day without a year is the nearest to
// today; a year of two digits is at most twenty years ahead. The error is "date_invalid", or
// "date_not_existing" for a day that its month does not have.
func (w *Words) ParseDate(s string, today ledger.Date) (ledger.Date, error) {
	if len(s) > maxTyped {
		return 0, ledger.Errorf("date_invalid", "value", strings.ToValidUTF8(s[:maxTyped], "")+"…")
	}
	t := foldDate(s)
	if d, ok := relative(t, today); ok {
		return d, nil
	}
	fields := strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune(" /.-,", r) })
	if len(fields) > 1 {
		if _, ok := calendar().weekdays[fields[0]]; ok {
			// The weekday of a field is not checked: the owner changes the figures and leaves it.
			fields = fields[1:]
		}
	}
	y, m, d, ok := numbers(fields)
	if !ok {
		return 0, ledger.Errorf("date_invalid", "value", s)
	}
	day, ok := complete(y, m, d, today)
	if ok {
		return day, nil
	}
	year, _, _ := today.Civil()
	if y != nil {
		year = century(*y, today)
	}
	first, ok := ledger.MakeDate(year, m, 1)
	if !ok || d < 1 {
		return 0, ledger.Errorf("date_invalid", "value", s)
	}
	return 0, ledger.Errorf("date_not_existing", "value", s, "month", w.Month(first), "days", ledger.DaysIn(year, m))
}

// typedYear is a year as typed and how many digits it had.
type typedYear struct{ value, digits int }

// numbers finds day and month, and the year if there is one, in the order that the fields tell.
func numbers(fields []string) (y *typedYear, m, d int, ok bool) {
	if len(fields) < 2 || len(fields) > 3 {
		return nil, 0, 0, false
	}
	if len(fields) == 3 {
		year := fields[2]
		fields = fields[:2]
		if n, ok := number(fields[0]); ok && len(fields[0]) == 4 { // 2026-03-15
			m, okM := number(fields[1])
			d, okD := number(year)
			return &typedYear{n, 4}, m, d, okM && okD && len(fields[1]) <= 2 && len(year) <= 2
		}
		n, ok := number(year)
		if !ok || (len(year) != 2 && len(year) != 4) {
			return nil, 0, 0, false
		}
		y = &typedYear{n, len(year)}
	}
	if month, ok := calendar().months[fields[0]]; ok { // November 26
		fields = []string{fields[1], strconv.Itoa(month)}
	} else if month, ok := calendar().months[fields[1]]; ok {
		fields = []string{fields[0], strconv.Itoa(month)}
	}
	d, okD := number(strings.TrimSuffix(ordinal(fields[0]), "."))
	m, okM := number(fields[1])
	return y, m, d, okD && okM && len(fields[1]) <= 2
}

// ordinal takes "1er", "1st", "2nd", "3rd" and "26th" down to their number.
func ordinal(s string) string {
	for _, end := range []string{"er", "st", "nd", "rd", "th"} {
		if n, ok := strings.CutSuffix(s, end); ok && n != "" {
			return n
		}
	}
	return s
}

func number(s string) (int, bool) {
	if s == "" || len(s) > 4 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// complete gives the day, choosing the year nearest to today where none was typed; the later one
// when both are as near.
func complete(y *typedYear, m, d int, today ledger.Date) (ledger.Date, bool) {
	if y != nil {
		return ledger.MakeDate(century(*y, today), m, d)
	}
	year, _, _ := today.Civil()
	var best ledger.Date
	for _, candidate := range []int{year + 1, year, year - 1} {
		if day, ok := ledger.MakeDate(candidate, m, d); ok && (best.IsZero() || distance(day, today) < distance(best, today)) {
			best = day
		}
	}
	return best, !best.IsZero()
}

func distance(a, b ledger.Date) ledger.Date { return max(a-b, b-a) }

// century completes a year of two digits to the one between 79 years ago and 20 years ahead.
func century(y typedYear, today ledger.Date) int {
	if y.digits != 2 {
		return y.value
	}
	now, _, _ := today.Civil()
	year := now - now%100 + y.value
	if year > now+20 {
		year -= 100
	} else if year < now-79 {
		year += 100
	}
	return year
}

// relative reads what counts from today; t is folded.
func relative(t string, today ledger.Date) (ledger.Date, bool) {
	switch t {
	case "auj", "aujourd'hui", "aujourdhui", "today":
		return today, true
	case "demain", "tomorrow":
		return today.Add(1), true
	case "apres-demain":
		return today.Add(2), true
	case "hier", "yesterday":
		return today.Add(-1), true
	}
	if wd, ok := calendar().weekdays[strings.TrimSuffix(t, ".")]; ok {
		ahead := (wd - int(today.Weekday()) + 7) % 7
		if ahead == 0 {
			ahead = 7
		}
		return today.Add(ahead), true
	}
	if len(t) < 2 || (t[0] != '+' && t[0] != '-') {
		return 0, false
	}
	count := strings.TrimSpace(t[1:])
	for _, unit := range []string{"jours", "jour", "days", "day", "j", "d"} {
		if n, ok := strings.CutSuffix(count, unit); ok {
			count = strings.TrimSpace(n)
			break
		}
	}
	n, ok := number(count)
	if t[0] == '-' {
		n = -n
	}
	day := today.Add(n)
	return day, ok && day >= ledger.Day(1, 1, 1) && day <= ledger.Day(9999, 12, 31)
}

// accents takes off the accents that the names of days and months carry.
var accents = strings.NewReplacer("é", "e", "è", "e", "û", "u", "É", "e", "È", "e", "Û", "u")

func foldDate(s string) string {
	return strings.TrimSpace(strings.ToLower(accents.Replace(spaces.Replace(s))))
}
