package fec

import (
	"regexp"
	"strings"
	"unicode"

	"quitus/ledger"
)

// numberWord finds an invoice's number behind what announces it.
var numberWord = regexp.MustCompile(`(?i)(?:^|[^\pL\d])(?:factures?|facturation|fact|fac|fact\.|avoirs?|invoice|fra|fa|fc|f|av|nc)[ .:]*(?:n[°ºo]?\.?|num[ée]ro|num|#)?[ .:]*([\pL]{0,6}[-_/]?\d[\pL\d/_.-]*)`)

// bareNumber finds a word that may be a number: at least three digits, letters before or signs between.
var bareNumber = regexp.MustCompile(`[\pL]{0,6}[-_/]?\d[\d/_.-]*\d[\d\pL]*`)

// dayLike are words that look like a day and are no numbers.
var dayLike = regexp.MustCompile(`^(\d{1,2}[/.-]\d{1,2}([/.-]\d{2,4})?|\d{1,2}[/.-]\d{4}|(19|20)\d{2}([/.-]\d{1,2}){0,2}|T[1-4][-/.]?(20)?\d{2})$`)

// fromLabel finds an invoice's number in a label; said tells whether a word announced it.
func fromLabel(label string) (number string, said bool) {
	if m := numberWord.FindStringSubmatchIndex(label); m != nil {
		from := m[2]
		for from > m[0] && unicode.IsLetter(rune(label[from-1])) {
			from-- // "FA2025-12": the word is a part of the number
		}
		if m[2]-from > 4 {
			from = m[2]
		}
		if n := clean(label[from:m[3]]); isNumber(n, 1) {
			return n, true
		}
	}
	for _, w := range bareNumber.FindAllString(label, 8) {
		if n := clean(w); isNumber(n, 3) {
			return n, false
		}
	}
	return "", false
}

func clean(s string) string { return strings.Trim(s, " .,;:-_/#°") }

// isNumber says whether a text can be the number of a document: digits enough, not all zero, not a day.
func isNumber(s string, least int) bool {
	n, nonzero := 0, false
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
			nonzero = nonzero || s[i] != '0'
		}
	}
	return n >= least && nonzero && len(s) <= 40 && !dayLike.MatchString(s)
}

// distinctive is the share of entries with a number of their own above which a source of numbers is relied on, in per cent.
const distinctive = 90

// source says where a journal's numbers are.
type source uint8

const (
	fromEither source = iota // neither tells invoices apart: what is announced in the label, else the piece
	fromPiece
	fromText
)

// chooseSources decides for each journal where the numbers of its invoices are.
func (u *understanding) chooseSources() []source {
	out := make([]source, len(u.journals.rows))
	for _, from := range [...]source{fromPiece, fromText} {
		good := u.distinct(out, from)
		for j := range out {
			if out[j] == fromEither && good[j] {
				out[j] = from
			}
		}
	}
	return out
}

// distinct finds the journals, among those not decided yet, whose invoices mostly have a number of their own in a source. What is on one
// account in one entry counts as one invoice.
func (u *understanding) distinct(decided []source, from source) []bool {
	type unit struct{ entry, party int32 }
	type stat struct {
		seen                map[string]unit
		last                unit
		units, found, twice int
	}
	stats := make([]stat, len(decided))
	for i := range u.items {
		it := &u.items[i]
		s, one := &stats[it.journal], unit{u.entryAt[i], it.party}
		if u.roles[i] != document || decided[it.journal] != fromEither || s.seen != nil && s.last == one {
			continue
		}
		if s.seen == nil {
			s.seen = map[string]unit{}
		}
		s.last = one
		s.units++
		text := it.pieceRef()
		if from == fromText {
			text, _ = fromLabel(it.label())
		}
		if !isNumber(text, 1) {
			continue
		}
		s.found++
		if other, seen := s.seen[text]; seen && other != one {
			s.twice++
		}
		s.seen[text] = one
	}
	good := make([]bool, len(stats))
	for j, s := range stats {
		good[j] = s.units > 0 && (s.found-s.twice)*100 > s.units*distinctive
	}
	return good
}

// numberOf gives a document's number, empty where it has none; own tells whether it can be relied on to be that of one invoice only.
func numberOf(it *item, s source) (number string, own bool) {
	piece := clean(it.pieceRef())
	if !isNumber(piece, 1) {
		piece = ""
	}
	label, said := "", false
	if s != fromPiece || piece == "" {
		label, said = fromLabel(it.label())
	}
	switch {
	case s == fromText && label != "", s == fromEither && said:
		return label, true
	case piece != "":
		return piece, s == fromPiece
	case label == "" && strings.IndexFunc(it.number(), unicode.IsLetter) >= 0 && isNumber(it.number(), 3):
		return clean(it.number()), false // "INV/2025/00012": the invoice's own, in programs that number entries so
	}
	return label, said
}

// shapeOf tells numbers of one kind from others: their letters and signs, and where digits are.
func shapeOf(s string) string {
	var b strings.Builder
	last := rune(0)
	for _, r := range strings.ToUpper(s) {
		if unicode.IsDigit(r) {
			r = '9'
		}
		if r != '9' || r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// openingNumber finds the number of the invoice that an opening line stands for; empty for a balance.
func openingNumber(it *item, shapes map[string]bool) string {
	piece := clean(it.pieceRef())
	label, said := fromLabel(it.label())
	switch {
	case isNumber(piece, 1) && shapes[shapeOf(piece)] && len(shapeOf(piece)) > 1:
		return piece
	case said:
		return label
	case isNumber(piece, 3) && shapes[shapeOf(piece)]:
		return piece
	case label != "" && shapes[shapeOf(label)]:
		return label
	}
	return ""
}

// fallback makes a number up for a document without one, the same each time the file is read.
func fallback(it *item, j *journal) string {
	parts := []string{j.code, it.piece.String()}
	if n := clean(it.number()); isNumber(n, 1) {
		parts[1] = n
	}
	if p := clean(it.pieceRef()); p != "" && strings.Trim(p, "0") != "" {
		parts = []string{p, it.piece.String()}
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// meansOf tells how money came from what the entry says.
func meansOf(label, bank string, j *journal) ledger.Means {
	for _, w := range strings.FieldsFunc(ledger.Fold(label+" "+bank), func(r rune) bool { return r < 'a' || r > 'z' }) {
		switch w {
		case "vir", "virement", "virt", "vrt", "sepa", "virements":
			return ledger.Transfer
		case "chq", "cheque", "cheques", "chqs", "chèque":
			return ledger.Cheque
		case "cb", "carte", "tpe":
			return ledger.Card
		case "esp", "especes", "caisse":
			return ledger.Cash
		}
	}
	if strings.Contains(ledger.Fold(j.name), "caisse") {
		return ledger.Cash
	}
	return ledger.OtherMeans
}
