package grid

import (
	"bytes"
	"strconv"

	"quitus/ledger"
)

// Serial turns a spreadsheet's count of days into a day; the time of day is dropped. In the 1900 system
// day 60 is the 29th of February 1900, which never was, so days before March 1900 are one less.
// It says false for days before 1900 or after 9999.
func Serial(days int64, date1904 bool) (ledger.Date, bool) {
	var d ledger.Date
	switch {
	case days < 0 || days > 2958465:
		return 0, false
	case date1904:
		d = ledger.Day(1904, 1, 1).Add(int(days))
	case days == 0 || days == 60:
		return 0, false
	case days < 60:
		d = ledger.Day(1899, 12, 31).Add(int(days))
	default:
		d = ledger.Day(1899, 12, 30).Add(int(days))
	}
	return d, d <= ledger.Day(9999, 12, 31)
}

// Whole gives the whole part of a number as a cell holds it ("46037", "46037.5", "4.6037E4").
func Whole(text []byte) (int64, bool) {
	whole, _, _ := bytes.Cut(text, []byte("."))
	if bytes.IndexByte(text, 'E') < 0 && bytes.IndexByte(text, 'e') < 0 && len(whole) < 18 {
		if v, ok := digits(whole); ok {
			return v, true
		}
	}
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil || f > 1e15 || f < -1e15 {
		return 0, false
	}
	return int64(f), true
}

func digits(b []byte) (int64, bool) {
	if len(b) == 0 {
		return 0, false
	}
	var v int64
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int64(c-'0')
	}
	return v, true
}
