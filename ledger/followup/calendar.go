package followup

import (
	"time"

	"quitus/ledger"
)

// Calendar knows on which days something can be done.
type Calendar struct {
	all     bool
	country string
	years   map[int]map[ledger.Date]bool
}

// NewCalendar makes the calendar of a country (FR, BE, LU, CH; elsewhere only week-ends are off). It is for one goroutine.
func NewCalendar(kind ledger.Calendar, country string) *Calendar {
	return &Calendar{all: kind == ledger.AllDays, country: country, years: map[int]map[ledger.Date]bool{}}
}

// Works says whether a day is one to do something on.
func (c *Calendar) Works(d ledger.Date) bool {
	if c.all {
		return true
	}
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	year, _, _ := d.Civil()
	days, known := c.years[year]
	if !known {
		days = Holidays(c.country, year)
		c.years[year] = days
	}
	return !days[d]
}

// Next gives the day itself, or the first working day after it.
func (c *Calendar) Next(d ledger.Date) ledger.Date {
	for !c.Works(d) {
		d++
	}
	return d
}

// Holidays gives a country's public holidays of a year: of France those of article L3133-1 of the Code du travail, of
// Belgium those of the royal decree of 18 April 1974, of Luxembourg those of article L.232-2 of the Code du travail, of
// Switzerland those that most cantons keep (only 1 August is federal law: Cst. art. 110). Of other countries none.
func Holidays(country string, year int) map[ledger.Date]bool {
	easter := Easter(year)
	fixed := map[string][][2]int{
		"FR": {{1, 1}, {5, 1}, {5, 8}, {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}},
		"BE": {{1, 1}, {5, 1}, {7, 21}, {8, 15}, {11, 1}, {11, 11}, {12, 25}},
		"LU": {{1, 1}, {5, 1}, {5, 9}, {6, 23}, {8, 15}, {11, 1}, {12, 25}, {12, 26}},
		"CH": {{1, 1}, {8, 1}, {12, 25}, {12, 26}},
	}
	days, known := fixed[country]
	if !known {
		return nil
	}
	out := map[ledger.Date]bool{easter.Add(1): true, easter.Add(39): true, easter.Add(50): true} // Easter Monday, Ascension, Whit Monday
	for _, d := range days {
		out[ledger.Day(year, d[0], d[1])] = true
	}
	if country == "CH" {
		out[easter.Add(-2)] = true
	}
	return out
}

// Easter gives Easter Sunday of a year of the Gregorian calendar, by the anonymous algorithm of 1876 (Meeus, Astronomical
// Algorithms, chapter 8).
func Easter(year int) ledger.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (b - (b+8)/25 + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return ledger.Day(year, n/31, n%31+1)
}
