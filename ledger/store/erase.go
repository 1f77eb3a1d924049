package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"os"
	"slices"
	"strconv"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// EraseCustomer takes away, for good, every personal text about a customer, now and in the past: those of
// the customer, of its contacts, and of all that was recorded about it; and the contents of its letters
// and documents, unless another customer's are the same. Numbers, amounts and dates stay, and the journal's
// chain still verifies. The file is written anew, so that nothing of the texts is left in it; copies and
// backups made before still have them. Errors: nobody_to_erase (there is nothing about them), and
// those of [Store.Change].
func (s *Store) EraseCustomer(ctx context.Context, id ledger.CustomerID, on ledger.Date) (ledger.Entry, error) {
	facts := map[string]string{"customer": strconv.FormatUint(uint64(id), 10)}
	return s.erase(ctx, on, facts, func(tx *bolt.Tx) ([]record, error) {
		about := &aboutCustomer{id: id, invoices: map[ledger.InvoiceID]bool{}, entries: map[ledger.BankEntryID]bool{}}
		return about.find(tx)
	})
}

// EraseContact takes away every personal text of one contact, as [Store.EraseCustomer] does of a customer.
func (s *Store) EraseContact(ctx context.Context, id ledger.ContactID, on ledger.Date) (ledger.Entry, error) {
	facts := map[string]string{"contact": strconv.FormatUint(uint64(id), 10)}
	return s.erase(ctx, on, facts, func(tx *bolt.Tx) ([]record, error) {
		return allStates(tx, func(r ledger.Record) bool {
			return r.Kind() == ledger.KindContact && r.Key() == uint32(id)
		})
	})
}

// record names a record.
type record struct {
	kind ledger.Kind
	key  uint32
}

func (s *Store) erase(ctx context.Context, on ledger.Date, facts map[string]string, find func(*bolt.Tx) ([]record, error)) (ledger.Entry, error) {
	return s.stage(func() (ledger.Entry, error) {
		d := ledger.NewDraft(s.Book())
		e := ledger.Entry{Act: ledger.ActErase, On: on, Facts: facts, Digest: hexHash(sha256.New().Sum(nil))}
		err := s.rewrite(func(tx *bolt.Tx) error {
			rs, err := find(tx)
			if err != nil {
				return err
			}
			if len(rs) == 0 {
				return ledger.Errorf("nobody_to_erase")
			}
			if err := wipe(tx, rs, d); err != nil {
				return err
			}
			e.Spans = erasedSpans(rs)
			if err := s.sign(tx, &e); err != nil {
				return err
			}
			return cancelled(ctx)
		})
		if err != nil {
			return ledger.Entry{}, err
		}
		s.book.Store(d.Next())
		return e, nil
	})
}

// aboutCustomer finds the records about one customer, among them those taken back long ago.
type aboutCustomer struct {
	id       ledger.CustomerID
	invoices map[ledger.InvoiceID]bool
	entries  map[ledger.BankEntryID]bool // that its payments came by
}

func (a *aboutCustomer) find(tx *bolt.Tx) ([]record, error) {
	_, err := allStates(tx, func(r ledger.Record) bool {
		switch r := r.(type) {
		case *ledger.Invoice:
			if r.Customer == a.id {
				a.invoices[r.ID] = true
			}
		case *ledger.Payment:
			if r.Customer == a.id && r.Entry != 0 {
				a.entries[r.Entry] = true
			}
		}
		return false
	})
	if err != nil {
		return nil, err
	}
	return allStates(tx, a.about)
}

func (a *aboutCustomer) about(r ledger.Record) bool {
	switch r := r.(type) {
	case *ledger.Customer:
		return r.ID == a.id
	case *ledger.Contact:
		return r.Customer == a.id
	case *ledger.Invoice:
		return a.invoices[r.ID]
	case *ledger.Payment:
		return r.Customer == a.id
	case *ledger.WriteOff:
		return a.invoices[r.Invoice]
	case *ledger.Waiver:
		return a.invoices[r.Invoice]
	case *ledger.Interruption:
		return a.invoices[r.Invoice]
	case *ledger.Promise:
		return r.Customer == a.id
	case *ledger.Dispute:
		return a.invoices[r.Invoice]
	case *ledger.Note:
		return r.Customer == a.id
	case *ledger.Document:
		return r.Customer == a.id
	case *ledger.Letter:
		return r.Customer == a.id
	case *ledger.Alias:
		return r.Customer == a.id
	case *ledger.Step:
		return r.Customer == a.id
	case *ledger.Plan:
		return r.Customer == a.id
	case *ledger.Message:
		return r.Customer == a.id
	case *ledger.Reply:
		return r.Customer == a.id
	case *ledger.Call:
		return r.Customer == a.id
	case *ledger.Action:
		return r.Customer == a.id
	case *ledger.TaskMark:
		return r.Customer == a.id
	case *ledger.BankEntry:
		return a.entries[r.ID]
	}
	return false
}

// allStates gives the records of which one state, now or in the past, is wanted; in the journal's order.
func allStates(tx *bolt.Tx, wanted func(ledger.Record) bool) ([]record, error) {
	found := map[record]bool{}
	err := eachState(tx, func(r ledger.Record) {
		if wanted(r) {
			found[record{r.Kind(), r.Key()}] = true
		}
	})
	out := make([]record, 0, len(found))
	for r := range found {
		out = append(out, r)
	}
	rank := map[ledger.Kind]int{}
	for i, k := range ledger.Kinds {
		rank[k] = i
	}
	slices.SortFunc(out, func(a, b record) int {
		return cmp.Or(cmp.Compare(rank[a.kind], rank[b.kind]), cmp.Compare(a.key, b.key))
	})
	return out, err
}

