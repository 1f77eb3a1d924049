package reconcile

import (
	"math/rand/v2"
	"testing"

	"quitus/ledger"
)

// paidInRegister shows items as paid by a register of some days after day1.
func paidInRegister(w *World, items ...int) *World {
	for _, i := range items {
		it := &w.Items[i]
		it.Told, it.ToldOn, it.Open = it.Total, day1+5, 0
	}
	return w
}

// A payment that the register counts already belongs to its invoice and takes nothing off what is open: recorded where
// the number is named in full, else proposed.
func TestCountedByTheRegister(t *testing.T) {
	late := receipt(45_617, "VIR GANESH TRADERS FA-2025-00119")
	late.On = day1 + 6
	for _, c := range []struct {
		why     string
		entry   Entry
		want    string
		counted bool
	}{
		{"named in full", receipt(45_617, "VIR GANESH TRADERS FA-2025-00119"), "recorded -2025-00119=45617", true},
		{"two named in full", receipt(100_021+64_203, "VIR PROSOL FA-2025-00118 FA-2025-00121"), "recorded -2025-00118=100021 -2025-00121=64203", true},
		{"only the payer", receipt(45_617, "VIR GANESH TRADERS"), "to_confirm -2025-00119=45617", true},
		{"a running number", receipt(45_617, "VIR GANESH TRADERS FACT 119"), "to_confirm -2025-00119=45617", true},
		{"an open one of that customer as well", receipt(69_911, "VIR PROSOL"), "recorded -2025-00122=69911", false},
		{"another amount", receipt(45_600, "VIR GANESH TRADERS FA-2025-00119"), "to_confirm left 45600", false},
		{"after the register's day", late, "to_confirm left 45617", false},
	} {
		w := paidInRegister(small(), 0, 1, 4)
		ds := Decide(w, []Entry{c.entry})
		if got := told(w, &ds[0]); got != c.want || ds[0].Counted != c.counted || c.counted != has(&ds[0], "register_paid") {
			t.Errorf("%s: %s, want %s; counted %v, reasons %v", c.why, got, c.want, ds[0].Counted, ds[0].Reasons)
		}
		sayable(t, ds)
	}
}

// Once counted, it is used: the same payment once more is another.
func TestCountedOnce(t *testing.T) {
	w := paidInRegister(small(), 4)
	first, second := receipt(45_617, "VIR GANESH TRADERS FA-2025-00119"), receipt(45_617, "VIR GANESH TRADERS FA-2025-00119")
	second.On, second.Rank = day1+3, 2
	ds := Decide(w, []Entry{first, second})
	if !ds[0].Counted || ds[0].Outcome != Recorded || ds[1].Counted || ds[1].Outcome != ToConfirm || len(ds[1].Allocations) > 0 {
		t.Errorf("%+v\n%+v", ds[0], ds[1])
	}
}

// A payment that comes back after it was counted reopens its invoice.
func TestCountedAndReturned(t *testing.T) {
	w := paidInRegister(small(), 4)
	back := Entry{Rank: 2, On: day1 + 2, Amount: ledger.Euros(-45_617), Returned: true, Label: "REJET PRLV SEPA GANESH TRADERS FA-2025-00119"}
	again := receipt(45_617, "VIR GANESH TRADERS FA-2025-00119")
	again.On, again.Rank = day1+4, 3
	ds := Decide(w, []Entry{receipt(45_617, "PRLV SEPA GANESH TRADERS FA-2025-00119"), back, again})
	for i, want := range []string{"recorded -2025-00119=45617", "recorded -2025-00119=-45617", "recorded -2025-00119=45617"} {
		if got := told(w, &ds[i]); got != want || ds[i].Counted != (i == 0) {
			t.Errorf("%d: %s, want %s; counted %v", i, got, want, ds[i].Counted)
		}
	}
}

