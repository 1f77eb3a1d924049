package reply

import (
	"regexp"
	"strings"

	"quitus/ledger"
)

var (
	figure   = `[0-9]{1,3}(?:[ .,'\x{00a0}\x{202f}\x{2009}][0-9]{3})+(?:[.,][0-9]{1,2})?|[0-9]{1,9}(?:[.,][0-9]{1,2})?`
	unit     = `€|eur(?:os?)?\b|chf\b|£|gbp\b|\$|usd\b`
	amountIn = regexp.MustCompile(`(?i)(?:^|[^0-9.,])(?:(` + figure + `)[ \x{00a0}\x{202f}]?(` + unit + `)|(€|eur|chf|£|gbp|\$|usd)[ \x{00a0}\x{202f}]?(` + figure + `))`)
)

var currencies = map[string]ledger.Currency{"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "chf": "CHF", "£": "GBP", "gbp": "GBP", "$": "USD", "usd": "USD"}

// amounts finds the amounts that a sentence names with their currency, at most 20.
func (s *sentence) amounts() []ledger.Money {
	var out []ledger.Money
	for _, m := range amountIn.FindAllStringSubmatchIndex(s.text, 20) {
		number, unit := 2, 4
		if m[2] < 0 {
			number, unit = 8, 6
		}
		c := currencies[strings.ToLower(s.text[m[unit]:m[unit+1]])]
		money, err := ledger.ParseDecimal(decimal(s.text[m[number]:m[number+1]]), c)
		if err == nil && money.Positive() {
			out = append(out, money)
		}
	}
	return out
}

// decimal writes a figure with a dot for its decimals and nothing else: what stands before exactly three digits is no decimal mark.
func decimal(s string) string {
	at := strings.LastIndexAny(s, ".,")
	whole, cents := s, ""
	if at >= 0 && len(s)-at-1 != 3 {
		whole, cents = s[:at], "."+s[at+1:]
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, whole) + cents
}
