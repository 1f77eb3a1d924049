package bank

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"quitus/ledger"
	"quitus/ledger/imports"
	"quitus/ledger/imports/grid"
)

const (
	headerLines = 41  // lines that hold something, the last of which may be that of the titles
	peekLines   = 400 // lines looked at to tell what columns contain
)

// tableLayout says where in a table what stands.
type tableLayout struct {
	header  int                 // the line of the titles; 0 if the table has none
	titles  map[int]string      // by column
	columns map[tableRole]int   // of the roles that one column has
	several map[tableRole][]int // of those that several may have, the surest first
	named   ledger.Currency     // by the titles of the sums
	net     bool                // charges are in the sum already, as its title says
}

// repeats says whether several columns may have a role.
func (r tableRole) repeats() bool { return r == bookedRole || r == labelRole || r == kindRole }

func (l *tableLayout) has(r tableRole) bool {
	_, ok := l.columns[r]
	return ok || len(l.several[r]) > 0
}

// statement says whether the columns are those of a statement.
func (l *tableLayout) statement() bool {
	return l.has(bookedRole) && (l.has(amountRole) || l.has(debitRole) || l.has(creditRole)) && (l.has(labelRole) || l.has(partyRole) || l.has(kindRole))
}

// sums lists the columns that hold sums, days those that hold days.
func (l *tableLayout) sums() []int {
	var out []int
	for _, r := range [...]tableRole{amountRole, debitRole, creditRole, balanceRole, feeRole} {
		if col, ok := l.columns[r]; ok {
			out = append(out, col)
		}
	}
	return out
}

func (l *tableLayout) days() []int {
	out := slices.Clone(l.several[bookedRole])
	if col, ok := l.columns[valueRole]; ok {
		out = append(out, col)
	}
	return out
}

// findLayout finds the titles of a statement below a preamble and says what the columns hold, by titles and contents. Where no
// titles are, the contents alone tell. It gives nil for a table that is no statement: whose titles tell no day, no sum
// or no label, or that are those of a register of invoices.
func findLayout(g *grid.Grid, today ledger.Date) *tableLayout {
	best, score := -1, 0
	for i := range min(g.Len(), headerLines) {
		if s := titlesScore(g, g.Row(i)); s > score {
			best, score = i, s
		}
	}
	if best < 0 {
		return bareLayout(g, today)
	}
	l := layoutAt(g, g.Row(best), today)
	if !l.statement() || tellRegister(slices.Collect(maps.Values(l.titles))) {
		return nil
	}
	return l
}

// titlesScore says how much a line looks like that of the titles: 0 unless it tells a day and a sum.
func titlesScore(g *grid.Grid, row grid.Row) int {
	sum, days, sums, others := 0, 0, 0, 0
	for _, c := range g.Cells(row) {
		text := g.String(c)
		if c.Kind != grid.Text || len(text) > 80 || countDigits(text)*2 > len(text) {
			others++
			continue
		}
		roles, weight := rolesOf(text)
		if len(roles) > 0 {
			sum += weight
		}
		switch {
		case slices.Contains(roles, bookedRole), slices.Contains(roles, valueRole):
			days++
		case slices.Contains(roles, amountRole), slices.Contains(roles, debitRole), slices.Contains(roles, creditRole):
			sums++
		}
	}
	if days == 0 || sums == 0 || others*3 > len(g.Cells(row)) {
		return 0
	}
	return sum
}

// tableClaim is a column's claim on a role.
type tableClaim struct {
	role   tableRole
	col    int
	weight int
}

// layoutAt understands the columns below the titles in a line.
func layoutAt(g *grid.Grid, row grid.Row, today ledger.Date) *tableLayout {
	l := &tableLayout{header: int(row.Line), titles: map[int]string{}, columns: map[tableRole]int{}, several: map[tableRole][]int{}}
	profiles := profileColumns(g, l.header, today)
	var claims []tableClaim
	for _, c := range g.Cells(row) {
		col, title := int(c.Col), oneLine(g.String(c))
		l.titles[col] = title
		roles, weight := rolesOf(title)
		for _, r := range roles {
			if profileOf(profiles, col).fits(r) {
				claims = append(claims, tableClaim{r, col, weight})
				break
			}
		}
	}
	behindParty(claims)
	l.assign(claims)
	if col, ok := l.columns[amountRole]; ok {
		l.net = hasAny(titleWords(l.titles[col]), "total")
	}
	for _, r := range [...]tableRole{amountRole, creditRole, debitRole, balanceRole} {
		if col, ok := l.columns[r]; ok && l.named == "" {
			l.named, _ = imports.CurrencyIn(l.titles[col])
		}
	}
	return l
}

// behindParty gives a column of accounts that stands behind the name of the other side to that side, as one bank titles both
// alike.
func behindParty(claims []tableClaim) {
	for i := range claims {
		if i > 0 && claims[i].role == accountRole && claims[i-1].role == partyRole && claims[i].col == claims[i-1].col+1 {
			claims[i].role = partyAccount
		}
	}
}

