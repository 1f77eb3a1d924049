package imports

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// Column is a column of a sheet.
type Column struct {
	Letter string
	Title  string   // as written; group titles above come first
	Sample []string // the first few different values
}

// Sheet is a register found in a file.
type Sheet struct {
	Name       string
	HeaderLine int // the last line of the titles
	FirstTitle int // the first line of the titles
	Columns    []Column
	Mapping    Mapping // as proposed; a saved one may be better
	Confidence int     // percent: how surely the titles and contents say what the mapping says
	Grouped    bool    // customers stand in lines of their own above their invoices
	Articles   bool    // one line an article: an invoice's amount is the sum of its lines
	Currency   ledger.Currency

	grid      *grid.Grid
	today     ledger.Date
	preamble  map[string]bool // folded texts above the titles, to know page headers by
	titles    map[string]bool // texts of the title lines, as written and folded
	merged    map[Cell]grid.Cell
	directory directory // customers listed in the same workbook
	instal    bool      // the sheet lists due dates rather than invoices
	learned   *learned  // under the mapping proposed
}

// Cell is a place in a sheet: a line from 1 and a column from 0.
type Cell struct{ Line, Col int }

// Missing lists what the proposed mapping lacks; while it is not empty, a person has to say.
func (s *Sheet) Missing() []Field { return s.Mapping.Missing(s.Grouped) }

const (
	sampleRows  = 400 // lines looked at to judge what a column contains
	sampleTexts = 3
)

// recognise understands the columns below the titles.
func recognise(g *grid.Grid, h header, name string, opts Options) *Sheet {
	s := &Sheet{Name: name, FirstTitle: h.first, HeaderLine: h.last, grid: g, today: opts.Today, preamble: map[string]bool{}, titles: map[string]bool{}}
	profiles := s.profile(len(h.titles))
	titles := slices.Clone(h.titles)
	for len(titles) < len(profiles) {
		titles = append(titles, "")
	}
	own := s.ownTitles(len(titles))
	claims := scoreTitles(titles, own, func(col int, f Field) int { return profiles[col].fits(f) })
	s.Mapping = assign(claims)
	for len(s.Mapping) < len(titles) {
		s.Mapping = append(s.Mapping, None)
	}
	s.Confidence = confidence(claims, s.Mapping)
	for i, t := range titles {
		s.Columns = append(s.Columns, Column{grid.Letters(i), t, profiles[i].samples})
	}
	s.keepPreamble(opts.Currency)
	s.fillMerged()
	s.settle(profiles)
	return s
}

// ownTitles gives what stands in the last title line itself.
func (s *Sheet) ownTitles(n int) []string {
	out := make([]string, n)
	if i, ok := s.grid.Index(s.HeaderLine); ok {
		for _, c := range s.grid.Cells(s.grid.Row(i)) {
			if int(c.Col) < n {
				out[c.Col] = trim(s.grid.Bytes(c))
			}
		}
	}
	return out
}

