package ledger

import "iter"

// Table holds all records of one kind, by number. It is immutable.
type Table[R any] struct {
	rows []*R // rows[key-1]; nil where a record was taken back
	live int
}

// Get gives the record with a number, or nil.
func (t Table[R]) Get(key uint32) *R {
	if key == 0 || int(key) > len(t.rows) {
		return nil
	}
	return t.rows[key-1]
}

// Len is how many records there are.
func (t Table[R]) Len() int { return t.live }

// Cap is the highest number ever given.
func (t Table[R]) Cap() int { return len(t.rows) }

// All goes through the records in the order of their numbers.
func (t Table[R]) All() iter.Seq[*R] {
	return func(yield func(*R) bool) {
		for _, r := range t.rows {
			if r != nil && !yield(r) {
				return
			}
		}
	}
}

// anyTable is a table seen without the type of its records.
type anyTable interface {
	record(key uint32) Record
	has(key uint32) bool
	apply(s *stage)
	Cap() int
}

func (t *Table[R]) record(key uint32) Record {
	if r := t.Get(key); r != nil {
		return any(r).(Record)
	}
	return nil
}

func (t *Table[R]) has(key uint32) bool { return t.Get(key) != nil }

// apply puts a draft's changes in, into rows of the table's own.
func (t *Table[R]) apply(s *stage) {
	rows := make([]*R, len(t.rows), max(len(t.rows), int(s.base))+len(s.created))
	copy(rows, t.rows)
	rows = rows[:max(len(t.rows), int(s.base))]
	set := func(i int, r Record) {
		if rows[i] != nil {
			t.live--
		}
		rows[i] = nil
		if r != nil {
			rows[i] = any(r).(*R)
			t.live++
		}
	}
	for k, r := range s.changed {
		set(int(k)-1, r)
	}
	rows = rows[:len(rows)+len(s.created)]
	for i, r := range s.created {
		set(int(s.base)+i, r)
	}
	t.rows = rows
}
