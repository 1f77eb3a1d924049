package imports

import (
	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// Cells reads the days and sums of a table that is no register, in the ways of [Sheet.Drafts]: what only the whole table
// can tell, whether the day or the month comes first and which sign is the decimal one in each column, is learnt from
// all of its lines first.
type Cells struct {
	grid    *grid.Grid
	days    days
	decimal map[int]byte // by column
	usual   byte         // of all columns together
}

// CellProblem says why a cell holds no day or no sum.
type CellProblem struct {
	Code  string         // date_invalid, date_not_existing, date_unlikely, amount_invalid, amount_ambiguous, cell_error or formula_without_value
	Args  map[string]any // facts of that code, as in [Problem]
	Empty bool           // there is nothing in it, which may be right: no code then
}

// NewCells learns from the lines of a table below one (0 for all of them). dated and summed are the columns, from 0, that
// hold days and sums.
func NewCells(g *grid.Grid, below int, dated, summed []int, today ledger.Date) *Cells {
	c := &Cells{grid: g, decimal: map[int]byte{}}
	roles := map[int]int{}
	for _, col := range summed {
		roles[col] |= 2
	}
	for _, col := range dated {
		roles[col] |= 1
	}
	var votes orderVotes
	var all amountStyle
	styles := map[int]*amountStyle{}
	for i := range g.Len() {
		row := g.Row(i)
		if int(row.Line) <= below {
			continue
		}
		for _, cell := range g.Cells(row) {
			role := roles[int(cell.Col)]
			if role == 0 || cell.Kind != grid.Text {
				continue
			}
			text := trim(g.Bytes(cell))
			if role&1 != 0 {
				votes.add(text)
			}
			if role&2 != 0 {
				if styles[int(cell.Col)] == nil {
					styles[int(cell.Col)] = &amountStyle{}
				}
				styles[int(cell.Col)].add(g.Bytes(cell))
			}
		}
	}
	c.days = days{votes.order(), g.Date1904, today}
	for col, s := range styles {
		c.decimal[col] = s.decimal()
		all.comma, all.dot = all.comma+s.comma, all.dot+s.dot
	}
	c.usual = all.decimal()
	return c
}

// Day reads a day.
func (c *Cells) Day(cell grid.Cell) (ledger.Date, *CellProblem) {
	v := c.value(cell)
	d, p := c.days.read(v)
	if p == nil {
		return d, nil
	}
	if !p.empty && (v.kind == grid.Error || v.kind == grid.Uncached) {
		return 0, &CellProblem{Code: cellCode(v)}
	}
	return 0, &CellProblem{p.code, p.args, p.empty}
}

// DayIn reads a day written in a text, in the order that the table shows. Numbers alone are none.
func (c *Cells) DayIn(text string) (ledger.Date, bool) {
	if _, ok := cutDate(text); !ok {
		return 0, false
	}
	d, p := c.days.read(value{kind: grid.Text, text: []byte(text), format: &grid.Format{}})
	return d, p == nil
}

// Sum reads a sum in minor units of a currency.
func (c *Cells) Sum(cell grid.Cell, currency ledger.Currency) (int64, *CellProblem) {
	v := c.value(cell)
	decimal := c.decimal[int(cell.Col)]
	if decimal == 0 {
		decimal = c.usual
	}
	n, p := readSum(v, decimal, currency)
	switch {
	case p == nil:
		return n, nil
	case !p.empty && (v.kind == grid.Error || v.kind == grid.Uncached):
		return 0, &CellProblem{Code: cellCode(v)}
	}
	return 0, &CellProblem{p.code, p.args, p.empty}
}

// Currency gives the currency named beside a sum or shown by its format, or none.
func (c *Cells) Currency(cell grid.Cell) ledger.Currency { return named(c.value(cell)) }

// SumIn reads a sum written in a text, in the currency named beside it or else the given one.
func (c *Cells) SumIn(text string, currency ledger.Currency) (ledger.Money, bool) {
	v := value{kind: grid.Text, text: []byte(text), format: &grid.Format{}}
	if named := named(v); named != "" {
		currency = named
	}
	n, p := readSum(v, c.usual, currency)
	return ledger.Money{Minor: n, Currency: currency}, p == nil
}

// Text gives what a cell shows, with its lines: numbers as they are written out, days as YYYY-MM-DD.
func (c *Cells) Text(cell grid.Cell) string {
	v := shown(c.grid, cell)
	if v.Date != 0 {
		return v.Date.String()
	}
	return v.Text
}

func (c *Cells) value(cell grid.Cell) value {
	v := value{kind: cell.Kind, text: c.grid.Bytes(cell), format: c.grid.FormatOf(cell)}
	if v.kind == grid.Text && isBlank(v.text) {
		v.kind = grid.Empty
	}
	return v
}

// named gives the currency named beside a sum, or none.
func named(v value) ledger.Currency {
	switch v.kind {
	case grid.Number:
		if c, ok := ledger.ParseCurrency(v.format.Currency); ok && knownCurrency(c) {
			return c
		}
	case grid.Text:
		if _, plain := plainAmount(v.text); plain {
			return "" // digits alone, as most
		}
		if a, ok := cutAmount(trim(v.text)); ok {
			return a.currency
		}
	}
	return ""
}

// TitleWords cuts the title of a column into its folded words of letters and digits; letters and digits part, n° becomes
// "no", € "euro", and an abbreviation written with dots one word.
func TitleWords(title string) []string { return words(title) }
