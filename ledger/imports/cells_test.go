package imports

import (
	"testing"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

func TestCells(t *testing.T) {
	g := grid.New(nil)
	g.Formats = append(g.Formats, grid.Format{Date: true}, grid.Format{Currency: "CHF"})
	for i, row := range [][]string{
		{"Le", "Somme", "Autre"},
		{"03/04/26", "1.234", "1,234"},
		{"04/13/26", "2.345,60", "7.5"},
		{"", "12 CHF", "?"},
		{"31/31/26", "12..3", "7,5.0"},
	} {
		g.StartRow(i+1, false)
		for col, text := range row {
			if text != "" {
				g.Add(col, grid.Text, 0, []byte(text))
			}
		}
	}
	g.StartRow(6, false)
	g.Add(0, grid.Number, 1, []byte("46115"))
	g.Add(1, grid.Number, 2, []byte("8.389999999"))
	g.Add(2, grid.Uncached, 0, []byte("A1*2"))
	g.Finish()
	c := NewCells(g, 1, []int{0}, []int{1, 2}, today)
	for _, want := range []struct {
		line     int
		day      string
		sum      string
		other    string
		dayError string
	}{
		{2, "2026-03-04", "1234.00 EUR", "1234.00 EUR", ""}, // the second line says that the month comes first, and how each column writes
		{3, "2026-04-13", "2345.60 EUR", "7.50 EUR", ""},
		{4, "", "12.00 CHF", "amount_invalid", "empty"},
		{5, "", "amount_invalid", "amount_invalid", "date_invalid"},
		{6, "2026-04-03", "8.39 CHF", "formula_without_value", ""},
	} {
		d, p := c.Day(g.At(want.line, 0))
		if got := problemCode(p); d.String() != want.day || got != want.dayError {
			t.Errorf("line %d: day %s %s", want.line, d, got)
		}
		for col, text := range map[int]string{1: want.sum, 2: want.other} {
			cell, currency := g.At(want.line, col), ledger.EUR
			if named := c.Currency(cell); named != "" {
				currency = named
			}
			n, p := c.Sum(cell, currency)
			got := ledger.Money{Minor: n, Currency: currency}.String()
			if p != nil {
				got = problemCode(p)
			}
			if got != text {
				t.Errorf("line %d, column %d: %s, want %s", want.line, col, got, text)
			}
		}
	}
	if d, ok := c.DayIn("le 4/13/2026"); !ok || d != ledger.Day(2026, 4, 13) {
		t.Error("day in a text: ", d, ok)
	}
	if _, ok := c.DayIn("46115"); ok {
		t.Error("a number alone is taken for a day")
	}
	if m, ok := c.SumIn("1 234,50 $", ledger.EUR); !ok || m != (ledger.Money{Minor: 123450, Currency: "USD"}) {
		t.Error("sum in a text: ", m, ok)
	}
	if got := c.Text(g.At(6, 0)); got != "2026-04-03" {
		t.Error("text of a day: ", got)
	}
}

func problemCode(p *CellProblem) string {
	switch {
	case p == nil:
		return ""
	case p.Empty:
		return "empty"
	}
	return p.Code
}
