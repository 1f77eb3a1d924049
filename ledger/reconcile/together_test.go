package reconcile

import (
	"fmt"
	"testing"

	"quitus/ledger"
)

// chain is the small world with three sites of a chain, two of which owe two invoices, and three owners of one surname.
func chain() *World {
	w := small()
	site := func(code, name string, owes ...int64) {
		id := ledger.CustomerID(500 + len(w.Customers))
		w.Customers = append(w.Customers, Customer{ID: id, Code: code, Names: []string{name}})
		for _, v := range owes {
			n := len(w.Items)
			issued := day1 - 60 + ledger.Date(n)
			w.Items = append(w.Items, Item{ID: ledger.InvoiceID(1000 + n), Customer: id, Number: fmt.Sprintf("FA-2025-9%03d", n), Issued: issued, Due: issued + 30, Open: v, Total: v, Currency: ledger.EUR})
		}
	}
	site("S1", "Optivel Amiens", 41_127, 18_903)
	site("S2", "Optivel Beauvais", 77_310)
	site("S3", "Optivel Creil", 23_456, 9_871)
	return w
}

// One payment for several customers of a name is proposed where it makes their invoices exactly, and never recorded.
func TestPaidTogether(t *testing.T) {
	for _, c := range []struct {
		why, label string
		amount     int64
		customers  int
	}{
		{"all that they owe", "VIR GROUPE OPTIVEL", 41_127 + 18_903 + 77_310 + 23_456 + 9_871, 3},
		{"a run over their invoices", "VIR OPTIVEL HOLDING", 18_903 + 77_310, 2},
		{"a few of them", "VIR SEPA OPTIVEL FRANCE", 41_127 + 23_456, 2},
	} {
		w := chain()
		ds := Decide(w, []Entry{receipt(c.amount, c.label)})
		d := &ds[0]
		of := map[ledger.CustomerID]bool{}
		for _, a := range d.Allocations {
			for _, it := range w.Items {
				if it.ID == a.Item {
					of[it.Customer] = true
				}
			}
		}
		if d.Outcome != ToConfirm || d.Customer != 0 || len(of) != c.customers || d.Left != 0 || !has(d, "paid_together") {
			t.Errorf("%s: %s, reasons %v", c.why, told(w, d), d.Reasons)
		}
		sayable(t, ds)
	}
}

// What an account or a label was learnt for says who is paid for, without any word in common.
func TestPaidTogetherAsLearnt(t *testing.T) {
	w := small()
	for _, i := range []int{0, 1, 2} {
		w.Customers[i].Aliases = []string{ledger.PayerLabel("REGIE MALTOR")}
	}
	ds := Decide(w, []Entry{receipt(69_911+45_617+88_008, "VIR REGIE MALTOR")})
	if d := &ds[0]; d.Outcome != ToConfirm || len(d.Allocations) != 3 || !has(d, "paid_together") {
		t.Errorf("%s, %v", told(w, d), d.Reasons)
	}
	ds = Decide(w, []Entry{receipt(45_617, "VIR REGIE MALTOR")})
	if d := &ds[0]; len(d.Allocations) != 1 {
		t.Errorf("one invoice of one of them: %s", told(w, d))
	}
}

// A payment that names an invoice, or makes nothing that they owe, is not of several.
func TestNotPaidTogether(t *testing.T) {
	for _, e := range []Entry{receipt(55_555, "VIR GROUPE OPTIVEL"), receipt(41_127+77_310, "VIR OPTIVEL FA-2025-00119"), receipt(41_127+77_310, "VIR OPTIVEL ACOMPTE")} {
		w := chain()
		ds := Decide(w, []Entry{e})
		if has(&ds[0], "paid_together") || ds[0].Outcome == Recorded {
			t.Errorf("%s: %s, %v", e.Label, told(w, &ds[0]), ds[0].Reasons)
		}
	}
}
