package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"quitus/ledger"
)

// referenceOnly is the simplest engine there is, for comparison: a whole invoice number in the label, and its amount.
func referenceOnly(w *World, entries []Entry) []Decision {
	open := map[string]*Item{}
	for i := range w.Items {
		open[alnum(ledger.Fold(w.Items[i].Number))] = &w.Items[i]
	}
	used := map[ledger.InvoiceID]bool{}
	ds := make([]Decision, len(entries))
	for i, e := range entries {
		ds[i].Outcome = aside(&e)
		for _, t := range strings.Fields(ledger.Fold(e.Label)) {
			if it := open[alnum(t)]; it != nil && it.Open == e.Amount.Minor && it.Open > 0 && !used[it.ID] {
				used[it.ID] = true
				ds[i].Outcome = Recorded
				ds[i].Answer = Answer{Customer: it.Customer, Allocations: []Allocation{{it.ID, it.Open}}}
				break
			}
		}
	}
	return ds
}

// partnerThenGreedy decides as common invoicing tools do: the first customer all of whose words of three letters are in
// the label, then the invoice of the amount or, failing that, the oldest due until the amount is used up.
func partnerThenGreedy(w *World, entries []Entry) []Decision {
	left := map[ledger.InvoiceID]int64{}
	of := map[ledger.CustomerID][]*Item{}
	for i := range w.Items {
		if it := &w.Items[i]; it.Open > 0 {
			left[it.ID] = it.Open
			of[it.Customer] = append(of[it.Customer], it)
		}
	}
	for _, list := range of {
		slices.SortStableFunc(list, func(a, b *Item) int { return cmp.Compare(a.Due, b.Due) })
	}
	ds := make([]Decision, len(entries))
	for i, e := range entries {
		if ds[i].Outcome = aside(&e); e.Amount.Minor <= 0 {
			continue
		}
		for _, c := range w.Customers {
			if !partner(&c, e.Label) {
				continue
			}
			a := Answer{Customer: c.ID}
			rest := e.Amount.Minor
			for _, it := range of[c.ID] {
				if left[it.ID] == rest && it.Issued <= e.On {
					a.Allocations = []Allocation{{it.ID, rest}}
					rest = 0
					break
				}
			}
			for _, it := range of[c.ID] {
				if v := min(rest, left[it.ID]); v > 0 && it.Issued <= e.On {
					a.Allocations = append(a.Allocations, Allocation{it.ID, v})
					rest -= v
				}
			}
			for _, x := range a.Allocations {
				left[x.Item] -= x.Amount
			}
			a.Left = rest
			if len(a.Allocations) > 0 {
				ds[i].Outcome, ds[i].Answer = Recorded, a
			}
			break
		}
	}
	return ds
}

func partner(c *Customer, label string) bool {
	words := letters(ledger.Fold(label))
	found := 0
	for _, w := range letters(ledger.Fold(c.Names[0])) {
		if len(w) >= 3 {
			if !slices.Contains(words, w) {
				return false
			}
			found++
		}
	}
	return found > 0
}

func aside(e *Entry) Outcome {
	if e.Amount.Minor < 0 {
		return NotAReceipt
	}
	return Unknown
}
