package bank

import (
	"slices"

	"quitus/ledger"
)

// tableBalance is what a column of balances says behind an entry.
type tableBalance struct {
	amount int64
	told   bool
	gap    bool // no entry: a line was refused here, so that the sums do not go on
}

// settle finds the balances of a statement: those of a running balance that its entries bear out, else those told above and
// below. mixed says that the lines tell several accounts apart, so that what stands above is of none.
func (t *tableReader) settle(s *tableStatement, mixed bool) {
	if len(s.Entries) == 0 {
		return
	}
	oldest, newest := s.Entries[0].Booked, s.Entries[0].Booked
	for _, e := range s.Entries {
		oldest, newest = min(oldest, e.Booked), max(newest, e.Booked)
	}
	if !mixed {
		s.Opening, s.Closing = s.notes.opening, s.notes.closing
	}
	if t.layout.has(balanceRole) {
		if opening, closing, ok := s.running(!t.layout.net && t.layout.has(feeRole)); ok {
			s.Opening, s.Closing = &Balance{Amount: opening}, &Balance{newest, closing}
		}
	}
	if s.Opening != nil && s.Opening.On == 0 {
		s.Opening.On = oldest.Add(-1)
	}
	if s.Closing != nil && s.Closing.On == 0 {
		s.Closing.On = newest
	}
	if s.Opening != nil && s.Closing != nil && s.Closing.On >= newest {
		t.checkSum(s)
	}
}

// running reads the column of balances: the balances before the first and behind the last entry in time, if each line goes on
// with the one before. Where charges have a column of their own, and the balances say that they come on top, they are taken
// off the sums.
func (s *tableStatement) running(charged bool) (opening, closing int64, ok bool) {
	forward := s.Entries[0].Booked <= s.Entries[len(s.Entries)-1].Booked
	for _, withCharges := range []bool{true, false} {
		if withCharges && !charged {
			continue
		}
		for _, inOrder := range []bool{forward, !forward} {
			if opening, closing, ok = s.chain(inOrder, withCharges); !ok {
				continue
			}
			if withCharges {
				for i := range s.Entries {
					s.Entries[i].Amount.Minor -= s.Entries[i].Charges
				}
			}
			return opening, closing, true
		}
	}
	return 0, 0, false
}

// chain goes through the entries in the order of time and compares each balance with the one before and the sums between. At least
// half of the lines must tell one, and none may be wrong.
func (s *tableStatement) chain(inOrder, withCharges bool) (opening, closing int64, ok bool) {
	told, broken := 0, false
	var since int64 // what was booked since the balance read last
	at, step, entry := 0, 1, 0
	if !inOrder {
		at, step, entry = len(s.balances)-1, -1, len(s.Entries)-1
	}
	for ; at >= 0 && at < len(s.balances); at += step {
		b := s.balances[at]
		if b.gap {
			broken = true
			continue
		}
		since += s.Entries[entry].Amount.Minor
		if withCharges {
			since -= s.Entries[entry].Charges
		}
		entry += step
		switch {
		case !b.told:
			continue
		case told == 0 && broken:
			return 0, 0, false // what came before the first balance cannot be told
		case told == 0:
			opening = b.amount - since
		case !broken && closing+since != b.amount:
			return 0, 0, false
		}
		told, broken, closing, since = told+1, false, b.amount, 0
	}
	return opening, closing + since, told > 0 && told*2 >= len(s.Entries) && !broken
}

// checkSum says where the entries do not lead from one balance to the other.
func (t *tableReader) checkSum(s *tableStatement) {
	if slices.ContainsFunc(s.balances, func(b tableBalance) bool { return b.gap }) {
		return // the line that was refused is the reason
	}
	computed := ledger.Money{Minor: s.Opening.Amount, Currency: s.Currency}
	for _, e := range s.Entries {
		computed.Minor += e.Amount.Minor
	}
	if told := (ledger.Money{Minor: s.Closing.Amount, Currency: s.Currency}); told != computed {
		t.file.Problems = append(t.file.Problems, Problem{Field: "balance", Value: told.Decimal(), Code: "balance_differs", Args: map[string]any{"told": told, "computed": computed}})
	}
}
