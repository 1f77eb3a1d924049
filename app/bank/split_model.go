package bank

import (
	"slices"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/reconcile"
)

// openItem is an invoice or credit note that an entry may settle.
type openItem = dialogs.OpenItem

// splitModel is an entry that the owner splits by hand. Of a payment that comes back, the amount and its shares are counted
// positive, as what they open again.
type splitModel struct {
	w        *words.Words
	amount   ledger.Money
	returned bool
	Items    []openItem
	Lines    []splitLine // what is ticked, in the order of Items
}

// splitLine is what an entry settles of an item.
type splitLine struct {
	openItem
	Amount int64 // minor units; negative for a credit note
	byHand bool  // the owner wrote it: it stays as it is
}

// newSplitModel lists what an entry may settle: what is open, or for a payment that comes back what was paid.
func newSplitModel(w *words.Words, s *desk.State, amount ledger.Money, returned bool) *splitModel {
	m := &splitModel{w: w, amount: amount, returned: returned}
	if returned {
		m.amount = amount.Neg()
		m.Items = dialogs.PaidItems(w, s, amount.Currency)
	} else {
		m.Items = dialogs.OpenItems(w, s, amount.Currency, true)
	}
	return m
}

// propose ticks what an answer settles, with its amounts.
func (m *splitModel) propose(a *Answer) {
	for _, x := range a.Answer.Allocations {
		if i := slices.IndexFunc(m.Items, func(o openItem) bool { return o.ID == x.Item }); i >= 0 {
			m.Lines = append(m.Lines, splitLine{m.Items[i], m.signed(x.Amount), true})
		}
	}
}

// signed turns a share into the amount of an allocation, and back.
func (m *splitModel) signed(amount int64) int64 {
	if m.returned {
		return -amount
	}
	return amount
}

// tick says which items are chosen. Amounts that the owner wrote stay; the others share what those leave.
func (m *splitModel) tick(chosen []openItem) {
	was := m.Lines
	m.Lines = nil
	left := m.amount.Minor
	var free []openItem
	for _, x := range chosen {
		l := splitLine{openItem: x}
		if i := slices.IndexFunc(was, func(o splitLine) bool { return o.ID == x.ID && o.byHand }); i >= 0 {
			l.Amount, l.byHand = was[i].Amount, true
			left -= l.Amount
		} else {
			free = append(free, x)
		}
		m.Lines = append(m.Lines, l)
	}
	parts, _ := share(left, free)
	for _, p := range parts {
		for k := range m.Lines {
			if m.Lines[k].ID == p.Item {
				m.Lines[k].Amount = p.Amount
			}
		}
	}
}

// write takes the amount that the owner wrote for a line.
func (m *splitModel) write(line int, minor int64) {
	m.Lines[line].Amount, m.Lines[line].byHand = minor, true
}

// left is what of the entry is not shared out; of the other sign than the entry where too much is.
func (m *splitModel) left() ledger.Money {
	left := m.amount
	for _, l := range m.Lines {
		left.Minor -= l.Amount
	}
	return left
}

// over says whether more is shared out than the entry brought.
func (m *splitModel) over() bool {
	left := m.left()
	return left.Minor != 0 && left.Negative() != m.amount.Negative()
}

// check gives the sentence for an amount that a line cannot take: nothing, of the wrong sign, or more than is open.
func (m *splitModel) check(line int, v ledger.Money) string {
	l := m.Lines[line]
	switch open := (ledger.Money{Minor: l.Open, Currency: m.amount.Currency}); {
	case v.Minor == 0, v.Negative() != open.Negative():
		if open.Negative() {
			return m.w.T("bank.split_negative")
		}
		return m.w.T("dialogs.pay.not_positive")
	case v.Abs().Minor > open.Abs().Minor:
		return m.w.T("dialogs.pay.too_high", "open", open)
	}
	return ""
}

// remainder says what is left to share out, or by how much it is too much; and whether all is well.
func (m *splitModel) remainder() (string, bool) {
	if m.over() {
		return m.w.T("bank.split_over", "amount", m.amount, "over", m.left().Abs()), false
	}
	if m.left().IsZero() {
		return m.w.T("bank.split_none_left", "amount", m.amount), true
	}
	return m.w.T("bank.split_left", "amount", m.amount, "left", m.left()), true
}

// allocations are what is to be recorded.
func (m *splitModel) allocations() []reconcile.Allocation {
	var out []reconcile.Allocation
	for _, l := range m.Lines {
		if l.Amount != 0 {
			out = append(out, reconcile.Allocation{Item: l.ID, Amount: m.signed(l.Amount)})
		}
	}
	return out
}

// share gives what an amount settles of the chosen items, in their order: credit notes first, since they make room, then each
// as far as it goes; and what is left of it.
func share(amount int64, chosen []openItem) ([]reconcile.Allocation, int64) {
	left := amount
	var out []reconcile.Allocation
	for _, credits := range []bool{true, false} {
		for _, x := range chosen {
			if (x.Open < 0) != credits || !credits && left <= 0 {
				continue
			}
			part := x.Open
			if !credits {
				part = min(part, left)
			}
			left -= part
			out = append(out, reconcile.Allocation{Item: x.ID, Amount: part})
		}
	}
	return out, left
}
