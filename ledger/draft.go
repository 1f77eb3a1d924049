package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
)

// Draft gathers changes to a book. It reads like the book with the changes already made. The store
// writes it as one transaction, or not at all. A Draft is for one goroutine.
type Draft struct {
	book   *Book
	stages map[Kind]*stage
	blobs  map[Hash][]byte
	refs   int // customer codes given
}

// stage is what a draft changes among the records of one kind.
type stage struct {
	base    uint32            // the last number given before the draft
	created []Record          // numbers base+1, base+2, …; nil where created and taken back at once
	changed map[uint32]Record // earlier records; nil where taken back
}

// NewDraft begins a draft on a book.
func NewDraft(b *Book) *Draft {
	return &Draft{book: b, stages: map[Kind]*stage{}, blobs: map[Hash][]byte{}}
}

// Book is the book the draft began with, without the draft's changes.
func (d *Draft) Book() *Book { return d.book }

func (d *Draft) stage(k Kind) *stage {
	s := d.stages[k]
	if s == nil {
		s = &stage{base: d.book.Last(k), changed: map[uint32]Record{}}
		if k == KindCompany || k == KindMailAccount { // of which there is one at most
			s.base = 1
		}
		d.stages[k] = s
	}
	return s
}

// Put records a new record, to which it gives a number, or replaces the one that has its number. The
// draft owns the record from then on.
func (d *Draft) Put(r Record) {
	s := d.stage(r.Kind())
	switch k := r.Key(); {
	case k == 0:
		s.created = append(s.created, r)
		r.setKey(s.base + uint32(len(s.created)))
	case k > s.base:
		s.created[k-s.base-1] = r
	default:
		s.changed[k] = r
	}
}

// Delete takes a record back. It stays in the journal.
func (d *Draft) Delete(k Kind, key uint32) {
	s := d.stage(k)
	if key > s.base {
		s.created[key-s.base-1] = nil
		return
	}
	s.changed[key] = nil
}

// Record gives a record as the draft has it, or nil.
func (d *Draft) Record(k Kind, key uint32) Record {
	if s := d.stages[k]; s != nil {
		if key > s.base && int(key-s.base) <= len(s.created) {
			return s.created[key-s.base-1]
		}
		if r, ok := s.changed[key]; ok {
			return r
		}
	}
	return d.book.Record(k, key)
}

// Keep adds a document's bytes to the ledger, once however often they are kept, and gives the hash by
// which a record refers to them.
func (d *Draft) Keep(content []byte) Hash {
	h := HashOf(content)
	d.blobs[h] = content
	return h
}

// HashOf gives the hash by which a document's bytes are kept.
func HashOf(content []byte) Hash {
	sum := sha256.Sum256(content)
	return Hash(hex.EncodeToString(sum[:]))
}

// Blobs gives the documents that the draft keeps.
func (d *Draft) Blobs() map[Hash][]byte { return d.blobs }

// Change is one record before and after a draft; one of them may be nil.
type Change struct {
	Kind          Kind
	Key           uint32
	Before, After Record
}

// Changes goes through what the draft changes, kind by kind as in [Kinds] and by rising number: the
// order in which a ledger file is written fast.
func (d *Draft) Changes() func(yield func(Change) bool) {
	return func(yield func(Change) bool) {
		for _, k := range Kinds {
			s := d.stages[k]
			if s == nil {
				continue
			}
			for _, key := range slices.Sorted(maps.Keys(s.changed)) {
				before, after := d.book.Record(k, key), s.changed[key]
				if (before != nil || after != nil) && !yield(Change{k, key, before, after}) {
					return
				}
			}
			for i, r := range s.created {
				if r != nil && !yield(Change{k, s.base + uint32(i) + 1, nil, r}) {
					return
				}
			}
		}
	}
}

// Empty says whether the draft changes nothing.
func (d *Draft) Empty() bool {
	for range d.Changes() {
		return false
	}
	return len(d.blobs) == 0
}

// Next gives the book with the draft's changes made.
func (d *Draft) Next() *Book {
	b := d.book
	n := &Book{
		company: b.company, Customers: b.Customers, Contacts: b.Contacts, Invoices: b.Invoices,
		Payments: b.Payments, WriteOffs: b.WriteOffs, Promises: b.Promises, Disputes: b.Disputes,
		Notes: b.Notes, Documents: b.Documents, Letters: b.Letters, Imports: b.Imports,
		Aliases: b.Aliases, Mappings: b.Mappings, Steps: b.Steps,
		BankAccounts: b.BankAccounts, BankStatements: b.BankStatements, BankEntries: b.BankEntries,
		Plans: b.Plans, Messages: b.Messages, Calls: b.Calls, Actions: b.Actions, Scenarios: b.Scenarios, TaskMarks: b.TaskMarks,
		Deposits: b.Deposits, RateRows: b.RateRows, Waivers: b.Waivers, Interruptions: b.Interruptions,
		Texts: b.Texts, mail: b.mail, Replies: b.Replies,
	}
	for k, s := range d.stages {
		n.table(k).apply(s)
	}
	n.index.keep(&b.index, func(k Kind) bool { return d.stages[k] != nil })
	return n
}
