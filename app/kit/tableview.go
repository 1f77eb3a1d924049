package kit

import (
	"context"
	"slices"

	"quitus/app/run"
)

// inline is how many rows are sorted and filtered at once, without the background.
const inline = 2000

// compute makes the view anew, in the background when there are many rows. A later call supersedes.
func (t *Table[T]) compute() {
	rows, keep := t.given, t.filter
	var less func(a, b *T) bool
	if t.sortCol >= 0 {
		less = t.columns[t.sortCol].Less
	}
	down := t.sortDown
	var view []int32
	work := func(ctx context.Context, _ *run.Progress) error {
		view = order(ctx, rows, keep, less, down)
		return ctx.Err()
	}
	done := func(err error) {
		if err == nil {
			t.install(rows, view)
		}
	}
	if t.runner == nil || len(rows) <= inline {
		if t.runner != nil {
			t.runner.Cancel(t.key())
			run.Sync{}.Go("", work, done)
			t.stale()
			return
		}
		run.Sync{}.Go("", work, done)
		return
	}
	t.runner.Go(t.key(), work, done)
}

// stale supersedes a computation still under way, whose result would overwrite the one just made.
func (t *Table[T]) stale() {
	t.runner.Go(t.key(), func(context.Context, *run.Progress) error { return nil }, nil)
}

// key is this table's own name for the runner.
func (t *Table[T]) key() string { return "kit.table." + pointer(t) }

// order gives the indexes of the rows to show, in order.
func order[T any](ctx context.Context, rows []T, keep func(*T) bool, less func(a, b *T) bool, down bool) []int32 {
	view := make([]int32, 0, len(rows))
	for i := range rows {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil
		}
		if keep == nil || keep(&rows[i]) {
			view = append(view, int32(i))
		}
	}
	if less == nil || ctx.Err() != nil {
		return view
	}
	slices.SortStableFunc(view, func(a, b int32) int {
		x, y := &rows[a], &rows[b]
		if down {
			x, y = y, x
		}
		switch {
		case less(x, y):
			return -1
		case less(y, x):
			return 1
		}
		return 0
	})
	return view
}

// install shows a new view, keeping cursor and ticks on their rows as far as they can be known.
func (t *Table[T]) install(rows []T, view []int32) {
	same := len(rows) == len(t.rows) && (len(rows) == 0 || &rows[0] == &t.rows[0])
	at := int32(-1)
	if t.cursor < len(t.view) {
		at = t.view[t.cursor]
	}
	if !same {
		at = t.follow(rows, at)
	}
	t.rows, t.view = rows, view
	t.cursor = max(0, slices.Index(view, at))
	t.anchor = t.cursor
	t.refreshAll()
	if t.OnShown != nil {
		t.OnShown()
	}
}

// follow finds the ticked rows and the cursor's row again among new rows by their key.
func (t *Table[T]) follow(rows []T, at int32) int32 {
	old := t.ticks
	t.ticks = map[int32]bool{}
	if t.Key == nil || (len(old) == 0 && at < 0) {
		return -1
	}
	names := map[string]bool{}
	for i := range old {
		names[t.Key(&t.rows[i])] = true
	}
	cursor, found := "", int32(-1)
	if at >= 0 {
		cursor = t.Key(&t.rows[at])
	}
	for i := range rows {
		k := t.Key(&rows[i])
		if names[k] {
			t.ticks[int32(i)] = true
		}
		if at >= 0 && k == cursor {
			found = int32(i)
		}
	}
	return found
}
