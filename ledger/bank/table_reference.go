package bank

import "strings"

// creditorReference reads a text that is as a whole a structured reference of a creditor with its check digits: RF and up to 21
// characters (ISO 11649), 12 digits of a Belgian communication, 27 of a Swiss QR-bill. It gives it without blanks and signs.
func creditorReference(text string) (string, bool) {
	s := strings.ToUpper(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \u00a0+*/", r) {
			return -1
		}
		return r
	}, text))
	switch {
	case len(s) >= 5 && len(s) <= 25 && strings.HasPrefix(s, "RF"):
		return s, remainder97(s[4:]+s[:4]) == 1
	case !isNumber(s):
	case len(s) == 12:
		check := remainder97(s[:10])
		if check == 0 {
			check = 97
		}
		return s, int(s[10]-'0')*10+int(s[11]-'0') == check
	case len(s) == 27:
		carry := 0
		for i := range 26 {
			carry = int("0946827135"[(carry+int(s[i]-'0'))%10] - '0')
		}
		return s, int(s[26]-'0') == (10-carry)%10
	}
	return "", false
}

// remainder97 divides a number by 97, letters counting as 10 to 35; −1 for other characters.
func remainder97(s string) int {
	m := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			m = (m*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			m = (m*100 + int(c-'A') + 10) % 97
		default:
			return -1
		}
	}
	return m
}
