package store

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// Document gives a document's bytes. Errors: document_missing, document_erased (at a person's request),
// document_damaged (not the bytes that were kept).
func (s *Store) Document(h ledger.Hash) ([]byte, error) {
	var content []byte
	err := s.view(func(tx *bolt.Tx) error {
		key := documentKey(h)
		v := []byte(nil)
		if key != nil {
			v = tx.Bucket(documentsBucket).Get(key)
		}
		if v == nil {
			return ledger.Errorf("document_missing", "hash", string(h))
		}
		content = bytes.Clone(v)
		return nil
	})
	switch {
	case err != nil:
		return nil, damaged(s.path, err)
	case ledger.HashOf(content) == h:
		return content, nil
	case len(content) == 0:
		return nil, ledger.Errorf("document_erased", "hash", string(h))
	}
	return nil, ledger.Errorf("document_damaged", "hash", string(h))
}

// documentsOf are the documents that a record refers to and that the ledger must hold; nothing for most.
func documentsOf(r ledger.Record) []ledger.Hash {
	var out []ledger.Hash
	add := func(h ledger.Hash) {
		if h != "" {
			out = append(out, h)
		}
	}
	switch r := r.(type) {
	case *ledger.Company:
		add(r.Logo)
		add(r.SignedBy)
	case *ledger.Document:
		add(r.Hash)
	case *ledger.Letter:
		add(r.Hash)
	case *ledger.Message:
		add(r.Sheet)
		add(r.Raw)
	case *ledger.Reply:
		add(r.Raw)
	}
	return out
}
