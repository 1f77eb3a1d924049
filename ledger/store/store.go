// Package store keeps a ledger in one file. It is the only part of the program that knows bbolt; every
// change of a ledger goes through [Store.Change], [Store.Undo], [Store.EraseCustomer] or
// [Store.EraseContact], each of which writes its records and its journal entry in one transaction.
//
// # The file
//
// A ledger is a bbolt database, schema 1. Numbers in keys are big-endian. Its buckets:
//
//	quitus      what the file is: "schema" (decimal number), "id" (32 hexadecimal digits, random, the
//	            same in every copy of this ledger), "head" (32 bytes: the hash of the newest entry)
//	company … import
//	            one bucket per kind of record, named as [ledger.Kind.String] says: number (4 bytes) → a
//	            record's value. The bucket's sequence is the highest number ever given.
//	before      kind (1 byte), number (4), entry (8) → the value that the record had before that entry
//	            changed it or took it back
//	journal     entry (8) → 32 bytes of hash, then the entry as JSON (see [ledger.Entry])
//	undone      entry (8) → the newest entry that took it back (8)
//	documents   SHA-256 (32 bytes) → the document's bytes; none at all where it was erased
//
// A record's value is
//
//	length of the chained part (unsigned varint), chained part, personal part
//
// The chained part is one byte 0 and the record's body; or one byte 1, 32 bytes of hash, and the body.
// The hash is the SHA-256 of the personal part: 16 random bytes, then the texts that
// [ledger.Record.Personal] lists, each as its length (unsigned varint) and its UTF-8 bytes, empty ones at
// the end left out. A record whose texts are all empty has no hash and no personal part. Where there is
// a hash and no personal part, the texts were erased.
//
// The body of a customer, an invoice and a payment is in the wire format of Protocol Buffers, fields as
// numbered in wire.go, zero values left out. All other bodies are JSON.
//
// # The journal
//
// The JSON of an entry has an empty "hash"; its hash is the SHA-256 of that JSON. "prev" is the hash of
// the entry before, in hexadecimal; empty for entry 1. "spans" names the records written, kind by kind
// as in [ledger.Kinds] and by rising number. "digest" is the SHA-256 over these records, in this order,
// of kind (1 byte), number (4), length of the chained part (4), and the chained part as the entry left
// it; the length is 0 and nothing follows for a record taken back. Spans with the operation "erased"
// are not part of the digest: erasing takes away personal parts, in the kind's bucket and in before, and
// leaves every chained part as it is.
//
// So the state after any entry can be had from the present one, walking back over "before", and be
// checked against that entry's digest: this is what [Store.Verify] does.
package store

import (
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// Options say how a ledger is opened.
type Options struct {
	Now       func() time.Time // the clock by which entries are stamped; the machine's where nil
	Who       string           // who makes the changes, for the journal
	MustExist bool             // a missing file is an error with code ledger_not_found
	ReadOnly  bool             // changes are refused; others may read at the same time

	OlderToo   bool        // with ReadOnly: an older schema is read as it is
	migrations []migration // the program's own where nil
	openFile   func(string, int, os.FileMode) (*os.File, error)
}

// Store is an open ledger. All methods may be called from several goroutines; changes wait for each
// other.
type Store struct {
	path     string
	options  Options
	readOnly bool

	writing sync.Mutex   // held by whoever changes the file
	opening sync.RWMutex // held for writing by whoever, changing the file, puts another in its place
	db      *bolt.DB
	file    *os.File   // of db
	backing sync.Mutex // held during a daily backup
	id      string
	schema  int
	broken  error // set when it is unknown what a failed write left behind

	book      atomic.Pointer[ledger.Book]
	listening sync.Mutex
	listeners []func(ledger.Entry)
}

// Path is the ledger's file.
func (s *Store) Path() string { return s.path }

// ReadOnly says whether changes are refused: because it was asked for, or because the file cannot be
// written.
func (s *Store) ReadOnly() bool { return s.readOnly }

// ID is what tells this ledger and its copies from all others: random, made when it was begun.
func (s *Store) ID() string { return s.id }

// Book gives what is recorded now.
func (s *Store) Book() *ledger.Book { return s.book.Load() }

// OnChange has a function called after each change, on the goroutine that made it.
func (s *Store) OnChange(f func(ledger.Entry)) {
	s.listening.Lock()
	defer s.listening.Unlock()
	s.listeners = append(s.listeners, f)
}

func (s *Store) tell(e ledger.Entry) {
	s.listening.Lock()
	fs := s.listeners
	s.listening.Unlock()
	for _, f := range fs {
		f(e)
	}
}

// Close closes the file, after a change under way. Closing twice does nothing.
func (s *Store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if errors.As(s.broken, new(panicked)) {
		return s.file.Close() // bbolt would wait for itself
	}
	return s.db.Close()
}

// view reads the file in one transaction. Damage met on the way is an error with code ledger_damaged.
func (s *Store) view(fn func(*bolt.Tx) error) error {
	s.opening.RLock()
	defer s.opening.RUnlock()
	return guard(s.path, func() error { return s.db.View(fn) })
}
