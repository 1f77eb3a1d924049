package desk

import (
	"context"
	"slices"
	"testing"

	"quitus/ledger"
)

// What the owner moved stays where it was put, however often others are moved around it; a day's order is undone as one act.
func TestMoveTasks(t *testing.T) {
	d := opened(t)
	ctx := context.Background()
	if _, err := d.FillSample(ctx, nil); err != nil {
		t.Fatal(err)
	}
	order := func() []string {
		var out []string
		for _, x := range d.State().Agenda().Tasks {
			out = append(out, x.Name)
		}
		return out
	}
	was := order()
	a, b, c, e := was[0], was[1], was[2], was[3]
	move := func(place int, names ...string) ledger.Entry {
		t.Helper()
		entry, err := d.MoveTasks(ctx, names, place)
		if err != nil {
			t.Fatal(err)
		}
		return entry
	}
	move(1, e)
	move(1, a)
	if got := order()[:4]; !slices.Equal(got, []string{a, e, b, c}) {
		t.Fatalf("%v", got)
	}
	last := move(2, b, c)
	if got := order()[:4]; !slices.Equal(got, []string{a, b, c, e}) {
		t.Fatalf("%v", got)
	}
	move(1000, a)
	if got := order(); got[len(got)-1] != a || len(got) != len(was) {
		t.Fatalf("%v", got)
	}
	if _, _, err := d.Undo(ctx, last.Seq); err != nil && ledger.CodeOf(err) == "" {
		t.Error(err)
	}
	if _, err := d.MoveTasks(ctx, []string{"C999/phone"}, 1); ledger.CodeOf(err) != "task_unknown" {
		t.Error(err)
	}
}

// What was put off can be taken up again.
func TestPutOffAndTakeUp(t *testing.T) {
	d := opened(t)
	ctx := context.Background()
	if _, err := d.FillSample(ctx, nil); err != nil {
		t.Fatal(err)
	}
	n := len(d.State().Agenda().Tasks)
	two := []string{d.State().Agenda().Tasks[0].Name, d.State().Agenda().Tasks[1].Name}
	for _, step := range []struct {
		until ledger.Date
		put   int
	}{{d.Today() + 2, 2}, {0, 0}} {
		if _, err := d.PutOffTasks(ctx, two, step.until, "attend un virement"); err != nil {
			t.Fatal(err)
		}
		if a := d.State().Agenda(); len(a.Put) != step.put || len(a.Tasks) != n-step.put {
			t.Errorf("until %v: %d put off, %d to do", step.until, len(a.Put), len(a.Tasks))
		}
	}
	if _, err := d.PutOffTasks(ctx, two, d.Today(), ""); ledger.CodeOf(err) != "task_until" {
		t.Error(err)
	}
}
