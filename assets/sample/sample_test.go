package sample

import (
	"strings"
	"testing"

	"quitus/ledger"
)

func TestTablesAreWhole(t *testing.T) {
	c := On(ledger.Day(2026, 11, 24))
	if len(c.Customers) != 42 || len(c.Invoices) != 250 || len(c.Payments) == 0 || len(c.Promises) == 0 || len(c.Disputes) == 0 ||
		len(c.WriteOffs) == 0 || len(c.Notes) == 0 || len(c.Letters) == 0 || len(c.Bank) == 0 {
		t.Error("a table is short")
	}
	customers, numbers := map[string]bool{}, map[string]bool{}
	for _, k := range c.Customers {
		customers[k.Ref] = true
	}
	for _, i := range c.Invoices {
		if !customers[i.CustomerRef] || numbers[i.Number] || c.Number(i.Key) != i.Number {
			t.Errorf("invoice %+v", i)
		}
		numbers[i.Number] = true
	}
	for _, p := range c.Payments {
		if !customers[p.CustomerRef] || len(p.Label) > 31 || len(p.More) > 70 {
			t.Errorf("payment %+v", p)
		}
		for _, part := range p.Settles {
			if !numbers[part.Invoice] {
				t.Errorf("payment %+v settles an unknown invoice", p)
			}
		}
	}
	for _, n := range c.Notes {
		if !customers[n.CustomerRef] || strings.ContainsAny(n.Text, "{}") {
			t.Errorf("note %+v", n)
		}
	}
}

func TestNumbersCarryTheYearOfIssue(t *testing.T) {
	for _, c := range []struct {
		today     ledger.Date
		key, want string
	}{
		{ledger.Day(2026, 11, 24), "F0143", "F-2025-0143"},
		{ledger.Day(2026, 11, 24), "F0384", "F-2026-0384"},
		{ledger.Day(2030, 1, 2), "F0143", "F-2028-0143"},
		{ledger.Day(2030, 1, 2), "F9999", ""},
	} {
		if got := On(c.today).Number(c.key); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.today, c.key, got, c.want)
		}
	}
}
