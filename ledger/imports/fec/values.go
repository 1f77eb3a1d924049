package fec

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"quitus/ledger"
)

func digits[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) > 0
}

func equalFold(a, b string) bool { return strings.EqualFold(a, b) }

// trim cuts blanks of any width and invisible characters off both ends.
func trim(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t') {
		b = b[1:]
	}
	for n := len(b); n > 0 && (b[n-1] == ' ' || b[n-1] == '\t'); n = len(b) {
		b = b[:n-1]
	}
	if len(b) > 0 && (b[0] >= utf8.RuneSelf || b[0] < ' ' || b[len(b)-1] >= utf8.RuneSelf || b[len(b)-1] < ' ') {
		return bytes.TrimFunc(b, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
	}
	return b
}

// mostDigits is how many digits an amount may have: more do not fit minor units.
const mostDigits = 15

// parseAmount reads an amount in minor units of a currency with that many decimals. A comma or a dot separates them; leading zeros,
// blanks within, and a sign on either side are fine; further decimals are rounded half up. Nothing is zero.
func parseAmount(b []byte, decimals int) (int64, bool) {
	b = trim(b)
	if len(b) == 0 {
		return 0, true
	}
	neg := false
	switch last := b[len(b)-1]; {
	case b[0] == '-' || b[0] == '+':
		neg, b = b[0] == '-', b[1:]
	case last == '-' || last == '+':
		neg, b = last == '-', b[:len(b)-1]
	}
	point := decimalPoint(b)
	var v int64
	count, after, up, any := 0, 0, false, false
	for i := 0; i < len(b); {
		r := rune(b[i])
		n := 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(b[i:])
		}
		switch {
		case r >= '0' && r <= '9':
			any = true
			switch {
			case point < 0 || i < point || after < decimals:
				if v = v*10 + int64(r-'0'); v > 0 {
					count++
				}
				if point >= 0 && i > point {
					after++
				}
			default:
				if after == decimals {
					up = r >= '5'
				}
				after++
			}
		case i == point, r == ',' || r == '.', r == ' ' || r == '\'' || unicode.IsSpace(r):
		default:
			return 0, false
		}
		if count > mostDigits {
			return 0, false
		}
		i += n
	}
	for ; after < decimals; after++ {
		v *= 10
	}
	if up {
		v++
	}
	if neg {
		v = -v
	}
	return v, any
}

// decimalPoint finds what separates decimals: the last comma or dot, unless the same sign comes more than once; −1 for none.
func decimalPoint(b []byte) int {
	i := bytes.LastIndexAny(b, ",.")
	if i >= 0 && bytes.IndexByte(b[:i], b[i]) >= 0 {
		return -1
	}
	return i
}

// Days that accounting entries may bear.
var (
	earliest = ledger.Day(1950, 1, 1)
	latest   = ledger.Day(2150, 12, 31)
)

// parseDay reads a day, with or without a time: YYYYMMDD as the standard wants it, DDMMYYYY, and both with -, / or dots. Nothing, and
// zeros only, are no day, and fine.
func parseDay(b []byte) (ledger.Date, bool) {
	b = trim(b)
	if len(b) == 0 {
		return 0, true
	}
	var n [3]int
	var width [3]int
	part := 0
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			if width[part]++; width[part] > 8 {
				return 0, false
			}
			n[part] = n[part]*10 + int(c-'0')
		case (c == '-' || c == '/' || c == '.') && part < 2 && width[part] > 0:
			part++
		case (c == ' ' || c == 'T') && i > 0 && clock(b[i+1:]):
			return day(n, width, part)
		default:
			return 0, false
		}
	}
	return day(n, width, part)
}

// clock says whether what follows a day is a time.
func clock(b []byte) bool {
	for _, c := range b {
		if !(c >= '0' && c <= '9') && !strings.ContainsRune(":.,+- ZzAPMapmh", rune(c)) {
			return false
		}
	}
	return true
}

func day(n, width [3]int, part int) (ledger.Date, bool) {
	if n == [3]int{} {
		return 0, true
	}
	y, m, d := n[0], n[1], n[2]
	switch {
	case part == 0 && width[0] == 8:
		y, m, d = n[0]/10000, n[0]/100%100, n[0]%100
		if y < 1950 || m < 1 || m > 12 {
			d, m, y = n[0]/1000000, n[0]/10000%100, n[0]%10000
		}
	case part == 2 && width[0] == 4:
	case part == 2 && width[2] == 4:
		d, y = y, d
	case part == 2 && width[2] == 2 && width[0] <= 2:
		d, y = y, d+2000
	default:
		return 0, false
	}
	day, ok := ledger.MakeDate(y, m, d)
	return day, ok && day >= earliest && day <= latest
}

// sideOf reads the column that says on which side an amount is: 1 debit, −1 credit.
func sideOf(b []byte) int64 {
	switch strings.ToUpper(string(trim(b))) {
	case "D", "DEBIT", "DÉBIT", "+1", "1", "+":
		return 1
	case "C", "CREDIT", "CRÉDIT", "-1", "-":
		return -1
	}
	return 0
}
