package imports

import (
	"strconv"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// profile says what a column contains, in its first lines below the titles.
type profile struct {
	rows     int // lines looked at
	filled   int
	dates    int // cells that hold a day for certain
	serials  int // whole numbers that may be days
	numbers  int // cells that hold an amount, written or stored
	codes    int // currency codes and signs
	terms    int // payment terms in words
	states   int // words of status
	texts    int // texts with letters
	spaced   int // texts of several words
	short    int // texts of at most four letters
	digits   int // texts with a digit
	cents    int // numbers with decimals
	distinct int
	samples  []string
}

// profile looks at the columns below the titles; those without a title count too.
func (s *Sheet) profile(width int) []profile {
	out := make([]profile, width)
	seen := make([]map[string]bool, width)
	rows := 0
	for i := range s.grid.Len() {
		r := s.grid.Row(i)
		if int(r.Line) <= s.HeaderLine {
			continue
		}
		cells := s.grid.Cells(r)
		if len(cells) < 2 {
			continue
		}
		if rows++; rows > sampleRows {
			break
		}
		for _, c := range cells {
			for int(c.Col) >= len(out) {
				out, seen = append(out, profile{}), append(seen, nil)
			}
			if seen[c.Col] == nil {
				seen[c.Col] = map[string]bool{}
			}
			out[c.Col].add(s.grid, c, seen[c.Col])
		}
	}
	for i := range out {
		out[i].rows = rows
		out[i].distinct = len(seen[i])
	}
	return out
}

func (p *profile) add(g *grid.Grid, c grid.Cell, seen map[string]bool) {
	text := trim(g.Bytes(c))
	if text == "" {
		return
	}
	p.filled++
	f := g.FormatOf(c)
	switch c.Kind {
	case grid.Number:
		n, whole := grid.Whole([]byte(text))
		switch {
		case f.Date:
			p.dates++
		case whole && (n >= 30_000 && n < 60_000 || joinedDay(n)) && !strings.Contains(text, "."):
			p.serials++
			p.numbers++
		default:
			p.numbers++
		}
		if !isWhole([]byte(text)) {
			p.cents++
		}
		text = shownNumber([]byte(text), f)
	case grid.ISODate:
		p.dates++
	case grid.Uncached:
		if f.Date {
			p.dates++
		} else {
			p.numbers++
		}
	case grid.Text:
		p.addText(text)
	}
	if folded := fold(text); !seen[folded] {
		seen[folded] = true
		if len(p.samples) < sampleTexts {
			p.samples = append(p.samples, text)
		}
	}
}

func (p *profile) addText(text string) {
	if w, ok := cutDate(text); ok {
		_, dayFirstYear, _ := w.date(dayFirst)
		_, monthFirstYear, _ := w.date(monthFirst)
		if dayFirstYear+monthFirstYear > 0 {
			p.dates++ // even the 31st of September
			return
		}
	}
	if t, ok := cutAmount(text); ok && t.plain != "" {
		if strings.ContainsAny(t.plain, ",.") && !strings.HasSuffix(t.plain, ".0") {
			p.cents++
		}
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && joinedDay(n) {
			p.serials++
		}
		p.numbers++
		return
	}
	folded := fold(text)
	if c, ok := ledger.ParseCurrency(text); ok && (knownCurrency(c)) {
		p.codes++
	}
	if _, ok := ParseTerms(text); ok {
		p.terms++
	}
	switch statusOf(folded) {
	case stateDraft, stateCancelled, statePaid, statePartlyPaid, stateAbandoned:
		p.states++
	}
	p.texts++
	if strings.Contains(text, " ") {
		p.spaced++
	}
	if len(text) <= 4 {
		p.short++
	}
	if strings.ContainsAny(text, "0123456789") {
		p.digits++
	}
}

// joinedDay says whether a number may be a day written YYYYMMDD or DDMMYYYY.
func joinedDay(n int64) bool {
	likely := func(y, m, d int64) bool { return y >= 1980 && y < 2100 && m >= 1 && m <= 12 && d >= 1 && d <= 31 }
	return likely(n/10_000, n/100%100, n%100) || likely(n%10_000, n/10_000%100, n/1_000_000)
}

// wordy says whether the column holds names rather than codes.
func (p profile) wordy() bool {
	return p.texts*2 > p.filled && (p.spaced*4 > p.filled || p.short*2 < p.filled && p.numbers+p.dates == 0)
}

// fits says how well, in percent, the column's contents go with a field. An empty column fits anything.
func (p profile) fits(f Field) int {
	if p.filled == 0 {
		return 90
	}
	share := func(n int) int { return n * 100 / p.filled }
	switch f {
	case Issued, Due, PaidOn, Completed, Demanded:
		switch days := share(p.dates + p.serials); {
		case days >= 50:
			return 100
		case days >= 20:
			return 70
		}
		return 0
	case Total, Net, VAT, Paid, Open, Debit, Credit, Bucket:
		if share(p.dates) > 30 {
			return 0
		}
		switch numbers := share(p.numbers + p.errors()); {
		case numbers >= 50:
			return 100
		case numbers >= 20:
			return 60
		}
		return 0
	case Currency:
		if share(p.codes) >= 50 {
			return 100
		}
		return 20
	case Number:
		switch {
		case share(p.dates) > 50:
			return 0
		case share(p.cents) > 20:
			return 20
		case share(p.digits+p.numbers) < 50:
			return 60
		}
	case CustomerRef:
		if share(p.dates) > 50 {
			return 0
		}
	case Customer:
		if share(p.dates) > 30 {
			return 0
		}
		if share(p.numbers) > 60 || p.spaced == 0 && share(p.digits) >= 80 {
			return 50
		}
	case Terms:
		if share(p.terms) >= 30 {
			return 140
		}
		if share(p.dates) > 30 {
			return 0
		}
	case PaymentStatus, Status, Kind:
		if share(p.terms) > 50 {
			return 30
		}
		if share(p.dates)+share(p.numbers) > 50 {
			return 30
		}
	}
	return 100
}

// errors is the number of cells that are neither text nor number nor date.
func (p profile) errors() int { return p.filled - p.texts - p.numbers - p.dates }
