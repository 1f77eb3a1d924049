package words

import (
	"fmt"
	"strconv"

	"quitus/ledger"
)

// unknown stands for what is not known, a missing date for instance.
const unknown = "–"

// Date writes a day for tables: "21/11/2026", in German "21.11.2026", and "–" for no date.
func (w *Words) Date(d ledger.Date) string {
	if d.IsZero() {
		return unknown
	}
	if w.lang.Base() == DE {
		y, m, day := d.Civil()
		return fmt.Sprintf("%02d.%02d.%04d", day, m, y)
	}
	return numeric(d)
}

// DateShort writes a day near today, without its year: "20 nov.", "1er déc.", "20 Nov".
func (w *Words) DateShort(d ledger.Date) string {
	if d.IsZero() {
		return unknown
	}
	_, m, day := d.Civil()
	return w.dayOfMonth(day) + nbsp + w.short[m]
}

// DateLong writes a day for letters: "jeudi 26 novembre 2026", "Thursday 26 November 2026", "Donnerstag, 26. November 2026".
// The weekday is the first word.
func (w *Words) DateLong(d ledger.Date) string {
	if d.IsZero() {
		return unknown
	}
	y, m, day := d.Civil()
	weekday := w.weekdays[d.Weekday()]
	if w.lang.Base() == DE {
		weekday += ","
	}
	return fmt.Sprintf("%s %s %s %04d", weekday, w.dayOfMonth(day), w.months[m], y)
}

// DateField writes a day for a field to type in: "jeu. 26/11/2026", and nothing for no date.
func (w *Words) DateField(d ledger.Date) string {
	if d.IsZero() {
		return ""
	}
	return w.days[d.Weekday()] + " " + numeric(d)
}

// Month writes the month of a day: "novembre 2026".
func (w *Words) Month(d ledger.Date) string {
	if d.IsZero() {
		return unknown
	}
	y, m, _ := d.Civil()
	return fmt.Sprintf("%s %04d", w.months[m], y)
}

// MonthName names a date's month, without the year.
func (w *Words) MonthName(d ledger.Date) string {
	_, m, _ := d.Civil()
	return w.months[m]
}

// MonthShort names a date's month in short, without the year: "nov.", "Nov".
func (w *Words) MonthShort(d ledger.Date) string {
	_, m, _ := d.Civil()
	return w.short[m]
}

func numeric(d ledger.Date) string {
	y, m, day := d.Civil()
	return fmt.Sprintf("%02d/%02d/%04d", day, m, y)
}

func (w *Words) dayOfMonth(day int) string {
	switch {
	case day == 1 && w.lang == FR:
		return "1er"
	case w.lang.Base() == DE:
		return strconv.Itoa(day) + "."
	}
	return strconv.Itoa(day)
}
