package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash"
	"maps"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// What says what a change is, for the journal.
type What struct {
	Act   ledger.Act
	On    ledger.Date       // the day taken as today
	Facts map[string]string // what it is about; no personal text
}

// Change has fn stage changes in a draft of the present book, and writes them with one journal entry, all
// or nothing. An error of fn, a cancelled ctx (code cancelled), and a draft that breaks the book's rules
// (see [ledger.Book.Faults]) write nothing. Nor does a draft that changes nothing; the entry is then the
// zero Entry. Errors of writing: disk_full, write_failed, ledger_read_only; the ledger then reads as
// before. fn must not call Change.
func (s *Store) Change(ctx context.Context, w What, fn func(*ledger.Draft) error) (ledger.Entry, error) {
	e, err := s.stage(func() (ledger.Entry, error) {
		d := ledger.NewDraft(s.Book())
		if err := fn(d); err != nil {
			return ledger.Entry{}, err
		}
		return s.commit(ctx, ledger.Entry{Act: w.Act, On: w.On, Facts: w.Facts}, d)
	})
	return e, err
}

// stage runs one change alone, and tells of it once the file is free again.
func (s *Store) stage(fn func() (ledger.Entry, error)) (ledger.Entry, error) {
	e, err := func() (ledger.Entry, error) {
		s.writing.Lock()
		defer s.writing.Unlock()
		switch {
		case s.readOnly:
			return ledger.Entry{}, ledger.Errorf("ledger_read_only", "file", s.path)
		case s.broken != nil:
			return ledger.Entry{}, s.broken
		}
		return fn()
	}()
	if err == nil && e.Seq != 0 {
		s.tell(e)
	}
	return e, err
}

// commit writes a draft and its entry, and publishes the next book.
func (s *Store) commit(ctx context.Context, e ledger.Entry, d *ledger.Draft) (ledger.Entry, error) {
	if d.Empty() {
		return ledger.Entry{}, cancelled(ctx)
	}
	if err := d.Check(); err != nil {
		return ledger.Entry{}, err
	}
	next := d.Next()
	err := s.update(func(tx *bolt.Tx) error {
		w := newWriter(tx)
		if err := w.draft(ctx, d, next); err != nil {
			return err
		}
		if len(w.spans) == 0 && w.documents == 0 {
			return errNothing
		}
		e.Spans, e.Digest = w.spans, hexHash(w.digest.Sum(nil))
		if err := s.sign(tx, &e); err != nil {
			return err
		}
		return cancelled(ctx)
	}, &e)
	if err == errNothing {
		return ledger.Entry{}, nil
	}
	if err != nil {
		return ledger.Entry{}, err
	}
	s.book.Store(next)
	return e, nil
}

var errNothing = errors.New("nothing to write")

// cancelled gives an error with code cancelled once ctx is.
func cancelled(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return ledger.Errorf("cancelled", "cause", err)
	}
	return nil
}

// update runs a transaction that ends in the entry e.
func (s *Store) update(fn func(*bolt.Tx) error, e *ledger.Entry) error {
	err := guard(s.path, func() error { return s.db.Update(fn) })
	if err == nil || err == errNothing {
		return err
	}
	if errors.As(err, new(panicked)) {
		s.broken = err // bbolt still holds its locks
		return err
	}
	if e.Hash != "" && s.arrived(e) {
		return nil
	}
	return writeError(s.path, err)
}

// arrived looks whether an entry whose writing failed is in the file all the same: then what failed was
// the very last step, making sure that it outlasts a power cut. When that cannot be had, nothing more is
// written.
func (s *Store) arrived(e *ledger.Entry) bool {
	there := false
	err := s.view(func(tx *bolt.Tx) error {
		_, h := head(tx)
		there = h == e.Hash
		return nil
	})
	if err == nil && !there {
		return false
	}
	if err == nil && s.file.Sync() == nil {
		return true
	}
	s.broken = ledger.Errorf("write_failed", "file", s.path, "cause", errors.New("the last write is in doubt"))
	return false
}

