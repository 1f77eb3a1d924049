package imports

import (
	"bytes"

	"quitus/ledger/imports/grid"
)

// lineClass says what a line of a sheet is.
type lineClass uint8

const (
	otherLine  lineClass = iota // a title, a note, a page header, a total: nothing to take
	groupLine                   // names the customer of the lines below
	recordLine                  // an invoice, or something that stands for one
)

// classify tells the line just loaded.
func (r *reading) classify(row grid.Row) lineClass {
	if r.isHeaderAgain(row) {
		return otherLine
	}
	if r.grouped {
		if _, _, ok := r.s.groupLine(row); ok {
			return groupLine
		}
	}
	number := r.hasNumber()
	dated := r.hasDate()
	amount := r.hasAmount()
	customer := !r.vals[Customer].blank() || !r.vals[CustomerRef].blank()
	known := number && r.shapes[shape(r.vals[Number].text)]
	if !dated && !amount {
		if known && customer && len(r.s.grid.Cells(row)) > 2 {
			return recordLine
		}
		return otherLine
	}
	if !dated && !(known && customer) && r.isFurniture(row) {
		return otherLine
	}
	switch {
	case number && (dated || customer):
		return recordLine
	case number && amount:
		if bytes.ContainsAny(r.vals[Number].text, "0123456789") && r.hasSum() {
			return recordLine
		}
		return otherLine
	case dated && amount, dated && customer:
		return recordLine
	case customer && amount && r.m.Has(Number):
		if r.isSubtotal() {
			return otherLine
		}
		return recordLine
	}
	return otherLine
}

func (r *reading) hasNumber() bool {
	v := r.vals[Number]
	return !v.blank() && len(v.text) <= 60
}

// hasDate says whether the line bears what may be a day.
func (r *reading) hasDate() bool {
	for _, f := range [...]Field{Issued, Due} {
		switch v := r.vals[f]; v.kind {
		case grid.ISODate, grid.Uncached, grid.Error:
			return true
		case grid.Number:
			if n, ok := grid.Whole(v.text); v.format.Date || ok && n >= 20_000 {
				return true
			}
		case grid.Text:
			if maybeDay(v.text) {
				return true
			}
		}
	}
	return false
}

// maybeDay says whether a text means to be a day, be it a right one or not.
func maybeDay(b []byte) bool {
	digits, letters := 0, 0
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= 0x80:
			letters++
		}
	}
	if digits == 0 || len(b) > 60 {
		return false
	}
	if letters == 0 {
		return !noDate(string(b))
	}
	_, ok := cutDate(string(b))
	return ok
}

// hasAmount says whether the line bears what may be a sum.
func (r *reading) hasAmount() bool {
	for _, f := range [...]Field{Total, Open, Debit, Credit, Net, Paid} {
		if !r.vals[f].blank() {
			return true
		}
	}
	return len(r.buckets) > 0
}

// hasSum says whether the line bears what is a sum for certain.
func (r *reading) hasSum() bool {
	for _, f := range [...]Field{Total, Open, Debit, Credit, Net, Paid} {
		switch v := r.vals[f]; v.kind {
		case grid.Number, grid.Uncached, grid.Error:
			return true
		case grid.Text:
			if a, ok := cutAmount(trim(v.text)); ok && a.plain != "" {
				return true
			}
		}
	}
	return len(r.buckets) > 0
}

// isSubtotal says whether the line, which has neither number nor date, only sums up the lines of the same customer above.
func (r *reading) isSubtotal() bool {
	if r.above.name == "" || r.folded(Customer) != fold(r.above.name) {
		return false
	}
	for _, f := range [...]Field{Total, Open, Debit, Net} {
		if n, p := r.readAmount(f, r.vals[f], r.s.Currency); p == nil && (n == r.above.total || n == r.above.open) {
			return true
		}
	}
	return false
}

// isHeaderAgain says whether the line repeats the titles, as at the top of each printed page.
func (r *reading) isHeaderAgain(row grid.Row) bool {
	same, other := 0, 0
	for _, c := range r.s.grid.Cells(row) {
		b := r.s.grid.Bytes(c)
		if c.Kind == grid.Text && len(b) <= 80 && r.s.titles[string(b)] {
			same++
		} else if other++; same < other {
			return false
		}
	}
	return same >= 2
}

func (r *reading) foldBytes(b []byte) string {
	if s, ok := r.folds[string(b)]; ok {
		return s
	}
	s := fold(string(b))
	if len(r.folds) < mostKnown {
		r.folds[string(b)] = s
	}
	return s
}

// isFurniture says whether a text of the line begins like that of a total, or stands above the titles too, as at the top of
// each printed page.
func (r *reading) isFurniture(row grid.Row) bool {
	for _, c := range r.s.grid.Cells(row) {
		if c.Kind == grid.Text {
			if b := r.s.grid.Bytes(c); len(b) < 200 {
				if folded := r.foldBytes(b); totalLine(folded) || r.s.preamble[folded] {
					return true
				}
			}
		}
	}
	return false
}
