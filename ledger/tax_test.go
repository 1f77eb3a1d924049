package ledger

import (
	"math/rand/v2"
	"testing"
)

func TestSplitTotal(t *testing.T) {
	none := Money{}
	eur := func(v int64) Money { return Euros(v) }
	for _, c := range []struct {
		name             string
		total, net, vat  Money
		wantNet, wantVAT int64
	}{
		{"nothing told", eur(12000), none, none, 0, 0},
		{"both", eur(12000), eur(10000), eur(2000), 10000, 2000},
		{"net only", eur(12000), eur(10000), none, 10000, 2000},
		{"tax only", eur(12000), none, eur(2000), 10000, 2000},
		{"without tax", eur(12000), eur(12000), eur(0), 12000, 0},
		{"tax of nothing", eur(12000), none, eur(0), 12000, 0},
		{"rounded each on its own", eur(40), eur(34), eur(7), 33, 7},
		{"Swiss total to five centimes", Money{10810, CHF}, Money{10003, CHF}, Money{810, CHF}, 10000, 810},
		{"a rate in the column of the tax", eur(120000), eur(100000), eur(2000), 0, 0},
		{"zeros for blanks", eur(12000), eur(0), eur(0), 0, 0},
		{"more than the total", eur(12000), eur(13000), none, 0, 0},
		{"nothing but tax", eur(12000), eur(0), none, 0, 0},
		{"credit note", eur(-12000), eur(-10000), eur(-2000), -10000, -2000},
		{"credit note, tax only", eur(-12000), none, eur(-2000), -10000, -2000},
		{"credit note with the wrong sign", eur(-12000), eur(10000), none, 0, 0},
		{"no decimals", Money{1100, "JPY"}, Money{1000, "JPY"}, none, 1000, 100},
	} {
		if net, vat := SplitTotal(c.total, c.net, c.vat); net != c.wantNet || vat != c.wantVAT {
			t.Errorf("%s: %d and %d, want %d and %d", c.name, net, vat, c.wantNet, c.wantVAT)
		}
	}
}

// The two parts of any part make it, and all parts come to what the whole is split into, but for rounding.
func TestTaxOfAPart(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		i := &Invoice{Total: Euros(1 + r.Int64N(1e9)), CreditNote: r.IntN(2) == 0}
		if i.CreditNote {
			i.Total = i.Total.Neg()
		}
		vat := MulDiv(i.Total.Minor, r.Int64N(2700), 12700)
		if i.Net, i.VAT = SplitTotal(i.Total, Money{}, Euros(vat)); i.Net == 0 {
			t.Fatalf("%d of %d is not known", vat, i.Total.Minor)
		}
		part := MulDiv(i.Total.Minor, r.Int64N(1001), 1000)
		net, tax, known := i.Tax(part)
		rest, restTax, _ := i.Tax(i.Total.Minor - part)
		if !known || net+tax != part || abs64(tax+restTax-i.VAT) > 1 || net+rest+tax+restTax != i.Total.Minor {
			t.Fatalf("%+v: %d is %d and %d", i, part, net, tax)
		}
	}
	half := &Invoice{Total: Euros(300), Net: 250, VAT: 50}
	if net, vat, _ := half.Tax(150); net != 125 || vat != 25 {
		t.Error(net, vat)
	}
	if net, vat, _ := half.Tax(3); net != 2 || vat != 1 { // a half cent is rounded up
		t.Error(net, vat)
	}
	half.Total = Euros(400)
	if _, _, known := half.Tax(100); known {
		t.Error("the split of another total is taken")
	}
}
