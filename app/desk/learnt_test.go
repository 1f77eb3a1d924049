package desk

import (
	"context"
	"slices"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/reconcile"
)

// What the owner gave up for a customer is expected of them from then on, and said so; an undo, or removing it, forgets it.
func TestHabitsAreKept(t *testing.T) {
	for _, x := range []struct {
		name      string
		kind      string
		paid      int64 // of FA-2026-118, 1 000,00
		then      int64 // of FA-2026-119, 500,00
		habit     ledger.Habit
		recorded  bool
		says      string
		forgotten Learnt
	}{
		{"discount", "discount", 98000, 49000, ledger.Habit{Discount: 200}, true, "PROSOL SARL retient d’habitude 2 % d’escompte", Learnt{Customer: 1, Habit: DiscountHabit}},
		{"fees", "fees", 98750, 48750, ledger.Habit{Fee: ledger.Euros(1250)}, false, "PROSOL SARL retient d’habitude 12,50 € de frais", Learnt{Customer: 1, Habit: FeeHabit}},
	} {
		t.Run(x.name, func(t *testing.T) {
			ctx := context.Background()
			d := books(t, line(3, x.paid, "VIR SEPA PROSOL SARL FA-2026-118"))
			lines, err := d.State().Decide(ctx)
			if err != nil || len(lines) != 1 {
				t.Fatal(err)
			}
			for _, r := range lines[0].Reasons {
				if strings.HasPrefix(r.Code, "habit") {
					t.Errorf("known before it was learnt: %+v", r)
				}
			}
			a := lines[0].Answer
			if len(a.WriteOffs) != 1 || a.WriteOffs[0].Kind != x.kind {
				t.Fatalf("%+v", a)
			}
			// Confirmed without giving up the difference, nothing is learnt of it.
			e, err := d.Settle(ctx, lines[0].ID, a, "")
			if err != nil || d.State().Book.Customer(1).Habit != (ledger.Habit{}) {
				t.Fatalf("%+v %v", d.State().Book.Customer(1).Habit, err)
			}
			if _, _, err := d.Undo(ctx, e.Seq); err != nil {
				t.Fatal(err)
			}
			confirmed, err := d.Settle(ctx, lines[0].ID, a, "escompte")
			if err != nil || openOf(t, d, "FA-2026-118") != 0 {
				t.Fatal(err)
			}
			x.habit.Since = d.Today()
			if h := d.State().Book.Customer(1).Habit; h != x.habit {
				t.Fatalf("%+v, want %+v", h, x.habit)
			}
			for a := range d.State().Book.Aliases.All() {
				if a.Since != d.Today() || a.Source != ledger.AliasOwner {
					t.Errorf("%+v", a)
				}
			}
			next := line(1, x.then, "VIR SEPA PROSOL SARL")
			next.Type = ledger.EntryTransfer
			arrive(t, d, next)
			if lines, err = d.State().Decide(ctx); err != nil || len(lines) != 1 {
				t.Fatal(err, lines)
			}
			text := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(Because(words.New(words.FR), lines[0].Reasons))
			if got := lines[0].Outcome == reconcile.Recorded; got != x.recorded || !strings.Contains(text, x.says) || len(lines[0].Allocations) != 1 {
				t.Errorf("%s: %s %+v", lines[0].Outcome, text, lines[0].Answer)
			}
			if _, err := d.Forget(ctx, x.forgotten); err != nil || d.State().Book.Customer(1).Habit != (ledger.Habit{}) {
				t.Errorf("%+v %v", d.State().Book.Customer(1).Habit, err)
			}
			if _, err := d.Forget(ctx, x.forgotten); ledger.CodeOf(err) != "learnt_unknown" {
				t.Error(err)
			}
			if _, _, err := d.Undo(ctx, confirmed.Seq); err != nil && ledger.CodeOf(err) != "nothing_to_undo" {
				t.Error(err)
			}
			if r, err := d.Verify(ctx, nil); err != nil || len(r.Problems) > 0 {
				t.Errorf("%+v %v", r, err)
			}
		})
	}
}

// An alias that is removed no longer tells the payer.
func TestAliasIsForgotten(t *testing.T) {
	ctx := context.Background()
	d := books(t, line(3, 77710, "VIR SEPA HOLDING ZEBULON"))
	lines, err := d.State().Decide(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.SettleByHand(ctx, lines[0].ID, []reconcile.Allocation{{Item: d.State().Book.InvoicesByNumber("FA-2026-120")[0], Amount: 77710}}); err != nil {
		t.Fatal(err)
	}
	known := slices.Collect(d.State().Book.Aliases.All())
	if len(known) != 1 || known[0].Label != "zebulon" {
		t.Fatalf("%+v", known)
	}
	e, err := d.Forget(ctx, Learnt{Alias: known[0].ID})
	if err != nil || d.State().Book.Aliases.Len() != 0 {
		t.Error(err)
	}
	if _, err := d.Forget(ctx, Learnt{Alias: known[0].ID}); ledger.CodeOf(err) != "learnt_unknown" {
		t.Error(err)
	}
	if _, _, err := d.Undo(ctx, e.Seq); err != nil || d.State().Book.Aliases.Len() != 1 {
		t.Error(err)
	}
}
