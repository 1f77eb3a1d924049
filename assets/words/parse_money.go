package words

import (
	"strconv"
	"strings"

	"quitus/ledger"
)

// maxTyped bounds what the parsers look at, in bytes.
const maxTyped = 64

// ParseMoney reads an amount as French and English owners type it: "1 234,56", "1234.56", "1.234,56 €",
// "(120,00)", "–5". Nothing is guessed: what can be read two ways, such as "1.234" or "2 1500,00", is
// the error "amount_ambiguous"; what cannot be read, or has more decimals than the currency, is
// "amount_invalid"; another currency's sign is "amount_other_currency".
func (w *Words) ParseMoney(s string, c ledger.Currency) (ledger.Money, error) {
	if len(s) > maxTyped {
		return ledger.Money{}, ledger.Errorf("amount_invalid", "value", strings.ToValidUTF8(s[:maxTyped], "")+"…")
	}
	body, neg, typed := trimAmount(spaces.Replace(s))
	if typed != "" && typed != c {
		return ledger.Money{}, ledger.Errorf("amount_other_currency", "value", s, "currency", string(c))
	}
	whole, frac, code := w.splitAmount(body, c.Decimals())
	if code != "" {
		return ledger.Money{}, ledger.Errorf(code, "value", s)
	}
	digits := whole + frac + strings.Repeat("0", c.Decimals()-len(frac))
	if neg {
		digits = "-" + digits
	}
	minor, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return ledger.Money{}, ledger.Errorf("amount_invalid", "value", s, "cause", err)
	}
	return ledger.Money{Minor: minor, Currency: c}, nil
}

// spaces makes one space, one dash and one apostrophe of the many that keyboards and copies give.
var spaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u2007", " ", "\t", " ",
	"\u2013", "-", "\u2212", "-", "\u2011", "-", "’", "'")

// trimAmount takes signs, brackets and a currency off both ends, each at most once and in any order.
func trimAmount(s string) (body string, neg bool, c ledger.Currency) {
	s = strings.TrimSpace(s)
	if in, ok := strings.CutPrefix(s, "("); ok {
		if in, ok = strings.CutSuffix(in, ")"); ok && !strings.ContainsAny(in, "-+") {
			s, neg = strings.TrimSpace(in), true
		}
	}
	signed := neg
	for range 2 {
		if !signed && len(s) > 1 {
			switch {
			case s[0] == '-' || s[0] == '+':
				neg, signed, s = s[0] == '-', true, strings.TrimSpace(s[1:])
			case s[len(s)-1] == '-':
				neg, signed, s = true, true, strings.TrimSpace(s[:len(s)-1])
			}
		}
		if c == "" {
			s, c = cutCurrency(s)
		}
	}
	return s, neg, c
}

// cutCurrency takes a currency off the start or the end: what stands outside the digits there.
func cutCurrency(s string) (string, ledger.Currency) {
	isFigure := func(r rune) bool { return (r >= '0' && r <= '9') || strings.ContainsRune("-+,", r) }
	first, last := strings.IndexFunc(s, isFigure), strings.LastIndexFunc(s, isFigure)
	if first < 0 {
		return s, ""
	}
	if c, ok := ledger.ParseCurrency(s[last+1:]); ok {
		return strings.TrimSpace(s[:last+1]), c
	}
	if c, ok := ledger.ParseCurrency(s[:first]); ok {
		return strings.TrimSpace(s[first:]), c
	}
	return s, ""
}

// splitAmount separates the whole part from the decimals, or gives the code of the error.
func (w *Words) splitAmount(s string, decimals int) (whole, frac, code string) {
	const invalid, ambiguous = "amount_invalid", "amount_ambiguous"
	if s == "" || strings.Trim(s, "0123456789., '") != "" {
		return "", "", invalid
	}
	point := strings.LastIndexAny(s, ".,")
	if point < 0 {
		whole, ok := joinGroups(s)
		if !ok {
			return "", "", ambiguous
		}
		return whole, "", ""
	}
	before, after := s[:point], s[point+1:]
	if after == "" || strings.Trim(after, "0123456789") != "" {
		// A space after the decimal mark, "12,5 0", or nothing.
		return "", "", invalid
	}
	if strings.IndexByte(before, s[point]) >= 0 {
		// The same mark twice can only part thousands: "1.234.567".
		whole, ok := joinGroups(s)
		if !ok {
			return "", "", invalid
		}
		return whole, "", ""
	}
	grouped := strings.ContainsAny(before, "., '")
	if len(after) == 3 && !grouped && len(before) <= 3 && before != "" && before[0] != '0' {
		switch {
		case decimals == 0:
			return before + after, "", ""
		case decimals != 3 || s[point] != w.decimalMark():
			return "", "", ambiguous
		}
	}
	if len(after) > decimals {
		return "", "", invalid
	}
	if before == "" {
		return "0", after, ""
	}
	whole, ok := joinGroups(before)
	if !ok {
		return "", "", ambiguous
	}
	return whole, after, ""
}

func (w *Words) decimalMark() byte {
	if w.lang == EN {
		return '.'
	}
	return ','
}

// joinGroups takes out the separators of thousands: one and the same throughout, one to three digits
// in front and exactly three after each.
func joinGroups(s string) (string, bool) {
	i := strings.IndexAny(s, "., '")
	if i < 0 {
		return s, s != ""
	}
	groups := strings.Split(s, s[i:i+1])
	for n, g := range groups {
		if strings.Trim(g, "0123456789") != "" || (n == 0 && (len(g) < 1 || len(g) > 3)) || (n > 0 && len(g) != 3) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}
