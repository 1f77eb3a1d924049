package letters

import (
	"slices"
	"strconv"

	"quitus/ledger"
)

// table lists what the letter is about: the invoices, then the credit notes, whose amounts are negative.
func (c *composer) table() *Table {
	switch c.kind.about {
	case aboutSettled:
		return c.settledTable()
	case aboutReceived:
		return c.receivedTable()
	case aboutDeclared:
		return c.declaredTable()
	}
	t := c.newTable("invoice", "date", "due", "amount", "paid", "left")
	t.Short = []int{0, 2, 5}
	for _, inv := range c.invoices {
		t.Rows = append(t.Rows, c.rows(inv)...)
		if part := c.reserved(inv); part.Positive() {
			t.Rows = append(t.Rows, []string{c.w.T("letters.table.contested", "number", inv.Number), "", "", "", "", c.w.Money(part.Neg())})
		}
	}
	for _, note := range c.credits {
		t.Rows = append(t.Rows, c.row(note, c.w.T("letters.table.credit_note", "number", note.Number)))
	}
	if !c.unallocated.IsZero() {
		t.Rows = append(t.Rows, []string{c.w.T("letters.table.unallocated"), "", "", "", "", c.w.Money(c.unallocated.Neg())})
	}
	label := "letters.table.total"
	switch {
	case c.kind.about == aboutOpen:
		label = "letters.table.balance"
	case len(c.claims) > 0:
		label = "letters.table.principal"
	case c.kind.about == aboutDisputed && !c.total.Positive():
		label = "letters.table.left" // nothing is asked for
	}
	t.Total = []string{c.w.T(label), c.w.Money(c.principal)}
	return t
}

// leftColumns are the columns of text; the others hold amounts and stand at the right.
var leftColumns = []string{"invoice", "date", "due", "number"}

func (c *composer) newTable(columns ...string) *Table {
	t := &Table{}
	for _, k := range columns {
		t.Head = append(t.Head, c.w.T("letters.table."+k))
		t.Right = append(t.Right, !slices.Contains(leftColumns, k))
	}
	return t
}

func (c *composer) row(inv *ledger.Invoice, name string) []string {
	open := c.asked(inv)
	return []string{name, c.w.Date(inv.Issued), c.w.Date(inv.Due), c.w.Money(inv.Total),
		c.w.Money(inv.Total.Sub(open)), c.w.Money(open)}
}

// rows gives an invoice's row or, where it is payable in parts, one for each that is not settled. One
// that falls due later says so in place of a sum, where others are overdue.
func (c *composer) rows(inv *ledger.Invoice) [][]string {
	if len(inv.Instalments) == 0 {
		return [][]string{c.row(inv, inv.Number)}
	}
	st := c.Standings.Of(inv.ID)
	money := func(minor int64) string { return c.w.Money(ledger.Money{Minor: minor, Currency: inv.Total.Currency}) }
	coming := c.kind.about == aboutComing && c.coming(inv) > 0
	var rows [][]string
	n := 0
	for p, left := range inv.Parts(st.Open) {
		n++
		if left == 0 || (coming && !c.near(p.Due)) {
			continue
		}
		sum := money(left)
		if st.Overdue != 0 && p.Due >= c.On && !coming && c.kind.about != aboutOpen {
			sum = c.w.T("letters.table.not_due")
		}
		rows = append(rows, []string{c.partName(inv, n), c.w.Date(inv.Issued), c.w.Date(p.Due), money(p.Amount), money(p.Amount - left), sum})
	}
	return rows
}

func (c *composer) partName(inv *ledger.Invoice, n int) string {
	if len(inv.Instalments) == 0 {
		return inv.Number
	}
	return c.w.T("letters.table.part", "number", inv.Number, "n", n, "of", len(inv.Instalments))
}

