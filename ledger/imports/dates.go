package imports

import (
	"strconv"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// dateOrder says what comes first in a date of three numbers.
type dateOrder uint8

const (
	dayFirst dateOrder = iota
	monthFirst
)

var months = func() map[string]int {
	m := map[string]int{}
	for i, names := range []string{
		"janvier janv jan january januari januar janner jaenner", "fevrier fevr fev february feb februari februar",
		"mars mar march maart maerz marz mrt", "avril avr april apr", "mai may mei", "juin jun june juni",
		"juillet juil jul july juli", "aout aou aug august augustus", "septembre sept sep september",
		"octobre oct october oktober okt", "novembre nov november", "decembre dec december dezember dez",
	} {
		for _, n := range strings.Fields(names) {
			m[n] = i + 1
		}
	}
	return m
}()

var weekdays = func() map[string]bool {
	m := map[string]bool{}
	for _, d := range strings.Fields("lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim monday mon tuesday tue wednesday wed thursday thu friday fri saturday sat sunday sun " +
		"montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sa sonntag so maandag dinsdag woensdag donderdag vrijdag zaterdag zondag") {
		m[d] = true
	}
	return m
}()

// datePart is one number of a written date, or a month's name.
type datePart struct {
	value, digits int
	month         bool
}

// writtenDate is a date as text, cut into its parts.
type writtenDate struct {
	parts [3]datePart
	n     int
}

// cutDate cuts a text into the three parts of a date; a time of day behind it is passed over. It says false
// if the text has another form.
func cutDate(s string) (w writtenDate, ok bool) {
	if len(s) > 60 {
		return w, false
	}
	s = fold(s)
	for i := 0; i < len(s); {
		j := i
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				j++
			}
			if w.n < 3 {
				if j-i > 4 && (w.n > 0 || j < len(s)) {
					return w, false
				}
				v, _ := strconv.Atoi(s[i:j])
				w.parts[w.n] = datePart{value: v, digits: j - i}
				w.n++
			} else if j-i > 9 {
				return w, false
			}
		case c >= 'a' && c <= 'z':
			for j < len(s) && s[j] >= 'a' && s[j] <= 'z' {
				j++
			}
			word := s[i:j]
			month, isMonth := months[word]
			switch {
			case w.n >= 3 && (word == "t" || word == "z" || word == "h" || word == "am" || word == "pm" || word == "a" || word == "utc"):
			case w.n >= 3:
				return w, false
			case isMonth && !(w.n == 0 && weekdays[word] && hasMonthAfter(s[j:])):
				w.parts[w.n] = datePart{value: month, month: true}
				w.n++
			case word == "er" || word == "st" || word == "nd" || word == "rd" || word == "th" || word == "le" || word == "de" || word == "of" || w.n == 0 && weekdays[word]:
			default:
				return w, false
			}
		case strings.IndexByte("/-. ,", c) >= 0, w.n >= 3 && strings.IndexByte(":+", c) >= 0:
			j++
		default:
			return w, false
		}
		i = j
	}
	return w, w.n == 3
}

func hasMonthAfter(s string) bool {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if months[word] > 0 {
			return true
		}
	}
	return false
}

// numeric says whether the date is three numbers of which the year is the last, so that its order matters.
func (w writtenDate) numeric() bool {
	return !w.parts[0].month && !w.parts[1].month && !w.parts[2].month && w.parts[0].digits <= 2
}

// date puts the parts together. Years of two digits are of this century up to 79. The day is zero if there is no such
// day; year and month are then what was meant, if that is clear.
func (w writtenDate) date(order dateOrder) (d ledger.Date, year, month int) {
	a, b, c := w.parts[0], w.parts[1], w.parts[2]
	var day int
	var y datePart
	switch {
	case b.month:
		if a.digits == 4 {
			y, day = a, c.value
		} else {
			y, day = c, a.value
		}
		month = b.value
	case a.month:
		month, day, y = a.value, b.value, c
	case c.month:
		return 0, 0, 0
	case a.digits == 4:
		y, month, day = a, b.value, c.value
	case order == monthFirst:
		month, day, y = a.value, b.value, c
	default:
		day, month, y = a.value, b.value, c
	}
	switch {
	case y.month || y.digits == 1 || y.digits == 3 || day > 31:
		return 0, 0, 0
	case y.digits == 4:
		year = y.value
	case y.value < 80:
		year = 2000 + y.value
	default:
		year = 1900 + y.value
	}
	if month < 1 || month > 12 {
		return 0, 0, 0
	}
	d, _ = ledger.MakeDate(year, month, day)
	return d, year, month
}

