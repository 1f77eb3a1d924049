package imports

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// value is what a mapped cell of the line being read holds.
type value struct {
	kind   grid.Kind
	text   []byte
	format *grid.Format
	typed  bool // by the owner: in the French order and style, whatever the file's are
}

func (v value) blank() bool { return v.kind == grid.Empty }

// reading is one pass over a sheet under a mapping.
type reading struct {
	learned
	s           *Sheet
	m           Mapping
	corrections Corrections
	today       ledger.Date
	vals        [fieldCount]value
	used        []Field // of vals, to clear them
	buckets     []value
	looked      int                    // cells looked at for the formula being computed
	lookedAll   int                    // and for all of the sheet
	folds       map[string]string      // texts as written → folded
	trims       map[string]string      // texts as written → without blanks around
	days        map[string]ledger.Date // texts as written → the day that they say
	terms       map[string]ledger.Terms
	known       TermsOf         // nil where nothing is
	agreed      []*ledger.Terms // by customer, once asked for
	states      [fieldCount]map[string]state
	above       struct { // the lines above of one customer
		name        string
		total, open int64
	}
	grouped bool // customers stand in lines of their own
	group   struct{ ref, name string }

	line    line            // the record being read
	broken  map[string]bool // numbers of invoices of which an article was refused
	credits receipts
	found   found
	out     Result
}

// mostKnown is how many texts of each kind a reading remembers, so that what comes again is not read again.
const mostKnown = 50_000

func newReading(s *Sheet, m Mapping, corrections Corrections) *reading {
	r := &reading{learned: *s.learn(m), s: s, m: m, corrections: corrections, today: s.today, folds: map[string]string{}, trims: map[string]string{}, days: map[string]ledger.Date{}, terms: map[string]ledger.Terms{}, broken: map[string]bool{}}
	r.grouped = s.Grouped && !m.Has(Customer) && !m.Has(CustomerRef)
	for f := Number; f < fieldCount; f++ {
		if m.Has(f) && !f.Repeats() {
			r.used = append(r.used, f)
		}
	}
	r.found.init()
	r.credits.init()
	return r
}

// load puts the mapped cells of a line into vals.
func (r *reading) load(row grid.Row) {
	for _, f := range r.used {
		r.vals[f] = value{}
	}
	r.buckets = r.buckets[:0]
	g := r.s.grid
	for _, c := range g.Cells(row) {
		if int(c.Col) >= len(r.m) {
			continue
		}
		f := r.m[c.Col]
		if f == None || f == Quantity {
			continue
		}
		v := value{kind: c.Kind, text: g.Bytes(c), format: g.FormatOf(c)}
		if c.Kind == grid.Text && isBlank(v.text) {
			continue
		}
		if c.Kind == grid.Uncached {
			if text, ok := r.compute(string(v.text), 0); ok {
				v.kind, v.text = grid.Number, []byte(text)
			}
		}
		if f == Bucket {
			r.buckets = append(r.buckets, v)
			continue
		}
		r.vals[f] = v
	}
	if len(r.s.merged)+len(r.corrections) > 0 {
		r.overlay(int(row.Line))
	}
}

// overlay lays values of merged cells where there are none, and the owner's corrections over all.
func (r *reading) overlay(line int) {
	for col, f := range r.m {
		if f == None || f == Bucket || f == Quantity {
			continue
		}
		if c, ok := r.s.merged[Cell{line, col}]; ok && r.vals[f].blank() && !f.IsAmount() {
			r.vals[f] = value{kind: c.Kind, text: r.s.grid.Bytes(c), format: r.s.grid.FormatOf(c)}
		}
		if text, ok := r.corrections[Cell{line, col}]; ok {
			r.vals[f] = value{kind: grid.Text, text: []byte(text), format: &grid.Format{}, typed: true}
			if strings.TrimSpace(text) == "" {
				r.vals[f] = value{}
			}
		}
	}
}

func isBlank(b []byte) bool {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			first, _ := utf8.DecodeRune(b[i:])
			return (unicode.IsSpace(first) || unicode.Is(unicode.Cf, first)) && trim(b) == ""
		}
		if c > ' ' {
			return false
		}
	}
	return true
}

// text gives a field as text: numbers as they are shown, blanks for none.
func (r *reading) text(f Field) string {
	v := r.vals[f]
	switch v.kind {
	case grid.Number:
		return shownNumber(v.text, v.format)
	case grid.Text, grid.Bool, grid.ISODate:
		if f == Number || f == Subject {
			return trim(v.text)
		}
		return r.trimmed(v.text)
	}
	return ""
}

// trimmed is trim for texts that come again on many lines, so that they are kept once.
func (r *reading) trimmed(b []byte) string {
	if s, ok := r.trims[string(b)]; ok {
		return s
	}
	s := trim(b)
	if len(r.trims) < mostKnown {
		r.trims[string(b)] = s
	}
	return s
}

// folded gives a field's text folded; texts seen before are not folded again.
func (r *reading) folded(f Field) string {
	v := r.vals[f]
	if v.kind != grid.Text {
		return fold(r.text(f))
	}
	if s, ok := r.folds[string(v.text)]; ok {
		return s
	}
	s := fold(string(v.text))
	if len(r.folds) < mostKnown {
		r.folds[string(v.text)] = s
	}
	return s
}

// shownNumber writes a stored number as text: whole numbers without decimals, filled up with zeros where the format
// says so.
func shownNumber(b []byte, f *grid.Format) string {
	n, ok := grid.Whole(b)
	if !ok || !isWhole(b) {
		return string(b)
	}
	s := strconv.FormatInt(n, 10)
	if f.Digits > 0 && n >= 0 {
		if len(s) < f.Digits {
			s = strings.Repeat("0", f.Digits-len(s)) + s
		}
		s = f.Prefix + s + f.Suffix
	}
	return s
}

func isWhole(b []byte) bool {
	if i := bytes.IndexAny(b, ".eE"); i < 0 || b[i] == '.' && len(bytes.Trim(b[i+1:], "0")) == 0 {
		return true
	}
	f, err := strconv.ParseFloat(string(b), 64)
	return err == nil && f == float64(int64(f)) && f < 1e15 && f > -1e15
}

// documentNumber gives a number as the document bears it: "20260012.0" is a number that a program made a fraction.
func documentNumber(s string) string {
	if whole, zeros, ok := strings.Cut(s, "."); ok && zeros != "" && strings.Trim(zeros, "0") == "" && allDigits(whole) {
		return whole
	}
	if strings.Trim(s, "-–—/. ") == "" {
		return ""
	}
	return s
}
