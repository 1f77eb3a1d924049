package ledger

import (
	"testing"
	"testing/quick"
)

// Instalments add up to the cent, come one after the other, and none is of nothing.
func TestPartsAddUp(t *testing.T) {
	first := Day(2026, 1, 31)
	adds := func(list []Instalment, sum int64) bool {
		before := Date(0)
		for _, i := range list {
			if i.Amount <= 0 || i.Due <= before {
				return false
			}
			sum, before = sum-i.Amount, i.Due
		}
		return sum == 0
	}
	if err := quick.Check(func(sum uint32, n uint8, r uint8) bool {
		rhythm := Rhythms[int(r)%len(Rhythms)]
		byCount := PartsByCount(int64(sum), int(n), first, rhythm)
		byAmount := PartsByAmount(int64(sum), int64(n)*1000, first, rhythm)
		return (byCount == nil || len(byCount) == int(n) && adds(byCount, int64(sum))) && (byAmount == nil || adds(byAmount, int64(sum)))
	}, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

func TestParts(t *testing.T) {
	first := Day(2026, 1, 31)
	got := PartsByCount(10000, 3, first, Monthly)
	want := []Instalment{{Day(2026, 1, 31), 3333}, {Day(2026, 2, 28), 3333}, {Day(2026, 3, 31), 3334}}
	for k := range want {
		if got[k] != want[k] {
			t.Errorf("by count %d: %v, want %v", k, got[k], want[k])
		}
	}
	got = PartsByAmount(10000, 4000, first, Fortnight)
	want = []Instalment{{Day(2026, 1, 31), 4000}, {Day(2026, 2, 14), 4000}, {Day(2026, 2, 28), 2000}}
	if len(got) != len(want) {
		t.Fatal(got)
	}
	for k := range want {
		if got[k] != want[k] {
			t.Errorf("by amount %d: %v, want %v", k, got[k], want[k])
		}
	}
	for name, list := range map[string][]Instalment{
		"none": PartsByCount(100, 0, first, Monthly), "of nothing": PartsByCount(2, 3, first, Monthly), "too many": PartsByAmount(100000, 1, first, Weekly),
		"no day": PartsByCount(100, 2, 0, Weekly),
	} {
		if list != nil {
			t.Errorf("%s: %v", name, list)
		}
	}
}
