package reconcile

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"quitus/ledger"
)

// generated makes a world of some open invoices and a statement of some entries, most of which settle one or a run.
func generated(invoices, entries int, r *rand.Rand) (*World, []Entry) {
	w := &World{Company: []string{"Atelier Test"}}
	customers := invoices/8 + 1
	syllables := []string{"bor", "dan", "vil", "lar", "mon", "tes", "gra", "pel", "sau", "ker", "nov", "rim", "cha", "bel", "fon", "tou", "mar", "jus", "qui", "zel"}
	part := func() string { return syllables[r.IntN(len(syllables))] }
	for i := range customers {
		forms := []string{"SARL", "SAS", "Boulangerie", "Garage", "Transports"}
		w.Customers = append(w.Customers, Customer{ID: ledger.CustomerID(i + 1), Code: fmt.Sprintf("C%05d", i+1),
			Names: []string{forms[r.IntN(len(forms))] + " " + part() + part() + part() + " " + part() + part()}})
	}
	start := ledger.Day(2025, 1, 1)
	of := make([][]int, customers)
	for i := range invoices {
		c := r.IntN(customers)
		amount := int64(1000 + r.IntN(400_000))
		if r.IntN(6) == 0 {
			amount = amount / 1000 * 1000
		}
		w.Items = append(w.Items, Item{ID: ledger.InvoiceID(i + 1), Customer: ledger.CustomerID(c + 1), Number: fmt.Sprintf("FA-2025-%06d", i+1),
			Issued: start + ledger.Date(i*300/invoices), Due: start + ledger.Date(i*300/invoices) + 30, Open: amount, Total: amount, Currency: ledger.EUR})
		of[c] = append(of[c], i)
	}
	var out []Entry
	for i := range entries {
		c := r.IntN(customers)
		e := Entry{Rank: i + 1, On: start + 330 + ledger.Date(r.IntN(30)), Type: ledger.EntryTransfer, Amount: ledger.Euros(int64(1000 + r.IntN(400_000)))}
		e.Label = "VIR " + w.Customers[c].Names[0]
		if n := len(of[c]); n > 0 {
			from := r.IntN(n)
			to := min(n, from+1+r.IntN(3)*r.IntN(2))
			e.Amount.Minor = 0
			for _, k := range of[c][from:to] {
				e.Amount.Minor += w.Items[k].Open
			}
			if r.IntN(4) == 0 {
				e.Label += " FACTURE " + w.Items[of[c][from]].Number
			}
		}
		if r.IntN(20) == 0 {
			e.Label = "VIREMENT RECU"
		}
		out = append(out, e)
	}
	return w, out
}

// Ten times the entries against ten times the invoices take little more than ten times the work. Work is told by what
// is allocated, which does not depend on what else the machine does.
func TestGrowth(t *testing.T) {
	work := func(n int) float64 {
		w, entries := generated(1_500*n, 300*n, rand.New(rand.NewPCG(1, 2)))
		return testing.AllocsPerRun(1, func() { Decide(w, entries) })
	}
	small, large := work(3), work(30)
	t.Logf("%.0f, and ten times as many %.0f", small, large)
	if large > 15*small {
		t.Errorf("%.0f for ten times of what takes %.0f", large, small)
	}
}

// One customer with thousands of open invoices.
func BenchmarkOneLargeCustomer(b *testing.B) {
	w, entries := generated(3_000, 400, rand.New(rand.NewPCG(5, 6)))
	for i := range w.Items {
		w.Items[i].Customer = 1
	}
	for i := range entries {
		entries[i].Label = "VIR " + w.Customers[0].Names[0]
	}
	for b.Loop() {
		Decide(w, entries)
	}
}

func BenchmarkLarge(b *testing.B) {
	w, entries := generated(50_000, 10_000, rand.New(rand.NewPCG(1, 2)))
	b.ReportAllocs()
	for b.Loop() {
		Decide(w, entries)
	}
}

// Whatever a statement says, it is decided without a panic, and amounts add up.
func FuzzDecide(f *testing.F) {
	for _, s := range []string{"VIR PROSOL FACT 118 121", "VIREMENT RECU F118-122\nPOUR X", "+++090/9337/55493+++", "F-", "REMISE CHQ NB 99999999999999999999", "FA 2025 00119 /-/ 00-00", "ÉÈ\xff 12/13/9999", "du 310299 ech 2026-02-30"} {
		f.Add(s, "Prosol", "FA-2025-00118", int64(45_617))
	}
	f.Fuzz(func(t *testing.T, label, payer, ref string, amount int64) {
		if amount > 1<<50 || amount < -(1<<50) {
			return
		}
		w := small()
		e := receipt(amount, label)
		e.Payer, e.EndToEnd, e.References = payer, ref, []string{ref}
		for _, d := range Decide(w, []Entry{e, e}) {
			if len(d.Allocations) > 0 && d.left(amount) != d.Left {
				t.Errorf("%+v", d)
			}
		}
	})
}
