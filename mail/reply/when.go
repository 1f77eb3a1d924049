package reply

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"quitus/assets/replies"
	"quitus/ledger"
)

// day is a date that stands in a text.
type day struct {
	date ledger.Date
	// vague: the text says less than a day ("next week"); the date is the last working day that it may mean.
	vague bool
	// noYear: its year is a guess.
	noYear bool
}

// calendar holds the words of dates of one language.
type calendar struct {
	months, weekdays, numbers map[string]int
	lists                     map[string][][]string // section -> phrases of words
	days                      map[int][][]string    // days from today -> phrases
	spans                     map[string]int
}

var calendars = sync.OnceValue(func() map[string]*calendar {
	out := map[string]*calendar{}
	for _, lang := range replies.Langs {
		out[lang] = readCalendar(sections("dates." + lang))
	}
	return out
})

func readCalendar(s map[string][]string) *calendar {
	c := &calendar{months: map[string]int{}, weekdays: map[string]int{}, numbers: map[string]int{}, lists: map[string][][]string{},
		days: map[int][][]string{}, spans: map[string]int{}}
	for to, names := range map[string]map[string]int{"months": c.months, "weekdays": c.weekdays} {
		for i, l := range s[to] {
			for n := range strings.FieldsSeq(l) {
				names[n] = i + 1
			}
		}
	}
	for _, l := range s["numbers"] {
		for i, n := range strings.Fields(l) {
			c.numbers[n] = i
		}
	}
	for name, lines := range s {
		var phrases [][]string
		for _, l := range lines {
			phrases = append(phrases, strings.Fields(l))
		}
		if n, ok := strings.CutPrefix(name, "day "); ok {
			days, _ := strconv.Atoi(n)
			c.days[days] = phrases
			continue
		}
		if n, ok := strings.CutPrefix(name, "span "); ok {
			for _, p := range phrases {
				c.spans[p[0]], _ = strconv.Atoi(n)
			}
			continue
		}
		c.lists[name] = phrases
	}
	return c
}

// monthOf gives the number of a month's name in any language; 0 where it is none.
func monthOf(name string) int {
	for _, c := range calendars() {
		if m := c.months[name]; m > 0 {
			return m
		}
	}
	return 0
}

// reading is the search for dates in one sentence.
type reading struct {
	*calendar
	words []word
	today ledger.Date
	text  string // of the sentence, from byte at of the whole
	at    int
}

// findDates marks the dates of a sentence at the words where they begin.
func findDates(s *sentence, c *calendar, today ledger.Date) {
	r := &reading{c, s.words, today, s.text, s.from}
	r.numeric()
	for i := 0; i < len(r.words); i++ {
		if r.words[i].date == nil {
			if d, n := r.read(i); n > 0 {
				r.words[i].date, r.words[i].dateLen = &d, n
			}
		}
		if r.words[i].date != nil {
			i += r.words[i].dateLen - 1
		}
	}
}

var (
	numericDate = regexp.MustCompile(`(?:^|[^0-9/.,-])([0-9]{1,2})([/.-])([0-9]{1,2})(?:([/.-])([0-9]{4}|[0-9]{2})?)?(?:$|[^0-9/-])`)
	isoDate     = regexp.MustCompile(`(?:^|[^0-9-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?:$|[^0-9-])`)
)

// numeric marks dates written in digits: "30/11", "30.11.2026", "15.12.", "2026-11-30". A full stop or dash alone between two numbers is none.
func (r *reading) numeric() {
	for at := 0; at < len(r.text); {
		m := numericDate.FindStringSubmatchIndex(r.text[at:])
		if m == nil {
			break
		}
		get := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return r.text[at+m[2*n] : at+m[2*n+1]]
		}
		d, _ := strconv.Atoi(get(1))
		month, _ := strconv.Atoi(get(3))
		y, _ := strconv.Atoi(get(5))
		if month > 12 && d <= 12 {
			d, month = month, d
		}
		if get(2) == "/" && get(4) != "." || get(5) != "" && get(4) == get(2) || get(2) == "." && get(4) == "." || get(2) == "/" && get(5) == "" {
			if date, ok := r.dated(y, month, d); ok {
				r.mark(r.at+at+m[2], r.at+at+m[1], day{date: date, noYear: y == 0})
			}
		}
		at += m[3]
	}
	for _, m := range isoDate.FindAllStringSubmatchIndex(r.text, 20) {
		y, _ := strconv.Atoi(r.text[m[2]:m[3]])
		month, _ := strconv.Atoi(r.text[m[4]:m[5]])
		d, _ := strconv.Atoi(r.text[m[6]:m[7]])
		if date, ok := r.dated(y, month, d); ok {
			r.mark(r.at+m[2], r.at+m[7], day{date: date})
		}
	}
}

// mark notes a date at the words of a stretch of the text.
func (r *reading) mark(from, to int, d day) {
	firstWord := -1
	for i := range r.words {
		if w := &r.words[i]; w.from >= from && w.to <= to {
			if firstWord < 0 {
				firstWord = i
				w.date = &d
			}
			r.words[firstWord].dateLen = i - firstWord + 1
		}
	}
}

// dated makes a date of year, month and day. Without year (0) it is the nearest to come, or the last one where that was within two months:
// which of them is meant, what is said of it tells.
func (r *reading) dated(y, month, d int) (ledger.Date, bool) {
	if y >= 1 && y < 100 {
		y += 2000
	}
	if y > 0 {
		return ledger.MakeDate(y, month, d)
	}
	year, _, _ := r.today.Civil()
	for _, y := range []int{year, year + 1, year - 1} {
		if date, ok := ledger.MakeDate(y, month, d); ok && date >= r.today-183 && date <= r.today+183 {
			return date, true
		}
	}
	return 0, false
}

// phrase gives how many words from i on are one of a list's phrases, the longest; 0 for none.
func (r *reading) phrase(i int, list [][]string) int {
	best := 0
	for _, p := range list {
		if len(p) <= best || i+len(p) > len(r.words) {
			continue
		}
		same := true
		for j, w := range p {
			same = same && r.words[i+j].folded == w
		}
		if same {
			best = len(p)
		}
	}
	return best
}

func (r *reading) is(i int, list string) int { return r.phrase(i, r.lists[list]) }

// skip passes over words that only join those of a date, at most three.
func (r *reading) skip(i int) int {
	for n := 0; n < 3 && i < len(r.words) && r.is(i, "filler") > 0; n++ {
		i++
	}
	return i
}

func (r *reading) word(i int) string {
	if i < len(r.words) {
		return r.words[i].folded
	}
	return ""
}

// read reads a date at a word, and gives how many words it has; 0 for none.
func (r *reading) read(i int) (day, int) {
	for _, read := range []func(int) (day, int){r.dayAndMonth, r.partOfMonth, r.weekday, r.week, r.fromToday, r.inDays, r.dayAlone} {
		if d, n := read(i); n > 0 {
			return d, n
		}
	}
	return day{}, 0
}
