package reply

import (
	"strconv"
	"strings"
	"time"

	"quitus/ledger"
)

// dayNumber reads "15", "15th", "1er".
func (r *reading) dayNumber(i int) int {
	if r.is(i, "first") > 0 {
		return 1
	}
	w := r.word(i)
	digits := strings.TrimRight(w, "abcdefghijklmnopqrstuvwxyz")
	if digits != w && !ordinal(w) {
		return 0
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > 31 {
		return 0
	}
	return n
}

// dayAndMonth reads "15 décembre 2026", "December 15th", "the 15th of December".
func (r *reading) dayAndMonth(i int) (day, int) {
	d, at := r.dayNumber(i), i+1
	month := 0
	if d > 0 {
		at = r.skip(at)
		month = r.months[r.word(at)]
		at++
	} else if month = r.months[r.word(i)]; month > 0 {
		at = r.skip(at)
		d = r.dayNumber(at)
		at++
	}
	if d == 0 || month == 0 {
		return day{}, 0
	}
	y, _ := strconv.Atoi(r.word(at))
	if y < 2000 || y > 2100 {
		y = 0
	} else {
		at++
	}
	date, ok := r.dated(y, month, d)
	if !ok {
		return day{}, 0
	}
	return day{date: date, noYear: y == 0}, at - i
}

// partOfMonth reads "fin du mois", "fin novembre", "mi-décembre", "end of next month", and "monatsende".
func (r *reading) partOfMonth(i int) (day, int) {
	list := ""
	n := 0
	for _, l := range []string{"end", "middle", "start", "some time"} {
		if k := r.is(i, l); k > n {
			list, n = l, k
		}
	}
	if n == 0 {
		return day{}, 0
	}
	at := r.skip(i + n)
	end, n := r.month(at)
	if n == 0 {
		if r.is(i, "end") > 0 { // "Monatsende", "end of the week"
			if w := r.word(i); strings.HasPrefix(w, "monat") || r.phrase(i, r.lists["end"]) == 2 {
				return day{date: r.today.MonthEnd()}, r.is(i, "end")
			} else if strings.HasPrefix(w, "wochen") {
				return day{date: r.friday(0), vague: true}, 1
			}
		}
		if d, n := r.week(at); n > 0 {
			return d, at + n - i
		}
		if d, n := r.bareWeek(at); n > 0 {
			return d, at + n - i
		}
		return day{}, 0
	}
	y, m, _ := end.Civil()
	date := end
	switch list {
	case "middle":
		date = ledger.Day(y, m, 15)
	case "start":
		date = ledger.Day(y, m, 5)
	}
	return day{date: date, vague: list != "end"}, at + n - i
}

// month reads "novembre", "mois de novembre", "mois prochain", "next month", "mois"; the date is its last day.
func (r *reading) month(i int) (ledger.Date, int) {
	at, next := i, false
	if n := r.is(at, "next"); n > 0 {
		at, next = at+n, true
	} else if n := r.is(at, "this"); n > 0 {
		at = r.skip(at + n)
	}
	if n := r.is(at, "month"); n > 0 {
		at += n
		if n := r.is(at, "next"); n > 0 {
			at, next = at+n, true
		}
		if m := r.months[r.word(r.skip(at))]; m > 0 {
			at = r.skip(at)
			end, _ := r.monthEnd(m)
			return end, at + 1 - i
		}
		if next {
			return r.today.MonthStart().AddMonths(1).MonthEnd(), at - i
		}
		return r.today.MonthEnd(), at - i
	}
	if m := r.months[r.word(at)]; m > 0 {
		end, _ := r.monthEnd(m)
		return end, at + 1 - i
	}
	return 0, 0
}

func (r *reading) monthEnd(m int) (ledger.Date, bool) {
	y, now, _ := r.today.Civil()
	if m < now-2 {
		y++
	}
	d, ok := ledger.MakeDate(y, m, 1)
	return d.MonthEnd(), ok
}

// weekday reads "vendredi", "vendredi prochain", "next Friday", "vendredi en huit", "vendredi de la semaine prochaine".
func (r *reading) weekday(i int) (day, int) {
	at, last, next := i, false, false
	if n := r.is(at, "next"); n > 0 {
		at, next = at+n, true
	} else if n := r.is(at, "last"); n > 0 {
		at, last = at+n, true
	} else if n := r.is(at, "this"); n > 0 {
		at += n
	}
	wd := r.weekdays[r.word(at)]
	if wd == 0 {
		return day{}, 0
	}
	at++
	if d, n := r.dayAndMonth(r.skipOn(at)); n > 0 { // "vendredi 27 novembre"
		return d, r.skipOn(at) + n - i
	}
	if k := r.skipOn(at); k < len(r.words) && r.words[k].date != nil {
		return *r.words[k].date, k + r.words[k].dateLen - i
	}
	if d := r.dayNumber(at); d > 0 { // "vendredi 27"
		if date := r.nextDay(d); weekdayOf(date) == wd {
			return day{date: date}, at + 1 - i
		}
	}
	ahead := (wd-weekdayOf(r.today)+6)%7 + 1
	date := r.today.Add(ahead)
	if _, n := r.week(r.skip(at)); n > 0 {
		monday := r.today.Add(1 - weekdayOf(r.today))
		return day{date: monday.Add(7 + wd - 1)}, r.skip(at) + n - i
	}
	if n := r.is(at, "next"); n > 0 {
		at, next = at+n, true
	} else if n := r.is(at, "last"); n > 0 {
		at, last = at+n, true
	} else if n := r.is(at, "after that"); n > 0 {
		at, date = at+n, date.Add(7)
	}
	if last {
		date = r.today.Add(ahead - 7)
		if ahead == 7 {
			date = r.today.Add(-7)
		}
	}
	if next && ahead <= 3 { // said on a Thursday, "next Friday" may mean the one after
		return day{date: date.Add(7), vague: true}, at - i
	}
	return day{date: date}, at - i
}

func (r *reading) skipOn(i int) int {
	if n := r.is(i, "on"); n > 0 {
		return i + n
	}
	return i
}

// weekdayOf gives 1 for Monday to 7 for Sunday.
func weekdayOf(d ledger.Date) int {
	if wd := d.Weekday(); wd != time.Sunday {
		return int(wd)
	}
	return 7
}

// friday is the Friday of a week, counted from this one; today where this week's is over.
func (r *reading) friday(weeks int) ledger.Date {
	return max(r.today, r.today.Add(5-weekdayOf(r.today)+7*weeks))
}

// week reads "la semaine prochaine", "next week", "cette semaine".
func (r *reading) week(i int) (day, int) {
	if n := r.is(i, "next"); n > 0 && r.is(i+n, "week") > 0 {
		return day{date: r.friday(1), vague: true}, n + r.is(i+n, "week")
	}
	if n := r.is(i, "next"); n > 0 && r.is(i+n, "month") > 0 {
		end, k := r.month(i)
		return day{date: end, vague: true}, k
	}
	if n := r.is(i, "this"); n > 0 && r.is(i+n, "week") > 0 {
		return day{date: r.friday(0), vague: true}, n + r.is(i+n, "week")
	}
	if n := r.is(i, "week"); n > 0 && r.is(i+n, "next") > 0 {
		return day{date: r.friday(1), vague: true}, n + r.is(i+n, "next")
	}
	if n := r.is(i, "month"); n > 0 && r.is(i+n, "next") > 0 {
		end, k := r.month(i)
		return day{date: end, vague: true}, k
	}
	return day{}, 0
}

// bareWeek reads "(fin de) semaine".
func (r *reading) bareWeek(i int) (day, int) {
	if n := r.is(i, "week"); n > 0 {
		return day{date: r.friday(0), vague: true}, n
	}
	return day{}, 0
}

// fromToday reads "demain", "ce jour", "gestern".
func (r *reading) fromToday(i int) (day, int) {
	var out day
	best := 0
	for n, phrases := range r.days {
		if k := r.phrase(i, phrases); k > best {
			out, best = day{date: r.today.Add(n)}, k
		}
	}
	return out, best
}

// inDays reads "sous 8 jours", "dans deux semaines", "within 48 hours", "sous huitaine".
func (r *reading) inDays(i int) (day, int) {
	n := r.is(i, "in")
	if n == 0 {
		return day{}, 0
	}
	at := r.skip(i + n)
	if k := r.is(at, "on"); k > 0 && r.is(i, "on") == 0 {
		at += k
	}
	if days := r.spans[r.word(at)]; days > 0 {
		return day{date: r.today.Add(days)}, at + 1 - i
	}
	count, err := strconv.Atoi(r.word(at))
	if err != nil {
		var ok bool
		if count, ok = r.numbers[r.word(at)]; !ok {
			return day{}, 0
		}
	}
	if count < 1 || count > 120 {
		return day{}, 0
	}
	for _, u := range []struct {
		list  string
		hours int
	}{{"days", 24}, {"hours", 1}, {"weeks", 7 * 24}} {
		if k := r.is(at+1, u.list); k > 0 && count*u.hours <= 183*24 {
			return day{date: r.today.Add((count*u.hours + 23) / 24)}, at + 1 + k - i
		}
	}
	return day{}, 0
}

// dayAlone reads "le 15", "by the 15th", "zum 15.": the next such day.
func (r *reading) dayAlone(i int) (day, int) {
	n := r.is(i, "on")
	if n == 0 {
		return day{}, 0
	}
	if d, k := r.dayAndMonth(i + n); k > 0 {
		return d, n + k
	}
	d := r.dayNumber(i + n)
	after := r.word(i + n + 1)
	if d == 0 || after == "€" || strings.HasPrefix(after, "eur") || after != "" && digitsOnly(after) || r.is(i+n+1, "days") > 0 || r.is(i+n+1, "weeks") > 0 || r.is(i+n+1, "no day before") > 0 {
		return day{}, 0
	}
	if k, w := i+n, r.words[i+n]; strings.HasPrefix(strings.TrimLeft(r.text[w.to-r.at:], " \u00a0\u202f"), "%") || r.words[k].date != nil {
		return day{}, 0
	}
	return day{date: r.nextDay(d)}, n + 1
}

// nextDay gives the next day of a month that has this number.
func (r *reading) nextDay(d int) ledger.Date {
	y, m, now := r.today.Civil()
	for range 3 {
		if date, ok := ledger.MakeDate(y, m, d); ok && (d >= now || date > r.today) {
			return date
		}
		if m++; m > 12 {
			y, m = y+1, 1
		}
	}
	return r.today
}
