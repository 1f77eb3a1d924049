package store

import (
	"runtime"
	"sync"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// load reads all records into a book.
func (s *Store) load() error {
	if err := s.checkBuckets(); err != nil {
		return err
	}
	if err := s.readID(); err != nil {
		return err
	}
	records, err := s.readAll()
	if err != nil {
		return damaged(s.path, err)
	}
	s.book.Store(ledger.LoadBook(records))
	return nil
}

// checkBuckets says which bucket of the ledger's schema is missing.
func (s *Store) checkBuckets() error {
	return damaged(s.path, s.view(func(tx *bolt.Tx) error {
		for _, name := range bucketNames(s.schema) {
			if tx.Bucket(name) == nil {
				return errDamaged("no bucket %s", name)
			}
		}
		return nil
	}))
}

// readID reads which ledger this is.
func (s *Store) readID() error {
	return damaged(s.path, s.view(func(tx *bolt.Tx) error {
		s.id = string(tx.Bucket(metaBucket).Get(idKey))
		return nil
	}))
}

// damaged makes an error met while reading one with code ledger_damaged.
func damaged(path string, err error) error {
	if err == nil || ledger.CodeOf(err) != "internal" {
		return err
	}
	return ledger.Errorf("ledger_damaged", "file", path, "cause", err)
}

// batchSize is how many numbers a reader takes at once.
const batchSize = 8192

// batch is a run of numbers of one kind to be read.
type batch struct {
	kind     ledger.Kind
	from, to uint32 // to not included
	rows     []ledger.Record
}

// readAll reads all records on several processors.
func (s *Store) readAll() (map[ledger.Kind][]ledger.Record, error) {
	records, batches, err := s.plan()
	if err != nil {
		return nil, err
	}
	work := make(chan batch, len(batches))
	for _, b := range batches {
		work <- b
	}
	close(work)
	var wg sync.WaitGroup
	errs := make([]error, min(runtime.GOMAXPROCS(0), 8))
	for i := range errs {
		wg.Go(func() {
			errs[i] = s.view(func(tx *bolt.Tx) error {
				for b := range work {
					if err := b.read(tx); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return records, nil
}

// plan makes room for all records and cuts the reading into batches.
func (s *Store) plan() (map[ledger.Kind][]ledger.Record, []batch, error) {
	records := map[ledger.Kind][]ledger.Record{}
	var batches []batch
	err := s.view(func(tx *bolt.Tx) error {
		for _, k := range kindsOf(s.schema) {
			b := tx.Bucket(kindBuckets[k])
			last, _ := b.Cursor().Last()
			n := max(b.Sequence(), uint64(keyNumber(last)))
			if n > maxRecords {
				return errDamaged("%s: number %d", k, n)
			}
			rows := make([]ledger.Record, n)
			records[k] = rows
			for from := uint32(0); from < uint32(n); from += batchSize {
				to := min(from+batchSize, uint32(n))
				batches = append(batches, batch{k, from + 1, to + 1, rows[from:to]})
			}
		}
		return nil
	})
	return records, batches, err
}

// maxRecords is how many records of a kind a ledger may hold. It keeps a damaged number from taking all
// memory.
const maxRecords = 100_000_000

func (b batch) read(tx *bolt.Tx) error {
	fresh := maker(b.kind, len(b.rows))
	c := tx.Bucket(kindBuckets[b.kind]).Cursor()
	for k, v := c.Seek(recordKey(b.from)); k != nil; k, v = c.Next() {
		key := keyNumber(k)
		if key >= b.to {
			return nil
		}
		if key < b.from {
			return errDamaged("%s: key %x", b.kind, k)
		}
		r := fresh(key)
		if err := decodeInto(r, v); err != nil {
			return errDamaged("%s %d: %w", b.kind, key, err)
		}
		b.rows[key-b.from] = r
	}
	return nil
}

// maker gives a function that makes empty records; those of the kinds that come in great numbers lie
// side by side in memory.
func maker(k ledger.Kind, n int) func(key uint32) ledger.Record {
	if k == ledger.KindInvoice {
		rows := make([]ledger.Invoice, n)
		return func(key uint32) ledger.Record {
			r := &rows[0]
			rows = rows[1:]
			r.ID = ledger.InvoiceID(key)
			return r
		}
	}
	return func(key uint32) ledger.Record { return ledger.NewRecord(k, key) }
}
