package ledger

import (
	"fmt"
	"time"
)

// Date is a civil day, from 0001-01-01 to 9999-12-31, without time or time zone. The zero Date is
// "no date". Dates compare with < and >; subtracting two gives days.
type Date int32

// Weekday and month names come from package time; a Date itself is never a time.Time.

// MakeDate gives the day of a year, month (1–12) and day (1–31), or the zero Date and false when there
// is no such day.
func MakeDate(year, month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > DaysIn(year, month) {
		return 0, false
	}
	return civil(year, month, day), true
}

// Day is MakeDate for days known to exist; it panics otherwise.
func Day(year, month, day int) Date {
	d, ok := MakeDate(year, month, day)
	if !ok {
		panic(fmt.Sprintf("ledger: there is no day %d-%d-%d", year, month, day))
	}
	return d
}

// DateOf is the civil day that the clock t shows in its own time zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return civil(y, int(m), d)
}

// ParseDate reads YYYY-MM-DD. The error's code is "date_invalid".
func ParseDate(s string) (Date, error) {
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		y, ok1 := digits(s[:4])
		m, ok2 := digits(s[5:7])
		d, ok3 := digits(s[8:])
		if ok1 && ok2 && ok3 {
			if day, ok := MakeDate(y, m, d); ok {
				return day, nil
			}
		}
	}
	return 0, Errorf("date_invalid", "value", s)
}

func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// civil counts days in the proleptic Gregorian calendar: 0001-01-01 is 1. Years start in March so
// that the leap day comes last.
func civil(y, m, d int) Date {
	if m <= 2 {
		y, m = y-1, m+12
	}
	return Date(365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 307 + 1)
}

// Civil gives the year, month (1–12) and day (1–31); zeros for the zero Date.
func (d Date) Civil() (year, month, day int) {
	if d == 0 {
		return 0, 0, 0
	}
	t := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(d)-1)
	y, m, dd := t.Date()
	return y, int(m), dd
}

// IsZero says whether there is no date.
func (d Date) IsZero() bool { return d == 0 }

// Add gives the day n days later; n may be negative.
func (d Date) Add(n int) Date { return d + Date(n) }

// AddMonths gives the same day n months later, or the last day of that month when it is shorter.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.Civil()
	m += n - 1
	y += m / 12
	if m %= 12; m < 0 {
		y, m = y-1, m+12
	}
	m++
	return civil(y, m, min(day, DaysIn(y, m)))
}

// MonthEnd gives the last day of the date's month.
func (d Date) MonthEnd() Date {
	y, m, _ := d.Civil()
	return civil(y, m, DaysIn(y, m))
}

// MonthStart gives the first day of the date's month.
func (d Date) MonthStart() Date {
	y, m, _ := d.Civil()
	return civil(y, m, 1)
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday(int(d) % 7) }

// String writes YYYY-MM-DD, and nothing for the zero Date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Civil()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD, or no date from an empty text.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// DaysIn is the number of days of a month (1–12).
func DaysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
