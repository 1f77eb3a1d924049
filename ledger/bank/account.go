package bank

import (
	"fmt"
	"strings"

	"quitus/ledger"
)

// frenchIBAN makes the IBAN of a French account from its bank (5 digits), branch (5 digits) and number (11 digits or
// capitals), computing both keys. It is empty where these are not the parts of a French account number.
func frenchIBAN(bank, branch, number string) string {
	key, ok := ribKey(bank, branch, number)
	if !ok {
		return ""
	}
	return nationalIBAN("FR", fmt.Sprintf("%s%s%s%02d", bank, branch, number, key))
}

// ribKey computes the key of a French account number, 1 to 97. Letters of the number count as the digits that they lie
// over on an old keypunch: A and J as 1, B, K and S as 2, and so on.
func ribKey(bank, branch, number string) (int, bool) {
	if len(bank) != 5 || len(branch) != 5 || len(number) != 11 {
		return 0, false
	}
	var parts [3]int
	for i, s := range []string{bank, branch, number} {
		for _, c := range []byte(s) {
			switch {
			case c >= '0' && c <= '9':
				c -= '0'
			case i < 2: // banks and branches have digits only
				return 0, false
			case c >= 'A' && c <= 'I':
				c -= 'A' - 1
			case c >= 'J' && c <= 'R':
				c -= 'J' - 1
			case c >= 'S' && c <= 'Z':
				c -= 'S' - 2
			default:
				return 0, false
			}
			parts[i] = parts[i]*10 + int(c)
		}
	}
	return 97 - (89*parts[0]+15*parts[1]+3*parts[2])%97, true
}

// accountOf understands an account that a format names by up to three texts: an IBAN, a French number whole (23
// characters), or its parts with or without the key (13 or 11 characters). What is none of these is kept as written.
func accountOf(bank, branch, number string) Account {
	bank, branch, compact := plain(bank), plain(branch), plain(number)
	a := Account{Number: tidy(number)}
	switch {
	case ledger.ValidIBAN(compact):
		return Account{IBAN: compact}
	case len(compact) == 23 && frenchKeyFits(compact[:5], compact[5:10], compact[10:]):
		a.IBAN = nationalIBAN("FR", compact)
	case len(compact) == 13 && frenchKeyFits(bank, branch, compact):
		a.IBAN = nationalIBAN("FR", bank+branch+compact)
	case len(compact) == 11:
		a.IBAN = frenchIBAN(bank, branch, compact)
	}
	return a
}

// frenchKeyFits says whether the last two characters of a number are the key of what comes before.
func frenchKeyFits(bank, branch, withKey string) bool {
	key, ok := ribKey(bank, branch, withKey[:11])
	return ok && withKey[11:] == fmt.Sprintf("%02d", key)
}

// plain keeps the letters and digits of an account number, in capitals.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, strings.ToUpper(s))
}

// Same says whether two statements' accounts may be the same one, though one format names it by its IBAN and the other
// by a national number. An IBAN that was only derived from such a number counts as that number, for its bank and branch
// may not be those of the IBAN. An account without any name is the same as no other.
func (a Account) Same(o Account) bool {
	if a.IBAN != "" && o.IBAN != "" && a.Number == "" && o.Number == "" {
		return a.IBAN == o.IBAN
	}
	return a.key() != "" && a.key() == o.key()
}

// key is the part of an account's name that formats share: of a French account its number without bank, branch and
// keys, of others the national number without leading zeros.
func (a Account) key() string {
	national := plain(a.Number)
	switch {
	case len(a.IBAN) == 27 && (a.IBAN[:2] == "FR" || a.IBAN[:2] == "MC"):
		national = a.IBAN[14:25]
	case len(a.IBAN) > 4:
		national = a.IBAN[4:]
	case len(national) == 23 && frenchKeyFits(national[:5], national[5:10], national[10:]):
		national = national[10:21]
	}
	return strings.TrimLeft(national, "0")
}

// dayOfShortYear makes a day from a year of two digits (0–99), a month and a day of the month: see [Options].Today.
// Where today is not known, it is taken to lie in 2050.
func dayOfShortYear(year, month, day int, today ledger.Date) (ledger.Date, bool) {
	now, _, _ := today.Civil()
	if now == 0 {
		now = 2050
	}
	last := now + 20
	return ledger.MakeDate(last-((last-year)%100+100)%100, month, day)
}

// number reads an unsigned number of digits only, 18 at most.
func number(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != "" && len(s) <= 18
}

// currency is that of amounts where a file names none.
func (o Options) currency() ledger.Currency {
	if o.Currency == "" {
		return ledger.EUR
	}
	return o.Currency
}