// sign gives an entry its number, time and hashes, and writes it.
func (s *Store) sign(tx *bolt.Tx, e *ledger.Entry) error {
	last, prev := head(tx)
	e.Seq, e.Prev, e.Hash = last+1, prev, ""
	e.At, e.Who = s.options.Now().UTC().Truncate(time.Millisecond), s.options.Who
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	e.Hash = hexHash(sum[:])
	journal := tx.Bucket(journalBucket)
	journal.FillPercent = appended
	if err := journal.Put(entryKey(e.Seq), append(sum[:], text...)); err != nil {
		return err
	}
	if e.Undoes != 0 {
		if err := tx.Bucket(undoneBucket).Put(entryKey(e.Undoes), entryKey(e.Seq)); err != nil {
			return err
		}
	}
	return tx.Bucket(metaBucket).Put(headKey, sum[:])
}

// appended is how full pages get of buckets whose keys mostly rise.
const appended = 0.95

// writer writes the records of one entry.
type writer struct {
	tx        *bolt.Tx
	before    *bolt.Bucket
	seq       uint64
	enc       encoder
	digest    hash.Hash
	spans     []ledger.Span
	documents int // written new
}

func newWriter(tx *bolt.Tx) *writer {
	last, _ := head(tx)
	return &writer{tx: tx, before: tx.Bucket(beforeBucket), seq: last + 1, digest: sha256.New()}
}

// draft writes what a draft changes, records in the order in which bbolt is fast.
func (w *writer) draft(ctx context.Context, d *ledger.Draft, next *ledger.Book) error {
	var bucket *bolt.Bucket
	var kind ledger.Kind
	var failed error
	n := 0
	w.spans = ledger.SpansOf(func(yield func(ledger.Change) bool) {
		for c := range d.Changes() {
			if n++; n%1024 == 0 {
				if failed = cancelled(ctx); failed != nil {
					return
				}
			}
			if c.Kind != kind {
				kind, bucket = c.Kind, w.tx.Bucket(kindBuckets[c.Kind])
				bucket.FillPercent = appended
			}
			wrote, err := w.record(bucket, c)
			if err != nil {
				failed = err
				return
			}
			if wrote && !yield(c) {
				return
			}
		}
	})
	if failed != nil {
		return failed
	}
	for _, k := range ledger.Kinds {
		b := w.tx.Bucket(kindBuckets[k])
		if n := uint64(next.Last(k)); n != b.Sequence() {
			if err := b.SetSequence(n); err != nil {
				return err
			}
		}
	}
	return w.keep(d.Blobs())
}

// record writes one record, unless it is as it was.
func (w *writer) record(b *bolt.Bucket, c ledger.Change) (wrote bool, err error) {
	key := recordKey(c.Key)
	var old []byte
	var had value
	if c.Before != nil {
		if old = bytes.Clone(b.Get(key)); old == nil {
			return false, errDamaged("%s %d is missing", c.Kind, c.Key)
		}
		if had, err = cut(old); err != nil {
			return false, err
		}
	}
	if c.After == nil {
		w.sum(c.Kind, c.Key, nil)
		if err := b.Delete(key); err != nil {
			return false, err
		}
		return true, w.before.Put(beforeKey(c.Kind, c.Key, w.seq), old)
	}
	v, cut, err := w.enc.encode(c.After, had)
	if err != nil {
		return false, err
	}
	if old != nil {
		if bytes.Equal(old, v) {
			return false, nil
		}
		if err := w.before.Put(beforeKey(c.Kind, c.Key, w.seq), old); err != nil {
			return false, err
		}
	}
	w.sum(c.Kind, c.Key, cut.chained)
	return true, b.Put(key, v)
}

// sum counts a record into the entry's digest.
func (w *writer) sum(k ledger.Kind, key uint32, chained []byte) { sumRecord(w.digest, k, key, chained) }

func sumRecord(h hash.Hash, k ledger.Kind, key uint32, chained []byte) {
	var b [9]byte
	b[0] = byte(k)
	binary.BigEndian.PutUint32(b[1:], key)
	binary.BigEndian.PutUint32(b[5:], uint32(len(chained)))
	h.Write(b[:])
	h.Write(chained)
}

// keep writes the documents that the ledger does not hold yet.
func (w *writer) keep(blobs map[ledger.Hash][]byte) error {
	b := w.tx.Bucket(documentsBucket)
	for _, h := range slices.Sorted(maps.Keys(blobs)) {
		key := documentKey(h)
		if key == nil {
			return errDamaged("hash %s", h)
		}
		if len(b.Get(key)) > 0 {
			continue
		}
		if err := b.Put(key, blobs[h]); err != nil {
			return err
		}
		w.documents++
	}
	return nil
}
