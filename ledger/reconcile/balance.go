package reconcile

import "quitus/ledger"

// forever is after all days.
const forever = ledger.Date(1 << 30)

// balance is what is open of an item over time, as entries settle it and returned payments reopen it.
type balance struct {
	open  int64
	moves []move
}

// move is a payment of an item, positive, or one that is taken back.
type move struct {
	on     ledger.Date
	amount int64
}

// free gives what may still be used of the item by a payment on a day that is taken back on another, or never: an
// amount that a later payment settles is not free today.
func (b *balance) free(on, until ledger.Date) int64 {
	least := b.at(on)
	for _, m := range b.moves {
		if m.on > on && m.on < until {
			if v := b.at(m.on); abs(v) < abs(least) || v*least < 0 {
				least = v
			}
		}
	}
	if least*b.open < 0 { // settled more than once over
		return 0
	}
	return least
}

// at gives what is open at the end of a day.
func (b *balance) at(day ledger.Date) int64 {
	v := b.open
	for _, m := range b.moves {
		if m.on <= day {
			v -= m.amount
		}
	}
	return v
}

func abs(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}