// eachState goes through every state of every record, present ones and those before.
func eachState(tx *bolt.Tx, see func(ledger.Record)) error {
	one := func(k ledger.Kind, key uint32, v []byte) error {
		r, err := decode(k, key, v)
		if err != nil {
			return errDamaged("%s %d: %w", k, key, err)
		}
		see(r)
		return nil
	}
	for _, k := range ledger.Kinds {
		err := tx.Bucket(kindBuckets[k]).ForEach(func(key, v []byte) error { return one(k, keyNumber(key), v) })
		if err != nil {
			return err
		}
	}
	return tx.Bucket(beforeBucket).ForEach(func(key, v []byte) error {
		if len(key) != 13 {
			return errDamaged("before: key %x", key)
		}
		return one(ledger.Kind(key[0]), keyNumber(key[1:5]), v)
	})
}

// wipe takes the personal texts of records away, in all their states, and the contents of their
// documents. It stages the present states without texts in d.
func wipe(tx *bolt.Tx, rs []record, d *ledger.Draft) error {
	gone := map[record]bool{}
	for _, r := range rs {
		gone[r] = true
	}
	theirs, others := map[ledger.Hash]bool{}, map[ledger.Hash]bool{}
	err := eachState(tx, func(r ledger.Record) {
		for _, h := range documentsOf(r) {
			if gone[record{r.Kind(), r.Key()}] {
				theirs[h] = true
			} else {
				others[h] = true
			}
		}
	})
	if err != nil {
		return err
	}
	for _, r := range rs {
		if err := wipeRecord(tx, r, d); err != nil {
			return err
		}
	}
	documents := tx.Bucket(documentsBucket)
	for h := range theirs {
		if key := documentKey(h); h != "" && !others[h] && documents.Get(key) != nil {
			if err := documents.Put(key, []byte{}); err != nil {
				return err
			}
		}
	}
	return nil
}

func wipeRecord(tx *bolt.Tx, r record, d *ledger.Draft) error {
	b := tx.Bucket(kindBuckets[r.kind])
	if v, err := wipeValue(b, recordKey(r.key)); err != nil {
		return err
	} else if v != nil {
		now, err := decode(r.kind, r.key, v)
		if err != nil {
			return err
		}
		d.Put(now)
	}
	before := tx.Bucket(beforeBucket)
	var keys [][]byte
	prefix := beforeKey(r.kind, r.key, 0)[:5]
	c := before.Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	for _, k := range keys {
		if _, err := wipeValue(before, k); err != nil {
			return err
		}
	}
	return nil
}

// wipeValue cuts the personal part off a value, and gives what is left where there was one.
func wipeValue(b *bolt.Bucket, key []byte) ([]byte, error) {
	v := b.Get(key)
	if v == nil {
		return nil, nil
	}
	x, err := cut(v)
	if err != nil || len(x.personal) == 0 {
		return nil, err
	}
	left := value{chained: x.chained}.bytes()
	return left, b.Put(key, left)
}

func erasedSpans(rs []record) []ledger.Span {
	var out []ledger.Span
	for _, r := range rs {
		if n := len(out) - 1; n >= 0 && out[n].Kind == r.kind && out[n].To+1 == r.key {
			out[n].To++
			continue
		}
		out = append(out, ledger.Span{Kind: r.kind, Op: ledger.Erased, From: r.key, To: r.key})
	}
	return out
}

// Erased says whether a record's personal texts were erased and not given anew.
func (s *Store) Erased(k ledger.Kind, key uint32) bool {
	erased := false
	err := s.view(func(tx *bolt.Tx) error {
		if v := tx.Bucket(kindBuckets[k]).Get(recordKey(key)); v != nil {
			x, err := cut(v)
			erased = err == nil && x.erased()
		}
		return nil
	})
	return err == nil && erased
}

// rewrite changes a copy of the file, writes that anew without the space of what was deleted, and puts it
// in the file's place.
func (s *Store) rewrite(fn func(*bolt.Tx) error) error {
	changed, err := s.copyTo(s.path)
	if err != nil {
		return writeError(s.path, err)
	}
	defer os.Remove(changed)
	compact, err := compacted(changed, s.options, fn)
	if err != nil {
		return writeError(s.path, err)
	}
	defer os.Remove(compact)
	return writeError(s.path, s.swap(compact))
}

// compacted changes the file at path and writes what is then in it into a new one, whose name it gives.
func compacted(path string, o Options, fn func(*bolt.Tx) error) (string, error) {
	src, _, err := openDB(path, false, o)
	if err != nil {
		return "", err
	}
	defer src.Close()
	if err := guard(path, func() error { return src.Update(fn) }); err != nil {
		return "", err
	}
	f, err := newFile(path)
	if err != nil {
		return "", err
	}
	f.Close()
	dst, _, err := openDB(f.Name(), false, o)
	if err == nil {
		err = guard(path, func() error { return bolt.Compact(dst, src, 16<<20) })
		if e := dst.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// swap puts another file in the place of the open one.
func (s *Store) swap(path string) error {
	s.opening.Lock()
	defer s.opening.Unlock()
	if !replacesOpen {
		if err := s.db.Close(); err != nil {
			return err
		}
		failed := os.Rename(path, s.path)
		db, f, err := openDB(s.path, false, s.options)
		if err != nil {
			s.broken = openError(s.path, err)
			return s.broken
		}
		s.db, s.file = db, f
		return failed
	}
	db, f, err := openDB(path, false, s.options) // locked before it has the ledger's name
	if err != nil {
		return err
	}
	if err := os.Rename(path, s.path); err != nil {
		db.Close()
		return err
	}
	syncFolder(s.path)
	old := s.db
	s.db, s.file = db, f
	return old.Close()
}
