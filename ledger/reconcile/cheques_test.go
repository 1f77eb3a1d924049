package reconcile

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
)

func TestCheques(t *testing.T) {
	for label, want := range map[string]int{
		"REM CHQ NO 8760707 NB 4": 4, "REMISE 3 CHEQUES": 3, "REMISE CHEQUES 8425874 DE 3 CHQ": 3, "REMISE DE 12 CHEQUES": 12, "REMISE CHQ 3636271 DE 5": 5,
		"REMISE CHQ NB:7": 7, "REMISE CHEQUES NBRE CHQ 2": 2, "REMISE NOMBRE DE CHEQUES: 6 BORD 123": 6, "REM CHQ 1755817": 0, "REMISE DE CHEQUE 123": 0,
		"REMISE CHQ DU 12/03/26": 0, "REMISE CHEQUES": 0, "REMISE CHEQUE 000 CHQ": 0,
	} {
		if got := cheques(&Entry{Label: label}); got != want {
			t.Errorf("%s: %d, want %d", label, got, want)
		}
	}
	if got := cheques(&Entry{Label: "REM CHQ NB 4", BatchSize: 2}); got != 2 {
		t.Error("the bank's own count is", got)
	}
}

func deposit(amount int64, label string, size int) Entry {
	return Entry{Rank: 1, On: day1, Amount: ledger.Euros(amount), Type: ledger.EntryCheques, Label: label, BatchSize: size}
}

// A deposit of so many cheques is proposed for as many invoices that come to its amount, and never recorded.
func TestDeposits(t *testing.T) {
	w := small()
	for _, c := range []struct {
		why   string
		entry Entry
		want  string
	}{
		{"two, told by the label", deposit(45_617+212_345, "REMISE 2 CHEQUES", 0), "to_confirm -2025-00119=45617 -2025-00130=212345"},
		{"two, told by the bank", deposit(45_617+212_345, "REMISE CHEQUES", 2), "to_confirm -2025-00119=45617 -2025-00130=212345"},
		{"three", deposit(45_617+212_345+88_008, "REMISE CHQ 123 NB 3", 0), "to_confirm -2025-00119=45617 -2025-00125=88008 -2025-00130=212345"},
		{"three of equal ones", deposit(3*4_937, "REMISE 3 CHEQUES", 0), "to_confirm -2025-00140=4937 -2025-00141=4937 -2025-00142=4937"},
		{"one of them is all that a customer owes", deposit(3*4_937+45_617, "REMISE 2 CHEQUES", 0), "to_confirm -2025-00140=4937 -2025-00119=45617 -2025-00141=4937 -2025-00142=4937"},
		{"no two", deposit(45_617+212_346, "REMISE 2 CHEQUES", 0), "unknown"},
	} {
		ds := Decide(w, []Entry{c.entry})
		if got := told(w, &ds[0]); got != c.want {
			t.Errorf("%s: %s, want %s; %v", c.why, got, c.want, ds[0].Reasons)
		}
		if ds[0].Outcome == Unknown != has(&ds[0], "cheques_none") {
			t.Errorf("%s: %v", c.why, ds[0].Reasons)
		}
		sayable(t, ds)
	}
}

// Where so many combinations come to an amount that none tells, none is proposed, and it does not take long.
func TestDepositsOfMany(t *testing.T) {
	w, _ := generated(5_000, 1, rand.New(rand.NewPCG(8, 9)))
	for n := 2; n <= 9; n++ {
		e := deposit(0, "REMISE CHEQUES", n)
		e.On = w.Items[len(w.Items)-1].Issued
		for i := range n {
			e.Amount.Minor += w.Items[i*31].Open
		}
		ds := Decide(w, []Entry{e})
		if ds[0].Outcome != Unknown || !has(&ds[0], "cheques_many") {
			t.Errorf("%d: %s, %v", n, ds[0].Outcome, ds[0].Reasons)
		}
		sayable(t, ds)
	}
}

// What meets in the middle is what looking at every combination finds.
func TestSumsOf(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 3))
	for range 200 {
		units := make([]unit, 4+r.IntN(7))
		for i := range units {
			units[i] = unit{[]openItem{{i, 0}}, ledger.CustomerID(i), int64(1 + r.IntN(200))}
		}
		slices.SortFunc(units, func(a, b unit) int { return int(a.sum - b.sum) })
		n, sum := 2+r.IntN(4), int64(50+r.IntN(500))
		want := 0
		choose(units, n, func(_ []int, s int64) bool {
			if s == sum {
				want++
			}
			return true
		})
		found, all := sumsOf(units, n, sum)
		if !all || len(found) != min(want, maxAlternatives+1) {
			t.Errorf("%d of %v make %d: %d times, want %d", n, units, sum, len(found), want)
		}
		for _, set := range found {
			s := int64(0)
			for _, u := range set {
				s += u.sum
			}
			if s != sum || len(set) != n {
				t.Errorf("%v is not %d of sum %d", set, n, sum)
			}
		}
	}
}

// The number on a deposit is the bank's, and no invoice's.
func TestDepositNumber(t *testing.T) {
	ds := Decide(small(), []Entry{deposit(77_777, "REMISE CHQ NO 8760707 NB 4", 0)})
	for _, r := range ds[0].Reasons {
		if strings.HasPrefix(r.Code, "number_") {
			t.Errorf("%v", r)
		}
	}
}
