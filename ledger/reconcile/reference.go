package reconcile

import "strings"

// structured gives what the issuer put into a structured creditor reference whose check digits are right: without its
// check digits, type and leading zeros; "" for any other text.
func structured(ref string) string {
	ref = strings.ToUpper(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, ref))
	switch {
	case len(ref) > 4 && len(ref) <= 25 && strings.HasPrefix(ref, "RF") && mod97(ref[4:]+ref[:4]) == 1:
		return strings.TrimLeft(ref[4:], "0")
	case len(ref) == 12 && allDigits(ref) && ogm(ref):
		return strings.TrimLeft(ref[:10], "0")
	case len(ref) == 27 && allDigits(ref) && qrr(ref):
		return strings.TrimLeft(ref[:26], "0")
	}
	return ""
}

// mod97 is the remainder of ISO 7064 with letters as 10 to 35.
func mod97(s string) int {
	n := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c <= '9':
			n = (n*10 + int(c-'0')) % 97
		default:
			n = (n*100 + int(c-'A') + 10) % 97
		}
	}
	return n
}

// ogm checks the 12 digits of a Belgian communication.
func ogm(s string) bool {
	want := mod97(s[:10])
	if want == 0 {
		want = 97
	}
	return mod97(s[10:]) == want%97 && (want != 97 || s[10:] == "97")
}

// qrr checks the 27 digits of a Swiss QR reference.
func qrr(s string) bool {
	table := [10]int{0, 9, 4, 6, 8, 2, 7, 1, 3, 5}
	r := 0
	for i := range 26 {
		r = table[(r+int(s[i]-'0'))%10]
	}
	return (10-r)%10 == int(s[26]-'0')
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
