package ledger

import (
	"regexp"
	"strconv"
	"strings"
)

// frenchPost is the SIREN of La Poste, whose branches' numbers follow a rule of their own.
const frenchPost = "356000000"

// ValidSIRET checks the number of a French establishment: a valid SIREN and five digits more, the Luhn
// sum of all fourteen a multiple of ten. La Poste has more branches than Luhn leaves numbers for: of
// hers the plain sum of the digits is a multiple of five (INSEE, Sirene documentation), but for her head
// office, which follows the common rule. Blanks do not count.
func ValidSIRET(s string) bool {
	s = strings.Join(strings.Fields(s), "")
	if len(s) != 14 || !ValidSIREN(s[:9]) {
		return false
	}
	luhn, plain := 0, 0
	for i, r := range s {
		if r < '0' || r > '9' {
			return false
		}
		v := int(r - '0')
		plain += v
		if i%2 == 0 { // every second digit from the right of an even-length number
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		luhn += v
	}
	return luhn%10 == 0 || s[:9] == frenchPost && plain%5 == 0
}

// vatShapes are the forms of VAT numbers after the country's two letters, as the European Commission
// publishes them for VIES, and those of Switzerland and the United Kingdom.
var vatShapes = func() map[string]*regexp.Regexp {
	shapes := map[string]*regexp.Regexp{}
	for country, shape := range map[string]string{
		"AT": `U\d{8}`, "BE": `[01]\d{9}`, "BG": `\d{9,10}`, "CY": `\d{8}[A-Z]`, "CZ": `\d{8,10}`, "DE": `[1-9]\d{8}`,
		"DK": `\d{8}`, "EE": `\d{9}`, "EL": `\d{9}`, "ES": `[A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z]`, "FI": `\d{8}`,
		"FR": `[0-9A-HJ-NP-Z]{2}\d{9}`, "GB": `\d{9}|\d{12}|GD\d{3}|HA\d{3}`, "HR": `\d{11}`, "HU": `\d{8}`,
		"IE": `\d[A-Z0-9+*]\d{5}[A-W][A-I]?`, "IT": `\d{11}`, "LT": `\d{9}|\d{12}`, "LU": `\d{8}`, "LV": `\d{11}`,
		"MT": `\d{8}`, "NL": `\d{9}B\d{2}`, "PL": `\d{10}`, "PT": `\d{9}`, "RO": `[1-9]\d{1,9}`, "SE": `\d{10}01`,
		"SI": `[1-9]\d{7}`, "SK": `[1-9]\d{9}`, "XI": `\d{9}|\d{12}|GD\d{3}|HA\d{3}`, "CH": `E\d{9}`,
	} {
		shapes[country] = regexp.MustCompile("^(?:" + shape + ")$")
	}
	return shapes
}()

var vatAnywhere = regexp.MustCompile(`^[A-Z]{2}[A-Z0-9]{2,13}$`)

// NormalVAT writes a VAT number as VIES does: capitals, without blanks, dots and dashes. The word after a
// Swiss number that says that its holder pays VAT (TVA, MWST, IVA) goes, and Greece is EL.
func NormalVAT(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r == '/' || r == '‑' || r == '–' {
			return -1
		}
		return r
	}, strings.ToUpper(strings.Join(strings.Fields(s), "")))
	if strings.HasPrefix(s, "CHE") {
		for _, word := range []string{"TVA", "MWST", "IVA", "TPV", "VAT"} {
			s = strings.TrimSuffix(s, word)
		}
	}
	if strings.HasPrefix(s, "GR") {
		s = "EL" + s[2:]
	}
	return s
}

// ValidVAT checks a VAT number, in any writing that [NormalVAT] understands: the form of its country, and
// for France, Belgium, Luxembourg and Switzerland the check digits too. Of countries outside Europe only
// two letters and up to thirteen letters and digits are asked for, of which one is a digit at least.
func ValidVAT(s string) bool {
	s = NormalVAT(s)
	if !vatAnywhere.MatchString(s) || !strings.ContainsAny(s, "0123456789") {
		return false
	}
	country, n := s[:2], s[2:]
	if shape := vatShapes[country]; shape == nil || !shape.MatchString(n) {
		return shape == nil
	}
	switch country {
	case "FR":
		return validFrenchVAT(n)
	case "BE": // 97 less the remainder of the first eight digits by 97
		return 97-number(n[:8])%97 == number(n[8:])
	case "LU": // the remainder of the first six digits by 89
		return number(n[:6])%89 == number(n[6:])
	case "CH":
		return validUID(n[1:])
	}
	return true
}

// validFrenchVAT checks the two characters before the SIREN. Numbers of Monaco begin with 000 and are no
// SIREN. Keys with a letter follow the formula of the European Commission's list of algorithms.
func validFrenchVAT(n string) bool {
	siren := n[2:]
	if !strings.HasPrefix(siren, "000") && !ValidSIREN(siren) {
		return false
	}
	if isDigit(n[0]) && isDigit(n[1]) {
		return (12+3*(number(siren)%97))%97 == number(n[:2])
	}
	const alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	a, b := strings.IndexByte(alphabet, n[0]), strings.IndexByte(alphabet, n[1])
	key := a*34 + b - 100
	if isDigit(n[0]) {
		key = a*24 + b - 10
	}
	return (number(siren)+1+key/11)%11 == key%11
}

// validUID checks the nine digits of a Swiss enterprise number: the last one by the weights 5, 4, 3, 2, 7, 6, 5, 4
// modulo 11 (eCH-0097).
func validUID(n string) bool {
	sum := 0
	for i, w := range []int{5, 4, 3, 2, 7, 6, 5, 4} {
		sum += w * int(n[i]-'0')
	}
	return (11-sum%11)%11 == int(n[8]-'0')
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// number reads at most eighteen digits.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