// settledTable shows what was paid of each invoice and, where there is any, what was given up.
func (c *composer) settledTable() *Table {
	columns := []string{"invoice", "date", "amount", "paid"}
	if c.givenUp() != 0 {
		columns = append(columns, "given_up")
	}
	t := c.newTable(columns...)
	t.Short = []int{0, 1, 3}
	for _, inv := range c.invoices {
		row := []string{inv.Number, c.w.Date(inv.Issued), c.w.Money(inv.Total), c.w.Money(c.asked(inv))}
		if len(columns) > 4 {
			row = append(row, c.w.Money(ledger.Money{Minor: c.Standings.Of(inv.ID).WrittenOff, Currency: inv.Total.Currency}))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Total = []string{c.w.T("letters.table.settled"), c.w.Money(c.principal)}
	return t
}

// givenUp is what was written off of the invoices of a quitus.
func (c *composer) givenUp() int64 {
	sum := int64(0)
	if c.kind.about == aboutSettled {
		for _, inv := range c.invoices {
			sum += c.Standings.Of(inv.ID).WrittenOff
		}
	}
	return sum
}

// receivedTable shows what a payment settled.
func (c *composer) receivedTable() *Table {
	t := c.newTable("invoice", "date", "amount", "imputed", "left")
	t.Short = []int{0, 1, 3}
	sum := ledger.Money{Currency: c.principal.Currency}
	for _, inv := range slices.Concat(c.invoices, c.credits) {
		name := inv.Number
		if inv.CreditNote {
			name = c.w.T("letters.table.credit_note", "number", inv.Number)
		}
		part := c.asked(inv)
		sum = sum.Add(part)
		t.Rows = append(t.Rows, []string{name, c.w.Date(inv.Issued), c.w.Money(inv.Total), c.w.Money(part),
			c.w.Money(ledger.Money{Minor: c.Standings.Of(inv.ID).Open, Currency: inv.Total.Currency})})
	}
	t.Total = []string{c.w.T("letters.table.imputed_total"), c.w.Money(sum)}
	return t
}

// declaredTable parts what was due on the day of the judgment from what falls due later, with its due date (C. com.
// L622-25).
func (c *composer) declaredTable() *Table {
	t := c.newTable("invoice", "date", "due", "amount", "fallen", "to_come")
	t.Short = []int{0, 2, 4, 5}
	none := c.w.Money(ledger.Money{Currency: c.principal.Currency})
	for _, inv := range slices.Concat(c.invoices, c.credits) {
		n := 0
		for p, left := range inv.Parts(c.Standings.Of(inv.ID).Open) {
			n++
			if left == 0 {
				continue
			}
			name := c.partName(inv, n)
			if inv.CreditNote {
				name = c.w.T("letters.table.credit_note", "number", inv.Number)
			}
			amount := c.w.Money(ledger.Money{Minor: left, Currency: inv.Total.Currency})
			fallen, later := amount, none
			if c.fallsLater(inv, p.Due) {
				fallen, later = none, amount
			}
			t.Rows = append(t.Rows, []string{name, c.w.Date(inv.Issued), c.w.Date(p.Due),
				c.w.Money(ledger.Money{Minor: p.Amount, Currency: inv.Total.Currency}), fallen, later})
		}
	}
	t.Total = []string{c.w.T("letters.table.principal"), c.w.Money(c.principal)}
	return t
}

// fallsLater says whether a part was not due yet on the day before the judgment.
func (c *composer) fallsLater(inv *ledger.Invoice, due ledger.Date) bool {
	return !inv.CreditNote && !due.IsZero() && due >= c.Facts.Insolvency.Opened
}

// later is what of the declared invoices falls due from the judgment on.
func (c *composer) later() ledger.Money {
	sum := ledger.Money{Currency: c.principal.Currency}
	for _, inv := range c.invoices {
		for p, left := range inv.Parts(c.Standings.Of(inv.ID).Open) {
			if c.fallsLater(inv, p.Due) {
				sum.Minor += left
			}
		}
	}
	return sum
}

// planTable lists the instalments: all of a plan with their sum, or those not paid of one that lapses.
func (c *composer) planTable() *Table {
	columns := []string{"number", "due", "amount"}
	if c.Model == PlanLapse {
		columns = append(columns, "paid", "left")
	}
	t := c.newTable(columns...)
	t.Short = []int{0, 1, len(columns) - 1}
	for n, i := range c.plan {
		row := []string{strconv.Itoa(n + 1), c.w.Date(i.Due), c.w.Money(i.Amount)}
		if c.Model == PlanLapse {
			paid := ledger.Money{Minor: i.Paid.Minor, Currency: i.Amount.Currency}
			row = append(row, c.w.Money(paid), c.w.Money(i.Amount.Sub(paid)))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Total = []string{c.w.T("letters.table.sum"), c.w.Money(c.planSum())}
	return t
}

// planSum is what is left to pay of the instalments.
func (c *composer) planSum() ledger.Money {
	sum := ledger.Money{}
	for _, i := range c.plan {
		sum = sum.Add(i.Amount)
		if c.Model == PlanLapse {
			sum.Minor -= i.Paid.Minor
		}
	}
	return sum
}
