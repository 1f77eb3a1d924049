package bank

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quitus/ledger"
)

// cfonbRecord is the characters of one record; what a file left out at the end is missing.
type cfonbRecord []rune

// newCFONBRecord gives the columns of a line. Some banks fill lines up to 120 bytes and have two of them for a letter with
// an accent: there, such a letter takes two columns, the second of which is a zero. Where the amount stands tells.
func newCFONBRecord(line string) cfonbRecord {
	r := cfonbRecord([]rune(line))
	if len(r) == len(line) || r.aligned() {
		return r
	}
	var bytewise cfonbRecord
	for _, c := range line {
		bytewise = append(bytewise, c)
		for range utf8.RuneLen(c) - 1 {
			bytewise = append(bytewise, 0)
		}
	}
	if bytewise.aligned() || r.kind() == "05" && len(bytewise) == cfonbWidth {
		return bytewise
	}
	return r
}

// aligned says whether an amount with its sign ends where it should.
func (r cfonbRecord) aligned() bool {
	s := r.raw(91, 104)
	return s != "" && !onlyDigits(s[len(s)-1:]) && isAmount(s)
}

// at gives the text in columns from … to, counted from 1, without the blanks around it.
func (r cfonbRecord) at(from, to int) string { return strings.TrimSpace(r.raw(from, to)) }

// raw gives the text in columns from … to with its blanks.
func (r cfonbRecord) raw(from, to int) string {
	if from > len(r) {
		return ""
	}
	return strings.ReplaceAll(string(r[from-1:min(to, len(r))]), "\x00", "")
}

func (r cfonbRecord) kind() string { return r.at(1, 2) }

// known says whether this is one of the format's four records: their code and a bank's.
func (r cfonbRecord) known() bool {
	switch r.kind() {
	case "01", "04", "05", "07":
		_, ok := number(r.at(3, 7))
		return ok && len(r.at(3, 7)) == 5
	}
	return false
}

// sound says whether a record has what the format wants in each: bank, account, currency, day, and the amount of all but
// details.
func (r cfonbRecord) sound() bool {
	account, currency := r.at(22, 32), r.at(17, 19)
	day, month, _, ok := digits6(r.at(35, 40))
	return r.known() && account != "" && account == plain(account) && strings.Trim(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" &&
		ok && day >= 1 && day <= 31 && month >= 1 && month <= 12 && (r.kind() == "05" || isAmount(r.at(91, 104)))
}

// digits6 reads three numbers of two digits each.
func digits6(s string) (a, b, c int, ok bool) {
	n, ok := number(s)
	return n / 10000, n / 100 % 100, n % 100, ok && len(s) == 6
}

// cfonbAmount reads an amount with so many decimals: a digit, or blank for those of the currency. More decimals than
// the currency has must be zeros.
func cfonbAmount(s, decimals string, cur ledger.Currency) (int64, bool) {
	v, ok := overpunched(s)
	have, given := number(decimals)
	if !given {
		have = cur.Decimals()
	}
	for ; have < cur.Decimals(); have++ {
		v *= 10
	}
	for ; have > cur.Decimals(); have-- {
		if v%10 != 0 {
			return 0, false
		}
		v /= 10
	}
	return v, ok
}

// overpunch are the last characters of an amount, each a digit with its sign: 0 to 9 in money, then 0 to 9 out. Letters
// also come small, and the braces as the letters that stood in their place in the French variant of ASCII.
const overpunch = "{ABCDEFGHI}JKLMNOPQR"

// overpunched reads the digits of an amount, the last of which tells the sign; a plain digit is positive.
func overpunched(s string) (int64, bool) {
	last, size := utf8.DecodeLastRuneInString(s)
	if size == 0 || len(s) > 16 {
		return 0, false
	}
	switch last {
	case 'é':
		last = '{'
	case 'è':
		last = '}'
	}
	digits, sign := s[:len(s)-size], int64(1)
	if i := strings.IndexRune(overpunch, unicode.ToUpper(last)); i >= 0 {
		last = rune('0' + i%10)
		if i >= 10 {
			sign = -1
		}
	}
	n, ok := number(digits + string(last))
	return sign * int64(n), ok
}

// isAmount says whether a text is an amount as the format writes it.
func isAmount(s string) bool {
	_, ok := overpunched(s)
	return ok
}
