package bank

import "strings"

// ReferenceKind is a standard of structured creditor references.
type ReferenceKind string

// Kinds of structured references.
const (
	ReferenceRF  ReferenceKind = "rf"  // ISO 11649: RF, two check digits, up to 21 letters and digits
	ReferenceOGM ReferenceKind = "ogm" // Belgium, OGM or VCS: 12 digits, printed +++090/9337/55493+++
	ReferenceQRR ReferenceKind = "qrr" // Switzerland, the QR-bill: 27 digits
)

// Reference is a structured creditor reference whose check digits are right. One run of twelve digits in 97 has them right by
// accident: a reference proves nothing unless an invoice bears it.
type Reference struct {
	Kind  ReferenceKind
	Value string // digits and capitals only
}

// StructuredReference reads a text that is one structured reference and nothing else, of any kind.
func StructuredReference(s string) (Reference, bool) {
	if n, ok := StructuredRF(s); ok {
		return Reference{ReferenceRF, n}, true
	}
	if n, ok := StructuredOGM(s); ok {
		return Reference{ReferenceOGM, n}, true
	}
	if n, ok := StructuredQRR(s); ok {
		return Reference{ReferenceQRR, n}, true
	}
	return Reference{}, false
}

// StructuredRF gives an RF reference (ISO 11649) without blanks and in capitals, and whether the text is one.
func StructuredRF(s string) (string, bool) {
	s = strings.ToUpper(tight(s))
	if len(s) < 5 || len(s) > 25 || s[:2] != "RF" || !isDigit(s[2]) || !isDigit(s[3]) || !alphanumeric(s) {
		return "", false
	}
	return s, mod97(s[4:]+s[:4]) == 1
}

// StructuredOGM gives the twelve digits of a Belgian structured communication, and whether the text is one.
func StructuredOGM(s string) (string, bool) {
	s = tight(ogmMarks.Replace(s))
	if len(s) != 12 || !allDigits(s) {
		return "", false
	}
	check := mod97(s[:10])
	if check == 0 {
		check = 97
	}
	return s, smallNumber(s[10:]) == check
}

var ogmMarks = strings.NewReplacer("+", "", "*", "", "/", "", ".", "", "-", "")

// StructuredQRR gives the 27 digits of a Swiss QR reference, and whether the text is one.
func StructuredQRR(s string) (string, bool) {
	s = tight(s)
	if len(s) != 27 || !allDigits(s) || strings.Trim(s, "0") == "" {
		return "", false
	}
	carry := 0
	for i := range 26 {
		carry = qrrTable[(carry+int(s[i]-'0'))%10]
	}
	return s, (10-carry)%10 == int(s[26]-'0')
}

// qrrTable is the one of the recursive check modulo 10.
var qrrTable = [10]int{0, 9, 4, 6, 8, 2, 7, 1, 3, 5}