// assign gives each role its column, the heaviest claim first.
func (l *tableLayout) assign(claims []tableClaim) {
	slices.SortStableFunc(claims, func(a, b tableClaim) int { return cmp.Or(b.weight-a.weight, a.col-b.col) })
	for _, c := range claims {
		if c.role.repeats() {
			l.several[c.role] = append(l.several[c.role], c.col)
		} else if _, taken := l.columns[c.role]; !taken {
			l.columns[c.role] = c.col
		}
	}
	if col, ok := l.columns[valueRole]; ok && !l.has(bookedRole) {
		l.several[bookedRole] = []int{col}
	}
	if l.has(debitRole) != l.has(creditRole) && l.has(amountRole) {
		delete(l.columns, debitRole)
		delete(l.columns, creditRole)
	}
}

// columnProfile says what a column contains in the lines looked at.
type columnProfile struct {
	rows, filled          int
	days, sums, cents     int // cells that mean to hold a day or a sum, sums with a part
	negative              int
	sides, codes          int // words of debit and credit, codes of currencies
	numbered              int // texts with five digits or more, as account numbers have
	letters, short, kinds int // texts with letters, of at most three words without digits, that tell a kind of entry
	distinct              map[string]bool
}

// profileColumns looks at the columns below a line.
func profileColumns(g *grid.Grid, below int, today ledger.Date) []columnProfile {
	var all []int
	for i := range min(g.Len(), peekLines) {
		for _, c := range g.Cells(g.Row(i)) {
			for len(all) <= int(c.Col) {
				all = append(all, len(all))
			}
		}
	}
	cells := imports.NewCells(g, below, all, all, today)
	out := make([]columnProfile, len(all))
	rows := 0
	for i := range min(g.Len(), peekLines) {
		row := g.Row(i)
		if int(row.Line) <= below || len(g.Cells(row)) < 2 || repeats(g, row, below) {
			continue
		}
		rows++
		for _, c := range g.Cells(row) {
			out[c.Col].add(cells, c)
		}
	}
	for i := range out {
		out[i].rows = rows
	}
	return out
}

// repeats says whether a row says what an earlier line does, as titles on every page do.
func repeats(g *grid.Grid, row grid.Row, line int) bool {
	for _, c := range g.Cells(row) {
		if oneLine(g.String(c)) != oneLine(g.String(g.At(line, int(c.Col)))) {
			return false
		}
	}
	return line > 0
}

func profileOf(profiles []columnProfile, col int) *columnProfile {
	if col < len(profiles) {
		return &profiles[col]
	}
	return &columnProfile{}
}

func (p *columnProfile) add(cells *imports.Cells, c grid.Cell) {
	text := oneLine(cells.Text(c))
	if text == "" {
		return
	}
	p.filled++
	if p.distinct == nil {
		p.distinct = map[string]bool{}
	}
	p.distinct[text] = true
	letters := strings.ContainsFunc(text, unicode.IsLetter)
	_, problem := cells.Day(c)
	day := problem == nil || problem.Code == "date_not_existing" || problem.Code == "date_unlikely"
	if day {
		p.days++
	}
	if sum, problem := cells.Sum(c, ledger.EUR); problem == nil {
		p.sums++
		if sum < 0 {
			p.negative++
		}
		if sum%100 != 0 || strings.ContainsAny(text, ".,") {
			p.cents++
		}
	} else if !letters && !day && countDigits(text) > 0 {
		p.sums++ // a sum that cannot be read
	}
	if sideOf(text) != 0 {
		p.sides++
	}
	if _, ok := ledger.ParseCurrency(text); ok {
		p.codes++
	}
	if countDigits(text) >= 5 {
		p.numbered++
	}
	if letters {
		p.letters++
		if len(strings.Fields(text)) <= 3 && countDigits(text) == 0 {
			p.short++
		}
		if t, _ := TypeOf(text, -1); t != ledger.EntryOther {
			p.kinds++
		}
	}
}

// fits says whether the contents go with a role. An empty column goes with any.
func (p *columnProfile) fits(r tableRole) bool {
	most := func(n int) bool { return n*2 >= p.filled }
	if p.filled == 0 {
		return true
	}
	switch r {
	case bookedRole, valueRole:
		return most(p.days)
	case amountRole, debitRole, creditRole, balanceRole, feeRole:
		return most(p.sums) && !most(p.days-p.cents)
	case sideRole:
		return p.sides*10 >= p.filled*9
	case currencyRole:
		return most(p.codes)
	case accountRole:
		// The owner has few accounts, and each line is of one; the other sides' are many.
		return p.filled*10 >= p.rows*7 && (len(p.distinct) <= 3 || len(p.distinct)*2 <= p.filled) && !most(p.days)
	case holderRole:
		return len(p.distinct)*4 <= p.filled || len(p.distinct) == 1
	case partyAccount:
		return most(p.numbered)
	case partyRole, statusRole:
		return !most(p.days) && most(p.letters)
	case kindRole:
		return most(p.letters) && !most(p.days)
	case labelRole:
		return !most(p.days)
	}
	return true
}
