package bank

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/ledger/reconcile"
)

// act does something to an entry and decides anew about what is left. Acts on several entries run side by side: a newer
// one does not stop the one before.
func (v *view) act(id ledger.BankEntryID, done string, do func(context.Context) (ledger.Entry, error)) {
	v.focus()
	var e ledger.Entry
	v.c.Run.Go(acting+strconv.Itoa(int(id)), func(ctx context.Context, _ *run.Progress) (err error) {
		e, err = do(ctx)
		return err
	}, func(err error) {
		delete(v.doing, id)
		if err != nil {
			v.c.Error(err)
		} else {
			v.c.Done(done, e)
		}
		v.Refresh()
	})
}

// finish settles an entry. The list shows that at once, with the cursor on the next entry that waits; what the other
// entries come to is decided anew meanwhile.
func (v *view) finish(r *Row, a *Answer, do func(context.Context) (ledger.Entry, error)) {
	id, done := r.ID, v.c.T("bank.settled", "amount", r.Amount)
	if next := v.m.NextToCheck(v.items, v.m.At(v.items, id)); next != 0 {
		v.at = next
	}
	v.doing[id] = a
	v.m.Settle(id, a)
	v.relist()
	v.act(id, done, do)
}

// settle records an answer; where a reason is given, what it leaves of an invoice is given up for it.
func (v *view) settle(r *Row, a *Answer, giveUp string) {
	id, answer := r.ID, *a
	v.finish(r, &answer, func(ctx context.Context) (ledger.Entry, error) {
		return v.c.Desk.Settle(ctx, id, answer.Answer, giveUp)
	})
}

// settleByHand records what the owner chose.
func (v *view) settleByHand(r *Row, allocations []reconcile.Allocation) {
	id := r.ID
	a := &Answer{Headline: headline(v.c.Words, v.c.Desk.State().Book, 0, allocations)}
	v.finish(r, a, func(ctx context.Context) (ledger.Entry, error) {
		return v.c.Desk.SettleByHand(ctx, id, allocations)
	})
}

func (v *view) takeBack(r *Row) {
	id := r.ID
	if _, still := v.doing[id]; still {
		return // it is just being recorded
	}
	v.act(id, v.c.T("bank.taken_back"), func(ctx context.Context) (ledger.Entry, error) { return v.c.Desk.Unsettle(ctx, id) })
}

// aside leaves an entry aside as no customer's, or takes that back.
func (v *view) aside(r *Row, aside bool) {
	id, word := r.ID, "bank.look_again_done"
	if aside {
		word = "bank.leave_aside_done"
		if next := v.m.NextToCheck(v.items, v.m.At(v.items, id)); next != 0 {
			v.at = next
		}
	}
	v.act(id, v.c.T(word), func(ctx context.Context) (ledger.Entry, error) {
		return v.c.Desk.LeaveAside(ctx, []ledger.BankEntryID{id}, aside)
	})
}

func (v *view) recordSure() {
	v.act(0, v.c.Words.N("bank.recorded_sum", v.m.Sure, "sum", v.m.SureSum), func(ctx context.Context) (ledger.Entry, error) {
		e, _, err := v.c.Desk.Reconcile(ctx, false)
		return e, err
	})
}

func (v *view) choose() {
	v.c.OpenFile(v.c.T("bank.import"), screen.Statements, func(path string) {
		v.c.Go(screen.Place{Screen: screen.Import, File: path})
	})
}

// checked is for owners whose bank gives no file.
func (v *view) checked() fyne.CanvasObject {
	return kit.NewLink(look.NoIcon, v.c.T("bank.checked"), v.askChecked)
}

// askChecked asks up to which day the owner checked the bank by hand.
func (v *view) askChecked() {
	c := v.c
	day := kit.NewDateEntry(c.Words, c.T("bank.checked_day"), c.Desk.Today())
	day.Needed = c.Words.Error(ledger.Errorf("field_required"))
	day.Limit = func(on ledger.Date) string {
		if on > c.Desk.Today() {
			return c.Words.Error(ledger.Errorf("bank_checked_in_future"))
		}
		return ""
	}
	day.SetDate(c.Desk.Today())
	form := kit.NewForm(c.Canvas(), c.Words, c.T("bank.checked_title"), c.T("common.save"), kit.NewLabel(c.T("bank.checked_text")).Wrapped().Ink(look.Ink2), day)
	form.OnAct = func() {
		on, _ := day.Date()
		form.Close()
		c.Act(acting+"checked", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) { return c.Desk.BankChecked(ctx, on) }, func() string {
			v.Refresh()
			return c.T("bank.checked_done", "day", on)
		})
	}
	form.Show()
}
