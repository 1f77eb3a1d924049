package desk

import (
	"context"

	"quitus/ledger"
)

// Learnt names one thing that was learnt about how a customer pays: an alias or, where that is 0, a habit.
type Learnt struct {
	Alias    ledger.AliasID
	Customer ledger.CustomerID
	Habit    HabitKind
}

// HabitKind is what a customer keeps back.
type HabitKind string

// The habits.
const (
	DiscountHabit HabitKind = "discount"
	FeeHabit      HabitKind = "fees"
)

// Forget takes back what was learnt: bank entries are no longer explained by it. What was recorded stays. Error:
// learnt_unknown.
func (d *Desk) Forget(ctx context.Context, what Learnt) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActForgotten, nil, func(x *ledger.Draft) error {
		if what.Alias != 0 {
			if x.Record(ledger.KindAlias, uint32(what.Alias)) == nil {
				return ledger.Errorf("learnt_unknown")
			}
			x.Delete(ledger.KindAlias, uint32(what.Alias))
			return nil
		}
		c := x.Customer(what.Customer)
		if c == nil {
			return ledger.Errorf("learnt_unknown")
		}
		c = ledger.Clone(c)
		switch {
		case what.Habit == DiscountHabit && c.Habit.Discount > 0:
			c.Habit.Discount = 0
		case what.Habit == FeeHabit && c.Habit.Fee.Positive():
			c.Habit.Fee = ledger.Money{}
		default:
			return ledger.Errorf("learnt_unknown")
		}
		if c.Habit.Discount == 0 && c.Habit.Fee.IsZero() {
			c.Habit.Since = 0
		}
		x.Put(c)
		return nil
	})
}
