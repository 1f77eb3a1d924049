package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"strconv"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// Entries gives the newest entries of the journal, newest first, at most limit of them; all where limit
// is 0 or less.
func (s *Store) Entries(limit int) ([]ledger.Entry, error) {
	var out []ledger.Entry
	err := s.view(func(tx *bolt.Tx) error {
		c := tx.Bucket(journalBucket).Cursor()
		for k, v := c.Last(); k != nil; k, v = c.Prev() {
			e, err := readEntry(v)
			if err != nil {
				return err
			}
			out = append(out, e)
			if len(out) == limit {
				return nil
			}
		}
		return nil
	})
	return out, damaged(s.path, err)
}

// Entry gives one entry of the journal. The error's code is unknown_batch where there is none.
func (s *Store) Entry(seq uint64) (ledger.Entry, error) {
	var e ledger.Entry
	err := s.view(func(tx *bolt.Tx) (err error) {
		e, err = entry(tx, seq)
		return err
	})
	return e, damaged(s.path, err)
}

func entry(tx *bolt.Tx, seq uint64) (ledger.Entry, error) {
	v := tx.Bucket(journalBucket).Get(entryKey(seq))
	if v == nil {
		return ledger.Entry{}, ledger.Errorf("unknown_batch", "batch", strconv.FormatUint(seq, 10))
	}
	return readEntry(v)
}

// readEntry reads an entry and checks its hash.
func readEntry(v []byte) (e ledger.Entry, err error) {
	if len(v) < sha256.Size {
		return e, errDamaged("journal")
	}
	if err := json.Unmarshal(v[sha256.Size:], &e); err != nil {
		return e, err
	}
	if sum := sha256.Sum256(v[sha256.Size:]); !bytes.Equal(sum[:], v[:sha256.Size]) {
		return e, errDamaged("hash of entry %d", e.Seq)
	}
	e.Hash = hexHash(v[:sha256.Size])
	return e, nil
}
