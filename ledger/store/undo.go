package store

import (
	"context"
	"strconv"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// Undo takes back what an entry of the journal did, by an entry of its own; see [ledger.Undo]. Taking back
// an undo does what it took back again; the first entry can then be undone again. Errors: unknown_batch,
// already_undone, nothing_to_undo (everything it did was changed since, or others rest on it: Undone says
// what), and those of [Store.Change].
func (s *Store) Undo(ctx context.Context, seq uint64, on ledger.Date) (ledger.Entry, ledger.Undone, error) {
	var done ledger.Undone
	e, err := s.stage(func() (ledger.Entry, error) {
		target, undone, err := s.effective(seq)
		if err != nil {
			return ledger.Entry{}, err
		}
		d := ledger.NewDraft(s.Book())
		err = s.view(func(tx *bolt.Tx) error {
			var err error
			done, err = ledger.Undo(d, &target, earlier(tx, target.Seq))
			return err
		})
		batch := strconv.FormatUint(seq, 10)
		switch {
		case err != nil:
			return ledger.Entry{}, damaged(s.path, err)
		case done.All == 0 && undone:
			return ledger.Entry{}, ledger.Errorf("already_undone", "batch", batch)
		case done.All == 0:
			return ledger.Entry{}, ledger.Errorf("nothing_to_undo", "batch", batch)
		}
		e, err := s.commit(ctx, ledger.Entry{
			Act: ledger.ActUndo, On: on, Undoes: target.Seq, Facts: map[string]string{"batch": batch},
		}, d)
		if err == nil && e.Seq == 0 {
			err = ledger.Errorf("nothing_to_undo", "batch", batch)
		}
		return e, err
	})
	return e, done, err
}

// effective finds the entry to take back: the one named or, where that was undone and the undo was
// undone in turn, the entry that did it again. It says whether that one has been undone itself; there
// may still be records of it which had to stay then.
func (s *Store) effective(seq uint64) (e ledger.Entry, undone bool, err error) {
	err = s.view(func(tx *bolt.Tx) error {
		b := tx.Bucket(undoneBucket)
		for {
			u := b.Get(entryKey(seq))
			if u == nil {
				break
			}
			again := entryNumber(b.Get(u))
			if again <= seq { // none, or damage
				undone = true
				break
			}
			seq = again
		}
		e, err = entry(tx, seq)
		return err
	})
	return e, undone, damaged(s.path, err)
}

// earlier reads records as they were before an entry.
func earlier(tx *bolt.Tx, seq uint64) ledger.Earlier {
	b := tx.Bucket(beforeBucket)
	c := b.Cursor()
	return func(k ledger.Kind, key uint32) (ledger.Record, bool, error) {
		from := beforeKey(k, key, seq+1)
		next, _ := c.Seek(from)
		changed := len(next) == len(from) && string(next[:5]) == string(from[:5])
		v := b.Get(beforeKey(k, key, seq))
		if v == nil {
			return nil, changed, nil
		}
		r, err := decode(k, key, v)
		return r, changed, err
	}
}