// Where a register knows the payments of the statement's days, an open invoice of the amount of one that it shows as paid
// is not taken for the one meant; where it does not, it is.
func TestRegisterThatKnows(t *testing.T) {
	for _, knows := range []bool{true, false} {
		w := small()
		var entries []Entry
		for i := range 6 { // others' payments, which tell
			k := 12 + i
			if knows {
				paidInRegister(w, k)
			}
			entries = append(entries, receipt(w.Items[k].Total, "VIR "+w.Customers[6+i].Names[0]))
		}
		paidInRegister(w, 9) // one of three that are alike
		entries = append(entries, receipt(4_937, "VIR SALLE RONVEL"))
		ds := Decide(w, entries)
		d := &ds[len(ds)-1]
		if want := map[bool]Outcome{true: ToConfirm, false: Recorded}[knows]; d.Outcome != want {
			t.Errorf("the register knows: %v; %s, %v", knows, told(w, d), d.Reasons)
		}
		if knows && !ds[0].Counted {
			t.Errorf("%s, %v", told(w, &ds[0]), ds[0].Reasons)
		}
	}
}

// What was recorded tells what the register knows as well as what is yet to be: deciding the rest anew decides no other.
func TestRegisterKnownByWhatWasRecorded(t *testing.T) {
	for _, c := range []struct {
		earlier Settlement
		want    Outcome
	}{
		{Settlement{Counted: true}, ToConfirm}, {Settlement{Above: true}, Recorded}, {Settlement{}, Recorded}, {Settlement{Counted: true, On: -90}, Recorded},
	} {
		w := paidInRegister(small(), 9)
		for i := range 5 {
			s := c.earlier
			s.ID, s.On = ledger.PaymentID(i+1), s.On+day1
			w.Earlier = append(w.Earlier, s)
		}
		ds := Decide(w, []Entry{receipt(4_937, "VIR SALLE RONVEL")})
		if ds[0].Outcome != c.want {
			t.Errorf("%+v: %s, %v", c.earlier, told(w, &ds[0]), ds[0].Reasons)
		}
	}
}

// afterwards makes a world as it is when the register is brought up to date after the statement's days: it shows as paid what
// the statement is yet to tell.
func (w *labelled) afterwards() {
	end := w.entries[0].On
	for _, e := range w.entries {
		end = max(end, e.On)
	}
	paid := map[ledger.InvoiceID]int64{}
	for _, t := range w.truths {
		for _, a := range t.Allocations {
			paid[w.item[a.Invoice]] += a.Cents
		}
	}
	for i := range w.world.Items {
		it := &w.world.Items[i]
		it.ToldOn = end
		it.Open -= paid[it.ID]
		if it.Total > 0 {
			it.Told += paid[it.ID]
		}
	}
}

// A statement of days that the register knows already is told for what it is: payments are tied to the invoices that they
// paid, and never to open ones of the same amount.
func TestRegisterOfAfterwards(t *testing.T) {
	recorded, right := 0, 0
	for _, name := range devWorlds {
		for _, p := range perturbations {
			if p.name == withTwins {
				continue // who owe what the others have paid: nobody could tell
			}
			w := load(t, name, plainStatement)
			p.change(w, rand.New(rand.NewPCG(13, 17)))
			w.afterwards()
			w.equals = true
			ds := Decide(w.world, w.entries)
			m := w.measure(ds)
			counted := 0
			for i := range ds {
				if ds[i].Outcome == Recorded && ds[i].Counted {
					counted++
				}
			}
			t.Logf("%s, %s: %s, %d of them counted", p.name, name, m.String(), counted)
			for _, i := range m.wrong {
				t.Log("wrong:", w.describe(i, &ds[i]))
			}
			if recorded, right = recorded+m.recorded, right+m.right; !p.harder && counted < 100 {
				t.Error("too few")
			}
		}
	}
	if t.Logf("%d of %d are right", right, recorded); percent(right, recorded) < targetPrecision {
		t.Error("below the target")
	}
}