func confidence(claims []claim, m Mapping) int {
	sum, n := 0, 0
	for col, f := range m {
		if f == None {
			continue
		}
		best := 0
		for _, c := range claims {
			if c.col == col && c.field == f {
				best = max(best, c.score)
			}
		}
		sum, n = sum+min(best, 100), n+1
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

// keepPreamble remembers the texts above the titles, and looks for the currency they name.
func (s *Sheet) keepPreamble(fallback ledger.Currency) {
	s.Currency = fallback
	found := ledger.Sums{}
	for i := range s.grid.Len() {
		r := s.grid.Row(i)
		if int(r.Line) > s.HeaderLine {
			break
		}
		if int(r.Line) >= s.FirstTitle {
			for _, c := range s.grid.Cells(r) {
				s.titles[s.grid.String(c)] = true
				s.titles[fold(s.grid.String(c))] = true
			}
			continue
		}
		for _, c := range s.grid.Cells(r) {
			text := trim(s.grid.Bytes(c))
			s.preamble[fold(text)] = true
			if strings.Contains(fold(text), "echeanc") {
				s.instal = true
			}
			if cur, ok := CurrencyIn(text); ok {
				found[cur]++
			}
		}
	}
	if cur, ok := CurrencyIn(s.Name); ok && len(found) == 0 {
		found[cur]++
	}
	for _, t := range s.Columns {
		if cur, ok := CurrencyIn(t.Title); ok {
			found[cur]++
		}
	}
	if len(found) == 1 {
		for cur := range found {
			s.Currency = cur
		}
	}
}

// fillMerged lets the lines of a vertically merged cell share its value.
func (s *Sheet) fillMerged() {
	const most = 200_000
	s.merged = map[Cell]grid.Cell{}
	for _, m := range s.grid.Merged {
		if m.FirstLine <= s.HeaderLine || m.FirstLine == m.LastLine || m.FirstCol != m.LastCol || m.LastLine-m.FirstLine > 5000 {
			continue
		}
		top := s.grid.At(m.FirstLine, m.FirstCol)
		for line := m.FirstLine + 1; line <= m.LastLine && len(s.merged) < most && top.Kind != grid.Empty; line++ {
			s.merged[Cell{line, m.FirstCol}] = top
		}
	}
}

// settle corrects what titles alone get wrong.
func (s *Sheet) settle(p []profile) {
	m := s.Mapping
	drop := func(f Field) {
		if c := m.Column(f); c >= 0 {
			m[c] = None
		}
	}
	if m.Has(Debit) && m.Has(Credit) {
		drop(Total)
		if c := m.Column(Open); c >= 0 && s.running(c) {
			m[c] = None
		}
	} else {
		drop(Debit)
		drop(Credit)
	}
	if c := m.Column(Open); c >= 0 && m.Has(Total) && s.running(c) {
		m[c] = None
	}
	if m.Has(Bucket) && m.Has(Total) && !m.Has(Open) {
		m[m.Column(Total)] = Open
	}
	if c := m.Column(CustomerRef); c >= 0 {
		name := m.Column(Customer)
		switch {
		case name >= 0 && p[c].distinct == 1 && p[name].distinct > 2:
			m[c] = None // one collective account for all
		case name < 0 && p[c].wordy():
			m[c] = Customer
		}
	}
	if c := m.Column(OrderRef); c >= 0 && !m.Has(Number) && p[c].distinct*10 >= p[c].filled*9 && titleScore(canonical(s.Columns[c].Title), Number) > 0 {
		m[c] = Number
	}
	articles := 0
	for _, f := range m {
		if f == Quantity {
			articles++
		}
	}
	s.Articles = articles >= 2
	s.Grouped = s.findGroups(p)
	if s.Grouped {
		drop(Customer)
		drop(CustomerRef)
	}
}

// running says whether a column is a running balance: amounts that are often larger than the line's own.
func (s *Sheet) running(col int) bool {
	larger, lines := 0, 0
	decimal := s.decimalSign()
	for i := range min(s.grid.Len(), 10*sampleRows) {
		r := s.grid.Row(i)
		if int(r.Line) <= s.HeaderLine {
			continue
		}
		var own, balance int64
		var okOwn, okBalance bool
		for _, c := range s.grid.Cells(r) {
			if int(c.Col) >= len(s.Mapping) {
				continue
			}
			v, ok := s.sum(c, decimal)
			switch f := s.Mapping[c.Col]; {
			case int(c.Col) == col:
				balance, okBalance = v, ok
			case f == Total || f == Debit || f == Credit:
				if v != 0 {
					own, okOwn = v, ok
				}
			}
		}
		if okOwn && okBalance {
			lines++
			if abs(balance) > abs(own)+1 {
				larger++
			}
		}
	}
	return larger*4 > lines
}

// decimalSign gives the decimal sign that written amounts show in the first lines, or 0.
func (s *Sheet) decimalSign() byte {
	var style amountStyle
	for i := range min(s.grid.Len(), 10*sampleRows) {
		r := s.grid.Row(i)
		if int(r.Line) <= s.HeaderLine {
			continue
		}
		for _, c := range s.grid.Cells(r) {
			if c.Kind == grid.Text && int(c.Col) < len(s.Mapping) && s.Mapping[c.Col].IsAmount() {
				style.add(s.grid.Bytes(c))
			}
		}
	}
	return style.decimal()
}

// sum reads a stored or written amount, in hundredths; it says false for what may be something else.
func (s *Sheet) sum(c grid.Cell, decimal byte) (int64, bool) {
	switch c.Kind {
	case grid.Number:
		return numberMinor(s.grid.Bytes(c), 2)
	case grid.Text:
		if a, p := parseAmount(trim(s.grid.Bytes(c)), decimal); p == nil {
			return toMinor(a.digits, a.scale, a.negative, 2)
		}
	}
	return 0, false
}

func abs(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}

// findGroups says whether customers stand in lines of their own: no column names them in the lines of invoices, and
// lines that hold nothing but a name stand between.
func (s *Sheet) findGroups(p []profile) bool {
	if c := s.Mapping.Column(Customer); c >= 0 && p[c].filled*2 > p[c].rows && (p[c].distinct > 3 || p[c].filled <= 5) && p[c].wordy() {
		return false
	}
	if c := s.Mapping.Column(CustomerRef); c >= 0 && p[c].filled*2 > p[c].rows && p[c].distinct > 1 {
		return false
	}
	groups, lines := 0, 0
	for i := range s.grid.Len() {
		r := s.grid.Row(i)
		if int(r.Line) <= s.HeaderLine {
			continue
		}
		if _, _, ok := s.groupLine(r); ok {
			groups++
		} else {
			lines++
		}
	}
	return groups > 0 && groups < lines
}

// groupLine reads a line that names the customer of the lines below it: a code and a name, alone or before sums.
func (s *Sheet) groupLine(r grid.Row) (ref, name string, ok bool) {
	cells := s.grid.Cells(r)
	if len(cells) > 8 {
		return "", "", false
	}
	var texts []string
	for _, c := range cells {
		b := s.grid.Bytes(c)
		f := None
		if int(c.Col) < len(s.Mapping) {
			f = s.Mapping[c.Col]
		}
		switch {
		case isBlank(b):
		case c.Kind == grid.Text && len(texts) > 0 && f != Number && !f.IsDate() && isWrittenSum(b):
		case c.Kind == grid.Text && len(texts) < 3 && len(b) <= 200:
			if (f == Number || f.IsDate()) && len(texts) > 0 || f.IsDate() && maybeDay(b) {
				return "", "", false
			}
			texts = append(texts, trim(b))
		case c.Kind != grid.Number || s.grid.FormatOf(c).Date:
			return "", "", false
		case len(texts) == 0 && len(b) < 12 && !f.IsAmount() && !f.IsDate():
			texts = append(texts, shownNumber(b, s.grid.FormatOf(c)))
		case len(texts) == 0 || f == Number || f.IsDate():
			return "", "", false
		}
	}
	if len(texts) == 0 || strings.Trim(texts[0], "0123456789") == "" && len(texts) == 1 {
		return "", "", false
	}
	first := fold(texts[0])
	if isPeriod(first) || strings.IndexFunc(first, unicode.IsLetter) < 0 && len(texts) == 1 {
		return "", "", false
	}
	if totalLine(first) || s.preamble[first] || strings.HasPrefix(first, "page") || s.titles[first] || isBucket(texts[0]) {
		return "", "", false
	}
	ref, name = parseGroup(texts)
	return ref, name, name != ""
}

// isWrittenSum says whether a text is an amount with decimals, as stand beside a customer's name.
func isWrittenSum(b []byte) bool {
	if len(b) > 30 || bytes.IndexAny(b, ".,") < 0 {
		return false
	}
	t, ok := cutAmount(trim(b))
	return ok && t.plain != ""
}

// isPeriod says whether a text is a month or a year, as stand above the lines of a month: "décembre 2025".
func isPeriod(folded string) bool {
	for _, w := range words(folded) {
		if months[w] == 0 && strings.Trim(w, "0123456789") != "" && w != "mois" && w != "de" && w != "annee" && w != "exercice" {
			return false
		}
	}
	return true
}

// parseGroup cuts "Compte 411DUP  DUPONT SARL", "C001 - DUPONT SARL", "Client : DUPONT (C001)" or two cells into code and name.
func parseGroup(texts []string) (ref, name string) {
	text := strings.Join(texts, "  ")
	for {
		word, rest, more := strings.Cut(text, " ")
		to := canon[fold(strings.Trim(word, ":.°"))]
		if !more || len(to) != 1 || !slices.Contains([]string{"client", "compte", "code", "no"}, to[0]) {
			break
		}
		text = strings.TrimLeft(rest, " :-–")
	}
	if i := strings.LastIndexByte(text, '('); i > 0 && strings.HasSuffix(text, ")") && isCode(text[i+1:len(text)-1]) {
		return text[i+1 : len(text)-1], strings.TrimSpace(text[:i])
	}
	word, rest, more := strings.Cut(text, " ")
	word = strings.TrimRight(word, ":-")
	if more && isCode(word) {
		if rest = strings.TrimLeft(rest, " :-–—/|"); rest != "" {
			return word, rest
		}
	}
	if !more && isCode(word) {
		return word, word
	}
	return "", strings.TrimSpace(text)
}

// isCode says whether a word looks like a customer's code: it has a digit, or is 411 and more.
func isCode(s string) bool {
	return len(s) <= 20 && strings.ContainsAny(s, "0123456789") && !strings.ContainsAny(s, " /")
}

// holdsLines says whether anything below the titles can be a line of an invoice.
func (s *Sheet) holdsLines() bool {
	s.learned = s.learn(s.Mapping)
	r := newReading(s, s.Mapping, nil)
	for i := range s.grid.Len() {
		if row := s.grid.Row(i); int(row.Line) > s.HeaderLine {
			if r.load(row); r.classify(row) == recordLine {
				return true
			}
		}
	}
	return false
}
