package bank

import (
	"cmp"
	"slices"

	"quitus/ledger"
)

// Check says where a file's balances do not fit: of a statement whose entries do not lead from its opening to its closing
// balance (balance_differs, facts expected, stated and difference), and between two of one account of which the second
// opens with another balance than the first closed with (balance_gap, facts from, to and difference). Both are worth
// knowing and neither is a reason to refuse anything: banks book late, and files have holes.
func Check(f *File) []Problem {
	var out []Problem
	for _, st := range f.Statements {
		if expected, ok := st.expected(); ok && expected != st.Closing.Amount {
			out = append(out, Problem{Field: "balance", Code: "balance_differs", Args: map[string]any{
				"on": st.Closing.On, "expected": st.money(expected), "stated": st.money(st.Closing.Amount), "difference": st.money(st.Closing.Amount - expected),
			}})
		}
	}
	for _, sts := range Accounts(f) {
		var before *Statement
		for _, st := range sts {
			if before != nil && st.Opening != nil && st.Opening.Amount != before.Closing.Amount {
				out = append(out, Problem{Field: "balance", Code: "balance_gap", Args: map[string]any{
					"from": before.Closing.On, "to": st.Opening.On, "difference": st.money(st.Opening.Amount - before.Closing.Amount),
				}})
			}
			if before = nil; st.Closing != nil {
				before = st
			}
		}
	}
	return out
}

// expected is what the entries make of the opening balance; false where that cannot be said.
func (st *Statement) expected() (int64, bool) {
	if st.Opening == nil || st.Closing == nil {
		return 0, false
	}
	sum := st.Opening.Amount
	for i := range st.Entries {
		if st.Entries[i].Amount.Currency != st.Currency {
			return 0, false
		}
		sum += st.Entries[i].Amount.Minor
	}
	return sum, true
}

func (st *Statement) money(minor int64) ledger.Money {
	return ledger.Money{Minor: minor, Currency: st.Currency}
}

// Accounts parts a file's statements by account and currency, each in the order of days.
func Accounts(f *File) [][]*Statement {
	var out [][]*Statement
	place := map[string]int{}
	for _, st := range f.Statements {
		name := st.Account.IBAN
		if name == "" {
			name = st.Account.key()
		}
		name += " " + string(st.Currency)
		i, known := place[name]
		if !known {
			i = len(out)
			place[name] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], st)
	}
	for _, sts := range out {
		slices.SortStableFunc(sts, func(a, b *Statement) int { return cmp.Compare(a.days(), b.days()) })
	}
	return out
}

// days gives a day to put a statement in order by: that of its closing balance, or else of its newest entry, or else of
// its opening balance.
func (st *Statement) days() ledger.Date {
	if st.Closing != nil {
		return st.Closing.On
	}
	day := st.lastDay()
	if day == 0 && st.Opening != nil {
		day = st.Opening.On
	}
	return day
}

// lastDay is that of the newest entry; 0 where there is none.
func (st *Statement) lastDay() (day ledger.Date) {
	for i := range st.Entries {
		day = max(day, st.Entries[i].Booked)
	}
	return day
}