// orderVotes decides for the date columns of a whole sheet whether the day or the month comes first: a number above 12
// tells. Dates with years of two and of four digits vote apart, since a sheet may hold both in different orders; where
// those of one kind do not tell, the others do, and where nothing does, the French habit holds.
type orderVotes [2]struct{ day, month int }

// orders are the orders by the digits of the year: of four, of two.
type orders [2]dateOrder

func (w writtenDate) yearStyle() int {
	if w.parts[2].digits == 2 {
		return 1
	}
	return 0
}

func (v *orderVotes) add(text string) {
	if w, ok := cutDate(text); ok && w.numeric() {
		switch votes := &v[w.yearStyle()]; {
		case w.parts[0].value > 12 && w.parts[1].value <= 12:
			votes.day++
		case w.parts[1].value > 12 && w.parts[0].value <= 12:
			votes.month++
		}
	}
}

func (v orderVotes) order() (o orders) {
	for i := range v {
		votes := v[i]
		if votes.day+votes.month == 0 {
			votes = v[1-i]
		}
		if votes.month > votes.day {
			o[i] = monthFirst
		}
	}
	return o
}

// noDate lists how people and programs write that there is no date.
func noDate(s string) bool {
	switch strings.Trim(s, " -./") {
	case "", "0", "00 00 0000", "n/a", "N/A", "na", "NA", "néant", "?", "null", "NULL", "None", "nc", "NC", "sans":
		return true
	}
	return strings.Trim(s, "0/-. :T") == ""
}

// dayProblem says why a cell holds no day.
type dayProblem struct {
	code  string
	args  map[string]any
	empty bool
}

// days reads days from the cells of one table.
type days struct {
	order    orders
	date1904 bool
	today    ledger.Date
}

// readDay reads a day from a cell. A nil problem with a zero date does not happen.
func (r *reading) readDay(v value) (ledger.Date, *dayProblem) {
	known := v.kind == grid.Text && !v.typed
	if d, ok := r.days[string(v.text)]; ok && known {
		return d, nil
	}
	d, p := days{r.order, r.s.grid.Date1904, r.today}.read(v)
	if p == nil && known && len(r.days) < mostKnown {
		r.days[string(v.text)] = d
	}
	return d, p
}

func (t days) read(v value) (ledger.Date, *dayProblem) {
	d, p := t.plain(v)
	if p == nil && (d < ledger.Day(1980, 1, 1) || t.today != 0 && d > t.today.Add(20*366)) {
		return 0, &dayProblem{code: "date_unlikely", args: map[string]any{"date": d}}
	}
	return d, p
}

func (t days) plain(v value) (ledger.Date, *dayProblem) {
	invalid := &dayProblem{code: "date_invalid"}
	switch v.kind {
	case grid.Empty:
		return 0, &dayProblem{empty: true}
	case grid.Number:
		n, ok := grid.Whole(v.text)
		if !ok {
			return 0, invalid
		}
		return t.number(n, v.format.Date)
	case grid.ISODate, grid.Text:
	default:
		return 0, invalid
	}
	s := trim(v.text)
	if noDate(s) {
		return 0, &dayProblem{empty: true}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return t.number(n, false)
	}
	w, ok := cutDate(s)
	if !ok {
		return 0, invalid
	}
	order := t.order[w.yearStyle()]
	if v.typed {
		order = dayFirst
	}
	d, year, month := w.date(order)
	if d == 0 {
		if year > 0 {
			return 0, &dayProblem{code: "date_not_existing", args: map[string]any{"month": month, "year": year, "days": ledger.DaysIn(year, month)}}
		}
		return 0, invalid
	}
	return d, nil
}

// number reads a whole number: a spreadsheet's count of days, or YYYYMMDD or DDMMYYYY in one.
func (t days) number(n int64, dated bool) (ledger.Date, *dayProblem) {
	if n == 0 {
		return 0, &dayProblem{empty: true}
	}
	if dated || n >= 20_000 && n < 100_000 {
		if d, ok := grid.Serial(n, t.date1904); ok {
			return d, nil
		}
	}
	if n >= 1_01_1980 && n <= 31_12_2999 {
		if d, ok := ledger.MakeDate(int(n/10_000), int(n/100%100), int(n%100)); ok && n/10_000 >= 1980 && n/10_000 < 2200 {
			return d, nil
		}
		if d, ok := ledger.MakeDate(int(n%10_000), int(n/10_000%100), int(n/1_000_000)); ok {
			return d, nil
		}
	}
	return 0, &dayProblem{code: "date_invalid"}
}
