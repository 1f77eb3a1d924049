package desk

import (
	"context"
	"io"

	"quitus/ledger"
	"quitus/ledger/bank"
)

// BankOldAfter is after how many days without a statement the bank counts as not read lately (house rule).
const BankOldAfter = 7

// StatementPreview is a bank's file, and what taking it in would do.
type StatementPreview struct {
	File *bank.File
	Plan *bank.Plan
	// Problems are what the readers found, balances that do not add up, and gaps to what is recorded.
	Problems []bank.Problem
}

func (d *Desk) lookStatement(ctx context.Context, name string, r io.ReaderAt, size int64, progress func(done, total int64)) (*Preview, error) {
	f, err := bank.Read(ctx, name, r, size, bank.Options{Today: d.Today(), Progress: progress})
	if err != nil {
		return nil, err
	}
	b := d.store.Book()
	s := &StatementPreview{File: f, Plan: bank.NewPlan(b, f)}
	s.Problems = append(append(s.Problems, f.Problems...), bank.Check(f)...)
	return &Preview{Kind: Statement, Statement: s}, nil
}

// BankChecked notes that the owner has checked the bank by hand up to a day. Error: bank_checked_in_future.
func (d *Desk) BankChecked(ctx context.Context, on ledger.Date) (ledger.Entry, error) {
	if on > d.Today() {
		return ledger.Entry{}, ledger.Errorf("bank_checked_in_future", "field", "on", "date", on)
	}
	return d.change(ctx, ledger.ActBankChecked, nil, func(x *ledger.Draft) error {
		c := x.Book().Company()
		c.BankChecked = on
		x.Put(&c)
		return nil
	})
}
