package grid

import (
	"strings"
	"unicode"
)

// Format is what a cell's number format says about the number in it.
type Format struct {
	Date     bool   // a day is shown, with or without a time
	Time     bool   // only a time of day or a duration is shown
	Text     bool   // the cell is declared to be text
	Digits   int    // a whole number is filled up with zeros to this many digits; 0 if not
	Prefix   string // fixed text before such a number
	Suffix   string // fixed text after such a number
	Currency string // the currency sign or code shown, if any: "€", "CHF"
}

// Builtin gives the format of a built-in number format of spreadsheets, ECMA-376 part 1, §18.8.30.
func Builtin(id int) Format {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return Format{Date: true}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return Format{Time: true}
	case id == 49:
		return Format{Text: true}
	}
	return Format{}
}

// ParseFormat reads a number format code, ECMA-376 part 1, §18.8.31. Codes written with the day and year letters of French, German
// and Dutch spreadsheets, which some exports leave in their files, are understood too.
func ParseFormat(code string) Format {
	var f Format
	f.Currency = formatCurrency(code)
	var letters, digits strings.Builder
	var literal [2]strings.Builder // before and after the first digit
	where := 0
	elapsed, mixed := false, false
	rs := []rune(code)
scan:
	for i := 0; i < len(rs); i++ {
		switch r := rs[i]; r {
		case ';':
			break scan
		case '"':
			for i++; i < len(rs) && rs[i] != '"'; i++ {
				literal[where].WriteRune(rs[i])
			}
		case '\\':
			if i++; i < len(rs) {
				literal[where].WriteRune(rs[i])
			}
		case '_', '*':
			i++
		case '[':
			start := i + 1
			for i < len(rs) && rs[i] != ']' {
				i++
			}
			switch strings.ToLower(string(rs[start:min(i, len(rs))])) {
			case "h", "hh", "m", "mm", "s", "ss":
				elapsed = true
			}
		case '0', '#', '?', '.', ',', '%':
			mixed = mixed || literal[1].Len() > 0
			digits.WriteRune(r)
			where = 1
		default:
			if unicode.IsLetter(r) {
				letters.WriteRune(unicode.ToLower(r))
			} else if r == '@' {
				f.Text = true
			} else if strings.ContainsRune("-/() +:", r) {
				literal[where].WriteRune(r)
			}
		}
	}
	l, d := letters.String(), digits.String()
	switch {
	case f.Text, strings.Contains(l, "general"), strings.Contains(l, "standard"):
	case elapsed:
		f.Time = true
	case strings.Trim(d, "0.") == "" && strings.ContainsAny(l, "dy") || strings.Trim(d, ".") == "" && strings.Contains(l, "m") && strings.ContainsAny(l, "jat"):
		f.Date = true
	case strings.ContainsAny(l, "hs"):
		f.Time = true
	case strings.Contains(l, "m") && d == "":
		f.Date = true
	case l == "" && d != "" && !mixed && strings.Trim(d, "0") == "" && (len(d) > 1 || strings.TrimSpace(literal[0].String()) != ""):
		f.Digits, f.Prefix, f.Suffix = len(d), literal[0].String(), literal[1].String()
	}
	return f
}

// formatCurrency finds the currency that a format code shows: [$CHF-100C], "€", a bare sign.
func formatCurrency(code string) string {
	if _, rest, ok := strings.Cut(code, "[$"); ok {
		sign, _, _ := strings.Cut(rest, "]")
		if sign, _, _ = strings.Cut(sign, "-"); strings.TrimSpace(sign) != "" {
			return strings.TrimSpace(sign)
		}
	}
	for _, sign := range []string{"€", "£", "EUR", "CHF", "USD", "GBP"} {
		if strings.Contains(code, sign) {
			return sign
		}
	}
	if strings.Contains(strings.ReplaceAll(code, "[$", ""), "$") {
		return "$"
	}
	return ""
}
