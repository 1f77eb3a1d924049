package bank

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ReferenceKind is a standard of structured creditor references.
type ReferenceKind string

// Kinds of structured references.
const (
	ReferenceRF  ReferenceKind = "rf"  // ISO 11649: RF, two check digits, up to 21 letters and digits
	ReferenceOGM ReferenceKind = "ogm" // Belgium, OGM or VCS: 12 digits, printed +++090/9337/55493+++
	ReferenceQRR ReferenceKind = "qrr" // Switzerland, the QR-bill: 27 digits
)

// Reference is a structured creditor reference whose check digits are right.
type Reference struct {
	Kind  ReferenceKind
	Value string // digits and capitals only
}

// FindReferences finds the structured references that stand in a text, in its order. They are found as they are
// printed, in groups parted by blanks or by the marks of their kind, and in one piece; never as a part of a longer run of
// digits or letters. Where a reference in groups may end after one group or after the next, both being right, both are given.
//
// One run of twelve digits in 97 has the right check digits by accident: a reference proves nothing unless an
// invoice bears it.
func FindReferences(text string) []Reference {
	text = strings.Map(plainRune, strings.ToUpper(text))
	var out []Reference
	for i := 0; i < len(text); i++ {
		if i > 0 && inRun(text[i-1]) || !inRun(text[i]) {
			continue
		}
		for _, r := range referencesAt(text[i:], strings.HasSuffix(text[:i], "+++") || strings.HasSuffix(text[:i], "***")) {
			if !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
	}
	return out
}

// plainRune leaves of the characters outside of ASCII the letters and digits, and a bar and a blank for the others.
func plainRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf || unicode.IsLetter(r) || unicode.IsNumber(r):
		return r
	case unicode.IsSpace(r):
		return ' '
	}
	return '|'
}

// inRun says whether a byte is of a word or a number: of the bytes outside of ASCII, all are.
func inRun(c byte) bool { return isDigit(c) || isLetter(c) || c >= 0x80 }

// refGroup is a group of letters and digits, and what parts it from the group before.
type refGroup struct{ before, text string }

// mostRefGroups is how many groups of one reference are looked at: 25 letters and digits in groups of two, and one over.
const mostRefGroups = 13

// refGroups cuts the beginning of a text into groups.
func refGroups(text string) []refGroup {
	var out []refGroup
	for at := 0; at < len(text) && len(out) < mostRefGroups; {
		from := at
		for at < len(text) && !inRun(text[at]) {
			at++
		}
		start := at
		for at < len(text) && inRun(text[at]) {
			at++
		}
		if at > start {
			out = append(out, refGroup{text[from:start], text[start:at]})
		}
	}
	return out
}

// referencesAt gives the references that begin where a text does. marked says that +++ or *** stands before.
func referencesAt(text string, marked bool) []Reference {
	if strings.HasPrefix(text, "RF") {
		return rfAt(refGroups(text))
	}
	if !isDigit(text[0]) {
		return nil
	}
	var out []Reference
	value, shape := "", ""
	for _, r := range refGroups(text) {
		if !allDigits(r.text) || len(value) > 0 && !partsGroups(r.before) {
			break
		}
		if value += r.text; len(value) > 27 {
			break
		}
		shape += string(rune('0' + len(r.text)))
		if n, ok := StructuredOGM(value); ok && (len(r.text) == 12 || shape == "345" || marked) {
			out = append(out, Reference{ReferenceOGM, n})
		}
		if n, ok := StructuredQRR(value); ok && (len(r.text) == 27 || shape == "255555") {
			out = append(out, Reference{ReferenceQRR, n})
		}
	}
	return out
}

// partsGroups says whether a text is what stands between two groups of one number: a blank, or a stroke, stop or dash.
func partsGroups(s string) bool {
	return s == "\r\n" || len(s) == 1 && strings.Contains(" \t\n/.-", s)
}

func rfAt(groups []refGroup) []Reference {
	var out []Reference
	value := ""
	for i, r := range groups {
		if i > 0 && r.before != " " && r.before != "\n" && r.before != "\r\n" {
			break
		}
		if value += r.text; len(value) > 25 {
			break
		}
		if n, ok := StructuredRF(value); ok {
			out = append(out, Reference{ReferenceRF, n})
		}
	}
	return out
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
