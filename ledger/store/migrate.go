package store

import (
	"strconv"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// migration brings a ledger from one schema to the next.
type migration struct {
	name string
	run  func(*bolt.Tx) error
}

// migrations lead from schema 1 on, one each.
var migrations = []migration{
	{"mappings and earlier steps", addKinds(2)},
	{"bank statements", addKinds(3)},
	{"cheque deposits, follow-up, calls and messages", addKinds(4)},
	{"mailbox and replies", addKinds(5)},
}

// addKinds makes the buckets of the kinds that came with a schema, and those that are missing of the schemas before: programs between two
// releases wrote ledgers that had not all of them yet. A bucket that was lost otherwise does not agree with the journal, which Verify tells.
func addKinds(schema int) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		for k, with := range since {
			if with > schema {
				continue
			}
			if _, err := tx.CreateBucketIfNotExists(kindBuckets[k]); err != nil {
				return err
			}
		}
		return nil
	}
}

// schemaOf is the schema to which migrations lead.
func schemaOf(m []migration) int { return 1 + len(m) }

// migrate copies the ledger beside, then brings it to the present schema in one transaction.
func (s *Store) migrate() error {
	if s.readOnly {
		return ledger.Errorf("ledger_read_only", "file", s.path)
	}
	if err := s.copyBeforeMigration(); err != nil {
		return err
	}
	now := schemaOf(s.options.migrations)
	err := guard(s.path, func() error {
		return s.db.Update(func(tx *bolt.Tx) error {
			for _, m := range s.options.migrations[s.schema-1:] {
				if err := m.run(tx); err != nil {
					return ledger.Errorf("migration_failed", "file", s.path, "step", m.name, "cause", err)
				}
			}
			return tx.Bucket(metaBucket).Put(schemaKey, strconv.AppendInt(nil, int64(now), 10))
		})
	})
	if err == nil {
		s.schema = now
	}
	return writeError(s.path, err)
}
