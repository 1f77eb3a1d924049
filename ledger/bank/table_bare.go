package bank

import (
	"regexp"
	"slices"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// bareLayout understands a table without titles, as two French banks give them, by its contents alone: columns of days, one
// of sums of both signs, and texts that begin with the words of banks. It gives nil for any other table.
func bareLayout(g *grid.Grid, today ledger.Date) *tableLayout {
	profiles := profileColumns(g, 0, today)
	l := &tableLayout{columns: map[tableRole]int{}, several: map[tableRole][]int{}}
	told := 0
	for col := range profiles {
		p := &profiles[col]
		most := func(n int) bool { return n*10 >= p.filled*7 && p.filled > 0 }
		switch {
		case p.filled*2 < p.rows && p.kinds == 0:
		case most(p.days - p.cents):
			if !l.has(bookedRole) {
				l.several[bookedRole] = []int{col}
			} else if !l.has(valueRole) {
				l.columns[valueRole] = col
			}
		case most(p.sums) && p.cents > 0 && p.letters == 0:
			if l.has(amountRole) || p.negative == 0 {
				return nil // which is the sum, or which way it goes, nothing tells
			}
			l.columns[amountRole] = col
		case most(p.kinds) && most(p.short):
			l.several[kindRole] = append(l.several[kindRole], col)
			told = max(told, p.kinds)
		case p.kinds > 0:
			l.several[labelRole] = append(l.several[labelRole], col)
			told += p.kinds
		}
	}
	if !l.statement() || told*2 < profiles[l.columns[amountRole]].filled {
		return nil
	}
	slices.SortStableFunc(l.several[labelRole], func(a, b int) int { return profiles[b].kinds - profiles[a].kinds })
	return l
}

// accountOnly is the number of an account as one of these banks writes it in the lines that tell its balance.
var accountOnly = regexp.MustCompile(`^\d{5} ?\d{5,6}[0-9A-Z]$`)

// readAccountBalance reads a row of a table without titles that says nothing but the account and its balance: the first before
// the entries, the last behind them.
func (t *tableReader) readAccountBalance(on ledger.Date, amount ledger.Money) bool {
	if t.layout.header != 0 || on == 0 {
		return false
	}
	number := ""
	for _, c := range t.grid.Cells(t.row) {
		switch text := oneLine(t.cells.Text(c)); {
		case accountOnly.MatchString(text):
			number = text
		case c != t.cell(t.layout.columns[amountRole]) && !slices.Contains(t.days, int(c.Col)):
			return false
		}
	}
	if number == "" {
		return false
	}
	if b := (&Balance{on, amount.Minor}); len(t.statements) == 0 {
		t.notes.account.Number, t.notes.opening = number, b
	} else {
		t.statements[len(t.statements)-1].notes.closing = b
	}
	return true
}
